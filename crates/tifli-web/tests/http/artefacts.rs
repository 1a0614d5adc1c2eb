//! Everything of an alert that somebody outside may hold, over the alert's whole life: out, updated, ended, long ago. And
//! what anybody is answered who asks whether it is real.

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::{Value, json};
use tifli_app::report::Confirmation;
use tifli_domain::alert::EndReason;
use tifli_domain::id::AlertId;

use crate::house::{Got, Web};

const FRESH: &str = "public, max-age=5, stale-while-revalidate=10";
const PICTURE: &str = "public, max-age=5, stale-while-revalidate=10, no-transform";
const DAY: i64 = 24 * 3_600_000;

/// A house with an alert that is out.
pub struct Life {
    pub web: Web,
    pub code: String,
    alert: AlertId,
}

impl Life {
    pub async fn begin() -> Self {
        let web = Web::new().await;
        let (code, alert, _) = web.live_alert().await;
        let alert = alert.parse().unwrap();
        Self { web, code, alert }
    }

    pub async fn update(&self) {
        let house = &self.web.house;
        let (officer, approver) = (house.officer().await, house.approver().await);
        let update = house.app.begin_update(&officer, self.alert).await.unwrap();
        let submitted = house.app.submit(&officer, update, Confirmation::Given);
        let binding = submitted.await.unwrap().binding;
        house.app.approve(&approver, update, binding).await.unwrap();
    }

    pub async fn end(&self) {
        let house = &self.web.house;
        let officer = house.officer().await;
        let ended = house.app.cancel(&officer, self.alert, EndReason::Found);
        ended.await.unwrap();
    }

    fn later(&self, days: i64) {
        self.web.house.clock.advance(days * DAY);
    }

    pub async fn get(&self, path: &str) -> Got {
        let got = self.web.get(path).await;
        assert!(got.header("x-robots-tag").contains("noindex"), "{path}");
        got
    }

    async fn asked(&self, text: &str) -> Value {
        let body = json!({ "text": text });
        let got = self.web.api("POST", "/verify", ("", body)).await;
        got.is(200).json()
    }
}

fn tells(got: &Got) -> bool {
    let text = got.text();
    ["Salma", "سلمى", "tel:", "photo.jpg"]
        .iter()
        .any(|trace| text.contains(trace))
}

#[tokio::test]
async fn the_page_lives_with_its_alert() {
    let life = Life::begin().await;
    let path = format!("/en/a/{}", life.code);
    let out = life.get(&path).await.is(200);
    assert!(tells(&out) && out.header("cache-control") == FRESH);
    life.update().await;
    assert!(life.get(&path).await.is(200).text().contains("Updated"));
    life.end().await;
    let ended = life.get(&path).await.is(200);
    assert!(!tells(&ended) && ended.header("cache-control") == FRESH);
    assert!(ended.text().contains("This alert has ended"));
    assert!(!ended.text().contains("og:image"));
    let tip = life.get(&format!("{path}/tip")).await.is(410);
    assert!(!tells(&tip));
    life.later(29);
    assert_eq!(life.get(&path).await.is(200).text(), ended.text());
    life.later(2);
    let closed = life.get(&path).await.is(410);
    assert_eq!(
        (closed.text(), closed.header("cache-control")),
        (ended.text(), FRESH)
    );
}

#[tokio::test]
async fn the_card_gives_way_to_a_picture_without_the_child_and_the_photo_is_gone_at_once() {
    let life = Life::begin().await;
    let (card, photo) = (
        format!("/a/{}/card.jpg?v=1", life.code),
        format!("/a/{}/photo.jpg", life.code),
    );
    let out = life.get(&card).await.is(200);
    assert_eq!(out.header("cache-control"), PICTURE);
    assert_eq!(out.header("content-type"), "image/jpeg");
    let kept = life
        .get(&photo)
        .await
        .is(200)
        .header("cache-control")
        .to_owned();
    assert_eq!(kept, PICTURE.replace("public", "private"));
    life.update().await;
    life.get(&card).await.is(200);
    life.end().await;
    let ended = life.get(&card).await.is(200);
    assert_ne!(ended.body, out.body);
    assert_eq!(&ended.body[..2], [0xFF, 0xD8]);
    assert_eq!(ended.header("cache-control"), PICTURE);
    life.get(&photo).await.is(410);
    life.later(31);
    life.get(&card).await.is(410);
    life.get(&photo).await.is(410);
}

#[tokio::test]
async fn a_frame_and_a_screen_show_what_is_out_and_nothing_else() {
    let life = Life::begin().await;
    let out = life.get("/fr/embed/current").await.is(200);
    assert!(out.text().contains(&life.code) && out.header("cache-control") == FRESH);
    assert!(!out.text().contains("<script") && !out.text().contains("<form"));
    assert!(out.text().contains("http-equiv=\"refresh\""));
    let policy = out.header("content-security-policy");
    assert!(policy.contains("frame-ancestors *") && !policy.contains("script-src"));
    let page = life.get("/fr").await;
    assert!(
        page.header("content-security-policy")
            .contains("frame-ancestors 'none'")
    );
    let first = life.get("/fr/embed/current.jpg").await.is(200);
    assert_eq!(first.header("cache-control"), PICTURE);
    assert_eq!(first.header("cross-origin-resource-policy"), "cross-origin");
    let again =
        Request::get("/fr/embed/current.jpg").header(header::IF_NONE_MATCH, first.header("etag"));
    let same = life
        .web
        .send(again.body(Body::empty()).unwrap())
        .await
        .is(304);
    assert_eq!(same.header("cache-control"), PICTURE);
    let arabic = life.get("/ar/embed/current.jpg").await.is(200);
    assert_ne!(arabic.body, first.body);
    life.update().await;
    assert_ne!(
        life.get("/fr/embed/current.jpg").await.is(200).body,
        first.body
    );
    life.end().await;
    let ended = life.get("/fr/embed/current").await.is(200);
    assert!(!tells(&ended) && !ended.text().contains(&life.code));
    let nothing = life.get("/fr/embed/current.jpg").await.is(200);
    assert_ne!(nothing.body, first.body);
    life.later(31);
    assert_eq!(
        life.get("/fr/embed/current.jpg").await.is(200).body,
        nothing.body
    );
}

/// The path of the first CAP document in a feed.
fn document_of(feed: &str) -> String {
    let rest = feed
        .split("/cap/")
        .nth(1)
        .expect("the feed links a document");
    format!("/cap/{}.xml", &rest[..rest.find(".xml").unwrap()])
}

async fn feed_lives(path: &str) {
    let life = Life::begin().await;
    // Within the second of a change there is no moment to ask with.
    life.web.house.clock.advance(1_000);
    let out = life.get(path).await.is(200);
    assert_eq!(out.header("cache-control"), FRESH);
    assert!(out.header("last-modified").ends_with(" GMT"));
    let asked = async |name, value: &str| {
        let request = Request::get(path).header(name, value);
        life.web.send(request.body(Body::empty()).unwrap()).await
    };
    asked(header::IF_NONE_MATCH, out.header("etag"))
        .await
        .is(304);
    asked(header::IF_MODIFIED_SINCE, out.header("last-modified"))
        .await
        .is(304);
    asked(header::IF_MODIFIED_SINCE, "Sun, 01 Feb 2026 00:00:00 GMT")
        .await
        .is(200);
    let packed = asked(header::ACCEPT_ENCODING, "gzip").await.is(200);
    assert_eq!(packed.header("content-encoding"), "gzip");
    let first = document_of(&out.text());
    let bytes = life.get(&first).await.is(200).body;
    life.web.house.clock.advance(60_000);
    life.update().await;
    life.web.house.clock.advance(1_000);
    let updated = life.get(path).await.is(200);
    let second = document_of(&updated.text());
    assert_ne!(first, second);
    assert_eq!(life.get(&first).await.is(200).body, bytes, "never changed");
    life.web.house.clock.advance(60_000);
    life.end().await;
    asked(header::IF_MODIFIED_SINCE, updated.header("last-modified"))
        .await
        .is(200);
    let ended = life.get(path).await.is(200);
    assert!(!tells(&ended));
    let cancel = document_of(&ended.text());
    for document in [&first, &second] {
        let gone = life.get(document).await.is(410);
        let link = format!("<https://tifli.example{cancel}>; rel=\"latest-version\"");
        assert_eq!(
            (gone.header("link"), gone.header("cache-control")),
            (&*link, FRESH)
        );
        assert!(!tells(&gone));
    }
    life.get(&cancel).await.is(200);
    life.later(5);
    let later = life.get(path).await.is(200);
    assert!(!later.text().contains("/cap/"));
    life.get(&first).await.is(410);
}

#[tokio::test]
async fn the_entry_of_an_atom_feed_lives_with_its_alert() {
    feed_lives("/fr/feed.atom").await;
}

#[tokio::test]
async fn the_entry_of_an_rss_feed_lives_with_its_alert() {
    feed_lives("/fr/feed.rss").await;
}

#[tokio::test]
async fn the_page_of_feeds_links_feeds_that_are_there() {
    let life = Life::begin().await;
    let page = life.get("/fr/feeds").await.is(200).text();
    let links: Vec<String> = page
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next())
        .filter(|link| link.contains("/feed."))
        .map(|link| link.replace("&#38;", "&").replace("&amp;", "&"))
        .collect();
    assert!(links.len() > 10, "{links:?}");
    let mut with = 0;
    for link in &links {
        with += usize::from(life.get(link).await.is(200).text().contains("/cap/"));
    }
    assert!(with > 0 && with < links.len(), "{with} of {}", links.len());
    life.get("/fr/feed.atom?region=nowhere").await.is(404);
    life.get("/fr/feed.atom?category=Weather").await.is(404);
}

#[tokio::test]
async fn whoever_asks_gets_one_of_four_answers_by_page_and_by_program() {
    let life = Life::begin().await;
    let code = life.code.clone();
    let typed = format!("{}-{}", &code[..8].to_uppercase(), &code[8..]);
    let shown = async |path: String| life.get(&path).await.is(200).text();
    for path in [
        format!("/en/v/{code}"),
        format!("/en/v/{typed}"),
        format!("/en/verify?code={typed}"),
    ] {
        assert!(
            shown(path.clone()).await.contains("This is an exercise"),
            "{path}"
        );
    }
    assert!(
        shown("/en/v/0000000000000000".to_owned())
            .await
            .contains("This is not ours")
    );
    assert_eq!(life.asked(&code).await["state"], "exercise");
    let link = format!("https://tifli.example/fr/a/{code}");
    assert_eq!(life.asked(&link).await["state"], "exercise");
    let foreign = life
        .asked(&link.replace("tifli.example", "tifli.example.evil.example"))
        .await;
    assert_eq!(
        (&foreign["state"], &foreign["note"]),
        (&"not_ours".into(), &"foreign_address".into())
    );
    let json = life.get(&format!("/v/{code}.json")).await.is(200);
    assert_eq!(json.header("cache-control"), FRESH);
    assert_eq!(json.header("access-control-allow-origin"), "*");
    assert_eq!(
        (&json.json()["state"], &json.json()["realm"]),
        (&"exercise".into(), &"demo".into())
    );
    life.end().await;
    assert!(shown(format!("/en/v/{code}")).await.contains("has ended"));
    assert_eq!(life.asked(&code).await["state"], "ended");
    assert_eq!(
        life.get(&format!("/v/{code}.json")).await.is(200).json()["state"],
        "ended"
    );
    let unknown = life.get("/v/0000000000000000.json").await.is(200).json();
    assert_eq!(unknown, json!({ "state": "not_ours" }));
    life.get("/v/0000000000000000.signed.json").await.is(404);
    life.get("/v/no-code.svg").await.is(404);
    let qr = life.get(&format!("/v/{code}.svg")).await.is(200);
    assert_eq!(qr.header("content-type"), "image/svg+xml");
    assert!(qr.text().starts_with("<svg"));
    let signed = life
        .get(&format!("/v/{code}.signed.json"))
        .await
        .is(200)
        .json();
    assert_eq!(
        signed["payloadType"],
        "application/vnd.tifli.alert-state+json"
    );
}

#[tokio::test]
async fn a_pasted_text_is_answered_in_the_page_and_an_altered_one_is_not_ours() {
    let life = Life::begin().await;
    let feed = life.get("/fr/feed.atom").await.is(200).text();
    let between = |tag: &str| {
        let entry = feed.split("<entry>").nth(1).unwrap();
        let rest = entry.split(&format!("<{tag}>")).nth(1).unwrap();
        let text = rest.split(&format!("</{tag}>")).next().unwrap();
        text.replace("&apos;", "'")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
    };
    let copy = format!("{}\n\n{}", between("title"), between("summary"));
    let posted = async |text: &str| {
        let text: String = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
        life.web.post_form("/en/v", &format!("text={text}")).await
    };
    let known = posted(&copy).await.is(200);
    assert!(known.text().contains("This is an exercise"), "{copy}");
    assert_eq!(known.header("cache-control"), "no-store");
    let forged = posted(&copy.replacen('a', "e", 1)).await.is(200).text();
    assert!(forged.contains("This is not ours") && forged.contains("differs from the original"));
    let empty = posted(" ").await.is(200).text();
    assert!(empty.contains("aria-invalid=\"true\""));
    let long = posted(&"x ".repeat(5_000)).await.is(200).text();
    assert!(long.contains("too long for an alert"));
}

#[tokio::test]
async fn one_network_asks_about_so_many_texts_a_minute_and_reads_codes_without_limit() {
    let life = Life::begin().await;
    let mut answers = Vec::new();
    for _ in 0..31 {
        let body = json!({ "text": "a text of somebody" });
        answers.push(
            life.web
                .api("POST", "/verify", ("", body))
                .await
                .status
                .as_u16(),
        );
    }
    assert_eq!((answers[29], answers[30]), (200, 429));
    life.web.post_form("/en/v", "text=abc").await.is(429);
    for _ in 0..40 {
        life.get(&format!("/v/{}", life.code)).await.is(200);
    }
    life.web.house.clock.advance(60_000);
    life.web.post_form("/en/v", "text=abc").await.is(200);
}
