//! Single rules of the checker: a sound message with one thing wrong, and what is found.
//!
//! For: `check_file`. Not for: whole collections of messages (see `verdicts`).

use tifli_cap::{FindingSeverity, Options, check_file, write};

use crate::samples::{self, Shape};

use FindingSeverity::{Error, Warning};

/// Where something is found, its code, and the change that brings it about.
type Case = (&'static str, &'static str, (&'static str, &'static str));

fn sound() -> String {
    write(&samples::update(Shape::Both)).unwrap()
}

/// Everything found in the sound message when one piece of it is replaced.
#[track_caller]
fn found(from: &str, to: &str) -> Vec<(FindingSeverity, String, &'static str)> {
    let xml = sound();
    assert!(xml.contains(from), "{from} is not in the message");
    let verdict = check_file(xml.replacen(from, to, 1).as_bytes(), &Options::default());
    let grave = verdict.findings.iter().any(|one| one.severity == Error);
    assert_eq!(verdict.valid, !grave);
    let parts = |finding: tifli_cap::Finding| (finding.severity, finding.at, finding.code);
    verdict.findings.into_iter().map(parts).collect()
}

/// Expects exactly one finding.
#[track_caller]
fn finds(severity: FindingSeverity, at: &str, code: &'static str, (from, to): (&str, &str)) {
    assert_eq!(found(from, to), [(severity, at.to_owned(), code)], "{to}");
}

/// What the schema forbids: where, the code, and the change.
const FORBIDDEN: &[Case] = &[
    (
        "/alert/msgType",
        "element-missing",
        ("<status>Test</status>", ""),
    ),
    ("/alert/status", "value", ("Test</status>", "test</status>")),
    ("/alert/status", "value", ("<status>", "<status> ")),
    (
        "/alert/sent",
        "value",
        ("11:00:00+01:00</sent>", "11:00:00Z</sent>"),
    ),
    (
        "/alert/sent",
        "value",
        ("11:00:00+01:00</sent>", "11:00:00.5+01:00</sent>"),
    ),
    (
        "/alert/sent",
        "value",
        ("11-22T11:00:00+01:00</sent>", "11-31T11:00:00+01:00</sent>"),
    ),
    ("/alert/sent", "value", ("+01:00</sent>", "+14:30</sent>")),
    (
        "/alert/status",
        "element-repeated",
        ("</status>", "</status><status>Test</status>"),
    ),
    (
        "/alert/mood",
        "element-unknown",
        ("<scope>", "<mood/><scope>"),
    ),
    (
        "/alert/x",
        "element-foreign",
        ("<scope>", "<x xmlns=\"urn:x\"/><scope>"),
    ),
    ("/alert", "stray-text", ("<scope>", "x<scope>")),
    (
        "/alert/status",
        "stray-element",
        ("Test</status>", "<b/></status>"),
    ),
    (
        "/alert/scope",
        "attribute",
        ("<scope>", "<scope xml:lang=\"ar\">"),
    ),
    ("/alert/info[1]/language", "value", ("ar-MA", "ar_MA")),
    (
        "/alert/info[1]/responseType[1]",
        "value",
        ("Monitor</", "Look</"),
    ),
    ("/alert/info[1]/urgency", "value", ("Immediate</", "</")),
    (
        "/alert/info[1]/resource[1]/size",
        "value",
        ("48213</", "many</"),
    ),
    (
        "/alert/info[1]/parameter[1]",
        "element-missing",
        ("<value>CIV</value>", ""),
    ),
];

#[test]
fn what_the_schema_forbids_is_an_error() {
    for (at, code, change) in FORBIDDEN {
        finds(Error, at, code, *change);
    }
}

#[test]
fn an_element_out_of_order_is_an_error_that_names_both() {
    let xml = sound().replace("</scope>", "</scope><note>a</note><code>late</code>");
    let verdict = check_file(xml.as_bytes(), &Options::default());
    assert!(!verdict.valid);
    assert_eq!(
        verdict.line("a.xml"),
        "a.xml: invalid: line 1, /alert/code[1]: code stands behind note but belongs before it."
    );
    let errors = found("</scope>", "</scope><note>a</note><code>late</code>");
    assert_eq!(
        errors.len(),
        1,
        "what follows from the first is not told: {errors:?}"
    );
}

#[test]
fn a_signature_may_stand_last_and_nothing_else_of_other_namespaces() {
    let signature = "<S xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/></alert>";
    assert_eq!(found("</alert>", signature), []);
    let inside = "<S xmlns=\"http://www.w3.org/2000/09/xmldsig#\"/><scope>";
    assert!(found("<scope>", inside).iter().any(|one| one.0 == Error));
}

/// What breaks the prose: where, the code, and the change.
const DOUBTFUL: &[Case] = &[
    (
        "/alert/identifier",
        "name-characters",
        ("MA-2026-0007-2<", "MA 2026,7<"),
    ),
    (
        "/alert",
        "restriction-missing",
        ("Public</scope>", "Restricted</scope>"),
    ),
    (
        "/alert",
        "addresses-missing",
        ("Public</scope>", "Private</scope>"),
    ),
    (
        "/alert/references",
        "reference-form",
        ("-1,2026-11-22T09:30:00+01:00</ref", "-1</ref"),
    ),
    (
        "/alert/references",
        "reference-to-itself",
        ("MA-2026-0007-1,", "MA-2026-0007-2,"),
    ),
    (
        "/alert",
        "note-missing",
        ("Test</status>", "Exercise</status>"),
    ),
    (
        "/alert/sent",
        "utc-sign",
        ("11:00:00+01:00</sent>", "10:00:00+00:00</sent>"),
    ),
    (
        "/alert/info[1]/event",
        "blank",
        ("<event>اختطاف طفل<", "<event><"),
    ),
    (
        "/alert/info[1]/headline",
        "bidi-control",
        ("<headline>", "<headline>\u{202E}"),
    ),
    (
        "/alert/info[1]/headline",
        "control-character",
        ("<headline>", "<headline>\u{85}"),
    ),
    (
        "/alert/info[1]/web",
        "link-not-absolute",
        (">https://alerte.tifli.example/a/7?lang=ar-MA", ">a/7"),
    ),
    (
        "/alert/info[1]/resource[1]/digest",
        "digest-form",
        ("da39a3ee", ""),
    ),
    (
        "/alert/info[1]/resource[1]/mimeType",
        "media-type",
        ("image/jpeg", "picture"),
    ),
    (
        "/alert/info[1]/resource[1]/size",
        "size-negative",
        ("48213</", "-48213</"),
    ),
    (
        "/alert/info[1]/area[1]/areaDesc",
        "blank",
        ("الرباط وسلا<", " <"),
    ),
];

#[test]
fn what_breaks_the_prose_is_a_warning() {
    for (at, code, change) in DOUBTFUL {
        finds(Warning, at, code, *change);
    }
}

#[test]
fn a_message_without_a_name_is_valid_but_not_understood() {
    let found = found("MA-2026-0007-2<", " <");
    let codes: Vec<_> = found.iter().map(|one| one.2).collect();
    assert_eq!(codes, ["not-understood", "blank"]);
}

#[test]
fn an_expiry_in_the_past_of_the_message_is_a_warning() {
    let change = (
        "2026-11-23T09:30:00+01:00</exp",
        "2026-11-22T08:00:00+01:00</exp",
    );
    let found = found(change.0, change.1);
    let codes: Vec<_> = found.iter().map(|one| one.2).collect();
    assert_eq!(codes, ["expires-before-effective", "expires-before-sent"]);
    assert!(found.iter().all(|one| one.1 == "/alert/info[1]/expires"));
}

#[test]
fn an_update_without_references_is_a_warning() {
    let xml = sound();
    let start = xml.find("<references>").unwrap();
    let end = xml.find("</references>").unwrap() + "</references>".len();
    finds(
        Warning,
        "/alert",
        "references-missing",
        (&xml[start..end], ""),
    );
}

/// The first area is changed in every language, so that languages do not differ.
#[track_caller]
fn shape_finds(from: &str, to: &str) -> Vec<&'static str> {
    let xml = sound();
    assert!(xml.contains(from), "{from} is not in the message");
    let verdict = check_file(xml.replace(from, to).as_bytes(), &Options::default());
    assert!(verdict.valid, "{verdict:?}");
    let mut codes: Vec<_> = verdict.findings.iter().map(|one| one.code).collect();
    codes.dedup();
    codes
}

#[test]
fn shapes_that_enclose_nothing_or_cannot_be_meant_are_warnings() {
    let ring = "33.9,-7 34.2,-6.9 34.1,-6.6 33.9,-7";
    for (to, code) in [
        ("", "polygon-blank"),
        ("33.9,-7 34.2,-6.9 34.1,-6.6 33.9", "polygon-form"),
        ("33.9,-7 34.2,-6.9 33.9,-7", "polygon-points"),
        ("33.9,-7 34.2,-6.9 34.1,-6.6 33.9,-6.99", "polygon-open"),
        ("33.9,-7 33.9,-7 33.9,-7 33.9,-7", "polygon-flat"),
        ("33,-7 34,-6 34,-7 33,-6 33,-7", "polygon-crossing"),
        (
            "133.9,-7 34.2,-6.9 34.1,-6.6 133.9,-7",
            "coordinates-swapped",
        ),
        (
            "133.9,-107 34.2,-6.9 34.1,-6.6 133.9,-107",
            "coordinate-range",
        ),
    ] {
        assert_eq!(shape_finds(ring, to), [code], "{to}");
    }
    let circle = "33.97,-6.85 160<";
    for (to, code) in [
        ("33.97,-6.85 160000<", "radius-impossible"),
        ("33.97,-6.85 5000<", "radius-large"),
        ("33.97,-6.85 -1<", "radius-negative"),
        ("33.97 -6.85 160<", "circle-form"),
        ("33.97,-6.85<", "circle-form"),
        ("133.97,-6.85 160<", "coordinates-swapped"),
        ("91,-181 160<", "coordinate-range"),
    ] {
        assert_eq!(shape_finds(circle, to), [code], "{to}");
    }
    assert!(shape_finds(circle, "33.97,-6.85 0<").is_empty());
}

#[test]
fn heights_are_held_against_one_another() {
    let to = |heights: &str| format!("</geocode>{heights}</area>");
    for (heights, codes) in [
        ("<ceiling>5</ceiling>", vec!["ceiling-alone"]),
        (
            "<altitude>7</altitude><ceiling>5</ceiling>",
            vec!["ceiling-below"],
        ),
        ("<altitude>3</altitude><ceiling>5</ceiling>", vec![]),
    ] {
        assert_eq!(shape_finds("</geocode></area>", &to(heights)), codes);
    }
}

#[test]
fn languages_that_tell_different_things_are_warnings() {
    for (code, change) in [
        ("languages-category", ("<category>Safety</category>", "")),
        ("languages-event-code", ("OET-038", "OET-130")),
        ("languages-area", ("33.97,-6.85 160<", "33.97,-6.85 161<")),
    ] {
        let found = found(change.0, change.1);
        assert_eq!(found.len(), 3, "each other language differs: {found:?}");
        assert!(found.iter().all(|one| (one.0, one.2) == (Warning, code)));
    }
}

#[test]
fn several_blocks_of_a_language_are_taken_together() {
    let mut alert = samples::alert(Shape::Both);
    let mut parted = alert.info.clone();
    for info in &mut parted {
        info.area[0].circle.clear();
    }
    for info in &mut alert.info {
        info.area[0].polygon.clear();
    }
    // The first language has both shapes in two blocks each, the last both in one.
    parted[3] = alert.info[3].clone();
    alert.info[3] = samples::alert(Shape::Both).info[3].clone();
    alert.info.extend(parted);
    let written: String = {
        // Our own writer asks for the same area in each block; the checker does not.
        let blocks: Vec<String> = alert
            .info
            .iter()
            .map(|info| {
                let mut one = alert.clone();
                one.info = vec![info.clone()];
                let xml = write(&one).unwrap();
                let (start, end) = (xml.find("<info>").unwrap(), xml.rfind("</info>").unwrap());
                xml[start..end + "</info>".len()].to_owned()
            })
            .collect();
        let xml = write(&samples::alert(Shape::Both)).unwrap();
        let (start, end) = (xml.find("<info>").unwrap(), xml.rfind("</alert>").unwrap());
        format!("{}{}{}", &xml[..start], blocks.concat(), &xml[end..])
    };
    assert_eq!(
        check_file(written.as_bytes(), &Options::default()).findings,
        []
    );
}

#[test]
fn a_finding_tells_the_line_and_none_of_the_text() {
    let xml = sound()
        .replace("><", ">\n<")
        .replace("Test</status>", "Nour</status>");
    let verdict = check_file(xml.as_bytes(), &Options::default());
    assert_eq!(verdict.findings[0].line, Some(6));
    assert_eq!(
        verdict.findings[0].to_string(),
        "line 6, /alert/status: The value is not one of Actual, Exercise, System, Test, Draft."
    );
}
