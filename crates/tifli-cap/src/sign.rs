//! XML signatures on CAP messages: signing our own, judging those of others against a pinned list.
//!
//! One form only, the one CAP systems use: a `Signature` that is a child of `alert`, one reference
//! to the whole document, the enveloped-signature transform, SHA-2. Everything else is *not
//! verifiable*, which by the CAP specification is no ground to drop an alert.
//!
//! For: the bytes that are published, and bytes as they arrive. Not for: reading the message (see
//! `parse`), chains of trust, revocation, or keeping keys: a certificate counts because somebody
//! pinned it, never because it lies inside a message.
//!
//! Sources: W3C "XML Signature Syntax and Processing Version 1.1", W3C "Exclusive XML
//! Canonicalization 1.0", CAP 1.2 §3.3.4.1.

mod algorithm;
mod c14n;
pub mod certificate;
mod document;
mod form;
mod key;
mod pinned;
mod prove;
mod signer;
mod verdict;
mod verify;

pub use certificate::{Certificate, CertificateError, Validity};
pub use document::DocumentFault;
pub use key::{KeyError, SigningKey};
pub use pinned::{PinError, PinnedList};
pub use signer::{SignError, Signer};
pub use verdict::{NotVerifiable, Verdict, Wrong};
pub use verify::verify;

/// The namespace of XML signatures.
const DSIG: &str = "http://www.w3.org/2000/09/xmldsig#";
