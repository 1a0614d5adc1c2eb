//! The two queues before SQLite's writer: urgent writes are taken first.

use tokio::sync::mpsc::{self, Receiver, Sender};

use super::Lane;
use crate::StoreError;
use crate::job::Job;

/// Writes that may wait before callers are made to.
const NORMAL_DEPTH: usize = 1024;
/// Urgent writes are few; their callers hardly ever wait.
const URGENT_DEPTH: usize = 256;

/// A waiting write and its lane.
pub(super) struct Ticket {
    pub(super) job: Box<dyn Job>,
    pub(super) urgent: bool,
}

/// Where callers put their writes.
#[derive(Clone)]
pub(super) struct Entrance {
    urgent: Sender<Box<dyn Job>>,
    normal: Sender<Box<dyn Job>>,
}

/// Where the writer takes them.
pub(super) struct Lanes {
    urgent: Receiver<Box<dyn Job>>,
    normal: Receiver<Box<dyn Job>>,
}

pub(super) fn open() -> (Entrance, Lanes) {
    let (urgent_in, urgent) = mpsc::channel(URGENT_DEPTH);
    let (normal_in, normal) = mpsc::channel(NORMAL_DEPTH);
    let entrance = Entrance {
        urgent: urgent_in,
        normal: normal_in,
    };
    (entrance, Lanes { urgent, normal })
}

impl Entrance {
    pub(super) async fn put(&self, job: Box<dyn Job>, lane: Lane) -> Result<(), StoreError> {
        let queue = match lane {
            Lane::Urgent => &self.urgent,
            Lane::Normal | Lane::Claim => &self.normal,
        };
        queue.send(job).await.map_err(|_| StoreError::Closed)
    }
}

impl Lanes {
    /// The next write, urgent ones first; `None` once closed and empty.
    pub(super) async fn next(&mut self) -> Option<Ticket> {
        tokio::select! {
            biased;
            Some(job) = self.urgent.recv() => Some(Ticket { job, urgent: true }),
            Some(job) = self.normal.recv() => Some(Ticket { job, urgent: false }),
            else => None,
        }
    }

    /// The next write if one waits already.
    pub(super) fn waiting(&mut self) -> Option<Ticket> {
        if let Ok(job) = self.urgent.try_recv() {
            return Some(Ticket { job, urgent: true });
        }
        let job = self.normal.try_recv().ok()?;
        Some(Ticket { job, urgent: false })
    }

    /// Lets nobody in any more; those inside are still served.
    pub(super) fn close(&mut self) {
        self.urgent.close();
        self.normal.close();
    }
}
