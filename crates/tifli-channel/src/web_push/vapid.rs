//! Voluntary application server identification (RFC 8292): who is sending.
//!
//! One ES256 token per push-service origin, kept for hours: signing per message would cost more
//! than it says. Not here: where the key is stored.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use aws_lc_rs::agreement::{ECDH_P256, PrivateKey};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::HeaderValue;

/// How long a token is valid, in seconds. The RFC allows 24 h, but services compare with their
/// own clock plus 24 h, so a full day fails on a small clock difference.
const VALID: i64 = 12 * 3600;
/// A token with less left than this, in seconds, is replaced.
const RENEW: i64 = 3600;
/// Tokens kept; more origins than this are not push services but somebody's game.
const MOST_ORIGINS: usize = 256;

/// The sender's key pair and its signed tokens.
pub struct Vapid {
    key: EcdsaKeyPair,
    public: [u8; 65],
    subject: String,
    tokens: Mutex<HashMap<String, Token>>,
}

/// Why a sender identity could not be made or used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VapidError {
    /// The 32 octets are not a private key on P-256.
    #[error("the VAPID key is not a private key on P-256")]
    Key,
    /// The contact is not a `mailto:` address.
    #[error("the VAPID subject must be a mailto: address")]
    Subject,
    /// The machine's cryptography failed.
    #[error("the VAPID token could not be signed")]
    Sign,
}

struct Token {
    header: HeaderValue,
    expires: i64,
}

impl Vapid {
    /// From the raw private scalar and the contact that push services may write to
    /// (`mailto:…`).
    ///
    /// # Errors
    /// See [`VapidError`].
    pub fn new(secret: &[u8; 32], subject: &str) -> Result<Self, VapidError> {
        let contact = subject.strip_prefix("mailto:").ok_or(VapidError::Subject)?;
        if !contact.contains('@') || contact.contains(char::is_whitespace) {
            return Err(VapidError::Subject);
        }
        let private =
            PrivateKey::from_private_key(&ECDH_P256, secret).map_err(|_| VapidError::Key)?;
        let public = private.compute_public_key().map_err(|_| VapidError::Key)?;
        let public: [u8; 65] = public.as_ref().try_into().map_err(|_| VapidError::Key)?;
        let key = EcdsaKeyPair::from_private_key_and_public_key(
            &ECDSA_P256_SHA256_FIXED_SIGNING,
            secret,
            &public,
        )
        .map_err(|_| VapidError::Key)?;
        Ok(Self {
            key,
            public,
            subject: subject.to_owned(),
            tokens: Mutex::default(),
        })
    }

    /// The public key browsers subscribe with (`applicationServerKey`): an uncompressed point.
    #[must_use]
    pub fn public_key(&self) -> [u8; 65] {
        self.public
    }

    /// The Authorization header for an origin at `now` (Unix seconds), signed at most every
    /// 11 hours.
    ///
    /// # Errors
    /// [`VapidError::Sign`].
    pub fn authorization(&self, origin: &str, now: i64) -> Result<HeaderValue, VapidError> {
        let mut tokens = self.tokens.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(token) = tokens.get(origin)
            && (RENEW..=VALID).contains(&(token.expires - now))
        {
            return Ok(token.header.clone());
        }
        let expires = now + VALID;
        let header = self.sign(origin, expires)?;
        if tokens.len() >= MOST_ORIGINS {
            tokens.clear();
        }
        tokens.insert(
            origin.to_owned(),
            Token {
                header: header.clone(),
                expires,
            },
        );
        Ok(header)
    }

    #[expect(clippy::disallowed_methods, reason = "ECDSA draws its own nonce")]
    fn sign(&self, origin: &str, expires: i64) -> Result<HeaderValue, VapidError> {
        let claims = serde_json::json!({ "aud": origin, "exp": expires, "sub": self.subject });
        let mut token = URL_SAFE_NO_PAD.encode(br#"{"typ":"JWT","alg":"ES256"}"#);
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(claims.to_string(), &mut token);
        let signature = self
            .key
            .sign(&SystemRandom::new(), token.as_bytes())
            .map_err(|_| VapidError::Sign)?;
        token.push('.');
        URL_SAFE_NO_PAD.encode_string(signature.as_ref(), &mut token);
        let text = format!("vapid t={token}, k={}", URL_SAFE_NO_PAD.encode(self.public));
        let mut header = HeaderValue::from_str(&text).map_err(|_| VapidError::Sign)?;
        header.set_sensitive(true);
        Ok(header)
    }
}

impl std::fmt::Debug for Vapid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Vapid(secret)")
    }
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
    use serde_json::Value;

    use super::*;

    const NOW: i64 = 1_790_000_000;

    fn vapid() -> Vapid {
        Vapid::new(&[7; 32], "mailto:duty@push.tifli.net").unwrap()
    }

    fn claims(header: &HeaderValue) -> Value {
        let text = header.to_str().unwrap();
        let part = text.split('.').nth(1).unwrap();
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
    }

    #[test]
    fn the_token_verifies_with_the_key_it_travels_with() {
        let vapid = vapid();
        let header = vapid.authorization("https://push.tifli.net", NOW).unwrap();
        let text = header.to_str().unwrap().strip_prefix("vapid t=").unwrap();
        let (token, key) = text.split_once(", k=").unwrap();
        let (signed, signature) = token.rsplit_once('.').unwrap();
        let key = URL_SAFE_NO_PAD.decode(key).unwrap();
        assert_eq!(key, vapid.public_key());
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, key)
            .verify(
                signed.as_bytes(),
                &URL_SAFE_NO_PAD.decode(signature).unwrap(),
            )
            .unwrap();
        let claims = claims(&header);
        assert_eq!(claims["aud"], "https://push.tifli.net");
        assert_eq!(claims["exp"], NOW + 43_200);
        assert_eq!(claims["sub"], "mailto:duty@push.tifli.net");
        assert!(header.is_sensitive());
    }

    #[test]
    fn one_token_serves_an_origin_until_it_is_nearly_over() {
        let vapid = vapid();
        let at = |origin, now| vapid.authorization(origin, now).unwrap();
        let first = at("https://a.net", NOW);
        assert_eq!(at("https://a.net", NOW + 11 * 3600), first);
        assert_ne!(at("https://b.net", NOW), first);
        let renewed = at("https://a.net", NOW + 11 * 3600 + 1);
        assert_eq!(claims(&renewed)["exp"], NOW + 23 * 3600 + 1);
        let turned_back = at("https://a.net", NOW - 5);
        assert_eq!(
            claims(&turned_back)["exp"],
            NOW - 5 + 43_200,
            "never more than 12 h ahead"
        );
    }

    #[test]
    fn a_key_or_subject_that_cannot_serve_is_refused() {
        let error = |key, subject| Vapid::new(key, subject).unwrap_err();
        assert_eq!(error(&[0; 32], "mailto:a@b.net"), VapidError::Key);
        assert_eq!(error(&[0xff; 32], "mailto:a@b.net"), VapidError::Key);
        assert_eq!(error(&[7; 32], "duty@push.tifli.net"), VapidError::Subject);
        assert_eq!(error(&[7; 32], "mailto:nobody"), VapidError::Subject);
    }
}
