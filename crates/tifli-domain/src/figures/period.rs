//! A week or a year in the country's own time.

use jiff::civil::{Date, ISOWeekDate, Weekday};
use jiff::tz::TimeZone;

/// What a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Period {
    /// A week of ISO 8601, Monday to Sunday.
    Week(ISOWeekDate),
    /// A calendar year.
    Year(i16),
}

/// The period's moments in UTC milliseconds: from the first, up to and without the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first millisecond.
    pub from_ms: i64,
    /// The first millisecond after it.
    pub to_ms: i64,
}

/// The text is neither `2026-W47` nor `2026`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("neither a week nor a year")]
pub struct NotAPeriod;

impl Span {
    /// Whether a moment lies within.
    pub fn holds(&self, at_ms: Option<i64>) -> bool {
        at_ms.is_some_and(|at| self.from_ms <= at && at < self.to_ms)
    }
}

impl Period {
    /// The week that a day lies in.
    pub fn week_of(day: Date) -> Self {
        let date = day.iso_week_date();
        let monday = ISOWeekDate::new(date.year(), date.week(), Weekday::Monday);
        Self::Week(monday.unwrap_or(date))
    }

    /// Its moments in a time zone.
    pub fn span(&self, zone: &TimeZone) -> Result<Span, NotAPeriod> {
        let (from, to) = match self {
            Self::Week(week) => {
                let monday = week.date();
                let next = monday.checked_add(jiff::Span::new().days(7));
                (monday, next.map_err(|_| NotAPeriod)?)
            }
            Self::Year(year) => {
                let first = |year| Date::new(year, 1, 1).map_err(|_| NotAPeriod);
                (
                    first(*year)?,
                    first(year.checked_add(1).ok_or(NotAPeriod)?)?,
                )
            }
        };
        let start = |day: Date| {
            let zoned = day.to_zoned(zone.clone()).map_err(|_| NotAPeriod)?;
            Ok(zoned.timestamp().as_millisecond())
        };
        Ok(Span {
            from_ms: start(from)?,
            to_ms: start(to)?,
        })
    }

    /// The period before it, if there is one.
    pub fn find_earlier(&self) -> Option<Self> {
        self.moved(-1)
    }

    /// The period after it, if there is one.
    pub fn find_later(&self) -> Option<Self> {
        self.moved(1)
    }

    fn moved(&self, by: i8) -> Option<Self> {
        match self {
            Self::Week(week) => {
                let span = jiff::Span::new().days(7 * i64::from(by));
                week.date().checked_add(span).ok().map(Self::week_of)
            }
            Self::Year(year) => year.checked_add(i16::from(by)).map(Self::Year),
        }
    }
}

impl std::fmt::Display for Period {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Week(week) => write!(out, "{:04}-W{:02}", week.year(), week.week()),
            Self::Year(year) => write!(out, "{year:04}"),
        }
    }
}

impl std::str::FromStr for Period {
    type Err = NotAPeriod;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = |text: &str| match text.bytes().all(|byte| byte.is_ascii_digit()) {
            true => text.parse::<i16>().map_err(|_| NotAPeriod),
            false => Err(NotAPeriod),
        };
        let year = |text: &str| match number(text)? {
            year @ 1970..=2999 if text.len() == 4 => Ok(year),
            _ => Err(NotAPeriod),
        };
        let Some((before, week)) = text.split_once("-W") else {
            return year(text).map(Self::Year);
        };
        let week = i8::try_from(number(week)?).map_err(|_| NotAPeriod)?;
        let monday = ISOWeekDate::new(year(before)?, week, Weekday::Monday);
        monday.map(Self::Week).map_err(|_| NotAPeriod)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Period, NotAPeriod> {
        text.parse()
    }

    #[test]
    fn a_week_is_monday_to_sunday_in_the_countrys_own_time() {
        let zone = TimeZone::get("Asia/Qatar").unwrap();
        let span = read("2026-W47").unwrap().span(&zone).unwrap();
        let moment = |text: &str| text.parse::<jiff::Timestamp>().unwrap().as_millisecond();
        assert_eq!(span.from_ms, moment("2026-11-15T21:00:00Z"));
        assert_eq!(span.to_ms, moment("2026-11-22T21:00:00Z"));
        assert!(span.holds(Some(span.from_ms)) && !span.holds(Some(span.to_ms)));
        assert!(!span.holds(None));
    }

    #[test]
    fn a_week_may_lie_in_two_years_and_a_year_may_have_53() {
        let day = Date::new(2027, 1, 1).unwrap();
        assert_eq!(Period::week_of(day).to_string(), "2026-W53");
        assert!(read("2026-W53").is_ok() && read("2027-W53").is_err());
        let later = read("2026-W53").unwrap().find_later().unwrap();
        assert_eq!(later.to_string(), "2027-W01");
        assert_eq!(later.find_earlier().unwrap().to_string(), "2026-W53");
    }

    #[test]
    fn what_is_neither_a_week_nor_a_year_is_refused() {
        for text in [
            "", "26", "2026-W", "2026-W00", "2026-W+1", "2026-47", "1969", "٢٠٢٦",
        ] {
            assert_eq!(read(text), Err(NotAPeriod), "{text}");
        }
        let year = read("2026").unwrap();
        assert_eq!(year.find_earlier().unwrap().to_string(), "2025");
    }
}
