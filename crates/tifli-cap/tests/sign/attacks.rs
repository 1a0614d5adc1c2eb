//! What an attacker, or a careless system on the way, does to a signed message.

use proptest::prelude::*;
use tifli_cap::sign::{DocumentFault, NotVerifiable, PinnedList, Verdict, Wrong, verify};
use tifli_cap::{MAX_BYTES, parse};

use crate::house::{MESSAGE, by, house, judge, now, p256, pinned, rsa, signed, signer, with};

fn wrong(why: Wrong) -> Verdict {
    Verdict::Wrong { why }
}

fn unclear(why: NotVerifiable) -> Verdict {
    Verdict::NotVerifiable { why }
}

fn altered() -> Verdict {
    wrong(Wrong::Digest { by: by() })
}

/// The signature element of a signed message.
fn signature_of(xml: &str) -> &str {
    let from = xml.find("<ds:Signature ").expect("signed");
    let end = xml.rfind("</ds:Signature>").expect("signed") + "</ds:Signature>".len();
    &xml[from..end]
}

#[test]
fn one_altered_character_of_text_is_wrong() {
    let xml = signed();
    for (old, new) in [
        ("Salma", "Salwa"),
        ("سبع", "تسع"),
        ("33.97,-6.85 160", "33.97,-6.85 16"),
        ("<msgType>Alert", "<msgType>Cancel"),
        ("&amp;", "&lt;"),
        ("09:30:00+01:00</sent>", "09:31:00+01:00</sent>"),
        ("</alert>", "<x xmlns=\"urn:x\"/></alert>"),
        ("<scope>", "<scope a=\"b\">"),
    ] {
        assert_eq!(judge(&with(&xml, old, new)), altered(), "{old}");
    }
}

#[test]
fn every_single_altered_letter_of_the_message_is_found() {
    let xml = signed();
    let signature = xml.find("<ds:Signature ").unwrap();
    for (place, letter) in xml[..signature].char_indices() {
        if letter.is_ascii_lowercase() {
            let mut copy = xml.clone();
            copy.replace_range(place..=place, if letter == 'q' { "w" } else { "q" });
            let verdict = judge(&copy);
            let in_declaration = place < xml.find("<alert").unwrap();
            let unharmed = matches!(verdict, Verdict::Verified { .. });
            assert!(!unharmed || in_declaration, "place {place}");
        }
    }
}

#[test]
fn white_space_that_a_printer_adds_or_drops_is_wrong() {
    let xml = signed();
    for (old, new) in [
        ("<scope>", "\n  <scope>"),
        ("<ds:Signature ", "\n<ds:Signature "),
        ("</ds:Signature></alert>", "</ds:Signature>\n</alert>"),
        ("Salma, 7", "Salma,  7"),
        ("Salma, 7", "Salma,\t7"),
    ] {
        assert_eq!(judge(&with(&xml, old, new)), altered(), "{old:?}");
    }
    let signed_info = with(&xml, "</ds:Reference></ds:", "</ds:Reference> </ds:");
    assert_eq!(
        judge(&signed_info),
        wrong(Wrong::Signature { by: by() }),
        "white space inside what is signed"
    );
}

#[test]
fn a_digest_put_right_after_an_alteration_breaks_the_signature() {
    let forged = with(MESSAGE, "Salma", "Salwa");
    let digest = |xml: &str| {
        let (_, after) = xml.split_once("<ds:DigestValue>").unwrap();
        after.split_once('<').unwrap().0.to_owned()
    };
    let fresh = signer("Un autre", p256(9)).sign(&forged).unwrap();
    let xml = with(&signed(), "Salma", "Salwa");
    let xml = with(&xml, &digest(&xml), &digest(&fresh));
    assert_eq!(judge(&xml), wrong(Wrong::Signature { by: by() }));
}

#[test]
fn another_key_under_the_pinned_certificate_is_wrong() {
    let fresh = signer("Un autre", p256(9));
    let xml = fresh.sign(&with(MESSAGE, "Salma", "Salwa")).unwrap();
    let certificate = |xml: &str| {
        let (_, after) = xml.split_once("<ds:X509Certificate>").unwrap();
        after.split_once('<').unwrap().0.to_owned()
    };
    let disguised = with(&xml, &certificate(&xml), &certificate(&signed()));
    assert_eq!(judge(&disguised), wrong(Wrong::Signature { by: by() }));
}

#[test]
fn another_kind_of_key_under_the_pinned_certificate_is_wrong() {
    let xml = signed();
    let disguised = with(&xml, "#ecdsa-sha256", "#rsa-sha256");
    assert_eq!(judge(&disguised), wrong(Wrong::Signature { by: by() }));
}

#[test]
fn a_key_that_is_not_pinned_is_not_verifiable_whatever_it_signs() {
    let other = signer("Tifli essai", rsa());
    let xml = other.sign(MESSAGE).unwrap();
    assert_eq!(judge(&xml), unclear(NotVerifiable::NotPinned));
    let altered = with(&xml, "Salma", "Salwa");
    assert_eq!(judge(&altered), unclear(NotVerifiable::NotPinned));
    let nobody = verify(signed().as_bytes(), &PinnedList::new(), now());
    assert_eq!(nobody, unclear(NotVerifiable::NotPinned));
}

#[test]
fn without_a_certificate_inside_the_pinned_key_that_fits_is_found() {
    let xml = signed();
    let from = xml.find("<ds:KeyInfo>").unwrap();
    let end = xml.find("</ds:KeyInfo>").unwrap() + "</ds:KeyInfo>".len();
    let bare = format!("{}{}", &xml[..from], &xml[end..]);
    assert_eq!(judge(&bare), Verdict::Verified { by: by() });
    assert_eq!(judge(&with(&bare, "Salma", "Salwa")), altered());
    let other = pinned(signer("Un autre", p256(9)).certificate());
    assert_eq!(
        verify(bare.as_bytes(), &other, now()),
        unclear(NotVerifiable::NotPinned)
    );
}

#[test]
fn a_signed_alert_wrapped_into_another_is_wrong() {
    let original = signed();
    let inner = &original[original.find("<alert").unwrap()..];
    let forged = with(MESSAGE, "Salma", "Salwa");
    let wrapped = with(&forged, "</alert>", &format!("{inner}</alert>"));
    assert_eq!(judge(&wrapped), wrong(Wrong::CoversOther));
}

#[test]
fn a_signature_moved_into_another_element_is_wrong() {
    let xml = signed();
    let signature = signature_of(&xml).to_owned();
    let moved = with(
        &with(&xml, &signature, ""),
        "</info>",
        &format!("{signature}</info>"),
    );
    assert_eq!(judge(&moved), wrong(Wrong::CoversOther));
}

#[test]
fn a_signature_over_a_fragment_is_wrong() {
    let xml = signed();
    for uri in ["#original", "https://tifli.example/alert.xml", "alert.xml"] {
        let fragment = with(&xml, "URI=\"\"", &format!("URI=\"{uri}\""));
        assert_eq!(judge(&fragment), wrong(Wrong::CoversOther), "{uri}");
        let with_target = with(&fragment, "<info>", "<info Id=\"original\">");
        assert_eq!(judge(&with_target), wrong(Wrong::CoversOther), "{uri}");
    }
}

#[test]
fn the_original_kept_inside_the_signature_is_wrong() {
    let xml = signed();
    let info = &xml[xml.find("<info>").unwrap()..xml.find("<ds:Signature ").unwrap()];
    let original = with(info, "<info>", "<info Id=\"original\">");
    let hidden = format!("<ds:Object>{original}</ds:Object></ds:Signature>");
    let forged = with(&with(&xml, "Salma", "Salwa"), "</ds:Signature>", &hidden);
    let forged = with(&forged, "URI=\"\"", "URI=\"#original\"");
    assert_eq!(judge(&forged), wrong(Wrong::CoversOther));
}

#[test]
fn the_root_named_by_its_id_is_a_form_that_is_not_taken() {
    let xml = with(&signed(), "<alert ", "<alert Id=\"a\" ");
    let by_id = with(&xml, "URI=\"\"", "URI=\"#a\"");
    assert_eq!(judge(&by_id), unclear(NotVerifiable::NotTaken("Reference")));
    let twice = with(&by_id, "<info>", "<info ID=\"a\">");
    assert_eq!(judge(&twice), wrong(Wrong::CoversOther));
}

#[test]
fn two_signatures_are_not_verifiable() {
    let xml = signed();
    let signature = signature_of(&xml).to_owned();
    let twice = with(&xml, "</alert>", &format!("{signature}</alert>"));
    assert_eq!(judge(&twice), unclear(NotVerifiable::SeveralSignatures));
    let nested = format!("<ds:Object>{signature}</ds:Object></ds:Signature>");
    let nested = with(&xml, "</ds:Signature>", &nested);
    assert_eq!(judge(&nested), unclear(NotVerifiable::SeveralSignatures));
}

#[test]
fn a_comment_inside_a_text_is_not_covered_and_is_said() {
    let split = with(&signed(), "Salma", "Sal<!-- -->ma");
    assert_eq!(judge(&split), unclear(NotVerifiable::CommentInText));
    let in_digest = with(&signed(), "<ds:DigestValue>", "<ds:DigestValue><!--A-->");
    assert_eq!(judge(&in_digest), unclear(NotVerifiable::CommentInText));
    let read = parse(&split).map(|alert| alert.info[0].headline.clone());
    assert!(
        read.is_err() || read == Ok(Some("Salma, 7 ans & demi".to_owned())),
        "what the reader makes of it is not the first half"
    );
}

#[test]
fn a_comment_between_elements_says_nothing_and_harms_nothing() {
    let xml = with(&signed(), "<info>", "<!-- relayed --><info>");
    assert_eq!(judge(&xml), Verdict::Verified { by: by() });
    assert_eq!(parse(&xml), parse(MESSAGE));
}

#[test]
fn a_cdata_section_or_a_reference_for_the_same_text_is_no_change() {
    let xml = signed();
    for same in ["<![CDATA[Salma]]>", "S&#97;lma"] {
        let respelled = with(&xml, "Salma", same);
        assert_eq!(judge(&respelled), Verdict::Verified { by: by() });
    }
}

#[test]
fn documents_that_are_not_taken_are_not_verifiable() {
    let xml = signed();
    let deep = format!("{}{}", "<x xmlns=\"\">".repeat(40), "</x>".repeat(40));
    let entity = "<!DOCTYPE alert [<!ENTITY a \"Salma\">]><alert xmlns";
    let declared = |from: usize, to: usize| -> String {
        let one = |number: usize| format!(" xmlns:n{number}=\"urn:{number}\"");
        (from..to).map(one).collect()
    };
    let names = format!("<alert{} xmlns", declared(0, 70));
    let crowd: String = (0..40)
        .map(|step| format!("<x{}/>", declared(step * 30, step * 30 + 30)))
        .collect();
    let mut latin = xml.clone().into_bytes();
    latin[MESSAGE.find("Salma").unwrap()] = 0xE9;
    let cases = [
        (
            with(&xml, "<alert xmlns", entity).into_bytes(),
            DocumentFault::DocumentType,
        ),
        (
            with(&xml, "</alert>", &format!("{deep}</alert>")).into_bytes(),
            DocumentFault::TooDeep,
        ),
        (vec![b' '; MAX_BYTES + 1], DocumentFault::TooLarge),
        (
            with(&xml, "<alert xmlns", &names).into_bytes(),
            DocumentFault::Crowded,
        ),
        (
            with(&xml, "</alert>", &format!("{crowd}</alert>")).into_bytes(),
            DocumentFault::Crowded,
        ),
        (latin, DocumentFault::Encoding),
        (
            with(&xml, "</alert>", "").into_bytes(),
            DocumentFault::NotWellFormed,
        ),
        (Vec::new(), DocumentFault::NotWellFormed),
        (b"<rss/>".to_vec(), DocumentFault::NotCap),
    ];
    for (bytes, fault) in cases {
        let verdict = verify(&bytes, &pinned(house().certificate()), now());
        assert_eq!(verdict, unclear(NotVerifiable::Document(fault)));
    }
}

// What stands before the root is not signed, and the reader is stricter there than the verifier: a
// message that is verified and not read is refused, never misread.
proptest! {
    #[test]
    fn whatever_is_changed_a_verified_message_is_refused_or_reads_as_it_was_signed(
        cuts in proptest::collection::vec((0.0..1.0_f64, 0_usize..12, "[\\PC<>&/!\\-= ]{0,8}"), 1..3),
    ) {
        let mut xml: Vec<char> = signed().chars().collect();
        for (place, length, new) in cuts {
            let from = (place * xml.len() as f64) as usize;
            let end = (from + length).min(xml.len());
            xml.splice(from..end, new.chars());
        }
        let xml: String = xml.into_iter().collect();
        if let (Verdict::Verified { .. }, Ok(read)) = (judge(&xml), parse(&xml)) {
            prop_assert_eq!(Ok(read), parse(MESSAGE));
        }
    }
}
