//! The two lists of the intake: people around the child and places it knows, each a repeated row.
//! Not for: where they are kept (sealed, as one value), nor what is checked first (see `check`).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use tifli_units::Position;

use super::report::{FieldProblem, degrees};
use crate::{text, typed};

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KnownList {
    /// People around the child.
    Person,
    /// Places the child knows.
    Place,
}

macro_rules! parts {
    ($(#[$of:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $word:literal;)* }) => {
        $(#[$of])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$doc])* $variant,)* }

        impl $name {
            /// Every one.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The word stored.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word,)* }
            }
        }

        read_by_word!($name);
    };
}

parts! {
    /// What a person is in the child's life.
    PersonPart {
        /// A friend.
        Friend = "friend";
        /// A relative.
        Relative = "relative";
        /// The parent the child does not live with.
        OtherParent = "other_parent";
        /// An adult the child trusts.
        TrustedAdult = "trusted_adult";
        /// Boyfriend or girlfriend.
        Sweetheart = "sweetheart";
        /// Somebody who cared for the child before.
        FormerCarer = "former_carer";
        /// An employer or master.
        Employer = "employer";
        /// Somebody the child avoids.
        Avoided = "avoided";
        /// Somebody who might hide or help the child.
        MightHelp = "might_help";
        /// Somebody who might take the child.
        MightTake = "might_take";
    }
}

parts! {
    /// What a place is in the child's life.
    PlacePart {
        /// Where a hobby is followed.
        Hobby = "hobby";
        /// A place the child goes to.
        Frequented = "frequented";
        /// A den, a shortcut, a place of comfort.
        Hiding = "hiding";
        /// A former home.
        FormerHome = "former_home";
        /// A former school.
        FormerSchool = "former_school";
        /// Where the child was found or went in an earlier absence.
        EarlierFound = "earlier_found";
        /// Where the child wishes to go.
        Wish = "wish";
    }
}

/// A person around the child. The `Debug` of it names nobody.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct KnownPerson {
    /// What the person is in the child's life.
    pub part: PersonPart,
    /// Name, as far as it is known.
    pub name: String,
    /// The relation in words: aunt, class mate.
    pub relation: String,
    /// Phone.
    pub phone: String,
    /// Address, in words.
    pub address: String,
    /// Where that is.
    pub point: Option<Position>,
    /// How close the child is to the person, 1 to 5.
    pub closeness: Option<u8>,
    /// Whether the person was asked.
    pub contacted: bool,
    /// What the person said.
    pub said: String,
}

/// A place the child knows. The `Debug` of it names nothing.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct KnownPlace {
    /// What the place is in the child's life.
    pub part: PlacePart,
    /// What kind of place it is, a code of the pack; may be empty.
    pub haunt: String,
    /// The place in words.
    pub words: String,
    /// Where it is.
    pub point: Option<Position>,
    /// Days of the week, 1 for Monday to 7.
    pub days: Vec<u8>,
    /// From when, `HH:MM`; may be empty.
    pub from: String,
    /// Until when, `HH:MM`; may be empty.
    pub until: String,
    /// How much it means to the child, 1 to 5.
    pub importance: Option<u8>,
    /// Anything more: with whom, how the child goes there.
    pub note: String,
}

/// A row of either list.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "list", rename_all = "snake_case")]
pub enum Item {
    /// A person.
    Person(KnownPerson),
    /// A place.
    Place(KnownPlace),
}

/// What is wrong with one field of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct ListProblem {
    /// The field's name in the form and the API.
    pub field: &'static str,
    /// What is wrong.
    pub problem: FieldProblem,
}

/// A row as typed: values by the names of its fields. Its `Debug` shows no value.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Typed(BTreeMap<String, String>);

/// Walks what was typed and collects problems.
struct Reader<'t> {
    typed: &'t Typed,
    problems: Vec<ListProblem>,
}

impl KnownList {
    /// Both lists.
    pub const ALL: [Self; 2] = [Self::Person, Self::Place];

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Place => "place",
        }
    }

    /// The fields of a row, in the order of the form.
    pub fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Person => &[
                "part",
                "name",
                "relation",
                "phone",
                "address",
                "lat",
                "lon",
                "closeness",
                "contacted",
                "said",
            ],
            Self::Place => &[
                "part",
                "haunt",
                "words",
                "lat",
                "lon",
                "days",
                "from",
                "until",
                "importance",
                "note",
            ],
        }
    }
}

read_by_word!(KnownList);

impl Typed {
    /// What was typed, by field.
    pub fn new(values: BTreeMap<String, String>) -> Self {
        Self(values)
    }

    /// What was typed into one field; empty if nothing was.
    pub fn get(&self, field: &str) -> &str {
        self.0.get(field).map_or("", |value| value.trim())
    }

    /// A name that is no field of this list, if there is one.
    pub fn find_unknown(&self, list: KnownList) -> Option<&str> {
        let mut names = self.0.keys().map(String::as_str);
        names.find(|name| !list.fields().contains(name))
    }
}

impl Item {
    /// Reads a row. All problems are named at once; whether the pack knows the code is the caller's
    /// to check.
    pub fn read(list: KnownList, typed: &Typed) -> Result<Self, Vec<ListProblem>> {
        let mut reader = Reader {
            typed,
            problems: Vec::new(),
        };
        let item = match list {
            KnownList::Person => reader.person().map(Item::Person),
            KnownList::Place => reader.place().map(Item::Place),
        };
        match item {
            Some(item) if reader.problems.is_empty() => Ok(item),
            _ => Err(reader.problems),
        }
    }

    /// Which list it stands in.
    pub fn list(&self) -> KnownList {
        match self {
            Self::Person(_) => KnownList::Person,
            Self::Place(_) => KnownList::Place,
        }
    }

    /// The row as it would be typed.
    pub fn typed(&self) -> Typed {
        let pairs = match self {
            Self::Person(person) => typed_person(person),
            Self::Place(place) => typed_place(place),
        };
        let pairs = pairs.into_iter().filter(|(_, value)| !value.is_empty());
        Typed(
            pairs
                .map(|(name, value)| (name.to_owned(), value))
                .collect(),
        )
    }
}

impl Reader<'_> {
    fn person(&mut self) -> Option<KnownPerson> {
        let (name, relation) = (self.text("name", 120), self.text("relation", 80));
        if name.is_empty() && relation.is_empty() {
            self.problem("name", FieldProblem::Missing);
        }
        Some(KnownPerson {
            name,
            relation,
            phone: self.text("phone", 32),
            address: self.text("address", 200),
            point: self.point(),
            closeness: self.scale("closeness"),
            contacted: self.yes("contacted"),
            said: self.text("said", 1000),
            part: self.part()?,
        })
    }

    fn place(&mut self) -> Option<KnownPlace> {
        let words = self.text("words", 200);
        if words.is_empty() {
            self.problem("words", FieldProblem::Missing);
        }
        Some(KnownPlace {
            words,
            haunt: self.text("haunt", 80),
            point: self.point(),
            days: self.days(),
            from: self.hour("from"),
            until: self.hour("until"),
            importance: self.scale("importance"),
            note: self.text("note", 500),
            part: self.part()?,
        })
    }

    fn part<T: std::str::FromStr>(&mut self) -> Option<T> {
        let part = self.typed.get("part");
        let problem = match part.is_empty() {
            true => FieldProblem::Missing,
            false => FieldProblem::NotAnAnswer,
        };
        part.parse().map_err(|_| self.problem("part", problem)).ok()
    }

    fn text(&mut self, field: &'static str, limit: usize) -> String {
        match text::plain(self.typed.get(field), limit) {
            Ok(text) => text,
            Err(problem) => {
                self.problem(field, problem.into());
                String::new()
            }
        }
    }

    fn scale(&mut self, field: &'static str) -> Option<u8> {
        match self.typed.get(field) {
            "" => None,
            typed => match typed::whole(typed) {
                Some(n) if (1..=5).contains(&n) => Some(n),
                _ => {
                    self.problem(field, FieldProblem::NotInRange(1, 5));
                    None
                }
            },
        }
    }

    fn yes(&mut self, field: &'static str) -> bool {
        match self.typed.get(field) {
            "yes" => true,
            "" | "no" => false,
            _ => {
                self.problem(field, FieldProblem::NotAnAnswer);
                false
            }
        }
    }

    fn days(&mut self) -> Vec<u8> {
        let mut days = Vec::new();
        for digit in typed::digits(self.typed.get("days")).chars() {
            match digit.to_digit(10).and_then(|day| u8::try_from(day).ok()) {
                Some(day @ 1..=7) => days.push(day),
                _ if matches!(digit, ',' | '،' | ' ') => {}
                _ => self.problem("days", FieldProblem::NotAnAnswer),
            }
        }
        days.sort_unstable();
        days.dedup();
        days
    }

    fn hour(&mut self, field: &'static str) -> String {
        let typed = self.typed.get(field);
        if typed.is_empty() {
            return String::new();
        }
        typed::hour(typed)
            .map(|time| time.strftime("%H:%M").to_string())
            .unwrap_or_else(|| {
                self.problem(field, FieldProblem::NotADate);
                String::new()
            })
    }

    fn point(&mut self) -> Option<Position> {
        let (lat, lon) = (self.typed.get("lat"), self.typed.get("lon"));
        if lat.is_empty() && lon.is_empty() {
            return None;
        }
        let point = match (degrees(lat), degrees(lon)) {
            (Ok(lat), Ok(lon)) => Position::new(lat, lon).ok(),
            _ => None,
        };
        if point.is_none() {
            self.problem("lat", FieldProblem::NotDegrees);
        }
        point
    }

    fn problem(&mut self, field: &'static str, problem: FieldProblem) {
        self.problems.push(ListProblem { field, problem });
    }
}

fn typed_person(person: &KnownPerson) -> Vec<(&'static str, String)> {
    let (lat, lon) = typed_point(person.point);
    let contacted = if person.contacted { "yes" } else { "" };
    vec![
        ("part", person.part.as_str().to_owned()),
        ("name", person.name.clone()),
        ("relation", person.relation.clone()),
        ("phone", person.phone.clone()),
        ("address", person.address.clone()),
        ("lat", lat),
        ("lon", lon),
        ("closeness", typed_scale(person.closeness)),
        ("contacted", contacted.to_owned()),
        ("said", person.said.clone()),
    ]
}

fn typed_place(place: &KnownPlace) -> Vec<(&'static str, String)> {
    let (lat, lon) = typed_point(place.point);
    vec![
        ("part", place.part.as_str().to_owned()),
        ("haunt", place.haunt.clone()),
        ("words", place.words.clone()),
        ("lat", lat),
        ("lon", lon),
        ("days", place.days.iter().map(u8::to_string).collect()),
        ("from", place.from.clone()),
        ("until", place.until.clone()),
        ("importance", typed_scale(place.importance)),
        ("note", place.note.clone()),
    ]
}

fn typed_point(point: Option<Position>) -> (String, String) {
    let degrees = |degrees: f64| format!("{degrees:.5}");
    point.map_or_else(Default::default, |p| (degrees(p.lat()), degrees(p.lon())))
}

fn typed_scale(scale: Option<u8>) -> String {
    scale.map(|n| n.to_string()).unwrap_or_default()
}

impl std::fmt::Debug for KnownPerson {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "KnownPerson({})", self.part.as_str())
    }
}

impl std::fmt::Debug for KnownPlace {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "KnownPlace({})", self.part.as_str())
    }
}

impl std::fmt::Debug for Typed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Typed({} fields)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(pairs: &[(&str, &str)]) -> Typed {
        let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
        Typed::new(pairs.iter().map(owned).collect())
    }

    #[test]
    fn a_row_is_read_and_typed_again_without_loss() {
        let place = typed(&[
            ("part", "hobby"),
            ("words", "football pitch behind the school"),
            ("days", "135"),
            ("from", "17:00"),
            ("until", "19:30"),
            ("importance", "5"),
            ("lat", "34.00500"),
            ("lon", "-6.84500"),
        ]);
        let person = typed(&[
            ("part", "friend"),
            ("name", "Yassine Exemple"),
            ("closeness", "4"),
            ("contacted", "yes"),
        ]);
        for (list, row) in [(KnownList::Place, place), (KnownList::Person, person)] {
            let item = Item::read(list, &row).unwrap();
            assert_eq!(item.list(), list);
            assert_eq!(item.typed(), row);
            assert_eq!(row.find_unknown(list), None);
        }
    }

    #[test]
    fn each_bad_value_of_a_row_is_named_beside_its_field() {
        for (list, field, value, problem) in [
            (KnownList::Person, "part", "", FieldProblem::Missing),
            (KnownList::Person, "part", "aunt", FieldProblem::NotAnAnswer),
            (KnownList::Person, "name", "", FieldProblem::Missing),
            (
                KnownList::Person,
                "closeness",
                "6",
                FieldProblem::NotInRange(1, 5),
            ),
            (
                KnownList::Person,
                "contacted",
                "maybe",
                FieldProblem::NotAnAnswer,
            ),
            (KnownList::Place, "words", "", FieldProblem::Missing),
            (KnownList::Place, "days", "8", FieldProblem::NotAnAnswer),
            (KnownList::Place, "from", "25:00", FieldProblem::NotADate),
            (KnownList::Place, "lat", "north", FieldProblem::NotDegrees),
        ] {
            let whole = match list {
                KnownList::Person => [("part", "friend"), ("name", "Yassine")],
                KnownList::Place => [("part", "wish"), ("words", "the sea")],
            };
            let mut row = typed(&whole);
            row.0.insert(field.to_owned(), value.to_owned());
            assert_eq!(
                Item::read(list, &row),
                Err(vec![ListProblem { field, problem }]),
                "{field} {value}"
            );
        }
    }

    #[test]
    fn a_row_in_a_log_names_nobody() {
        let row = typed(&[("part", "friend"), ("name", "Yassine Exemple")]);
        let item = Item::read(KnownList::Person, &row).unwrap();
        assert!(!format!("{item:?} {row:?}").contains("Yassine"));
    }
}
