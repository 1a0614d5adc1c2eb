//! Who said something: the reporter, or another named person of the case. Answers of different people
//! to one question stand side by side. Not for: who wrote it down (that is a person of the house).

use super::kind::Mark;
use crate::text::{self, TextError};

/// A source of answers within its case. The reporter is always there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Source(u32);

impl Source {
    /// The person who reports.
    pub const REPORTER: Self = Self(0);

    /// The source of this number within its case.
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// Its number within its case.
    pub const fn number(self) -> u32 {
        self.0
    }
}

/// How an answer was said: by whom, with which mark, and when, if that was not just now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Said {
    /// Who said it.
    pub source: Source,
    /// Yes, no, unknown or refused.
    pub mark: Option<Mark>,
    /// When it was said, in UTC milliseconds; `None` is the moment it was written down.
    pub said_ms: Option<i64>,
}

/// What a source is to the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Tie {
    /// Who reports.
    Reporter,
    /// A parent or guardian who does not report.
    Parent,
    /// A brother or sister.
    Sibling,
    /// A friend.
    Friend,
    /// A teacher.
    Teacher,
    /// Another relative.
    Relative,
    /// A neighbor or shopkeeper.
    Neighbor,
    /// Anybody else.
    Other,
}

impl Tie {
    /// Every tie.
    pub const ALL: [Self; 8] = [
        Self::Reporter,
        Self::Parent,
        Self::Sibling,
        Self::Friend,
        Self::Teacher,
        Self::Relative,
        Self::Neighbor,
        Self::Other,
    ];

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Reporter => "reporter",
            Self::Parent => "parent",
            Self::Sibling => "sibling",
            Self::Friend => "friend",
            Self::Teacher => "teacher",
            Self::Relative => "relative",
            Self::Neighbor => "neighbor",
            Self::Other => "other",
        }
    }
}

read_by_word!(Tie);

/// Checks the name of a source: without one nobody could be asked again.
pub fn source_name(typed: &str) -> Result<String, TextError> {
    text::required(typed, 120)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_tie_is_read_back_from_its_word() {
        for tie in Tie::ALL {
            assert_eq!(tie.as_str().parse(), Ok(tie));
        }
        assert_eq!("aunt".parse::<Tie>(), Err(crate::id::IdError));
    }

    #[test]
    fn the_source_that_is_always_there_is_the_reporter() {
        assert_eq!(Source::default(), Source::REPORTER);
    }
}
