//! The two things the core may not fetch for itself: the time and randomness.
//!
//! Only the binary's wiring (and tests) implement these; everything else is handed them.

/// Tells the time. The wall clock in production, a settable one in tests.
pub trait Clock: Send + Sync {
    /// The present moment.
    fn now(&self) -> jiff::Timestamp;

    /// The present moment in milliseconds since 1970-01-01 UTC, the unit of `_ms` columns.
    fn now_ms(&self) -> i64 {
        self.now().as_millisecond()
    }
}

/// A source of unpredictable bytes. The operating system's in production, a seeded one in tests.
pub trait Entropy: Send + Sync {
    /// Fills `bytes` with random bytes.
    fn fill(&self, bytes: &mut [u8]);
}
