//! How often one network may write: a bucket of tokens per keyed hash and kind of act, in memory only. It knows no
//! address, and forgets a network as soon as its bucket is full again.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use crate::problem::Refused;
use crate::request::Network;
use crate::server::WebState;

/// Buckets kept before the full ones are swept.
const MANY: usize = 10_000;
const MINUTE_MS: i64 = 60_000;

/// What is limited; each has its own bucket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Limited {
    /// Telling a tip.
    Tip,
    /// Subscribing and unsubscribing.
    Subscription,
    /// Trying to sign in.
    SignIn,
    /// Asking about a pasted text. A code has 80 bits and is not limited: it cannot be guessed, and a crowd behind one
    /// address reads it off one poster.
    Verification,
}

/// Texts that one network may ask about in a minute: each is compared with everything that is out.
const VERIFICATIONS_PER_MINUTE: u32 = 30;

/// The buckets.
#[derive(Default)]
pub struct Limits {
    buckets: Mutex<HashMap<(Limited, [u8; 32]), Bucket>>,
}

/// Tokens in thousandths, so that a minute's share of few tokens is not lost to rounding.
#[derive(Debug, Clone, Copy)]
struct Bucket {
    thousandths: i64,
    at_ms: i64,
}

impl Limits {
    /// Takes one of `per_minute` tokens; `Err` says in how many seconds the next one is there.
    pub fn take(
        &self,
        what: Limited,
        network: [u8; 32],
        per_minute: u32,
        now_ms: i64,
    ) -> Result<(), u32> {
        let per_minute = i64::from(per_minute.max(1));
        let full = per_minute * 1_000;
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= MANY {
            buckets.retain(|_, bucket| now_ms - bucket.at_ms < MINUTE_MS);
        }
        let bucket = buckets.entry((what, network)).or_insert(Bucket {
            thousandths: full,
            at_ms: now_ms,
        });
        let passed = (now_ms - bucket.at_ms).clamp(0, MINUTE_MS);
        bucket.thousandths = (bucket.thousandths + passed * full / MINUTE_MS).min(full);
        bucket.at_ms = now_ms;
        if bucket.thousandths >= 1_000 {
            bucket.thousandths -= 1_000;
            return Ok(());
        }
        let missing_ms = (1_000 - bucket.thousandths) * MINUTE_MS / full;
        Err(u32::try_from(missing_ms / 1_000 + 1).unwrap_or(60))
    }
}

impl WebState {
    /// Refuses when this network has done it too often within a minute.
    pub fn limit(&self, what: Limited, network: &Network) -> Result<(), Refused> {
        let settings = self.settings();
        let per_minute = match what {
            Limited::Tip => settings.tips_per_minute,
            Limited::Subscription => settings.subscriptions_per_minute,
            Limited::SignIn => settings.sign_ins_per_minute,
            Limited::Verification => VERIFICATIONS_PER_MINUTE,
        };
        self.limits()
            .take(what, network.hash(), per_minute, self.app().now_ms())
            .map_err(Refused::too_often)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_gets_its_share_of_a_minute_and_others_keep_theirs() {
        let limits = Limits::default();
        let take = |network: u8, at| limits.take(Limited::Tip, [network; 32], 20, at).is_ok();
        assert!((0..20).all(|_| take(1, 0)));
        assert!(!take(1, 0));
        assert!(take(2, 0), "another network has a bucket of its own");
        assert!(take(1, 3_000), "a twentieth of a minute gives one");
        assert!(!take(1, 3_000));
    }

    #[test]
    fn the_wait_is_told_in_seconds() {
        let limits = Limits::default();
        assert_eq!(limits.take(Limited::SignIn, [0; 32], 1, 0), Ok(()));
        assert_eq!(limits.take(Limited::SignIn, [0; 32], 1, 0), Err(61));
        assert_eq!(limits.take(Limited::SignIn, [0; 32], 1, 59_000), Err(2));
    }
}
