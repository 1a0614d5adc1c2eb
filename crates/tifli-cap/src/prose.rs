//! What breaks the prose of the specification, geometry or good sense, though the schema lets it
//! pass. All of it warnings: real messages do such things and must be read all the same.
//!
//! For: `verdict`. Not for: what we write ourselves (see `check`, which refuses), or profiles.
//!
//! Source: OASIS "Common Alerting Protocol Version 1.2", section 3, and the data dictionaries of
//! 1.0 and 1.1.

mod area;
mod info;
mod ring;

use roxmltree::Node;

use crate::finding::Findings;
use crate::intake::node::{child, text_of};
use crate::reference::Reference;
use crate::schema::values;
use crate::syntax;
use crate::time::CapTime;
use crate::version::Version;

/// Elements that must say something.
const NEVER_BLANK: [&str; 8] = [
    "identifier",
    "sender",
    "event",
    "areaDesc",
    "resourceDesc",
    "mimeType",
    "valueName",
    "value",
];

/// Adds a warning for everything doubtful in this `alert`.
pub(crate) fn check(alert: Node<'_, '_>, version: Version, out: &mut Findings) {
    for name in ["identifier", "sender"] {
        check_name(alert, name, out);
    }
    check_audience(alert, out);
    check_relation(alert, version, out);
    for leaf in leaves(alert) {
        check_text(leaf, out);
        if matches!(
            leaf.tag_name().name(),
            "sent" | "effective" | "onset" | "expires"
        ) {
            check_time(leaf, version, out);
        }
    }
    info::check(alert, version, out);
}

/// The text of a child, without white space around it; a blank one counts as absent.
fn said(node: Node<'_, '_>, name: &'static str) -> Option<String> {
    let text = text_of(child(node, name)?);
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// The time that a child tells.
fn time(node: Node<'_, '_>, name: &'static str) -> Option<CapTime> {
    values::any_time(&said(node, name)?)
}

/// The CAP elements without elements in them, signatures left out.
fn leaves<'a, 'i>(alert: Node<'a, 'i>) -> impl Iterator<Item = Node<'a, 'i>> {
    let namespace = alert.tag_name().namespace();
    alert.descendants().filter(move |node| {
        node.is_element()
            && node.tag_name().namespace() == namespace
            && !node.children().any(|inner| inner.is_element())
    })
}

fn check_name(alert: Node<'_, '_>, name: &'static str, out: &mut Findings) {
    let Some(node) = child(alert, name) else {
        return;
    };
    let text = text_of(node);
    if !text.trim().is_empty() && !syntax::is_identifier(&text) {
        let sentence = format!("{name} holds a blank, a comma, < or &.");
        out.warning(node, "name-characters", &sentence);
    }
}

fn check_audience(alert: Node<'_, '_>, out: &mut Findings) {
    let scope = said(alert, "scope").unwrap_or_default();
    if scope == "Restricted" && said(alert, "restriction").is_none() {
        let sentence = "restriction is needed when the scope is Restricted.";
        out.warning(alert, "restriction-missing", sentence);
    }
    if scope == "Private" && said(alert, "addresses").is_none() {
        let sentence = "addresses are needed when the scope is Private.";
        out.warning(alert, "addresses-missing", sentence);
    }
}

fn check_relation(alert: Node<'_, '_>, version: Version, out: &mut Findings) {
    let kind = said(alert, "msgType").unwrap_or_default();
    let references = said(alert, "references");
    if matches!(kind.as_str(), "Update" | "Cancel" | "Ack" | "Error") && references.is_none() {
        let sentence = format!("references are needed in a message of type {kind}.");
        out.warning(alert, "references-missing", &sentence);
    }
    if said(alert, "note").is_none() {
        if kind == "Error" {
            let sentence = "An Error should explain itself in a note.";
            out.warning(alert, "note-missing", sentence);
        } else if said(alert, "status").as_deref() == Some("Exercise") {
            let sentence = "An Exercise should name itself in a note.";
            out.warning(alert, "note-missing", sentence);
        }
    }
    let Some(node) = child(alert, "references") else {
        return;
    };
    // Before 1.1 a reference had another form.
    if version == Version::V1_0 {
        return;
    }
    let (sender, identifier) = (said(alert, "sender"), said(alert, "identifier"));
    for item in references.unwrap_or_default().split_whitespace() {
        let Some(named) = Reference::from_any_version(item) else {
            let sentence = "A reference is not of the form sender,identifier,sent.";
            out.warning(node, "reference-form", sentence);
            continue;
        };
        if sender.as_ref() == Some(&named.sender) && identifier.as_ref() == Some(&named.identifier)
        {
            let sentence = "The message names itself among its references.";
            out.warning(node, "reference-to-itself", sentence);
        }
    }
}

fn check_text(leaf: Node<'_, '_>, out: &mut Findings) {
    let text = text_of(leaf);
    let name = leaf.tag_name().name();
    // Many services send parameters without a value; nothing forbids it.
    let of_parameter = leaf
        .parent()
        .is_some_and(|parent| parent.tag_name().name() == "parameter");
    if NEVER_BLANK.contains(&name) && !of_parameter && text.trim().is_empty() {
        out.warning(leaf, "blank", &format!("{name} is blank."));
    }
    if text.chars().any(syntax::is_bidi_control) {
        let sentence = "The text holds invisible marks that change its direction.";
        out.warning(leaf, "bidi-control", sentence);
    }
    let odd = |c: char| (c.is_control() && !"\t\n\r".contains(c)) || syntax::is_noncharacter(c);
    if text.chars().any(odd) {
        let sentence = "The text holds control characters.";
        out.warning(leaf, "control-character", sentence);
    }
}

fn check_time(leaf: Node<'_, '_>, version: Version, out: &mut Findings) {
    let text = text_of(leaf);
    let text = text.trim();
    if values::date_time(text).is_none() {
        return;
    }
    if version != Version::V1_2 && !values::is_cap_form(text) {
        let sentence = "The time is not of the form 2026-11-22T09:30:00+01:00.";
        out.warning(leaf, "time-form", sentence);
    } else if version == Version::V1_2 && text.ends_with("+00:00") {
        let sentence = "UTC is to be written as -00:00.";
        out.warning(leaf, "utc-sign", sentence);
    }
}
