//! What somebody must do by when: the board, the duties of a case, settling one by hand.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_app::duty::DutyLine;
use tifli_domain::duty::DutyEnd;
use tifli_domain::id::{CaseId, DutyId};
use utoipa::ToSchema;

use super::{at, done, json};
use crate::problem::Answer;
use crate::request::{Id, Json, SignedIn};
use crate::server::WebState;

/// Duties.
#[derive(Serialize, ToSchema)]
pub(super) struct DutiesOut {
    /// One line each.
    duties: Vec<DutyOut>,
}

/// A duty.
#[derive(Serialize, ToSchema)]
pub(super) struct DutyOut {
    /// Its id.
    duty: String,
    /// Its case.
    case: String,
    /// What is to be done, as its stored word.
    kind: String,
    /// To what or by whom: an id or a code; may be empty.
    subject: String,
    /// Since when.
    opened_at: String,
    /// Until when.
    due_at: String,
    /// Whether it is late, or was when it was settled.
    late: bool,
    /// When the room was paged.
    paged_at: Option<String>,
    /// When it came to its end.
    settled_at: Option<String>,
    /// Who settled it.
    settled_by: Option<String>,
    /// `done` or `needless`.
    ending: Option<String>,
    /// How it was done; only in the list of a case.
    note: Option<String>,
}

/// How a duty was done.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NoteIn {
    /// In words; 1 000 characters at most.
    pub note: String,
}

pub(super) async fn board(State(state): State<WebState>, who: SignedIn) -> Answer {
    let duties = state.app().board(&who.actor).await?;
    let duties = duties.iter().map(|duty| out(duty, None)).collect();
    json(StatusCode::OK, &DutiesOut { duties })
}

pub(super) async fn of_case(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
) -> Answer {
    let duties = state.app().duties(&who.actor, case).await?;
    let duties = duties.into_iter();
    let duties = duties.map(|duty| out(&duty.line, duty.note)).collect();
    json(StatusCode::OK, &DutiesOut { duties })
}

pub(super) async fn settle(
    State(state): State<WebState>,
    who: SignedIn,
    Id(duty): Id<DutyId>,
    Json(given): Json<NoteIn>,
) -> Answer {
    state
        .app()
        .settle_duty(&who.actor, duty, &given.note)
        .await?;
    Ok(done())
}

fn out(duty: &DutyLine, note: Option<String>) -> DutyOut {
    DutyOut {
        duty: duty.duty.to_string(),
        case: duty.case.to_string(),
        kind: duty.kind.as_str().to_owned(),
        subject: duty.subject.clone(),
        opened_at: at(duty.opened_ms),
        due_at: at(duty.due_ms),
        late: duty.late,
        paged_at: duty.paged_ms.map(at),
        settled_at: duty.settled_ms.map(at),
        settled_by: duty.settled_by.map(|person| person.to_string()),
        ending: duty.ending.map(DutyEnd::as_str).map(str::to_owned),
        note,
    }
}
