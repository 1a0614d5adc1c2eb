//! What people read out or paste for a partner: a post, a card of facts, scripts for radio and
//! television, a notice of withdrawal; one file a language, `scripts/<language>.toml`.
//!
//! Every value comes from a frozen public message, so that a script can say no more than the page.
//! Not for: choosing which partner gets which file.

use crate::language::LanguageTag;
use crate::text::Template;
use crate::{PackError, PackParts, RenderError, fold};
use serde::Deserialize;

/// Names a script about a live alert may use.
const LIVE: [&str; 13] = [
    "headline",
    "description",
    "instruction",
    "area",
    "authority",
    "number",
    "number_spoken",
    "link",
    "code",
    "first_lines",
    "from",
    "until",
    "center",
];
/// Names the card may use besides.
const CARD: [&str; 5] = [
    "radius_km",
    "until_utc",
    "version",
    "desk_mail",
    "desk_phone",
];
/// Names a notice of withdrawal may use: nothing of the child.
const NOTICE: [&str; 5] = ["authority", "link", "code", "desk_mail", "desk_phone"];

/// Which script.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScriptKind {
    /// The text of a post, first lines first.
    Post,
    /// Area, validity, link, number, authority.
    Card,
    /// Read on radio.
    Radio,
    /// Read on television over a neutral card.
    Television,
    /// Asks for everything to be taken down.
    Withdrawal,
}

/// The words of one script, and how long it takes to read out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Script {
    /// The words.
    pub words: String,
    /// Seconds, at the pace the pack gives; 0 for what is not read out.
    pub seconds: u32,
}

/// The checked scripts of one language.
#[derive(Debug, Clone)]
pub(crate) struct Scripts {
    pub language: LanguageTag,
    digits: [String; 10],
    plus: String,
    words_per_minute: u32,
    post: Template,
    card: Template,
    radio: Template,
    television: Template,
    withdrawal: Template,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    digits: [String; 10],
    plus: String,
    words_per_minute: u32,
    post: String,
    card: String,
    radio: String,
    television: String,
    withdrawal: String,
}

impl ScriptKind {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Post,
        Self::Card,
        Self::Radio,
        Self::Television,
        Self::Withdrawal,
    ];

    /// The first part of its file's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Post => "post",
            Self::Card => "card",
            Self::Radio => "radio",
            Self::Television => "television",
            Self::Withdrawal => "withdrawal",
        }
    }

    fn is_read_out(self) -> bool {
        matches!(self, Self::Radio | Self::Television)
    }
}

impl Scripts {
    /// Reads and checks the scripts of `language`; `never_say` holds words no public text may hold.
    pub fn read(
        language: LanguageTag,
        parts: &PackParts,
        never_say: &[String],
    ) -> Result<Self, PackError> {
        let at = format!("scripts/{language}.toml");
        let folded = fold(parts.get(&at)?);
        if let Some(word) = never_say.iter().find(|w| folded.contains(&fold(w))) {
            let why = format!("a public text never says `{word}`");
            return Err(PackError::rule(at.as_str(), why));
        }
        let file: File = parts.toml(&at)?;
        if file.words_per_minute == 0 || file.digits.iter().any(|d| d.trim().is_empty()) {
            return Err(PackError::rule(
                at.as_str(),
                "no pace, or a digit without a word",
            ));
        }
        let read = |text: &str, allowed: &[&str]| {
            let template =
                Template::parse(text).map_err(|why| PackError::rule(at.as_str(), why))?;
            let unknown = template.names().find(|n| !allowed.contains(n));
            let why = unknown.map(|name| format!("{{{name}}} is not known here"));
            match why {
                Some(why) => Err(PackError::rule(at.as_str(), why)),
                None => Ok(template),
            }
        };
        let card: Vec<&str> = LIVE.iter().chain(&CARD).copied().collect();
        Ok(Self {
            language,
            post: read(&file.post, &LIVE)?,
            card: read(&file.card, &card)?,
            radio: read(&file.radio, &LIVE)?,
            television: read(&file.television, &LIVE)?,
            withdrawal: read(&file.withdrawal, &NOTICE)?,
            digits: file.digits,
            plus: file.plus,
            words_per_minute: file.words_per_minute,
        })
    }

    /// One script with its values.
    pub fn render<'a>(
        &self,
        kind: ScriptKind,
        value: impl Fn(&str) -> Option<&'a str>,
    ) -> Result<Script, RenderError> {
        let template = match kind {
            ScriptKind::Post => &self.post,
            ScriptKind::Card => &self.card,
            ScriptKind::Radio => &self.radio,
            ScriptKind::Television => &self.television,
            ScriptKind::Withdrawal => &self.withdrawal,
        };
        let words = template.fill(value).map_err(RenderError::NoValue)?;
        let count = u32::try_from(words.split_whitespace().count()).unwrap_or(u32::MAX);
        let seconds = if kind.is_read_out() {
            count.saturating_mul(60).div_ceil(self.words_per_minute)
        } else {
            0
        };
        Ok(Script { words, seconds })
    }

    /// A number to call, digit by digit in words: what cannot be read is left as it stands.
    pub fn spoken(&self, number: &str) -> String {
        let words = number.chars().filter(|c| !c.is_whitespace()).map(|c| {
            match c.to_digit(10).and_then(|d| self.digits.get(d as usize)) {
                Some(word) => word.clone(),
                None if c == '+' => self.plus.clone(),
                None => c.to_string(),
            }
        });
        let comma = if self.language == LanguageTag::AR {
            "، "
        } else {
            ", "
        };
        words.collect::<Vec<_>>().join(comma)
    }
}
