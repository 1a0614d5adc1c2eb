//! Webhooks against partners of every temper.

use std::time::Duration;

use tifli_channel::webhook::{LONGEST_BODY, Webhook, WebhookEndpoint, WebhookEvent, WebhookSecret};
use tifli_channel::{Kind, Outcome};

use super::partner::{Partner, Play, client, say, say_half};

const BODY: &[u8] = br#"{"type":"alert.cancelled","timestamp":"2026-11-22T13:00:00Z","data":{}}"#;
const EVENT: WebhookEvent<'static> = WebhookEvent {
    id: "message_1-partner_7",
    body: BODY,
};

fn secret(octet: u8) -> WebhookSecret {
    WebhookSecret::from_random([octet; 32])
}

fn to(partner: &Partner) -> WebhookEndpoint {
    WebhookEndpoint {
        url: partner.url(),
        secrets: vec![secret(1)],
    }
}

/// What becomes of one call to a partner that does this.
async fn meet(play: Play) -> Outcome {
    let partner = Partner::start(vec![play]).await;
    let webhook = Webhook::with_patience(&partner.client(), Duration::from_millis(300));
    webhook.send(&to(&partner), &EVENT, 1_000, &|| true).await
}

#[tokio::test]
async fn a_repeat_has_the_same_identifier_and_its_own_time_and_each_secret_signs() {
    let partner = Partner::start(vec![say(503, "", ""), say(204, "", "")]).await;
    let webhook = Webhook::new(&partner.client());
    let to = WebhookEndpoint {
        secrets: vec![secret(2), secret(1)],
        ..to(&partner)
    };
    let first = webhook.send(&to, &EVENT, 1_700_000_000, &|| true).await;
    assert_eq!(first.kind(), Kind::Again);
    let second = webhook.send(&to, &EVENT, 1_700_000_005, &|| true).await;
    assert_eq!(second, Outcome::Accepted { reference: None });
    let calls = partner.calls();
    for (call, at) in calls.iter().zip([1_700_000_000, 1_700_000_005]) {
        assert!(
            call.head.starts_with("POST /in HTTP/1.1\r\n"),
            "{}",
            call.head
        );
        assert_eq!(call.header("webhook-id"), Some(EVENT.id));
        assert_eq!(
            call.header("webhook-timestamp"),
            Some(at.to_string().as_str())
        );
        assert_eq!(call.header("content-type"), Some("application/json"));
        let both = [2, 1]
            .map(|octet| secret(octet).sign(EVENT.id, at, BODY))
            .join(" ");
        assert_eq!(call.header("webhook-signature"), Some(both.as_str()));
        assert_eq!(call.body, BODY);
    }
    assert_eq!(calls.len(), 2);
}

#[tokio::test]
async fn every_answer_says_what_the_worker_must_do() {
    let json = "content-type: application/json\r\n";
    let problem = "content-type: application/problem+json\r\n";
    for (play, code, kind) in [
        (say(200, "", "thank you"), "accepted", Kind::Sent),
        (
            say(200, json, r#"{"error":"no"}"#),
            "said_error",
            Kind::Refused,
        ),
        (say(202, problem, "{}"), "said_error", Kind::Refused),
        (
            say(302, "location: http://127.0.0.1:9/\r\n", ""),
            "rejected",
            Kind::Refused,
        ),
        (say(400, "", ""), "rejected", Kind::Refused),
        (say(401, "", ""), "misconfigured", Kind::Refused),
        (say(410, "", ""), "gone", Kind::Refused),
        (say(413, "", ""), "too_large", Kind::Refused),
        (say(500, "", ""), "service_fault", Kind::Again),
        (say_half(200), "unknown", Kind::Unknown),
        (say_half(422), "rejected", Kind::Refused),
        (Play::Close, "unknown", Kind::Unknown),
        (Play::Silence, "unknown", Kind::Unknown),
        (
            Play::Say("no HTTP at all\r\n\r\n".to_owned()),
            "unknown",
            Kind::Unknown,
        ),
    ] {
        let outcome = meet(play).await;
        assert_eq!((outcome.code(), outcome.kind()), (code, kind));
    }
}

#[tokio::test]
async fn a_partner_that_asks_for_time_is_heard() {
    for (status, asked, after) in [
        (429, "retry-after: 30\r\n", Some(30)),
        (
            503,
            "retry-after: Thu, 01 Jan 1970 00:17:40 GMT\r\n",
            Some(60),
        ),
        (504, "", None),
    ] {
        match meet(say(status, asked, "")).await {
            Outcome::Retry { after: told, .. } => {
                assert_eq!(told.map(|wait| wait.as_secs()), after, "{status}");
            }
            other => panic!("{other:?}"),
        }
    }
}

#[tokio::test]
async fn what_breaks_our_own_rules_never_leaves() {
    let partner = Partner::start(Vec::new()).await;
    let webhook = Webhook::new(&partner.client());
    let long = vec![b'x'; LONGEST_BODY + 1];
    let dotted = WebhookEvent { id: "a.b", ..EVENT };
    let nameless = WebhookEndpoint {
        secrets: Vec::new(),
        ..to(&partner)
    };
    let too_long = WebhookEvent {
        body: &long,
        ..EVENT
    };
    let send = async |to: &WebhookEndpoint, event: &WebhookEvent<'_>, wanted: bool| {
        webhook.send(to, event, 0, &|| wanted).await
    };
    let to = to(&partner);
    assert_eq!(send(&to, &too_long, true).await, Outcome::TooLarge);
    assert_eq!(send(&to, &dotted, true).await.code(), "webhook_id");
    assert_eq!(send(&nameless, &EVENT, true).await.code(), "webhook_secret");
    assert_eq!(send(&to, &EVENT, false).await, Outcome::Withdrawn);
    assert!(partner.calls().is_empty());
}

#[tokio::test]
async fn a_partner_that_is_not_there_is_tried_again() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let to = WebhookEndpoint {
        url: format!("http://{address}/in"),
        secrets: vec![secret(1)],
    };
    let outcome = Webhook::new(&client(address))
        .send(&to, &EVENT, 0, &|| true)
        .await;
    assert_eq!((outcome.code(), outcome.kind()), ("connect", Kind::Again));
}
