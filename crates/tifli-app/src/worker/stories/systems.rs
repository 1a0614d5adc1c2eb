//! Stories of the systems of partners: what each was told, what is known of it, and what an end waits for.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tifli_domain::Actor;
use tifli_domain::alert::EndReason;
use tifli_domain::case::CaseState;
use tifli_domain::consent::ChannelAnswer;
use tifli_domain::delivery::{DeliveryState, Outcome};
use tifli_domain::duty::DutyKind;
use tifli_domain::endpoint::EndpointState;
use tifli_domain::id::{AlertId, EndpointId};
use tifli_sandbox::Clock;
use tifli_sandbox::cap::{Audience, CapIntake, CapSettings, RunningCap};
use tifli_sandbox::faults::Fault;
use tifli_sandbox::webhook::{RunningWebhook, Secret, WebhookReceiver, WebhookSettings};
use tifli_store::ledger::AddressedRow;

use super::scene::Scene;
use crate::alert::DraftChange;
use crate::endpoint::{MadeEndpoint, NewEndpoint};
use crate::ledger::DeliveryStory;
use crate::partner::stories::allow;

const TOKEN: &str = "a-token-of-the-partner";

/// A house with two connected partners: the television by webhook, the railways by CAP.
pub(super) struct Connected {
    pub(super) scene: Scene,
    pub(super) hook: RunningWebhook,
    pub(super) cap: RunningCap,
    pub(super) television: EndpointId,
    pub(super) railways: EndpointId,
    pub(super) room: Actor,
    /// What the partners' own clocks show, in milliseconds since 1970 UTC.
    time: Arc<AtomicU64>,
}

impl Connected {
    pub(super) async fn new() -> Self {
        let address = "127.0.0.1:0".parse().unwrap();
        let time = Arc::new(AtomicU64::new(0));
        let clock: Clock = {
            let time = Arc::clone(&time);
            Arc::new(move || time.load(Ordering::SeqCst))
        };
        let settings = WebhookSettings {
            secret: Secret::parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw").unwrap(),
            clock: Arc::clone(&clock),
        };
        let hook = WebhookReceiver::start(address, settings).await.unwrap();
        let settings = CapSettings {
            token: TOKEN.to_owned(),
            audience: Audience::Public,
            clock,
        };
        let cap = CapIntake::start(address, settings).await.unwrap();
        let scene = Scene::with(vec![hook.addr(), cap.addr()]).await;
        let now_ms = scene.house.clock.now_ms();
        time.store(now_ms.unsigned_abs(), Ordering::SeqCst);
        allow(
            &scene.house.app,
            &scene.officer,
            scene.case,
            ChannelAnswer::Given,
        )
        .await;
        let room = scene.house.room().await;
        let television = add(&scene, ("television", "webhook"), hook.base_url()).await;
        let secret = television.secret.as_deref().unwrap();
        hook.rotate(Secret::parse(secret).unwrap());
        hook.retire_former_secret();
        let railways = add(&scene, ("railways", "cap_partner"), cap.base_url()).await;
        Self {
            television: television.endpoint,
            railways: railways.endpoint,
            scene,
            hook,
            cap,
            room,
            time,
        }
    }

    /// Moves the clocks of the house and of its partners on.
    pub(super) fn advance(&self, ms: i64) {
        self.time.fetch_add(ms.unsigned_abs(), Ordering::SeqCst);
        self.scene.house.clock.advance(ms);
    }

    pub(super) async fn stories(&self, alert: AlertId) -> Vec<DeliveryStory> {
        let app = &self.scene.house.app;
        app.deliveries(&self.room, alert).await.unwrap()
    }

    /// The newest delivery to a system.
    pub(super) async fn newest(&self, alert: AlertId, to: EndpointId) -> DeliveryStory {
        let stories = self.stories(alert).await;
        let mut mine = stories
            .into_iter()
            .rev()
            .filter(|one| one.row.endpoint == to);
        mine.next().expect("something was delivered there")
    }

    /// Waits until both have the newest version.
    pub(super) async fn both_told(&self, alert: AlertId) {
        self.until(alert, self.television, sent).await;
        self.until(alert, self.railways, sent).await;
    }

    /// Waits until the newest delivery to a system is as wished.
    pub(super) async fn until(
        &self,
        alert: AlertId,
        to: EndpointId,
        wished: fn(&AddressedRow) -> bool,
    ) {
        self.scene
            .wait("the delivery", || async {
                let stories = self.stories(alert).await;
                let mine = stories.iter().rev().find(|one| one.row.endpoint == to);
                mine.is_some_and(|one| wished(&one.row))
            })
            .await;
    }

    /// The kinds of what the television took, in order; what it turned away is not among them.
    pub(super) fn taken(&self) -> Vec<String> {
        let events = self.hook.events().into_iter();
        let taken = events.filter(|event| event.taken > 0);
        taken.map(|event| event.kind).collect()
    }

    pub(super) fn kinds(&self) -> Vec<String> {
        let events = self.hook.events();
        events.iter().map(|event| event.kind.clone()).collect()
    }
}

async fn add(scene: &Scene, to: (&str, &str), url: String) -> MadeEndpoint {
    add_of(scene, to, url, "").await
}

/// A system that asks for this profile of CAP messages.
async fn add_of(
    scene: &Scene,
    (partner, channel): (&str, &str),
    url: String,
    profile: &str,
) -> MadeEndpoint {
    let administrator = scene.house.administrator().await;
    let new = NewEndpoint {
        partner: partner.to_owned(),
        channel: channel.to_owned(),
        url,
        bearer: match channel {
            "cap_partner" => TOKEN.to_owned(),
            _ => String::new(),
        },
        profile: profile.to_owned(),
    };
    scene
        .house
        .app
        .add_endpoint(&administrator, new)
        .await
        .unwrap()
}

pub(super) fn given_up(row: &AddressedRow) -> bool {
    row.state == DeliveryState::Dead
}

pub(super) fn sent(row: &AddressedRow) -> bool {
    row.outcome == Some(Outcome::Sent)
}

#[tokio::test(flavor = "multi_thread")]
async fn both_systems_are_told_of_the_alert_its_update_and_its_end_and_only_then_it_is_dark() {
    let mut house = Connected::new().await;
    house.scene.start();
    let alert = house.scene.issue().await;
    house.both_told(alert).await;
    assert_eq!(house.cap.current().len(), 1, "the railways show it");
    house.scene.update(alert, DraftChange::default()).await;
    house
        .until(alert, house.television, |row| row.version == 2 && sent(row))
        .await;
    house
        .until(alert, house.railways, |row| row.version == 2 && sent(row))
        .await;
    house.scene.ends_dark(alert, EndReason::Found).await;
    assert_eq!(
        house.kinds(),
        ["alert.issued", "alert.updated", "alert.ended"]
    );
    assert!(house.cap.current().is_empty(), "nothing is shown any more");
    for story in house.stories(alert).await {
        assert_eq!(story.row.state, DeliveryState::Done);
        assert_eq!(story.attempts.len(), 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_whose_profile_is_not_met_is_told_nothing_and_stands_on_the_duty_desk() {
    let mut house = Connected::new().await;
    let railways = ("railways", "cap_partner");
    let strict = add_of(&house.scene, railways, house.cap.base_url(), "cap-cp").await;
    let met = add_of(&house.scene, railways, house.cap.base_url(), "ipaws").await;
    house.scene.start();
    let alert = house.scene.issue().await;
    house.until(alert, strict.endpoint, given_up).await;
    house.until(alert, met.endpoint, sent).await;
    house.until(alert, house.railways, sent).await;
    let story = house.newest(alert, strict.endpoint).await;
    assert_eq!(story.row.outcome, Some(Outcome::Refused));
    assert_eq!(story.attempts[0].code, "cap_profile_unmet");
    let board = house.scene.house.app.board(&house.room).await.unwrap();
    assert!(board.iter().any(|duty| duty.kind == DutyKind::DeadDelivery));
    house.scene.ends_dark(alert, EndReason::Found).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_guardians_consent_to_a_partner_its_system_is_not_called() {
    let mut house = Connected::new().await;
    let app = house.scene.house.app.clone();
    allow(
        &app,
        &house.scene.officer,
        house.scene.case,
        ChannelAnswer::Refused,
    )
    .await;
    house.scene.start();
    let alert = house.scene.issue().await;
    house.scene.settled(alert).await;
    house.scene.ends_dark(alert, EndReason::Found).await;
    assert!(house.stories(alert).await.is_empty());
    assert!(house.kinds().is_empty() && house.cap.current().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_never_came_is_read_back_where_the_partner_shows_what_it_has() {
    let mut house = Connected::new().await;
    house.cap.play(vec![Fault::unknown_after_accept().next(1)]);
    house.scene.start();
    let alert = house.scene.issue().await;
    house.until(alert, house.railways, sent).await;
    let story = house.newest(alert, house.railways).await;
    assert_eq!(story.attempts.len(), 1, "asked, not told again");
    assert_eq!(house.cap.current().len(), 1);
    house.scene.ends_dark(alert, EndReason::Found).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_webhook_without_an_answer_is_told_again_under_the_same_id_and_counts_it_once() {
    let mut house = Connected::new().await;
    house.hook.play(vec![Fault::unknown_after_accept().next(1)]);
    house.scene.start();
    let alert = house.scene.issue().await;
    house
        .until(alert, house.television, |row| {
            row.outcome == Some(Outcome::Unknown)
        })
        .await;
    house.scene.house.clock.advance(2_000);
    house.both_told(alert).await;
    let story = house.newest(alert, house.television).await;
    let known: Vec<_> = story.attempts.iter().map(|one| one.outcome).collect();
    assert_eq!(known, [Outcome::Unknown, Outcome::Sent]);
    assert_eq!(house.kinds(), ["alert.issued"], "one event, twice told");
    house.scene.ends_dark(alert, EndReason::Found).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_after_a_call_that_was_not_heard_of_hides_nothing_and_the_end_goes_there() {
    let mut house = Connected::new().await;
    let unheard = Fault::unknown_after_accept().next(1);
    house.hook.play(vec![unheard, Fault::permanent().next(1)]);
    house.scene.start();
    let alert = house.scene.issue().await;
    house
        .until(alert, house.television, |row| {
            row.outcome == Some(Outcome::Unknown)
        })
        .await;
    house.scene.house.clock.advance(2_000);
    house.until(alert, house.television, given_up).await;
    house.until(alert, house.railways, sent).await;
    let story = house.newest(alert, house.television).await;
    let known: Vec<_> = story.attempts.iter().map(|one| one.outcome).collect();
    assert_eq!(known, [Outcome::Unknown, Outcome::Refused]);
    assert_eq!(story.row.outcome, Some(Outcome::Unknown), "it may have it");
    house.scene.ends_dark(alert, EndReason::Found).await;
    assert_eq!(
        house.kinds().last().map(String::as_str),
        Some("alert.ended")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_is_gone_gets_no_more_alerts_and_stands_on_the_duty_desk() {
    let mut house = Connected::new().await;
    house.hook.play(vec![Fault::gone()]);
    house.scene.start();
    let alert = house.scene.issue().await;
    house.until(alert, house.television, given_up).await;
    let app = house.scene.house.app.clone();
    let row = app.endpoint_row(house.television).await.unwrap();
    assert_eq!(
        (row.state, row.why.as_str()),
        (EndpointState::Disabled, "gone")
    );
    let board = app.board(&house.room).await.unwrap();
    assert!(board.iter().any(|duty| duty.kind == DutyKind::DeadDelivery));
    house.until(alert, house.railways, sent).await;
    house.scene.ends_dark(alert, EndReason::Found).await;
    let board = app.board(&house.room).await.unwrap();
    assert!(board.iter().all(|duty| duty.kind != DutyKind::DeadDelivery));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_silent_partner_keeps_the_recall_open_by_name_until_somebody_says_why_it_may_go_on() {
    let mut house = Connected::new().await;
    house.scene.start();
    let alert = house.scene.issue().await;
    house.both_told(alert).await;
    house.hook.play(vec![Fault::permanent()]);
    house.scene.ends(alert, EndReason::Found).await;
    house
        .until(alert, house.television, |row| {
            row.version == 2 && row.state == DeliveryState::Dead
        })
        .await;
    house
        .until(alert, house.railways, |row| row.version == 2 && sent(row))
        .await;
    house.scene.case_is(CaseState::Recalling).await;
    let app = house.scene.house.app.clone();
    let open = app
        .open_items(&house.scene.officer, house.scene.case)
        .await
        .unwrap();
    let recall = open
        .iter()
        .find(|open| open.item == tifli_domain::closing::Item::Recall);
    assert!(recall.unwrap().waits_for.contains(&"television".to_owned()));
    let dead = house.newest(alert, house.television).await.row.delivery;
    let empty = app
        .release_delivery(&house.room, dead, " ")
        .await
        .unwrap_err();
    assert_eq!(empty.problems[0].field, "reason");
    let refused = app
        .release_delivery(&house.scene.officer, dead, "why")
        .await;
    assert!(refused.is_err(), "an officer does not decide this");
    let reason = "The editor took it off the air by telephone.";
    app.release_delivery(&house.room, dead, reason)
        .await
        .unwrap();
    house.scene.case_is(CaseState::Dark).await;
    let story = app.delivery_story(&house.room, dead).await.unwrap();
    assert_eq!(story.released.as_deref(), Some(reason));
    assert_eq!(story.row.released_by, Some(house.room.person));
    house.scene.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_that_a_silent_partner_does_not_answer_is_let_go_before_it_is_given_up() {
    let mut house = Connected::new().await;
    house.scene.start();
    let alert = house.scene.issue().await;
    house.both_told(alert).await;
    let app = house.scene.house.app.clone();
    let told = house.newest(alert, house.television).await.row.delivery;
    let refused = app.release_delivery(&house.room, told, "No need.").await;
    assert_eq!(
        refused.unwrap_err().code,
        "delivery_not_given_up",
        "it was taken"
    );
    house.hook.play(vec![Fault::never_answers()]);
    house.scene.ends(alert, EndReason::Found).await;
    house
        .until(alert, house.television, |row| {
            row.version == 2 && row.attempts > 0
        })
        .await;
    house
        .until(alert, house.railways, |row| row.version == 2 && sent(row))
        .await;
    let silent = house.newest(alert, house.television).await.row.delivery;
    let reason = "Nobody answers there; the station is off the air.";
    app.release_delivery(&house.room, silent, reason)
        .await
        .unwrap();
    house.scene.case_is(CaseState::Dark).await;
    house.hook.play(Vec::new());
    house.scene.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_partner_that_lies_is_not_believed() {
    let mut house = Connected::new().await;
    house.hook.play(vec![Fault::lies()]);
    house.scene.start();
    let alert = house.scene.issue().await;
    house.until(alert, house.railways, sent).await;
    house.until(alert, house.television, given_up).await;
    let row = house.newest(alert, house.television).await.row;
    assert_eq!(row.outcome, Some(Outcome::Refused));
    assert_eq!(row.code.as_deref(), Some("said_error"));
    house.scene.ends_dark(alert, EndReason::Found).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_secret_changes_both_sign() {
    let mut house = Connected::new().await;
    let app = house.scene.house.app.clone();
    let administrator = house.scene.house.administrator().await;
    let made = app
        .rotate_endpoint(&administrator, house.television)
        .await
        .unwrap();
    house.scene.start();
    let alert = house.scene.issue().await;
    house.both_told(alert).await;
    house
        .hook
        .rotate(Secret::parse(&made.secret.unwrap()).unwrap());
    house.hook.retire_former_secret();
    house.scene.ends_dark(alert, EndReason::Found).await;
    assert_eq!(house.kinds(), ["alert.issued", "alert.ended"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slow_partner_delays_no_other_and_no_end() {
    let mut house = Connected::new().await;
    house.hook.play(vec![Fault::never_answers()]);
    house.scene.start();
    let alert = house.scene.issue().await;
    house.until(alert, house.railways, sent).await;
    let slow = house.newest(alert, house.television).await;
    assert_eq!(
        slow.row.state,
        DeliveryState::Sending,
        "still waiting for it"
    );
    assert_eq!(slow.attempts[0].ended_ms, None);
    house.hook.play(Vec::new());
    house.scene.ends_dark(alert, EndReason::Found).await;
    assert!(
        house.kinds().contains(&"alert.ended".to_owned()),
        "it may have the alert"
    );
}
