//! The algorithms that are taken, by their identifiers. Not here: SHA-1, MD5, DSA, HMAC and RSA
//! below 2048 bits, which prove nothing today.

use aws_lc_rs::digest::{self, SHA256, SHA384, SHA512};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED, ECDSA_P384_SHA384_FIXED, RSA_PKCS1_2048_8192_SHA256,
    RSA_PKCS1_2048_8192_SHA384, RSA_PKCS1_2048_8192_SHA512, UnparsedPublicKey,
    VerificationAlgorithm,
};

/// The kinds of public key that are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyKind {
    /// RSA with 2048 to 8192 bits.
    Rsa,
    /// ECDSA on P-256.
    P256,
    /// ECDSA on P-384.
    P384,
}

/// A way to sign.
pub(super) struct SignatureMethod {
    /// The identifier in `SignatureMethod`.
    pub(super) uri: &'static str,
    /// The key it needs.
    pub(super) key: KeyKind,
    verification: &'static dyn VerificationAlgorithm,
}

/// A way to digest.
pub(super) struct DigestMethod {
    /// The identifier in `DigestMethod`.
    pub(super) uri: &'static str,
    algorithm: &'static digest::Algorithm,
}

/// RSA with SHA-256, with which we sign.
pub(super) const RSA_SHA256: &SignatureMethod = &SIGNATURE_METHODS[0];
/// ECDSA on P-256 with SHA-256, with which we sign.
pub(super) const ECDSA_SHA256: &SignatureMethod = &SIGNATURE_METHODS[1];
/// SHA-256, with which we digest.
pub(super) const DIGEST_SHA256: &DigestMethod = &DIGEST_METHODS[0];

static SIGNATURE_METHODS: [SignatureMethod; 5] = [
    SignatureMethod {
        uri: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
        key: KeyKind::Rsa,
        verification: &RSA_PKCS1_2048_8192_SHA256,
    },
    SignatureMethod {
        uri: "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256",
        key: KeyKind::P256,
        verification: &ECDSA_P256_SHA256_FIXED,
    },
    SignatureMethod {
        uri: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha384",
        key: KeyKind::Rsa,
        verification: &RSA_PKCS1_2048_8192_SHA384,
    },
    SignatureMethod {
        uri: "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
        key: KeyKind::Rsa,
        verification: &RSA_PKCS1_2048_8192_SHA512,
    },
    SignatureMethod {
        uri: "http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha384",
        key: KeyKind::P384,
        verification: &ECDSA_P384_SHA384_FIXED,
    },
];

static DIGEST_METHODS: [DigestMethod; 3] = [
    DigestMethod {
        uri: "http://www.w3.org/2001/04/xmlenc#sha256",
        algorithm: &SHA256,
    },
    DigestMethod {
        uri: "http://www.w3.org/2001/04/xmldsig-more#sha384",
        algorithm: &SHA384,
    },
    DigestMethod {
        uri: "http://www.w3.org/2001/04/xmlenc#sha512",
        algorithm: &SHA512,
    },
];

impl SignatureMethod {
    /// The method of an identifier, if it is taken.
    pub(super) fn find(uri: &str) -> Option<&'static SignatureMethod> {
        SIGNATURE_METHODS.iter().find(|method| method.uri == uri)
    }

    /// Whether the signature fits the message; `public` is the key as certificates hold it.
    pub(super) fn fits(&self, public: &[u8], message: &[u8], signature: &[u8]) -> bool {
        UnparsedPublicKey::new(self.verification, public)
            .verify(message, signature)
            .is_ok()
    }
}

impl DigestMethod {
    /// The method of an identifier, if it is taken.
    pub(super) fn find(uri: &str) -> Option<&'static DigestMethod> {
        DIGEST_METHODS.iter().find(|method| method.uri == uri)
    }

    /// The digest of some octets.
    pub(super) fn of(&self, octets: &[u8]) -> digest::Digest {
        digest::digest(self.algorithm, octets)
    }
}
