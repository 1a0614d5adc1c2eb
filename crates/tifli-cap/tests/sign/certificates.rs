//! Keys, certificates and the pinned list.

use aws_lc_rs::signature::{ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair};
use jiff::ToSpan;
use tifli_cap::sign::certificate::self_signed;
use tifli_cap::sign::{
    Certificate, CertificateError, KeyError, NotVerifiable, PinError, PinnedList, SigningKey,
    Validity, Verdict, verify,
};

use crate::house::{by, house, now, p256, pinned, rsa, signed, this_year};

#[test]
fn a_house_certificate_says_its_name_and_whole_days() {
    for key in [p256(7), rsa()] {
        let made = self_signed("وزارة الداخلية، \"تجربة\"", &key, this_year()).unwrap();
        assert!(made.subject().starts_with("CN=وزارة الداخلية"));
        assert_eq!(made.subject(), made.issuer());
        assert_eq!(made.validity().from, this_year().from);
        assert_eq!(made.validity().until, this_year().until + 24.hours());
        assert!(made.validity().contains(now()));
    }
}

#[test]
fn names_and_validities_that_no_certificate_has_are_refused() {
    let year = this_year();
    let turned = Validity {
        from: year.until,
        until: year.from,
    };
    let long = "x".repeat(65);
    for (name, validity, why) in [
        (" ", year, CertificateError::Name),
        (long.as_str(), year, CertificateError::Name),
        ("Tifli", turned, CertificateError::Validity),
    ] {
        assert_eq!(self_signed(name, &p256(7), validity), Err(why));
    }
}

#[test]
fn a_certificate_survives_pem() {
    let made = house().certificate().clone();
    let pem = made.to_pem() + &self_signed("Deux", &rsa(), this_year()).unwrap().to_pem();
    let read = Certificate::list_from_pem(pem.as_bytes()).unwrap();
    assert_eq!(read.len(), 2);
    assert_eq!(read[0], made);
    assert_eq!(read[1].subject(), "CN=Deux");
    for none in ["", "nothing", "-----BEGIN CERTIFICATE-----\n!\n"] {
        let read = Certificate::list_from_pem(none.as_bytes());
        assert_eq!(read, Err(CertificateError::Pem));
    }
}

#[test]
fn damaged_certificates_are_refused_at_every_octet_that_is_cut() {
    let made = house().certificate().clone();
    for end in 0..made.der().len() {
        let read = Certificate::from_der(&made.der()[..end]);
        assert_eq!(read, Err(CertificateError::Malformed), "{end}");
    }
}

#[test]
fn a_key_survives_being_kept() {
    for key in [p256(7), rsa()] {
        let again = SigningKey::from_pkcs8(key.pkcs8()).unwrap();
        assert_eq!(again.pkcs8(), key.pkcs8());
        let certificate = self_signed("Tifli", &key, this_year()).unwrap();
        assert!(tifli_cap::sign::Signer::new(again, vec![certificate]).is_ok());
    }
}

#[test]
fn keys_of_other_kinds_are_refused() {
    let other = EcdsaKeyPair::generate(&ECDSA_P384_SHA384_FIXED_SIGNING).unwrap();
    let other = other.to_pkcs8v1().unwrap();
    for der in [other.as_ref(), &b"nothing"[..], &[]] {
        assert_eq!(SigningKey::from_pkcs8(der).err(), Some(KeyError::Key));
    }
    assert_eq!(SigningKey::from_pem(b"nothing").err(), Some(KeyError::Pem));
    assert_eq!(SigningKey::p256(&[0; 32]).err(), Some(KeyError::Key));
    assert_eq!(SigningKey::p256(&[255; 32]).err(), Some(KeyError::Key));
}

#[test]
fn a_certificate_with_an_rsa_key_below_2048_bits_is_refused() {
    let weak = include_bytes!("messages/rsa-1024.pem");
    let read = Certificate::list_from_pem(weak);
    assert_eq!(read, Err(CertificateError::Key));
}

#[test]
fn the_same_certificate_is_not_pinned_twice_but_a_name_may_have_two() {
    let mut list = pinned(house().certificate());
    let again = list.pin("autre", house().certificate().clone());
    assert_eq!(again, Err(PinError::Twice));
    let second = self_signed("Tifli 2", &p256(8), this_year()).unwrap();
    assert_eq!(list.pin(" ", second.clone()), Err(PinError::Name));
    assert_eq!(list.pin(by(), second), Ok(()));
    let names: Vec<&str> = list.iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["la maison", "la maison"]);
}

#[test]
fn an_expired_pin_is_named() {
    let list = pinned(house().certificate());
    let end = house().certificate().validity().until;
    let judge = |at| verify(signed().as_bytes(), &list, at);
    assert_eq!(judge(end), Verdict::Verified { by: by() });
    assert_eq!(
        judge(end + 1.second()),
        Verdict::NotVerifiable {
            why: NotVerifiable::Expired { by: by() }
        }
    );
}

#[test]
fn a_renewed_certificate_of_the_same_key_is_pinned_anew() {
    let renewed = self_signed("Tifli essai 2027", &p256(7), this_year()).unwrap();
    let mut list = PinnedList::new();
    list.pin(by(), renewed).unwrap();
    assert_eq!(
        verify(signed().as_bytes(), &list, now()),
        Verdict::NotVerifiable {
            why: NotVerifiable::NotPinned
        }
    );
}

#[test]
fn of_two_certificates_for_one_key_the_valid_one_speaks_where_none_is_named() {
    let last_year = Validity {
        from: this_year().from - 8760.hours(),
        until: this_year().from - 24.hours(),
    };
    let old = self_signed("Tifli essai", &p256(7), last_year).unwrap();
    let mut list = PinnedList::new();
    list.pin("l'ancien", old).unwrap();
    list.pin(by(), house().certificate().clone()).unwrap();
    let xml = signed();
    let from = xml.find("<ds:KeyInfo>").unwrap();
    let end = xml.find("</ds:Signature>").unwrap();
    let bare = format!("{}{}", &xml[..from], &xml[end..]);
    let verdict = verify(bare.as_bytes(), &list, now());
    assert_eq!(verdict, Verdict::Verified { by: by() });
}
