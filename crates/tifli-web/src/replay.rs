//! The answers to `Idempotency-Key` for acts whose use case has no key of its own: the same key and request again get
//! the id that was made the first time. Ids only, in memory, for a day; what must survive a restart (reports, tips) has
//! its key in the database.

use std::collections::HashMap;
use std::future::Future;
use std::sync::{Arc, Mutex, PoisonError};

use tifli_app::{AppError, AppResult};

const DAY_MS: i64 = 86_400_000;
/// Keys kept before the old ones are swept.
const MANY: usize = 10_000;

/// One key: what it was used for, and the id it led to. Locked while the act runs, so that a repeat waits for it.
type Slot = Arc<tokio::sync::Mutex<Option<Done>>>;

#[derive(Debug, Clone)]
struct Done {
    request: [u8; 32],
    id: String,
}

/// The keys of the last day.
#[derive(Default)]
pub struct Replays {
    slots: Mutex<HashMap<[u8; 32], (i64, Slot)>>,
}

impl Replays {
    /// Runs `act` once for this key. `who` and `request` (a hash of path and body) belong to the key; another request
    /// under the same key is a conflict. Without a key it just runs.
    pub async fn once<F>(
        &self,
        key: Option<String>,
        request: [u8; 32],
        now_ms: i64,
        act: F,
    ) -> AppResult<String>
    where
        F: Future<Output = AppResult<String>>,
    {
        let Some(key) = key else {
            return act.await;
        };
        let slot = self.slot(tifli_app::hash_token(&key), now_ms);
        let mut done = slot.lock().await;
        if let Some(done) = done.as_ref() {
            return if done.request == request {
                Ok(done.id.clone())
            } else {
                Err(AppError::conflict("key_used_otherwise"))
            };
        }
        let id = act.await?;
        *done = Some(Done {
            request,
            id: id.clone(),
        });
        Ok(id)
    }

    fn slot(&self, key: [u8; 32], now_ms: i64) -> Slot {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= MANY {
            slots.retain(|_, (at_ms, _)| now_ms - *at_ms < DAY_MS);
        }
        let (_, slot) = slots
            .entry(key)
            .or_insert_with(|| (now_ms, Slot::default()));
        Arc::clone(slot)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tifli_app::Kind;

    async fn run(replays: &Replays, key: &str, request: u8, id: &str) -> AppResult<String> {
        let act = async { Ok(id.to_owned()) };
        replays
            .once(Some(key.to_owned()), [request; 32], 0, act)
            .await
    }

    #[tokio::test]
    async fn the_same_key_gives_the_same_id_and_another_request_is_a_conflict() {
        let replays = Replays::default();
        assert_eq!(run(&replays, "k", 1, "first").await.unwrap(), "first");
        assert_eq!(run(&replays, "k", 1, "second").await.unwrap(), "first");
        let refused = run(&replays, "k", 2, "third").await.unwrap_err();
        assert_eq!(refused.kind, Kind::Conflict);
    }

    #[tokio::test]
    async fn an_act_that_failed_may_be_tried_again_under_its_key() {
        let replays = Replays::default();
        let failing = async { Err(AppError::internal("x")) };
        assert!(
            replays
                .once(Some("k".into()), [1; 32], 0, failing)
                .await
                .is_err()
        );
        assert_eq!(run(&replays, "k", 1, "made").await.unwrap(), "made");
    }
}
