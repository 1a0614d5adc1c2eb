//! A first alarm by the line: three lines open a case in the competent district, with a clock until
//! that district takes it over. What was typed is kept whole; what can be read of it becomes answers.

mod district;

#[cfg(test)]
mod stories;

use tifli_domain::Actor;
use tifli_domain::alarm::{FirstAlarm, Lines};
use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::id::CaseId;
use tifli_domain::intake::{Field, accept};
use tifli_domain::permission::{self, Act};
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::case::CaseRow;
use tifli_store::{Claim, DataKey, Tx, case};

use crate::bus::Event;
use crate::report::{find_opened, first_answers, still_open, text_problem};
use crate::stages::Stage;
use crate::{App, AppError, AppResult, duty};

/// Where a first alarm went.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raised {
    /// The case that was opened.
    pub case: CaseId,
    /// The district that has it now.
    pub district: String,
}

struct Raise {
    app: App,
    actor: Actor,
    claim: Claim,
    case: CaseId,
    key: DataKey,
    district: String,
    answers: Vec<(Field, String)>,
}

impl App {
    /// Opens a case from three lines in the competent district: the one chosen by hand, else the one
    /// nearest to a place that the line names. The same key again gives the same case.
    pub async fn raise_alarm(
        &self,
        actor: &Actor,
        key: &str,
        (lines, chosen): (&Lines, &str),
    ) -> AppResult<Raised> {
        self.permit_anywhere(actor, Act::RaiseAlarm)?;
        let alarm = FirstAlarm::read(lines).map_err(|errors| {
            let problem =
                |error: &tifli_domain::alarm::LineError| text_problem(error.line, error.problem);
            AppError::invalid(errors.iter().map(problem).collect())
        })?;
        let place = self.find_place_in(&alarm.seen);
        let district = self.competent(chosen, place.as_deref())?;
        self.permit(actor, Act::RaiseAlarm, &district)?;
        let asked = format!("{}\n{district}", lines.key());
        let claim = self.claim(actor, ("alarm", key), &asked)?;
        let case = CaseId::new(self.now_ms(), self.entropy());
        self.db().keys().create(&case.to_string()).await?;
        let answers = answers(lines, &alarm, place);
        let raise = Raise {
            app: self.clone(),
            actor: actor.clone(),
            claim,
            case,
            key: self.case_key(case).await?,
            district: district.clone(),
            answers: answers.clone(),
        };
        let stage = Stage::begin("alarm.raise", case);
        let opened = self
            .db()
            .write("raise_alarm", raise, |tx, raise| {
                Box::pin(raise_in(tx, raise))
            })
            .await?;
        stage.commit();
        if opened == case {
            for (field, value) in &answers {
                self.index().put(case, *field, value);
            }
        }
        self.bus().ring(Event::Case(opened.to_string()));
        self.bus().ring(Event::Board);
        Ok(Raised {
            case: opened,
            district,
        })
    }

    /// Takes an alarm of the line over for its district, as somebody of that district; the report is
    /// then to be completed by a time of its own.
    pub async fn take_over_alarm(&self, actor: &Actor, case: CaseId) -> AppResult<()> {
        let args = (self.clone(), actor.clone(), case);
        self.db()
            .write("take_over_alarm", args, |tx, (app, actor, case)| {
                Box::pin(async move {
                    let row = case::get(tx, *case).await?;
                    app.permit(actor, Act::TakeOverAlarm, &row.district)?;
                    still_open(&row)?;
                    taken_over(tx, app, actor, *case).await
                })
            })
            .await?;
        self.bus().ring(Event::Board);
        self.bus().ring(Event::Case(case.to_string()));
        Ok(())
    }
}

/// Settles the duty of taking an alarm over, if there is one; its report is to be completed now.
async fn taken_over(tx: &mut Tx, app: &App, actor: &Actor, case: CaseId) -> AppResult<()> {
    let waited = (case, DutyKind::TakeOverAlarm, "");
    if duty::settle(tx, waited, (DutyEnd::Done, Some(actor.person))).await? {
        duty::open(tx, app, (case, DutyKind::CompleteReport, "")).await?;
        let object = ObjectId::new("case", case);
        tx.audit(Entry::new(actor.person, "case.take_over", object))?;
    }
    Ok(())
}

/// Whoever types into an alarm's report for its district has taken it over; the room has not, which
/// adds what the line still says.
pub(crate) async fn typed_into(
    tx: &mut Tx,
    app: &App,
    (actor, file): (&Actor, &CaseRow),
) -> AppResult<()> {
    match permission::check(actor, Act::TakeOverAlarm, &file.district) {
        Ok(()) => taken_over(tx, app, actor, file.case).await,
        Err(_) => Ok(()),
    }
}

/// The report of an alarm is received: nothing of it waits any more. Received by the room, it was never
/// taken over, and what waits from now on waits on the district's board.
pub(crate) async fn received(
    tx: &mut Tx,
    app: &App,
    (actor, file): (&Actor, &CaseRow),
) -> AppResult<()> {
    typed_into(tx, app, (actor, file)).await?;
    let by = Some(actor.person);
    let over = (file.case, DutyKind::TakeOverAlarm, "");
    duty::settle(tx, over, (DutyEnd::Needless, by)).await?;
    let complete = (file.case, DutyKind::CompleteReport, "");
    duty::settle(tx, complete, (DutyEnd::Done, by)).await?;
    Ok(())
}

/// The answers that can be read of the lines, and the lines themselves.
fn answers(lines: &Lines, alarm: &FirstAlarm, place: Option<String>) -> Vec<(Field, String)> {
    let first_name = match alarm.is_arabic {
        true => Field::ChildFirstNameAr,
        false => Field::ChildFirstName,
    };
    let age = alarm.age.map(|age| age.to_string()).unwrap_or_default();
    let read = [
        (Field::ReporterName, alarm.caller.clone()),
        (Field::ReporterPhone, alarm.phone.clone()),
        (first_name, alarm.first_name.clone()),
        (Field::ChildAge, age),
        (Field::LastSeenPlace, place.unwrap_or_default()),
        (Field::LastSeenWords, alarm.seen.clone()),
        (Field::Circumstances, lines.story()),
    ];
    let accepted = read.into_iter().filter_map(|(field, value)| {
        let value = accept(field, &value).ok()?;
        (!value.is_empty()).then_some((field, value))
    });
    accepted.collect()
}

async fn raise_in(tx: &mut Tx, raise: &Raise) -> AppResult<CaseId> {
    if let Some(opened) = find_opened(tx, &raise.claim).await? {
        return Ok(opened);
    }
    let (case_id, by) = (raise.case, raise.actor.person);
    let row = case::insert(tx, case_id, &raise.district, by).await?;
    first_answers(tx, &raise.key, (case_id, by), &raise.answers).await?;
    duty::open(tx, &raise.app, (case_id, DutyKind::TakeOverAlarm, "")).await?;
    tx.settle(&raise.claim, case_id, 201).await?;
    let detail = Detail::none()
        .with("district", &row.district)
        .with("number", row.number);
    let object = ObjectId::new("case", case_id);
    tx.audit(Entry::new(by, "case.alarm", object).with_detail(detail))?;
    Ok(case_id)
}
