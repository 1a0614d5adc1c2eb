//! The signer: puts the house's signature under a message only when two different people have put
//! their names to exactly the same thing, and lets workers check that signature before each batch.
//!
//! Not for: deciding who may approve (the domain), storage, network. It is a crate of its own so
//! that it can become a process of its own.

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use tifli_domain::approval::{Binding, Hand, Part};

/// Signs bindings with an Ed25519 key that belongs to one realm.
pub struct Signer {
    key: Ed25519KeyPair,
    realm: tifli_domain::Realm,
}

/// Checks signatures against one pinned public key.
#[derive(Clone)]
pub struct Verifier {
    public: Vec<u8>,
    realm: tifli_domain::Realm,
}

/// Why nothing is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SignError {
    /// Not one author and one approver.
    #[error("an author and an approver are needed")]
    Parts,
    /// Both hands are one person's.
    #[error("two different people are needed")]
    SamePerson,
    /// Both hands are of one unit.
    #[error("two different units are needed")]
    SameUnit,
    /// The hands stand under different things.
    #[error("the two approvals are not of the same message")]
    DifferentBindings,
    /// The binding belongs to another realm than the key.
    #[error("this key belongs to another realm")]
    ForeignRealm,
    /// The key bytes are not a key.
    #[error("the signing key is not usable")]
    Key,
    /// What it derives from does not bear this house's signature.
    #[error("the message was never approved here")]
    NotApproved,
}

/// Why a signature does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// The signature does not fit the binding and the pinned key.
    #[error("the signature does not fit")]
    Wrong,
    /// The binding belongs to another realm.
    #[error("the message belongs to another realm")]
    ForeignRealm,
}

impl Signer {
    /// A signer over a 32-byte seed (derived from the master key for this realm).
    pub fn from_seed(seed: &[u8; 32], realm: tifli_domain::Realm) -> Result<Self, SignError> {
        let key = Ed25519KeyPair::from_seed_unchecked(seed).map_err(|_| SignError::Key)?;
        Ok(Self { key, realm })
    }

    /// The signature (64 bytes) over what both hands bind.
    pub fn sign(&self, author: &Hand, approver: &Hand) -> Result<Vec<u8>, SignError> {
        if author.part != Part::Author || approver.part != Part::Approver {
            return Err(SignError::Parts);
        }
        if author.person == approver.person {
            return Err(SignError::SamePerson);
        }
        if author.unit.is_same(&approver.unit) {
            return Err(SignError::SameUnit);
        }
        if !author.binding.is_same_alert(&approver.binding) {
            return Err(SignError::DifferentBindings);
        }
        // How loudly it goes out is the approver's choice: theirs is signed.
        self.seal(&approver.binding)
    }

    /// The signature under a Cancel: ending needs one person, and sends no child's data.
    pub fn sign_cancel(&self, binding: &Binding) -> Result<Vec<u8>, SignError> {
        self.seal(binding)
    }

    /// The signature under what is handed to a partner: only for what derives from a message that
    /// bears this house's own signature, and over bytes that no binding can have (DSSE's
    /// pre-authentication encoding of `kind` and `payload`).
    pub fn sign_handover(
        &self,
        (binding, signature): (&Binding, &[u8]),
        kind: &str,
        payload: &[u8],
    ) -> Result<Vec<u8>, SignError> {
        if binding.realm != self.realm {
            return Err(SignError::ForeignRealm);
        }
        let own = self.verifier().verify(binding, signature);
        own.map_err(|_| SignError::NotApproved)?;
        Ok(self
            .key
            .sign(&pre_authentication(kind, payload))
            .as_ref()
            .to_vec())
    }

    /// The half that checks.
    pub fn verifier(&self) -> Verifier {
        Verifier {
            public: self.key.public_key().as_ref().to_vec(),
            realm: self.realm,
        }
    }

    fn seal(&self, binding: &Binding) -> Result<Vec<u8>, SignError> {
        if binding.realm != self.realm {
            return Err(SignError::ForeignRealm);
        }
        Ok(self.key.sign(&binding.to_bytes()).as_ref().to_vec())
    }
}

impl Verifier {
    /// Whether `signature` is the house's under `binding`.
    pub fn verify(&self, binding: &Binding, signature: &[u8]) -> Result<(), VerifyError> {
        if binding.realm != self.realm {
            return Err(VerifyError::ForeignRealm);
        }
        UnparsedPublicKey::new(&ED25519, &self.public)
            .verify(&binding.to_bytes(), signature)
            .map_err(|_| VerifyError::Wrong)
    }

    /// Whether `signature` is the house's under a hand-over's `payload` of this `kind`.
    pub fn verify_handover(
        &self,
        kind: &str,
        payload: &[u8],
        signature: &[u8],
    ) -> Result<(), VerifyError> {
        UnparsedPublicKey::new(&ED25519, &self.public)
            .verify(&pre_authentication(kind, payload), signature)
            .map_err(|_| VerifyError::Wrong)
    }

    /// The public key, 32 bytes.
    pub fn public_key(&self) -> &[u8] {
        &self.public
    }
}

/// DSSE v1: `DSSEv1 LENGTH(kind) kind LENGTH(payload) payload`, lengths in decimal octets.
fn pre_authentication(kind: &str, payload: &[u8]) -> Vec<u8> {
    let mut out = format!("DSSEv1 {} {kind} {} ", kind.len(), payload.len()).into_bytes();
    out.extend_from_slice(payload);
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use tifli_domain::Realm;
    use tifli_domain::approval::Unit;
    use tifli_domain::id::{AlertId, MessageId, PersonId};
    use tifli_domain::ports::Entropy;

    struct Fixed(u8);
    impl Entropy for Fixed {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0);
        }
    }

    fn binding(realm: Realm) -> Binding {
        Binding {
            realm,
            alert: AlertId::new(1, &Fixed(1)),
            message: MessageId::new(1, &Fixed(2)),
            version: 1,
            message_hash: "aa".into(),
            area_hash: "bb".into(),
            channels: vec!["web_push".into()],
            untargeted: Vec::new(),
            expires_ms: 1_000,
            count: 100,
            at_seq: 5,
            loudness: None,
        }
    }

    fn hand(person: u8, part: Part, binding: Binding) -> Hand {
        Hand {
            person: PersonId::new(1, &Fixed(person)),
            unit: Unit {
                district: "rabat".into(),
                name: format!("unit {person}"),
            },
            part,
            binding,
        }
    }

    fn signer() -> Signer {
        Signer::from_seed(&[7; 32], Realm::Demo).unwrap()
    }

    #[test]
    fn two_people_under_the_same_thing_are_signed_and_every_change_breaks_it() {
        let b = binding(Realm::Demo);
        let signature = signer()
            .sign(
                &hand(3, Part::Author, b.clone()),
                &hand(4, Part::Approver, b.clone()),
            )
            .unwrap();
        let verifier = signer().verifier();
        assert_eq!(verifier.verify(&b, &signature), Ok(()));
        for i in 0..signature.len() {
            let mut bent = signature.clone();
            bent[i] ^= 1;
            assert_eq!(verifier.verify(&b, &bent), Err(VerifyError::Wrong));
        }
        let mut other = b.clone();
        other.area_hash = "bc".into();
        assert_eq!(verifier.verify(&other, &signature), Err(VerifyError::Wrong));
    }

    #[test]
    fn one_person_one_unit_one_part_or_two_things_are_not_signed() {
        let b = binding(Realm::Demo);
        let mut c = b.clone();
        c.version = 2;
        let author = hand(3, Part::Author, b.clone());
        let s = signer();
        let sign = |x: Hand| s.sign(&author, &x);
        assert_eq!(
            sign(hand(3, Part::Approver, b.clone())),
            Err(SignError::SamePerson)
        );
        let colleague = Hand {
            unit: author.unit.clone(),
            ..hand(4, Part::Approver, b.clone())
        };
        assert_eq!(sign(colleague), Err(SignError::SameUnit));
        assert_eq!(sign(hand(4, Part::Author, b)), Err(SignError::Parts));
        assert_eq!(
            sign(hand(4, Part::Approver, c)),
            Err(SignError::DifferentBindings)
        );
    }

    #[test]
    fn a_demo_key_signs_and_accepts_nothing_live() {
        let live = binding(Realm::Live);
        let got = signer().sign(
            &hand(3, Part::Author, live.clone()),
            &hand(4, Part::Approver, live.clone()),
        );
        assert_eq!(got, Err(SignError::ForeignRealm));
        let got = signer().verifier().verify(&live, &[0; 64]);
        assert_eq!(got, Err(VerifyError::ForeignRealm));
    }

    #[test]
    fn a_handover_is_signed_only_for_a_message_this_house_signed() {
        let b = binding(Realm::Demo);
        let signed = signer().sign_cancel(&b).unwrap();
        let got = signer()
            .sign_handover((&b, &signed), "text/x", b"words")
            .unwrap();
        let verifier = signer().verifier();
        assert_eq!(verifier.verify_handover("text/x", b"words", &got), Ok(()));
        for (kind, payload) in [("text/y", &b"words"[..]), ("text/x", b"word")] {
            let wrong = verifier.verify_handover(kind, payload, &got);
            assert_eq!(wrong, Err(VerifyError::Wrong));
        }
        let foreign = Signer::from_seed(&[8; 32], Realm::Demo).unwrap();
        let forged = foreign.sign_cancel(&b).unwrap();
        let refused = signer().sign_handover((&b, &forged), "text/x", b"words");
        assert_eq!(refused, Err(SignError::NotApproved));
    }

    #[test]
    fn the_signed_bytes_are_those_of_the_published_example() {
        // The example of the DSSE specification.
        let got = pre_authentication("http://example.com/HelloWorld", b"hello world");
        assert_eq!(
            got,
            b"DSSEv1 29 http://example.com/HelloWorld 11 hello world"
        );
    }
}
