//! The certificate partners pin, and that what is served verifies with it.

use tifli_cap::sign::{Certificate, PinnedList, Verdict, verify};

use crate::house::Web;

#[tokio::test]
async fn the_certificate_is_published_and_the_documents_served_verify_with_it() {
    let web = Web::new().await;
    web.live_alert().await;
    let got = web.get("/cap/certificate.pem").await.is(200);
    assert_eq!(got.header("content-type"), "application/x-pem-file");
    assert_eq!(got.header("cache-control"), "public, max-age=3600");
    let published = Certificate::list_from_pem(&got.body).unwrap();
    let [certificate] = &published[..] else {
        panic!("one certificate is published")
    };
    let mut pinned = PinnedList::new();
    pinned.pin("house", certificate.clone()).unwrap();
    let feed = web.get("/feed.atom").await.is(200).text();
    let file = feed
        .split("/cap/")
        .nth(1)
        .expect("the feed links a document");
    let file = file.split(".xml").next().unwrap_or_default();
    let document = web.get(&format!("/cap/{file}.xml")).await.is(200);
    let again = web.get(&format!("/cap/{file}.xml")).await.is(200);
    assert_eq!(document.body, again.body);
    let now = certificate.validity().from;
    let verdict = verify(&document.body, &pinned, now);
    assert_eq!(verdict, Verdict::Verified { by: "house".into() });
}
