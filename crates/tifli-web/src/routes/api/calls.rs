//! Calls taken on the line: keeping one, the open cases it may be about, those that wait for somebody.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_app::call::{CallForm, CallLine, JoinAs, Spoken};
use tifli_domain::id::{CallId, CaseId};
use tifli_domain::permission::Act;
use utoipa::ToSchema;

use super::duties::NoteIn;
use super::{Route, at, done, get, json, may, post};
use crate::problem::{Answer, Refused};
use crate::request::{Id, IdempotencyKey, Json, SignedIn};
use crate::routes::console::call::about;
use crate::server::WebState;

/// A call: three fields and what it is about; the rest may be left out.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CallIn {
    /// What was said.
    words: String,
    /// Where, in words.
    #[serde(default)]
    place: String,
    /// When: empty is now; `20 min`, `17:30` or a date.
    #[serde(default)]
    when: String,
    /// A case's id, or `unmatched`, `other_child`, `danger`, `complaint`, `wrong_number`; not needed for candidates.
    #[serde(default)]
    about: String,
    /// The caller's telephone.
    #[serde(default)]
    phone: String,
    /// The caller's name.
    #[serde(default)]
    caller: String,
    /// `yes`, `no` or empty.
    #[serde(default)]
    still_there: String,
    /// Where the child went.
    #[serde(default)]
    direction: String,
    /// What it wears.
    #[serde(default)]
    clothes: String,
    /// Who is with it.
    #[serde(default)]
    with: String,
    /// In what vehicle.
    #[serde(default)]
    vehicle: String,
    /// Its plate, or what was seen of it.
    #[serde(default)]
    plate: String,
    /// When the caller rang, where it is typed in later.
    #[serde(default)]
    called_at: String,
}

/// A call that was kept.
#[derive(Serialize, ToSchema)]
pub(super) struct TakenOut {
    /// Its id.
    call: String,
    /// The number people say.
    number: i64,
    /// What it is.
    kind: String,
    /// The case it is about.
    case: Option<String>,
    /// The tip it became.
    tip: Option<String>,
    /// The sixteen digits read out to the caller; given once.
    receipt: Option<String>,
    /// When the caller rang.
    called_at: String,
    /// By when somebody must see to it.
    due_at: Option<String>,
}

/// What a caller's words say.
#[derive(Serialize, ToSchema)]
pub(super) struct AidOut {
    /// Open cases, the likeliest first.
    candidates: Vec<CandidateOut>,
    /// What is still worth asking, the most pressing first.
    questions: Vec<String>,
}

/// An open case that a caller may speak of.
#[derive(Serialize, ToSchema)]
pub(super) struct CandidateOut {
    /// Its id.
    case: String,
    /// Its number.
    label: String,
    /// Its district.
    district: String,
    /// First name in Latin script.
    first_name: String,
    /// First name in Arabic script.
    first_name_ar: String,
    /// Age in years.
    age: Option<i64>,
    /// How much the words speak for it.
    score: u32,
}

/// Calls.
#[derive(Serialize, ToSchema)]
pub(super) struct CallsOut {
    /// Those that wait, the most urgent first.
    open: Vec<CallOut>,
    /// The newest others.
    rest: Vec<CallOut>,
}

/// A call in a list.
#[derive(Serialize, ToSchema)]
pub(super) struct CallOut {
    /// Its id.
    call: String,
    /// The number people say.
    number: i64,
    /// What it is.
    kind: String,
    /// The case it is about.
    case: Option<String>,
    /// The tip it became.
    tip: Option<String>,
    /// When the caller rang.
    called_at: String,
    /// By when somebody must see to it.
    due_at: Option<String>,
    /// When somebody had.
    settled_at: Option<String>,
}

/// What a call is about after all.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct JoinIn {
    /// The case.
    case: String,
}

/// The routes of the line.
pub(super) fn routes() -> Vec<Route> {
    let (take_calls, see) = (may(Act::TakeCall), may(Act::SettleCall));
    vec![
        post("/api/v1/calls", take_calls, take)
            .says("Keeps a call: as a tip of an open case, or with a clock of its own. The receipt is given once.")
            .takes::<CallIn>()
            .gives::<TakenOut>(201)
            .may_repeat(),
        post("/api/v1/calls/aid", take_calls, aid)
            .says("The open cases a caller's words speak for, and what is worth asking; one audit entry. Nothing is changed.")
            .takes::<CallIn>()
            .gives::<AidOut>(200),
        get("/api/v1/calls", see, list)
            .says("Calls that wait for somebody, and the newest others; nothing of what was said.")
            .gives::<CallsOut>(200),
        post("/api/v1/calls/{id}/settle", see, settle)
            .says("Says how a call was seen to. A complaint and a wrong number need another person than who took them.")
            .takes::<NoteIn>()
            .gives_nothing(),
        post("/api/v1/calls/{id}/join", take_calls, join)
            .says("Puts a call that was about no case to one, as a tip under the same receipt.")
            .takes::<JoinIn>()
            .gives_nothing(),
    ]
}

pub(super) async fn take(
    State(state): State<WebState>,
    who: SignedIn,
    IdempotencyKey(key): IdempotencyKey,
    Json(given): Json<CallIn>,
) -> Answer {
    let Some(about) = about(&given.about) else {
        return Err(Refused::field("about", "missing"));
    };
    let form = CallForm {
        called_at: given.called_at.clone(),
        spoken: spoken(given),
        about,
    };
    let key = key.unwrap_or_else(|| state.random_hex(16));
    let taken = state.app().take_call(&who.actor, &key, &form).await?;
    let (case, tip) = taken.about.unzip();
    let out = TakenOut {
        call: taken.call.to_string(),
        number: taken.number,
        kind: taken.kind.as_str().to_owned(),
        case: case.map(|case| case.to_string()),
        tip: tip.map(|tip| tip.to_string()),
        receipt: taken.receipt.map(|receipt| receipt.digits().to_owned()),
        called_at: at(taken.called_ms),
        due_at: taken.due_ms.map(at),
    };
    json(StatusCode::CREATED, &out)
}

pub(super) async fn aid(
    State(state): State<WebState>,
    who: SignedIn,
    Json(given): Json<CallIn>,
) -> Answer {
    let said = spoken(given);
    let found = state.app().call_candidates(&who.actor, &said).await?;
    let candidates = found.into_iter().map(|one| CandidateOut {
        case: one.case.to_string(),
        label: one.label,
        district: one.district,
        first_name: one.child.first_name,
        first_name_ar: one.child.first_name_ar,
        age: one.child.age,
        score: one.score,
    });
    let questions = state.app().call_questions(&said).into_iter();
    let out = AidOut {
        candidates: candidates.collect(),
        questions: questions.map(|q| q.as_str().to_owned()).collect(),
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn list(State(state): State<WebState>, who: SignedIn) -> Answer {
    let (open, rest) = state.app().list_calls(&who.actor).await?;
    let out = CallsOut {
        open: open.iter().map(line_out).collect(),
        rest: rest.iter().map(line_out).collect(),
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn settle(
    State(state): State<WebState>,
    who: SignedIn,
    Id(call): Id<CallId>,
    Json(given): Json<NoteIn>,
) -> Answer {
    state
        .app()
        .settle_call(&who.actor, call, &given.note)
        .await?;
    Ok(done())
}

pub(super) async fn join(
    State(state): State<WebState>,
    who: SignedIn,
    Id(call): Id<CallId>,
    Json(given): Json<JoinIn>,
) -> Answer {
    let case: CaseId = given
        .case
        .parse()
        .map_err(|_| Refused::field("case", "not_an_answer"))?;
    let as_tip = (case, JoinAs::Tip);
    state.app().join_call(&who.actor, call, as_tip).await?;
    Ok(done())
}

fn spoken(given: CallIn) -> Spoken {
    Spoken {
        words: given.words,
        place_words: given.place,
        when: given.when,
        phone: given.phone,
        caller: given.caller,
        still_there: given.still_there,
        direction: given.direction,
        clothes: given.clothes,
        with: given.with,
        vehicle: given.vehicle,
        plate: given.plate,
    }
}

fn line_out(line: &CallLine) -> CallOut {
    CallOut {
        call: line.call.to_string(),
        number: line.number,
        kind: line.kind.as_str().to_owned(),
        case: line.case.map(|case| case.to_string()),
        tip: line.tip.map(|tip| tip.to_string()),
        called_at: at(line.called_ms),
        due_at: line.due_ms.map(at),
        settled_at: line.settled_ms.map(at),
    }
}
