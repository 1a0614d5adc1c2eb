//! What became of one call to a partner, in one word for every channel.
//!
//! The word says what the worker has to do next. How a channel's own answers (statuses, reply
//! codes) become this word is told in the channel's folder; what is written down, and how often
//! something is tried again, is the worker's.

use std::time::Duration;

use crate::http::{Answer, CallError, parse_retry_after};

/// The end of one attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The partner took it upon itself. `reference` is the partner's own name for it, where it
    /// gave one: what it is asked about, or deleted by, later.
    Accepted {
        /// The partner's name for it: a resource's address, a queue's number.
        reference: Option<String>,
    },
    /// It was no longer wanted; nothing left this machine.
    Withdrawn,
    /// The address ended for good: drop it, or switch it off, at once.
    Gone,
    /// It is too long for this partner: a fault of the program, the address is good.
    TooLarge,
    /// Not now: throttled, a fault over there, or no connection. Try again while it is wanted.
    Retry {
        /// What the partner asked for; nothing when it named no time.
        after: Option<Duration>,
        /// A short stable word for why.
        why: &'static str,
    },
    /// The partner will not take this message: repeating it is useless.
    Rejected {
        /// The status or reply code.
        status: u16,
    },
    /// The partner does not accept our identity: stop what goes the same way, keep the addresses,
    /// page the operator.
    Misconfigured {
        /// The status or reply code; 0 when our own key or setting is at fault.
        status: u16,
    },
    /// A rule with a name stood against it: one of ours, and nothing left (a private address, a
    /// broken key), or the partner's, in words under a good status (`said_error`).
    Refused {
        /// The stable word of the rule.
        why: &'static str,
    },
    /// It left, and no whole answer came: perhaps taken. Whether it may be repeated or read back
    /// is the channel's to know.
    Unknown,
}

/// The outcome as the ledger counts it: the three ends of what left, and the two of what did not
/// come that far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The partner has it.
    Sent,
    /// The partner does not have it, and will not while nobody changes anything.
    Refused,
    /// Perhaps the partner has it.
    Unknown,
    /// Not yet: the partner does not have it, and may be tried again.
    Again,
    /// It never left: it was overtaken.
    Withdrawn,
}

impl Outcome {
    /// A short word that stays the same between versions.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Accepted { .. } => "accepted",
            Self::Withdrawn => "withdrawn",
            Self::Gone => "gone",
            Self::TooLarge => "too_large",
            Self::Retry { why, .. } | Self::Refused { why } => why,
            Self::Rejected { .. } => "rejected",
            Self::Misconfigured { .. } => "misconfigured",
            Self::Unknown => "unknown",
        }
    }

    /// How the ledger counts it.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Accepted { .. } => Kind::Sent,
            Self::Withdrawn => Kind::Withdrawn,
            Self::Retry { .. } => Kind::Again,
            Self::Unknown => Kind::Unknown,
            Self::Gone
            | Self::TooLarge
            | Self::Rejected { .. }
            | Self::Misconfigured { .. }
            | Self::Refused { .. } => Kind::Refused,
        }
    }

    /// Whether the same message may be tried again at the same address.
    #[must_use]
    pub fn may_retry(&self) -> bool {
        matches!(self.kind(), Kind::Again | Kind::Unknown)
    }

    /// What no answer at all means.
    pub(crate) fn of_error(error: CallError) -> Self {
        match error {
            CallError::Refused(rule) => Self::Refused { why: rule.code() },
            CallError::NotSent(why) => Self::Retry { after: None, why },
            CallError::Withdrawn => Self::Withdrawn,
            CallError::Unknown => Self::Unknown,
        }
    }

    /// What "not now" means for a status that says so in every channel (408, 429, 5xx); `now` in
    /// Unix seconds, for a Retry-After that is a date.
    pub(crate) fn of_not_now(answer: &Answer, now: i64) -> Option<Self> {
        let why = match answer.status.as_u16() {
            408 => "service_timeout",
            429 => "throttled",
            503 => "unavailable",
            500..=599 => "service_fault",
            _ => return None,
        };
        let after = answer.text("retry-after");
        Some(Self::Retry {
            after: after.and_then(|text| parse_retry_after(text, now)),
            why,
        })
    }
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [
        Self::Sent,
        Self::Refused,
        Self::Unknown,
        Self::Again,
        Self::Withdrawn,
    ];

    /// A short word that stays the same between versions.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::Again => "again",
            Self::Withdrawn => "withdrawn",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_outcome_is_counted_once_and_only_not_yet_and_unknown_are_tried_again() {
        let outcomes = [
            (Outcome::Accepted { reference: None }, Kind::Sent),
            (Outcome::Withdrawn, Kind::Withdrawn),
            (Outcome::Gone, Kind::Refused),
            (Outcome::TooLarge, Kind::Refused),
            (
                Outcome::Retry {
                    after: None,
                    why: "throttled",
                },
                Kind::Again,
            ),
            (Outcome::Rejected { status: 400 }, Kind::Refused),
            (Outcome::Misconfigured { status: 401 }, Kind::Refused),
            (Outcome::Refused { why: "said_error" }, Kind::Refused),
            (Outcome::Unknown, Kind::Unknown),
        ];
        for (outcome, kind) in outcomes {
            assert_eq!(outcome.kind(), kind, "{outcome:?}");
            let again = matches!(kind, Kind::Again | Kind::Unknown);
            assert_eq!(outcome.may_retry(), again, "{outcome:?}");
            assert!(Kind::ALL.contains(&kind));
        }
    }
}
