//! Tokens and keyed hashes: what is stored of a secret is never the secret.

use aws_lc_rs::{digest, hmac};
use tifli_domain::ports::Entropy;

/// Lower-case hexadecimal.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
            let _ = write!(out, "{b:02x}");
            out
        })
}

/// SHA-256 of a high-entropy token or an endpoint.
pub fn hash_token(token: &str) -> [u8; 32] {
    sha256(token.as_bytes())
}

/// SHA-256 of something public, for its tag.
pub fn hash_bytes(bytes: &[u8]) -> [u8; 32] {
    sha256(bytes)
}

/// SHA-256.
pub(crate) fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    out.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    out
}

/// HMAC-SHA-256 under the pepper, for secrets short enough to be guessed (receipts), with a label
/// so that one kind of secret never stands for another.
pub(crate) fn keyed_hash(pepper: &[u8; 32], label: &str, secret: &str) -> [u8; 32] {
    let key = hmac::Key::new(hmac::HMAC_SHA256, pepper);
    let mut context = hmac::Context::with_key(&key);
    context.update(label.as_bytes());
    context.update(&[0]);
    context.update(secret.as_bytes());
    let mut out = [0; 32];
    out.copy_from_slice(context.sign().as_ref());
    out
}

/// A token of 256 random bits in hexadecimal.
pub(crate) fn new_token(entropy: &dyn Entropy) -> String {
    let mut bytes = [0u8; 32];
    entropy.fill(&mut bytes);
    hex(&bytes)
}
