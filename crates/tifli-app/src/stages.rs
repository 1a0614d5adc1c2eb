//! What is under way, said in the log: that a stage begins, and that it is committed.
//!
//! Ids and counts only, at level debug. Each line is in the log before the stage goes on and its
//! commit before it is answered, so a log read after a crash says which stages were open, and
//! nobody was told of one that it does not call committed. Not the audit chain, which is rows.

use std::fmt::Display;

/// A stage that has begun. Dropped before its commit it is said to be given up.
pub(crate) struct Stage {
    name: &'static str,
    id: String,
    count: usize,
    open: bool,
}

impl Stage {
    /// Says that `name` begins for `id`.
    pub(crate) fn begin(name: &'static str, id: impl Display) -> Self {
        Self::begin_for(name, id, 1)
    }

    /// As [`Stage::begin`], for `count` at once.
    pub(crate) fn begin_for(name: &'static str, id: impl Display, count: usize) -> Self {
        let id = id.to_string();
        tracing::debug!(stage = %name, %id, count, "begun");
        Self {
            name,
            id,
            count,
            open: true,
        }
    }

    /// Says that it is durable.
    pub(crate) fn commit(mut self) {
        self.open = false;
        say_committed(self.name, &self.id, self.count);
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        if self.open {
            let (name, count) = (self.name, self.count);
            tracing::debug!(stage = %name, id = %self.id, count, "given_up");
        }
    }
}

/// Says that `name` is durable for `id`, where nothing was open before.
pub(crate) fn say_committed(name: &'static str, id: impl Display, count: usize) {
    tracing::debug!(stage = %name, %id, count, "committed");
}
