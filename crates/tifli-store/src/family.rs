//! The family's follow-up: the hash of its number, the word agreed with it, what it wrote.
//!
//! Words are sealed under the case's key. Not here: what a family may be told.

use tifli_domain::family::FamilyNoteKind;
use tifli_domain::id::{CaseId, PersonId};

use crate::alert::{find_parsed, parsed};
use crate::{Reads, Row, Sealed, StoreError, Tx};

/// The most notes of one list.
const PAGE: i64 = 500;

/// A family's way to its page.
#[derive(Debug, Clone)]
pub struct AccessRow {
    /// The case.
    pub case: CaseId,
    /// Order among those of the case, from 1.
    pub seq: i64,
    /// The word agreed with the family.
    pub code_word: Sealed,
    /// Who issued it: the family's officer.
    pub issued_by: PersonId,
    /// When.
    pub issued_ms: i64,
}

/// A way to be opened for a family.
#[derive(Debug, Clone)]
pub struct NewAccess {
    /// The case.
    pub case: CaseId,
    /// Order among those of the case.
    pub seq: i64,
    /// The keyed hash of the number.
    pub pin_hash: [u8; 32],
    /// The agreed word, sealed for [`code_word_context`].
    pub code_word: Vec<u8>,
    /// Who issues it.
    pub issued_by: PersonId,
}

/// Something a family wrote.
#[derive(Debug, Clone)]
pub struct NoteRow {
    /// The case.
    pub case: CaseId,
    /// Order within the case, from 1.
    pub seq: i64,
    /// What sort.
    pub kind: FamilyNoteKind,
    /// The words.
    pub body: Sealed,
    /// When.
    pub at_ms: i64,
    /// When somebody of the house marked it as read.
    pub read_ms: Option<i64>,
    /// Who.
    pub read_by: Option<PersonId>,
}

/// The context the agreed word is sealed for.
pub fn code_word_context(case: CaseId, seq: i64) -> String {
    format!("family_access:code_word:{case}:{seq}")
}

/// The context a note is sealed for.
pub fn note_context(case: CaseId, seq: i64) -> String {
    format!("family_note:body:{case}:{seq}")
}

/// The number the next access of a case will have.
pub async fn next_access(reads: &mut impl Reads, case: CaseId) -> Result<i64, StoreError> {
    let sql = "select coalesce(max(seq), 0) + 1 as next from family_access where case_id = $1";
    let select = reads.select(sql).bind(case.to_string());
    select.get().await?.get("next")
}

/// Ends every earlier access of a case and adds one.
pub async fn issue(tx: &mut Tx, new: &NewAccess) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "update family_access set revoked_ms = $2
        where case_id = $1 and revoked_ms is null";
    let query = tx.query(sql).bind(new.case.to_string()).bind(now);
    query.run().await?;
    let sql = "insert into family_access
        (case_id, seq, pin_hash, code_word_sealed, issued_by, issued_ms)
        values ($1, $2, $3, $4, $5, $6)";
    tx.query(sql)
        .bind(new.case.to_string())
        .bind(new.seq)
        .bind(new.pin_hash)
        .bind(&new.code_word)
        .bind(new.issued_by.to_string())
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// The access that a number opens, unless it was issued again or the case is erased.
pub async fn find_by_pin(
    reads: &mut impl Reads,
    pin_hash: &[u8; 32],
) -> Result<Option<AccessRow>, StoreError> {
    let sql = "select * from family_access where pin_hash = $1 and revoked_ms is null";
    let row = reads.select(sql).bind(pin_hash).find().await?;
    row.as_ref().map(read_access).transpose()
}

/// The access of a case that is valid now.
pub async fn find_access(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Option<AccessRow>, StoreError> {
    let sql = "select * from family_access where case_id = $1 and revoked_ms is null";
    let row = reads.select(sql).bind(case.to_string()).find().await?;
    row.as_ref().map(read_access).transpose()
}

/// The number the next note of a case will have.
pub async fn next_note(reads: &mut impl Reads, case: CaseId) -> Result<i64, StoreError> {
    let sql = "select coalesce(max(seq), 0) + 1 as next from family_note where case_id = $1";
    let select = reads.select(sql).bind(case.to_string());
    select.get().await?.get("next")
}

/// Adds a note.
pub async fn insert_note(
    tx: &mut Tx,
    (case, seq): (CaseId, i64),
    kind: FamilyNoteKind,
    body: &[u8],
) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into family_note (case_id, seq, kind, body_sealed, at_ms)
        values ($1, $2, $3, $4, $5)";
    let query = tx.query(sql).bind(case.to_string()).bind(seq);
    let query = query.bind(kind.as_str()).bind(body).bind(now);
    query.run().await?;
    Ok(())
}

/// What a family wrote, the newest first.
pub async fn list_notes(reads: &mut impl Reads, case: CaseId) -> Result<Vec<NoteRow>, StoreError> {
    let sql = "select * from family_note where case_id = $1 order by seq desc limit $2";
    let rows = reads.select(sql).bind(case.to_string()).bind(PAGE);
    rows.list().await?.iter().map(read_note).collect()
}

/// Marks every note of a case as read by this person; returns how many were new.
pub async fn mark_read(tx: &mut Tx, case: CaseId, by: PersonId) -> Result<u64, StoreError> {
    let now = tx.now_ms();
    let sql = "update family_note set read_ms = $2, read_by = $3
        where case_id = $1 and read_ms is null";
    let query = tx.query(sql).bind(case.to_string()).bind(now);
    query.bind(by.to_string()).run().await
}

fn read_access(row: &Row) -> Result<AccessRow, StoreError> {
    let case: CaseId = parsed(row, "case_id")?;
    let seq = row.get("seq")?;
    let context = code_word_context(case, seq);
    Ok(AccessRow {
        case,
        seq,
        code_word: row.get_sealed("code_word_sealed", &case.to_string(), &context)?,
        issued_by: parsed(row, "issued_by")?,
        issued_ms: row.get("issued_ms")?,
    })
}

fn read_note(row: &Row) -> Result<NoteRow, StoreError> {
    let case: CaseId = parsed(row, "case_id")?;
    let seq = row.get("seq")?;
    let context = note_context(case, seq);
    Ok(NoteRow {
        case,
        seq,
        kind: parsed(row, "kind")?,
        body: row.get_sealed("body_sealed", &case.to_string(), &context)?,
        at_ms: row.get("at_ms")?,
        read_ms: row.get("read_ms")?,
        read_by: find_parsed(row, "read_by")?,
    })
}
