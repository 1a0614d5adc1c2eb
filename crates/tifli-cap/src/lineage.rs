//! How a later message names the earlier ones of its alert, and how an alert is ended.
//!
//! For: Update and Cancel. Not for: deciding that an alert ends, nor for the words of the end.

use std::collections::HashSet;

use crate::model::Alert;
use crate::reference::Reference;
use crate::words::MsgType;

/// References to all these messages, oldest first, each once.
///
/// An Update or Cancel names *every* earlier message of the alert that has not expired; leave the
/// expired ones out by [`Alert::is_expired_at`] if receivers insist on it.
pub fn references_to(earlier: &[&Alert]) -> Vec<Reference> {
    let mut seen = HashSet::new();
    let mut references: Vec<Reference> = earlier
        .iter()
        .map(|alert| alert.reference())
        .filter(|reference| seen.insert(reference.clone()))
        .collect();
    references.sort_by(|a, b| {
        (a.sent.timestamp(), &a.identifier).cmp(&(b.sent.timestamp(), &b.identifier))
    });
    references
}

/// A Cancel of all these messages, for the audience of the latest; none when there are none.
///
/// It holds no info yet: add one block per language to tell people that the alert has ended.
pub fn cancel_of(key: Reference, earlier: &[&Alert]) -> Option<Alert> {
    let latest = earlier.iter().max_by_key(|alert| alert.sent.timestamp())?;
    let mut cancel = Alert::new(key, latest.status, MsgType::Cancel, latest.scope);
    cancel.source = latest.source.clone();
    cancel.restriction = latest.restriction.clone();
    cancel.addresses = latest.addresses.clone();
    cancel.code = latest.code.clone();
    cancel.references = references_to(earlier);
    cancel.incidents = latest.incidents.clone();
    Some(cancel)
}
