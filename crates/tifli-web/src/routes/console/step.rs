//! What comes next in a case: its state, its newest alert and an open request for erasure, as one step and its page.
//! It only orders what the application said.

use std::collections::HashMap;

use tifli_app::alert::AlertSummary;
use tifli_domain::alert::{AlertState, VersionState};
use tifli_domain::case::CaseState;
use tifli_domain::id::{CaseId, ErasureId, MessageId};
use tifli_domain::permission::Act;

use super::desk::Desk;
use crate::console::cases::NextStep;
use crate::problem::Refused;

/// What is going on in the whole house, by case.
pub struct Floor {
    /// Alerts that wait for a first decision, are out, or ended unconfirmed.
    pub alerts: HashMap<CaseId, AlertSummary>,
    /// Erasures that wait for this person's signature.
    pub erasures: HashMap<CaseId, ErasureId>,
}

impl Floor {
    /// Reads it, as far as the person may see it.
    pub async fn of(desk: &Desk) -> Result<Self, Refused> {
        let mut alerts = HashMap::new();
        for state in [AlertState::Ended, AlertState::Preparing, AlertState::Live] {
            for alert in desk.app().list_alerts(&desk.actor, state).await? {
                alerts.insert(alert.case, alert);
            }
        }
        let mut erasures = HashMap::new();
        if desk.may(Act::ConfirmErasure) {
            let open = desk.app().open_erasures(&desk.actor).await?;
            erasures.extend(open.into_iter().map(|(erasure, case, _)| (case, erasure)));
        }
        Ok(Self { alerts, erasures })
    }

    /// The next step of a case and the page for it.
    pub fn next(&self, case: CaseId, state: CaseState) -> (NextStep, String) {
        next(
            case,
            state,
            self.alerts.get(&case),
            self.erasures.get(&case).copied(),
        )
    }
}

/// The newest version of an alert: its message and where it stands.
pub fn newest(alert: &AlertSummary) -> Option<(MessageId, VersionState)> {
    alert
        .versions
        .last()
        .map(|(message, _, state, _)| (*message, *state))
}

/// The next step of a case and the page for it.
pub fn next(
    case: CaseId,
    state: CaseState,
    alert: Option<&AlertSummary>,
    erasure: Option<ErasureId>,
) -> (NextStep, String) {
    let file = format!("/console/cases/{case}");
    if let Some(erasure) = erasure {
        return (
            NextStep::ConfirmErasure,
            format!("/console/erasures/{erasure}"),
        );
    }
    let preparing = alert.filter(|alert| alert.state == AlertState::Preparing);
    let ended = alert.filter(|alert| alert.state == AlertState::Ended);
    let alert_page =
        |alert: &AlertSummary, page: &str| format!("/console/alerts/{}/{page}", alert.alert);
    match (state, preparing, ended) {
        (CaseState::Draft, ..) => (NextStep::FinishReport, format!("{file}/report")),
        (CaseState::Received | CaseState::Recalling | CaseState::Dark, Some(alert), _) => {
            match newest(alert) {
                Some((_, VersionState::Submitted)) => {
                    (NextStep::AwaitDecision, alert_page(alert, "approval"))
                }
                Some((_, VersionState::Returned)) => {
                    (NextStep::Reconsider, alert_page(alert, "draft"))
                }
                _ => (NextStep::SubmitAlert, alert_page(alert, "draft")),
            }
        }
        (CaseState::Recalling | CaseState::Dark, _, Some(alert)) => {
            (NextStep::ConfirmEnd, alert_page(alert, "end/confirm"))
        }
        (CaseState::Received, ..) => (NextStep::DraftAlert, file),
        (CaseState::Alerted, ..) => (NextStep::Watch, file),
        (CaseState::Recalling, ..) => (NextStep::AwaitDark, file),
        (CaseState::Dark, ..) => (NextStep::Close, format!("{file}/closing")),
        (CaseState::Closed, ..) => (NextStep::Erase, file),
        (CaseState::Erased, ..) => (NextStep::Nothing, file),
    }
}
