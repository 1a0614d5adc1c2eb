//! One browser's push subscription, as the page received it from the browser.
//!
//! The endpoint is a secret (whoever knows it can send to the phone): it is in no Debug output,
//! no log and no error.

use aws_lc_rs::agreement::{ECDH_P256, ParsedPublicKey, UnparsedPublicKey};
use base64::Engine;
use base64::alphabet::URL_SAFE;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};

/// Browsers send no padding, some libraries do: both are read.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &URL_SAFE,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// Where to send and with which keys. Build it from outside with [`Subscription::new`], which
/// checks; fields read back from the store may be put in directly.
#[derive(Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The push resource (RFC 8030 section 2).
    pub endpoint: String,
    /// The browser's public key: an uncompressed point on P-256.
    pub p256dh: [u8; 65],
    /// The browser's authentication secret (RFC 8291 section 3.2).
    pub auth: [u8; 16],
}

/// What is wrong with the keys of a subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SubscriptionError {
    /// Not an uncompressed point on P-256, in base64url.
    #[error("the subscription's public key is not a valid point")]
    PublicKey,
    /// Not 16 octets, in base64url.
    #[error("the subscription's secret is not 16 octets")]
    Secret,
}

impl Subscription {
    /// Checks that the key is on the curve.
    ///
    /// # Errors
    /// [`SubscriptionError::PublicKey`]. The endpoint is checked by the client, not here.
    pub fn new(
        endpoint: &str,
        p256dh: [u8; 65],
        auth: [u8; 16],
    ) -> Result<Self, SubscriptionError> {
        let uncompressed = p256dh[0] == 0x04;
        let parsed = ParsedPublicKey::try_from(&UnparsedPublicKey::new(&ECDH_P256, &p256dh[..]));
        if !uncompressed || parsed.is_err() {
            return Err(SubscriptionError::PublicKey);
        }
        Ok(Self {
            endpoint: endpoint.to_owned(),
            p256dh,
            auth,
        })
    }

    /// From the three texts of the browser's `PushSubscription.toJSON()`.
    ///
    /// # Errors
    /// The first part that is wrong.
    pub fn from_base64(
        endpoint: &str,
        p256dh: &str,
        auth: &str,
    ) -> Result<Self, SubscriptionError> {
        let key = BASE64
            .decode(p256dh)
            .map_err(|_| SubscriptionError::PublicKey)?;
        let key = key.try_into().map_err(|_| SubscriptionError::PublicKey)?;
        let secret = BASE64.decode(auth).map_err(|_| SubscriptionError::Secret)?;
        let secret = secret.try_into().map_err(|_| SubscriptionError::Secret)?;
        Self::new(endpoint, key, secret)
    }
}

impl std::fmt::Debug for Subscription {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Subscription(secret)")
    }
}

impl SubscriptionError {
    /// A short word that stays the same between versions.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::PublicKey => "subscription_key",
            Self::Secret => "subscription_secret",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KEY: &str =
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4";
    const AUTH: &str = "BTBZMqHH6r4Tts7J_aSIgg";

    #[test]
    fn a_browsers_keys_are_taken_with_or_without_padding() {
        assert!(Subscription::from_base64("e", KEY, AUTH).is_ok());
        assert!(Subscription::from_base64("e", &format!("{KEY}="), &format!("{AUTH}==")).is_ok());
    }

    #[test]
    fn keys_that_are_not_what_they_should_be_are_refused() {
        let read = |key, auth| Subscription::from_base64("e", key, auth).unwrap_err();
        assert_eq!(read("", AUTH), SubscriptionError::PublicKey);
        assert_eq!(read("BCVx", AUTH), SubscriptionError::PublicKey);
        assert_eq!(read(KEY, "BTBZ"), SubscriptionError::Secret);
        assert_eq!(read(KEY, "!"), SubscriptionError::Secret);
        let good = Subscription::from_base64("e", KEY, AUTH).unwrap();
        for spoil in [0, 1, 33, 64] {
            let mut key = good.p256dh;
            key[spoil] ^= 0x02;
            let error = Subscription::new("e", key, good.auth).unwrap_err();
            assert_eq!(error, SubscriptionError::PublicKey, "octet {spoil}");
        }
        assert!(
            Subscription::new("e", [0; 65], good.auth).is_err(),
            "the point at infinity"
        );
    }

    #[test]
    fn nothing_of_a_subscription_shows_in_its_debug_form() {
        let subscription = Subscription::from_base64("https://a.b/secret", KEY, AUTH).unwrap();
        assert_eq!(format!("{subscription:?}"), "Subscription(secret)");
    }
}
