//! What a unit reports from the street about a child its service seeks: a place where it looked and found
//! nothing, or the child seen. A search ranks what is left to do and changes nothing of the case; a sighting is a
//! tip like any other, with the grade that its source has. Not for: places given to a unit ([`crate::check`]).

use serde::{Deserialize, Serialize};
use tifli_units::Position;

/// How well a place was searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Cover {
    /// Everywhere a child could be.
    Thorough,
    /// In part: what was open, what could be seen into.
    Partial,
    /// In passing.
    Passing,
}

words!(Cover {
    Thorough = "thorough",
    Partial = "partial",
    Passing = "passing",
});

/// How a unit knows of a sighting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SeenHow {
    /// Its own people saw the child.
    Ourselves,
    /// Somebody on the spot told them.
    Told,
}

words!(SeenHow {
    Ourselves = "ourselves",
    Told = "told",
});

/// A grade on two independent axes (the NATO and Admiralty system): the source from A (completely reliable) to F
/// (cannot be judged), the information from 1 (confirmed by another source) to 6 (cannot be judged).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FirstGrade {
    /// The source's letter.
    pub source: char,
    /// The information's number.
    pub information: u8,
}

impl SeenHow {
    /// The grade a sighting starts with. Officers are a source usually reliable; what they saw is probably true and
    /// no more, for nobody else has confirmed it. Of a passer-by neither can be judged yet.
    pub fn grade(self) -> FirstGrade {
        let (source, information) = match self {
            Self::Ourselves => ('B', 2),
            Self::Told => ('F', 6),
        };
        FirstGrade {
            source,
            information,
        }
    }
}

/// Where a tip came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TipOrigin {
    /// A call on the line.
    Call,
    /// A unit of the police or another service.
    Police,
}

words!(TipOrigin {
    Call = "call",
    Police = "police",
});

/// Where a unit looked. Its `Debug` names nothing.
#[derive(Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct SearchedPlace {
    /// In words.
    pub words: String,
    /// A place of the gazetteer.
    pub place: Option<String>,
    /// A point.
    pub point: Option<Position>,
    /// What else there is to say.
    pub note: String,
}

impl std::fmt::Debug for SearchedPlace {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("SearchedPlace")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sighting_starts_with_a_grade_of_its_own_and_is_never_taken_for_confirmed() {
        for how in SeenHow::ALL.iter().copied() {
            let grade = how.grade();
            assert!(('A'..='F').contains(&grade.source), "{how:?}");
            assert!((2..=6).contains(&grade.information), "{how:?}");
            assert_eq!(how.as_str().parse(), Ok(how));
        }
        assert_ne!(SeenHow::Ourselves.grade(), SeenHow::Told.grade());
    }

    #[test]
    fn words_read_back() {
        for cover in Cover::ALL.iter().copied() {
            assert_eq!(cover.as_str().parse(), Ok(cover));
        }
        for origin in TipOrigin::ALL.iter().copied() {
            assert_eq!(origin.as_str().parse(), Ok(origin));
        }
    }
}
