//! The child elements of one CAP element, taken out by name until none is left.
//!
//! For: `parse`, so that nothing is read twice and nothing unknown goes unseen. Not for: which
//! elements belong where.

use std::str::FromStr;

use roxmltree::Node;

use super::{ParseError, ParseFault};
use crate::intake::node::text_of;
use crate::schema::values;
use crate::time::CapTime;
use crate::version::Version;

/// How much disorder is forgiven.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Manner {
    /// None, in CAP 1.2: the first fault ends the reading.
    Strict,
    /// All that leaves no doubt about the meaning, in this version.
    Lenient(Version),
}

impl Manner {
    fn namespace(self) -> &'static str {
        match self {
            Manner::Strict => crate::NAMESPACE,
            Manner::Lenient(version) => version.namespace(),
        }
    }
}

/// The CAP children of an element that were not taken yet.
pub(super) struct Fields<'a, 'i> {
    pub(super) manner: Manner,
    parent: Node<'a, 'i>,
    left: Vec<Node<'a, 'i>>,
}

/// One child element under the name by which it was asked for.
pub(super) struct Field<'a, 'i> {
    manner: Manner,
    node: Node<'a, 'i>,
    name: &'static str,
}

impl<'a, 'i> Fields<'a, 'i> {
    /// The children of an element; those of other namespaces are passed over.
    pub(super) fn of(parent: Node<'a, 'i>, manner: Manner) -> Result<Fields<'a, 'i>, ParseError> {
        let mut left = Vec::new();
        for node in parent.children() {
            if node.is_element() {
                if node.tag_name().namespace() == Some(manner.namespace()) {
                    left.push(node);
                }
            } else if manner == Manner::Strict
                && node.is_text()
                && !node.text().unwrap_or_default().trim().is_empty()
            {
                return Err(ParseError::at(ParseFault::MixedContent, node));
            }
        }
        Ok(Fields {
            manner,
            parent,
            left,
        })
    }

    /// All children of this name, in their order.
    pub(super) fn list(&mut self, name: &'static str) -> Vec<Field<'a, 'i>> {
        let mut taken = Vec::new();
        let manner = self.manner;
        self.left.retain(|node| {
            let wanted = node.tag_name().name() == name;
            if wanted {
                taken.push(Field {
                    manner,
                    node: *node,
                    name,
                });
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
            Some(second) if self.manner == Manner::Strict => {
                Err(ParseError::at(ParseFault::Repeated(name), second.node))
            }
            _ => Ok(first),
        }
    }

    /// The one child of this name, which must be there.
    pub(super) fn get(&mut self, name: &'static str) -> Result<Field<'a, 'i>, ParseError> {
        // Lazily: telling a place scans the document up to it.
        let parent = self.parent;
        self.find(name)?
            .ok_or_else(|| ParseError::at(ParseFault::Missing(name), parent))
    }

    /// The text of a child, which must be there; when lenient, blank if it is not.
    pub(super) fn get_text(&mut self, name: &'static str) -> Result<String, ParseError> {
        if self.manner == Manner::Strict {
            return self.get(name)?.text();
        }
        Ok(self.find_text(name)?.unwrap_or_default())
    }

    /// The name that a child holds; when lenient, blank if there is none.
    pub(super) fn get_or_blank(&mut self, name: &'static str) -> Result<String, ParseError> {
        if self.manner == Manner::Strict {
            return self.get(name)?.name_like();
        }
        Ok(self.find_token(name)?.unwrap_or_default())
    }

    /// The word that a child holds; when lenient, `unknown` for none and for a wrong one.
    pub(super) fn get_word<T: FromStr>(
        &mut self,
        name: &'static str,
        unknown: T,
    ) -> Result<T, ParseError> {
        if self.manner == Manner::Strict {
            return self.get(name)?.value();
        }
        Ok(self.find_value(name)?.unwrap_or(unknown))
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

    /// The value of a child; a blank one counts as absent, when lenient a wrong one too.
    pub(super) fn find_value<T: FromStr>(
        &mut self,
        name: &'static str,
    ) -> Result<Option<T>, ParseError> {
        match self.find(name)? {
            Some(field) if self.manner != Manner::Strict => Ok(field.value().ok()),
            Some(field) if !field.text()?.trim().is_empty() => field.value().map(Some),
            _ => Ok(None),
        }
    }

    /// The time of a child; a blank one counts as absent, when lenient a wrong one too.
    pub(super) fn find_time(&mut self, name: &'static str) -> Result<Option<CapTime>, ParseError> {
        if self.manner == Manner::Strict {
            return self.find_value(name);
        }
        Ok(self.find(name)?.and_then(|field| field.time().ok()))
    }

    /// The values of all children of this name.
    pub(super) fn words<T: FromStr>(&mut self, name: &'static str) -> Result<Vec<T>, ParseError> {
        let fields = self.list(name);
        if self.manner != Manner::Strict {
            return Ok(fields
                .iter()
                .filter_map(|field| field.value().ok())
                .collect());
        }
        fields.iter().map(Field::value).collect()
    }

    /// The same; there must be one at least.
    pub(super) fn some_words<T: FromStr>(
        &mut self,
        name: &'static str,
    ) -> Result<Vec<T>, ParseError> {
        let words = self.words(name)?;
        if words.is_empty() && self.manner == Manner::Strict {
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
            if self.manner == Manner::Lenient(Version::V1_0) {
                let text = field.text()?;
                let (name, value) = text.split_once('=').unwrap_or(("", &text));
                values.push(build(name.trim().to_owned(), value.trim().to_owned()));
                continue;
            }
            let mut inner = field.inside()?;
            let value_name = inner.get_text("valueName")?;
            let value = inner.get_text("value")?;
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
            Some(node) if self.manner == Manner::Strict => {
                Err(ParseError::at(ParseFault::UnknownElement, *node))
            }
            _ => Ok(()),
        }
    }
}

impl<'a, 'i> Field<'a, 'i> {
    /// The children of this child.
    pub(super) fn inside(&self) -> Result<Fields<'a, 'i>, ParseError> {
        Fields::of(self.node, self.manner)
    }

    /// The text as it stands, put together around comments and character data.
    pub(super) fn text(&self) -> Result<String, ParseError> {
        let element = self.node.children().find(Node::is_element);
        match element.filter(|_| self.manner == Manner::Strict) {
            Some(element) => Err(ParseError::at(ParseFault::MixedContent, element)),
            None => Ok(text_of(self.node)),
        }
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

    /// The time that the text spells; when lenient, in any form that XML Schema knows.
    pub(super) fn time(&self) -> Result<CapTime, ParseError> {
        if self.manner == Manner::Strict {
            return self.value();
        }
        values::any_time(&self.text()?).ok_or_else(|| self.bad_value())
    }

    /// The error for a text that spells no value.
    pub(super) fn bad_value(&self) -> ParseError {
        ParseError::at(ParseFault::BadValue(self.name), self.node)
    }
}
