//! What lies around alerts: nothing, an Atom or RSS feed, an EDXL-DE distribution, or else.
//!
//! For: finding every alert in a document, and the faults of the wrapper itself. Not for: what a
//! feed merely links to; nothing is fetched.
//!
//! Sources: RFC 4287 (Atom), RSS 2.0 of the RSS Advisory Board, OASIS EDXL-DE 1.0.

use std::fmt;

use roxmltree::{Document, Node};

use super::node::{child, children, text_of};
use crate::finding::Findings;
use crate::parse::{ParseError, ParseFault};
use crate::schema::{self, edxl, values};
use crate::version::Version;

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// What a document is, besides the alerts in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wrapper {
    /// The alert is the document.
    None,
    /// An Atom feed or entry.
    Atom,
    /// An RSS feed.
    Rss,
    /// An EDXL-DE distribution.
    Edxl,
    /// Some other document with an alert inside.
    Other,
    /// Neither an alert nor anything that carries alerts.
    Stranger,
}

impl Wrapper {
    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Wrapper::None => "none",
            Wrapper::Atom => "atom",
            Wrapper::Rss => "rss",
            Wrapper::Edxl => "edxl-de",
            Wrapper::Other => "other",
            Wrapper::Stranger => "not-cap",
        }
    }
}

impl fmt::Display for Wrapper {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The most messages that are taken from one document.
const MAX_MESSAGES: usize = 1_000;

/// What is around the alerts of a document, and the alerts.
type Found<'a, 'i> = (Wrapper, Vec<(Version, Node<'a, 'i>)>);

/// The alerts of a document, outermost ones only, and what is around them; too many are refused.
pub(crate) fn find_alerts<'a, 'i>(document: &'a Document<'i>) -> Result<Found<'a, 'i>, ParseError> {
    let root = document.root_element();
    let mut alerts = Vec::new();
    let mut open = vec![root];
    while let Some(node) = open.pop() {
        match version_of(node) {
            Some(version) => alerts.push((version, node)),
            None => open.extend(node.children().rev().filter(Node::is_element)),
        }
    }
    if alerts.len() > MAX_MESSAGES {
        return Err(ParseError::start(ParseFault::TooLarge));
    }
    let name = root.tag_name();
    let wrapper = match (name.namespace(), name.name()) {
        _ if version_of(root).is_some() => Wrapper::None,
        (Some(ATOM), "feed" | "entry") => Wrapper::Atom,
        (None, "rss") => Wrapper::Rss,
        (Some(namespace), "EDXLDistribution") if namespace.contains(":EDXL:DE:") => Wrapper::Edxl,
        _ if alerts.is_empty() => Wrapper::Stranger,
        _ => Wrapper::Other,
    };
    Ok((wrapper, alerts))
}

fn version_of(node: Node<'_, '_>) -> Option<Version> {
    (node.tag_name().name() == "alert")
        .then(|| Version::of_namespace(node.tag_name().namespace()?))?
}

/// Adds what is wrong with the wrapper itself.
pub(crate) fn check(root: Node<'_, '_>, wrapper: Wrapper, out: &mut Findings) {
    match wrapper {
        Wrapper::None | Wrapper::Other => {}
        Wrapper::Atom => check_atom(root, out),
        Wrapper::Rss => check_rss(root, out),
        Wrapper::Edxl => check_distribution(root, out),
        Wrapper::Stranger => {
            let sentence = if root.tag_name().name() == "alert" {
                "The root is an alert, but its namespace is not that of CAP 1.0, 1.1 or 1.2."
            } else {
                "This is neither a CAP alert nor a document that carries one."
            };
            out.error(root, "not-cap", sentence.to_owned());
        }
    }
}

fn check_distribution(root: Node<'_, '_>, out: &mut Findings) {
    if root.tag_name().namespace() != Some(edxl::NAMESPACE) {
        return;
    }
    schema::check_edxl(root, out);
    for object in children(root, "contentObject") {
        let kinds = ["nonXMLContent", "xmlContent"];
        let held = kinds.iter().filter(|kind| child(object, kind).is_some());
        if held.count() != 1 {
            let sentence = "It must hold either nonXMLContent or xmlContent.".to_owned();
            out.error(object, "element-missing", sentence);
        }
    }
}

/// Elements of Atom: those needed once, those allowed once, those allowed often.
struct AtomModel {
    needed: &'static [&'static str],
    once: &'static [&'static str],
    often: &'static [&'static str],
}

const FEED: AtomModel = AtomModel {
    needed: &["id", "title", "updated"],
    once: &["generator", "icon", "logo", "rights", "subtitle"],
    often: &["author", "category", "contributor", "link", "entry"],
};

const ENTRY: AtomModel = AtomModel {
    needed: &["id", "title", "updated"],
    once: &["content", "published", "rights", "source", "summary"],
    often: &["author", "category", "contributor", "link"],
};

fn check_atom(root: Node<'_, '_>, out: &mut Findings) {
    if root.tag_name().name() == "entry" {
        check_entry(root, false, out);
        return;
    }
    check_atom_model(root, &FEED, out);
    let authored = child(root, "author").is_some();
    for entry in children(root, "entry") {
        check_entry(entry, authored, out);
    }
}

fn check_entry(entry: Node<'_, '_>, authored: bool, out: &mut Findings) {
    check_atom_model(entry, &ENTRY, out);
    let source = child(entry, "source").and_then(|source| child(source, "author"));
    if !authored && source.is_none() && child(entry, "author").is_none() {
        let sentence = "author is missing, here and in the feed.".to_owned();
        out.error(entry, "element-missing", sentence);
    }
    let alternate = |link: Node<'_, '_>| link.attribute("rel").is_none_or(|rel| rel == "alternate");
    if child(entry, "content").is_none() && !children(entry, "link").any(alternate) {
        let sentence = "An entry without content needs a link to what it is about.".to_owned();
        out.error(entry, "element-missing", sentence);
    }
}

fn check_atom_model(parent: Node<'_, '_>, model: &AtomModel, out: &mut Findings) {
    for name in model.needed {
        if child(parent, name).is_none() {
            out.error(parent, "element-missing", format!("{name} is missing."));
        }
    }
    let mut seen = Vec::new();
    for node in parent.children().filter(Node::is_element) {
        let name = node.tag_name().name();
        if node.tag_name().namespace() != Some(ATOM) || model.often.contains(&name) {
            continue;
        }
        let single = model
            .needed
            .iter()
            .chain(model.once)
            .find(|one| **one == name);
        let Some(single) = single else {
            let sentence = "Atom has no such element here.".to_owned();
            out.error(node, "element-unknown", sentence);
            continue;
        };
        if seen.contains(single) {
            let sentence = format!("{single} may come only once.");
            out.error(node, "element-repeated", sentence);
            continue;
        }
        seen.push(*single);
        let dated = matches!(name, "updated" | "published");
        if dated && values::date_time(text_of(node).trim()).is_none_or(|time| time.offset.is_none())
        {
            let sentence = "The value is no date and time with an offset.".to_owned();
            out.error(node, "value", sentence);
        }
    }
}

fn check_rss(root: Node<'_, '_>, out: &mut Findings) {
    if root.attribute("version").is_none() {
        out.error(root, "attribute", "The version is missing.".to_owned());
    }
    let Some(channel) = child(root, "channel") else {
        out.error(root, "element-missing", "channel is missing.".to_owned());
        return;
    };
    for name in ["title", "link", "description"] {
        if child(channel, name).is_none() {
            out.error(channel, "element-missing", format!("{name} is missing."));
        }
    }
    for item in children(channel, "item") {
        if child(item, "title").is_none() && child(item, "description").is_none() {
            let sentence = "An item needs a title or a description.".to_owned();
            out.error(item, "element-missing", sentence);
        }
    }
}
