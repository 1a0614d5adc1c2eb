//! Telegrams for the services' own systems: one row per telegram and system, and every call that was made.
//!
//! A system is called for one telegram at a time, and never for an earlier one of a bulletin while, or after, a later
//! one is. Not here: the telegram itself (see [`crate::bulletin`]), where a system is (see [`crate::endpoint`]), what is
//! told to the systems of partners (see [`crate::ledger`]).

use tifli_domain::bulletin::TelegramKind;
use tifli_domain::delivery::{DeliveryState, Outcome};
use tifli_domain::id::{BulletinId, CaseId, DispatchId, EndpointId, TelegramId};
use tifli_domain::service::ServiceId;

use crate::alert::{find_parsed, parsed};
use crate::lease::LeaseTable;
use crate::ledger::{AttemptRow, Ended, LEFT, read_attempt};
use crate::{Reads, Row, StoreError, Tx};

/// Due, with nothing earlier of its bulletin unfinished at that system, and with no call to that system under way: none
/// of this bulletin, and of others none of its own sort, so that an end waits for no other search.
macro_rules! due {
    ($tail:literal) => {
        concat!(
            "state in ('pending', 'sending', 'retrying') and next_ms <= $3
            and not exists (
                select 1 from dispatch other
                where other.endpoint_id = dispatch.endpoint_id
                and other.dispatch_id <> dispatch.dispatch_id
                and ((other.bulletin_id = dispatch.bulletin_id
                        and other.version < dispatch.version
                        and other.state in ('pending', 'sending', 'retrying'))
                    or (other.lease_until_ms > $3
                        and (other.bulletin_id = dispatch.bulletin_id
                            or (other.kind = 'cessation') = (dispatch.kind = 'cessation')))))",
            $tail
        )
    };
}

/// Every telegram that is due at a system.
pub const DISPATCHES: LeaseTable = LeaseTable {
    table: "dispatch",
    key: "dispatch_id",
    due: due!(""),
    order: "case when kind = 'cessation' then 0 else 1 end, next_ms, created_ms, dispatch_id",
};

/// The ends among them.
pub const ENDS: LeaseTable = LeaseTable {
    due: due!(" and kind = 'cessation'"),
    ..DISPATCHES
};

/// One telegram for one system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DispatchRow {
    /// Its id.
    pub dispatch: DispatchId,
    /// The telegram.
    pub telegram: TelegramId,
    /// Its bulletin.
    pub bulletin: BulletinId,
    /// The case.
    pub case: CaseId,
    /// The telegram's place among those of the bulletin, from 1.
    pub version: u32,
    /// What the telegram says.
    pub kind: TelegramKind,
    /// The system.
    pub endpoint: EndpointId,
    /// Whose system it is.
    pub service: ServiceId,
    /// Where it stands.
    pub state: DeliveryState,
    /// What is known of it; `None` before the first call.
    pub outcome: Option<Outcome>,
    /// Why, as a code.
    pub code: Option<String>,
    /// Calls made so far, the one under way among them.
    pub attempts: u32,
    /// Not to be tried before.
    pub next_ms: i64,
    /// When it was written down.
    pub created_ms: i64,
    /// When the system took it.
    pub sent_ms: Option<i64>,
    /// Done, withdrawn or dead.
    pub finished_ms: Option<i64>,
}

/// A telegram for a system, to be written down.
#[derive(Debug, Clone)]
pub struct NewDispatch {
    /// Its id.
    pub dispatch: DispatchId,
    /// The telegram.
    pub telegram: TelegramId,
    /// Its bulletin.
    pub bulletin: BulletinId,
    /// The case.
    pub case: CaseId,
    /// The telegram's place among those of the bulletin, from 1.
    pub version: u32,
    /// What the telegram says.
    pub kind: TelegramKind,
    /// The system.
    pub endpoint: EndpointId,
    /// Whose system it is.
    pub service: ServiceId,
}

/// Adds a telegram that waits for its system.
pub async fn insert(tx: &mut Tx, new: &NewDispatch) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into dispatch
        (dispatch_id, telegram_id, bulletin_id, case_id, version, kind, endpoint_id, service_id,
         state, attempts, next_ms, created_ms, lease_attempts)
        values ($1, $2, $3, $4, $5, $6, $7, $8, 'pending', 0, 0, $9, 0)";
    tx.query(sql)
        .bind(new.dispatch.to_string())
        .bind(new.telegram.to_string())
        .bind(new.bulletin.to_string())
        .bind(new.case.to_string())
        .bind(new.version)
        .bind(new.kind.as_str())
        .bind(new.endpoint.to_string())
        .bind(new.service.as_str())
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// Takes the next one that is due under a lease until `until_ms`, and writes down that its system is being called:
/// whoever dies now leaves a call nobody heard of.
pub async fn take(
    tx: &mut Tx,
    table: &LeaseTable,
    (token, until_ms): (&str, i64),
) -> Result<Option<DispatchRow>, StoreError> {
    let taken = table.take(tx, token, until_ms, 1).await?;
    let Some(taken) = taken.into_iter().next() else {
        return Ok(None);
    };
    let now = tx.now_ms();
    let sql = "update dispatch
        set attempts = attempts + 1,
            state = case when state = 'pending' then 'sending' else state end,
            outcome = case when outcome = 'sent' then outcome else 'unknown' end,
            code = $2
        where dispatch_id = $1";
    tx.query(sql).bind(&taken.id).bind(LEFT).run().await?;
    let id = taken.id.parse().map_err(|_| StoreError::Column {
        column: "dispatch_id".to_owned(),
    })?;
    let row = get(tx, id).await?;
    let sql = "insert into dispatch_call (dispatch_id, seq, begun_ms, outcome, code)
        values ($1, $2, $3, 'unknown', $4)";
    tx.query(sql)
        .bind(&taken.id)
        .bind(row.attempts)
        .bind(now)
        .bind(LEFT)
        .run()
        .await?;
    Ok(Some(row))
}

/// Writes down how the call under way ended, and gives the row back. What became of an overtaken one is written down
/// too; false says that it was overtaken, or taken by somebody else, and that its state stays.
pub async fn settle(
    tx: &mut Tx,
    (row, token): (&DispatchRow, &str),
    ended: &Ended,
) -> Result<bool, StoreError> {
    let now = tx.now_ms();
    let id = row.dispatch.to_string();
    let sql = "update dispatch_call
        set ended_ms = $1, outcome = $2, code = $3
        where dispatch_id = $4 and seq = $5";
    tx.query(sql)
        .bind(now)
        .bind(ended.outcome.as_str())
        .bind(&ended.code)
        .bind(&id)
        .bind(row.attempts)
        .run()
        .await?;
    if !DISPATCHES.finish(tx, &id, token).await? {
        return Ok(false);
    }
    let sent = (ended.outcome == Outcome::Sent).then_some(now);
    // Refused now says nothing of a call before it that was not heard of, unless the system was asked.
    let knows = "update dispatch
        set outcome = case
                when $1 = 'refused' and $2 <> 'read_back_absent' and exists (
                    select 1 from dispatch_call earlier
                    where earlier.dispatch_id = dispatch.dispatch_id
                    and earlier.outcome = 'unknown')
                then 'unknown' else $1 end,
            code = $2, sent_ms = coalesce(sent_ms, $3)
        where dispatch_id = $4 and (outcome is null or outcome <> 'sent')";
    tx.query(knows)
        .bind(ended.outcome.as_str())
        .bind(&ended.code)
        .bind(sent)
        .bind(&id)
        .run()
        .await?;
    let finished = ended.state.is_terminal().then_some(now);
    let sql = "update dispatch
        set state = $1, next_ms = $2, finished_ms = $3
        where dispatch_id = $4 and state in ('sending', 'retrying')";
    let changed = tx
        .query(sql)
        .bind(ended.state.as_str())
        .bind(ended.next_ms)
        .bind(finished)
        .bind(&id)
        .run()
        .await?;
    Ok(changed == 1)
}

/// Withdraws what is not finished of a bulletin before `version`. A call under way keeps its lease, so that no later
/// telegram goes to that system before it is over.
pub async fn overtake(tx: &mut Tx, bulletin: BulletinId, version: u32) -> Result<u64, StoreError> {
    let now = tx.now_ms();
    let sql = "update dispatch
        set state = 'withdrawn', finished_ms = $1
        where bulletin_id = $2 and version < $3 and state in ('pending', 'sending', 'retrying')";
    let query = tx.query(sql).bind(now).bind(bulletin.to_string());
    query.bind(version).run().await
}

/// Lets an overtaken telegram go out after all: its system refuses a later one that names it.
pub async fn reopen(tx: &mut Tx, dispatch: DispatchId) -> Result<bool, StoreError> {
    let sql = "update dispatch
        set state = 'pending', next_ms = 0, finished_ms = null
        where dispatch_id = $1 and state = 'withdrawn'
        and (outcome is null or outcome <> 'sent')";
    let changed = tx.query(sql).bind(dispatch.to_string()).run().await?;
    Ok(changed == 1)
}

/// Gives back everything that a process before this one had taken.
pub async fn release(tx: &mut Tx) -> Result<u64, StoreError> {
    let sql = "update dispatch
        set lease_token = null, lease_until_ms = null
        where lease_token is not null";
    tx.query(sql).run().await
}

/// The one with this id.
pub async fn get(reads: &mut impl Reads, id: DispatchId) -> Result<DispatchRow, StoreError> {
    let sql = "select * from dispatch where dispatch_id = $1";
    read(&reads.select(sql).bind(id.to_string()).get().await?)
}

/// Every telegram of a bulletin at every system, the earliest first.
pub async fn list_by_bulletin(
    reads: &mut impl Reads,
    bulletin: BulletinId,
) -> Result<Vec<DispatchRow>, StoreError> {
    let sql = "select * from dispatch
        where bulletin_id = $1
        order by version, service_id, created_ms, dispatch_id";
    let rows = reads.select(sql).bind(bulletin.to_string()).list().await?;
    rows.iter().map(read).collect()
}

/// The systems that have, or may have, a telegram of a bulletin, each with its service: a call left that is not known
/// to have been refused.
pub async fn list_holders(
    reads: &mut impl Reads,
    bulletin: BulletinId,
) -> Result<Vec<(EndpointId, ServiceId)>, StoreError> {
    let sql = "select distinct endpoint_id, service_id from dispatch
        where bulletin_id = $1
        and exists (
            select 1 from dispatch_call
            where dispatch_call.dispatch_id = dispatch.dispatch_id
            and dispatch_call.outcome <> 'refused')
        order by service_id, endpoint_id";
    let rows = reads.select(sql).bind(bulletin.to_string()).list().await?;
    rows.iter()
        .map(|row| Ok((parsed(row, "endpoint_id")?, parsed(row, "service_id")?)))
        .collect()
}

/// How many systems are still being told that the search of a case has ceased.
pub async fn count_owed(reads: &mut impl Reads, case: CaseId) -> Result<u64, StoreError> {
    let sql = "select count(*) as owed from dispatch
        where case_id = $1 and kind = 'cessation'
        and state in ('pending', 'sending', 'retrying')";
    let row = reads.select(sql).bind(case.to_string()).get().await?;
    Ok(row.get::<i64>("owed")?.unsigned_abs())
}

/// The calls of one, in order.
pub async fn list_calls(
    reads: &mut impl Reads,
    id: DispatchId,
) -> Result<Vec<AttemptRow>, StoreError> {
    let sql = "select * from dispatch_call where dispatch_id = $1 order by seq";
    let rows = reads.select(sql).bind(id.to_string()).list().await?;
    rows.iter().map(read_attempt).collect()
}

fn read(row: &Row) -> Result<DispatchRow, StoreError> {
    Ok(DispatchRow {
        dispatch: parsed(row, "dispatch_id")?,
        telegram: parsed(row, "telegram_id")?,
        bulletin: parsed(row, "bulletin_id")?,
        case: parsed(row, "case_id")?,
        version: row.get("version")?,
        kind: parsed(row, "kind")?,
        endpoint: parsed(row, "endpoint_id")?,
        service: parsed(row, "service_id")?,
        state: parsed(row, "state")?,
        outcome: find_parsed(row, "outcome")?,
        code: row.get("code")?,
        attempts: row.get("attempts")?,
        next_ms: row.get("next_ms")?,
        created_ms: row.get("created_ms")?,
        sent_ms: row.get("sent_ms")?,
        finished_ms: row.get("finished_ms")?,
    })
}
