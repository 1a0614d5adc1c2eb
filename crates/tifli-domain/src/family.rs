//! What the family of a missing child is told, as a small table: five words of progress, and
//! nothing at all of the case while the reporter gate is closed.
//!
//! Never where somebody saw the child, never what was found out, never another person's words. What
//! ended an alert is told face to face by an officer, so the page has the same word for every end.

use crate::case::CaseState;

/// Where the family's case stands, as the follow-up page says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FamilyProgress {
    /// The report is registered; the services search. Also everything a closed gate lets through.
    Received,
    /// The public is asked to look.
    AlertOut,
    /// The public has been told that it is over; an officer speaks with the family.
    AlertEnded,
    /// The file is closed.
    Closed,
}

/// Whether the reporter may be told anything of the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Openness {
    /// The page speaks.
    Open,
    /// The reporter gate is closed: the page says only that the report is registered.
    Silent,
}

/// What a family sends through its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FamilyNoteKind {
    /// Something they remembered.
    Memory,
    /// They ask that publication stop. It opens a decision; it ends nothing by itself.
    Withdrawal,
}

/// The most characters of what a family writes at once.
pub const FAMILY_WORDS: usize = 4_000;
/// The most characters of the word agreed with the family.
pub const CODE_WORD: usize = 40;

impl FamilyProgress {
    /// The word sent and shown by.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::AlertOut => "alert_out",
            Self::AlertEnded => "alert_ended",
            Self::Closed => "closed",
        }
    }
}

impl FamilyNoteKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Memory, Self::Withdrawal];

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Memory => "memory",
            Self::Withdrawal => "withdrawal",
        }
    }
}

read_by_word!(FamilyNoteKind);

/// What the page says of a case in `state`.
pub fn progress(state: CaseState, openness: Openness) -> FamilyProgress {
    if openness == Openness::Silent {
        return FamilyProgress::Received;
    }
    match state {
        CaseState::Draft | CaseState::Received => FamilyProgress::Received,
        CaseState::Alerted => FamilyProgress::AlertOut,
        CaseState::Recalling | CaseState::Dark => FamilyProgress::AlertEnded,
        CaseState::Closed | CaseState::Erased => FamilyProgress::Closed,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_gate_says_the_same_in_every_state() {
        for state in CaseState::ALL {
            assert_eq!(progress(state, Openness::Silent), FamilyProgress::Received);
        }
    }

    #[test]
    fn every_end_has_one_word() {
        let ended =
            [CaseState::Recalling, CaseState::Dark].map(|state| progress(state, Openness::Open));
        assert!(ended.iter().all(|word| *word == FamilyProgress::AlertEnded));
        assert_eq!(
            progress(CaseState::Alerted, Openness::Open),
            FamilyProgress::AlertOut
        );
    }
}
