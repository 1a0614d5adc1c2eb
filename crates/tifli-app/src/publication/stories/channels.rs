//! Stories of channels: each needs its legal line and a consent that covers it.

use tifli_domain::consent::ChannelAnswer;
use tifli_domain::publication::Cleared;
use tifli_pack::{Pack, PackParts};

use super::{Story, code};
use crate::alert::{FeedAsk, FeedForm};
use crate::paper::{NewConsent, NewSubstitution};
use crate::publication::EntryKind;
use crate::report::Confirmation;
use crate::testing::TestHouse;

/// The Moroccan pack with something else in its channels.
fn pack(changes: &[(&str, &str)]) -> Pack {
    let mut parts = PackParts::embedded("ma").unwrap();
    let mut text = parts.get("channels.toml").unwrap().to_owned();
    for (from, to) in changes {
        let (id, from) = from.split_once(' ').unwrap();
        let at = text.find(&format!("id = \"{id}\"")).unwrap();
        let changed = text[at..].replacen(from, to, 1);
        assert_ne!(text[at..], changed, "{id}: {from}");
        text.replace_range(at.., &changed);
    }
    parts.insert("channels.toml", text);
    Pack::from_parts("ma", &parts).unwrap()
}

impl Story {
    async fn answered(&self, channel: &str, answer: ChannelAnswer) {
        let consent = NewConsent {
            channel: channel.to_owned(),
            answer,
            given_by: "Nadia Exemple".to_owned(),
            before: "Person 1".to_owned(),
            scan: None,
        };
        let done = self.app().record_consent(&self.officer, self.case, consent);
        done.await.unwrap();
    }

    async fn stood_in(&self) {
        let substitution = NewSubstitution {
            name: "Person Invented".to_owned(),
            article: "data_4".to_owned(),
            reason: "The child is in danger.".to_owned(),
        };
        let app = self.app();
        let done = app.substitute_consent(&self.prosecutor, self.case, substitution);
        done.await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_without_the_guardians_consent_is_not_used_until_the_prosecutor_stands_in() {
    let house = TestHouse::with_pack(pack(&[("web_push \"own\"", "\"media\"")])).await;
    let story = Story::of(house, &[]).await;
    let message = story.begin().await;
    assert_eq!(
        code(story.publish(message).await),
        "channel_not_consented",
        "nobody was asked about web push"
    );
    story.answered("media", ChannelAnswer::Refused).await;
    assert_eq!(code(story.approve(message).await), "channel_not_consented");
    story.stood_in().await;
    story.approve(message).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_guardian_takes_back_after_the_report_stops_the_houses_own_channels() {
    let story = Story::new(&[]).await;
    let message = story.begin().await;
    story.answered("own", ChannelAnswer::Given).await;
    story.answered("own", ChannelAnswer::Withdrawn).await;
    assert_eq!(code(story.publish(message).await), "no_consent");
    let blockers = story.app().publication_guard(&story.officer, story.case);
    let blockers = blockers.await.unwrap();
    assert_eq!(
        blockers.first().map(|one| one.code()),
        Some("consent_refused")
    );
    story.answered("own", ChannelAnswer::Given).await;
    story.approve(message).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_is_disabled_is_left_out_and_the_feed_does_not_show_the_alert() {
    let off = ("cap_feed \"enabled\"", "\"disabled\"");
    let house = TestHouse::with_pack(pack(&[off, ("web_push \"enabled\"", "\"disabled\"")])).await;
    let story = Story::of(house, &[]).await;
    let message = story.begin().await;
    let submitted = story
        .app()
        .submit(&story.officer, message, Confirmation::Given)
        .await
        .unwrap();
    assert_eq!(submitted.binding.channels, ["public_page"]);
    story.approve(message).await.unwrap();
    let app = story.app();
    assert_eq!(app.current_alerts().await.unwrap().len(), 1);
    let feed = app.feed(&FeedAsk::whole(FeedForm::Atom, "fr")).await;
    assert!(!feed.unwrap().xml.contains("<entry>"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_is_not_sent_out_on_a_channel_that_lost_its_legal_line_while_it_waited() {
    let story = Story::new(&[]).await;
    let message = story.begin().await;
    let app = story.app();
    let submitted = app.submit(&story.officer, message, Confirmation::Given);
    submitted.await.unwrap();
    let Story {
        house,
        officer,
        approver,
        prosecutor,
        case,
    } = story;
    let house = house
        .restart_with(pack(&[("web_push \"enabled\"", "\"disabled\"")]))
        .await;
    let story = Story {
        house,
        officer,
        approver,
        prosecutor,
        case,
    };
    assert_eq!(code(story.approve(message).await), "channel_not_lawful");
    let app = story.app();
    let back = app.return_version(&story.approver, message, "Again.");
    back.await.unwrap();
    let again = story.app().redraft(&story.officer, message).await.unwrap();
    story.publish(again).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_house_in_which_no_public_channel_is_lawful_submits_nothing() {
    let off = |id: &str| (format!("{id} \"enabled\""), "\"disabled\"");
    let off = [
        "public_page",
        "cap_feed",
        "cap_partner",
        "web_push",
        "mail_alert",
        "webhook",
    ]
    .map(off);
    let off: Vec<(&str, &str)> = off.iter().map(|(from, to)| (from.as_str(), *to)).collect();
    let story = Story::of(TestHouse::with_pack(pack(&off)).await, &[]).await;
    let message = story.begin().await;
    assert_eq!(code(story.publish(message).await), "channel_not_lawful");
}

#[tokio::test(flavor = "multi_thread")]
async fn leave_to_name_an_adult_or_a_plate_ends_with_the_close_of_the_file() {
    let story = Story::new(&[]).await;
    let app = story.app();
    for what in Cleared::ALL {
        let cleared = app.clear(&story.approver, story.case, what, "Seen on camera 4.");
        cleared.await.unwrap();
    }
    story.house.wound_up(&story.officer, story.case).await;
    app.close_case(&story.officer, story.case).await.unwrap();
    let view = app.qualification(&story.approver, story.case).await;
    let view = view.unwrap();
    let ended: Vec<bool> = view
        .of(EntryKind::Clearance)
        .map(|entry| entry.ended_ms.is_some())
        .collect();
    assert_eq!(ended, [true, true]);
}
