//! The one form of date and time that CAP allows: `2026-11-22T09:30:00+01:00`.
//!
//! For: `sent`, `effective`, `onset`, `expires` and the times inside references. Not for: reading
//! a clock, or the many other forms of ISO 8601 (`Z` and fractions are refused: the schema does).

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::Offset;

/// An instant to the second, with the offset under which it is written.
///
/// Two times are equal when instant *and* offset agree; compare [`CapTime::timestamp`] to order
/// them. A value of this type can always be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CapTime {
    instant: Timestamp,
    offset: Offset,
}

/// Why something is not a CAP time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TimeError {
    /// The text is not `yyyy-mm-ddThh:mm:ss±hh:mm`.
    #[error("not of the form yyyy-mm-ddThh:mm:ss+hh:mm")]
    Form,
    /// No such day or time of day, or a year outside 1 to 9999.
    #[error("no such date or time of day")]
    Range,
    /// The offset is not in whole minutes, or further than 14 hours from UTC.
    #[error("the offset is not in whole minutes within 14 hours of UTC")]
    Offset,
}

impl CapTime {
    /// The instant, written at the given offset; a fraction of a second is dropped.
    ///
    /// # Errors
    /// [`TimeError::Offset`] for an offset CAP cannot write, [`TimeError::Range`] for a year
    /// outside 1 to 9999.
    pub fn new(instant: Timestamp, offset: Offset) -> Result<CapTime, TimeError> {
        let seconds = offset.seconds();
        if seconds % 60 != 0 || seconds.abs() > 14 * 3600 {
            return Err(TimeError::Offset);
        }
        let below = i64::from(instant.subsec_nanosecond() < 0);
        let instant =
            Timestamp::from_second(instant.as_second() - below).map_err(|_| TimeError::Range)?;
        if !(1..=9999).contains(&offset.to_datetime(instant).year()) {
            return Err(TimeError::Range);
        }
        Ok(CapTime { instant, offset })
    }

    /// The instant, written in UTC, which CAP spells `-00:00`.
    ///
    /// # Errors
    /// [`TimeError::Range`] for a year outside 1 to 9999.
    pub fn utc(instant: Timestamp) -> Result<CapTime, TimeError> {
        CapTime::new(instant, Offset::UTC)
    }

    /// The instant, to the second.
    pub fn timestamp(self) -> Timestamp {
        self.instant
    }

    /// The offset from UTC under which it is written.
    pub fn offset(self) -> Offset {
        self.offset
    }
}

impl fmt::Display for CapTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let local = self.offset.to_datetime(self.instant);
        let minutes = self.offset.seconds() / 60;
        let sign = if minutes > 0 { '+' } else { '-' };
        write!(
            f,
            "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{sign}{:02}:{:02}",
            local.year(),
            local.month(),
            local.day(),
            local.hour(),
            local.minute(),
            local.second(),
            minutes.abs() / 60,
            minutes.abs() % 60,
        )
    }
}

impl FromStr for CapTime {
    type Err = TimeError;

    fn from_str(text: &str) -> Result<CapTime, TimeError> {
        const FORM: &[u8; 25] = b"dddd-dd-ddTdd:dd:ddsdd:dd";
        let bytes: &[u8; 25] = text.as_bytes().try_into().map_err(|_| TimeError::Form)?;
        let fits = FORM.iter().zip(bytes).all(|(form, byte)| match form {
            b'd' => byte.is_ascii_digit(),
            b's' => matches!(byte, b'+' | b'-'),
            literal => literal == byte,
        });
        if !fits {
            return Err(TimeError::Form);
        }
        let number = |from: usize, to: usize| {
            bytes[from..to]
                .iter()
                .fold(0_i16, |sum, digit| sum * 10 + i16::from(digit - b'0'))
        };
        let pair = |from: usize| number(from, from + 2) as i8;
        let local = DateTime::new(
            number(0, 4),
            pair(5),
            pair(8),
            pair(11),
            pair(14),
            pair(17),
            0,
        )
        .map_err(|_| TimeError::Range)?;
        if pair(23) > 59 {
            return Err(TimeError::Offset);
        }
        let distance = i32::from(pair(20)) * 3600 + i32::from(pair(23)) * 60;
        let seconds = if bytes[19] == b'-' {
            -distance
        } else {
            distance
        };
        let offset = Offset::from_seconds(seconds).map_err(|_| TimeError::Offset)?;
        let instant = offset.to_timestamp(local).map_err(|_| TimeError::Range)?;
        CapTime::new(instant, offset)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_numeric_offset_is_kept() {
        let time: CapTime = "2026-11-22T09:30:00+01:00".parse().unwrap();
        assert_eq!(time.to_string(), "2026-11-22T09:30:00+01:00");
        assert_eq!(time.timestamp().to_string(), "2026-11-22T08:30:00Z");
        let west: CapTime = "2003-06-11T20:56:00-07:30".parse().unwrap();
        assert_eq!(west.to_string(), "2003-06-11T20:56:00-07:30");
    }

    #[test]
    fn utc_is_written_with_a_minus_and_never_with_z() {
        for text in ["2026-11-22T08:30:00+00:00", "2026-11-22T08:30:00-00:00"] {
            let time: CapTime = text.parse().unwrap();
            assert_eq!(time.to_string(), "2026-11-22T08:30:00-00:00");
        }
    }

    #[test]
    fn a_fraction_of_a_second_is_dropped_downwards() {
        for (from, written) in [
            ("2026-11-22T08:30:00.999Z", "2026-11-22T08:30:00-00:00"),
            ("1969-12-31T23:59:58.2Z", "1969-12-31T23:59:58-00:00"),
        ] {
            let time = CapTime::utc(from.parse().unwrap()).unwrap();
            assert_eq!(time.to_string(), written);
        }
    }

    #[test]
    fn other_forms_of_time_are_refused() {
        for (text, why) in [
            ("", TimeError::Form),
            ("2026-11-22T08:30:00Z", TimeError::Form),
            ("2026-11-22T08:30:00.0+01:00", TimeError::Form),
            ("2026-11-22 08:30:00+01:00", TimeError::Form),
            ("2026-11-22T08:30:00,01:00", TimeError::Form),
            ("2026-11-22T08:30:00+0100x", TimeError::Form),
            ("٢٠٢٦-11-22T08:30:00+0", TimeError::Form),
            ("2026-02-29T08:30:00+01:00", TimeError::Range),
            ("2026-11-22T24:00:00+01:00", TimeError::Range),
            ("2026-11-22T08:30:60+01:00", TimeError::Range),
            ("0000-01-01T00:00:00+00:00", TimeError::Range),
            ("2026-11-22T08:30:00+01:60", TimeError::Offset),
            ("2026-11-22T08:30:00+14:01", TimeError::Offset),
            ("2026-11-22T08:30:00+99:00", TimeError::Offset),
        ] {
            assert_eq!(text.parse::<CapTime>(), Err(why), "{text}");
        }
    }

    #[test]
    fn an_offset_of_seconds_cannot_be_built() {
        let odd = Offset::from_seconds(3601).unwrap();
        assert_eq!(
            CapTime::new(Timestamp::UNIX_EPOCH, odd),
            Err(TimeError::Offset)
        );
    }
}
