//! The book of what arrived, in memory.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;

use super::rules::Declared;

/// A letter as it arrived at one recipient.
#[derive(Clone, Debug, Serialize, PartialEq, Eq)]
pub struct Mail {
    /// Its place in the book, from 1.
    pub seq: u64,
    /// To whom.
    pub to: String,
    /// From whom, by the envelope.
    pub from: String,
    /// What makes it recognizable.
    pub message_id: String,
    /// The whole letter with its headers, as it came over the wire.
    pub raw: String,
    /// The caller announced octets above 127.
    pub eight_bit: bool,
    /// The caller announced addresses or headers beyond ASCII.
    pub smtputf8: bool,
    /// When, in Unix milliseconds.
    pub at_ms: u64,
}

/// A letter with its envelope, for all its recipients.
pub(super) struct Arrival {
    pub(super) from: String,
    pub(super) to: Vec<String>,
    pub(super) declared: Declared,
    pub(super) raw: String,
    pub(super) at_ms: u64,
}

/// The totals, as `GET /received` answers them.
#[derive(Clone, Debug, Default, Serialize, PartialEq, Eq)]
pub(super) struct Summary {
    received: usize,
    unique: usize,
    recipients: BTreeMap<String, usize>,
    refused: BTreeMap<u16, u32>,
}

/// Everything that arrived.
#[derive(Default)]
pub(super) struct Ledger {
    mails: Mutex<Vec<Mail>>,
    refused: Mutex<BTreeMap<u16, u32>>,
}

impl Ledger {
    /// Writes down a letter for each of its recipients.
    pub(super) fn record(&self, arrival: Arrival) {
        let message_id = header(&arrival.raw, "message-id").unwrap_or_default();
        let mut mails = self.lock();
        for to in arrival.to {
            let seq = mails.len() as u64 + 1;
            mails.push(Mail {
                seq,
                to,
                from: arrival.from.clone(),
                message_id: message_id.clone(),
                raw: arrival.raw.clone(),
                eight_bit: arrival.declared.eight_bit,
                smtputf8: arrival.declared.smtputf8,
                at_ms: arrival.at_ms,
            });
        }
    }

    /// Counts a refusal by its code.
    pub(super) fn refuse(&self, code: u16) {
        let mut refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        *refused.entry(code).or_default() += 1;
    }

    /// The totals; a letter that came twice to one recipient is one letter.
    pub(super) fn summary(&self) -> Summary {
        let refused = self.refused.lock().unwrap_or_else(PoisonError::into_inner);
        let refused = refused.clone();
        let mails = self.lock();
        let mut recipients = BTreeMap::new();
        let mut unique = std::collections::BTreeSet::new();
        for mail in mails.iter() {
            *recipients.entry(mail.to.clone()).or_default() += 1;
            unique.insert((&mail.to, &mail.message_id));
        }
        Summary {
            received: mails.len(),
            unique: unique.len(),
            recipients,
            refused,
        }
    }

    /// The letter at this place.
    pub(super) fn find(&self, seq: u64) -> Option<Mail> {
        let mails = self.lock();
        mails.iter().find(|mail| mail.seq == seq).cloned()
    }

    /// Letters after this place, at most so many.
    pub(super) fn after(&self, seq: u64, limit: usize) -> Vec<Mail> {
        let mails = self.lock();
        let after = mails.iter().filter(|mail| mail.seq > seq);
        after.take(limit).cloned().collect()
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Mail>> {
        self.mails.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The first header of this name, unfolded.
fn header(raw: &str, name: &str) -> Option<String> {
    let head = raw.split("\r\n\r\n").next().unwrap_or(raw);
    let unfolded = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    unfolded.lines().find_map(|line| {
        let (held, value) = line.split_once(':')?;
        held.eq_ignore_ascii_case(name)
            .then(|| value.trim().to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_that_comes_twice_is_one_letter() {
        let ledger = Ledger::default();
        let raw = "Message-ID:\r\n <a@b>\r\nSubject: x\r\n\r\nMessage-ID: none\r\n";
        for _ in 0..2 {
            ledger.record(Arrival {
                from: "s@x".to_owned(),
                to: vec!["u@x".to_owned(), "v@x".to_owned()],
                declared: Declared::default(),
                raw: raw.to_owned(),
                at_ms: 7,
            });
        }
        let summary = ledger.summary();
        assert_eq!((summary.received, summary.unique), (4, 2));
        assert_eq!(ledger.after(2, 10)[0].message_id, "<a@b>");
        assert_eq!(ledger.after(2, 10).len(), 2);
    }
}
