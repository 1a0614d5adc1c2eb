//! The OASIS schemas of CAP 1.0, 1.1 and 1.2, as tables and one small machine that walks them.
//!
//! For: the same verdict as a schema validator, with sentences for people. Not for: rules of the
//! specification's prose (see `prose`).
//!
//! Where libxml2 and the letter of XML Schema part, libxml2 is followed: it is what everybody runs.

mod tables;
pub(crate) mod uri;
pub(crate) mod values;

use roxmltree::{Node, NodeType};

use crate::finding::Findings;
use crate::intake::node;
use crate::version::Version;

pub(crate) use tables::{Content, Sequence, edxl};

/// The namespace of XML signatures, which alone may follow the content of a CAP 1.2 alert.
const XMLDSIG: &str = "http://www.w3.org/2000/09/xmldsig#";

/// The namespace of XML Schema itself.
const XSD: &str = "http://www.w3.org/2001/XMLSchema";

/// The namespace of the attributes that any element may carry.
const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// Adds an error for everything in this `alert` that its schema forbids.
pub(crate) fn check(alert: Node<'_, '_>, version: Version, out: &mut Findings) {
    let walk = Walk {
        namespace: version.namespace(),
    };
    walk.sequence(alert, tables::alert(version), out);
}

/// Adds an error for everything in this EDXL-DE 1.0 distribution that its schema forbids, except
/// inside of what it carries.
pub(crate) fn check_edxl(root: Node<'_, '_>, out: &mut Findings) {
    let walk = Walk {
        namespace: edxl::NAMESPACE,
    };
    walk.sequence(root, &edxl::DISTRIBUTION, out);
}

struct Walk {
    namespace: &'static str,
}

/// How far the children of an element have been matched.
struct Cursor {
    slot: usize,
    taken: usize,
    misplaced: bool,
    signed: bool,
}

impl Walk {
    fn sequence(&self, parent: Node<'_, '_>, model: &'static Sequence, out: &mut Findings) {
        check_attributes(parent, false, out);
        let mut cursor = Cursor {
            slot: 0,
            taken: 0,
            misplaced: false,
            signed: false,
        };
        for child in parent.children() {
            match child.node_type() {
                NodeType::Element => self.child(child, model, &mut cursor, out),
                NodeType::Text if !is_blank(child.text().unwrap_or_default()) => {
                    out.error(
                        parent,
                        "stray-text",
                        "There is text where only elements may stand.".to_owned(),
                    );
                }
                _ => {}
            }
        }
        let rest = model.slots.iter().enumerate().skip(cursor.slot);
        for (index, slot) in rest {
            let taken = if index == cursor.slot {
                cursor.taken
            } else {
                0
            };
            let elsewhere = cursor.misplaced && node::child(parent, slot.name).is_some();
            if slot.is_needed() && taken == 0 && !elsewhere {
                let sentence = format!("{} is missing.", slot.name);
                out.error(parent, "element-missing", sentence);
            }
        }
    }

    fn child(
        &self,
        child: Node<'_, '_>,
        model: &'static Sequence,
        cursor: &mut Cursor,
        out: &mut Findings,
    ) {
        let name = child.tag_name().name();
        if child.tag_name().namespace() != Some(self.namespace) {
            self.foreign(child, model, cursor, out);
            return;
        }
        let all = model.slots;
        let ahead = (cursor.slot..all.len()).find(|index| all[*index].name == name);
        let Some(index) = ahead else {
            if let Some(slot) = all.last().filter(|last| cursor.signed && last.name == name) {
                // libxml2 takes the last kind of element behind a signature too.
                out.warning(
                    child,
                    "signature-not-last",
                    "The signature must stand last.",
                );
                self.content(child, slot.content, out);
                return;
            }
            cursor.misplaced = true;
            let behind = all.iter().find(|slot| slot.name == name);
            if let Some(slot) = behind {
                let place = all
                    .get(cursor.slot)
                    .map_or("the signature", |slot| slot.name);
                let sentence = format!("{name} stands behind {place} but belongs before it.");
                out.error(child, "element-order", sentence);
                self.content(child, slot.content, out);
            } else {
                let parent = child.parent().map_or("", |parent| parent.tag_name().name());
                let sentence = format!("There is no such element inside {parent}.");
                out.error(child, "element-unknown", sentence);
            }
            return;
        };
        self.advance(child, model, (cursor, index), out);
        self.content(child, all[index].content, out);
    }

    /// Moves on to the slot of this child, complaining about what was skipped or comes again.
    fn advance(
        &self,
        child: Node<'_, '_>,
        model: &'static Sequence,
        (cursor, index): (&mut Cursor, usize),
        out: &mut Findings,
    ) {
        let all = model.slots;
        if index == cursor.slot {
            if cursor.taken > 0 && !all[index].may_repeat() {
                let sentence = format!("{} may come only once.", all[index].name);
                out.error(child, "element-repeated", sentence);
            }
            cursor.taken += 1;
            return;
        }
        for skipped in cursor.slot..index {
            let taken = skipped == cursor.slot && cursor.taken > 0;
            if all[skipped].is_needed() && !taken {
                let (wanted, met) = (all[skipped].name, all[index].name);
                let later = child
                    .parent()
                    .is_some_and(|parent| node::child(parent, wanted).is_some());
                let (code, sentence) = if later {
                    (
                        "element-order",
                        format!("{wanted} must stand before {met}."),
                    )
                } else {
                    (
                        "element-missing",
                        format!("{wanted} is missing before {met}."),
                    )
                };
                out.error(child, code, sentence);
            }
        }
        (cursor.slot, cursor.taken) = (index, 1);
    }

    fn foreign(
        &self,
        child: Node<'_, '_>,
        model: &'static Sequence,
        cursor: &mut Cursor,
        out: &mut Findings,
    ) {
        let namespace = child.tag_name().namespace();
        let allowed = match model.foreign {
            Foreign::No => false,
            Foreign::Signature => namespace == Some(XMLDSIG),
            Foreign::Any => namespace.is_some(),
        };
        if !allowed {
            let sentence = "An element of another namespace may not stand here.".to_owned();
            out.error(child, "element-foreign", sentence);
            return;
        }
        let all = model.slots;
        for index in cursor.slot..all.len() {
            let taken = index == cursor.slot && cursor.taken > 0;
            if all[index].is_needed() && !taken {
                cursor.misplaced = true;
                let sentence = format!("{} must stand before the signature.", all[index].name);
                out.error(child, "element-order", sentence);
            }
        }
        (cursor.slot, cursor.taken) = (all.len(), 0);
        if model.foreign == Foreign::Signature {
            cursor.signed = true;
            self.lax(child, out);
        }
    }

    /// Inside a signature only what the schema of CAP knows by name is looked at.
    fn lax(&self, signature: Node<'_, '_>, out: &mut Findings) {
        let mut open = vec![signature];
        while let Some(node) = open.pop() {
            for child in node.children().filter(Node::is_element) {
                if child.tag_name().namespace() != Some(self.namespace) {
                    open.push(child);
                    continue;
                }
                match child.tag_name().name() {
                    "alert" => self.sequence(child, tables::alert(Version::V1_2), out),
                    "valueName" | "value" => self.content(child, Content::Text, out),
                    _ => open.push(child),
                }
            }
        }
    }

    fn content(&self, node: Node<'_, '_>, content: Content, out: &mut Findings) {
        match content {
            Content::Inside(model) => self.sequence(node, model, out),
            Content::Open => {}
            _ => {
                check_attributes(node, matches!(content, Content::Text), out);
                if node.children().any(|child| child.is_element()) {
                    let sentence = "There is an element where only text may stand.".to_owned();
                    out.error(node, "stray-element", sentence);
                } else if let Some(sentence) = values::fault(content, &node::text_of(node)) {
                    out.error(node, "value", sentence);
                }
            }
        }
    }
}

/// What may follow the elements of a sequence.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Foreign {
    No,
    Signature,
    Any,
}

fn check_attributes(node: Node<'_, '_>, is_text: bool, out: &mut Findings) {
    for attribute in node.attributes() {
        let of_schema = attribute.namespace() == Some(XSI);
        let allowed = match attribute.name() {
            "schemaLocation" | "noNamespaceSchemaLocation" => true,
            "type" => is_text && is_text_type(node, attribute.value()),
            _ => false,
        };
        if !of_schema || !allowed {
            let sentence = "An attribute may not stand here; CAP has none.".to_owned();
            out.error(node, "attribute", sentence);
            return;
        }
    }
}

/// Whether this name of a type stands for one of those that take any text.
fn is_text_type(node: Node<'_, '_>, name: &str) -> bool {
    let (prefix, local) = name.trim().split_once(':').unwrap_or(("", name));
    let prefix = Some(prefix).filter(|prefix| !prefix.is_empty());
    node.lookup_namespace_uri(prefix) == Some(XSD)
        && matches!(local, "string" | "normalizedString" | "token")
}

fn is_blank(text: &str) -> bool {
    text.bytes()
        .all(|byte| matches!(byte, b' ' | b'\t' | b'\n' | b'\r'))
}
