//! Four eyes: what an approval binds, and when it may be given.

use crate::actor::Realm;
use crate::id::{AlertId, MessageId, PersonId};
use crate::intake::Consent;
use serde::{Deserialize, Serialize};

/// What both people put their name to: the bytes, the area, the channels, the expiry, the people
/// reached. Anything else is another approval.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Binding {
    /// The realm.
    pub realm: Realm,
    /// The alert.
    pub alert: AlertId,
    /// The message.
    pub message: MessageId,
    /// Its version.
    pub version: u32,
    /// SHA-256 of the frozen bytes, hexadecimal.
    pub message_hash: String,
    /// SHA-256 of the canonical area, hexadecimal.
    pub area_hash: String,
    /// The channels, sorted.
    pub channels: Vec<String>,
    /// Expiry, milliseconds since 1970 UTC.
    pub expires_ms: i64,
    /// Subscribers inside the area, counted at `at_seq`.
    pub count: u64,
    /// The subscription sequence at which they were counted.
    pub at_seq: i64,
}

impl Binding {
    /// The bytes that are signed: each part with its length in front, so that no two bindings have
    /// the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = b"tifli approval 1".to_vec();
        let channels = self.channels.join(",");
        for part in [
            self.realm.as_str(),
            &self.alert.to_string(),
            &self.message.to_string(),
            &self.version.to_string(),
            &self.message_hash,
            &self.area_hash,
            &channels,
            &self.expires_ms.to_string(),
            &self.count.to_string(),
            &self.at_seq.to_string(),
        ] {
            out.extend_from_slice(&(part.len() as u64).to_be_bytes());
            out.extend_from_slice(part.as_bytes());
        }
        out
    }
}

/// One person's hand under a binding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// Who.
    pub person: PersonId,
    /// Author or approver.
    pub part: Part,
    /// What.
    pub binding: Binding,
}

/// The two parts of four eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Submitted it.
    Author,
    /// Approved it.
    Approver,
}

/// Why an approval is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NotApprovable {
    /// The author cannot approve.
    #[error("the author of an alert cannot approve it")]
    SamePerson,
    /// What the approver saw is not what would go out.
    #[error("the alert has changed since it was shown")]
    Stale,
    /// There is no express consent.
    #[error("there is no consent to publish")]
    NoConsent,
    /// The alert would have expired already.
    #[error("the alert has expired")]
    Expired,
    /// More than 5 % more or fewer people than were shown.
    #[error("the number of people reached has changed by more than five percent")]
    CountDrifted,
}

/// Whether `approver` may approve what `author` submitted, having seen `seen`.
pub fn may_approve(
    author: &Hand,
    approver: PersonId,
    seen: &Binding,
    consent: Consent,
    now_ms: i64,
) -> Result<(), NotApprovable> {
    if author.person == approver {
        return Err(NotApprovable::SamePerson);
    }
    if author.binding != *seen {
        return Err(NotApprovable::Stale);
    }
    if consent != Consent::Given {
        return Err(NotApprovable::NoConsent);
    }
    if seen.expires_ms <= now_ms {
        return Err(NotApprovable::Expired);
    }
    Ok(())
}

/// Whether a count made now still agrees, within 5 %, with the one approved.
pub fn count_agrees(approved: u64, now: u64) -> bool {
    approved.abs_diff(now) * 20 <= approved.max(now)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ports::Entropy;

    struct Fixed(u8);
    impl Entropy for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    fn binding() -> Binding {
        Binding {
            realm: Realm::Demo,
            alert: AlertId::new(1, &Fixed(1)),
            message: MessageId::new(1, &Fixed(2)),
            version: 1,
            message_hash: "aa".into(),
            area_hash: "bb".into(),
            channels: vec!["web_push".into()],
            expires_ms: 1_000,
            count: 100,
            at_seq: 5,
        }
    }

    fn hand() -> Hand {
        Hand {
            person: PersonId::new(1, &Fixed(3)),
            part: Part::Author,
            binding: binding(),
        }
    }

    #[test]
    fn the_author_cannot_approve() {
        let author = hand();
        let got = may_approve(&author, author.person, &binding(), Consent::Given, 0);
        assert_eq!(got, Err(NotApprovable::SamePerson));
    }

    #[test]
    fn an_approval_of_anything_else_than_what_was_submitted_is_stale() {
        let other = PersonId::new(1, &Fixed(4));
        let change: [fn(&mut Binding); 8] = [
            |b| b.version = 2,
            |b| b.message_hash = "ab".into(),
            |b| b.area_hash = "bc".into(),
            |b| b.channels.push("x".into()),
            |b| b.expires_ms += 1,
            |b| b.count += 1,
            |b| b.at_seq += 1,
            |b| b.realm = Realm::Live,
        ];
        for f in change {
            let mut seen = binding();
            f(&mut seen);
            assert_ne!(seen.to_bytes(), binding().to_bytes());
            let got = may_approve(&hand(), other, &seen, Consent::Given, 0);
            assert_eq!(got, Err(NotApprovable::Stale));
        }
        assert_eq!(
            may_approve(&hand(), other, &binding(), Consent::Given, 0),
            Ok(())
        );
    }

    #[test]
    fn without_consent_or_after_expiry_nothing_is_approved() {
        let other = PersonId::new(1, &Fixed(4));
        for consent in [Consent::Refused, Consent::Unknown] {
            let got = may_approve(&hand(), other, &binding(), consent, 0);
            assert_eq!(got, Err(NotApprovable::NoConsent));
        }
        let got = may_approve(&hand(), other, &binding(), Consent::Given, 1_000);
        assert_eq!(got, Err(NotApprovable::Expired));
    }

    #[test]
    fn a_count_may_drift_by_five_percent() {
        assert!(count_agrees(100, 105));
        assert!(!count_agrees(100, 106));
        assert!(count_agrees(0, 0));
        assert!(!count_agrees(0, 1));
    }
}
