//! An alert and the versions on its way to the public: states, ends, and who decides.

use crate::machine::{NotPossible, Step, follow, step};

/// Where an alert stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum AlertState {
    /// No version has been approved yet.
    Preparing,
    /// The public has it.
    Live,
    /// It has ended for the public; the reason awaits a second person.
    Ended,
    /// It has ended and a second person confirmed the reason (or the clock ended it).
    Confirmed,
    /// It never went out.
    Refused,
}

/// What happens to an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum AlertAct {
    /// The first version is approved, or a later one.
    Issue,
    /// One person ends it.
    Cancel,
    /// The clock ends it.
    Expire,
    /// A second person confirms the reason.
    Confirm,
    /// The approver refuses its first version for good.
    Refuse,
}

/// The machine of an alert.
pub const ALERT: &[Step<AlertState, AlertAct>] = &[
    step(
        AlertState::Preparing,
        AlertAct::Issue,
        AlertState::Live,
        "approver",
    ),
    step(
        AlertState::Preparing,
        AlertAct::Refuse,
        AlertState::Refused,
        "approver",
    ),
    step(
        AlertState::Live,
        AlertAct::Issue,
        AlertState::Live,
        "approver (an Update)",
    ),
    step(
        AlertState::Live,
        AlertAct::Cancel,
        AlertState::Ended,
        "anyone who may cancel",
    ),
    step(
        AlertState::Live,
        AlertAct::Expire,
        AlertState::Confirmed,
        "the clock",
    ),
    step(
        AlertState::Ended,
        AlertAct::Confirm,
        AlertState::Confirmed,
        "a second person",
    ),
];

/// Where one version stands before it is a message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum VersionState {
    /// Being written.
    Drafted,
    /// Frozen and waiting for the approver.
    Submitted,
    /// Sent back to the author with a reason.
    Returned,
    /// Refused with a reason.
    Refused,
    /// Approved and out.
    Issued,
    /// Overtaken by the end of its alert.
    Withdrawn,
}

/// What happens to a version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VersionAct {
    /// The author freezes it and hands it over.
    Submit,
    /// The approver sends it out.
    Approve,
    /// The approver sends it back.
    Return,
    /// The approver refuses it.
    Refuse,
    /// The alert ends meanwhile.
    Withdraw,
}

/// The machine of a version.
pub const VERSION: &[Step<VersionState, VersionAct>] = &[
    step(
        VersionState::Drafted,
        VersionAct::Submit,
        VersionState::Submitted,
        "author",
    ),
    step(
        VersionState::Drafted,
        VersionAct::Withdraw,
        VersionState::Withdrawn,
        "the end of the alert",
    ),
    step(
        VersionState::Submitted,
        VersionAct::Approve,
        VersionState::Issued,
        "approver",
    ),
    step(
        VersionState::Submitted,
        VersionAct::Return,
        VersionState::Returned,
        "approver",
    ),
    step(
        VersionState::Submitted,
        VersionAct::Refuse,
        VersionState::Refused,
        "approver",
    ),
    step(
        VersionState::Submitted,
        VersionAct::Withdraw,
        VersionState::Withdrawn,
        "the end of the alert",
    ),
];

/// Why an alert ends. The public never learns which.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EndReason {
    /// The child was found.
    Found,
    /// The guardian withdrew consent and the withdrawal was accepted.
    ConsentWithdrawn,
    /// The alert itself puts the child in danger.
    Danger,
    /// The report was false.
    FalseReport,
    /// It should not have gone out.
    IssuedInError,
    /// Its validity ran out.
    Expired,
}

impl EndReason {
    /// Whether it says that no child was missing. An alert issued in error says nothing of the
    /// child: the search may go on.
    pub fn is_mistaken(self) -> bool {
        self == Self::FalseReport
    }
}

words!(AlertState {
    Preparing = "preparing",
    Live = "live",
    Ended = "ended",
    Confirmed = "confirmed",
    Refused = "refused",
});
words!(VersionState {
    Drafted = "drafted",
    Submitted = "submitted",
    Returned = "returned",
    Refused = "refused",
    Issued = "issued",
    Withdrawn = "withdrawn",
});
words!(EndReason {
    Found = "found",
    ConsentWithdrawn = "consent_withdrawn",
    Danger = "danger",
    FalseReport = "false_report",
    IssuedInError = "issued_in_error",
    Expired = "expired",
});

impl AlertState {
    /// Where `act` leads.
    pub fn after(self, act: AlertAct) -> Result<Self, NotPossible<Self, AlertAct>> {
        follow(ALERT, self, act)
    }

    /// Whether the public may still see it.
    pub fn is_public(self) -> bool {
        self == Self::Live
    }
}

impl VersionState {
    /// Where `act` leads.
    pub fn after(self, act: VersionAct) -> Result<Self, NotPossible<Self, VersionAct>> {
        follow(VERSION, self, act)
    }
}

/// How long after a cancel a second person has to confirm its reason before the approver is paged.
pub const CONFIRM_WITHIN: tifli_units::Minutes = tifli_units::Minutes(30);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ended_alert_never_comes_back() {
        for state in [
            AlertState::Ended,
            AlertState::Confirmed,
            AlertState::Refused,
        ] {
            assert!(state.after(AlertAct::Issue).is_err());
            assert!(!state.is_public());
        }
    }

    #[test]
    fn only_the_rows_of_the_version_table_are_possible() {
        use VersionAct::*;
        let acts = [Submit, Approve, Return, Refuse, Withdraw];
        let possible = VersionState::ALL
            .iter()
            .flat_map(|s| acts.iter().map(move |a| s.after(*a)))
            .filter(Result::is_ok)
            .count();
        assert_eq!(possible, VERSION.len());
    }

    #[test]
    fn only_the_rows_of_the_alert_table_are_possible() {
        use AlertAct::*;
        let acts = [Issue, Cancel, Expire, Confirm, Refuse];
        let possible = AlertState::ALL
            .iter()
            .flat_map(|s| acts.iter().map(move |a| s.after(*a)))
            .filter(Result::is_ok)
            .count();
        assert_eq!(possible, ALERT.len());
    }
}
