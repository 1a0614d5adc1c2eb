//! The small values public views are made of: a sentence in its language, an age, a moment, a number to call.
//! Not the domain's own types, which know more than the public may.

use std::borrow::Borrow;

use jiff::Timestamp;

use crate::layout::PublicShell;

/// A text somebody wrote, with the language it is in: it may differ from the page's when no translation exists yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// BCP 47 tag, for `lang`.
    pub lang: String,
    /// Plain text; line breaks are kept.
    pub text: String,
}

impl Said {
    /// A text in a language.
    pub fn new(lang: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            lang: lang.into(),
            text: text.into(),
        }
    }
}

/// How the public wording speaks of the child.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sex {
    /// A girl.
    Girl,
    /// A boy.
    Boy,
    /// Not said.
    Unsaid,
}

impl Sex {
    /// The value the translations choose by.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Girl => "girl",
            Self::Boy => "boy",
            Self::Unsaid => "other",
        }
    }
}

/// Age of the child at the disappearance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Age {
    /// Whole years.
    Years(u8),
    /// Whole months, for the youngest.
    Months(u8),
}

/// When the child went missing, as precisely as it is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MissingTime {
    /// In the words of the message that went out.
    Told(Said),
    /// Known to the minute.
    At(Timestamp),
    /// Near this moment.
    Around(Timestamp),
    /// Between two moments.
    Between(Timestamp, Timestamp),
}

impl MissingTime {
    /// The earliest moment, for machines, where there is more than words.
    #[must_use]
    pub const fn start(&self) -> Option<Timestamp> {
        match self {
            Self::Told(_) => None,
            Self::At(at) | Self::Around(at) | Self::Between(at, _) => Some(*at),
        }
    }
}

/// A number to call: what is read and what is dialled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallNumber {
    /// As people know it: `19`, `0800 00 47 47`.
    pub shown: String,
    /// As a `tel:` link wants it: digits, with a leading plus where needed.
    pub dialled: String,
}

impl PublicShell {
    /// An age in words.
    #[must_use]
    pub fn age(&self, age: impl Borrow<Age>) -> String {
        let text = match *age.borrow() {
            Age::Years(n) => self.t.count("age-years", n),
            Age::Months(n) => self.t.count("age-months", n),
        };
        self.formats.digits(&text)
    }

    /// When the child went missing, in words.
    #[must_use]
    pub fn missing_time(&self, when: impl Borrow<MissingTime>) -> String {
        let f = &self.formats;
        match when.borrow() {
            MissingTime::Told(said) => said.text.clone(),
            MissingTime::At(at) => f.date_time(at),
            MissingTime::Around(at) => self.t.text("when-around", "time", f.date_time(at)),
            MissingTime::Between(from, to) => self.t.with(
                "when-between",
                &[
                    ("from", f.date_time(from).into()),
                    ("to", f.date_time(to).into()),
                ],
            ),
        }
    }

    /// The label of the alert: a missing girl, boy or child. Never more than that.
    #[must_use]
    pub fn missing_label(&self, sex: impl Borrow<Sex>) -> String {
        self.t.text("alert-tag", "sex", sex.borrow().word())
    }
}
