//! What arrived on which phone and when: compact, in memory, sharded by subscriber.

use std::collections::{HashMap, HashSet};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;
use serde_json::Value;

use super::texts::{Event, Texts};

const SHARDS: usize = 16;

/// The totals, as `GET /received` answers them.
#[derive(Clone, Debug, Default, Serialize, PartialEq, Eq)]
pub(super) struct Summary {
    received: u64,
    opened: u64,
    failed_to_open: u64,
    repeats: u64,
    by: Vec<EventSummary>,
}

/// The totals of one alert, kind and version.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub(super) struct EventSummary {
    alert: String,
    kind: String,
    version: u64,
    count: u64,
    unique: u64,
    first_ms: u64,
    last_ms: u64,
}

/// One line of `GET /ledger`.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Line {
    pub(super) seq: u64,
    n: u32,
    topic: String,
    alert: String,
    kind: String,
    version: u64,
    at_ms: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    payload: Option<Value>,
}

/// All arrivals of one sandbox.
#[derive(Default)]
pub(super) struct Ledger {
    texts: Texts,
    shards: [Mutex<Shard>; SHARDS],
    last_seq: AtomicU64,
    failed: AtomicU64,
}

#[derive(Default)]
struct Shard {
    arrivals: Vec<Arrival>,
    totals: HashMap<u32, Total>,
}

#[derive(Clone, Copy)]
struct Arrival {
    seq: u64,
    at_ms: u64,
    n: u32,
    topic: u32,
    message: u32,
}

#[derive(Default)]
struct Total {
    count: u64,
    first_ms: u64,
    last_ms: u64,
    receivers: HashSet<u32>,
}

impl Ledger {
    /// Records an opened message.
    pub(super) fn record(&self, n: u32, topic: &str, plain: &[u8], at_ms: u64) {
        let (message, event, topic) = self.texts.number(plain, topic);
        let mut shard = self.shard(n as usize % SHARDS);
        // Given out under the shard's lock, so that each shard is in order.
        let seq = self.last_seq.fetch_add(1, Ordering::Relaxed) + 1;
        shard.arrivals.push(Arrival {
            seq,
            at_ms,
            n,
            topic,
            message,
        });
        let total = shard.totals.entry(event).or_default();
        if total.count == 0 {
            total.first_ms = at_ms;
        }
        total.first_ms = total.first_ms.min(at_ms);
        total.last_ms = total.last_ms.max(at_ms);
        total.count += 1;
        total.receivers.insert(n);
    }

    /// Counts a message the phone could not open.
    pub(super) fn record_unopened(&self) {
        self.failed.fetch_add(1, Ordering::Relaxed);
    }

    /// The totals, over all shards at one moment.
    pub(super) fn summary(&self) -> Summary {
        let mut totals: HashMap<u32, (u64, u64, u64, u64)> = HashMap::new();
        for shard in self.all_shards() {
            for (event, total) in &shard.totals {
                let sum = totals.entry(*event).or_insert((0, 0, u64::MAX, 0));
                sum.0 += total.count;
                sum.1 += total.receivers.len() as u64;
                sum.2 = sum.2.min(total.first_ms);
                sum.3 = sum.3.max(total.last_ms);
            }
        }
        let mut by: Vec<_> = totals
            .into_iter()
            .map(|(event, (count, unique, first_ms, last_ms))| {
                let Event {
                    alert,
                    kind,
                    version,
                } = self.texts.event(event);
                EventSummary {
                    alert,
                    kind,
                    version,
                    count,
                    unique,
                    first_ms,
                    last_ms,
                }
            })
            .collect();
        by.sort_by(|a, b| {
            (a.first_ms, &a.alert, a.version, &a.kind)
                .cmp(&(b.first_ms, &b.alert, b.version, &b.kind))
        });
        let opened = by.iter().map(|e| e.count).sum();
        let unique: u64 = by.iter().map(|e| e.unique).sum();
        let failed_to_open = self.failed.load(Ordering::Relaxed);
        Summary {
            received: opened + failed_to_open,
            opened,
            failed_to_open,
            repeats: opened - unique,
            by,
        }
    }

    /// Up to `limit` arrivals after a sequence number, in order and without a gap.
    pub(super) fn after(&self, seq: u64, limit: usize) -> Vec<Line> {
        let mut found: Vec<Arrival> = Vec::new();
        // All shards are held at once: a number given out but not yet pushed cannot be skipped.
        for shard in &self.all_shards() {
            let start = shard.arrivals.partition_point(|a| a.seq <= seq);
            found.extend(shard.arrivals[start..].iter().take(limit));
        }
        found.sort_unstable_by_key(|a| a.seq);
        found.truncate(limit);
        found.iter().map(|arrival| self.line(arrival)).collect()
    }

    /// Everything one phone received, with the opened payloads.
    pub(super) fn of(&self, n: u32) -> Vec<Line> {
        let arrivals: Vec<Arrival> = {
            let shard = self.shard(n as usize % SHARDS);
            shard
                .arrivals
                .iter()
                .filter(|a| a.n == n)
                .copied()
                .collect()
        };
        let with_payload = |arrival: &Arrival| {
            let text = self.texts.message(arrival.message).text;
            let payload = serde_json::from_slice(&text)
                .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&text).into_owned()));
            Line {
                payload: Some(payload),
                ..self.line(arrival)
            }
        };
        arrivals.iter().map(with_payload).collect()
    }

    fn line(&self, arrival: &Arrival) -> Line {
        let Event {
            alert,
            kind,
            version,
        } = self.texts.event(self.texts.message(arrival.message).event);
        Line {
            seq: arrival.seq,
            n: arrival.n,
            topic: self.texts.topic(arrival.topic).to_string(),
            alert,
            kind,
            version,
            at_ms: arrival.at_ms,
            payload: None,
        }
    }

    fn shard(&self, index: usize) -> MutexGuard<'_, Shard> {
        self.shards[index]
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn all_shards(&self) -> Vec<MutexGuard<'_, Shard>> {
        (0..SHARDS).map(|index| self.shard(index)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALERT: &[u8] = br#"{"alert":"A","kind":"alert","version":1}"#;
    const CANCEL: &[u8] = br#"{"alert":"A","kind":"cancel","version":2}"#;

    #[test]
    fn repeats_are_the_arrivals_beyond_the_first_of_each_phone() {
        let ledger = Ledger::default();
        for (n, text, at) in [
            (1, ALERT, 10),
            (2, ALERT, 12),
            (1, ALERT, 11),
            (1, CANCEL, 20),
        ] {
            ledger.record(n, "t", text, at);
        }
        ledger.record_unopened();
        let summary = ledger.summary();
        assert_eq!(
            (summary.received, summary.opened, summary.failed_to_open),
            (5, 4, 1)
        );
        assert_eq!(summary.repeats, 1);
        let first = &summary.by[0];
        assert_eq!((first.kind.as_str(), first.version), ("alert", 1));
        assert_eq!(
            (first.count, first.unique, first.first_ms, first.last_ms),
            (3, 2, 10, 12)
        );
        assert_eq!(summary.by[1].kind, "cancel");
    }

    #[test]
    fn the_ledger_is_read_in_pages_without_gap_or_double() {
        let ledger = Ledger::default();
        for n in 0..100 {
            ledger.record(n, "t", ALERT, u64::from(n));
        }
        let mut seen = Vec::new();
        let mut after = 0;
        loop {
            let page = ledger.after(after, 7);
            let Some(last) = page.last() else { break };
            after = last.seq;
            seen.extend(page.iter().map(|line| (line.seq, line.n)));
        }
        let expected: Vec<_> = (0..100).map(|n| (u64::from(n) + 1, n)).collect();
        assert_eq!(seen, expected);
    }

    #[test]
    fn one_phone_shows_what_it_opened() {
        let ledger = Ledger::default();
        ledger.record(5, "t", ALERT, 1);
        ledger.record(21, "t", ALERT, 2);
        ledger.record(5, "t", b"not json", 3);
        let lines = ledger.of(5);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].payload.as_ref().unwrap()["alert"], "A");
        assert_eq!(lines[1].payload.as_ref().unwrap(), "not json");
    }
}
