//! The check of one call: id, timestamp and signatures over the exact octets.

use axum::http::HeaderMap;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use serde::Serialize;

use super::secret::Secret;

/// How far a timestamp may lie from the receiver's clock, in seconds.
const TOLERANCE_SECONDS: u64 = 300;

/// Which of the receiver's secrets a signature belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SecretAge {
    /// The one in force.
    Current,
    /// The one before, while it is still accepted.
    Former,
}

/// One signature of a call, in the order of the header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignatureCheck {
    /// `v1` or `v1a`; others are passed over as the standard asks.
    pub version: String,
    /// By which secret it verifies; by none when absent.
    pub verified_by: Option<SecretAge>,
}

/// The secrets a receiver accepts now.
#[derive(Clone)]
pub(super) struct Secrets {
    pub(super) current: Secret,
    pub(super) former: Option<Secret>,
}

/// What a call proved.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Proof {
    pub(super) id: String,
    pub(super) timestamp: i64,
    pub(super) signatures: Vec<SignatureCheck>,
}

/// Why a call is not let in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Doubt {
    /// One of the three headers is absent or unreadable.
    Header,
    /// The id is empty or has a dot, which the signed text uses to divide.
    Id,
    /// Too old or too far ahead.
    Timestamp,
    /// No signature verifies.
    Signature,
}

impl Doubt {
    /// Its word in answers and totals.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Header => "header",
            Self::Id => "id",
            Self::Timestamp => "timestamp",
            Self::Signature => "signature",
        }
    }
}

/// Checks a call against the secrets and the clock.
pub(super) fn verify(
    headers: &HeaderMap,
    body: &[u8],
    secrets: &Secrets,
    now_seconds: i64,
) -> Result<Proof, Doubt> {
    let text = |name: &str| {
        let value = headers.get(name).ok_or(Doubt::Header)?;
        value.to_str().map_err(|_| Doubt::Header)
    };
    let (id, written, signatures) = (
        text("webhook-id")?,
        text("webhook-timestamp")?,
        text("webhook-signature")?,
    );
    if id.is_empty() || id.contains('.') {
        return Err(Doubt::Id);
    }
    let timestamp: i64 = written.parse().map_err(|_| Doubt::Timestamp)?;
    if timestamp.abs_diff(now_seconds) > TOLERANCE_SECONDS {
        return Err(Doubt::Timestamp);
    }
    let mut signed = format!("{id}.{written}.").into_bytes();
    signed.extend_from_slice(body);
    let signatures: Vec<_> = signatures
        .split(' ')
        .filter_map(|one| check(one, &signed, secrets))
        .collect();
    if signatures.iter().all(|check| check.verified_by.is_none()) {
        return Err(Doubt::Signature);
    }
    Ok(Proof {
        id: id.to_owned(),
        timestamp,
        signatures,
    })
}

/// One signature, `version,base64`; `None` when it has not that form.
fn check(signature: &str, signed: &[u8], secrets: &Secrets) -> Option<SignatureCheck> {
    let (version, encoded) = signature.split_once(',')?;
    let octets = BASE64_STANDARD.decode(encoded).unwrap_or_default();
    let by = |secret: &Secret| secret.verifies(version, signed, &octets);
    let verified_by = if by(&secrets.current) {
        Some(SecretAge::Current)
    } else if secrets.former.as_ref().is_some_and(by) {
        Some(SecretAge::Former)
    } else {
        None
    };
    Some(SignatureCheck {
        version: version.to_owned(),
        verified_by,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The known answer of the standard's own library.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const ID: &str = "msg_p5jXN8AQM9LWM0D4loKWxJek";
    const AT: i64 = 1_614_265_330;
    const BODY: &[u8] = br#"{"test": 2432232314}"#;
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    fn call(id: &str, at: &str, signatures: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("webhook-id", id),
            ("webhook-timestamp", at),
            ("webhook-signature", signatures),
        ] {
            headers.insert(name, value.parse().unwrap());
        }
        headers
    }

    fn secrets() -> Secrets {
        Secrets {
            current: Secret::parse(SECRET).unwrap(),
            former: None,
        }
    }

    #[test]
    fn the_known_answer_verifies_and_one_octet_more_does_not() {
        let headers = call(ID, &AT.to_string(), SIGNATURE);
        let proof = verify(&headers, BODY, &secrets(), AT).unwrap();
        assert_eq!(proof.signatures[0].verified_by, Some(SecretAge::Current));
        let longer = [BODY, b" "].concat();
        assert_eq!(
            verify(&headers, &longer, &secrets(), AT),
            Err(Doubt::Signature)
        );
    }

    #[test]
    fn a_timestamp_counts_for_five_minutes_either_way() {
        let headers = call(ID, &AT.to_string(), SIGNATURE);
        for (now, good) in [
            (AT - 301, false),
            (AT - 300, true),
            (AT + 300, true),
            (AT + 301, false),
        ] {
            assert_eq!(
                verify(&headers, BODY, &secrets(), now).is_ok(),
                good,
                "{now}"
            );
        }
    }

    #[test]
    fn one_good_signature_among_others_is_enough() {
        let list = format!("v2,eA== v1,bm8= v1,not-base64! {SIGNATURE} nonsense");
        let headers = call(ID, &AT.to_string(), &list);
        let proof = verify(&headers, BODY, &secrets(), AT).unwrap();
        let verified: Vec<_> = proof
            .signatures
            .iter()
            .map(|check| check.verified_by.is_some())
            .collect();
        assert_eq!(verified, [false, false, false, true]);
    }

    #[test]
    fn a_former_secret_is_told_from_the_current_one() {
        let both = Secrets {
            current: Secret::parse("whsec_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA").unwrap(),
            former: Some(Secret::parse(SECRET).unwrap()),
        };
        let headers = call(ID, &AT.to_string(), SIGNATURE);
        let proof = verify(&headers, BODY, &both, AT).unwrap();
        assert_eq!(proof.signatures[0].verified_by, Some(SecretAge::Former));
    }

    #[test]
    fn headers_that_cannot_be_right_are_named() {
        let at = AT.to_string();
        let doubt = |headers: HeaderMap| verify(&headers, BODY, &secrets(), AT).unwrap_err();
        assert_eq!(doubt(HeaderMap::new()), Doubt::Header);
        assert_eq!(doubt(call("a.b", &at, SIGNATURE)), Doubt::Id);
        assert_eq!(doubt(call("", &at, SIGNATURE)), Doubt::Id);
        assert_eq!(doubt(call(ID, "soon", SIGNATURE)), Doubt::Timestamp);
        assert_eq!(doubt(call(ID, &at, "")), Doubt::Signature);
    }
}
