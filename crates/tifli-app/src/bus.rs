//! The doorbell: says that something changed, never what. Losing a ring costs latency, never an alert.

use tokio::sync::{Notify, broadcast};

/// What may have changed. Ids and counts only; pages fetch through the audited route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A case's state or clocks.
    Case(String),
    /// An alert, by its id.
    Alert(String),
    /// Deliveries of an alert moved on.
    Delivery(String),
    /// The alerts of venues changed.
    Venue,
    /// A tip arrived or was decided on, by its id.
    Tip(String),
    /// Duties: something is late, or was done.
    Board,
    /// A telegram was sent, read or acknowledged, by its case.
    Bulletin(String),
}

/// The in-process bus.
pub struct Bus {
    events: broadcast::Sender<Event>,
    work: Notify,
}

impl Default for Bus {
    fn default() -> Self {
        Self {
            events: broadcast::channel(1024).0,
            work: Notify::new(),
        }
    }
}

impl Bus {
    /// Tells live pages.
    pub fn ring(&self, event: Event) {
        // Nobody listening is not a failure.
        drop(self.events.send(event));
    }

    /// Tells workers that there is work.
    pub fn call_workers(&self) {
        self.work.notify_waiters();
    }

    /// Listens for events from now on.
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.events.subscribe()
    }

    /// Waits for the next call to workers. Make the future before looking for work.
    pub fn called(&self) -> tokio::sync::futures::Notified<'_> {
        self.work.notified()
    }
}
