//! Canonical XML, inclusive and exclusive, without comments: the octets that are digested.
//!
//! It is written over the very tree the reader reads, so that what was verified is what is read.
//! For: a whole document without its signature, and `SignedInfo`. Not for: node sets picked by
//! XPath, comments, or documents with a DTD (which are refused before).
//!
//! Sources: W3C "Canonical XML Version 1.0" §2.3 and §2.4, "Exclusive XML Canonicalization 1.0" §3.

use roxmltree::{Attribute, Document, Node, NodeId};

const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Which namespaces an element declares in the canonical form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Method {
    /// All that are in scope and were not declared around it.
    Inclusive,
    /// Those it uses itself, and the listed prefixes (empty for the default) wherever in scope.
    Exclusive(Vec<String>),
}

/// The canonical form of a document, leaving out the element `without` and all in it.
pub(super) fn of_document(
    document: &Document<'_>,
    without: Option<NodeId>,
    method: &Method,
) -> String {
    let mut out = Canonical::new(document, without, method);
    let mut root_seen = false;
    for node in document.root().children() {
        if node.is_element() {
            out.element(node);
            root_seen = true;
        } else if node.is_pi() && !root_seen {
            out.instruction(node);
            out.text.push('\n');
        } else if node.is_pi() {
            out.text.push('\n');
            out.instruction(node);
        }
    }
    out.text
}

/// The canonical form of one element with all in it.
pub(super) fn of_element(apex: Node<'_, '_>, method: &Method) -> String {
    let mut out = Canonical::new(apex.document(), None, method);
    out.inherited = inherited_xml_attributes(apex, method);
    out.element(apex);
    out.text
}

/// Whether elements around this one hold `xml:` attributes, on which the versions of inclusive
/// canonicalization disagree.
pub(super) fn inherits_xml_attributes(apex: Node<'_, '_>) -> bool {
    !inherited_xml_attributes(apex, &Method::Inclusive).is_empty()
}

fn inherited_xml_attributes<'a, 'i>(apex: Node<'a, 'i>, method: &Method) -> Vec<Attribute<'a, 'i>> {
    let mut found: Vec<Attribute<'a, 'i>> = Vec::new();
    if *method != Method::Inclusive {
        return found;
    }
    for around in apex.ancestors().skip(1) {
        for attribute in around.attributes().filter(is_xml) {
            let taken = apex
                .attributes()
                .chain(found.iter().copied())
                .any(|known| is_xml(&known) && known.name() == attribute.name());
            if !taken {
                found.push(attribute);
            }
        }
    }
    found
}

fn is_xml(attribute: &Attribute<'_, '_>) -> bool {
    attribute.namespace() == Some(XML)
}

struct Canonical<'a, 'i> {
    source: &'a str,
    without: Option<NodeId>,
    method: &'a Method,
    /// `xml:` attributes the first element takes over from those around it.
    inherited: Vec<Attribute<'a, 'i>>,
    /// The namespaces declared so far around the place being written, innermost last.
    declared: Vec<(&'a str, &'a str)>,
    text: String,
}

impl<'a, 'i> Canonical<'a, 'i> {
    fn new(
        document: &'a Document<'i>,
        without: Option<NodeId>,
        method: &'a Method,
    ) -> Canonical<'a, 'i> {
        Canonical {
            source: document.input_text(),
            without,
            method,
            inherited: Vec::new(),
            declared: Vec::new(),
            text: String::new(),
        }
    }

    fn element(&mut self, node: Node<'a, 'i>) {
        if self.without == Some(node.id()) {
            return;
        }
        let outside = self.declared.len();
        let name = element_name(self.source, node);
        self.text.push('<');
        self.text.push_str(name);
        self.namespaces(node, prefix_of(name));
        self.attributes(node);
        self.text.push('>');
        for child in node.children() {
            if child.is_element() {
                self.element(child);
            } else if child.is_text() {
                escape_text(child.text().unwrap_or_default(), &mut self.text);
            } else if child.is_pi() {
                self.instruction(child);
            }
        }
        self.text.push_str("</");
        self.text.push_str(name);
        self.text.push('>');
        self.declared.truncate(outside);
    }

    fn namespaces(&mut self, node: Node<'a, 'i>, own_prefix: &'a str) {
        let used: Vec<&str> = node
            .attributes()
            .map(|attribute| prefix_of(attribute_name(self.source, &attribute)))
            .filter(|prefix| !prefix.is_empty())
            .chain([own_prefix])
            .collect();
        let mut fresh: Vec<(&'a str, &'a str)> = in_scope(node)
            .into_iter()
            .filter(|(prefix, uri)| {
                self.must_show(prefix, &used) && self.declared_as(prefix) != *uri
            })
            .collect();
        fresh.sort_unstable();
        for (prefix, uri) in fresh {
            match prefix {
                "" => self.text.push_str(" xmlns=\""),
                prefix => {
                    self.text.push_str(" xmlns:");
                    self.text.push_str(prefix);
                    self.text.push_str("=\"");
                }
            }
            escape_attribute(uri, &mut self.text);
            self.text.push('"');
            self.declared.push((prefix, uri));
        }
    }

    fn must_show(&self, prefix: &str, used: &[&str]) -> bool {
        match self.method {
            Method::Inclusive => true,
            Method::Exclusive(listed) => {
                used.contains(&prefix) || listed.iter().any(|one| one == prefix)
            }
        }
    }

    /// The namespace a prefix stands for at this place of the output; empty for none.
    fn declared_as(&self, prefix: &str) -> &'a str {
        let known = self.declared.iter().rev().find(|(one, _)| *one == prefix);
        known.map_or("", |(_, uri)| uri)
    }

    fn attributes(&mut self, node: Node<'a, 'i>) {
        let inherited = std::mem::take(&mut self.inherited);
        let mut all: Vec<Attribute<'a, 'i>> = node.attributes().chain(inherited).collect();
        all.sort_unstable_by_key(|one| (one.namespace().unwrap_or_default(), one.name()));
        for attribute in all {
            self.text.push(' ');
            self.text.push_str(attribute_name(self.source, &attribute));
            self.text.push_str("=\"");
            escape_attribute(attribute.value(), &mut self.text);
            self.text.push('"');
        }
    }

    fn instruction(&mut self, node: Node<'a, 'i>) {
        let Some(instruction) = node.pi() else { return };
        self.text.push_str("<?");
        self.text.push_str(instruction.target);
        if let Some(value) = instruction.value.filter(|value| !value.is_empty()) {
            self.text.push(' ');
            push_escaped(value, &mut self.text, |c| (c == '\r').then_some("&#xD;"));
        }
        self.text.push_str("?>");
    }
}

/// The namespaces at an element by prefix; the default one is always listed, empty for none.
fn in_scope<'a>(node: Node<'a, '_>) -> Vec<(&'a str, &'a str)> {
    let mut all: Vec<(&str, &str)> = node
        .namespaces()
        .filter(|namespace| namespace.uri() != XML)
        .map(|namespace| (namespace.name().unwrap_or_default(), namespace.uri()))
        .collect();
    if all.iter().all(|(prefix, _)| !prefix.is_empty()) {
        all.push(("", ""));
    }
    all
}

/// The name as written, with its prefix: two prefixes may stand for one namespace.
fn element_name<'a>(source: &'a str, node: Node<'_, '_>) -> &'a str {
    let inside = &source[node.range().start + 1..];
    let end = inside.find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'));
    &inside[..end.unwrap_or(inside.len())]
}

fn attribute_name<'a>(source: &'a str, attribute: &Attribute<'_, '_>) -> &'a str {
    let inside = &source[attribute.range().start..];
    let end = inside.find(|c: char| c.is_ascii_whitespace() || c == '=');
    &inside[..end.unwrap_or(inside.len())]
}

fn prefix_of(name: &str) -> &str {
    name.split_once(':').map_or("", |(prefix, _)| prefix)
}

fn escape_text(text: &str, out: &mut String) {
    push_escaped(text, out, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '>' => Some("&gt;"),
        '\r' => Some("&#xD;"),
        _ => None,
    });
}

fn escape_attribute(value: &str, out: &mut String) {
    push_escaped(value, out, |c| match c {
        '&' => Some("&amp;"),
        '<' => Some("&lt;"),
        '"' => Some("&quot;"),
        '\t' => Some("&#x9;"),
        '\n' => Some("&#xA;"),
        '\r' => Some("&#xD;"),
        _ => None,
    });
}

fn push_escaped(text: &str, out: &mut String, by: impl Fn(char) -> Option<&'static str>) {
    for c in text.chars() {
        match by(c) {
            Some(reference) => out.push_str(reference),
            None => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests;
