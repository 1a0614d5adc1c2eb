//! What the public tells us: tips, the dialogue under a receipt, wrong receipts.
//!
//! Words are sealed under the key of the case they speak of; a receipt is known by its keyed hash
//! only, a network by its own. Not for deciding what a tip is worth.

use tifli_domain::id::{AlertId, CaseId, PersonId, TipId};
use tifli_domain::tip::TipState;

use crate::alert::{find_parsed, parsed};
use crate::triage::{self, Standing};
use crate::{BlobId, Reads, Row, Sealed, StoreError, Tx, counter};

/// A tip to be added.
#[derive(Debug, Clone)]
pub struct NewTip {
    /// Its id.
    pub tip: TipId,
    /// The case it speaks of.
    pub case: CaseId,
    /// The alert it answers; none for one that a call or a unit brought.
    pub alert: Option<AlertId>,
    /// The keyed hash of its receipt.
    pub receipt_hash: [u8; 32],
    /// What was told, sealed for [`body_context`].
    pub body: Vec<u8>,
}

/// A tip's row, with what its case says of itself.
#[derive(Debug, Clone)]
pub struct TipRow {
    /// Its id.
    pub tip: TipId,
    /// Order among all tips.
    pub seq: i64,
    /// Its case.
    pub case: CaseId,
    /// The number of that case.
    pub case_number: i64,
    /// The district of that case.
    pub district: String,
    /// The alert it answers; none for one that a call or a unit brought.
    pub alert: Option<AlertId>,
    /// Where it stands.
    pub state: TipState,
    /// When it came.
    pub received_ms: i64,
    /// When it was last decided on.
    pub decided_ms: Option<i64>,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// How many photos came with it.
    pub photos: u32,
    /// Who wrote last in its dialogue.
    pub last_side: Option<Side>,
    /// What was told.
    pub body: Sealed,
    /// Why it was dismissed.
    pub reason: Option<Sealed>,
    /// How soon it is taken up, by whom, and what it is worth.
    pub standing: Standing,
}

/// Who wrote a line of a dialogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// A person of the house.
    House,
    /// The member of the public.
    Public,
}

/// One line of a dialogue.
#[derive(Debug, Clone)]
pub struct NoteRow {
    /// Its tip.
    pub tip: TipId,
    /// Order within the dialogue, from 1.
    pub seq: i64,
    /// Who wrote it.
    pub side: Side,
    /// The words.
    pub body: Sealed,
    /// Which person of the house.
    pub by: Option<PersonId>,
    /// When.
    pub at_ms: i64,
}

/// Which tips to list, newest first.
#[derive(Debug, Clone, Default)]
pub struct TipFilter {
    /// Only of this case.
    pub case: Option<CaseId>,
    /// Only in this state.
    pub state: Option<TipState>,
    /// Only those before this sequence, for the following page.
    pub before_seq: Option<i64>,
}

/// The most tips of one list.
pub const PAGE: usize = 200;

/// A tip with what its case says of itself and with counts; `$tail` narrows and orders.
macro_rules! tips {
    ($tail:literal) => {
        concat!(
            "select tip.*, case_file.number as case_number, case_file.district,
                (select count(*) from media where media.tip_id = tip.tip_id) as photos,
                (select side from tip_note
                    where tip_note.tip_id = tip.tip_id
                    order by tip_note.seq desc
                    limit 1) as last_side
            from tip
            join case_file on case_file.case_id = tip.case_id ",
            $tail
        )
    };
}
pub(crate) use tips;

impl Side {
    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::House => "house",
            Self::Public => "public",
        }
    }
}

impl std::str::FromStr for Side {
    type Err = tifli_domain::id::IdError;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "house" => Ok(Self::House),
            "public" => Ok(Self::Public),
            _ => Err(tifli_domain::id::IdError),
        }
    }
}

/// The context a tip's words are sealed for.
pub fn body_context(tip: TipId) -> String {
    format!("tip:body:{tip}")
}

/// The context the reason of a dismissal is sealed for.
pub fn reason_context(tip: TipId) -> String {
    format!("tip:reason:{tip}")
}

/// The context a line of the dialogue is sealed for.
pub fn note_context(tip: TipId, seq: i64) -> String {
    format!("tip_note:body:{tip}:{seq}")
}

/// Adds a tip, unless one with this receipt is there: the id of the tip that stands.
pub async fn insert(tx: &mut Tx, new: &NewTip) -> Result<TipId, StoreError> {
    if let Some(standing) = find_by_receipt(tx, &new.receipt_hash).await? {
        return Ok(standing.tip);
    }
    let seq = counter::next(tx, "tip").await?;
    let now = tx.now_ms();
    let sql = "insert into tip
        (tip_id, seq, case_id, alert_id, receipt_hash, state, body_sealed, received_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    tx.query(sql)
        .bind(new.tip.to_string())
        .bind(seq)
        .bind(new.case.to_string())
        .bind(new.alert.map(|alert| alert.to_string()).unwrap_or_default())
        .bind(new.receipt_hash)
        .bind(TipState::Received.as_str())
        .bind(&new.body)
        .bind(now)
        .run()
        .await?;
    Ok(new.tip)
}

/// The tip with this id.
pub async fn get(reads: &mut impl Reads, tip: TipId) -> Result<TipRow, StoreError> {
    let sql = tips!("where tip.tip_id = $1");
    read(&reads.select(sql).bind(tip.to_string()).get().await?)
}

/// The tip with this receipt.
pub async fn find_by_receipt(
    reads: &mut impl Reads,
    receipt_hash: &[u8; 32],
) -> Result<Option<TipRow>, StoreError> {
    let sql = tips!("where tip.receipt_hash = $1");
    let row = reads.select(sql).bind(receipt_hash).find().await?;
    row.as_ref().map(read).transpose()
}

/// At most [`PAGE`] tips, newest first.
pub async fn list(reads: &mut impl Reads, filter: &TipFilter) -> Result<Vec<TipRow>, StoreError> {
    let sql = tips!(
        "where ($1 = '' or tip.case_id = $1)
        and ($2 = '' or tip.state = $2)
        and tip.seq < $3
        order by tip.seq desc
        limit $4"
    );
    let rows = reads
        .select(sql)
        .bind(filter.case.map(|case| case.to_string()).unwrap_or_default())
        .bind(filter.state.map(TipState::as_str).unwrap_or_default())
        .bind(filter.before_seq.unwrap_or(i64::MAX))
        .bind(i64::try_from(PAGE).unwrap_or(i64::MAX))
        .list()
        .await?;
    rows.iter().map(read).collect()
}

/// How many tips of a case nobody has decided on.
pub async fn count_waiting(reads: &mut impl Reads, case: CaseId) -> Result<u64, StoreError> {
    let sql = "select count(*) as waiting from tip where case_id = $1 and state = $2";
    let select = reads.select(sql).bind(case.to_string());
    let row = select.bind(TipState::Received.as_str()).get().await?;
    Ok(row.get::<i64>("waiting")?.unsigned_abs())
}

/// How many tips of all cases nobody has decided on.
pub async fn count_all_waiting(reads: &mut impl Reads) -> Result<u64, StoreError> {
    let sql = "select count(*) as waiting from tip where state = $1";
    let select = reads.select(sql).bind(TipState::Received.as_str());
    Ok(select.get().await?.get::<i64>("waiting")?.unsigned_abs())
}

/// Writes a decision: the state, who, when, and why.
pub async fn decide(
    tx: &mut Tx,
    tip: TipId,
    state: TipState,
    by: PersonId,
    reason: Option<Vec<u8>>,
) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "update tip
        set state = $2, decided_ms = $3, decided_by = $4, reason_sealed = $5
        where tip_id = $1";
    tx.query(sql)
        .bind(tip.to_string())
        .bind(state.as_str())
        .bind(now)
        .bind(by.to_string())
        .bind(reason)
        .run()
        .await?;
    Ok(())
}

/// Forgets the photos stored for a tip that never came to be; returns their blobs.
pub async fn take_photos(tx: &mut Tx, tip: TipId) -> Result<Vec<BlobId>, StoreError> {
    let sql = "delete from media
        where tip_id = $1
        and tip_id not in (select tip_id from tip)
        returning original_blob, public_blob, card_blob";
    blobs_of(&tx.query(sql).bind(tip.to_string()).list().await?)
}

/// Forgets every photo stored before `before_ms` whose tip never came to be; returns their blobs.
pub async fn take_stray_photos(tx: &mut Tx, before_ms: i64) -> Result<Vec<BlobId>, StoreError> {
    let sql = "delete from media
        where tip_id is not null
        and created_ms < $1
        and tip_id not in (select tip_id from tip)
        returning original_blob, public_blob, card_blob";
    blobs_of(&tx.query(sql).bind(before_ms).list().await?)
}

/// The number of the next line of a dialogue.
pub async fn next_note(reads: &mut impl Reads, tip: TipId) -> Result<i64, StoreError> {
    let sql = "select coalesce(max(seq), 0) + 1 as next from tip_note where tip_id = $1";
    let row = reads.select(sql).bind(tip.to_string()).get().await?;
    row.get("next")
}

/// Adds a line to a dialogue.
pub async fn insert_note(tx: &mut Tx, note: &NoteRow) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into tip_note (tip_id, seq, side, body_sealed, by_person, at_ms)
        values ($1, $2, $3, $4, $5, $6)";
    tx.query(sql)
        .bind(note.tip.to_string())
        .bind(note.seq)
        .bind(note.side.as_str())
        .bind(note.body.bytes())
        .bind(note.by.map(|person| person.to_string()))
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// The dialogue of a tip, oldest first.
pub async fn list_notes(
    reads: &mut impl Reads,
    tip: TipId,
    case: CaseId,
) -> Result<Vec<NoteRow>, StoreError> {
    let sql = "select * from tip_note where tip_id = $1 order by seq";
    let rows = reads.select(sql).bind(tip.to_string()).list().await?;
    let read = |row: &Row| {
        let seq = row.get("seq")?;
        Ok(NoteRow {
            tip,
            seq,
            side: parsed(row, "side")?,
            body: row.get_sealed("body_sealed", &case.to_string(), &note_context(tip, seq))?,
            by: find_parsed(row, "by_person")?,
            at_ms: row.get("at_ms")?,
        })
    };
    rows.iter().map(read).collect()
}

/// How many wrong receipts came from a network in windows after `after_ms`.
pub async fn count_guesses(
    reads: &mut impl Reads,
    network_hash: &[u8; 32],
    after_ms: i64,
) -> Result<i64, StoreError> {
    let sql = "select cast(coalesce(sum(failures), 0) as bigint) as failures
        from receipt_guess
        where network_hash = $1 and window_ms > $2";
    let select = reads.select(sql).bind(network_hash).bind(after_ms);
    select.get().await?.get("failures")
}

/// Adds `failures` (0 too, so that a right receipt costs the same write) to a network's window.
pub async fn note_guess(
    tx: &mut Tx,
    network_hash: &[u8; 32],
    window_ms: i64,
    failures: i64,
) -> Result<(), StoreError> {
    let sql = "insert into receipt_guess (network_hash, window_ms, failures)
        values ($1, $2, $3)
        on conflict (network_hash, window_ms) do update
        set failures = receipt_guess.failures + excluded.failures";
    let query = tx.query(sql).bind(network_hash).bind(window_ms);
    query.bind(failures).run().await?;
    Ok(())
}

/// Forgets the windows up to `before_ms`; returns how many.
pub async fn sweep_guesses(tx: &mut Tx, before_ms: i64) -> Result<u64, StoreError> {
    let sql = "delete from receipt_guess where window_ms <= $1";
    tx.query(sql).bind(before_ms).run().await
}

/// The three blobs of each media row.
fn blobs_of(rows: &[Row]) -> Result<Vec<BlobId>, StoreError> {
    let mut blobs = Vec::with_capacity(rows.len() * 3);
    for row in rows {
        for column in ["original_blob", "public_blob", "card_blob"] {
            blobs.push(parsed(row, column)?);
        }
    }
    Ok(blobs)
}

pub(crate) fn read(row: &Row) -> Result<TipRow, StoreError> {
    let tip: TipId = parsed(row, "tip_id")?;
    let case: CaseId = parsed(row, "case_id")?;
    let owner = case.to_string();
    Ok(TipRow {
        tip,
        seq: row.get("seq")?,
        case,
        case_number: row.get("case_number")?,
        district: row.get("district")?,
        alert: row.get::<String>("alert_id")?.parse().ok(),
        state: parsed(row, "state")?,
        received_ms: row.get("received_ms")?,
        decided_ms: row.get("decided_ms")?,
        decided_by: find_parsed(row, "decided_by")?,
        photos: row.get("photos")?,
        last_side: find_parsed(row, "last_side")?,
        body: row.get_sealed("body_sealed", &owner, &body_context(tip))?,
        reason: row.find_sealed("reason_sealed", &owner, &reason_context(tip))?,
        standing: triage::standing(row)?,
    })
}
