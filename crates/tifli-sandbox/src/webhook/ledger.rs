//! The book of events that came with a good signature, and of calls that were not let in.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;

use super::verification::{Proof, SignatureCheck};

/// An event at one endpoint, however often it came.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Its place in the book, from 1.
    pub seq: u64,
    /// The endpoint it came to.
    pub to: String,
    /// The `webhook-id`, the same on all attempts.
    pub id: String,
    /// What its body calls itself.
    #[serde(rename = "type")]
    pub kind: String,
    /// The body of the first attempt, as it came.
    pub body: String,
    /// A later attempt had another body under the same id: a fault of the sender.
    pub altered: bool,
    /// How often the receiver took it; all but the first are repeats it does nothing on.
    pub taken: u32,
    /// Every attempt, whatever it was answered.
    pub attempts: Vec<Attempt>,
}

/// One attempt with a good signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attempt {
    /// The `webhook-timestamp`, in Unix seconds.
    pub timestamp: i64,
    /// When it came, in Unix milliseconds.
    pub at_ms: u64,
    /// Its signatures and by which secret each verifies.
    pub signatures: Vec<SignatureCheck>,
}

/// The totals, as `GET /received` answers them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Summary {
    received: u32,
    unique: u32,
    repeats: u32,
    refused: BTreeMap<&'static str, u32>,
    types: BTreeMap<String, u32>,
}

/// Everything that came.
#[derive(Default)]
pub(super) struct Ledger {
    book: Mutex<Book>,
}

#[derive(Default)]
struct Book {
    events: Vec<Event>,
    refused: BTreeMap<&'static str, u32>,
}

/// A call that proved where it comes from.
pub(super) struct Arrival {
    pub(super) to: String,
    pub(super) proof: Proof,
    pub(super) kind: String,
    pub(super) body: String,
    pub(super) at_ms: u64,
}

impl Ledger {
    /// Writes down an attempt, not yet taken; gives the event's place.
    pub(super) fn record(&self, arrival: Arrival) -> u64 {
        let mut book = self.lock();
        let Proof {
            id,
            timestamp,
            signatures,
        } = arrival.proof;
        let attempt = Attempt {
            timestamp,
            at_ms: arrival.at_ms,
            signatures,
        };
        let known = |event: &&mut Event| event.to == arrival.to && event.id == id;
        if let Some(event) = book.events.iter_mut().find(known) {
            event.altered |= event.body != arrival.body;
            event.attempts.push(attempt);
            return event.seq;
        }
        let seq = book.events.len() as u64 + 1;
        book.events.push(Event {
            seq,
            to: arrival.to,
            id,
            kind: arrival.kind,
            body: arrival.body,
            altered: false,
            taken: 0,
            attempts: vec![attempt],
        });
        seq
    }

    /// Takes an event; true when it is the first time.
    pub(super) fn take(&self, seq: u64) -> bool {
        let mut book = self.lock();
        let Some(event) = book.events.iter_mut().find(|event| event.seq == seq) else {
            return false;
        };
        event.taken += 1;
        event.taken == 1
    }

    /// Counts a call that was not let in.
    pub(super) fn refuse(&self, why: &'static str) {
        *self.lock().refused.entry(why).or_default() += 1;
    }

    pub(super) fn summary(&self) -> Summary {
        let book = self.lock();
        let mut summary = Summary {
            refused: book.refused.clone(),
            ..Summary::default()
        };
        for event in book.events.iter().filter(|event| event.taken > 0) {
            summary.received += event.taken;
            summary.unique += 1;
            *summary.types.entry(event.kind.clone()).or_default() += 1;
        }
        summary.repeats = summary.received - summary.unique;
        summary
    }

    /// Events after this place, at most so many.
    pub(super) fn after(&self, seq: u64, limit: usize) -> Vec<Event> {
        let book = self.lock();
        let after = book.events.iter().filter(|event| event.seq > seq);
        after.take(limit).cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, Book> {
        self.book.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
