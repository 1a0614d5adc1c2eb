//! PostgreSQL's writes: each its own serializable transaction, run again when another one won.
//!
//! Each write runs on a task of its own. The audit chain belongs to this node alone, so its head is
//! kept in memory: entries are chained and committed under one short lock at the end of each write,
//! while the writes themselves run side by side.

use std::sync::Arc;
use std::time::Duration;

use sqlx::AnyConnection;
use sqlx::AnyPool;
use tokio::sync::{Mutex, Semaphore};

use super::Lane;
use crate::StoreError;
use crate::audit::{self, ChainHead};
use crate::connect::Connector;
use crate::db::Shared;
use crate::job::{Job, Verdict};
use crate::tx::{Link, Tx};

/// Writes handed over and not yet answered before callers are made to wait.
const UNDER_WAY: u32 = 4096;
/// Writes under way at once in the normal lanes.
const NORMAL_WRITES: u32 = 12;
/// Connections kept for urgent writes alone.
const URGENT_WRITES: u32 = 2;
/// How often a write that lost against another is run again.
const ATTEMPTS: u32 = 16;
/// The longest pause between two attempts, in milliseconds.
const LONGEST_PAUSE_MS: u64 = 250;

/// The handle: starts a task per write.
pub(crate) struct PostgresWriter {
    inner: Arc<Inner>,
}

struct Inner {
    normal: AnyPool,
    urgent: AnyPool,
    under_way: Arc<Semaphore>,
    /// Places of urgent writes alone: none waits until others are done.
    urgent_way: Arc<Semaphore>,
    connector: Connector,
    shared: Arc<Shared>,
    /// Where the chain stands; `None` after a commit of unknown outcome.
    head: Mutex<Option<ChainHead>>,
    /// Holds this node's name against a second process, and reads the head of its chain.
    name: Mutex<Option<AnyConnection>>,
}

impl PostgresWriter {
    pub(crate) async fn start(
        connector: Connector,
        shared: Arc<Shared>,
    ) -> Result<Self, StoreError> {
        let name = connector.hold_node_name(&shared.house.node).await?;
        let inner = Inner {
            normal: connector.pool(NORMAL_WRITES),
            urgent: connector.pool(URGENT_WRITES),
            under_way: Arc::new(Semaphore::new(UNDER_WAY as usize)),
            urgent_way: Arc::new(Semaphore::new(UNDER_WAY as usize)),
            connector,
            shared,
            head: Mutex::new(None),
            name: Mutex::new(Some(name)),
        };
        Ok(Self {
            inner: Arc::new(inner),
        })
    }

    pub(crate) async fn submit(&self, job: Box<dyn Job>, lane: Lane) -> Result<(), StoreError> {
        let inner = Arc::clone(&self.inner);
        let places = match lane {
            Lane::Urgent => &inner.urgent_way,
            Lane::Normal | Lane::Claim => &inner.under_way,
        };
        let place = Arc::clone(places).acquire_owned().await;
        let place = place.map_err(|_| StoreError::Closed)?;
        tokio::spawn(async move {
            inner.serve(job, lane).await;
            drop(place);
        });
        Ok(())
    }

    pub(crate) async fn close(&self) {
        // All places taken means that every write handed over has been answered.
        for places in [&self.inner.under_way, &self.inner.urgent_way] {
            if let Ok(all) = places.acquire_many(UNDER_WAY).await {
                places.close();
                drop(all);
            }
        }
        self.inner.normal.close().await;
        self.inner.urgent.close().await;
    }
}

/// How one attempt ended.
enum Attempt {
    Done,
    /// Another write won; nothing was kept.
    Lost,
}

impl Inner {
    async fn serve(&self, mut job: Box<dyn Job>, lane: Lane) {
        for attempt in 1..=ATTEMPTS {
            match self.attempt(job.as_mut(), lane).await {
                Ok(Attempt::Done) => break,
                Ok(Attempt::Lost) if attempt < ATTEMPTS => self.pause(attempt).await,
                Ok(Attempt::Lost) => job.refuse(StoreError::Contended { write: job.name() }),
                Err(error) => {
                    job.refuse(error);
                    break;
                }
            }
        }
        metrics::counter!("tifli_store_writes_total", "name" => job.name()).increment(1);
        job.answer();
    }

    async fn attempt(&self, job: &mut dyn Job, lane: Lane) -> Result<Attempt, StoreError> {
        let engine = self.shared.engine;
        let (pool, begin) = match lane {
            Lane::Normal => (&self.normal, engine.begin_write()),
            Lane::Urgent => (&self.urgent, engine.begin_write()),
            Lane::Claim => (&self.normal, engine.begin_claim()),
        };
        let begun = pool.begin_with(begin).await;
        let begun = begun.map_err(|error| StoreError::from_driver(job.name(), &error))?;
        let mut tx = Tx::new(Link::Pooled(begun), &self.shared, job.name());
        let verdict = job.run(&mut tx).await;
        if lost(tx.failure()) {
            return Ok(Attempt::Lost);
        }
        match verdict {
            Verdict::Undo => Ok(Attempt::Done),
            Verdict::Keep => self.keep(tx, job.name()).await,
        }
    }

    /// Chains the entries and commits; writes that have entries do so one at a time.
    async fn keep(&self, mut tx: Tx, name: &'static str) -> Result<Attempt, StoreError> {
        if !tx.has_entries() {
            let no_chain = ChainHead::start(&self.shared.house.node);
            return match tx.finish(no_chain).await {
                Ok(_) => commit(tx, name).await,
                Err(error) => Err(error),
            };
        }
        let mut memory = self.head.lock().await;
        // Until the commit is known to hold, the memory stays empty: the next write reads the head anew.
        let head = match memory.take() {
            Some(head) => head,
            None => self.read_head().await?,
        };
        let after = match tx.finish(head.clone()).await {
            Ok(after) => after,
            Err(_) if lost(tx.failure()) => return Ok(Attempt::Lost),
            Err(error) => {
                *memory = Some(head);
                return Err(error);
            }
        };
        let ended = commit(tx, name).await?;
        *memory = Some(match ended {
            Attempt::Done => after,
            Attempt::Lost => head,
        });
        Ok(ended)
    }

    async fn read_head(&self) -> Result<ChainHead, StoreError> {
        let node = &self.shared.house.node;
        let mut held = self.name.lock().await;
        let mut conn = match held.take() {
            Some(conn) => conn,
            None => self.connector.hold_node_name(node).await?,
        };
        let mut reads = self.shared.bare(&mut conn, "read_head");
        let head = audit::head_of(&mut reads, node).await?;
        *held = Some(conn);
        Ok(head)
    }

    /// Waits a random part of a growing bound, so that rivals do not meet again.
    async fn pause(&self, attempt: u32) {
        let bound = (2u64 << attempt.min(7)).min(LONGEST_PAUSE_MS);
        let mut bytes = [0; 8];
        self.shared.entropy.fill(&mut bytes);
        let pause = 1 + u64::from_le_bytes(bytes) % bound;
        tokio::time::sleep(Duration::from_millis(pause)).await;
    }
}

async fn commit(tx: Tx, name: &'static str) -> Result<Attempt, StoreError> {
    let Link::Pooled(transaction) = tx.into_link() else {
        return Err(StoreError::Closed);
    };
    let Err(error) = transaction.commit().await else {
        return Ok(Attempt::Done);
    };
    match StoreError::from_driver(name, &error) {
        StoreError::Contended { .. } => Ok(Attempt::Lost),
        StoreError::Statement { code, .. } => Err(StoreError::NotDurable { code }),
        other => Err(StoreError::NotDurable {
            code: other.to_string(),
        }),
    }
}

/// Whether a failed statement means that another write won; a clash in the chain counts too,
/// since the head is read anew on the next attempt.
fn lost(failure: Option<&StoreError>) -> bool {
    match failure {
        Some(StoreError::Contended { .. }) => true,
        Some(StoreError::Statement { hint, .. }) => hint.contains("audit_pk"),
        _ => false,
    }
}
