//! From foreign bytes to a tree of elements, within bounds of size, depth and crowding.
//!
//! For: everything that reads XML here. Not for: what the elements mean.

pub(crate) mod node;
pub(crate) mod wrapper;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use roxmltree::{Document, ParsingOptions};

use crate::parse::{MAX_DEPTH, ParseError, ParseFault};

/// The largest foreign document that is read, in bytes (1.8 MB): larger than any alert in public
/// collections, the largest of which has 1.7 MB.
pub const MAX_READ_BYTES: usize = 1_800_000;

/// How many attributes one element may carry; the tree compares each with each.
const MAX_ATTRIBUTES: usize = 128;

/// How many namespace declarations a document may have; a tree inherits them downwards.
const MAX_DECLARATIONS: usize = 5_000;

/// More elements, texts and comments than any document of [`MAX_READ_BYTES`] needs.
const MAX_NODES: u32 = 300_000;

/// The tree of a document of at most `max_bytes`.
pub(crate) fn tree(text: &str, max_bytes: usize) -> Result<Document<'_>, ParseError> {
    if text.len() > max_bytes {
        return Err(ParseError::start(ParseFault::TooLarge));
    }
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    check_crowding(text)?;
    let options = ParsingOptions {
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).map_err(tree_error)
}

/// Refuses, in one pass and without building anything, what a tree would choke on.
///
/// What is not well-formed is left to the tree, which tells the place better.
fn check_crowding(text: &str) -> Result<(), ParseError> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let (mut depth, mut declarations) = (0_usize, 0_usize);
    loop {
        let before = reader.buffer_position();
        let refused = |fault| Err(ParseError::in_text(fault, text, before));
        match reader.read_event() {
            Ok(event) if is_malformed(&event) => return refused(ParseFault::NotWellFormed),
            Ok(Event::DocType(_)) => return refused(ParseFault::Dtd),
            Ok(Event::Start(tag)) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return refused(ParseFault::TooDeep);
                }
                if is_crowded(&tag, &mut declarations) {
                    return refused(ParseFault::Crowded);
                }
            }
            Ok(Event::Empty(tag)) => {
                if depth >= MAX_DEPTH {
                    return refused(ParseFault::TooDeep);
                }
                if is_crowded(&tag, &mut declarations) {
                    return refused(ParseFault::Crowded);
                }
            }
            Ok(Event::End(_)) => depth = depth.saturating_sub(1),
            Ok(Event::Eof) | Err(_) => return Ok(()),
            Ok(_) => {}
        }
    }
}

/// What is not well-formed though the tree would take it.
fn is_malformed(event: &Event<'_>) -> bool {
    match event {
        // A reference to half a character.
        Event::GeneralRef(name) => name.resolve_char_ref().is_err(),
        Event::Decl(declaration) => !declaration.version().is_ok_and(|version| {
            let digits = version.strip_prefix("1.").unwrap_or_default();
            !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
        }),
        Event::PI(instruction) => {
            let target = instruction.target();
            let odd = |c: char| c.is_ascii() && !c.is_ascii_alphanumeric() && !"_-.:".contains(c);
            target.is_empty() || target.contains(odd)
        }
        Event::Start(tag) | Event::Empty(tag) => tag.name().as_ref().starts_with(':'),
        _ => false,
    }
}

fn is_crowded(tag: &BytesStart<'_>, declarations: &mut usize) -> bool {
    let mut attributes = 0;
    // A broken attribute ends the count: the tree refuses the document there.
    for attribute in tag.attributes().with_checks(false).map_while(Result::ok) {
        attributes += 1;
        *declarations += usize::from(attribute.key.as_ref().starts_with("xmlns"));
        if attributes > MAX_ATTRIBUTES || *declarations > MAX_DECLARATIONS {
            return true;
        }
    }
    false
}

fn tree_error(error: roxmltree::Error) -> ParseError {
    let fault = match error {
        roxmltree::Error::DtdDetected => ParseFault::Dtd,
        roxmltree::Error::NodesLimitReached => ParseFault::TooLarge,
        _ => ParseFault::NotWellFormed,
    };
    let place = error.pos();
    ParseError {
        fault,
        line: place.row,
        column: place.col,
    }
}
