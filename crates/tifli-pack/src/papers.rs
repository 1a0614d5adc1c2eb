//! The words of the papers of a case in one language, read from `papers/<language>.toml` and checked so that filling
//! them in cannot fail. Not for: what a case says, nor how a paper looks.

use crate::{LanguageTag, PackError};
use serde::Deserialize;
use std::collections::BTreeMap;
use tifli_domain::intake::Field;
use tifli_domain::paper::PaperKind;

/// Names that may stand in braces.
pub const NAMES: [&str; 11] = [
    "district",
    "date",
    "time",
    "officer",
    "unit",
    "number",
    "case",
    "reporter",
    "child",
    "call",
    "authority",
];

/// The words of all papers in one language.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperTexts {
    /// The language; the file's name says it.
    #[serde(skip)]
    pub language: Option<LanguageTag>,
    /// Who issues it, from the highest authority down.
    pub letterhead: Vec<String>,
    /// "Page {page} of {pages}".
    pub page: String,
    /// "Printed on {date} at {time}".
    pub printed: String,
    /// Labels of the head: number, case, date.
    pub head: Head,
    /// Headings of the parts.
    pub heading: Headings,
    /// Labels of the answers, by field.
    pub label: BTreeMap<String, String>,
    /// Words of coded answers: `girl`, `forced`, `yes`, `given` …
    pub word: BTreeMap<String, String>,
    /// Each paper, by its kind.
    pub paper: BTreeMap<String, PaperText>,
}

/// Labels of the head.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Head {
    /// Above the number of the statement.
    pub number: String,
    /// Above the number of the case.
    pub case: String,
    /// Above the date.
    pub date: String,
}

/// Headings of the parts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Headings {
    /// Who reports.
    pub reporter: String,
    /// The child.
    pub child: String,
    /// When and where last seen.
    pub last_seen: String,
    /// The channels of the consent form.
    pub channels: String,
    /// Heads of the columns of the table of channels: channel, what leaves, given, refused.
    pub columns: [String; 4],
}

/// The words of one paper.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperText {
    /// What it is.
    pub title: String,
    /// Paragraphs before the facts.
    #[serde(default)]
    pub before: Vec<String>,
    /// Labels of what is filled in by hand.
    #[serde(default)]
    pub blanks: Vec<String>,
    /// Points after the facts.
    #[serde(default)]
    pub after: Vec<String>,
    /// Who signs, in which quality.
    pub signatures: Vec<String>,
}

impl PaperTexts {
    /// Reads and checks the words of one language.
    pub(crate) fn read(language: LanguageTag, text: &str) -> Result<Self, PackError> {
        let file = path(language);
        let texts: Self = toml::from_str(text).map_err(|source| PackError::Toml {
            file: file.clone(),
            source: Box::new(source),
        })?;
        let texts = Self {
            language: Some(language),
            ..texts
        };
        texts
            .check()
            .map_err(|problem| PackError::rule(file, problem))?;
        Ok(texts)
    }

    /// The words of a paper.
    pub fn of(&self, kind: PaperKind) -> &PaperText {
        self.paper
            .get(kind.as_str())
            .expect("every kind was found when the pack was read")
    }

    /// The label of an answer.
    pub fn label(&self, field: Field) -> &str {
        self.label.get(field.name()).map_or("", String::as_str)
    }

    /// The word of a coded answer, or the code.
    pub fn word<'w>(&'w self, code: &'w str) -> &'w str {
        self.word.get(code).map_or(code, String::as_str)
    }

    fn check(&self) -> Result<(), String> {
        for kind in PaperKind::ALL {
            if !self.paper.contains_key(kind.as_str()) {
                return Err(format!("the paper `{}` is missing", kind.as_str()));
            }
            for field in Field::ALL {
                if kind.may_hold(*field) && self.label(*field).is_empty() {
                    return Err(format!("the label of `{}` is missing", field.name()));
                }
            }
        }
        if !self.page.contains("{page}") || !self.page.contains("{pages}") {
            return Err("`page` counts with {page} and {pages}".to_owned());
        }
        let papers = self.paper.values().flat_map(|paper| {
            let words = paper.before.iter().chain(&paper.after);
            words.chain(&paper.signatures).chain(&paper.blanks)
        });
        let mut all = papers.chain(&self.letterhead).chain([&self.printed]);
        match all.find_map(|words| unknown_name(words)) {
            Some(name) => Err(format!("`{{{name}}}` is no name that can be filled in")),
            None => Ok(()),
        }
    }
}

/// `words` with each name in braces replaced by what `value` says of it.
pub fn fill(words: &str, value: impl Fn(&str) -> String) -> String {
    let mut filled = words.to_owned();
    for name in NAMES {
        let brace = format!("{{{name}}}");
        if filled.contains(&brace) {
            filled = filled.replace(&brace, &value(name));
        }
    }
    filled
}

/// Where the words of a language stand in a pack.
pub(crate) fn path(language: LanguageTag) -> String {
    format!("papers/{language}.toml")
}

fn unknown_name(words: &str) -> Option<String> {
    words.split('{').skip(1).find_map(|rest| {
        let name = rest.split('}').next().unwrap_or_default();
        (!NAMES.contains(&name)).then(|| name.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_names_are_filled_in() {
        let value = |name: &str| name.to_uppercase();
        assert_eq!(fill("{case} {date} {x}", value), "CASE DATE {x}");
        assert_eq!(unknown_name("{case} {x}"), Some("x".to_owned()));
        assert_eq!(unknown_name("{case}"), None);
    }
}
