//! Deliveries to partners, by programs and by people: what is known of each, every call or step, and who let a recall go
//! on without one.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_app::ledger::{AlertLedger, DeliveryStory, LedgerId, LedgerStory};
use tifli_app::partner::HandStory;
use tifli_domain::id::DeliveryId;
use tifli_domain::permission::Act;
use utoipa::ToSchema;

use super::super::console::ledger::{held, held_by_hand, was_let_go};
use super::partners::{HandoverReceiptOut, receipt};
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

/// A hand-over by people, in the words of the same ledger.
#[derive(Serialize, ToSchema)]
pub(super) struct HandOut {
    /// Its id.
    handover: String,
    /// The partner's code.
    partner: String,
    /// The version.
    version: u32,
    /// `Alert`, `Update`.
    msg_type: String,
    /// `prepared`, `submitted`, `seen_live`, `refused`, `withdrawal_asked`, `seen_withdrawn`, `replaced`, `dropped`.
    state: String,
    /// What is known: `sent` only when somebody saw it shown, `refused`, `unknown` while nobody answers; nothing
    /// before it was given away.
    outcome: Option<String>,
    /// Who did or saw something last.
    by: Option<String>,
    /// How often it was given to the partner.
    attempts: usize,
    /// When it was prepared.
    created_at: String,
    /// When it was last given to the partner.
    submitted_at: Option<String>,
    /// When it was seen live.
    seen_live_at: Option<String>,
    /// When its withdrawal was last asked for.
    withdrawal_asked_at: Option<String>,
    /// When it was seen withdrawn.
    seen_withdrawn_at: Option<String>,
}

/// A partner that may still hold a copy.
#[derive(Serialize, ToSchema)]
pub(super) struct HolderOut {
    /// The partner's code.
    partner: String,
    /// `webhook`, `cap_partner`, or `by_hand` where people handed it over.
    channel: String,
    /// The delivery or hand-over that shows it.
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

/// A delivery with every call, or a hand-over with every step.
#[derive(Serialize, ToSchema)]
pub(super) struct StoryOut {
    /// The delivery to a system.
    delivery: Option<SystemOut>,
    /// The hand-over by people.
    hand: Option<HandOut>,
    /// Its alert.
    alert: String,
    /// Its case.
    case: String,
    /// The calls, in order.
    calls: Vec<CallOut>,
    /// What people did and saw, in order; references and words for who may read the case.
    steps: Vec<HandoverReceiptOut>,
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
            .says("One delivery to a partner: to its system with every call, or by people with every step; one audit entry where something sealed is opened.")
            .gives::<StoryOut>(200),
        post("/api/v1/deliveries/{id}/release", may(Act::ReleaseDelivery), release)
            .says("Lets the recall go on without a delivery that was given up; the reason says how the partner was reached, or why not.")
            .takes::<ReleaseIn>()
            .gives_nothing(),
        get("/api/v1/endpoints", keep, e::list)
            .says("The systems of partners to which alerts are delivered. Secrets are not shown.")
            .gives::<e::EndpointsOut>(200),
        post("/api/v1/endpoints", keep, e::add)
            .says("Adds a system of a partner. The secret of a webhook is shown this once: the same Idempotency-Key gives the same system, and no secret.")
            .takes::<e::EndpointIn>()
            .gives::<e::MadeOut>(201)
            .may_repeat(),
        post("/api/v1/endpoints/{id}/rotate", keep, e::rotate)
            .says("Makes a new secret for a webhook, shown this once; until the next change it and the one before both sign.")
            .gives::<e::MadeOut>(200),
        put("/api/v1/endpoints/{id}/state", keep, e::switch)
            .says("Lets nothing more go to a system but the end of what went before, or lets alerts go again.")
            .takes::<e::StateIn>()
            .gives_nothing(),
    ]
}

async fn read(State(state): State<WebState>, who: SignedIn, Id(id): Id<LedgerId>) -> Answer {
    let story = state.app().ledger_story(&who.actor, id).await?;
    let out = match story {
        LedgerStory::System(story) => of_system(&story),
        LedgerStory::Hand(story) => of_hand(story),
    };
    json(StatusCode::OK, &out)
}

fn of_system(story: &DeliveryStory) -> StoryOut {
    let calls = story.attempts.iter().map(|call| CallOut {
        seq: call.seq,
        begun_at: at(call.begun_ms),
        ended_at: call.ended_ms.map(at),
        outcome: call.outcome.as_str().to_owned(),
        code: call.code.clone(),
    });
    StoryOut {
        delivery: Some(system_out(story)),
        hand: None,
        alert: story.row.alert.to_string(),
        case: story.row.case.to_string(),
        calls: calls.collect(),
        steps: Vec::new(),
        released_by: story.row.released_by.map(|by| by.to_string()),
        reason: story.released.clone(),
    }
}

fn of_hand(story: HandStory) -> StoryOut {
    StoryOut {
        delivery: None,
        hand: Some(hand_out(&story)),
        alert: story.line.alert.to_string(),
        case: story.line.case.to_string(),
        calls: Vec::new(),
        steps: story.receipts.into_iter().map(receipt).collect(),
        released_by: None,
        reason: None,
    }
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

pub(super) fn hand_out(story: &HandStory) -> HandOut {
    let line = &story.line;
    let by = story.receipts.iter().rev().find_map(|one| one.by);
    HandOut {
        handover: line.handover.to_string(),
        partner: line.partner.clone(),
        version: line.version,
        msg_type: story.msg_type.as_str().to_owned(),
        state: line.state.as_str().to_owned(),
        outcome: story.outcome.map(|outcome| outcome.as_str().to_owned()),
        by: by.map(|person| person.to_string()),
        attempts: story.submissions(),
        created_at: at(line.created_ms),
        submitted_at: line.submitted_ms.map(at),
        seen_live_at: line.live_ms.map(at),
        withdrawal_asked_at: line.asked_ms.map(at),
        seen_withdrawn_at: line.withdrawn_ms.map(at),
    }
}

pub(super) fn holders_out(ledger: &AlertLedger) -> Vec<HolderOut> {
    let systems = held(&ledger.systems).into_iter().map(|story| HolderOut {
        partner: story.row.partner.clone(),
        channel: story.row.channel.as_str().to_owned(),
        delivery: story.row.delivery.to_string(),
        released: was_let_go(story),
    });
    let hands = held_by_hand(&ledger.hands)
        .into_iter()
        .map(|story| HolderOut {
            partner: story.line.partner.clone(),
            channel: "by_hand".to_owned(),
            delivery: story.line.handover.to_string(),
            released: false,
        });
    systems.chain(hands).collect()
}
