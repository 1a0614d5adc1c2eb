//! All that differs between SQLite and PostgreSQL once the migrations have run.
//!
//! A statement is written once. The few marks it may hold (`{skip_locked}`, `{for_update}`) are
//! replaced here; nothing else in the store asks which engine it talks to.

/// The engine under a [`crate::Db`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// One file, one writer (the standalone profile).
    Sqlite,
    /// A server shared by nodes (the cluster profile).
    Postgres,
}

impl Engine {
    /// Opens a read transaction that sees one moment.
    pub(crate) fn begin_read(self) -> &'static str {
        match self {
            Self::Sqlite => "begin deferred",
            Self::Postgres => "begin isolation level repeatable read read only",
        }
    }

    /// Opens a write transaction in which decisions hold.
    pub(crate) fn begin_write(self) -> &'static str {
        match self {
            Self::Sqlite => "begin immediate",
            Self::Postgres => "begin isolation level serializable",
        }
    }

    /// Opens a write transaction for taking leases, where row locks decide and not snapshots.
    pub(crate) fn begin_claim(self) -> &'static str {
        match self {
            Self::Sqlite => "begin immediate",
            Self::Postgres => "begin isolation level read committed",
        }
    }

    /// The statement as sent: opened by the name of its write, its marks filled in.
    pub(crate) fn render(self, name: &str, sql: &str) -> String {
        let (skip_locked, for_update) = match self {
            Self::Sqlite => ("", ""),
            Self::Postgres => ("for update skip locked", "for update"),
        };
        let text = format!("/* {name} */ {sql}");
        if text.contains('{') {
            text.replace("{skip_locked}", skip_locked)
                .replace("{for_update}", for_update)
        } else {
            text
        }
    }
}
