//! Children found before anybody reported them: the list with its form, and one of them with the cases it may belong to.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::found::{Evidence, FoundState, Trait};

use crate::forms::{Choice, FormErrors};
use crate::layout::Shell;

/// One line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundRow {
    /// Identifier.
    pub id: String,
    /// Its number.
    pub number: i64,
    /// District, in the page's language.
    pub district: String,
    /// Where it stands.
    pub state: FoundState,
    /// Who wrote it down, with unit.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

impl FoundRow {
    /// Style of the state's badge.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self.state {
            FoundState::Registered => "amber",
            FoundState::Proposed => "warn",
            FoundState::Linked => "good",
            FoundState::Closed | FoundState::Erased => "",
        }
    }
}

/// One field of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundField {
    /// Its name.
    pub name: &'static str,
    /// How it is typed: `text`, `datetime-local`, `number`, or `words` for several lines.
    pub kind: &'static str,
    /// What was typed.
    pub value: String,
}

/// The fields of the form, in order, without the sex.
pub const FIELDS: [(&str, &str); 13] = [
    ("found_at", "datetime-local"),
    ("place", "text"),
    ("place_words", "text"),
    ("found_by", "text"),
    ("name", "text"),
    ("age_low", "number"),
    ("age_high", "number"),
    ("language", "text"),
    ("description", "words"),
    ("clothes", "words"),
    ("words", "words"),
    ("health", "words"),
    ("safety", "text"),
];

/// `GET|POST /console/found`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/found.html")]
pub struct FoundList {
    /// Frame.
    pub shell: Shell,
    /// The found children, newest first.
    pub rows: Vec<FoundRow>,
    /// Whether the signed-in person may read the files.
    pub may_read: bool,
    /// The form.
    pub fields: Vec<FoundField>,
    /// Girl, boy, unknown.
    pub sexes: Vec<Choice>,
    /// What is wrong.
    pub errors: FormErrors,
}

/// A case whose child it may be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CandidateRow {
    /// Identifier of the case.
    pub id: String,
    /// Its number.
    pub number: String,
    /// First name.
    pub child: String,
    /// Its state, as stored.
    pub state: &'static str,
    /// Field by field.
    pub fields: Vec<(Trait, Evidence)>,
}

/// `GET /console/found/{id}`; its forms post to addresses of their own.
#[derive(Debug, Clone, Template)]
#[template(path = "console/found_one.html")]
pub struct FoundPage {
    /// Frame.
    pub shell: Shell,
    /// Its line.
    pub row: FoundRow,
    /// What is known: the field's name and its words, without the empty ones.
    pub facts: Vec<(&'static str, String)>,
    /// Address of its photo.
    pub photo: Option<String>,
    /// The case proposed or linked: identifier and number.
    pub case: Option<(String, String)>,
    /// Who proposed it, with unit.
    pub proposed_by: Option<String>,
    /// Why it was closed.
    pub reason: Option<String>,
    /// Cases it may belong to; `None` when this person reads no case.
    pub candidates: Option<Vec<CandidateRow>>,
    /// Whether the signed-in person may say whose child it is.
    pub may_match: bool,
    /// Whether the signed-in person proposed it and so cannot confirm.
    pub own: bool,
    /// Whether the signed-in person may erase it now.
    pub may_erase: bool,
    /// What is wrong: `photo`, `reason`.
    pub errors: FormErrors,
}

impl CandidateRow {
    /// Style of what a field says.
    #[must_use]
    pub fn tone(&self, said: &Evidence) -> &'static str {
        match said {
            Evidence::Match => "good",
            Evidence::Near => "amber",
            Evidence::Mismatch => "warn",
            Evidence::Blank => "",
        }
    }
}
