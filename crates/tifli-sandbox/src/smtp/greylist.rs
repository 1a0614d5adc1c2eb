//! Greylisting: who meets for the first time is told to come back (RFC 6647).

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// When each sender and recipient first met, in Unix milliseconds.
#[derive(Default)]
pub(super) struct Greylist {
    met: Mutex<HashMap<(String, String), u64>>,
}

impl Greylist {
    /// Whether these two have known each other for so long.
    pub(super) fn knows(&self, (from, to): (&str, &str), wait_ms: u64, now_ms: u64) -> bool {
        let mut met = self.met.lock().unwrap_or_else(PoisonError::into_inner);
        let pair = (from.to_owned(), to.to_owned());
        let first_ms = *met.entry(pair).or_insert(now_ms);
        now_ms >= first_ms.saturating_add(wait_ms)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_are_known_after_the_wait_and_others_are_not() {
        let greylist = Greylist::default();
        let knows = |to: &str, now_ms| greylist.knows(("a@x", to), 300, now_ms);
        assert!(!knows("b@x", 1_000));
        assert!(!knows("b@x", 1_299));
        assert!(knows("b@x", 1_300));
        assert!(!knows("c@x", 1_300));
    }
}
