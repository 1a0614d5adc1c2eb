//! The places to check of a case and what the checks came to. A place is added once per origin, a
//! result is appended; nothing of it is changed but to whom a place is given and whether it is
//! withdrawn. Not for deciding which
//! places they are.

use tifli_domain::check::{Outcome, Reason};
use tifli_domain::id::{CaseId, PersonId};

use crate::alert::{find_parsed, parsed};
use crate::{Reads, Row, Sealed, StoreError, Tx};

/// A place to check.
#[derive(Clone)]
pub struct CheckRow {
    /// Its case.
    pub case: CaseId,
    /// The number of that case.
    pub case_number: i64,
    /// The district of that case.
    pub district: String,
    /// Its number within the case.
    pub item: i64,
    /// Which answer it comes from.
    pub origin: String,
    /// Why it is on the list.
    pub reason: Reason,
    /// Its rank; the lower one is checked first.
    pub position: i64,
    /// The place.
    pub place: Sealed,
    /// Which unit it is given to.
    pub unit: Option<String>,
    /// Who gave it.
    pub assigned_by: Option<PersonId>,
    /// When.
    pub assigned_ms: Option<i64>,
    /// Since when it is one to look at no more: the child avoids who is there.
    pub withdrawn_ms: Option<i64>,
}

/// A place to be added.
#[derive(Debug, Clone)]
pub struct NewCheck {
    /// Its case.
    pub case: CaseId,
    /// Its number within the case.
    pub item: i64,
    /// Which answer it comes from.
    pub origin: String,
    /// Why it is on the list.
    pub reason: Reason,
    /// Its rank.
    pub position: i64,
    /// Sealed for [`place_context`].
    pub place_sealed: Vec<u8>,
}

/// What a check came to.
#[derive(Clone)]
pub struct ResultRow {
    /// The place.
    pub item: i64,
    /// Order among the results of the place, from 1.
    pub seq: i64,
    /// What it came to.
    pub outcome: Outcome,
    /// The note.
    pub note: Sealed,
    /// Who wrote it down.
    pub by: PersonId,
    /// When.
    pub at_ms: i64,
}

/// A place with what its case says of itself; `$tail` narrows and orders.
macro_rules! checks {
    ($tail:literal) => {
        concat!(
            "select place_check.*, case_file.number as case_number, case_file.district
            from place_check
            join case_file on case_file.case_id = place_check.case_id ",
            $tail
        )
    };
}

/// The context a place is sealed for.
pub fn place_context(case: CaseId, item: i64) -> String {
    format!("place_check:place:{case}.{item}")
}

/// The context a note is sealed for.
pub fn note_context(case: CaseId, (item, seq): (i64, i64)) -> String {
    format!("place_result:note:{case}.{item}.{seq}")
}

/// The number that the next place of a case gets, from 1.
pub async fn next_item(tx: &mut Tx, case: CaseId) -> Result<i64, StoreError> {
    let sql = "select coalesce(max(item), 0) + 1 as next from place_check where case_id = $1";
    tx.select(sql)
        .bind(case.to_string())
        .get()
        .await?
        .get("next")
}

/// Adds a place.
pub async fn insert(tx: &mut Tx, new: &NewCheck) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into place_check
        (case_id, item, origin, reason, position, place_sealed, created_ms)
        values ($1, $2, $3, $4, $5, $6, $7)";
    tx.query(sql)
        .bind(new.case.to_string())
        .bind(new.item)
        .bind(&new.origin)
        .bind(new.reason.as_str())
        .bind(new.position)
        .bind(&new.place_sealed)
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// Writes a place anew, after its answer changed; one that was withdrawn is to be looked at again.
pub async fn update_place(tx: &mut Tx, new: &NewCheck) -> Result<(), StoreError> {
    let sql = "update place_check
        set reason = $3, position = $4, place_sealed = $5, withdrawn_ms = null
        where case_id = $1 and item = $2";
    tx.query(sql)
        .bind(new.case.to_string())
        .bind(new.item)
        .bind(new.reason.as_str())
        .bind(new.position)
        .bind(&new.place_sealed)
        .run()
        .await?;
    Ok(())
}

/// Withdraws a place that is one to look at no more.
pub async fn withdraw(tx: &mut Tx, (case, item): (CaseId, i64)) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "update place_check
        set withdrawn_ms = $3
        where case_id = $1 and item = $2";
    let query = tx.query(sql).bind(case.to_string()).bind(item).bind(now);
    query.run().await?;
    Ok(())
}

/// Gives a place to a unit, or takes it back.
pub async fn assign(
    tx: &mut Tx,
    (case, item): (CaseId, i64),
    unit: Option<&str>,
    by: PersonId,
) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "update place_check
        set unit = $3, assigned_by = $4, assigned_ms = $5
        where case_id = $1 and item = $2";
    tx.query(sql)
        .bind(case.to_string())
        .bind(item)
        .bind(unit)
        .bind(by.to_string())
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// The places of a case, withdrawn ones too, those to be checked first in front.
pub async fn list(reads: &mut impl Reads, case: CaseId) -> Result<Vec<CheckRow>, StoreError> {
    let sql = checks!("where place_check.case_id = $1 order by place_check.position, item");
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(read).collect()
}

/// The places given to a unit of a district and not withdrawn, in cases whose file is open.
pub async fn list_of_unit(
    reads: &mut impl Reads,
    district: &str,
    unit: &str,
) -> Result<Vec<CheckRow>, StoreError> {
    let sql = checks!(
        "where case_file.district = $1
        and place_check.unit = $2
        and place_check.withdrawn_ms is null
        and case_file.state not in ('closed', 'erased')
        order by place_check.position, place_check.case_id, item"
    );
    let rows = reads.select(sql).bind(district).bind(unit).list().await?;
    rows.iter().map(read).collect()
}

/// One place of a case.
pub async fn get(
    reads: &mut impl Reads,
    (case, item): (CaseId, i64),
) -> Result<CheckRow, StoreError> {
    let sql = checks!("where place_check.case_id = $1 and item = $2");
    let query = reads.select(sql).bind(case.to_string()).bind(item);
    read(&query.get().await?)
}

/// The number that the next result of a place gets, from 1.
pub async fn next_result(tx: &mut Tx, (case, item): (CaseId, i64)) -> Result<i64, StoreError> {
    let sql = "select coalesce(max(seq), 0) + 1 as next
        from place_result
        where case_id = $1 and item = $2";
    let query = tx.select(sql).bind(case.to_string()).bind(item);
    query.get().await?.get("next")
}

/// Appends what a check came to.
pub async fn insert_result(
    tx: &mut Tx,
    (case, item, seq): (CaseId, i64, i64),
    outcome: Outcome,
    note_sealed: &[u8],
    by: PersonId,
) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql =
        "insert into place_result (case_id, item, seq, outcome, note_sealed, by_person, at_ms)
        values ($1, $2, $3, $4, $5, $6, $7)";
    tx.query(sql)
        .bind(case.to_string())
        .bind(item)
        .bind(seq)
        .bind(outcome.as_str())
        .bind(note_sealed)
        .bind(by.to_string())
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// Every result of a case, by place and order.
pub async fn list_results(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<ResultRow>, StoreError> {
    let sql = "select * from place_result where case_id = $1 order by item, seq";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(|row| read_result(row, case)).collect()
}

fn read(row: &Row) -> Result<CheckRow, StoreError> {
    let case: CaseId = parsed(row, "case_id")?;
    let item = row.get("item")?;
    let context = place_context(case, item);
    Ok(CheckRow {
        case,
        case_number: row.get("case_number")?,
        district: row.get("district")?,
        item,
        origin: row.get("origin")?,
        reason: parsed(row, "reason")?,
        position: row.get("position")?,
        place: row.get_sealed("place_sealed", &case.to_string(), &context)?,
        unit: row.get("unit")?,
        assigned_by: find_parsed(row, "assigned_by")?,
        assigned_ms: row.get("assigned_ms")?,
        withdrawn_ms: row.get("withdrawn_ms")?,
    })
}

fn read_result(row: &Row, case: CaseId) -> Result<ResultRow, StoreError> {
    let (item, seq) = (row.get("item")?, row.get("seq")?);
    let context = note_context(case, (item, seq));
    Ok(ResultRow {
        item,
        seq,
        outcome: parsed(row, "outcome")?,
        note: row.get_sealed("note_sealed", &case.to_string(), &context)?,
        by: parsed(row, "by_person")?,
        at_ms: row.get("at_ms")?,
    })
}
