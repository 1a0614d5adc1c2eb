//! The push service at its door: what a careless sender is told, before any phone is involved.

use std::sync::Arc;

use serde_json::{Value, json};
use tifli_sandbox::push::{PushService, PushSettings, Running, VapidCheck};

async fn start(vapid: VapidCheck) -> Running {
    let settings = PushSettings {
        seed: [1; 32],
        vapid,
        mint_from: 500,
        clock: Arc::new(|| 1_790_000_000_000),
    };
    PushService::start("127.0.0.1:0".parse().unwrap(), settings)
        .await
        .unwrap()
}

/// Posts with good headers, some of them changed (an empty value leaves the header out).
async fn post(to: &str, changes: &[(&str, &str)], body: &[u8]) -> u16 {
    let mut headers = vec![
        ("ttl", "60"),
        ("content-encoding", "aes128gcm"),
        ("topic", "a-b_1"),
        ("urgency", "high"),
    ];
    for (name, value) in changes {
        headers.retain(|(other, _)| other != name);
        if !value.is_empty() {
            headers.push((name, value));
        }
    }
    let request = headers
        .iter()
        .fold(reqwest::Client::new().post(to), |r, (name, value)| {
            r.header(*name, *value)
        });
    request
        .body(body.to_vec())
        .send()
        .await
        .unwrap()
        .status()
        .as_u16()
}

async fn ask(service: &Running, path: &str) -> Value {
    reqwest::get(format!("{}{path}", service.origin()))
        .await
        .unwrap()
        .json()
        .await
        .unwrap()
}

#[tokio::test]
async fn a_careless_request_is_told_so() {
    let service = start(VapidCheck::Off).await;
    let endpoint = service.subscription(7).endpoint;
    let longest_topic = "t".repeat(32);
    let longer_topic = "t".repeat(33);
    for (change, status) in [
        (("ttl", "60"), 201),
        (("ttl", ""), 400),
        (("ttl", "soon"), 400),
        (("ttl", "-1"), 400),
        (("content-encoding", ""), 400),
        (("content-encoding", "aesgcm"), 400),
        (("topic", ""), 201),
        (("topic", longest_topic.as_str()), 201),
        (("topic", longer_topic.as_str()), 400),
        (("topic", "a b"), 400),
        (("urgency", ""), 201),
        (("urgency", "extreme"), 400),
    ] {
        assert_eq!(post(&endpoint, &[change], b"x").await, status, "{change:?}");
    }
    assert_eq!(post(&endpoint, &[], &[0; 4096]).await, 201);
    assert_eq!(post(&endpoint, &[], &[0; 4097]).await, 413);
    assert_eq!(post(&endpoint, &[], b"").await, 400);
    assert_eq!(
        post(&endpoint.replace("/p/7/", "/p/8/"), &[], b"x").await,
        404
    );
    let summary = ask(&service, "/received").await;
    assert_eq!(
        summary["failed_to_open"], summary["received"],
        "no phone can open nonsense"
    );
    assert_eq!(summary["received"], 5);
}

#[tokio::test]
async fn a_sender_without_a_name_is_not_let_in() {
    let service = start(VapidCheck::On).await;
    let endpoint = service.subscription(7).endpoint;
    assert_eq!(post(&endpoint, &[], b"x").await, 401);
    assert_eq!(
        post(&endpoint, &[("authorization", "Bearer x")], b"x").await,
        401
    );
}

#[tokio::test]
async fn fresh_subscriptions_have_numbers_of_their_own() {
    let service = start(VapidCheck::Off).await;
    let mint = |body: Value| {
        let url = format!("{}/subscriptions", service.origin());
        async move {
            reqwest::Client::new()
                .post(url)
                .json(&body)
                .send()
                .await
                .unwrap()
        }
    };
    let minted: Value = mint(json!({ "count": 2 })).await.json().await.unwrap();
    assert_eq!(minted[0], json!(service.subscription(500)));
    assert_eq!(minted[1], json!(service.subscription(501)));
    assert_eq!(mint(json!({ "count": 0 })).await.status(), 400);
    assert_eq!(mint(json!({ "count": 1_000_000 })).await.status(), 400);
}

#[tokio::test]
async fn a_script_that_cannot_be_played_is_refused_and_the_old_one_stays() {
    let service = start(VapidCheck::Off).await;
    let endpoint = service.subscription(7).endpoint;
    let set = |body: Value| {
        let url = format!("{}/faults", service.origin());
        async move {
            reqwest::Client::new()
                .post(url)
                .json(&body)
                .send()
                .await
                .unwrap()
                .status()
                .as_u16()
        }
    };
    assert_eq!(set(json!([{ "n": 7, "status": 410 }])).await, 204);
    assert_eq!(set(json!([{ "n": 7, "status": 42 }])).await, 400);
    assert_eq!(post(&endpoint, &[], b"x").await, 410);
}

#[tokio::test]
async fn a_stop_ends_requests_that_never_get_an_answer() {
    let service = start(VapidCheck::Off).await;
    let endpoint = service.subscription(7).endpoint;
    let url = format!("{}/faults", service.origin());
    let rules = json!([{ "n": 7, "never_answers": true, "takes": true }]);
    reqwest::Client::new()
        .post(url)
        .json(&rules)
        .send()
        .await
        .unwrap();
    let waiting = reqwest::Client::new()
        .post(&endpoint)
        .header("ttl", "1")
        .header("content-encoding", "aes128gcm")
        .body("x")
        .send();
    let address = service.addr();
    let (answer, ()) = tokio::join!(waiting, async {
        // Once the message is inside and left without an answer.
        while ask(&service, "/received").await["received"] == 0 {}
        service.stop().await;
    });
    assert!(answer.is_err());
    assert!(
        tokio::net::TcpStream::connect(address).await.is_err(),
        "the port is free"
    );
}
