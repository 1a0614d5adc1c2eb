//! How later messages name earlier ones, and when a message has run out.
//!
//! For: Update and Cancel. Not for: their XML (see `schema`, `round_trip`).

use tifli_cap::{MsgType, Scope, Status, cancel_of, references_to};

use crate::samples::{self, Shape, key, time};

#[test]
fn references_name_every_earlier_message_once_and_oldest_first() {
    let (first, second) = (
        samples::alert(Shape::Circle),
        samples::update(Shape::Circle),
    );
    let references = references_to(&[&second, &first, &second]);
    assert_eq!(references, [first.reference(), second.reference()]);
    assert_eq!(references_to(&[]), []);
}

#[test]
fn a_cancel_speaks_to_those_whom_the_latest_message_reached() {
    let first = samples::alert(Shape::Circle);
    let mut second = samples::update(Shape::Circle);
    second.scope = Scope::Private;
    second.addresses = vec!["room@tifli.example".to_owned()];
    let key = key("MA-2026-0007-3", "2026-11-22T12:15:00+01:00");
    let cancel = cancel_of(key, &[&second, &first]).unwrap();
    assert_eq!(
        (cancel.msg_type, cancel.status),
        (MsgType::Cancel, Status::Test)
    );
    assert_eq!(
        (cancel.scope, &cancel.addresses),
        (Scope::Private, &second.addresses)
    );
    assert_eq!(cancel.references.len(), 2);
    assert!(tifli_cap::check(&cancel).is_empty());
}

#[test]
fn nothing_cannot_be_cancelled() {
    assert_eq!(cancel_of(key("x", "2026-11-22T12:15:00+01:00"), &[]), None);
}

#[test]
fn a_message_has_expired_when_its_last_block_has() {
    let mut message = samples::alert(Shape::Circle);
    let (before, end) = (
        time("2026-11-23T09:29:59+01:00"),
        time("2026-11-23T09:30:00+01:00"),
    );
    assert!(!message.is_expired_at(before.timestamp()));
    assert!(message.is_expired_at(end.timestamp()));
    message.info[2].expires = None;
    assert!(!message.is_expired_at(end.timestamp()));
    message.info.clear();
    assert!(!message.is_expired_at(end.timestamp()));
}

#[test]
fn a_block_is_found_by_its_language_or_its_primary_language() {
    let message = samples::alert(Shape::Circle);
    let language = |wanted| message.find_info(wanted).map(|info| info.language_tag());
    assert_eq!(language("FR-ma"), Some("fr-MA"));
    assert_eq!(language("ar"), Some("ar-MA"));
    assert_eq!(language("en-GB"), Some("en"));
    assert_eq!(language("zgh-Tfng"), Some("zgh"));
    assert_eq!(language("es"), None);
}
