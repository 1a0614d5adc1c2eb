//! The same request twice has one outcome, for as long as its claim is kept.
//!
//! Stored: actor, key, a hash of the request, the object it made and a status. Never a body: the
//! answer is rendered anew from the object.

use crate::{Reads, StoreError, Tx};

/// A request that says of itself that it may come again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Who asks; keys of different actors never meet.
    pub actor: String,
    /// The key the caller chose.
    pub key: String,
    /// A hash of what was asked.
    pub request_hash: [u8; 32],
}

/// What is known of a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Idempotency {
    /// First time: do it, then [`Tx::settle`] in the same write.
    Fresh,
    /// Done before, with this outcome.
    Replay {
        /// The object made then.
        object_id: String,
        /// The status answered then.
        status: i64,
    },
    /// The same key was used for another request: refuse.
    Mismatch,
}

impl Tx {
    /// Claims a key, or says what came of it before.
    pub async fn idempotent(&mut self, claim: &Claim) -> Result<Idempotency, StoreError> {
        let now_ms = self.now_ms();
        let inserted = self
            .query(
                "insert into idempotency (actor, request_key, request_hash, created_ms)
                 values ($1, $2, $3, $4)
                 on conflict (actor, request_key) do nothing",
            )
            .bind(&claim.actor)
            .bind(&claim.key)
            .bind(claim.request_hash)
            .bind(now_ms)
            .run()
            .await?;
        if inserted == 1 {
            self.unsettled_claims += 1;
            return Ok(Idempotency::Fresh);
        }
        let row = self
            .select(
                "select request_hash, object_id, status
                 from idempotency
                 where actor = $1
                 and request_key = $2",
            )
            .bind(&claim.actor)
            .bind(&claim.key)
            .get()
            .await?;
        if row.get::<[u8; 32]>("request_hash")? != claim.request_hash {
            return Ok(Idempotency::Mismatch);
        }
        Ok(Idempotency::Replay {
            object_id: row.get("object_id")?,
            status: row.get("status")?,
        })
    }

    /// Records the outcome of a fresh claim. A write that claims and does not settle is refused.
    pub async fn settle(
        &mut self,
        claim: &Claim,
        object_id: impl ToString,
        status: i64,
    ) -> Result<(), StoreError> {
        let updated = self
            .query(
                "update idempotency
                 set object_id = $1, status = $2
                 where actor = $3
                 and request_key = $4
                 and object_id is null",
            )
            .bind(object_id.to_string())
            .bind(status)
            .bind(&claim.actor)
            .bind(&claim.key)
            .run()
            .await?;
        self.unsettled_claims = self
            .unsettled_claims
            .saturating_sub(usize::try_from(updated).unwrap_or(usize::MAX));
        Ok(())
    }

    /// Removes claims made before `before_ms`; returns how many.
    pub async fn forget_claims(&mut self, before_ms: i64) -> Result<u64, StoreError> {
        self.query("delete from idempotency where created_ms < $1")
            .bind(before_ms)
            .run()
            .await
    }
}
