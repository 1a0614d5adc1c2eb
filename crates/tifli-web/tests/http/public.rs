//! What the public gets, and what it never gets.

use axum::body::Body;
use axum::http::{Request, header};

use crate::house::{SECRET, Web};

/// The path of the first CAP document in a feed.
fn cap_path(feed: &str) -> String {
    let rest = feed
        .split("/cap/")
        .nth(1)
        .expect("the feed links a document");
    let end = rest.find(".xml").expect("a document is XML");
    format!("/cap/{}.xml", &rest[..end])
}

#[tokio::test]
async fn the_language_is_the_paths_then_the_browsers_then_the_countrys() {
    let web = Web::new().await;
    let asked = async |path: &str, accept: &str| {
        let request = Request::get(path).header(header::ACCEPT_LANGUAGE, accept);
        let got = web.send(request.body(Body::empty()).unwrap()).await.is(200);
        let text = got.text();
        let lang = text.split("<html lang=\"").nth(1).unwrap();
        lang[..2].to_owned()
    };
    assert_eq!(asked("/en", "fr").await, "en");
    assert_eq!(asked("/", "fr;q=0.9, de").await, "fr");
    assert_eq!(asked("/", "de").await, "ar");
    assert_eq!(asked("/fr/about", "ar").await, "fr");
}

#[tokio::test]
async fn a_live_alert_has_a_page_a_photo_a_document_and_an_entry_in_the_feed() {
    let web = Web::new().await;
    let (code, _, _) = web.live_alert().await;
    let page = web.get(&format!("/en/a/{code}")).await.is(200);
    assert_eq!(
        page.header("cache-control"),
        "public, max-age=5, stale-while-revalidate=10"
    );
    let text = page.text();
    assert!(text.contains("Salma") && text.contains("<svg"), "{text}");
    let photo = web.get(&format!("/a/{code}/photo.jpg?v=1")).await.is(200);
    assert_eq!(&photo.body[..2], [0xFF, 0xD8]);
    assert!(photo.header("cache-control").starts_with("private"));
    web.get(&format!("/a/{code}/card.jpg")).await.is(200);
    assert!(web.get("/").await.is(200).text().contains(&code));
    let feed = web.get("/fr/feed.atom").await.is(200);
    let tag = feed.header("etag").to_owned();
    let again = Request::get("/fr/feed.atom").header(header::IF_NONE_MATCH, tag);
    web.send(again.body(Body::empty()).unwrap()).await.is(304);
    let cap = web.get(&cap_path(&feed.text())).await.is(200);
    assert!(
        cap.header("content-type")
            .starts_with("application/cap+xml")
    );
}

#[tokio::test]
async fn an_unknown_code_and_a_malformed_one_get_the_same_page() {
    let web = Web::new().await;
    let pages = [
        web.get("/en/a/0000000000000000").await,
        web.get("/en/a/no-such-code").await,
    ];
    let [unknown, malformed] = pages.map(|got| got.is(404).text());
    let plain = |text: &str| {
        text.replace("0000000000000000", "")
            .replace("no-such-code", "")
    };
    assert_eq!(plain(&unknown), plain(&malformed));
    web.get("/nothing/here").await.is(404);
    let wrong = Request::delete("/about").body(Body::empty());
    web.send(wrong.unwrap()).await.is(405);
}

#[tokio::test]
async fn no_public_byte_holds_a_protected_answer() {
    let web = Web::new().await;
    let (code, _, case) = web.live_alert().await;
    let feed = web.get("/feed.atom").await.text();
    let document = cap_path(&feed);
    let mut seen = feed;
    for path in [
        "/",
        "/ar",
        "/fr",
        "/en",
        "/verify?code=x",
        "/feeds",
        "/fr/embed/current",
        "/fr/feed.atom?category=Rescue",
        "/about",
        "/subscribe",
        "/tip/return",
        "/map/regions.geojson",
        &document,
        &format!("/ar/a/{code}"),
        &format!("/fr/a/{code}"),
        &format!("/en/a/{code}"),
        &format!("/fr/a/{code}/tip"),
        &format!("/verify?code={code}"),
        &format!("/v/{code}"),
        &format!("/v/{code}.json"),
        &format!("/v/{code}.signed.json"),
    ] {
        seen.push_str(&web.get(path).await.is(200).text());
    }
    for secret in [
        SECRET,
        "Nadia",
        "Exemple",
        "600 00 01 23",
        case.as_str(),
        "34.005",
        "6.845",
    ] {
        assert!(!seen.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_subscription_needs_a_place_of_the_country_and_leaves_without_a_question() {
    let web = Web::new().await;
    let found = web.post_form("/fr/subscribe/places", "q=Rabat").await;
    let found = found.is(200).text();
    assert!(found.contains("data-key="), "{found}");
    assert!(found.contains("name=\"place\"") && found.contains("href=\"/ar/subscribe\""));
    let post = async |path: &str, body: &str| {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        web.send(request.body(Body::from(body.to_owned())).unwrap())
            .await
    };
    let nowhere = r#"{"subscription":{"endpoint":"https://push.example/x","expirationTime":null,
        "keys":{"p256dh":"a","auth":"b"}},"place":"nowhere","language":"fr"}"#;
    post("/subscribe", nowhere).await.is(422);
    post("/unsubscribe", r#"{"endpoint":"https://push.example/x"}"#)
        .await
        .is(204);
}

#[tokio::test]
async fn every_page_carries_the_protective_headers() {
    let web = Web::new().await;
    for path in ["/", "/nothing", "/api/v1/nothing", "/about"] {
        let got = web.get(path).await;
        assert!(
            got.header("content-security-policy")
                .starts_with("default-src 'none'"),
            "{path}"
        );
        assert_eq!(got.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(got.header("referrer-policy"), "no-referrer", "{path}");
    }
}
