//! Deliveries to the systems of partners: what is known of each, every call, and who let a recall go on without one.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_app::ledger::DeliveryStory;
use tifli_domain::id::DeliveryId;
use tifli_domain::permission::Act;
use utoipa::ToSchema;

use super::super::console::ledger::{held, was_let_go};
use super::{Route, at, done, get, json, may, post, put};
use crate::problem::Answer;
use crate::request::{Id, Json, SignedIn};
use crate::server::WebState;

/// A delivery to the system of a partner.
#[derive(Serialize, ToSchema)]
pub(super) struct SystemOut {
    /// Its id.
    delivery: String,
    /// The partner's code.
    partner: String,
    /// `webhook` or `cap_partner`.
    channel: String,
    /// The system.
    endpoint: String,
    /// The version.
    version: u32,
    /// `Alert`, `Update`, `Cancel`.
    msg_type: String,
    /// `pending`, `sending`, `retrying`, `done`, `withdrawn`, `dead`.
    state: String,
    /// What is known: `sent`, `refused`, `unknown`; nothing before the first answer.
    outcome: Option<String>,
    /// Why, as a code.
    code: Option<String>,
    /// Calls so far.
    attempts: u32,
    /// When it was written down.
    created_at: String,
    /// When the system took it.
    accepted_at: Option<String>,
    /// When nothing was left to do.
    finished_at: Option<String>,
    /// When it is tried again.
    next_at: Option<String>,
    /// When somebody let the recall go on without it.
    released_at: Option<String>,
}

/// A system that may still hold a copy.
#[derive(Serialize, ToSchema)]
pub(super) struct HolderOut {
    /// The partner's code.
    partner: String,
    /// `webhook` or `cap_partner`.
    channel: String,
    /// The delivery that shows it.
    delivery: String,
    /// Whether somebody let the recall go on without it.
    released: bool,
}

/// One call.
#[derive(Serialize, ToSchema)]
pub(super) struct CallOut {
    /// Order, from 1.
    seq: u32,
    /// When it left.
    begun_at: String,
    /// When it ended; nothing for one that was not heard of again.
    ended_at: Option<String>,
    /// What was known then: `sent`, `refused`, `unknown`.
    outcome: String,
    /// Why, as a code.
    code: String,
}

/// A delivery with every call.
#[derive(Serialize, ToSchema)]
pub(super) struct StoryOut {
    /// The delivery.
    delivery: SystemOut,
    /// Its alert.
    alert: String,
    /// Its case.
    case: String,
    /// The calls, in order.
    calls: Vec<CallOut>,
    /// Who let the recall go on without it.
    released_by: Option<String>,
    /// Why; nothing for who may not read the case.
    reason: Option<String>,
}

/// Why the recall goes on without a delivery.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReleaseIn {
    /// Why; 500 characters at most.
    #[serde(default)]
    reason: String,
}

/// The routes of this file and of the systems' own.
pub(super) fn routes() -> Vec<Route> {
    use super::endpoints as e;
    let (look, keep) = (may(Act::ReadDeliveries), may(Act::ManageEndpoints));
    vec![
        get("/api/v1/deliveries/{id}", look, read)
            .says("One delivery to the system of a partner with every call; one audit entry if its release has a reason.")
            .gives::<StoryOut>(200),
        post("/api/v1/deliveries/{id}/release", may(Act::ReleaseDelivery), release)
            .says("Lets the recall go on without a delivery that was given up; the reason says how the partner was reached, or why not.")
            .takes::<ReleaseIn>()
            .gives_nothing(),
        get("/api/v1/endpoints", keep, e::list)
            .says("The systems of partners to which alerts are delivered. Secrets are not shown.")
            .gives::<e::EndpointsOut>(200),
        post("/api/v1/endpoints", keep, e::add)
            .says("Adds a system of a partner. The secret of a webhook is shown this once.")
            .takes::<e::EndpointIn>()
            .gives::<e::MadeOut>(201),
        post("/api/v1/endpoints/{id}/rotate", keep, e::rotate)
            .says("Makes a new secret for a webhook, shown this once; until the next change it and the one before both sign.")
            .gives::<e::MadeOut>(200),
        put("/api/v1/endpoints/{id}/state", keep, e::switch)
            .says("Lets nothing more go to a system but the end of what went before, or lets alerts go again.")
            .takes::<e::StateIn>()
            .gives_nothing(),
    ]
}

async fn read(State(state): State<WebState>, who: SignedIn, Id(id): Id<DeliveryId>) -> Answer {
    let story = state.app().delivery_story(&who.actor, id).await?;
    let calls = story.attempts.iter().map(|call| CallOut {
        seq: call.seq,
        begun_at: at(call.begun_ms),
        ended_at: call.ended_ms.map(at),
        outcome: call.outcome.as_str().to_owned(),
        code: call.code.clone(),
    });
    let out = StoryOut {
        delivery: system_out(&story),
        alert: story.row.alert.to_string(),
        case: story.row.case.to_string(),
        calls: calls.collect(),
        released_by: story.row.released_by.map(|by| by.to_string()),
        reason: story.released.clone(),
    };
    json(StatusCode::OK, &out)
}

async fn release(
    State(state): State<WebState>,
    who: SignedIn,
    Id(id): Id<DeliveryId>,
    Json(given): Json<ReleaseIn>,
) -> Answer {
    let app = state.app();
    app.release_delivery(&who.actor, id, &given.reason).await?;
    Ok(done())
}

pub(super) fn system_out(story: &DeliveryStory) -> SystemOut {
    let row = &story.row;
    let next = Some(row.next_ms).filter(|at| *at > 0 && !row.state.is_terminal());
    SystemOut {
        delivery: row.delivery.to_string(),
        partner: row.partner.clone(),
        channel: row.channel.as_str().to_owned(),
        endpoint: row.endpoint.to_string(),
        version: row.version,
        msg_type: row.msg_type.as_str().to_owned(),
        state: row.state.as_str().to_owned(),
        outcome: row.outcome.map(|outcome| outcome.as_str().to_owned()),
        code: row.code.clone(),
        attempts: row.attempts,
        created_at: at(row.created_ms),
        accepted_at: row.accepted_ms.map(at),
        finished_at: row.finished_ms.map(at),
        next_at: next.map(at),
        released_at: row.released_ms.map(at),
    }
}

pub(super) fn holders_out(stories: &[DeliveryStory]) -> Vec<HolderOut> {
    let open = held(stories).into_iter().map(|story| HolderOut {
        partner: story.row.partner.clone(),
        channel: story.row.channel.as_str().to_owned(),
        delivery: story.row.delivery.to_string(),
        released: was_let_go(story),
    });
    open.collect()
}
