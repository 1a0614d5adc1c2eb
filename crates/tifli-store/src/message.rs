//! Messages as they went out, the two hands under each, the work they call for, and receipts.

use tifli_domain::approval::Unit;
use tifli_domain::id::{AlertId, CaseId, MessageId, OutboxId, PersonId};
use tifli_domain::message::MsgType;

use crate::alert::{frozen_context, parsed};
use crate::{Reads, Row, Sealed, StoreError, Tx, counter};

/// A message's row. Only `frozen` and `cap` are sealed: the rest names no one.
#[derive(Debug, Clone)]
pub struct MessageRow {
    /// Its id.
    pub message: MessageId,
    /// Its alert.
    pub alert: AlertId,
    /// Order among all messages.
    pub seq: i64,
    /// Version within the alert.
    pub version: u32,
    /// Alert, Update, Cancel.
    pub msg_type: MsgType,
    /// CAP identifier.
    pub identifier: String,
    /// CAP sent.
    pub sent_ms: i64,
    /// CAP expires.
    pub expires_ms: i64,
    /// The canonical area.
    pub area: String,
    /// What the signature binds (JSON).
    pub binding: String,
    /// The house's signature.
    pub signature: Vec<u8>,
    /// The frozen bytes, sealed under the case's key.
    pub frozen: Sealed,
    /// The CAP document as it was signed, sealed under the case's key; `None` if it was never written or
    /// has been erased.
    pub cap: Option<Sealed>,
}

/// Work still to be relayed to a channel.
#[derive(Debug, Clone)]
pub struct OutboxRow {
    /// Its id.
    pub outbox: OutboxId,
    /// The message.
    pub message: MessageId,
    /// The alert.
    pub alert: AlertId,
    /// The channel.
    pub channel: String,
    /// The lease by which it is held.
    pub token: String,
}

/// Evidence from a channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// The alert.
    pub alert: AlertId,
    /// The message.
    pub message: MessageId,
    /// The channel.
    pub channel: String,
    /// `published`, `withdrawn`, `targeted`, `handed` …
    pub kind: String,
    /// How many it speaks of.
    pub amount: i64,
    /// When it came.
    pub at_ms: i64,
}

/// The context the signed CAP document of a message is sealed for.
pub fn cap_context(message: MessageId) -> String {
    format!("message:cap:{message}")
}

/// Adds a message; its `seq` is given here.
pub async fn insert(tx: &mut Tx, row: &MessageRow) -> Result<i64, StoreError> {
    let seq = counter::next(tx, "message").await?;
    let sql = "insert into message
        (message_id, alert_id, seq, version, msg_type, identifier, sent_ms, expires_ms,
         area, binding, signature, frozen_sealed, cap_sealed)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    tx.query(sql)
        .bind(row.message.to_string())
        .bind(row.alert.to_string())
        .bind(seq)
        .bind(row.version)
        .bind(row.msg_type.as_str())
        .bind(&row.identifier)
        .bind(row.sent_ms)
        .bind(row.expires_ms)
        .bind(&row.area)
        .bind(&row.binding)
        .bind(&row.signature)
        .bind(row.frozen.bytes())
        .bind(row.cap.as_ref().map(|cap| cap.bytes().to_vec()))
        .run()
        .await?;
    Ok(seq)
}

/// The message with this id; sealed under the key of its case.
pub async fn get(reads: &mut impl Reads, message: MessageId) -> Result<MessageRow, StoreError> {
    let sql = "select message.*, alert.case_id
        from message
        join alert on alert.alert_id = message.alert_id
        where message_id = $1";
    read(&reads.select(sql).bind(message.to_string()).get().await?)
}

/// The message with this CAP identifier.
pub async fn find_by_identifier(
    reads: &mut impl Reads,
    identifier: &str,
) -> Result<Option<MessageRow>, StoreError> {
    let sql = "select message.*, alert.case_id
        from message
        join alert on alert.alert_id = message.alert_id
        where identifier = $1";
    reads
        .select(sql)
        .bind(identifier)
        .find()
        .await?
        .as_ref()
        .map(read)
        .transpose()
}

/// All messages of an alert, in order.
pub async fn list_by_alert(
    reads: &mut impl Reads,
    alert: AlertId,
) -> Result<Vec<MessageRow>, StoreError> {
    let sql = "select message.*, alert.case_id
        from message
        join alert on alert.alert_id = message.alert_id
        where message.alert_id = $1
        order by seq";
    reads
        .select(sql)
        .bind(alert.to_string())
        .list()
        .await?
        .iter()
        .map(read)
        .collect()
}

/// The newest message of each alert that had one sent since `since_ms`, newest first: what a feed shows.
pub async fn list_latest(
    reads: &mut impl Reads,
    since_ms: i64,
) -> Result<Vec<MessageRow>, StoreError> {
    let sql = "select message.*, alert.case_id
        from message
        join alert on alert.alert_id = message.alert_id
        where message.seq in (select max(m.seq) from message m group by m.alert_id)
        and message.sent_ms >= $1
        order by seq desc
        limit 200";
    reads
        .select(sql)
        .bind(since_ms)
        .list()
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Alerts and updates sent since `since_ms`, of all alerts, whatever became of them.
pub async fn list_pushed_since(
    reads: &mut impl Reads,
    since_ms: i64,
) -> Result<Vec<MessageRow>, StoreError> {
    let sql = "select message.*, alert.case_id
        from message
        join alert on alert.alert_id = message.alert_id
        where message.sent_ms >= $1
        and message.msg_type in ('Alert', 'Update')
        order by seq";
    let rows = reads.select(sql).bind(since_ms).list().await?;
    rows.iter().map(read).collect()
}

/// Writes a person's hand under a message, with the unit they belong to at that moment.
pub async fn insert_approval(
    tx: &mut Tx,
    message: MessageId,
    part: &str,
    (person, unit): (PersonId, &Unit),
    binding: &str,
) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into approval (message_id, part, person_id, binding, at_ms, district, unit)
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (message_id, part) do update
        set person_id = excluded.person_id, binding = excluded.binding, at_ms = excluded.at_ms,
            district = excluded.district, unit = excluded.unit";
    tx.query(sql)
        .bind(message.to_string())
        .bind(part)
        .bind(person.to_string())
        .bind(binding)
        .bind(now)
        .bind(&unit.district)
        .bind(&unit.name)
        .run()
        .await?;
    Ok(())
}

/// A hand under a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApprovalRow {
    /// `author` or `approver`.
    pub part: String,
    /// Whose.
    pub person: PersonId,
    /// The unit they belonged to then; of hands older than that is kept, the present one.
    pub unit: Unit,
    /// What it binds.
    pub binding: String,
}

/// Who put which hand under a message, the author's first.
pub async fn list_approvals(
    reads: &mut impl Reads,
    message: MessageId,
) -> Result<Vec<ApprovalRow>, StoreError> {
    let sql = "select approval.part, approval.person_id, approval.binding,
            coalesce(approval.district, person.district, '') as signed_district,
            coalesce(approval.unit, person.unit, '') as signed_unit
        from approval
        left join person on person.person_id = approval.person_id
        where approval.message_id = $1
        order by approval.part desc";
    let rows = reads.select(sql).bind(message.to_string()).list().await?;
    rows.iter()
        .map(|row| {
            Ok(ApprovalRow {
                part: row.get("part")?,
                person: parsed(row, "person_id")?,
                unit: Unit {
                    district: row.get("signed_district")?,
                    name: row.get("signed_unit")?,
                },
                binding: row.get("binding")?,
            })
        })
        .collect()
}

/// Writes down work for a channel.
pub async fn insert_outbox(
    tx: &mut Tx,
    outbox: OutboxId,
    message: MessageId,
    alert: AlertId,
    channel: &str,
) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into outbox
        (outbox_id, message_id, alert_id, channel, created_ms, lease_until_ms, attempts)
        values ($1, $2, $3, $4, $5, 0, 0)";
    tx.query(sql)
        .bind(outbox.to_string())
        .bind(message.to_string())
        .bind(alert.to_string())
        .bind(channel)
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// Takes the open work of the earliest message, ends first, under a lease until `until_ms`.
///
/// The message is asked for beside the row and not joined to it: on PostgreSQL the lock is then on
/// the outbox row alone, and the one row is picked once however the statement is planned.
pub async fn take_outbox(
    tx: &mut Tx,
    token: &str,
    until_ms: i64,
) -> Result<Option<OutboxRow>, StoreError> {
    claim_outbox(tx, (token, until_ms), LAST_RANK).await
}

/// As [`take_outbox`], of ends alone.
pub async fn take_outbox_of_ends(
    tx: &mut Tx,
    token: &str,
    until_ms: i64,
) -> Result<Option<OutboxRow>, StoreError> {
    claim_outbox(tx, (token, until_ms), RANK_OF_ENDS).await
}

/// The rank of work that tells an end; all else comes after it.
const RANK_OF_ENDS: i64 = 0;
const LAST_RANK: i64 = 1;

async fn claim_outbox(
    tx: &mut Tx,
    (token, until_ms): (&str, i64),
    up_to_rank: i64,
) -> Result<Option<OutboxRow>, StoreError> {
    let now = tx.now_ms();
    let sql = "update outbox
        set lease_token = $1, lease_until_ms = $2, attempts = attempts + 1
        where outbox_id = (
            select outbox_id
            from outbox
            where done_ms is null
            and lease_until_ms <= $3
            and (select case when message.msg_type = 'Cancel' then 0 else 1 end
                 from message where message.message_id = outbox.message_id) <= $4
            order by
                (select case when message.msg_type = 'Cancel' then 0 else 1 end
                 from message where message.message_id = outbox.message_id),
                (select message.seq
                 from message where message.message_id = outbox.message_id),
                outbox_id
            limit 1
            {skip_locked})
        returning outbox_id, message_id, alert_id, channel";
    let row = tx
        .query(sql)
        .bind(token)
        .bind(until_ms)
        .bind(now)
        .bind(up_to_rank)
        .find()
        .await?;
    row.map(|row| {
        Ok(OutboxRow {
            outbox: parsed(&row, "outbox_id")?,
            message: parsed(&row, "message_id")?,
            alert: parsed(&row, "alert_id")?,
            channel: row.get("channel")?,
            token: token.to_owned(),
        })
    })
    .transpose()
}

/// Marks work as relayed, by its lease; false when the lease was lost.
pub async fn finish_outbox(tx: &mut Tx, row: &OutboxRow) -> Result<bool, StoreError> {
    let now = tx.now_ms();
    let sql = "update outbox
        set done_ms = $1
        where outbox_id = $2 and lease_token = $3 and done_ms is null";
    let changed = tx
        .query(sql)
        .bind(now)
        .bind(row.outbox.to_string())
        .bind(&row.token)
        .run()
        .await?;
    Ok(changed > 0)
}

/// Withdraws the unrelayed work of an alert's messages before `version`.
pub async fn withdraw_outbox(
    tx: &mut Tx,
    alert: AlertId,
    before_version: u32,
) -> Result<u64, StoreError> {
    let now = tx.now_ms();
    let sql = "update outbox
        set done_ms = $1
        where alert_id = $2 and done_ms is null
        and message_id in (select message_id from message where alert_id = $2 and version < $3)";
    tx.query(sql)
        .bind(now)
        .bind(alert.to_string())
        .bind(before_version)
        .run()
        .await
}

/// How much work of an alert is not relayed yet.
pub async fn count_open_outbox(reads: &mut impl Reads, alert: AlertId) -> Result<i64, StoreError> {
    let sql = "select count(*) as open from outbox where alert_id = $1 and done_ms is null";
    reads
        .select(sql)
        .bind(alert.to_string())
        .get()
        .await?
        .get("open")
}

/// Appends a receipt.
pub async fn insert_receipt(tx: &mut Tx, receipt: &Receipt) -> Result<(), StoreError> {
    let seq = counter::next(tx, "receipt").await?;
    let sql = "insert into receipt (seq, alert_id, message_id, channel, kind, amount, at_ms)
        values ($1, $2, $3, $4, $5, $6, $7)";
    tx.query(sql)
        .bind(seq)
        .bind(receipt.alert.to_string())
        .bind(receipt.message.to_string())
        .bind(&receipt.channel)
        .bind(&receipt.kind)
        .bind(receipt.amount)
        .bind(receipt.at_ms)
        .run()
        .await?;
    Ok(())
}

/// All receipts of an alert, in order.
pub async fn list_receipts(
    reads: &mut impl Reads,
    alert: AlertId,
) -> Result<Vec<Receipt>, StoreError> {
    let sql = "select * from receipt where alert_id = $1 order by seq";
    let rows = reads.select(sql).bind(alert.to_string()).list().await?;
    rows.iter()
        .map(|row| {
            Ok(Receipt {
                alert: parsed(row, "alert_id")?,
                message: parsed(row, "message_id")?,
                channel: row.get("channel")?,
                kind: row.get("kind")?,
                amount: row.get("amount")?,
                at_ms: row.get("at_ms")?,
            })
        })
        .collect()
}

fn read(row: &Row) -> Result<MessageRow, StoreError> {
    let message: MessageId = parsed(row, "message_id")?;
    let case: CaseId = parsed(row, "case_id")?;
    Ok(MessageRow {
        message,
        alert: parsed(row, "alert_id")?,
        seq: row.get("seq")?,
        version: row.get("version")?,
        msg_type: parsed(row, "msg_type")?,
        identifier: row.get("identifier")?,
        sent_ms: row.get("sent_ms")?,
        expires_ms: row.get("expires_ms")?,
        area: row.get("area")?,
        binding: row.get("binding")?,
        signature: row.get("signature")?,
        frozen: row.get_sealed("frozen_sealed", &case.to_string(), &frozen_context(message))?,
        cap: row.find_sealed("cap_sealed", &case.to_string(), &cap_context(message))?,
    })
}
