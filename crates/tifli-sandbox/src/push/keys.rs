//! Keys and address of an invented subscriber, derived from a seed and a number.

use aws_lc_rs::agreement::{ECDH_P256, PrivateKey};
use aws_lc_rs::hmac::{self, HMAC_SHA256};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

/// What one phone holds: its key pair, its secret and the unguessable part of its address.
#[derive(Debug)]
pub struct SubscriberKeys {
    /// The private key on P-256.
    pub private: PrivateKey,
    /// The public key as an uncompressed point.
    pub public: [u8; 65],
    /// The authentication secret of RFC 8291.
    pub auth: [u8; 16],
    /// The last segment of the endpoint's path.
    pub tag: String,
}

/// A subscription in the shape of the browser's `PushSubscription.toJSON()`.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct BrowserSubscription {
    /// The push resource.
    pub endpoint: String,
    /// The keys, base64url without padding.
    pub keys: BrowserKeys,
}

/// The two keys of a [`BrowserSubscription`].
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct BrowserKeys {
    /// The public key, an uncompressed point.
    pub p256dh: String,
    /// The authentication secret.
    pub auth: String,
}

impl SubscriberKeys {
    /// The keys of subscriber `n`; the same seed and number give the same keys.
    ///
    /// # Panics
    /// Never in practice: only if 256 derived scalars in a row were out of range (2^-8000).
    #[must_use]
    pub fn derive(seed: &[u8; 32], n: u32) -> Self {
        let private = (0..=u8::MAX)
            .find_map(|attempt| {
                let scalar = derived(seed, b"key", n, attempt);
                PrivateKey::from_private_key(&ECDH_P256, &scalar).ok()
            })
            .expect("one of 256 pseudo-random scalars is below the order of P-256");
        let public = private
            .compute_public_key()
            .ok()
            .and_then(|public| public.as_ref().try_into().ok())
            .expect("a P-256 public key is a point of 65 octets");
        let mut auth = [0; 16];
        auth.copy_from_slice(&derived(seed, b"auth", n, 0)[..16]);
        Self {
            private,
            public,
            auth,
            tag: Self::tag_of(seed, n),
        }
    }

    /// Only the unguessable part of the address, which costs no curve arithmetic.
    #[must_use]
    pub fn tag_of(seed: &[u8; 32], n: u32) -> String {
        URL_SAFE_NO_PAD.encode(&derived(seed, b"tag", n, 0)[..16])
    }

    /// The subscription a browser would hand to a page, at a sandbox of this origin
    /// (`http://127.0.0.1:9000`).
    #[must_use]
    pub fn subscription(&self, origin: &str, n: u32) -> BrowserSubscription {
        BrowserSubscription {
            endpoint: format!("{origin}/p/{n}/{}", self.tag),
            keys: BrowserKeys {
                p256dh: URL_SAFE_NO_PAD.encode(self.public),
                auth: URL_SAFE_NO_PAD.encode(self.auth),
            },
        }
    }
}

fn derived(seed: &[u8; 32], label: &[u8], n: u32, attempt: u8) -> [u8; 32] {
    let key = hmac::Key::new(HMAC_SHA256, seed);
    let mut context = hmac::Context::with_key(&key);
    context.update(b"tifli sandbox push ");
    context.update(label);
    context.update(&n.to_be_bytes());
    context.update(&[attempt]);
    let mut out = [0; 32];
    out.copy_from_slice(context.sign().as_ref());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_and_number_give_the_same_phone() {
        let one = SubscriberKeys::derive(&[1; 32], 7).subscription("http://a", 7);
        assert_eq!(
            one,
            SubscriberKeys::derive(&[1; 32], 7).subscription("http://a", 7)
        );
        assert_ne!(
            one,
            SubscriberKeys::derive(&[1; 32], 8).subscription("http://a", 7)
        );
        assert_ne!(
            one,
            SubscriberKeys::derive(&[2; 32], 7).subscription("http://a", 7)
        );
        assert_eq!(one.keys.p256dh.len(), 87);
        assert_eq!(one.keys.auth.len(), 22);
    }
}
