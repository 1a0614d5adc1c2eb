//! A private key that signs messages.
//!
//! Not for: storing it. Whoever keeps it keeps it sealed.

use aws_lc_rs::agreement::{ECDH_P256, PrivateKey};
use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
};
use rustls_pki_types::PrivatePkcs8KeyDer;
use rustls_pki_types::pem::PemObject;
use zeroize::Zeroizing;

use super::algorithm::{ECDSA_SHA256, RSA_SHA256, SignatureMethod};

/// The least RSA modulus that is taken, in bytes (2048 bits).
const LEAST_RSA: usize = 256;

/// A private key: RSA from 2048 bits, or on P-256.
pub struct SigningKey {
    pair: Pair,
    pkcs8: Zeroizing<Vec<u8>>,
}

/// Why a key is not taken or did not sign.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// There is no PEM section `PRIVATE KEY`, or it is damaged.
    #[error("not a private key in PEM (PKCS#8)")]
    Pem,
    /// It is not PKCS#8, or neither RSA from 2048 bits nor on P-256.
    #[error("the private key is neither RSA from 2048 bits nor on P-256, in PKCS#8")]
    Key,
    /// The machine's cryptography failed.
    #[error("the key could not sign")]
    Sign,
}

enum Pair {
    Rsa(RsaKeyPair),
    P256(EcdsaKeyPair),
}

impl SigningKey {
    /// From PKCS#8 in DER.
    ///
    /// # Errors
    /// [`KeyError::Key`].
    pub fn from_pkcs8(der: &[u8]) -> Result<SigningKey, KeyError> {
        let pkcs8 = Zeroizing::new(der.to_vec());
        let pair = if let Ok(pair) = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, der)
        {
            Pair::P256(pair)
        } else {
            match RsaKeyPair::from_pkcs8(der) {
                Ok(pair) if pair.public_modulus_len() >= LEAST_RSA => Pair::Rsa(pair),
                _ => return Err(KeyError::Key),
            }
        };
        Ok(SigningKey { pair, pkcs8 })
    }

    /// From PKCS#8 in PEM (`PRIVATE KEY`).
    ///
    /// # Errors
    /// [`KeyError::Pem`] and [`KeyError::Key`].
    pub fn from_pem(pem: &[u8]) -> Result<SigningKey, KeyError> {
        let der = PrivatePkcs8KeyDer::from_pem_slice(pem).map_err(|_| KeyError::Pem)?;
        SigningKey::from_pkcs8(der.secret_pkcs8_der())
    }

    /// A key on P-256 from 32 random octets: the same octets make the same key.
    ///
    /// # Errors
    /// [`KeyError::Key`] for the one in 2³² octets that are no private key there; draw again.
    pub fn p256(secret: &[u8; 32]) -> Result<SigningKey, KeyError> {
        let private =
            PrivateKey::from_private_key(&ECDH_P256, secret).map_err(|_| KeyError::Key)?;
        let public = private.compute_public_key().map_err(|_| KeyError::Key)?;
        let pair = EcdsaKeyPair::from_private_key_and_public_key(
            &ECDSA_P256_SHA256_FIXED_SIGNING,
            secret,
            public.as_ref(),
        )
        .map_err(|_| KeyError::Key)?;
        let pkcs8 = pair.to_pkcs8v1().map_err(|_| KeyError::Key)?;
        SigningKey::from_pkcs8(pkcs8.as_ref())
    }

    /// The key in PKCS#8 (DER), to be sealed and kept.
    #[must_use]
    pub fn pkcs8(&self) -> &[u8] {
        &self.pkcs8
    }

    /// How this key signs.
    pub(super) fn method(&self) -> &'static SignatureMethod {
        match self.pair {
            Pair::Rsa(_) => RSA_SHA256,
            Pair::P256(_) => ECDSA_SHA256,
        }
    }

    /// The public key as certificates hold it.
    pub(super) fn public_key(&self) -> &[u8] {
        match &self.pair {
            Pair::Rsa(pair) => pair.public_key().as_ref(),
            Pair::P256(pair) => pair.public_key().as_ref(),
        }
    }

    /// The signature's value over some octets, as XML signatures hold it.
    pub(super) fn sign(&self, octets: &[u8]) -> Result<Vec<u8>, KeyError> {
        let digest = digest(&SHA256, octets);
        match &self.pair {
            Pair::P256(pair) => match pair.sign_digest(&digest) {
                Ok(value) => Ok(value.as_ref().to_vec()),
                Err(_) => Err(KeyError::Sign),
            },
            Pair::Rsa(pair) => {
                let mut value = vec![0; pair.public_modulus_len()];
                pair.sign_digest(&RSA_PKCS1_SHA256, &digest, &mut value)
                    .map_err(|_| KeyError::Sign)?;
                Ok(value)
            }
        }
    }

    /// The key in the hands of the library that makes certificates.
    pub(super) fn for_certificate(&self) -> Result<rcgen::KeyPair, KeyError> {
        let algorithm = match self.pair {
            Pair::Rsa(_) => &rcgen::PKCS_RSA_SHA256,
            Pair::P256(_) => &rcgen::PKCS_ECDSA_P256_SHA256,
        };
        let der = PrivatePkcs8KeyDer::from(self.pkcs8.as_slice());
        rcgen::KeyPair::from_pkcs8_der_and_sign_algo(&der, algorithm).map_err(|_| KeyError::Key)
    }
}
