//! Receiving a report: it must be whole and make sense on the map; from then on the clocks run.
//! And closing a file.

use std::collections::BTreeMap;

use tifli_domain::Actor;
use tifli_domain::alert::AlertState;
use tifli_domain::bulletin::Cause;
use tifli_domain::case::{CaseAct, CaseState};
use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::id::CaseId;
use tifli_domain::intake::{Field, FieldError, FieldProblem, Report, Warning};
use tifli_domain::permission::Act;
use tifli_geo::looks_swapped;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::case::CaseRow;
use tifli_store::{DataKey, Reads, Tx, alert, case};
use tifli_units::{Kilometres, Position};

use super::{beside, erased, not_erased, problem};
use crate::bus::Event;
use crate::closing::write_closed;
use crate::stages::Stage;
use crate::{App, AppError, AppResult, bulletin, duty, publication, venue};

/// How far outside of the drawn coast a point may lie without being asked about: quays and beaches
/// are finer than the outline.
const COAST_KM: f64 = 1.0;

/// Whether a person has confirmed what is unusual about a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Confirmation {
    /// Not asked yet.
    None,
    /// They saw it and confirm it.
    Given,
}

/// What became of a report that was handed in.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::large_enum_variant,
    reason = "one is made for each report, and nearly all are the large one"
)]
pub enum Receiving {
    /// It is received (or was already).
    Received(CaseRow),
    /// Something is unusual and a person must confirm it; nothing changed.
    NeedsConfirmation(Vec<Warning>),
}

impl App {
    /// Receives a report that is whole; otherwise every problem is named beside its field.
    /// Receiving twice is harmless.
    pub async fn receive(
        &self,
        actor: &Actor,
        case: CaseId,
        confirmation: Confirmation,
    ) -> AppResult<Receiving> {
        // An erased case has no key; why it is not received is said by the write.
        let key = self.find_case_key(case).await?;
        let args = (self.clone(), actor.clone(), key, (case, confirmation));
        let stage = Stage::begin("report.receive", case);
        let outcome = self
            .db()
            .write("receive_report", args, |tx, args| {
                let (app, actor, key, which) = args;
                Box::pin(receive_in(tx, (app, key.as_ref()), actor, *which))
            })
            .await?;
        stage.commit();
        self.bus().ring(Event::Case(case.to_string()));
        self.announce_bulletin(case);
        Ok(outcome)
    }

    /// Closes the file of a case whose alert is over, or that never had one. Refused while anything
    /// of its closing stands open; each open item is named.
    pub async fn close_case(&self, actor: &Actor, case: CaseId) -> AppResult<CaseRow> {
        let key = self.find_case_key(case).await?;
        let args = (self.clone(), actor.clone(), key, case);
        let stage = Stage::begin("case.close", case);
        let row = self
            .db()
            .write("close_case", args, |tx, (app, actor, key, case)| {
                Box::pin(close_in(tx, (app, key.as_ref()), actor, *case))
            })
            .await?;
        stage.commit();
        self.bus().ring(Event::Case(case.to_string()));
        self.announce_bulletin(case);
        Ok(row)
    }

    /// Reads a report and places it on the map: what it says, where, and what is unusual about it.
    pub(crate) fn read_report(
        &self,
        answers: &BTreeMap<Field, String>,
    ) -> Result<(Report, Position, Vec<Warning>), Vec<FieldError>> {
        let report = Report::read(answers, self.pack().zone(), self.now())?;
        let place = match &report.place {
            None => None,
            Some(id) => match self.pack().places().find(id) {
                Some(place) => Some(place.position),
                None => {
                    return Err(vec![beside(
                        Field::LastSeenPlace,
                        FieldProblem::NotAnAnswer,
                    )]);
                }
            },
        };
        let Some(position) = report.point.or(place) else {
            return Err(vec![beside(Field::LastSeenPlace, FieldProblem::Missing)]);
        };
        let country = self.pack().outline();
        if report.point.is_some() && looks_swapped(position, country).is_some() {
            return Err(vec![
                beside(Field::LastSeenLat, FieldProblem::Swapped),
                beside(Field::LastSeenLon, FieldProblem::Swapped),
            ]);
        }
        let mut warnings = report.warnings(self.now());
        let coast = Kilometres::new(COAST_KM).expect("a kilometre is a distance");
        if !country.contains_grown(position, coast) {
            warnings.push(Warning::OutsideCountry);
        }
        Ok((report, position, warnings))
    }
}

/// Receives a report within a write; nothing is committed if it is not whole.
pub(crate) async fn receive_in(
    tx: &mut Tx,
    (app, key): (&App, Option<&DataKey>),
    actor: &Actor,
    (case, confirmation): (CaseId, Confirmation),
) -> AppResult<Receiving> {
    let mut row = case::get(tx, case).await?;
    app.permit(actor, Act::TakeReport, &row.district)?;
    not_erased(&row)?;
    if row.state != CaseState::Draft {
        return Ok(Receiving::Received(row));
    }
    let answers = app.answers_in(tx, actor, case).await?;
    let (report, _, warnings) = app
        .read_report(&answers)
        .map_err(|errors| AppError::invalid(errors.into_iter().map(problem).collect()))?;
    if !warnings.is_empty() && confirmation == Confirmation::None {
        return Ok(Receiving::NeedsConfirmation(warnings));
    }
    row.state = row.state.after(CaseAct::Receive)?;
    let last_seen_ms = report.last_seen_at.as_millisecond();
    let on_paper = crate::intake::true_time(tx, case, last_seen_ms).await?;
    let began = venue::grown(tx, actor, case).await?;
    let received_ms = began.or(on_paper).unwrap_or(tx.now_ms());
    row.received_ms = Some(received_ms);
    case::update(tx, &row).await?;
    crate::alarm::received(tx, app, (actor, &row)).await?;
    crate::check::refresh_in(tx, app, actor, case).await?;
    crate::figures::note_basis(tx, app, case, &answers).await?;
    let publish_ms = received_ms + DutyKind::Publish.minutes() * 60_000;
    duty::open_until(tx, app, (case, DutyKind::Publish, ""), publish_ms).await?;
    publication::received(tx, app, case).await?;
    let mut detail = Detail::none();
    if !warnings.is_empty() {
        let confirmed: Vec<&str> = warnings.iter().map(|warning| code(*warning)).collect();
        detail = detail.with("confirmed", confirmed.join(","));
    }
    if let Some(on_paper) = on_paper {
        detail = detail
            .with("on_paper_ms", on_paper)
            .with("typed_ms", tx.now_ms());
    }
    let object = ObjectId::new("case", case);
    tx.audit(Entry::new(actor.person, "case.receive", object).with_detail(detail))?;
    let key = key.ok_or_else(erased)?;
    bulletin::open(tx, (app, key), (&row, actor.person), &answers).await?;
    Ok(Receiving::Received(row))
}

async fn close_in(
    tx: &mut Tx,
    (app, key): (&App, Option<&DataKey>),
    actor: &Actor,
    case: CaseId,
) -> AppResult<CaseRow> {
    let mut row = case::get(tx, case).await?;
    app.permit(actor, Act::TakeReport, &row.district)?;
    not_erased(&row)?;
    row.state = row.state.after(CaseAct::Close)?;
    let alerts = alert::list_by_case(tx, case).await?;
    if alerts
        .iter()
        .any(|alert| alert.state == AlertState::Preparing)
    {
        return Err(AppError::conflict("alert_still_prepared"));
    }
    row.closed_ms = Some(tx.now_ms());
    case::update(tx, &row).await?;
    let by = Some(actor.person);
    for kind in [
        DutyKind::TakeOverAlarm,
        DutyKind::CompleteReport,
        DutyKind::Publish,
    ] {
        duty::settle(tx, (case, kind, ""), (DutyEnd::Needless, by)).await?;
    }
    publication::closed(tx, case, actor.person).await?;
    write_closed(tx, app, actor, &row).await?;
    let key = key.ok_or_else(erased)?;
    bulletin::cease(tx, (app, key), (case, Some(actor.person)), Cause::Closed).await?;
    Ok(row)
}

fn code(warning: Warning) -> &'static str {
    match warning {
        Warning::LongAgo => "long_ago",
        Warning::OutsideCountry => "outside_country",
        Warning::NoSubscriber => "no_subscriber",
    }
}
