//! The bulletin: the restricted notice of a disappearance to every security service, its updates,
//! and the cessation that ends the search.
//!
//! It is opened with the receipt of the report and waits for no paper, photo, consent or gate. Not
//! for: the public alert, nor the words of a telegram (see [`crate::telegram`]).

use crate::alert::EndReason;
use crate::intake::{Field, Visibility};
use crate::machine::{NotPossible, Step, follow, step};
use crate::message::MsgType;

/// What a telegram of a bulletin says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TelegramKind {
    /// The first one: a child is sought.
    Search,
    /// What is known has changed.
    Update,
    /// The search has ceased.
    Cessation,
}

/// Whether the child is sought.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SearchState {
    /// Every service seeks the child.
    Open,
    /// The search has ceased.
    Ceased,
}

/// What happens to a search.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SearchAct {
    /// What is known has changed and is told to every service.
    Update,
    /// The child is no longer sought.
    Cease,
}

/// The machine of a search. Who seeks again opens a new bulletin with a number of its own.
pub const SEARCH: &[Step<SearchState, SearchAct>] = &[
    step(
        SearchState::Open,
        SearchAct::Update,
        SearchState::Open,
        "officer or room",
    ),
    step(
        SearchState::Open,
        SearchAct::Cease,
        SearchState::Ceased,
        "the end of the alert or of the case, or the child is seen",
    ),
];

/// Where the e-mail to one service stands that says that a telegram waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MailState {
    /// To be handed to the mail server, perhaps again.
    Waiting,
    /// The mail server took it.
    Handed,
    /// Refused for good, or not taken for too long; on the bulletin's page by name.
    Failed,
    /// There is nowhere to send it, or nothing to say any more.
    Needless,
}

/// What happens to that e-mail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MailAct {
    /// The mail server takes it.
    Hand,
    /// It could not be handed over and will be tried again.
    Wait,
    /// It is given up.
    GiveUp,
    /// It need not go out: acknowledged before, overtaken by a newer telegram, or no address to write to.
    Drop,
    /// A reminder is due, or somebody asks for another attempt.
    Again,
}

/// The machine of the e-mail.
pub const MAIL: &[Step<MailState, MailAct>] = &[
    step(
        MailState::Waiting,
        MailAct::Hand,
        MailState::Handed,
        "worker",
    ),
    step(
        MailState::Waiting,
        MailAct::Wait,
        MailState::Waiting,
        "worker",
    ),
    step(
        MailState::Waiting,
        MailAct::GiveUp,
        MailState::Failed,
        "worker",
    ),
    step(
        MailState::Waiting,
        MailAct::Drop,
        MailState::Needless,
        "the acknowledgement, a newer telegram, or the worker without an address",
    ),
    step(
        MailState::Handed,
        MailAct::Again,
        MailState::Waiting,
        "the clock (a reminder)",
    ),
    step(
        MailState::Failed,
        MailAct::Again,
        MailState::Waiting,
        "the clock or the room",
    ),
];

/// What a service has done with a telegram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ReadingState {
    /// Nobody of the service has opened it.
    Unread,
    /// Somebody of the service has opened it, signed in.
    Read,
    /// Somebody answers for it.
    Acknowledged,
}

/// What a service does with a telegram.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ReadingAct {
    /// Opens it, signed in.
    Open,
    /// Acknowledges it.
    Acknowledge,
    /// Acknowledges it by telephone; the room writes it down.
    AcknowledgeByPhone,
}

/// The machine of a service's reading. An acknowledgement counts for one telegram only.
pub const READING: &[Step<ReadingState, ReadingAct>] = &[
    step(
        ReadingState::Unread,
        ReadingAct::Open,
        ReadingState::Read,
        "the service",
    ),
    step(
        ReadingState::Read,
        ReadingAct::Acknowledge,
        ReadingState::Acknowledged,
        "the service",
    ),
    step(
        ReadingState::Unread,
        ReadingAct::AcknowledgeByPhone,
        ReadingState::Acknowledged,
        "officer or room",
    ),
    step(
        ReadingState::Read,
        ReadingAct::AcknowledgeByPhone,
        ReadingState::Acknowledged,
        "officer or room",
    ),
];

/// Why a search ceases; the security services learn it, the public never does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The child was found.
    Found,
    /// The report was false.
    FalseReport,
    /// It was sent in error.
    IssuedInError,
    /// The file was closed.
    Closed,
}

words!(TelegramKind {
    Search = "search",
    Update = "update",
    Cessation = "cessation",
});
words!(SearchState {
    Open = "open",
    Ceased = "ceased",
});
words!(MailState {
    Waiting = "waiting",
    Handed = "handed",
    Failed = "failed",
    Needless = "needless",
});
words!(ReadingState {
    Unread = "unread",
    Read = "read",
    Acknowledged = "acknowledged",
});
words!(Cause {
    Found = "found",
    FalseReport = "false_report",
    IssuedInError = "issued_in_error",
    Closed = "closed",
});

impl SearchState {
    /// Where `act` leads.
    pub fn after(self, act: SearchAct) -> Result<Self, NotPossible<Self, SearchAct>> {
        follow(SEARCH, self, act)
    }
}

impl MailState {
    /// Where `act` leads.
    pub fn after(self, act: MailAct) -> Result<Self, NotPossible<Self, MailAct>> {
        follow(MAIL, self, act)
    }
}

impl ReadingState {
    /// Where `act` leads.
    pub fn after(self, act: ReadingAct) -> Result<Self, NotPossible<Self, ReadingAct>> {
        follow(READING, self, act)
    }
}

/// Why the search ceases when a public alert ends for `reason`; `None` where the child is still
/// sought: consent concerns what is published, a danger comes from publication, and an alert that
/// expires ends no search.
pub fn ceases(reason: EndReason) -> Option<Cause> {
    match reason {
        EndReason::Found => Some(Cause::Found),
        EndReason::FalseReport => Some(Cause::FalseReport),
        EndReason::IssuedInError => Some(Cause::IssuedInError),
        EndReason::ConsentWithdrawn | EndReason::Danger | EndReason::Expired => None,
    }
}

/// Whether the services may read the answer to `field`.
pub fn may_hold(field: Field) -> bool {
    field.visibility() <= Visibility::Police
}

/// Seconds to wait before each further attempt to hand one e-mail over; after the last it is given up.
pub const MAIL_RETRY_SECONDS: [u32; 8] = [2, 5, 15, 60, 300, 900, 1_800, 3_600];

/// When to hand an e-mail over again after `attempts` failed ones; `None` gives up.
pub fn mail_retry_at_ms(attempts: u32, now_ms: i64) -> Option<i64> {
    let place = usize::try_from(attempts.checked_sub(1)?).ok()?;
    let wait = MAIL_RETRY_SECONDS.get(place)?;
    Some(now_ms + i64::from(*wait) * 1_000)
}

/// How long a telegram is tried at a service's own system.
const DISPATCH_TRIED_MS: i64 = 24 * 3_600_000;
/// After so many calls without success, some six minutes, a person hears of it; the calls go on.
const DISPATCH_UNHEARD: u32 = 5;

/// Until when a telegram is tried at a service's own system, in UTC milliseconds.
pub fn dispatch_until_ms(sent_ms: i64) -> i64 {
    sent_ms + DISPATCH_TRIED_MS
}

/// Whether a person should hear that a system has not taken a telegram after so many calls, though it is tried again.
pub fn dispatch_is_late(attempts: u32) -> bool {
    attempts >= DISPATCH_UNHEARD
}

impl TelegramKind {
    /// What it does, in CAP's words.
    pub fn msg_type(self) -> MsgType {
        match self {
            Self::Search => MsgType::Alert,
            Self::Update => MsgType::Update,
            Self::Cessation => MsgType::Cancel,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_rows_of_each_table_are_possible() {
        let searches = SearchState::ALL
            .iter()
            .flat_map(|s| [SearchAct::Update, SearchAct::Cease].map(|a| s.after(a).is_ok()));
        assert_eq!(searches.filter(|ok| *ok).count(), SEARCH.len());
        use MailAct::*;
        let mails = MailState::ALL
            .iter()
            .flat_map(|s| [Hand, Wait, GiveUp, Drop, Again].map(|a| s.after(a).is_ok()));
        assert_eq!(mails.filter(|ok| *ok).count(), MAIL.len());
        use ReadingAct::*;
        let readings = ReadingState::ALL
            .iter()
            .flat_map(|s| [Open, Acknowledge, AcknowledgeByPhone].map(|a| s.after(a).is_ok()));
        assert_eq!(readings.filter(|ok| *ok).count(), READING.len());
    }

    #[test]
    fn nobody_acknowledges_what_nobody_of_the_service_has_opened() {
        assert!(ReadingState::Unread.after(ReadingAct::Acknowledge).is_err());
    }

    #[test]
    fn a_search_that_has_ceased_never_goes_on() {
        for act in [SearchAct::Update, SearchAct::Cease] {
            assert!(SearchState::Ceased.after(act).is_err());
        }
    }

    #[test]
    fn withdrawn_consent_a_danger_and_an_expiry_leave_the_child_sought() {
        for reason in EndReason::ALL {
            let sought = matches!(
                reason,
                EndReason::ConsentWithdrawn | EndReason::Danger | EndReason::Expired
            );
            assert_eq!(ceases(*reason).is_none(), sought, "{reason:?}");
        }
    }

    #[test]
    fn a_telegram_never_holds_a_home_address_or_how_the_reporter_is_reached() {
        for field in [
            Field::HomeAddress,
            Field::ReporterPhone,
            Field::ReporterPaperNumber,
            Field::ReporterName,
            Field::ConsentPublish,
        ] {
            assert!(!may_hold(field), "{field:?}");
        }
        for field in [
            Field::ChildFamilyName,
            Field::Circumstances,
            Field::LastSeenWords,
        ] {
            assert!(may_hold(field), "{field:?}");
        }
    }

    #[test]
    fn an_email_is_given_up_after_the_last_wait() {
        assert_eq!(mail_retry_at_ms(1, 10), Some(2_010));
        assert_eq!(mail_retry_at_ms(8, 0), Some(3_600_000));
        assert_eq!(mail_retry_at_ms(9, 0), None);
        assert_eq!(mail_retry_at_ms(0, 0), None);
    }
}
