//! Signing our own messages, in the form that IPAWS made the practice of CAP.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use roxmltree::{Document, Node};

use super::algorithm::DIGEST_SHA256;
use super::c14n::{self, Method};
use super::certificate::Certificate;
use super::document::{self, DocumentFault, is_said};
use super::key::{KeyError, SigningKey};
use super::{DSIG, form, prove};
use crate::{MAX_BYTES, NAMESPACE};

const EXCLUSIVE: &str = "http://www.w3.org/2001/10/xml-exc-c14n#";

/// A key with its certificates.
pub struct Signer {
    key: SigningKey,
    certificates: Vec<Certificate>,
}

/// Why a signer was not made or a message not signed. It never tells the message's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// The first certificate is not one for the key, or there is none.
    #[error("the first certificate is not one for the private key")]
    Certificate,
    /// The document is not one that can be signed.
    #[error("{0}")]
    Document(#[from] DocumentFault),
    /// It is not CAP 1.2, or an empty alert.
    #[error("only CAP 1.2 alerts are signed")]
    NotCap12,
    /// It is signed already.
    #[error("the message is signed already")]
    SignedAlready,
    /// There is white space between elements, which some receivers drop before they verify.
    #[error("there is white space between elements, which some receivers drop")]
    WhiteSpace,
    /// There is a comment or a processing instruction, which some receivers drop.
    #[error("there is a comment or a processing instruction, which some receivers drop")]
    Extras,
    /// The machine's cryptography failed.
    #[error("{0}")]
    Key(#[from] KeyError),
    /// The signature that was made does not verify; nothing may be published.
    #[error("the signature that was made does not verify")]
    Unproven,
}

impl Signer {
    /// From a key and its certificates, the key's own first, then those that vouch for it.
    ///
    /// # Errors
    /// [`SignError::Certificate`].
    pub fn new(key: SigningKey, certificates: Vec<Certificate>) -> Result<Signer, SignError> {
        match certificates.first() {
            Some(own) if own.public_key() == key.public_key() => Ok(Signer { key, certificates }),
            _ => Err(SignError::Certificate),
        }
    }

    /// The key's own certificate: show its subject and validity to the operator, and have partners
    /// pin it.
    #[must_use]
    pub fn certificate(&self) -> &Certificate {
        &self.certificates[0]
    }

    /// The key's own certificate and those behind it, as they stand in a signature.
    #[must_use]
    pub fn certificates(&self) -> &[Certificate] {
        &self.certificates
    }

    /// Signs a message as [`crate::write`] writes it. The result is stored and served as it is: any
    /// later change, even of white space, makes the signature wrong. It was verified before it is
    /// given out.
    ///
    /// # Errors
    /// See [`SignError`]. Whether the certificate is still valid is not looked at here.
    pub fn sign(&self, xml: &str) -> Result<String, SignError> {
        let xml = xml.strip_prefix('\u{FEFF}').unwrap_or(xml);
        let opened = document::open(xml)?;
        check_signable(&opened)?;
        let root = opened.root_element();
        let alert = &xml[root.range()];
        let place = root.range().start + alert.rfind("</").ok_or(SignError::NotCap12)?;

        let octets = c14n::of_document(&opened, None, &Method::Exclusive(Vec::new()));
        let signed_info = self.signed_info(octets.as_bytes());
        let canonical = signed_info.replacen(
            "<ds:SignedInfo>",
            &format!("<ds:SignedInfo xmlns:ds=\"{DSIG}\">"),
            1,
        );
        let value = STANDARD.encode(self.key.sign(canonical.as_bytes())?);
        let signature = self.signature(&signed_info, &value);
        let signed = [&xml[..place], &signature, &xml[place..]].concat();
        self.check(&signed)?;
        Ok(signed)
    }

    fn signed_info(&self, octets: &[u8]) -> String {
        let digest = STANDARD.encode(DIGEST_SHA256.of(octets));
        let reference = [
            "<ds:Reference URI=\"\"><ds:Transforms>",
            &format!("<ds:Transform Algorithm=\"{DSIG}enveloped-signature\"></ds:Transform>"),
            &format!("<ds:Transform Algorithm=\"{EXCLUSIVE}\"></ds:Transform>"),
            "</ds:Transforms>",
            &with_algorithm("DigestMethod", DIGEST_SHA256.uri),
            &format!("<ds:DigestValue>{digest}</ds:DigestValue></ds:Reference>"),
        ];
        [
            "<ds:SignedInfo>",
            &with_algorithm("CanonicalizationMethod", EXCLUSIVE),
            &with_algorithm("SignatureMethod", self.key.method().uri),
            &reference.concat(),
            "</ds:SignedInfo>",
        ]
        .concat()
    }

    fn signature(&self, signed_info: &str, value: &str) -> String {
        let subject = quick_xml::escape::escape(self.certificate().subject());
        let certificates: String = self
            .certificates
            .iter()
            .map(|one| STANDARD.encode(one.der()))
            .map(|base64| format!("<ds:X509Certificate>{base64}</ds:X509Certificate>"))
            .collect();
        [
            &format!("<ds:Signature xmlns:ds=\"{DSIG}\">"),
            signed_info,
            &format!("<ds:SignatureValue>{value}</ds:SignatureValue><ds:KeyInfo><ds:X509Data>"),
            &format!("<ds:X509SubjectName>{subject}</ds:X509SubjectName>"),
            &certificates,
            "</ds:X509Data></ds:KeyInfo></ds:Signature>",
        ]
        .concat()
    }

    /// Reads back what was made, as a receiver would.
    fn check(&self, signed: &str) -> Result<(), SignError> {
        if signed.len() > MAX_BYTES {
            return Err(SignError::Document(DocumentFault::TooLarge));
        }
        let document = document::open(signed)?;
        let [signature] = document::signatures(&document)[..] else {
            return Err(SignError::Unproven);
        };
        let form = form::read(signature).map_err(|_| SignError::Unproven)?;
        prove::prove(&form, &document, self.certificate()).map_err(|_| SignError::Unproven)
    }
}

/// An empty element with an algorithm, in its canonical spelling.
fn with_algorithm(name: &str, uri: &str) -> String {
    format!("<ds:{name} Algorithm=\"{uri}\"></ds:{name}>")
}

fn check_signable(document: &Document<'_>) -> Result<(), SignError> {
    let root = document.root_element();
    if !root.has_tag_name((NAMESPACE, "alert")) || !root.has_children() {
        return Err(SignError::NotCap12);
    }
    if !document::signatures(document).is_empty() {
        return Err(SignError::SignedAlready);
    }
    if document
        .descendants()
        .any(|node| node.is_comment() || node.is_pi())
    {
        return Err(SignError::Extras);
    }
    if root.descendants().any(sets_elements_apart) {
        return Err(SignError::WhiteSpace);
    }
    Ok(())
}

/// Whether an element holds elements with white space between them.
fn sets_elements_apart(node: Node<'_, '_>) -> bool {
    let is_blank = |child: Node<'_, '_>| child.is_text() && !is_said(child);
    node.children().any(|child| child.is_element()) && node.children().any(is_blank)
}
