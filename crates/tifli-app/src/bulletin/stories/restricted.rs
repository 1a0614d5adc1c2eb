//! Telegrams as CAP documents of scope Restricted: signed, chained, given to the addressees alone.

use tifli_cap::sign::{PinnedList, verify};
use tifli_cap::{Alert, MsgType, Options, Scope, check_file};

use super::*;
use crate::alert::{CapDocument, Feed, FeedAsk, FeedForm};

/// Everything there is, as Atom.
fn whole() -> FeedAsk {
    FeedAsk {
        form: FeedForm::Atom,
        language: "fr".to_owned(),
        region: None,
        category: None,
    }
}

/// The document of a telegram, as somebody reads it.
async fn document(house: &TestHouse, who: &Actor, (id, version): (BulletinId, u32)) -> String {
    let app = &house.app;
    app.bulletin_cap(who, id, Some(version)).await.unwrap()
}

/// A search that was updated and has ceased.
async fn ceased() -> (Sought, Actor) {
    let (house, [officer, room], (case, id)) = sought(&[POLICE]).await;
    let reader = unit(&house, POLICE).await;
    let news = [
        (Field::Clothes, "robe bleue"),
        (Field::ClothesAr, "فستان أزرق"),
    ];
    house.answer(&officer, case, &news).await;
    house.app.send_bulletin(&officer, case).await.unwrap();
    house.given_up(&officer, case).await;
    house.app.close_case(&officer, case).await.unwrap();
    ((house, [officer, room], (case, id)), reader)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_telegram_is_a_signed_restricted_document_that_names_those_before_it() {
    let ((house, _, (_, id)), reader) = ceased().await;
    let mut pinned = PinnedList::new();
    let certificate = house.app.cap_certificate().clone();
    pinned.pin("house", certificate).unwrap();
    let mut read: Vec<Alert> = Vec::new();
    for version in 1..=3 {
        let text = document(&house, &reader, (id, version)).await;
        let strict = Options {
            strict: true,
            ..Options::default()
        };
        let verdict = check_file(text.as_bytes(), &strict);
        assert!(verdict.valid, "{:?}", verdict.findings);
        assert_eq!(
            verify(text.as_bytes(), &pinned, house.app.now()).word(),
            "verified"
        );
        assert_eq!(
            document(&house, &reader, (id, version)).await,
            text,
            "the same bytes"
        );
        let alert = tifli_cap::parse(&text).unwrap();
        assert_eq!(alert.scope, Scope::Restricted);
        let restriction = alert.restriction.clone().unwrap_or_default();
        assert!(
            restriction.contains("Diffusion restreinte"),
            "{restriction}"
        );
        let before: Vec<_> = read.iter().map(Alert::reference).collect();
        assert_eq!(alert.references, before);
        read.push(alert);
    }
    let kinds: Vec<_> = read.iter().map(|alert| alert.msg_type).collect();
    assert_eq!(kinds, [MsgType::Alert, MsgType::Update, MsgType::Cancel]);
    let said = |at: usize| format!("{:?}", read[at].info);
    assert!(said(1).contains("robe bleue"));
    assert!(
        !said(2).contains("Salma"),
        "a cessation says nothing of the child"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_restricted_document_is_nobody_s_but_the_addressees_and_stands_nowhere_in_public() {
    let (house, [_, room], (_, id)) = sought(&[POLICE]).await;
    let own = unit(&house, POLICE).await;
    let abroad = house.actor(Role::Unit, "fes").await;
    let refused = house.app.bulletin_cap(&abroad, id, None).await;
    assert_eq!(refused.err().unwrap().kind, Kind::Forbidden);
    let unknown = house.app.bulletin_cap(&own, id, Some(7)).await;
    assert_eq!(unknown.err().unwrap().kind, Kind::NotFound);
    let text = house.app.bulletin_cap(&own, id, None).await.unwrap();
    let place = opened(&house, &room, id).await.services.remove(0).place;
    assert_eq!(
        place.read_by,
        Some(own.person),
        "reading it is reading the telegram"
    );
    let identifier = tifli_cap::parse(&text).unwrap().identifier;
    let public = house.app.cap_document(&identifier).await;
    assert!(!matches!(
        public,
        Ok(CapDocument::Current { .. } | CapDocument::Ended(_))
    ));
    let Feed { xml: feed, .. } = house.app.feed(&whole()).await.unwrap();
    assert!(!feed.contains(&identifier));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_telegram_from_before_documents_were_kept_has_none() {
    let (house, [_, room], (_, id)) = sought(&[POLICE]).await;
    let sql = "update telegram set cap_sealed = null";
    let forged = house.app.db().write("forge", sql, |tx, sql| {
        Box::pin(async move { Ok::<_, AppError>(tx.query(sql).run().await?) })
    });
    assert_eq!(forged.await.unwrap(), 1);
    let none = house.app.bulletin_cap(&room, id, None).await;
    assert_eq!(none.err().unwrap().code, "cap_not_kept");
}
