//! Deliveries to the systems of partners, each by name: what is known of it, every call that was made,
//! and who let a recall go on without it.
//!
//! They share the table of the deliveries to subscribers (see [`crate::delivery`]), so that what is
//! open, withdrawn and dark is asked once for both.

use tifli_domain::channel::OwnChannel;
use tifli_domain::delivery::{DeliveryState, Outcome};
use tifli_domain::id::{AlertId, CaseId, DeliveryId, EndpointId, MessageId, PersonId};
use tifli_domain::message::MsgType;

use crate::alert::{find_parsed, parsed};
use crate::delivery::{self, Lease, To};
use crate::{Reads, Row, Sealed, StoreError, Tx};

/// The word of an attempt that left and was not heard of.
pub(crate) const LEFT: &str = "left";

/// A delivery to one system, to be written down.
#[derive(Debug, Clone)]
pub struct NewAddressed {
    /// Its id.
    pub delivery: DeliveryId,
    /// The message.
    pub message: MessageId,
    /// The alert.
    pub alert: AlertId,
    /// The channel.
    pub channel: OwnChannel,
    /// The system.
    pub endpoint: EndpointId,
    /// 0 goes first: a cancel; then 1, a first alert; then 2, an update.
    pub lane: i64,
}

/// A delivery to one system, with what its endpoint, message and alert say of themselves.
#[derive(Debug, Clone)]
pub struct AddressedRow {
    /// Its id.
    pub delivery: DeliveryId,
    /// The message.
    pub message: MessageId,
    /// That message's version.
    pub version: u32,
    /// What that message does.
    pub msg_type: MsgType,
    /// The alert.
    pub alert: AlertId,
    /// The case.
    pub case: CaseId,
    /// The district of that case.
    pub district: String,
    /// The channel.
    pub channel: OwnChannel,
    /// The system.
    pub endpoint: EndpointId,
    /// The partner's code in the pack.
    pub partner: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// What is known of it; `None` before the first answer.
    pub outcome: Option<Outcome>,
    /// Why, as a code.
    pub code: Option<String>,
    /// Calls made so far, the one under way among them.
    pub attempts: u32,
    /// When it was made.
    pub created_ms: i64,
    /// When the system took it.
    pub accepted_ms: Option<i64>,
    /// Done, withdrawn or dead.
    pub finished_ms: Option<i64>,
    /// Not to be tried before.
    pub next_ms: i64,
    /// Who let the recall go on without it.
    pub released_by: Option<PersonId>,
    /// When.
    pub released_ms: Option<i64>,
    /// Why.
    pub released: Option<Sealed>,
    token: Option<String>,
}

/// One call to a system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AttemptRow {
    /// Order among the attempts of its delivery, from 1.
    pub seq: u32,
    /// When it left.
    pub begun_ms: i64,
    /// When it was over; `None` for one that was not heard of again.
    pub ended_ms: Option<i64>,
    /// What was known then.
    pub outcome: Outcome,
    /// Why, as a code.
    pub code: String,
}

/// How an attempt ended, and what becomes of its delivery.
#[derive(Debug, Clone)]
pub struct Ended {
    /// What is known.
    pub outcome: Outcome,
    /// Why, as a code.
    pub code: String,
    /// Where the delivery stands now.
    pub state: DeliveryState,
    /// Not to be tried before.
    pub next_ms: i64,
}

macro_rules! addressed {
    ($tail:literal) => {
        concat!(
            "select delivery.*, message.version, message.msg_type, alert.case_id, alert.district,
                endpoint.partner
            from delivery
            join message on message.message_id = delivery.message_id
            join alert on alert.alert_id = delivery.alert_id
            join endpoint on endpoint.endpoint_id = delivery.endpoint_id ",
            $tail
        )
    };
}

/// The context the reason of a release is sealed for.
pub fn released_context(delivery: DeliveryId) -> String {
    format!("delivery:released:{delivery}")
}

/// Adds a pending delivery to one system.
pub async fn insert(tx: &mut Tx, new: &NewAddressed) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into delivery
        (delivery_id, message_id, alert_id, channel, kind, lane, state, endpoint_id,
         from_cell, from_number, to_cell, to_number, cursor_cell, cursor_number,
         inside, handed, failed, gone, created_ms, next_ms, lease_until_ms, attempts)
        values ($1, $2, $3, $4, 'one', $5, 'pending', $6,
                0, 0, 0, 0, 0, 0, 1, 0, 0, 0, $7, 0, 0, 0)";
    tx.query(sql)
        .bind(new.delivery.to_string())
        .bind(new.message.to_string())
        .bind(new.alert.to_string())
        .bind(new.channel.as_str())
        .bind(new.lane)
        .bind(new.endpoint.to_string())
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// Takes the next delivery that is due from no lane after `lane`, under a lease until `until_ms`, and
/// writes down that it is being called: whoever dies now leaves an attempt nobody heard of.
pub async fn take(
    tx: &mut Tx,
    token: &str,
    until_ms: i64,
    lane: i64,
) -> Result<Option<AddressedRow>, StoreError> {
    let lease = Lease {
        token,
        until_ms,
        lane,
    };
    let Some(found) = delivery::claim(tx, &lease, To::Systems).await? else {
        return Ok(None);
    };
    let row = get(tx, parsed(&found, "delivery_id")?).await?;
    let now = tx.now_ms();
    let sql = "insert into attempt (delivery_id, seq, begun_ms, outcome, code)
        values ($1, $2, $3, 'unknown', $4)";
    tx.query(sql)
        .bind(row.delivery.to_string())
        .bind(row.attempts)
        .bind(now)
        .bind(LEFT)
        .run()
        .await?;
    Ok(Some(row))
}

/// Writes down how the attempt under way ended, and gives the delivery back. What a withdrawn
/// delivery came to is written down too; false says that it was taken away and its state stays.
pub async fn settle(tx: &mut Tx, row: &AddressedRow, ended: &Ended) -> Result<bool, StoreError> {
    let now = tx.now_ms();
    end_attempt(tx, row, ended).await?;
    let sent = (ended.outcome == Outcome::Sent).then_some(now);
    // A call that was not heard of may have arrived, whatever is said of a later one, until the system
    // shows that it has nothing.
    let knows = "update delivery
        set outcome = case when $1 = 'refused' and exists (
                select 1 from attempt
                where attempt.delivery_id = $4 and attempt.outcome = 'unknown'
                and attempt.seq > coalesce((
                    select max(absent.seq) from attempt as absent
                    where absent.delivery_id = $4 and absent.code = 'read_back_absent'), 0)
            ) then 'unknown' else $1 end,
            code = $2, first_ms = coalesce(first_ms, $3), last_ms = coalesce($3, last_ms),
            handed = case when $1 = 'sent' then 1 else handed end
        where delivery_id = $4 and (outcome is null or outcome <> 'sent')";
    tx.query(knows)
        .bind(ended.outcome.as_str())
        .bind(&ended.code)
        .bind(sent)
        .bind(row.delivery.to_string())
        .run()
        .await?;
    let finished = ended.state.is_terminal().then_some(now);
    let sql = "update delivery
        set state = $1, next_ms = $2, lease_token = null, lease_until_ms = 0, finished_ms = $3,
            failed = case when $1 = 'dead' then 1 else 0 end
        where delivery_id = $4 and lease_token = $5
        and state in ('sending', 'retrying')";
    let changed = tx
        .query(sql)
        .bind(ended.state.as_str())
        .bind(ended.next_ms)
        .bind(finished)
        .bind(row.delivery.to_string())
        .bind(row.token.as_ref())
        .run()
        .await?;
    Ok(changed > 0)
}

async fn end_attempt(tx: &mut Tx, row: &AddressedRow, ended: &Ended) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "update attempt
        set ended_ms = $1, outcome = $2, code = $3
        where delivery_id = $4 and seq = $5";
    tx.query(sql)
        .bind(now)
        .bind(ended.outcome.as_str())
        .bind(&ended.code)
        .bind(row.delivery.to_string())
        .bind(row.attempts)
        .run()
        .await?;
    Ok(())
}

/// Says who lets the recall go on without a delivery; false when the system took it, or somebody said so
/// before.
pub async fn release(
    tx: &mut Tx,
    delivery: DeliveryId,
    by: PersonId,
    reason_sealed: &[u8],
) -> Result<bool, StoreError> {
    let now = tx.now_ms();
    let sql = "update delivery
        set released_by = $1, released_ms = $2, released_sealed = $3
        where delivery_id = $4 and kind = 'one' and released_ms is null
        and (outcome is null or outcome <> 'sent')";
    let changed = tx
        .query(sql)
        .bind(by.to_string())
        .bind(now)
        .bind(reason_sealed)
        .bind(delivery.to_string())
        .run()
        .await?;
    Ok(changed > 0)
}

/// The delivery with this id.
pub async fn get(reads: &mut impl Reads, delivery: DeliveryId) -> Result<AddressedRow, StoreError> {
    let sql = addressed!("where delivery.delivery_id = $1");
    read(&reads.select(sql).bind(delivery.to_string()).get().await?)
}

/// Every delivery of an alert to a system, in the order they were made.
pub async fn list_by_alert(
    reads: &mut impl Reads,
    alert: AlertId,
) -> Result<Vec<AddressedRow>, StoreError> {
    let sql = addressed!(
        "where delivery.alert_id = $1
        order by message.version, endpoint.partner, delivery.created_ms, delivery.delivery_id"
    );
    let rows = reads.select(sql).bind(alert.to_string()).list().await?;
    rows.iter().map(read).collect()
}

/// The calls of a delivery, in order.
pub async fn list_attempts(
    reads: &mut impl Reads,
    delivery: DeliveryId,
) -> Result<Vec<AttemptRow>, StoreError> {
    let sql = "select * from attempt where delivery_id = $1 order by seq";
    let rows = reads.select(sql).bind(delivery.to_string()).list().await?;
    rows.iter().map(read_attempt).collect()
}

impl AddressedRow {
    /// Whether the system has, or may have, what was delivered: a call left, and was not refused.
    pub fn may_be_held(&self) -> bool {
        self.attempts > 0 && self.outcome != Some(Outcome::Refused)
    }

    /// Whether a recall waits for it: it tells the end, and neither was it taken nor did anybody let
    /// the recall go on without it.
    pub fn holds_recall(&self) -> bool {
        self.msg_type == MsgType::Cancel
            && self.outcome != Some(Outcome::Sent)
            && self.released_ms.is_none()
    }
}

fn read(row: &Row) -> Result<AddressedRow, StoreError> {
    let delivery: DeliveryId = parsed(row, "delivery_id")?;
    let case: CaseId = parsed(row, "case_id")?;
    let owner = case.to_string();
    Ok(AddressedRow {
        delivery,
        message: parsed(row, "message_id")?,
        version: row.get("version")?,
        msg_type: parsed(row, "msg_type")?,
        alert: parsed(row, "alert_id")?,
        case,
        district: row.get("district")?,
        channel: parsed(row, "channel")?,
        endpoint: parsed(row, "endpoint_id")?,
        partner: row.get("partner")?,
        state: parsed(row, "state")?,
        outcome: find_parsed(row, "outcome")?,
        code: row.get("code")?,
        attempts: row.get("attempts")?,
        created_ms: row.get("created_ms")?,
        accepted_ms: row.get("first_ms")?,
        finished_ms: row.get("finished_ms")?,
        next_ms: row.get("next_ms")?,
        released_by: find_parsed(row, "released_by")?,
        released_ms: row.get("released_ms")?,
        released: row.find_sealed("released_sealed", &owner, &released_context(delivery))?,
        token: row.get("lease_token")?,
    })
}

pub(crate) fn read_attempt(row: &Row) -> Result<AttemptRow, StoreError> {
    Ok(AttemptRow {
        seq: row.get("seq")?,
        begun_ms: row.get("begun_ms")?,
        ended_ms: row.get("ended_ms")?,
        outcome: parsed(row, "outcome")?,
        code: row.get("code")?,
    })
}
