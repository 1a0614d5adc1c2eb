//! The grammar of CAP 1.2 as tables: which element may stand where, how often, with what in it.
//!
//! From the standard's sequence, and the rules of its prose that no schema holds (section 3.2).

use roxmltree::Node;

use super::geometry::{is_circle, is_polygon};

/// The namespace of CAP 1.2.
pub(super) const CAP: &str = "urn:oasis:names:tc:emergency:cap:1.2";
/// The one other namespace admitted, for the last child of an alert.
pub(super) const SIGNATURE: &str = "http://www.w3.org/2000/09/xmldsig#";

/// What is wrong with a message: a word, and the element it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Wrong {
    pub(super) why: &'static str,
    pub(super) element: String,
}

struct Slot {
    name: &'static str,
    often: Often,
    content: Content,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Often {
    Once,
    Maybe,
    Any,
    Some,
}

enum Content {
    Text,
    /// A text that says something.
    Words,
    /// Without blanks, commas, less-than or ampersands: a part of references.
    Name,
    Word(&'static [&'static str]),
    Time,
    Language,
    Integer,
    Circle,
    Polygon,
    Of(&'static [Slot]),
}

const fn slot(name: &'static str, often: Often, content: Content) -> Slot {
    Slot {
        name,
        often,
        content,
    }
}

use Content::{Circle, Integer, Language, Name, Of, Polygon, Text, Time, Word, Words};
use Often::{Any, Maybe, Once, Some as OneOrMore};

const ALERT: &[Slot] = &[
    slot("identifier", Once, Name),
    slot("sender", Once, Name),
    slot("sent", Once, Time),
    slot(
        "status",
        Once,
        Word(&["Actual", "Exercise", "System", "Test", "Draft"]),
    ),
    slot(
        "msgType",
        Once,
        Word(&["Alert", "Update", "Cancel", "Ack", "Error"]),
    ),
    slot("source", Maybe, Text),
    slot("scope", Once, Word(&["Public", "Restricted", "Private"])),
    slot("restriction", Maybe, Text),
    slot("addresses", Maybe, Text),
    slot("code", Any, Text),
    slot("note", Maybe, Text),
    slot("references", Maybe, Text),
    slot("incidents", Maybe, Text),
    slot("info", Any, Of(INFO)),
];

const INFO: &[Slot] = &[
    slot("language", Maybe, Language),
    slot(
        "category",
        OneOrMore,
        Word(&[
            "Geo",
            "Met",
            "Safety",
            "Security",
            "Rescue",
            "Fire",
            "Health",
            "Env",
            "Transport",
            "Infra",
            "CBRNE",
            "Other",
        ]),
    ),
    slot("event", Once, Words),
    slot(
        "responseType",
        Any,
        Word(&[
            "Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear",
            "None",
        ]),
    ),
    slot(
        "urgency",
        Once,
        Word(&["Immediate", "Expected", "Future", "Past", "Unknown"]),
    ),
    slot(
        "severity",
        Once,
        Word(&["Extreme", "Severe", "Moderate", "Minor", "Unknown"]),
    ),
    slot(
        "certainty",
        Once,
        Word(&["Observed", "Likely", "Possible", "Unlikely", "Unknown"]),
    ),
    slot("audience", Maybe, Text),
    slot("eventCode", Any, Of(NAMED_VALUE)),
    slot("effective", Maybe, Time),
    slot("onset", Maybe, Time),
    slot("expires", Maybe, Time),
    slot("senderName", Maybe, Text),
    slot("headline", Maybe, Text),
    slot("description", Maybe, Text),
    slot("instruction", Maybe, Text),
    slot("web", Maybe, Text),
    slot("contact", Maybe, Text),
    slot("parameter", Any, Of(NAMED_VALUE)),
    slot("resource", Any, Of(RESOURCE)),
    slot("area", Any, Of(AREA)),
];

const NAMED_VALUE: &[Slot] = &[slot("valueName", Once, Text), slot("value", Once, Text)];

const RESOURCE: &[Slot] = &[
    slot("resourceDesc", Once, Text),
    slot("mimeType", Once, Text),
    slot("size", Maybe, Integer),
    slot("uri", Maybe, Text),
    slot("derefUri", Maybe, Text),
    slot("digest", Maybe, Text),
];

const AREA: &[Slot] = &[
    slot("areaDesc", Once, Words),
    slot("polygon", Any, Polygon),
    slot("circle", Any, Circle),
    slot("geocode", Any, Of(NAMED_VALUE)),
    slot("altitude", Maybe, Text),
    slot("ceiling", Maybe, Text),
];

/// Checks a whole alert, its root element given.
pub(super) fn check(alert: Node<'_, '_>) -> Result<(), Wrong> {
    if !alert.has_tag_name((CAP, "alert")) {
        return Err(wrong("namespace", alert));
    }
    sequence(alert, ALERT)
}

/// The text of an element, its ends trimmed; empty when it has none.
pub(super) fn text<'a>(element: Node<'a, '_>) -> &'a str {
    element.text().unwrap_or_default().trim()
}

/// `yyyy-mm-ddThh:mm:ss+hh:mm` in Unix milliseconds; `None` for any other form of a time.
pub(super) fn time_ms(text: &str) -> Option<i64> {
    const PATTERN: &[u8] = b"dddd-dd-ddTdd:dd:dd+dd:dd";
    let fits = |(have, want): (u8, &u8)| match want {
        b'd' => have.is_ascii_digit(),
        b'+' => matches!(have, b'+' | b'-'),
        letter => have == *letter,
    };
    if text.len() != PATTERN.len() || !text.bytes().zip(PATTERN).all(fits) {
        return None;
    }
    let at: jiff::Timestamp = text.parse().ok()?;
    Some(at.as_millisecond())
}

fn sequence(parent: Node<'_, '_>, slots: &[Slot]) -> Result<(), Wrong> {
    let stray =
        |node: &Node<'_, '_>| node.is_text() && !node.text().unwrap_or_default().trim().is_empty();
    if parent.children().any(|node| stray(&node)) {
        return Err(wrong("text", parent));
    }
    let mut children = parent.children().filter(Node::is_element).peekable();
    for slot in slots {
        let mut found = 0;
        while let Some(child) = children.next_if(|child| child.has_tag_name((CAP, slot.name))) {
            found += 1;
            if found > 1 && matches!(slot.often, Once | Maybe) {
                return Err(wrong("repeated", child));
            }
            content(child, &slot.content)?;
        }
        if found == 0 && matches!(slot.often, Once | OneOrMore) {
            let element = format!("{}/{}", parent.tag_name().name(), slot.name);
            return Err(Wrong {
                why: "missing",
                element,
            });
        }
    }
    let is_root = parent.has_tag_name((CAP, "alert"));
    let signature = |child: &Node<'_, '_>| child.tag_name().namespace() == Some(SIGNATURE);
    match children.find(|child| !(is_root && signature(child))) {
        None => Ok(()),
        Some(child) => Err(wrong("place", child)),
    }
}

fn content(element: Node<'_, '_>, content: &Content) -> Result<(), Wrong> {
    if let Of(slots) = content {
        return sequence(element, slots);
    }
    if element.children().any(|child| child.is_element()) {
        return Err(wrong("place", element));
    }
    let text = text(element);
    let (good, why) = match content {
        Text | Of(_) => (true, "text"),
        Words => (!text.is_empty(), "missing"),
        Name => (is_name(element.text().unwrap_or_default()), "name"),
        Word(words) => (words.contains(&text), "word"),
        Time => (time_ms(text).is_some(), "time"),
        Language => (is_language(text), "language"),
        Integer => (text.parse::<i64>().is_ok(), "number"),
        Circle => (is_circle(text), "geometry"),
        Polygon => (is_polygon(text), "geometry"),
    };
    if good {
        Ok(())
    } else {
        Err(wrong(why, element))
    }
}

fn is_name(text: &str) -> bool {
    let bad = |c: char| c.is_whitespace() || matches!(c, ',' | '<' | '&');
    !text.is_empty() && !text.contains(bad)
}

fn is_language(text: &str) -> bool {
    let part = |(n, part): (usize, &str)| {
        let letter = |c: char| c.is_ascii_alphabetic() || (n > 0 && c.is_ascii_digit());
        (1..=8).contains(&part.len()) && part.chars().all(letter)
    };
    text.split('-').enumerate().all(part)
}

fn wrong(why: &'static str, element: Node<'_, '_>) -> Wrong {
    let parent = element.parent_element();
    let own = element.tag_name().name();
    Wrong {
        why,
        element: parent.map_or_else(
            || own.to_owned(),
            |parent| format!("{}/{own}", parent.tag_name().name()),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_a_numeric_offset_and_no_fraction() {
        assert_eq!(time_ms("1970-01-01T00:00:01-00:00"), Some(1_000));
        assert_eq!(time_ms("1970-01-01T01:00:00+01:00"), Some(0));
        for text in [
            "1970-01-01T00:00:01Z",
            "1970-01-01T00:00:01.0+00:00",
            "1970-13-01T00:00:01+00:00",
            "1970-01-01 00:00:01+00:00",
            "1970-01-01T00:00:01",
            "",
        ] {
            assert_eq!(time_ms(text), None, "{text}");
        }
    }

    #[test]
    fn a_language_is_a_tag_of_letters() {
        for (text, good) in [
            ("ar", true),
            ("ar-MA", true),
            ("zgh-Tfng", true),
            ("es-419", true),
            ("", false),
            ("ar_MA", false),
            ("1", false),
        ] {
            assert_eq!(is_language(text), good, "{text}");
        }
    }
}
