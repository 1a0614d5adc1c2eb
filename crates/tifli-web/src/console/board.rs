//! The board: what somebody must do about a case by when, the most urgent first, and what is late.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::duty::{DutyEnd, DutyKind};

use crate::forms::FormErrors;
use crate::layout::Shell;

/// One duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyRow {
    /// Identifier.
    pub id: String,
    /// Identifier of its case.
    pub case: String,
    /// The case's number as people say it.
    pub number: String,
    /// First name of the child; empty when this person may not read the file.
    pub child: String,
    /// The district of the case.
    pub district: String,
    /// What is to be done.
    pub kind: DutyKind,
    /// Until when.
    pub due: Timestamp,
    /// Whether it is late.
    pub late: bool,
    /// When the room was paged.
    pub paged: Option<Timestamp>,
    /// Where it is done.
    pub href: String,
    /// Whether this person settles it here, with a note.
    pub by_hand: bool,
}

/// A duty among all those of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseDuty {
    /// What it says on the board.
    pub row: DutyRow,
    /// When it came to its end.
    pub settled: Option<Timestamp>,
    /// What became of it.
    pub ending: Option<DutyEnd>,
    /// Who settled it, with unit.
    pub by: String,
    /// How it was done.
    pub note: String,
}

/// The rows alone: `GET /console/board?part=rows`, fetched when the event stream says that something changed.
#[derive(Debug, Clone, Template)]
#[template(path = "console/parts/board_rows.html")]
pub struct BoardRows {
    /// Frame, for words.
    pub shell: Shell,
    /// When they were read.
    pub now: Timestamp,
    /// The duties, the most urgent first.
    pub rows: Vec<DutyRow>,
}

/// What the board says of the certificate that signs CAP messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CertificateLine {
    /// Its last moment.
    pub until: Timestamp,
    /// Whether it is not valid now.
    pub ended: bool,
}

/// `GET /console/board`; events at `/console/board/events`, each with the count of what is late.
#[derive(Debug, Clone, Template)]
#[template(path = "console/board.html")]
pub struct Board {
    /// Frame.
    pub shell: Shell,
    /// When the page was made.
    pub now: Timestamp,
    /// How many are late.
    pub late: u64,
    /// The last day of the certificate that signs CAP messages, where it ends soon or has ended.
    pub certificate: Option<CertificateLine>,
    /// The duties, the most urgent first.
    pub rows: Vec<DutyRow>,
}

/// `GET /console/cases/{id}/duties`: all duties of a case. Form: `POST /console/duties/{id}/settle` (`note`).
#[derive(Debug, Clone, Template)]
#[template(path = "console/duties.html")]
pub struct CaseDuties {
    /// Frame.
    pub shell: Shell,
    /// When the page was made.
    pub now: Timestamp,
    /// Identifier of the case.
    pub case: String,
    /// The case's number as people say it.
    pub number: String,
    /// The duties, the first one first.
    pub duties: Vec<CaseDuty>,
    /// The duty whose note could not be taken, if one could not.
    pub wrong: String,
    /// That note, as typed.
    pub note: String,
    /// What is wrong: fields by their form names.
    pub errors: FormErrors,
}

impl CaseDuties {
    /// What is wrong, under the ids of this page: the note of the duty that it is about.
    #[must_use]
    pub fn summed(&self) -> FormErrors {
        let duties = self.duties.iter();
        let place = duties.take_while(|duty| duty.row.id != self.wrong).count() + 1;
        let mut errors = FormErrors::none();
        for error in &self.errors.list {
            errors.insert(&format!("{}-{place}", error.field), error.message.as_str());
        }
        errors
    }
}
