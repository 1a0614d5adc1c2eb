//! The clock a partner is given: a partner never looks at the time by itself.

use std::sync::Arc;

/// Tells the time in Unix milliseconds.
pub type Clock = Arc<dyn Fn() -> u64 + Send + Sync>;
