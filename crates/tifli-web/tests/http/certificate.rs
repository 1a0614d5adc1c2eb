//! The certificate partners pin, and that a document is served as it was signed. That it verifies is told by the
//! stories of the application.

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
