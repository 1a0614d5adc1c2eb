//! The languages the pages are written in and how one is chosen for a request. Not a list of the languages an alert may
//! be published in: that is the country pack's.

use std::fmt;

use unic_langid::LanguageIdentifier;

/// A language the interface speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Locale {
    /// Arabic, written from right to left.
    Ar,
    /// French.
    Fr,
    /// English.
    En,
}

/// Writing direction, as the HTML attribute `dir` wants it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Locale {
    /// Every language, the most read one first.
    pub const ALL: [Self; 3] = [Self::Ar, Self::Fr, Self::En];

    /// The two-letter tag used in paths and in `lang`.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Ar => "ar",
            Self::Fr => "fr",
            Self::En => "en",
        }
    }

    /// The language's name in itself.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Ar => "العربية",
            Self::Fr => "Français",
            Self::En => "English",
        }
    }

    /// Writing direction of the language.
    #[must_use]
    pub const fn dir(self) -> Direction {
        match self {
            Self::Ar => Direction::Rtl,
            Self::Fr | Self::En => Direction::Ltr,
        }
    }

    /// The identifier that selects plural rules.
    #[must_use]
    pub fn language(self) -> LanguageIdentifier {
        self.tag().parse().unwrap_or_default()
    }

    /// Finds the language of a tag such as `fr` or `ar-MA`; the region is ignored.
    #[must_use]
    pub fn find(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_']).next()?.trim();
        Self::ALL
            .into_iter()
            .find(|locale| locale.tag().eq_ignore_ascii_case(primary))
    }

    /// Chooses by an `Accept-Language` header (RFC 9110, 12.5.4): the highest weight wins, the first among equals.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Option<Self> {
        let mut best: Option<(Self, f32)> = None;
        for range in header.split(',').take(20) {
            let mut parts = range.split(';');
            let Some(locale) = parts.next().and_then(Self::find) else {
                continue;
            };
            let weight = parts
                .find_map(|part| part.trim().strip_prefix("q="))
                .map_or(1.0, |text| text.trim().parse::<f32>().unwrap_or(0.0));
            if weight > 0.0 && best.is_none_or(|(_, held)| weight > held) {
                best = Some((locale, weight));
            }
        }
        best.map(|(locale, _)| locale)
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

impl fmt::Display for Direction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        })
    }
}

/// Splits `/fr/tip` into French and `/tip`; a path without a language comes back whole.
#[must_use]
pub fn split_path(path: &str) -> (Option<Locale>, &str) {
    for locale in Locale::ALL {
        let rest = path
            .strip_prefix('/')
            .and_then(|path| path.strip_prefix(locale.tag()));
        match rest {
            Some("") => return (Some(locale), "/"),
            Some(rest) if rest.starts_with('/') => return (Some(locale), rest),
            _ => {}
        }
    }
    (None, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_highest_weight_among_known_languages_wins() {
        assert_eq!(
            Locale::from_accept_language("de, fr;q=0.7, ar-MA;q=0.9"),
            Some(Locale::Ar)
        );
        assert_eq!(Locale::from_accept_language("en-GB,ar"), Some(Locale::En));
    }

    #[test]
    fn a_language_refused_with_weight_zero_is_not_chosen() {
        assert_eq!(
            Locale::from_accept_language("fr;q=0, en;q=0.1"),
            Some(Locale::En)
        );
        assert_eq!(Locale::from_accept_language("fr;q=nonsense, zgh"), None);
    }

    #[test]
    fn a_path_gives_its_language_and_the_rest() {
        assert_eq!(split_path("/fr/a/x"), (Some(Locale::Fr), "/a/x"));
        assert_eq!(split_path("/ar"), (Some(Locale::Ar), "/"));
        assert_eq!(split_path("/arrival"), (None, "/arrival"));
        assert_eq!(split_path("/"), (None, "/"));
    }
}
