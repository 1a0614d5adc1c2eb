//! A sealed value on its way out of the database: it can be carried, compared to nothing, and opened
//! only through an audited read.

/// A value still sealed, with the owner of its key and the place it was sealed for.
#[derive(Clone, PartialEq, Eq)]
pub struct Sealed {
    owner: String,
    context: String,
    bytes: Vec<u8>,
}

impl Sealed {
    /// A sealed value as read from a row.
    pub fn new(owner: &str, context: &str, bytes: Vec<u8>) -> Self {
        Self {
            owner: owner.to_owned(),
            context: context.to_owned(),
            bytes,
        }
    }

    /// Whose key opens it.
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// The place it was sealed for, `table:column:id`.
    pub(crate) fn context(&self) -> &str {
        &self.context
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

impl std::fmt::Debug for Sealed {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Sealed")
    }
}
