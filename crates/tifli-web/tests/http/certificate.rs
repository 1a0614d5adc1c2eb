//! The certificate partners pin, and that a document is served as it was signed. That it verifies is told by the
//! stories of the application.

use serde_json::Value;
use tifli_domain::Role;

use crate::house::Web;

#[tokio::test]
async fn the_certificate_is_published_and_a_document_is_served_as_it_was_signed() {
    let web = Web::new().await;
    web.live_alert().await;
    let got = web.get("/cap/certificate.pem").await.is(200);
    assert_eq!(got.header("content-type"), "application/x-pem-file");
    assert_eq!(got.header("cache-control"), "public, max-age=3600");
    let certificate = web.house.app.cap_certificate();
    assert_eq!(got.text(), certificate.to_pem());
    let feed = web.get("/feed.atom").await.is(200).text();
    let file = feed.split("/cap/").nth(1).expect("a document is linked");
    let file = file.split(".xml").next().unwrap_or_default();
    let document = web.get(&format!("/cap/{file}.xml")).await.is(200);
    assert!(document.text().contains("<ds:SignatureValue>"));
    let again = web.get(&format!("/cap/{file}.xml")).await.is(200);
    assert_eq!(document.body, again.body);
}

#[tokio::test]
async fn the_restricted_document_of_a_bulletin_is_given_signed_in_only() {
    let web = Web::new().await;
    let (_, _, case) = web.live_alert().await;
    let room = web.token(Role::Room).await;
    let of_case = format!("/cases/{case}/bulletin");
    let found = web.api("GET", &of_case, (&room, Value::Null)).await.is(200);
    let id = found.json()["bulletin"].as_str().unwrap().to_owned();
    let path = format!("/bulletins/{id}/cap");
    web.api("GET", &path, ("", Value::Null)).await.is(401);
    let got = web.api("GET", &path, (&room, Value::Null)).await.is(200);
    assert_eq!(got.header("content-type"), "application/cap+xml");
    assert_eq!(got.header("cache-control"), "no-store");
    let text = got.text();
    assert!(text.contains("<scope>Restricted</scope><restriction>"));
    assert!(text.contains("<ds:SignatureValue>"));
    let first = format!("{path}?version=1");
    let again = web.api("GET", &first, (&room, Value::Null)).await.is(200);
    assert_eq!(again.text(), text);
    let none = format!("{path}?version=9");
    web.api("GET", &none, (&room, Value::Null)).await.is(404);
    let file = text
        .split("<identifier>")
        .nth(1)
        .and_then(|rest| rest.split('<').next());
    let public = format!("/cap/{}.xml", file.unwrap());
    web.get(&public).await.is(404);
}
