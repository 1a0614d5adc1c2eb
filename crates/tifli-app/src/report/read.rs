//! Reading a file: values leave the store sealed and are opened once their audit entry is durable.

use std::collections::BTreeMap;

use tifli_domain::Actor;
use tifli_domain::id::{CaseId, PersonId};
use tifli_domain::intake::{Field, Section};
use tifli_store::audit::ObjectId;
use tifli_store::case::{AnswerRow, CaseRow};
use tifli_store::media::{self, MediaRow};
use tifli_store::{AuditedRead, Tx, case};

use super::not_erased;
use crate::{App, AppResult};

/// One answer, opened. Its `Debug` shows no value.
#[derive(Clone, PartialEq, Eq)]
pub struct AnswerView {
    /// What was answered.
    pub value: String,
    /// Its number among the answers to this question.
    pub seq: i64,
    /// Who answered.
    pub by: PersonId,
    /// What they are called; empty for an account that is gone.
    pub by_name: String,
    /// When.
    pub at_ms: i64,
}

/// An answer that met a newer one and waits for a person to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    /// The question.
    pub field: Field,
    /// The answer.
    pub answer: AnswerView,
}

/// That a sealed question is answered, without what was answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedAnswer {
    /// Its number among the answers to this question.
    pub seq: i64,
    /// What the person is called who wrote it down; empty for an account that is gone.
    pub by_name: String,
    /// When.
    pub at_ms: i64,
}

/// A case with its file, opened for one person and one reason.
#[derive(Debug, Clone)]
pub struct CaseFile {
    /// The case.
    pub row: CaseRow,
    /// What stands, by question; answers taken back are present and empty, for their numbers.
    pub answers: BTreeMap<Field, AnswerView>,
    /// What was kept beside a standing answer and is newer than it.
    pub kept: Vec<KeptAnswer>,
    /// Sealed questions that are answered; only a reason opens them.
    pub sealed: BTreeMap<Field, SealedAnswer>,
    /// How many answers were ever given.
    pub history: usize,
    /// Photos of the file, the first one first.
    pub photos: Vec<MediaRow>,
}

impl AnswerView {
    pub(super) fn new(row: &AnswerRow, value: String) -> Self {
        Self {
            value,
            seq: row.seq,
            by: row.by,
            by_name: row.by_name.clone().unwrap_or_default(),
            at_ms: row.at_ms,
        }
    }
}

impl std::fmt::Debug for AnswerView {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "AnswerView({} by {})", self.seq, self.by)
    }
}

impl CaseFile {
    /// The number of the answer that stands, sealed or not; 0 where there is none.
    pub fn standing_seq(&self, field: Field) -> i64 {
        let open = self.answers.get(&field).map(|answer| answer.seq);
        let sealed = || self.sealed.get(&field).map(|answer| answer.seq);
        open.or_else(sealed).unwrap_or(0)
    }

    /// The answers that stand, without the empty ones.
    pub fn values(&self) -> BTreeMap<Field, String> {
        self.answers
            .iter()
            .filter(|(_, answer)| !answer.value.is_empty())
            .map(|(field, answer)| (*field, answer.value.clone()))
            .collect()
    }
}

impl App {
    /// The whole file of a case. One audit entry, durable before anything is opened.
    pub async fn read_file(
        &self,
        actor: &Actor,
        case: CaseId,
        reason: &'static str,
    ) -> AppResult<CaseFile> {
        let (row, rows, photos) = self
            .db()
            .read("read_file", case, |reads, case| {
                Box::pin(async move {
                    let row = case::get(reads, *case).await?;
                    let answers = case::list_answers(reads, *case).await?;
                    let photos = media::list_by_case(reads, *case).await?;
                    Ok::<_, crate::AppError>((row, answers, photos))
                })
            })
            .await?;
        self.permit_read(actor, &row).await?;
        not_erased(&row)?;
        let history = rows.len();
        let (closed, shown): (Vec<_>, Vec<_>) = shown(rows)
            .into_iter()
            .partition(|row| row.field.is_sealed());
        let sealed = shown.iter().map(|row| row.value.clone()).collect();
        let read = reading(actor, case, reason);
        let opened = self.db().open_sealed(read, sealed).await?;
        let mut answers = BTreeMap::new();
        let mut kept = Vec::new();
        for (place, row) in shown.iter().enumerate() {
            let value = opened.text(place).unwrap_or_default().to_owned();
            let answer = AnswerView::new(row, value);
            if row.stands {
                answers.insert(row.field, answer);
            } else {
                kept.push(KeptAnswer {
                    field: row.field,
                    answer,
                });
            }
        }
        Ok(CaseFile {
            row,
            answers,
            kept,
            sealed: sealed_answers(&closed),
            history,
            photos,
        })
    }

    /// The answers that stand, without the empty ones. One audit entry with this reason.
    pub async fn answers(
        &self,
        actor: &Actor,
        case: CaseId,
        reason: &'static str,
    ) -> AppResult<BTreeMap<Field, String>> {
        let (row, rows) = self
            .db()
            .read("answers", case, |reads, case| {
                Box::pin(async move {
                    let row = case::get(reads, *case).await?;
                    let mut rows = case::list_standing(reads, *case).await?;
                    rows.retain(|row| !row.field.is_sealed());
                    Ok::<_, crate::AppError>((row, rows))
                })
            })
            .await?;
        self.permit_read(actor, &row).await?;
        not_erased(&row)?;
        let sealed = rows.iter().map(|row| row.value.clone()).collect();
        let opened = self
            .db()
            .open_sealed(reading(actor, case, reason), sealed)
            .await?;
        Ok(by_field(&rows, |place| opened.text(place)))
    }

    /// The answers that stand, within a write whose audit entry says so: of the sealed ones those of
    /// the reporter gate, which a decision needs. What is opened must not leave the write, and the
    /// caller has checked the permission.
    pub(crate) async fn answers_in(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        case: CaseId,
    ) -> AppResult<BTreeMap<Field, String>> {
        let mut rows = case::list_standing(tx, case).await?;
        rows.retain(|row| !row.field.is_sealed() || row.field.section() == Section::Gate);
        let sealed = rows.iter().map(|row| row.value.clone()).collect();
        let opened = tx.open(reading(actor, case, "decide"), sealed).await?;
        Ok(by_field(&rows, |place| opened.text(place)))
    }

    /// A case's row: ids, times and codes, nothing protected.
    pub(crate) async fn case_row(&self, case: CaseId) -> AppResult<CaseRow> {
        self.db()
            .read("case_row", case, |reads, case| {
                Box::pin(async move { Ok(case::get(reads, *case).await?) })
            })
            .await
    }
}

/// What is read, of one case, by whom and why.
fn reading(actor: &Actor, case: CaseId, reason: &str) -> AuditedRead {
    AuditedRead {
        actor: actor.person.to_string(),
        reason: reason.to_owned(),
        objects: vec![ObjectId::new("case", case)],
    }
}

/// Of each question the answer that stands, and those kept after it.
fn shown(rows: Vec<AnswerRow>) -> Vec<AnswerRow> {
    let mut standing: BTreeMap<Field, i64> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.stands) {
        standing.insert(row.field, row.seq);
    }
    rows.into_iter()
        .filter(|row| row.seq >= standing.get(&row.field).copied().unwrap_or(0))
        .collect()
}

fn sealed_answers(rows: &[AnswerRow]) -> BTreeMap<Field, SealedAnswer> {
    let standing = rows.iter().filter(|row| row.stands);
    let answer = |row: &AnswerRow| SealedAnswer {
        seq: row.seq,
        by_name: row.by_name.clone().unwrap_or_default(),
        at_ms: row.at_ms,
    };
    standing.map(|row| (row.field, answer(row))).collect()
}

fn by_field<'o>(
    rows: &[AnswerRow],
    text: impl Fn(usize) -> Option<&'o str>,
) -> BTreeMap<Field, String> {
    rows.iter()
        .enumerate()
        .filter_map(|(place, row)| Some((row.field, text(place)?.to_owned())))
        .filter(|(_, value)| !value.is_empty())
        .collect()
}
