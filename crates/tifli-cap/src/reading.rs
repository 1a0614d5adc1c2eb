//! Taking in what the world sends: every alert in a document, whatever is wrapped around it.
//!
//! For: feeds and files of others. Not for: judging them (see `verdict`), fetching them, or trust:
//! a signature is neither checked nor missed here.

use crate::decode::text_of;
use crate::intake::wrapper::{Wrapper, find_alerts};
use crate::intake::{self, MAX_READ_BYTES, node};
use crate::model::Alert;
use crate::parse::{self, ParseError};
use crate::version::Version;

/// What a document holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// What is around the messages.
    pub wrapper: Wrapper,
    /// Every message, in the order of the document.
    pub messages: Vec<Message>,
}

/// One message of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// The version of CAP it is written in.
    pub version: Version,
    /// Where it stands, such as `/feed/entry[3]/content/alert`.
    pub at: String,
    /// What it says, as CAP 1.2; or why it cannot be understood.
    ///
    /// What is beyond doubt is taken: elements out of order, white space, unknown elements and
    /// namespaces, words of older versions. An urgency, severity or certainty that is missing or
    /// wrong reads as Unknown, other wrong values as absent.
    pub alert: Result<Alert, ParseError>,
}

/// Reads every alert in a document: CAP 1.0, 1.1 and 1.2, bare or inside of Atom, RSS, EDXL-DE or
/// any other XML; UTF-8 with or without a byte order mark, and ISO-8859-1 where declared.
///
/// # Errors
/// The document is larger than [`MAX_READ_BYTES`], nested deeper than [`crate::MAX_DEPTH`], has a
/// document type declaration, another encoding, or is not well-formed. One without any alert is
/// no error.
pub fn read(bytes: &[u8]) -> Result<Reading, ParseError> {
    let text = foreign_text(bytes)?;
    let document = intake::tree(&text, MAX_READ_BYTES * 2)?;
    let (wrapper, alerts) = find_alerts(&document)?;
    let message = |(version, alert)| Message {
        version,
        at: node::path(alert),
        alert: parse::take(alert, version),
    };
    Ok(Reading {
        wrapper,
        messages: alerts.into_iter().map(message).collect(),
    })
}

/// The text of foreign bytes that are not too many. ISO-8859-1 may grow to twice its size.
pub(crate) fn foreign_text(bytes: &[u8]) -> Result<std::borrow::Cow<'_, str>, ParseError> {
    if bytes.len() > MAX_READ_BYTES {
        return Err(ParseError::start(parse::ParseFault::TooLarge));
    }
    text_of(bytes)
}
