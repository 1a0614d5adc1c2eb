//! Every distinct text and message once: very many phones get the same one.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use serde_json::Value;

/// What a message is about, read from its JSON.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Event {
    /// The alert's public code.
    pub(super) alert: String,
    /// For instance alert, update, cancel.
    pub(super) kind: String,
    /// The version of the alert.
    pub(super) version: u64,
}

/// One distinct plaintext.
#[derive(Clone, Debug)]
pub(super) struct Message {
    /// Number of its [`Event`].
    pub(super) event: u32,
    /// The plaintext.
    pub(super) text: Arc<[u8]>,
}

/// All distinct messages, events and topics, each under a small number.
#[derive(Default)]
pub(super) struct Texts {
    inner: RwLock<Inner>,
}

#[derive(Default)]
struct Inner {
    message_numbers: HashMap<Arc<[u8]>, u32>,
    messages: Vec<Message>,
    event_numbers: HashMap<Event, u32>,
    events: Vec<Event>,
    topic_numbers: HashMap<Arc<str>, u32>,
    topics: Vec<Arc<str>>,
}

impl Texts {
    /// The numbers of a plaintext, of its event and of a topic, given out as they first appear.
    pub(super) fn number(&self, plain: &[u8], topic: &str) -> (u32, u32, u32) {
        let inner = self.inner.read().unwrap_or_else(PoisonError::into_inner);
        if let (Some(message), Some(topic)) = (
            inner.message_numbers.get(plain),
            inner.topic_numbers.get(topic),
        ) {
            return (*message, inner.messages[*message as usize].event, *topic);
        }
        drop(inner);
        let mut inner = self.inner.write().unwrap_or_else(PoisonError::into_inner);
        let topic = inner.number_topic(topic);
        let message = inner.number_message(plain);
        (message, inner.messages[message as usize].event, topic)
    }

    pub(super) fn message(&self, number: u32) -> Message {
        self.inner
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .messages[number as usize]
            .clone()
    }

    pub(super) fn event(&self, number: u32) -> Event {
        self.inner
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .events[number as usize]
            .clone()
    }

    pub(super) fn topic(&self, number: u32) -> Arc<str> {
        self.inner
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .topics[number as usize]
            .clone()
    }
}

impl Inner {
    fn number_topic(&mut self, topic: &str) -> u32 {
        if let Some(number) = self.topic_numbers.get(topic) {
            return *number;
        }
        let topic: Arc<str> = topic.into();
        let number = self.topics.len() as u32;
        self.topics.push(Arc::clone(&topic));
        self.topic_numbers.insert(topic, number);
        number
    }

    fn number_message(&mut self, plain: &[u8]) -> u32 {
        if let Some(number) = self.message_numbers.get(plain) {
            return *number;
        }
        let event = self.number_event(read_event(plain));
        let text: Arc<[u8]> = plain.into();
        let number = self.messages.len() as u32;
        self.messages.push(Message {
            event,
            text: Arc::clone(&text),
        });
        self.message_numbers.insert(text, number);
        number
    }

    fn number_event(&mut self, event: Event) -> u32 {
        if let Some(number) = self.event_numbers.get(&event) {
            return *number;
        }
        let number = self.events.len() as u32;
        self.events.push(event.clone());
        self.event_numbers.insert(event, number);
        number
    }
}

/// Reads the three things a phone's worker needs; what is missing stays empty.
fn read_event(plain: &[u8]) -> Event {
    let value: Value = serde_json::from_slice(plain).unwrap_or(Value::Null);
    let text = |names: &[&str]| {
        let found = names.iter().find_map(|name| value[*name].as_str());
        found.unwrap_or_default().to_owned()
    };
    Event {
        alert: text(&["alert", "code", "tag", "a"]),
        kind: text(&["kind", "type", "k"]),
        version: value["version"]
            .as_u64()
            .or_else(|| value["v"].as_u64())
            .unwrap_or(0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_text_keeps_its_number_and_events_are_shared() {
        let texts = Texts::default();
        let one = texts.number(br#"{"alert":"A1","kind":"alert","v":1}"#, "t");
        let again = texts.number(br#"{"alert":"A1","kind":"alert","v":1}"#, "t");
        let other = texts.number(br#"{"code":"A1","kind":"alert","version":1,"x":2}"#, "u");
        assert_eq!(one, again);
        assert_ne!(one.0, other.0, "another text");
        assert_eq!(one.1, other.1, "of the same event");
        assert_eq!(&*texts.topic(other.2), "u");
        assert_eq!(texts.event(one.1).alert, "A1");
    }

    #[test]
    fn a_text_that_is_not_json_is_kept_with_an_empty_event() {
        let texts = Texts::default();
        let (message, event, _) = texts.number(b"hello", "");
        assert_eq!(&*texts.message(message).text, b"hello");
        let expected = Event {
            alert: String::new(),
            kind: String::new(),
            version: 0,
        };
        assert_eq!(texts.event(event), expected);
    }
}
