//! Duties: opened with the decision that leaves something to do, paged when late, settled once.
//!
//! Ids, kinds and times only, apart from the sealed note. Not here: who may settle what.

use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::id::{CaseId, DutyId, PersonId};

use crate::alert::{find_parsed, parsed};
use crate::{Reads, Row, Sealed, StoreError, Tx};

/// The most duties of one list.
pub const PAGE: i64 = 1_000;

/// A duty's row, with what its case says of itself.
#[derive(Debug, Clone)]
pub struct DutyRow {
    /// Its id.
    pub duty: DutyId,
    /// Its case.
    pub case: CaseId,
    /// The number of that case.
    pub case_number: i64,
    /// The district in that number.
    pub number_district: String,
    /// The district that keeps the case.
    pub district: String,
    /// What is to be done.
    pub kind: DutyKind,
    /// To what or by whom: an id or a code, never words; may be empty.
    pub subject: String,
    /// Since when.
    pub opened_ms: i64,
    /// Until when.
    pub due_ms: i64,
    /// When the room was paged.
    pub paged_ms: Option<i64>,
    /// When it came to its end.
    pub settled_ms: Option<i64>,
    /// Who settled it; nobody when the system did.
    pub settled_by: Option<PersonId>,
    /// What became of it.
    pub ending: Option<DutyEnd>,
    /// How it was done.
    pub note: Option<Sealed>,
}

/// A duty to be opened.
#[derive(Debug, Clone)]
pub struct NewDuty {
    /// Its id.
    pub duty: DutyId,
    /// Its case.
    pub case: CaseId,
    /// What is to be done.
    pub kind: DutyKind,
    /// To what or by whom: an id or a code.
    pub subject: String,
    /// Until when.
    pub due_ms: i64,
}

/// The end of a duty.
#[derive(Debug, Clone)]
pub struct Settlement {
    /// What becomes of it.
    pub ending: DutyEnd,
    /// Who settles it.
    pub by: Option<PersonId>,
    /// How it was done, sealed for [`note_context`].
    pub note: Option<Vec<u8>>,
}

/// A duty with what its case says of itself; `$tail` narrows and orders.
macro_rules! duties {
    ($tail:literal) => {
        concat!(
            "select duty.*, case_file.number as case_number, case_file.district,
                coalesce(case_file.number_district, case_file.district) as number_district
            from duty
            join case_file on case_file.case_id = duty.case_id ",
            $tail
        )
    };
}

/// The context a note is sealed for.
pub fn note_context(duty: DutyId) -> String {
    format!("duty:note:{duty}")
}

/// Adds a duty.
pub async fn insert(tx: &mut Tx, new: &NewDuty) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into duty (duty_id, case_id, kind, subject, opened_ms, due_ms)
        values ($1, $2, $3, $4, $5, $6)";
    tx.query(sql)
        .bind(new.duty.to_string())
        .bind(new.case.to_string())
        .bind(new.kind.as_str())
        .bind(&new.subject)
        .bind(now)
        .bind(new.due_ms)
        .run()
        .await?;
    Ok(())
}

/// The duty with this id.
pub async fn get(reads: &mut impl Reads, duty: DutyId) -> Result<DutyRow, StoreError> {
    let sql = duties!("where duty.duty_id = $1");
    read(&reads.select(sql).bind(duty.to_string()).get().await?)
}

/// The open duty of this kind about this subject.
pub async fn find_open(
    reads: &mut impl Reads,
    case: CaseId,
    kind: DutyKind,
    subject: &str,
) -> Result<Option<DutyRow>, StoreError> {
    let sql = duties!(
        "where duty.case_id = $1 and duty.kind = $2 and duty.subject = $3
        and duty.settled_ms is null"
    );
    let select = reads.select(sql).bind(case.to_string()).bind(kind.as_str());
    let row = select.bind(subject).find().await?;
    row.as_ref().map(read).transpose()
}

/// The open duties of this kind in a case, whatever their subject.
pub async fn list_open_of(
    reads: &mut impl Reads,
    case: CaseId,
    kind: DutyKind,
) -> Result<Vec<DutyRow>, StoreError> {
    let sql = duties!(
        "where duty.case_id = $1 and duty.kind = $2 and duty.settled_ms is null
        order by duty.due_ms"
    );
    let select = reads.select(sql).bind(case.to_string()).bind(kind.as_str());
    select.list().await?.iter().map(read).collect()
}

/// Every duty of a case, the first one first.
pub async fn list_by_case(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<DutyRow>, StoreError> {
    let sql = duties!("where duty.case_id = $1 order by duty.opened_ms, duty.duty_id");
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(read).collect()
}

/// Open duties, the most urgent first, at most [`PAGE`]: of all cases, or of those a district keeps and
/// is asked about, so that no other district's fill its page.
pub async fn list_open(
    reads: &mut impl Reads,
    district: Option<&str>,
) -> Result<Vec<DutyRow>, StoreError> {
    let sql = duties!(
        "where duty.settled_ms is null
        and ($1 = '' or case_file.district = $1 or duty.subject = $1)
        order by duty.due_ms, duty.duty_id limit $2"
    );
    let district = district.unwrap_or_default();
    let rows = reads.select(sql).bind(district).bind(PAGE).list().await?;
    rows.iter().map(read).collect()
}

/// Open duties that are late and were never paged, at most [`PAGE`].
pub async fn list_unpaged(reads: &mut impl Reads, now_ms: i64) -> Result<Vec<DutyRow>, StoreError> {
    let sql = duties!(
        "where duty.settled_ms is null and duty.paged_ms is null and duty.due_ms <= $1
        order by duty.due_ms, duty.duty_id limit $2"
    );
    let rows = reads.select(sql).bind(now_ms).bind(PAGE).list().await?;
    rows.iter().map(read).collect()
}

/// Remembers that it was looked at when it became late; later calls change nothing.
pub async fn mark_paged(tx: &mut Tx, duty: DutyId) -> Result<bool, StoreError> {
    let now = tx.now_ms();
    let sql = "update duty set paged_ms = $2
        where duty_id = $1 and paged_ms is null and settled_ms is null";
    let query = tx.query(sql).bind(duty.to_string()).bind(now);
    Ok(query.run().await? > 0)
}

/// Ends an open duty; `false` when it had ended before.
pub async fn settle(tx: &mut Tx, duty: DutyId, end: &Settlement) -> Result<bool, StoreError> {
    let now = tx.now_ms();
    let sql = "update duty
        set settled_ms = $2, settled_by = $3, ending = $4, note_sealed = $5
        where duty_id = $1 and settled_ms is null";
    let query = tx.query(sql).bind(duty.to_string()).bind(now);
    let query = query.bind(end.by.map(|person| person.to_string()));
    let query = query.bind(end.ending.as_str()).bind(end.note.clone());
    Ok(query.run().await? > 0)
}

/// Moves the end of an open duty's time; it can be late, and page, anew.
pub async fn move_due(tx: &mut Tx, duty: DutyId, due_ms: i64) -> Result<(), StoreError> {
    let sql = "update duty set due_ms = $2, paged_ms = null
        where duty_id = $1 and settled_ms is null";
    tx.query(sql)
        .bind(duty.to_string())
        .bind(due_ms)
        .run()
        .await?;
    Ok(())
}

/// Ends every open duty of a case as needless; returns how many.
pub async fn drop_open(tx: &mut Tx, case: CaseId) -> Result<u64, StoreError> {
    let now = tx.now_ms();
    let sql = "update duty set settled_ms = $2, ending = $3
        where case_id = $1 and settled_ms is null";
    let query = tx.query(sql).bind(case.to_string()).bind(now);
    query.bind(DutyEnd::Needless.as_str()).run().await
}

fn read(row: &Row) -> Result<DutyRow, StoreError> {
    let duty: DutyId = parsed(row, "duty_id")?;
    let case: CaseId = parsed(row, "case_id")?;
    Ok(DutyRow {
        duty,
        case,
        case_number: row.get("case_number")?,
        number_district: row.get("number_district")?,
        district: row.get("district")?,
        kind: parsed(row, "kind")?,
        subject: row.get("subject")?,
        opened_ms: row.get("opened_ms")?,
        due_ms: row.get("due_ms")?,
        paged_ms: row.get("paged_ms")?,
        settled_ms: row.get("settled_ms")?,
        settled_by: find_parsed(row, "settled_by")?,
        ending: find_parsed(row, "ending")?,
        note: row.find_sealed("note_sealed", &case.to_string(), &note_context(duty))?,
    })
}
