//! The family's follow-up, as the house sees it: opening the page with its number shown once, and what the family wrote.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::family::FamilyNoteKind;

use crate::forms::FormErrors;
use crate::layout::Shell;

/// Something the family wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyNoteRow {
    /// What sort.
    pub kind: FamilyNoteKind,
    /// When.
    pub at: Timestamp,
    /// What.
    pub words: String,
    /// Who of the house read it, with unit; empty when nobody did.
    pub read_by: String,
}

/// `GET /console/cases/{id}/family`. Forms: `POST` there (`code_word`) issues a number, shown this once;
/// `POST /console/cases/{id}/family/read` marks all as read.
#[derive(Debug, Clone, Template)]
#[template(path = "console/family.html")]
pub struct FamilyDesk {
    /// Frame.
    pub shell: Shell,
    /// Identifier of the case.
    pub case: String,
    /// The case's number as people say it.
    pub number: String,
    /// When the number that is valid now was issued, and by whom.
    pub issued: Option<(Timestamp, String)>,
    /// The number just issued, in four groups; empty otherwise.
    pub pin: Vec<String>,
    /// Address of the family's page.
    pub address: String,
    /// Whether the page says nothing of the case now.
    pub silent: bool,
    /// Whether this person may issue and mark as read.
    pub may_write: bool,
    /// What the family wrote, the newest first.
    pub notes: Vec<FamilyNoteRow>,
    /// The word, as typed.
    pub code_word: String,
    /// What is wrong.
    pub errors: FormErrors,
}

impl FamilyDesk {
    /// Whether something waits to be read.
    #[must_use]
    pub fn waits(&self) -> bool {
        self.notes.iter().any(|note| note.read_by.is_empty())
    }
}
