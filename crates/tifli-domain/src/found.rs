//! A child found before anybody reported it: what is written down, its states, and how it compares
//! with the missing.
//!
//! For: ranking; two people decide. Never public: nothing here has a place in a message.

use serde::{Deserialize, Serialize};
use tifli_units::Kilometres;

use crate::id::PersonId;
use crate::intake::Sex;
use crate::machine::{NotPossible, Step, follow, step};

/// Where the file of a found child stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FoundState {
    /// Written down; nobody says whose child it is.
    Registered,
    /// One person says it is the child of a case.
    Proposed,
    /// Two people say so.
    Linked,
    /// Its family or its protection was found without a case.
    Closed,
    /// Its key is destroyed.
    Erased,
}

/// What happens to the file of a found child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FoundAct {
    /// Say whose child it is.
    Propose,
    /// Say so too.
    Confirm,
    /// Say that it is not.
    Decline,
    /// End it without a case.
    Close,
    /// Destroy its key.
    Erase,
}

use FoundAct::*;
use FoundState::*;

/// The machine.
pub const FOUND: &[Step<FoundState, FoundAct>] = &[
    step(Registered, Propose, Proposed, "officer, room or approver"),
    step(Proposed, Confirm, Linked, "another person"),
    step(Proposed, Decline, Registered, "anyone who may match"),
    step(Registered, Close, Closed, "officer or room, with a reason"),
    step(Linked, Erase, Erased, "the erasure of its case, two people"),
    step(Closed, Erase, Erased, "another person than who closed it"),
];

/// Everything written down of a found child; all of it is sealed. An empty text is not known.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Facts {
    /// When, local time: `YYYY-MM-DDTHH:MM`.
    pub found_at: String,
    /// Where, a place of the gazetteer.
    pub place: String,
    /// Where, in words.
    pub place_words: String,
    /// By whom.
    pub found_by: String,
    /// What the child says, as said.
    pub words: String,
    /// Its name as heard.
    pub name: String,
    /// The language it speaks.
    pub language: String,
    /// At least so many years old.
    pub age_low: Option<i64>,
    /// At most so many.
    pub age_high: Option<i64>,
    /// `girl`, `boy` or `unknown`.
    pub sex: String,
    /// What it looks like.
    pub description: String,
    /// What it wears.
    pub clothes: String,
    /// How it is.
    pub health: String,
    /// Where it is safe now. Never leaves this file.
    pub safety: String,
}

impl std::fmt::Debug for Facts {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Facts")
    }
}

/// What one field says about two children being one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// It speaks for it.
    Match,
    /// It rather speaks for it.
    Near,
    /// It speaks against it.
    Mismatch,
    /// One side does not know.
    Blank,
}

/// A field that is compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trait {
    /// The name, across scripts.
    Name,
    /// Age in years.
    Age,
    /// Girl or boy.
    Sex,
    /// How far the place is from where the missing child was last seen.
    Place,
    /// When, against when the missing child was last seen.
    Time,
}

/// What is known of both sides of a comparison.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sides {
    /// How alike the names are, 0 to 100.
    pub name: Option<u8>,
    /// The found child's range of years, and the missing child's age.
    pub age: Option<((i64, i64), i64)>,
    /// The found child's sex and the missing child's.
    pub sex: (Sex, Sex),
    /// From where the missing child was last seen to where the other was found.
    pub distance: Option<Kilometres>,
    /// From when the missing child was last seen to when the other was found, in minutes.
    pub minutes: Option<i64>,
}

/// How two children compare. It ranks; it decides nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Comparison {
    /// Each field.
    pub fields: [(Trait, Evidence); 5],
    /// The sum, higher is likelier.
    pub score: i32,
}

/// A place as near as this speaks for it.
const NEAR_KM: f64 = 30.0;
/// A place farther than this says nothing: children travel.
const FAR_KM: f64 = 160.0;
/// Found within so many minutes of being last seen speaks for it: three days.
const SOON: i64 = 3 * 24 * 60;
/// Clocks and memories differ by so many minutes.
const SLACK: i64 = 12 * 60;

impl FoundState {
    /// Every state.
    pub const ALL: [Self; 5] = [Registered, Proposed, Linked, Closed, Erased];

    /// Where `act` leads.
    pub fn after(self, act: FoundAct) -> Result<Self, NotPossible<Self, FoundAct>> {
        follow(FOUND, self, act)
    }

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Registered => "registered",
            Proposed => "proposed",
            Linked => "linked",
            Closed => "closed",
            Erased => "erased",
        }
    }
}

read_by_word!(FoundState);

impl Evidence {
    /// The word of a page.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Match => "match",
            Self::Near => "near",
            Self::Mismatch => "mismatch",
            Self::Blank => "blank",
        }
    }
}

impl Trait {
    /// The word of a page.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Age => "age",
            Self::Sex => "sex",
            Self::Place => "place",
            Self::Time => "time",
        }
    }

    /// What the evidence of this field adds.
    fn weight(self, evidence: Evidence) -> i32 {
        match (self, evidence) {
            (_, Evidence::Blank) => 0,
            (Self::Name, Evidence::Match) => 50,
            (Self::Name, Evidence::Near) => 25,
            (Self::Name, Evidence::Mismatch) => -20,
            (Self::Age, Evidence::Match) => 15,
            (Self::Age, Evidence::Near) => 5,
            (Self::Age, Evidence::Mismatch) => -25,
            (Self::Sex, Evidence::Match | Evidence::Near) => 10,
            (Self::Sex, Evidence::Mismatch) => -40,
            (Self::Place, Evidence::Match) => 15,
            (Self::Place, Evidence::Near) => 8,
            (Self::Place, Evidence::Mismatch) => 0,
            (Self::Time, Evidence::Match) => 10,
            (Self::Time, Evidence::Near) => 5,
            (Self::Time, Evidence::Mismatch) => -60,
        }
    }
}

/// Compares a found child with a missing one.
pub fn compare(sides: &Sides) -> Comparison {
    let fields = [
        (Trait::Name, name(sides)),
        (Trait::Age, age(sides)),
        (Trait::Sex, sex(sides)),
        (Trait::Place, place(sides)),
        (Trait::Time, time(sides)),
    ];
    let score = fields.iter().map(|(field, said)| field.weight(*said)).sum();
    Comparison { fields, score }
}

/// Whether `second` may confirm what `first` proposed.
pub fn may_confirm(first: PersonId, second: PersonId) -> bool {
    first != second
}

fn name(sides: &Sides) -> Evidence {
    match sides.name {
        None => Evidence::Blank,
        Some(85..) => Evidence::Match,
        Some(50..) => Evidence::Near,
        Some(_) => Evidence::Mismatch,
    }
}

fn age(sides: &Sides) -> Evidence {
    match sides.age {
        None => Evidence::Blank,
        Some(((low, high), years)) if (low..=high).contains(&years) => Evidence::Match,
        Some(((low, high), years)) if (low - 2..=high + 2).contains(&years) => Evidence::Near,
        Some(_) => Evidence::Mismatch,
    }
}

fn sex(sides: &Sides) -> Evidence {
    match sides.sex {
        (Sex::Unknown, _) | (_, Sex::Unknown) => Evidence::Blank,
        (found, missing) if found == missing => Evidence::Match,
        _ => Evidence::Mismatch,
    }
}

fn place(sides: &Sides) -> Evidence {
    match sides.distance.map(Kilometres::get) {
        None => Evidence::Blank,
        Some(km) if km <= NEAR_KM => Evidence::Match,
        Some(km) if km <= FAR_KM => Evidence::Near,
        Some(_) => Evidence::Mismatch,
    }
}

fn time(sides: &Sides) -> Evidence {
    match sides.minutes {
        None => Evidence::Blank,
        Some(minutes) if minutes < -SLACK => Evidence::Mismatch,
        Some(minutes) if minutes <= SOON => Evidence::Match,
        Some(_) => Evidence::Near,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blank() -> Sides {
        Sides {
            name: None,
            age: None,
            sex: (Sex::Unknown, Sex::Unknown),
            distance: None,
            minutes: None,
        }
    }

    #[test]
    fn only_the_rows_of_the_table_are_possible() {
        let acts = [Propose, Confirm, Decline, Close, Erase];
        let possible = FoundState::ALL
            .iter()
            .flat_map(|state| acts.iter().map(move |act| (*state, *act)))
            .filter(|(state, act)| state.after(*act).is_ok())
            .count();
        assert_eq!(possible, FOUND.len());
        assert!(Registered.after(Confirm).is_err(), "nobody links alone");
    }

    #[test]
    fn nothing_known_says_nothing() {
        let compared = compare(&blank());
        assert_eq!(compared.score, 0);
        assert!(
            compared
                .fields
                .iter()
                .all(|(_, said)| *said == Evidence::Blank)
        );
    }

    fn named(likeness: u8) -> Sides {
        Sides {
            name: Some(likeness),
            ..blank()
        }
    }

    fn aged(years: i64) -> Sides {
        Sides {
            age: Some(((6, 8), years)),
            ..blank()
        }
    }

    fn sexes(found: Sex, missing: Sex) -> Sides {
        Sides {
            sex: (found, missing),
            ..blank()
        }
    }

    fn away(km: f64) -> Sides {
        Sides {
            distance: Kilometres::new(km),
            ..blank()
        }
    }

    fn after(minutes: i64) -> Sides {
        Sides {
            minutes: Some(minutes),
            ..blank()
        }
    }

    #[test]
    fn each_field_speaks_for_and_against() {
        use Evidence::{Match, Mismatch, Near};
        for (sides, said) in [
            (named(100), (Trait::Name, Match)),
            (named(60), (Trait::Name, Near)),
            (named(10), (Trait::Name, Mismatch)),
            (aged(8), (Trait::Age, Match)),
            (aged(10), (Trait::Age, Near)),
            (aged(11), (Trait::Age, Mismatch)),
            (sexes(Sex::Girl, Sex::Girl), (Trait::Sex, Match)),
            (sexes(Sex::Girl, Sex::Boy), (Trait::Sex, Mismatch)),
            (away(30.0), (Trait::Place, Match)),
            (away(31.0), (Trait::Place, Near)),
            (away(900.0), (Trait::Place, Mismatch)),
            (after(60), (Trait::Time, Match)),
            (after(SOON + 1), (Trait::Time, Near)),
            (after(-SLACK - 1), (Trait::Time, Mismatch)),
        ] {
            let fields = compare(&sides).fields;
            assert!(fields.contains(&said), "{said:?} in {fields:?}");
            let mut others = fields.iter().filter(|(field, _)| *field != said.0);
            assert!(others.all(|(_, said)| *said == Evidence::Blank));
        }
    }

    #[test]
    fn a_far_place_never_outweighs_a_name() {
        let far = Sides {
            name: Some(100),
            distance: Kilometres::new(1200.0),
            ..blank()
        };
        assert!(compare(&far).score > 0);
    }
}
