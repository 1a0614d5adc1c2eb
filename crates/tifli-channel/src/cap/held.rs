//! What names a CAP message: its identifier, its sender, and when it was sent.
//!
//! Two messages of one name are one message (CAP 1.2, 3.2.1). Not for: reading anything else of it.

use quick_xml::Reader;
use quick_xml::events::Event;

/// The name of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Name {
    pub(super) identifier: String,
    pub(super) sender: String,
    pub(super) sent: String,
}

/// The name of a CAP message, read from its beginning; `None` for anything else.
pub(super) fn find_name(body: &[u8]) -> Option<Name> {
    let mut reader = Reader::from_reader(body);
    let mut path: Vec<String> = Vec::new();
    let mut name = Name::default();
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                path.push(element.local_name().as_ref().to_owned());
                if path[0] != "alert" {
                    return None;
                }
            }
            Ok(Event::Text(text)) => {
                if let Some(part) = name.part(&path) {
                    part.push_str(text.as_ref().trim());
                }
            }
            Ok(Event::End(_)) => {
                path.pop()?;
                if name.is_whole() {
                    return Some(name);
                }
            }
            Ok(Event::DocType(_) | Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

impl Name {
    fn part(&mut self, path: &[String]) -> Option<&mut String> {
        match path {
            [_, child] if child == "identifier" => Some(&mut self.identifier),
            [_, child] if child == "sender" => Some(&mut self.sender),
            [_, child] if child == "sent" => Some(&mut self.sent),
            _ => None,
        }
    }

    fn is_whole(&self) -> bool {
        !self.identifier.is_empty() && !self.sender.is_empty() && !self.sent.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_read_only_where_it_stands_in_a_cap_message() {
        let cap = "\u{feff}<?xml version='1.0'?>\n<c:alert xmlns:c='u'>\
            <c:identifier> a-1 </c:identifier><c:sender>s</c:sender><c:sent>t</c:sent>";
        let name = find_name(cap.as_bytes()).unwrap();
        let parts = [&name.identifier, &name.sender, &name.sent];
        assert_eq!(parts, ["a-1", "s", "t"]);
        let (rest, nested) = (
            "<sender>s</sender><sent>t</sent>",
            "<identifier>a</identifier>",
        );
        for other in [
            String::new(),
            "a-1".to_owned(),
            "{\"identifier\":\"a-1\"}".to_owned(),
            format!("<feed>{nested}{rest}</feed>"),
            format!("<alert><info>{nested}</info>{rest}</alert>"),
            format!("<alert><identifier><b>a</b></identifier>{rest}</alert>"),
            format!("<!DOCTYPE alert><alert>{nested}{rest}</alert>"),
            format!("<alert>{nested}<sender>s</sender><sent>t"),
        ] {
            assert_eq!(find_name(other.as_bytes()), None, "{other}");
        }
    }
}
