//! Working through the places to check: the list, who looks where, what each look came to. A unit sees
//! what it was given and nothing else of the file.

use tifli_domain::check::{CheckedPlace, Outcome, Reason};
use tifli_domain::id::{CaseId, PersonId};
use tifli_domain::permission::Act;
use tifli_domain::{Actor, Role, text};
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::check::{self, CheckRow, ResultRow};
use tifli_store::{AuditedRead, DataKey, Opened, Tx, case, people};

use crate::bus::Event;
use crate::report::{not_erased, reading, still_open, text_problem};
use crate::{App, AppError, AppResult};

/// The most characters of a note.
const NOTE: usize = 1_000;

/// What one look at a place came to. Its `Debug` shows no note.
#[derive(Clone, PartialEq, Eq)]
pub struct CheckResult {
    /// What it came to.
    pub outcome: Outcome,
    /// The note; may be empty.
    pub note: String,
    /// Who wrote it down.
    pub by: PersonId,
    /// When.
    pub at_ms: i64,
}

/// A place to check, opened.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceToCheck {
    /// Its number within the case.
    pub item: i64,
    /// Which answer it comes from: `hasty:house`, `field:school`, `place:3`, `person:2`, `hub:train`.
    pub origin: String,
    /// Why it is on the list.
    pub reason: Reason,
    /// The place.
    pub place: CheckedPlace,
    /// Which unit it is given to.
    pub unit: Option<String>,
    /// Who gave it.
    pub assigned_by: Option<PersonId>,
    /// When.
    pub assigned_ms: Option<i64>,
    /// Whether it is one to look at no more: the child avoids who is there.
    pub withdrawn: bool,
    /// What the looks came to, the first one first.
    pub results: Vec<CheckResult>,
}

/// A place as the unit sees it that was given it.
#[derive(Debug, Clone, PartialEq)]
pub struct UnitPlace {
    /// The case.
    pub case: CaseId,
    /// Its number among all cases.
    pub case_number: i64,
    /// The place.
    pub place: PlaceToCheck,
}

struct Look {
    app: App,
    actor: Actor,
    key: DataKey,
    place: (CaseId, i64),
    outcome: Outcome,
    note: String,
}

impl PlaceToCheck {
    /// What the last look came to.
    pub fn outcome(&self) -> Option<Outcome> {
        self.results.last().map(|result| result.outcome)
    }

    /// Whether somebody must still look.
    pub fn is_open(&self) -> bool {
        !self.withdrawn && self.outcome().is_none_or(Outcome::leaves_open)
    }
}

impl std::fmt::Debug for CheckResult {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "CheckResult({} by {})", self.outcome.as_str(), self.by)
    }
}

impl App {
    /// The places to check of a case, those to be checked first in front; one audit entry. One that was
    /// withdrawn is shown only with what looks there came to.
    pub async fn places(&self, actor: &Actor, case_id: CaseId) -> AppResult<Vec<PlaceToCheck>> {
        let (file, rows, results) = self
            .db()
            .read("places", case_id, |reads, case_id| {
                Box::pin(async move {
                    let file = case::get(reads, *case_id).await?;
                    let mut rows = check::list(reads, *case_id).await?;
                    let results = check::list_results(reads, *case_id).await?;
                    rows.retain(|row| {
                        let has = |result: &ResultRow| result.item == row.item;
                        row.withdrawn_ms.is_none() || results.iter().any(has)
                    });
                    Ok::<_, AppError>((file, rows, results))
                })
            })
            .await?;
        self.permit(actor, Act::ReadCase, &file.district)?;
        not_erased(&file)?;
        let read = reading(actor, case_id, "places");
        let opened = self.db().open_sealed(read, sealed(&rows, &results)).await?;
        open_places(&rows, &results, &opened)
    }

    /// The places that were given to this person's unit; one audit entry that names their cases.
    pub async fn places_of_unit(&self, actor: &Actor) -> AppResult<Vec<UnitPlace>> {
        self.permit_anywhere(actor, Act::RecordPlace)?;
        let args = (actor.district.clone(), actor.unit.clone());
        let (rows, results) = self
            .db()
            .read("places_of_unit", args, |reads, (district, unit)| {
                Box::pin(async move {
                    let rows = check::list_of_unit(reads, district, unit).await?;
                    let mut results = Vec::new();
                    for row in &rows {
                        let all = check::list_results(reads, row.case).await?.into_iter();
                        let own = all.filter(|result| result.item == row.item);
                        results.push(own.collect::<Vec<_>>());
                    }
                    Ok::<_, AppError>((rows, results))
                })
            })
            .await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let mut cases: Vec<CaseId> = rows.iter().map(|row| row.case).collect();
        cases.sort();
        cases.dedup();
        let read = AuditedRead {
            actor: actor.person.to_string(),
            reason: "unit_places".to_owned(),
            objects: cases.iter().map(|id| ObjectId::new("case", id)).collect(),
        };
        let flat: Vec<ResultRow> = results.iter().flatten().cloned().collect();
        let opened = self.db().open_sealed(read, sealed(&rows, &flat)).await?;
        let mut first = rows.len();
        let mut places = Vec::with_capacity(rows.len());
        for (at, (row, own)) in rows.iter().zip(&results).enumerate() {
            places.push(UnitPlace {
                case: row.case,
                case_number: row.case_number,
                place: open_place(row, (own, first), &opened, at)?,
            });
            first += own.len();
        }
        Ok(places)
    }

    /// The units of a district that places can be given to, by name.
    pub async fn units(&self, actor: &Actor, district: &str) -> AppResult<Vec<String>> {
        self.permit(actor, Act::AssignPlace, district)?;
        let people = self
            .db()
            .read("units", (), |reads, ()| {
                Box::pin(async move { Ok::<_, AppError>(people::list(reads).await?) })
            })
            .await?;
        let mut units: Vec<String> = people
            .into_iter()
            .filter(|person| person.role == Role::Unit && person.district == district)
            .map(|person| person.unit)
            .filter(|unit| !unit.is_empty())
            .collect();
        units.sort();
        units.dedup();
        Ok(units)
    }

    /// Gives a place to a unit of the case's district; an empty name takes it back.
    pub async fn assign_place(
        &self,
        actor: &Actor,
        (case, item): (CaseId, i64),
        unit: &str,
    ) -> AppResult<()> {
        let row = self.case_row(case).await?;
        let units = self.units(actor, &row.district).await?;
        if !unit.is_empty() && !units.iter().any(|known| known == unit) {
            return Err(AppError::field("unit", "not_an_answer"));
        }
        let args = (self.clone(), actor.clone(), (case, item), unit.to_owned());
        self.db()
            .write("assign_place", args, |tx, (app, actor, place, unit)| {
                Box::pin(assign_in(tx, app, actor, (*place, unit)))
            })
            .await?;
        self.bus().ring(Event::Case(case.to_string()));
        Ok(())
    }

    /// Writes down what a look at a place came to. Every result is kept; none changes the case.
    pub async fn record_place(
        &self,
        actor: &Actor,
        place: (CaseId, i64),
        (outcome, note): (Outcome, &str),
    ) -> AppResult<()> {
        let row = self.case_row(place.0).await?;
        self.permit(actor, Act::RecordPlace, &row.district)?;
        still_open(&row)?;
        let note = text::plain(note, NOTE)
            .map_err(|error| AppError::invalid(vec![text_problem("note", error)]))?;
        let look = Look {
            app: self.clone(),
            actor: actor.clone(),
            key: self.case_key(place.0).await?,
            place,
            outcome,
            note,
        };
        self.db()
            .write("record_place", look, |tx, look| {
                Box::pin(record_in(tx, look))
            })
            .await?;
        self.bus().ring(Event::Case(place.0.to_string()));
        Ok(())
    }
}

async fn assign_in(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    ((case, item), unit): ((CaseId, i64), &str),
) -> AppResult<()> {
    let row = check::get(tx, (case, item)).await?;
    app.permit(actor, Act::AssignPlace, &row.district)?;
    still_open(&case::get(tx, case).await?)?;
    if row.withdrawn_ms.is_some() && !unit.is_empty() {
        return Err(AppError::conflict("not_possible_now"));
    }
    let unit = (!unit.is_empty()).then_some(unit);
    check::assign(tx, (case, item), unit, actor.person).await?;
    let detail = Detail::none()
        .with("item", item)
        .with("given", unit.is_some());
    let object = ObjectId::new("case", case);
    tx.audit(Entry::new(actor.person, "place.assign", object).with_detail(detail))?;
    Ok(())
}

async fn record_in(tx: &mut Tx, result: &Look) -> AppResult<()> {
    let (case, item) = result.place;
    let row = check::get(tx, result.place).await?;
    let actor = &result.actor;
    result.app.permit(actor, Act::RecordPlace, &row.district)?;
    still_open(&case::get(tx, case).await?)?;
    if actor.role == Role::Unit && row.unit.as_deref() != Some(actor.unit.as_str()) {
        return Err(AppError::conflict("not_assigned"));
    }
    let seq = check::next_result(tx, result.place).await?;
    let context = check::note_context(case, (item, seq));
    let note = result.key.seal(&context, result.note.as_bytes());
    check::insert_result(tx, (case, item, seq), result.outcome, &note, actor.person).await?;
    let detail = Detail::none()
        .with("item", item)
        .with("outcome", result.outcome.as_str());
    let object = ObjectId::new("case", case);
    tx.audit(Entry::new(actor.person, "place.result", object).with_detail(detail))?;
    Ok(())
}

fn sealed(rows: &[CheckRow], results: &[ResultRow]) -> Vec<tifli_store::Sealed> {
    let places = rows.iter().map(|row| row.place.clone());
    places
        .chain(results.iter().map(|row| row.note.clone()))
        .collect()
}

fn open_places(
    rows: &[CheckRow],
    results: &[ResultRow],
    opened: &Opened,
) -> AppResult<Vec<PlaceToCheck>> {
    let mut places = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        let own = |result: &ResultRow| result.item == row.item;
        let start = results.iter().position(own).unwrap_or(0);
        let amount = results.iter().filter(|result| own(result)).count();
        let own = &results[start..start + amount];
        places.push(open_place(row, (own, rows.len() + start), opened, at)?);
    }
    Ok(places)
}

/// One place with its results, whose notes were opened at `first` and after.
fn open_place(
    row: &CheckRow,
    (results, first): (&[ResultRow], usize),
    opened: &Opened,
    at: usize,
) -> AppResult<PlaceToCheck> {
    let text = opened.text(at).unwrap_or_default();
    let result = |(place, result): (usize, &ResultRow)| CheckResult {
        outcome: result.outcome,
        note: opened.text(first + place).unwrap_or_default().to_owned(),
        by: result.by,
        at_ms: result.at_ms,
    };
    Ok(PlaceToCheck {
        item: row.item,
        origin: row.origin.clone(),
        reason: row.reason,
        place: serde_json::from_str(text).map_err(|_| AppError::internal("place_check"))?,
        unit: row.unit.clone(),
        assigned_by: row.assigned_by,
        assigned_ms: row.assigned_ms,
        withdrawn: row.withdrawn_ms.is_some(),
        results: results.iter().enumerate().map(result).collect(),
    })
}
