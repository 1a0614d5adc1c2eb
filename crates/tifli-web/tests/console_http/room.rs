//! The room and the tips: the queue, a tip with its photo, what becomes of it. A tip never changes a case.

use axum::body::Body;
use axum::http::Request;
use futures::StreamExt;
use tifli_app::bus::Event;
use tifli_app::tip::Telling;
use tifli_domain::Role;
use tifli_domain::id::PublicCode;

use crate::browser::{Form, Page, Web};
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

/// The form of the first row, with the act of one of its buttons.
fn row(page: &Page, act: &str) -> Form {
    let form = page.form("/console/tips/triage").with("act", act);
    let has = format!("name=\"act\" value=\"{act}\"");
    assert!(page.html.contains(&has), "no button does {act}");
    form
}

#[tokio::test]
async fn a_row_is_taken_graded_linked_and_undone_by_plain_forms() {
    let web = Web::new().await;
    told(&web).await;
    let mut room = web.signed_in(Role::Room).await;
    let mut colleague = web.signed_in(Role::Room).await;
    let queue = room.open("/console/tips").await.is(200);
    assert!(queue.html.contains("aria-keyshortcuts=\"t\""));
    assert!(
        queue.html.contains("data-keys-switch"),
        "the keys can be switched off"
    );
    let theirs = colleague.open("/console/tips").await.is(200);
    let taken = room.submit(&row(&queue, "take")).await.is(200);
    assert!(taken.html.contains("value=\"release\""));
    let late = colleague.send(&row(&theirs, "take")).await;
    let to = late.headers["location"].to_str().unwrap();
    assert_eq!(to, "/console/tips?said=tip_taken", "a colleague was faster");
    let graded = room.submit(&row(&taken, "source-b")).await.is(200);
    let graded = room.submit(&row(&graded, "info-2")).await.is(200);
    assert_eq!(graded.html.matches("aria-pressed=\"true\"").count(), 2);
    let rows = room.open("/console/tips?part=rows").await.is(200);
    assert!(rows.html.starts_with("<div id=\"queue-rows\""));
    let linked = room.submit(&row(&graded, "link")).await.is(200);
    assert!(!linked.says(WORDS));
    let undone = room
        .submit(&linked.form("/console/tips/undo"))
        .await
        .is(200);
    assert!(undone.says(WORDS), "it waits again");
    let asked = row(&undone, "ask").with("question", "Quelle sortie ?");
    room.submit(&asked).await.is(200);
    let refused = room.send(&row(&undone, "ask").with("act", "explode")).await;
    assert_eq!(refused.status, 404);
}

#[tokio::test]
async fn the_board_and_the_wall_show_the_house_and_only_to_who_watches_it() {
    let web = Web::new().await;
    told(&web).await;
    let mut room = web.signed_in(Role::Room).await;
    for path in ["/console/room", "/console/room?wall=1"] {
        let page = room.open(path).await.is(200);
        assert!(page.html.contains("map-area") && page.html.contains("map-point"));
        assert!(page.html.contains("data-sound") && page.html.contains("aria-pressed=\"false\""));
        assert!(page.html.contains("<noscript>"));
        assert!(!page.says(WORDS), "no word of a tip stands on a wall");
    }
    let part = room.open("/console/room?part=all").await.is(200);
    assert!(part.html.starts_with("<div id=\"room-parts\""));
    let mut officer = web.signed_in(Role::Officer).await;
    officer.open("/console/room").await.is(403);
}

/// What a stream says until `end` was said.
async fn heard(body: Body, end: &str) -> String {
    let mut stream = body.into_data_stream();
    let mut text = String::new();
    while !text.contains(end) {
        let chunk = stream.next().await.expect("the stream goes on").unwrap();
        text.push_str(std::str::from_utf8(&chunk).unwrap());
    }
    text
}

fn ids(text: &str) -> Vec<&str> {
    let lines = text.lines();
    lines.filter_map(|line| line.strip_prefix("id: ")).collect()
}

#[tokio::test]
async fn a_connection_that_was_cut_is_told_everything_it_missed_in_order() {
    let web = Web::new().await;
    let room = web.signed_in(Role::Room).await;
    let bus = web.house.app.bus();
    let events = || Request::get("/console/room/events");
    let first = heard(room.stream(events()).await, "data: all").await;
    let last = ids(&first).last().unwrap().to_string();
    // Cut here: nobody listens while these ring.
    for n in 0..30 {
        bus.ring(Event::Case(n.to_string()));
    }
    bus.ring(Event::Board);
    let back = events().header("last-event-id", &last);
    let missed = heard(room.stream(back).await, "data: board").await;
    assert_eq!(missed.matches("data: case").count(), 30);
    assert!(!missed.contains("data: all"), "nothing is looked at twice");
    let ids = ids(&missed);
    assert_eq!(ids.len(), 31);
    let numbers: Vec<u64> = ids
        .iter()
        .map(|id| id.split_once('-').unwrap().1.parse().unwrap())
        .collect();
    assert!(numbers.windows(2).all(|pair| pair[1] == pair[0] + 1));
    for stale in ["", "nonsense", "1-1"] {
        let back = events().header("last-event-id", stale);
        let text = heard(room.stream(back).await, "data:").await;
        assert!(text.contains("data: all"), "{stale}");
    }
}

async fn entries(web: &Web) -> u64 {
    web.house.app.verify_chain().await.unwrap().entries
}
