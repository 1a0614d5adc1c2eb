//! The file for the data-protection authority as papers: record of processing, impact assessment, retention table.
//!
//! Made from what the system knows ([`Facts`]) and the record that is read from the schema. Not for how a paper looks,
//! nor for who may read it.

mod dpia;
mod record;
mod retention;

use tifli_paper::{Block, Direction, Fact, Footer, Paper, Table};

use crate::i18n::{self, FluentValue, T};

pub use record::markdown;

/// A paper of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Document {
    /// The record of processing.
    Record,
    /// The impact assessment.
    Dpia,
    /// The retention table.
    Retention,
}

/// A channel or partner with its legal line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalRow {
    /// What it is called.
    pub name: String,
    /// Who answers for the data; the next three are empty where there is no legal line.
    pub controller: String,
    /// The country it goes to.
    pub destination: String,
    /// The legal basis.
    pub basis: String,
    /// Number of the authorization.
    pub authorization: String,
    /// `usable`, `invented` or `disabled`.
    pub status: &'static str,
}

/// A class of retention.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeepRow {
    /// What it is called.
    pub name: String,
    /// `cancel`, `close` or `entry`.
    pub from: &'static str,
    /// Days, as the page writes numbers.
    pub days: String,
    /// What a file of this class ended as.
    pub endings: Vec<String>,
}

/// What the system knows of itself, in the language of the paper.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The language.
    pub t: T,
    /// The country.
    pub country: String,
    /// Who issues alerts, and answers for the processing.
    pub authority: String,
    /// The law on personal data.
    pub law: String,
    /// The authority that watches over it.
    pub regulator: String,
    /// `live`, `drill` or `demo`.
    pub realm: &'static str,
    /// Channels, then partners.
    pub channels: Vec<LegalRow>,
    /// Classes of retention.
    pub keeps: Vec<KeepRow>,
    /// The day it is made, in words.
    pub day: String,
    /// Who has it made.
    pub reader: String,
}

impl Document {
    /// All, in the order of the page.
    pub const ALL: [Self; 3] = [Self::Record, Self::Dpia, Self::Retention];

    /// The word of addresses and translations.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Dpia => "dpia",
            Self::Retention => "retention",
        }
    }

    /// The document with this word.
    #[must_use]
    pub fn find(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == word)
    }
}

/// The paper.
#[must_use]
pub fn compose(document: Document, facts: &Facts) -> Paper {
    let t = facts.t;
    let blocks = match document {
        Document::Record => record::blocks(facts),
        Document::Dpia => dpia::blocks(facts),
        Document::Retention => retention::blocks(facts),
    };
    let title = word(t, "dp-document-{}", document.as_str());
    Paper {
        language: t.locale.tag().to_owned(),
        direction: match t.locale.dir() {
            i18n::Direction::Ltr => Direction::Ltr,
            i18n::Direction::Rtl => Direction::Rtl,
        },
        letterhead: vec![facts.country.clone(), facts.authority.clone()],
        reference: vec![Fact::new(t.get("dp-date"), &facts.day)],
        footer: Footer {
            number: title.clone(),
            printed: facts.day.clone(),
            reader: facts.reader.clone(),
            page: t.with(
                "dp-page",
                &[
                    ("x", FluentValue::from("{page}")),
                    ("y", FluentValue::from("{pages}")),
                ],
            ),
        },
        title,
        blocks,
    }
}

/// Who answers for what under which law: at the head of each paper.
fn frame(facts: &Facts) -> Block {
    let t = facts.t;
    Block::Facts(vec![
        Fact::new(t.get("dp-controller"), &facts.authority),
        Fact::new(t.get("dp-country"), &facts.country),
        Fact::new(t.get("dp-realm"), word(t, "dp-realm-{}", facts.realm)),
        Fact::new(t.get("dp-law"), &facts.law),
        Fact::new(t.get("dp-regulator"), &facts.regulator),
    ])
}

/// Every channel with its legal line.
fn channels(facts: &Facts) -> Block {
    let t = facts.t;
    let rows = facts.channels.iter().map(|row| {
        let line = match row.controller.is_empty() {
            true => [t.get("dp-no-legal-line"), String::new(), String::new()],
            false => [
                row.controller.clone(),
                row.destination.clone(),
                row.basis.clone(),
            ],
        };
        let [controller, destination, basis] = line;
        let status = word(t, "dp-status-{}", row.status);
        vec![
            row.name.clone(),
            controller,
            destination,
            basis,
            row.authorization.clone(),
            status,
        ]
    });
    Block::Table(Table {
        head: [
            "dp-col-channel",
            "dp-col-controller",
            "dp-col-destination",
            "dp-col-basis",
            "dp-col-authorization",
            "dp-col-status",
        ]
        .map(|key| t.get(key))
        .to_vec(),
        widths: vec![4, 5, 4, 6, 4, 3],
        rows: rows.collect(),
    })
}

/// The classes of retention.
fn keeps(facts: &Facts) -> Block {
    let t = facts.t;
    let rows = facts.keeps.iter().map(|row| {
        let endings = row
            .endings
            .iter()
            .map(|ending| word(t, "dp-end-{}", ending));
        vec![
            row.name.clone(),
            word(t, "dp-from-{}", row.from),
            row.days.clone(),
            endings.collect::<Vec<_>>().join(&comma(t)),
        ]
    });
    Block::Table(Table {
        head: [
            "dp-col-class",
            "dp-col-from",
            "dp-col-days",
            "dp-col-endings",
        ]
        .map(|key| t.get(key))
        .to_vec(),
        widths: vec![5, 4, 2, 5],
        rows: rows.collect(),
    })
}

/// The text of a key made of a pattern and a word.
fn word(t: T, pattern: &str, word: &str) -> String {
    t.get(&pattern.replace("{}", word))
}

/// What stands between the members of a list.
fn comma(t: T) -> String {
    format!("{} ", t.get("list-comma"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;

    fn facts(locale: Locale) -> Facts {
        let words = |text: &str| text.to_owned();
        Facts {
            t: T::new(locale),
            country: words("Invented Country"),
            authority: words("Invented Authority"),
            law: words("Law 1"),
            regulator: words("Invented Commission"),
            realm: "demo",
            channels: vec![LegalRow {
                name: words("Page"),
                controller: String::new(),
                destination: String::new(),
                basis: String::new(),
                authorization: String::new(),
                status: "disabled",
            }],
            keeps: vec![KeepRow {
                name: words("File"),
                from: "close",
                days: words("365"),
                endings: vec![words("alive"), words("unseen")],
            }],
            day: words("22 November 2026"),
            reader: words("Person 1"),
        }
    }

    #[test]
    fn every_paper_has_words_in_every_language_and_can_be_drawn() {
        for locale in Locale::ALL {
            for document in Document::ALL {
                let paper = compose(document, &facts(locale));
                assert!(
                    !format!("{paper:?}").contains('⟦'),
                    "{locale} {document:?} {paper:?}"
                );
                let drawn = tifli_paper::pdf(&paper).unwrap();
                assert!(drawn.starts_with(b"%PDF"));
                assert_eq!(Document::find(document.as_str()), Some(document));
            }
        }
    }

    #[test]
    fn what_the_operator_has_to_write_is_marked_and_what_the_system_knows_is_not() {
        let paper = compose(Document::Dpia, &facts(Locale::En));
        let text = format!("{paper:?}");
        assert!(text.contains("[To be filled in by the operator]"));
        assert!(text.contains("Law 1") && text.contains("No legal line"));
    }
}
