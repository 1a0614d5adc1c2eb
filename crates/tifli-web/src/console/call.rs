//! The line: the call form with the cases it recognizes, the receipt that is read out, the calls that wait.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::call::{CallKind, Question, Spoken};

use crate::forms::{Choice, FieldError, FormErrors};
use crate::layout::Shell;

/// An open case that the caller may speak of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CandidateRow {
    /// Identifier.
    pub id: String,
    /// The case's number as people say it.
    pub number: String,
    /// First name in the page's script, if there is one.
    pub child: String,
    /// Age in years.
    pub age: Option<i64>,
    /// The district.
    pub district: String,
    /// Where the child was last seen.
    pub place: String,
    /// When, as the report has it.
    pub seen: String,
    /// Clothes.
    pub clothes: String,
}

/// What the words typed so far say: the cases, what is chosen, what is worth asking. Fetched by itself while typing.
#[derive(Debug, Clone, Template)]
#[template(path = "console/parts/call_aid.html")]
pub struct CallAid {
    /// Frame, for words.
    pub shell: Shell,
    /// Whether anything was looked for yet.
    pub looked: bool,
    /// The likeliest first.
    pub candidates: Vec<CandidateRow>,
    /// What is chosen: a case's id or the word of a kind.
    pub about: String,
    /// What is still worth asking.
    pub questions: Vec<Question>,
    /// What is wrong with the choice.
    pub wrong: Option<String>,
}

/// `GET|POST /console/call`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/call.html")]
pub struct CallForm {
    /// Frame.
    pub shell: Shell,
    /// The same form sent twice is one call.
    pub key: String,
    /// The line's number, as it is dialled.
    pub line: String,
    /// The emergency number of the country.
    pub emergency: String,
    /// What was typed.
    pub spoken: Spoken,
    /// When the caller rang, where it is typed in later.
    pub called_at: String,
    /// Whether anything was looked for yet.
    pub looked: bool,
    /// The open cases it may be about, the likeliest first.
    pub candidates: Vec<CandidateRow>,
    /// What is chosen: a case's id or the word of a kind.
    pub about: String,
    /// What is still worth asking.
    pub questions: Vec<Question>,
    /// What is wrong with the choice.
    pub wrong: Option<String>,
    /// What must be corrected.
    pub errors: FormErrors,
}

/// After a call was kept: the answer of `POST /console/call`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/call_taken.html")]
pub struct CallTaken {
    /// Frame.
    pub shell: Shell,
    /// Identifier.
    pub id: String,
    /// The number people say.
    pub number: i64,
    /// What it is.
    pub kind: CallKind,
    /// The receipt's digits; empty where none is read out.
    pub receipt: String,
    /// The case's identifier and number.
    pub case: Option<(String, String)>,
    /// When the caller rang.
    pub called: Timestamp,
    /// By when somebody must see to it.
    pub due: Option<Timestamp>,
    /// The emergency number of the country.
    pub emergency: String,
}

/// One call of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallRow {
    /// Identifier.
    pub id: String,
    /// The number people say.
    pub number: i64,
    /// What it is.
    pub kind: CallKind,
    /// When the caller rang.
    pub called: Timestamp,
    /// Who took it.
    pub by: String,
    /// By when somebody must see to it.
    pub due: Option<Timestamp>,
    /// Whether nobody has in time.
    pub late: bool,
    /// When somebody had seen to it, and who.
    pub settled: Option<(Timestamp, String)>,
    /// Whether it was emptied.
    pub erased: bool,
}

/// `GET /console/calls`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/calls.html")]
pub struct CallsPage {
    /// Frame.
    pub shell: Shell,
    /// When the page was made.
    pub now: Timestamp,
    /// Those that wait, the most urgent first.
    pub open: Vec<CallRow>,
    /// The newest others.
    pub rest: Vec<CallRow>,
}

/// What may be done with a call.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct CallActs {
    /// Say that it was seen to.
    pub settle: bool,
    /// Put it to a case.
    pub join: bool,
    /// Open a report from it.
    pub report: bool,
    /// It waits for another person than this one.
    pub another: bool,
}

/// `GET /console/calls/{id}`. Forms: `settle` (`note`), `join` (`case`).
#[derive(Debug, Clone, Template)]
#[template(path = "console/call_one.html")]
pub struct CallPage {
    /// Frame.
    pub shell: Shell,
    /// When the page was made.
    pub now: Timestamp,
    /// What its list line says.
    pub row: CallRow,
    /// What was said.
    pub spoken: Spoken,
    /// The case's identifier and number.
    pub case: Option<(String, String)>,
    /// The tip it became.
    pub tip: Option<String>,
    /// How it was seen to.
    pub note: Option<String>,
    /// Open cases it may be about.
    pub candidates: Vec<CandidateRow>,
    /// What may be done.
    pub acts: CallActs,
    /// A note that could not be taken.
    pub typed: String,
    /// What is wrong.
    pub errors: FormErrors,
}

impl CallAid {
    /// What a call about none of the cases can be.
    #[must_use]
    pub fn kinds(&self) -> Vec<Choice> {
        kinds(&self.shell, &self.about)
    }
}

fn kinds(shell: &Shell, about: &str) -> Vec<Choice> {
    let kinds = CallKind::ALL.iter().filter(|kind| **kind != CallKind::Tip);
    let kinds = kinds.map(|kind| {
        let label = shell.word("call-kind-{}", kind.as_str());
        Choice::new(kind.as_str(), label)
    });
    Choice::select(kinds.collect(), about)
}

impl CallForm {
    /// What a call about none of the cases can be.
    #[must_use]
    pub fn kinds(&self) -> Vec<Choice> {
        kinds(&self.shell, &self.about)
    }

    /// The lines that may be left empty: name and what was typed.
    #[must_use]
    pub fn extras(&self) -> [(&'static str, &str); 7] {
        let said = &self.spoken;
        [
            ("phone", &said.phone),
            ("caller", &said.caller),
            ("direction", &said.direction),
            ("clothes", &said.clothes),
            ("with", &said.with),
            ("vehicle", &said.vehicle),
            ("plate", &said.plate),
        ]
    }

    /// Whether the folded part is shown at once.
    #[must_use]
    pub fn unfolded(&self) -> bool {
        let typed = self.extras().iter().any(|(_, typed)| !typed.is_empty());
        let first = ["words", "place", "when", "about"];
        let folded = |error: &FieldError| !first.contains(&error.field.as_str());
        typed || !self.called_at.is_empty() || self.errors.list.iter().any(folded)
    }

    /// A problem with the name of its line in front.
    #[must_use]
    pub fn problem(&self, error: &FieldError) -> String {
        let label = self.shell.word("call-{}", &error.field);
        self.shell.t.wrong_with(&label, &error.message)
    }
}

impl CallTaken {
    /// The digits in fours, as they are read out.
    #[must_use]
    pub fn groups(&self) -> Vec<String> {
        let digits: Vec<char> = self.receipt.chars().collect();
        digits.chunks(4).map(|four| four.iter().collect()).collect()
    }
}

impl CallPage {
    /// Whether a line is a code that is read from left to right in every language.
    #[must_use]
    pub fn is_code(&self, name: &str) -> bool {
        matches!(name, "plate" | "phone")
    }

    /// What was said line by line: key of the label and the words.
    #[must_use]
    pub fn told(&self) -> Vec<(&'static str, &str)> {
        let said = &self.spoken;
        let lines: [(&'static str, &str); 8] = [
            ("place", &said.place_words),
            ("direction", &said.direction),
            ("clothes", &said.clothes),
            ("with", &said.with),
            ("vehicle", &said.vehicle),
            ("plate", &said.plate),
            ("caller", &said.caller),
            ("phone", &said.phone),
        ];
        lines
            .into_iter()
            .filter(|(_, said)| !said.is_empty())
            .collect()
    }
}
