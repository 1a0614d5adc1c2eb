//! A partner's secret: what both sides sign with.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// What a secret's text begins with.
const PREFIX: &str = "whsec_";
/// The standard's bounds, in octets.
const SHORTEST: usize = 24;
const LONGEST: usize = 64;

/// A shared secret of 24 to 64 octets. Its Debug form shows nothing.
#[derive(Clone, PartialEq, Eq)]
pub struct WebhookSecret(Vec<u8>);

/// Why a text is no secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SecretError {
    /// It does not begin with `whsec_`.
    #[error("a webhook secret begins with whsec_")]
    Prefix,
    /// What follows is not base64.
    #[error("after whsec_ stands base64")]
    NotBase64,
    /// Fewer than 24 octets or more than 64.
    #[error("a webhook secret has 24 to 64 octets")]
    Length,
}

impl WebhookSecret {
    /// Reads `whsec_` and base64, as partners are given it.
    ///
    /// # Errors
    /// The first rule the text breaks.
    pub fn parse(text: &str) -> Result<Self, SecretError> {
        let encoded = text
            .trim()
            .strip_prefix(PREFIX)
            .ok_or(SecretError::Prefix)?;
        let octets = STANDARD
            .decode(encoded)
            .map_err(|_| SecretError::NotBase64)?;
        if (SHORTEST..=LONGEST).contains(&octets.len()) {
            Ok(Self(octets))
        } else {
            Err(SecretError::Length)
        }
    }

    /// Makes one out of these random octets.
    #[must_use]
    pub fn from_random(octets: [u8; 32]) -> Self {
        Self(octets.to_vec())
    }

    /// The text to hand to the partner and to keep sealed.
    #[must_use]
    pub fn to_text(&self) -> String {
        format!("{PREFIX}{}", STANDARD.encode(&self.0))
    }

    /// One entry of the signature header: `v1,` and the HMAC-SHA256 of `id.timestamp.body`.
    #[must_use]
    pub fn sign(&self, id: &str, timestamp: i64, body: &[u8]) -> String {
        let key = hmac::Key::new(hmac::HMAC_SHA256, &self.0);
        let mut context = hmac::Context::with_key(&key);
        context.update(format!("{id}.{timestamp}.").as_bytes());
        context.update(body);
        format!("v1,{}", STANDARD.encode(context.sign()))
    }
}

impl std::fmt::Debug for WebhookSecret {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("WebhookSecret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_known_answer_of_the_standard_s_own_library_is_ours() {
        let secret = WebhookSecret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap();
        let body = br#"{"test": 2432232314}"#;
        assert_eq!(
            secret.sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, body),
            "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
        );
    }

    #[test]
    fn a_secret_is_read_back_from_its_text_and_shown_nowhere_else() {
        let secret = WebhookSecret::from_random([7; 32]);
        let text = secret.to_text();
        assert_eq!(WebhookSecret::parse(&text), Ok(secret.clone()));
        assert_eq!(format!("{secret:?}"), "WebhookSecret");
    }

    #[test]
    fn what_is_no_secret_is_refused_by_its_rule() {
        let of = |octets: usize| format!("whsec_{}", STANDARD.encode(vec![1; octets]));
        for (text, error) in [
            (String::new(), SecretError::Prefix),
            ("whsk_AAAA".to_owned(), SecretError::Prefix),
            ("whsec_%%%".to_owned(), SecretError::NotBase64),
            (of(23), SecretError::Length),
            (of(65), SecretError::Length),
        ] {
            assert_eq!(WebhookSecret::parse(&text), Err(error), "{text}");
        }
        assert!(WebhookSecret::parse(&of(24)).is_ok() && WebhookSecret::parse(&of(64)).is_ok());
    }
}
