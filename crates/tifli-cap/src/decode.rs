//! From bytes to text: UTF-8 with or without a byte order mark, and ISO-8859-1 where declared.
//!
//! For: documents as they arrive. Not for: other encodings, which are refused by name.

use std::borrow::Cow;

use crate::MAX_BYTES;
use crate::model::Alert;
use crate::parse::{ParseError, ParseFault, parse};

/// Reads a CAP 1.2 message from bytes, by the encoding it declares.
///
/// # Errors
/// Those of [`parse`], and [`ParseFault::Encoding`] for anything but UTF-8, US-ASCII and
/// ISO-8859-1.
pub fn parse_bytes(bytes: &[u8]) -> Result<Alert, ParseError> {
    if bytes.len() > MAX_BYTES {
        return Err(ParseError::start(ParseFault::TooLarge));
    }
    parse(&text_of(bytes)?)
}

/// The text of these bytes, by the encoding they declare.
pub(crate) fn text_of(bytes: &[u8]) -> Result<Cow<'_, str>, ParseError> {
    match declared_encoding(bytes).as_deref() {
        None | Some("utf-8" | "utf8" | "us-ascii" | "ascii") => std::str::from_utf8(bytes)
            .map(Cow::Borrowed)
            .map_err(|_| ParseError::start(ParseFault::Encoding)),
        Some("iso-8859-1" | "iso8859-1" | "iso_8859-1" | "latin1" | "latin-1") => {
            Ok(bytes.iter().map(|byte| char::from(*byte)).collect())
        }
        Some(_) => Err(ParseError::start(ParseFault::Encoding)),
    }
}

/// The encoding named in the XML declaration, in lower case.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(256)]);
    let (declaration, _) = head.strip_prefix("<?xml")?.split_once("?>")?;
    let (_, after) = declaration.split_once("encoding")?;
    let value = after.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    let (name, _) = value[1..].split_once(quote)?;
    Some(name.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_declared_encoding_is_found() {
        for (head, found) in [
            (
                "<?xml version='1.0' encoding = \"ISO-8859-1\" ?><a/>",
                Some("iso-8859-1"),
            ),
            (
                "\u{FEFF}<?xml version='1.0' encoding='UTF-8'?>",
                Some("utf-8"),
            ),
            ("<?xml version='1.0'?><a encoding='x'/>", None),
            ("<a/>", None),
            ("", None),
        ] {
            assert_eq!(
                declared_encoding(head.as_bytes()).as_deref(),
                found,
                "{head}"
            );
        }
    }

    #[test]
    fn bytes_that_are_not_of_the_declared_encoding_are_refused() {
        for bytes in [
            &b"<?xml version='1.0' encoding='utf-16'?><alert/>"[..],
            b"\xFF\xFE<\0",
        ] {
            assert_eq!(parse_bytes(bytes).unwrap_err().fault, ParseFault::Encoding);
        }
    }
}
