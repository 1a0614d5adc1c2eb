//! Tips: told by anybody, worked on by the room.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_app::Problem;
use tifli_app::tip::{Line, OpenedTip, Progress, Side, Telling, TipFilter, TipSummary};
use tifli_domain::id::{PublicCode, TipId};
use tifli_units::Position;
use utoipa::ToSchema;

use super::erasures::ReasonIn;
use super::{at, done, json, once};
use crate::limits::Limited;
use crate::problem::{Answer, Refused};
use crate::request::{Id, IdempotencyKey, Json, Network, Page, QueryOf, SignedIn};
use crate::server::WebState;

/// What somebody saw.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TipIn {
    /// What was seen; 4 000 characters at most.
    words: String,
    /// Where, in words.
    #[serde(default)]
    place_words: String,
    /// Where, as the id of a place.
    place: Option<String>,
    /// Where, as latitude and longitude.
    point: Option<(f64, f64)>,
    /// When, in words or as local date and time.
    #[serde(default)]
    seen_at: String,
    /// The language it is told in; the request's own when left out.
    language: Option<String>,
}

/// What the teller keeps.
#[derive(Serialize, ToSchema)]
pub(super) struct ReceiptOut {
    /// Sixteen digits; shown only once.
    receipt: String,
}

/// A receipt.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReceiptIn {
    /// Sixteen digits in any grouping.
    receipt: String,
}

/// An answer to the police's question.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerIn {
    /// Sixteen digits in any grouping.
    receipt: String,
    /// The answer.
    answer: String,
}

/// A question to the teller.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct QuestionIn {
    /// The question; 1 000 characters at most.
    question: String,
}

/// A line of the dialogue.
#[derive(Serialize, ToSchema)]
pub(super) struct LineOut {
    /// `police` or `sender`.
    from: String,
    /// When.
    at: String,
    /// The words.
    words: String,
}

/// All a sender learns.
#[derive(Serialize, ToSchema)]
pub(super) struct DialogueOut {
    /// `received` or `being_looked_at`.
    progress: String,
    /// Whether there is a question to answer.
    may_answer: bool,
    /// Oldest first.
    lines: Vec<LineOut>,
}

/// The query of the list.
#[derive(Deserialize)]
pub(super) struct Asked {
    case: Option<String>,
    state: Option<String>,
    before: Option<i64>,
}

/// A tip in the list. No content.
#[derive(Serialize, ToSchema)]
pub(super) struct TipLine {
    /// Its id.
    tip: String,
    /// Its number, for the next page.
    seq: i64,
    /// Its case.
    case: String,
    /// Its alert; none for one that a call or a unit brought.
    alert: Option<String>,
    /// `received`, `linked`, `dismissed`.
    state: String,
    /// When it came.
    received_at: String,
    /// When it was decided on.
    decided_at: Option<String>,
    /// Photos with it.
    photos: u32,
    /// Whether the teller spoke last.
    answered: bool,
}

/// Tips.
#[derive(Serialize, ToSchema)]
pub(super) struct TipsOut {
    /// The newest first.
    tips: Vec<TipLine>,
}

/// A tip, opened.
#[derive(Serialize, ToSchema)]
pub(super) struct TipOut {
    /// The line of the list.
    tip: TipLine,
    /// What was seen.
    words: String,
    /// Where, in words.
    place_words: String,
    /// Where, as the id of a place.
    place: Option<String>,
    /// Where, as latitude and longitude.
    point: Option<(f64, f64)>,
    /// When, as told.
    seen_at: String,
    /// The language it was told in.
    language: String,
    /// Its photos' ids.
    photos: Vec<String>,
    /// The dialogue.
    lines: Vec<LineOut>,
    /// Why it was dismissed.
    reason: Option<String>,
}

pub(super) async fn tell(
    State(state): State<WebState>,
    page: Page,
    Id(code): Id<PublicCode>,
    (network, IdempotencyKey(key)): (Network, IdempotencyKey),
    Json(given): Json<TipIn>,
) -> Answer {
    state.limit(Limited::Tip, &network)?;
    let point = given
        .point
        .map(|(lat, lon)| Position::new(lat, lon))
        .transpose();
    let telling = Telling {
        words: given.words,
        place_words: given.place_words,
        place: given.place,
        point: point.map_err(|_| Refused::field("point", "not_degrees"))?,
        seen_at: given.seen_at,
        language: given
            .language
            .unwrap_or_else(|| page.locale.tag().to_owned()),
    };
    let told = state.app().tell(&code, telling, None, key).await?;
    json(
        StatusCode::CREATED,
        &ReceiptOut {
            receipt: told.receipt.digits().to_owned(),
        },
    )
}

pub(super) async fn come_back(
    State(state): State<WebState>,
    network: Network,
    Json(given): Json<ReceiptIn>,
) -> Answer {
    let dialogue = state
        .app()
        .come_back(&given.receipt, network.hash())
        .await?;
    let out = DialogueOut {
        progress: match dialogue.progress {
            Progress::Received => "received".to_owned(),
            Progress::LookedAt => "being_looked_at".to_owned(),
        },
        may_answer: dialogue.may_answer,
        lines: dialogue.lines.into_iter().map(line_out).collect(),
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn answer(
    State(state): State<WebState>,
    network: Network,
    Json(given): Json<AnswerIn>,
) -> Answer {
    state.limit(Limited::Tip, &network)?;
    state
        .app()
        .answer_question(&given.receipt, network.hash(), &given.answer)
        .await?;
    Ok(done())
}

pub(super) async fn list(
    State(state): State<WebState>,
    who: SignedIn,
    QueryOf(asked): QueryOf<Asked>,
) -> Answer {
    let mut problems = Vec::new();
    let case = asked
        .case
        .filter(|case| !case.is_empty())
        .map(|case| case.parse())
        .transpose();
    let case = case.unwrap_or_else(|_| {
        problems.push(Problem::new("case", "not_an_answer"));
        None
    });
    let wanted = asked.state.filter(|state| !state.is_empty());
    let wanted = wanted
        .map(|state| state.parse())
        .transpose()
        .unwrap_or_else(|_| {
            problems.push(Problem::new("state", "not_an_answer"));
            None
        });
    if !problems.is_empty() {
        return Err(tifli_app::AppError::invalid(problems).into());
    }
    let filter = TipFilter {
        case,
        state: wanted,
        before_seq: asked.before,
    };
    let tips = state.app().list_tips(&who.actor, filter).await?;
    json(
        StatusCode::OK,
        &TipsOut {
            tips: tips.into_iter().map(tip_line).collect(),
        },
    )
}

pub(super) async fn read(
    State(state): State<WebState>,
    who: SignedIn,
    Id(tip): Id<TipId>,
) -> Answer {
    let opened = state.app().read_tip(&who.actor, tip).await?;
    json(StatusCode::OK, &tip_out(opened))
}

pub(super) async fn link(
    State(state): State<WebState>,
    who: SignedIn,
    Id(tip): Id<TipId>,
) -> Answer {
    state.app().link_tip(&who.actor, tip).await?;
    Ok(done())
}

pub(super) async fn dismiss(
    State(state): State<WebState>,
    who: SignedIn,
    Id(tip): Id<TipId>,
    Json(given): Json<ReasonIn>,
) -> Answer {
    state
        .app()
        .dismiss_tip(&who.actor, tip, &given.reason)
        .await?;
    Ok(done())
}

pub(super) async fn ask(
    State(state): State<WebState>,
    who: SignedIn,
    Id(tip): Id<TipId>,
    key: IdempotencyKey,
    Json(given): Json<QuestionIn>,
) -> Answer {
    let act = async {
        state.app().ask(&who.actor, tip, &given.question).await?;
        Ok(String::new())
    };
    once(&state, &who, key, given.question.as_bytes(), act).await?;
    Ok(done())
}

fn tip_line(summary: TipSummary) -> TipLine {
    TipLine {
        tip: summary.tip.to_string(),
        seq: summary.seq,
        case: summary.case.to_string(),
        alert: summary.alert.map(|alert| alert.to_string()),
        state: summary.state.as_str().to_owned(),
        received_at: at(summary.received_ms),
        decided_at: summary.decided_ms.map(at),
        photos: summary.photos,
        answered: summary.answered,
    }
}

fn tip_out(opened: OpenedTip) -> TipOut {
    let telling = opened.telling;
    let notes = opened.notes.into_iter();
    TipOut {
        tip: tip_line(opened.summary),
        words: telling.words,
        place_words: telling.place_words,
        place: telling.place,
        point: telling.point.map(|point| (point.lat(), point.lon())),
        seen_at: telling.seen_at,
        language: telling.language,
        photos: opened
            .photos
            .into_iter()
            .map(|photo| photo.to_string())
            .collect(),
        lines: notes
            .map(|note| {
                line_out(Line {
                    side: note.side,
                    at_ms: note.at_ms,
                    words: note.words,
                })
            })
            .collect(),
        reason: opened.reason,
    }
}

fn line_out(line: Line) -> LineOut {
    LineOut {
        from: if line.side == Side::House {
            "police"
        } else {
            "sender"
        }
        .to_owned(),
        at: at(line.at_ms),
        words: line.words,
    }
}
