//! The ranked queue of tips, what is done with them, and the live picture of the room.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_app::room::{RoomAlert, RoomCase};
use tifli_app::tip::{BandCount, QueueTip, Triage};
use tifli_domain::id::TipId;
use tifli_domain::triage::{Info, Source, Tag};
use utoipa::ToSchema;

use super::{at, done, json};
use crate::problem::{Answer, Refused};
use crate::request::{Json, QueryOf, SignedIn};
use crate::server::WebState;

/// The query of the queue.
#[derive(Deserialize)]
pub(super) struct Asked {
    case: Option<String>,
    #[serde(default)]
    skip: usize,
}

/// How many tips wait in a band.
#[derive(Serialize, ToSchema)]
pub(super) struct BandOut {
    /// `p1` to `p4`.
    band: String,
    /// Waiting.
    waiting: u64,
    /// Of them too long.
    late: u64,
    /// Of them taken by nobody.
    free: u64,
}

/// A tip that says the same.
#[derive(Serialize, ToSchema)]
pub(super) struct FoldedOut {
    /// The tip.
    tip: String,
    /// `words`, `place_and_time` or `phone`.
    why: String,
}

/// A row of the queue.
#[derive(Serialize, ToSchema)]
pub(super) struct QueueLine {
    /// The tip.
    tip: String,
    /// Its case.
    case: String,
    /// What was seen.
    words: String,
    /// `p1` to `p4`.
    band: String,
    /// Why, the deciding reason first.
    why: Vec<String>,
    /// Until when it is taken up, or decided on once taken.
    due_at: String,
    /// Whether that is over.
    late: bool,
    /// Who has it.
    taken_by: Option<String>,
    /// The grade of its source, `a` to `f`.
    source: Option<String>,
    /// The grade of its information, `1` to `6`.
    info: Option<String>,
    /// `vehicle`, `detail` or `opinion`.
    tag: Option<String>,
    /// `walking`, `town`, `car`, `impossible`, `earlier` or `unknown`.
    reach: String,
    /// Kilometres from where the child was last seen.
    distance_km: Option<u32>,
    /// Minutes since the child was last seen.
    minutes: Option<i64>,
    /// Tips that say the same and stand behind it.
    folded: Vec<FoldedOut>,
}

/// The queue.
#[derive(Serialize, ToSchema)]
pub(super) struct QueueOut {
    /// How many wait, by band, of all cases.
    bands: Vec<BandOut>,
    /// The most urgent first.
    tips: Vec<QueueLine>,
    /// What to leave out for the next page, if there is one.
    next: Option<usize>,
}

/// An act on tips.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TriageIn {
    /// The tips; a row with all that stand behind it is one act.
    tips: Vec<String>,
    /// `take`, `release`, `give`, `link`, `dismiss`, `grade`, `tag`, `apart`, `together`.
    act: String,
    /// To whom it is given.
    to: Option<String>,
    /// Why it is dismissed.
    reason: Option<String>,
    /// The grade of its source, `a` to `f`.
    source: Option<String>,
    /// The grade of its information, `1` to `6`.
    info: Option<String>,
    /// `vehicle`, `detail`, `opinion`; left out, what was said is taken back.
    tag: Option<String>,
}

/// What was taken back.
#[derive(Serialize, ToSchema)]
pub(super) struct UndoneOut {
    /// The act, as its code in the audit trail.
    act: String,
    /// The tips.
    tips: Vec<String>,
}

/// An open case in the picture.
#[derive(Serialize, ToSchema)]
pub(super) struct RoomCaseOut {
    /// The case.
    case: String,
    /// Its number.
    number: String,
    /// Its state.
    state: String,
    /// `high` or `medium`.
    risk: String,
    /// What raises it.
    why: Vec<String>,
    /// Minutes left until it must be out, while they count.
    minutes_left: Option<i64>,
}

/// An alert in the picture.
#[derive(Serialize, ToSchema)]
pub(super) struct RoomAlertOut {
    /// The alert.
    alert: String,
    /// Its case.
    case: String,
    /// Its state.
    state: String,
    /// Recipients handed to, over all channels.
    handed: i64,
    /// Recipients expected, over all channels.
    inside: i64,
    /// Recipients given up, over all channels.
    failed: i64,
}

/// The live picture of the room.
#[derive(Serialize, ToSchema)]
pub(super) struct RoomOut {
    /// Open cases, the most pressing first.
    cases: Vec<RoomCaseOut>,
    /// Alerts that are out or not yet dark.
    alerts: Vec<RoomAlertOut>,
    /// How many tips wait, by band.
    bands: Vec<BandOut>,
    /// How many duties are late.
    late: u64,
}

pub(super) async fn queue(
    State(state): State<WebState>,
    who: SignedIn,
    QueryOf(asked): QueryOf<Asked>,
) -> Answer {
    let case = asked.case.filter(|case| !case.is_empty());
    let case = case.map(|case| case.parse()).transpose();
    let case = case.map_err(|_| Refused::field("case", "not_an_answer"))?;
    let app = state.app();
    let queue = app.tip_queue(&who.actor, case, asked.skip).await?;
    let out = QueueOut {
        bands: queue.bands.iter().map(band).collect(),
        tips: queue.rows.iter().map(line).collect(),
        next: queue.more.then_some(asked.skip + queue.taken),
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn act(
    State(state): State<WebState>,
    who: SignedIn,
    Json(given): Json<TriageIn>,
) -> Answer {
    let tips: Result<Vec<TipId>, _> = given.tips.iter().map(|tip| tip.parse()).collect();
    let tips = tips.map_err(|_| Refused::field("tips", "not_an_answer"))?;
    let act = read(given)?;
    state.app().triage(&who.actor, &tips, act).await?;
    Ok(done())
}

pub(super) async fn undo(State(state): State<WebState>, who: SignedIn) -> Answer {
    let undone = state.app().undo_triage(&who.actor).await?;
    let out = UndoneOut {
        act: undone.act,
        tips: undone.tips.iter().map(ToString::to_string).collect(),
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn room(State(state): State<WebState>, who: SignedIn) -> Answer {
    let room = state.app().room(&who.actor).await?;
    let out = RoomOut {
        cases: room.cases.iter().map(room_case).collect(),
        alerts: room.alerts.iter().map(room_alert).collect(),
        bands: room.bands.iter().map(band).collect(),
        late: room.late,
    };
    json(StatusCode::OK, &out)
}

fn read(given: TriageIn) -> Result<Triage, Refused> {
    Ok(match given.act.as_str() {
        "take" => Triage::Take,
        "release" => Triage::Release,
        "give" => {
            let to = given.to.as_deref().unwrap_or_default().parse();
            Triage::Give(to.map_err(|_| Refused::field("to", "not_an_answer"))?)
        }
        "link" => Triage::Link,
        "dismiss" => Triage::Dismiss(given.reason.unwrap_or_default()),
        "grade" => Triage::Grade(
            word::<Source>("source", given.source)?,
            word::<Info>("info", given.info)?,
        ),
        "tag" => Triage::Tag(word::<Tag>("tag", given.tag)?),
        "apart" => Triage::Apart,
        "together" => Triage::Together,
        _ => return Err(Refused::field("act", "not_an_answer")),
    })
}

fn word<T: std::str::FromStr>(
    field: &'static str,
    text: Option<String>,
) -> Result<Option<T>, Refused> {
    let read = text.map(|text| text.parse()).transpose();
    read.map_err(|_| Refused::field(field, "not_an_answer"))
}

fn band(count: &BandCount) -> BandOut {
    BandOut {
        band: count.band.as_str().to_owned(),
        waiting: count.waiting,
        late: count.late,
        free: count.free,
    }
}

fn line(row: &QueueTip) -> QueueLine {
    let summary = &row.opened.summary;
    let standing = &summary.standing;
    QueueLine {
        tip: summary.tip.to_string(),
        case: summary.case.to_string(),
        words: row.opened.telling.words.clone(),
        band: standing.band.as_str().to_owned(),
        why: standing
            .why
            .iter()
            .map(|why| why.as_str().to_owned())
            .collect(),
        due_at: at(standing.due_ms),
        late: row.late,
        taken_by: standing.taken_by.map(|person| person.to_string()),
        source: standing.source.map(|one| one.as_str().to_owned()),
        info: standing.info.map(|one| one.as_str().to_owned()),
        tag: standing.tag.map(|tag| tag.as_str().to_owned()),
        reach: row.reach.as_str().to_owned(),
        distance_km: row.journey.map(|(km, _)| km),
        minutes: row.journey.map(|(_, minutes)| minutes),
        folded: row
            .folded
            .iter()
            .map(|(tip, why)| FoldedOut {
                tip: tip.summary.tip.to_string(),
                why: why.as_str().to_owned(),
            })
            .collect(),
    }
}

fn room_case(case: &RoomCase) -> RoomCaseOut {
    RoomCaseOut {
        case: case.summary.case.to_string(),
        number: case.summary.label.clone(),
        state: case.summary.state.as_str().to_owned(),
        risk: case.risk.as_str().to_owned(),
        why: case.why.iter().map(|why| why.as_str().to_owned()).collect(),
        minutes_left: case
            .summary
            .ceiling_left_ms
            .map(|left| left.div_euclid(60_000)),
    }
}

fn room_alert(alert: &RoomAlert) -> RoomAlertOut {
    let channels = alert.channels.iter();
    RoomAlertOut {
        alert: alert.alert.to_string(),
        case: alert.case.to_string(),
        state: alert.state.as_str().to_owned(),
        handed: channels.clone().map(|one| one.handed).sum(),
        inside: channels.clone().map(|one| one.inside).sum(),
        failed: channels.map(|one| one.failed).sum(),
    }
}
