//! Everything written is valid against the OASIS schema, judged by a program we did not write.
//!
//! For: the order and form of elements. Not for: the prose rules (see `refusals`).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use tifli_cap::{Alert, FindingSeverity, Options, check_file, write};

use crate::samples::{Shape, alert, cancel, update};
use crate::{arbitrary, messages};

#[test]
fn alert_update_and_cancel_with_each_shape_are_valid() {
    let mut documents = Vec::new();
    for shape in Shape::ALL {
        for (kind, message) in [
            ("alert", alert(shape)),
            ("update", update(shape)),
            ("cancel", cancel(shape)),
        ] {
            let languages: Vec<_> = message
                .info
                .iter()
                .map(|info| info.language_tag())
                .collect();
            assert_eq!(languages, ["ar-MA", "fr-MA", "en", "zgh"]);
            let xml = xml_of(&message);
            let verdict = check_file(xml.as_bytes(), &Options::default());
            assert_eq!(verdict.findings, [], "{kind} {shape:?}");
            documents.push((format!("{kind}-{shape:?}"), xml));
        }
    }
    assert_valid(&documents);
}

#[test]
fn a_cancel_without_info_is_valid() {
    let mut bare = cancel(Shape::Circle);
    bare.info.clear();
    assert_valid(&[("bare-cancel".to_owned(), xml_of(&bare))]);
}

#[test]
fn two_hundred_arbitrary_messages_are_valid_to_xmllint_and_to_us() {
    let mut runner = TestRunner::deterministic();
    let documents: Vec<_> = (0..200)
        .map(|number| {
            let drawn = arbitrary::alert().new_tree(&mut runner).expect("a message");
            let xml = xml_of(&drawn.current());
            let verdict = check_file(xml.as_bytes(), &Options::default());
            assert_eq!(verdict.count(FindingSeverity::Error), 0, "{verdict:?}");
            (format!("arbitrary-{number}"), xml)
        })
        .collect();
    assert_valid(&documents);
}

#[test]
fn the_schema_here_refuses_what_it_should() {
    let sound = xml_of(&alert(Shape::Circle));
    let swapped = sound.replace("+01:00</sent>", "Z</sent>");
    assert_ne!(sound, swapped);
    let error = validate(&[("zulu".to_owned(), swapped)]).expect_err("Z is not allowed");
    assert!(error.contains("sent"), "{error}");
}

#[test]
fn the_messages_kept_here_are_valid_themselves() {
    let files: Vec<PathBuf> = messages::NAMES
        .iter()
        .map(|name| messages::path(name))
        .collect();
    if let Err(report) = run_xmllint(&files) {
        panic!("{report}");
    }
}

fn xml_of(message: &Alert) -> String {
    write(message).expect("a message that may be written")
}

fn assert_valid(documents: &[(String, String)]) {
    if let Err(report) = validate(documents) {
        panic!("not valid against the OASIS schema:\n{report}");
    }
}

fn validate(documents: &[(String, String)]) -> Result<(), String> {
    let folder = tempfile::tempdir().expect("a folder for the documents");
    let mut files = Vec::new();
    for (name, xml) in documents {
        let file = folder.path().join(format!("{name}.xml"));
        fs::write(&file, xml).expect("the document is stored");
        files.push(file);
    }
    run_xmllint(&files)
}

fn run_xmllint(files: &[PathBuf]) -> Result<(), String> {
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schema/CAP-v1.2.xsd");
    let output = Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(schema)
        .args(files)
        .output()
        .expect("xmllint is needed for this test: install the package libxml2-utils");
    if output.status.success() {
        return Ok(());
    }
    Err(String::from_utf8_lossy(&output.stderr).into_owned())
}
