//! Erasing a case: when it may be asked for and who signs.

use crate::case::{CaseAct, CaseState};
use crate::id::PersonId;

/// Why an erasure is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotErasable {
    /// The alert is live or the recall is not complete.
    #[error("the case has not ended")]
    NotEnded,
    /// A tip still waits for triage.
    #[error("{0} tips of this case have not been looked at")]
    TipsWaiting(u64),
    /// The same person cannot sign twice.
    #[error("the person who asked for the erasure cannot confirm it")]
    SamePerson,
}

/// Whether a case in `state`, with `waiting` tips not looked at, may be erased.
pub fn may_request(state: CaseState, waiting: u64) -> Result<(), NotErasable> {
    if state.after(CaseAct::Erase).is_err() {
        return Err(NotErasable::NotEnded);
    }
    if waiting > 0 {
        Err(NotErasable::TipsWaiting(waiting))
    } else {
        Ok(())
    }
}

/// Whether `second` may confirm what `first` asked for.
pub fn may_confirm(first: PersonId, second: PersonId) -> Result<(), NotErasable> {
    if first == second {
        Err(NotErasable::SamePerson)
    } else {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_with_a_live_alert_or_an_unread_tip_is_not_erased() {
        assert_eq!(
            may_request(CaseState::Alerted, 0),
            Err(NotErasable::NotEnded)
        );
        assert_eq!(
            may_request(CaseState::Recalling, 0),
            Err(NotErasable::NotEnded)
        );
        assert_eq!(
            may_request(CaseState::Closed, 2),
            Err(NotErasable::TipsWaiting(2))
        );
        assert_eq!(may_request(CaseState::Closed, 0), Ok(()));
    }
}
