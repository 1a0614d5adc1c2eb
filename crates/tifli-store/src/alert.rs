//! Alerts and the versions on their way to the public.

use std::str::FromStr;

use tifli_domain::alert::{AlertState, EndReason, VersionState};
use tifli_domain::id::{AlertId, CaseId, MessageId, PersonId, PublicCode};
use tifli_domain::qualify::Rung;

use crate::{Reads, Row, Sealed, StoreError, Tx};

/// An alert's row.
#[derive(Debug, Clone)]
pub struct AlertRow {
    /// Its id.
    pub alert: AlertId,
    /// Its case.
    pub case: CaseId,
    /// The case's district.
    pub district: String,
    /// Its public code.
    pub code: PublicCode,
    /// Where it stands.
    pub state: AlertState,
    /// Who began it.
    pub author: PersonId,
    /// When it was begun.
    pub created_ms: i64,
    /// When it first went out.
    pub live_ms: Option<i64>,
    /// The version that is out, 0 before the first.
    pub version: u32,
    /// When the version that is out expires.
    pub expires_ms: Option<i64>,
    /// When it ended.
    pub ended_ms: Option<i64>,
    /// Why it ended.
    pub end_reason: Option<EndReason>,
    /// Who ended it; `None` for the clock.
    pub ended_by: Option<PersonId>,
    /// Who confirmed the reason.
    pub confirmed_by: Option<PersonId>,
    /// When the reason was confirmed.
    pub confirmed_ms: Option<i64>,
    /// When the approver was paged about an unconfirmed end.
    pub paged_ms: Option<i64>,
    /// When the last channel reported the withdrawal.
    pub dark_ms: Option<i64>,
    /// The subscription sequence up to which joiners have been looked at.
    pub joined_seq: i64,
}

/// A version's row. Draft and frozen bytes are sealed under the case's key.
#[derive(Debug, Clone)]
pub struct VersionRow {
    /// The message it is or would become.
    pub message: MessageId,
    /// Its alert.
    pub alert: AlertId,
    /// Version number.
    pub version: u32,
    /// Where it stands.
    pub state: VersionState,
    /// Who wrote it.
    pub author: PersonId,
    /// What was typed.
    pub draft: Sealed,
    /// The frozen message, from submission on.
    pub frozen: Option<Sealed>,
    /// What a signature would bind (JSON), from submission on.
    pub binding: Option<String>,
    /// When it was begun.
    pub created_ms: i64,
    /// When it was handed over.
    pub submitted_ms: Option<i64>,
    /// When it was decided.
    pub decided_ms: Option<i64>,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// Why it was returned or refused, or went out in spite of warnings.
    pub reason: Option<Sealed>,
    /// The rung that the approver proposed when it was returned.
    pub proposed_rung: Option<Rung>,
}

/// The context a version's draft is sealed for.
pub fn draft_context(message: MessageId) -> String {
    format!("version:draft:{message}")
}

/// The context a frozen message is sealed for, in `version` and in `message` alike.
pub fn frozen_context(message: MessageId) -> String {
    format!("message:frozen:{message}")
}

/// The context of the reason for a decision.
pub fn reason_context(message: MessageId) -> String {
    format!("version:reason:{message}")
}

/// Adds an alert in state preparing.
pub async fn insert(
    tx: &mut Tx,
    alert: AlertId,
    case: (CaseId, &str),
    code: &PublicCode,
    author: PersonId,
) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into alert
        (alert_id, case_id, district, code, state, author, created_ms, version, joined_seq)
        values ($1, $2, $3, $4, $5, $6, $7, 0, 0)";
    tx.query(sql)
        .bind(alert.to_string())
        .bind(case.0.to_string())
        .bind(case.1)
        .bind(code.as_str())
        .bind(AlertState::Preparing.as_str())
        .bind(author.to_string())
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// The alert with this id.
pub async fn get(reads: &mut impl Reads, alert: AlertId) -> Result<AlertRow, StoreError> {
    let sql = "select * from alert where alert_id = $1";
    read(&reads.select(sql).bind(alert.to_string()).get().await?)
}

/// The alert with this public code.
pub async fn find_by_code(
    reads: &mut impl Reads,
    code: &PublicCode,
) -> Result<Option<AlertRow>, StoreError> {
    let sql = "select * from alert where code = $1";
    let row = reads.select(sql).bind(code.as_str()).find().await?;
    row.as_ref().map(read).transpose()
}

/// All alerts of a case, the newest first.
pub async fn list_by_case(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<AlertRow>, StoreError> {
    let sql = "select * from alert where case_id = $1 order by created_ms desc, alert_id desc";
    reads
        .select(sql)
        .bind(case.to_string())
        .list()
        .await?
        .iter()
        .map(read)
        .collect()
}

/// All alerts in `state`, the newest first.
pub async fn list_by_state(
    reads: &mut impl Reads,
    state: AlertState,
) -> Result<Vec<AlertRow>, StoreError> {
    let sql = "select * from alert where state = $1 order by created_ms desc, alert_id desc";
    reads
        .select(sql)
        .bind(state.as_str())
        .list()
        .await?
        .iter()
        .map(read)
        .collect()
}

/// Ended alerts not yet dark.
pub async fn list_recalling(reads: &mut impl Reads) -> Result<Vec<AlertRow>, StoreError> {
    let sql = "select * from alert where ended_ms is not null and dark_ms is null";
    reads.select(sql).list().await?.iter().map(read).collect()
}

/// Writes what may change of an alert.
pub async fn update(tx: &mut Tx, row: &AlertRow) -> Result<(), StoreError> {
    let sql = "update alert
        set state = $2, live_ms = $3, version = $4, expires_ms = $5, ended_ms = $6,
            end_reason = $7, ended_by = $8, confirmed_by = $9, confirmed_ms = $10,
            paged_ms = $11, dark_ms = $12, joined_seq = $13
        where alert_id = $1";
    tx.query(sql)
        .bind(row.alert.to_string())
        .bind(row.state.as_str())
        .bind(row.live_ms)
        .bind(row.version)
        .bind(row.expires_ms)
        .bind(row.ended_ms)
        .bind(row.end_reason.map(EndReason::as_str))
        .bind(row.ended_by.map(|p| p.to_string()))
        .bind(row.confirmed_by.map(|p| p.to_string()))
        .bind(row.confirmed_ms)
        .bind(row.paged_ms)
        .bind(row.dark_ms)
        .bind(row.joined_seq)
        .run()
        .await?;
    Ok(())
}

/// Adds a drafted version.
pub async fn insert_version(tx: &mut Tx, row: &VersionRow) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into version
        (message_id, alert_id, version, state, author, draft_sealed, created_ms)
        values ($1, $2, $3, $4, $5, $6, $7)";
    tx.query(sql)
        .bind(row.message.to_string())
        .bind(row.alert.to_string())
        .bind(row.version)
        .bind(row.state.as_str())
        .bind(row.author.to_string())
        .bind(row.draft.bytes())
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// Writes what may change of a version.
pub async fn update_version(tx: &mut Tx, row: &VersionRow) -> Result<(), StoreError> {
    let sql = "update version
        set state = $2, draft_sealed = $3, frozen_sealed = $4, binding = $5,
            submitted_ms = $6, decided_ms = $7, decided_by = $8, reason_sealed = $9,
            proposed_rung = $10
        where message_id = $1";
    tx.query(sql)
        .bind(row.message.to_string())
        .bind(row.state.as_str())
        .bind(row.draft.bytes())
        .bind(row.frozen.as_ref().map(|s| s.bytes().to_vec()))
        .bind(row.binding.as_ref())
        .bind(row.submitted_ms)
        .bind(row.decided_ms)
        .bind(row.decided_by.map(|p| p.to_string()))
        .bind(row.reason.as_ref().map(|s| s.bytes().to_vec()))
        .bind(row.proposed_rung.map(Rung::as_str))
        .run()
        .await?;
    Ok(())
}

/// The version with this message id; sealed under the key of `case`.
pub async fn get_version(
    reads: &mut impl Reads,
    message: MessageId,
    case: CaseId,
) -> Result<VersionRow, StoreError> {
    let sql = "select * from version where message_id = $1";
    read_version(
        &reads.select(sql).bind(message.to_string()).get().await?,
        case,
    )
}

/// All versions of an alert, in order.
pub async fn list_versions(
    reads: &mut impl Reads,
    alert: AlertId,
    case: CaseId,
) -> Result<Vec<VersionRow>, StoreError> {
    let sql = "select * from version where alert_id = $1 order by version, created_ms";
    let rows = reads.select(sql).bind(alert.to_string()).list().await?;
    rows.iter().map(|row| read_version(row, case)).collect()
}

/// The alert and message ids of all versions in `state`, the oldest first.
pub async fn list_versions_in(
    reads: &mut impl Reads,
    state: VersionState,
) -> Result<Vec<(AlertId, MessageId, i64)>, StoreError> {
    let sql = "select alert_id, message_id, coalesce(submitted_ms, created_ms) as since_ms
        from version
        where state = $1
        order by since_ms";
    let rows = reads.select(sql).bind(state.as_str()).list().await?;
    rows.iter()
        .map(|row| {
            Ok((
                parsed(row, "alert_id")?,
                parsed(row, "message_id")?,
                row.get("since_ms")?,
            ))
        })
        .collect()
}

fn read(row: &Row) -> Result<AlertRow, StoreError> {
    Ok(AlertRow {
        alert: parsed(row, "alert_id")?,
        case: parsed(row, "case_id")?,
        district: row.get("district")?,
        code: parsed(row, "code")?,
        state: parsed(row, "state")?,
        author: parsed(row, "author")?,
        created_ms: row.get("created_ms")?,
        live_ms: row.get("live_ms")?,
        version: row.get("version")?,
        expires_ms: row.get("expires_ms")?,
        ended_ms: row.get("ended_ms")?,
        end_reason: find_parsed(row, "end_reason")?,
        ended_by: find_parsed(row, "ended_by")?,
        confirmed_by: find_parsed(row, "confirmed_by")?,
        confirmed_ms: row.get("confirmed_ms")?,
        paged_ms: row.get("paged_ms")?,
        dark_ms: row.get("dark_ms")?,
        joined_seq: row.get("joined_seq")?,
    })
}

fn read_version(row: &Row, case: CaseId) -> Result<VersionRow, StoreError> {
    let message: MessageId = parsed(row, "message_id")?;
    let owner = case.to_string();
    Ok(VersionRow {
        message,
        alert: parsed(row, "alert_id")?,
        version: row.get("version")?,
        state: parsed(row, "state")?,
        author: parsed(row, "author")?,
        draft: row.get_sealed("draft_sealed", &owner, &draft_context(message))?,
        frozen: row.find_sealed("frozen_sealed", &owner, &frozen_context(message))?,
        binding: row.get("binding")?,
        created_ms: row.get("created_ms")?,
        submitted_ms: row.get("submitted_ms")?,
        decided_ms: row.get("decided_ms")?,
        decided_by: find_parsed(row, "decided_by")?,
        reason: row.find_sealed("reason_sealed", &owner, &reason_context(message))?,
        proposed_rung: find_parsed(row, "proposed_rung")?,
    })
}

/// A text column as one of the domain's words or ids.
pub(crate) fn parsed<T: FromStr>(row: &Row, column: &str) -> Result<T, StoreError> {
    let text: String = row.get(column)?;
    text.parse().map_err(|_| StoreError::Column {
        column: column.to_owned(),
    })
}

/// As [`parsed`], for a column that may be null.
pub(crate) fn find_parsed<T: FromStr>(row: &Row, column: &str) -> Result<Option<T>, StoreError> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| {
        text.parse().map_err(|_| StoreError::Column {
            column: column.to_owned(),
        })
    })
    .transpose()
}

/// The alert a version belongs to.
pub async fn alert_of_version(
    reads: &mut impl Reads,
    message: MessageId,
) -> Result<AlertId, StoreError> {
    let sql = "select alert_id from version where message_id = $1";
    parsed(
        &reads.select(sql).bind(message.to_string()).get().await?,
        "alert_id",
    )
}
