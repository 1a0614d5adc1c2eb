//! From a report to an erased case, by the API alone.

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::{Value, json};
use tifli_app::people::SessionKind;
use tifli_domain::Role;

use crate::house::{Got, Web, reason};

async fn whole_report(web: &Web, officer: &str) -> String {
    let got = web
        .api("POST", "/cases", (officer, Value::Null))
        .await
        .is(201)
        .json();
    let case = got["case"].as_str().unwrap().to_owned();
    let answers = tifli_app::testing::REPORT.map(|(field, value)| {
        (
            field.name().to_owned(),
            json!({ "value": value, "base": 0 }),
        )
    });
    let mut answers: serde_json::Map<String, Value> = answers.into_iter().collect();
    let (lat, lon) = tifli_app::testing::POINT;
    answers.insert("last_seen_lat".into(), json!({ "value": lat }));
    answers.insert("last_seen_lon".into(), json!({ "value": lon }));
    let path = format!("/cases/{case}/answers");
    web.api("PUT", &path, (officer, Value::Object(answers)))
        .await
        .is(200);
    case
}

async fn photo(web: &Web, token: &str, (case, key): (&str, &str)) -> Got {
    let request = Request::post(format!("/api/v1/cases/{case}/photos"))
        .header(header::AUTHORIZATION, format!("Bearer {token}"))
        .header(header::CONTENT_TYPE, "image/jpeg")
        .header("idempotency-key", key)
        .body(Body::from(web.house.photo(7)));
    web.send(request.unwrap()).await
}

/// Drafts and submits an alert for a received case; gives the version's id.
async fn submit(web: &Web, officer: &str, case: &str) -> String {
    let path = format!("/cases/{case}/alerts");
    let begun = web
        .api("POST", &path, (officer, Value::Null))
        .await
        .is(201)
        .json();
    let message = begun["message"].as_str().unwrap().to_owned();
    let draft = format!("/drafts/{message}");
    let area = json!({ "shape": "circle", "lat": 34.0, "lon": -6.84, "radius_km": 30.0 });
    let seen = web.api("GET", &draft, (officer, Value::Null)).await.is(200);
    let base = seen.json()["base"].clone();
    let change = json!({ "area": area, "validity_hours": 12, "base": base });
    let changed = web
        .api("PATCH", &draft, (officer, change.clone()))
        .await
        .is(200);
    let met = web
        .api("PATCH", &draft, (officer, change))
        .await
        .is(409)
        .json();
    assert_eq!(
        met["code"], "draft_changed",
        "what another wrote is not written over"
    );
    assert_eq!(
        met["theirs"]["base"],
        changed.json()["base"],
        "both are given"
    );
    assert_eq!(changed.json()["area"], area);
    let submit = format!("{draft}/submit");
    let asked = web.api("POST", &submit, (officer, json!({}))).await.is(422);
    let problem = &asked.json()["errors"][0];
    assert_eq!(problem["field"], "confirmed");
    assert_eq!(problem["code"], "nobody_subscribed");
    let confirmed = json!({ "confirmed": true });
    web.api("POST", &submit, (officer, confirmed)).await.is(200);
    message
}

/// Approves a submitted version after others tried in vain; gives the alert's id and code.
async fn approve(web: &Web, (officer, approver): (&str, &str), message: &str) -> (String, String) {
    let path = format!("/approvals/{message}");
    let screen = web
        .api("GET", &path, (approver, Value::Null))
        .await
        .is(200)
        .json();
    let seen = json!({ "binding": screen["binding"] });
    let mut stale = seen.clone();
    stale["binding"]["count"] = 99.into();
    let path = format!("{path}/approve");
    web.api("POST", &path, (approver, stale)).await.is(409);
    web.api("POST", &path, (officer, seen.clone()))
        .await
        .is(403);
    web.api("POST", &path, (approver, seen)).await.is(204);
    let live = web
        .api("GET", "/alerts", (approver, Value::Null))
        .await
        .is(200)
        .json();
    let text = |name: &str| live["alerts"][0][name].as_str().unwrap().to_owned();
    (text("alert"), text("code"))
}

#[tokio::test]
async fn an_alert_goes_from_report_to_its_confirmed_end_by_the_api() {
    let web = Web::new().await;
    let officer = web.token(Role::Officer).await;
    let approver = web.token(Role::Approver).await;
    let case = whole_report(&web, &officer).await;
    let receive = format!("/cases/{case}/receive");
    let received = web
        .api("POST", &receive, (&officer, json!({})))
        .await
        .is(200)
        .json();
    assert_eq!(received["case"]["state"], "received");
    let message = submit(&web, &officer, &case).await;
    let (alert, code) = approve(&web, (&officer, &approver), &message).await;
    web.get(&format!("/fr/a/{code}")).await.is(200);
    let path = format!("/alerts/{alert}/deliveries");
    let progress = web
        .api("GET", &path, (&officer, Value::Null))
        .await
        .is(200)
        .json();
    assert_eq!(progress["alert"], alert.as_str());

    let cancel = format!("/alerts/{alert}/cancel");
    web.api("POST", &cancel, (&officer, reason("expired")))
        .await
        .is(422);
    let ended = web
        .api("POST", &cancel, (&officer, reason("found")))
        .await
        .is(200)
        .json();
    assert_eq!(ended["state"], "ended");
    let page = web.get(&format!("/fr/a/{code}")).await.is(200);
    assert!(page.text().contains("Cette alerte est terminée"));
    let confirm = format!("/alerts/{alert}/confirm-end");
    web.api("POST", &confirm, (&officer, Value::Null))
        .await
        .is(409);
    web.api("POST", &confirm, (&approver, Value::Null))
        .await
        .is(200);
    let path = format!("/cases/{case}/timeline");
    let timeline = web.api("GET", &path, (&officer, Value::Null)).await.is(200);
    assert!(timeline.text().contains("alert.confirm_end"));
}

#[tokio::test]
async fn the_same_key_adds_one_photo() {
    let web = Web::new().await;
    let officer = web.token(Role::Officer).await;
    let case = whole_report(&web, &officer).await;
    let first = photo(&web, &officer, (&case, "p1")).await.is(201).json();
    let again = photo(&web, &officer, (&case, "p1")).await.is(201).json();
    assert_eq!(first, again);
    let file = web
        .api("GET", &format!("/cases/{case}"), (&officer, Value::Null))
        .await;
    assert_eq!(file.is(200).json()["photos"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_case_that_never_had_an_alert_is_closed_and_erased_by_two_people() {
    let web = Web::new().await;
    let officer = web.token(Role::Officer).await;
    let approver = web.token(Role::Approver).await;
    let case = whole_report(&web, &officer).await;
    web.api(
        "POST",
        &format!("/cases/{case}/receive"),
        (&officer, json!({})),
    )
    .await
    .is(200);
    let close = format!("/cases/{case}/close");
    let open = web
        .api("POST", &close, (&officer, Value::Null))
        .await
        .is(409)
        .json();
    assert_eq!(open["code"], "closing_open");
    for item in [
        json!({ "item": "mistaken", "how": "done", "word": "error", "note": "at an aunt's" }),
        json!({ "item": "outcome", "how": "done", "word": "none" }),
    ] {
        let path = format!("/cases/{case}/closing");
        web.api("POST", &path, (&officer, item)).await.is(200);
    }
    let room = web.house.room().await;
    web.house
        .all_acknowledge(&room, case.parse().unwrap())
        .await;
    web.api("POST", &close, (&officer, Value::Null))
        .await
        .is(200);
    let path = format!("/cases/{case}/erasure");
    let asked = web
        .api("POST", &path, (&officer, reason("the guardian asked")))
        .await
        .is(201)
        .json();
    let confirm = format!("/erasures/{}/confirm", asked["erasure"].as_str().unwrap());
    web.api("POST", &confirm, (&officer, Value::Null))
        .await
        .is(403);
    let report = web
        .api("POST", &confirm, (&approver, Value::Null))
        .await
        .is(200)
        .json();
    assert_eq!(report["chain_ok"], true);
    let gone = web
        .api("GET", &format!("/cases/{case}"), (&officer, Value::Null))
        .await
        .is(410);
    assert_eq!(gone.json()["code"], "erased");
}

#[tokio::test]
async fn answers_that_cannot_be_kept_are_named_and_the_others_are_kept() {
    let web = Web::new().await;
    let officer = web.token(Role::Officer).await;
    let case = whole_report(&web, &officer).await;
    let path = format!("/cases/{case}/answers");
    let body = json!({
        "clothes": { "value": "red coat" },
        "child_age": { "value": "forty", "base": 1 },
        "no_such_question": { "value": "x" },
    });
    let got = web.api("PUT", &path, (&officer, body)).await.is(422).json();
    assert!(got["saved"]["clothes"]["seq"].is_number());
    let errors = got["errors"].as_array().unwrap();
    let named: Vec<_> = errors
        .iter()
        .map(|error| error["field"].as_str().unwrap())
        .collect();
    assert_eq!(named, ["child_age", "no_such_question"]);
    let other = web
        .session(
            Role::Officer,
            tifli_app::testing::DISTRICT,
            SessionKind::Bearer,
        )
        .await;
    let late = json!({ "clothes": { "value": "blue coat", "base": 0 } });
    let conflict = web.api("PUT", &path, (&other, late)).await.is(409).json();
    assert_eq!(
        conflict["conflicts"]["clothes"]["current"]["value"],
        "red coat"
    );
}

#[tokio::test]
async fn the_same_key_starts_one_report() {
    let web = Web::new().await;
    let officer = web.token(Role::Officer).await;
    let start = async |key: &str| {
        let request = Request::post("/api/v1/cases")
            .header(header::AUTHORIZATION, format!("Bearer {officer}"))
            .header("idempotency-key", key)
            .body(Body::empty());
        web.send(request.unwrap()).await
    };
    let first = start("one").await.is(201).json();
    assert_eq!(start("one").await.is(201).json()["case"], first["case"]);
    assert_ne!(start("two").await.is(201).json()["case"], first["case"]);
    assert_eq!(
        start("with a blank").await.is(400).json()["code"],
        "not_a_key"
    );
}

#[tokio::test]
async fn unknown_fields_and_other_content_types_are_refused_in_words() {
    let web = Web::new().await;
    let body = json!({ "login": "a", "password": "b", "totp": "c", "admin": true });
    let got = web
        .api("POST", "/sessions", ("", body))
        .await
        .is(400)
        .json();
    assert!(
        got["detail"]
            .as_str()
            .unwrap()
            .contains("unknown field `admin`")
    );
    let request = Request::post("/api/v1/sessions").header(header::CONTENT_TYPE, "text/xml");
    web.send(request.body(Body::from("<a/>")).unwrap())
        .await
        .is(415);
    web.api("GET", "/nothing", ("", Value::Null)).await.is(404);
    web.api("PATCH", "/sessions", ("", json!({}))).await.is(405);
}

#[tokio::test]
async fn the_document_is_served_and_lists_every_route() {
    let web = Web::new().await;
    let got = web
        .api("GET", "/openapi.json", ("", Value::Null))
        .await
        .is(200)
        .json();
    assert!(got["paths"]["/api/v1/cases/{id}/answers"]["put"].is_object());
}
