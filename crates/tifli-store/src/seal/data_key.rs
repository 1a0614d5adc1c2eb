//! A data key: seals and opens the values of one owner.
//!
//! XChaCha20-Poly1305 with a random nonce; the context (`table:column:id`) is authenticated, so that
//! a value moved to another row does not open. Lengths are hidden by padding to buckets of 64 bytes.

use std::sync::Arc;

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use tifli_domain::ports::Entropy;
use zeroize::Zeroizing;

use crate::StoreError;

/// The layout of a sealed value: this byte, the nonce, the ciphertext with its tag.
const VERSION: u8 = 1;
const NONCE: usize = 24;
const BUCKET: usize = 64;
/// Ends the value within its padding, as in ISO/IEC 7816-4.
const END: u8 = 0x80;

/// The key of one owner. Clones share the bytes, which are wiped with the last of them.
#[derive(Clone)]
pub struct DataKey {
    owner: Arc<str>,
    bytes: Arc<Zeroizing<[u8; 32]>>,
    entropy: Arc<dyn Entropy>,
}

impl DataKey {
    pub(super) fn new(owner: &str, bytes: Zeroizing<[u8; 32]>, entropy: Arc<dyn Entropy>) -> Self {
        Self {
            owner: owner.into(),
            bytes: Arc::new(bytes),
            entropy,
        }
    }

    /// Whose key this is.
    pub fn owner(&self) -> &str {
        &self.owner
    }

    /// Seals `plain` for one place, `table:column:id`.
    pub fn seal(&self, context: &str, plain: &[u8]) -> Vec<u8> {
        let mut padded = Zeroizing::new(Vec::with_capacity(plain.len() + BUCKET));
        padded.extend_from_slice(plain);
        padded.push(END);
        let length = padded.len().next_multiple_of(BUCKET);
        padded.resize(length, 0);
        encrypt(&self.bytes, context, &padded, self.entropy.as_ref())
    }

    /// Opens what was sealed for the same place; anything else is [`StoreError::Unsealable`].
    /// Outside the store, values are opened through an audited read only.
    pub(crate) fn open(
        &self,
        context: &str,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        let mut padded = decrypt(&self.bytes, context, sealed)?;
        let end = padded.iter().rposition(|byte| *byte != 0);
        match end {
            Some(end) if padded[end] == END => {
                padded.truncate(end);
                Ok(padded)
            }
            _ => Err(unsealable(context)),
        }
    }
}

impl std::fmt::Debug for DataKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "DataKey({})", self.owner)
    }
}

/// Encrypts without padding; also wraps the data keys themselves.
pub(super) fn encrypt(
    key: &[u8; 32],
    context: &str,
    plain: &[u8],
    entropy: &dyn Entropy,
) -> Vec<u8> {
    let mut nonce = [0; NONCE];
    entropy.fill(&mut nonce);
    let payload = Payload {
        msg: plain,
        aad: context.as_bytes(),
    };
    let cipher = XChaCha20Poly1305::new(key.into())
        .encrypt(&XNonce::from(nonce), payload)
        .expect("only a value of many gigabytes is too long to encrypt");
    let mut sealed = Vec::with_capacity(1 + NONCE + cipher.len());
    sealed.push(VERSION);
    sealed.extend_from_slice(&nonce);
    sealed.extend_from_slice(&cipher);
    sealed
}

/// Undoes [`encrypt`].
pub(super) fn decrypt(
    key: &[u8; 32],
    context: &str,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, StoreError> {
    let Some((&[VERSION], rest)) = sealed.split_first_chunk::<1>() else {
        return Err(unsealable(context));
    };
    let Some((nonce, cipher)) = rest.split_first_chunk::<NONCE>() else {
        return Err(unsealable(context));
    };
    let payload = Payload {
        msg: cipher,
        aad: context.as_bytes(),
    };
    XChaCha20Poly1305::new(key.into())
        .decrypt(&XNonce::from(*nonce), payload)
        .map(Zeroizing::new)
        .map_err(|_| unsealable(context))
}

fn unsealable(context: &str) -> StoreError {
    StoreError::Unsealable {
        context: context.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::CountingEntropy;

    fn key() -> DataKey {
        let entropy = Arc::new(CountingEntropy::default());
        DataKey::new("case_1", Zeroizing::new([3; 32]), entropy)
    }

    #[test]
    fn what_is_sealed_opens_in_its_place_only() {
        let key = key();
        let sealed = key.seal("child:name:case_1", b"Imane");
        assert_eq!(
            key.open("child:name:case_1", &sealed).unwrap().as_slice(),
            b"Imane"
        );
        assert!(key.open("child:name:case_2", &sealed).is_err());
    }

    #[test]
    fn every_altered_byte_is_noticed() {
        let key = key();
        let sealed = key.seal("c", b"Imane");
        for place in 0..sealed.len() {
            let mut altered = sealed.clone();
            altered[place] ^= 1;
            assert!(key.open("c", &altered).is_err(), "byte {place}");
            assert!(key.open("c", &sealed[..place]).is_err(), "cut at {place}");
        }
    }

    #[test]
    fn lengths_are_hidden_in_buckets() {
        let key = key();
        let lengths: Vec<_> = [0, 1, 63, 64, 127]
            .map(|length| key.seal("c", &vec![0; length]).len() - 1 - NONCE - 16)
            .into();
        assert_eq!(lengths, [64, 64, 64, 128, 128]);
    }

    #[test]
    fn values_that_end_like_padding_survive() {
        let key = key();
        for plain in [&b""[..], &[0], &[0x80], &[0x80, 0, 0], &[1; 64]] {
            assert_eq!(
                key.open("c", &key.seal("c", plain)).unwrap().as_slice(),
                plain
            );
        }
    }

    #[test]
    fn the_same_value_never_looks_the_same_twice() {
        let key = key();
        assert_ne!(key.seal("c", b"Imane"), key.seal("c", b"Imane"));
    }
}
