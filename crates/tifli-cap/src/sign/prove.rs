//! The proof: does this signature fit this document under this key?

use roxmltree::Document;

use super::c14n;
use super::certificate::Certificate;
use super::form::Form;

/// What does not fit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Misfit {
    /// The value under the key.
    Signature,
    /// The digest of the document.
    Digest,
}

/// Whether the signature's value was made with the certificate's key.
pub(super) fn is_signed_with(form: &Form<'_, '_>, certificate: &Certificate) -> bool {
    let octets = c14n::of_element(form.signed_info, &form.signed_info_method);
    form.signature_method.key == certificate.key_kind()
        && form
            .signature_method
            .fits(certificate.public_key(), octets.as_bytes(), &form.value)
}

/// Whether the digest is that of the document without the signature.
pub(super) fn is_digest_right(form: &Form<'_, '_>, document: &Document<'_>) -> bool {
    let octets = c14n::of_document(document, Some(form.signature.id()), &form.document_method);
    form.digest_method.of(octets.as_bytes()).as_ref() == form.digest
}

/// Checks both, the signature first: an unsigned digest says nothing.
pub(super) fn prove(
    form: &Form<'_, '_>,
    document: &Document<'_>,
    certificate: &Certificate,
) -> Result<(), Misfit> {
    if !is_signed_with(form, certificate) {
        return Err(Misfit::Signature);
    }
    if !is_digest_right(form, document) {
        return Err(Misfit::Digest);
    }
    Ok(())
}
