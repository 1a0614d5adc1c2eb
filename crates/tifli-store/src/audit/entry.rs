//! What an entry says. Types here make free text impossible, so that no name slips in.

use std::fmt::Write as _;

use crate::StoreError;

/// The thing an entry speaks of: a kind and an id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ObjectId {
    /// `case`, `alert`, `photo` …
    pub kind: String,
    /// Its id, as printed.
    pub id: String,
}

impl ObjectId {
    /// An object by kind and id.
    pub fn new(kind: impl Into<String>, id: impl ToString) -> Self {
        Self {
            kind: kind.into(),
            id: id.to_string(),
        }
    }
}

/// Ids, counts and codes that go with an entry, as `key=value` words in the order given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Detail(String);

impl Detail {
    /// Nothing more to say.
    pub fn none() -> Self {
        Self::default()
    }

    /// Adds a code, an id or a count. Anything but `A–Z a–z 0–9 _ . : + - ,` is refused when the entry is written.
    #[must_use]
    pub fn with(mut self, key: &str, value: impl ToString) -> Self {
        if !self.0.is_empty() {
            self.0.push(' ');
        }
        let value = value.to_string();
        write!(self.0, "{key}={value}").expect("writing to a string does not fail");
        self
    }

    /// The words as stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One act or read, before it is chained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The person's id, or `system`, `public`, `guardian:<receipt hash>`.
    pub actor: String,
    /// What was done, as a code: `alert.approve`, `case.read` …
    pub verb: String,
    /// To what.
    pub object: ObjectId,
    /// Ids, counts and codes.
    pub detail: Detail,
}

impl Entry {
    /// An entry without details.
    pub fn new(actor: impl ToString, verb: impl Into<String>, object: ObjectId) -> Self {
        Self {
            actor: actor.to_string(),
            verb: verb.into(),
            object,
            detail: Detail::none(),
        }
    }

    /// The same with details.
    #[must_use]
    pub fn with_detail(mut self, detail: Detail) -> Self {
        self.detail = detail;
        self
    }

    /// Refuses anything that reads like prose.
    pub(crate) fn check(&self) -> Result<(), StoreError> {
        word("actor", &self.actor)?;
        word("verb", &self.verb)?;
        word("object kind", &self.object.kind)?;
        word("object id", &self.object.id)?;
        if self.detail.0.is_empty() {
            return Ok(());
        }
        for pair in self.detail.0.split(' ') {
            let (key, value) = pair.split_once('=').ok_or(refused("detail"))?;
            word("detail key", key)?;
            word("detail value", value)?;
        }
        Ok(())
    }
}

fn word(field: &'static str, text: &str) -> Result<(), StoreError> {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_.:+-,".contains(&byte);
    if text.is_empty() || !text.bytes().all(plain) {
        return Err(refused(field));
    }
    Ok(())
}

fn refused(field: &'static str) -> StoreError {
    StoreError::NotACode { field }
}
