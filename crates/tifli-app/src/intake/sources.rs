//! Who answers beside the reporter, and whose answer to a question the report takes.

use tifli_domain::Actor;
use tifli_domain::case::CaseState;
use tifli_domain::id::CaseId;
use tifli_domain::intake::{Field, Source, Tie, source_name};
use tifli_domain::permission::Act;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::{DataKey, Tx, case, intake};

use crate::bus::Event;
use crate::report::{Index, still_open, text_problem};
use crate::{App, AppError, AppResult, check, figures};

struct New {
    app: App,
    actor: Actor,
    case: CaseId,
    key: DataKey,
    tie: Tie,
    name: String,
}

impl App {
    /// Adds a person of the case who answers questions, with what they are to the child.
    pub async fn add_source(
        &self,
        actor: &Actor,
        case: CaseId,
        (tie, name): (Tie, &str),
    ) -> AppResult<Source> {
        let row = self.case_row(case).await?;
        self.permit(actor, Act::TakeReport, &row.district)?;
        still_open(&row)?;
        let name = source_name(name)
            .map_err(|error| AppError::invalid(vec![text_problem("name", error)]))?;
        if tie == Tie::Reporter {
            return Err(AppError::field("tie", "not_an_answer"));
        }
        let new = New {
            app: self.clone(),
            actor: actor.clone(),
            case,
            key: self.case_key(case).await?,
            tie,
            name,
        };
        let source = self
            .db()
            .write("add_source", new, |tx, new| Box::pin(add_in(tx, new)))
            .await?;
        self.bus().ring(Event::Case(case.to_string()));
        Ok(source)
    }

    /// Makes the report take this source's answer to a question from now on. Everybody's answer stays.
    pub async fn prefer_source(
        &self,
        actor: &Actor,
        case: CaseId,
        (field, source): (Field, Source),
    ) -> AppResult<()> {
        let args = (self.clone(), actor.clone(), case, (field, source));
        self.db()
            .write("prefer_source", args, |tx, (app, actor, case, pick)| {
                Box::pin(prefer_in(tx, app, actor, (*case, *pick)))
            })
            .await?;
        if Index::fields().any(|held| held == field) {
            let answers = self.answers(actor, case, "index").await?;
            let value = answers.get(&field).map(String::as_str);
            self.index().put(case, field, value.unwrap_or_default());
        }
        self.bus().ring(Event::Case(case.to_string()));
        Ok(())
    }
}

async fn add_in(tx: &mut Tx, new: &New) -> AppResult<Source> {
    let row = case::get(tx, new.case).await?;
    new.app.permit(&new.actor, Act::TakeReport, &row.district)?;
    still_open(&row)?;
    let source = intake::next_source(tx, new.case).await?;
    let context = intake::source_context(new.case, source);
    let name = new.key.seal(&context, new.name.as_bytes());
    let by = new.actor.person;
    intake::insert_source(tx, new.case, (source, new.tie), &name, by).await?;
    let detail = Detail::none()
        .with("source", source.number())
        .with("tie", new.tie.as_str());
    let object = ObjectId::new("case", new.case);
    tx.audit(Entry::new(by, "case.add_source", object).with_detail(detail))?;
    Ok(source)
}

async fn prefer_in(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    (case, (field, source)): (CaseId, (Field, Source)),
) -> AppResult<()> {
    let row = case::get(tx, case).await?;
    app.permit(actor, Act::TakeReport, &row.district)?;
    still_open(&row)?;
    let rows = case::list_answers(tx, case).await?;
    let answered = |row: &tifli_store::case::AnswerRow| {
        row.field == field && row.stands && row.said.source == source
    };
    if !rows.iter().any(answered) {
        return Err(AppError::field("source", "not_an_answer"));
    }
    intake::insert_pick(tx, case, (field, source), actor.person).await?;
    if row.state != CaseState::Draft && check::feeds(field) {
        check::refresh_in(tx, app, actor, case).await?;
    }
    if row.state != CaseState::Draft && figures::counts(field) {
        let answers = app.answers_in(tx, actor, case).await?;
        figures::note_basis(tx, app, case, &answers).await?;
    }
    let detail = Detail::none()
        .with("field", field.name())
        .with("source", source.number());
    let object = ObjectId::new("case", case);
    tx.audit(Entry::new(actor.person, "case.prefer", object).with_detail(detail))?;
    Ok(())
}
