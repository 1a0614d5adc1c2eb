//! What a partner's answer to a CAP message means.

use crate::Outcome;
use crate::http::Answer;
use crate::said_error::says_error;

/// Reads the answer to a message at `now` (Unix seconds).
///
/// 2xx is taken when its body arrived whole and does not say otherwise (`said_error`); 409 means
/// that the partner has this identifier already, so an earlier attempt reached it (who can ask the
/// partner makes sure, see `partner`). 410: the address is no longer a CAP intake. 401 and 403: our
/// sign-in. 413: too long. Later: 408, 429, 5xx. Everything else (400, 415, 422, redirects) refuses
/// this message; 404 too, for gateways answer it to a Cancel that names nothing they hold.
pub(super) fn read_answer(answer: &Answer, now: i64) -> Outcome {
    let status = answer.status.as_u16();
    if let Some(not_now) = Outcome::of_not_now(answer, now) {
        return not_now;
    }
    match status {
        200..=299 if answer.cut => Outcome::Unknown,
        200..=299 if says_error(answer) => Outcome::Refused { why: "said_error" },
        200..=299 => Outcome::Accepted {
            reference: answer.text("location").map(str::to_owned),
        },
        409 => Outcome::Accepted { reference: None },
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

    #[test]
    fn every_status_says_what_the_worker_must_do() {
        for status in 200..=599 {
            let answer = Answer {
                status: StatusCode::from_u16(status).unwrap(),
                headers: HeaderMap::new(),
                body: Some(Vec::new()),
                cut: false,
            };
            let expected = match status {
                200..=299 | 409 => "accepted",
                410 => "gone",
                413 => "too_large",
                401 | 403 => "misconfigured",
                408 => "service_timeout",
                429 => "throttled",
                503 => "unavailable",
                500.. => "service_fault",
                _ => "rejected",
            };
            assert_eq!(read_answer(&answer, 0).code(), expected, "{status}");
        }
    }
}
