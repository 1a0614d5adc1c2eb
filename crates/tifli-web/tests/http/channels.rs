//! The rows of `docs/channels.md` of what is published: the page and the feed, held to what is read from them over an
//! alert's whole life. The channels that are called are held by the tests of their worker.

use tifli_domain::channel::OwnChannel;
use tifli_domain::channel::capability::{
    Capabilities, Picture, Reach, Recall, Receipts, Repeat, Update, capabilities,
};

use crate::artefacts::Life;

/// Nobody is called, so nothing is repeated, and the house sees for itself what stands there.
fn is_published(can: &Capabilities) {
    assert_eq!(can.reach, Reach::Everyone);
    assert_eq!(can.receipts, Receipts::OwnEyes);
    assert_eq!((can.repeat, can.length), (Repeat::Needless, None));
    assert!(can.retry_after_s.is_empty());
}

#[tokio::test]
async fn the_public_page_does_what_its_row_says() {
    let can = capabilities(OwnChannel::PublicPage);
    is_published(&can);
    let life = Life::begin().await;
    let path = format!("/en/a/{}", life.code);
    let out = life.get(&path).await.is(200);
    assert_eq!(can.picture, Picture::Shown);
    let picture = format!("/a/{}/photo.jpg", life.code);
    assert!(out.text().contains(&format!("<img src=\"{picture}")) || out.text().contains(&picture));
    life.get(&picture).await.is(200);
    assert_eq!(can.update, Update::InPlace);
    life.update().await;
    assert!(life.get(&path).await.is(200).text().contains("Updated"));
    assert_eq!(can.recall, Recall::Real);
    life.end().await;
    let ended = life.get(&path).await.is(200);
    assert!(!ended.text().contains("Salma") && !ended.text().contains("photo.jpg"));
    life.get(&picture).await.is(410);
}

#[tokio::test]
async fn the_cap_feed_does_what_its_row_says() {
    let can = capabilities(OwnChannel::CapFeed);
    is_published(&can);
    let life = Life::begin().await;
    let first = life.web.get("/feed.atom").await.is(200).text();
    assert_eq!(can.picture, Picture::Linked);
    let links = first.split("href=\"").skip(1);
    let cap = links
        .filter_map(|rest| rest.split('"').next())
        .find(|link| link.contains("/cap/"))
        .expect("the document is linked")
        .to_owned();
    let at = cap.find("/cap/").unwrap();
    let document = life.web.get(&cap[at..]).await.is(200).text();
    assert!(document.contains("<uri>") && !document.contains("derefUri"));
    assert_eq!(can.update, Update::Replaces);
    life.update().await;
    let second = life.web.get("/feed.atom").await.is(200).text();
    assert_ne!(first, second);
    assert!(second.contains("/cap/"));
    assert_eq!(can.recall, Recall::BestEffort);
    life.end().await;
    let over = life.web.get("/feed.atom").await.is(200).text();
    assert!(over.contains("انتهى هذا الإنذار"), "{over}");
    assert!(!over.contains("سلمى") && !over.contains("Salma"), "{over}");
}
