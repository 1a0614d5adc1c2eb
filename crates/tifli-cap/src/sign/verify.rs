//! Judging a message's signature against the pinned list.

use jiff::Timestamp;
use roxmltree::Document;

use super::document::{self, DocumentFault};
use super::form::{self, Form};
use super::pinned::{Pin, PinnedList};
use super::prove::{Misfit, is_signed_with, prove};
use super::verdict::{NotVerifiable, Verdict, Wrong};
use crate::MAX_BYTES;
use crate::decode::text_of;

/// Judges the signature of a message as it arrived, at an instant.
///
/// Trust comes from the pinned list alone; a certificate inside the message only says which of the
/// pinned ones to try. The certificate must be valid at `now`.
#[must_use]
pub fn verify(xml: &[u8], pinned: &PinnedList, now: Timestamp) -> Verdict {
    judge(xml, pinned, now).unwrap_or_else(|verdict| verdict)
}

fn judge(xml: &[u8], pinned: &PinnedList, now: Timestamp) -> Result<Verdict, Verdict> {
    if xml.len() > MAX_BYTES {
        return Err(DocumentFault::TooLarge.into());
    }
    let text = text_of(xml).map_err(|_| DocumentFault::Encoding)?;
    let document = document::open(&text)?;
    let form = read_only_signature(&document)?;
    if document::has_comment_in_text(&document) {
        return Err(NotVerifiable::CommentInText.into());
    }
    let pin = find_signer(&form, pinned, now)?;
    check_validity(pin, now)?;
    let by = pin.name.clone();
    match prove(&form, &document, &pin.certificate) {
        Ok(()) => Ok(Verdict::Verified { by }),
        Err(Misfit::Signature) => Err(Wrong::Signature { by }.into()),
        Err(Misfit::Digest) => Err(Wrong::Digest { by }.into()),
    }
}

/// The form of the only signature, which must be a child of the root: one that sits elsewhere was
/// made for another element.
fn read_only_signature<'a, 'i>(document: &'a Document<'i>) -> Result<Form<'a, 'i>, Verdict> {
    let signatures = document::signatures(document);
    for signature in &signatures {
        form::check_ids(*signature)?;
    }
    match signatures.as_slice() {
        [] => Err(NotVerifiable::NotSigned.into()),
        [one] if one.parent() == Some(document.root_element()) => form::read(*one),
        [_] => Err(Wrong::CoversOther.into()),
        _ => Err(NotVerifiable::SeveralSignatures.into()),
    }
}

/// The pinned certificate that is to be held against the signature: the one it names, or, where it
/// names none, one whose key fits; of several the one that is valid.
fn find_signer<'p>(
    form: &Form<'_, '_>,
    pinned: &'p PinnedList,
    now: Timestamp,
) -> Result<&'p Pin, NotVerifiable> {
    let named = pinned.among(&form.certificates);
    let candidates: Vec<&Pin> = match form.certificates.is_empty() {
        true => pinned.all().iter().collect(),
        false => named.clone(),
    };
    let fits = |pin: &&Pin| is_signed_with(form, &pin.certificate);
    let fitting: Vec<&Pin> = candidates.into_iter().filter(fits).collect();
    let valid = fitting
        .iter()
        .find(|pin| pin.certificate.validity().contains(now));
    valid
        .or(fitting.first())
        .or(named.first())
        .copied()
        .ok_or(NotVerifiable::NotPinned)
}

fn check_validity(pin: &Pin, now: Timestamp) -> Result<(), NotVerifiable> {
    let by = pin.name.clone();
    let validity = pin.certificate.validity();
    if now > validity.until {
        return Err(NotVerifiable::Expired { by });
    }
    if now < validity.from {
        return Err(NotVerifiable::NotYetValid { by });
    }
    Ok(())
}
