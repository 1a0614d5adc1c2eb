//! Documents made to harm or to mislead, and those that are merely untidy.
//!
//! For: the reader's limits. Not for: real messages (see `messages`).

use tifli_cap::{MAX_BYTES, MAX_DEPTH, NAMESPACE, ParseFault, parse, parse_bytes, write};

use crate::samples::{self, Shape};

fn sound() -> String {
    write(&samples::update(Shape::Both)).unwrap()
}

#[track_caller]
fn faults(xml: &str, fault: ParseFault) {
    assert_eq!(
        parse(xml).map(|_| ()).map_err(|error| error.fault),
        Err(fault)
    );
}

/// The sound document with one piece of it replaced.
#[track_caller]
fn with(from: &str, to: &str) -> String {
    let xml = sound();
    assert!(xml.contains(from), "{from} is not in the document");
    xml.replacen(from, to, 1)
}

#[test]
fn a_document_type_is_refused_before_anything_is_expanded() {
    let bomb =
        r#"<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>"#;
    faults(bomb, ParseFault::Dtd);
    faults(
        r#"<!DOCTYPE alert SYSTEM "file:///etc/passwd"><alert/>"#,
        ParseFault::Dtd,
    );
}

#[test]
fn a_document_over_one_mebibyte_is_refused() {
    let long = format!("{}{}", sound(), " ".repeat(MAX_BYTES));
    faults(&long, ParseFault::TooLarge);
    assert_eq!(
        parse_bytes(long.as_bytes()).unwrap_err().fault,
        ParseFault::TooLarge
    );
}

#[test]
fn deep_nesting_is_refused_and_overflows_no_stack() {
    let nested = |depth: usize| {
        let foreign = "<x:a xmlns:x=\"urn:x\">".to_owned() + &"<x:b>".repeat(depth);
        let close = "</x:b>".repeat(depth) + "</x:a></alert>";
        sound().replace("</alert>", &(foreign + &close))
    };
    assert!(parse(&nested(MAX_DEPTH - 2)).is_ok());
    faults(&nested(MAX_DEPTH - 1), ParseFault::TooDeep);
    faults(&nested(90_000), ParseFault::TooDeep);
}

#[test]
fn only_the_alert_of_cap_1_2_is_read() {
    faults(
        &with(NAMESPACE, "urn:oasis:names:tc:emergency:cap:1.1"),
        ParseFault::NotCap12,
    );
    faults("<alert/>", ParseFault::NotCap12);
    faults(
        &format!("<info xmlns=\"{NAMESPACE}\"/>"),
        ParseFault::NotCap12,
    );
    let wrapped = sound().replace("<?xml version=\"1.0\" encoding=\"UTF-8\"?>", "<w>") + "</w>";
    faults(&wrapped, ParseFault::NotCap12);
}

#[test]
fn what_is_said_twice_is_refused() {
    let twice = "<status>Actual</status><status>Test</status>";
    faults(
        &with("<status>Test</status>", twice),
        ParseFault::Repeated("status"),
    );
    let twice = "<urgency>Past</urgency><urgency>Immediate</urgency>";
    faults(
        &with("<urgency>Immediate</urgency>", twice),
        ParseFault::Repeated("urgency"),
    );
}

#[test]
fn what_lacks_is_named() {
    faults(
        &with("<status>Test</status>", ""),
        ParseFault::Missing("status"),
    );
    faults(
        &with("MA-2026-0007-2</identifier>", " </identifier>"),
        ParseFault::Missing("identifier"),
    );
    faults(
        &with("<valueName>SAME</valueName>", ""),
        ParseFault::Missing("valueName"),
    );
}

#[test]
fn values_outside_the_lists_and_forms_are_refused() {
    for (from, to, name) in [
        ("Test</status>", "test</status>", "status"),
        ("+01:00</sent>", "Z</sent>", "sent"),
        ("-1,2026-11-22T09:30:00+01:00</ref", "-1</ref", "references"),
        ("48213</size>", "many</size>", "size"),
        ("48213</size>", "-1</size>", "size"),
    ] {
        faults(&with(from, to), ParseFault::BadValue(name));
    }
}

#[test]
fn stray_text_and_unknown_elements_are_refused() {
    faults(
        &with("<status>", "Actual<status>"),
        ParseFault::MixedContent,
    );
    faults(
        &with("Test</status>", "Te<b/>st</status>"),
        ParseFault::MixedContent,
    );
    faults(
        &with("<status>", "<severity>Extreme</severity><status>"),
        ParseFault::UnknownElement,
    );
}

#[test]
fn comments_do_not_cut_a_text_short() {
    let read = parse(&with(
        "tifli:drill</code>",
        "tifli:<!-- x -->dr<![CDATA[il]]>l</code>",
    ));
    assert_eq!(read.unwrap().code, ["tifli:drill"]);
}

#[test]
fn untidy_but_plain_documents_are_read_the_same() {
    let meant = samples::update(Shape::Both);
    let pretty = sound().replace("><", ">\n  <");
    let prefixed = sound()
        .replace("<alert xmlns=", "<c:alert xmlns:c=")
        .replace("</", "</c:")
        .replace("</c:c:", "</c:");
    let prefixed = prefix_open_tags(&prefixed);
    let disordered =
        with("<status>Test</status>", "").replace("</scope>", "</scope><status>Test</status>");
    let foreign = with(
        "<scope>",
        "<x:extra xmlns:x=\"urn:x\">more</x:extra><scope>",
    );
    let marked = format!("\u{FEFF}{}", sound());
    for xml in [pretty, prefixed, disordered, foreign, marked] {
        assert_eq!(parse(&xml).as_ref(), Ok(&meant));
    }
}

fn prefix_open_tags(xml: &str) -> String {
    let mut out = String::new();
    for (index, piece) in xml.split('<').enumerate() {
        if index > 0 {
            out.push('<');
        }
        if piece.starts_with(|c: char| c.is_ascii_alphabetic()) && !piece.starts_with("c:") {
            out.push_str("c:");
        }
        out.push_str(piece);
    }
    out
}

#[test]
fn an_error_tells_the_place_and_none_of_the_text() {
    let xml = sound()
        .replace("><", ">\n<")
        .replace("Test</status>", "Nour</status>");
    let error = parse(&xml).unwrap_err();
    assert_eq!((error.line, error.column), (6, 1));
    assert_eq!(
        error.to_string(),
        "line 6, column 1: status has a value that is not allowed"
    );
}
