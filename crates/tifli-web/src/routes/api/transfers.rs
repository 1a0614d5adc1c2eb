//! Offers of a case to another district, and their answers.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_app::AppError;
use tifli_app::transfer::{Ask, TransferView};
use tifli_domain::id::{CaseId, TransferId};
use tifli_domain::permission::Act;
use tifli_domain::transfer::TransferAct;
use utoipa::ToSchema;

use super::{at, done, json, may};
use crate::problem::Answer;
use crate::request::{Id, Json, SignedIn};
use crate::routes::{Route, get, post};
use crate::server::WebState;

/// The routes of this part.
pub(super) fn routes() -> Vec<Route> {
    let mover = may(Act::MoveCase);
    vec![
        get("/api/v1/cases/{id}/transfers", mover, list)
            .says("The offers of a case to other districts, for both sides; one audit entry.")
            .gives::<TransfersOut>(200),
        post("/api/v1/cases/{id}/transfers", mover, ask)
            .says("Offers a case to another district, to take over or to read. The same offer that waits is given again.")
            .takes::<TransferIn>()
            .gives::<AskedOut>(201),
        post("/api/v1/transfers/{id}/accept", mover, accept)
            .says("Signs for the other district: the case is theirs, or theirs to read, from now on.")
            .gives_nothing(),
        post("/api/v1/transfers/{id}/decline", mover, decline)
            .says("Turns an offer down; the case stays.")
            .gives_nothing(),
        post("/api/v1/transfers/{id}/withdraw", mover, withdraw)
            .says("Takes an offer back.")
            .gives_nothing(),
        post("/api/v1/transfers/{id}/end", mover, end)
            .says("Ends a share, from either side.")
            .gives_nothing(),
    ]
}

/// What is asked of another district.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TransferIn {
    /// `transfer`: to take the case over; `share`: to read it.
    pub kind: String,
    /// The other district, a slug of the country pack.
    pub to_district: String,
    /// Why; 1 000 characters at most.
    pub reason: String,
}

/// An offer that was made, or that waited already.
#[derive(Serialize, ToSchema)]
pub(super) struct AskedOut {
    /// Its id.
    transfer: String,
}

/// The offers of a case.
#[derive(Serialize, ToSchema)]
pub(super) struct TransfersOut {
    /// The number that people say.
    number: String,
    /// The district that keeps it.
    district: String,
    /// The newest first.
    transfers: Vec<TransferOut>,
}

/// An offer with its signatures.
#[derive(Serialize, ToSchema)]
pub(super) struct TransferOut {
    /// Its id.
    transfer: String,
    /// `transfer` or `share`.
    kind: String,
    /// `asked`, `accepted`, `declined`, `withdrawn` or `ended`.
    state: String,
    /// The asking district.
    from_district: String,
    /// The district that is asked.
    to_district: String,
    /// Why.
    reason: String,
    /// Who asked.
    asked_by: String,
    /// When.
    asked_at: String,
    /// Who answered.
    answered_by: Option<String>,
    /// When.
    answered_at: Option<String>,
}

pub(super) async fn list(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
) -> Answer {
    let found = state.app().transfers(&who.actor, case).await?;
    let out = TransfersOut {
        number: found.label,
        district: found.district,
        transfers: found.requests.into_iter().map(out).collect(),
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn ask(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<TransferIn>,
) -> Answer {
    let kind = given.kind.parse();
    let ask = Ask {
        kind: kind.map_err(|_| AppError::field("kind", "not_an_answer"))?,
        to_district: given.to_district,
        reason: given.reason,
    };
    let transfer = state.app().ask_transfer(&who.actor, case, &ask).await?;
    let transfer = transfer.to_string();
    json(StatusCode::CREATED, &AskedOut { transfer })
}

pub(super) async fn accept(state: State<WebState>, who: SignedIn, id: Id<TransferId>) -> Answer {
    step(state, who, (id, TransferAct::Accept)).await
}

pub(super) async fn decline(state: State<WebState>, who: SignedIn, id: Id<TransferId>) -> Answer {
    step(state, who, (id, TransferAct::Decline)).await
}

pub(super) async fn withdraw(state: State<WebState>, who: SignedIn, id: Id<TransferId>) -> Answer {
    step(state, who, (id, TransferAct::Withdraw)).await
}

pub(super) async fn end(state: State<WebState>, who: SignedIn, id: Id<TransferId>) -> Answer {
    step(state, who, (id, TransferAct::End)).await
}

async fn step(
    State(state): State<WebState>,
    who: SignedIn,
    (Id(transfer), act): (Id<TransferId>, TransferAct),
) -> Answer {
    state.app().move_transfer(&who.actor, transfer, act).await?;
    Ok(done())
}

fn out(view: TransferView) -> TransferOut {
    TransferOut {
        transfer: view.transfer.to_string(),
        kind: view.kind.as_str().to_owned(),
        state: view.state.as_str().to_owned(),
        from_district: view.from_district,
        to_district: view.to_district,
        reason: view.reason,
        asked_by: view.asked.0.to_string(),
        asked_at: at(view.asked.1),
        answered_by: view.answered.map(|(by, _)| by.to_string()),
        answered_at: view.answered.map(|(_, ms)| at(ms)),
    }
}
