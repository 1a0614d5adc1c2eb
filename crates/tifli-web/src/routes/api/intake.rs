//! Around the answers of a report: who answers, whose answer counts, what is sealed, the lists, the
//! places to check, and first alarms of the line.

mod on_paper;

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_app::check::{CheckResult, PlaceToCheck};
use tifli_app::intake::NewKnown;
use tifli_domain::alarm::Lines;
use tifli_domain::id::CaseId;
use tifli_domain::intake::{Field, KnownList, Source, TypedItem};
use tifli_domain::permission::Act;
use utoipa::ToSchema;

use super::cases::{AnswerOut, answer_out};
use super::{Route, at, done, get, json, may, post};
use crate::problem::{Answer, Refused};
use crate::request::{Id, IdempotencyKey, Json, SignedIn};
use crate::server::WebState;

/// A person who answers questions.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SourceIn {
    /// `parent`, `sibling`, `friend`, `teacher`, `relative`, `neighbor`, `other`.
    tie: String,
    /// Their name.
    name: String,
}

/// The number of a person who answers.
#[derive(Serialize, ToSchema)]
pub(super) struct SourceNumber {
    /// Send it with answers.
    source: u32,
}

/// Whose answer to a question the report takes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PreferIn {
    /// The question.
    field: String,
    /// Who said it.
    source: u32,
}

/// Why sealed answers are opened.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WhyIn {
    /// In a sentence; 1 000 characters at most.
    reason: String,
}

/// Sealed answers, opened.
#[derive(Serialize, ToSchema)]
pub(super) struct OpenedOut {
    /// By question, each with what different people said.
    answers: BTreeMap<&'static str, Vec<AnswerOut>>,
}

/// A row of a list.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RowIn {
    /// `person` or `place`.
    list: String,
    /// The row it changes; a new one if left out.
    item: Option<i64>,
    /// Values by field.
    #[serde(default)]
    values: BTreeMap<String, String>,
    /// Who said it; 0, the default, is the reporter.
    #[serde(default)]
    source: u32,
}

/// A row to take off a list.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DropIn {
    /// `person` or `place`.
    list: String,
    /// The row.
    item: i64,
}

/// The number of a row.
#[derive(Serialize, ToSchema)]
pub(super) struct RowNumber {
    /// Within its list.
    item: i64,
}

/// A row of a list, opened.
#[derive(Serialize, ToSchema)]
pub(super) struct RowOut {
    /// `person` or `place`.
    list: &'static str,
    /// Its number within the list.
    item: i64,
    /// Values by field, without the empty ones.
    values: BTreeMap<&'static str, String>,
    /// Who said it.
    source: u32,
    /// When it was written down.
    at: String,
}

/// The lists of a case.
#[derive(Serialize, ToSchema)]
pub(super) struct RowsOut {
    /// People, then places.
    rows: Vec<RowOut>,
}

/// Which unit looks.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct UnitIn {
    /// Its name; empty takes the place back.
    unit: String,
}

/// What a look came to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LookIn {
    /// `nothing`, `traces`, `found`, `not_reachable`.
    outcome: String,
    /// In words; 1 000 characters at most.
    #[serde(default)]
    note: String,
}

/// What a look came to.
#[derive(Serialize, ToSchema)]
pub(super) struct LookOut {
    /// `nothing`, `traces`, `found`, `not_reachable`.
    outcome: &'static str,
    /// In words.
    note: String,
    /// Who wrote it down.
    by: String,
    /// When.
    at: String,
}

/// A place to check.
#[derive(Serialize, ToSchema)]
pub(super) struct PlaceOut {
    /// The case.
    case: String,
    /// Its number within the case.
    item: i64,
    /// Which answer it comes from.
    origin: String,
    /// Why it is on the list.
    reason: &'static str,
    /// Whether it is one of those looked into in the first minutes.
    hasty: bool,
    /// The place in words; may be empty where the reason says it all.
    words: String,
    /// A code of the pack, for stations and ports.
    hub: String,
    /// When the child is usually there.
    usual: String,
    /// Latitude and longitude, if a point is known.
    point: Option<(f64, f64)>,
    /// Which unit it is given to.
    unit: Option<String>,
    /// When it was given.
    assigned_at: Option<String>,
    /// Whether somebody must still look.
    open: bool,
    /// Whether it is one to look at no more: the child avoids who is there.
    withdrawn: bool,
    /// What the looks came to, the first one first.
    results: Vec<LookOut>,
}

/// Places to check.
#[derive(Serialize, ToSchema)]
pub(super) struct PlacesToCheck {
    /// Those to be checked first in front.
    places: Vec<PlaceOut>,
}

/// A first alarm.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AlarmIn {
    /// Who calls, with a number.
    caller: String,
    /// The child's first name and age.
    child: String,
    /// Where and when last seen.
    seen: String,
    /// The district, if chosen by hand.
    #[serde(default)]
    district: String,
}

/// Where a first alarm went.
#[derive(Serialize, ToSchema)]
pub(super) struct AlarmOut {
    /// The case.
    case: String,
    /// The district that has it.
    district: String,
}

/// The routes.
pub(super) fn routes() -> Vec<Route> {
    let (read, take) = (may(Act::ReadCase), may(Act::TakeReport));
    let (give, look) = (may(Act::AssignPlace), may(Act::RecordPlace));
    let mut all = vec![
        post("/api/v1/cases/{id}/sources", take, add_source)
            .says("Adds a person who answers questions beside the reporter.")
            .takes::<SourceIn>()
            .gives::<SourceNumber>(201),
        post("/api/v1/cases/{id}/preferences", take, prefer)
            .says("Makes the report take this person's answer to a question; everybody's answer stays.")
            .takes::<PreferIn>()
            .gives_nothing(),
        post("/api/v1/cases/{id}/sealed", may(Act::OpenSealed), open_sealed)
            .says("Opens the sealed answers of a case for a reason, which is kept with an audit entry.")
            .takes::<WhyIn>()
            .gives::<OpenedOut>(200),
        get("/api/v1/cases/{id}/lists", read, lists)
            .says("The lists of people and places; one audit entry.")
            .gives::<RowsOut>(200),
        post("/api/v1/cases/{id}/lists", take, save_row)
            .says("Adds a row to a list, or changes one; the earlier one is kept.")
            .takes::<RowIn>()
            .gives::<RowNumber>(200),
        post("/api/v1/cases/{id}/lists/remove", take, drop_row)
            .says("Takes a row off a list.")
            .takes::<DropIn>()
            .gives_nothing(),
        get("/api/v1/cases/{id}/places", read, places)
            .says("The places to check, those to be checked first in front; one audit entry.")
            .gives::<PlacesToCheck>(200),
        post("/api/v1/cases/{id}/places/{item}/unit", give, assign)
            .says("Gives a place to a unit of the case's district.")
            .takes::<UnitIn>()
            .gives_nothing(),
        post("/api/v1/cases/{id}/places/{item}/results", look, record)
            .says("Appends what a look at a place came to. It never changes the case.")
            .takes::<LookIn>()
            .gives_nothing(),
        get("/api/v1/checks", look, of_unit)
            .says("The places that were given to this person's unit.")
            .gives::<PlacesToCheck>(200),
        post("/api/v1/alarms", may(Act::RaiseAlarm), raise)
            .says("Opens a case from three lines and sends it to the competent district.")
            .takes::<AlarmIn>()
            .gives::<AlarmOut>(201)
            .may_repeat(),
        post("/api/v1/cases/{id}/take-over", may(Act::TakeOverAlarm), take_over)
            .says("Takes a first alarm over for its district.")
            .gives_nothing(),
    ];
    all.extend(on_paper::routes());
    all
}

async fn add_source(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<SourceIn>,
) -> Answer {
    let tie = given.tie.parse();
    let tie = tie.map_err(|_| Refused::field("tie", "not_an_answer"))?;
    let new = (tie, given.name.as_str());
    let source = state.app().add_source(&who.actor, case, new).await?;
    let source = source.number();
    json(StatusCode::CREATED, &SourceNumber { source })
}

async fn prefer(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<PreferIn>,
) -> Answer {
    let field = Field::find(&given.field);
    let field = field.ok_or_else(|| Refused::field("field", "unknown_field"))?;
    let pick = (field, Source::new(given.source));
    state.app().prefer_source(&who.actor, case, pick).await?;
    Ok(done())
}

async fn open_sealed(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<WhyIn>,
) -> Answer {
    let app = state.app();
    let opened = app.open_sealed_answers(&who.actor, case, &given.reason);
    let mut answers: BTreeMap<_, Vec<AnswerOut>> = BTreeMap::new();
    for said in opened.await? {
        let of_field = answers.entry(said.field.name()).or_default();
        of_field.push(answer_out(said.answer));
    }
    json(StatusCode::OK, &OpenedOut { answers })
}

async fn lists(State(state): State<WebState>, who: SignedIn, Id(case): Id<CaseId>) -> Answer {
    let rows = state.app().read_lists(&who.actor, case).await?;
    let rows = rows.into_iter().map(|row| {
        let (list, typed) = (row.row.list(), row.row.typed());
        let values = list.fields().iter().map(|name| (*name, typed.get(name)));
        let values = values.filter(|(_, value)| !value.is_empty());
        RowOut {
            list: list.as_str(),
            item: row.item,
            values: values
                .map(|(name, value)| (name, value.to_owned()))
                .collect(),
            source: row.source.number(),
            at: at(row.at_ms),
        }
    });
    let rows = rows.collect();
    json(StatusCode::OK, &RowsOut { rows })
}

async fn save_row(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<RowIn>,
) -> Answer {
    let new = NewKnown {
        list: list_of(&given.list)?,
        item: given.item,
        typed: TypedItem::new(given.values),
        source: Source::new(given.source),
    };
    let item = state.app().save_known(&who.actor, case, new).await?;
    json(StatusCode::OK, &RowNumber { item })
}

async fn drop_row(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<DropIn>,
) -> Answer {
    let row = (list_of(&given.list)?, given.item);
    state.app().drop_known(&who.actor, case, row).await?;
    Ok(done())
}

async fn places(State(state): State<WebState>, who: SignedIn, Id(case): Id<CaseId>) -> Answer {
    let places = state.app().places(&who.actor, case).await?.into_iter();
    let places = places.map(|place| place_out(case, place)).collect();
    json(StatusCode::OK, &PlacesToCheck { places })
}

async fn of_unit(State(state): State<WebState>, who: SignedIn) -> Answer {
    let places = state.app().places_of_unit(&who.actor).await?.into_iter();
    let places = places.map(|one| place_out(one.case, one.place)).collect();
    json(StatusCode::OK, &PlacesToCheck { places })
}

async fn assign(
    State(state): State<WebState>,
    who: SignedIn,
    Path((case, item)): Path<(String, String)>,
    Json(given): Json<UnitIn>,
) -> Answer {
    let place = place_of(&case, &item)?;
    let app = state.app();
    app.assign_place(&who.actor, place, &given.unit).await?;
    Ok(done())
}

async fn record(
    State(state): State<WebState>,
    who: SignedIn,
    Path((case, item)): Path<(String, String)>,
    Json(given): Json<LookIn>,
) -> Answer {
    let place = place_of(&case, &item)?;
    let outcome = given.outcome.parse();
    let outcome = outcome.map_err(|_| Refused::field("outcome", "not_an_answer"))?;
    let look = (outcome, given.note.as_str());
    state.app().record_place(&who.actor, place, look).await?;
    Ok(done())
}

async fn raise(
    State(state): State<WebState>,
    who: SignedIn,
    IdempotencyKey(key): IdempotencyKey,
    Json(given): Json<AlarmIn>,
) -> Answer {
    let key = key.unwrap_or_else(|| state.random_hex(16));
    let lines = Lines {
        caller: given.caller,
        child: given.child,
        seen: given.seen,
    };
    let alarm = (&lines, given.district.as_str());
    let raised = state.app().raise_alarm(&who.actor, &key, alarm).await?;
    let out = AlarmOut {
        case: raised.case.to_string(),
        district: raised.district,
    };
    json(StatusCode::CREATED, &out)
}

async fn take_over(State(state): State<WebState>, who: SignedIn, Id(case): Id<CaseId>) -> Answer {
    state.app().take_over_alarm(&who.actor, case).await?;
    Ok(done())
}

fn list_of(word: &str) -> Result<KnownList, Refused> {
    word.parse()
        .map_err(|_| Refused::field("list", "not_an_answer"))
}

/// The place that a path names.
pub fn place_of(case: &str, item: &str) -> Result<(CaseId, i64), Refused> {
    match (case.parse(), item.parse()) {
        (Ok(case), Ok(item)) => Ok((case, item)),
        _ => Err(Refused::not_found()),
    }
}

fn place_out(case: CaseId, place: PlaceToCheck) -> PlaceOut {
    PlaceOut {
        case: case.to_string(),
        item: place.item,
        open: place.is_open(),
        withdrawn: place.withdrawn,
        reason: place.reason.as_str(),
        hasty: place.reason.is_hasty(),
        origin: place.origin,
        words: place.place.words,
        hub: place.place.hub,
        usual: place.place.usual,
        point: place.place.point.map(|point| (point.lat(), point.lon())),
        unit: place.unit,
        assigned_at: place.assigned_ms.map(at),
        results: place.results.into_iter().map(look_out).collect(),
    }
}

fn look_out(result: CheckResult) -> LookOut {
    LookOut {
        outcome: result.outcome.as_str(),
        note: result.note,
        by: result.by.to_string(),
        at: at(result.at_ms),
    }
}
