//! X.509 certificates as far as signatures need them: subject, validity, public key; and making a
//! house certificate for a first start.
//!
//! For: the signer, the pinned list, and the page on which an operator looks at them. Not for:
//! chains, revocation or names of hosts.

use std::fmt::Write;

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan};
use rcgen::{CertificateParams, DistinguishedName, DnType, KeyUsagePurpose};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use x509_cert::der::asn1::{ObjectIdentifier, UintRef};
use x509_cert::der::{Decode, Reader, SliceReader};
use x509_cert::spki::SubjectPublicKeyInfoOwned;

use super::algorithm::KeyKind;
use super::key::SigningKey;

const RSA: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.113549.1.1.1");
const EC: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.2.1");
const P256: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.2.840.10045.3.1.7");
const P384: ObjectIdentifier = ObjectIdentifier::new_unwrap("1.3.132.0.34");

/// The least RSA modulus that is taken, in bytes (2048 bits).
const LEAST_RSA: usize = 256;

/// A certificate with a key that is taken: RSA from 2048 bits, P-256 or P-384.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    der: Vec<u8>,
    subject: String,
    issuer: String,
    validity: Validity,
    kind: KeyKind,
    public: Vec<u8>,
}

/// From when until when a certificate is valid, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Validity {
    /// The first instant.
    pub from: Timestamp,
    /// The last instant.
    pub until: Timestamp,
}

/// Why a certificate is not taken or was not made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// There is no PEM section `CERTIFICATE`, or it is damaged.
    #[error("not a certificate in PEM")]
    Pem,
    /// It is not an X.509 certificate in DER.
    #[error("not an X.509 certificate")]
    Malformed,
    /// The key is neither RSA from 2048 bits nor on P-256 or P-384.
    #[error("the certificate's key is neither RSA from 2048 bits nor on P-256 or P-384")]
    Key,
    /// The name is blank or longer than the 64 characters X.509 has room for.
    #[error("the name of a certificate has 1 to 64 characters")]
    Name,
    /// It would end before it begins, or outside the years 1950 to 9999.
    #[error("the validity of a certificate must begin before it ends")]
    Validity,
    /// The machine's cryptography failed.
    #[error("the certificate could not be signed")]
    Sign,
}

impl Validity {
    /// Whether an instant lies within.
    #[must_use]
    pub fn contains(&self, instant: Timestamp) -> bool {
        (self.from..=self.until).contains(&instant)
    }
}

impl Certificate {
    /// Reads a certificate.
    ///
    /// # Errors
    /// [`CertificateError::Malformed`] and [`CertificateError::Key`].
    pub fn from_der(der: &[u8]) -> Result<Certificate, CertificateError> {
        let parsed =
            x509_cert::Certificate::from_der(der).map_err(|_| CertificateError::Malformed)?;
        let inside = parsed.tbs_certificate();
        let (kind, public) = read_key(inside.subject_public_key_info())?;
        let instant = |time: x509_cert::time::Time| {
            i64::try_from(time.to_unix_duration().as_secs())
                .ok()
                .and_then(|seconds| Timestamp::from_second(seconds).ok())
                .ok_or(CertificateError::Malformed)
        };
        Ok(Certificate {
            der: der.to_vec(),
            subject: inside.subject().to_string(),
            issuer: inside.issuer().to_string(),
            validity: Validity {
                from: instant(inside.validity().not_before)?,
                until: instant(inside.validity().not_after)?,
            },
            kind,
            public,
        })
    }

    /// Reads every certificate of a PEM text, in its order; at least one.
    ///
    /// # Errors
    /// See [`CertificateError`].
    pub fn list_from_pem(pem: &[u8]) -> Result<Vec<Certificate>, CertificateError> {
        let sections: Vec<CertificateDer<'_>> = CertificateDer::pem_slice_iter(pem)
            .collect::<Result<_, _>>()
            .map_err(|_| CertificateError::Pem)?;
        if sections.is_empty() {
            return Err(CertificateError::Pem);
        }
        sections
            .iter()
            .map(|der| Certificate::from_der(der))
            .collect()
    }

    /// The certificate in DER.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// The certificate in PEM.
    #[must_use]
    pub fn to_pem(&self) -> String {
        let base64 = STANDARD.encode(&self.der);
        let mut pem = String::from("-----BEGIN CERTIFICATE-----\n");
        for line in base64.as_bytes().chunks(64) {
            pem.extend(line.iter().map(|byte| char::from(*byte)));
            pem.push('\n');
        }
        pem.push_str("-----END CERTIFICATE-----\n");
        pem
    }

    /// The subject's name as of RFC 4514, most specific part first: `CN=…,O=…,C=…`.
    #[must_use]
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The issuer's name, written likewise.
    #[must_use]
    pub fn issuer(&self) -> &str {
        &self.issuer
    }

    /// From when until when it is valid.
    #[must_use]
    pub fn validity(&self) -> Validity {
        self.validity
    }

    /// The SHA-256 of the DER in lower-case hex, to compare over the telephone before pinning.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let mut hex = String::with_capacity(64);
        for byte in digest(&SHA256, &self.der).as_ref() {
            write!(hex, "{byte:02x}").expect("writing to a string does not fail");
        }
        hex
    }

    pub(super) fn key_kind(&self) -> KeyKind {
        self.kind
    }

    /// The public key as the signature library takes it: PKCS#1 for RSA, a point for the curves.
    pub(super) fn public_key(&self) -> &[u8] {
        &self.public
    }
}

/// Makes a certificate that vouches for itself, for a first start or a demonstration: whoever
/// takes our messages pins it. The validity is widened to whole days in UTC.
///
/// # Errors
/// [`CertificateError::Name`], [`CertificateError::Validity`] and [`CertificateError::Sign`].
pub fn self_signed(
    name: &str,
    key: &SigningKey,
    validity: Validity,
) -> Result<Certificate, CertificateError> {
    if name.trim().is_empty() || name.chars().count() > 64 {
        return Err(CertificateError::Name);
    }
    let mut params = CertificateParams::default();
    params.distinguished_name = DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, name);
    params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
    let (from, until) = whole_days(validity)?;
    params.not_before = rcgen::date_time_ymd(from.0, from.1, from.2);
    params.not_after = rcgen::date_time_ymd(until.0, until.1, until.2);
    let key = key.for_certificate().map_err(|_| CertificateError::Sign)?;
    let made = params
        .self_signed(&key)
        .map_err(|_| CertificateError::Sign)?;
    Certificate::from_der(made.der())
}

/// Year, month and day.
type Day = (i32, u8, u8);

/// The day a validity begins on, and the day after the one it ends on.
fn whole_days(validity: Validity) -> Result<(Day, Day), CertificateError> {
    let day = |instant: Timestamp, later: i32| {
        let date = instant.to_zoned(TimeZone::UTC).date();
        let date = date
            .checked_add(later.days())
            .map_err(|_| CertificateError::Validity)?;
        let part = |number: i8| u8::try_from(number).map_err(|_| CertificateError::Validity);
        match date.year() {
            1950..=9999 => Ok((
                i32::from(date.year()),
                part(date.month())?,
                part(date.day())?,
            )),
            _ => Err(CertificateError::Validity),
        }
    };
    if validity.from >= validity.until {
        return Err(CertificateError::Validity);
    }
    Ok((day(validity.from, 0)?, day(validity.until, 1)?))
}

fn read_key(info: &SubjectPublicKeyInfoOwned) -> Result<(KeyKind, Vec<u8>), CertificateError> {
    let public = info
        .subject_public_key
        .as_bytes()
        .ok_or(CertificateError::Malformed)?;
    let kind = match info.algorithm.oid {
        RSA if modulus_len(public)? >= LEAST_RSA => KeyKind::Rsa,
        EC => {
            let curve = info.algorithm.parameters.as_ref();
            let curve = curve.and_then(|any| any.decode_as::<ObjectIdentifier>().ok());
            match curve {
                Some(P256) => KeyKind::P256,
                Some(P384) => KeyKind::P384,
                _ => return Err(CertificateError::Key),
            }
        }
        _ => return Err(CertificateError::Key),
    };
    Ok((kind, public.to_vec()))
}

/// The length of an RSA modulus in bytes.
fn modulus_len(pkcs1: &[u8]) -> Result<usize, CertificateError> {
    let read = |der: &[u8]| -> x509_cert::der::Result<usize> {
        SliceReader::new(der)?.sequence(|inside| {
            let modulus = UintRef::decode(inside)?;
            let _exponent = UintRef::decode(inside)?;
            Ok(modulus.as_bytes().len())
        })
    };
    read(pkcs1).map_err(|_| CertificateError::Malformed)
}
