//! A thin hand on the XML writer: elements, leaves, and no white space between them.
//!
//! For: `write`, `atom` and `rss`. Not for: reading, and not for judging text: what is given here was
//! checked before.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// An XML document in UTF-8 that is being written.
pub(crate) struct XmlOut(Writer<Vec<u8>>);

impl XmlOut {
    /// A document that holds the XML declaration.
    pub(crate) fn new() -> XmlOut {
        let mut out = XmlOut(Writer::new(Vec::new()));
        out.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        out
    }

    /// An element with attributes and whatever `inside` writes.
    pub(crate) fn element(
        &mut self,
        name: &'static str,
        attributes: &[(&str, &str)],
        inside: impl FnOnce(&mut XmlOut),
    ) {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.event(Event::Start(start));
        inside(self);
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element without content.
    pub(crate) fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        let start = BytesStart::new(name).with_attributes(attributes.iter().copied());
        self.event(Event::Empty(start));
    }

    /// An element that holds text only.
    pub(crate) fn leaf(&mut self, name: &'static str, text: &str) {
        self.text_element(name, &[], text);
    }

    /// An element with attributes that holds text only.
    pub(crate) fn text_element(
        &mut self,
        name: &'static str,
        attributes: &[(&str, &str)],
        text: &str,
    ) {
        self.element(name, attributes, |out| {
            out.event(Event::Text(BytesText::new(text)))
        });
    }

    /// The same, if there is a text.
    pub(crate) fn optional(&mut self, name: &'static str, text: Option<&str>) {
        if let Some(text) = text {
            self.leaf(name, text);
        }
    }

    /// The whole document.
    pub(crate) fn finish(self) -> String {
        String::from_utf8(self.0.into_inner()).expect("only whole strings were written")
    }

    fn event(&mut self, event: Event<'_>) {
        self.0
            .write_event(event)
            .expect("writing to memory does not fail");
    }
}
