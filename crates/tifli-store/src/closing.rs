//! From found to closed: what was said of each item, what a closed file ended as, holds, and
//! episodes of the same child.
//!
//! Names and words are sealed under the case's key; codes and times stay. Not for deciding what may
//! follow what.

use tifli_domain::closing::{How, Item, Record};
use tifli_domain::id::{CaseId, HoldId, PersonId};
use tifli_domain::retention::{Ending, HoldKind};

use crate::alert::{find_parsed, parsed};
use crate::{Reads, Row, Sealed, StoreError, Tx};

/// What was said of one item.
#[derive(Debug, Clone)]
pub struct StepRow {
    /// The case.
    pub case: CaseId,
    /// The item.
    pub item: Item,
    /// Order among what was said of it, from 1.
    pub seq: i64,
    /// How it was settled.
    pub how: How,
    /// The word chosen; may be empty.
    pub word: String,
    /// Who said it.
    pub by: PersonId,
    /// When.
    pub at_ms: i64,
    /// The name and the words with it; `None` once the case is erased.
    pub note: Option<Sealed>,
}

/// Something to say of an item.
#[derive(Debug, Clone)]
pub struct NewStep {
    /// The case.
    pub case: CaseId,
    /// The item.
    pub item: Item,
    /// Its number among what was said of it.
    pub seq: i64,
    /// How it is settled.
    pub how: How,
    /// The word chosen; may be empty.
    pub word: String,
    /// Who says it.
    pub by: PersonId,
    /// Sealed for [`step_context`].
    pub note: Vec<u8>,
}

/// What a closed file ended as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionRow {
    /// The case.
    pub case: CaseId,
    /// What became of the child.
    pub ending: Ending,
    /// What the alert had to do with it; may be empty.
    pub attribution: String,
    /// Who found the child; may be empty.
    pub found_by: String,
    /// The pack's class.
    pub class: String,
    /// When the file was closed.
    pub closed_ms: i64,
    /// When it is due for erasure.
    pub erase_on_ms: i64,
}

/// A hold on a case's erasure.
#[derive(Debug, Clone)]
pub struct HoldRow {
    /// Its id.
    pub hold: HoldId,
    /// The case.
    pub case: CaseId,
    /// Held by the prosecutor, or by open proceedings.
    pub kind: HoldKind,
    /// Who placed it.
    pub placed_by: PersonId,
    /// When.
    pub placed_ms: i64,
    /// Until when; `None` until it is lifted.
    pub until_ms: Option<i64>,
    /// On what basis; `None` once the case is erased.
    pub basis: Option<Sealed>,
    /// Who lifted it.
    pub lifted_by: Option<PersonId>,
    /// When.
    pub lifted_ms: Option<i64>,
}

/// A hold to place.
#[derive(Debug, Clone)]
pub struct NewHold {
    /// Its id.
    pub hold: HoldId,
    /// The case.
    pub case: CaseId,
    /// Which kind.
    pub kind: HoldKind,
    /// Who places it.
    pub by: PersonId,
    /// Until when; `None` until it is lifted.
    pub until_ms: Option<i64>,
    /// Sealed for [`basis_context`].
    pub basis: Vec<u8>,
}

/// The context the words of a step are sealed for.
pub fn step_context(case: CaseId, item: Item, seq: i64) -> String {
    format!("closing_step:note:{case}.{}.{seq}", item.as_str())
}

/// The context the basis of a hold is sealed for.
pub fn basis_context(hold: HoldId) -> String {
    format!("legal_hold:basis:{hold}")
}

/// The context the reason why a hold was lifted is sealed for.
pub fn lift_context(hold: HoldId) -> String {
    format!("legal_hold:reason:{hold}")
}

/// Adds what was said of an item.
pub async fn insert_step(tx: &mut Tx, step: &NewStep) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into closing_step
        (case_id, item, seq, how, word, by_person, at_ms, note_sealed)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    tx.query(sql)
        .bind(step.case.to_string())
        .bind(step.item.as_str())
        .bind(step.seq)
        .bind(step.how.as_str())
        .bind(&step.word)
        .bind(step.by.to_string())
        .bind(now)
        .bind(&step.note)
        .run()
        .await?;
    Ok(())
}

/// Everything said of a case's closing, the oldest first.
pub async fn list_steps(reads: &mut impl Reads, case: CaseId) -> Result<Vec<StepRow>, StoreError> {
    let sql = "select * from closing_step where case_id = $1 order by at_ms, item, seq";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(read_step).collect()
}

/// The newest of what was said of each item.
pub fn standing(rows: &[StepRow]) -> Vec<&StepRow> {
    let newest = |row: &&StepRow| {
        !rows
            .iter()
            .any(|other| other.item == row.item && other.seq > row.seq)
    };
    rows.iter().filter(newest).collect()
}

/// The newest of what was said of each item, as the domain asks for it.
pub fn records(rows: &[StepRow]) -> Vec<Record> {
    let record = |row: &StepRow| Record {
        item: row.item,
        how: row.how,
        word: row.word.clone(),
    };
    standing(rows).into_iter().map(record).collect()
}

/// Writes down what a closed file ended as; a file closed again is counted from the last time.
pub async fn put_retention(tx: &mut Tx, row: &RetentionRow) -> Result<(), StoreError> {
    let sql = "insert into retention
        (case_id, ending, attribution, found_by, class, closed_ms, erase_on_ms)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (case_id) do update
        set ending = excluded.ending, attribution = excluded.attribution,
            found_by = excluded.found_by, class = excluded.class,
            closed_ms = excluded.closed_ms, erase_on_ms = excluded.erase_on_ms";
    tx.query(sql)
        .bind(row.case.to_string())
        .bind(row.ending.as_str())
        .bind(&row.attribution)
        .bind(&row.found_by)
        .bind(&row.class)
        .bind(row.closed_ms)
        .bind(row.erase_on_ms)
        .run()
        .await?;
    Ok(())
}

/// What a case ended as, once it is closed.
pub async fn find_retention(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Option<RetentionRow>, StoreError> {
    let sql = "select * from retention where case_id = $1";
    let row = reads.select(sql).bind(case.to_string()).find().await?;
    row.as_ref().map(read_retention).transpose()
}

/// Files that are not erased and are due by `at_ms`, those that wait longest first.
pub async fn list_due(reads: &mut impl Reads, at_ms: i64) -> Result<Vec<RetentionRow>, StoreError> {
    let sql = "select retention.*
        from retention
        join case_file on case_file.case_id = retention.case_id
        where retention.erase_on_ms <= $1
        and case_file.state <> 'erased'
        order by retention.erase_on_ms
        limit 500";
    let rows = reads.select(sql).bind(at_ms).list().await?;
    rows.iter().map(read_retention).collect()
}

/// Places a hold.
pub async fn insert_hold(tx: &mut Tx, new: &NewHold) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into legal_hold
        (hold_id, case_id, kind, placed_by, placed_ms, until_ms, basis_sealed)
        values ($1, $2, $3, $4, $5, $6, $7)";
    tx.query(sql)
        .bind(new.hold.to_string())
        .bind(new.case.to_string())
        .bind(new.kind.as_str())
        .bind(new.by.to_string())
        .bind(now)
        .bind(new.until_ms)
        .bind(&new.basis)
        .run()
        .await?;
    Ok(())
}

/// The hold with this id.
pub async fn get_hold(reads: &mut impl Reads, hold: HoldId) -> Result<HoldRow, StoreError> {
    let sql = "select * from legal_hold where hold_id = $1";
    read_hold(&reads.select(sql).bind(hold.to_string()).get().await?)
}

/// Every hold there ever was on a case, the oldest first.
pub async fn list_holds(reads: &mut impl Reads, case: CaseId) -> Result<Vec<HoldRow>, StoreError> {
    let sql = "select * from legal_hold where case_id = $1 order by placed_ms, hold_id";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(read_hold).collect()
}

/// Lifts a hold; `reason` is sealed for [`lift_context`].
pub async fn lift_hold(
    tx: &mut Tx,
    hold: HoldId,
    by: PersonId,
    reason: &[u8],
) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "update legal_hold
        set lifted_by = $2, lifted_ms = $3, reason_sealed = $4
        where hold_id = $1
        and lifted_ms is null";
    let query = tx.query(sql).bind(hold.to_string()).bind(by.to_string());
    query.bind(now).bind(reason).run().await?;
    Ok(())
}

/// Links an earlier case of the same child; a link that is there already stays as it is.
pub async fn link_episode(
    tx: &mut Tx,
    case: CaseId,
    earlier: CaseId,
    by: PersonId,
) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into episode (case_id, earlier_id, linked_by, linked_ms)
        values ($1, $2, $3, $4)
        on conflict (case_id, earlier_id) do nothing";
    let query = tx.query(sql).bind(case.to_string());
    let query = query.bind(earlier.to_string()).bind(by.to_string());
    query.bind(now).run().await?;
    Ok(())
}

/// The cases linked to this one, in either direction.
pub async fn list_episodes(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<CaseId>, StoreError> {
    let sql = "select earlier_id as other from episode where case_id = $1
        union
        select case_id as other from episode where earlier_id = $1";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(|row| parsed(row, "other")).collect()
}

fn read_step(row: &Row) -> Result<StepRow, StoreError> {
    let (case, item): (CaseId, Item) = (parsed(row, "case_id")?, parsed(row, "item")?);
    let seq = row.get("seq")?;
    let context = step_context(case, item, seq);
    Ok(StepRow {
        case,
        item,
        seq,
        how: parsed(row, "how")?,
        word: row.get("word")?,
        by: parsed(row, "by_person")?,
        at_ms: row.get("at_ms")?,
        note: row.find_sealed("note_sealed", &case.to_string(), &context)?,
    })
}

fn read_retention(row: &Row) -> Result<RetentionRow, StoreError> {
    Ok(RetentionRow {
        case: parsed(row, "case_id")?,
        ending: parsed(row, "ending")?,
        attribution: row.get("attribution")?,
        found_by: row.get("found_by")?,
        class: row.get("class")?,
        closed_ms: row.get("closed_ms")?,
        erase_on_ms: row.get("erase_on_ms")?,
    })
}

fn read_hold(row: &Row) -> Result<HoldRow, StoreError> {
    let (hold, case): (HoldId, CaseId) = (parsed(row, "hold_id")?, parsed(row, "case_id")?);
    let context = basis_context(hold);
    Ok(HoldRow {
        hold,
        case,
        kind: parsed(row, "kind")?,
        placed_by: parsed(row, "placed_by")?,
        placed_ms: row.get("placed_ms")?,
        until_ms: row.get("until_ms")?,
        basis: row.find_sealed("basis_sealed", &case.to_string(), &context)?,
        lifted_by: find_parsed(row, "lifted_by")?,
        lifted_ms: row.get("lifted_ms")?,
    })
}
