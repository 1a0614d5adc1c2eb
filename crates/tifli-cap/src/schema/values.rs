//! The simple types of the schemas: whether a text is a value of one.
//!
//! For: `schema`, and for reading the looser times of 1.0 and 1.1. Not for: rules of the prose.

use jiff::civil::DateTime;
use jiff::tz::Offset;

use super::{Content, uri};
use crate::time::CapTime;

/// The most digits of a number that libxml2 takes.
const MAX_DIGITS: usize = 24;

/// White space of XML.
const BLANK: [char; 4] = [' ', '\t', '\n', '\r'];

/// Why the text is no value of this content, if it is none.
pub(super) fn fault(content: Content, text: &str) -> Option<String> {
    let token = collapse(text);
    let sound = match content {
        Content::Text | Content::Inside(_) | Content::Open => true,
        Content::Word(words) => words.contains(&text),
        Content::Token(words) => words.contains(&token.as_str()),
        // libxml2 takes white space off the end of a plain date and time, not off its beginning.
        Content::DateTime => date_time(text.trim_end_matches(BLANK)).is_some(),
        Content::CapDateTime => is_cap_form(&token) && date_time(&token).is_some(),
        Content::Language => text.is_empty() || is_language(&token),
        Content::Uri => uri::is_reference(&token),
        Content::Integer => is_integer(&token),
        Content::Decimal => is_decimal(&token),
    };
    if sound {
        return None;
    }
    Some(match content {
        Content::Word(words) | Content::Token(words) => {
            format!("The value is not one of {}.", words.join(", "))
        }
        Content::CapDateTime => {
            "The time is not of the form 2026-11-22T09:30:00+01:00 (no Z, no fractions).".to_owned()
        }
        Content::DateTime => "The value is no date and time.".to_owned(),
        Content::Language => "The value is no language tag such as ar-MA.".to_owned(),
        Content::Uri => "The value is no URI.".to_owned(),
        Content::Integer => "The value is no whole number.".to_owned(),
        _ => "The value is no decimal number.".to_owned(),
    })
}

/// A date and time of XML Schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct XsdTime {
    year: i64,
    month: u8,
    day: u8,
    hour: u8,
    minute: u8,
    second: u8,
    /// Minutes east of UTC; none when the text does not say.
    pub(crate) offset: Option<i16>,
}

impl XsdTime {
    /// The time for CAP, read as UTC when it names no offset; none beyond the years CAP can write.
    pub(crate) fn to_cap(self) -> Option<CapTime> {
        let year = i16::try_from(self.year).ok()?;
        let [month, day, minute, second] =
            [self.month, self.day, self.minute, self.second].map(|part| part as i8);
        let midnight = DateTime::new(year, month, day, 0, minute, second, 0).ok()?;
        let hours = jiff::SignedDuration::from_hours(i64::from(self.hour));
        let local = midnight.checked_add(hours).ok()?;
        let offset = Offset::from_seconds(i32::from(self.offset.unwrap_or(0)) * 60).ok()?;
        CapTime::new(offset.to_timestamp(local).ok()?, offset).ok()
    }
}

/// The date and time that the text spells.
pub(crate) fn date_time(text: &str) -> Option<XsdTime> {
    let (negative, rest) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (date, clock) = rest.split_once('T')?;
    let mut parts = date.split('-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let year_ok = year.len() >= 4 && (year.len() == 4 || !year.starts_with('0'));
    if parts.next().is_some() || !year_ok || !is_digits(year) {
        return None;
    }
    let year: i64 = year.parse().ok()?;
    let (month, day) = (pair(month)?, pair(day)?);
    let (clock, offset) = split_offset(clock)?;
    let mut parts = clock.split(':');
    let (hour, minute, second) = (parts.next()?, parts.next()?, parts.next()?);
    let (second, fraction) = second.split_once('.').unwrap_or((second, "0"));
    let (hour, minute, second) = (pair(hour)?, pair(minute)?, pair(second)?);
    let last = hour == 24 && minute == 0 && second == 0 && fraction.bytes().all(|b| b == b'0');
    let sound = parts.next().is_none()
        && is_digits(fraction)
        && year != 0
        && (1..=12).contains(&month)
        && (1..=days(year, month)).contains(&day)
        && (hour < 24 || last)
        && minute < 60
        && second < 60;
    sound.then_some(XsdTime {
        year: if negative { -year } else { year },
        month,
        day,
        hour,
        minute,
        second,
        offset,
    })
}

/// The CAP time that the text spells in any form of any version.
pub(crate) fn any_time(text: &str) -> Option<CapTime> {
    let token = text.trim();
    token
        .parse()
        .ok()
        .or_else(|| date_time(token).and_then(XsdTime::to_cap))
}

/// White space made even and taken off both ends.
pub(crate) fn collapse(text: &str) -> String {
    let parts: Vec<&str> = text.split(BLANK).filter(|part| !part.is_empty()).collect();
    parts.join(" ")
}

/// Whether the text has the form that CAP 1.2 asks of times.
pub(crate) fn is_cap_form(text: &str) -> bool {
    const FORM: &[u8; 25] = b"dddd-dd-ddTdd:dd:ddsdd:dd";
    text.len() == FORM.len()
        && FORM
            .iter()
            .zip(text.bytes())
            .all(|(form, byte)| match form {
                b'd' => byte.is_ascii_digit(),
                b's' => matches!(byte, b'+' | b'-'),
                literal => *literal == byte,
            })
}

fn split_offset(clock: &str) -> Option<(&str, Option<i16>)> {
    if let Some(clock) = clock.strip_suffix('Z') {
        return Some((clock, Some(0)));
    }
    let Some(at) = clock.find(['+', '-']) else {
        return Some((clock, None));
    };
    let (clock, offset) = clock.split_at(at);
    let (hours, minutes) = offset[1..].split_once(':')?;
    let (hours, minutes) = (i16::from(pair(hours)?), i16::from(pair(minutes)?));
    let distance = hours * 60 + minutes;
    if minutes > 59 || distance > 14 * 60 {
        return None;
    }
    let west = offset.starts_with('-');
    Some((clock, Some(if west { -distance } else { distance })))
}

fn days(year: i64, month: u8) -> u8 {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn pair(text: &str) -> Option<u8> {
    (text.len() == 2 && is_digits(text)).then(|| text.parse().ok())?
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_language(text: &str) -> bool {
    crate::syntax::is_language(text)
}

fn is_integer(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    is_digits(digits) && digits.trim_start_matches('0').len() <= MAX_DIGITS
}

fn is_decimal(text: &str) -> bool {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let sound = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let (wide, deep) = (whole.trim_start_matches('0').len(), fraction.len());
    let most = MAX_DIGITS - usize::from(digits.contains('.') && deep == 0);
    sound(whole) && sound(fraction) && !(whole.is_empty() && deep == 0) && wide + deep <= most
}
