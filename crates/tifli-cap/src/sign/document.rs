//! Opening a document for signing or judging: bounded, without a DTD, an `alert` of CAP.
//!
//! Not for: reading the message. Whatever passes here may still be no valid CAP.

use roxmltree::{Document, Node, ParsingOptions};

use super::DSIG;
use crate::parse::MAX_DEPTH;
use crate::{MAX_BYTES, NAMESPACE};

/// The namespaces of CAP 1.2, 1.1 and 1.0.
const CAP: &[&str] = &[
    NAMESPACE,
    "urn:oasis:names:tc:emergency:cap:1.1",
    "http://www.incident.com/cap/1.0",
];

/// More elements, texts and comments than any alert of [`MAX_BYTES`] needs.
const MAX_NODES: u32 = 300_000;

/// More declarations of namespaces than any alert needs: trees and canonical forms grow with them.
const MAX_DECLARATIONS: usize = 1000;

/// More attributes, and more namespaces in scope, than any element of an alert needs.
const MAX_PER_ELEMENT: usize = 64;

/// Why a document is not one whose signature can be made or judged. It never tells its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentFault {
    /// It is larger than [`MAX_BYTES`].
    #[error("the document is too large")]
    TooLarge,
    /// Elements are nested deeper than [`MAX_DEPTH`].
    #[error("elements are nested too deeply")]
    TooDeep,
    /// An element has more namespaces or attributes than any alert needs.
    #[error("there are too many namespaces or attributes")]
    Crowded,
    /// It has a document type declaration.
    #[error("a document type declaration is not taken")]
    DocumentType,
    /// It is neither UTF-8 nor declared as ISO-8859-1.
    #[error("the encoding is not taken")]
    Encoding,
    /// It is not well-formed XML.
    #[error("not well-formed XML")]
    NotWellFormed,
    /// The root is not the `alert` of CAP 1.0, 1.1 or 1.2.
    #[error("not a CAP alert")]
    NotCap,
}

/// Reads the tree of an alert.
pub(super) fn open(text: &str) -> Result<Document<'_>, DocumentFault> {
    if text.len() > MAX_BYTES {
        return Err(DocumentFault::TooLarge);
    }
    if text.matches("xmlns").count() > MAX_DECLARATIONS {
        return Err(DocumentFault::Crowded);
    }
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    let options = ParsingOptions {
        nodes_limit: MAX_NODES,
        ..ParsingOptions::default()
    };
    let document = Document::parse_with_options(text, options).map_err(|error| match error {
        roxmltree::Error::DtdDetected => DocumentFault::DocumentType,
        roxmltree::Error::NodesLimitReached => DocumentFault::TooLarge,
        _ => DocumentFault::NotWellFormed,
    })?;
    let root = document.root_element();
    if is_too_deep(root) {
        return Err(DocumentFault::TooDeep);
    }
    if root.descendants().any(is_crowded) {
        return Err(DocumentFault::Crowded);
    }
    let namespace = root.tag_name().namespace().unwrap_or_default();
    if root.tag_name().name() != "alert" || !CAP.contains(&namespace) {
        return Err(DocumentFault::NotCap);
    }
    Ok(document)
}

/// Every `Signature` anywhere in the document.
pub(super) fn signatures<'a, 'i>(document: &'a Document<'i>) -> Vec<Node<'a, 'i>> {
    let all = document.root_element().descendants();
    all.filter(|node| node.has_tag_name((DSIG, "Signature")))
        .collect()
}

/// Whether an element holds both a comment and text. Comments are not signed, and a reader that
/// stops at one reads another text than was signed.
pub(super) fn has_comment_in_text(document: &Document<'_>) -> bool {
    document
        .descendants()
        .any(|node| node.children().any(|child| child.is_comment()) && node.children().any(is_said))
}

/// Whether a node is text that says something.
pub(super) fn is_said(node: Node<'_, '_>) -> bool {
    node.is_text() && !node.text().unwrap_or_default().trim().is_empty()
}

fn is_crowded(node: Node<'_, '_>) -> bool {
    node.namespaces().len() > MAX_PER_ELEMENT || node.attributes().len() > MAX_PER_ELEMENT
}

fn is_too_deep(root: Node<'_, '_>) -> bool {
    let mut open = vec![(root, 1)];
    while let Some((node, depth)) = open.pop() {
        if depth > MAX_DEPTH {
            return true;
        }
        let inner = node.children().filter(Node::is_element);
        open.extend(inner.map(|child| (child, depth + 1)));
    }
    false
}
