//! The family's follow-up: the number for it, what the number opens, and what the family writes.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_domain::family::FamilyNoteKind;
use tifli_domain::id::CaseId;
use tifli_domain::permission::Act;
use utoipa::ToSchema;

use super::{TIP_BODY, at, done, json, may};
use crate::limits::Limited;
use crate::problem::Answer;
use crate::request::{Id, Json, Network, SignedIn};
use crate::routes::{Access, Route, get, post};
use crate::server::WebState;

/// The routes of this part.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/cases/{id}/family", may(Act::ReadCase), read)
            .says("What the family wrote on its follow-up page; one audit entry.")
            .gives::<FamilyFileOut>(200),
        post("/api/v1/cases/{id}/family", may(Act::TakeReport), issue)
            .says("Opens a follow-up page for the family; the number is shown this once, an earlier one is worth nothing.")
            .takes::<CodeWordIn>()
            .gives::<PinOut>(201),
        post("/api/v1/cases/{id}/family/read", may(Act::TakeReport), mark_read)
            .says("Marks everything the family wrote as read.")
            .gives_nothing(),
        post("/api/v1/family", Access::Public, open)
            .says("Opens the follow-up with the family's number, which is in the body so that no log keeps it.")
            .takes::<PinIn>()
            .gives::<FamilyPageOut>(200),
        post("/api/v1/family/notes", Access::Public, write)
            .says("Keeps a memory, or the wish that publication stop, which opens a decision.")
            .takes::<FamilyNoteIn>()
            .gives_nothing()
            .up_to(TIP_BODY),
    ]
}

/// The word agreed with the family.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CodeWordIn {
    /// 40 characters at most.
    pub code_word: String,
}

/// The number of a family's page.
#[derive(Serialize, ToSchema)]
pub(super) struct PinOut {
    /// Sixteen digits, shown this once.
    pin: String,
}

/// A number.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PinIn {
    /// Sixteen digits, however they are written.
    pub pin: String,
}

/// What a family writes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FamilyNoteIn {
    /// Sixteen digits.
    pub pin: String,
    /// `memory` or `withdrawal`.
    pub kind: String,
    /// 4 000 characters at most.
    pub words: String,
}

/// What a number opens.
#[derive(Serialize, ToSchema)]
pub(super) struct FamilyPageOut {
    /// `received`, `alert_out`, `alert_ended` or `closed`.
    progress: String,
    /// Who speaks with the family.
    officer: String,
    /// Their district.
    district: String,
    /// The public page of what is out now.
    published: Option<String>,
    /// The word agreed with the family.
    code_word: Option<String>,
    /// How many things the family wrote.
    notes: usize,
    /// When the family asked that publication stop.
    withdrawal_at: Option<String>,
}

/// What the family wrote, as the house reads it.
#[derive(Serialize, ToSchema)]
pub(super) struct FamilyFileOut {
    /// Whether the page says nothing of the case now.
    silent: bool,
    /// When the valid number was issued.
    issued_at: Option<String>,
    /// The newest first.
    notes: Vec<FamilyNoteOut>,
}

/// Something the family wrote.
#[derive(Serialize, ToSchema)]
pub(super) struct FamilyNoteOut {
    /// `memory` or `withdrawal`.
    kind: String,
    /// When.
    at: String,
    /// What.
    words: String,
    /// When somebody of the house read it.
    read_at: Option<String>,
}

pub(super) async fn issue(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<CodeWordIn>,
) -> Answer {
    let issued = state
        .app()
        .issue_family_pin(&who.actor, case, &given.code_word)
        .await?;
    let pin = issued.pin.digits().to_owned();
    json(StatusCode::CREATED, &PinOut { pin })
}

pub(super) async fn read(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
) -> Answer {
    let file = state.app().family_file(&who.actor, case).await?;
    let notes = file.notes.into_iter().map(|note| FamilyNoteOut {
        kind: note.kind.as_str().to_owned(),
        at: at(note.at_ms),
        words: note.words,
        read_at: note.read_ms.map(at),
    });
    let out = FamilyFileOut {
        silent: file.silent,
        issued_at: file.issued.map(|(ms, _)| at(ms)),
        notes: notes.collect(),
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn mark_read(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
) -> Answer {
    state.app().mark_family_read(&who.actor, case).await?;
    Ok(done())
}

pub(super) async fn open(
    State(state): State<WebState>,
    network: Network,
    Json(given): Json<PinIn>,
) -> Answer {
    let page = state.app().family_page(&given.pin, network.hash()).await?;
    let published = page
        .published
        .map(|message| format!("{}/a/{}", state.app().base_url(), message.alert));
    let out = FamilyPageOut {
        progress: page.progress.as_str().to_owned(),
        officer: page.officer.name,
        district: page.officer.district,
        published,
        code_word: page.code_word,
        notes: page.notes,
        withdrawal_at: page.withdrawal_ms.map(at),
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn write(
    State(state): State<WebState>,
    network: Network,
    Json(given): Json<FamilyNoteIn>,
) -> Answer {
    state.limit(Limited::Tip, &network)?;
    let kind: FamilyNoteKind = given
        .kind
        .parse()
        .map_err(|_| tifli_app::AppError::field("kind", "not_an_answer"))?;
    let note = (kind, given.words.as_str());
    state
        .app()
        .family_writes(&given.pin, network.hash(), note)
        .await?;
    Ok(done())
}
