//! The room and the tips: the queue, a tip with its photo, what becomes of it. A tip never changes a case.

use tifli_app::tip::Telling;
use tifli_domain::Role;
use tifli_domain::id::PublicCode;

use crate::browser::Web;
use crate::line::{approved, report, submitted};

const WORDS: &str = "Une fille en manteau rouge près de la gare.";

async fn told(web: &Web) -> PublicCode {
    let mut officer = web.signed_in(Role::Officer).await;
    let mut approver = web.signed_in(Role::Approver).await;
    let case = report(&mut officer).await;
    submitted(&mut officer, &case).await;
    let alert = approved(&mut approver).await.id("/console/alerts/");
    let actor = web.house.approver().await;
    let summary = web
        .house
        .app
        .summary(&actor, alert.parse().unwrap())
        .await
        .unwrap();
    let telling = Telling {
        words: WORDS.to_owned(),
        place_words: "Gare de Salé".to_owned(),
        place: None,
        point: None,
        seen_at: "2026-03-01T10:30".to_owned(),
        language: "fr".to_owned(),
    };
    let photo = Some(web.house.photo(3));
    web.house
        .app
        .tell(&summary.code, telling, photo, None)
        .await
        .unwrap();
    summary.code
}

#[tokio::test]
async fn the_room_opens_asks_links_and_sets_aside() {
    let web = Web::new().await;
    told(&web).await;
    let mut room = web.signed_in(Role::Room).await;
    let queue = room.open("/console/tips").await.is(200);
    assert!(queue.says(WORDS) && queue.says("Gare de Salé"));
    let rows = room
        .open("/console/tips?part=rows&state=received")
        .await
        .is(200);
    assert!(rows.html.starts_with("<div id=\"tip-rows\""));
    let id = queue
        .html
        .split("/console/tips/tip_")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let path = format!("/console/tips/tip_{id}");
    let tip = room.open(&path).await.is(200);
    assert!(
        !tip.says("/console/media/"),
        "the photo is not there until it is opened"
    );
    let opened = room.open(&format!("{path}?open_photo=1")).await.is(200);
    let photo = opened
        .html
        .split("src=\"/console/media/")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    room.open(&format!("/console/media/{photo}")).await.is(200);

    let ask = tip.form("/ask").with("question", "Était-elle seule ?");
    room.submit(&ask).await.is(200);
    let asked = room.submit(&ask).await.is(200);
    assert_eq!(
        asked.html.matches("Était-elle seule ?").count(),
        1,
        "the same form again asks once"
    );
    room.submit(&tip.form("/ask")).await.is(422);
    let linked = room.submit(&tip.form("/link")).await.is(200);
    room.submit(&tip.form("/link")).await.is(200);
    let aside = linked.form("/dismiss");
    room.submit(&aside).await.is(422);
    let aside = room
        .submit(
            &aside
                .with("reason", "duplicate")
                .with("note", "Déjà vue à 9 h"),
        )
        .await
        .is(200);
    assert!(aside.says("Déjà vue à 9 h"));
    assert!(
        !room.open("/console/tips").await.says(WORDS),
        "the queue shows what waits"
    );
    assert!(room.open("/console/tips?state=all").await.says(WORDS));
}

#[tokio::test]
async fn a_full_queue_is_read_under_one_entry() {
    let web = Web::new().await;
    let code = told(&web).await;
    for n in 0..8 {
        let telling = Telling {
            words: format!("{WORDS} {n}"),
            place_words: String::new(),
            place: None,
            point: None,
            seen_at: String::new(),
            language: "ar".to_owned(),
        };
        web.house
            .app
            .tell(&code, telling, None, None)
            .await
            .unwrap();
    }
    let mut room = web.signed_in(Role::Room).await;
    let before = entries(&web).await;
    room.open("/console/tips").await.is(200);
    let after = entries(&web).await;
    assert!(after - before <= 3, "{}", after - before);
}

async fn entries(web: &Web) -> u64 {
    web.house.app.verify_chain().await.unwrap().entries
}
