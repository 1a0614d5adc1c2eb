//! Saving answers: appended, sealed, checked by the kind of their field; nothing is overwritten.
//!
//! An answer carries the number of the one its writer saw. If another stands by now, the new one is
//! kept beside it and both are shown, until a person chooses.

use std::collections::HashMap;

use tifli_domain::Actor;
use tifli_domain::case::CaseState;
use tifli_domain::id::CaseId;
use tifli_domain::intake::{self, Field, FieldError, FieldProblem, Kind, Section};
use tifli_domain::permission::Act;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::case::{AnswerRow, NewAnswer};
use tifli_store::{AuditedRead, DataKey, Reads, Tx, case};

use super::read::AnswerView;
use super::{beside, problem, still_open};
use crate::bus::Event;
use crate::stages::Stage;
use crate::{App, AppError, AppResult, Problem, publication};

/// One answer as typed. Its `Debug` shows no value.
#[derive(Clone, PartialEq, Eq)]
pub struct Typed {
    /// The question.
    pub field: Field,
    /// What was typed; empty takes an answer back.
    pub value: String,
    /// The number of the answer its writer saw, 0 where there was none.
    pub base_seq: i64,
}

/// What became of one answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Save {
    /// It stands (or stood already) under this number.
    Saved {
        /// Its number; 0 where nothing was answered before and nothing is now.
        seq: i64,
        /// When it was given.
        at_ms: i64,
    },
    /// Another answer came meanwhile and stands; this one is kept under `kept_seq`.
    Conflict {
        /// The answer that stands.
        current: AnswerView,
        /// The number under which the new one is kept.
        kept_seq: i64,
    },
}

/// What became of a whole form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SavedMany {
    /// Each answer that could be kept.
    pub saved: Vec<(Field, Save)>,
    /// What could not be accepted, beside its field; those answers were not kept.
    pub problems: Vec<Problem>,
}

impl std::fmt::Debug for Typed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Typed({} over {})", self.field.name(), self.base_seq)
    }
}

struct Job {
    app: App,
    actor: Actor,
    case: CaseId,
    key: DataKey,
    answers: Vec<Typed>,
}

/// The answers to one question as they are now, opened.
struct Present {
    last_seq: i64,
    current: Option<AnswerView>,
    /// The same person's answer that met a newer one and was kept last.
    own_kept: Option<(i64, String)>,
}

impl App {
    /// Saves one answer. A value that its field does not allow is refused beside the field.
    pub async fn save_answer(&self, actor: &Actor, case: CaseId, typed: Typed) -> AppResult<Save> {
        let mut outcome = self.save_many(actor, case, vec![typed]).await?;
        match outcome.saved.pop() {
            Some((_, saved)) => Ok(saved),
            None => Err(AppError::invalid(outcome.problems)),
        }
    }

    /// Saves a whole form in one write: what can be kept is, what cannot is named.
    pub async fn save_many(
        &self,
        actor: &Actor,
        case: CaseId,
        typed: Vec<Typed>,
    ) -> AppResult<SavedMany> {
        let row = self.case_row(case).await?;
        self.permit(actor, Act::TakeReport, &row.district)?;
        still_open(&row)?;
        let mut problems = Vec::new();
        let mut answers = Vec::new();
        for one in typed {
            match self.accept(one.field, &one.value) {
                Ok(value) => answers.push(Typed { value, ..one }),
                Err(error) => problems.push(problem(error)),
            }
        }
        if answers.is_empty() {
            return Ok(SavedMany {
                saved: Vec::new(),
                problems,
            });
        }
        let stage = Stage::begin_for("report.save", case, answers.len());
        let job = Job {
            app: self.clone(),
            actor: actor.clone(),
            case,
            key: self.case_key(case).await?,
            answers: answers.clone(),
        };
        let saved = self
            .db()
            .write("save_answers", job, |tx, job| Box::pin(save_in(tx, job)))
            .await?;
        stage.commit();
        for (typed, (field, outcome)) in answers.iter().zip(&saved) {
            if matches!(outcome, Save::Saved { .. }) {
                self.index().put(case, *field, &typed.value);
            }
        }
        self.bus().ring(Event::Case(case.to_string()));
        Ok(SavedMany { saved, problems })
    }

    /// The value as it is to be kept, by the field's kind and the pack's codes.
    fn accept(&self, field: Field, typed: &str) -> Result<String, FieldError> {
        let value = intake::accept(field, typed).map_err(|why| beside(field, why))?;
        let known = value.is_empty()
            || match field.kind() {
                Kind::PackCode(list) => self
                    .pack()
                    .choices(list)
                    .is_some_and(|choices| choices.iter().any(|choice| choice.id == value)),
                Kind::Place => self.pack().places().find(&value).is_some(),
                _ => true,
            };
        if known {
            Ok(value)
        } else {
            Err(beside(field, FieldProblem::NotAnAnswer))
        }
    }
}

async fn save_in(tx: &mut Tx, job: &Job) -> AppResult<Vec<(Field, Save)>> {
    let row = case::get(tx, job.case).await?;
    job.app.permit(&job.actor, Act::TakeReport, &row.district)?;
    still_open(&row)?;
    let mut present = open_present(tx, job).await?;
    let mut outcomes = Vec::with_capacity(job.answers.len());
    let mut stood = Vec::new();
    let mut kept = Vec::new();
    for typed in &job.answers {
        let known = present.remove(&typed.field);
        let outcome = match decide(typed, known) {
            Decision::Answered(outcome) => outcome,
            Decision::Append(seq) => {
                append(tx, job, typed, (seq, true)).await?;
                stood.push(typed.field.name());
                let at_ms = tx.now_ms();
                Save::Saved { seq, at_ms }
            }
            Decision::Keep(current, kept_seq) => {
                append(tx, job, typed, (kept_seq, false)).await?;
                kept.push(typed.field.name());
                Save::Conflict { current, kept_seq }
            }
        };
        outcomes.push((typed.field, closed(typed.field, outcome)));
    }
    let mut detail = Detail::none();
    if !stood.is_empty() {
        detail = detail.with("fields", stood.join(","));
    }
    if !kept.is_empty() {
        detail = detail.with("kept", kept.join(","));
    }
    let at_the_gate = |typed: &Typed| typed.field.section() == Section::Gate;
    if row.state != CaseState::Draft && job.answers.iter().any(at_the_gate) {
        publication::gate_answered(tx, &job.app, job.case).await?;
    }
    if detail != Detail::none() {
        let object = ObjectId::new("case", job.case);
        tx.audit(Entry::new(job.actor.person, "case.answer", object).with_detail(detail))?;
    }
    Ok(outcomes)
}

/// What a sealed question's other answer says stays sealed.
fn closed(field: Field, mut outcome: Save) -> Save {
    if let Save::Conflict { current, .. } = &mut outcome
        && field.is_sealed()
    {
        current.value.clear();
    }
    outcome
}

enum Decision {
    /// Nothing is to be written.
    Answered(Save),
    /// It stands, under this number.
    Append(i64),
    /// It met a newer answer and is kept under this number.
    Keep(AnswerView, i64),
}

fn decide(typed: &Typed, present: Option<Present>) -> Decision {
    let Some(present) = present else {
        return match typed.value.is_empty() {
            true => Decision::Answered(Save::Saved { seq: 0, at_ms: 0 }),
            false => Decision::Append(1),
        };
    };
    let next = present.last_seq + 1;
    let Some(current) = present.current else {
        return Decision::Append(next);
    };
    if current.value == typed.value {
        let (seq, at_ms) = (current.seq, current.at_ms);
        return Decision::Answered(Save::Saved { seq, at_ms });
    }
    if current.seq == typed.base_seq {
        return Decision::Append(next);
    }
    match present.own_kept {
        Some((kept_seq, value)) if value == typed.value => {
            Decision::Answered(Save::Conflict { current, kept_seq })
        }
        _ => Decision::Keep(current, next),
    }
}

async fn append(
    tx: &mut Tx,
    job: &Job,
    typed: &Typed,
    (seq, stands): (i64, bool),
) -> AppResult<()> {
    let context = case::answer_context(job.case, typed.field, seq);
    let answer = NewAnswer {
        case: job.case,
        field: typed.field,
        seq,
        value_sealed: job.key.seal(&context, typed.value.as_bytes()),
        by: job.actor.person,
        stands,
    };
    Ok(case::insert_answer(tx, &answer).await?)
}

/// What is answered now to the questions of the job; what is opened has its entry in this write.
async fn open_present(tx: &mut Tx, job: &Job) -> AppResult<HashMap<Field, Present>> {
    let mut questions: HashMap<Field, Vec<AnswerRow>> = HashMap::new();
    for row in case::list_answers(tx, job.case).await? {
        if job.answers.iter().any(|typed| typed.field == row.field) {
            questions.entry(row.field).or_default().push(row);
        }
    }
    if questions.is_empty() {
        return Ok(HashMap::new());
    }
    let mut wanted = Vec::new();
    for rows in questions.values() {
        wanted.extend(standing(rows).cloned());
        wanted.extend(own_kept(rows, &job.actor).cloned());
    }
    let read = AuditedRead {
        actor: job.actor.person.to_string(),
        reason: "save".to_owned(),
        objects: vec![ObjectId::new("case", job.case)],
    };
    let sealed = wanted.iter().map(|row| row.value.clone()).collect();
    let opened = tx.open(read, sealed).await?;
    let mut values = HashMap::new();
    for (place, row) in wanted.iter().enumerate() {
        let text = opened.text(place).unwrap_or_default().to_owned();
        values.insert((row.field, row.seq), text);
    }
    let mut value = |row: &AnswerRow| values.remove(&(row.field, row.seq)).unwrap_or_default();
    let mut present = HashMap::new();
    for (field, rows) in &questions {
        let state = Present {
            last_seq: rows.last().map_or(0, |row| row.seq),
            current: standing(rows).map(|row| AnswerView::new(row, value(row))),
            own_kept: own_kept(rows, &job.actor).map(|row| (row.seq, value(row))),
        };
        present.insert(*field, state);
    }
    Ok(present)
}

fn standing(rows: &[AnswerRow]) -> Option<&AnswerRow> {
    rows.iter().rev().find(|row| row.stands)
}

fn own_kept<'r>(rows: &'r [AnswerRow], actor: &Actor) -> Option<&'r AnswerRow> {
    rows.last()
        .filter(|row| !row.stands && row.by == actor.person)
}
