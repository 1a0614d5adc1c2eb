//! The only way protected values become readable: with an audit entry, in the same commit or before.
//!
//! A read transaction hands out [`Sealed`] values. [`Db::open_sealed`] writes one entry that names
//! everything opened, waits until it is durable, and only then decrypts. No entry, no data.

use zeroize::Zeroizing;

use crate::audit::{Detail, Entry, ObjectId};
use crate::{Db, Sealed, StoreError};

/// Who reads protected values, why, and of what.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditedRead {
    /// The person's id.
    pub actor: String,
    /// A code from the list of reasons, never prose.
    pub reason: String,
    /// What is read; the first is the entry's object, all are named.
    pub objects: Vec<ObjectId>,
}

/// Values that were opened, in the order in which they were given. Wiped when dropped.
pub struct Opened(Vec<Zeroizing<Vec<u8>>>);

impl AuditedRead {
    /// The entry that goes with opening `sealed`: it names the objects and every owner of a key used.
    pub(crate) fn entry(&self, sealed: &[Sealed]) -> Result<Entry, StoreError> {
        let first = self.objects.first().cloned();
        let object = first.ok_or(StoreError::NotACode { field: "objects" })?;
        let mut ids: Vec<&str> = self
            .objects
            .iter()
            .map(|object| object.id.as_str())
            .collect();
        ids.extend(sealed.iter().map(Sealed::owner));
        ids.sort_unstable();
        ids.dedup();
        ids.retain(|id| *id != object.id);
        let mut detail = Detail::none()
            .with("reason", &self.reason)
            .with("values", sealed.len());
        if !ids.is_empty() {
            detail = detail.with("also", ids.join(","));
        }
        let verb = format!("{}.read", object.kind);
        Ok(Entry::new(&self.actor, verb, object).with_detail(detail))
    }
}

impl Db {
    /// Opens sealed values once the entry that says so is durable.
    pub async fn open_sealed(
        &self,
        read: AuditedRead,
        sealed: Vec<Sealed>,
    ) -> Result<Opened, StoreError> {
        let entry = read.entry(&sealed)?;
        self.write("open_sealed", entry, |tx, entry| {
            Box::pin(async move { tx.audit(entry.clone()) })
        })
        .await?;
        self.keys().open_all(sealed).await
    }
}

impl Opened {
    pub(crate) fn new(values: Vec<Zeroizing<Vec<u8>>>) -> Self {
        Self(values)
    }

    /// How many values were opened.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether none was.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value at `place`, in the order given.
    pub fn bytes(&self, place: usize) -> Option<&[u8]> {
        self.0.get(place).map(|value| value.as_slice())
    }

    /// The value at `place` as text, if it is text.
    pub fn text(&self, place: usize) -> Option<&str> {
        std::str::from_utf8(self.bytes(place)?).ok()
    }

    /// The values in order.
    pub fn iter(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(|value| value.as_slice())
    }
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Opened({} values)", self.0.len())
    }
}
