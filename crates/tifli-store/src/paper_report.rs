//! When a report was received on paper, for one that is typed in later. Two times and a person: no answer. Not for the
//! papers that the house prints ([`crate::paper`]).

use tifli_domain::id::{CaseId, PersonId};

use crate::{Reads, StoreError, Tx};

/// The times of a report on paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PaperReportRow {
    /// When the paper was received, in UTC milliseconds: the clocks of the case count from here.
    pub received_ms: i64,
    /// Who wrote that down.
    pub by: PersonId,
    /// When it was written down: the paper was being typed in.
    pub at_ms: i64,
}

/// Writes down when the paper of a case was received; an earlier entry stays.
pub async fn insert(
    tx: &mut Tx,
    case: CaseId,
    received_ms: i64,
    by: PersonId,
) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into paper_report (case_id, seq, received_ms, by_person, at_ms)
        select $1, coalesce(max(seq), 0) + 1, $2, $3, $4
        from paper_report
        where case_id = $1";
    tx.query(sql)
        .bind(case.to_string())
        .bind(received_ms)
        .bind(by.to_string())
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// The newest entry of a case; `None` for a report that was typed as it was told.
pub async fn find(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Option<PaperReportRow>, StoreError> {
    let sql = "select * from paper_report where case_id = $1 order by seq desc limit 1";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    let read = |row: &crate::Row| {
        Ok(PaperReportRow {
            received_ms: row.get("received_ms")?,
            by: crate::alert::parsed(row, "by_person")?,
            at_ms: row.get("at_ms")?,
        })
    };
    rows.first().map(read).transpose()
}
