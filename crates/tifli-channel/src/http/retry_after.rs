//! Reads the Retry-After header (RFC 9110 section 10.2.3): seconds, or a date.

use std::time::Duration;

use jiff::fmt::rfc2822::DateTimeParser;

/// How long to wait, counted from `now` (Unix seconds); `None` when the header says nothing usable.
///
/// A date in the past means "at once". The value is handed on as it is: the worker caps it.
#[must_use]
pub fn parse_retry_after(text: &str, now: i64) -> Option<Duration> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) {
        return text.parse().ok().map(Duration::from_secs);
    }
    let when = DateTimeParser::new().parse_timestamp(text).ok()?;
    let wait = when.as_second().saturating_sub(now).max(0);
    u64::try_from(wait).ok().map(Duration::from_secs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_read_and_nonsense_is_not() {
        let now = 784_111_700; // 77 s before the date of RFC 9110's example
        let seconds = |text| parse_retry_after(text, now).map(|d| d.as_secs());
        assert_eq!(seconds("120"), Some(120));
        assert_eq!(seconds(" 0 "), Some(0));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:49:37 GMT"), Some(77));
        assert_eq!(seconds("Sun, 06 Nov 1994 08:40:00 GMT"), Some(0));
        for nonsense in ["", "-5", "1.5", "soon", "99999999999999999999999"] {
            assert_eq!(seconds(nonsense), None, "{nonsense}");
        }
    }
}
