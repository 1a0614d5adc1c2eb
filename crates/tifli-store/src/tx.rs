//! What runs inside a transaction: [`Tx`] may write, [`ReadTx`] cannot, both read by [`Reads`].
//!
//! A table module's functions take `&mut Tx` to change rows and `&mut impl Reads` to look at them.
//! `now_ms` is fixed for the whole transaction.

use std::sync::Arc;

use sqlx::AnyConnection;
use sqlx::{Any, Transaction};

use crate::audit::{self, ChainHead, Entry};
use crate::db::Shared;
use crate::query::Watch;
use crate::{AuditedRead, Engine, Opened, Sealed, Select, Statement, StoreError};

/// Reading, in either kind of transaction.
pub trait Reads: Send {
    /// A statement that only reads. `sql` is a literal with `$1 …`; the transaction's name is put before it.
    fn select(&mut self, sql: &'static str) -> Select<'_>;

    /// The transaction's moment, in UTC milliseconds.
    fn now_ms(&self) -> i64;
}

/// A write under way. Everything it did is kept together or not at all.
pub struct Tx {
    link: Link,
    watch: Watch,
    now_ms: i64,
    shared: Arc<Shared>,
    entries: Vec<Entry>,
    pub(crate) unsettled_claims: usize,
}

/// The connection: SQLite's only writer, lent for one write, or one of PostgreSQL's pool.
pub(crate) enum Link {
    Lent(AnyConnection),
    Pooled(Transaction<'static, Any>),
}

impl Tx {
    pub(crate) fn new(link: Link, shared: &Arc<Shared>, name: &'static str) -> Self {
        Self {
            link,
            watch: Watch::new(name, shared.engine),
            now_ms: shared.clock.now_ms(),
            shared: Arc::clone(shared),
            entries: Vec::new(),
            unsettled_claims: 0,
        }
    }

    /// A statement that may change rows. `sql` is a literal with `$1 …`; the write's name is put before it.
    /// `{skip_locked}` and `{for_update}` are filled in where the engine has them.
    pub fn query(&mut self, sql: &'static str) -> Statement<'_> {
        self.statement(sql)
    }

    /// Puts an entry into the audit chain, kept only if this write is.
    pub fn audit(&mut self, entry: Entry) -> Result<(), StoreError> {
        entry.check()?;
        self.entries.push(entry);
        Ok(())
    }

    /// Opens sealed values within the write; the read's entry goes into the same transaction.
    /// What is opened must not leave the write.
    pub async fn open(
        &mut self,
        read: AuditedRead,
        sealed: Vec<Sealed>,
    ) -> Result<Opened, StoreError> {
        self.audit(read.entry(&sealed)?)?;
        self.shared.keys.open_all(sealed).await
    }

    /// As [`Tx::query`], for the few statements whose table name is a parameter of the code.
    pub(crate) fn statement(&mut self, sql: &str) -> Statement<'_> {
        let conn: &mut AnyConnection = match &mut self.link {
            Link::Lent(conn) => conn,
            Link::Pooled(tx) => tx,
        };
        Statement::new(conn, &mut self.watch, sql)
    }

    /// The failure of a statement in this write, if one failed.
    pub(crate) fn failure(&self) -> Option<&StoreError> {
        self.watch.failed.as_ref()
    }

    /// Whether anything waits to be chained.
    pub(crate) fn has_entries(&self) -> bool {
        !self.entries.is_empty()
    }

    /// Ends the write's own part: refuses dropped failures, then chains its entries after `head`.
    pub(crate) async fn finish(&mut self, head: ChainHead) -> Result<ChainHead, StoreError> {
        let write = self.watch.name;
        if self.watch.failed.is_some() {
            return Err(StoreError::Swallowed { write });
        }
        if self.unsettled_claims > 0 {
            return Err(StoreError::UnsettledClaim { write });
        }
        let entries = std::mem::take(&mut self.entries);
        audit::append(self, head, &entries).await
    }

    pub(crate) fn into_link(self) -> Link {
        self.link
    }

    #[cfg(test)]
    pub(crate) fn engine_for_tests(&self) -> Engine {
        self.watch.engine
    }
}

impl Reads for Tx {
    fn select(&mut self, sql: &'static str) -> Select<'_> {
        Select(self.statement(sql))
    }

    fn now_ms(&self) -> i64 {
        self.now_ms
    }
}

/// A read under way: one moment of the database, no way to change it.
pub struct ReadTx {
    tx: Transaction<'static, Any>,
    watch: Watch,
    now_ms: i64,
}

impl ReadTx {
    pub(crate) fn new(tx: Transaction<'static, Any>, shared: &Shared, name: &'static str) -> Self {
        Self {
            tx,
            watch: Watch::new(name, shared.engine),
            now_ms: shared.clock.now_ms(),
        }
    }

    pub(crate) async fn end(self) -> Result<(), StoreError> {
        let name = self.watch.name;
        let ended = self.tx.rollback().await;
        ended.map_err(|error| StoreError::from_driver(name, &error))
    }
}

/// Reading outside any transaction, for the writers' own needs.
pub(crate) struct Bare<'c> {
    conn: &'c mut AnyConnection,
    watch: Watch,
    now_ms: i64,
}

impl<'c> Bare<'c> {
    pub(crate) fn new(
        conn: &'c mut AnyConnection,
        engine: Engine,
        now_ms: i64,
        name: &'static str,
    ) -> Self {
        Self {
            conn,
            watch: Watch::new(name, engine),
            now_ms,
        }
    }
}

impl Reads for Bare<'_> {
    fn select(&mut self, sql: &'static str) -> Select<'_> {
        Select(Statement::new(self.conn, &mut self.watch, sql))
    }

    fn now_ms(&self) -> i64 {
        self.now_ms
    }
}

impl Reads for ReadTx {
    fn select(&mut self, sql: &'static str) -> Select<'_> {
        Select(Statement::new(&mut self.tx, &mut self.watch, sql))
    }

    fn now_ms(&self) -> i64 {
        self.now_ms
    }
}
