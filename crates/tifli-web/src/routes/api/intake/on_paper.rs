//! A report on paper: the forms to print, and the true time of one that is typed in.

use axum::extract::{Path, State};
use serde::{Deserialize, Serialize};
use tifli_domain::id::CaseId;
use tifli_domain::permission::Act;
use utoipa::ToSchema;

use super::super::{Route, at, done, get, json, may, post};
use crate::problem::{Answer, Refused};
use crate::request::{Id, Json, SignedIn};
use crate::routes::console::{paper_form, pdf_answer};
use crate::server::WebState;

/// When a report was received on paper.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PaperIn {
    /// RFC 3339; at most seven days ago.
    received_at: String,
}

/// The times of a report on paper.
#[derive(Serialize, ToSchema)]
pub(super) struct PaperOut {
    /// When the paper was received; nothing for a report that was told.
    received_at: Option<String>,
    /// When that was written down: the paper was being typed in.
    typed_at: Option<String>,
}

pub(super) fn routes() -> Vec<Route> {
    let (read, take) = (may(Act::ReadCase), may(Act::TakeReport));
    vec![
        get("/api/v1/paper-forms/{tier}/{language}", take, form)
            .says("The questions of a stage as a form on paper, PDF. `tier`: first, second, day; `language`: ar, fr, en."),
        get("/api/v1/cases/{id}/paper-time", read, view)
            .says("When a report was received on paper, and when it was typed in.")
            .gives::<PaperOut>(200),
        post("/api/v1/cases/{id}/paper-time", take, set)
            .says("Writes down when a report was received on paper, before it is received here: its clocks count from then, and its answers were said then unless they say when.")
            .takes::<PaperIn>()
            .gives_nothing(),
    ]
}

async fn form(
    State(state): State<WebState>,
    who: SignedIn,
    Path((tier, language)): Path<(String, String)>,
) -> Answer {
    let shell = who.page.console_shell(&state);
    pdf_answer(paper_form::print(&state, &shell, (&tier, &language))?)
}

async fn view(State(state): State<WebState>, who: SignedIn, Id(case): Id<CaseId>) -> Answer {
    let paper = state.app().paper_time(&who.actor, case).await?;
    let out = PaperOut {
        received_at: paper.map(|paper| at(paper.received_ms)),
        typed_at: paper.map(|paper| at(paper.at_ms)),
    };
    json(axum::http::StatusCode::OK, &out)
}

async fn set(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<PaperIn>,
) -> Answer {
    let received: jiff::Timestamp = given
        .received_at
        .parse()
        .map_err(|_| Refused::field("received_at", "not_a_date"))?;
    let received = received.as_millisecond();
    state
        .app()
        .set_paper_time(&who.actor, case, received)
        .await?;
    Ok(done())
}
