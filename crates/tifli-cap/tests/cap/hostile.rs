//! Documents made to harm the checker and the reader, and bytes that are no documents at all.
//!
//! For: bounds. Not for: messages that are merely wrong.

use proptest::prelude::*;
use tifli_cap::{MAX_READ_BYTES, NAMESPACE, Options, ParseFault, Profile, check_file, read, write};

use crate::arbitrary;
use crate::samples::{self, Shape};

/// The document is refused for one reason, before anything in it is looked at.
#[track_caller]
fn refused(bytes: &[u8], code: &str, fault: ParseFault) {
    let verdict = check_file(bytes, &Options::default());
    let codes: Vec<_> = verdict.findings.iter().map(|one| one.code).collect();
    assert_eq!(codes, [code]);
    assert!(!verdict.valid && verdict.messages.is_empty());
    assert_eq!(read(bytes).map_err(|error| error.fault), Err(fault));
}

#[test]
fn a_billion_laughs_end_at_the_doctype() {
    let mut bomb = "<?xml version=\"1.0\"?><!DOCTYPE lolz [<!ENTITY lol0 \"lol\">".to_owned();
    for level in 1..10 {
        let inner = format!("&lol{};", level - 1).repeat(10);
        bomb.push_str(&format!("<!ENTITY lol{level} \"{inner}\">"));
    }
    bomb.push_str("]><alert>&lol9;</alert>");
    refused(bomb.as_bytes(), "doctype", ParseFault::Dtd);
    let outside = "<!DOCTYPE alert SYSTEM \"file:///etc/passwd\"><alert/>";
    refused(outside.as_bytes(), "doctype", ParseFault::Dtd);
}

#[test]
fn half_a_million_open_elements_end_at_the_depth() {
    let open = "<a>".repeat(500_000);
    refused(open.as_bytes(), "too-deep", ParseFault::TooDeep);
}

#[test]
fn two_megabytes_are_too_many() {
    let message = write(&samples::alert(Shape::Circle)).unwrap();
    let long = message + &" ".repeat(2_000_000);
    refused(long.as_bytes(), "too-large", ParseFault::TooLarge);
    let most = "x".repeat(MAX_READ_BYTES);
    refused(most.as_bytes(), "not-xml", ParseFault::NotWellFormed);
}

#[test]
fn crowds_of_attributes_namespaces_and_messages_are_refused() {
    let attributes: String = (0..100_000).map(|n| format!(" a{n}=''")).collect();
    let crowded = format!("<a{attributes}/>");
    refused(crowded.as_bytes(), "too-crowded", ParseFault::Crowded);
    let nested = format!("<a>{}</a>", "<b xmlns:c='urn:c'/>".repeat(50_000));
    refused(nested.as_bytes(), "too-crowded", ParseFault::Crowded);
    let alerts = format!("<a xmlns='{NAMESPACE}'>{}</a>", "<alert/>".repeat(2_000));
    refused(alerts.as_bytes(), "too-large", ParseFault::TooLarge);
}

#[test]
fn of_countless_findings_two_hundred_are_listed_and_none_is_lost_to_the_verdict() {
    let blank = "<category>Met</category><area><areaDesc> </areaDesc></area>";
    let head = format!("<alert xmlns='{NAMESPACE}'>");
    let infos = format!("<info>{blank}</info>").repeat(2_000);
    let verdict = check_file(
        format!("{head}{infos}</alert>").as_bytes(),
        &Options::default(),
    );
    assert_eq!(verdict.findings.len(), 201);
    assert_eq!(verdict.findings[200].code, "more-findings");
    assert!(!verdict.valid);
    // Two hundred warnings first, then one error.
    let codes = "<code>\u{202E}</code>".repeat(300);
    let late = write(&samples::alert(Shape::Circle))
        .unwrap()
        .replace("<code>tifli:drill</code>", &codes)
        .replace("</info></alert>", "</info><late/></alert>");
    let verdict = check_file(late.as_bytes(), &Options::default());
    assert!(!verdict.valid, "the error counts");
}

#[test]
fn half_a_character_and_strange_declarations_are_not_well_formed() {
    let message = write(&samples::alert(Shape::Circle)).unwrap();
    for (from, to) in [
        ("<event>", "<event>&#xD800;"),
        ("<event>", "<event>&#0;"),
        ("version=\"1.0\"", "version=\"one\""),
        ("<event>", "<?a<b?><event>"),
        ("</alert>", ""),
    ] {
        let broken = message.replacen(from, to, 1);
        assert_ne!(broken, message);
        refused(broken.as_bytes(), "not-xml", ParseFault::NotWellFormed);
    }
    refused(b"", "not-xml", ParseFault::NotWellFormed);
    refused(b"\xFF\xFE<\0", "encoding", ParseFault::Encoding);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_at_all_are_too_strange(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let verdict = check_file(&bytes, &Options::default());
        prop_assert_eq!(verdict.valid, read(&bytes).is_ok() && verdict.findings.is_empty());
    }

    #[test]
    fn no_alteration_of_a_message_is_too_strange(
        at in 0..4_000_usize,
        cut in 0..40_usize,
        put in "[<>/&;:=\"' a-z0-9!\\[\\]?-]{0,12}",
        strict in any::<bool>(),
        profile in 0..4_usize,
    ) {
        let mut bytes = write(&samples::update(Shape::Both)).expect("sound").into_bytes();
        let at = at.min(bytes.len());
        let end = (at + cut).min(bytes.len());
        bytes.splice(at..end, put.bytes());
        let options = Options { strict, profile: Some(Profile::ALL[profile]) };
        let verdict = check_file(&bytes, &options);
        prop_assert!(!verdict.line("x").contains('\n'));
    }

    #[test]
    fn what_may_be_written_is_read_back_by_the_lenient_reader(alert in arbitrary::alert()) {
        let xml = write(&alert).expect("a message that may be written");
        let reading = read(xml.as_bytes()).expect("a document");
        let strict = tifli_cap::parse(&xml).expect("a message");
        prop_assert_eq!(reading.messages[0].alert.as_ref(), Ok(&strict));
    }
}
