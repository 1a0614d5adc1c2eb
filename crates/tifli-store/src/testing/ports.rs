//! A clock that is set and bytes that are counted: a test with these plays the same every time.

use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use tifli_domain::ports::{Clock, Entropy};

/// 2026-03-01T09:00:00Z, an ordinary morning.
const MORNING_MS: i64 = 1_772_355_600_000;

/// A clock that stands still until it is moved.
pub struct TestClock(AtomicI64);

impl TestClock {
    /// Moves it by so many milliseconds, backwards too.
    pub fn advance_ms(&self, by: i64) {
        self.0.fetch_add(by, Ordering::SeqCst);
    }
}

impl Default for TestClock {
    fn default() -> Self {
        Self(AtomicI64::new(MORNING_MS))
    }
}

impl Clock for TestClock {
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.0.load(Ordering::SeqCst))
            .expect("tests stay within the years a timestamp can hold")
    }
}

/// Bytes that never repeat within a test and are the same in the next run. Not for anything real.
#[derive(Default)]
pub struct CountingEntropy(AtomicU64);

impl Entropy for CountingEntropy {
    fn fill(&self, bytes: &mut [u8]) {
        for part in bytes.chunks_mut(32) {
            let count = self.0.fetch_add(1, Ordering::SeqCst);
            let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &count.to_be_bytes());
            part.copy_from_slice(&hash.as_ref()[..part.len()]);
        }
    }
}
