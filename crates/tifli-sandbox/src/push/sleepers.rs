//! Messages for phones that are off: held until they wake, replaced by topic, lost at their TTL.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// One message that waits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Held {
    /// Number of the message resource.
    pub(super) id: u64,
    /// Empty when the sender gave none.
    pub(super) topic: String,
    /// Still encrypted: the service cannot read it.
    pub(super) body: Vec<u8>,
    /// When it is thrown away, in Unix milliseconds.
    pub(super) until_ms: u64,
}

/// All messages that wait, by subscriber.
#[derive(Default)]
pub(super) struct Sleepers {
    held: Mutex<HashMap<u32, Vec<Held>>>,
}

impl Sleepers {
    /// Holds a message; one of the same topic that waits already is replaced (RFC 8030 5.4).
    pub(super) fn hold(&self, n: u32, message: Held) {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let messages = held.entry(n).or_default();
        if !message.topic.is_empty() {
            messages.retain(|other| other.topic != message.topic);
        }
        messages.push(message);
    }

    /// Deletes a message that waits; false when there is none of this number.
    pub(super) fn delete(&self, n: u32, id: u64) -> bool {
        let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(messages) = held.get_mut(&n) else {
            return false;
        };
        let before = messages.len();
        messages.retain(|message| message.id != id);
        messages.len() < before
    }

    /// Everything that waits and is not over at `now_ms`; nothing waits afterwards.
    pub(super) fn wake(&self, now_ms: u64) -> Vec<(u32, Held)> {
        let all = std::mem::take(&mut *self.held.lock().unwrap_or_else(PoisonError::into_inner));
        let mut awake: Vec<_> = all
            .into_iter()
            .flat_map(|(n, messages)| messages.into_iter().map(move |message| (n, message)))
            .filter(|(_, message)| message.until_ms > now_ms)
            .collect();
        awake.sort_by_key(|(_, message)| message.id);
        awake
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(id: u64, topic: &str, until_ms: u64) -> Held {
        Held {
            id,
            topic: topic.into(),
            body: vec![],
            until_ms,
        }
    }

    #[test]
    fn a_newer_message_replaces_the_waiting_one_of_its_topic_only() {
        let sleepers = Sleepers::default();
        for (id, topic) in [(1, "a"), (2, "b"), (3, "a"), (4, ""), (5, "")] {
            sleepers.hold(7, held(id, topic, 100));
        }
        sleepers.hold(8, held(6, "a", 100));
        let ids: Vec<_> = sleepers.wake(99).iter().map(|(n, m)| (*n, m.id)).collect();
        assert_eq!(ids, [(7, 2), (7, 3), (7, 4), (7, 5), (8, 6)]);
        assert!(sleepers.wake(99).is_empty());
    }

    #[test]
    fn a_message_past_its_time_and_a_deleted_one_never_arrive() {
        let sleepers = Sleepers::default();
        sleepers.hold(7, held(1, "a", 100));
        sleepers.hold(7, held(2, "b", 200));
        sleepers.hold(7, held(3, "c", 200));
        assert!(sleepers.delete(7, 3));
        assert!(!sleepers.delete(7, 3) && !sleepers.delete(8, 1));
        let ids: Vec<_> = sleepers.wake(100).iter().map(|(_, m)| m.id).collect();
        assert_eq!(ids, [2]);
    }
}
