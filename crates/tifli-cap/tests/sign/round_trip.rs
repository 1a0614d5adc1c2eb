//! What we sign is verified, in the form that was promised.

use tifli_cap::parse;
use tifli_cap::sign::{DocumentFault, SignError, Signer, Verdict, verify};

use crate::house::{MESSAGE, by, house, judge, now, p256, pinned, rsa, signed, signer, with};

#[test]
fn both_kinds_of_key_sign_and_are_verified() {
    for (key, uri) in [(p256(7), "#ecdsa-sha256"), (rsa(), "#rsa-sha256")] {
        let signer = signer("Tifli essai", key);
        let xml = signer.sign(MESSAGE).unwrap();
        assert!(xml.contains(uri), "{uri}");
        let verdict = verify(xml.as_bytes(), &pinned(signer.certificate()), now());
        assert_eq!(verdict, Verdict::Verified { by: by() }, "{uri}");
        assert_eq!((verdict.word(), verdict.reason()), ("verified", None));
    }
}

#[test]
fn the_signature_is_the_last_child_and_nothing_stands_between_elements() {
    let xml = signed();
    let tail = &xml[MESSAGE.len() - "</alert>".len()..];
    assert!(xml.starts_with(&MESSAGE[..MESSAGE.len() - "</alert>".len()]));
    assert!(tail.starts_with("<ds:Signature xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">"));
    assert!(tail.ends_with("</ds:Signature></alert>"));
    assert!(!tail.contains("> <") && !tail.contains('\n'));
    for part in [
        "<ds:Reference URI=\"\">",
        "<ds:CanonicalizationMethod Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\">",
        "<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\">",
        "<ds:X509SubjectName>CN=Tifli essai</ds:X509SubjectName><ds:X509Certificate>",
    ] {
        assert!(tail.contains(part), "{part}");
    }
}

#[test]
fn a_signed_message_is_read_like_the_unsigned_one() {
    assert_eq!(parse(&signed()).unwrap(), parse(MESSAGE).unwrap());
}

#[test]
fn rsa_signs_the_same_message_with_the_same_octets() {
    let signer = signer("Tifli essai", rsa());
    assert_eq!(signer.sign(MESSAGE), signer.sign(MESSAGE));
}

#[test]
fn a_byte_order_mark_and_other_line_ends_are_no_change() {
    let message = with(MESSAGE, "7 ans &amp; demi", "7 ans\n&amp; demi");
    let xml = house().sign(&message).unwrap();
    let other_spelling = xml.replace('\n', "\r\n").replace("></ds:Transform>", "/>");
    for same in [format!("\u{FEFF}{xml}"), other_spelling, format!("{xml}\n")] {
        assert_eq!(judge(&same), Verdict::Verified { by: by() });
    }
}

#[test]
fn a_certificate_of_another_key_makes_no_signer() {
    let other = house().certificate().clone();
    for certificates in [vec![other], Vec::new()] {
        let signer = Signer::new(p256(8), certificates);
        assert_eq!(signer.err(), Some(SignError::Certificate));
    }
}

#[test]
fn what_a_receiver_might_alter_or_refuse_is_not_signed() {
    let large = with(MESSAGE, "Rabat", &"x".repeat(tifli_cap::MAX_BYTES));
    let cases = [
        (signed(), SignError::SignedAlready),
        (with(MESSAGE, "<scope>", "\n<scope>"), SignError::WhiteSpace),
        (with(MESSAGE, "Rabat", "Ra<!-- -->bat"), SignError::Extras),
        (with(MESSAGE, "Rabat", "Ra<?a b?>bat"), SignError::Extras),
        (
            with(MESSAGE, "<alert xmlns", "<!DOCTYPE alert><alert xmlns"),
            SignError::Document(DocumentFault::DocumentType),
        ),
        (with(MESSAGE, "cap:1.2", "cap:1.1"), SignError::NotCap12),
        (
            "<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"/>".to_owned(),
            SignError::NotCap12,
        ),
        (
            "<feed/>".to_owned(),
            SignError::Document(DocumentFault::NotCap),
        ),
        (
            "<alert>".to_owned(),
            SignError::Document(DocumentFault::NotWellFormed),
        ),
        (large, SignError::Document(DocumentFault::TooLarge)),
    ];
    for (xml, why) in cases {
        assert_eq!(house().sign(&xml), Err(why));
    }
}

#[test]
fn a_message_that_only_the_signature_makes_too_large_is_not_signed() {
    let room = tifli_cap::MAX_BYTES - MESSAGE.len();
    let xml = with(MESSAGE, "Rabat", &"x".repeat(room));
    assert_eq!(
        house().sign(&xml),
        Err(SignError::Document(DocumentFault::TooLarge))
    );
}
