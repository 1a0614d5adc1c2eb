//! How writes reach the disk: one task for SQLite, one transaction each for PostgreSQL.
//!
//! Nobody is answered before the commit that holds their write is durable.

mod lanes;
mod postgres;
mod sqlite;

pub(crate) use postgres::PostgresWriter;
pub(crate) use sqlite::SqliteWriter;

use crate::StoreError;
use crate::job::Job;

/// How a write is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lane {
    /// Waits its turn.
    Normal,
    /// Goes before everything that waits (cancelling an alert).
    Urgent,
    /// Takes leases: on PostgreSQL its row locks decide, not its snapshot.
    Claim,
}

/// The engine's writer.
pub(crate) enum Writer {
    Sqlite(SqliteWriter),
    Postgres(PostgresWriter),
}

impl Writer {
    /// Hands a write over. Once this returns, the write runs whether or not its caller still waits.
    pub(crate) async fn submit(&self, job: Box<dyn Job>, lane: Lane) -> Result<(), StoreError> {
        match self {
            Self::Sqlite(writer) => writer.submit(job, lane).await,
            Self::Postgres(writer) => writer.submit(job, lane).await,
        }
    }

    /// Refuses further writes and waits until those handed over are answered.
    pub(crate) async fn close(&self) {
        match self {
            Self::Sqlite(writer) => writer.close().await,
            Self::Postgres(writer) => writer.close().await,
        }
    }
}
