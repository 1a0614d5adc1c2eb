//! Deliveries to subscribers: segments of an audience, taken under a lease, with a durable cursor and
//! the bitmap of those who were handed the message; and the recipients that failed, each by number.
//!
//! Not for deliveries to one partner's system (see [`crate::ledger`]), which share the table.

use tifli_domain::delivery::DeliveryState;
use tifli_domain::id::{AlertId, DeliveryId, MessageId};

use crate::alert::parsed;
use crate::subscriber::Mark;
use crate::{Reads, Row, StoreError, Tx};

/// Which audience a delivery walks through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Subscribers in cell order between two marks, those inside the area.
    Area,
    /// Those who were handed an earlier message, by number.
    Handed,
    /// Those who joined or moved after the count, by number, those inside the area.
    Joined,
    /// The system of one partner.
    One,
}

/// A delivery's row.
#[derive(Debug, Clone)]
pub struct DeliveryRow {
    /// Its id.
    pub delivery: DeliveryId,
    /// The message.
    pub message: MessageId,
    /// The alert.
    pub alert: AlertId,
    /// The channel.
    pub channel: String,
    /// Which audience.
    pub audience: Audience,
    /// 0 goes first: a cancel; then 1, a first alert; then 2, an update or who joined.
    pub lane: i64,
    /// Where it stands.
    pub state: DeliveryState,
    /// Start, exclusive. For [`Audience::Joined`] the cell holds the lower sequence.
    pub from: Mark,
    /// End, inclusive. For [`Audience::Joined`] the cell holds the upper sequence.
    pub to: Mark,
    /// How far it is.
    pub cursor: Mark,
    /// The numbers to hand to, as a serialized bitmap ([`Audience::Handed`]), or to leave out.
    pub numbers: Option<Vec<u8>>,
    /// The numbers handed to so far, and those being called when it was written: two serialized
    /// bitmaps, one after the other.
    pub handed_map: Option<Vec<u8>>,
    /// Recipients expected when it was made.
    pub inside: i64,
    /// Handed so far.
    pub handed: i64,
    /// Given up.
    pub failed: i64,
    /// Removed, their push service having said they are gone.
    pub gone: i64,
    /// When it was made.
    pub created_ms: i64,
    /// First taken.
    pub begun_ms: Option<i64>,
    /// First acceptance.
    pub first_ms: Option<i64>,
    /// Last acceptance.
    pub last_ms: Option<i64>,
    /// Done, withdrawn or dead.
    pub finished_ms: Option<i64>,
    /// Not to be taken before.
    pub next_ms: i64,
    /// The lease it is held by, or was by a worker that never gave it back.
    pub token: Option<String>,
}

/// What one window of sends changed.
#[derive(Debug, Clone, Default)]
pub struct Window {
    /// The new cursor.
    pub cursor: Option<Mark>,
    /// All those handed to and those called next, as two serialized bitmaps.
    pub handed_map: Vec<u8>,
    /// How many more were handed.
    pub handed: i64,
    /// How many more are gone.
    pub gone: i64,
    /// First and last acceptance in the window.
    pub accepted_ms: Option<(i64, i64)>,
}

/// A recipient that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetryRow {
    /// The subscriber's number.
    pub number: u32,
    /// Attempts so far.
    pub attempts: u32,
    /// When to try again.
    pub next_ms: i64,
    /// Why, as a code.
    pub code: String,
    /// The push service.
    pub origin: String,
    /// Given up.
    pub dead: bool,
}

/// Adds a pending delivery.
pub async fn insert(tx: &mut Tx, row: &DeliveryRow) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into delivery
        (delivery_id, message_id, alert_id, channel, kind, lane, state,
         from_cell, from_number, to_cell, to_number, cursor_cell, cursor_number,
         audience, inside, handed, failed, gone, created_ms, next_ms, lease_until_ms, attempts)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13,
                $14, $15, 0, 0, 0, $16, 0, 0, 0)";
    tx.query(sql)
        .bind(row.delivery.to_string())
        .bind(row.message.to_string())
        .bind(row.alert.to_string())
        .bind(&row.channel)
        .bind(row.audience.as_str())
        .bind(row.lane)
        .bind(row.state.as_str())
        .bind(row.from.cell)
        .bind(row.from.number)
        .bind(row.to.cell)
        .bind(row.to.number)
        .bind(row.cursor.cell)
        .bind(row.cursor.number)
        .bind(row.numbers.as_ref())
        .bind(row.inside)
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// Takes the next delivery to subscribers that is due, cancels first, under a lease until `until_ms`.
pub async fn take(
    tx: &mut Tx,
    token: &str,
    until_ms: i64,
) -> Result<Option<DeliveryRow>, StoreError> {
    take_of(tx, token, until_ms, (i64::MAX, "")).await
}

/// As [`take`], from no lane after `lane`, and of this channel; of any where it has no name.
pub async fn take_of(
    tx: &mut Tx,
    token: &str,
    until_ms: i64,
    (lane, channel): (i64, &str),
) -> Result<Option<DeliveryRow>, StoreError> {
    let lease = Lease {
        token,
        until_ms,
        lane,
    };
    let row = claim(tx, &lease, To::Subscribers(channel)).await?;
    row.as_ref().map(read).transpose()
}

/// Whose lease, until when, and from no lane after which.
pub(crate) struct Lease<'a> {
    /// Who holds it.
    pub(crate) token: &'a str,
    /// Until when, in UTC milliseconds.
    pub(crate) until_ms: i64,
    /// The last lane that counts.
    pub(crate) lane: i64,
}

/// To whom a delivery goes that is claimed.
pub(crate) enum To<'a> {
    /// To a segment of subscribers, by this channel; empty for any.
    Subscribers(&'a str),
    /// To the system of one partner.
    Systems,
}

/// Claims the next delivery that is due, the earliest lane first: the one way a worker comes by one. The row
/// is picked by `=` and not by `in`: picked once, however the statement is planned.
pub(crate) async fn claim(
    tx: &mut Tx,
    lease: &Lease<'_>,
    to: To<'_>,
) -> Result<Option<Row>, StoreError> {
    let now = tx.now_ms();
    let (kind, channel) = match to {
        To::Systems => (Audience::One.as_str(), ""),
        To::Subscribers(channel) => ("", channel),
    };
    let sql = "update delivery
        set lease_token = $1, lease_until_ms = $2, attempts = attempts + 1,
            begun_ms = coalesce(begun_ms, $3),
            state = case when state = 'pending' then 'sending' else state end
        where delivery_id = (
            select delivery_id
            from delivery
            where state in ('pending', 'sending', 'retrying')
            and lease_until_ms <= $3
            and next_ms <= $3
            and lane <= $4
            and (kind = 'one') = ($5 = 'one')
            and ($6 = '' or channel = $6)
            order by lane, created_ms, delivery_id
            limit 1
            {skip_locked})
        returning *";
    tx.query(sql)
        .bind(lease.token)
        .bind(lease.until_ms)
        .bind(now)
        .bind(lease.lane)
        .bind(kind)
        .bind(channel)
        .find()
        .await
}

/// Gives every lease back, of deliveries and of the outbox. Only for a process that holds the
/// database alone: whoever held a lease before it started is dead.
pub async fn release_all(tx: &mut Tx) -> Result<u64, StoreError> {
    let outbox = "update outbox
        set lease_until_ms = 0, lease_token = null
        where done_ms is null and lease_until_ms > 0";
    let released = tx.query(outbox).run().await?;
    let deliveries = "update delivery
        set lease_until_ms = 0, lease_token = null
        where state in ('pending', 'sending', 'retrying') and lease_until_ms > 0";
    Ok(released + tx.query(deliveries).run().await?)
}

/// Keeps the lease and writes down a window; false when the lease or the delivery was taken away.
pub async fn record(
    tx: &mut Tx,
    row: &DeliveryRow,
    window: &Window,
    until_ms: i64,
) -> Result<bool, StoreError> {
    let cursor = window.cursor.unwrap_or(row.cursor);
    let (first, last) = window.accepted_ms.unzip();
    let sql = "update delivery
        set cursor_cell = $1, cursor_number = $2, handed_map = $3,
            handed = handed + $4, gone = gone + $5,
            first_ms = coalesce(first_ms, $6), last_ms = coalesce($7, last_ms),
            lease_until_ms = $8
        where delivery_id = $9 and lease_token = $10
        and state in ('sending', 'retrying')";
    let changed = tx
        .query(sql)
        .bind(cursor.cell)
        .bind(cursor.number)
        .bind(&window.handed_map)
        .bind(window.handed)
        .bind(window.gone)
        .bind(first)
        .bind(last)
        .bind(until_ms)
        .bind(row.delivery.to_string())
        .bind(row.token.as_ref())
        .run()
        .await?;
    Ok(changed > 0)
}

/// Gives a delivery back in `state`, not to be taken before `next_ms`, and the lease with it; false
/// when the lease was lost.
pub async fn give_back(
    tx: &mut Tx,
    row: &DeliveryRow,
    state: DeliveryState,
    next_ms: i64,
) -> Result<bool, StoreError> {
    let finished = state.is_terminal().then(|| tx.now_ms());
    let sql = "update delivery
        set state = $1, next_ms = $2, lease_token = null, lease_until_ms = 0, finished_ms = $3,
            failed = (select count(*) from retry
                      where retry.delivery_id = delivery.delivery_id and retry.dead = 1)
        where delivery_id = $4 and lease_token = $5
        and state in ('sending', 'retrying')";
    let changed = tx
        .query(sql)
        .bind(state.as_str())
        .bind(next_ms)
        .bind(finished)
        .bind(row.delivery.to_string())
        .bind(row.token.as_ref())
        .run()
        .await?;
    Ok(changed > 0)
}

/// Withdraws every unfinished delivery of an alert's messages before `version`. The lease goes with
/// it, so that a worker in the middle of a window can write nothing more.
pub async fn withdraw(tx: &mut Tx, alert: AlertId, before_version: u32) -> Result<u64, StoreError> {
    let now = tx.now_ms();
    let sql = "update delivery
        set state = 'withdrawn', finished_ms = $1, lease_token = null
        where alert_id = $2
        and state in ('pending', 'sending', 'retrying')
        and message_id in (select message_id from message where alert_id = $2 and version < $3)";
    tx.query(sql)
        .bind(now)
        .bind(alert.to_string())
        .bind(before_version)
        .run()
        .await
}

/// All deliveries of an alert, in the order they were made.
pub async fn list_by_alert(
    reads: &mut impl Reads,
    alert: AlertId,
) -> Result<Vec<DeliveryRow>, StoreError> {
    let sql = "select * from delivery where alert_id = $1 order by created_ms, delivery_id";
    reads
        .select(sql)
        .bind(alert.to_string())
        .list()
        .await?
        .iter()
        .map(read)
        .collect()
}

/// How many deliveries of an alert are not finished, but for those without which its recall goes on.
pub async fn count_open(reads: &mut impl Reads, alert: AlertId) -> Result<i64, StoreError> {
    let sql = "select count(*) as open
        from delivery
        where alert_id = $1 and state in ('pending', 'sending', 'retrying')
        and released_ms is null";
    reads
        .select(sql)
        .bind(alert.to_string())
        .get()
        .await?
        .get("open")
}

/// When the next delivery that is not due yet becomes so, if any waits or is being worked on.
pub async fn find_next_due(reads: &mut impl Reads) -> Result<Option<i64>, StoreError> {
    let now = reads.now_ms();
    let sql =
        "select min(case when next_ms > lease_until_ms then next_ms else lease_until_ms end) as due
        from delivery
        where state in ('pending', 'sending', 'retrying')
        and (next_ms > $1 or lease_until_ms > $1)";
    reads.select(sql).bind(now).get().await?.get("due")
}

/// Destroys what tells who was handed an alert, once its recall is complete: the bitmaps, and the
/// numbers of those that were waiting. Those given up stay by number, and so do the counts.
pub async fn destroy_bitmaps(tx: &mut Tx, alert: AlertId) -> Result<u64, StoreError> {
    let retries = "delete from retry
        where dead = 0
        and delivery_id in (select delivery_id from delivery where alert_id = $1)";
    tx.query(retries).bind(alert.to_string()).run().await?;
    let sql = "update delivery set audience = null, handed_map = null where alert_id = $1";
    tx.query(sql).bind(alert.to_string()).run().await
}

/// Writes down, or writes anew, a recipient that failed.
pub async fn put_retry(
    tx: &mut Tx,
    delivery: DeliveryId,
    row: &RetryRow,
) -> Result<(), StoreError> {
    let sql = "insert into retry (delivery_id, number, attempts, next_ms, code, origin, dead)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (delivery_id, number) do update
        set attempts = excluded.attempts, next_ms = excluded.next_ms, code = excluded.code,
            origin = excluded.origin, dead = excluded.dead";
    tx.query(sql)
        .bind(delivery.to_string())
        .bind(row.number)
        .bind(row.attempts)
        .bind(row.next_ms)
        .bind(&row.code)
        .bind(&row.origin)
        .bind(row.dead)
        .run()
        .await?;
    Ok(())
}

/// Removes a recipient that succeeded or is gone.
pub async fn remove_retry(
    tx: &mut Tx,
    delivery: DeliveryId,
    number: u32,
) -> Result<(), StoreError> {
    let sql = "delete from retry where delivery_id = $1 and number = $2";
    tx.query(sql)
        .bind(delivery.to_string())
        .bind(number)
        .run()
        .await?;
    Ok(())
}

/// Recipients to try again by `now_ms`, the soonest first.
pub async fn list_due_retries(
    reads: &mut impl Reads,
    delivery: DeliveryId,
    now_ms: i64,
    limit: usize,
) -> Result<Vec<RetryRow>, StoreError> {
    let sql = "select * from retry
        where delivery_id = $1 and dead = 0 and next_ms <= $2
        order by next_ms, number
        limit $3";
    let rows = reads
        .select(sql)
        .bind(delivery.to_string())
        .bind(now_ms)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .list()
        .await?;
    rows.iter().map(read_retry).collect()
}

/// When the next waiting recipient is due; `None` when none waits.
pub async fn find_next_retry(
    reads: &mut impl Reads,
    delivery: DeliveryId,
) -> Result<Option<i64>, StoreError> {
    let sql = "select min(next_ms) as due from retry where delivery_id = $1 and dead = 0";
    reads
        .select(sql)
        .bind(delivery.to_string())
        .get()
        .await?
        .get("due")
}

/// The recipients of an alert that failed and wait or were given up, at most `limit`.
pub async fn list_failures(
    reads: &mut impl Reads,
    alert: AlertId,
    limit: usize,
) -> Result<Vec<RetryRow>, StoreError> {
    let sql = "select retry.*
        from retry
        join delivery on delivery.delivery_id = retry.delivery_id
        where delivery.alert_id = $1
        order by retry.dead desc, retry.number
        limit $2";
    let rows = reads
        .select(sql)
        .bind(alert.to_string())
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .list()
        .await?;
    rows.iter().map(read_retry).collect()
}

impl Audience {
    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::Handed => "handed",
            Self::Joined => "joined",
            Self::One => "one",
        }
    }
}

fn read(row: &Row) -> Result<DeliveryRow, StoreError> {
    let mark = |cell: &str, number: &str| -> Result<Mark, StoreError> {
        Ok(Mark {
            cell: row.get(cell)?,
            number: row.get(number)?,
        })
    };
    Ok(DeliveryRow {
        delivery: parsed(row, "delivery_id")?,
        message: parsed(row, "message_id")?,
        alert: parsed(row, "alert_id")?,
        channel: row.get("channel")?,
        audience: read_audience(row)?,
        lane: row.get("lane")?,
        state: parsed(row, "state")?,
        from: mark("from_cell", "from_number")?,
        to: mark("to_cell", "to_number")?,
        cursor: mark("cursor_cell", "cursor_number")?,
        numbers: row.get("audience")?,
        handed_map: row.get("handed_map")?,
        inside: row.get("inside")?,
        handed: row.get("handed")?,
        failed: row.get("failed")?,
        gone: row.get("gone")?,
        created_ms: row.get("created_ms")?,
        begun_ms: row.get("begun_ms")?,
        first_ms: row.get("first_ms")?,
        last_ms: row.get("last_ms")?,
        finished_ms: row.get("finished_ms")?,
        next_ms: row.get("next_ms")?,
        token: row.get("lease_token")?,
    })
}

fn read_audience(row: &Row) -> Result<Audience, StoreError> {
    match row.get::<String>("kind")?.as_str() {
        "area" => Ok(Audience::Area),
        "handed" => Ok(Audience::Handed),
        "joined" => Ok(Audience::Joined),
        "one" => Ok(Audience::One),
        _ => Err(StoreError::Column {
            column: "kind".to_owned(),
        }),
    }
}

fn read_retry(row: &Row) -> Result<RetryRow, StoreError> {
    Ok(RetryRow {
        number: row.get("number")?,
        attempts: row.get("attempts")?,
        next_ms: row.get("next_ms")?,
        code: row.get("code")?,
        origin: row.get("origin")?,
        dead: row.get("dead")?,
    })
}
