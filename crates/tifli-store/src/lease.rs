//! Leases: a worker takes rows for a while, works outside any transaction, and finishes by token.
//!
//! A table that is worked through has three columns:
//!
//! ```sql
//! lease_token text,                     -- who holds it; null when nobody does
//! lease_until_ms bigint,                -- until when; past it, anyone may take the row
//! lease_attempts bigint not null        -- how often it was taken, this time included
//! ```
//!
//! The token fences: a worker that slept past its lease finds that `finish` and `extend` return
//! false, and must drop what it did. Commit the take before acting; act within the lease.

use crate::{Reads as _, StoreError, Tx};

/// A table worked through by leases. All parts are literals of the program, never input.
#[derive(Debug, Clone, Copy)]
pub struct LeaseTable {
    /// The table.
    pub table: &'static str,
    /// Its text key.
    pub key: &'static str,
    /// Which rows are due, in SQL; `$3` is the transaction's `now_ms`.
    pub due: &'static str,
    /// In which order they are taken.
    pub order: &'static str,
}

/// A row taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Its key.
    pub id: String,
    /// How often it was taken, this time included.
    pub attempts: i64,
}

impl LeaseTable {
    /// Takes up to `limit` due rows until `until_ms`. Run it in [`crate::Db::write_claim`].
    pub async fn take(
        &self,
        tx: &mut Tx,
        token: &str,
        until_ms: i64,
        limit: u32,
    ) -> Result<Vec<Taken>, StoreError> {
        let Self {
            table,
            key,
            due,
            order,
        } = self;
        let now_ms = tx.now_ms();
        let sql = format!(
            "update {table}
             set lease_token = $1, lease_until_ms = $2, lease_attempts = lease_attempts + 1
             where {key} in (
                 select {key}
                 from {table}
                 where ({due})
                 and (lease_until_ms is null or lease_until_ms <= $3)
                 order by {order}
                 limit $4
                 {{skip_locked}}
             )
             returning {key} as id, lease_attempts"
        );
        let rows = tx
            .statement(&sql)
            .bind(token)
            .bind(until_ms)
            .bind(now_ms)
            .bind(limit)
            .list()
            .await?;
        rows.iter()
            .map(|row| {
                Ok(Taken {
                    id: row.get("id")?,
                    attempts: row.get("lease_attempts")?,
                })
            })
            .collect()
    }

    /// Gives a row back, done or not; the caller sets its state in the same write. False: the lease was lost.
    pub async fn finish(&self, tx: &mut Tx, id: &str, token: &str) -> Result<bool, StoreError> {
        let Self { table, key, .. } = self;
        let sql = format!(
            "update {table}
             set lease_token = null, lease_until_ms = null
             where {key} = $1
             and lease_token = $2"
        );
        let changed = tx.statement(&sql).bind(id).bind(token).run().await?;
        Ok(changed == 1)
    }

    /// Keeps a row until `until_ms`. False: the lease was lost, also by running out.
    pub async fn extend(
        &self,
        tx: &mut Tx,
        id: &str,
        token: &str,
        until_ms: i64,
    ) -> Result<bool, StoreError> {
        let Self { table, key, .. } = self;
        let now_ms = tx.now_ms();
        let sql = format!(
            "update {table}
             set lease_until_ms = $1
             where {key} = $2
             and lease_token = $3
             and lease_until_ms > $4"
        );
        let changed = tx
            .statement(&sql)
            .bind(until_ms)
            .bind(id)
            .bind(token)
            .bind(now_ms)
            .run()
            .await?;
        Ok(changed == 1)
    }
}
