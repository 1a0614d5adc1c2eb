//! Offers of one case to other districts: asking, answering, and what holds.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::transfer::{TransferKind, TransferState};

use crate::forms::{Choice, FormErrors};
use crate::layout::Shell;

/// One offer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TransferRow {
    /// Identifier.
    pub id: String,
    /// To take over, or to read.
    pub kind: TransferKind,
    /// Where it stands.
    pub state: TransferState,
    /// The asking district, in the page's language.
    pub from: String,
    /// The district that is asked, in the page's language.
    pub to: String,
    /// Why.
    pub reason: String,
    /// Who asked, with unit, and when.
    pub asked: (String, Timestamp),
    /// Who answered, and when.
    pub answered: Option<(String, Timestamp)>,
    /// Who took it back or ended it, and when.
    pub ended: Option<(String, Timestamp)>,
    /// What this person may do with it now: `accept`, `decline`, `withdraw`, `end`.
    pub acts: Vec<&'static str>,
}

impl TransferRow {
    /// Style of the state's badge.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self.state {
            TransferState::Asked => "amber",
            TransferState::Accepted => "good",
            _ => "",
        }
    }
}

/// `GET /console/cases/{id}/transfer`. Forms: `POST` there (`kind`, `to_district`, `reason`);
/// `POST /console/transfers/{id}` (`act`).
#[derive(Debug, Clone, Template)]
#[template(path = "console/transfer.html")]
pub struct TransferPage {
    /// Frame.
    pub shell: Shell,
    /// Identifier of the case.
    pub case: String,
    /// The case's number as people say it.
    pub number: String,
    /// The district that keeps it, in the page's language.
    pub district: String,
    /// The newest first.
    pub rows: Vec<TransferRow>,
    /// Whether this person may offer it.
    pub may_ask: bool,
    /// To take over or to read.
    pub kinds: Vec<Choice>,
    /// The districts to choose from.
    pub districts: Vec<Choice>,
    /// The reason, as typed.
    pub reason: String,
    /// What is wrong: fields by their form names.
    pub errors: FormErrors,
}
