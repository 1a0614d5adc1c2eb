//! Four eyes: what an approval binds, and when it may be given.

use crate::actor::Realm;
use crate::id::{AlertId, MessageId, PersonId};
use crate::intake::Consent;
use crate::loudness::Loudness;
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
    /// Those among them that reach whoever reads them, wherever they are: the approver names each.
    pub untargeted: Vec<String>,
    /// Expiry, milliseconds since 1970 UTC.
    pub expires_ms: i64,
    /// Subscribers inside the area, counted at `at_seq`.
    pub count: u64,
    /// The subscription sequence at which they were counted.
    pub at_seq: i64,
    /// How loudly it enters people's lives: proposed when it is handed over, chosen by the approver. Nothing
    /// for an end and for what was approved before there was a choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub loudness: Option<Loudness>,
}

impl Binding {
    /// The bytes that are signed: each part with its length in front, so that no two bindings have
    /// the same bytes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = match self.loudness {
            None => b"tifli approval 2".to_vec(),
            Some(_) => b"tifli approval 3".to_vec(),
        };
        let channels = self.channels.join(",");
        let untargeted = self.untargeted.join(",");
        let (expires, count) = (self.expires_ms.to_string(), self.count.to_string());
        let fixed = [
            self.realm.as_str(),
            &self.alert.to_string(),
            &self.message.to_string(),
            &self.version.to_string(),
            &self.message_hash,
            &self.area_hash,
            &channels,
            &untargeted,
            &expires,
            &count,
            &self.at_seq.to_string(),
        ];
        for part in fixed.into_iter().chain(self.loudness.map(Loudness::as_str)) {
            out.extend_from_slice(&(part.len() as u64).to_be_bytes());
            out.extend_from_slice(part.as_bytes());
        }
        out
    }

    /// Whether both are the same but for the loudness, which is the approver's to choose.
    pub fn is_same_alert(&self, other: &Self) -> bool {
        let alike = Self {
            loudness: self.loudness,
            ..other.clone()
        };
        *self == alike
    }

    /// How loudly it goes out; what bears no choice goes out as it always did.
    pub fn loudness(&self) -> Loudness {
        self.loudness.unwrap_or(Loudness::Normal)
    }
}

/// Where a person works. Two people of one unit share a room, a chief and often a password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    /// The district, a slug of the country pack; empty for the whole country.
    pub district: String,
    /// Its name there; empty for the district's main post.
    pub name: String,
}

impl Unit {
    /// Whether both are one. A name belongs to one district, unless one of them stands for the whole country.
    pub fn is_same(&self, other: &Self) -> bool {
        let name = |unit: &Self| unit.name.trim().to_lowercase();
        let wide = self.district.is_empty() || other.district.is_empty();
        name(self) == name(other)
            && (self.district == other.district || (wide && !name(self).is_empty()))
    }
}

/// One person's hand under a binding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hand {
    /// Who.
    pub person: PersonId,
    /// Where they work.
    pub unit: Unit,
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
    /// Nobody else of the author's unit can.
    #[error("the approver belongs to the unit of the author")]
    SameUnit,
    /// What the approver saw is not what would go out.
    #[error("the alert has changed since it was shown")]
    Stale,
    /// The approver has not named every channel that reaches whoever reads it.
    #[error("the channels that cannot be limited to the area are not named")]
    NotNamed,
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

/// Whether `approver` may put their hand under what `author` submitted.
pub fn may_approve(
    author: &Hand,
    approver: &Hand,
    consent: Consent,
    now_ms: i64,
) -> Result<(), NotApprovable> {
    let seen = &approver.binding;
    if author.person == approver.person {
        return Err(NotApprovable::SamePerson);
    }
    if author.unit.is_same(&approver.unit) {
        return Err(NotApprovable::SameUnit);
    }
    if !author.binding.is_same_alert(seen) {
        let named = Binding {
            untargeted: author.binding.untargeted.clone(),
            ..seen.clone()
        };
        return Err(if named.is_same_alert(&author.binding) {
            NotApprovable::NotNamed
        } else {
            NotApprovable::Stale
        });
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
            channels: vec!["public_page".into(), "web_push".into()],
            untargeted: vec!["public_page".into()],
            expires_ms: 1_000,
            count: 100,
            at_seq: 5,
            loudness: Some(Loudness::Normal),
        }
    }

    fn unit(district: &str, name: &str) -> Unit {
        Unit {
            district: district.into(),
            name: name.into(),
        }
    }

    fn author() -> Hand {
        Hand {
            person: PersonId::new(1, &Fixed(3)),
            unit: unit("rabat", "brigade"),
            part: Part::Author,
            binding: binding(),
        }
    }

    fn approver(seen: Binding) -> Hand {
        Hand {
            person: PersonId::new(1, &Fixed(4)),
            unit: unit("", "alert desk"),
            part: Part::Approver,
            binding: seen,
        }
    }

    #[test]
    fn the_author_cannot_approve() {
        let own = Hand {
            person: author().person,
            ..approver(binding())
        };
        let got = may_approve(&author(), &own, Consent::Given, 0);
        assert_eq!(got, Err(NotApprovable::SamePerson));
    }

    #[test]
    fn a_colleague_of_the_authors_unit_cannot_approve() {
        let near = Hand {
            unit: unit("rabat", " Brigade"),
            ..approver(binding())
        };
        let got = may_approve(&author(), &near, Consent::Given, 0);
        assert_eq!(got, Err(NotApprovable::SameUnit));
    }

    #[test]
    fn units_are_told_apart_by_name_and_district() {
        for (one, other, same) in [
            (unit("rabat", "a"), unit("rabat", "a"), true),
            (unit("rabat", "a"), unit("rabat", "A "), true),
            (unit("rabat", "a"), unit("rabat", "b"), false),
            (unit("rabat", "a"), unit("fes", "a"), false),
            (unit("rabat", "a"), unit("", "a"), true),
            (unit("rabat", "a"), unit("rabat", ""), false),
            (unit("rabat", ""), unit("rabat", ""), true),
            (unit("rabat", ""), unit("fes", ""), false),
            (unit("rabat", ""), unit("", ""), false),
            (unit("", ""), unit("", ""), true),
        ] {
            assert_eq!(one.is_same(&other), same, "{one:?} {other:?}");
            assert_eq!(other.is_same(&one), same, "{other:?} {one:?}");
        }
    }

    #[test]
    fn an_approval_of_anything_else_than_what_was_submitted_is_stale() {
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
            let got = may_approve(&author(), &approver(seen), Consent::Given, 0);
            assert_eq!(got, Err(NotApprovable::Stale));
        }
        let got = may_approve(&author(), &approver(binding()), Consent::Given, 0);
        assert_eq!(got, Ok(()));
    }

    #[test]
    fn the_approver_chooses_how_loud_and_the_choice_is_signed() {
        let mut bytes = Vec::new();
        for loudness in Loudness::ALL.iter().copied() {
            let chosen = Binding {
                loudness: Some(loudness),
                ..binding()
            };
            bytes.push(chosen.to_bytes());
            let got = may_approve(&author(), &approver(chosen), Consent::Given, 0);
            assert_eq!(got, Ok(()), "{loudness:?}");
        }
        let before = Binding {
            loudness: None,
            ..binding()
        };
        assert!(before.to_bytes().starts_with(b"tifli approval 2"));
        bytes.push(before.to_bytes());
        bytes.sort();
        bytes.dedup();
        assert_eq!(bytes.len(), 4, "each choice is other bytes");
    }

    #[test]
    fn without_consent_or_after_expiry_nothing_is_approved() {
        let approver = approver(binding());
        for consent in [Consent::Refused, Consent::Unknown] {
            let got = may_approve(&author(), &approver, consent, 0);
            assert_eq!(got, Err(NotApprovable::NoConsent));
        }
        let got = may_approve(&author(), &approver, Consent::Given, 1_000);
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
