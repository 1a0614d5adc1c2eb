//! The partner desk for programs: partners of an alert, hand-overs with their receipts, steps, kits,
//! and the key under which kits are checked.

use axum::extract::State;
use axum::http::StatusCode;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use tifli_app::AppError;
use tifli_app::partner::{
    Evidence, HandoverLine, HandoverNote, HandoverStep, PictureLeave, ReceiptView,
};
use tifli_domain::id::{AlertId, HandoverId};
use tifli_domain::partner::{HandoverAct, Waits, Way};
use utoipa::ToSchema;

use super::{at, json};
use crate::problem::Answer;
use crate::request::{Id, Json, SignedIn};
use crate::routes::console::download;
use crate::server::WebState;

/// A partner of the country.
#[derive(Serialize, ToSchema)]
pub(super) struct PartnerOut {
    /// Its code.
    partner: String,
    /// Whether the house may use it: enabled, with its legal line.
    usable: bool,
    /// Whether the version that is out is prepared for it.
    prepared: bool,
    /// Whether it may have the photo without written leave.
    picture: bool,
}

/// Where a hand-over stands. Nothing is ever "sent": each state is what a person did or saw.
#[derive(Serialize, ToSchema)]
pub(super) struct HandoverOut {
    /// Its id.
    handover: String,
    /// Its case.
    case: String,
    /// Its alert.
    alert: String,
    /// The partner's code.
    partner: String,
    /// The version.
    version: u32,
    /// `prepared`, `submitted`, `seen_live`, `refused`, `withdrawal_asked`, `seen_withdrawn`,
    /// `replaced`, `dropped`.
    state: String,
    /// Whether the photo goes with it.
    picture: bool,
    /// `to_submit`, `to_see_live`, `to_ask_withdrawal`, `to_see_withdrawn`, or nothing.
    waits: Option<String>,
    /// Until when.
    due_at: Option<String>,
    /// Whether that moment has passed.
    late: bool,
    /// When it was last submitted.
    submitted_at: Option<String>,
    /// When it was seen live.
    seen_live_at: Option<String>,
    /// When its withdrawal was last asked for.
    withdrawal_asked_at: Option<String>,
    /// When it was seen withdrawn.
    seen_withdrawn_at: Option<String>,
}

/// The partners of an alert.
#[derive(Serialize, ToSchema)]
pub(super) struct PartnersOut {
    /// The country's partners.
    partners: Vec<PartnerOut>,
    /// The hand-overs, the newest version first.
    handovers: Vec<HandoverOut>,
}

/// Open hand-overs.
#[derive(Serialize, ToSchema)]
pub(super) struct DeskOut {
    /// The most urgent first.
    handovers: Vec<HandoverOut>,
}

/// A receipt.
#[derive(Serialize, ToSchema)]
pub(super) struct HandoverReceiptOut {
    /// Order, from 1.
    seq: i64,
    /// What was done or seen; `prepare` first.
    act: String,
    /// `portal`, `mail`, `phone`.
    way: Option<String>,
    /// Who; nobody when it followed from a decision about the alert.
    by: Option<String>,
    /// When.
    at: String,
    /// The partner's reference.
    reference: String,
    /// Words.
    words: String,
    /// Whether there is a screenshot.
    screenshot: bool,
}

/// A hand-over with its receipts.
#[derive(Serialize, ToSchema)]
pub(super) struct HandoverFileOut {
    /// Where it stands.
    handover: HandoverOut,
    /// The oldest first.
    receipts: Vec<HandoverReceiptOut>,
}

/// For whom to prepare.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PrepareIn {
    /// The partner's code.
    partner: String,
    /// Who allowed the photo in writing, for a partner that otherwise gets a link only.
    #[serde(default)]
    picture_by: Option<String>,
}

/// A hand-over that was prepared.
#[derive(Serialize, ToSchema)]
pub(super) struct PreparedOut {
    /// Its id.
    handover: String,
}

/// What somebody did or saw.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StepIn {
    /// `submit`, `see_live`, `refuse`, `ask_withdrawal`, `see_withdrawn`.
    act: String,
    /// `portal`, `mail`, `phone`; needed to submit and to ask for the withdrawal.
    #[serde(default)]
    way: Option<String>,
    /// The partner's reference; 120 characters at most.
    #[serde(default)]
    reference: String,
    /// Words; 1 000 characters at most. Where it was seen, if there is no screenshot.
    #[serde(default)]
    words: String,
    /// A screenshot (JPEG, PNG, WebP), base64.
    #[serde(default)]
    screenshot: Option<String>,
}

/// The key under which kits are checked.
#[derive(Serialize, ToSchema)]
pub(super) struct KeyOut {
    /// `Ed25519`.
    algorithm: &'static str,
    /// The short name that envelopes give.
    keyid: String,
    /// The key, 32 bytes, base64.
    key: String,
}

pub(super) async fn key(State(state): State<WebState>) -> Answer {
    let out = KeyOut {
        algorithm: "Ed25519",
        keyid: state.app().handover_key_id(),
        key: STANDARD.encode(state.app().handover_key()),
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn desk(State(state): State<WebState>, who: SignedIn) -> Answer {
    let lines = state.app().partner_desk(&who.actor).await?;
    let handovers = lines.into_iter().map(out).collect();
    json(StatusCode::OK, &DeskOut { handovers })
}

pub(super) async fn of_alert(
    State(state): State<WebState>,
    who: SignedIn,
    Id(alert): Id<AlertId>,
) -> Answer {
    let partners = state.app().alert_partners(&who.actor, alert).await?;
    let out = PartnersOut {
        handovers: partners.lines.into_iter().map(out).collect(),
        partners: partners
            .partners
            .into_iter()
            .map(|choice| PartnerOut {
                partner: choice.partner,
                usable: choice.usable,
                prepared: choice.prepared,
                picture: choice.picture,
            })
            .collect(),
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn prepare(
    State(state): State<WebState>,
    who: SignedIn,
    Id(alert): Id<AlertId>,
    Json(given): Json<PrepareIn>,
) -> Answer {
    let leave = given.picture_by.map(|by| PictureLeave { by });
    let handover = state
        .app()
        .prepare_handover(&who.actor, alert, &given.partner, leave)
        .await?
        .to_string();
    json(StatusCode::CREATED, &PreparedOut { handover })
}

pub(super) async fn read(
    State(state): State<WebState>,
    who: SignedIn,
    Id(id): Id<HandoverId>,
) -> Answer {
    show(&state, &who, id).await
}

pub(super) async fn step(
    State(state): State<WebState>,
    who: SignedIn,
    Id(id): Id<HandoverId>,
    Json(given): Json<StepIn>,
) -> Answer {
    let refused = |field: &'static str| move |_| AppError::field(field, "not_an_answer");
    let shot = given.screenshot.map(|text| STANDARD.decode(text));
    let shot = shot
        .transpose()
        .map_err(|_| AppError::field("photo", "damaged"))?;
    let way = given.way.map(|way| way.parse::<Way>());
    let step = HandoverStep {
        act: given.act.parse().map_err(refused("act"))?,
        way: way.transpose().map_err(refused("way"))?,
        note: HandoverNote {
            reference: given.reference,
            words: given.words,
        },
    };
    state
        .app()
        .record_handover(&who.actor, id, step, Evidence(shot))
        .await?;
    show(&state, &who, id).await
}

pub(super) async fn zip(
    State(state): State<WebState>,
    who: SignedIn,
    Id(id): Id<HandoverId>,
) -> Answer {
    let file = state.app().handover_zip(&who.actor, id).await?;
    download(file, "application/zip")
}

pub(super) async fn signed(
    State(state): State<WebState>,
    who: SignedIn,
    Id(id): Id<HandoverId>,
) -> Answer {
    let file = state.app().handover_json(&who.actor, id).await?;
    download(file, "application/json")
}

async fn show(state: &WebState, who: &SignedIn, id: HandoverId) -> Answer {
    let file = state.app().handover_file(&who.actor, id).await?;
    let out = HandoverFileOut {
        handover: out(file.line),
        receipts: file.receipts.into_iter().map(receipt).collect(),
    };
    json(StatusCode::OK, &out)
}

fn out(line: HandoverLine) -> HandoverOut {
    HandoverOut {
        handover: line.handover.to_string(),
        case: line.case.to_string(),
        alert: line.alert.to_string(),
        partner: line.partner,
        version: line.version,
        state: line.state.as_str().to_owned(),
        picture: line.picture,
        waits: line.waits.map(Waits::as_str).map(str::to_owned),
        due_at: line.due_ms.map(at),
        late: line.late,
        submitted_at: line.submitted_ms.map(at),
        seen_live_at: line.live_ms.map(at),
        withdrawal_asked_at: line.asked_ms.map(at),
        seen_withdrawn_at: line.withdrawn_ms.map(at),
    }
}

pub(super) fn receipt(receipt: ReceiptView) -> HandoverReceiptOut {
    HandoverReceiptOut {
        seq: receipt.seq,
        act: receipt
            .act
            .map_or("prepare", HandoverAct::as_str)
            .to_owned(),
        way: receipt.way.map(Way::as_str).map(str::to_owned),
        by: receipt.by.map(|person| person.to_string()),
        at: at(receipt.at_ms),
        reference: receipt.note.reference,
        words: receipt.note.words,
        screenshot: receipt.shot,
    }
}
