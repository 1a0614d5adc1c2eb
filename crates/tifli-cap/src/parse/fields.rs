//! The child elements of one CAP element, taken out by name until none is left.
//!
//! For: `parse`, so that nothing is read twice and nothing unknown goes unseen. Not for: which
//! elements belong where.

use std::str::FromStr;

use roxmltree::Node;

use super::{ParseError, ParseFault};
use crate::NAMESPACE;

/// The CAP children of an element that were not taken yet.
pub(super) struct Fields<'a, 'i> {
    parent: Node<'a, 'i>,
    left: Vec<Node<'a, 'i>>,
}

/// One child element under the name by which it was asked for.
pub(super) struct Field<'a, 'i> {
    pub(super) node: Node<'a, 'i>,
    name: &'static str,
}

impl<'a, 'i> Fields<'a, 'i> {
    /// The children of an element; those of other namespaces are passed over.
    pub(super) fn of(parent: Node<'a, 'i>) -> Result<Fields<'a, 'i>, ParseError> {
        let mut left = Vec::new();
        for node in parent.children() {
            if node.is_element() {
                if node.tag_name().namespace() == Some(NAMESPACE) {
                    left.push(node);
                }
            } else if node.is_text() && !node.text().unwrap_or_default().trim().is_empty() {
                return Err(ParseError::at(ParseFault::MixedContent, node));
            }
        }
        Ok(Fields { parent, left })
    }

    /// All children of this name, in their order.
    pub(super) fn list(&mut self, name: &'static str) -> Vec<Field<'a, 'i>> {
        let mut taken = Vec::new();
        self.left.retain(|node| {
            let wanted = node.tag_name().name() == name;
            if wanted {
                taken.push(Field { node: *node, name });
            }
            !wanted
        });
        taken
    }

    /// The one child of this name, if there is one.
    pub(super) fn find(&mut self, name: &'static str) -> Result<Option<Field<'a, 'i>>, ParseError> {
        let mut all = self.list(name).into_iter();
        let first = all.next();
        match all.next() {
            Some(second) => Err(ParseError::at(ParseFault::Repeated(name), second.node)),
            None => Ok(first),
        }
    }

    /// The one child of this name, which must be there.
    pub(super) fn get(&mut self, name: &'static str) -> Result<Field<'a, 'i>, ParseError> {
        // Lazily: telling a place scans the document up to it.
        let parent = self.parent;
        self.find(name)?
            .ok_or_else(|| ParseError::at(ParseFault::Missing(name), parent))
    }

    /// The text of a child as it stands; a blank one counts as absent.
    pub(super) fn find_text(&mut self, name: &'static str) -> Result<Option<String>, ParseError> {
        let text = self.find(name)?.map(|field| field.text()).transpose()?;
        Ok(text.filter(|text| !text.trim().is_empty()))
    }

    /// The text of a child without white space around it; a blank one counts as absent.
    pub(super) fn find_token(&mut self, name: &'static str) -> Result<Option<String>, ParseError> {
        Ok(self.find_text(name)?.map(|text| text.trim().to_owned()))
    }

    /// The value of a child; a blank one counts as absent.
    pub(super) fn find_value<T: FromStr>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, ParseError> {
        match self.find(name)? {
            Some(field) if !field.text()?.trim().is_empty() => field.value().map(Some),
            _ => Ok(None),
        }
    }

    /// The values of all children of this name.
    pub(super) fn words<T: FromStr>(&mut self, name: &'static str) -> Result<Vec<T>, ParseError> {
        self.list(name).iter().map(Field::value).collect()
    }

    /// The same; there must be one at least.
    pub(super) fn some_words<T: FromStr>(
        &mut self,
        name: &'static str,
    ) -> Result<Vec<T>, ParseError> {
        let words = self.words(name)?;
        if words.is_empty() {
            return Err(ParseError::at(ParseFault::Missing(name), self.parent));
        }
        Ok(words)
    }

    /// The named values of all children of this name.
    pub(super) fn named<T>(
        &mut self,
        name: &'static str,
        build: fn(String, String) -> T,
    ) -> Result<Vec<T>, ParseError> {
        let mut values = Vec::new();
        for field in self.list(name) {
            let mut inner = Fields::of(field.node)?;
            let value_name = inner.get("valueName")?.text()?;
            let value = inner.get("value")?.text()?;
            inner.finish()?;
            values.push(build(value_name, value));
        }
        Ok(values)
    }

    /// The shapes of all children of this name, sound or not; blank ones are passed over.
    pub(super) fn shapes<T>(
        &mut self,
        name: &'static str,
        build: fn(&str) -> T,
    ) -> Result<Vec<T>, ParseError> {
        let mut shapes = Vec::new();
        for field in self.list(name) {
            let text = field.text()?;
            if !text.trim().is_empty() {
                shapes.push(build(&text));
            }
        }
        Ok(shapes)
    }

    /// Refuses what was not asked for.
    pub(super) fn finish(self) -> Result<(), ParseError> {
        match self.left.first() {
            Some(node) => Err(ParseError::at(ParseFault::UnknownElement, *node)),
            None => Ok(()),
        }
    }
}

impl Field<'_, '_> {
    /// The text as it stands, put together around comments and character data.
    pub(super) fn text(&self) -> Result<String, ParseError> {
        let mut text = String::new();
        for node in self.node.children() {
            if node.is_element() {
                return Err(ParseError::at(ParseFault::MixedContent, node));
            }
            if node.is_text() {
                text.push_str(node.text().unwrap_or_default());
            }
        }
        Ok(text)
    }

    /// The text without white space around it.
    pub(super) fn token(&self) -> Result<String, ParseError> {
        Ok(self.text()?.trim().to_owned())
    }

    /// The text without white space around it, which must not be empty.
    pub(super) fn name_like(&self) -> Result<String, ParseError> {
        let token = self.token()?;
        if token.is_empty() {
            return Err(ParseError::at(ParseFault::Missing(self.name), self.node));
        }
        Ok(token)
    }

    /// The value that the text spells.
    pub(super) fn value<T: FromStr>(&self) -> Result<T, ParseError> {
        self.text()?.trim().parse().map_err(|_| self.bad_value())
    }

    /// The error for a text that spells no value.
    pub(super) fn bad_value(&self) -> ParseError {
        ParseError::at(ParseFault::BadValue(self.name), self.node)
    }
}
