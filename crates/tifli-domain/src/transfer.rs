//! Handing a case to another district, or letting another district read it: asked by one, signed by
//! the other. Clocks, number and duties of the case go on as they are.

use crate::case::CaseState;
use crate::machine::{NotPossible, Step, follow, step};

/// What is asked of the other district.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransferKind {
    /// To take the case over.
    Transfer,
    /// To read it beside the district that keeps it.
    Share,
}

/// Where a request stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TransferState {
    /// It waits for the other district; the case stays where it is.
    Asked,
    /// Both have signed.
    Accepted,
    /// The other district does not take it.
    Declined,
    /// Who asked took it back.
    Withdrawn,
    /// A share is over.
    Ended,
}

/// What happens to a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TransferAct {
    /// The other district signs.
    Accept,
    /// The other district does not.
    Decline,
    /// The asking district takes it back.
    Withdraw,
    /// Either district ends a share.
    End,
}

use TransferAct::*;
use TransferState::*;

/// The machine.
pub const TRANSFER: &[Step<TransferState, TransferAct>] = &[
    step(Asked, Accept, Accepted, "the other district"),
    step(Asked, Decline, Declined, "the other district"),
    step(Asked, Withdraw, Withdrawn, "the asking district"),
    step(Accepted, End, Ended, "either district, of a share"),
];

/// Why a case is not handed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotMovable {
    /// It is in that district already.
    #[error("the case is in this district already")]
    SameDistrict,
    /// Nothing is left to hand over.
    #[error("the case is closed or erased")]
    Over,
    /// The person who asked cannot sign for the other side.
    #[error("the person who asked cannot answer")]
    SamePerson,
}

impl TransferKind {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Transfer, Self::Share];

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Transfer => "transfer",
            Self::Share => "share",
        }
    }
}

impl TransferState {
    /// Every state.
    pub const ALL: [Self; 5] = [Asked, Accepted, Declined, Withdrawn, Ended];

    /// Where `act` leads.
    pub fn after(self, act: TransferAct) -> Result<Self, NotPossible<Self, TransferAct>> {
        follow(TRANSFER, self, act)
    }

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Asked => "asked",
            Accepted => "accepted",
            Declined => "declined",
            Withdrawn => "withdrawn",
            Ended => "ended",
        }
    }
}

read_by_word!(TransferKind);

read_by_word!(TransferState);

/// Whether a case in `state`, kept by `from`, may be offered to `to`.
pub fn may_ask(state: CaseState, from: &str, to: &str) -> Result<(), NotMovable> {
    if matches!(state, CaseState::Closed | CaseState::Erased) {
        Err(NotMovable::Over)
    } else if from == to {
        Err(NotMovable::SameDistrict)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_rows_of_the_table_are_possible() {
        let acts = [Accept, Decline, Withdraw, End];
        let possible = TransferState::ALL
            .iter()
            .flat_map(|state| acts.iter().map(move |act| state.after(*act)))
            .filter(Result::is_ok)
            .count();
        assert_eq!(possible, TRANSFER.len());
    }

    #[test]
    fn a_case_in_any_living_state_may_be_offered_to_another_district() {
        for state in CaseState::ALL {
            let over = matches!(state, CaseState::Closed | CaseState::Erased);
            assert_eq!(may_ask(state, "fes", "rabat").is_err(), over, "{state:?}");
        }
        let same = may_ask(CaseState::Alerted, "fes", "fes");
        assert_eq!(same, Err(NotMovable::SameDistrict));
    }
}
