//! Reading a file: values leave the store sealed and are opened once their audit entry is durable.

use std::collections::BTreeMap;

use tifli_domain::Actor;
use tifli_domain::id::{CaseId, PersonId};
use tifli_domain::intake::{Consent, Field, Said, Section, Source, Tie};
use tifli_store::audit::ObjectId;
use tifli_store::case::{AnswerRow, CaseRow};
use tifli_store::intake::SourceRow;
use tifli_store::media::{self, MediaRow};
use tifli_store::{AuditedRead, ReadTx, Tx, case, intake};

use super::not_erased;
use crate::alert::consent_of;
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
    /// By whom and how it was said.
    pub said: Said,
}

/// An answer that met a newer one and waits for a person to choose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptAnswer {
    /// The question.
    pub field: Field,
    /// The answer.
    pub answer: AnswerView,
}

/// A person who answers beside the reporter. Its `Debug` shows no name.
#[derive(Clone, PartialEq, Eq)]
pub struct SourceView {
    /// The number within the case.
    pub source: Source,
    /// What they are to the child.
    pub tie: Tie,
    /// Their name.
    pub name: String,
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
    /// What the report takes, by question: the answer of the source a person chose, else the
    /// reporter's. Answers taken back are present and empty, for their numbers.
    pub answers: BTreeMap<Field, AnswerView>,
    /// What stands, by question and source: what different people said, side by side.
    pub said: BTreeMap<(Field, Source), AnswerView>,
    /// Whose answer the report takes where a person chose.
    pub picks: BTreeMap<Field, Source>,
    /// The people who answer beside the reporter.
    pub sources: Vec<SourceView>,
    /// What was kept beside a standing answer and is newer than it.
    pub kept: Vec<KeptAnswer>,
    /// Sealed questions that are answered; only a reason opens them.
    pub sealed: BTreeMap<(Field, Source), SealedAnswer>,
    /// How many answers were ever given.
    pub history: usize,
    /// Photos of the file, the first one first.
    pub photos: Vec<MediaRow>,
}

impl AnswerView {
    pub(crate) fn new(row: &AnswerRow, value: String) -> Self {
        Self {
            value,
            seq: row.seq,
            by: row.by,
            by_name: row.by_name.clone().unwrap_or_default(),
            at_ms: row.at_ms,
            said: row.said,
        }
    }

    /// Whether nothing is answered: taken back, or never given.
    pub fn is_empty(&self) -> bool {
        self.value.is_empty() && self.said.mark.is_none()
    }
}

impl std::fmt::Debug for SourceView {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            out,
            "SourceView({} {})",
            self.source.number(),
            self.tie.as_str()
        )
    }
}

impl std::fmt::Debug for AnswerView {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "AnswerView({} by {})", self.seq, self.by)
    }
}

impl CaseFile {
    /// The number of the reporter's answer that stands, sealed or not; 0 where there is none.
    pub fn standing_seq(&self, field: Field) -> i64 {
        self.seq_of(field, Source::REPORTER)
    }

    /// The number of a source's answer that stands, sealed or not; 0 where there is none.
    pub fn seq_of(&self, field: Field, source: Source) -> i64 {
        let open = self.said.get(&(field, source)).map(|answer| answer.seq);
        let sealed = || self.sealed.get(&(field, source)).map(|answer| answer.seq);
        open.or_else(sealed).unwrap_or(0)
    }

    /// The source whose answer the report takes.
    pub fn source_of(&self, field: Field) -> Source {
        self.picks.get(&field).copied().unwrap_or_default()
    }

    fn take(&mut self, row: &AnswerRow, answer: AnswerView) {
        let (field, source) = (row.field, row.said.source);
        if !row.stands {
            self.kept.push(KeptAnswer { field, answer });
            return;
        }
        if source == self.source_of(field) {
            self.answers.insert(field, answer.clone());
        }
        self.said.insert((field, source), answer);
    }

    /// The answers that the report takes, without those that have no value.
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
        let closed = self
            .db()
            .read("read_file", case, |reads, case| {
                Box::pin(close_over(reads, *case))
            })
            .await?;
        self.permit_read(actor, &closed.row).await?;
        not_erased(&closed.row)?;
        let values = closed.shown.iter().map(|row| row.value.clone());
        let names = closed.sources.iter().map(|row| row.name.clone());
        let sealed = values.chain(names).collect();
        let read = reading(actor, case, reason);
        let opened = self.db().open_sealed(read, sealed).await?;
        let mut file = CaseFile {
            row: closed.row,
            answers: BTreeMap::new(),
            said: BTreeMap::new(),
            picks: closed.picks.into_iter().collect(),
            sources: Vec::new(),
            kept: Vec::new(),
            sealed: sealed_answers(&closed.sealed),
            history: closed.history,
            photos: closed.photos,
        };
        for (place, row) in closed.shown.iter().enumerate() {
            let value = opened.text(place).unwrap_or_default().to_owned();
            file.take(row, AnswerView::new(row, value));
        }
        let names = closed.shown.len();
        for (place, row) in closed.sources.iter().enumerate() {
            file.sources.push(SourceView {
                source: row.source,
                tie: row.tie,
                name: opened.text(names + place).unwrap_or_default().to_owned(),
            });
        }
        Ok(file)
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
pub(crate) fn reading(actor: &Actor, case: CaseId, reason: &str) -> AuditedRead {
    AuditedRead {
        actor: actor.person.to_string(),
        reason: reason.to_owned(),
        objects: vec![ObjectId::new("case", case)],
    }
}

/// A file with all that is opened with it.
struct Closed {
    row: CaseRow,
    shown: Vec<AnswerRow>,
    sealed: Vec<AnswerRow>,
    sources: Vec<SourceRow>,
    picks: Vec<(Field, Source)>,
    photos: Vec<MediaRow>,
    history: usize,
}

async fn close_over(reads: &mut ReadTx, case: CaseId) -> AppResult<Closed> {
    let row = case::get(reads, case).await?;
    let rows = case::list_answers(reads, case).await?;
    let history = rows.len();
    let (sealed, shown) = shown(rows)
        .into_iter()
        .partition(|row| row.field.is_sealed());
    Ok(Closed {
        row,
        shown,
        sealed,
        sources: intake::list_sources(reads, case).await?,
        picks: intake::list_picks(reads, case).await?,
        photos: media::list_by_case(reads, case).await?,
        history,
    })
}

/// Of each question and source the answer that stands, and those kept after it.
fn shown(rows: Vec<AnswerRow>) -> Vec<AnswerRow> {
    let mut standing: BTreeMap<(Field, Source), i64> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.stands) {
        standing.insert((row.field, row.said.source), row.seq);
    }
    let least = |row: &AnswerRow| standing.get(&(row.field, row.said.source)).copied();
    rows.into_iter()
        .filter(|row| row.seq >= least(row).unwrap_or(0))
        .collect()
}

fn sealed_answers(rows: &[AnswerRow]) -> BTreeMap<(Field, Source), SealedAnswer> {
    let standing = rows.iter().filter(|row| row.stands);
    let answer = |row: &AnswerRow| SealedAnswer {
        seq: row.seq,
        by_name: row.by_name.clone().unwrap_or_default(),
        at_ms: row.at_ms,
    };
    standing
        .map(|row| ((row.field, row.said.source), answer(row)))
        .collect()
}

/// What the report says of consent to publish, opened within a write whose audit entry says so. What is opened must not
/// leave the write, and the caller has checked the permission.
pub(crate) async fn guardian_in(tx: &mut Tx, actor: PersonId, case: CaseId) -> AppResult<Consent> {
    let mut rows = case::list_standing(tx, case).await?;
    rows.retain(|row| row.field == Field::ConsentPublish);
    if rows.is_empty() {
        return Ok(Consent::Unknown);
    }
    let sealed = rows.iter().map(|row| row.value.clone()).collect();
    let read = AuditedRead {
        actor: actor.to_string(),
        reason: "decide".to_owned(),
        objects: vec![ObjectId::new("case", case)],
    };
    let opened = tx.open(read, sealed).await?;
    Ok(consent_of(&by_field(&rows, |place| opened.text(place))))
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
