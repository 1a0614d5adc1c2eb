//! Erasing a case: the request, its two people, and every statement that takes the case's rows.
//!
//! The case's own row, its audit entries and the ids and counts of its messages stay. Destroying
//! the key and the order of the steps are the application's.

use sqlx::Row as _;
use tifli_domain::case::CaseState;
use tifli_domain::id::{CaseId, ErasureId, PersonId};

use crate::alert::{find_parsed, parsed};
use crate::connect::Connector;
use crate::{Db, Engine, Reads, Row, Sealed, StoreError, Tx};

/// What a case holds, or held when it was erased.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Answers of its report, with all earlier ones.
    pub answers: u64,
    /// Photos, each with its renditions.
    pub photos: u64,
    /// Tips, each with its dialogue.
    pub tips: u64,
    /// Messages and drafts of messages.
    pub messages: u64,
}

/// An erasure's row.
#[derive(Debug, Clone)]
pub struct ErasureRow {
    /// Its id.
    pub erasure: ErasureId,
    /// The case.
    pub case: CaseId,
    /// Who asked.
    pub requested_by: PersonId,
    /// When.
    pub requested_ms: i64,
    /// Why; gone once it is confirmed.
    pub reason: Option<Sealed>,
    /// Who declined.
    pub declined_by: Option<PersonId>,
    /// When.
    pub declined_ms: Option<i64>,
    /// Who confirmed.
    pub confirmed_by: Option<PersonId>,
    /// When.
    pub confirmed_ms: Option<i64>,
    /// When the case's key was destroyed.
    pub keys_destroyed_ms: Option<i64>,
    /// When nothing was left to do.
    pub done_ms: Option<i64>,
    /// What went, from the confirmation on.
    pub counts: Counts,
}

/// How often a log that is being read is tried; the engine itself waits some seconds each time.
const TRIES: u32 = 3;

impl ErasureRow {
    /// Whether it waits for a second person.
    pub fn is_open(&self) -> bool {
        self.confirmed_ms.is_none() && self.declined_ms.is_none()
    }
}

impl Db {
    /// Moves everything from SQLite's log into the database and empties the log, so that no earlier
    /// form of a row stays in it. PostgreSQL recycles its own log; it holds ciphertext only.
    pub async fn truncate_log(&self) -> Result<(), StoreError> {
        if self.engine() == Engine::Postgres {
            return Ok(());
        }
        let write = "truncate_log";
        let mut conn = Connector::new(self.place())?.connect_writer().await?;
        for _ in 0..TRIES {
            let row = sqlx::query("pragma wal_checkpoint(truncate)")
                .fetch_one(&mut conn)
                .await;
            let busy: i64 = row
                .and_then(|row| row.try_get(0))
                .map_err(|error| StoreError::from_driver(write, &error))?;
            if busy == 0 {
                return Ok(());
            }
        }
        Err(StoreError::Contended { write })
    }
}

/// The context the reason of a request is sealed for.
pub fn reason_context(erasure: ErasureId) -> String {
    format!("erasure:reason:{erasure}")
}

/// Adds a request.
pub async fn insert(
    tx: &mut Tx,
    erasure: ErasureId,
    case: CaseId,
    by: PersonId,
    reason: &[u8],
) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into erasure
        (erasure_id, case_id, requested_by, requested_ms, reason_sealed,
         answers, photos, tips, messages)
        values ($1, $2, $3, $4, $5, 0, 0, 0, 0)";
    tx.query(sql)
        .bind(erasure.to_string())
        .bind(case.to_string())
        .bind(by.to_string())
        .bind(now)
        .bind(reason)
        .run()
        .await?;
    Ok(())
}

/// The erasure with this id.
pub async fn get(reads: &mut impl Reads, erasure: ErasureId) -> Result<ErasureRow, StoreError> {
    let sql = "select * from erasure where erasure_id = $1";
    read(&reads.select(sql).bind(erasure.to_string()).get().await?)
}

/// The newest erasure of a case, whatever became of it.
pub async fn find_latest(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Option<ErasureRow>, StoreError> {
    let sql = "select * from erasure
        where case_id = $1
        order by requested_ms desc, erasure_id desc
        limit 1";
    let row = reads.select(sql).bind(case.to_string()).find().await?;
    row.as_ref().map(read).transpose()
}

/// Erasures that wait for a second person, oldest first.
pub async fn list_open(reads: &mut impl Reads) -> Result<Vec<ErasureRow>, StoreError> {
    let sql = "select * from erasure
        where confirmed_ms is null and declined_ms is null
        order by requested_ms";
    reads.select(sql).list().await?.iter().map(read).collect()
}

/// Erasures confirmed and not done: a crash came between.
pub async fn list_unfinished(reads: &mut impl Reads) -> Result<Vec<ErasureRow>, StoreError> {
    let sql = "select * from erasure
        where confirmed_ms is not null and done_ms is null
        order by confirmed_ms";
    reads.select(sql).list().await?.iter().map(read).collect()
}

/// Every case with whether it is erased, to be compared with the keys.
pub async fn list_cases(reads: &mut impl Reads) -> Result<Vec<(CaseId, bool)>, StoreError> {
    let sql = "select case_id, state from case_file order by case_id";
    let rows = reads.select(sql).list().await?;
    rows.iter()
        .map(|row| {
            let state: CaseState = parsed(row, "state")?;
            Ok((parsed(row, "case_id")?, state == CaseState::Erased))
        })
        .collect()
}

/// Writes what may change of an erasure.
pub async fn update(tx: &mut Tx, row: &ErasureRow) -> Result<(), StoreError> {
    let sql = "update erasure
        set declined_by = $2, declined_ms = $3, confirmed_by = $4, confirmed_ms = $5,
            keys_destroyed_ms = $6, done_ms = $7,
            answers = $8, photos = $9, tips = $10, messages = $11
        where erasure_id = $1";
    tx.query(sql)
        .bind(row.erasure.to_string())
        .bind(row.declined_by.map(|person| person.to_string()))
        .bind(row.declined_ms)
        .bind(row.confirmed_by.map(|person| person.to_string()))
        .bind(row.confirmed_ms)
        .bind(row.keys_destroyed_ms)
        .bind(row.done_ms)
        .bind(stored(row.counts.answers))
        .bind(stored(row.counts.photos))
        .bind(stored(row.counts.tips))
        .bind(stored(row.counts.messages))
        .run()
        .await?;
    Ok(())
}

/// What a case holds.
pub async fn count(reads: &mut impl Reads, case: CaseId) -> Result<Counts, StoreError> {
    let sql = "select
        (select count(*) from answer where case_id = $1) as answers,
        (select count(*) from media where case_id = $1) as photos,
        (select count(*) from tip where case_id = $1) as tips,
        (select count(*) from version
            join alert on alert.alert_id = version.alert_id
            where alert.case_id = $1)
        + (select count(*) from message
            join alert on alert.alert_id = message.alert_id
            where alert.case_id = $1
            and message.message_id not in (select message_id from version)) as messages";
    read_counts(&reads.select(sql).bind(case.to_string()).get().await?)
}

/// Takes the rows of a case that hold what people said, empties what must stay as a row, and
/// marks the case as erased. Its photos' rows stay until their files are gone ([`drop_photos`]).
pub async fn wipe(tx: &mut Tx, case: CaseId) -> Result<(), StoreError> {
    let id = case.to_string();
    for sql in WIPE {
        tx.query(sql).bind(&id).run().await?;
    }
    let sql = "update message
        set frozen_sealed = $2, cap_sealed = null, area = ''
        where alert_id in (select alert_id from alert where case_id = $1)";
    tx.query(sql).bind(&id).bind(Vec::new()).run().await?;
    let sql = "update telegram set frozen_sealed = $2, cap_sealed = null where case_id = $1";
    tx.query(sql).bind(&id).bind(Vec::new()).run().await?;
    let now = tx.now_ms();
    let sql = "update case_file
        set state = $2, erased_ms = coalesce(erased_ms, $3)
        where case_id = $1";
    let query = tx.query(sql).bind(&id).bind(CaseState::Erased.as_str());
    query.bind(now).run().await?;
    Ok(())
}

/// Takes the rows of a case's photos and scanned papers and forgets its screenshots, once their
/// files are gone; returns how many photos.
pub async fn drop_photos(tx: &mut Tx, case: CaseId) -> Result<u64, StoreError> {
    let id = case.to_string();
    for sql in [
        "update handover_receipt
            set shot_blob = null
            where handover_id in (select handover_id from handover where case_id = $1)",
        "delete from paper_entry where case_id = $1",
    ] {
        tx.query(sql).bind(&id).run().await?;
    }
    let sql = "delete from media where case_id = $1";
    tx.query(sql).bind(&id).run().await
}

/// Each with `$1`, the case. Children before parents.
const WIPE: &[&str] = &[
    "insert into case_figure
        (case_id, nature, age, sex, rung, tips, tips_linked, tips_dismissed, frozen)
        values ($1, '', '', '', '', 0, 0, 0, 0)
        on conflict (case_id) do nothing",
    "update case_figure
        set frozen = 1,
            rung = coalesce(
                (select code from publication_entry
                    where case_id = $1 and kind in ('decided', 'reviewed')
                    order by seq desc limit 1),
                (select code from publication_entry
                    where case_id = $1 and kind = 'proposed'
                    order by seq desc limit 1), ''),
            tips = (select count(*) from tip where case_id = $1),
            tips_linked = (select count(*) from tip where case_id = $1 and state = 'linked'),
            tips_dismissed = (select count(*) from tip
                where case_id = $1 and state = 'dismissed')
        where case_id = $1
        and frozen = 0",
    "delete from tip_act where tip_id in (select tip_id from tip where case_id = $1)",
    "delete from tip_note where tip_id in (select tip_id from tip where case_id = $1)",
    "delete from tip_source where case_id = $1",
    "delete from tip where case_id = $1",
    "delete from unit_search where case_id = $1",
    "update line_call
        set body_sealed = null, note_sealed = null, ending = coalesce(ending, 'needless'),
            settled_ms = coalesce(settled_ms, due_ms, taken_ms),
            erased_ms = coalesce(erased_ms, taken_ms)
        where case_id = $1",
    "delete from answer where case_id = $1",
    "delete from family_access where case_id = $1",
    "delete from family_note where case_id = $1",
    "delete from answer_source where case_id = $1",
    "delete from answer_pick where case_id = $1",
    "delete from known_item where case_id = $1",
    "delete from sealed_opening where case_id = $1",
    "delete from place_result where case_id = $1",
    "delete from place_check where case_id = $1",
    "delete from publication_entry where case_id = $1",
    "delete from version where alert_id in (select alert_id from alert where case_id = $1)",
    "delete from retry
        where delivery_id in (
            select delivery.delivery_id
            from delivery
            join alert on alert.alert_id = delivery.alert_id
            where alert.case_id = $1)",
    "update delivery
        set audience = null, handed_map = null, released_sealed = null
        where alert_id in (select alert_id from alert where case_id = $1)",
    "update duty
        set note_sealed = null, ending = coalesce(ending, 'needless'),
            settled_ms = coalesce(settled_ms, due_ms)
        where case_id = $1",
    "update transfer set reason_sealed = null where case_id = $1",
    "update handover_receipt
        set note_sealed = null
        where handover_id in (select handover_id from handover where case_id = $1)",
    "update erasure set reason_sealed = null where case_id = $1",
    "update found_child
        set state = 'erased', facts_sealed = null, reason_sealed = null
        where case_id = $1
        and state = 'linked'",
    "update found_child
        set state = 'registered', case_id = null, proposed_by = null, proposed_ms = null
        where case_id = $1
        and state = 'proposed'",
    "update closing_step set note_sealed = null where case_id = $1",
    "update legal_hold set basis_sealed = null, reason_sealed = null where case_id = $1",
    "update telegram_service
        set mail = 'needless'
        where case_id = $1
        and mail = 'waiting'",
    "update dispatch
        set state = 'withdrawn', code = coalesce(code, 'erased')
        where case_id = $1
        and state in ('pending', 'sending', 'retrying')",
];

fn read(row: &Row) -> Result<ErasureRow, StoreError> {
    let erasure: ErasureId = parsed(row, "erasure_id")?;
    let case: CaseId = parsed(row, "case_id")?;
    let context = reason_context(erasure);
    Ok(ErasureRow {
        erasure,
        case,
        requested_by: parsed(row, "requested_by")?,
        requested_ms: row.get("requested_ms")?,
        reason: row.find_sealed("reason_sealed", &case.to_string(), &context)?,
        declined_by: find_parsed(row, "declined_by")?,
        declined_ms: row.get("declined_ms")?,
        confirmed_by: find_parsed(row, "confirmed_by")?,
        confirmed_ms: row.get("confirmed_ms")?,
        keys_destroyed_ms: row.get("keys_destroyed_ms")?,
        done_ms: row.get("done_ms")?,
        counts: read_counts(row)?,
    })
}

fn read_counts(row: &Row) -> Result<Counts, StoreError> {
    let count = |column| row.get::<i64>(column).map(i64::unsigned_abs);
    Ok(Counts {
        answers: count("answers")?,
        photos: count("photos")?,
        tips: count("tips")?,
        messages: count("messages")?,
    })
}

fn stored(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}
