//! Cases offered to another district: who asked, who answered, what holds.
//!
//! Ids, codes and times, apart from the sealed reason. Not here: who may ask and answer.

use tifli_domain::id::{CaseId, PersonId, TransferId};
use tifli_domain::transfer::{TransferKind, TransferState};

use crate::alert::{find_parsed, parsed};
use crate::{Reads, Row, Sealed, StoreError, Tx};

/// A request's row.
#[derive(Debug, Clone)]
pub struct TransferRow {
    /// Its id.
    pub transfer: TransferId,
    /// The case.
    pub case: CaseId,
    /// To take over, or to read.
    pub kind: TransferKind,
    /// Where it stands.
    pub state: TransferState,
    /// The district that asks.
    pub from_district: String,
    /// The district that is asked.
    pub to_district: String,
    /// Why; gone once the case is erased.
    pub reason: Option<Sealed>,
    /// Who asked.
    pub asked_by: PersonId,
    /// When.
    pub asked_ms: i64,
    /// Who answered.
    pub answered_by: Option<PersonId>,
    /// When.
    pub answered_ms: Option<i64>,
    /// Who took it back or ended it.
    pub ended_by: Option<PersonId>,
    /// When.
    pub ended_ms: Option<i64>,
}

/// The context a reason is sealed for.
pub fn reason_context(transfer: TransferId) -> String {
    format!("transfer:reason:{transfer}")
}

/// Adds a request; its row says it is asked now.
pub async fn insert(tx: &mut Tx, row: &TransferRow, reason: &[u8]) -> Result<(), StoreError> {
    let sql = "insert into transfer
        (transfer_id, case_id, kind, state, from_district, to_district, reason_sealed,
         asked_by, asked_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    tx.query(sql)
        .bind(row.transfer.to_string())
        .bind(row.case.to_string())
        .bind(row.kind.as_str())
        .bind(row.state.as_str())
        .bind(&row.from_district)
        .bind(&row.to_district)
        .bind(reason)
        .bind(row.asked_by.to_string())
        .bind(row.asked_ms)
        .run()
        .await?;
    Ok(())
}

/// The request with this id.
pub async fn get(reads: &mut impl Reads, transfer: TransferId) -> Result<TransferRow, StoreError> {
    let sql = "select * from transfer where transfer_id = $1";
    read(&reads.select(sql).bind(transfer.to_string()).get().await?)
}

/// The request of this kind that waits for this district.
pub async fn find_asked(
    reads: &mut impl Reads,
    case: CaseId,
    kind: TransferKind,
    to_district: &str,
) -> Result<Option<TransferRow>, StoreError> {
    let sql = "select * from transfer
        where case_id = $1 and kind = $2 and to_district = $3 and state = 'asked'";
    let select = reads.select(sql).bind(case.to_string()).bind(kind.as_str());
    let row = select.bind(to_district).find().await?;
    row.as_ref().map(read).transpose()
}

/// Every request of a case, the newest first.
pub async fn list_by_case(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<TransferRow>, StoreError> {
    let sql = "select * from transfer where case_id = $1 order by asked_ms desc, transfer_id desc";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(read).collect()
}

/// The cases that a district reads beside the one that keeps them.
pub async fn list_shared(
    reads: &mut impl Reads,
    district: &str,
) -> Result<Vec<CaseId>, StoreError> {
    let sql = "select distinct case_id from transfer
        where to_district = $1 and kind = 'share' and state = 'accepted'";
    let rows = reads.select(sql).bind(district).list().await?;
    rows.iter().map(|row| parsed(row, "case_id")).collect()
}

/// Writes what may change of a request.
pub async fn update(tx: &mut Tx, row: &TransferRow) -> Result<(), StoreError> {
    let sql = "update transfer
        set state = $2, answered_by = $3, answered_ms = $4, ended_by = $5, ended_ms = $6
        where transfer_id = $1";
    tx.query(sql)
        .bind(row.transfer.to_string())
        .bind(row.state.as_str())
        .bind(row.answered_by.map(|person| person.to_string()))
        .bind(row.answered_ms)
        .bind(row.ended_by.map(|person| person.to_string()))
        .bind(row.ended_ms)
        .run()
        .await?;
    Ok(())
}

/// Moves a case with its alerts and bulletins to another district. The number that people say keeps the district
/// it was opened in.
pub async fn move_case(tx: &mut Tx, case: CaseId, to_district: &str) -> Result<(), StoreError> {
    let id = case.to_string();
    let sql = "update case_file
        set number_district = coalesce(number_district, district), district = $2
        where case_id = $1";
    tx.query(sql).bind(&id).bind(to_district).run().await?;
    for sql in [
        "update alert set district = $2 where case_id = $1",
        "update bulletin set district = $2 where case_id = $1",
    ] {
        tx.query(sql).bind(&id).bind(to_district).run().await?;
    }
    Ok(())
}

fn read(row: &Row) -> Result<TransferRow, StoreError> {
    let transfer: TransferId = parsed(row, "transfer_id")?;
    let case: CaseId = parsed(row, "case_id")?;
    let context = reason_context(transfer);
    Ok(TransferRow {
        transfer,
        case,
        kind: parsed(row, "kind")?,
        state: parsed(row, "state")?,
        from_district: row.get("from_district")?,
        to_district: row.get("to_district")?,
        reason: row.find_sealed("reason_sealed", &case.to_string(), &context)?,
        asked_by: parsed(row, "asked_by")?,
        asked_ms: row.get("asked_ms")?,
        answered_by: find_parsed(row, "answered_by")?,
        answered_ms: row.get("answered_ms")?,
        ended_by: find_parsed(row, "ended_by")?,
        ended_ms: row.get("ended_ms")?,
    })
}
