//! Push services that asked to wait, or keep failing: nobody else waits for them.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Until when each push service is left alone.
#[derive(Clone, Default)]
pub(crate) struct Gate {
    origins: Arc<Mutex<HashMap<String, Pause>>>,
}

#[derive(Default)]
struct Pause {
    until_ms: i64,
    failures: u32,
}

/// Failures in a row after which a push service is left alone for a while.
const FAILURES: u32 = 8;
/// How long it is left alone then, in milliseconds.
const REST_MS: i64 = 5_000;

impl Gate {
    /// Until when `origin` is closed, if it is.
    pub(crate) fn closed_until(&self, origin: &str, now_ms: i64) -> Option<i64> {
        let origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        origins
            .get(origin)
            .map(|p| p.until_ms)
            .filter(|until| *until > now_ms)
    }

    /// The service answered.
    pub(crate) fn note_answer(&self, origin: &str) {
        let mut origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(pause) = origins.get_mut(origin) {
            pause.failures = 0;
        }
    }

    /// The service asked to wait.
    pub(crate) fn note_throttle(&self, origin: &str, until_ms: i64) {
        let mut origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        let pause = origins.entry(origin.to_owned()).or_default();
        pause.until_ms = pause.until_ms.max(until_ms);
    }

    /// The service failed or did not answer.
    pub(crate) fn note_failure(&self, origin: &str, now_ms: i64) {
        let mut origins = self.origins.lock().unwrap_or_else(PoisonError::into_inner);
        let pause = origins.entry(origin.to_owned()).or_default();
        pause.failures += 1;
        if pause.failures >= FAILURES {
            pause.until_ms = pause.until_ms.max(now_ms + REST_MS);
            pause.failures = 0;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_service_that_keeps_failing_rests_and_others_do_not() {
        let gate = Gate::default();
        for _ in 0..FAILURES {
            gate.note_failure("https://a", 0);
        }
        assert_eq!(gate.closed_until("https://a", 0), Some(REST_MS));
        assert_eq!(gate.closed_until("https://a", REST_MS), None);
        assert_eq!(gate.closed_until("https://b", 0), None);
        gate.note_throttle("https://b", 9_000);
        assert_eq!(gate.closed_until("https://b", 1), Some(9_000));
    }
}
