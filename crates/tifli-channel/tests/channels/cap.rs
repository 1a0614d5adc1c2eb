//! CAP over HTTPS against partners of every temper, and reading back what is unknown.

use std::time::Duration;

use tifli_channel::cap::{CapEndpoint, CapPartner};
use tifli_channel::{Kind, Outcome};

use super::partner::{Partner, Play, say, say_half};

const CAP: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
<alert xmlns=\"urn:oasis:names:tc:emergency:cap:1.2\"><identifier>tifli-1</identifier>\
<sender>room@tifli.example</sender><sent>2026-11-22T13:00:00+01:00</sent></alert>";

fn to(partner: &Partner) -> CapEndpoint {
    CapEndpoint {
        url: partner.url(),
        bearer: Some("key-7".to_owned()),
    }
}

fn adapter(partner: &Partner) -> CapPartner {
    CapPartner::with_patience(&partner.client(), Duration::from_millis(300))
}

#[tokio::test]
async fn a_message_is_handed_over_in_exactly_its_bytes() {
    let receipt = "location: /in/tifli-1\r\n";
    let partner = Partner::start(vec![say(201, receipt, "")]).await;
    let outcome = adapter(&partner)
        .send(&to(&partner), CAP.as_bytes(), 0, &|| true)
        .await;
    let reference = Some("/in/tifli-1".to_owned());
    assert_eq!(outcome, Outcome::Accepted { reference });
    let call = partner.calls().remove(0);
    assert_eq!(call.body, CAP.as_bytes());
    assert_eq!(call.header("content-type"), Some("application/cap+xml"));
    assert_eq!(call.header("authorization"), Some("Bearer key-7"));
}

#[tokio::test]
async fn every_answer_says_what_the_worker_must_do() {
    let xml = "content-type: application/xml\r\n";
    let wrong = "<alert><identifier>x</identifier><msgType>Error</msgType></alert>";
    for (play, code, kind) in [
        (say(200, "", ""), "accepted", Kind::Sent),
        (
            say(200, xml, "<error>invalid signature</error>"),
            "said_error",
            Kind::Refused,
        ),
        (say(200, xml, wrong), "said_error", Kind::Refused),
        (say(400, "", ""), "rejected", Kind::Refused),
        (say(415, "", ""), "rejected", Kind::Refused),
        (say(422, "", ""), "rejected", Kind::Refused),
        (say(404, "", ""), "rejected", Kind::Refused),
        (say(410, "", ""), "gone", Kind::Refused),
        (say(403, "", ""), "misconfigured", Kind::Refused),
        (say(429, "", ""), "throttled", Kind::Again),
        (say(502, "", ""), "service_fault", Kind::Again),
        (say_half(200), "unknown", Kind::Unknown),
        (Play::Close, "unknown", Kind::Unknown),
        (Play::Silence, "unknown", Kind::Unknown),
    ] {
        let partner = Partner::start(vec![play]).await;
        let outcome = adapter(&partner)
            .send(&to(&partner), CAP.as_bytes(), 0, &|| true)
            .await;
        assert_eq!((outcome.code(), outcome.kind()), (code, kind));
    }
}

#[tokio::test]
async fn an_unknown_is_settled_by_asking_for_the_message() {
    let partner = Partner::start(vec![Play::Close, say(200, "", CAP), say(404, "", "")]).await;
    let adapter = adapter(&partner);
    let to = to(&partner);
    let sent = adapter.send(&to, CAP.as_bytes(), 0, &|| true).await;
    assert_eq!(sent, Outcome::Unknown);
    let held = adapter.find(&to, "tifli-1", 0).await;
    assert_eq!(held, Ok(Some(CAP.as_bytes().to_vec())));
    assert_eq!(adapter.find(&to, "tifli-2", 0).await, Ok(None));
    let asked = &partner.calls()[1];
    assert!(
        asked.head.starts_with("GET /in/tifli-1 HTTP/1.1\r\n"),
        "{}",
        asked.head
    );
    assert_eq!(asked.header("authorization"), Some("Bearer key-7"));
}

#[tokio::test]
async fn a_question_that_is_not_answered_settles_nothing() {
    let other = CAP.replace("tifli-1", "tifli-9");
    for (play, code) in [
        (say(200, "", &other), "other_message"),
        (say(200, "", "<html>sign in</html>"), "other_message"),
        (say(200, "", ""), "other_message"),
        (say(409, "", ""), "rejected"),
        (say(302, "location: /\r\n", ""), "rejected"),
        (say(401, "", ""), "misconfigured"),
        (say(503, "", ""), "unavailable"),
        (say_half(200), "unknown"),
        (Play::Close, "unknown"),
    ] {
        let partner = Partner::start(vec![play]).await;
        let found = adapter(&partner).find(&to(&partner), "tifli-1", 0).await;
        assert_eq!(found.unwrap_err().code(), code);
    }
}

#[tokio::test]
async fn what_is_withdrawn_or_empty_never_leaves() {
    let partner = Partner::start(Vec::new()).await;
    let adapter = adapter(&partner);
    let to = to(&partner);
    let withdrawn = adapter.send(&to, CAP.as_bytes(), 0, &|| false).await;
    assert_eq!(withdrawn, Outcome::Withdrawn);
    assert_eq!(
        adapter.send(&to, b"", 0, &|| true).await.code(),
        "payload_empty"
    );
    let unsayable = CapEndpoint {
        bearer: Some("a\r\nb".to_owned()),
        ..to
    };
    let outcome = adapter.send(&unsayable, CAP.as_bytes(), 0, &|| true).await;
    assert_eq!(outcome, Outcome::Misconfigured { status: 0 });
    assert!(partner.calls().is_empty());
}

#[tokio::test]
async fn a_partner_that_has_the_identifier_already_is_asked_what_it_holds() {
    let earlier = CAP.replace("13:00:00", "12:00:00");
    for (held, code, kind) in [
        (say(200, "", CAP), "accepted", Kind::Sent),
        (
            say(200, "", &CAP.replace("><", ">\n<")),
            "accepted",
            Kind::Sent,
        ),
        (say(404, "", ""), "accepted", Kind::Sent),
        (say(200, "", "<html>"), "accepted", Kind::Sent),
        (say(200, "", &earlier), "identifier_taken", Kind::Refused),
        (say(503, "", ""), "unknown", Kind::Unknown),
        (Play::Close, "unknown", Kind::Unknown),
    ] {
        let partner = Partner::start(vec![say(409, "", "we have it"), held]).await;
        let outcome = adapter(&partner)
            .send(&to(&partner), CAP.as_bytes(), 0, &|| true)
            .await;
        assert_eq!((outcome.code(), outcome.kind()), (code, kind));
    }
}
