//! The master key's file, and the keys derived from it. Each purpose and each realm has a key of its
//! own, so that a drill's signature never fits a live alert. Not for data keys: the store's.

use std::path::Path;

use tifli_cap::sign::{KeyError, SigningKey};
use tifli_channel::web_push::{Vapid, VapidError};
use tifli_domain::Realm;
use tifli_signer::Signer;
use tifli_store::MasterKey;

use crate::failure::{Done, Failure, Trying as _};
use crate::system::random;

/// What is needed to have a key, in one sentence.
pub const HOW_TO_MAKE: &str = "make one with `tifli master-key > FILE`, readable by this user only, \
    and keep a copy where the data's backups are not";

/// How often a derived scalar may lie outside the curve's order before something else is wrong.
const ATTEMPTS: u8 = 8;

/// A new master key as it is written to a file: 64 hexadecimal digits.
pub fn new_master_key() -> String {
    tifli_app::hex(&random::<32>())
}

/// Reads the master key.
pub fn read_master_key(path: &Path) -> Done<MasterKey> {
    if !path.is_file() {
        let path = path.display();
        return Err(Failure::new(format!(
            "there is no master key at {path}: {HOW_TO_MAKE}"
        )));
    }
    MasterKey::from_file(path).trying(format!(
        "the master key at {} is unusable; {HOW_TO_MAKE}",
        path.display()
    ))
}

/// The key that signs what two people agreed on in `realm`.
pub fn signer(master: &MasterKey, realm: Realm) -> Done<Signer> {
    let seed = master.derive(format!("signer {}", realm.as_str()).as_bytes());
    Signer::from_seed(&seed, realm).trying("making the signing key")
}

/// The identity under which `realm` sends to push services. `contact` is a `mailto:` address.
pub fn vapid(master: &MasterKey, realm: Realm, contact: &str) -> Done<Vapid> {
    let mut label = format!("vapid {}", realm.as_str());
    for _ in 0..ATTEMPTS {
        match Vapid::new(&master.derive(label.as_bytes()), contact) {
            // A pseudo-random scalar lies outside the order of P-256 once in 2^32.
            Err(VapidError::Key) => label.push('+'),
            made => return made.trying("making the push identity"),
        }
    }
    Err(Failure::new(
        "no push identity can be derived from this master key",
    ))
}

/// The key that signs the CAP messages of `realm`, of a house whose operator named none.
pub fn cap_key(master: &MasterKey, realm: Realm) -> Done<SigningKey> {
    let mut label = format!("cap {}", realm.as_str());
    for _ in 0..ATTEMPTS {
        match SigningKey::p256(&master.derive(label.as_bytes())) {
            // As above.
            Err(KeyError::Key) => label.push('+'),
            made => return made.trying("making the key of CAP messages"),
        }
    }
    Err(Failure::new(
        "no key of CAP messages can be derived from this master key",
    ))
}

/// Keys the hashes of receipts and tokens.
pub fn pepper(master: &MasterKey) -> [u8; 32] {
    *master.derive(b"pepper")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_master_key_can_be_read_back() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("key");
        std::fs::write(&path, new_master_key() + "\n").unwrap();
        assert!(read_master_key(&path).is_ok());
    }

    #[test]
    fn a_missing_master_key_says_how_to_make_one() {
        let words = read_master_key(Path::new("/nonexistent/key"))
            .unwrap_err()
            .to_string();
        assert!(words.contains("tifli master-key"), "{words}");
    }

    #[test]
    fn each_realm_has_a_push_identity_of_its_own() {
        let master = MasterKey::from_bytes([7; 32]);
        let key = |realm| {
            vapid(&master, realm, "mailto:a@b.invalid")
                .unwrap()
                .public_key()
        };
        assert_ne!(key(Realm::Demo), key(Realm::Live));
        assert_eq!(key(Realm::Demo), key(Realm::Demo));
    }
}
