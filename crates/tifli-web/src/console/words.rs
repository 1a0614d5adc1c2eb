//! Short ways for the console's templates to say a word, a number or a moment in the page's language. No texts here:
//! those are in `locales/*/console.ftl`.

use jiff::Timestamp;

use crate::format::Digits;
use crate::i18n::{FluentValue, Locale};
use crate::layout::Shell;

/// A whole number as templates hand it over, by value or by reference.
pub trait Count {
    /// The number, capped to 64 bits with a sign.
    fn whole(&self) -> i64;
}

macro_rules! counts {
    ($($kind:ty),*) => {$(
        impl Count for $kind {
            fn whole(&self) -> i64 {
                i64::try_from(*self).unwrap_or(i64::MAX)
            }
        }
    )*};
}

counts!(u32, u64, usize, i64, u16, u8);

impl<C: Count> Count for &C {
    fn whole(&self) -> i64 {
        (*self).whole()
    }
}

impl Shell {
    /// The text of a key.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        self.t.get(key)
    }

    /// The text of a key made of a pattern such as `case-state-{}` and a word: the label of an enum's stored word.
    #[must_use]
    pub fn word(&self, pattern: &str, word: &str) -> String {
        self.t.get(&pattern.replace("{}", word))
    }

    /// The hint under a question of the intake form; empty when it needs none.
    #[must_use]
    pub fn hint(&self, field: &str) -> String {
        self.known("hint-{}", field).unwrap_or_default()
    }

    /// The words under a section of the intake; empty when it needs none.
    #[must_use]
    pub fn section_more(&self, section: &str) -> String {
        self.known("section-more-{}", section).unwrap_or_default()
    }

    /// What was done, from the audit trail's word (`alert.approve`); an unknown word is shown as it is.
    #[must_use]
    pub fn act(&self, word: &str) -> String {
        self.known("act-{}", &word.replace('.', "-"))
            .unwrap_or_else(|| word.to_owned())
    }

    /// The name of a channel from its stored word (`web_push`); an unknown word is shown as it is.
    #[must_use]
    pub fn channel(&self, word: &str) -> String {
        self.known("channel-{}", word)
            .unwrap_or_else(|| word.to_owned())
    }

    /// What a channel's receipt says; an unknown kind is shown as it is.
    #[must_use]
    pub fn receipt(&self, kind: &str, amount: impl Count) -> String {
        let key = "receipt-{}".replace("{}", kind);
        if self.t.knows(&key) {
            self.many(&key, amount)
        } else {
            kind.to_owned()
        }
    }

    /// What came of a call to a partner's system, from its code; `None` for a code without words.
    #[must_use]
    pub fn reply(&self, code: &str) -> Option<String> {
        self.known("reply-{}", code)
    }

    /// Why nothing goes to a system any more, from its code; `None` for a code without words.
    #[must_use]
    pub fn endpoint_why(&self, code: &str) -> Option<String> {
        self.known("endpoint-why-{}", code)
    }

    fn known(&self, pattern: &str, word: &str) -> Option<String> {
        let key = pattern.replace("{}", word);
        self.t.knows(&key).then(|| self.t.get(&key))
    }

    /// The label of one fixed answer to a question of the intake form.
    #[must_use]
    pub fn answer(&self, field: &str, word: &str) -> String {
        let key = match field {
            _ if word == "refused" => "answer-{}",
            "consent_publish" => "answer-consent-{}",
            "child_sex" => "sex-{}",
            "nature" => "answer-nature-{}",
            _ => {
                let own = self.t.with_prefix("answer-", field, word);
                return own.unwrap_or_else(|| self.word("answer-{}", word));
            }
        };
        self.word(key, word)
    }

    /// The text of a key with the value `$x`.
    #[must_use]
    pub fn about(&self, key: &str, value: impl AsRef<str>) -> String {
        self.t.text(key, "x", value)
    }

    /// A label in front of what it names: French keeps a space before the colon.
    #[must_use]
    pub fn label(&self, text: impl AsRef<str>) -> String {
        let space = match self.locale() {
            Locale::Fr => "\u{a0}",
            Locale::Ar | Locale::En => "",
        };
        format!("{}{space}:", text.as_ref())
    }

    /// The text of a key with the values `$x` and `$y`.
    #[must_use]
    pub fn pair(&self, key: &str, x: impl AsRef<str>, y: impl AsRef<str>) -> String {
        self.t.with(
            key,
            &[
                ("x", FluentValue::from(x.as_ref())),
                ("y", FluentValue::from(y.as_ref())),
            ],
        )
    }

    /// The text of a key with the count `$n`, in its plural form and the country's digits.
    #[must_use]
    pub fn many(&self, key: &str, n: impl Count) -> String {
        self.formats.digits(self.t.count(key, n.whole()))
    }

    /// A whole number with separators.
    #[must_use]
    pub fn num(&self, n: impl Count) -> String {
        self.formats.number(n.whole())
    }

    /// Day and time for tables.
    #[must_use]
    pub fn short(&self, at: &Timestamp) -> String {
        self.formats.short(*at)
    }

    /// The time of day alone.
    #[must_use]
    pub fn clock(&self, at: &Timestamp) -> String {
        self.formats.time(*at)
    }

    /// The time of day with seconds.
    #[must_use]
    pub fn second(&self, at: &Timestamp) -> String {
        let machine = self.formats.machine(*at);
        self.formats.digits(machine.get(11..19).unwrap_or(&machine))
    }

    /// Weekday, date and time in words.
    #[must_use]
    pub fn full(&self, at: &Timestamp) -> String {
        self.formats.date_time(*at)
    }

    /// The value of `<time datetime>`.
    #[must_use]
    pub fn machine(&self, at: &Timestamp) -> String {
        self.formats.machine(*at)
    }

    /// A length of time in words, from seconds: `45 s`, `12 min`, `3 h 05 min`, `2 d 3 h`.
    #[must_use]
    pub fn span(&self, seconds: impl Count) -> String {
        let seconds = seconds.whole().max(0);
        if seconds == 0 {
            return self.say("span-none");
        }
        let (key, large, small) = match seconds {
            0..60 => ("span-seconds", seconds, 0),
            60..3_600 => ("span-minutes", seconds / 60, 0),
            3_600..172_800 => ("span-hours", seconds / 3_600, seconds % 3_600 / 60),
            _ => ("span-days", seconds / 86_400, seconds % 86_400 / 3_600),
        };
        self.pair(
            key,
            self.formats.digits(large.to_string()),
            self.formats.digits(format!("{small:02}")),
        )
    }

    /// What is left until `until`, or how long it has passed, in words.
    #[must_use]
    pub fn left(&self, until: &Timestamp, now: &Timestamp) -> String {
        let seconds = until.as_second() - now.as_second();
        let key = if seconds < 0 {
            "left-late"
        } else {
            "left-until"
        };
        self.about(key, self.span(seconds.abs()))
    }

    /// How close a deadline is, as the style of a clock: nothing, `soon` (under six hours) or `late`.
    #[must_use]
    pub fn urgency(&self, until: &Timestamp, now: &Timestamp) -> &'static str {
        match until.as_second() - now.as_second() {
            ..0 => "late",
            0..21_600 => "soon",
            _ => "",
        }
    }

    /// How long ago.
    #[must_use]
    pub fn ago(&self, at: &Timestamp, now: &Timestamp) -> String {
        self.formats.ago(*at, *now)
    }

    /// The ten digits a ticking clock writes with.
    #[must_use]
    pub fn ten_digits(&self) -> &'static str {
        if self.locale() == Locale::Ar && self.formats.digits == Digits::ArabicIndic {
            "٠١٢٣٤٥٦٧٨٩"
        } else {
            "0123456789"
        }
    }
}
