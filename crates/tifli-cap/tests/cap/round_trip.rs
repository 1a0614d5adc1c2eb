//! What is written reads back as what was meant, for any message and any text.
//!
//! For: the pair `write` and `parse`. Not for: foreign documents (see `messages`, `reading`).

use expect_test::expect;
use proptest::prelude::*;
use tifli_cap::{Alert, Parameter, check, parse, parse_bytes, write};

use crate::arbitrary::{alert, any_text};
use crate::samples::{self, Shape};

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_message_that_may_be_written_reads_back_equal(message in alert()) {
        let xml = write(&message).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(parse(&xml), Ok(message.clone()));
        prop_assert_eq!(parse_bytes(xml.as_bytes()), Ok(message));
    }

    #[test]
    fn any_text_in_any_place_is_refused_or_reads_back(text in any_text(), place in 0..PLACES) {
        let mut message = samples::update(Shape::Both);
        put(&mut message, place, text);
        match write(&message) {
            Err(_) => prop_assert!(!check(&message).is_empty()),
            Ok(xml) => prop_assert_eq!(parse(&xml), Ok(message)),
        }
    }

    #[test]
    fn no_document_makes_the_reader_panic(text in "(<|</|>|/>|alert|info|sent|&|&#0;|]]>|<!--|<!DOCTYPE|xmlns=|\"|cap:|\\PC){0,30}") {
        prop_assert!(parse(&text).is_err());
        prop_assert!(parse_bytes(text.as_bytes()).is_err());
    }
}

const PLACES: usize = 20;

/// Puts the text into one of the places of a message that hold free text or a token.
fn put(message: &mut Alert, place: usize, text: String) {
    let some = Some(text.clone());
    let info = &mut message.info[1];
    match place {
        0 => message.identifier = text,
        1 => message.sender = text,
        2 => message.source = some,
        3 => message.restriction = some,
        4 => message.addresses = vec!["a".to_owned(), text],
        5 => message.code.push(text),
        6 => message.note = some,
        7 => message.references[0].sender = text,
        8 => message.references[0].identifier = text,
        9 => message.incidents.push(text),
        10 => info.language = some,
        11 => info.event = text,
        12 => info.headline = some,
        13 => info.description = some,
        14 => info.web = some,
        15 => info.parameter.push(Parameter::new(text.clone(), text)),
        16 => info.resource[0].mime_type = text,
        17 => info.resource[0].uri = some,
        18 => info.resource[0].deref_uri = some,
        _ => info.area[0].area_desc = text,
    }
}

#[test]
fn a_short_message_is_written_exactly_so() {
    let mut message = samples::cancel(Shape::Circle);
    message.info.clear();
    expect![[r#"<?xml version="1.0" encoding="UTF-8"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>MA-2026-0007-3</identifier><sender>alerte@tifli.example</sender><sent>2026-11-22T12:15:00+01:00</sent><status>Test</status><msgType>Cancel</msgType><source>Salle de commandement</source><scope>Public</scope><code>tifli:drill</code><note>This alert has ended.</note><references>alerte@tifli.example,MA-2026-0007-1,2026-11-22T09:30:00+01:00 alerte@tifli.example,MA-2026-0007-2,2026-11-22T11:00:00+01:00</references><incidents>MA-2026-0007</incidents></alert>"#]]
        .assert_eq(&write(&message).unwrap());
}

#[test]
fn no_white_space_stands_between_elements() {
    let xml = write(&samples::update(Shape::Both)).unwrap();
    for (at, _) in xml.match_indices('>') {
        let after = xml[at + 1..].split('<').next().unwrap_or_default();
        assert!(
            after.is_empty() || !after.trim().is_empty(),
            "white space after byte {at}"
        );
    }
}

#[test]
fn the_same_message_is_always_the_same_bytes() {
    let message = samples::alert(Shape::Both);
    assert_eq!(write(&message), write(&message.clone()));
}
