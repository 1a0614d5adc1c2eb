//! A message as it came: read once, judged, kept with its octets.

use roxmltree::{Document, Node, ParsingOptions};
use serde::Serialize;

use super::grammar::{CAP, SIGNATURE, Wrong, check, text, time_ms};

/// The most elements and texts in one message.
const MOST_NODES: u32 = 20_000;

/// A message the intake keeps.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Message {
    /// Its place in the book, from 1; 0 before it is kept.
    pub seq: u64,
    /// Its name.
    pub identifier: String,
    /// Whose it is.
    pub sender: String,
    /// When it was sent, as written.
    pub sent: String,
    /// Whether it counts.
    pub status: Status,
    /// What it does.
    pub msg_type: MsgType,
    /// For whom it is.
    pub scope: Scope,
    /// The earlier messages it names.
    pub references: Vec<Reference>,
    /// Its texts, one for each language.
    pub infos: Vec<Info>,
    /// The last end of its texts in Unix milliseconds; without one it counts until it is canceled.
    pub expires_ms: Option<i64>,
    /// It carries a signature; nobody here verified it.
    pub signed: bool,
    /// The message that updated or canceled it.
    pub ended_by: Option<String>,
    /// How often the same octets came.
    pub times: u32,
    /// When it was kept, in Unix milliseconds.
    pub at_ms: u64,
    /// The octets as they came.
    #[serde(skip)]
    pub raw: Vec<u8>,
}

/// One text of a message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Info {
    /// Its language; the standard says en-US when the message does not.
    pub language: String,
    /// What happens.
    pub event: String,
    /// In a line.
    pub headline: String,
    /// What to do, in words of the standard.
    pub response_types: Vec<String>,
    /// The names of its areas.
    pub areas: Vec<String>,
}

/// An earlier message, by the three things that name it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reference {
    /// Its sender.
    pub sender: String,
    /// Its identifier.
    pub identifier: String,
    /// Its time, as written.
    pub sent: String,
}

/// Whether a message counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Status {
    /// For all.
    Actual,
    /// For those who exercise.
    Exercise,
    /// For machines.
    System,
    /// A technical test.
    Test,
    /// Not to be acted on.
    Draft,
}

/// What a message does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum MsgType {
    /// Begins an alert.
    Alert,
    /// Replaces what it references.
    Update,
    /// Ends what it references.
    Cancel,
    /// Acknowledges.
    Ack,
    /// Rejects.
    Error,
}

/// For whom a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub enum Scope {
    /// For all.
    Public,
    /// For those the restriction names.
    Restricted,
    /// For the addresses.
    Private,
}

/// Reads and judges the octets of a message.
pub(super) fn read(raw: &[u8]) -> Result<Message, Wrong> {
    let refused = |why| Wrong {
        why,
        element: String::new(),
    };
    let written = std::str::from_utf8(raw).map_err(|_| refused("encoding"))?;
    let options = ParsingOptions {
        allow_dtd: false,
        nodes_limit: MOST_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(written, options).map_err(|error| match error {
        roxmltree::Error::DtdDetected => refused("doctype"),
        _ => refused("xml"),
    })?;
    let alert = document.root_element();
    check(alert)?;
    let message = fold(alert, raw);
    prose(&message, alert)?;
    Ok(message)
}

/// Rules of the standard that hang on two elements.
fn prose(message: &Message, alert: Node<'_, '_>) -> Result<(), Wrong> {
    let wrong = |why, element: &str| {
        Err(Wrong {
            why,
            element: format!("alert/{element}"),
        })
    };
    if message.scope == Scope::Restricted && value(alert, "restriction").is_empty() {
        return wrong("missing", "restriction");
    }
    if message.scope == Scope::Private && value(alert, "addresses").is_empty() {
        return wrong("missing", "addresses");
    }
    let written = value(alert, "references");
    if message.references.len() != written.split_whitespace().count() {
        return wrong("references", "references");
    }
    Ok(())
}

/// What a checked alert says.
fn fold(alert: Node<'_, '_>, raw: &[u8]) -> Message {
    let infos: Vec<_> = all(alert, "info").collect();
    let ends: Option<Vec<i64>> = infos
        .iter()
        .map(|info| time_ms(value(*info, "expires")))
        .collect();
    Message {
        seq: 0,
        identifier: value(alert, "identifier").to_owned(),
        sender: value(alert, "sender").to_owned(),
        sent: value(alert, "sent").to_owned(),
        status: match value(alert, "status") {
            "Actual" => Status::Actual,
            "Exercise" => Status::Exercise,
            "System" => Status::System,
            "Test" => Status::Test,
            _ => Status::Draft,
        },
        msg_type: match value(alert, "msgType") {
            "Alert" => MsgType::Alert,
            "Update" => MsgType::Update,
            "Cancel" => MsgType::Cancel,
            "Ack" => MsgType::Ack,
            _ => MsgType::Error,
        },
        scope: match value(alert, "scope") {
            "Public" => Scope::Public,
            "Restricted" => Scope::Restricted,
            _ => Scope::Private,
        },
        references: value(alert, "references")
            .split_whitespace()
            .filter_map(reference)
            .collect(),
        infos: infos.into_iter().map(info).collect(),
        expires_ms: ends.and_then(|ends| ends.into_iter().max()),
        signed: alert
            .children()
            .any(|child| child.has_tag_name((SIGNATURE, "Signature"))),
        ended_by: None,
        times: 1,
        at_ms: 0,
        raw: raw.to_vec(),
    }
}

fn info(info: Node<'_, '_>) -> Info {
    let language = match value(info, "language") {
        "" => "en-US",
        written => written,
    };
    let texts = |name| all(info, name).map(|one| text(one).to_owned());
    Info {
        language: language.to_owned(),
        event: value(info, "event").to_owned(),
        headline: value(info, "headline").to_owned(),
        response_types: texts("responseType").collect(),
        areas: all(info, "area")
            .map(|area| value(area, "areaDesc").to_owned())
            .collect(),
    }
}

/// `sender,identifier,sent`.
fn reference(written: &str) -> Option<Reference> {
    let mut parts = written.split(',');
    let (sender, identifier, sent) = (parts.next()?, parts.next()?, parts.next()?);
    let whole = parts.next().is_none() && !sender.is_empty() && !identifier.is_empty();
    (whole && time_ms(sent).is_some()).then(|| Reference {
        sender: sender.to_owned(),
        identifier: identifier.to_owned(),
        sent: sent.to_owned(),
    })
}

fn all<'a, 'i>(
    parent: Node<'a, 'i>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'i>> + use<'a, 'i> {
    parent
        .children()
        .filter(move |child| child.has_tag_name((CAP, name)))
}

/// The text of the first child of this name; empty when there is none.
fn value<'a>(parent: Node<'a, '_>, name: &'static str) -> &'a str {
    all(parent, name).next().map(text).unwrap_or_default()
}
