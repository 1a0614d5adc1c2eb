//! Who may use what: the route table walked by everybody.

use axum::body::Body;
use axum::http::{Method, Request, header};
use serde_json::{Value, json};
use tifli_app::people::SessionKind;
use tifli_app::testing::DISTRICT;
use tifli_domain::Role;
use tifli_domain::permission::{Reach, reach};
use tifli_web::routes::{Access, RouteInfo, route_table};

use crate::house::{Got, Web};

/// A path of the table with ids that lead nowhere.
fn filled(path: &str) -> String {
    let kind = |path: &str| {
        if path.contains("/cases/") {
            "case"
        } else if path.contains("/alerts/") {
            "alert"
        } else if path.contains("/bulletins/") {
            "bulletin"
        } else if path.contains("/tips/") {
            "tip"
        } else if path.contains("/calls/") {
            "call"
        } else if path.contains("/people/") {
            "person"
        } else if path.contains("/transfers/") {
            "transfer"
        } else if path.contains("/handovers/") {
            "handover"
        } else if path.contains("/endpoints/") {
            "endpoint"
        } else if path.contains("/dispatches/") {
            "dispatch"
        } else if path.contains("/deliveries/") {
            "delivery"
        } else if path.contains("/duties/") {
            "duty"
        } else if path.contains("/erasures/") {
            "erasure"
        } else if path.contains("/photos/") {
            "media"
        } else if path.contains("/venues/") {
            "case"
        } else if path.contains("/found/") {
            "found"
        } else if path.contains("/holds/") {
            "hold"
        } else {
            "message"
        }
    };
    let nowhere = format!("{}_0192a0000000700080000000000000ff", kind(path));
    let parts = path.split('/').map(|part| {
        if part.starts_with('{') {
            nowhere.as_str()
        } else {
            part
        }
    });
    parts.collect::<Vec<_>>().join("/")
}

async fn ask(web: &Web, route: &RouteInfo, token: &str) -> Got {
    let path = filled(route.path);
    let path = path.strip_prefix("/api/v1").unwrap();
    let body = if route.method == Method::GET {
        Value::Null
    } else {
        json!({})
    };
    web.api(route.method.as_str(), path, (token, body)).await
}

fn api() -> impl Iterator<Item = RouteInfo> {
    route_table()
        .into_iter()
        .filter(|route| route.path.starts_with("/api/"))
}

#[tokio::test]
async fn without_a_session_only_public_routes_of_the_api_answer() {
    let web = Web::new().await;
    for route in api() {
        let got = ask(&web, &route, "").await;
        let refused = got.status == 401;
        assert_eq!(
            refused,
            route.access != Access::Public,
            "{} {}",
            route.method,
            route.path
        );
        if refused {
            assert_eq!(got.header("content-type"), "application/problem+json");
            assert_eq!(got.json()["code"], "not_signed_in");
        }
    }
}

#[tokio::test]
async fn a_role_is_refused_exactly_where_the_table_of_permissions_says_so() {
    let web = Web::new().await;
    for role in Role::ALL {
        for route in api() {
            let Access::Act(act) = route.access else {
                continue;
            };
            let token = web.session(role, DISTRICT, SessionKind::Bearer).await;
            let got = ask(&web, &route, &token).await;
            let refused = got.status == 403 && got.json()["code"] == "role";
            let expected = reach(role, act) == Reach::Nowhere;
            assert_eq!(
                refused, expected,
                "{role:?} {} {}",
                route.method, route.path
            );
        }
    }
}

/// What stands around the answers of a case.
fn of_the_intake(case: &str) -> Vec<(&'static str, String, Value)> {
    vec![
        (
            "POST",
            format!("/cases/{case}/sources"),
            json!({ "tie": "friend", "name": "x" }),
        ),
        (
            "POST",
            format!("/cases/{case}/preferences"),
            json!({ "field": "clothes", "source": 0 }),
        ),
        (
            "POST",
            format!("/cases/{case}/sealed"),
            json!({ "reason": "a reason of a sentence" }),
        ),
        ("GET", format!("/cases/{case}/lists"), Value::Null),
        (
            "POST",
            format!("/cases/{case}/lists"),
            json!({ "list": "place", "values": {} }),
        ),
        (
            "POST",
            format!("/cases/{case}/lists/remove"),
            json!({ "list": "place", "item": 1 }),
        ),
        ("GET", format!("/cases/{case}/places"), Value::Null),
        (
            "POST",
            format!("/cases/{case}/places/1/unit"),
            json!({ "unit": "" }),
        ),
        (
            "POST",
            format!("/cases/{case}/places/1/results"),
            json!({ "outcome": "nothing" }),
        ),
        ("POST", format!("/cases/{case}/take-over"), Value::Null),
    ]
}

#[tokio::test]
async fn an_officer_of_another_district_reaches_nothing_of_a_case() {
    let web = Web::new().await;
    let (_, alert, case) = web.live_alert().await;
    let foreign = web.session(Role::Officer, "fes", SessionKind::Bearer).await;
    let own = web.token(Role::Officer).await;
    let path = format!("/cases/{case}");
    web.api("GET", &path, (&own, Value::Null)).await.is(200);
    let why = json!({ "reason": "found" });
    let of_the_case = [
        ("GET", format!("/cases/{case}"), Value::Null),
        (
            "PUT",
            format!("/cases/{case}/answers"),
            json!({ "clothes": { "value": "x", "base": 0 } }),
        ),
        ("POST", format!("/cases/{case}/receive"), json!({})),
        ("GET", format!("/cases/{case}/papers"), Value::Null),
        (
            "GET",
            format!("/cases/{case}/papers/receipt/ar"),
            Value::Null,
        ),
        (
            "POST",
            format!("/cases/{case}/papers"),
            json!({ "document": "identity", "state": "seen" }),
        ),
        (
            "POST",
            format!("/cases/{case}/consent"),
            json!({ "channel": "meta", "answer": "given", "given_by": "x", "before": "y" }),
        ),
        ("POST", format!("/cases/{case}/close"), Value::Null),
        ("GET", format!("/cases/{case}/closing"), Value::Null),
        (
            "POST",
            format!("/cases/{case}/closing"),
            json!({ "item": "located", "how": "done", "word": "police" }),
        ),
        ("GET", format!("/cases/{case}/episodes"), Value::Null),
        (
            "POST",
            format!("/cases/{case}/episodes"),
            json!({ "case": case }),
        ),
        ("POST", format!("/cases/{case}/alerts"), Value::Null),
        ("GET", format!("/cases/{case}/alerts"), Value::Null),
        ("GET", format!("/cases/{case}/timeline"), Value::Null),
        ("GET", format!("/cases/{case}/erasure"), Value::Null),
        (
            "POST",
            format!("/cases/{case}/erasure"),
            json!({ "reason": "x" }),
        ),
        ("POST", format!("/alerts/{alert}/updates"), Value::Null),
        ("POST", format!("/alerts/{alert}/cancel"), why),
        ("POST", format!("/alerts/{alert}/confirm-end"), Value::Null),
        ("GET", format!("/alerts/{alert}/deliveries"), Value::Null),
        ("GET", format!("/alerts/{alert}"), Value::Null),
    ];
    for (method, path, body) in of_the_case.into_iter().chain(of_the_intake(&case)) {
        let got = web.api(method, &path, (&foreign, body)).await;
        assert_eq!(got.status, 403, "{method} {path}: {}", got.text());
        assert_eq!(got.json()["code"], "district", "{method} {path}");
    }
    for list in ["/cases", "/alerts"] {
        let got = web.api("GET", list, (&foreign, Value::Null)).await.is(200);
        assert!(!got.text().contains(&case), "{list}");
    }
}

#[tokio::test]
async fn a_browsers_session_is_none_for_the_api_and_a_bearers_none_for_the_console() {
    let web = Web::new().await;
    let browser = web
        .session(Role::Officer, DISTRICT, SessionKind::Browser)
        .await;
    web.api("GET", "/cases", (&browser, Value::Null))
        .await
        .is(401);
    let cookie = format!("tifli_session={browser}");
    let request = Request::get("/api/v1/cases").header(header::COOKIE, cookie);
    web.send(request.body(Body::empty()).unwrap()).await.is(401);
}

#[tokio::test]
async fn signing_in_gives_a_token_that_signing_out_ends() {
    let web = Web::new().await;
    let person = web.person(Role::Room).await;
    let code = web.house.code(&person);
    let right =
        json!({ "login": person.login, "password": tifli_app::testing::PASSWORD, "totp": code });
    let mut wrong = right.clone();
    wrong["password"] = "wrong".into();
    let refused = web.api("POST", "/sessions", ("", wrong)).await.is(401);
    assert_eq!(refused.json()["code"], "sign_in_refused");
    let got = web
        .api("POST", "/sessions", ("", right))
        .await
        .is(201)
        .json();
    let token = got["token"].as_str().unwrap();
    let me = web
        .api("GET", "/sessions/current", (token, Value::Null))
        .await
        .is(200)
        .json();
    assert_eq!(me["role"], "room");
    web.api("DELETE", "/sessions/current", (token, Value::Null))
        .await
        .is(204);
    web.api("GET", "/sessions/current", (token, Value::Null))
        .await
        .is(401);
}

#[tokio::test]
async fn a_form_of_another_site_changes_nothing() {
    let web = Web::new().await;
    for route in route_table() {
        if route.path.starts_with("/api/") || route.method == Method::GET {
            continue;
        }
        let request = Request::builder()
            .method(route.method.clone())
            .uri(filled(route.path))
            .header("sec-fetch-site", "cross-site")
            .body(Body::empty());
        let got = web.send(request.unwrap()).await;
        assert_eq!(got.status, 403, "{} {}", route.method, route.path);
    }
}

#[tokio::test]
async fn the_console_asks_for_a_sign_in_and_loses_nothing_typed() {
    let web = Web::new().await;
    for route in route_table() {
        let console = route.path.starts_with("/console") && route.access != Access::Public;
        if !console {
            continue;
        }
        let path = filled(route.path);
        if route.method == Method::GET {
            let got = web.get(&path).await.is(303);
            assert!(
                got.header("location").starts_with("/console/sign-in?next="),
                "{path}"
            );
        } else {
            let got = web
                .post_form(&path, "csrf=old&note=kept%20words")
                .await
                .is(401);
            let text = got.text();
            assert!(
                text.contains("kept words") && text.contains("kept.note"),
                "{path}"
            );
            assert!(text.contains(&format!("value=\"{path}\"")), "{path}");
            assert!(!text.contains("kept.csrf"), "{path}");
        }
    }
}
