//! Message encryption for Web Push (RFC 8291) in one `aes128gcm` record (RFC 8188).
//!
//! Every message gets a fresh sender key and a fresh salt. Nothing is kept between messages.

use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, PrivateKey, UnparsedPublicKey, agree};
use aws_lc_rs::error::Unspecified;
use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Prk, Salt};
use aws_lc_rs::rand::{SecureRandom, SystemRandom};

use super::subscription::Subscription;

/// The longest payload in octets: 4,096 less header (86), delimiter (1) and tag (16).
pub const LONGEST_PAYLOAD: usize = 3993;

/// Record size announced in the header; larger than any record we make, so there is one record.
const RECORD_SIZE: u32 = 4096;
/// Ends the last record's plaintext (RFC 8188 section 2).
const LAST_RECORD: u8 = 0x02;
const POINT: usize = 65;
const SALT: usize = 16;
const TAG: usize = 16;

/// Why a payload could not be encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EncryptError {
    /// More than 3,993 octets.
    #[error("the payload is longer than 3,993 octets")]
    TooLong,
    /// The subscriber's public key is not a point on P-256.
    #[error("the subscription's key is not a valid point")]
    BadKey,
    /// The machine's cryptography or random source failed.
    #[error("the cryptographic library failed")]
    Failed,
}

/// Encrypts a payload for one subscription; the result is the whole request body.
///
/// # Errors
/// See [`EncryptError`].
#[expect(
    clippy::disallowed_methods,
    reason = "a fresh salt for every message is what RFC 8291 asks; tests give theirs"
)]
pub fn encrypt(subscription: &Subscription, payload: &[u8]) -> Result<Vec<u8>, EncryptError> {
    let sender = PrivateKey::generate(&ECDH_P256).map_err(|_| EncryptError::Failed)?;
    let mut salt = [0; SALT];
    SystemRandom::new()
        .fill(&mut salt)
        .map_err(|_| EncryptError::Failed)?;
    encrypt_with(subscription, payload, &sender, salt)
}

fn encrypt_with(
    subscription: &Subscription,
    payload: &[u8],
    sender: &PrivateKey,
    salt: [u8; SALT],
) -> Result<Vec<u8>, EncryptError> {
    if payload.len() > LONGEST_PAYLOAD {
        return Err(EncryptError::TooLong);
    }
    let sender_public = sender
        .compute_public_key()
        .map_err(|_| EncryptError::Failed)?;
    let (key, nonce) = content_key(subscription, sender, sender_public.as_ref(), salt)?;

    let mut body = Vec::with_capacity(SALT + 5 + POINT + payload.len() + 1 + TAG);
    body.extend_from_slice(&salt);
    body.extend_from_slice(&RECORD_SIZE.to_be_bytes());
    body.push(POINT as u8);
    body.extend_from_slice(sender_public.as_ref());
    let header = body.len();
    body.extend_from_slice(payload);
    body.push(LAST_RECORD);
    let tag = key
        .seal_in_place_separate_tag(nonce, Aad::empty(), &mut body[header..])
        .map_err(|_| EncryptError::Failed)?;
    body.extend_from_slice(tag.as_ref());
    Ok(body)
}

/// The content key and nonce of RFC 8291 section 3.4.
fn content_key(
    subscription: &Subscription,
    sender: &PrivateKey,
    sender_public: &[u8],
    salt: [u8; SALT],
) -> Result<(LessSafeKey, Nonce), EncryptError> {
    let peer = UnparsedPublicKey::new(&ECDH_P256, &subscription.p256dh[..]);
    let key_material = agree(sender, peer, EncryptError::BadKey, |shared| {
        let info = [
            b"WebPush: info\0".as_slice(),
            &subscription.p256dh,
            sender_public,
        ];
        derive::<32>(
            &Salt::new(HKDF_SHA256, &subscription.auth).extract(shared),
            &info,
        )
        .map_err(|_| EncryptError::Failed)
    })?;
    let message_key = Salt::new(HKDF_SHA256, &salt).extract(&key_material);
    let key = derive::<16>(&message_key, &[b"Content-Encoding: aes128gcm\0"]);
    let nonce = derive::<12>(&message_key, &[b"Content-Encoding: nonce\0"]);
    let key = key.and_then(|key| UnboundKey::new(&AES_128_GCM, &key));
    match (key, nonce) {
        (Ok(key), Ok(nonce)) => Ok((LessSafeKey::new(key), Nonce::assume_unique_for_key(nonce))),
        _ => Err(EncryptError::Failed),
    }
}

struct Octets<const N: usize>;

impl<const N: usize> KeyType for Octets<N> {
    fn len(&self) -> usize {
        N
    }
}

fn derive<const N: usize>(key: &Prk, info: &[&[u8]]) -> Result<[u8; N], Unspecified> {
    let mut out = [0; N];
    key.expand(info, Octets::<N>)?.fill(&mut out)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    fn octets(text: &str) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(text).unwrap()
    }

    /// The values of RFC 8291 section 5 and appendix A.
    fn receiver() -> Subscription {
        Subscription::from_base64(
            "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
            "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
            "BTBZMqHH6r4Tts7J_aSIgg",
        )
        .unwrap()
    }

    #[test]
    fn the_example_of_rfc_8291_comes_out_octet_for_octet() {
        let sender = octets("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw");
        let sender = PrivateKey::from_private_key(&ECDH_P256, &sender).unwrap();
        let salt = octets("DGv6ra1nlYgDCS1FRnbzlw").try_into().unwrap();
        let plain = b"When I grow up, I want to be a watermelon";
        let body = encrypt_with(&receiver(), plain, &sender, salt).unwrap();
        let expected = "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIg\
                        Dll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVB\
                        St2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN";
        assert_eq!(URL_SAFE_NO_PAD.encode(&body), expected.replace(' ', ""));
    }

    #[test]
    fn the_content_keys_follow_the_example_of_rfc_8188() {
        // RFC 8188 section 3.1: key material and salt given, plaintext "I am the walrus".
        let ikm = octets("yqdlZ-tYemfogSmv7Ws5PQ");
        let salt = octets("I1BsxtFttlv3u_Oo94xnmw");
        let prk = Salt::new(HKDF_SHA256, &salt).extract(&ikm);
        let key = derive::<16>(&prk, &[b"Content-Encoding: aes128gcm\0"]).unwrap();
        let nonce = derive::<12>(&prk, &[b"Content-Encoding: nonce\0"]).unwrap();
        assert_eq!(key.as_slice(), octets("_wniytB-ofscZDh4tbSjHw"));
        assert_eq!(nonce.as_slice(), octets("Bcs8gkIRKLI8GeI8"));
        let key = LessSafeKey::new(UnboundKey::new(&AES_128_GCM, &key).unwrap());
        let mut record = b"I am the walrus\x02".to_vec();
        key.seal_in_place_append_tag(
            Nonce::assume_unique_for_key(nonce),
            Aad::empty(),
            &mut record,
        )
        .unwrap();
        assert_eq!(
            URL_SAFE_NO_PAD.encode(&record),
            "-NAVub2qFgBEuQKRapoZu-IxkIva3MEB1PD-ly8Thjg"
        );
    }

    #[test]
    fn the_longest_payload_fills_4096_octets_and_one_more_is_refused() {
        let longest = vec![b'a'; LONGEST_PAYLOAD];
        assert_eq!(encrypt(&receiver(), &longest).unwrap().len(), 4096);
        let longer = vec![b'a'; LONGEST_PAYLOAD + 1];
        assert_eq!(
            encrypt(&receiver(), &longer).unwrap_err(),
            EncryptError::TooLong
        );
    }

    #[test]
    fn salt_and_sender_key_are_new_for_every_message() {
        let one = encrypt(&receiver(), b"x").unwrap();
        let two = encrypt(&receiver(), b"x").unwrap();
        assert_ne!(one[..16], two[..16], "salt");
        assert_ne!(one[21..86], two[21..86], "sender key");
    }

    #[test]
    fn a_key_that_is_not_on_the_curve_is_refused() {
        let mut broken = receiver();
        broken.p256dh[40] ^= 1;
        assert_eq!(encrypt(&broken, b"x").unwrap_err(), EncryptError::BadKey);
    }
}
