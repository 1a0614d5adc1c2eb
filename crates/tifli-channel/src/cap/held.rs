//! Whether what a partner shows is the message it was asked for.

use quick_xml::Reader;
use quick_xml::events::Event;

/// How deep the identifier stands: a child of the outermost element.
const DEPTH: usize = 2;

/// The `identifier` of a CAP message, read from its beginning; `None` for anything else.
pub(super) fn find_identifier(body: &[u8]) -> Option<String> {
    let mut reader = Reader::from_reader(body);
    let mut depth = 0;
    let mut found: Option<String> = None;
    loop {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                depth += 1;
                let name = element.local_name();
                if depth == 1 && name.as_ref() != "alert" {
                    return None;
                }
                if depth == DEPTH && name.as_ref() == "identifier" {
                    found = Some(String::new());
                } else if found.is_some() {
                    return None;
                }
            }
            Ok(Event::Text(text)) => {
                if let Some(found) = &mut found {
                    found.push_str(text.as_ref());
                }
            }
            Ok(Event::End(_)) => {
                if let Some(found) = found {
                    return Some(found.trim().to_owned());
                }
                depth = depth.checked_sub(1)?;
            }
            Ok(Event::DocType(_) | Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_identifier_is_read_only_where_it_stands_in_a_cap_message() {
        let cap = "<?xml version='1.0'?>\n<c:alert xmlns:c='u'><c:identifier> a-1 </c:identifier>";
        assert_eq!(find_identifier(cap.as_bytes()).as_deref(), Some("a-1"));
        for other in [
            "",
            "a-1",
            "{\"identifier\":\"a-1\"}",
            "<feed><identifier>a-1</identifier></feed>",
            "<alert><info><identifier>a-1</identifier></info></alert>",
            "<alert><identifier><b>a-1</b></identifier></alert>",
            "<!DOCTYPE alert><alert><identifier>a-1</identifier></alert>",
            "<alert><identifier>a-1",
        ] {
            assert_eq!(find_identifier(other.as_bytes()), None, "{other}");
        }
    }
}
