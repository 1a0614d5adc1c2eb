//! Cases and the answers of their reports.
//!
//! An answer is appended and never overwritten; every value is sealed under the key of its case,
//! whose owner is the case's id. Not here: who may read, and what a whole report needs.

use tifli_domain::case::{CaseState, Clocks};
use tifli_domain::id::{CaseId, PersonId};
use tifli_domain::intake::{Field, Mark, Said, Source};

use crate::alert::{find_parsed, parsed};
use crate::{Reads, Row, Sealed, StoreError, Tx, counter};

/// Most cases a list gives.
const LIST_LIMIT: u32 = 1000;

/// A case's row: ids, times and codes only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseRow {
    /// Its id.
    pub case: CaseId,
    /// The number people say, counted over the whole country.
    pub number: i64,
    /// The district that keeps the case: the one that took the report, until another took it over.
    pub district: String,
    /// The district that took the report, once another keeps the case: the number keeps its code.
    pub number_district: Option<String>,
    /// Where it stands.
    pub state: CaseState,
    /// Who began the report.
    pub opened_by: PersonId,
    /// When the report was begun.
    pub started_ms: i64,
    /// When it was received: the ceiling counts from here.
    pub received_ms: Option<i64>,
    /// When an alert was first handed over for approval.
    pub submitted_ms: Option<i64>,
    /// When an alert was first out.
    pub published_ms: Option<i64>,
    /// When the first carrier partner was first seen showing it.
    pub seen_live_ms: Option<i64>,
    /// When the alert ended.
    pub ended_ms: Option<i64>,
    /// When the last channel was dark.
    pub dark_ms: Option<i64>,
    /// When the file was closed.
    pub closed_ms: Option<i64>,
    /// When it was erased.
    pub erased_ms: Option<i64>,
}

impl CaseRow {
    /// Its moments.
    pub fn clocks(&self) -> Clocks {
        Clocks {
            started_ms: self.started_ms,
            received_ms: self.received_ms,
            submitted_ms: self.submitted_ms,
            published_ms: self.published_ms,
            seen_live_ms: self.seen_live_ms,
            ended_ms: self.ended_ms,
            dark_ms: self.dark_ms,
        }
    }
}

/// One answer, as appended.
#[derive(Clone)]
pub struct AnswerRow {
    /// Its case.
    pub case: CaseId,
    /// The question.
    pub field: Field,
    /// Order among the answers to this question, from 1.
    pub seq: i64,
    /// What was answered.
    pub value: Sealed,
    /// Who answered.
    pub by: PersonId,
    /// What they are called; `None` for an account that is gone.
    pub by_name: Option<String>,
    /// When.
    pub at_ms: i64,
    /// Whether it stands; if not it met a newer answer and is kept beside it.
    pub stands: bool,
    /// By whom and how it was said.
    pub said: Said,
}

/// A new answer.
#[derive(Debug, Clone)]
pub struct NewAnswer {
    /// Its case.
    pub case: CaseId,
    /// The question.
    pub field: Field,
    /// Order among the answers to this question.
    pub seq: i64,
    /// Sealed for [`answer_context`].
    pub value_sealed: Vec<u8>,
    /// Who answers.
    pub by: PersonId,
    /// Whether it stands.
    pub stands: bool,
    /// By whom and how it was said.
    pub said: Said,
}

/// The context an answer is sealed for.
pub fn answer_context(case: CaseId, field: Field, seq: i64) -> String {
    format!("answer:value:{case}.{}.{seq}", field.name())
}

/// Adds a case in state draft, with the next number, and gives its row back.
pub async fn insert(
    tx: &mut Tx,
    case: CaseId,
    district: &str,
    opened_by: PersonId,
) -> Result<CaseRow, StoreError> {
    let number = counter::next(tx, "case").await?;
    let started_ms = tx.now_ms();
    let sql = "insert into case_file (case_id, number, district, state, opened_by, started_ms)
        values ($1, $2, $3, $4, $5, $6)";
    tx.query(sql)
        .bind(case.to_string())
        .bind(number)
        .bind(district)
        .bind(CaseState::Draft.as_str())
        .bind(opened_by.to_string())
        .bind(started_ms)
        .run()
        .await?;
    Ok(CaseRow {
        case,
        number,
        district: district.to_owned(),
        number_district: None,
        state: CaseState::Draft,
        opened_by,
        started_ms,
        received_ms: None,
        submitted_ms: None,
        published_ms: None,
        seen_live_ms: None,
        ended_ms: None,
        dark_ms: None,
        closed_ms: None,
        erased_ms: None,
    })
}

/// The case with this id.
pub async fn get(reads: &mut impl Reads, case: CaseId) -> Result<CaseRow, StoreError> {
    let sql = "select * from case_file where case_id = $1";
    read(&reads.select(sql).bind(case.to_string()).get().await?)
}

/// The case with this id, if there is one.
pub async fn find(reads: &mut impl Reads, case: CaseId) -> Result<Option<CaseRow>, StoreError> {
    let sql = "select * from case_file where case_id = $1";
    let row = reads.select(sql).bind(case.to_string()).find().await?;
    row.as_ref().map(read).transpose()
}

/// The case with this number.
pub async fn find_by_number(
    reads: &mut impl Reads,
    number: i64,
) -> Result<Option<CaseRow>, StoreError> {
    let sql = "select * from case_file where number = $1";
    let row = reads.select(sql).bind(number).find().await?;
    row.as_ref().map(read).transpose()
}

/// The newest thousand cases of the country, the newest first.
pub async fn list(reads: &mut impl Reads) -> Result<Vec<CaseRow>, StoreError> {
    let sql = "select * from case_file order by number desc limit $1";
    let rows = reads.select(sql).bind(LIST_LIMIT).list().await?;
    rows.iter().map(read).collect()
}

/// The newest thousand cases of a district, the newest first.
pub async fn list_by_district(
    reads: &mut impl Reads,
    district: &str,
) -> Result<Vec<CaseRow>, StoreError> {
    let sql = "select * from case_file where district = $1 order by number desc limit $2";
    let rows = reads
        .select(sql)
        .bind(district)
        .bind(LIST_LIMIT)
        .list()
        .await?;
    rows.iter().map(read).collect()
}

/// The id of every case there ever was, erased ones too.
pub async fn list_ids(reads: &mut impl Reads) -> Result<Vec<CaseId>, StoreError> {
    let sql = "select case_id from case_file";
    let rows = reads.select(sql).list().await?;
    rows.iter().map(|row| parsed(row, "case_id")).collect()
}

/// Writes what may change of a case: its state and its moments.
pub async fn update(tx: &mut Tx, row: &CaseRow) -> Result<(), StoreError> {
    let sql = "update case_file
        set state = $2, received_ms = $3, submitted_ms = $4, published_ms = $5,
            ended_ms = $6, dark_ms = $7, closed_ms = $8, erased_ms = $9
        where case_id = $1";
    tx.query(sql)
        .bind(row.case.to_string())
        .bind(row.state.as_str())
        .bind(row.received_ms)
        .bind(row.submitted_ms)
        .bind(row.published_ms)
        .bind(row.ended_ms)
        .bind(row.dark_ms)
        .bind(row.closed_ms)
        .bind(row.erased_ms)
        .run()
        .await?;
    Ok(())
}

/// Remembers when an alert was first handed over for approval; later ones change nothing.
pub async fn mark_submitted(tx: &mut Tx, case: CaseId) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "update case_file
        set submitted_ms = coalesce(submitted_ms, $2)
        where case_id = $1";
    tx.query(sql).bind(case.to_string()).bind(now).run().await?;
    Ok(())
}

/// Remembers when the first carrier partner was first seen showing an alert; later ones change nothing.
pub async fn mark_seen_live(tx: &mut Tx, case: CaseId) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "update case_file
        set seen_live_ms = coalesce(seen_live_ms, $2)
        where case_id = $1";
    tx.query(sql).bind(case.to_string()).bind(now).run().await?;
    Ok(())
}

/// Appends an answer.
pub async fn insert_answer(tx: &mut Tx, answer: &NewAnswer) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into answer (case_id, field, seq, value_sealed, by_person, at_ms, stands, source, mark, said_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    tx.query(sql)
        .bind(answer.case.to_string())
        .bind(answer.field.name())
        .bind(answer.seq)
        .bind(&answer.value_sealed)
        .bind(answer.by.to_string())
        .bind(now)
        .bind(answer.stands)
        .bind(answer.said.source.number())
        .bind(answer.said.mark.map(Mark::as_str))
        .bind(answer.said.said_ms)
        .run()
        .await?;
    Ok(())
}

/// Every answer of a case, by question and order.
pub async fn list_answers(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<AnswerRow>, StoreError> {
    let sql = "select answer.*, person.display_name as by_name
        from answer
        left join person on person.person_id = answer.by_person
        where answer.case_id = $1
        order by answer.field, answer.seq";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(read_answer).collect()
}

/// The answers of a case that stand and that the report takes: of each question the newest of the
/// source a person chose, else of the reporter.
pub async fn list_standing(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<AnswerRow>, StoreError> {
    let sql = "select answer.*, person.display_name as by_name
        from answer
        left join person on person.person_id = answer.by_person
        where answer.case_id = $1
        and answer.stands = 1
        and answer.source = coalesce(
            (select answer_pick.source
                from answer_pick
                where answer_pick.case_id = answer.case_id
                and answer_pick.field = answer.field
                order by answer_pick.seq desc
                limit 1), 0)
        and answer.seq in (
            select max(newer.seq)
            from answer newer
            where newer.case_id = answer.case_id
            and newer.field = answer.field
            and newer.source = answer.source
            and newer.stands = 1)
        order by answer.field";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(read_answer).collect()
}

/// The same for one question in every case that is not erased.
pub async fn list_standing_to(
    reads: &mut impl Reads,
    field: Field,
) -> Result<Vec<AnswerRow>, StoreError> {
    let sql = "select answer.*, person.display_name as by_name
        from answer
        join case_file on case_file.case_id = answer.case_id
        left join person on person.person_id = answer.by_person
        where answer.field = $1
        and answer.stands = 1
        and case_file.state <> 'erased'
        and answer.source = coalesce(
            (select answer_pick.source
                from answer_pick
                where answer_pick.case_id = answer.case_id
                and answer_pick.field = answer.field
                order by answer_pick.seq desc
                limit 1), 0)
        and answer.seq in (
            select max(newer.seq)
            from answer newer
            where newer.case_id = answer.case_id
            and newer.field = answer.field
            and newer.source = answer.source
            and newer.stands = 1)";
    let rows = reads.select(sql).bind(field.name()).list().await?;
    rows.iter().map(read_answer).collect()
}

/// How many answers were ever appended to a case.
pub async fn count_answers(reads: &mut impl Reads, case: CaseId) -> Result<i64, StoreError> {
    let sql = "select count(*) as answers from answer where case_id = $1";
    reads
        .select(sql)
        .bind(case.to_string())
        .get()
        .await?
        .get("answers")
}

fn read(row: &Row) -> Result<CaseRow, StoreError> {
    Ok(CaseRow {
        case: parsed(row, "case_id")?,
        number: row.get("number")?,
        district: row.get("district")?,
        number_district: row.get("number_district")?,
        state: parsed(row, "state")?,
        opened_by: parsed(row, "opened_by")?,
        started_ms: row.get("started_ms")?,
        received_ms: row.get("received_ms")?,
        submitted_ms: row.get("submitted_ms")?,
        published_ms: row.get("published_ms")?,
        seen_live_ms: row.get("seen_live_ms")?,
        ended_ms: row.get("ended_ms")?,
        dark_ms: row.get("dark_ms")?,
        closed_ms: row.get("closed_ms")?,
        erased_ms: row.get("erased_ms")?,
    })
}

fn read_answer(row: &Row) -> Result<AnswerRow, StoreError> {
    let case: CaseId = parsed(row, "case_id")?;
    let name: String = row.get("field")?;
    let field = Field::find(&name).ok_or_else(|| StoreError::Column {
        column: "field".to_owned(),
    })?;
    let seq = row.get("seq")?;
    let context = answer_context(case, field, seq);
    Ok(AnswerRow {
        case,
        field,
        seq,
        value: row.get_sealed("value_sealed", &case.to_string(), &context)?,
        by: parsed(row, "by_person")?,
        by_name: row.get("by_name")?,
        at_ms: row.get("at_ms")?,
        stands: row.get("stands")?,
        said: Said {
            source: Source::new(row.get("source")?),
            mark: find_parsed(row, "mark")?,
            said_ms: row.get("said_ms")?,
        },
    })
}
