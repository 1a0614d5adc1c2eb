//! What became of one message, in words that tell the worker what to do next.

use std::time::Duration;

use crate::http::{Answer, CallError, parse_retry_after};

/// The end of one attempt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The push service queued it. `location` names the message, to delete it while undelivered.
    Accepted {
        /// The message resource, absolute or relative to the endpoint's origin.
        location: Option<String>,
    },
    /// It was no longer wanted; nothing left this machine.
    Withdrawn,
    /// The subscription ended (404, 410): drop it at once.
    Gone,
    /// The service found it too long (413): a fault of the program, the subscription is good.
    TooLarge,
    /// Not now: throttled, service fault, or no connection. Try again while the alert lives.
    Retry {
        /// What the service asked for; nothing when it named no time.
        after: Option<Duration>,
        /// A short stable word for why.
        why: &'static str,
    },
    /// The service will not take this request (another status): repeating it is useless.
    Rejected {
        /// The status.
        status: u16,
    },
    /// The service does not accept our identity (401, 403): stop the batch for this origin, keep
    /// its subscriptions, page the operator.
    Misconfigured {
        /// The status; 0 when our own key could not sign.
        status: u16,
    },
    /// We refused it ourselves and nothing left: a private address, a broken key, a bad request.
    Refused {
        /// The stable word of the rule that was broken.
        why: &'static str,
    },
    /// The request left and no answer came: perhaps queued. A repeat with the same topic is
    /// harmless.
    Unknown,
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

    /// Whether the same message may be tried again for this subscription.
    #[must_use]
    pub fn may_retry(&self) -> bool {
        matches!(self, Self::Retry { .. } | Self::Unknown)
    }

    /// Reads a push service's answer at `now` (Unix seconds).
    pub(super) fn of_answer(answer: &Answer, now: i64) -> Self {
        let text = |name: &str| {
            answer
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        let after = || text("retry-after").and_then(|value| parse_retry_after(value, now));
        let status = answer.status.as_u16();
        match status {
            200..=299 => Self::Accepted {
                location: text("location").map(str::to_owned),
            },
            404 | 410 => Self::Gone,
            413 => Self::TooLarge,
            401 | 403 => Self::Misconfigured { status },
            429 => Self::Retry {
                after: after(),
                why: "throttled",
            },
            408 => Self::Retry {
                after: after(),
                why: "service_timeout",
            },
            503 => Self::Retry {
                after: after(),
                why: "unavailable",
            },
            500..=599 => Self::Retry {
                after: after(),
                why: "service_fault",
            },
            _ => Self::Rejected { status },
        }
    }

    pub(super) fn of_error(error: CallError) -> Self {
        match error {
            CallError::Refused(rule) => Self::Refused { why: rule.code() },
            CallError::NotSent(why) => Self::Retry { after: None, why },
            CallError::Withdrawn => Self::Withdrawn,
            CallError::Unknown => Self::Unknown,
        }
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, StatusCode};

    use super::*;

    fn read(status: u16, retry_after: Option<&'static str>) -> Outcome {
        let mut headers = HeaderMap::new();
        if let Some(text) = retry_after {
            headers.insert("retry-after", HeaderValue::from_static(text));
        }
        let status = StatusCode::from_u16(status).unwrap();
        Outcome::of_answer(
            &Answer {
                status,
                headers,
                body: None,
            },
            0,
        )
    }

    #[test]
    fn every_status_says_what_the_worker_must_do() {
        for (status, code) in [
            (200, "accepted"),
            (201, "accepted"),
            (202, "accepted"),
            (301, "rejected"),
            (307, "rejected"),
            (400, "rejected"),
            (401, "misconfigured"),
            (403, "misconfigured"),
            (404, "gone"),
            (405, "rejected"),
            (408, "service_timeout"),
            (410, "gone"),
            (413, "too_large"),
            (418, "rejected"),
            (429, "throttled"),
            (500, "service_fault"),
            (502, "service_fault"),
            (503, "unavailable"),
            (504, "service_fault"),
            (599, "service_fault"),
        ] {
            let outcome = read(status, None);
            assert_eq!(outcome.code(), code, "{status}");
            let again = matches!(status, 408 | 429 | 500..);
            assert_eq!(outcome.may_retry(), again, "{status}");
        }
    }

    #[test]
    fn the_wait_a_service_asks_for_is_handed_on() {
        let after = |status, text| match read(status, text) {
            Outcome::Retry { after, .. } => after.map(|d| d.as_secs()),
            other => panic!("{other:?}"),
        };
        assert_eq!(after(429, Some("30")), Some(30));
        assert_eq!(after(503, Some("Thu, 01 Jan 1970 00:01:00 GMT")), Some(60));
        assert_eq!(after(429, Some("later")), None);
        assert_eq!(after(500, None), None);
    }
}
