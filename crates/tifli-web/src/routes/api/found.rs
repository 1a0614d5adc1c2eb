//! Children found before anybody reported them.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use tifli_app::found::{Candidate, FoundForm, FoundLine, FoundView};
use tifli_domain::found::{Evidence, Trait};
use tifli_domain::id::{CaseId, FoundId};
use utoipa::ToSchema;

use super::erasures::ReasonIn;
use super::{at, done, json};
use crate::problem::{Answer, Refused};
use crate::request::{Id, Json, SignedIn, Upload};
use crate::server::WebState;

/// What is known of a found child; everything but a name, a description or words may be absent.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[derive(Default)]
pub(super) struct FoundIn {
    /// When, local time `YYYY-MM-DDTHH:MM`; absent is now.
    found_at: String,
    /// Where: a place of the gazetteer by its id or any of its names.
    place: String,
    /// Where, in words.
    place_words: String,
    /// By whom.
    found_by: String,
    /// What the child says.
    words: String,
    /// Its name as heard, in any script.
    name: String,
    /// The language it speaks.
    language: String,
    /// At least so many years.
    age_low: String,
    /// At most so many.
    age_high: String,
    /// `girl`, `boy`, `unknown`.
    sex: String,
    /// What it looks like.
    description: String,
    /// What it wears.
    clothes: String,
    /// How it is.
    health: String,
    /// Where it is safe.
    safety: String,
}

/// A found child that was written down.
#[derive(Serialize, ToSchema)]
pub(super) struct RegisteredOut {
    /// Its id.
    found: String,
}

/// One line of the list.
#[derive(Serialize, ToSchema)]
pub(super) struct FoundLineOut {
    /// Its id.
    found: String,
    /// Its number.
    number: i64,
    /// The district that holds the file.
    district: String,
    /// `registered`, `proposed`, `linked`, `closed`, `erased`.
    state: String,
    /// When it was written down.
    registered_at: String,
    /// The case proposed or linked.
    case: Option<String>,
    /// Whether there is a photo.
    photo: bool,
}

/// Found children.
#[derive(Serialize, ToSchema)]
pub(super) struct FoundListOut {
    /// The newest first.
    found: Vec<FoundLineOut>,
}

/// A found child with everything known.
#[derive(Serialize, ToSchema)]
pub(super) struct FoundOut {
    /// Its line.
    line: FoundLineOut,
    /// When, local time.
    found_at: String,
    /// Where, a place of the gazetteer.
    place: String,
    /// Where, in words.
    place_words: String,
    /// By whom.
    found_by: String,
    /// What the child says.
    words: String,
    /// Its name as heard.
    name: String,
    /// The language it speaks.
    language: String,
    /// At least so many years.
    age_low: Option<i64>,
    /// At most so many.
    age_high: Option<i64>,
    /// `girl`, `boy`, `unknown`.
    sex: String,
    /// What it looks like.
    description: String,
    /// What it wears.
    clothes: String,
    /// How it is.
    health: String,
    /// Where it is safe.
    safety: String,
    /// Why it was closed without a case.
    reason: Option<String>,
}

/// What one field says.
#[derive(Serialize, ToSchema)]
pub(super) struct FieldOut {
    /// `name`, `age`, `sex`, `place`, `time`.
    field: String,
    /// `match`, `near`, `mismatch`, `blank`.
    says: String,
}

/// A case whose child it may be.
#[derive(Serialize, ToSchema)]
pub(super) struct CandidateOut {
    /// The case.
    case: String,
    /// Its number.
    label: String,
    /// Its state.
    state: String,
    /// Higher is likelier; it decides nothing.
    score: i32,
    /// Field by field.
    fields: Vec<FieldOut>,
}

/// Candidates.
#[derive(Serialize, ToSchema)]
pub(super) struct CandidatesOut {
    /// The likeliest first.
    candidates: Vec<CandidateOut>,
}

/// A case to propose.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MatchIn {
    /// The case.
    case: String,
}

/// The case a found child is linked to.
#[derive(Serialize, ToSchema)]
pub(super) struct LinkedOut {
    /// The case.
    case: String,
}

pub(super) async fn register(
    State(state): State<WebState>,
    who: SignedIn,
    Json(given): Json<FoundIn>,
) -> Answer {
    let form = FoundForm {
        found_at: given.found_at,
        place: given.place,
        place_words: given.place_words,
        found_by: given.found_by,
        words: given.words,
        name: given.name,
        language: given.language,
        age_low: given.age_low,
        age_high: given.age_high,
        sex: given.sex,
        description: given.description,
        clothes: given.clothes,
        health: given.health,
        safety: given.safety,
    };
    let found = state.app().register_found(&who.actor, &form).await?;
    let out = RegisteredOut {
        found: found.to_string(),
    };
    json(StatusCode::CREATED, &out)
}

pub(super) async fn list(State(state): State<WebState>, who: SignedIn) -> Answer {
    let found = state.app().list_found(&who.actor).await?;
    let out = FoundListOut {
        found: found.into_iter().map(line_out).collect(),
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn read(
    State(state): State<WebState>,
    who: SignedIn,
    Id(found): Id<FoundId>,
) -> Answer {
    let view = state.app().read_found(&who.actor, found).await?;
    json(StatusCode::OK, &found_out(view))
}

pub(super) async fn candidates(
    State(state): State<WebState>,
    who: SignedIn,
    Id(found): Id<FoundId>,
) -> Answer {
    let candidates = state.app().found_candidates(&who.actor, found).await?;
    let out = CandidatesOut {
        candidates: candidates.into_iter().map(candidate_out).collect(),
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn put_photo(
    State(state): State<WebState>,
    who: SignedIn,
    Id(found): Id<FoundId>,
    Upload(bytes): Upload,
) -> Answer {
    state
        .app()
        .put_found_photo(&who.actor, found, &bytes)
        .await?;
    Ok(done())
}

pub(super) async fn photo(
    State(state): State<WebState>,
    who: SignedIn,
    Id(found): Id<FoundId>,
) -> Answer {
    let jpeg = state.app().open_found_photo(&who.actor, found).await?;
    let mut response = jpeg.into_response();
    let kind = HeaderValue::from_static("image/jpeg");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    Ok(response)
}

pub(super) async fn propose(
    State(state): State<WebState>,
    who: SignedIn,
    Id(found): Id<FoundId>,
    Json(given): Json<MatchIn>,
) -> Answer {
    let case = given.case.parse::<CaseId>();
    let case = case.map_err(|_| Refused::field("case", "not_an_answer"))?;
    state.app().propose_match(&who.actor, found, case).await?;
    Ok(done())
}

pub(super) async fn confirm(
    State(state): State<WebState>,
    who: SignedIn,
    Id(found): Id<FoundId>,
) -> Answer {
    let case = state.app().confirm_match(&who.actor, found).await?;
    let out = LinkedOut {
        case: case.to_string(),
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn decline(
    State(state): State<WebState>,
    who: SignedIn,
    Id(found): Id<FoundId>,
) -> Answer {
    state.app().decline_match(&who.actor, found).await?;
    Ok(done())
}

pub(super) async fn close(
    State(state): State<WebState>,
    who: SignedIn,
    Id(found): Id<FoundId>,
    Json(given): Json<ReasonIn>,
) -> Answer {
    state
        .app()
        .close_found(&who.actor, found, &given.reason)
        .await?;
    Ok(done())
}

pub(super) async fn erase(
    State(state): State<WebState>,
    who: SignedIn,
    Id(found): Id<FoundId>,
) -> Answer {
    state.app().erase_found(&who.actor, found).await?;
    Ok(done())
}

fn line_out(line: FoundLine) -> FoundLineOut {
    FoundLineOut {
        found: line.found.to_string(),
        number: line.number,
        district: line.district,
        state: line.state.as_str().to_owned(),
        registered_at: at(line.registered_ms),
        case: line.case.map(|case| case.to_string()),
        photo: line.photo,
    }
}

fn found_out(view: FoundView) -> FoundOut {
    let facts = view.facts;
    FoundOut {
        line: line_out(view.line),
        found_at: facts.found_at,
        place: facts.place,
        place_words: facts.place_words,
        found_by: facts.found_by,
        words: facts.words,
        name: facts.name,
        language: facts.language,
        age_low: facts.age_low,
        age_high: facts.age_high,
        sex: facts.sex,
        description: facts.description,
        clothes: facts.clothes,
        health: facts.health,
        safety: facts.safety,
        reason: view.reason,
    }
}

fn candidate_out(candidate: Candidate) -> CandidateOut {
    let field = |(field, says): &(Trait, Evidence)| FieldOut {
        field: field.as_str().to_owned(),
        says: says.as_str().to_owned(),
    };
    CandidateOut {
        case: candidate.case.to_string(),
        label: candidate.label,
        state: candidate.state.as_str().to_owned(),
        score: candidate.comparison.score,
        fields: candidate.comparison.fields.iter().map(field).collect(),
    }
}
