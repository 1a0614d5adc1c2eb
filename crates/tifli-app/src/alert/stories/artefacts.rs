//! Stories of what the public holds in its hands: copies of texts, signed statements, feeds, pictures.

use aws_lc_rs::signature::{ED25519, UnparsedPublicKey};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use tifli_domain::alert::EndReason;
use tifli_domain::area::AreaSpec;
use tifli_domain::id::{AlertId, PublicCode};
use tifli_domain::message::PublicText;
use tifli_pack::Pack;
use tifli_units::{Position, Radius};

use super::Story;
use crate::alert::{
    CurrentWords, DraftChange, FeedAsk, FeedForm, Note, PublicState, STATEMENT_KIND, Verdict,
    Verified,
};
use crate::testing::TestHouse;

const HOUR: i64 = 3_600_000;
const DAY: i64 = 24 * HOUR;

impl Story {
    async fn out(&self) -> (AlertId, PublicCode) {
        let alert = self.issue(self.begin().await).await;
        let code = self.house.app.alert_row(alert).await.unwrap().code;
        (alert, code)
    }

    async fn update(&self, alert: AlertId) {
        let app = &self.house.app;
        let update = app.begin_update(&self.officer, alert).await.unwrap();
        self.issue(update).await;
    }

    pub(super) async fn end(&self, alert: AlertId) {
        let app = &self.house.app;
        app.cancel(&self.officer, alert, EndReason::Found)
            .await
            .unwrap();
    }

    async fn text(&self, code: &PublicCode, language: &str) -> PublicText {
        let app = &self.house.app;
        let Ok(PublicState::Live(live)) = app.public_state(code).await else {
            panic!("the alert is out");
        };
        live.message.text(language).unwrap().clone()
    }

    async fn asked(&self, text: &str) -> (Verdict, Option<Note>) {
        let Verified { verdict, note, .. } = self.house.app.verify(text).await.unwrap();
        (verdict, note)
    }
}

/// A post as people forward it.
fn post(text: &PublicText, code: &PublicCode) -> String {
    format!(
        "{}\n\n{}\n\n{}\n\nhttps://tifli.example/{}/a/{code}\n{}\n",
        text.headline, text.description, text.instruction, text.language, text.sender_name
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copied_text_is_known_and_every_altered_letter_of_it_is_noticed() {
    let story = Story::new().await;
    let (_, code) = story.out().await;
    for language in ["ar", "fr"] {
        let copy = post(&story.text(&code, language).await, &code);
        assert_eq!(
            story.asked(&copy).await,
            (Verdict::Exercise, None),
            "{copy}"
        );
        let flat = copy.split_whitespace().collect::<Vec<_>>().join("\u{a0}");
        assert_eq!(story.asked(&flat).await, (Verdict::Exercise, None));
        let letters: Vec<(usize, char)> = copy.char_indices().collect();
        let altered = letters.iter().filter(|(_, c)| c.is_alphanumeric());
        for (at, letter) in altered.step_by(7) {
            let other = if *letter == 'x' { 'y' } else { 'x' };
            let mut forged = copy.clone();
            forged.replace_range(*at..*at + letter.len_utf8(), &other.to_string());
            let (verdict, note) = story.asked(&forged).await;
            assert_eq!(verdict, Verdict::NotOurs, "{forged}");
            assert_eq!(note, Some(Note::Differs), "{forged}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_with_a_word_more_or_another_number_or_a_foreign_link_is_not_ours() {
    let story = Story::new().await;
    let (_, code) = story.out().await;
    let text = story.text(&code, "fr").await;
    let copy = post(&text, &code);
    for forged in [
        format!("URGENT {copy}"),
        format!("{copy} 0600000000"),
        copy.replace("tifli.example", "tifli.example.evil.example"),
        format!("{} 0600000000", text.headline),
        format!("https://tifli.example/fr/a/{code} 0600000000"),
    ] {
        let expected = (Verdict::NotOurs, Some(Note::Differs));
        assert_eq!(story.asked(&forged).await, expected, "{forged}");
    }
    let alone = format!("{} {}", text.headline, text.description);
    assert_eq!(story.asked(&alone).await, (Verdict::Exercise, None));
    let unknown = "Une fille a disparu, partagez vite";
    assert_eq!(story.asked(unknown).await, (Verdict::NotOurs, None));
    assert_eq!(
        story.asked(&text.instruction).await.0,
        Verdict::NotOurs,
        "what to do without whom it is about is no alert"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_copy_lives_the_life_of_its_alert_also_over_a_restart() {
    let mut story = Story::new().await;
    let (alert, code) = story.out().await;
    let first = post(&story.text(&code, "fr").await, &code);
    story.update(alert).await;
    let outdated = (Verdict::Exercise, Some(Note::Outdated));
    assert_eq!(story.asked(&first).await, outdated);
    let second = post(&story.text(&code, "fr").await, &code);
    assert_ne!(first, second);
    assert_eq!(story.asked(&second).await, (Verdict::Exercise, None));
    story.end(alert).await;
    story.house = story.house.restart().await;
    for copy in [&first, &second, &code.to_string()] {
        assert_eq!(story.asked(copy).await, (Verdict::Ended, None));
    }
    let forged = second.replace("19", "20");
    let differs = (Verdict::NotOurs, Some(Note::Differs));
    assert_eq!(story.asked(&forged).await, differs);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_notice_of_an_end_is_ours_once_the_alert_has_ended_and_never_before() {
    let story = Story::new().await;
    let (alert, code) = story.out().await;
    let text = story.text(&code, "fr").await;
    let app = &story.house.app;
    let ended = app
        .pack()
        .render_ended(tifli_pack::LanguageTag::FR)
        .unwrap();
    let link = format!("https://tifli.example/fr/a/{code}");
    let notice = format!("{}\n{}\n{link}", ended.headline, ended.instruction);
    let differs = (Verdict::NotOurs, Some(Note::Differs));
    assert_eq!(story.asked(&notice).await, differs, "it is out");
    story.end(alert).await;
    assert_eq!(story.asked(&notice).await, (Verdict::Ended, None));
    let mixed = format!("{} {}", text.headline, notice);
    assert_eq!(story.asked(&mixed).await, differs);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_real_alert_is_active_and_one_of_a_demonstration_is_an_exercise() {
    use crate::alert::verify::out;
    use tifli_domain::Realm;
    let answers = [Realm::Live, Realm::Drill, Realm::Demo].map(out);
    let exercise = Verdict::Exercise;
    assert_eq!(answers, [Verdict::Active, exercise, exercise]);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_and_too_much_are_refused_beside_the_field() {
    let story = Story::new().await;
    let app = &story.house.app;
    for (typed, code) in [(" \n", "missing"), (&*"x ".repeat(5_000), "too_long")] {
        let refused = app.verify(typed).await.unwrap_err();
        assert_eq!(refused.problems[0].code, code);
    }
}

/// The payload, if the signature stands: written from the specification of DSSE, with none of our own code.
fn checked(envelope: &[u8], key: &[u8]) -> Option<Value> {
    let envelope: Value = serde_json::from_slice(envelope).ok()?;
    let decode = |value: &Value| STANDARD.decode(value.as_str()?).ok();
    let kind = envelope["payloadType"].as_str()?;
    let payload = decode(&envelope["payload"])?;
    let mut signed = format!("DSSEv1 {} {kind} {} ", kind.len(), payload.len()).into_bytes();
    signed.extend_from_slice(&payload);
    let signature = decode(&envelope["signatures"][0]["sig"])?;
    let key = UnparsedPublicKey::new(&ED25519, key);
    key.verify(&signed, &signature).ok()?;
    (kind == STATEMENT_KIND).then(|| serde_json::from_slice(&payload).ok())?
}

#[tokio::test(flavor = "multi_thread")]
async fn a_statement_is_checked_with_the_published_key_alone_and_follows_the_alert() {
    let story = Story::new().await;
    let (alert, code) = story.out().await;
    let app = &story.house.app;
    let key = app.handover_key();
    let said = async || {
        let envelope = app.signed_statement(&code).await.unwrap();
        checked(&envelope, &key).expect("the signature stands")
    };
    let active = said().await;
    assert_eq!(active["format"], "tifli alert state 1");
    assert_eq!(
        (&active["state"], &active["realm"]),
        (&"exercise".into(), &"demo".into())
    );
    assert_eq!(active["code"], code.as_str());
    assert_eq!(active["version"], 1);
    assert!(active["valid_until"].as_str() > active["issued_at"].as_str());
    story.update(alert).await;
    assert_eq!(said().await["version"], 2);
    story.end(alert).await;
    let ended = said().await;
    assert_eq!(
        (&ended["state"], &ended["version"]),
        (&"ended".into(), &3.into())
    );
    assert_eq!(ended["valid_until"], Value::Null);
    let mut forged: Value =
        serde_json::from_slice(&app.signed_statement(&code).await.unwrap()).unwrap();
    let other = ended.to_string().replace("\"ended\"", "\"active\"");
    forged["payload"] = STANDARD.encode(other).into();
    assert_eq!(checked(forged.to_string().as_bytes(), &key), None);
    assert_eq!(checked(b"{}", &key), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_whose_time_has_run_out_is_stated_as_ended_before_the_clock_has_come() {
    let story = Story::new().await;
    let (_, code) = story.out().await;
    story.house.clock.advance(30 * DAY);
    let statement = story.house.app.statement(&code).await.unwrap();
    assert_eq!(statement.state, "ended");
    assert_eq!(story.asked(code.as_str()).await, (Verdict::Ended, None));
}

fn ask(region: Option<&str>, category: Option<&str>) -> FeedAsk {
    FeedAsk {
        form: FeedForm::Atom,
        language: "fr".to_owned(),
        region: region.map(str::to_owned),
        category: category.map(str::to_owned),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_is_of_its_region_and_category_and_says_when_it_changed() {
    let story = Story::new().await;
    let app = &story.house.app;
    let empty = app.feed(&ask(None, None)).await.unwrap();
    assert_eq!(empty.changed_ms, 0);
    story.house.clock.advance(HOUR);
    assert_eq!(
        app.feed(&ask(None, None)).await.unwrap().xml,
        empty.xml,
        "as long as nothing happens"
    );
    let (alert, _) = story.out().await;
    let entries = async |ask: &FeedAsk| app.feed(ask).await.unwrap().xml.matches("<entry>").count();
    let mut with = Vec::new();
    for region in app.regions().unwrap().iter() {
        if entries(&ask(Some(&region.id), None)).await > 0 {
            with.push(region.id.clone());
        }
    }
    assert!(
        !with.is_empty() && with.len() < app.regions().unwrap().len(),
        "{with:?}"
    );
    let one = ask(Some(&with[0]), Some("Rescue"));
    assert_eq!(entries(&one).await, 1);
    let address = format!("/fr/feed.atom?region={}&category=Rescue", with[0]);
    assert!(one.address(app.base_url()).ends_with(&address));
    assert_eq!(entries(&ask(None, Some("Met"))).await, 0);
    for unknown in [ask(Some("r99"), None), ask(None, Some("Weather"))] {
        assert_eq!(app.feed(&unknown).await.unwrap_err().code, "not_found");
    }
    let out = app.feed(&one).await.unwrap();
    story.house.clock.advance(HOUR);
    story.end(alert).await;
    let ended = app.feed(&one).await.unwrap();
    assert!(ended.changed_ms > out.changed_ms);
    assert!(!ended.xml.contains("Salma") && ended.xml.contains("<entry>"));
    story.house.clock.advance(4 * DAY);
    let later = app.feed(&one).await.unwrap();
    assert!(!later.xml.contains("<entry>") && later.changed_ms > ended.changed_ms);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_feed_that_an_alert_has_left_for_another_region_has_changed() {
    let story = Story::new().await;
    let app = &story.house.app;
    let (alert, _) = story.out().await;
    let mut before = Vec::new();
    for region in app.regions().unwrap().iter() {
        let ask = ask(Some(&region.id), None);
        let feed = app.feed(&ask).await.unwrap();
        if feed.xml.contains("<entry>") {
            before.push((ask, feed.changed_ms));
        }
    }
    story.house.clock.advance(HOUR);
    let update = app.begin_update(&story.officer, alert).await.unwrap();
    let oujda = DraftChange {
        area: Some(AreaSpec::Circle {
            center: Position::new(34.68, -1.91).unwrap(),
            radius: Radius::new(20.0).unwrap(),
        }),
        ..DraftChange::default()
    };
    app.save_draft(&story.officer, update, oujda).await.unwrap();
    story.issue(update).await;
    let mut left = 0;
    for (ask, changed_ms) in before {
        let feed = app.feed(&ask).await.unwrap();
        assert!(feed.changed_ms > changed_ms, "who holds it asks anew");
        left += usize::from(!feed.xml.contains("<entry>"));
    }
    assert!(left > 0, "the alert has left a region");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_cannot_be_read_hides_no_other_child_from_a_feed() {
    let story = Story::new().await;
    let app = &story.house.app;
    story.out().await;
    story.out().await;
    let entries = async || {
        let feed = app.feed(&ask(None, None)).await.unwrap();
        feed.xml.matches("<entry>").count()
    };
    assert_eq!(entries().await, 2);
    let damaged = "update message set binding = '{' where seq = (select min(seq) from message)";
    story.forge(damaged).await;
    assert_eq!(entries().await, 1);
}

fn words() -> CurrentWords {
    CurrentWords {
        language: "fr".to_owned(),
        name: "Tifli".to_owned(),
        nothing: "Aucune alerte".to_owned(),
        call: "Appelez".to_owned(),
        last_seen: "Vu à".to_owned(),
        missing_since: "Depuis".to_owned(),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_picture_of_what_is_out_changes_with_each_version_and_forgets_the_child() {
    let story = Story::new().await;
    let app = &story.house.app;
    let nothing = app.current_picture(&words()).await.unwrap();
    let (alert, code) = story.out().await;
    let first = app.current_picture(&words()).await.unwrap();
    assert_ne!(first, nothing);
    assert_eq!(app.current_picture(&words()).await.unwrap(), first);
    story.update(alert).await;
    assert_ne!(app.current_picture(&words()).await.unwrap(), first);
    story.end(alert).await;
    assert_eq!(app.current_picture(&words()).await.unwrap(), nothing);
    let card = app.public_card(&code).await.unwrap();
    assert_eq!(card, app.ended_picture().unwrap());
    story.house.clock.advance(29 * DAY);
    assert_eq!(app.public_card(&code).await.unwrap(), card);
    story.house.clock.advance(2 * DAY);
    assert_eq!(
        app.public_card(&code).await.unwrap_err().code,
        "alert_ended"
    );
    assert!(matches!(
        app.public_state(&code).await,
        Ok(PublicState::Closed)
    ));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_alerts_each_has_its_turn_on_the_picture() {
    let story = Story::new().await;
    let app = &story.house.app;
    story.out().await;
    let one = app.current_picture(&words()).await.unwrap();
    story.house.clock.advance(HOUR);
    story.out().await;
    let mut seen = Vec::new();
    for _ in 0..4 {
        seen.push(app.current_picture(&words()).await.unwrap());
        story.house.clock.advance(10_000);
    }
    assert_eq!((&seen[0], &seen[1]), (&seen[2], &seen[3]));
    assert_ne!(seen[0], seen[1]);
    assert!(seen.contains(&one));
}

#[tokio::test(flavor = "multi_thread")]
async fn in_another_country_the_same_things_answer() {
    let mut story = Story::new().await;
    story.house = TestHouse::with_pack(Pack::load("qa").unwrap()).await;
    let app = &story.house.app;
    assert!(app.regions().unwrap().len() > 5);
    assert!(app.ended_picture().is_ok());
    let feed = app.feed(&ask(Some("mDA"), None)).await.unwrap();
    assert!(feed.xml.contains("Doha"), "{}", feed.xml);
}
