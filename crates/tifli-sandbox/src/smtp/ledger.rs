//! The book of what arrived, in memory.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;

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
    /// When, in Unix milliseconds.
    pub at_ms: u64,
}

/// The totals, as `GET /received` answers them.
#[derive(Clone, Debug, Default, Serialize, PartialEq, Eq)]
pub(super) struct Summary {
    received: usize,
    unique: usize,
    recipients: BTreeMap<String, usize>,
}

/// Everything that arrived.
#[derive(Default)]
pub(super) struct Ledger {
    mails: Mutex<Vec<Mail>>,
}

impl Ledger {
    /// Writes down a letter for each of its recipients.
    pub(super) fn record(&self, (from, to): (&str, &[String]), raw: &str, at_ms: u64) {
        let id = header(raw, "message-id").unwrap_or_default();
        let mut mails = self.lock();
        for recipient in to {
            let seq = mails.len() as u64 + 1;
            mails.push(Mail {
                seq,
                to: recipient.clone(),
                from: from.to_owned(),
                message_id: id.clone(),
                raw: raw.to_owned(),
                at_ms,
            });
        }
    }

    /// The totals; a letter that came twice to one recipient is one letter.
    pub(super) fn summary(&self) -> Summary {
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
        }
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
        let to = ["u@x".to_owned(), "v@x".to_owned()];
        for _ in 0..2 {
            ledger.record(("s@x", &to), raw, 7);
        }
        let summary = ledger.summary();
        assert_eq!((summary.received, summary.unique), (4, 2));
        assert_eq!(ledger.after(2, 10)[0].message_id, "<a@b>");
        assert_eq!(ledger.after(2, 10).len(), 2);
    }
}
