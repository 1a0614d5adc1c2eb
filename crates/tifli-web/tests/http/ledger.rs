//! Partners' systems by API: kept by the administrator's program, read and settled by the room's.

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::{Value, json};
use tifli_app::people::SessionKind;
use tifli_domain::Role;
use tifli_domain::alert::EndReason;
use tifli_domain::id::AlertId;

use crate::house::{Web, reason};

const URL: &str = "https://alerts.television.example.org/incoming";

fn webhook() -> Value {
    json!({ "partner": "television", "channel": "webhook", "url": URL })
}

#[tokio::test]
async fn a_secret_is_given_when_it_is_made_and_never_again() {
    let web = Web::new().await;
    let token = web.token(Role::Administrator).await;
    let made = web.api("POST", "/endpoints", (&token, webhook())).await;
    let made = made.is(201);
    assert_eq!(made.header("cache-control"), "no-store");
    let made = made.json();
    let first = made["secret"].as_str().unwrap().to_owned();
    assert!(first.starts_with("whsec_"));
    let id = made["endpoint"].as_str().unwrap();
    let rotate = format!("/endpoints/{id}/rotate");
    let again = web
        .api("POST", &rotate, (&token, Value::Null))
        .await
        .is(200);
    let second = again.json()["secret"].as_str().unwrap().to_owned();
    assert_ne!(first, second);
    let state = format!("/endpoints/{id}/state");
    let off = json!({ "state": "disabled" });
    web.api("PUT", &state, (&token, off)).await.is(204);
    let wrong = json!({ "state": "asleep" });
    web.api("PUT", &state, (&token, wrong)).await.is(422);
    let list = web.api("GET", "/endpoints", (&token, Value::Null)).await;
    let list = list.is(200);
    assert!(!list.text().contains(&first) && !list.text().contains(&second));
    let line = &list.json()["endpoints"][0];
    assert_eq!(line["url"], URL);
    assert_eq!(line["state"], "disabled");
    assert_eq!(line["why"], "by_hand");
}

#[tokio::test]
async fn a_system_of_nobody_or_in_a_private_network_is_refused_with_its_field() {
    let web = Web::new().await;
    let token = web.token(Role::Administrator).await;
    for (field, value, code) in [
        ("partner", "nobody", "no_such_partner"),
        ("channel", "web_push", "not_an_answer"),
        ("url", "http://alerts.example.org/", "endpoint_not_https"),
        ("url", "https://192.168.1.2/", "endpoint_private"),
        ("url", "https://alerts.example.org:8443/", "endpoint_port"),
        ("bearer", "two words", "token_not_wanted"),
        ("bearer", "t0ken", "token_not_wanted"),
    ] {
        let mut given = webhook();
        given[field] = value.into();
        let refused = web.api("POST", "/endpoints", (&token, given)).await;
        let refused = refused.is(422).json();
        assert_eq!(refused["errors"][0]["field"], field, "{refused}");
        assert_eq!(refused["errors"][0]["code"], code, "{refused}");
    }
    let list = web.api("GET", "/endpoints", (&token, Value::Null)).await;
    assert_eq!(list.is(200).json()["endpoints"], json!([]));
}

#[tokio::test]
async fn all_that_is_wrong_with_a_system_is_told_at_once() {
    let web = Web::new().await;
    let token = web.token(Role::Administrator).await;
    let mut given = webhook();
    for (field, value) in [
        ("partner", ""),
        ("channel", ""),
        ("url", " "),
        ("bearer", "two words"),
    ] {
        given[field] = value.into();
    }
    let refused = web.api("POST", "/endpoints", (&token, given)).await;
    let refused = refused.is(422).json();
    let told: Vec<(&str, &str)> = refused["errors"]
        .as_array()
        .expect("a list of errors")
        .iter()
        .map(|one| {
            let word = |name: &str| one[name].as_str().expect("a word");
            (word("field"), word("code"))
        })
        .collect();
    assert_eq!(
        told,
        [
            ("partner", "missing"),
            ("channel", "not_an_answer"),
            ("url", "missing"),
            ("bearer", "not_a_token")
        ]
    );
}

#[tokio::test]
async fn who_may_still_hold_a_copy_is_named_until_somebody_settles_it() {
    let web = Web::new().await;
    let (_, alert, _) = web.live_alert().await;
    let id: AlertId = alert.parse().unwrap();
    let approver = web.house.approver().await;
    let ended = web.house.app.cancel(&approver, id, EndReason::Found).await;
    ended.unwrap();
    let dead = web.house.dead_delivery(id).await.delivery.to_string();
    let room = web.token(Role::Room).await;
    let progress = format!("/alerts/{alert}/deliveries");
    let read = web.api("GET", &progress, (&room, Value::Null)).await;
    let read = read.is(200).json();
    assert_eq!(read["systems"][0]["state"], "dead");
    assert_eq!(read["systems"][0]["outcome"], "refused");
    assert_eq!(read["holders"][0]["partner"], "television");
    assert_eq!(read["holders"][0]["delivery"], dead.as_str());
    assert_eq!(read["holders"][0]["released"], false);

    let story = format!("/deliveries/{dead}");
    let release = format!("{story}/release");
    let told = web.api("GET", &story, (&room, Value::Null)).await.is(200);
    assert_eq!(told.json()["calls"][0]["code"], "misconfigured");
    let silent = web.api("POST", &release, (&room, reason(" "))).await;
    assert_eq!(silent.is(422).json()["errors"][0]["field"], "reason");
    let why = "reached by telephone";
    web.api("POST", &release, (&room, reason(why)))
        .await
        .is(204);
    let twice = web.api("POST", &release, (&room, reason(why))).await;
    assert_eq!(twice.is(409).json()["code"], "delivery_not_given_up");
    let told = web.api("GET", &story, (&room, Value::Null)).await.is(200);
    assert_eq!(told.json()["reason"], why);
    let read = web.api("GET", &progress, (&room, Value::Null)).await;
    assert_eq!(read.is(200).json()["holders"][0]["released"], true);

    let unit = web.token(Role::Unit).await;
    let told = web.api("GET", &story, (&unit, Value::Null)).await.is(200);
    assert_eq!(told.json()["reason"], Value::Null, "a unit reads no case");
    let foreign = web.session(Role::Officer, "fes", SessionKind::Bearer).await;
    let refused = web.api("GET", &story, (&foreign, Value::Null)).await;
    assert_eq!(refused.is(403).json()["code"], "district");
}

#[tokio::test]
async fn a_system_asked_for_twice_under_one_key_is_made_once_and_its_secret_is_given_once() {
    let web = Web::new().await;
    let token = web.token(Role::Administrator).await;
    let ask = async |key: &str, body: Value| {
        let request = Request::post("/api/v1/endpoints")
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/json")
            .header("idempotency-key", key);
        web.send(request.body(Body::from(body.to_string())).unwrap())
            .await
    };
    let first = ask("one", webhook()).await.is(201).json();
    let again = ask("one", webhook()).await.is(201).json();
    assert_eq!(first["endpoint"], again["endpoint"]);
    assert!(first["secret"].is_string() && again["secret"].is_null());
    let mut other = webhook();
    other["url"] = "https://other.television.example.org/incoming".into();
    let refused = ask("one", other).await.is(409).json();
    assert_eq!(refused["code"], "key_used_otherwise");
    let list = web.api("GET", "/endpoints", (&token, Value::Null)).await;
    assert_eq!(
        list.is(200).json()["endpoints"].as_array().unwrap().len(),
        1
    );
}

#[tokio::test]
async fn a_hand_over_by_people_is_read_beside_the_systems_and_by_its_own_id() {
    let web = Web::new().await;
    let (_, alert, _) = web.live_alert().await;
    let room = web.token(Role::Room).await;
    let progress = format!("/alerts/{alert}/deliveries");
    let read = web.api("GET", &progress, (&room, Value::Null)).await;
    let hands = read.is(200).json()["hands"].clone();
    assert_eq!(hands[0]["partner"], "meta");
    assert_eq!(hands[0]["state"], "prepared");
    assert_eq!(hands[0]["outcome"], Value::Null, "nobody gave it to them");
    let id = hands[0]["handover"].as_str().unwrap();
    let story = format!("/deliveries/{id}");
    let told = web.api("GET", &story, (&room, Value::Null)).await;
    let told = told.is(200).json();
    assert_eq!(told["hand"]["handover"], id);
    assert_eq!(told["delivery"], Value::Null);
    assert_eq!(told["steps"][0]["act"], "prepare");
}
