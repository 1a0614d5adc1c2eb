//! Forms and algorithms: which are taken, which are malformed, which are simply not ours.

use tifli_cap::sign::{NotVerifiable, Verdict};

use crate::house::{MESSAGE, judge, signed, with};

fn reason(xml: &str) -> NotVerifiable {
    match judge(xml) {
        Verdict::NotVerifiable { why } => why,
        other => panic!("{other:?}"),
    }
}

const TRANSFORM: &str =
    "<ds:Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></ds:Transform>";

#[test]
fn an_unsigned_message_is_said_to_be_unsigned() {
    assert_eq!(reason(MESSAGE), NotVerifiable::NotSigned);
    assert_eq!(judge(MESSAGE).word(), "not-verifiable");
    assert_eq!(judge(MESSAGE).reason(), Some("not-signed"));
}

#[test]
fn an_id_with_a_blank_as_canada_writes_it_is_malformed() {
    let xml = with(
        &signed(),
        "<ds:Signature ",
        "<ds:Signature Id=\"NAADS Signature\" ",
    );
    assert_eq!(reason(&xml), NotVerifiable::Malformed("Id"));
    let two = with(
        &xml,
        "</alert>",
        "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/></alert>",
    );
    assert_eq!(reason(&two), NotVerifiable::Malformed("Id"));
    let well_named = with(&xml, "NAADS Signature", "NAADS-Signature");
    assert!(matches!(judge(&well_named), Verdict::Verified { .. }));
}

#[test]
fn an_object_in_no_namespace_as_canada_writes_it_is_malformed() {
    let object = "<Object xmlns=\"\"><SignatureProperty/></Object></ds:Signature>";
    let xml = with(&signed(), "</ds:Signature>", object);
    assert_eq!(reason(&xml), NotVerifiable::Malformed("Signature"));
}

#[test]
fn sha_1_and_other_algorithms_are_not_taken() {
    let xml = signed();
    for (old, new, at) in [
        (
            "2001/04/xmldsig-more#ecdsa-sha256",
            "2000/09/xmldsig#rsa-sha1",
            "SignatureMethod",
        ),
        (
            "2001/04/xmldsig-more#ecdsa-sha256",
            "2001/04/xmldsig-more#rsa-md5",
            "SignatureMethod",
        ),
        (
            "2001/04/xmldsig-more#ecdsa-sha256",
            "2000/09/xmldsig#hmac-sha1",
            "SignatureMethod",
        ),
        (
            "2001/04/xmlenc#sha256",
            "2000/09/xmldsig#sha1",
            "DigestMethod",
        ),
    ] {
        assert_eq!(reason(&with(&xml, old, new)), NotVerifiable::NotTaken(at));
    }
    let with_comments = xml.replace("xml-exc-c14n#\"", "xml-exc-c14n#WithComments\"");
    assert!(matches!(reason(&with_comments), NotVerifiable::NotTaken(_)));
}

#[test]
fn transforms_that_could_hide_something_are_not_taken() {
    let xml = signed();
    let taken = NotVerifiable::NotTaken("Transform");
    for other in [
        "http://www.w3.org/TR/1999/REC-xpath-19991116",
        "http://www.w3.org/TR/1999/REC-xslt-19991116",
        "http://www.w3.org/2000/09/xmldsig#base64",
        "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
    ] {
        let one = format!("<ds:Transform Algorithm=\"{other}\"></ds:Transform>");
        assert_eq!(reason(&with(&xml, TRANSFORM, &one)), taken, "{other}");
        let third = format!("{TRANSFORM}{one}");
        assert_eq!(reason(&with(&xml, TRANSFORM, &third)), taken, "{other}");
    }
    let not_enveloped = with(&xml, "#enveloped-signature", "#base64");
    assert_eq!(reason(&not_enveloped), taken);
}

#[test]
fn a_second_reference_is_not_taken() {
    let xml = signed();
    let from = xml.find("<ds:Reference ").unwrap();
    let end = xml.find("</ds:Reference>").unwrap() + "</ds:Reference>".len();
    let twice = format!("{}{}{}", &xml[..end], &xml[from..end], &xml[end..]);
    assert_eq!(reason(&twice), NotVerifiable::NotTaken("Reference"));
    let without_uri = with(&xml, " URI=\"\"", "");
    assert_eq!(reason(&without_uri), NotVerifiable::NotTaken("Reference"));
    let pointer = with(&xml, "URI=\"\"", "URI=\"#xpointer(/)\"");
    assert_eq!(reason(&pointer), NotVerifiable::NotTaken("Reference"));
}

#[test]
fn a_signature_that_is_not_built_as_specified_is_malformed() {
    let xml = signed();
    for (old, new, at) in [
        (
            "<ds:SignatureValue>",
            "<ds:SignatureValue>!",
            "SignatureValue",
        ),
        (
            "<ds:SignatureValue>",
            "<ds:SignatureValue><b/>",
            "SignatureValue",
        ),
        ("<ds:DigestValue>", "<ds:DigestValue>=", "DigestValue"),
        (
            "<ds:X509Certificate>",
            "<ds:X509Certificate>*",
            "X509Certificate",
        ),
        ("<ds:KeyInfo>", "text<ds:KeyInfo>", "Signature"),
        ("<ds:KeyInfo>", "<ds:Other/><ds:KeyInfo>", "Signature"),
        ("<ds:SignedInfo>", "<ds:SignedInfo>text", "SignedInfo"),
        (
            "<ds:Transforms>",
            "<ds:Transforms><x xmlns=\"\"/>",
            "Transform",
        ),
        (
            "<ds:SignatureMethod Algorithm",
            "<ds:SignatureMethod algorithm",
            "SignatureMethod",
        ),
    ] {
        let broken = with(&xml, old, new);
        assert_eq!(reason(&broken), NotVerifiable::Malformed(at), "{new}");
    }
    let from = xml.find("<ds:SignedInfo>").unwrap();
    let end = xml.find("</ds:SignedInfo>").unwrap() + "</ds:SignedInfo>".len();
    let empty = format!("{}{}", &xml[..from], &xml[end..]);
    assert_eq!(reason(&empty), NotVerifiable::Malformed("SignedInfo"));
}

#[test]
fn a_crowd_of_certificates_is_not_tried() {
    let xml = signed();
    let more = "<ds:X509Certificate>AAAA</ds:X509Certificate>".repeat(8);
    let crowd = with(&xml, "</ds:X509Data>", &format!("{more}</ds:X509Data>"));
    assert_eq!(reason(&crowd), NotVerifiable::NotTaken("X509Certificate"));
}
