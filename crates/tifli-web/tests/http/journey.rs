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

#[tokio::test]
async fn an_alert_goes_from_report_to_erasure_by_the_api() {
    let web = Web::new().await;
    let officer = web.token(Role::Officer).await;
    let approver = web.token(Role::Approver).await;
    let case = whole_report(&web, &officer).await;
    let media = photo(&web, &officer, (&case, "p1")).await.is(201).json();
    let again = photo(&web, &officer, (&case, "p1")).await.is(201).json();
    assert_eq!(media, again, "the same key adds one photo");

    let got = web
        .api(
            "POST",
            &format!("/cases/{case}/receive"),
            (&officer, json!({})),
        )
        .await
        .is(200);
    assert_eq!(got.json()["case"]["state"], "received");
    let begun = web
        .api(
            "POST",
            &format!("/cases/{case}/alerts"),
            (&officer, Value::Null),
        )
        .await;
    let message = begun.is(201).json()["message"].as_str().unwrap().to_owned();
    let draft = format!("/drafts/{message}");
    let area = json!({ "shape": "circle", "lat": 34.0, "lon": -6.84, "radius_km": 30.0 });
    let changed = web
        .api(
            "PATCH",
            &draft,
            (&officer, json!({ "area": area, "validity_hours": 12 })),
        )
        .await;
    assert_eq!(changed.is(200).json()["area"], area);
    web.api("POST", &format!("{draft}/submit"), (&officer, Value::Null))
        .await
        .is(200);

    let screen = web
        .api(
            "GET",
            &format!("/approvals/{message}"),
            (&approver, Value::Null),
        )
        .await;
    let screen = screen.is(200).json();
    let mut stale = screen["binding"].clone();
    stale["count"] = 99.into();
    let approve = format!("/approvals/{message}/approve");
    web.api("POST", &approve, (&approver, json!({ "binding": stale })))
        .await
        .is(409);
    let seen = json!({ "binding": screen["binding"] });
    web.api("POST", &approve, (&officer, seen.clone()))
        .await
        .is(403);
    web.api("POST", &approve, (&approver, seen)).await.is(204);

    let live = web
        .api("GET", "/alerts", (&approver, Value::Null))
        .await
        .is(200)
        .json();
    let alert = live["alerts"][0]["alert"].as_str().unwrap().to_owned();
    let code = live["alerts"][0]["code"].as_str().unwrap().to_owned();
    web.get(&format!("/fr/a/{code}")).await.is(200);
    let progress = web
        .api(
            "GET",
            &format!("/alerts/{alert}/deliveries"),
            (&officer, Value::Null),
        )
        .await;
    assert_eq!(progress.is(200).json()["alert"], alert.as_str());

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
    web.get(&format!("/fr/a/{code}")).await.is(410);
    let confirm = format!("/alerts/{alert}/confirm-end");
    web.api("POST", &confirm, (&officer, Value::Null))
        .await
        .is(409);
    web.api("POST", &confirm, (&approver, Value::Null))
        .await
        .is(200);
    let timeline = web
        .api(
            "GET",
            &format!("/cases/{case}/timeline"),
            (&officer, Value::Null),
        )
        .await;
    assert!(timeline.is(200).text().contains("alert.confirm_end"));
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
    web.api(
        "POST",
        &format!("/cases/{case}/close"),
        (&officer, Value::Null),
    )
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
