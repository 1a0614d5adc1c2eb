//! What a partner's answer to a webhook means.

use crate::Outcome;
use crate::http::Answer;
use crate::said_error::says_error;

/// Reads an answer at `now` (Unix seconds).
///
/// Only 2xx is success, and only when its body arrived whole and does not say otherwise
/// (`said_error`). 410 switches the endpoint off; 401 and 403 mean that it does not know our
/// secret; 408, 429 and every 5xx mean later; every other status, redirects among them, is a
/// refusal of this event.
pub(super) fn read_answer(answer: &Answer, now: i64) -> Outcome {
    let status = answer.status.as_u16();
    if let Some(not_now) = Outcome::of_not_now(answer, now) {
        return not_now;
    }
    match status {
        200..=299 if answer.cut => Outcome::Unknown,
        200..=299 if says_error(answer) => Outcome::Refused { why: "said_error" },
        200..=299 => Outcome::Accepted { reference: None },
        410 => Outcome::Gone,
        413 => Outcome::TooLarge,
        401 | 403 => Outcome::Misconfigured { status },
        _ => Outcome::Rejected { status },
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, StatusCode};

    use super::*;

    fn answer(status: u16) -> Answer {
        Answer {
            status: StatusCode::from_u16(status).unwrap(),
            headers: HeaderMap::new(),
            body: Some(Vec::new()),
            cut: false,
        }
    }

    #[test]
    fn every_status_says_what_the_worker_must_do() {
        for status in 200..=599 {
            let code = read_answer(&answer(status), 0);
            let expected = match status {
                200..=299 => "accepted",
                410 => "gone",
                413 => "too_large",
                401 | 403 => "misconfigured",
                408 => "service_timeout",
                429 => "throttled",
                503 => "unavailable",
                500.. => "service_fault",
                _ => "rejected",
            };
            assert_eq!(code.code(), expected, "{status}");
        }
    }

    #[test]
    fn a_good_status_whose_body_breaks_off_is_unknown_and_a_bad_one_stands() {
        let cut = |status| {
            let cut = Answer {
                body: None,
                cut: true,
                ..answer(status)
            };
            read_answer(&cut, 0)
        };
        assert_eq!(cut(200), Outcome::Unknown);
        assert_eq!(cut(400), Outcome::Rejected { status: 400 });
        assert_eq!(cut(410), Outcome::Gone);
    }
}
