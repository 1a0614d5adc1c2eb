//! Dates, times and numbers as people of a country write them. Gregorian only; the zone is the country pack's and comes
//! in as a value. Not for phone numbers, which are never converted or grouped.

use std::borrow::Borrow;

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use tifli_app::Calendar;

use crate::i18n::{Locale, T};

/// Which names Arabic gives the months: they differ from country to country.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ArabicMonths {
    /// يناير … ماي … غشت … نونبر، دجنبر, as in Morocco (CLDR ar-MA).
    Morocco,
    /// يناير … مايو … أغسطس … نوفمبر، ديسمبر, as in Egypt and the Gulf (CLDR ar-QA).
    Gulf,
}

/// Which digits numbers are written with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Digits {
    /// 0123456789
    Western,
    /// ٠١٢٣٤٥٦٧٨٩, only ever used on Arabic pages.
    ArabicIndic,
}

/// Everything needed to write a date or a number on one page.
#[derive(Debug, Clone)]
pub struct Formats {
    /// Language of the page.
    pub locale: Locale,
    /// Month names on Arabic pages.
    pub months: ArabicMonths,
    /// Digits on Arabic pages.
    pub digits: Digits,
    /// The country's time zone.
    pub zone: TimeZone,
}

impl Formats {
    /// Writing habits of a country, given by its ISO 3166 code in either case, in its time zone. Countries without
    /// their own row get Gulf month names and Western digits.
    #[must_use]
    pub fn for_country(locale: Locale, country: &str, zone: TimeZone) -> Self {
        let (months, digits) = match country.to_ascii_lowercase().as_str() {
            "ma" => (ArabicMonths::Morocco, Digits::Western),
            "qa" => (ArabicMonths::Gulf, Digits::ArabicIndic),
            _ => (ArabicMonths::Gulf, Digits::Western),
        };
        Self {
            locale,
            months,
            digits,
            zone,
        }
    }

    /// `22 نونبر 2026`, `22 novembre 2026`, `22 November 2026`.
    #[must_use]
    pub fn date(&self, at: impl Borrow<Timestamp>) -> String {
        self.digits(self.calendar().date(&self.local(*at.borrow())))
    }

    /// `14:05`, 24-hour clock.
    #[must_use]
    pub fn time(&self, at: impl Borrow<Timestamp>) -> String {
        let local = self.local(*at.borrow());
        self.digits(format!("{:02}:{:02}", local.hour(), local.minute()))
    }

    /// Weekday, date and time in a sentence's order.
    #[must_use]
    pub fn date_time(&self, at: impl Borrow<Timestamp>) -> String {
        self.digits(self.calendar().moment(&self.local(*at.borrow())))
    }

    /// `22/11 14:05`, for tables and logs of acts.
    #[must_use]
    pub fn short(&self, at: impl Borrow<Timestamp>) -> String {
        let local = self.local(*at.borrow());
        self.digits(format!(
            "{:02}/{:02} {:02}:{:02}",
            local.day(),
            local.month(),
            local.hour(),
            local.minute()
        ))
    }

    /// The machine-readable form for `<time datetime>`, with the zone's offset.
    #[must_use]
    pub fn machine(&self, at: impl Borrow<Timestamp>) -> String {
        self.local(*at.borrow())
            .strftime("%Y-%m-%dT%H:%M:%S%:z")
            .to_string()
    }

    /// The value an `<input type=datetime-local>` wants, in the country's zone.
    #[must_use]
    pub fn input_value(&self, at: impl Borrow<Timestamp>) -> String {
        self.local(*at.borrow())
            .strftime("%Y-%m-%dT%H:%M")
            .to_string()
    }

    /// How long ago, in words: minutes under two hours, hours under two days, then days.
    #[must_use]
    pub fn ago(&self, at: impl Borrow<Timestamp>, now: impl Borrow<Timestamp>) -> String {
        let t = T::new(self.locale);
        let minutes = (now.borrow().as_second() - at.borrow().as_second()).max(0) / 60;
        let text = match minutes {
            0 => t.get("ago-now"),
            1..120 => t.count("ago-minutes", minutes),
            120..2880 => t.count("ago-hours", minutes / 60),
            _ => t.count("ago-days", minutes / 1440),
        };
        self.digits(&text)
    }

    /// A whole number with the language's separators.
    #[must_use]
    pub fn number(&self, value: i64) -> String {
        self.digits(group_digits(&value.to_string(), self.locale))
    }

    /// A number given in tenths, with one decimal after the language's mark: `1,3`.
    #[must_use]
    pub fn tenths(&self, tenths: impl Borrow<u32>) -> String {
        let tenths = i64::from(*tenths.borrow());
        let mark = match (self.locale, self.digits) {
            (Locale::Ar, Digits::ArabicIndic) => '٫',
            (Locale::Ar | Locale::Fr, _) => ',',
            (Locale::En, _) => '.',
        };
        let whole = self.number(tenths / 10);
        self.digits(format!("{whole}{mark}{}", tenths % 10))
    }

    /// Rewrites the digits of a text as the page wants them. Not for phone numbers, codes or addresses.
    #[must_use]
    pub fn digits(&self, text: impl AsRef<str>) -> String {
        if self.locale != Locale::Ar || self.digits == Digits::Western {
            return text.as_ref().to_owned();
        }
        let converted: String = text.as_ref().chars().map(arabic_indic).collect();
        arabic_thousands(&converted)
    }

    fn local(&self, at: Timestamp) -> Zoned {
        at.to_zoned(self.zone.clone())
    }

    fn calendar(&self) -> Calendar {
        match (self.locale, self.months) {
            (Locale::Ar, ArabicMonths::Morocco) => Calendar::ARABIC_MOROCCO,
            (Locale::Ar, ArabicMonths::Gulf) => Calendar::ARABIC_GULF,
            (Locale::Fr, _) => Calendar::FRENCH,
            (Locale::En, _) => Calendar::ENGLISH,
        }
    }
}

/// Puts the language's thousands separator into a run of digits of five or more (`12 500`, `12.500`, `12,500`).
#[must_use]
pub fn group_digits(digits: &str, locale: Locale) -> String {
    let (sign, body) = digits
        .strip_prefix('-')
        .map_or(("", digits), |body| ("-", body));
    if body.len() < 5 || !body.bytes().all(|byte| byte.is_ascii_digit()) {
        return digits.to_owned();
    }
    let separator = match locale {
        Locale::Ar => '.',
        Locale::Fr => '\u{202F}',
        Locale::En => ',',
    };
    let mut out = String::from(sign);
    for (index, digit) in body.chars().enumerate() {
        if index > 0 && (body.len() - index) % 3 == 0 {
            out.push(separator);
        }
        out.push(digit);
    }
    out
}

/// Beside Arabic-Indic digits a thousand is set off by its own mark: `١٢٬٥٠٠`.
fn arabic_thousands(text: &str) -> String {
    let is_digit = |at: Option<&char>| at.is_some_and(|c| ('٠'..='٩').contains(c));
    let all: Vec<char> = text.chars().collect();
    let marked = |at: usize| {
        let after = (1..=3).all(|step| is_digit(all.get(at + step)));
        after && !is_digit(all.get(at + 4)) && at > 0 && is_digit(all.get(at - 1))
    };
    let marks = all.iter().enumerate();
    marks
        .map(|(at, &c)| if c == '.' && marked(at) { '٬' } else { c })
        .collect()
}

fn arabic_indic(character: char) -> char {
    match character.to_digit(10) {
        Some(value) if character.is_ascii_digit() => {
            char::from_u32(0x0660 + value).unwrap_or(character)
        }
        _ => character,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn formats(locale: Locale, country: &str, zone: &str) -> Formats {
        Formats::for_country(locale, country, TimeZone::get(zone).expect("bundled zone"))
    }

    fn at(text: &str) -> Timestamp {
        text.parse().expect("timestamp")
    }

    fn noon() -> Timestamp {
        at("2025-11-23T13:05:00Z")
    }

    #[test]
    fn morocco_writes_nounbar_with_western_digits() {
        let f = formats(Locale::Ar, "ma", "Africa/Casablanca");
        assert_eq!(f.date_time(noon()), "الأحد 23 نونبر 2025 في الساعة 14:05");
    }

    #[test]
    fn qatar_writes_nofember_with_arabic_indic_digits() {
        let f = formats(Locale::Ar, "qa", "Asia/Qatar");
        assert_eq!(f.date(noon()), "٢٣ نوفمبر ٢٠٢٥");
        assert_eq!(f.number(12_500), "١٢٬٥٠٠");
        assert_eq!(f.number(1_250_000), "١٬٢٥٠٬٠٠٠");
    }

    #[test]
    fn a_decimal_has_the_mark_of_its_language() {
        let tenths = |locale, country| formats(locale, country, "Asia/Qatar").tenths(13_u32);
        assert_eq!(tenths(Locale::Fr, "ma"), "1,3");
        assert_eq!(tenths(Locale::Ar, "ma"), "1,3");
        assert_eq!(tenths(Locale::Ar, "qa"), "١٫٣");
        assert_eq!(tenths(Locale::En, "qa"), "1.3");
    }

    #[test]
    fn the_first_of_the_month_is_an_ordinal_in_french() {
        let f = formats(Locale::Fr, "ma", "Africa/Casablanca");
        assert_eq!(f.date(at("2026-05-01T12:00:00Z")), "1er mai 2026");
    }

    #[test]
    fn moroccos_ramadan_clock_is_followed() {
        let f = formats(Locale::En, "ma", "Africa/Casablanca");
        assert_eq!(f.time(at("2025-03-10T12:00:00Z")), "12:00");
        assert_eq!(f.time(at("2025-05-01T12:00:00Z")), "13:00");
        assert_eq!(f.machine(noon()), "2025-11-23T14:05:00+01:00");
    }

    #[test]
    fn numbers_under_ten_thousand_stay_whole_and_larger_ones_are_grouped() {
        assert_eq!(group_digits("2026", Locale::Fr), "2026");
        assert_eq!(
            group_digits("1250000", Locale::Fr),
            "1\u{202F}250\u{202F}000"
        );
        assert_eq!(group_digits("-12500", Locale::En), "-12,500");
    }

    #[test]
    fn how_long_ago_changes_its_unit() {
        let f = formats(Locale::Fr, "ma", "Africa/Casablanca");
        let now = noon();
        let before = |minutes: i64| {
            Timestamp::from_second(now.as_second() - minutes * 60).expect("timestamp")
        };
        assert!(f.ago(before(0), now).contains("instant"));
        assert!(f.ago(before(90), now).contains("90"));
        assert!(f.ago(before(180), now).contains('3'));
        assert!(f.ago(before(4 * 1440), now).contains("jours"));
    }
}
