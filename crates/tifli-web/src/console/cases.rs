//! The first page: every case the person may see with its next step and its clock, and what waits for a decision.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::alert::EndReason;
use tifli_domain::case::CaseState;

use crate::layout::Shell;

/// What somebody should do next about a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextStep {
    /// Finish the report.
    FinishReport,
    /// Draft an alert.
    DraftAlert,
    /// Finish and submit the draft.
    SubmitAlert,
    /// The approver decides.
    AwaitDecision,
    /// The draft came back with a reason.
    Reconsider,
    /// Watch tips and delivery.
    Watch,
    /// A second person confirms why it ended.
    ConfirmEnd,
    /// Wait for the last channel.
    AwaitDark,
    /// Close the file.
    Close,
    /// Ask for the file to be erased.
    Erase,
    /// A second person signs the erasure.
    ConfirmErasure,
    /// Nothing is left.
    Nothing,
}

impl NextStep {
    /// Every step.
    pub const ALL: [Self; 12] = [
        Self::FinishReport,
        Self::DraftAlert,
        Self::SubmitAlert,
        Self::AwaitDecision,
        Self::Reconsider,
        Self::Watch,
        Self::ConfirmEnd,
        Self::AwaitDark,
        Self::Close,
        Self::Erase,
        Self::ConfirmErasure,
        Self::Nothing,
    ];

    /// The word its sentence is kept under.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::FinishReport => "finish-report",
            Self::DraftAlert => "draft-alert",
            Self::SubmitAlert => "submit-alert",
            Self::AwaitDecision => "await-decision",
            Self::Reconsider => "reconsider",
            Self::Watch => "watch",
            Self::ConfirmEnd => "confirm-end",
            Self::AwaitDark => "await-dark",
            Self::Close => "close",
            Self::Erase => "erase",
            Self::ConfirmErasure => "confirm-erasure",
            Self::Nothing => "nothing",
        }
    }
}

/// How a state's badge is colored.
#[must_use]
pub fn tone(state: CaseState) -> &'static str {
    match state {
        CaseState::Draft => "amber",
        CaseState::Received => "warn",
        CaseState::Alerted => "good",
        CaseState::Recalling => "amber",
        CaseState::Dark | CaseState::Closed | CaseState::Erased => "",
    }
}

/// One case in the list.
#[derive(Debug, Clone)]
pub struct CaseRow {
    /// Identifier, for links.
    pub id: String,
    /// The number people say.
    pub number: String,
    /// First name; empty when not typed yet.
    pub child: String,
    /// Age in whole years.
    pub age: Option<i64>,
    /// State.
    pub state: CaseState,
    /// What comes next.
    pub next: NextStep,
    /// Page of the next step.
    pub next_href: String,
    /// District, in the page's language.
    pub district: String,
    /// First keystroke.
    pub started: Timestamp,
    /// End of the 24 hours; `None` when nothing counts down.
    pub deadline: Option<Timestamp>,
    /// Tips nobody has looked at.
    pub tips_waiting: u64,
}

impl CaseRow {
    /// Style of the state's badge.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        tone(self.state)
    }
}

/// An alert that waits for the approver.
#[derive(Debug, Clone)]
pub struct WaitingAlert {
    /// Identifier of the alert.
    pub alert: String,
    /// Number of the case.
    pub number: String,
    /// First name.
    pub child: String,
    /// Age in whole years.
    pub age: Option<i64>,
    /// Who submitted it, with unit.
    pub author: String,
    /// When.
    pub submitted: Timestamp,
    /// End of the 24 hours.
    pub deadline: Option<Timestamp>,
    /// Version; above 1 it is an update.
    pub version: u32,
    /// Subscribers that would be reached.
    pub subscribers: u64,
}

/// An alert the public has now.
#[derive(Debug, Clone)]
pub struct LiveAlert {
    /// Identifier of the alert.
    pub alert: String,
    /// Page to watch it on.
    pub href: String,
    /// Number of the case.
    pub number: String,
    /// First name.
    pub child: String,
    /// Since when.
    pub since: Timestamp,
    /// Until when.
    pub expires: Timestamp,
    /// Handed to channels so far.
    pub handed: u64,
    /// Inside the area.
    pub inside: u64,
}

/// An alert that ended and whose reason nobody has confirmed.
#[derive(Debug, Clone)]
pub struct EndedAlert {
    /// Identifier of the alert.
    pub alert: String,
    /// Number of the case.
    pub number: String,
    /// First name.
    pub child: String,
    /// Why it ended.
    pub reason: EndReason,
    /// Who ended it.
    pub by: String,
    /// When.
    pub ended: Timestamp,
    /// When the approver is paged.
    pub confirm_until: Timestamp,
}

/// A first alarm of the line that waits for its district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingAlarm {
    /// Identifier of its case.
    pub case: String,
    /// The case's number.
    pub number: String,
    /// First name.
    pub child: String,
    /// Age in whole years.
    pub age: Option<i64>,
    /// The district that has it.
    pub district: String,
    /// Since when.
    pub since: Timestamp,
    /// Until when it is to be taken over.
    pub due: Timestamp,
    /// Whether this person may take it over.
    pub mine: bool,
}

/// `GET /console/cases`, and `POST /console/cases/search`: by names, phones and numbers, which never stand in an
/// address. `POST /console/cases` starts a report.
#[derive(Debug, Clone, Template)]
#[template(path = "console/cases.html")]
pub struct CasesHome {
    /// First alarms of the line that the district has not taken over, the oldest first.
    pub alarms: Vec<WaitingAlarm>,
    /// Frame.
    pub shell: Shell,
    /// When the page was made.
    pub now: Timestamp,
    /// What was searched for; empty shows all.
    pub query: String,
    /// Cases, the most urgent first.
    pub cases: Vec<CaseRow>,
    /// The following page of the list.
    pub more: Option<usize>,
    /// Whether this person may take a report.
    pub may_report: bool,
    /// Key of the form that starts one, so that the same form sent twice starts one.
    pub key: String,
    /// Waiting for this person's decision.
    pub waiting: Vec<WaitingAlert>,
    /// Live alerts.
    pub live: Vec<LiveAlert>,
    /// Ended, not confirmed.
    pub ended: Vec<EndedAlert>,
    /// Tips nobody has looked at; `None` when this person does not see tips.
    pub tips_waiting: Option<u64>,
}
