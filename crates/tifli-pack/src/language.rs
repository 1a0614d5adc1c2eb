//! Languages a pack may speak, the direction they are written in, their digits and plural rule,
//! and words kept once per language. Not for: choosing a language for a person.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;

/// Which way a language is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Direction {
    /// The value of HTML's `dir`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// A language by its BCP 47 tag: `ar`, `fr`, `en` or `zgh`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageTag(&'static str);

/// A tag that is none of the known ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this language is not one of ar, fr, en, zgh")]
pub struct UnknownLanguage;

impl LanguageTag {
    /// Arabic.
    pub const AR: Self = Self("ar");
    /// French.
    pub const FR: Self = Self("fr");
    /// English.
    pub const EN: Self = Self("en");
    /// Standard Moroccan Tamazight, written in Tifinagh.
    pub const ZGH: Self = Self("zgh");
    /// All of them.
    pub const ALL: [Self; 4] = [Self::AR, Self::FR, Self::EN, Self::ZGH];

    /// The tag as text.
    pub fn as_str(self) -> &'static str {
        self.0
    }

    /// Which way it is written.
    pub fn direction(self) -> Direction {
        if self == Self::AR {
            Direction::Rtl
        } else {
            Direction::Ltr
        }
    }

    /// The language's own name for itself, for a language menu.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::AR => "العربية",
            Self::FR => "Français",
            Self::EN => "English",
            _ => "ⵜⴰⵎⴰⵣⵉⵖⵜ",
        }
    }
}

impl FromStr for LanguageTag {
    type Err = UnknownLanguage;
    fn from_str(tag: &str) -> Result<Self, UnknownLanguage> {
        Self::ALL
            .into_iter()
            .find(|known| known.0 == tag)
            .ok_or(UnknownLanguage)
    }
}

// By hand: a derived reader would ask that the input live forever.
impl<'de> Deserialize<'de> for LanguageTag {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let tag = String::deserialize(from)?;
        tag.parse().map_err(serde::de::Error::custom)
    }
}

impl Serialize for LanguageTag {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.0)
    }
}

impl fmt::Display for LanguageTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// The digits of numbers in running text. Never for a number to call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Digits {
    /// 0-9.
    Western,
    /// ٠-٩.
    ArabicIndic,
}

impl Digits {
    /// `text` with its ASCII digits written in these digits.
    pub fn apply(self, text: &str) -> String {
        match self {
            Self::Western => text.to_owned(),
            Self::ArabicIndic => text.chars().map(arabic_indic).collect(),
        }
    }
}

fn arabic_indic(c: char) -> char {
    c.to_digit(10)
        .and_then(|d| char::from_u32(0x660 + d))
        .filter(|_| c.is_ascii_digit())
        .unwrap_or(c)
}

/// The same words in several languages.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Labels(BTreeMap<LanguageTag, String>);

impl Labels {
    /// The words in `language`; where there are none, those of English, French, Arabic or
    /// Tamazight, in that order; empty only if there are none at all.
    pub fn get(&self, language: LanguageTag) -> &str {
        const FALLBACK: [LanguageTag; 4] = [
            LanguageTag::EN,
            LanguageTag::FR,
            LanguageTag::AR,
            LanguageTag::ZGH,
        ];
        self.find(language)
            .or_else(|| FALLBACK.into_iter().find_map(|l| self.find(l)))
            .unwrap_or_default()
    }

    /// The words in `language` itself.
    pub fn find(&self, language: LanguageTag) -> Option<&str> {
        self.0
            .get(&language)
            .map(String::as_str)
            .filter(|words| !words.trim().is_empty())
    }

    /// Each language and its words.
    pub fn iter(&self) -> impl Iterator<Item = (LanguageTag, &str)> {
        self.0.iter().map(|(l, words)| (*l, words.as_str()))
    }

    /// Puts words where there were none yet; empty words are passed over.
    pub(crate) fn fill(&mut self, language: LanguageTag, words: &str) {
        if !words.is_empty() && self.find(language).is_none() {
            self.0.insert(language, words.to_owned());
        }
    }
}

impl FromIterator<(LanguageTag, String)> for Labels {
    fn from_iter<T: IntoIterator<Item = (LanguageTag, String)>>(iter: T) -> Self {
        Self(iter.into_iter().collect())
    }
}
