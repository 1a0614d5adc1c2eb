//! What a receiver checks signatures with: a shared secret, or the sender's public key.

use aws_lc_rs::hmac;
use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;

/// A secret shared with the sender (`whsec_…`), or the sender's public key (`whpk_…`).
#[derive(Clone)]
pub struct Secret(Kind);

#[derive(Clone)]
enum Kind {
    Shared(Vec<u8>),
    Public(Vec<u8>),
}

/// A text that is no secret of Standard Webhooks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// It begins with neither `whsec_` nor `whpk_`.
    #[error("a webhook secret begins with whsec_ or whpk_")]
    Prefix,
    /// What follows is not base64.
    #[error("a webhook secret is base64 after its prefix")]
    Base64,
    /// A shared secret has 24 to 64 octets, a public key 32.
    #[error("a webhook secret has 24 to 64 octets, a public key 32")]
    Length,
}

impl Secret {
    /// Reads a secret or public key as the two sides exchange it.
    ///
    /// # Errors
    /// [`SecretError`] when it has not the form that Standard Webhooks gives it.
    pub fn parse(text: &str) -> Result<Self, SecretError> {
        let decode = |rest| {
            BASE64_STANDARD
                .decode(rest)
                .map_err(|_| SecretError::Base64)
        };
        if let Some(rest) = text.strip_prefix("whsec_") {
            let bytes = decode(rest)?;
            if !(24..=64).contains(&bytes.len()) {
                return Err(SecretError::Length);
            }
            return Ok(Self(Kind::Shared(bytes)));
        }
        let rest = text.strip_prefix("whpk_").ok_or(SecretError::Prefix)?;
        let bytes = decode(rest)?;
        if bytes.len() != 32 {
            return Err(SecretError::Length);
        }
        Ok(Self(Kind::Public(bytes)))
    }

    /// Whether a signature of this version is this secret's over the text.
    pub(super) fn verifies(&self, version: &str, signed: &[u8], signature: &[u8]) -> bool {
        match (&self.0, version) {
            (Kind::Shared(octets), "v1") => {
                let key = hmac::Key::new(hmac::HMAC_SHA256, octets);
                hmac::verify(&key, signed, signature).is_ok()
            }
            (Kind::Public(key), "v1a") => UnparsedPublicKey::new(&ED25519, key)
                .verify(signed, signature)
                .is_ok(),
            _ => false,
        }
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let kind = match self.0 {
            Kind::Shared(_) => "shared",
            Kind::Public(_) => "public",
        };
        write!(f, "Secret({kind})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_has_its_prefix_its_base64_and_its_length() {
        let of = |prefix: &str, octets: usize| {
            let text = format!("{prefix}{}", BASE64_STANDARD.encode(vec![7; octets]));
            Secret::parse(&text).err()
        };
        assert_eq!(
            [23, 24, 64, 65].map(|octets| of("whsec_", octets)),
            [
                Some(SecretError::Length),
                None,
                None,
                Some(SecretError::Length)
            ]
        );
        assert_eq!(
            [31, 32].map(|octets| of("whpk_", octets)),
            [Some(SecretError::Length), None]
        );
        assert_eq!(of("", 32), Some(SecretError::Prefix));
        assert_eq!(Secret::parse("whsec_!").err(), Some(SecretError::Base64));
    }
}
