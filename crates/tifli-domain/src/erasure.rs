//! Erasing a case: when it may be asked for and who signs.

use crate::case::{CaseAct, CaseState};
use crate::id::PersonId;
use crate::retention::HoldKind;

/// Why an erasure is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotErasable {
    /// The alert is live or the recall is not complete.
    #[error("the case has not ended")]
    NotEnded,
    /// A tip still waits for triage.
    #[error("{0} tips of this case have not been looked at")]
    TipsWaiting(u64),
    /// Systems of services are still being told that the search has ceased.
    #[error("{0} systems wait to be told that the search has ceased")]
    CessationOwed(u64),
    /// What the file ended as is not recorded.
    #[error("the outcome is not recorded")]
    NoOutcome,
    /// The file is held, or proceedings are open.
    #[error("the file is held: {0:?}")]
    Held(HoldKind),
    /// The same person cannot sign twice.
    #[error("the person who asked for the erasure cannot confirm it")]
    SamePerson,
}

/// What decides whether a case may be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// Where the case stands.
    pub state: CaseState,
    /// Tips that nobody has looked at.
    pub waiting: u64,
    /// Systems of services that are still being told that the search has ceased.
    pub owed: u64,
    /// Whether its outcome is recorded.
    pub outcome: bool,
    /// What holds it back.
    pub held: Option<HoldKind>,
}

/// Whether a case may be erased. A report that was never received has no outcome to record.
pub fn may_request(facts: &Facts) -> Result<(), NotErasable> {
    if facts.state.after(CaseAct::Erase).is_err() {
        return Err(NotErasable::NotEnded);
    }
    if let Some(kind) = facts.held {
        return Err(NotErasable::Held(kind));
    }
    if facts.waiting > 0 {
        return Err(NotErasable::TipsWaiting(facts.waiting));
    }
    if facts.owed > 0 {
        return Err(NotErasable::CessationOwed(facts.owed));
    }
    if facts.state != CaseState::Draft && !facts.outcome {
        return Err(NotErasable::NoOutcome);
    }
    Ok(())
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

    fn facts(state: CaseState) -> Facts {
        Facts {
            state,
            waiting: 0,
            owed: 0,
            outcome: true,
            held: None,
        }
    }

    #[test]
    fn a_case_with_a_live_alert_or_an_unread_tip_is_not_erased() {
        for state in [CaseState::Alerted, CaseState::Recalling] {
            assert_eq!(may_request(&facts(state)), Err(NotErasable::NotEnded));
        }
        let unread = Facts {
            waiting: 2,
            ..facts(CaseState::Closed)
        };
        assert_eq!(may_request(&unread), Err(NotErasable::TipsWaiting(2)));
        let owed = Facts {
            owed: 1,
            ..facts(CaseState::Closed)
        };
        assert_eq!(may_request(&owed), Err(NotErasable::CessationOwed(1)));
        assert_eq!(may_request(&facts(CaseState::Closed)), Ok(()));
    }

    #[test]
    fn nothing_is_erased_under_hold_or_without_its_outcome() {
        for kind in HoldKind::ALL {
            let held = Facts {
                held: Some(kind),
                ..facts(CaseState::Closed)
            };
            assert_eq!(may_request(&held), Err(NotErasable::Held(kind)));
        }
        for (state, refused) in [
            (CaseState::Dark, true),
            (CaseState::Closed, true),
            (CaseState::Draft, false),
        ] {
            let open = Facts {
                outcome: false,
                ..facts(state)
            };
            let expected = if refused {
                Err(NotErasable::NoOutcome)
            } else {
                Ok(())
            };
            assert_eq!(may_request(&open), expected, "{state:?}");
        }
    }
}
