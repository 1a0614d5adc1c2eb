//! The verdict on every message, feed and wrapper kept here, as `tests/messages/verdicts.tsv` says.
//!
//! For: `check_file` on what others write. Not for: single rules (see `checker`). A line of the
//! table: file, verdict, and the codes of all findings with their number.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use expect_test::expect_file;
use tifli_cap::{Options, Version, Wrapper, check_file};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messages")
}

/// The files kept here, by their path inside of the folder.
fn files() -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder()];
    while let Some(place) = open.pop() {
        for entry in fs::read_dir(place).expect("the folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let name = path.strip_prefix(folder()).expect("inside of the folder");
            let name = name.to_string_lossy().into_owned();
            if !name.ends_with(".md") && !name.ends_with(".tsv") {
                found.insert(name, fs::read(&path).expect("the file"));
            }
        }
    }
    found
}

/// What is found in a file, as the table writes it.
fn line(name: &str, bytes: &[u8]) -> String {
    let verdict = check_file(bytes, &Options::default());
    let mut codes: BTreeMap<String, usize> = BTreeMap::new();
    for finding in &verdict.findings {
        let code = format!("{}:{}", finding.severity, finding.code);
        *codes.entry(code).or_default() += 1;
    }
    let codes: Vec<String> = codes
        .iter()
        .map(|(code, count)| format!("{code}={count}"))
        .collect();
    let word = if verdict.valid { "valid" } else { "invalid" };
    format!("{name}\t{word}\t{}", codes.join(" "))
}

#[test]
fn every_verdict_is_that_of_the_table() {
    let lines: Vec<String> = files()
        .iter()
        .map(|(name, bytes)| line(name, bytes))
        .collect();
    assert_eq!(lines.len(), 62);
    let table = format!("file\tverdict\tfindings\n{}\n", lines.join("\n"));
    expect_file!["../messages/verdicts.tsv"].assert_eq(&table);
}

#[test]
fn every_alert_has_the_verdict_of_xmllint_with_the_schema_of_its_version() {
    let mut judged = 0;
    for (name, bytes) in files() {
        let verdict = check_file(&bytes, &Options::default());
        if verdict.wrapper != Wrapper::None {
            continue;
        }
        let version = verdict.messages[0].version;
        let valid = xmllint_takes(&folder().join(&name), version);
        assert_eq!(verdict.valid, valid, "{name}");
        judged += 1;
    }
    assert_eq!(judged, 48);
}

fn xmllint_takes(file: &Path, version: Version) -> bool {
    let schema = format!("tests/schema/CAP-v{version}.xsd");
    Command::new("xmllint")
        .args(["--nonet", "--noout", "--schema"])
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join(schema))
        .arg(file)
        .output()
        .expect("xmllint is needed for this test: install the package libxml2-utils")
        .status
        .success()
}

#[test]
fn under_strict_a_message_with_warnings_is_invalid_and_one_without_stays_valid() {
    let strict = Options {
        strict: true,
        ..Options::default()
    };
    for (name, valid) in [
        ("amber-example.xml", true),
        ("canada-blank-references.xml", false),
        ("israel-blank-polygons.xml", false),
    ] {
        let bytes = fs::read(folder().join(name)).expect("the message");
        let verdict = check_file(&bytes, &strict);
        assert_eq!(verdict.valid, valid, "{name}");
        assert!(check_file(&bytes, &Options::default()).valid, "{name}");
    }
}

#[test]
fn the_line_of_a_file_tells_the_first_error_or_the_number_of_warnings() {
    let said = |name: &str| {
        let bytes = fs::read(folder().join(name)).expect("the message");
        check_file(&bytes, &Options::default()).line("a.xml")
    };
    assert_eq!(said("amber-example.xml"), "a.xml: valid");
    assert_eq!(
        said("canada-blank-references.xml"),
        "a.xml: valid (1 warning)"
    );
    assert_eq!(
        said("world/invalid-cap1.2/kde-alertswiss-TEST-1163.xml"),
        "a.xml: invalid: line 4, /alert/sent: sender must stand before sent. (1 warning)"
    );
    assert_eq!(
        said("world/invalid-cap1.2/goog-invalid.cap"),
        "a.xml: invalid: line 9, /alert/info[1]: scope is missing before info. (1 warning)"
    );
}
