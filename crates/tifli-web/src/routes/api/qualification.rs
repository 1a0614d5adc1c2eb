//! Whether and how a case may be public: the gate, the prosecutor, the rung, notes, clearances,
//! reviews.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_app::publication::{EntryView, Informing, QualificationView, Qualifying};
use tifli_domain::id::CaseId;
use tifli_domain::qualify::{Certainty, Moving, Rung, Sign};
use utoipa::ToSchema;

use super::{at, done, json};
use crate::problem::{Answer, Refused};
use crate::request::{Id, Json, SignedIn};
use crate::server::WebState;

/// A ruling on the reporter gate.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RulingIn {
    /// `open` or `keep_closed`.
    ruling: String,
    /// Why; 1 000 characters at most.
    reason: String,
    /// What is instructed; may be left out.
    #[serde(default)]
    instruction: String,
}

/// That the prosecutor was informed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct InformedIn {
    /// `phone`, `in_person`, `writing` or `message`.
    how: String,
    /// Who was informed.
    who: String,
    /// What was instructed; may be left out.
    #[serde(default)]
    instruction: String,
}

/// A rung that is proposed or decided.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct QualifyIn {
    /// `bulletin`, `partners`, `local`, `area`, `national`; left out takes the table's.
    rung: Option<String>,
    /// Why, where it is not the table's.
    #[serde(default)]
    reason: String,
    /// `force`, `threat`, `self_harm`, `medical`, `disability`, `surroundings`, `exploitation`;
    /// left out keeps those said before.
    signs: Option<Vec<String>>,
    /// `sure`, `likely`, `doubtful`.
    certainty: Option<String>,
    /// Whether the child moves away fast.
    moves_away: Option<bool>,
}

/// A note in words.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NoteIn {
    /// 1 000 characters at most.
    note: String,
}

/// A clearance.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ClearIn {
    /// `adult` or `plate`.
    what: String,
    /// On what it rests.
    basis: String,
}

/// A clearance taken back.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RetractIn {
    /// Its number among what was written.
    seq: i64,
}

/// A rung decided on review.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReviewIn {
    /// The rung.
    rung: String,
    /// Why.
    reason: String,
}

/// One thing that was written down.
#[derive(Serialize, ToSchema)]
pub(super) struct EntryOut {
    /// Its number.
    seq: i64,
    /// `ruling`, `informed`, `proposed`, `decided`, `review_asked`, `reviewed`, `best_interests`,
    /// `clearance`, `explained`.
    kind: String,
    /// The ruling, the rung, the way, what was cleared.
    code: String,
    /// The reason or note.
    note: String,
    /// Who was informed.
    who: String,
    /// What was instructed.
    instruction: String,
    /// Who wrote it.
    by: String,
    /// When.
    at: String,
    /// When it ceased to hold.
    ended_at: Option<String>,
}

/// Everything that bears on whether a case may be public.
#[derive(Serialize, ToSchema)]
pub(super) struct QualificationOut {
    /// `not_asked`, `open`, `closed`, `opened`, `kept`.
    gate: String,
    /// Whether the guardian is told nothing.
    guardian_silent: bool,
    /// The rung by the table.
    by_table: String,
    /// The rung that may be used now.
    now: String,
    /// The rung that was decided, or proposed while nobody decided.
    chosen: Option<String>,
    /// Criteria that are met.
    met: Vec<String>,
    /// Criteria that are missing.
    missing: Vec<String>,
    /// What stands in the way, as codes.
    blockers: Vec<String>,
    /// What was written, the newest first.
    entries: Vec<EntryOut>,
}

pub(super) async fn view(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
) -> Answer {
    show(&state, &who, case).await
}

pub(super) async fn rule(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<RulingIn>,
) -> Answer {
    let ruling = read("ruling", &given.ruling)?;
    let words = (given.instruction.as_str(), given.reason.as_str());
    let app = state.app();
    app.rule_on_gate(&who.actor, case, ruling, words).await?;
    Ok(done())
}

pub(super) async fn informed(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<InformedIn>,
) -> Answer {
    let told = Informing {
        how: given.how,
        who: given.who,
        instruction: given.instruction,
        at_ms: None,
    };
    state
        .app()
        .record_prosecutor(&who.actor, case, &told)
        .await?;
    Ok(done())
}

pub(super) async fn qualify(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<QualifyIn>,
) -> Answer {
    let rung: Option<Rung> = given.rung.map(|rung| read("rung", &rung)).transpose()?;
    let signs = given.signs.map(|signs| {
        let signs = signs.iter().map(|sign| read::<Sign>("signs", sign));
        signs.collect::<Result<Vec<_>, _>>()
    });
    let certainty = given.certainty.map(|word| read("certainty", &word));
    let said = Qualifying {
        rung,
        reason: given.reason,
        signs: signs.transpose()?,
        certainty: certainty
            .transpose()?
            .filter(|word| *word != Certainty::NotSaid),
        moving: given.moves_away.map(|away| match away {
            true => Moving::Away,
            false => Moving::NotKnown,
        }),
    };
    state.app().qualify(&who.actor, case, &said).await?;
    show(&state, &who, case).await
}

pub(super) async fn best_interests(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<NoteIn>,
) -> Answer {
    let app = state.app();
    app.note_best_interests(&who.actor, case, &given.note)
        .await?;
    Ok(done())
}

pub(super) async fn explained(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<NoteIn>,
) -> Answer {
    state.app().explained(&who.actor, case, &given.note).await?;
    Ok(done())
}

pub(super) async fn clear(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<ClearIn>,
) -> Answer {
    let what = read("what", &given.what)?;
    let app = state.app();
    app.clear(&who.actor, case, what, &given.basis).await?;
    Ok(done())
}

pub(super) async fn retract(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<RetractIn>,
) -> Answer {
    let app = state.app();
    app.retract_clearance(&who.actor, case, given.seq).await?;
    Ok(done())
}

pub(super) async fn ask_review(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<NoteIn>,
) -> Answer {
    let app = state.app();
    app.ask_review(&who.actor, case, &given.note).await?;
    Ok(done())
}

pub(super) async fn review(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<ReviewIn>,
) -> Answer {
    let rung = read("rung", &given.rung)?;
    let app = state.app();
    app.review(&who.actor, case, (rung, &given.reason)).await?;
    show(&state, &who, case).await
}

async fn show(state: &WebState, who: &SignedIn, case: CaseId) -> Answer {
    let view = state.app().qualification(&who.actor, case).await?;
    json(StatusCode::OK, &out(view))
}

fn out(view: QualificationView) -> QualificationOut {
    let found = &view.qualification;
    QualificationOut {
        gate: view.gate.as_str().to_owned(),
        guardian_silent: view.gate.is_silent(),
        by_table: found.rung.as_str().to_owned(),
        now: found.now.as_str().to_owned(),
        chosen: view.chosen.map(|rung| rung.as_str().to_owned()),
        met: found.met.iter().map(|c| c.as_str().to_owned()).collect(),
        missing: found
            .missing
            .iter()
            .map(|(_, c)| c.as_str().to_owned())
            .collect(),
        blockers: view.blockers.iter().map(|b| b.code().to_owned()).collect(),
        entries: view.entries.into_iter().map(entry).collect(),
    }
}

fn entry(entry: EntryView) -> EntryOut {
    EntryOut {
        seq: entry.seq,
        kind: entry.kind.as_str().to_owned(),
        code: entry.code,
        note: entry.note,
        who: entry.who,
        instruction: entry.instruction,
        by: entry.by.to_string(),
        at: at(entry.at_ms),
        ended_at: entry.ended_ms.map(at),
    }
}

fn read<T: std::str::FromStr>(field: &str, word: &str) -> Result<T, Refused> {
    word.parse()
        .map_err(|_| Refused::field(field, "not_an_answer"))
}
