//! Telling what one saw, by form and by API, and the dialogue under a receipt.

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::{Value, json};
use tifli_domain::Role;

use crate::house::{Got, Web};

const BOUNDARY: &str = "------------------------boundary";

async fn tell(web: &Web, code: &str, fields: &[(&str, &str)], photo: Option<&[u8]>) -> Got {
    let mut body = Vec::new();
    for (name, value) in fields {
        let head =
            format!("--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(value.as_bytes());
        body.extend_from_slice(b"\r\n");
    }
    if let Some(photo) = photo {
        let head = format!(
            "--{BOUNDARY}\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"me at home.jpg\"\r\ncontent-type: image/jpeg\r\n\r\n"
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(photo);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{BOUNDARY}--\r\n").as_bytes());
    let kind = format!("multipart/form-data; boundary={BOUNDARY}");
    let request = Request::post(format!("/en/a/{code}/tip")).header(header::CONTENT_TYPE, kind);
    web.send(request.body(Body::from(body)).unwrap()).await
}

/// The sixteen digits on the page of thanks.
fn receipt(text: &str) -> String {
    let digits: Vec<&str> = text
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| run.len() == 4)
        .collect();
    let four = digits.windows(4).next().unwrap_or_default();
    four.concat()
}

#[tokio::test]
async fn a_tip_with_a_photo_gets_a_receipt_and_a_repeat_the_same_one() {
    let web = Web::new().await;
    let (code, _, _) = web.live_alert().await;
    let form = web.get(&format!("/en/a/{code}/tip")).await.is(200).text();
    let key = form
        .split("name=\"key\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let fields = [
        ("seen", "near the station"),
        ("key", key),
        ("act", "send"),
        ("website", ""),
    ];
    let first = tell(&web, &code, &fields, Some(&web.house.photo(3)))
        .await
        .is(201);
    assert_eq!(first.header("cache-control"), "no-store");
    let again = tell(&web, &code, &fields, Some(&web.house.photo(3)))
        .await
        .is(201);
    assert_eq!(receipt(&first.text()).len(), 16);
    assert_eq!(receipt(&first.text()), receipt(&again.text()));
    let room = web.token(Role::Room).await;
    let tips = web
        .api("GET", "/tips", (&room, Value::Null))
        .await
        .is(200)
        .json();
    assert_eq!(tips["tips"].as_array().unwrap().len(), 1);
    assert_eq!(tips["tips"][0]["photos"], 1);
}

#[tokio::test]
async fn what_cannot_be_taken_is_shown_again_with_everything_typed() {
    let web = Web::new().await;
    let (code, _, _) = web.live_alert().await;
    let fields = [
        ("seen", "kept words"),
        ("place", "Rabat"),
        ("key", "k"),
        ("act", "send"),
    ];
    let broken = tell(&web, &code, &fields, Some(b"no photo at all"))
        .await
        .is(422)
        .text();
    assert!(
        broken.contains("kept words") && broken.contains("photo-error"),
        "{broken}"
    );
    let empty = [("seen", ""), ("place", "near <b>home</b>"), ("act", "send")];
    let text = tell(&web, &code, &empty, None).await.is(422).text();
    assert!(
        text.contains("seen-error") && text.contains("place-error"),
        "{text}"
    );
    let find = [("seen", "kept words"), ("place", "Rabat"), ("act", "find")];
    let found = tell(&web, &code, &find, None).await.is(200).text();
    assert!(
        found.contains("kept words") && found.contains("place_id"),
        "{found}"
    );
    let trapped = [("seen", "buy now"), ("website", "x"), ("act", "send")];
    tell(&web, &code, &trapped, None).await.is(422);
    let room = web.token(Role::Room).await;
    let tips = web.api("GET", "/tips", (&room, Value::Null)).await.json();
    assert_eq!(tips["tips"], json!([]));
}

#[tokio::test]
async fn a_megabyte_of_words_is_refused_as_too_large_in_words() {
    let web = Web::new().await;
    let (code, _, _) = web.live_alert().await;
    let long = "x".repeat(1_000_000);
    let page = tell(&web, &code, &[("seen", &long), ("act", "send")], None)
        .await
        .is(413);
    assert!(page.text().contains("too large"), "{}", page.text());
    let path = format!("/alerts/by-code/{code}/tips");
    let got = web
        .api("POST", &path, ("", json!({ "words": long })))
        .await
        .is(413)
        .json();
    assert!(
        got["detail"]
            .as_str()
            .unwrap()
            .contains("larger than the limit")
    );
}

#[tokio::test]
async fn the_room_asks_and_the_teller_answers_under_the_receipt() {
    let web = Web::new().await;
    let (code, _, _) = web.live_alert().await;
    let path = format!("/alerts/by-code/{code}/tips");
    let told = web
        .api(
            "POST",
            &path,
            ("", json!({ "words": "red coat at the port" })),
        )
        .await;
    let receipt = told.is(201).json()["receipt"].as_str().unwrap().to_owned();
    let room = web.token(Role::Room).await;
    let tips = web
        .api("GET", "/tips?state=received", (&room, Value::Null))
        .await
        .is(200)
        .json();
    let tip = format!("/tips/{}", tips["tips"][0]["tip"].as_str().unwrap());
    let opened = web
        .api("GET", &tip, (&room, Value::Null))
        .await
        .is(200)
        .json();
    assert_eq!(opened["words"], "red coat at the port");
    let question = json!({ "question": "Which way?" });
    web.api("POST", &format!("{tip}/questions"), (&room, question))
        .await
        .is(204);
    let page = web
        .post_form("/en/tip/return", &format!("receipt={receipt}"))
        .await
        .is(200)
        .text();
    assert!(
        page.contains("Which way?") && !page.contains("red coat"),
        "{page}"
    );
    let answer = format!("receipt={receipt}&answer=north");
    let after = web
        .post_form("/en/tip/answer", &answer)
        .await
        .is(200)
        .text();
    assert!(after.contains("north"), "{after}");
    let back = web
        .api(
            "POST",
            "/tips/dialogue",
            ("", json!({ "receipt": receipt })),
        )
        .await
        .is(200)
        .json();
    assert_eq!(
        back["lines"][1],
        json!({ "from": "sender", "at": back["lines"][1]["at"], "words": "north" })
    );
    web.api("POST", &format!("{tip}/link"), (&room, Value::Null))
        .await
        .is(204);
    web.api(
        "POST",
        &format!("{tip}/dismiss"),
        (&room, json!({ "reason": "seen elsewhere" })),
    )
    .await
    .is(204);
}

#[tokio::test]
async fn a_wrong_receipt_is_told_so_and_guessing_ends() {
    let web = Web::new().await;
    for _ in 0..10 {
        web.post_form("/en/tip/return", "receipt=1111222233334444")
            .await
            .is(404);
    }
    web.post_form("/en/tip/return", "receipt=1111222233334444")
        .await
        .is(429);
}

#[tokio::test]
async fn a_network_sends_twenty_tips_a_minute_and_no_more() {
    let web = Web::new().await;
    let (code, _, _) = web.live_alert().await;
    let path = format!("/alerts/by-code/{code}/tips");
    for n in 0..20 {
        let body = json!({ "words": format!("seen {n}") });
        web.api("POST", &path, ("", body)).await.is(201);
    }
    let got = web
        .api("POST", &path, ("", json!({ "words": "seen" })))
        .await
        .is(429);
    assert!(!got.header("retry-after").is_empty());
    web.house.clock.advance(60_000);
    web.api("POST", &path, ("", json!({ "words": "seen" })))
        .await
        .is(201);
}

#[tokio::test]
async fn the_address_of_a_teller_is_nowhere_on_the_disk() {
    let web = Web::new().await;
    let (code, _, _) = web.live_alert().await;
    tell(&web, &code, &[("seen", "x y"), ("act", "send")], None)
        .await
        .is(201);
    web.post_form("/en/tip/return", "receipt=1111222233334444")
        .await
        .is(404);
    let mut folders = vec![web.house.folder().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let text = b"203.0.113.9";
            let found = bytes.windows(text.len()).any(|window| window == text);
            assert!(!found, "{}", path.display());
        }
    }
}
