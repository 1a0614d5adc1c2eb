//! The three verdicts on a signature, with their reasons.

use super::document::DocumentFault;

/// What can be said of a message's signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The whole message is signed with the key of a pinned certificate.
    Verified {
        /// The name under which the certificate was pinned.
        by: String,
    },
    /// Nothing can be said. By the CAP specification this alone is no ground to drop an alert.
    NotVerifiable {
        /// The reason.
        why: NotVerifiable,
    },
    /// The signature speaks against the message: it was altered, or the signature belongs to
    /// something else.
    Wrong {
        /// The reason.
        why: Wrong,
    },
}

/// Why nothing can be said.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotVerifiable {
    /// The document itself is not taken.
    #[error("{0}")]
    Document(#[from] DocumentFault),
    /// There is no signature.
    #[error("the message is not signed")]
    NotSigned,
    /// There is more than one signature; which one speaks for the message is not ours to guess.
    #[error("the message has more than one signature")]
    SeveralSignatures,
    /// The signature is not built as its specification says; the element is named.
    #[error("the signature is malformed at {0}")]
    Malformed(&'static str),
    /// An algorithm or a form that is not taken, such as SHA-1; the element is named.
    #[error("the signature uses a form or algorithm that is not taken at {0}")]
    NotTaken(&'static str),
    /// A comment stands inside a text. Comments are not signed, and not every reader skips them.
    #[error("a comment stands inside a text, where it is not covered by the signature")]
    CommentInText,
    /// No pinned certificate goes with the signature.
    #[error("the signer's certificate is not pinned")]
    NotPinned,
    /// The pinned certificate has expired.
    #[error("the pinned certificate {by} has expired")]
    Expired {
        /// The name under which it was pinned.
        by: String,
    },
    /// The pinned certificate is not valid yet.
    #[error("the pinned certificate {by} is not valid yet")]
    NotYetValid {
        /// The name under which it was pinned.
        by: String,
    },
}

/// Why a signature speaks against its message.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Wrong {
    /// The message is not the one that was digested.
    #[error("the message was altered after it was signed with the key of {by}")]
    Digest {
        /// The name under which the certificate was pinned.
        by: String,
    },
    /// The signature was not made with the key of the pinned certificate it claims.
    #[error("the signature was not made with the key of {by}")]
    Signature {
        /// The name under which the certificate was pinned.
        by: String,
    },
    /// The signature covers another element, or something outside the document.
    #[error("the signature covers something else than this message")]
    CoversOther,
}

impl Verdict {
    /// The word for the verdict: `verified`, `not-verifiable` or `wrong`.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Verdict::Verified { .. } => "verified",
            Verdict::NotVerifiable { .. } => "not-verifiable",
            Verdict::Wrong { .. } => "wrong",
        }
    }

    /// The word for the reason, for translation; `None` when verified.
    #[must_use]
    pub fn reason(&self) -> Option<&'static str> {
        match self {
            Verdict::Verified { .. } => None,
            Verdict::NotVerifiable { why } => Some(why.word()),
            Verdict::Wrong { why } => Some(why.word()),
        }
    }
}

impl NotVerifiable {
    /// The word for the reason.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            NotVerifiable::Document(_) => "document",
            NotVerifiable::NotSigned => "not-signed",
            NotVerifiable::SeveralSignatures => "several-signatures",
            NotVerifiable::Malformed(_) => "malformed",
            NotVerifiable::NotTaken(_) => "not-taken",
            NotVerifiable::CommentInText => "comment-in-text",
            NotVerifiable::NotPinned => "not-pinned",
            NotVerifiable::Expired { .. } => "expired",
            NotVerifiable::NotYetValid { .. } => "not-yet-valid",
        }
    }
}

impl Wrong {
    /// The word for the reason.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            Wrong::Digest { .. } => "digest",
            Wrong::Signature { .. } => "signature",
            Wrong::CoversOther => "covers-other",
        }
    }
}

impl From<NotVerifiable> for Verdict {
    fn from(why: NotVerifiable) -> Verdict {
        Verdict::NotVerifiable { why }
    }
}

impl From<DocumentFault> for Verdict {
    fn from(fault: DocumentFault) -> Verdict {
        NotVerifiable::Document(fault).into()
    }
}

impl From<Wrong> for Verdict {
    fn from(why: Wrong) -> Verdict {
        Verdict::Wrong { why }
    }
}
