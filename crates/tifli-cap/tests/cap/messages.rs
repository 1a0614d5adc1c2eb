//! Messages of real services and of the standard, each kept for one oddity that a reader meets.
//!
//! For: `parse` and `parse_bytes` on what others write. Not for: judging their content. Origin and
//! licences: `tests/messages/SOURCES.md`.

use std::fs;
use std::path::{Path, PathBuf};

use tifli_cap::{
    Alert, Category, Fault, MsgType, Rule, Scope, ShapeError, Status, check, parse_bytes,
};

pub const NAMES: [&str; 10] = [
    "amber-example",
    "canada-blank-references",
    "canada-update",
    "earthquake-iso8859-1",
    "gdacs-stray-brackets",
    "ireland-small-craft",
    "israel-blank-polygons",
    "maldives-prefixed",
    "philippines-restricted",
    "philippines-signed",
];

pub fn path(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/messages/{name}.xml"))
}

#[track_caller]
fn read(name: &str) -> Alert {
    let bytes = fs::read(path(name)).expect("the message is kept here");
    parse_bytes(&bytes).expect("the message is read")
}

fn broken_rules(alert: &Alert) -> Vec<Rule> {
    check(alert)
        .into_iter()
        .map(|Fault { rule, .. }| rule)
        .collect()
}

#[test]
fn every_message_kept_here_is_named_and_read() {
    let folder = path("x").parent().expect("a folder").to_owned();
    let xml = |entry: &fs::DirEntry| entry.path().extension().is_some_and(|end| end == "xml");
    let files = fs::read_dir(folder)
        .expect("the folder")
        .map(|entry| entry.expect("an entry"));
    assert_eq!(files.filter(xml).count(), NAMES.len());
    for name in NAMES {
        assert!(!read(name).info.is_empty(), "{name}");
    }
}

#[test]
fn the_amber_example_of_the_standard_breaks_no_rule_of_ours() {
    let alert = read("amber-example");
    assert_eq!(alert.identifier, "KAR0-0306112239-SW");
    assert_eq!(alert.sent.to_string(), "2003-06-11T22:39:00-07:00");
    let english = alert.find_info("en-US").unwrap();
    assert_eq!(english.category, [Category::Rescue]);
    assert_eq!(
        (
            english.event_code[0].value_name.as_str(),
            english.event_code[0].value.as_str()
        ),
        ("SAME", "CAE")
    );
    assert_eq!(english.area[0].geocode[0].value, "006037");
    assert_eq!(
        alert.find_info("es-US").unwrap().area[0].area_desc,
        "condado de Los Ángeles"
    );
    assert_eq!(check(&alert), []);
}

#[test]
fn an_update_in_two_languages_names_both_earlier_messages() {
    let alert = read("canada-update");
    assert_eq!(
        (alert.msg_type, alert.scope),
        (MsgType::Update, Scope::Public)
    );
    let named: Vec<_> = alert
        .references
        .iter()
        .map(|r| r.identifier.as_str())
        .collect();
    assert_eq!(
        named,
        ["2.49.0.1.124.a3f342a4.2012", "2.49.0.1.124.60f31a3a.2012"]
    );
    assert_eq!(
        (alert.restriction, alert.note),
        (None, None),
        "blank elements count as absent"
    );
    assert!(alert.addresses.is_empty() && alert.incidents.is_empty());
    assert_eq!(alert.info[1].language_tag(), "fr-CA");
    let rings: usize = alert.info[0]
        .area
        .iter()
        .map(|area| area.polygon.len())
        .sum();
    assert_eq!(rings, 2);
}

#[test]
fn an_update_whose_references_are_blank_is_read_but_could_not_be_written() {
    let alert = read("canada-blank-references");
    assert!(alert.references.is_empty());
    assert!(broken_rules(&alert).contains(&Rule::ReferencesMissing));
}

#[test]
fn iso_8859_1_is_read_where_it_is_declared() {
    let alert = read("earthquake-iso8859-1");
    assert!(
        alert.info[0]
            .headline
            .as_ref()
            .unwrap()
            .contains("Usulután")
    );
    assert_eq!(
        alert.info[0].area[0].circle[0].as_str(),
        "12.747,-88.783 0.0"
    );
    assert_eq!(alert.info[0].language_tag(), "en-US");
    assert_eq!(broken_rules(&alert), [Rule::BadShape(ShapeError::Radius)]);
}

#[test]
fn a_ring_with_stray_brackets_does_not_cost_the_alert() {
    let alert = read("gdacs-stray-brackets");
    let ring = &alert.info[0].area[0].polygon[0];
    assert!(ring.as_str().contains(')'));
    assert_eq!(ring.points(), Err(ShapeError::Form));
}

#[test]
fn blank_polygons_and_incidents_count_as_absent() {
    let alert = read("israel-blank-polygons");
    assert_eq!(alert.info.len(), 2);
    assert_eq!(alert.info[1].language_tag(), "he-IL");
    assert!(
        alert
            .info
            .iter()
            .flat_map(|info| &info.area)
            .all(|area| area.polygon.is_empty())
    );
    assert!(read("ireland-small-craft").incidents.is_empty());
}

#[test]
fn prefixed_elements_and_right_to_left_text_are_read() {
    let alert = read("maldives-prefixed");
    assert_eq!(alert.status, Status::Actual);
    assert_eq!(alert.info[0].language_tag(), "dv");
    assert!(alert.info[0].headline.as_ref().unwrap().starts_with('ސ'));
    assert_eq!(alert.info[0].area[0].polygon[0].points().unwrap().len(), 6);
}

#[test]
fn a_restriction_an_altitude_and_carriage_returns_are_kept() {
    let alert = read("philippines-restricted");
    assert_eq!(
        (alert.scope, alert.restriction.as_deref()),
        (Scope::Restricted, Some("PHIVOLS"))
    );
    assert_eq!(
        alert.info[0].area[0].altitude.as_ref().unwrap().as_str(),
        "2"
    );
    assert!(alert.note.as_ref().unwrap().contains('\r'));
    assert!(broken_rules(&alert).contains(&Rule::ControlCharacter));
}

#[test]
fn a_signature_is_passed_over() {
    let alert = read("philippines-signed");
    assert_eq!(alert.msg_type, MsgType::Update);
    assert_eq!(
        alert.references[0].identifier,
        "34c696a6-5e45-4da1-8131-01d862de4b33"
    );
    assert_eq!(alert.info[0].area[0].area_desc, "Batanes");
}
