//! A house with keys, certificates and a message, for the tests beside it.

use std::sync::LazyLock;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use jiff::Timestamp;
use tifli_cap::sign::certificate::self_signed;
use tifli_cap::sign::{Certificate, PinnedList, Signer, SigningKey, Validity, Verdict, verify};

/// An invented alert, as `write` writes it.
pub const MESSAGE: &str = include_str!("messages/ours.xml").trim_ascii_end();

/// When the messages are judged.
pub fn now() -> Timestamp {
    "2026-11-22T09:00:00Z".parse().expect("a time")
}

/// The days around [`now`].
pub fn this_year() -> Validity {
    Validity {
        from: "2026-01-01T00:00:00Z".parse().expect("a time"),
        until: "2026-12-31T00:00:00Z".parse().expect("a time"),
    }
}

/// A key on P-256, another for each seed.
pub fn p256(seed: u8) -> SigningKey {
    SigningKey::p256(&[seed; 32]).expect("a key")
}

/// An RSA key in PKCS#8.
pub fn rsa() -> SigningKey {
    static PKCS8: LazyLock<Vec<u8>> = LazyLock::new(|| {
        let pair = KeyPair::generate(KeySize::Rsa2048).expect("a pair");
        let der: Pkcs8V1Der<'_> = pair.as_der().expect("PKCS#8");
        der.as_ref().to_vec()
    });
    SigningKey::from_pkcs8(&PKCS8).expect("a key")
}

/// A signer whose certificate is valid this year.
pub fn signer(name: &str, key: SigningKey) -> Signer {
    let certificate = self_signed(name, &key, this_year()).expect("a certificate");
    Signer::new(key, vec![certificate]).expect("a signer")
}

/// The house's signer, with the same certificate every time.
pub fn house() -> Signer {
    static CERTIFICATE: LazyLock<Certificate> =
        LazyLock::new(|| self_signed("Tifli essai", &p256(7), this_year()).expect("made"));
    Signer::new(p256(7), vec![CERTIFICATE.clone()]).expect("a signer")
}

/// The message, signed by the house.
pub fn signed() -> String {
    house().sign(MESSAGE).expect("signed")
}

/// A list with one certificate, pinned as `la maison`.
pub fn pinned(certificate: &Certificate) -> PinnedList {
    let mut list = PinnedList::new();
    list.pin("la maison", certificate.clone()).expect("pinned");
    list
}

/// The verdict of somebody who pinned the house.
pub fn judge(xml: &str) -> Verdict {
    verify(xml.as_bytes(), &pinned(house().certificate()), now())
}

/// The name [`pinned`] uses.
pub fn by() -> String {
    "la maison".to_owned()
}

/// The text with one piece replaced, which must be there exactly once.
#[track_caller]
pub fn with(text: &str, old: &str, new: &str) -> String {
    assert_eq!(text.matches(old).count(), 1, "{old}");
    text.replacen(old, new, 1)
}
