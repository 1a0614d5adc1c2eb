//! What a file ended as, how long it is kept, and what holds its erasure back.
//!
//! For: the result that follows from the closing, the day of erasure, legal holds. Not for: the
//! erasure itself (see [`crate::erasure`]); days and law are the country pack's.

use crate::closing::{How, Item, Path, Standing};
use crate::id::PersonId;

/// What became of the child, as far as the file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ending {
    /// Found alive.
    Alive,
    /// Found dead.
    Dead,
    /// Located, but never seen face to face by an officer.
    Unseen,
    /// The file was closed without the child.
    NotFound,
    /// No child was missing.
    NotMissing,
}

/// Why something may not be erased for now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum HoldKind {
    /// The prosecutor holds the file.
    Hold,
    /// Proceedings are open.
    Proceedings,
}

/// Why a hold cannot be lifted by this person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotLifted {
    /// Who placed it cannot lift it.
    #[error("the person who placed the hold cannot lift it")]
    SamePerson,
    /// It is lifted already.
    #[error("the hold is lifted already")]
    Lifted,
}

impl Ending {
    /// Every ending.
    pub const ALL: [Self; 5] = [
        Self::Alive,
        Self::Dead,
        Self::Unseen,
        Self::NotFound,
        Self::NotMissing,
    ];

    /// The word stored, and the one by which a pack names its class.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Alive => "alive",
            Self::Dead => "dead",
            Self::Unseen => "unseen",
            Self::NotFound => "not_found",
            Self::NotMissing => "not_missing",
        }
    }

    /// What follows from the closing.
    pub fn of(standing: &Standing) -> Self {
        let located = standing.find(Item::Located).map(|record| record.how);
        match (standing.path(), standing.find_word(Item::Seen), located) {
            (Path::Mistaken, ..) => Self::NotMissing,
            (_, Some("dead"), _) => Self::Dead,
            (_, Some(_), _) => Self::Alive,
            (_, None, Some(How::Done | How::Corrected)) => Self::Unseen,
            _ => Self::NotFound,
        }
    }
}

read_by_word!(Ending);

impl HoldKind {
    /// Every kind.
    pub const ALL: [Self; 2] = [Self::Hold, Self::Proceedings];

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Hold => "hold",
            Self::Proceedings => "proceedings",
        }
    }
}

read_by_word!(HoldKind);

/// When a file closed at `closed_ms` is due for erasure, in UTC milliseconds.
pub fn erase_on_ms(closed_ms: i64, days: u32) -> i64 {
    closed_ms.saturating_add(i64::from(days) * 86_400_000)
}

/// Whether a hold until `until_ms` (or until it was lifted) still holds at `now_ms`.
pub fn holds(until_ms: Option<i64>, lifted_ms: Option<i64>, now_ms: i64) -> bool {
    lifted_ms.is_none() && until_ms.is_none_or(|until| now_ms < until)
}

/// Whether `second` may lift what `first` placed.
pub fn may_lift(
    first: PersonId,
    second: PersonId,
    lifted_ms: Option<i64>,
) -> Result<(), NotLifted> {
    if lifted_ms.is_some() {
        Err(NotLifted::Lifted)
    } else if first == second {
        Err(NotLifted::SamePerson)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::closing::Record;

    fn standing(said: &[(Item, How, &str)]) -> Standing {
        let record = |(item, how, word): &(Item, How, &str)| Record {
            item: *item,
            how: *how,
            word: (*word).to_owned(),
        };
        Standing {
            records: said.iter().map(record).collect(),
            ..Standing::default()
        }
    }

    #[test]
    fn the_ending_follows_from_what_was_recorded() {
        use How::{Done, Skipped};
        for (said, ending) in [
            (
                vec![(Item::Located, Done, "police"), (Item::Seen, Done, "alive")],
                Ending::Alive,
            ),
            (
                vec![(Item::Located, Done, "public"), (Item::Seen, Done, "dead")],
                Ending::Dead,
            ),
            (
                vec![(Item::Located, Done, "family"), (Item::Seen, Skipped, "")],
                Ending::Unseen,
            ),
            (
                vec![(Item::Located, Skipped, ""), (Item::Seen, Skipped, "")],
                Ending::NotFound,
            ),
            (vec![(Item::Mistaken, Done, "error")], Ending::NotMissing),
        ] {
            assert_eq!(Ending::of(&standing(&said)), ending, "{said:?}");
        }
    }

    #[test]
    fn a_hold_ends_with_its_day_or_by_a_second_person() {
        assert!(holds(None, None, i64::MAX));
        assert!(holds(Some(10), None, 9));
        assert!(!holds(Some(10), None, 10));
        assert!(!holds(None, Some(0), 0));
    }
}
