//! The partner desk: open hand-overs with their clocks, those of one alert, one with its receipts.
//! Never "sent": a row says what a person did or saw. Not here: what a step needs.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::partner::{HandoverAct, HandoverState, Waits, Way};

use crate::forms::{Choice, FormErrors};
use crate::layout::Shell;

/// One hand-over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverRow {
    /// Identifier.
    pub id: String,
    /// Name of the partner, in the page's language.
    pub partner: String,
    /// Identifier of the alert.
    pub alert: String,
    /// The case's number as people say it.
    pub number: String,
    /// First name as published.
    pub child: String,
    /// Version of the message.
    pub version: u32,
    /// Where it stands.
    pub state: HandoverState,
    /// Whether the photo goes with it.
    pub picture: bool,
    /// When it came to stand so.
    pub since: Timestamp,
    /// What is still to be done.
    pub waits: Option<Waits>,
    /// Until when.
    pub due: Option<Timestamp>,
    /// Whether that moment has passed.
    pub late: bool,
}

impl HandoverRow {
    /// Style of the state's badge: good only for what somebody saw.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self.state {
            _ if self.late => "warn",
            HandoverState::SeenLive | HandoverState::SeenWithdrawn => "good",
            HandoverState::Refused => "warn",
            HandoverState::Submitted | HandoverState::WithdrawalAsked => "amber",
            HandoverState::Prepared | HandoverState::Replaced | HandoverState::Dropped => "",
        }
    }
}

/// `GET /console/partners`: everything open, the most urgent first.
#[derive(Debug, Clone, Template)]
#[template(path = "console/partners.html")]
pub struct PartnerDesk {
    /// Frame.
    pub shell: Shell,
    /// When the page was made.
    pub now: Timestamp,
    /// How many are late.
    pub late: u64,
    /// The hand-overs.
    pub rows: Vec<HandoverRow>,
}

/// A partner as the page of an alert offers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerCard {
    /// Its code.
    pub id: String,
    /// Its name.
    pub name: String,
    /// `platform`, `media`, `transport`, `telecom`.
    pub kind: &'static str,
    /// `picture` or `link`.
    pub holds: &'static str,
    /// Whether the version that is out is prepared for it.
    pub prepared: bool,
    /// The law under which data goes there; `None` where the line is missing and it cannot be used.
    pub legal: Option<LegalRow>,
}

/// A partner's legal line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LegalRow {
    /// Who answers for the data there.
    pub controller: String,
    /// The country it goes to.
    pub destination: String,
    /// The legal basis.
    pub basis: String,
    /// Number of the authorization.
    pub authorization: String,
}

/// `GET /console/alerts/{id}/partners` and `GET /console/cases/{id}/partners`. Form: `POST
/// /console/alerts/{id}/partners` (`partner`, `picture_by`).
#[derive(Debug, Clone, Template)]
#[template(path = "console/alert_partners.html")]
pub struct AlertPartnersPage {
    /// Frame.
    pub shell: Shell,
    /// When the page was made.
    pub now: Timestamp,
    /// Identifier of the alert; none where the case has none that went out.
    pub alert: Option<String>,
    /// Identifier of the case.
    pub case: String,
    /// The case's number as people say it.
    pub number: String,
    /// First name as published.
    pub child: String,
    /// Whether the public has the alert.
    pub live: bool,
    /// Its hand-overs, the newest version first.
    pub rows: Vec<HandoverRow>,
    /// The partners of the country.
    pub partners: Vec<PartnerCard>,
    /// The partner whose form could not be taken.
    pub wrong: String,
    /// Whose leave for the photo was typed there.
    pub picture_by: String,
    /// What is wrong: fields by their form names.
    pub errors: FormErrors,
}

/// One receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverReceiptRow {
    /// What was done or seen; `None` when it was prepared.
    pub act: Option<HandoverAct>,
    /// By which way.
    pub way: Option<Way>,
    /// Who, with unit; empty when it followed from a decision about the alert.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// The partner's reference.
    pub reference: String,
    /// Words.
    pub words: String,
    /// Address of the screenshot.
    pub shot: Option<String>,
}

impl HandoverReceiptRow {
    /// The word of what was done.
    #[must_use]
    pub fn word(&self) -> &'static str {
        self.act.map_or("prepare", HandoverAct::as_str)
    }
}

/// `GET /console/handovers/{id}`. Form: `POST /console/handovers/{id}` (`act`, `way`, `reference`, `words`, `shot`).
#[derive(Debug, Clone, Template)]
#[template(path = "console/handover.html")]
pub struct HandoverPage {
    /// Frame.
    pub shell: Shell,
    /// When the page was made.
    pub now: Timestamp,
    /// The hand-over.
    pub row: HandoverRow,
    /// Identifier of its case.
    pub case: String,
    /// Whether the public has the alert.
    pub live: bool,
    /// Whether its kit can be downloaded: not for a version that was overtaken.
    pub kit: bool,
    /// What is missing of consent to this partner, in the page's language.
    pub refused: Option<String>,
    /// Ways to reach the partner with their addresses.
    pub ways: Vec<(Way, String)>,
    /// What was done and seen, the oldest first.
    pub receipts: Vec<HandoverReceiptRow>,
    /// Steps that are possible now.
    pub acts: Vec<Choice>,
    /// Ways to choose from.
    pub way: Vec<Choice>,
    /// Reference, as typed.
    pub reference: String,
    /// Words, as typed.
    pub words: String,
    /// What is wrong: fields by their form names.
    pub errors: FormErrors,
}
