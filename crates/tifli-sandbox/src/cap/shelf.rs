//! The shelf of messages: what is kept, what ends what, what would be shown.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde::Serialize;

use super::message::{Message, MsgType, Reference, Status};

/// What became of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kept {
    /// It is new.
    New,
    /// The same octets came before.
    Known,
    /// Other octets came under its identifier.
    Conflict,
    /// It updates or cancels, and names nothing.
    NoReferences,
    /// It names nothing of its sender's that is kept and not canceled yet.
    NoMatch,
}

/// The totals, as `GET /received` answers them.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Summary {
    received: u32,
    unique: usize,
    repeats: u32,
    alerts: usize,
    updates: usize,
    cancels: usize,
    showing: usize,
}

/// Every message kept.
#[derive(Default)]
pub(super) struct Shelf {
    messages: Mutex<Vec<Message>>,
}

impl Shelf {
    /// Keeps a message unless it contradicts what is kept.
    pub(super) fn keep(&self, message: Message, now_ms: u64) -> Kept {
        let mut messages = self.lock();
        let same_name = |known: &&mut Message| known.identifier == message.identifier;
        if let Some(known) = messages.iter_mut().find(same_name) {
            if known.raw != message.raw {
                return Kept::Conflict;
            }
            known.times += 1;
            return Kept::Known;
        }
        if message.msg_type != MsgType::Alert {
            if message.references.is_empty() {
                return Kept::NoReferences;
            }
            if !messages
                .iter()
                .any(|earlier| open_to(&messages, earlier, &message))
            {
                return Kept::NoMatch;
            }
        }
        for earlier in messages.iter_mut().filter(|one| message.names(one)) {
            let first = message.identifier.clone();
            earlier.ended_by.get_or_insert(first);
        }
        // A message that comes late may be over before it comes.
        let over = messages.iter().find(|later| later.names(&message));
        let ended_by = over.map(|later| later.identifier.clone());
        let seq = messages.len() as u64 + 1;
        messages.push(Message {
            seq,
            ended_by,
            at_ms: now_ms,
            ..message
        });
        Kept::New
    }

    /// The message of this identifier.
    pub(super) fn find(&self, identifier: &str) -> Option<Message> {
        let messages = self.lock();
        let mut named = messages.iter().filter(|one| one.identifier == identifier);
        named.next().cloned()
    }

    /// Messages after this place, at most so many.
    pub(super) fn after(&self, seq: u64, limit: usize) -> Vec<Message> {
        let messages = self.lock();
        let after = messages.iter().filter(|message| message.seq > seq);
        after.take(limit).cloned().collect()
    }

    /// What would be shown now: neither updated nor canceled nor over, and for people.
    pub(super) fn current(&self, now_ms: u64) -> Vec<Message> {
        let messages = self.lock();
        let shown = messages.iter().filter(|message| message.is_shown(now_ms));
        shown.cloned().collect()
    }

    pub(super) fn summary(&self, now_ms: u64) -> Summary {
        let messages = self.lock();
        let of = |kind| messages.iter().filter(|one| one.msg_type == kind).count();
        let received = messages.iter().map(|message| message.times).sum();
        let repeats = messages.iter().map(|message| message.times - 1).sum();
        Summary {
            received,
            unique: messages.len(),
            repeats,
            alerts: of(MsgType::Alert),
            updates: of(MsgType::Update),
            cancels: of(MsgType::Cancel),
            showing: messages.iter().filter(|one| one.is_shown(now_ms)).count(),
        }
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Message>> {
        self.messages.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Message {
    /// Whether it references another message, of the same sender.
    fn names(&self, other: &Self) -> bool {
        let is_other = |reference: &Reference| {
            (&reference.sender, &reference.identifier, &reference.sent)
                == (&other.sender, &other.identifier, &other.sent)
        };
        self.sender == other.sender && self.references.iter().any(is_other)
    }

    fn is_shown(&self, now_ms: u64) -> bool {
        let now_ms = i64::try_from(now_ms).unwrap_or(i64::MAX);
        matches!(self.msg_type, MsgType::Alert | MsgType::Update)
            && matches!(
                self.status,
                Status::Actual | Status::Exercise | Status::Test
            )
            && self.ended_by.is_none()
            && self.expires_ms.is_none_or(|end| end > now_ms)
    }
}

/// Whether a message names this earlier one, and no cancel ended that already.
fn open_to(messages: &[Message], earlier: &Message, message: &Message) -> bool {
    let canceled = || {
        messages
            .iter()
            .any(|one| one.msg_type == MsgType::Cancel && one.names(earlier))
    };
    earlier.msg_type != MsgType::Cancel && message.names(earlier) && !canceled()
}
