//! What can go wrong in the store, in words that never carry a stored value.
//!
//! Not for refusals of the domain: those are the caller's own error type, made `From<StoreError>`.

/// A failure of the store. Its text holds names and codes only, never a bound or stored value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StoreError {
    /// The commit failed or its outcome is unknown: nothing may be acknowledged.
    #[error("the write could not be made durable ({code})")]
    NotDurable {
        /// The engine's code.
        code: String,
    },
    /// No space is left for the database. Reads go on.
    #[error("the disk of the database is full")]
    DiskFull,
    /// Other writers kept winning; the whole operation may be tried again.
    #[error("too many writers at once in {write}")]
    Contended {
        /// The write's name.
        write: &'static str,
    },
    /// The database cannot be reached.
    #[error("the database cannot be reached: {0}")]
    Unavailable(String),
    /// The store is closing or closed.
    #[error("the store is closed")]
    Closed,
    /// A row that must exist does not.
    #[error("{write}: the row asked for does not exist")]
    NotFound {
        /// The write's or read's name.
        write: &'static str,
    },
    /// The engine refused a statement.
    #[error("{write}: statement refused ({code}) {hint}")]
    Statement {
        /// The write's or read's name.
        write: &'static str,
        /// SQLSTATE, or SQLite's extended code.
        code: String,
        /// The engine's sentence, where it is known to hold no value.
        hint: String,
    },
    /// A column was absent or of another type.
    #[error("column {column} is not what the code expects")]
    Column {
        /// The column's name.
        column: String,
    },
    /// A statement failed, and the write went on as if it had not: refused as a whole.
    #[error("{write}: an earlier statement failed and the failure was dropped")]
    Swallowed {
        /// The write's name.
        write: &'static str,
    },
    /// The code of a write panicked; it was rolled back.
    #[error("{write}: the code of the write failed")]
    Panicked {
        /// The write's name.
        write: &'static str,
    },
    /// The database belongs to another realm, pack or node, or was made by a newer program.
    #[error("this database cannot be opened here: {0}")]
    WrongHouse(String),
    /// Another process holds the database.
    #[error("another process has this database open")]
    InUse,
    /// The migrations could not be applied.
    #[error("migration failed: {0}")]
    Migration(String),
    /// No data key for this owner: never made, or destroyed.
    #[error("no data key for {owner}")]
    NoKey {
        /// The owner's id.
        owner: String,
    },
    /// The owner's key was destroyed; it cannot be made again.
    #[error("the data key of {owner} was destroyed")]
    KeyDestroyed {
        /// The owner's id.
        owner: String,
    },
    /// A sealed value does not open: altered, moved to another row, or sealed under another key.
    #[error("a sealed value does not open ({context})")]
    Unsealable {
        /// `table:column:id` of the value.
        context: String,
    },
    /// A word meant for the audit log is not an id, a count or a code.
    #[error("the audit log takes ids, counts and codes only ({field})")]
    NotACode {
        /// The field refused.
        field: &'static str,
    },
    /// An idempotency claim was made and never settled.
    #[error("{write}: an idempotency claim was left unsettled")]
    UnsettledClaim {
        /// The write's name.
        write: &'static str,
    },
    /// A blob is absent or its bytes no longer match its name.
    #[error("blob {id} is missing or damaged")]
    Blob {
        /// The blob's id.
        id: String,
    },
    /// A file could not be read or written.
    #[error("{what}: {kind}")]
    File {
        /// What was being done.
        what: &'static str,
        /// The operating system's kind of error.
        kind: std::io::ErrorKind,
    },
    /// The master key is unusable.
    #[error("the master key must be 32 bytes, raw or as 64 hexadecimal digits")]
    MasterKey,
    /// A backup does not match its manifest.
    #[error("the backup does not match its manifest: {0}")]
    Backup(String),
    /// Asked of an engine that does it otherwise.
    #[error("{0}")]
    Unsupported(&'static str),
}

impl StoreError {
    /// Whether the same operation may succeed later without anyone changing anything.
    pub fn retryable(&self) -> bool {
        matches!(
            self,
            Self::NotDurable { .. }
                | Self::DiskFull
                | Self::Contended { .. }
                | Self::Unavailable(_)
        )
    }

    /// Names a file error by what was being done; the path stays out of it.
    pub(crate) fn file(what: &'static str) -> impl Fn(std::io::Error) -> Self {
        move |error| match error.kind() {
            std::io::ErrorKind::StorageFull => Self::DiskFull,
            kind => Self::File { what, kind },
        }
    }

    /// Sorts the driver's error into ours, leaving out any text that could hold a value.
    pub(crate) fn from_driver(write: &'static str, error: &sqlx::Error) -> Self {
        match error {
            sqlx::Error::Database(db) => Self::from_engine(write, db.as_ref()),
            sqlx::Error::RowNotFound => Self::NotFound { write },
            sqlx::Error::ColumnNotFound(column)
            | sqlx::Error::ColumnDecode { index: column, .. } => Self::Column {
                column: column.clone(),
            },
            sqlx::Error::Io(io) if io.kind() == std::io::ErrorKind::StorageFull => Self::DiskFull,
            sqlx::Error::Io(io) => Self::Unavailable(io.kind().to_string()),
            sqlx::Error::PoolTimedOut => Self::Unavailable("all connections are busy".into()),
            sqlx::Error::PoolClosed | sqlx::Error::WorkerCrashed => Self::Closed,
            sqlx::Error::Tls(_) => Self::Unavailable("tls".into()),
            sqlx::Error::Configuration(_) => Self::Unavailable("bad database address".into()),
            _ => Self::Statement {
                write,
                code: "driver".into(),
                hint: String::new(),
            },
        }
    }

    fn from_engine(write: &'static str, error: &dyn sqlx::error::DatabaseError) -> Self {
        let code = error.code().unwrap_or_default().into_owned();
        match code.as_str() {
            "13" | "53100" => Self::DiskFull,
            "40001" | "40P01" | "5" | "517" | "261" => Self::Contended { write },
            "57P01" | "57P02" | "57P03" | "3D000" => Self::Unavailable(code),
            _ => Self::Statement {
                write,
                hint: harmless_hint(&code, error.message()),
                code,
            },
        }
    }
}

/// SQLite never quotes values; PostgreSQL does not in its classes 23 (constraints) and 42 (syntax).
fn harmless_hint(code: &str, message: &str) -> String {
    let sqlite = code.len() < 5;
    if sqlite || code.starts_with("23") || code.starts_with("42") {
        message.to_owned()
    } else {
        String::new()
    }
}
