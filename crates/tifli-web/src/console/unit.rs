//! The board of one's own service in a patrol car: the bulletins whose child is sought, acknowledging in one act, "we
//! searched here, nothing", "seen"; and what all units searched, on the case.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::bulletin::{ReadingState, TelegramKind};
use tifli_domain::unit_report::{Cover, SeenHow};

use crate::forms::{Choice, FieldError, FormErrors};
use crate::layout::Shell;

/// One bulletin of the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitRow {
    /// Identifier.
    pub id: String,
    /// The number of its newest telegram.
    pub number: String,
    /// What that one says.
    pub kind: TelegramKind,
    /// The district that sent it.
    pub district: String,
    /// When.
    pub sent: Timestamp,
    /// What the own service did with it.
    pub reading: ReadingState,
}

/// `GET /console/unit`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/unit.html")]
pub struct UnitBoard {
    /// Frame.
    pub shell: Shell,
    /// The service's name; empty for somebody who belongs to none.
    pub service: String,
    /// What was just kept: `searched`, `seen`, or empty.
    pub kept: String,
    /// Those that wait first.
    pub rows: Vec<UnitRow>,
}

/// `GET|POST /console/unit/{id}/searched`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/unit_searched.html")]
pub struct SearchedForm {
    /// Frame.
    pub shell: Shell,
    /// Identifier of the bulletin.
    pub id: String,
    /// The same form sent twice is one search.
    pub key: String,
    /// The places that were given to the unit.
    pub places: Vec<Choice>,
    /// A place in words, as typed.
    pub place: String,
    /// When, as typed.
    pub when: String,
    /// How well, as chosen.
    pub cover: String,
    /// A note, as typed.
    pub note: String,
    /// What must be corrected.
    pub errors: FormErrors,
}

/// `GET|POST /console/unit/{id}/seen`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/unit_seen.html")]
pub struct SeenPage {
    /// Frame.
    pub shell: Shell,
    /// Identifier of the bulletin.
    pub id: String,
    /// The same form sent twice is one sighting.
    pub key: String,
    /// The line to call at once.
    pub line: String,
    /// How the unit knows, as chosen.
    pub how: String,
    /// Where, as typed.
    pub place: String,
    /// When, as typed.
    pub when: String,
    /// What was seen, as typed.
    pub words: String,
    /// What must be corrected.
    pub errors: FormErrors,
}

/// A place that was searched, on the page of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchRow {
    /// Where.
    pub place: String,
    /// How well.
    pub cover: Cover,
    /// When.
    pub searched: Timestamp,
    /// The service.
    pub service: String,
    /// Who wrote it down.
    pub by: String,
    /// What else there is to say.
    pub note: String,
}

/// `GET /console/cases/{id}/searches`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/searches.html")]
pub struct SearchesPage {
    /// Frame.
    pub shell: Shell,
    /// Identifier of the case.
    pub case: String,
    /// Its number as people say it.
    pub number: String,
    /// The latest first.
    pub rows: Vec<SearchRow>,
}

impl SearchedForm {
    /// How well a place can be searched.
    #[must_use]
    pub fn covers(&self) -> &'static [Cover] {
        Cover::ALL
    }

    /// A problem with the name of its field in front.
    #[must_use]
    pub fn problem(&self, error: &FieldError) -> String {
        let label = self.shell.word("searched-{}", &error.field);
        self.shell.t.wrong_with(&label, &error.message)
    }
}

impl SeenPage {
    /// How a unit can know.
    #[must_use]
    pub fn ways(&self) -> &'static [SeenHow] {
        SeenHow::ALL
    }

    /// A problem with the name of its field in front.
    #[must_use]
    pub fn problem(&self, error: &FieldError) -> String {
        let label = self.shell.word("seen-{}", &error.field);
        self.shell.t.wrong_with(&label, &error.message)
    }
}

impl UnitRow {
    /// Style of the badge of what the service did.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self.reading {
            ReadingState::Unread => "warn",
            ReadingState::Read => "amber",
            ReadingState::Acknowledged => "good",
        }
    }
}
