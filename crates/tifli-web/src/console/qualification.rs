//! Whether and how a case may be public: what stands in the way and what to do about it, the reporter gate, the
//! prosecutor, the rung with its criteria, notes, clearances and reviews; and the sheet that explains to the guardian why
//! nothing is published. It decides nothing.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::gate::Gate;
use tifli_domain::qualify::Rung;

use super::obstacles::Obstacle;
use crate::forms::{Choice, FormErrors};
use crate::layout::Shell;

/// What the signed-in person may write down here.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// Rule on the gate.
    Gate,
    /// Write down that the prosecutor was informed.
    Prosecutor,
    /// Propose the rung, note the child's interest, explain, ask for a review.
    Propose,
    /// Decide the rung.
    Decide,
    /// Clear an adult or a plate.
    Clear,
    /// Review a decision that nothing goes out.
    Review,
}

/// One thing that was written down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryRow {
    /// Its number within the case.
    pub seq: i64,
    /// The word of its kind.
    pub kind: &'static str,
    /// Its code in words of the page.
    pub code: String,
    /// Names and words, as written.
    pub words: Vec<String>,
    /// Who, with unit.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Whether it no longer holds.
    pub ended: Option<Timestamp>,
    /// Whether it can be taken back here.
    pub retractable: bool,
}

/// A criterion of the table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionRow {
    /// Its word.
    pub word: &'static str,
    /// The rung that asks for it, if it is missing.
    pub missing_for: Option<Rung>,
}

/// `GET /console/cases/{id}/qualification`; each form posts to its own address beside it.
#[derive(Debug, Clone, Template)]
#[template(path = "console/qualification.html")]
pub struct QualificationPage {
    /// Frame.
    pub shell: Shell,
    /// Identifier of the case.
    pub case: String,
    /// Its number.
    pub number: String,
    /// Where the gate stands.
    pub gate: Gate,
    /// The three questions with what was heard, for who rules: field name, word of the answer.
    pub heard: Vec<(&'static str, &'static str)>,
    /// What stands in the way.
    pub obstacles: Vec<Obstacle>,
    /// The rung by the table.
    pub by_table: Rung,
    /// The rung that holds.
    pub rung: Rung,
    /// Whether a person chose it.
    pub chosen: Option<Rung>,
    /// The criteria.
    pub criteria: Vec<CriterionRow>,
    /// Signs of danger: word, whether it is ticked.
    pub signs: Vec<(&'static str, bool)>,
    /// How sure the reporter is.
    pub certainty: Vec<Choice>,
    /// Whether the child moves away.
    pub moving: bool,
    /// Rungs to choose from.
    pub rungs: Vec<Choice>,
    /// What was written, newest first.
    pub entries: Vec<EntryRow>,
    /// Whether only the bulletin goes out and the guardian may be told why.
    pub explain: bool,
    /// What may be written here.
    pub parts: Vec<Part>,
    /// What was typed, by field, when something is wrong.
    pub typed: Vec<(String, String)>,
    /// What is wrong.
    pub errors: FormErrors,
}

impl QualificationPage {
    /// Whether the person may write this.
    #[must_use]
    pub fn may(&self, part: &Part) -> bool {
        self.parts.contains(part)
    }

    /// What was typed into a field.
    #[must_use]
    pub fn typed(&self, field: &str) -> &str {
        let found = self.typed.iter().find(|(name, _)| name == field);
        found.map_or("", |(_, value)| value)
    }

    /// Style of the gate's badge.
    #[must_use]
    pub fn gate_tone(&self) -> &'static str {
        match self.gate {
            Gate::Open | Gate::Opened => "good",
            Gate::NotAsked => "amber",
            Gate::Closed | Gate::Kept => "warn",
        }
    }

    /// The choices of a list of codes, with the one typed.
    #[must_use]
    pub fn choices(&self, field: &str, pattern: &str, codes: &[&str]) -> Vec<Choice> {
        let choices = codes
            .iter()
            .map(|code| Choice::new(*code, self.shell.word(pattern, code)));
        Choice::select(choices.collect(), self.typed(field))
    }
}

/// `GET /console/cases/{id}/explanation`: to be read out or printed.
#[derive(Debug, Clone, Template)]
#[template(path = "console/explanation.html")]
pub struct ExplanationPage {
    /// Frame.
    pub shell: Shell,
    /// Identifier of the case.
    pub case: String,
    /// Its number.
    pub number: String,
    /// The words in each language of the country: tag, direction, words.
    pub texts: Vec<(String, &'static str, String)>,
    /// Whether nothing may be said to the guardian.
    pub silent: bool,
}
