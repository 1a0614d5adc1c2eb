//! Ending an alert: one person ends it at once, a second confirms the reason. The public never learns which.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::alert::EndReason;

use crate::forms::FormErrors;
use crate::layout::Shell;

/// The reasons a person may choose; the clock's own is not among them.
pub const REASONS: [EndReason; 5] = [
    EndReason::Found,
    EndReason::ConsentWithdrawn,
    EndReason::Danger,
    EndReason::FalseReport,
    EndReason::IssuedInError,
];

/// `GET|POST /console/alerts/{id}/end`: field `reason`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/end.html")]
pub struct EndAlert {
    /// Frame.
    pub shell: Shell,
    /// Identifier of the alert.
    pub alert: String,
    /// Identifier of the case.
    pub case: String,
    /// Number of the case.
    pub number: String,
    /// First name.
    pub child: String,
    /// People who were handed the alert and will be told.
    pub handed: u64,
    /// Reason as chosen; empty when none.
    pub reason: String,
    /// What is wrong: `reason`.
    pub errors: FormErrors,
}

impl EndAlert {
    /// The stored words of the reasons.
    #[must_use]
    pub fn reasons(&self) -> [&'static str; 5] {
        REASONS.map(EndReason::as_str)
    }
}

/// `GET|POST /console/alerts/{id}/end/confirm`: no field but the token.
#[derive(Debug, Clone, Template)]
#[template(path = "console/confirm_end.html")]
pub struct ConfirmEnd {
    /// Frame.
    pub shell: Shell,
    /// When the page was made.
    pub now: Timestamp,
    /// Identifier of the alert.
    pub alert: String,
    /// Identifier of the case.
    pub case: String,
    /// Number of the case.
    pub number: String,
    /// First name.
    pub child: String,
    /// Why it was ended.
    pub reason: EndReason,
    /// Who ended it, with unit.
    pub by: String,
    /// When.
    pub ended: Timestamp,
    /// When the approver is paged.
    pub confirm_until: Timestamp,
    /// Whether the signed-in person is the one who ended it and so cannot confirm.
    pub own: bool,
    /// What is wrong.
    pub errors: FormErrors,
}

/// An alert that is out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndLine {
    /// Identifier of the alert.
    pub alert: String,
    /// Number of the case.
    pub number: String,
    /// First name.
    pub child: String,
    /// Since when it is out.
    pub since: Option<Timestamp>,
    /// When it ends by itself.
    pub expires: Option<Timestamp>,
}

/// `GET /console/end`: the alerts that are out, each with the page that ends it.
#[derive(Debug, Clone, Template)]
#[template(path = "console/end_list.html")]
pub struct EndList {
    /// Frame.
    pub shell: Shell,
    /// The newest first.
    pub lines: Vec<EndLine>,
}
