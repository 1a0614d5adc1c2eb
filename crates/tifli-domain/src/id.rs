//! Identifiers: newtypes over UUIDv7, written with their kind in front (`case_0192…`).
//!
//! They are for people of the house and for rows. What the public sees (page, receipt) is a random
//! [`PublicCode`] that says nothing about order or time.

use crate::ports::Entropy;
use std::fmt;
use std::str::FromStr;
use uuid::Uuid;

/// Why a text is no identifier of the expected kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not an identifier of the expected kind")]
pub struct IdError;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(Uuid);

        impl $name {
            /// The kind, as it stands before the underscore.
            pub const PREFIX: &'static str = $prefix;

            /// A new identifier: the time in front, 74 random bits behind (RFC 9562, version 7).
            pub fn new(now_ms: i64, entropy: &dyn Entropy) -> Self {
                let mut random = [0u8; 10];
                entropy.fill(&mut random);
                let millis = u64::try_from(now_ms).unwrap_or(0);
                Self(uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($prefix, "_{}"), self.0.simple())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                let rest = text.strip_prefix(concat!($prefix, "_")).ok_or(IdError)?;
                Uuid::try_parse(rest).map(Self).map_err(|_| IdError)
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.collect_str(self)
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(d)?;
                text.parse().map_err(serde::de::Error::custom)
            }
        }
    )*};
}

ids! {
    /// A person of the house: officer, approver, room …
    PersonId = "person";
    /// A case, from the first keystroke of its report.
    CaseId = "case";
    /// A photo of a case or a tip.
    MediaId = "media";
    /// An alert: the long-lived decision to warn.
    AlertId = "alert";
    /// One immutable message of an alert, or the draft that may become one.
    MessageId = "message";
    /// Work written down with a decision.
    OutboxId = "outbox";
    /// One message on one channel for one segment.
    DeliveryId = "delivery";
    /// The address of a partner's system.
    EndpointId = "endpoint";
    /// What a member of the public told us.
    TipId = "tip";
    /// A call that was taken on the line.
    CallId = "call";
    /// A place where a unit looked and found nothing.
    SearchId = "search";
    /// Something somebody must do about a case by a time.
    DutyId = "duty";
    /// A case offered to another district.
    TransferId = "transfer";
    /// A request to erase a case.
    ErasureId = "erasure";
    /// A hold on a case's erasure.
    HoldId = "hold";
    /// A child found before anybody reported it, or whose report is not known yet.
    FoundId = "found";
    /// One version of an alert given to one partner.
    HandoverId = "handover";
    /// A bulletin: the search for one child by every security service.
    BulletinId = "bulletin";
    /// One telegram of a bulletin.
    TelegramId = "telegram";
    /// One telegram for one system of a service.
    DispatchId = "dispatch";
}

/// A random code the public may see, in 16 characters of an alphabet without look-alikes: 80 bits.
#[derive(
    Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct PublicCode(String);

/// Crockford's base 32 without i, l, o, u.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

impl PublicCode {
    /// Characters in a code.
    pub const LENGTH: usize = 16;

    /// A fresh code.
    pub fn new(entropy: &dyn Entropy) -> Self {
        let mut bytes = [0u8; Self::LENGTH];
        entropy.fill(&mut bytes);
        Self(
            bytes
                .iter()
                .map(|b| char::from(ALPHABET[usize::from(b & 31)]))
                .collect(),
        )
    }

    /// The code as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for PublicCode {
    type Err = IdError;
    fn from_str(text: &str) -> Result<Self, IdError> {
        let ok = text.len() == Self::LENGTH && text.bytes().all(|b| ALPHABET.contains(&b));
        ok.then(|| Self(text.to_owned())).ok_or(IdError)
    }
}

impl TryFrom<String> for PublicCode {
    type Error = IdError;
    fn try_from(text: String) -> Result<Self, IdError> {
        text.parse()
    }
}

impl From<PublicCode> for String {
    fn from(code: PublicCode) -> String {
        code.0
    }
}

impl fmt::Display for PublicCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A tip's receipt: 16 decimal digits (53 bits), shown in fours. Only its keyed hash is stored, and
/// wrong guesses are counted and locked out.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceiptCode(String);

impl ReceiptCode {
    /// A fresh receipt.
    pub fn new(entropy: &dyn Entropy) -> Self {
        let mut bytes = [0u8; 16];
        entropy.fill(&mut bytes);
        let number = u128::from_le_bytes(bytes) % 10_000_000_000_000_000;
        Self(format!("{number:016}"))
    }

    /// The sixteen digits without spaces.
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// Reads what a person typed: any spacing or dashes, Western or Arabic digits.
    pub fn typed(text: &str) -> Result<Self, IdError> {
        let digits: String = text
            .chars()
            .filter(|c| !c.is_whitespace() && *c != '-')
            .map(|c| match c {
                '\u{660}'..='\u{669}' => char::from(b'0' + (c as u32 - 0x660) as u8),
                '\u{6f0}'..='\u{6f9}' => char::from(b'0' + (c as u32 - 0x6f0) as u8),
                other => other,
            })
            .collect();
        let ok = digits.len() == 16 && digits.bytes().all(|b| b.is_ascii_digit());
        ok.then_some(Self(digits)).ok_or(IdError)
    }
}

impl fmt::Debug for ReceiptCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ReceiptCode(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Counting(std::sync::atomic::AtomicU8);
    impl Entropy for Counting {
        fn fill(&self, bytes: &mut [u8]) {
            for b in bytes {
                *b = self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            }
        }
    }

    #[test]
    fn an_identifier_is_read_only_with_its_own_prefix() {
        let id = CaseId::new(1_700_000_000_000, &Counting(0.into()));
        assert_eq!(id.to_string().parse(), Ok(id));
        assert_eq!(id.to_string().parse::<AlertId>(), Err(IdError));
    }

    #[test]
    fn a_receipt_is_read_with_spaces_and_arabic_digits() {
        let r = ReceiptCode::typed("١٢٣٤ 5678-9012 3456").unwrap();
        assert_eq!(r.digits(), "1234567890123456");
        assert!(ReceiptCode::typed("1234").is_err());
    }
}
