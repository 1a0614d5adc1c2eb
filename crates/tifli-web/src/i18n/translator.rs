//! Fluent messages by key, embedded in the binary. A missing key shows as `⟦key⟧`, so that nobody overlooks it; the
//! tests refuse it. Isolating marks are on, because these words only go into HTML.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};

use super::Locale;
use crate::format::group_digits;

/// A language's file: its name and its text, as embedded.
pub type Catalogue = (&'static str, &'static str);

type Bundle = FluentBundle<FluentResource>;

macro_rules! file {
    ($tag:literal, $name:literal) => {
        (
            $name,
            include_str!(concat!("../../locales/", $tag, "/", $name)),
        )
    };
}

macro_rules! files {
    ($tag:literal) => {
        &[
            file!($tag, "common.ftl"),
            file!($tag, "public.ftl"),
            file!($tag, "openly.ftl"),
            file!($tag, "console.ftl"),
            file!($tag, "codes.ftl"),
            file!($tag, "duty.ftl"),
            file!($tag, "room.ftl"),
            file!($tag, "family.ftl"),
            file!($tag, "letters.ftl"),
            file!($tag, "figures.ftl"),
            file!($tag, "transfer.ftl"),
            file!($tag, "partner.ftl"),
            file!($tag, "closing.ftl"),
            file!($tag, "found.ftl"),
            file!($tag, "venue.ftl"),
            file!($tag, "intake.ftl"),
            file!($tag, "qualification.ftl"),
            file!($tag, "paper.ftl"),
            file!($tag, "bulletin.ftl"),
            file!($tag, "dataprot.ftl"),
            file!($tag, "roster.ftl"),
            file!($tag, "ledger.ftl"),
            file!($tag, "dispatch.ftl"),
            file!($tag, "line.ftl"),
            file!($tag, "approver.ftl"),
        ]
    };
}

const AR: &[Catalogue] = files!("ar");
const FR: &[Catalogue] = files!("fr");
const EN: &[Catalogue] = files!("en");

static BUNDLES: LazyLock<[Bundle; 3]> = LazyLock::new(|| Locale::ALL.map(build));

/// The embedded translation files of a language.
#[must_use]
pub const fn catalogue(locale: Locale) -> &'static [Catalogue] {
    match locale {
        Locale::Ar => AR,
        Locale::Fr => FR,
        Locale::En => EN,
    }
}

/// Translates keys into one language. Copied freely into views and templates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct T {
    /// The language spoken.
    pub locale: Locale,
}

impl T {
    /// A translator into `locale`.
    #[must_use]
    pub const fn new(locale: Locale) -> Self {
        Self { locale }
    }

    /// The text of a key without values.
    #[must_use]
    pub fn get(self, key: &str) -> String {
        self.with(key, &[])
    }

    /// The text of a key with a count named `n`, which also chooses the plural form.
    #[must_use]
    pub fn count(self, key: &str, n: impl TryInto<i64>) -> String {
        let n: i64 = n.try_into().unwrap_or(i64::MAX);
        self.with(key, &[("n", FluentValue::from(n))])
    }

    /// The text of a key with one named value.
    #[must_use]
    pub fn text(self, key: &str, name: &str, value: impl AsRef<str>) -> String {
        self.with(key, &[(name, FluentValue::from(value.as_ref()))])
    }

    /// The text of a key with named values.
    #[must_use]
    pub fn with(self, key: &str, values: &[(&str, FluentValue<'_>)]) -> String {
        let bundle = bundle(self.locale);
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return missing(key);
        };
        let args: FluentArgs = values
            .iter()
            .map(|(name, value)| (Cow::Borrowed(*name), value.clone()))
            .collect();
        let mut errors = Vec::new();
        let text = bundle
            .format_pattern(pattern, Some(&args), &mut errors)
            .into_owned();
        if errors.is_empty() {
            text
        } else {
            missing(key)
        }
    }

    /// The text of the key `prefix` + `name` + `-` + `word`, if there is one.
    #[must_use]
    pub fn with_prefix(self, prefix: &str, name: &str, word: &str) -> Option<String> {
        let key = [prefix, name, "-", word].concat();
        self.knows(&key).then(|| self.get(&key))
    }

    /// Whether the language has this key.
    #[must_use]
    pub fn knows(self, key: &str) -> bool {
        bundle(self.locale).has_message(key)
    }
}

fn bundle(locale: Locale) -> &'static Bundle {
    let [ar, fr, en] = &*BUNDLES;
    match locale {
        Locale::Ar => ar,
        Locale::Fr => fr,
        Locale::En => en,
    }
}

fn missing(key: &str) -> String {
    let mut text = String::with_capacity(key.len() + 6);
    let _ = write!(text, "⟦{key}⟧");
    text
}

fn build(locale: Locale) -> Bundle {
    let mut bundle = FluentBundle::new_concurrent(vec![locale.language()]);
    bundle.set_formatter(Some(match locale {
        Locale::Ar => |value, _| grouped(value, Locale::Ar),
        Locale::Fr => |value, _| grouped(value, Locale::Fr),
        Locale::En => |value, _| grouped(value, Locale::En),
    }));
    for (name, text) in catalogue(locale) {
        let text = match locale {
            Locale::Fr => french_spaces(text),
            Locale::Ar | Locale::En => (*text).to_owned(),
        };
        // A broken entry is skipped by the parser and so appears as ⟦key⟧; the tests refuse it by file and line.
        let resource = match FluentResource::try_new(text) {
            Ok(resource) => resource,
            Err((resource, errors)) => {
                tracing::error!(file = name, locale = %locale, errors = errors.len(), "a translation file has broken entries");
                resource
            }
        };
        if let Err(errors) = bundle.add_resource(resource) {
            tracing::error!(file = name, locale = %locale, errors = errors.len(), "a translation key is defined twice");
        }
    }
    bundle
}

/// French sets a space before a colon, a semicolon, the marks of question and exclamation, a percent sign, and inside
/// guillemets; it must not break there. Whoever writes a text types plain spaces.
fn french_spaces(text: &str) -> String {
    const SET: [(&str, &str); 7] = [
        (" :", "\u{a0}:"),
        (" %", "\u{a0}%"),
        (" »", "\u{a0}»"),
        ("« ", "«\u{a0}"),
        (" ;", "\u{202f};"),
        (" ?", "\u{202f}?"),
        (" !", "\u{202f}!"),
    ];
    SET.iter().fold(text.to_owned(), |text, (typed, set)| {
        text.replace(typed, set)
    })
}

fn grouped(value: &FluentValue<'_>, locale: Locale) -> Option<String> {
    match value {
        FluentValue::Number(number) if number.value.fract() == 0.0 => {
            Some(group_digits(&number.as_string(), locale))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_french_line_begins_with_a_mark() {
        assert_eq!(
            french_spaces("« Oui » : 5 % ; vrai ?"),
            "«\u{a0}Oui\u{a0}»\u{a0}: 5\u{a0}%\u{202f}; vrai\u{202f}?"
        );
        let t = T::new(Locale::Fr);
        assert!(t.get("tip-place").ends_with("\u{202f}?"));
        assert!(t.get("current-title").contains("\u{a0}:"));
    }
}
