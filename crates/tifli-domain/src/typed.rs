//! Numbers, dates and hours as people type them: with Western, Arabic-Indic or Persian digits, whatever the keyboard has,
//! and dates also with the day in front, where a browser has no calendar of its own.
//!
//! For: reading what was typed. Not for: whether it can be true, nor for showing it.

use std::str::FromStr;

use jiff::civil::{Date, DateTime, Time};
use tifli_units::western_digit;

use crate::text::is_hidden;

/// The text with Western digits and without blanks around it. Marks of direction, which Arabic keyboards and
/// copied dates bring along, are left out: between digits they mean nothing.
pub fn digits(typed: &str) -> String {
    let shown = typed.chars().filter(|c| !is_hidden(*c));
    let western: String = shown.map(western_digit).collect();
    western.trim().to_owned()
}

/// A whole number.
pub fn whole<N: FromStr>(typed: &str) -> Option<N> {
    digits(typed).parse().ok()
}

/// A number with a decimal point or comma.
pub fn decimal(typed: &str) -> Option<f64> {
    let number = digits(typed).replace(',', ".").parse::<f64>().ok()?;
    number.is_finite().then_some(number)
}

/// A day: `2026-11-22`, or with the day in front `22/11/2026`, `22-11-2026`, `22.11.2026`. Never with the month in front.
pub fn date(typed: &str) -> Option<Date> {
    let typed = digits(typed);
    let mut parts = typed.split(['-', '/', '.']);
    let (first, month, last) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let (year, day) = match (first.len(), last.len()) {
        (4, 1..=2) => (first, last),
        (1..=2, 4) => (last, first),
        _ => return None,
    };
    Date::new(number(year)?, number(month)?, number(day)?).ok()
}

/// An hour of the day: `17:05`, also with seconds, and as French writes it, `17h05`, `17 h 05`, `17h`.
pub fn hour(typed: &str) -> Option<Time> {
    let typed: String = digits(typed).to_lowercase().split_whitespace().collect();
    let (typed, is_french) = match typed.strip_suffix('h') {
        Some(hours) => (format!("{hours}:00"), true),
        None => (typed.replace('h', ":"), typed.contains('h')),
    };
    let mut parts = typed.split(':');
    let (hours, minutes) = (number(parts.next()?)?, number(parts.next()?)?);
    // Browsers may send seconds, and parts of one.
    let seconds = match parts.next() {
        Some(_) if is_french => return None,
        Some(seconds) => number(seconds.split('.').next()?)?,
        None => 0,
    };
    let time = Time::new(hours, minutes, seconds, 0).ok();
    time.filter(|_| parts.next().is_none())
}

/// A day and its hour, in this order, with a `T`, a blank or a comma between; a day alone is its first moment.
pub fn local_time(typed: &str) -> Option<DateTime> {
    let typed = digits(typed);
    let Some((day, rest)) = typed.split_once(['T', 't', ' ', ',', '،']) else {
        return Some(date(&typed)?.to_datetime(Time::midnight()));
    };
    let rest = rest.trim_start_matches(['،', ',', ' ']);
    Some(date(day)?.to_datetime(hour(rest)?))
}

/// Digits alone: `+5` is no day.
fn number<N: FromStr>(digits: &str) -> Option<N> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date as on;

    #[test]
    fn numbers_are_read_from_every_keyboard() {
        for typed in ["12", " ١٢ ", "۱۲", "\u{200f}١٢", "1٢"] {
            assert_eq!(whole::<i64>(typed), Some(12), "{typed}");
        }
        for typed in ["34.05", "34,05", "٣٤٫٠٥", "٣٤,٠٥"] {
            assert_eq!(decimal(typed), Some(34.05), "{typed}");
        }
        assert_eq!(decimal("-٦٫٨"), Some(-6.8));
        for typed in ["", "x", "1 2", "inf", "NaN", "1,2,3", "²"] {
            assert_eq!(whole::<i64>(typed), None, "{typed}");
            assert_eq!(decimal(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_day_is_read_with_the_year_or_the_day_in_front_and_never_with_the_month() {
        for typed in [
            "2026-11-02",
            "٢٠٢٦-١١-٠٢",
            "02/11/2026",
            "2.11.2026",
            "٢/١١/٢٠٢٦",
            "\u{200f}٠٢\u{200f}/١١\u{200f}/٢٠٢٦",
        ] {
            assert_eq!(date(typed), Some(on(2026, 11, 2)), "{typed}");
        }
        for typed in [
            "",
            "02/13/2026",
            "11/02/26",
            "2026",
            "2026-11",
            "2026-11-2-3",
            "31/02/2026",
            "+2/11/2026",
            "20261102",
        ] {
            assert_eq!(date(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_moment_is_a_day_and_then_its_hour() {
        let at = on(2026, 11, 22).at(17, 5, 0, 0);
        for typed in [
            "2026-11-22T17:05",
            "2026-11-22T17:05:00",
            "2026-11-22T17:05:00.000",
            "٢٠٢٦-١١-٢٢T١٧:٠٥",
            "22/11/2026 17:05",
            "22/11/2026, 17h05",
            "٢٢/١١/٢٠٢٦، ١٧:٠٥",
            "22/11/2026 17 h 05",
        ] {
            assert_eq!(local_time(typed), Some(at), "{typed}");
        }
        assert_eq!(
            local_time("22/11/2026"),
            Some(on(2026, 11, 22).at(0, 0, 0, 0))
        );
        for typed in [
            "17:05 22/11/2026",
            "2026-11-22T25:00",
            "2026-11-22T17:05Z",
            "2026-11-22T17",
            "2026-11-22T17:05:00:00",
            "22/11/2026 17h05:00",
        ] {
            assert_eq!(local_time(typed), None, "{typed}");
        }
        assert_eq!(hour("17h"), Some(Time::constant(17, 0, 0, 0)));
    }
}
