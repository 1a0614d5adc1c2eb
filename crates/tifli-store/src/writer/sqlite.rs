//! SQLite's single writer: takes what waits, runs each write in its own savepoint, commits once.
//!
//! A synced commit costs the same for one write as for sixty, so waiting writes share it. A write
//! that refuses is rolled back to its savepoint and disturbs nobody. If the engine gives up the
//! whole transaction (a full disk does that), nothing was committed, and each write of the batch is
//! run again alone. If the *commit* fails its outcome is unknown: every waiter is told so, and the
//! connection is replaced. The frames of a failed commit are behind the log's end mark and are
//! written anew by the next one, so a sync that failed once is never trusted later.

use std::sync::Arc;

use sqlx::AnyConnection;
use sqlx::{Connection, Executor};
use tokio::sync::{Mutex, oneshot};
use tokio::task::JoinHandle;

use super::Lane;
use super::lanes::{self, Entrance, Lanes, Ticket};
use crate::StoreError;
use crate::audit::{self, ChainHead};
use crate::connect::Connector;
use crate::db::Shared;
use crate::job::{Job, Verdict};
use crate::tx::{Link, Tx};

/// Most writes that share a commit.
const BATCH: usize = 64;

/// The handle: puts writes into the queue of the task.
pub(crate) struct SqliteWriter {
    entrance: Entrance,
    stop: Mutex<Option<(oneshot::Sender<()>, JoinHandle<()>)>>,
}

impl SqliteWriter {
    /// Starts the task on its own connection.
    pub(crate) async fn start(
        connector: Connector,
        shared: Arc<Shared>,
    ) -> Result<Self, StoreError> {
        let mut desk = Desk {
            connector,
            node: shared.house.node.clone(),
            shared,
            conn: None,
            head: ChainHead::start(""),
        };
        desk.connect().await?;
        let (entrance, lanes) = lanes::open();
        let (stop, stopped) = oneshot::channel();
        let task = tokio::spawn(desk.serve(lanes, stopped));
        Ok(Self {
            entrance,
            stop: Mutex::new(Some((stop, task))),
        })
    }

    pub(crate) async fn submit(&self, job: Box<dyn Job>, lane: Lane) -> Result<(), StoreError> {
        self.entrance.put(job, lane).await
    }

    pub(crate) async fn close(&self) {
        let Some((stop, task)) = self.stop.lock().await.take() else {
            return;
        };
        drop(stop);
        if task.await.is_err() {
            tracing::error!("the writer of the database ended by a panic");
        }
    }
}

/// The task's own state.
struct Desk {
    connector: Connector,
    node: String,
    shared: Arc<Shared>,
    /// Absent after a failed commit, until the next write needs it.
    conn: Option<AnyConnection>,
    /// The chain as far as it is committed.
    head: ChainHead,
}

/// What became of one write within its transaction.
enum Step {
    /// It is in the transaction, or rolled back out of it. Holds the chain's head after it.
    Settled(ChainHead),
    /// The engine gave up the whole transaction.
    Lost,
}

impl Desk {
    async fn serve(mut self, mut lanes: Lanes, mut stopped: oneshot::Receiver<()>) {
        let mut closing = false;
        loop {
            let ticket = tokio::select! {
                biased;
                _ = &mut stopped, if !closing => {
                    closing = true;
                    lanes.close();
                    continue;
                }
                ticket = lanes.next() => ticket,
            };
            match ticket {
                Some(ticket) => self.batch(ticket, &mut lanes).await,
                None => break,
            }
        }
        if let Some(conn) = self.conn.take()
            && let Err(error) = conn.close().await
        {
            let error = StoreError::from_driver("close", &error);
            tracing::warn!(%error, "the writer's connection did not close cleanly");
        }
    }

    /// One commit for the write in hand and those that wait; an urgent write ends the batch.
    async fn batch(&mut self, first: Ticket, lanes: &mut Lanes) {
        let mut held = Vec::new();
        let mut head = match self.begin().await {
            Ok(()) => self.head.clone(),
            Err(error) => return refuse_all(vec![first.job], &error),
        };
        let mut next = Some(first);
        while let Some(mut ticket) = next {
            let step = self.step(ticket.job.as_mut(), head.clone()).await;
            held.push(ticket.job);
            match step {
                Step::Settled(after) => head = after,
                Step::Lost => return self.one_by_one(held).await,
            }
            let full = ticket.urgent || held.len() >= BATCH;
            next = if full { None } else { lanes.waiting() };
        }
        self.commit(held, head).await;
    }

    /// Runs each write in a transaction of its own, after their common one was lost before its commit.
    async fn one_by_one(&mut self, jobs: Vec<Box<dyn Job>>) {
        self.abandon().await;
        for mut job in jobs {
            if let Err(error) = self.begin().await {
                refuse_all(vec![job], &error);
                continue;
            }
            match self.step(job.as_mut(), self.head.clone()).await {
                Step::Settled(head) => self.commit(vec![job], head).await,
                Step::Lost => {
                    self.abandon().await;
                    job.answer();
                }
            }
        }
    }

    async fn step(&mut self, job: &mut dyn Job, head: ChainHead) -> Step {
        if let Err(error) = self.execute("savepoint one_write").await {
            job.refuse(error);
            return Step::Lost;
        }
        let Some(conn) = self.conn.take() else {
            job.refuse(StoreError::Closed);
            return Step::Lost;
        };
        let mut tx = Tx::new(Link::Lent(conn), &self.shared, job.name());
        let (verdict, head) = run(job, &mut tx, head).await;
        if let Link::Lent(conn) = tx.into_link() {
            self.conn = Some(conn);
        }
        let ended = match verdict {
            Verdict::Keep => self.execute("release one_write").await,
            Verdict::Undo => self.execute("rollback to one_write").await,
        };
        let ended = match (ended, verdict) {
            (Ok(()), Verdict::Undo) => self.execute("release one_write").await,
            (ended, _) => ended,
        };
        match (ended, verdict) {
            (Ok(()), _) => Step::Settled(head),
            // Its own error already says why; the engine only undid more than was asked.
            (Err(_), Verdict::Undo) => Step::Lost,
            (Err(error), Verdict::Keep) => {
                job.refuse(error);
                Step::Lost
            }
        }
    }

    async fn commit(&mut self, mut jobs: Vec<Box<dyn Job>>, head: ChainHead) {
        metrics::histogram!("tifli_store_batch_writes").record(jobs.len() as f64);
        match self.execute("commit").await {
            Ok(()) => self.head = head,
            Err(error) => {
                let code = match &error {
                    StoreError::DiskFull => "disk full".to_owned(),
                    StoreError::Statement { code, .. } => code.clone(),
                    other => other.to_string(),
                };
                tracing::error!(%error, writes = jobs.len(), "a commit failed: nothing is acknowledged");
                for job in &mut jobs {
                    job.refuse(StoreError::NotDurable { code: code.clone() });
                }
                self.drop_connection().await;
            }
        }
        for job in jobs {
            metrics::counter!("tifli_store_writes_total", "name" => job.name()).increment(1);
            job.answer();
        }
    }

    async fn begin(&mut self) -> Result<(), StoreError> {
        if self.conn.is_none() {
            self.connect().await?;
        }
        let begun = self.execute(self.shared.engine.begin_write()).await;
        if begun.is_err() {
            self.drop_connection().await;
        }
        begun
    }

    /// Opens the writer's connection and learns where the chain stands.
    async fn connect(&mut self) -> Result<(), StoreError> {
        let mut conn = self.connector.connect_writer().await?;
        let mut reads = self.shared.bare(&mut conn, "connect_writer");
        self.head = audit::head_of(&mut reads, &self.node).await?;
        self.conn = Some(conn);
        Ok(())
    }

    /// Makes sure that nothing of a lost transaction is left open.
    async fn abandon(&mut self) {
        // The engine says "no transaction is active" when it has rolled back by itself. Any other
        // trouble shows at the next `begin`, which then replaces the connection.
        drop(self.execute("rollback").await);
    }

    /// Closing rolls back whatever was open.
    async fn drop_connection(&mut self) {
        if let Some(conn) = self.conn.take()
            && let Err(error) = conn.close().await
        {
            let error = StoreError::from_driver("close", &error);
            tracing::warn!(%error, "the writer's connection did not close cleanly");
        }
    }

    async fn execute(&mut self, sql: &'static str) -> Result<(), StoreError> {
        let conn = self.conn.as_mut().ok_or(StoreError::Closed)?;
        let done = conn.execute(sql).await;
        done.map(|_| ())
            .map_err(|error| StoreError::from_driver("writer", &error))
    }
}

/// Runs a write and chains its entries; a failure of either means undo.
async fn run(job: &mut dyn Job, tx: &mut Tx, head: ChainHead) -> (Verdict, ChainHead) {
    if job.run(tx).await == Verdict::Undo {
        return (Verdict::Undo, head);
    }
    match tx.finish(head.clone()).await {
        Ok(head) => (Verdict::Keep, head),
        Err(error) => {
            job.refuse(error);
            (Verdict::Undo, head)
        }
    }
}

fn refuse_all(jobs: Vec<Box<dyn Job>>, error: &StoreError) {
    for mut job in jobs {
        job.refuse(error.clone());
        job.answer();
    }
}
