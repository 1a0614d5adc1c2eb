//! Every row of `docs/channels.md` held to what the code does, channel by channel: what is stated of it is
//! shown by the bytes that leave, by what a partner received, or by what the worker planned.
//!
//! What is published and read from the house itself is held by the tests of `tifli-web`.

use std::sync::Arc;

use tifli_domain::alert::EndReason;
use tifli_domain::channel::OwnChannel;
use tifli_domain::channel::capability::{
    Capabilities, Picture, Reach, Recall, Receipts, Repeat, Update, capabilities,
};
use tifli_domain::delivery::{DeliveryState, Outcome};
use tifli_domain::id::AlertId;
use tifli_domain::loudness::Loudness;
use tifli_domain::message::Message;
use tifli_sandbox::faults::Fault;
use tifli_store::message;

use super::scene::{OUJDA, SALE, Scene};
use super::systems::{Connected, sent};
use crate::AppError;
use crate::alert::DraftChange;
use crate::worker::push_payload;

/// The worker of the public pages, which shows what a push says.
const SERVICE_WORKER: &str = include_str!("../../../../tifli-web/assets/sw.js");

/// Where the row of a channel is held: every channel has a place.
fn place_of(channel: OwnChannel) -> &'static str {
    match channel {
        OwnChannel::WebPush | OwnChannel::Webhook | OwnChannel::CapPartner => "here",
        OwnChannel::BulletinMail => "here",
        OwnChannel::BulletinCap => "bulletin/stories/systems",
        OwnChannel::MailAlert => "letters",
        OwnChannel::PublicPage | OwnChannel::CapFeed => "tifli-web",
    }
}

/// The newest message of an alert, as it was signed.
pub(super) async fn newest(scene: &Scene, alert: AlertId) -> Arc<Message> {
    let app = &scene.house.app;
    let row = app.db().read("newest", alert, |reads, id| {
        Box::pin(async move {
            let rows = message::list_by_alert(reads, *id).await?;
            Ok::<_, AppError>(rows.into_iter().next_back().expect("a message"))
        })
    });
    app.open_message(&row.await.unwrap()).await.unwrap()
}

/// The message in one language, its name and place together so many characters long.
fn with_length(message: &Message, language: &str, length: usize) -> Message {
    let mut longer = message.clone();
    longer.texts.truncate(1);
    let text = &mut longer.texts[0];
    text.language = language.to_owned();
    let (name, word) = match language {
        "ar" => ("سلمى", "سوق "),
        "zgh" => ("ⵙⴰⵍⵎⴰ", "ⵙⵓⵇ "),
        _ => ("Salma", "rue "),
    };
    text.first_name = name.to_owned();
    let place: String = word
        .chars()
        .cycle()
        .take(length - name.chars().count())
        .collect();
    text.place = match place.strip_suffix(' ') {
        Some(kept) => format!("{kept}."),
        None => place,
    };
    longer
}

/// Name and place as a push carries them.
fn shown(message: &Message, language: &str) -> (String, String) {
    let payload: serde_json::Value =
        serde_json::from_slice(&push_payload(message, language, Loudness::Normal)).unwrap();
    let of = |key: &str| payload[key].as_str().unwrap_or_default().to_owned();
    (of("n"), of("p"))
}

#[test]
fn every_channel_has_a_test_of_its_row() {
    for channel in OwnChannel::ALL.iter().copied() {
        assert!(!place_of(channel).is_empty());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn web_push_does_what_its_row_says() {
    let can = capabilities(OwnChannel::WebPush);
    let mut scene = Scene::new().await;
    let inside = scene.people(6, SALE).await;
    scene.people(4, OUJDA).await;
    scene
        .faults(serde_json::json!([{ "n": 5, "hang_up": true, "takes": true, "times": 1 }]))
        .await;
    let alert = scene.issue().await;
    scene.start();
    scene.waiting(alert, 1).await;
    scene.house.clock.advance(1_000);
    scene.settled(alert).await;

    let message = newest(&scene, alert).await;
    for language in ["fr", "ar", "zgh"] {
        let longest = can.longest_in(language).expect("it has a limit") as usize;
        let whole = with_length(&message, language, longest);
        let (name, place) = shown(&whole, language);
        assert_eq!(place, whole.texts[0].place, "{language}: it arrives whole");
        assert_eq!(name.chars().count() + place.chars().count(), longest);
        let above = with_length(&message, language, longest + 1);
        let (name, place) = shown(&above, language);
        assert!(place.ends_with('…') && name == above.texts[0].first_name);
        assert!(name.chars().count() + place.chars().count() <= longest);
    }
    assert_eq!(can.picture, Picture::Shown);
    assert!(SERVICE_WORKER.contains("image: photo") && SERVICE_WORKER.contains("card.jpg"));

    // Reach, repeat and receipts, by what the push service says.
    assert_eq!((can.reach, can.repeat), (Reach::Area, Repeat::Collapses));
    let arrivals = scene.arrivals().await;
    assert!(arrivals.iter().all(|one| inside.contains(&one.n)));
    let twice: Vec<_> = arrivals.iter().filter(|one| one.n == 5).collect();
    assert_eq!(twice.len(), 2, "told again after an answer that never came");
    assert_eq!(twice[0].topic, twice[1].topic, "two become one");
    assert_eq!(can.receipts, Receipts::TakenOver);
    let progress = scene.progress(alert).await;
    let push = progress
        .channels
        .iter()
        .find(|one| one.channel == "web_push");
    assert_eq!(push.unwrap().handed, 6, "what the services took");

    assert_eq!(can.update, Update::Replaces);
    scene.update(alert, DraftChange::default()).await;
    scene.settled(alert).await;
    assert_eq!(can.recall, Recall::BestEffort);
    scene.ends_dark(alert, EndReason::Found).await;
    let arrivals = scene.arrivals().await;
    assert!(arrivals.iter().all(|one| one.topic == arrivals[0].topic));
    assert!(
        SERVICE_WORKER.contains("tag: m.a"),
        "one place on the screen"
    );
    let (name, place) = shown(&*newest(&scene, alert).await, "fr");
    assert_eq!(
        (name.as_str(), place.as_str()),
        ("", ""),
        "the end names nobody"
    );
    assert_eq!(scene.reached("ended").await, inside);
}

#[tokio::test(flavor = "multi_thread")]
async fn web_push_is_tried_again_after_the_seconds_of_its_row() {
    let mut scene = Scene::new().await;
    scene.people(1, SALE).await;
    scene
        .faults(serde_json::json!([{ "n": 1, "status": 500 }]))
        .await;
    let alert = scene.issue().await;
    scene.start();
    let schedule = capabilities(OwnChannel::WebPush).retry_after_s;
    scene.is_tried_again_after(alert, schedule).await;
    scene.stop().await;
}

/// What both channels to systems have in common, and an alert that was told, updated and ended.
async fn life_at_systems(can: &Capabilities, channel: OwnChannel) -> (Connected, AlertId) {
    assert_eq!(can.length, None);
    assert_eq!(can.picture, Picture::Linked);
    assert_eq!(
        (can.update, can.recall),
        (Update::Replaces, Recall::BestEffort)
    );
    assert_eq!(
        (can.reach, can.repeat),
        (Reach::Everyone, Repeat::Collapses)
    );
    let mut house = Connected::new().await;
    house.scene.start();
    // Nobody lives in the area, and yet the partner is told: it reaches whoever reads it.
    let alert = house.scene.issue().await;
    house.both_told(alert).await;
    let app = house.scene.house.app.clone();
    let mut message = newest(&house.scene, alert).await.as_ref().clone();
    let long: String = "x".repeat(4_000);
    message.texts[0].description = long.clone();
    let bytes = app
        .previews(
            &message,
            None,
            (&[channel.as_str().to_owned()], Loudness::Normal),
        )
        .unwrap();
    let text = &bytes[0].text;
    assert!(text.contains(&long), "no limit of its own");
    assert!(text.contains(&format!("/a/{}", message.alert)), "the link");
    assert!(!text.contains("derefUri") && !text.contains("base64"));
    house.scene.update(alert, DraftChange::default()).await;
    for to in [house.television, house.railways] {
        house
            .until(alert, to, |row| row.version == 2 && sent(row))
            .await;
    }
    (house, alert)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_does_what_its_row_says() {
    let can = capabilities(OwnChannel::Webhook);
    let (mut house, alert) = life_at_systems(&can, OwnChannel::Webhook).await;
    assert_eq!(can.receipts, Receipts::Accepted);
    let row = house.newest(alert, house.television).await.row;
    assert_eq!(row.code.as_deref(), Some("accepted"));
    house.hook.play(vec![Fault::unknown_after_accept().next(1)]);
    house.scene.ends(alert, EndReason::Found).await;
    house
        .until(alert, house.television, |row| {
            row.version == 3 && row.outcome == Some(Outcome::Unknown)
        })
        .await;
    house.advance(1_000);
    house
        .scene
        .case_is(tifli_domain::case::CaseState::Dark)
        .await;
    house.scene.stop().await;
    let events = house.hook.events();
    assert_eq!(
        house.taken(),
        ["alert.issued", "alert.updated", "alert.ended"]
    );
    assert_eq!(events[2].taken, 2, "the end was told twice under one id");
    let code = |body: &str| {
        let body: serde_json::Value = serde_json::from_str(body).unwrap();
        body["data"]["alert"].as_str().unwrap().to_owned()
    };
    assert!(
        events
            .iter()
            .all(|one| code(&one.body) == code(&events[0].body)),
        "the same alert: a newer one takes its place"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cap_partner_does_what_its_row_says() {
    let can = capabilities(OwnChannel::CapPartner);
    let (mut house, alert) = life_at_systems(&can, OwnChannel::CapPartner).await;
    let current = house.cap.current();
    assert_eq!(current.len(), 1, "the update took the place of the alert");
    assert_eq!(current[0].references.len(), 1);
    assert_eq!(can.receipts, Receipts::ReadBack);
    house.cap.play(vec![Fault::unknown_after_accept().next(1)]);
    house.cap.play_on_reads(vec![Fault::transient().next(1)]);
    house.scene.ends(alert, EndReason::Found).await;
    house
        .until(alert, house.railways, |row| {
            row.version == 3 && row.outcome == Some(Outcome::Unknown)
        })
        .await;
    house.advance(1_000);
    house
        .scene
        .case_is(tifli_domain::case::CaseState::Dark)
        .await;
    house.scene.stop().await;
    assert!(house.cap.current().is_empty(), "nothing is shown any more");
    let messages = house.cap.messages();
    assert_eq!(messages.len(), 3, "a repeat is the same document");
    assert_eq!(
        messages[2].references.len(),
        2,
        "the end names both before it"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn systems_are_tried_again_after_the_seconds_of_their_rows() {
    let mut house = Connected::new().await;
    house.hook.play(vec![Fault::transient()]);
    house.cap.play(vec![Fault::transient()]);
    house.scene.start();
    let alert = house.scene.issue().await;
    let systems = [
        (house.television, OwnChannel::Webhook),
        (house.railways, OwnChannel::CapPartner),
    ];
    let schedule = capabilities(OwnChannel::Webhook).retry_after_s;
    assert_eq!(schedule, capabilities(OwnChannel::CapPartner).retry_after_s);
    for (attempts, seconds) in (1..).zip(schedule) {
        let mut wait = 0;
        for (to, channel) in systems {
            house
                .scene
                .wait("the attempt", || async {
                    let now_ms = house.scene.house.clock.now_ms();
                    let stories = house.stories(alert).await;
                    let mine = stories.iter().find(|one| one.row.endpoint == to);
                    mine.is_some_and(|one| {
                        one.row.attempts == attempts
                            && one.row.state == DeliveryState::Retrying
                            && one.row.next_ms > now_ms
                    })
                })
                .await;
            let row = house.newest(alert, to).await.row;
            wait = row.next_ms - house.scene.house.clock.now_ms();
            let said = i64::from(*seconds) * 1_000;
            assert_eq!(wait, said, "{channel:?} after attempt {attempts}");
        }
        house.advance(wait);
    }
    house.scene.stop().await;
}

#[test]
fn the_mail_of_a_bulletin_does_what_its_row_says() {
    use tifli_domain::bulletin::mail_retry_at_ms;
    let can = capabilities(OwnChannel::BulletinMail);
    assert!(!OwnChannel::BulletinMail.is_public(), "no alert goes by it");
    assert_eq!((can.picture, can.length), (Picture::Absent, None));
    assert_eq!((can.update, can.recall), (Update::Beside, Recall::Nothing));
    assert_eq!(can.repeat, Repeat::Doubles);
    for (attempts, seconds) in (1..).zip(can.retry_after_s) {
        let at = mail_retry_at_ms(attempts, 0);
        assert_eq!(at, Some(i64::from(*seconds) * 1_000), "attempt {attempts}");
    }
    let words = tifli_pack::Pack::load("ma").expect("the pack loads");
    let words = words.telegrams().mail();
    let letter = words.body("https://alerts.example/console/bulletins/b");
    assert!(letter.contains("/console/bulletins/b"), "the link alone");
    for sign in ["jpg", "photo", "http://"] {
        assert!(!letter.contains(sign), "{sign}");
    }
}
