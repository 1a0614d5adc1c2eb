//! What a push service's answer means.

use crate::Outcome;
use crate::http::Answer;

/// Reads a push service's answer at `now` (Unix seconds). The reference is the message resource,
/// absolute or relative to the endpoint's origin: a message is deleted by it while undelivered.
pub(super) fn read_answer(answer: &Answer, now: i64) -> Outcome {
    let status = answer.status.as_u16();
    if let Some(not_now) = Outcome::of_not_now(answer, now) {
        return not_now;
    }
    match status {
        200..=299 => Outcome::Accepted {
            reference: answer.text("location").map(str::to_owned),
        },
        404 | 410 => Outcome::Gone,
        413 => Outcome::TooLarge,
        401 | 403 => Outcome::Misconfigured { status },
        _ => Outcome::Rejected { status },
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
        read_answer(
            &Answer {
                status,
                headers,
                body: None,
                cut: false,
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
