//! Hand-overs of an alert to partners, and their receipts, which are only ever added to.
//!
//! A reference or note is sealed under the key of the case, a screenshot is a blob under it. Not
//! here: which step is possible, and who may take it.

use tifli_domain::delivery::Outcome;
use tifli_domain::id::{AlertId, CaseId, HandoverId, MessageId, PersonId};
use tifli_domain::partner::{Came, HandoverAct, HandoverState, Way};

use crate::alert::{find_parsed, parsed};
use crate::{BlobId, Reads, Row, Sealed, StoreError, Tx};

/// Most rows of one list.
const LIST_LIMIT: u32 = 1_000;

/// A hand-over's row, with what its case and alert say of themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverRow {
    /// Its id.
    pub handover: HandoverId,
    /// The case.
    pub case: CaseId,
    /// The district of that case.
    pub district: String,
    /// The alert.
    pub alert: AlertId,
    /// Whether the public still has that alert.
    pub live: bool,
    /// When that alert ended.
    pub ended_ms: Option<i64>,
    /// The message that is handed over.
    pub message: MessageId,
    /// The partner's code in the pack.
    pub partner: String,
    /// The version of the message.
    pub version: u32,
    /// Where it stands.
    pub state: HandoverState,
    /// Whether the photo may go with it.
    pub picture: bool,
    /// When it was prepared.
    pub created_ms: i64,
    /// When it was last submitted.
    pub submitted_ms: Option<i64>,
    /// When it was seen live.
    pub live_ms: Option<i64>,
    /// When its withdrawal was last asked for.
    pub asked_ms: Option<i64>,
    /// When it was seen withdrawn.
    pub withdrawn_ms: Option<i64>,
}

/// One receipt.
#[derive(Debug, Clone)]
pub struct HandoverReceipt {
    /// Its hand-over.
    pub handover: HandoverId,
    /// Order among its receipts, from 1.
    pub seq: i64,
    /// What was done or seen; `None` when a hand-over was prepared.
    pub act: Option<HandoverAct>,
    /// By which way the partner was reached.
    pub way: Option<Way>,
    /// Who; `None` when it follows from a decision about the alert.
    pub by: Option<PersonId>,
    /// When.
    pub at_ms: i64,
    /// The partner's reference, and words about it.
    pub note: Option<Sealed>,
    /// A screenshot.
    pub shot: Option<BlobId>,
}

/// The word of the receipt that begins every hand-over.
const PREPARED: &str = "prepare";

macro_rules! handovers {
    ($tail:literal) => {
        concat!(
            "select handover.*, alert.district, alert.ended_ms,
                cast(case when alert.state = 'live' then 1 else 0 end as bigint) as live
            from handover
            join alert on alert.alert_id = handover.alert_id ",
            $tail
        )
    };
}

impl HandoverRow {
    /// What is known of it, in the three words of the ledger; `None` before it was given away.
    pub fn outcome(&self) -> Option<Outcome> {
        let came = match (self.submitted_ms, self.live_ms) {
            (_, Some(_)) => Came::SeenLive,
            (Some(_), None) => Came::Submitted,
            (None, None) => Came::Nowhere,
        };
        self.state.known(came)
    }
}

/// The context a receipt's note is sealed for.
pub fn note_context(handover: HandoverId, seq: i64) -> String {
    format!("handover_receipt:note:{handover}:{seq}")
}

/// Adds a prepared hand-over. One version is handed to one partner once.
pub async fn insert(tx: &mut Tx, row: &HandoverRow) -> Result<(), StoreError> {
    let sql = "insert into handover
        (handover_id, case_id, alert_id, message_id, partner, version, state, picture, created_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    tx.query(sql)
        .bind(row.handover.to_string())
        .bind(row.case.to_string())
        .bind(row.alert.to_string())
        .bind(row.message.to_string())
        .bind(&row.partner)
        .bind(row.version)
        .bind(row.state.as_str())
        .bind(row.picture)
        .bind(row.created_ms)
        .run()
        .await?;
    Ok(())
}

/// Writes what may change of a hand-over.
pub async fn update(tx: &mut Tx, row: &HandoverRow) -> Result<(), StoreError> {
    let sql = "update handover
        set state = $2, submitted_ms = $3, live_ms = $4, asked_ms = $5, withdrawn_ms = $6
        where handover_id = $1";
    tx.query(sql)
        .bind(row.handover.to_string())
        .bind(row.state.as_str())
        .bind(row.submitted_ms)
        .bind(row.live_ms)
        .bind(row.asked_ms)
        .bind(row.withdrawn_ms)
        .run()
        .await?;
    Ok(())
}

/// The hand-over with this id.
pub async fn get(reads: &mut impl Reads, handover: HandoverId) -> Result<HandoverRow, StoreError> {
    let sql = handovers!("where handover.handover_id = $1");
    read(&reads.select(sql).bind(handover.to_string()).get().await?)
}

/// The hand-over of this message to this partner.
pub async fn find(
    reads: &mut impl Reads,
    message: MessageId,
    partner: &str,
) -> Result<Option<HandoverRow>, StoreError> {
    let sql = handovers!("where handover.message_id = $1 and handover.partner = $2");
    let select = reads.select(sql).bind(message.to_string()).bind(partner);
    select.find().await?.as_ref().map(read).transpose()
}

/// Every hand-over of an alert, the oldest version first.
pub async fn list_by_alert(
    reads: &mut impl Reads,
    alert: AlertId,
) -> Result<Vec<HandoverRow>, StoreError> {
    let sql =
        handovers!("where handover.alert_id = $1 order by handover.version, handover.partner");
    let rows = reads.select(sql).bind(alert.to_string()).list().await?;
    rows.iter().map(read).collect()
}

/// Every hand-over of a case.
pub async fn list_by_case(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<HandoverRow>, StoreError> {
    let sql =
        handovers!("where handover.case_id = $1 order by handover.created_ms, handover.partner");
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(read).collect()
}

/// Hand-overs about which something may still be to be done, of all cases.
pub async fn list_open(reads: &mut impl Reads) -> Result<Vec<HandoverRow>, StoreError> {
    let sql = handovers!(
        "where handover.state in ('prepared', 'submitted', 'seen_live', 'withdrawal_asked')
        order by handover.created_ms
        limit $1"
    );
    let rows = reads.select(sql).bind(LIST_LIMIT).list().await?;
    rows.iter().map(read).collect()
}

/// The order of the next receipt.
pub async fn next_seq(reads: &mut impl Reads, handover: HandoverId) -> Result<i64, StoreError> {
    let sql = "select coalesce(max(seq), 0) + 1 as next from handover_receipt
        where handover_id = $1";
    let select = reads.select(sql).bind(handover.to_string());
    select.get().await?.get("next")
}

/// Adds a receipt.
pub async fn insert_receipt(tx: &mut Tx, receipt: &HandoverReceipt) -> Result<(), StoreError> {
    let sql = "insert into handover_receipt
        (handover_id, seq, act, way, by_person, at_ms, note_sealed, shot_blob)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    tx.query(sql)
        .bind(receipt.handover.to_string())
        .bind(receipt.seq)
        .bind(receipt.act.map_or(PREPARED, HandoverAct::as_str))
        .bind(receipt.way.map(Way::as_str))
        .bind(receipt.by.map(|person| person.to_string()))
        .bind(receipt.at_ms)
        .bind(receipt.note.as_ref().map(|note| note.bytes().to_vec()))
        .bind(receipt.shot.as_ref().map(BlobId::as_str))
        .run()
        .await?;
    Ok(())
}

/// The receipts of a hand-over, the oldest first.
pub async fn list_receipts(
    reads: &mut impl Reads,
    row: &HandoverRow,
) -> Result<Vec<HandoverReceipt>, StoreError> {
    let sql = "select * from handover_receipt where handover_id = $1 order by seq";
    let select = reads.select(sql).bind(row.handover.to_string());
    let rows = select.list().await?;
    rows.iter()
        .map(|receipt| read_receipt(receipt, row))
        .collect()
}

/// Every screenshot of a case: what an erasure destroys.
pub async fn list_shots_of_case(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<BlobId>, StoreError> {
    let sql = "select shot_blob as blob from handover_receipt
        where shot_blob is not null
        and handover_id in (select handover_id from handover where case_id = $1)";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(|row| parsed(row, "blob")).collect()
}

/// Every screenshot there is, for the sweep.
pub async fn list_blobs(reads: &mut impl Reads) -> Result<Vec<BlobId>, StoreError> {
    let sql = "select shot_blob as blob from handover_receipt where shot_blob is not null";
    let rows = reads.select(sql).list().await?;
    rows.iter().map(|row| parsed(row, "blob")).collect()
}

fn read(row: &Row) -> Result<HandoverRow, StoreError> {
    Ok(HandoverRow {
        handover: parsed(row, "handover_id")?,
        case: parsed(row, "case_id")?,
        district: row.get("district")?,
        alert: parsed(row, "alert_id")?,
        live: row.get("live")?,
        ended_ms: row.get("ended_ms")?,
        message: parsed(row, "message_id")?,
        partner: row.get("partner")?,
        version: row.get("version")?,
        state: parsed(row, "state")?,
        picture: row.get("picture")?,
        created_ms: row.get("created_ms")?,
        submitted_ms: row.get("submitted_ms")?,
        live_ms: row.get("live_ms")?,
        asked_ms: row.get("asked_ms")?,
        withdrawn_ms: row.get("withdrawn_ms")?,
    })
}

fn read_receipt(row: &Row, of: &HandoverRow) -> Result<HandoverReceipt, StoreError> {
    let seq = row.get("seq")?;
    let act: String = row.get("act")?;
    let act = match act.as_str() {
        PREPARED => None,
        _ => Some(parsed(row, "act")?),
    };
    let context = note_context(of.handover, seq);
    Ok(HandoverReceipt {
        handover: of.handover,
        seq,
        act,
        way: find_parsed(row, "way")?,
        by: find_parsed(row, "by_person")?,
        at_ms: row.get("at_ms")?,
        note: row.find_sealed("note_sealed", &of.case.to_string(), &context)?,
        shot: find_parsed(row, "shot_blob")?,
    })
}
