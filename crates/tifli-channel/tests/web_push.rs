//! The adapter against the sandbox push service over real sockets: what is sent is what is
//! opened, and every trouble of a push service has the outcome that tells the worker what to do.

mod support;

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use proptest::prelude::*;
use serde_json::{Value, json};
use support::{SENDER, Stage, request, subscription, unix_now, vapid};
use tifli_channel::http::{ClientSettings, EndpointError, GuardedClient};
use tifli_channel::web_push::{Outcome, Subscription, WebPush, encrypt};
use tifli_sandbox::push::{SubscriberKeys, open};
use tokio::net::TcpListener;

const ALERT: &[u8] = br#"{"alert":"K7Q2","kind":"alert","version":1}"#;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_phones_each_open_their_message_once() {
    let stage = Arc::new(Stage::start().await);
    let mut sends = tokio::task::JoinSet::new();
    for n in 0..500_u32 {
        let stage = Arc::clone(&stage);
        sends.spawn(async move { (n, stage.send(n, ALERT, "K7Q2-topic").await) });
    }
    let mut locations = HashSet::new();
    while let Some(sent) = sends.join_next().await {
        let (n, outcome) = sent.unwrap();
        let Outcome::Accepted {
            reference: Some(location),
        } = outcome
        else {
            panic!("subscriber {n}: {outcome:?}")
        };
        assert!(
            locations.insert(location),
            "every message has its own resource"
        );
    }

    let summary = stage.ask("/received").await;
    assert_eq!(summary["received"], 500);
    assert_eq!(summary["opened"], 500);
    assert_eq!(
        (&summary["failed_to_open"], &summary["repeats"]),
        (&json!(0), &json!(0))
    );
    let by = &summary["by"][0];
    assert_eq!(
        (&by["alert"], &by["kind"], &by["version"]),
        (&json!("K7Q2"), &json!("alert"), &json!(1))
    );
    assert_eq!((&by["count"], &by["unique"]), (&json!(500), &json!(500)));

    let ledger = stage.ask_text("/ledger?after=0&limit=1000").await;
    let lines: Vec<Value> = ledger.lines().map(|line| line.parse().unwrap()).collect();
    let numbers: HashSet<u64> = lines
        .iter()
        .map(|line| line["n"].as_u64().unwrap())
        .collect();
    assert_eq!(numbers.len(), 500);
    assert!(lines.iter().all(|line| line["topic"] == "K7Q2-topic"));
    assert!(
        lines
            .windows(2)
            .all(|pair| pair[0]["seq"].as_u64() < pair[1]["seq"].as_u64())
    );
    assert_eq!(
        stage.ask("/received/17").await[0]["payload"]["alert"],
        "K7Q2"
    );
}

#[tokio::test]
async fn every_trouble_of_a_push_service_has_its_outcome() {
    let stage = Stage::start_with(SENDER, Duration::from_millis(1500)).await;
    let rejected = |status| Outcome::Rejected { status };
    let retry = |after: Option<u64>, why| Outcome::Retry {
        after: after.map(Duration::from_secs),
        why,
    };
    for (fault, expected) in [
        (json!({ "status": 404 }), Outcome::Gone),
        (json!({ "status": 410 }), Outcome::Gone),
        (json!({ "status": 413 }), Outcome::TooLarge),
        (json!({ "status": 400 }), rejected(400)),
        (json!({ "status": 302 }), rejected(302)),
        (
            json!({ "status": 401 }),
            Outcome::Misconfigured { status: 401 },
        ),
        (
            json!({ "status": 403 }),
            Outcome::Misconfigured { status: 403 },
        ),
        (
            json!({ "status": 429, "retry_after": 7 }),
            retry(Some(7), "throttled"),
        ),
        (json!({ "status": 429 }), retry(None, "throttled")),
        (json!({ "status": 500 }), retry(None, "service_fault")),
        (
            json!({ "status": 503, "retry_after": 2 }),
            retry(Some(2), "unavailable"),
        ),
        (json!({ "never_answers": true }), Outcome::Unknown),
        (json!({ "hang_up": true }), Outcome::Unknown),
        (json!({ "garbage": true }), Outcome::Unknown),
    ] {
        let mut rule = fault.clone();
        rule["n"] = json!(5);
        stage.faults(json!([rule])).await;
        assert_eq!(stage.send(5, ALERT, "t").await, expected, "{fault}");
        let other = stage.send(6, ALERT, "t").await;
        assert_eq!(
            other.code(),
            "accepted",
            "another phone is not touched by {fault}"
        );
    }
    assert_eq!(
        stage.ask("/received/5").await,
        json!([]),
        "nothing of all that reached the phone"
    );
    stage.service.stop().await;
}

#[tokio::test]
async fn an_answer_cut_in_its_body_has_been_given() {
    let stage = Stage::start().await;
    stage
        .faults(json!([{ "n": 5, "close_mid_body": true }]))
        .await;
    assert_eq!(stage.send(5, ALERT, "t").await.code(), "accepted");
    assert_eq!(stage.ask("/received/5").await.as_array().unwrap().len(), 1);
    assert_eq!(
        stage.send(5, ALERT, "t").await.code(),
        "accepted",
        "on a new connection"
    );
}

#[tokio::test]
async fn a_fault_that_happens_once_is_over_the_second_time() {
    let stage = Stage::start().await;
    stage
        .faults(json!([{ "share": 1.0, "status": 503, "times": 1 }]))
        .await;
    assert_eq!(stage.send(5, ALERT, "t").await.code(), "unavailable");
    assert_eq!(stage.send(5, ALERT, "t").await.code(), "accepted");
}

#[tokio::test]
async fn an_unknown_send_that_was_queued_shows_as_a_repeat_when_tried_again() {
    let stage = Stage::start().await;
    stage
        .faults(json!([{ "n": 5, "hang_up": true, "takes": true, "times": 1 }]))
        .await;
    assert_eq!(stage.send(5, ALERT, "t").await, Outcome::Unknown);
    assert_eq!(stage.send(5, ALERT, "t").await.code(), "accepted");
    let summary = stage.ask("/received").await;
    assert_eq!(
        (&summary["opened"], &summary["repeats"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(summary["by"][0]["unique"], 1);
}

#[tokio::test]
async fn a_phone_that_was_off_gets_only_the_newest_of_a_topic() {
    let stage = Stage::start().await;
    stage.faults(json!([{ "n": 5, "asleep": true }])).await;
    let version = |v: u32| format!(r#"{{"alert":"A","kind":"update","version":{v}}}"#);
    for v in 1..=3 {
        assert_eq!(
            stage.send(5, version(v).as_bytes(), "same").await.code(),
            "accepted"
        );
    }
    let recalled = stage.send(5, version(9).as_bytes(), "other").await;
    let Outcome::Accepted {
        reference: Some(location),
    } = recalled
    else {
        panic!("{recalled:?}")
    };
    assert_eq!(stage.delete(&location).await, 204);
    assert_eq!(stage.delete(&location).await, 404);
    assert_eq!(stage.ask("/received/5").await, json!([]));

    assert_eq!(
        stage
            .delete(&format!("{}/faults", stage.service.origin()))
            .await,
        204
    );
    let received = stage.ask("/received/5").await;
    assert_eq!(received.as_array().unwrap().len(), 1);
    assert_eq!(received[0]["version"], 3);
}

#[tokio::test]
async fn a_phone_that_unsubscribed_is_gone() {
    let stage = Stage::start().await;
    let (_, minted) = stage.order("/subscriptions", json!({ "count": 1 })).await;
    let minted: Vec<tifli_sandbox::push::BrowserSubscription> =
        serde_json::from_str(&minted).unwrap();
    let phone = subscription(&minted[0]);
    let request = request(ALERT, "t");
    let send = || stage.sender.send(&phone, &request, unix_now(), &|| true);
    assert_eq!(send().await.code(), "accepted");
    assert_eq!(stage.ask("/received/1000000").await[0]["kind"], "alert");
    assert_eq!(stage.delete(&phone.endpoint).await, 204);
    assert_eq!(send().await, Outcome::Gone);
}

#[tokio::test]
async fn a_message_no_longer_wanted_never_reaches_a_socket() {
    let stage = Stage::start().await;
    let phone = subscription(&stage.service.subscription(5));
    let outcome = stage
        .sender
        .send(&phone, &request(ALERT, "t"), unix_now(), &|| false)
        .await;
    assert_eq!(outcome, Outcome::Withdrawn);
    assert_eq!(stage.ask("/received").await["received"], 0);
}

#[tokio::test]
async fn a_message_withdrawn_while_it_waits_for_its_connection_never_leaves() {
    // A push service on a name that takes for ever to resolve is out of reach of a sandbox; a
    // listener whose queue is full is the nearest: connections to it are begun and not made.
    let listener = tokio::net::TcpSocket::new_v4().unwrap();
    listener.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = listener.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    let mut queue = Vec::new();
    while queue.len() < 1024
        && let Ok(Ok(held)) = tokio::time::timeout(
            Duration::from_millis(200),
            tokio::net::TcpStream::connect(address),
        )
        .await
    {
        queue.push(held);
    }
    let allowed = tifli_channel::http::AllowList::partners([address]).unwrap();
    let client = GuardedClient::new(ClientSettings {
        allowed,
        ..ClientSettings::default()
    })
    .unwrap();
    let sender = WebPush::new(client, vapid(SENDER), None);
    let keys = SubscriberKeys::derive(&[3; 32], 5);
    let phone = subscription(&keys.subscription(&format!("http://{address}"), 5));
    let asked = AtomicUsize::new(0);
    let wanted_twice = || asked.fetch_add(1, Ordering::SeqCst) < 2;
    let outcome = sender
        .send(&phone, &request(ALERT, "t"), unix_now(), &wanted_twice)
        .await;
    assert_eq!(outcome, Outcome::Withdrawn);
    assert_eq!(asked.load(Ordering::SeqCst), 3);
}

#[tokio::test]
async fn the_withdrawal_is_asked_for_after_the_encryption_and_not_during_the_answer() {
    let stage = Stage::start().await;
    stage.faults(json!([{ "n": 5, "delay_ms": 100 }])).await;
    let phone = subscription(&stage.service.subscription(5));
    let cancelled = AtomicBool::new(false);
    // Wanted when asked, cancelled right after: it has left and its answer is waited for.
    let wanted = || !cancelled.swap(true, Ordering::SeqCst);
    let outcome = stage
        .sender
        .send(&phone, &request(ALERT, "t"), unix_now(), &wanted)
        .await;
    assert_eq!(outcome.code(), "accepted");

    let broken = Subscription {
        p256dh: [4; 65],
        ..phone
    };
    let asked = AtomicBool::new(false);
    let wanted = || {
        asked.store(true, Ordering::SeqCst);
        true
    };
    let outcome = stage
        .sender
        .send(&broken, &request(ALERT, "t"), unix_now(), &wanted)
        .await;
    assert_eq!(
        outcome,
        Outcome::Refused {
            why: "subscription_key"
        }
    );
    assert!(!asked.load(Ordering::SeqCst));
}

#[tokio::test]
async fn a_sender_with_another_key_or_a_wrong_clock_is_misconfigured() {
    let stage = Stage::start_with([8; 32], Duration::from_secs(10)).await;
    assert_eq!(
        stage.send(5, ALERT, "t").await,
        Outcome::Misconfigured { status: 403 }
    );

    let stage = Stage::start().await;
    let phone = subscription(&stage.service.subscription(5));
    for wrong in [-13 * 3600, 13 * 3600] {
        let now = unix_now() + wrong;
        let outcome = stage
            .sender
            .send(&phone, &request(ALERT, "t"), now, &|| true)
            .await;
        assert_eq!(outcome, Outcome::Misconfigured { status: 401 }, "{wrong} s");
    }
}

#[tokio::test]
async fn nobody_listening_means_try_again_and_a_foreign_address_means_never() {
    let stage = Stage::start().await;
    let mut phone = subscription(&stage.service.subscription(5));
    let address = stage.service.addr();
    stage.service.stop().await;
    let outcome = stage
        .sender
        .send(&phone, &request(ALERT, "t"), unix_now(), &|| true)
        .await;
    assert_eq!(
        outcome,
        Outcome::Retry {
            after: None,
            why: "connect"
        }
    );

    let trap = TcpListener::bind("127.0.0.1:0").await.unwrap();
    phone.endpoint = phone.endpoint.replace(
        &address.to_string(),
        &trap.local_addr().unwrap().to_string(),
    );
    let outcome = stage
        .sender
        .send(&phone, &request(ALERT, "t"), unix_now(), &|| true)
        .await;
    assert_eq!(
        outcome,
        Outcome::Refused {
            why: "endpoint_not_https"
        }
    );
    let connected = tokio::time::timeout(Duration::from_millis(50), trap.accept()).await;
    assert!(connected.is_err(), "nobody connected");
}

#[tokio::test]
async fn only_the_push_services_of_this_installation_are_taken() {
    let stage = Stage::start().await;
    let check = |address: &str| stage.sender.check_endpoint(address).map(|_| ());
    assert_eq!(
        check("https://updates.push.services.mozilla.com/wpush/v2/x"),
        Ok(())
    );
    assert_eq!(
        check("https://push.tifli.net/x"),
        Err(EndpointError::UnknownPushService)
    );
    assert_eq!(
        check("https://192.168.1.1/x"),
        Err(EndpointError::PrivateAddress)
    );
    assert_eq!(
        check(&stage.service.subscription(1).endpoint),
        Ok(()),
        "a partner just started"
    );
}

#[tokio::test]
async fn a_request_that_breaks_the_rules_does_not_leave() {
    let stage = Stage::start().await;
    let long = vec![b'x'; 3994];
    assert_eq!(
        stage.send(5, &long, "t").await,
        Outcome::Refused {
            why: "payload_too_long"
        }
    );
    assert_eq!(
        stage.send(5, ALERT, &"t".repeat(33)).await,
        Outcome::Refused { why: "topic" }
    );
    assert_eq!(
        stage.send(5, &long[..3993], &"t".repeat(32)).await.code(),
        "accepted"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_encrypted_opens_for_its_phone_and_for_no_other(
        n in 0_u32..u32::MAX,
        payload in proptest::collection::vec(any::<u8>(), 1..3993),
    ) {
        let keys = SubscriberKeys::derive(&[3; 32], n);
        let phone = Subscription::new("https://push.tifli.net/x", keys.public, keys.auth).unwrap();
        let body = encrypt(&phone, &payload).unwrap();
        prop_assert_eq!(open(&keys, &body).unwrap(), payload);
        prop_assert!(open(&SubscriberKeys::derive(&[3; 32], n + 1), &body).is_err());
    }
}
