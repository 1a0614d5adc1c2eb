//! The places to check: which places the answers of a case name, why, and in which order; and what a
//! check came to. The list ranks work and nothing else: no result of it, not even nothing found
//! everywhere, changes the state, the rung or the urgency of a case.

use serde::{Deserialize, Serialize};
use tifli_units::Position;

use crate::intake::{Field, KnownPerson, KnownPlace, PersonPart, PlacePart};

/// Below this age water close by is checked first, whatever was answered.
pub const WATER_BELOW_AGE: i64 = 7;

macro_rules! reasons {
    ($($(#[$doc:meta])* $variant:ident = $word:literal, $rank:literal;)*) => {
        /// Why a place is on the list.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Reason { $($(#[$doc])* $variant,)* }

        impl Reason {
            /// Every reason, the most pressing first.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word stored.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }

            /// Its rank in tens; the lower one is checked first.
            pub fn rank(self) -> i64 {
                match self { $(Self::$variant => $rank,)* }
            }
        }
    };
}

reasons! {
    /// Inside the house: beds, cupboards, freezer.
    House = "house", 10;
    /// Roof and terrace.
    Roof = "roof", 20;
    /// Cellar, well shaft, cistern.
    Cellar = "cellar", 30;
    /// Cars of the house and its neighbors.
    Car = "car", 40;
    /// Water within 500 m, for a small child or one that wanders.
    WaterFirst = "water_first", 50;
    /// The surroundings of the point last seen.
    LastSeen = "last_seen", 60;
    /// Works, railway, cliffs that were named.
    Hazard = "hazard", 70;
    /// Water that was named, for an older child.
    Water = "water", 80;
    /// Where the child was found or went before.
    EarlierFound = "earlier_found", 90;
    /// The parent the child does not live with.
    OtherParent = "other_parent", 100;
    /// A friend.
    Friend = "friend", 110;
    /// A place the child goes to.
    Frequented = "frequented", 120;
    /// Where a hobby is followed.
    Hobby = "hobby", 130;
    /// A den or a place of comfort.
    Hiding = "hiding", 140;
    /// A relative or an adult the child trusts.
    Relative = "relative", 150;
    /// Somebody who might help or take the child.
    MightHave = "might_have", 160;
    /// The school.
    School = "school", 170;
    /// A former home or school.
    Former = "former", 180;
    /// Where the child wishes to go.
    Wish = "wish", 190;
    /// A station or port.
    Hub = "hub", 200;
}

/// What a check came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// The child is there. The case goes on from its own page: this alone changes nothing.
    Found,
    /// Nothing.
    Nothing,
    /// Traces of the child.
    Traces,
    /// The place could not be looked into; it stays on the list.
    NotReachable,
}

/// A place to check. Its `Debug` names nothing.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct CheckedPlace {
    /// The place in words; empty where the reason says it all.
    pub words: String,
    /// A code of the pack, for stations and ports.
    pub hub: String,
    /// Where it is, if a point is known.
    pub point: Option<Position>,
    /// When the child is usually there; in words.
    pub usual: String,
}

/// A place that the answers name.
#[derive(Debug, Clone, PartialEq)]
pub struct Candidate {
    /// Which answer it comes from: the same answer again gives the same origin.
    pub origin: String,
    /// Why it is on the list.
    pub reason: Reason,
    /// Its rank; the lower one is checked first.
    pub rank: i64,
    /// The place.
    pub place: CheckedPlace,
}

/// What the answers of a case say of places. Every value may be missing.
#[derive(Clone, Default)]
pub struct Facts {
    /// Age in whole years.
    pub age: Option<i64>,
    /// Home, in words.
    pub home: String,
    /// Where the child was last seen, in words and as a point.
    pub last_seen: (String, Option<Position>),
    /// Water close by, as told; `None` where the answer was no.
    pub water: Option<String>,
    /// Other dangers close by, as told.
    pub hazards: Option<String>,
    /// Whether the child wanders or is drawn by water: a disability was answered.
    pub wanders: bool,
    /// Whether money, papers or a wish to travel were answered.
    pub travels: bool,
    /// The school.
    pub school: String,
    /// People, each with its number in the list.
    pub people: Vec<(i64, KnownPerson)>,
    /// Places, each with its number in the list.
    pub places: Vec<(i64, KnownPlace)>,
    /// Codes of stations and ports of the country.
    pub hubs: Vec<String>,
}

impl Reason {
    /// Whether it is one of those looked into in the first minutes.
    pub fn is_hasty(self) -> bool {
        self.rank() <= Self::WaterFirst.rank()
    }
}

read_by_word!(Reason);

impl Outcome {
    /// Every outcome.
    pub const ALL: [Self; 4] = [Self::Nothing, Self::Traces, Self::Found, Self::NotReachable];

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::Nothing => "nothing",
            Self::Traces => "traces",
            Self::NotReachable => "not_reachable",
        }
    }

    /// Whether the place still waits for a look.
    pub fn leaves_open(self) -> bool {
        self == Self::NotReachable
    }
}

read_by_word!(Outcome);

/// The places that the answers name, in the order in which they are checked. The same facts give the
/// same list.
pub fn candidates(facts: &Facts) -> Vec<Candidate> {
    let mut list = hasty(facts);
    list.extend(around(facts));
    list.extend(facts.places.iter().map(of_place));
    list.extend(facts.people.iter().filter_map(of_person));
    if facts.travels {
        list.extend(facts.hubs.iter().enumerate().map(of_hub));
    }
    list.sort_by(|a, b| (a.rank, &a.origin).cmp(&(b.rank, &b.origin)));
    list
}

/// The origins of people whom the child avoids: an earlier answer may have named them as a place to look.
pub fn avoided(facts: &Facts) -> Vec<String> {
    let people = facts.people.iter();
    let avoided = people.filter(|(_, person)| person.part == PersonPart::Avoided);
    avoided.map(|(number, _)| of_number(*number)).collect()
}

/// The questions whose answers put a place of this origin on the list; rows of the lists of people and places are no
/// question's.
pub fn asked_by(origin: &str) -> Vec<Field> {
    match origin.split_once(':') {
        Some(("field", name)) => Field::find(name).into_iter().collect(),
        Some(("hasty", _)) => vec![Field::HomeAddress],
        Some(("hub", _)) => vec![Field::TakenMoney, Field::WishLeave, Field::MoneyAccess],
        _ => Vec::new(),
    }
}

fn of_number(person: i64) -> String {
    format!("person:{person}")
}

fn hasty(facts: &Facts) -> Vec<Candidate> {
    let home = |reason: Reason| Candidate {
        origin: format!("hasty:{}", reason.as_str()),
        reason,
        rank: reason.rank(),
        place: worded(&facts.home),
    };
    [Reason::House, Reason::Roof, Reason::Cellar, Reason::Car]
        .map(home)
        .into()
}

fn around(facts: &Facts) -> Vec<Candidate> {
    let of = |field: &str, reason: Reason, place: CheckedPlace| Candidate {
        origin: format!("field:{field}"),
        reason,
        rank: reason.rank(),
        place,
    };
    let mut list = Vec::new();
    let small = facts.age.is_some_and(|age| age < WATER_BELOW_AGE);
    match &facts.water {
        told if small || facts.wanders => {
            let words = told.as_deref().unwrap_or_default();
            list.push(of("water_near", Reason::WaterFirst, worded(words)));
        }
        Some(words) if !words.is_empty() => {
            list.push(of("water_near", Reason::Water, worded(words)));
        }
        _ => {}
    }
    if let Some(words) = facts.hazards.as_deref().filter(|words| !words.is_empty()) {
        list.push(of("hazards_near", Reason::Hazard, worded(words)));
    }
    let (words, point) = &facts.last_seen;
    if !words.is_empty() || point.is_some() {
        let place = CheckedPlace {
            point: *point,
            ..worded(words)
        };
        list.push(of("last_seen_words", Reason::LastSeen, place));
    }
    if !facts.school.is_empty() {
        list.push(of("school", Reason::School, worded(&facts.school)));
    }
    list
}

fn of_place((number, place): &(i64, KnownPlace)) -> Candidate {
    let reason = match place.part {
        PlacePart::Hobby => Reason::Hobby,
        PlacePart::Frequented => Reason::Frequented,
        PlacePart::Hiding => Reason::Hiding,
        PlacePart::FormerHome | PlacePart::FormerSchool => Reason::Former,
        PlacePart::EarlierFound => Reason::EarlierFound,
        PlacePart::Wish => Reason::Wish,
    };
    let hours = [&place.from, &place.until];
    let hours = hours.into_iter().filter(|hour| !hour.is_empty());
    Candidate {
        origin: format!("place:{number}"),
        reason,
        rank: reason.rank() - i64::from(place.importance.unwrap_or(0)),
        place: CheckedPlace {
            words: place.words.clone(),
            hub: String::new(),
            point: place.point,
            usual: hours.cloned().collect::<Vec<_>>().join("–"),
        },
    }
}

/// A person whom the child avoids gives no place; one without an address gives a call to make.
fn of_person((number, person): &(i64, KnownPerson)) -> Option<Candidate> {
    let reason = match person.part {
        PersonPart::Friend | PersonPart::Sweetheart => Reason::Friend,
        PersonPart::OtherParent => Reason::OtherParent,
        PersonPart::Relative | PersonPart::TrustedAdult | PersonPart::FormerCarer => {
            Reason::Relative
        }
        PersonPart::Employer | PersonPart::MightHelp | PersonPart::MightTake => Reason::MightHave,
        PersonPart::Avoided => return None,
    };
    let known = [&person.name, &person.relation, &person.address];
    let known = known.into_iter().filter(|words| !words.is_empty());
    Some(Candidate {
        origin: of_number(*number),
        reason,
        rank: reason.rank() - i64::from(person.closeness.unwrap_or(0)),
        place: CheckedPlace {
            words: known.cloned().collect::<Vec<_>>().join(" · "),
            hub: String::new(),
            point: person.point,
            usual: String::new(),
        },
    })
}

fn of_hub((place, code): (usize, &String)) -> Candidate {
    Candidate {
        origin: format!("hub:{code}"),
        reason: Reason::Hub,
        rank: Reason::Hub.rank() + i64::try_from(place).unwrap_or(0),
        place: CheckedPlace {
            hub: code.clone(),
            ..worded("")
        },
    }
}

fn worded(words: &str) -> CheckedPlace {
    CheckedPlace {
        words: words.to_owned(),
        hub: String::new(),
        point: None,
        usual: String::new(),
    }
}

impl std::fmt::Debug for CheckedPlace {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("CheckedPlace")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::{Item, KnownList, TypedItem};

    fn row(list: KnownList, pairs: &[(&str, &str)]) -> Item {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Item::read(list, &TypedItem::new(pairs.iter().map(owned).collect())).unwrap()
    }

    fn person(part: PersonPart) -> KnownPerson {
        let pairs = [
            ("part", part.as_str()),
            ("name", "Yassine"),
            ("closeness", "3"),
        ];
        match row(KnownList::Person, &pairs) {
            Item::Person(person) => person,
            Item::Place(_) => unreachable!(),
        }
    }

    fn place(part: PlacePart) -> KnownPlace {
        let pairs = [
            ("part", part.as_str()),
            ("words", "the pitch"),
            ("from", "17:00"),
        ];
        match row(KnownList::Place, &pairs) {
            Item::Place(place) => place,
            Item::Person(_) => unreachable!(),
        }
    }

    fn reasons(facts: &Facts) -> Vec<&'static str> {
        let list = candidates(facts).into_iter();
        list.map(|candidate| candidate.reason.as_str()).collect()
    }

    #[test]
    fn without_any_answer_the_house_is_checked_first() {
        assert_eq!(
            reasons(&Facts::default()),
            ["house", "roof", "cellar", "car"]
        );
    }

    #[test]
    fn water_is_checked_at_once_for_the_small_and_those_who_wander_and_else_where_it_was_named() {
        for (age, wanders, water, expected) in [
            (Some(6), false, None, Some(Reason::WaterFirst)),
            (Some(7), false, None, None),
            (Some(7), false, Some("a basin"), Some(Reason::Water)),
            (Some(12), true, None, Some(Reason::WaterFirst)),
            (None, false, Some("a basin"), Some(Reason::Water)),
        ] {
            let facts = Facts {
                age,
                wanders,
                water: water.map(str::to_owned),
                ..Facts::default()
            };
            let list = candidates(&facts);
            let found = list.iter().find(|one| one.origin == "field:water_near");
            assert_eq!(found.map(|one| one.reason), expected, "{age:?} {wanders}");
        }
    }

    #[test]
    fn every_part_of_the_lists_gives_its_place_but_the_person_who_is_avoided() {
        for part in PersonPart::ALL {
            let facts = Facts {
                people: vec![(4, person(*part))],
                ..Facts::default()
            };
            let given = candidates(&facts)
                .iter()
                .any(|one| one.origin == "person:4");
            assert_eq!(given, *part != PersonPart::Avoided, "{part:?}");
        }
        for part in PlacePart::ALL {
            let facts = Facts {
                places: vec![(9, place(*part))],
                ..Facts::default()
            };
            let list = candidates(&facts);
            let given = list.iter().find(|one| one.origin == "place:9").unwrap();
            assert_eq!(given.place.usual, "17:00", "{part:?}");
        }
    }

    #[test]
    fn stations_are_on_the_list_once_the_child_may_travel() {
        let mut facts = Facts {
            hubs: vec!["coach".to_owned(), "train".to_owned()],
            ..Facts::default()
        };
        assert!(!reasons(&facts).contains(&"hub"));
        facts.travels = true;
        assert_eq!(reasons(&facts)[4..], ["hub", "hub"]);
    }

    #[test]
    fn a_closer_friend_is_asked_before_another_and_both_before_a_hobby() {
        let mut near = person(PersonPart::Friend);
        near.closeness = Some(5);
        let facts = Facts {
            people: vec![(1, person(PersonPart::Friend)), (2, near)],
            places: vec![(1, place(PlacePart::Hobby))],
            ..Facts::default()
        };
        let list = candidates(&facts);
        let order: Vec<&str> = list[4..].iter().map(|one| one.origin.as_str()).collect();
        assert_eq!(order, ["person:2", "person:1", "place:1"]);
    }

    #[test]
    fn every_word_is_read_back_and_ranks_rise_with_the_table() {
        for reason in Reason::ALL {
            assert_eq!(reason.as_str().parse(), Ok(*reason));
        }
        assert!(Reason::ALL.is_sorted_by_key(|reason| reason.rank()));
        for outcome in Outcome::ALL {
            assert_eq!(outcome.as_str().parse(), Ok(outcome));
            assert_eq!(outcome.leaves_open(), outcome == Outcome::NotReachable);
        }
    }
}
