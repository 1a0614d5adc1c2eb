//! Days and months of the Gregorian calendar in words, as a locale says them. Not for forms and registers, which write
//! dates in digits, and not for the digits themselves, which are the pack's.

use jiff::Zoned;

/// How a locale says a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Calendar {
    days: [&'static str; 7],
    months: [&'static str; 12],
    first: &'static str,
    at: &'static str,
}

impl Calendar {
    /// Arabic with the months of Morocco (CLDR ar-MA).
    pub const ARABIC_MOROCCO: Self = Self {
        days: DAYS_AR,
        months: [
            "يناير",
            "فبراير",
            "مارس",
            "أبريل",
            "ماي",
            "يونيو",
            "يوليوز",
            "غشت",
            "شتنبر",
            "أكتوبر",
            "نونبر",
            "دجنبر",
        ],
        first: "1",
        at: "في الساعة",
    };
    /// Arabic with the months of Egypt and the Gulf (CLDR ar-QA).
    pub const ARABIC_GULF: Self = Self {
        days: DAYS_AR,
        months: [
            "يناير",
            "فبراير",
            "مارس",
            "أبريل",
            "مايو",
            "يونيو",
            "يوليو",
            "أغسطس",
            "سبتمبر",
            "أكتوبر",
            "نوفمبر",
            "ديسمبر",
        ],
        first: "1",
        at: "في الساعة",
    };
    /// French.
    pub const FRENCH: Self = Self {
        days: [
            "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
        ],
        months: [
            "janvier",
            "février",
            "mars",
            "avril",
            "mai",
            "juin",
            "juillet",
            "août",
            "septembre",
            "octobre",
            "novembre",
            "décembre",
        ],
        first: "1er",
        at: "à",
    };
    /// English.
    pub const ENGLISH: Self = Self {
        days: [
            "Monday",
            "Tuesday",
            "Wednesday",
            "Thursday",
            "Friday",
            "Saturday",
            "Sunday",
        ],
        months: [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        first: "1",
        at: "at",
    };

    /// How a locale such as `ar-MA` says a day, if it is known here.
    #[must_use]
    pub fn find(locale: &str) -> Option<Self> {
        match locale.split('-').next() {
            Some("ar") if locale == "ar-MA" => Some(Self::ARABIC_MOROCCO),
            Some("ar") => Some(Self::ARABIC_GULF),
            Some("fr") => Some(Self::FRENCH),
            Some("en") => Some(Self::ENGLISH),
            _ => None,
        }
    }

    /// `22 نونبر 2026`, `1er mai 2026`, `22 November 2026`.
    #[must_use]
    pub fn date(&self, at: &Zoned) -> String {
        let month = usize::try_from(at.month() - 1).unwrap_or(0);
        let day = match at.day() {
            1 => self.first.to_owned(),
            day => day.to_string(),
        };
        format!("{day} {} {}", self.months[month], at.year())
    }

    /// Weekday, date and time in a sentence's order: `dimanche 22 novembre 2026 à 14:05`.
    #[must_use]
    pub fn moment(&self, at: &Zoned) -> String {
        let day = usize::try_from(at.weekday().to_monday_zero_offset()).unwrap_or(0);
        let clock = format!("{:02}:{:02}", at.hour(), at.minute());
        format!("{} {} {} {clock}", self.days[day], self.date(at), self.at)
    }
}

const DAYS_AR: [&str; 7] = [
    "الاثنين",
    "الثلاثاء",
    "الأربعاء",
    "الخميس",
    "الجمعة",
    "السبت",
    "الأحد",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn said(locale: &str) -> Option<String> {
        let at: Zoned = "2025-11-23T14:05[Africa/Casablanca]"
            .parse()
            .expect("a zoned moment");
        Calendar::find(locale).map(|calendar| calendar.moment(&at))
    }

    #[test]
    fn every_locale_says_a_moment_in_its_own_words() {
        for (locale, words) in [
            ("ar-MA", "الأحد 23 نونبر 2025 في الساعة 14:05"),
            ("ar-QA", "الأحد 23 نوفمبر 2025 في الساعة 14:05"),
            ("fr-MA", "dimanche 23 novembre 2025 à 14:05"),
            ("en-GB", "Sunday 23 November 2025 at 14:05"),
        ] {
            assert_eq!(said(locale).as_deref(), Some(words));
        }
        assert_eq!(said("zgh-MA"), None);
    }
}
