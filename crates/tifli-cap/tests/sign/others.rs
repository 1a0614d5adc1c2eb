//! Signed messages of others: IPAWS with two real ones, and the old Philippine one with SHA-1.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use tifli_cap::sign::{Certificate, NotVerifiable, PinnedList, Verdict, Wrong, verify};

use crate::house::with;

const CANCEL: &str = include_str!("messages/ipaws-cancel.xml");
const ALERT: &str = include_str!("messages/ipaws-alert.xml");
const PHILIPPINES: &str = include_str!("../messages/philippines-signed.xml");

/// The certificate inside, as an operator would pin it after a telephone call.
fn certificate(xml: &str) -> Certificate {
    let (_, after) = xml.split_once("X509Certificate>").expect("a certificate");
    let base64 = after.split_once('<').expect("its end").0;
    let base64: String = base64.split_whitespace().collect();
    Certificate::from_der(&STANDARD.decode(base64).expect("base64")).expect("taken")
}

fn ipaws() -> PinnedList {
    let mut list = PinnedList::new();
    list.pin("IPAWS", certificate(CANCEL)).expect("pinned");
    if certificate(ALERT) != certificate(CANCEL) {
        list.pin("IPAWS", certificate(ALERT)).expect("pinned");
    }
    list
}

fn at(instant: &str) -> Timestamp {
    instant.parse().expect("a time")
}

#[test]
fn messages_of_ipaws_are_verified() {
    for xml in [CANCEL, ALERT] {
        let verdict = verify(xml.as_bytes(), &ipaws(), at("2020-02-01T00:00:00Z"));
        let by = "IPAWS".to_owned();
        assert_eq!(verdict, Verdict::Verified { by });
    }
}

#[test]
fn an_altered_message_of_ipaws_is_wrong() {
    let xml = with(CANCEL, "<msgType>Cancel", "<msgType>Update");
    let verdict = verify(xml.as_bytes(), &ipaws(), at("2020-02-01T00:00:00Z"));
    let by = "IPAWS".to_owned();
    assert_eq!(
        verdict,
        Verdict::Wrong {
            why: Wrong::Digest { by }
        }
    );
}

#[test]
fn a_pinned_certificate_counts_only_while_it_is_valid() {
    let by = || "IPAWS".to_owned();
    for (instant, why) in [
        ("2026-11-22T00:00:00Z", NotVerifiable::Expired { by: by() }),
        (
            "2018-11-22T00:00:00Z",
            NotVerifiable::NotYetValid { by: by() },
        ),
    ] {
        let verdict = verify(CANCEL.as_bytes(), &ipaws(), at(instant));
        assert_eq!(verdict, Verdict::NotVerifiable { why });
    }
}

#[test]
fn subject_and_validity_of_a_certificate_can_be_shown() {
    let certificate = certificate(CANCEL);
    assert_eq!(
        certificate.subject(),
        "CN=IPAWSOPEN_200302,OU=A01427E000001694E00E3E7000088A1,OU=Devices IPAWS,\
         OU=National Continuity Programs,O=FEMA IPAWS,C=US"
    );
    assert_eq!(certificate.validity().from, at("2019-03-05T13:17:55Z"));
    assert_eq!(certificate.validity().until, at("2022-03-04T13:17:55Z"));
    assert!(certificate.issuer().starts_with("CN=IGC Server CA 1,"));
    assert_eq!(certificate.fingerprint().len(), 64);
}

#[test]
fn sha_1_is_not_taken_and_the_message_is_not_called_wrong() {
    let verdict = verify(PHILIPPINES.as_bytes(), &ipaws(), at("2020-02-01T00:00:00Z"));
    let why = NotVerifiable::NotTaken("DigestMethod");
    assert_eq!(verdict, Verdict::NotVerifiable { why });
}
