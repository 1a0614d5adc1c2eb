//! The report as a form on paper, for a cut of power or network: every question of a stage with its number, boxes for what
//! may be said instead of an answer, room to write, and the hour of each. It carries no name and no case. Typed in later
//! its hours are kept. Not for papers of a case ([`super::papers`]).

use askama::Template;
use tifli_domain::intake::{Field, Room, Section, Tie, Tier};
use tifli_paper::{Block, Check, Direction, Fact, Footer, Paper, Signature, Table};

use crate::i18n::{self, Locale, T};
use crate::layout::Shell;

/// A box to tick.
const BOX: &str = "[\u{a0}\u{a0}\u{a0}]";
/// A line to write on, as wide as a cell.
const LINE: &str = "................................................";

/// `GET /console/paper-forms`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/paper_forms.html")]
pub struct PaperForms {
    /// Frame.
    pub shell: Shell,
}

impl PaperForms {
    /// Every stage.
    #[must_use]
    pub fn tiers(&self) -> [Tier; 3] {
        Tier::ALL
    }

    /// Every language of the forms.
    #[must_use]
    pub fn languages(&self) -> [Locale; 3] {
        Locale::ALL
    }
}

/// The form of a stage in a language, as `authority` issues it.
#[must_use]
pub fn compose(shell: &Shell, (locale, tier): (Locale, Tier), authority: &str) -> Paper {
    let words = Shell {
        t: T::new(locale),
        ..shell.clone()
    };
    let mut blocks = opening(&words);
    let sections = Section::ALL.iter().copied();
    for section in sections.filter(|section| section.tier() == tier) {
        blocks.push(Block::Heading(words.word("section-{}", section.as_str())));
        blocks.push(Block::Table(questions(&words, section)));
    }
    if tier == Tier::First {
        blocks.push(Block::Paragraph(words.say("paper-form-photo")));
    }
    let sign = |key: &str| Signature {
        label: words.say(key),
        name: String::new(),
    };
    blocks.push(Block::Signatures(vec![
        sign("paper-form-sign-reporter"),
        sign("paper-form-sign-officer"),
    ]));
    Paper {
        language: locale.to_string(),
        direction: match locale.dir() {
            i18n::Direction::Rtl => Direction::Rtl,
            i18n::Direction::Ltr => Direction::Ltr,
        },
        letterhead: vec![authority.to_owned()],
        reference: [
            ("paper-at", ""),
            ("paper-form-post", ""),
            ("paper-form-sheet", ""),
        ]
        .map(|(key, value)| Fact::new(words.say(key), value))
        .into(),
        title: words.about("paper-form-title", words.word("tier-{}", tier.as_str())),
        blocks,
        footer: Footer {
            number: words.word("tier-{}", tier.as_str()),
            printed: words.say("paper-form-foot"),
            reader: String::new(),
            page: words.say("paper-form-page"),
        },
    }
}

/// How to fill it in, and who answers: one sheet for each person who is asked.
fn opening(words: &Shell) -> Vec<Block> {
    let said = ["paper-form-how-1", "paper-form-how-2", "paper-form-how-3"];
    let blank = |key: &str| Fact::new(words.say(key), "");
    let ties = Tie::ALL.into_iter().map(|tie| Check {
        label: words.word("tie-{}", tie.as_str()),
        ticked: false,
    });
    vec![
        Block::List(said.map(|key| words.say(key)).into()),
        Block::Facts(vec![blank("paper-form-who"), blank("said-at")]),
        Block::Checks(ties.collect()),
    ]
}

fn questions(words: &Shell, section: Section) -> Table {
    let fields = Field::ALL.iter().copied();
    let rows = fields
        .filter(|field| field.section() == section)
        .filter_map(|field| {
            let number = field.number()?.to_string();
            let label = words.word("field-{}", field.name());
            Some(vec![number, label, room(words, field), String::new()])
        });
    Table {
        head: [
            "paper-form-number",
            "paper-form-question",
            "paper-form-answer",
            "paper-form-hour",
        ]
        .map(|key| words.say(key))
        .into(),
        widths: vec![6, 34, 50, 10],
        rows: rows.collect(),
    }
}

/// Boxes and lines of one question.
fn room(words: &Shell, field: Field) -> String {
    let boxes = field.boxes().into_iter().map(|word| {
        let label = words.answer(field.name(), word);
        format!("{BOX}\u{a0}{label}")
    });
    let boxes = boxes.collect::<Vec<_>>().join("   ");
    let lines = match field.room() {
        Room::Boxes => 0,
        Room::Line => 1,
        Room::Lines(lines) | Room::Told(lines) => lines,
    };
    let mut parts = vec![LINE; usize::from(lines)];
    parts.push(&boxes);
    parts.retain(|part| !part.is_empty());
    parts.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::console::samples;

    #[test]
    fn every_question_stands_on_the_paper_of_its_stage_with_its_number_in_every_language() {
        for locale in Locale::ALL {
            let shell = samples::shell(locale, None, "/console/paper-forms");
            let mut numbers = Vec::new();
            for tier in Tier::ALL {
                let paper = compose(&shell, (locale, tier), "authority");
                for block in &paper.blocks {
                    if let Block::Table(table) = block {
                        numbers.extend(table.rows.iter().map(|row| row[0].clone()));
                        assert!(table.rows.iter().flatten().all(|cell| !cell.contains('⟦')));
                    }
                }
            }
            let all: Vec<String> = (1..Field::ALL.len()).map(|n| n.to_string()).collect();
            assert_eq!(numbers, all, "{locale}");
        }
    }
}
