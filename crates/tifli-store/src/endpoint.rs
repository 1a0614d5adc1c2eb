//! The addresses of partners' systems. Where a system is and what opens it are sealed under the house's
//! key.
//!
//! Not for what was delivered there (see [`crate::ledger`]), nor for the partner, who stands in the
//! country pack.

use tifli_domain::channel::OwnChannel;
use tifli_domain::endpoint::{CapProfile, EndpointState};
use tifli_domain::id::EndpointId;

use crate::alert::parsed;
use crate::people::HOUSE;
use crate::{Reads, Row, Sealed, StoreError, Tx};

/// An endpoint's row.
#[derive(Debug, Clone)]
pub struct EndpointRow {
    /// Its id.
    pub endpoint: EndpointId,
    /// The partner's code in the pack.
    pub partner: String,
    /// The channel that delivers there.
    pub channel: OwnChannel,
    /// What it asks of a CAP message beyond the standard.
    pub profile: CapProfile,
    /// Whether anything is delivered there.
    pub state: EndpointState,
    /// Why it is not, as a code; empty while it is.
    pub why: String,
    /// Where it is and what opens it, as JSON.
    pub access: Sealed,
    /// When it was made.
    pub created_ms: i64,
    /// When it was last changed.
    pub changed_ms: i64,
}

/// The context its access is sealed for.
pub fn access_context(endpoint: EndpointId) -> String {
    format!("endpoint:access:{endpoint}")
}

/// Writes an endpoint, over the one with its id if there is one.
pub async fn put(tx: &mut Tx, row: &EndpointRow) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into endpoint
        (endpoint_id, partner, channel, state, why, access_sealed, created_ms, changed_ms, profile)
        values ($1, $2, $3, $4, $5, $6, $7, $7, $8)
        on conflict (endpoint_id) do update
        set state = excluded.state, why = excluded.why, access_sealed = excluded.access_sealed,
            changed_ms = excluded.changed_ms";
    tx.query(sql)
        .bind(row.endpoint.to_string())
        .bind(&row.partner)
        .bind(row.channel.as_str())
        .bind(row.state.as_str())
        .bind(&row.why)
        .bind(row.access.bytes())
        .bind(now)
        .bind(row.profile.as_str())
        .run()
        .await?;
    Ok(())
}

/// Says that nothing is delivered there any more, and why.
pub async fn disable(tx: &mut Tx, endpoint: EndpointId, why: &str) -> Result<bool, StoreError> {
    let now = tx.now_ms();
    let sql = "update endpoint
        set state = 'disabled', why = $1, changed_ms = $2
        where endpoint_id = $3 and state = 'enabled'";
    let changed = tx
        .query(sql)
        .bind(why)
        .bind(now)
        .bind(endpoint.to_string())
        .run()
        .await?;
    Ok(changed > 0)
}

/// The endpoint with this id.
pub async fn get(reads: &mut impl Reads, endpoint: EndpointId) -> Result<EndpointRow, StoreError> {
    let sql = "select * from endpoint where endpoint_id = $1";
    read(&reads.select(sql).bind(endpoint.to_string()).get().await?)
}

/// Every endpoint, by partner and the time it was made.
pub async fn list(reads: &mut impl Reads) -> Result<Vec<EndpointRow>, StoreError> {
    let sql = "select * from endpoint order by partner, created_ms, endpoint_id";
    reads.select(sql).list().await?.iter().map(read).collect()
}

/// The enabled endpoints of a channel.
pub async fn list_enabled(
    reads: &mut impl Reads,
    channel: OwnChannel,
) -> Result<Vec<EndpointRow>, StoreError> {
    let mut rows = list(reads).await?;
    rows.retain(|row| row.channel == channel && row.state == EndpointState::Enabled);
    Ok(rows)
}

fn read(row: &Row) -> Result<EndpointRow, StoreError> {
    let endpoint: EndpointId = parsed(row, "endpoint_id")?;
    Ok(EndpointRow {
        endpoint,
        partner: row.get("partner")?,
        channel: parsed(row, "channel")?,
        profile: parsed(row, "profile")?,
        state: parsed(row, "state")?,
        why: row.get("why")?,
        access: row.get_sealed("access_sealed", HOUSE, &access_context(endpoint))?,
        created_ms: row.get("created_ms")?,
        changed_ms: row.get("changed_ms")?,
    })
}
