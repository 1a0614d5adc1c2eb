//! Stories of alerts by e-mail against a mail server that really takes letters: asked for, confirmed, told, told the
//! end in the same thread, and gone when they leave or their letters come back.

use std::sync::Arc;

use tifli_domain::alert::EndReason;
use tifli_domain::case::CaseState;
use tifli_domain::channel::OwnChannel;
use tifli_domain::channel::capability::{
    Picture, Reach, Recall, Receipts, Repeat, Update, capabilities,
};
use tifli_domain::id::AlertId;
use tifli_domain::loudness::Loudness;
use tifli_sandbox::faults::{Fault, Trouble};
use tifli_sandbox::smtp::{Mail, MailServer, RunningMail};
use tifli_units::Position;

use super::rows::newest;
use super::scene::{OUJDA, SALE, Scene};
use crate::Kind;
use crate::alert::DraftChange;
use crate::reader::{Asking, Leaving, Taken};
use crate::testing::mailer;

/// Each has a mail server of another temper.
const EVERYBODY: [&str; 9] = [
    "ok", "gone", "policy", "later", "unknown", "lies", "garbage", "cut", "silent",
];
const HERE: &str = "https://tifli.example";

async fn post_office() -> RunningMail {
    let address = "127.0.0.1:0".parse().unwrap();
    MailServer::start(address, Arc::new(|| 0)).await.unwrap()
}

/// A scene whose house sends letters through the mail server beside it.
async fn scene() -> (Scene, RunningMail) {
    let server = post_office().await;
    (Scene::with_letters(mailer(server.addr())).await, server)
}

/// The text of a letter, its body decoded as a mail program does.
fn plain(mail: &Mail) -> String {
    let parsed = mail_parser::MessageParser::default().parse(mail.raw.as_bytes());
    parsed.unwrap().body_text(0).unwrap().into_owned()
}

fn header(mail: &Mail, name: &str) -> String {
    let parsed = mail_parser::MessageParser::default().parse(mail.raw.as_bytes());
    let parsed = parsed.unwrap();
    parsed
        .header_raw(name)
        .unwrap_or_default()
        .trim()
        .to_owned()
}

/// The token behind `path` in a letter's text.
fn token_in(mail: &Mail, path: &str) -> String {
    let text = plain(mail);
    let (_, rest) = text.split_once(path).unwrap_or_else(|| panic!("{text}"));
    rest.split_whitespace().next().unwrap().to_owned()
}

fn to<'m>(letters: &'m [Mail], who: &str) -> Vec<&'m Mail> {
    letters.iter().filter(|mail| mail.to == who).collect()
}

async fn asks(scene: &Scene, who: &str, place: (f64, f64)) {
    let asking = Asking {
        address: who.to_owned(),
        position: Position::new(place.0, place.1).unwrap(),
        language: "fr".to_owned(),
    };
    scene.house.app.ask_for_letters(asking).await.unwrap();
}

/// Asks and confirms; the workers must run.
async fn joins(scene: &Scene, server: &RunningMail, who: &str) {
    joins_from(scene, server, (who, SALE)).await;
}

async fn joins_from(scene: &Scene, server: &RunningMail, (who, place): (&str, (f64, f64))) {
    let before = to(&server.letters(), who).len();
    asks(scene, who, place).await;
    scene
        .wait("the letter that asks", || async {
            to(&server.letters(), who).len() > before
        })
        .await;
    let letters = server.letters();
    let token = token_in(to(&letters, who).last().unwrap(), "/letters/confirm/");
    scene.house.app.confirm_letters(&token).await.unwrap();
}

async fn has(scene: &Scene, server: &RunningMail, who: &str, amount: usize) {
    scene
        .wait("letters arrive", || async {
            to(&server.letters(), who).len() >= amount
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_asks_and_confirms_gets_the_alert_and_its_end_in_one_thread_and_nobody_else() {
    let (mut scene, server) = scene().await;
    scene.start();
    joins(&scene, &server, "a@one.example").await;
    asks(&scene, "unconfirmed@one.example", SALE).await;
    has(&scene, &server, "unconfirmed@one.example", 1).await;
    let alert = scene.issue().await;
    has(&scene, &server, "a@one.example", 2).await;
    joins(&scene, &server, "late@two.example").await;
    has(&scene, &server, "late@two.example", 2).await;
    scene.ends_dark(alert, EndReason::Found).await;
    let letters = server.letters();
    let mine = to(&letters, "a@one.example");
    assert_eq!(mine.len(), 3, "asked, told, told the end");
    let (first, end) = (mine[1], mine[2]);
    assert!(plain(first).contains("Salma"), "{}", plain(first));
    assert!(!plain(end).contains("Salma") && !end.raw.contains("photo.jpg"));
    assert_eq!(header(end, "In-Reply-To"), first.message_id);
    assert_eq!(header(end, "References"), first.message_id);
    assert_ne!(first.message_id, end.message_id);
    assert_eq!(to(&letters, "late@two.example").len(), 3);
    assert_eq!(to(&letters, "unconfirmed@one.example").len(), 1);
    for mail in [first, end] {
        assert_eq!(header(mail, "Auto-Submitted"), "auto-generated");
        assert_eq!(
            header(mail, "List-Unsubscribe-Post"),
            "List-Unsubscribe=One-Click"
        );
        assert!(
            header(mail, "List-Unsubscribe").starts_with(&format!("<{HERE}/fr/letters/leave/"))
        );
        assert!(!mail.raw.contains("Precedence:") && mail.raw.starts_with("DKIM-Signature:"));
        assert!(mail.from.starts_with("bounces+") && !mail.from.contains("one.example"));
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_is_confirmed_once_and_only_in_time_and_no_address_is_written_to_without_end() {
    let (mut scene, server) = scene().await;
    scene.start();
    for _ in 0..6 {
        asks(&scene, "A@One.Example", SALE).await;
    }
    has(&scene, &server, "A@one.example", 3).await;
    asks(&scene, "b@one.example", SALE).await;
    has(&scene, &server, "b@one.example", 1).await;
    let letters = server.letters();
    assert_eq!(
        to(&letters, "A@one.example").len(),
        3,
        "three a day, and the same answer"
    );
    let app = scene.house.app.clone();
    let token = token_in(to(&letters, "A@one.example")[0], "/letters/confirm/");
    assert!(app.is_confirmable(&token).await.unwrap());
    assert!(
        app.is_confirmable(&token).await.unwrap(),
        "looking changes nothing"
    );
    app.confirm_letters(&token).await.unwrap();
    let again = app.confirm_letters(&token).await.unwrap_err();
    assert_eq!(again.kind, Kind::NotFound);
    let other = token_in(to(&letters, "A@one.example")[1], "/letters/confirm/");
    assert!(
        !app.is_confirmable(&other).await.unwrap(),
        "answered by the first"
    );
    let late = token_in(to(&letters, "b@one.example")[0], "/letters/confirm/");
    scene.house.clock.advance(48 * 3_600_000);
    assert!(!app.is_confirmable(&late).await.unwrap());
    assert_eq!(
        app.confirm_letters(&late).await.unwrap_err().kind,
        Kind::NotFound
    );
    assert_eq!(app.sweep_readers().await, Ok(1));
    scene.stop().await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_address_or_lies_abroad_is_refused_beside_its_field() {
    let (scene, server) = scene().await;
    let app = &scene.house.app;
    let asking = |address: &str, place: (f64, f64), language: &str| Asking {
        address: address.to_owned(),
        position: Position::new(place.0, place.1).unwrap(),
        language: language.to_owned(),
    };
    for (asked, field) in [
        (asking("nobody", SALE, "fr"), "address"),
        (
            asking("a@b.example\r\nBcc: c@d.example", SALE, "fr"),
            "address",
        ),
        (asking("a@b.example", (48.85, 2.35), "fr"), "place"),
        (asking("a@b.example", OUJDA, "xx"), "language"),
    ] {
        let error = app.ask_for_letters(asked).await.unwrap_err();
        assert_eq!(error.problems[0].field, field);
    }
    server.stop().await;
    let without = Scene::new().await;
    assert!(!without.house.app.sends_letters());
    let refused = without
        .house
        .app
        .ask_for_letters(asking("a@b.example", SALE, "fr"));
    assert_eq!(refused.await.unwrap_err().code, "mail_not_set_up");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_click_ends_letters_and_forgets_the_address() {
    let (mut scene, server) = scene().await;
    scene.start();
    joins(&scene, &server, "a@one.example").await;
    let alert = scene.issue().await;
    has(&scene, &server, "a@one.example", 2).await;
    let token = token_in(to(&server.letters(), "a@one.example")[1], "/letters/leave/");
    let app = scene.house.app.clone();
    assert_eq!(app.find_leaving(&token).await, Ok(Leaving::Possible));
    for _ in 0..2 {
        assert_eq!(app.leave_letters(&token).await, Ok(()));
    }
    assert_eq!(app.find_leaving(&token).await, Ok(Leaving::Done));
    let unknown = app.leave_letters("0").await.unwrap_err();
    assert_eq!(unknown.kind, Kind::NotFound);
    scene.ends_dark(alert, EndReason::Found).await;
    assert_eq!(
        to(&server.letters(), "a@one.example").len(),
        2,
        "nothing more"
    );
    let kept = scene
        .forge("update reader set cell = 0 where address_sealed is null and address_hash is null")
        .await;
    assert_eq!(kept, 1);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_nobody_made_is_taken_back_by_one_click() {
    let (mut scene, server) = scene().await;
    scene.start();
    asks(&scene, "a@one.example", SALE).await;
    has(&scene, &server, "a@one.example", 1).await;
    let token = token_in(to(&server.letters(), "a@one.example")[0], "/letters/leave/");
    let app = scene.house.app.clone();
    assert_eq!(app.leave_letters(&token).await, Ok(()));
    assert_eq!(
        app.confirm_letters(&token).await.unwrap_err().kind,
        Kind::NotFound
    );
    scene.stop().await;
    server.stop().await;
}

/// What the mail server of each of [`EVERYBODY`] does with an alert.
fn tempers() -> Vec<Fault> {
    let at = |who: &str, trouble| Fault::of(trouble).to(&format!("{who}@{who}.example"));
    vec![
        at("gone", Trouble::Permanent),
        Fault::code(554).to("policy@policy.example").after_letter(),
        at("later", Trouble::Throttle { retry_after: 1 }).times(1),
        Fault::unknown_after_accept().to("unknown@unknown.example"),
        at("lies", Trouble::Lies),
        at("garbage", Trouble::Garbage),
        at("cut", Trouble::CloseMidBody),
        at("silent", Trouble::NeverAnswers),
    ]
}

async fn letters_settled(scene: &Scene, alert: AlertId) {
    scene
        .wait("the letters are settled", || async {
            let channels = scene.progress(alert).await.channels;
            let mail = channels.iter().rev().find(|c| c.channel == "mail_alert");
            mail.is_some_and(|c| c.segments.0 == c.segments.1)
        })
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_of_a_mail_server_gets_the_right_thing() {
    let (mut scene, server) = scene().await;
    scene.start();
    for who in EVERYBODY {
        joins(&scene, &server, &format!("{who}@{who}.example")).await;
    }
    server.play(tempers());
    let alert = scene.issue().await;
    scene.waiting(alert, 1).await;
    scene.house.clock.advance(60_000);
    has(&scene, &server, "later@later.example", 2).await;
    letters_settled(&scene, alert).await;
    let progress = scene.progress(alert).await;
    let all = &progress.channels;
    let mail = all.iter().find(|c| c.channel == "mail_alert").unwrap();
    assert_eq!(
        (mail.inside, mail.handed, mail.gone, mail.failed),
        (9, 2, 1, 6)
    );
    let mut codes: Vec<_> = progress.failures.iter().map(|f| f.code.as_str()).collect();
    codes.sort_unstable();
    assert_eq!(codes[..2], ["mail_policy", "said_error"]);
    assert_eq!(codes[2..], ["unknown"; 4]);
    assert!(
        progress.failures.iter().all(|f| f.origin == "mail"),
        "no address, no provider"
    );
    let alerts = |who: &str| to(&server.letters(), &format!("{who}@{who}.example")).len() - 1;
    assert_eq!(alerts("unknown"), 1, "it may have it: it is not told twice");
    server.play(Vec::new());
    scene.ends_dark(alert, EndReason::Found).await;
    assert_eq!(
        ["ok", "later", "unknown"].map(alerts),
        [2, 2, 2],
        "all who have it or may"
    );
    assert!(
        ["garbage", "cut", "silent"]
            .iter()
            .all(|who| alerts(who) >= 1)
    );
    assert_eq!(
        ["gone", "policy", "lies"].map(alerts),
        [0, 0, 0],
        "and nobody else"
    );
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_that_was_perhaps_taken_is_told_again_under_the_same_name() {
    let (mut scene, server) = scene().await;
    scene.start();
    joins(&scene, &server, "a@one.example").await;
    let alert = scene.issue().await;
    has(&scene, &server, "a@one.example", 2).await;
    server.play(vec![Fault::unknown_after_accept().times(1)]);
    scene.ends(alert, EndReason::Found).await;
    has(&scene, &server, "a@one.example", 3).await;
    scene.waiting(alert, 1).await;
    scene.house.clock.advance(60_000);
    scene.case_is(CaseState::Dark).await;
    scene.stop().await;
    let letters = server.letters();
    let mine = to(&letters, "a@one.example");
    assert_eq!(mine.len(), 4);
    assert_eq!(mine[2].message_id, mine[3].message_id);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_do_what_their_row_says() {
    let can = capabilities(OwnChannel::MailAlert);
    let (mut scene, server) = scene().await;
    // Where a hundred live, a place is kept as it is and no coarser.
    let here = scene.people(100, SALE).await;
    scene.people(100, OUJDA).await;
    scene.start();
    joins(&scene, &server, "a@one.example").await;
    joins_from(&scene, &server, ("far@one.example", OUJDA)).await;
    let alert = scene.issue().await;
    has(&scene, &server, "a@one.example", 2).await;
    scene.arrived("alert", here.len()).await;
    assert_eq!((can.picture, can.length), (Picture::Linked, None));
    let mut message = newest(&scene, alert).await.as_ref().clone();
    let long = "طويل ".repeat(1_000);
    message.texts[0].description = long.trim().to_owned();
    let channels = [OwnChannel::MailAlert.as_str().to_owned()];
    let shown = scene
        .house
        .app
        .previews(&message, None, (&channels, Loudness::Normal))
        .unwrap();
    assert!(shown[0].text.contains(long.trim()), "no limit of its own");
    assert_eq!((can.update, can.recall), (Update::Beside, Recall::Nothing));
    scene.update(alert, DraftChange::default()).await;
    has(&scene, &server, "a@one.example", 3).await;
    scene.ends_dark(alert, EndReason::Found).await;
    let letters = server.letters();
    let mine = to(&letters, "a@one.example");
    assert_eq!(mine.len(), 4, "asked, told, told more, told the end");
    for mail in &mine[1..] {
        let raw = &mail.raw;
        assert!(!raw.contains("Content-Type: image/") && !raw.contains("cid:"));
        assert!(plain(mail).contains(&format!("{HERE}/")), "links alone");
    }
    let names: std::collections::HashSet<_> = mine.iter().map(|m| &m.message_id).collect();
    assert_eq!(names.len(), mine.len(), "each stands beside the one before");
    assert_eq!(
        (can.reach, can.receipts),
        (Reach::Area, Receipts::TakenOver)
    );
    assert_eq!(to(&letters, "far@one.example").len(), 1, "asked alone");
    assert_eq!(
        can.repeat,
        Repeat::Doubles,
        "see the answers of a mail server"
    );
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_is_being_sent_as_long_as_a_channel_does_not_know_its_recipients() {
    let (mut scene, server) = scene().await;
    scene.start();
    joins(&scene, &server, "a@one.example").await;
    scene.stop().await;
    let alert = scene.issue().await;
    let before = scene.progress(alert).await;
    let relayed = |channel: &str| {
        before
            .channels
            .iter()
            .any(|one| one.channel == channel && one.relayed)
    };
    assert!(before.to_relay >= 2 && !relayed("web_push") && !relayed("mail_alert"));
    scene.start();
    scene
        .wait("each channel knows its recipients", || async {
            scene.progress(alert).await.to_relay == 0
        })
        .await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_are_tried_again_after_the_seconds_of_their_row() {
    let (mut scene, server) = scene().await;
    scene.start();
    joins(&scene, &server, "a@one.example").await;
    // A mailbox that is busy, and neither its provider nor the mail server.
    server.play(vec![Fault::of(Trouble::Code {
        code: 450,
        retry_after: None,
    })]);
    let alert = scene.issue().await;
    let schedule = capabilities(OwnChannel::MailAlert).retry_after_s;
    scene.is_tried_again_after(alert, schedule).await;
    scene.stop().await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_server_that_takes_nothing_delays_no_push_and_its_letters_go_out_when_it_does() {
    let (mut scene, server) = scene().await;
    scene.start();
    joins(&scene, &server, "a@one.example").await;
    let inside = scene.people(5, SALE).await;
    server.play(vec![Fault::transient()]);
    let alert = scene.issue().await;
    scene.arrived("alert", inside.len()).await;
    scene.waiting(alert, 1).await;
    server.play(Vec::new());
    scene.house.clock.advance(60_000);
    has(&scene, &server, "a@one.example", 2).await;
    scene.ends_dark(alert, EndReason::Found).await;
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_that_come_back_end_an_address_at_once_or_after_the_third_and_a_repeat_counts_once()
{
    let (mut scene, server) = scene().await;
    scene.start();
    for who in ["hard", "soft", "late", "unwanted"] {
        joins(&scene, &server, &format!("{who}@one.example")).await;
    }
    let app = scene.house.app.clone();
    let alert = scene.issue().await;
    for who in ["hard", "soft", "late", "unwanted"] {
        has(&scene, &server, &format!("{who}@one.example"), 2).await;
    }
    let letters = server.letters();
    let last = |who: &str| {
        to(&letters, &format!("{who}@one.example"))
            .last()
            .copied()
            .unwrap()
            .clone()
    };
    let dsn = |who: &str, status: &str| server.dsn(&last(who), status).unwrap().raw.into_bytes();
    let take = async |mail: Vec<u8>| app.take_bounce(&mail).await;
    assert_eq!(take(dsn("hard", "5.1.1")).await, Ok(Taken::Retired));
    for _ in 0..50 {
        assert_eq!(take(dsn("hard", "5.1.1")).await, Ok(Taken::Nothing));
        assert_eq!(
            take(dsn("soft", "5.2.2")).await,
            Ok(Taken::Counted),
            "one letter, one count"
        );
    }
    assert_eq!(take(dsn("late", "4.4.1")).await, Ok(Taken::Nothing));
    let complaint = format!(
        "From: fbl@provider.example\r\nTo: abuse@tifli.example\r\nSubject: x\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/report; report-type=feedback-report; boundary=b\r\n\r\n--b\r\n\
         Content-Type: message/feedback-report\r\n\r\nFeedback-Type: abuse\r\nVersion: 1\r\n\
         Original-Mail-From: <{}>\r\n--b--\r\n",
        last("unwanted").from
    );
    assert_eq!(take(complaint.clone().into_bytes()).await, Ok(Taken::Left));
    assert_eq!(take(complaint.into_bytes()).await, Ok(Taken::Nothing));
    let foreign = String::from_utf8(dsn("late", "5.1.1")).unwrap();
    let token = last("late").from.split_once('+').unwrap().1[..26].to_owned();
    let foreign = foreign.replace(&token, "00000000000000000000000000");
    assert_eq!(
        take(foreign.into_bytes()).await.unwrap_err().kind,
        Kind::NotFound
    );
    let letter = take(b"Subject: out of office\r\n\r\nBack on Monday.\r\n".to_vec()).await;
    assert_eq!(letter.unwrap_err().problems[0].code, "not_a_bounce");
    scene.ends_dark(alert, EndReason::Found).await;
    let told = |who: &str| to(&server.letters(), &format!("{who}@one.example")).len();
    assert_eq!(["hard", "soft", "late", "unwanted"].map(told), [2, 3, 3, 2]);
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_letter_that_asks_and_comes_back_takes_its_request_along() {
    let (mut scene, server) = scene().await;
    scene.start();
    asks(&scene, "a@one.example", SALE).await;
    has(&scene, &server, "a@one.example", 1).await;
    scene.stop().await;
    let mail = server.letters().remove(0);
    let app = &scene.house.app;
    let bounce = server.dsn(&mail, "5.1.1").unwrap().raw.into_bytes();
    assert_eq!(app.take_bounce(&bounce).await, Ok(Taken::RequestDropped));
    let token = token_in(&mail, "/letters/confirm/");
    assert!(!app.is_confirmable(&token).await.unwrap());
    assert_eq!(
        app.take_bounce(&bounce).await.unwrap_err().kind,
        Kind::NotFound
    );
    server.stop().await;
}
