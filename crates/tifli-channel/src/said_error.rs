//! A partner that lies: a good status over a body that says it went wrong.
//!
//! Gateways do it (the status is the gateway's, the body the program's behind it). A body counts as
//! an error when it *says* so in one of the forms below; a body nobody can read, or none, does not
//! take a good status back. Not for: what the error was (the body is a stranger's text and is kept
//! nowhere).

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::{Map, Value};

use crate::http::Answer;

/// How many pieces (tags, texts, comments) of an XML answer are looked at.
const MOST_PIECES: usize = 256;

/// Whether the body of this answer says that it went wrong.
///
/// - `application/problem+json` and `application/problem+xml` (RFC 9457), whatever they hold;
/// - a JSON object with an `error`, `errors`, or `fault` that is not empty, `ok` or `success`
///   false, or `status` (or `result`) `error`, `fail`, `failed`, `failure`;
/// - XML whose outermost element is an error, a fault or a problem, a SOAP fault inside its
///   envelope, or a CAP message of msgType Error.
pub(crate) fn says_error(answer: &Answer) -> bool {
    let kind = answer.text("content-type").unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if ["application/problem+json", "application/problem+xml"]
        .iter()
        .any(|problem| kind.eq_ignore_ascii_case(problem))
    {
        return true;
    }
    let body = answer.body.as_deref().unwrap_or_default().trim_ascii();
    match body.first() {
        Some(b'{') => serde_json::from_slice(body).is_ok_and(|object| object_says_error(&object)),
        Some(b'<' | 0xef) => xml_says_error(body),
        _ => false,
    }
}

fn object_says_error(object: &Map<String, Value>) -> bool {
    let names = ["error", "errors", "fault"];
    let denied = ["ok", "success"];
    names
        .iter()
        .any(|name| object.get(*name).is_some_and(|value| !is_empty(value)))
        || denied
            .iter()
            .any(|name| object.get(*name) == Some(&Value::Bool(false)))
        || ["status", "result"].iter().any(|name| {
            let word = object.get(*name).and_then(Value::as_str);
            word.is_some_and(is_error_word)
        })
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::Number(number) => number.as_f64() == Some(0.0),
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(object) => object.is_empty(),
        Value::Bool(true) => false,
    }
}

fn is_error_word(word: &str) -> bool {
    ["error", "fail", "failed", "failure"]
        .iter()
        .any(|known| word.eq_ignore_ascii_case(known))
}

/// Looks at the beginning only; what is no XML says nothing.
fn xml_says_error(body: &[u8]) -> bool {
    let mut reader = Reader::from_reader(body);
    let mut path: Vec<String> = Vec::new();
    for _ in 0..MOST_PIECES {
        match reader.read_event() {
            Ok(Event::Start(element)) => {
                path.push(element.local_name().as_ref().to_ascii_lowercase());
                if is_error_path(&path) {
                    return true;
                }
            }
            Ok(Event::Empty(element)) => {
                path.push(element.local_name().as_ref().to_ascii_lowercase());
                if is_error_path(&path) {
                    return true;
                }
                path.pop();
            }
            Ok(Event::End(_)) => {
                path.pop();
            }
            Ok(Event::Text(text)) if path == ["alert", "msgtype"] => {
                return text.as_ref().trim() == "Error";
            }
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
    }
    false
}

fn is_error_path(path: &[String]) -> bool {
    match path {
        [outermost] => ["error", "errors", "fault", "problem"].contains(&outermost.as_str()),
        [envelope, body, fault] => envelope == "envelope" && body == "body" && fault == "fault",
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use http::{HeaderMap, HeaderValue, StatusCode};

    use super::*;

    fn says(kind: &'static str, body: &str) -> bool {
        let mut headers = HeaderMap::new();
        headers.insert("content-type", HeaderValue::from_static(kind));
        says_error(&Answer {
            status: StatusCode::OK,
            headers,
            body: Some(body.as_bytes().to_vec()),
            cut: false,
        })
    }

    #[test]
    fn each_form_of_an_error_under_a_good_status_is_read() {
        for (kind, body) in [
            ("application/problem+json", "{}"),
            ("Application/Problem+JSON; charset=utf-8", ""),
            ("application/problem+xml", "<problem/>"),
            ("application/json", r#"{"error":"no such partner"}"#),
            ("application/json", r#"{"error":{"code":7}}"#),
            ("text/plain", r#" {"errors":["a"]}"#),
            ("application/json", r#"{"ok":false}"#),
            ("application/json", r#"{"success":false,"id":1}"#),
            ("application/json", r#"{"status":"FAILED"}"#),
            ("application/json", r#"{"result":"error"}"#),
            (
                "application/xml",
                "<?xml version=\"1.0\"?><error>no</error>",
            ),
            ("text/xml", "<!-- a --><e:errors xmlns:e=\"x\"/>"),
            (
                "text/xml",
                "<s:Envelope xmlns:s=\"x\"><s:Body><s:Fault/></s:Body></s:Envelope>",
            ),
            (
                "application/cap+xml",
                "<alert><identifier>a</identifier><msgType> Error </msgType></alert>",
            ),
        ] {
            assert!(says(kind, body), "{kind} {body}");
        }
    }

    #[test]
    fn a_body_that_says_nothing_of_an_error_leaves_the_status_as_it_is() {
        for (kind, body) in [
            ("application/json", ""),
            ("application/json", "null"),
            (
                "application/json",
                r#"{"error":null,"errors":[],"fault":{}}"#,
            ),
            (
                "application/json",
                r#"{"error":"","ok":true,"success":true}"#,
            ),
            ("application/json", r#"{"error":0,"status":"queued"}"#),
            ("application/json", r#"{"data":{"error":"of yesterday"}}"#),
            ("application/json", r#"{"error": broken"#),
            ("application/json", r#"[{"error":"in a list"}]"#),
            ("text/html", "<html><body>error</body></html>"),
            ("text/plain", "error"),
            (
                "application/cap+xml",
                "<alert><msgType>Alert</msgType><info><event>error</event></info></alert>",
            ),
            ("text/xml", "<ok><part><error/></part></ok>"),
            ("text/xml", "<ok><<<"),
        ] {
            assert!(!says(kind, body), "{kind} {body}");
        }
    }
}
