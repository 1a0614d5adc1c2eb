//! The master key: read once at start, never used directly, only derived from.

use std::path::Path;

use aws_lc_rs::hkdf::{HKDF_SHA256, KeyType, Salt};
use zeroize::Zeroizing;

use crate::StoreError;

/// Separates keys derived here from those of any other use of the same master key.
const SALT: &[u8] = b"tifli/master/1";

/// 32 secret bytes. Wiped when dropped.
#[derive(Clone)]
pub struct MasterKey(Zeroizing<[u8; 32]>);

impl MasterKey {
    /// The key made of these bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// Reads a file of 32 raw bytes, or of 64 hexadecimal digits with or without a line end.
    pub fn from_file(path: &Path) -> Result<Self, StoreError> {
        let read = std::fs::read(path).map_err(StoreError::file("reading the master key"))?;
        let read = Zeroizing::new(read);
        if let Ok(raw) = <[u8; 32]>::try_from(read.as_slice()) {
            return Ok(Self::from_bytes(raw));
        }
        let digits = read.trim_ascii();
        if digits.len() != 64 {
            return Err(StoreError::MasterKey);
        }
        let mut bytes = Zeroizing::new([0; 32]);
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            *byte = (nibble(pair[0])? << 4) | nibble(pair[1])?;
        }
        Ok(Self(bytes))
    }

    /// A key for one purpose. The same label gives the same key; different labels tell nothing of each other.
    pub fn derive(&self, label: &[u8]) -> Zeroizing<[u8; 32]> {
        let mut out = Zeroizing::new([0; 32]);
        Salt::new(HKDF_SHA256, SALT)
            .extract(self.0.as_slice())
            .expand(&[label], Length32)
            .and_then(|material| material.fill(out.as_mut_slice()))
            .expect("32 bytes are within what this derivation gives");
        out
    }
}

impl std::fmt::Debug for MasterKey {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("MasterKey")
    }
}

struct Length32;

impl KeyType for Length32 {
    fn len(&self) -> usize {
        32
    }
}

fn nibble(digit: u8) -> Result<u8, StoreError> {
    let value = char::from(digit).to_digit(16);
    value
        .and_then(|value| u8::try_from(value).ok())
        .ok_or(StoreError::MasterKey)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hexadecimal_and_raw_files_give_the_same_key() {
        let folder = tempfile::tempdir().unwrap();
        let raw = folder.path().join("raw");
        let hex = folder.path().join("hex");
        std::fs::write(&raw, [0xabu8; 32]).unwrap();
        std::fs::write(&hex, format!("{}\n", "Ab".repeat(32))).unwrap();
        let raw = MasterKey::from_file(&raw).unwrap();
        let hex = MasterKey::from_file(&hex).unwrap();
        assert_eq!(*raw.derive(b"x"), *hex.derive(b"x"));
    }

    #[test]
    fn a_key_file_of_another_length_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        for wrong in ["", "abcd", &"g".repeat(64), &"a".repeat(66)] {
            let path = folder.path().join("key");
            std::fs::write(&path, wrong).unwrap();
            assert_eq!(
                MasterKey::from_file(&path).unwrap_err(),
                StoreError::MasterKey
            );
        }
    }

    #[test]
    fn labels_lead_to_different_keys() {
        let master = MasterKey::from_bytes([7; 32]);
        assert_ne!(*master.derive(b"data keys"), *master.derive(b"signing"));
    }
}
