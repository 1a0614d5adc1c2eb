//! The receiver of webhooks.

use aws_lc_rs::hmac;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use reqwest::RequestBuilder;
use serde_json::json;
use tifli_sandbox::faults::Fault;
use tifli_sandbox::webhook::{RunningWebhook, Secret, SecretAge, WebhookReceiver, WebhookSettings};

use crate::support::{Heard, NOON_MS, StandingClock, ask, client, hear, http_faults, until_closed};

const OLD: [u8; 32] = [1; 32];
const NEW: [u8; 32] = [2; 32];
const NOON: i64 = (NOON_MS / 1000) as i64;
const BODY: &str = r#"{"type":"alert.issued","timestamp":"2026-11-22T12:00:00Z","data":{"id":1}}"#;

fn secret(octets: [u8; 32]) -> Secret {
    Secret::parse(&format!("whsec_{}", BASE64_STANDARD.encode(octets))).unwrap()
}

async fn start() -> (RunningWebhook, StandingClock) {
    let clock = StandingClock::at_noon();
    let settings = WebhookSettings {
        secret: secret(OLD),
        clock: clock.clock(),
    };
    let address = "127.0.0.1:0".parse().unwrap();
    let receiver = WebhookReceiver::start(address, settings).await.unwrap();
    (receiver, clock)
}

fn sign(octets: [u8; 32], id: &str, at: i64, body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, &octets);
    let tag = hmac::sign(&key, format!("{id}.{at}.{body}").as_bytes());
    format!("v1,{}", BASE64_STANDARD.encode(tag))
}

fn call(url: &str, (id, at): (&str, i64), signatures: &str) -> RequestBuilder {
    client()
        .post(url)
        .header("webhook-id", id)
        .header("webhook-timestamp", at)
        .header("webhook-signature", signatures)
        .body(BODY)
}

fn good(url: &str, id: &str) -> RequestBuilder {
    call(url, (id, NOON), &sign(OLD, id, NOON, BODY))
}

#[tokio::test]
async fn a_signed_event_is_taken_once_however_often_it_comes() {
    let (receiver, clock) = start().await;
    let url = receiver.base_url();
    assert_eq!(hear(good(&url, "evt_1")).await, Heard::Status(200));
    clock.pass(5_000);
    let again = call(
        &url,
        ("evt_1", NOON + 5),
        &sign(OLD, "evt_1", NOON + 5, BODY),
    );
    assert_eq!(hear(again).await, Heard::Status(200));
    let events = receiver.events();
    assert_eq!(events.len(), 1);
    let event = &events[0];
    assert_eq!(
        (event.id.as_str(), event.kind.as_str()),
        ("evt_1", "alert.issued")
    );
    assert_eq!((event.to.as_str(), event.taken), ("main", 2));
    assert_eq!((event.body.as_str(), event.altered), (BODY, false));
    let times: Vec<_> = event
        .attempts
        .iter()
        .map(|attempt| (attempt.timestamp, attempt.at_ms))
        .collect();
    assert_eq!(times, [(NOON, NOON_MS), (NOON + 5, NOON_MS + 5_000)]);
    let totals = ask(&format!("{}/received", receiver.origin())).await;
    assert_eq!(
        totals,
        json!({
            "received": 2, "unique": 1, "repeats": 1, "refused": {},
            "types": { "alert.issued": 1 },
        })
    );
    let page = ask(&format!("{}/events?after=0&limit=5", receiver.origin())).await;
    assert_eq!(page, json!(events));
    assert_eq!(
        page[0]["attempts"][0]["signatures"][0]["verified_by"],
        "current"
    );
}

#[tokio::test]
async fn a_call_that_proves_nothing_is_not_let_in() {
    let (receiver, _) = start().await;
    let url = receiver.base_url();
    let right = sign(OLD, "evt_1", NOON, BODY);
    let early = sign(OLD, "evt_1", NOON + 301, BODY);
    let late = sign(OLD, "evt_1", NOON - 301, BODY);
    for (request, why) in [
        (client().post(&url).body(BODY), "header"),
        (call(&url, ("evt.1", NOON), &right), "id"),
        (call(&url, ("evt_1", NOON + 301), &early), "timestamp"),
        (call(&url, ("evt_1", NOON - 301), &late), "timestamp"),
        (call(&url, ("evt_2", NOON), &right), "signature"),
        (call(&url, ("evt_1", NOON + 1), &right), "signature"),
        (call(&url, ("evt_1", NOON), &right).body("{}"), "signature"),
        (
            call(&url, ("evt_1", NOON), &sign(NEW, "evt_1", NOON, BODY)),
            "signature",
        ),
    ] {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 401, "{why}");
        let said: serde_json::Value = answer.json().await.unwrap();
        assert_eq!(said["why"], why);
    }
    assert_eq!(receiver.events(), []);
    let totals = ask(&format!("{}/received", receiver.origin())).await;
    assert_eq!(
        totals["refused"],
        json!({ "header": 1, "id": 1, "timestamp": 2, "signature": 4 })
    );
}

#[tokio::test]
async fn a_signed_body_must_be_an_event_of_the_standard_and_short() {
    let (receiver, _) = start().await;
    let url = receiver.base_url();
    let long = format!(
        r#"{{"type":"t","timestamp":"x","data":"{}"}}"#,
        "a".repeat(20 * 1024)
    );
    for (body, status) in [
        ("not json", 400),
        (r#"{"type":"t"}"#, 400),
        (r#"{"type":"t","timestamp":"x","data":{}}"#, 200),
        (long.as_str(), 413),
    ] {
        let request = call(&url, ("e", NOON), &sign(OLD, "e", NOON, body));
        assert_eq!(
            hear(request.body(body.to_owned())).await,
            Heard::Status(status)
        );
    }
}

#[tokio::test]
async fn another_body_under_the_same_id_is_noted_as_the_senders_fault() {
    let (receiver, _) = start().await;
    let url = receiver.base_url();
    hear(good(&url, "evt_1")).await;
    let body = BODY.replace(":1}", ":2}");
    let other = call(&url, ("evt_1", NOON), &sign(OLD, "evt_1", NOON, &body)).body(body);
    assert_eq!(hear(other).await, Heard::Status(200));
    let events = receiver.events();
    assert!(events[0].altered);
    assert_eq!(events[0].body, BODY, "what was taken first stays");
}

#[tokio::test]
async fn a_secret_is_rotated_in_two_steps() {
    let (receiver, _) = start().await;
    let url = receiver.base_url();
    let with =
        async |octets, id: &str| hear(call(&url, (id, NOON), &sign(octets, id, NOON, BODY))).await;
    assert_eq!(with(NEW, "before").await, Heard::Status(401));
    receiver.rotate(secret(NEW));
    assert_eq!(with(OLD, "old").await, Heard::Status(200));
    assert_eq!(with(NEW, "new").await, Heard::Status(200));
    let both = format!(
        "{} {}",
        sign(NEW, "both", NOON, BODY),
        sign(OLD, "both", NOON, BODY)
    );
    assert_eq!(
        hear(call(&url, ("both", NOON), &both)).await,
        Heard::Status(200)
    );
    receiver.retire_former_secret();
    assert_eq!(with(OLD, "late").await, Heard::Status(401));
    assert_eq!(with(NEW, "after").await, Heard::Status(200));
    let verified: Vec<Vec<_>> = receiver
        .events()
        .iter()
        .map(|event| {
            let signatures = event.attempts[0].signatures.iter();
            signatures.map(|check| check.verified_by.unwrap()).collect()
        })
        .collect();
    use SecretAge::{Current, Former};
    assert_eq!(
        verified,
        [
            vec![Former],
            vec![Current],
            vec![Current, Former],
            vec![Current]
        ]
    );
}

#[tokio::test]
async fn a_secret_is_rotated_over_http_as_well() {
    let (receiver, _) = start().await;
    let rotate = async |secret: &str, keep: bool| {
        let order = json!({ "secret": secret, "keep_former": keep });
        let url = format!("{}/secret", receiver.origin());
        hear(client().post(url).json(&order)).await
    };
    assert_eq!(rotate("whsec_short", true).await, Heard::Status(400));
    let new = format!("whsec_{}", BASE64_STANDARD.encode(NEW));
    assert_eq!(rotate(&new, false).await, Heard::Status(204));
    let url = receiver.base_url();
    assert_eq!(hear(good(&url, "evt_1")).await, Heard::Status(401));
}

#[tokio::test]
async fn each_fault_is_heard_as_it_is_scripted() {
    let (receiver, _) = start().await;
    let url = receiver.base_url();
    for (n, (fault, heard, taken)) in http_faults(200).into_iter().enumerate() {
        let id = format!("evt_{n}");
        receiver.play(vec![fault.clone().next(1)]);
        assert_eq!(hear(good(&url, &id)).await, heard, "{fault:?}");
        let event = receiver.events().pop().unwrap();
        assert_eq!((event.id.as_str(), event.taken > 0), (id.as_str(), taken));
        assert_eq!(hear(good(&url, &id)).await, Heard::Status(200));
        let event = receiver.events().pop().unwrap();
        assert_eq!(event.taken, 1 + u32::from(taken), "{fault:?}");
        assert_eq!(event.attempts.len(), 2);
    }
}

#[tokio::test]
async fn faults_carry_their_headers_and_their_words() {
    let (receiver, _) = start().await;
    let url = receiver.base_url();
    receiver.play(vec![
        Fault::throttle(7).next(1),
        Fault::redirect("http://127.0.0.1:9/x").next(1),
        Fault::lies().next(1),
    ]);
    let answer = async || good(&url, "evt_1").send().await.unwrap();
    assert_eq!(answer().await.headers()["retry-after"], "7");
    assert_eq!(answer().await.headers()["location"], "http://127.0.0.1:9/x");
    let lie: serde_json::Value = answer().await.json().await.unwrap();
    assert_eq!(lie["status"], "error");
}

#[tokio::test]
async fn a_fault_for_one_endpoint_leaves_the_others_alone() {
    let (receiver, _) = start().await;
    receiver.play(vec![Fault::gone().to("closed")]);
    for _ in 0..3 {
        let closed = good(&receiver.endpoint("closed"), "evt_1");
        assert_eq!(hear(closed).await, Heard::Status(410));
        let open = good(&receiver.endpoint("open"), "evt_1");
        assert_eq!(hear(open).await, Heard::Status(200));
    }
    assert_eq!(
        receiver.events().len(),
        2,
        "each endpoint has its own event"
    );
}

#[tokio::test]
async fn a_script_is_read_set_and_cleared_over_http() {
    let (receiver, _) = start().await;
    let url = format!("{}/faults", receiver.origin());
    let set = async |script: serde_json::Value| hear(client().post(&url).json(&script)).await;
    assert_eq!(set(json!([Fault::transient()])).await, Heard::Status(204));
    assert_eq!(ask(&url).await, json!([{ "transient": true }]));
    assert_eq!(set(json!([{ "asleep": true }])).await, Heard::Status(400));
    assert_eq!(set(json!([{ "status": 42 }])).await, Heard::Status(400));
    let hook = receiver.base_url();
    assert_eq!(
        hear(good(&hook, "e")).await,
        Heard::Status(503),
        "the old one stays"
    );
    assert_eq!(hear(client().delete(&url)).await, Heard::Status(204));
    assert_eq!(hear(good(&hook, "e")).await, Heard::Status(200));
}

#[tokio::test]
async fn slow_and_silent_calls_end_with_the_receiver() {
    for fault in [Fault::slow(600_000), Fault::never_answers()] {
        let (receiver, _) = start().await;
        receiver.play(vec![fault.to("slow")]);
        let slow = tokio::spawn(hear(good(&receiver.endpoint("slow"), "evt_1")));
        // Once the call is inside and left without an answer.
        while receiver.events().is_empty() {
            tokio::task::yield_now().await;
        }
        let other = good(&receiver.endpoint("quick"), "evt_1");
        assert_eq!(hear(other).await, Heard::Status(200));
        assert!(!slow.is_finished());
        receiver.stop().await;
        assert_eq!(slow.await.unwrap(), Heard::Nothing);
    }
}

#[tokio::test]
async fn a_receiver_that_is_dropped_ends() {
    let (receiver, _) = start().await;
    let address = receiver.addr();
    drop(receiver);
    until_closed(address).await;
}
