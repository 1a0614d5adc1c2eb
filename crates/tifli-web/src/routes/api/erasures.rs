//! Erasing a case: asked for by one person, confirmed by another.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_app::erase::{Counts, ErasureReport};
use tifli_domain::id::{CaseId, ErasureId};
use utoipa::ToSchema;

use super::{at, done, json};
use crate::problem::Answer;
use crate::request::{Id, Json, SignedIn};
use crate::server::WebState;

/// A reason in words.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReasonIn {
    /// Why; 1 000 characters at most.
    pub reason: String,
}

/// A request that waits for a second person.
#[derive(Serialize, ToSchema)]
pub(super) struct ErasureOut {
    /// Its id.
    erasure: String,
}

/// What a case holds, or held.
#[derive(Serialize, ToSchema)]
pub(super) struct HeldOut {
    /// Answers with all earlier ones.
    answers: u64,
    /// Photos.
    photos: u64,
    /// Tips.
    tips: u64,
    /// Messages and drafts.
    messages: u64,
}

/// What is known of a case's erasure.
#[derive(Serialize, ToSchema)]
pub(super) struct ErasureView {
    /// The case.
    case: String,
    /// Its state.
    state: String,
    /// What it holds.
    held: HeldOut,
    /// Whether it may be asked for now.
    possible: bool,
    /// The newest request.
    request: Option<RequestOut>,
}

/// A request.
#[derive(Serialize, ToSchema)]
pub(super) struct RequestOut {
    /// Its id.
    erasure: String,
    /// Who asked.
    by: String,
    /// When.
    at: String,
    /// Why; gone once it is confirmed.
    reason: Option<String>,
    /// Whether it waits for a second person.
    open: bool,
    /// When nothing was left to do.
    done_at: Option<String>,
}

/// What an erasure took.
#[derive(Serialize, ToSchema)]
pub(super) struct ReportOut {
    /// The erasure.
    erasure: String,
    /// The case.
    case: String,
    /// What went.
    erased: HeldOut,
    /// Who asked.
    requested_by: String,
    /// Who confirmed.
    confirmed_by: String,
    /// When nothing was left to do.
    done_at: String,
    /// Whether every audit chain still verifies.
    chain_ok: bool,
    /// Over how many entries.
    chain_entries: u64,
    /// When the last backup of the keys that may hold this case's key is gone.
    keys_gone_by: String,
}

pub(super) async fn view(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
) -> Answer {
    let view = state.app().erasure_view(&who.actor, case).await?;
    let request = view.request.map(|request| RequestOut {
        erasure: request.erasure.to_string(),
        by: request.by.to_string(),
        at: at(request.at_ms),
        reason: request.reason,
        open: request.open,
        done_at: request.done_ms.map(at),
    });
    let out = ErasureView {
        case: view.case.to_string(),
        state: view.state.as_str().to_owned(),
        held: held(view.counts),
        possible: view.refusal.is_none(),
        request,
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn request(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<ReasonIn>,
) -> Answer {
    let erasure = state
        .app()
        .request_erasure(&who.actor, case, &given.reason)
        .await?;
    json(
        StatusCode::CREATED,
        &ErasureOut {
            erasure: erasure.to_string(),
        },
    )
}

pub(super) async fn confirm(
    State(state): State<WebState>,
    who: SignedIn,
    Id(erasure): Id<ErasureId>,
) -> Answer {
    let report = state.app().confirm_erasure(&who.actor, erasure).await?;
    json(StatusCode::OK, &report_out(&report))
}

pub(super) async fn decline(
    State(state): State<WebState>,
    who: SignedIn,
    Id(erasure): Id<ErasureId>,
) -> Answer {
    state.app().decline_erasure(&who.actor, erasure).await?;
    Ok(done())
}

fn report_out(report: &ErasureReport) -> ReportOut {
    ReportOut {
        erasure: report.erasure.to_string(),
        case: report.case.to_string(),
        erased: held(report.counts),
        requested_by: report.requested_by.to_string(),
        confirmed_by: report.confirmed_by.to_string(),
        done_at: at(report.done_ms),
        chain_ok: report.chain,
        chain_entries: report.entries,
        keys_gone_by: at(report.keys_gone_by_ms),
    }
}

fn held(counts: Counts) -> HeldOut {
    HeldOut {
        answers: counts.answers,
        photos: counts.photos,
        tips: counts.tips,
        messages: counts.messages,
    }
}
