//! Saving answers: appended, sealed, checked by the kind of their field; nothing is overwritten.
//!
//! An answer carries the number of the one its writer saw. If another stands by now, the new one is
//! kept beside it and both are shown, until a person chooses.

use std::collections::HashMap;

use tifli_domain::Actor;
use tifli_domain::case::CaseState;
use tifli_domain::id::CaseId;
use tifli_domain::intake::{
    Field, FieldError, FieldProblem, Kind, Said, Section, Source, accept_marked,
};
use tifli_domain::permission::Act;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::case::{AnswerRow, NewAnswer};
use tifli_store::{DataKey, Reads, Tx, case, intake};

use super::read::{AnswerView, reading};
use super::{beside, problem, still_open};
use crate::bus::Event;
use crate::check;
use crate::stages::Stage;
use crate::{App, AppError, AppResult, Problem, figures, publication};

/// One answer as typed. Its `Debug` shows no value.
#[derive(Clone, PartialEq, Eq)]
pub struct Typed {
    /// The question.
    pub field: Field,
    /// What was typed; empty takes an answer back.
    pub value: String,
    /// The number of the answer its writer saw, 0 where there was none.
    pub base_seq: i64,
    /// By whom and how it was said.
    pub said: Said,
    /// Whether it may have come once already.
    pub sending: Sending,
}

/// Whether an answer is sent for the first time. The line may drop after the answer was kept and before its sender heard
/// of it; sent again it must not count as another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sending {
    /// For the first time.
    #[default]
    First,
    /// Again: an earlier attempt had no reply.
    Again,
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

/// One source's answers to one question as they are now, opened.
struct Present {
    current: Option<AnswerView>,
    /// The same person's answer that met a newer one and was kept last.
    own_kept: Option<(i64, String)>,
    /// The same person's answer that followed the one its sender saw, where one is sent again.
    own_next: Option<AnswerView>,
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
            match self.accept(one.field, (&one.value, one.said)) {
                Ok((value, said)) => answers.push(Typed { value, said, ..one }),
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
        for (typed, (field, outcome)) in answers.iter().zip(&saved.outcomes) {
            let taken = saved.picks.get(field).copied().unwrap_or_default();
            if matches!(outcome, Save::Saved { .. }) && typed.said.source == taken {
                self.index().put(case, *field, &typed.value);
            }
        }
        self.bus().ring(Event::Case(case.to_string()));
        Ok(SavedMany {
            saved: saved.outcomes,
            problems,
        })
    }

    /// The value as it is to be kept, by the field's kind and the pack's codes.
    fn accept(
        &self,
        field: Field,
        (typed, said): (&str, Said),
    ) -> Result<(String, Said), FieldError> {
        let why = |why| beside(field, why);
        let (value, mark) = accept_marked(field, typed, said.mark).map_err(why)?;
        if said.said_ms.is_some_and(|said| said > self.now_ms()) {
            return Err(beside(field, FieldProblem::InTheFuture));
        }
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
            Ok((value, Said { mark, ..said }))
        } else {
            Err(beside(field, FieldProblem::NotAnAnswer))
        }
    }
}

/// What became of a form, and whose answers the report takes.
struct SavedIn {
    outcomes: Vec<(Field, Save)>,
    picks: HashMap<Field, Source>,
}

async fn save_in(tx: &mut Tx, job: &Job) -> AppResult<SavedIn> {
    let row = case::get(tx, job.case).await?;
    job.app.permit(&job.actor, Act::TakeReport, &row.district)?;
    still_open(&row)?;
    let named: Vec<Source> = job.answers.iter().map(|typed| typed.said.source).collect();
    known_sources(tx, job.case, &named).await?;
    let Answered {
        mut present,
        mut last,
    } = open_present(tx, job).await?;
    let on_paper = match row.state {
        CaseState::Draft => tifli_store::paper_report::find(tx, job.case).await?,
        _ => None,
    };
    let on_paper = on_paper.map(|paper| paper.received_ms);
    let mut outcomes = Vec::with_capacity(job.answers.len());
    let mut stood = Vec::new();
    let mut kept = Vec::new();
    for typed in &job.answers {
        let known = present.remove(&(typed.field, typed.said.source));
        let last = last.entry(typed.field).or_default();
        let typed = &said_on_paper(typed, on_paper);
        let outcome = match decide(typed, known, *last + 1) {
            Decision::Answered(outcome) => outcome,
            Decision::Append(seq) => {
                append(tx, job, typed, (seq, true)).await?;
                *last = seq;
                stood.push(typed.field.name());
                let at_ms = tx.now_ms();
                Save::Saved { seq, at_ms }
            }
            Decision::Keep(current, kept_seq) => {
                append(tx, job, typed, (kept_seq, false)).await?;
                *last = kept_seq;
                kept.push(typed.field.name());
                Save::Conflict { current, kept_seq }
            }
        };
        outcomes.push((typed.field, closed(typed.field, outcome)));
    }
    record(tx, job, (&stood, &kept))?;
    let at_the_gate = |typed: &Typed| typed.field.section() == Section::Gate;
    if row.state != CaseState::Draft && job.answers.iter().any(at_the_gate) {
        publication::gate_answered(tx, &job.app, job.case).await?;
    }
    crate::alarm::typed_into(tx, &job.app, (&job.actor, &row)).await?;
    let names_a_place = job.answers.iter().any(|typed| check::feeds(typed.field));
    if row.state != CaseState::Draft && names_a_place {
        check::refresh_in(tx, &job.app, &job.actor, job.case).await?;
    }
    let is_counted = job.answers.iter().any(|typed| figures::counts(typed.field));
    if row.state != CaseState::Draft && is_counted {
        let answers = job.app.answers_in(tx, &job.actor, job.case).await?;
        figures::note_basis(tx, &job.app, job.case, &answers).await?;
    }
    let picks = intake::list_picks(tx, job.case).await?;
    Ok(SavedIn {
        outcomes,
        picks: picks.into_iter().collect(),
    })
}

/// What is typed in from a paper was said when the paper was received, unless its writer says when.
fn said_on_paper(typed: &Typed, on_paper: Option<i64>) -> Typed {
    let mut typed = typed.clone();
    typed.said.said_ms = typed.said.said_ms.or(on_paper);
    typed
}

fn record(tx: &mut Tx, job: &Job, (stood, kept): (&[&str], &[&str])) -> AppResult<()> {
    let mut detail = Detail::none();
    if !stood.is_empty() {
        detail = detail.with("fields", stood.join(","));
    }
    if !kept.is_empty() {
        detail = detail.with("kept", kept.join(","));
    }
    if detail != Detail::none() {
        let object = ObjectId::new("case", job.case);
        tx.audit(Entry::new(job.actor.person, "case.answer", object).with_detail(detail))?;
    }
    Ok(())
}

/// Refuses what somebody said whom the case does not know.
pub(crate) async fn known_sources(tx: &mut Tx, case: CaseId, named: &[Source]) -> AppResult<()> {
    if named.iter().all(|source| *source == Source::REPORTER) {
        return Ok(());
    }
    let known = intake::list_sources(tx, case).await?;
    let strange = |source: &Source| {
        *source != Source::REPORTER && known.iter().all(|row| row.source != *source)
    };
    match named.iter().any(strange) {
        true => Err(AppError::field("source", "not_an_answer")),
        false => Ok(()),
    }
}

/// What a sealed question's other answer says stays sealed.
fn closed(field: Field, mut outcome: Save) -> Save {
    if let Save::Conflict { current, .. } = &mut outcome
        && field.is_sealed()
    {
        current.value.clear();
        current.said.mark = None;
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

fn decide(typed: &Typed, present: Option<Present>, next: i64) -> Decision {
    let empty = typed.value.is_empty() && typed.said.mark.is_none();
    let Some(present) = present else {
        return match empty {
            true => Decision::Answered(Save::Saved { seq: 0, at_ms: 0 }),
            false => Decision::Append(next),
        };
    };
    let Some(current) = present.current else {
        return Decision::Append(next);
    };
    if current.value == typed.value && current.said.mark == typed.said.mark {
        let (seq, at_ms) = (current.seq, current.at_ms);
        return Decision::Answered(Save::Saved { seq, at_ms });
    }
    if current.seq == typed.base_seq {
        return Decision::Append(next);
    }
    if let Some(kept) = present.own_next
        && kept.value == typed.value
        && kept.said.mark == typed.said.mark
    {
        let (seq, at_ms) = (kept.seq, kept.at_ms);
        return Decision::Answered(Save::Saved { seq, at_ms });
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
        said: typed.said,
    };
    Ok(case::insert_answer(tx, &answer).await?)
}

/// What is answered now to the questions of a job.
#[derive(Default)]
struct Answered {
    present: HashMap<(Field, Source), Present>,
    /// The last number given out, by question.
    last: HashMap<Field, i64>,
}

/// What is answered now to the questions of the job; what is opened has its entry in this write.
async fn open_present(tx: &mut Tx, job: &Job) -> AppResult<Answered> {
    let mut answered = Answered::default();
    let mut asked: HashMap<(Field, Source), Vec<AnswerRow>> = HashMap::new();
    for row in case::list_answers(tx, job.case).await? {
        let last = answered.last.entry(row.field).or_default();
        *last = row.seq.max(*last);
        let key = (row.field, row.said.source);
        let of_job = |typed: &Typed| (typed.field, typed.said.source) == key;
        if job.answers.iter().any(of_job) {
            asked.entry(key).or_default().push(row);
        }
    }
    if asked.is_empty() {
        return Ok(answered);
    }
    let mut wanted: Vec<AnswerRow> = Vec::new();
    for (key, rows) in &asked {
        wanted.extend(standing(rows).cloned());
        wanted.extend(own_kept(rows, &job.actor).cloned());
        wanted.extend(own_next(rows, job, *key).cloned());
    }
    let sealed = wanted.iter().map(|row| row.value.clone()).collect();
    let read = reading(&job.actor, job.case, "save");
    let opened = tx.open(read, sealed).await?;
    let mut values = HashMap::new();
    for (place, row) in wanted.iter().enumerate() {
        let text = opened.text(place).unwrap_or_default().to_owned();
        values.insert((row.field, row.seq), text);
    }
    let value = |row: &AnswerRow| {
        values
            .get(&(row.field, row.seq))
            .cloned()
            .unwrap_or_default()
    };
    for (key, rows) in &asked {
        let state = Present {
            current: standing(rows).map(|row| AnswerView::new(row, value(row))),
            own_kept: own_kept(rows, &job.actor).map(|row| (row.seq, value(row))),
            own_next: own_next(rows, job, *key).map(|row| AnswerView::new(row, value(row))),
        };
        answered.present.insert(*key, state);
    }
    Ok(answered)
}

fn standing(rows: &[AnswerRow]) -> Option<&AnswerRow> {
    rows.iter().rev().find(|row| row.stands)
}

/// What followed the answer that the sender of a repeated one had seen, if the sender wrote it: the earlier attempt.
fn own_next<'r>(rows: &'r [AnswerRow], job: &Job, key: (Field, Source)) -> Option<&'r AnswerRow> {
    let again = job
        .answers
        .iter()
        .find(|typed| (typed.field, typed.said.source) == key && typed.sending == Sending::Again)?;
    rows.iter()
        .find(|row| row.stands && row.seq > again.base_seq)
        .filter(|row| row.by == job.actor.person)
}

fn own_kept<'r>(rows: &'r [AnswerRow], actor: &Actor) -> Option<&'r AnswerRow> {
    rows.last()
        .filter(|row| !row.stands && row.by == actor.person)
}
