//! Calls taken on the line: what was said, sealed, who took it, and by when somebody must see to it.
//!
//! A call about a case is sealed under that case's key, any other under a key of its own. Not here: what each
//! kind of call means, which is the domain's.

use tifli_domain::call::CallKind;
use tifli_domain::duty::DutyEnd;
use tifli_domain::id::{CallId, CaseId, PersonId, TipId};

use crate::alert::{find_parsed, parsed};
use crate::{Reads, Row, Sealed, StoreError, Tx, counter};

/// The most calls of one list.
pub const PAGE: i64 = 300;

/// A call to be added.
#[derive(Clone)]
pub struct NewCall {
    /// Its id.
    pub call: CallId,
    /// What it turned out to be.
    pub kind: CallKind,
    /// The case it is about, and the tip it became.
    pub about: Option<(CaseId, TipId)>,
    /// The keyed hash of its receipt.
    pub receipt_hash: [u8; 32],
    /// What was said, sealed for [`body_context`].
    pub body: Vec<u8>,
    /// When the caller rang.
    pub called_ms: i64,
    /// Who took it.
    pub taken_by: PersonId,
    /// By when somebody must see to it.
    pub due_ms: Option<i64>,
}

/// A call's row.
#[derive(Debug, Clone)]
pub struct CallRow {
    /// Its id, which is also the owner of its key while it is about no case.
    pub call: CallId,
    /// The number people say.
    pub number: i64,
    /// What it turned out to be.
    pub kind: CallKind,
    /// The case it is about.
    pub case: Option<CaseId>,
    /// The tip it became.
    pub tip: Option<TipId>,
    /// The keyed hash of its receipt.
    pub receipt_hash: [u8; 32],
    /// What was said; `None` once erased.
    pub body: Option<Sealed>,
    /// When the caller rang.
    pub called_ms: i64,
    /// When it was kept.
    pub taken_ms: i64,
    /// Who took it.
    pub taken_by: PersonId,
    /// By when somebody must see to it.
    pub due_ms: Option<i64>,
    /// When the room was paged.
    pub paged_ms: Option<i64>,
    /// When somebody had seen to it.
    pub settled_ms: Option<i64>,
    /// Who.
    pub settled_by: Option<PersonId>,
    /// What became of it.
    pub ending: Option<DutyEnd>,
    /// How.
    pub note: Option<Sealed>,
    /// When it was erased.
    pub erased_ms: Option<i64>,
}

/// What is said when somebody has seen to a call.
#[derive(Debug, Clone)]
pub struct CallEnd {
    /// What became of it.
    pub ending: DutyEnd,
    /// Who saw to it.
    pub by: PersonId,
    /// How, sealed for [`note_context`].
    pub note: Option<Vec<u8>>,
}

impl CallRow {
    /// Whose key its words are sealed under.
    pub fn owner(&self) -> String {
        match self.case {
            Some(case) => case.to_string(),
            None => self.call.to_string(),
        }
    }
}

/// The context a call's words are sealed for.
pub fn body_context(call: CallId) -> String {
    format!("line_call:body:{call}")
}

/// The context the note of its end is sealed for.
pub fn note_context(call: CallId) -> String {
    format!("line_call:note:{call}")
}

/// Adds a call; gives its number.
pub async fn insert(tx: &mut Tx, new: &NewCall) -> Result<i64, StoreError> {
    let number = counter::next(tx, "call").await?;
    let now = tx.now_ms();
    let sql = "insert into line_call
        (call_id, number, kind, case_id, tip_id, receipt_hash, body_sealed, called_ms, taken_ms,
         taken_by, due_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    tx.query(sql)
        .bind(new.call.to_string())
        .bind(number)
        .bind(new.kind.as_str())
        .bind(new.about.map(|(case, _)| case.to_string()))
        .bind(new.about.map(|(_, tip)| tip.to_string()))
        .bind(new.receipt_hash)
        .bind(&new.body)
        .bind(new.called_ms)
        .bind(now)
        .bind(new.taken_by.to_string())
        .bind(new.due_ms)
        .run()
        .await?;
    Ok(number)
}

/// The call with this id.
pub async fn get(reads: &mut impl Reads, call: CallId) -> Result<CallRow, StoreError> {
    let sql = "select * from line_call where call_id = $1";
    read(&reads.select(sql).bind(call.to_string()).get().await?)
}

/// The call with this receipt.
pub async fn find_by_receipt(
    reads: &mut impl Reads,
    receipt_hash: &[u8; 32],
) -> Result<Option<CallRow>, StoreError> {
    let sql = "select * from line_call where receipt_hash = $1";
    let row = reads.select(sql).bind(receipt_hash).find().await?;
    row.as_ref().map(read).transpose()
}

/// The call that became this tip.
pub async fn find_by_tip(
    reads: &mut impl Reads,
    tip: TipId,
) -> Result<Option<CallRow>, StoreError> {
    let sql = "select * from line_call where tip_id = $1";
    let row = reads.select(sql).bind(tip.to_string()).find().await?;
    row.as_ref().map(read).transpose()
}

/// Calls that somebody must still see to, the most urgent first, at most [`PAGE`].
pub async fn list_open(reads: &mut impl Reads) -> Result<Vec<CallRow>, StoreError> {
    let sql = "select * from line_call
        where settled_ms is null and due_ms is not null
        order by due_ms, number limit $1";
    let rows = reads.select(sql).bind(PAGE).list().await?;
    rows.iter().map(read).collect()
}

/// The newest calls, whatever became of them, at most `most`.
pub async fn list_newest(reads: &mut impl Reads, most: i64) -> Result<Vec<CallRow>, StoreError> {
    let sql = "select * from line_call order by number desc limit $1";
    let rows = reads.select(sql).bind(most).list().await?;
    rows.iter().map(read).collect()
}

/// The calls about a case, the first one first.
pub async fn list_by_case(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<CallRow>, StoreError> {
    let sql = "select * from line_call where case_id = $1 order by number";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(read).collect()
}

/// How many calls somebody must still see to.
pub async fn count_open(reads: &mut impl Reads) -> Result<u64, StoreError> {
    let sql = "select count(*) as waiting from line_call
        where settled_ms is null and due_ms is not null";
    let row = reads.select(sql).get().await?;
    Ok(row.get::<i64>("waiting")?.unsigned_abs())
}

/// Ids of calls whose key is their own: about no case, and not erased.
pub async fn list_own_keys(reads: &mut impl Reads) -> Result<Vec<CallId>, StoreError> {
    let sql = "select call_id from line_call where case_id is null and erased_ms is null";
    let rows = reads.select(sql).list().await?;
    rows.iter().map(|row| parsed(row, "call_id")).collect()
}

/// Calls about no case that were seen to before `before_ms` and are not erased.
pub async fn list_to_erase(
    reads: &mut impl Reads,
    before_ms: i64,
) -> Result<Vec<CallId>, StoreError> {
    let sql = "select call_id from line_call
        where case_id is null and erased_ms is null and settled_ms < $1";
    let rows = reads.select(sql).bind(before_ms).list().await?;
    rows.iter().map(|row| parsed(row, "call_id")).collect()
}

/// Open calls that are late and were never paged.
pub async fn list_unpaged(reads: &mut impl Reads, now_ms: i64) -> Result<Vec<CallRow>, StoreError> {
    let sql = "select * from line_call
        where settled_ms is null and paged_ms is null and due_ms <= $1
        order by due_ms, number limit $2";
    let rows = reads.select(sql).bind(now_ms).bind(PAGE).list().await?;
    rows.iter().map(read).collect()
}

/// Remembers that it was looked at when it became late; later calls change nothing.
pub async fn mark_paged(tx: &mut Tx, call: CallId) -> Result<bool, StoreError> {
    let now = tx.now_ms();
    let sql = "update line_call set paged_ms = $2
        where call_id = $1 and paged_ms is null and settled_ms is null";
    let query = tx.query(sql).bind(call.to_string()).bind(now);
    Ok(query.run().await? > 0)
}

/// Somebody has seen to it; `false` when somebody had before.
pub async fn settle(tx: &mut Tx, call: CallId, end: &CallEnd) -> Result<bool, StoreError> {
    let now = tx.now_ms();
    let sql = "update line_call
        set settled_ms = $2, settled_by = $3, ending = $4, note_sealed = $5
        where call_id = $1 and settled_ms is null";
    let query = tx.query(sql).bind(call.to_string()).bind(now);
    let query = query.bind(end.by.to_string()).bind(end.ending.as_str());
    Ok(query.bind(end.note.clone()).run().await? > 0)
}

/// Puts a call to a case, its words sealed anew under that case's key; the tip it became, if it became one.
pub async fn join(
    tx: &mut Tx,
    call: CallId,
    (case, tip): (CaseId, Option<TipId>),
    body: &[u8],
) -> Result<(), StoreError> {
    let sql = "update line_call
        set case_id = $2, tip_id = $3, body_sealed = $4
        where call_id = $1 and case_id is null";
    let query = tx.query(sql).bind(call.to_string()).bind(case.to_string());
    let query = query.bind(tip.map(|tip| tip.to_string()));
    query.bind(body).run().await?;
    Ok(())
}

/// Empties a call about no case; its number, kind and times stay.
pub async fn wipe(tx: &mut Tx, call: CallId) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "update line_call
        set body_sealed = null, note_sealed = null, erased_ms = coalesce(erased_ms, $2)
        where call_id = $1 and case_id is null";
    tx.query(sql).bind(call.to_string()).bind(now).run().await?;
    Ok(())
}

fn read(row: &Row) -> Result<CallRow, StoreError> {
    let call: CallId = parsed(row, "call_id")?;
    let case: Option<CaseId> = find_parsed(row, "case_id")?;
    let owner = case.map_or_else(|| call.to_string(), |case| case.to_string());
    Ok(CallRow {
        call,
        number: row.get("number")?,
        kind: parsed(row, "kind")?,
        case,
        tip: find_parsed(row, "tip_id")?,
        receipt_hash: row.get("receipt_hash")?,
        body: row.find_sealed("body_sealed", &owner, &body_context(call))?,
        called_ms: row.get("called_ms")?,
        taken_ms: row.get("taken_ms")?,
        taken_by: parsed(row, "taken_by")?,
        due_ms: row.get("due_ms")?,
        paged_ms: row.get("paged_ms")?,
        settled_ms: row.get("settled_ms")?,
        settled_by: find_parsed(row, "settled_by")?,
        ending: find_parsed(row, "ending")?,
        note: row.find_sealed("note_sealed", &owner, &note_context(call))?,
        erased_ms: row.get("erased_ms")?,
    })
}
