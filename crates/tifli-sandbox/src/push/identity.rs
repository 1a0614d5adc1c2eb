//! Who is sending: checks the `vapid` Authorization header as a push service does (RFC 8292,
//! RFC 7515 and RFC 7519 for the token).

use std::collections::HashMap;
use std::sync::{PoisonError, RwLock};

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;

/// The furthest a token may reach ahead, in seconds.
const FURTHEST: u64 = 24 * 3600;
/// Verified headers kept; each is used by very many messages.
const MOST_KNOWN: usize = 4096;

/// How strictly the sender is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VapidCheck {
    /// Take anyone.
    Off,
    /// Any valid token for this origin.
    On,
    /// A valid token signed with this key, the one the phones subscribed with.
    OnlyKey([u8; 65]),
}

/// Why a sender is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum IdentityError {
    /// No Authorization header.
    #[error("no vapid authorization")]
    Missing,
    /// The header or the token cannot be read.
    #[error("the authorization is malformed")]
    Malformed,
    /// The signature does not belong to the token and key.
    #[error("the signature does not verify")]
    Signature,
    /// The token was made for another push service.
    #[error("the audience is not this service")]
    Audience,
    /// The token is over.
    #[error("the token is expired")]
    Expired,
    /// The token reaches more than 24 h ahead.
    #[error("the expiration is too long")]
    TooLong,
    /// Signed with another key than the subscribed one.
    #[error("public key mismatch")]
    OtherKey,
}

/// Checks senders and remembers the headers it has verified.
pub(super) struct Doorkeeper {
    check: VapidCheck,
    origin: String,
    known: RwLock<HashMap<String, u64>>,
}

impl IdentityError {
    /// 401 when the sender may come back with a better token, 403 when it is the wrong sender.
    pub(super) fn status(self) -> u16 {
        match self {
            Self::Missing | Self::Malformed | Self::Expired | Self::TooLong => 401,
            Self::Signature | Self::Audience | Self::OtherKey => 403,
        }
    }
}

impl Doorkeeper {
    pub(super) fn new(check: VapidCheck, origin: String) -> Self {
        Self {
            check,
            origin,
            known: RwLock::default(),
        }
    }

    /// Checks an Authorization header at `now` (Unix seconds).
    pub(super) fn admit(&self, header: Option<&str>, now: u64) -> Result<(), IdentityError> {
        if self.check == VapidCheck::Off {
            return Ok(());
        }
        let header = header.ok_or(IdentityError::Missing)?;
        let known = self
            .known
            .read()
            .unwrap_or_else(PoisonError::into_inner)
            .get(header)
            .copied();
        let expires = match known {
            Some(expires) => expires,
            None => self.verify_and_keep(header)?,
        };
        if expires <= now {
            Err(IdentityError::Expired)
        } else if expires > now + FURTHEST {
            Err(IdentityError::TooLong)
        } else {
            Ok(())
        }
    }

    fn verify_and_keep(&self, header: &str) -> Result<u64, IdentityError> {
        let expires = self.verify(header)?;
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(header.to_owned(), expires);
        Ok(expires)
    }

    /// Everything but the time, which changes; returns the token's end.
    fn verify(&self, header: &str) -> Result<u64, IdentityError> {
        let (token, key) = read_header(header).ok_or(IdentityError::Malformed)?;
        let key = decode(key)?;
        if let VapidCheck::OnlyKey(only) = self.check
            && key != only
        {
            return Err(IdentityError::OtherKey);
        }
        let (signed, signature) = token.rsplit_once('.').ok_or(IdentityError::Malformed)?;
        let (head, claims) = signed.split_once('.').ok_or(IdentityError::Malformed)?;
        if read_json(head)?["alg"] != "ES256" {
            return Err(IdentityError::Malformed);
        }
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, &key)
            .verify(signed.as_bytes(), &decode(signature)?)
            .map_err(|_| IdentityError::Signature)?;
        let claims = read_json(claims)?;
        let contact = claims["sub"].as_str().unwrap_or_default();
        if !contact.starts_with("mailto:") && !contact.starts_with("https:") {
            return Err(IdentityError::Malformed);
        }
        if claims["aud"] != self.origin.as_str() {
            return Err(IdentityError::Audience);
        }
        claims["exp"].as_u64().ok_or(IdentityError::Malformed)
    }
}

/// `vapid t=…, k=…` in either order, scheme in any case.
fn read_header(header: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = header.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("vapid") {
        return None;
    }
    let value = |name: &str| {
        rest.split(',')
            .find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
    };
    Some((value("t")?, value("k")?))
}

fn decode(text: &str) -> Result<Vec<u8>, IdentityError> {
    URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| IdentityError::Malformed)
}

fn read_json(text: &str) -> Result<Value, IdentityError> {
    serde_json::from_slice(&decode(text)?).map_err(|_| IdentityError::Malformed)
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::rand::SystemRandom;
    use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair};
    use serde_json::json;

    use super::*;

    const NOW: u64 = 1_790_000_000;
    const ORIGIN: &str = "http://127.0.0.1:9000";

    #[expect(clippy::disallowed_methods, reason = "ECDSA draws its own nonce")]
    fn header(key: &EcdsaKeyPair, head: &Value, claims: &Value) -> String {
        let part = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let signed = format!("{}.{}", part(head), part(claims));
        let signature = key.sign(&SystemRandom::new(), signed.as_bytes()).unwrap();
        let signature = URL_SAFE_NO_PAD.encode(signature.as_ref());
        format!(
            "vapid t={signed}.{signature}, k={}",
            URL_SAFE_NO_PAD.encode(key.public_key())
        )
    }

    fn key() -> EcdsaKeyPair {
        EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap()
    }

    fn claims() -> Value {
        json!({ "aud": ORIGIN, "exp": NOW + 3600, "sub": "mailto:a@b.net" })
    }

    #[test]
    fn a_good_token_is_admitted_until_it_is_over() {
        let door = Doorkeeper::new(VapidCheck::On, ORIGIN.into());
        let header = header(&key(), &json!({ "alg": "ES256" }), &claims());
        assert_eq!(door.admit(Some(&header), NOW), Ok(()));
        assert_eq!(door.admit(Some(&header), NOW + 3599), Ok(()));
        assert_eq!(
            door.admit(Some(&header), NOW + 3600),
            Err(IdentityError::Expired)
        );
        assert_eq!(
            door.admit(Some(&header), NOW - FURTHEST),
            Err(IdentityError::TooLong)
        );
    }

    #[test]
    fn each_fault_of_a_token_has_its_name() {
        let door = Doorkeeper::new(VapidCheck::On, ORIGIN.into());
        let es256 = json!({ "alg": "ES256" });
        let with = |name: &str, value: Value| {
            let mut changed = claims();
            changed[name] = value;
            door.admit(Some(&header(&key(), &es256, &changed)), NOW)
        };
        assert_eq!(
            with("aud", json!("http://127.0.0.1:9001")),
            Err(IdentityError::Audience)
        );
        assert_eq!(with("aud", Value::Null), Err(IdentityError::Audience));
        assert_eq!(with("exp", json!("soon")), Err(IdentityError::Malformed));
        assert_eq!(with("exp", json!(NOW - 1)), Err(IdentityError::Expired));
        assert_eq!(
            with("exp", json!(NOW + FURTHEST + 1)),
            Err(IdentityError::TooLong)
        );
        assert_eq!(with("sub", Value::Null), Err(IdentityError::Malformed));
        let none = header(&key(), &json!({ "alg": "none" }), &claims());
        assert_eq!(door.admit(Some(&none), NOW), Err(IdentityError::Malformed));
        assert_eq!(door.admit(None, NOW), Err(IdentityError::Missing));
        for text in [
            "",
            "vapid",
            "Bearer x",
            "vapid t=a.b.c",
            "vapid t=, k=",
            "vapid t=a, k=b",
        ] {
            assert_eq!(
                door.admit(Some(text), NOW),
                Err(IdentityError::Malformed),
                "{text}"
            );
        }
    }

    #[test]
    fn a_token_with_another_key_beside_it_is_refused() {
        let door = Doorkeeper::new(VapidCheck::On, ORIGIN.into());
        let one = key();
        let good = header(&one, &json!({ "alg": "ES256" }), &claims());
        let (token, _) = good.split_once(", k=").unwrap();
        let swapped = format!("{token}, k={}", URL_SAFE_NO_PAD.encode(key().public_key()));
        assert_eq!(
            door.admit(Some(&swapped), NOW),
            Err(IdentityError::Signature)
        );

        let subscribed = one.public_key().as_ref().try_into().unwrap();
        let only = Doorkeeper::new(VapidCheck::OnlyKey(subscribed), ORIGIN.into());
        assert_eq!(only.admit(Some(&good), NOW), Ok(()));
        let other = header(&key(), &json!({ "alg": "ES256" }), &claims());
        assert_eq!(only.admit(Some(&other), NOW), Err(IdentityError::OtherKey));
    }
}
