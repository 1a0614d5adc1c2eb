//! DKIM signatures (RFC 6376; Ed25519 by RFC 8463) over the bytes that are handed over.
//!
//! Relaxed canonicalization for head and body. The mail library's own signer is not used: it reads
//! the machine's clock and brings two more cryptographic libraries. Not here: checking signatures.

use std::sync::Arc;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::KeySize;
use aws_lc_rs::signature::{Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// The shortest RSA modulus that is signed with, in octets: 2,048 bits (RFC 8301).
const SHORTEST_RSA: usize = 256;
/// The headers that are signed where they stand, and whose absence is signed where they do not:
/// nobody adds a second Subject or another way to unsubscribe.
const SIGNED: [&str; 16] = [
    "from",
    "to",
    "subject",
    "date",
    "message-id",
    "in-reply-to",
    "references",
    "reply-to",
    "mime-version",
    "content-type",
    "content-language",
    "auto-submitted",
    "list-id",
    "list-unsubscribe",
    "list-unsubscribe-post",
    "feedback-id",
];

/// A key to sign letters with, and where its public half is published. Cheap to clone; its Debug
/// form shows the selector and the domain.
#[derive(Clone)]
pub struct DkimKey {
    domain: String,
    selector: String,
    pair: Arc<Pair>,
}

enum Pair {
    Rsa(RsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

/// Why there is no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DkimError {
    /// The domain or the selector is no name.
    #[error("the DKIM domain and selector are names such as example.org and mail2026")]
    Name,
    /// The text is no private key in PEM.
    #[error("the DKIM key is not a private key in PEM (PKCS #8, or PKCS #1 for RSA)")]
    Pem,
    /// Neither RSA of 2,048 bits or more nor Ed25519.
    #[error("the DKIM key is neither RSA of at least 2048 bits nor Ed25519")]
    Key,
    /// The signature could not be made.
    #[error("the letter could not be signed")]
    Sign,
}

impl DkimKey {
    /// Reads a private key in PEM.
    ///
    /// # Errors
    /// [`DkimError`] where it cannot be used.
    pub fn from_pem(domain: &str, selector: &str, pem: &str) -> Result<Self, DkimError> {
        if !is_name(domain) || !is_name(selector) {
            return Err(DkimError::Name);
        }
        let der = read_pem(pem).ok_or(DkimError::Pem)?;
        let rsa = || RsaKeyPair::from_pkcs8(&der).or_else(|_| RsaKeyPair::from_der(&der));
        let pair = match Ed25519KeyPair::from_pkcs8(&der) {
            Ok(pair) => Pair::Ed25519(pair),
            Err(_) => Pair::Rsa(rsa().map_err(|_| DkimError::Key)?),
        };
        if matches!(&pair, Pair::Rsa(pair) if pair.public_modulus_len() < SHORTEST_RSA) {
            return Err(DkimError::Key);
        }
        Ok(Self {
            domain: domain.to_ascii_lowercase(),
            selector: selector.to_ascii_lowercase(),
            pair: Arc::new(pair),
        })
    }

    /// A new RSA key of 2,048 bits as its file holds it: PKCS #8 in PEM.
    ///
    /// # Errors
    /// [`DkimError::Key`] where no key could be made.
    pub fn new_pem() -> Result<String, DkimError> {
        let pair = RsaKeyPair::generate(KeySize::Rsa2048).map_err(|_| DkimError::Key)?;
        let der: Pkcs8V1Der<'_> = pair.as_der().map_err(|_| DkimError::Key)?;
        let text = STANDARD.encode(der.as_ref());
        let lines: Vec<&str> = (0..text.len())
            .step_by(64)
            .filter_map(|at| text.get(at..text.len().min(at + 64)))
            .collect();
        let lines = lines.join("\n");
        Ok(format!(
            "-----BEGIN PRIVATE KEY-----\n{lines}\n-----END PRIVATE KEY-----\n"
        ))
    }

    /// The domain that answers for the letters.
    #[must_use]
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// The name and the text of the DNS record (TXT) that publishes the public half.
    ///
    /// # Errors
    /// [`DkimError::Key`] where the public half cannot be written.
    pub fn dns_record(&self) -> Result<(String, String), DkimError> {
        let (kind, public) = match self.pair.as_ref() {
            Pair::Rsa(pair) => {
                let der: PublicKeyX509Der<'_> =
                    pair.public_key().as_der().map_err(|_| DkimError::Key)?;
                ("rsa", STANDARD.encode(der.as_ref()))
            }
            Pair::Ed25519(pair) => ("ed25519", STANDARD.encode(pair.public_key().as_ref())),
        };
        let name = format!("{}._domainkey.{}", self.selector, self.domain);
        Ok((name, format!("v=DKIM1; k={kind}; p={public}")))
    }

    /// The DKIM-Signature header, with its line end, for a whole letter; `at_s` in Unix seconds.
    ///
    /// # Errors
    /// [`DkimError::Sign`] where the letter has no head, or the key does not sign.
    pub fn sign(&self, letter: &[u8], at_s: i64) -> Result<String, DkimError> {
        let end = find(letter, b"\r\n\r\n").ok_or(DkimError::Sign)?;
        let head = std::str::from_utf8(&letter[..end + 2]).map_err(|_| DkimError::Sign)?;
        let body_hash = digest(&SHA256, &relax_body(&letter[end + 4..]));
        let (names, mut signed) = relax_head(head);
        let algorithm = match self.pair.as_ref() {
            Pair::Rsa(_) => "rsa-sha256",
            Pair::Ed25519(_) => "ed25519-sha256",
        };
        let value = format!(
            "v=1; a={algorithm}; c=relaxed/relaxed; d={}; s={}; t={at_s};\r\n bh={};\r\n \
             h={};\r\n b=",
            self.domain,
            self.selector,
            STANDARD.encode(body_hash),
            names.join(":\r\n  "),
        );
        signed.push_str("dkim-signature:");
        signed.push_str(&relax_value(&value));
        let signature = STANDARD.encode(self.sign_text(signed.as_bytes())?);
        Ok(format!("DKIM-Signature: {value}{}\r\n", fold(&signature)))
    }

    fn sign_text(&self, text: &[u8]) -> Result<Vec<u8>, DkimError> {
        match self.pair.as_ref() {
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign_digest(&RSA_PKCS1_SHA256, &digest(&SHA256, text), &mut signature)
                    .map_err(|_| DkimError::Sign)?;
                Ok(signature)
            }
            Pair::Ed25519(pair) => {
                let hash = digest(&SHA256, text);
                Ok(pair.sign(hash.as_ref()).as_ref().to_vec())
            }
        }
    }
}

impl std::fmt::Debug for DkimKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "DkimKey({}._domainkey.{})", self.selector, self.domain)
    }
}

/// The names for `h=` and the canonical text of the headers they name. Each name stands once more
/// than its header does (RFC 6376, 5.4.2), which signs that there is no further one.
fn relax_head(head: &str) -> (Vec<&'static str>, String) {
    let mut names = Vec::new();
    let mut text = String::with_capacity(head.len());
    let headers = unfold(head);
    for name in SIGNED {
        // From the bottom up, as a verifier looks for them (RFC 6376, 5.4.2).
        for (_, value) in headers.iter().rev().filter(|(held, _)| held == name) {
            names.push(name);
            text.push_str(name);
            text.push(':');
            text.push_str(&relax_value(value));
            text.push_str("\r\n");
        }
        names.push(name);
    }
    (names, text)
}

/// Each header: its name in small letters, and its value with its folds.
fn unfold(head: &str) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in head.split_inclusive("\r\n") {
        match headers.last_mut() {
            Some((_, value)) if line.starts_with([' ', '\t']) => value.push_str(line),
            _ => {
                let (name, value) = line.split_once(':').unwrap_or((line, ""));
                headers.push((name.trim().to_ascii_lowercase(), value.to_owned()));
            }
        }
    }
    headers
}

/// Unfolded, every run of blanks one blank, none at the ends (RFC 6376, 3.4.2).
fn relax_value(value: &str) -> String {
    let blank = |letter| matches!(letter, ' ' | '\t' | '\r' | '\n');
    let words: Vec<&str> = value.split(blank).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

/// Runs of blanks one blank, none at the end of a line, no empty lines at the end (3.4.4).
fn relax_body(body: &[u8]) -> Vec<u8> {
    let mut relaxed = Vec::with_capacity(body.len());
    let mut lines: Vec<&[u8]> = body.split(|b| *b == b'\n').collect();
    // What follows the last line end is no line where it is empty.
    if lines.last().is_some_and(|line| line.is_empty()) {
        lines.pop();
    }
    for line in lines {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let mut gap = false;
        for byte in line {
            match byte {
                b' ' | b'\t' => gap = true,
                byte => {
                    if std::mem::take(&mut gap) {
                        relaxed.push(b' ');
                    }
                    relaxed.push(*byte);
                }
            }
        }
        relaxed.extend_from_slice(b"\r\n");
    }
    while relaxed.ends_with(b"\r\n\r\n") {
        relaxed.truncate(relaxed.len() - 2);
    }
    if relaxed == b"\r\n" {
        relaxed.clear();
    }
    relaxed
}

/// Breaks a long value: blanks inside `b=` do not count.
fn fold(signature: &str) -> String {
    let lines: Vec<&str> = (0..signature.len())
        .step_by(72)
        .map(|at| &signature[at..signature.len().min(at + 72)])
        .collect();
    lines.join("\r\n ")
}

fn is_name(text: &str) -> bool {
    let letter = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'.' || b == b'_';
    (1..=253).contains(&text.len()) && text.bytes().all(letter)
}

fn read_pem(pem: &str) -> Option<Vec<u8>> {
    let (_, rest) = pem.split_once("-----BEGIN ")?;
    let (kind, rest) = rest.split_once("-----")?;
    let (text, _) = rest.split_once("-----END ")?;
    let text: String = text.split_whitespace().collect();
    kind.ends_with("PRIVATE KEY")
        .then(|| STANDARD.decode(text).ok())
        .flatten()
}

fn find(within: &[u8], what: &[u8]) -> Option<usize> {
    within.windows(what.len()).position(|part| part == what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_and_a_head_are_relaxed_as_the_standard_s_example_is() {
        // RFC 6376, 3.4.5.
        let body = b" C \r\nD \t E\r\n\r\n\r\n";
        assert_eq!(relax_body(body), b" C\r\nD E\r\n");
        assert_eq!(relax_body(b""), b"");
        assert_eq!(relax_body(b"\r\n\r\n"), b"");
        assert_eq!(relax_body(b"x"), b"x\r\n");
        assert_eq!(relax_value(" Y\t\r\n\tZ  \r\n"), "Y Z");
        assert_eq!(
            unfold("A: X\r\nB : Y\t\r\n\tZ  \r\n"),
            [
                ("a".to_owned(), " X\r\n".to_owned()),
                ("b".to_owned(), " Y\t\r\n\tZ  \r\n".to_owned())
            ]
        );
    }

    #[test]
    fn every_named_header_is_named_once_more_than_it_stands() {
        let (names, text) = relax_head("From: a\r\nSubject: x\r\nX-Other: y\r\n");
        assert_eq!(names.iter().filter(|name| **name == "from").count(), 2);
        assert_eq!(
            names
                .iter()
                .filter(|name| **name == "list-unsubscribe")
                .count(),
            1
        );
        assert_eq!(text, "from:a\r\nsubject:x\r\n");
    }

    #[test]
    fn what_is_no_key_is_refused_by_its_rule() {
        let read = |domain: &str, pem: &str| DkimKey::from_pem(domain, "s", pem).unwrap_err();
        let pem = "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n";
        assert_eq!(read("a b", pem), DkimError::Name);
        assert_eq!(read("tifli.net", "no key"), DkimError::Pem);
        assert_eq!(
            read("tifli.net", &pem.replace("PRIVATE", "PUBLIC")),
            DkimError::Pem
        );
        assert_eq!(read("tifli.net", pem), DkimError::Key);
    }
}
