//! What the phone does with a push message: RFC 8188 framing, RFC 8291 keys.
//!
//! Written from the two RFCs with HMAC alone (RFC 5869 spelled out), so that it shares no step
//! with the code that encrypts.

use aws_lc_rs::aead::{AES_128_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::agreement::{ECDH_P256, UnparsedPublicKey, agree};
use aws_lc_rs::hmac::{self, HMAC_SHA256};

use super::keys::SubscriberKeys;

/// Why a phone cannot open a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The header is not that of a Web Push message.
    #[error("the aes128gcm header is malformed")]
    Header,
    /// The sender's key is not a point on P-256.
    #[error("the sender's key is not a point on P-256")]
    SenderKey,
    /// Not encrypted for this phone, or changed on the way.
    #[error("the record does not authenticate")]
    Record,
    /// The padding is not that of exactly one last record.
    #[error("the record does not end as the last record must")]
    Delimiter,
}

struct Framed<'a> {
    salt: &'a [u8],
    sender: &'a [u8],
    record: &'a [u8],
}

/// Opens a message body with the phone's keys and returns the plaintext.
///
/// # Errors
/// See [`OpenError`].
pub fn open(keys: &SubscriberKeys, body: &[u8]) -> Result<Vec<u8>, OpenError> {
    let framed = read_frame(body)?;
    let peer = UnparsedPublicKey::new(&ECDH_P256, framed.sender);
    let ikm = agree(&keys.private, peer, OpenError::SenderKey, |ecdh_secret| {
        // RFC 8291 section 3.3: PRK_key = HMAC(auth_secret, ecdh_secret), one block of output.
        let prk_key = hmac_of(&keys.auth, &[ecdh_secret]);
        Ok(hmac_of(
            &prk_key,
            &[b"WebPush: info\0", &keys.public, framed.sender, &[1]],
        ))
    })?;
    // RFC 8188 sections 2.2 and 2.3; the nonce of record 0 is the derived value itself.
    let prk = hmac_of(framed.salt, &[&ikm]);
    let cek = hmac_of(&prk, &[b"Content-Encoding: aes128gcm\0", &[1]]);
    let nonce = hmac_of(&prk, &[b"Content-Encoding: nonce\0", &[1]]);
    let key = UnboundKey::new(&AES_128_GCM, &cek[..16]).map_err(|_| OpenError::Record)?;
    let nonce = Nonce::try_assume_unique_for_key(&nonce[..12]).map_err(|_| OpenError::Record)?;
    let mut record = framed.record.to_vec();
    let length = LessSafeKey::new(key)
        .open_in_place(nonce, Aad::empty(), &mut record)
        .map_err(|_| OpenError::Record)?
        .len();
    record.truncate(length);
    strip_padding(record)
}

/// salt (16) ‖ rs (4) ‖ idlen (1) ‖ keyid (idlen) ‖ one record.
fn read_frame(body: &[u8]) -> Result<Framed<'_>, OpenError> {
    let (salt, rest) = body.split_at_checked(16).ok_or(OpenError::Header)?;
    let (size, rest) = rest.split_first_chunk::<4>().ok_or(OpenError::Header)?;
    let (id_length, rest) = rest.split_first().ok_or(OpenError::Header)?;
    let (sender, record) = rest
        .split_at_checked(usize::from(*id_length))
        .ok_or(OpenError::Header)?;
    let size = u32::from_be_bytes(*size) as usize;
    let uncompressed = sender.len() == 65 && sender[0] == 4;
    // RFC 8291 section 4: one record only, so its size must not exceed the announced one.
    if size < 18 || record.len() > size || record.len() < 17 || !uncompressed {
        return Err(OpenError::Header);
    }
    Ok(Framed {
        salt,
        sender,
        record,
    })
}

/// Removes zeros and the delimiter 2 that marks the last record.
fn strip_padding(mut plain: Vec<u8>) -> Result<Vec<u8>, OpenError> {
    while let Some(last) = plain.pop() {
        match last {
            0 => {}
            2 => return Ok(plain),
            _ => return Err(OpenError::Delimiter),
        }
    }
    Err(OpenError::Delimiter)
}

fn hmac_of(key: &[u8], parts: &[&[u8]]) -> [u8; 32] {
    let mut context = hmac::Context::with_key(&hmac::Key::new(HMAC_SHA256, key));
    for part in parts {
        context.update(part);
    }
    let mut out = [0; 32];
    out.copy_from_slice(context.sign().as_ref());
    out
}

#[cfg(test)]
mod tests {
    use aws_lc_rs::agreement::PrivateKey;
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    fn octets(text: &str) -> Vec<u8> {
        URL_SAFE_NO_PAD.decode(text.replace(' ', "")).unwrap()
    }

    /// The receiver and the message of RFC 8291 section 5.
    fn example() -> (SubscriberKeys, Vec<u8>) {
        let private = octets("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94");
        let private = PrivateKey::from_private_key(&ECDH_P256, &private).unwrap();
        let keys = SubscriberKeys {
            public: private
                .compute_public_key()
                .unwrap()
                .as_ref()
                .try_into()
                .unwrap(),
            private,
            auth: octets("BTBZMqHH6r4Tts7J_aSIgg").try_into().unwrap(),
            tag: String::new(),
        };
        let body = octets(
            "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIg \
             Dll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVB \
             St2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN",
        );
        (keys, body)
    }

    #[test]
    fn the_example_of_rfc_8291_opens() {
        let (keys, body) = example();
        assert_eq!(
            open(&keys, &body).unwrap(),
            b"When I grow up, I want to be a watermelon"
        );
    }

    #[test]
    fn every_changed_octet_is_noticed() {
        let (keys, body) = example();
        for at in 0..body.len() {
            let mut changed = body.clone();
            changed[at] ^= 0x40;
            // Octets 16 to 19 announce the record size, which no key covers (RFC 8188).
            assert!(
                open(&keys, &changed).is_err() || (16..20).contains(&at),
                "octet {at}"
            );
        }
    }

    #[test]
    fn a_frame_that_is_cut_short_is_refused_without_a_panic() {
        let (keys, body) = example();
        for length in 0..body.len() {
            assert!(open(&keys, &body[..length]).is_err(), "{length}");
        }
        assert_eq!(open(&keys, &[]).unwrap_err(), OpenError::Header);
    }

    #[test]
    fn only_the_delimiter_of_a_last_record_is_taken() {
        assert_eq!(strip_padding(vec![7, 2]).unwrap(), vec![7]);
        assert_eq!(strip_padding(vec![7, 2, 0, 0]).unwrap(), vec![7]);
        assert_eq!(strip_padding(vec![7, 1]).unwrap_err(), OpenError::Delimiter);
        assert_eq!(strip_padding(vec![0, 0]).unwrap_err(), OpenError::Delimiter);
    }
}
