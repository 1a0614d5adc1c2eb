//! The reader of what the world sends: older versions, wrappers, disorder.
//!
//! For: `read`. Not for: judging (see `verdicts` and `checker`).

use std::fs;
use std::path::Path;

use tifli_cap::{
    Certainty, Message, MsgType, ParseFault, Reading, Scope, Severity, Status, Urgency, Version,
    Wrapper, read, write,
};

use crate::samples::{self, Shape};

fn read_file(name: &str) -> Reading {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/messages/world");
    let bytes = fs::read(path.join(name)).expect("the file is kept here");
    read(&bytes).expect("the file is read")
}

fn only(reading: Reading) -> Message {
    let [message]: [Message; 1] = reading.messages.try_into().expect("one message");
    message
}

#[test]
fn a_message_of_1_0_reads_as_one_of_1_2() {
    let message = only(read_file("valid-cap1.0/oasiscap-v1dot0_appendix_adot4.xml"));
    assert_eq!(message.version, Version::V1_0);
    let alert = message.alert.unwrap();
    assert_eq!(
        (alert.status, alert.msg_type, alert.scope),
        (Status::Actual, MsgType::Alert, Scope::Public)
    );
    let info = &alert.info[0];
    let code = (
        info.event_code[0].value_name.as_str(),
        info.event_code[0].value.as_str(),
    );
    assert_eq!(code, ("same", "CAE"));
    assert_eq!(info.area[0].geocode[0].value, "006037");
}

#[test]
fn words_and_times_of_older_versions_are_understood() {
    let old = "<alert xmlns='http://www.incident.com/cap/1.0'><identifier>a</identifier>\
        <sender>s</sender><sent>2003-04-02T14:39:01.5Z</sent><status>Actual</status>\
        <msgType>Alert</msgType><password>x</password><info><event>Fire</event>\
        <urgency>Past</urgency><severity>Minor</severity><certainty>Very Likely</certainty>\
        <parameter>HSAS=ORANGE</parameter><area><areaDesc>a</areaDesc></area></info></alert>";
    let alert = only(read(old.as_bytes()).unwrap()).alert.unwrap();
    assert_eq!(alert.sent.to_string(), "2003-04-02T14:39:01-00:00");
    assert_eq!(alert.scope, Scope::Public);
    let info = &alert.info[0];
    assert_eq!(info.certainty, Certainty::Likely);
    assert!(info.category.is_empty());
    assert_eq!(
        (
            info.parameter[0].value_name.as_str(),
            info.parameter[0].value.as_str()
        ),
        ("HSAS", "ORANGE")
    );
}

#[test]
fn every_alert_in_a_feed_is_found_with_its_place() {
    let reading = read_file("feeds-and-wrappers/goog-weather.atom");
    assert_eq!(reading.wrapper, Wrapper::Atom);
    let message = only(reading);
    assert_eq!(
        (message.version, message.at.as_str()),
        (Version::V1_1, "/feed/entry[1]/content/alert")
    );
    assert_eq!(message.alert.unwrap().info[0].event, "Flash Flood Watch");
}

#[test]
fn every_alert_in_an_edxl_distribution_is_found() {
    let reading = read_file("feeds-and-wrappers/goog-bushfire_valid.edxlde");
    assert_eq!(reading.wrapper, Wrapper::Edxl);
    let versions: Vec<_> = reading.messages.iter().map(|one| one.version).collect();
    assert_eq!(versions, [Version::V1_2; 7]);
    assert_eq!(
        reading.messages[6].at,
        "/EDXLDistribution/contentObject[7]/xmlContent/embeddedXMLContent[1]/alert"
    );
    assert!(reading.messages.iter().all(|one| one.alert.is_ok()));
}

#[test]
fn alerts_inside_rss_and_unknown_wrappers_are_found() {
    let one = write(&samples::alert(Shape::Circle)).unwrap();
    let one = one.split_once("?>").unwrap().1;
    for (wrapped, wrapper) in [
        (
            format!(
                "<rss version='2.0'><channel><item>{one}</item><item>{one}</item></channel></rss>"
            ),
            Wrapper::Rss,
        ),
        (
            format!("<e xmlns='urn:other'><f>{one}</f><f>{one}</f></e>"),
            Wrapper::Other,
        ),
    ] {
        let reading = read(wrapped.as_bytes()).unwrap();
        assert_eq!((reading.wrapper, reading.messages.len()), (wrapper, 2));
        assert_eq!(reading.messages[1].alert, Ok(samples::alert(Shape::Circle)));
    }
    let stranger = read(b"<html/>").unwrap();
    assert_eq!(
        (stranger.wrapper, stranger.messages.len()),
        (Wrapper::Stranger, 0)
    );
}

#[test]
fn a_byte_order_mark_and_latin_1_are_read_in_wrappers_too() {
    let one = write(&samples::alert(Shape::Circle)).unwrap();
    let marked = format!("\u{FEFF}{one}");
    assert_eq!(
        only(read(marked.as_bytes()).unwrap()).alert,
        Ok(samples::alert(Shape::Circle))
    );
    let head = "<?xml version='1.0' encoding='ISO-8859-1'?><feed xmlns='http://www.w3.org/2005/Atom'><title>";
    let mut latin = head.as_bytes().to_vec();
    latin.extend_from_slice(b"Alerte \xE0 Sal\xE9</title></feed>");
    assert_eq!(read(&latin).unwrap().wrapper, Wrapper::Atom);
}

#[test]
fn real_messages_that_break_the_schema_are_understood_all_the_same() {
    for (name, event) in [
        ("invalid-cap1.2/kde-alertswiss-TEST-1163.xml", true),
        ("invalid-cap1.2/kde-alertswiss-POA-1222963954-5.xml", true),
        ("invalid-cap1.2/dec112-mockXML.test.xml", true),
        ("invalid-cap1.1/goog-noaa_errors.cap", true),
    ] {
        let alert = only(read_file(name)).alert.unwrap();
        assert_eq!(!alert.info[0].event.is_empty(), event, "{name}");
    }
    let vague = only(read_file("invalid-cap1.1/goog-noaa_errors.cap"))
        .alert
        .unwrap();
    assert_eq!(
        (vague.info[0].urgency, vague.info[0].severity),
        (Urgency::Unknown, Severity::Unknown)
    );
}

#[test]
fn what_leaves_the_meaning_in_doubt_is_not_guessed() {
    let sound = write(&samples::alert(Shape::Circle)).unwrap();
    for (from, to, fault) in [
        (
            "Test</status>",
            "Tset</status>",
            ParseFault::BadValue("status"),
        ),
        (
            "Alert</msgType>",
            "alert</msgType>",
            ParseFault::BadValue("msgType"),
        ),
        ("<scope>Public</scope>", "", ParseFault::Missing("scope")),
        ("+01:00</sent>", "</sent><!--", ParseFault::NotWellFormed),
    ] {
        let broken = sound.replacen(from, to, 1);
        let result = read(broken.as_bytes()).and_then(|reading| only(reading).alert);
        assert_eq!(result.map_err(|error| error.fault).map(|_| ()), Err(fault));
    }
}
