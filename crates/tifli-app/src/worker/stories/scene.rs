//! A house, a push service and people subscribed in towns: what every story starts from.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use tifli_channel::mail::AlertMailer;
use tifli_domain::Actor;
use tifli_domain::alert::EndReason;
use tifli_domain::case::CaseState;
use tifli_domain::id::{AlertId, CaseId, MessageId};
use tifli_geo::Cell;
use tifli_sandbox::push::{PushService, PushSettings, Running, SubscriberKeys, VapidCheck};
use tifli_units::Position;

use crate::alert::{DraftChange, Progress};
use crate::report::Confirmation;
use crate::subscribe::{Invented, NewSubscription};
use crate::testing::TestHouse;
use crate::worker::Workers;

pub(super) const SEED: [u8; 32] = [3; 32];
/// Inside an alert of 160 km around Rabat.
pub(super) const SALE: (f64, f64) = (34.04, -6.80);
/// Far outside of it.
pub(super) const OUJDA: (f64, f64) = (34.68, -1.91);

/// What a push service was handed.
#[derive(Debug, Clone, Deserialize, PartialEq, Eq)]
pub(super) struct Arrival {
    pub(super) n: u32,
    pub(super) topic: String,
    pub(super) kind: String,
    pub(super) version: u32,
}

pub(super) struct Scene {
    pub(super) house: TestHouse,
    pub(super) push: Running,
    pub(super) officer: Actor,
    pub(super) approver: Actor,
    pub(super) case: CaseId,
    workers: Option<Workers>,
    next: u32,
}

impl Scene {
    pub(super) async fn new() -> Self {
        Self::with(Vec::new()).await
    }

    /// The same in a house that sends alerts by e-mail through this mailer.
    pub(super) async fn with_letters(letters: AlertMailer) -> Self {
        Self::of(Vec::new(), Some(letters)).await
    }

    /// The same with systems of partners that may be called.
    pub(super) async fn with(systems: Vec<SocketAddr>) -> Self {
        Self::of(systems, None).await
    }

    async fn of(systems: Vec<SocketAddr>, letters: Option<AlertMailer>) -> Self {
        let settings = PushSettings {
            seed: SEED,
            vapid: VapidCheck::Off,
            mint_from: 1_000_000,
            clock: Arc::new(|| 0),
        };
        let address = "127.0.0.1:0".parse().unwrap();
        let push = PushService::start(address, settings).await.unwrap();
        let mut partners = systems;
        partners.push(push.addr());
        let house = match letters {
            Some(letters) => TestHouse::with_letters(partners, letters).await,
            None => TestHouse::with_partners(partners).await,
        };
        let (officer, approver) = (house.officer().await, house.approver().await);
        let case = house.received_case(&officer).await;
        Self {
            house,
            push,
            officer,
            approver,
            case,
            workers: None,
            next: 0,
        }
    }

    /// Subscribes so many people at this place; their numbers.
    pub(super) async fn people(&mut self, amount: u32, place: (f64, f64)) -> Vec<u32> {
        let cell = Cell::at(Position::new(place.0, place.1).unwrap()).raw();
        let numbers: Vec<u32> = (self.next + 1..=self.next + amount).collect();
        self.next += amount;
        let batch = numbers
            .iter()
            .map(|n| invented(&self.push.origin(), *n, cell))
            .collect();
        self.house.app.invent_subscribers(batch).await.unwrap();
        numbers
    }

    /// The phone with this number subscribes again from another place.
    pub(super) async fn moves_to(&self, n: u32, place: (f64, f64)) {
        let mover = SubscriberKeys::derive(&SEED, n).subscription(&self.push.origin(), n);
        let moved = NewSubscription {
            endpoint: mover.endpoint,
            p256dh: mover.keys.p256dh,
            auth: mover.keys.auth,
            position: Position::new(place.0, place.1).unwrap(),
            language: "fr".into(),
        };
        self.house.app.subscribe(moved).await.unwrap();
    }

    /// Drafts, submits and approves the alert of the case.
    pub(super) async fn issue(&self) -> AlertId {
        let app = &self.house.app;
        let message = app.begin_alert(&self.officer, self.case).await.unwrap();
        self.approve(message).await
    }

    /// An alert of another case.
    pub(super) async fn issue_another(&self) -> AlertId {
        let case = self.house.received_case(&self.officer).await;
        let message = self
            .house
            .app
            .begin_alert(&self.officer, case)
            .await
            .unwrap();
        self.approve(message).await
    }

    /// Writes to the database past the program; how many rows it changed.
    pub(super) async fn forge(&self, sql: &'static str) -> u64 {
        let forged = self.house.app.db().write("forge", sql, |tx, sql| {
            Box::pin(async move { Ok::<_, crate::AppError>(tx.query(sql).run().await?) })
        });
        forged.await.unwrap()
    }

    /// Submits and approves a drafted version.
    pub(super) async fn approve(&self, message: MessageId) -> AlertId {
        let app = &self.house.app;
        let submitted = app
            .submit(&self.officer, message, Confirmation::Given)
            .await
            .unwrap();
        app.approve(&self.approver, message, submitted.binding.clone())
            .await
            .unwrap();
        submitted.binding.alert
    }

    /// Drafts, submits and approves an update.
    pub(super) async fn update(&self, alert: AlertId, change: DraftChange) {
        let app = &self.house.app;
        let message = app.begin_update(&self.officer, alert).await.unwrap();
        app.save_draft(&self.officer, message, change)
            .await
            .unwrap();
        self.approve(message).await;
    }

    /// The officer ends the alert.
    pub(super) async fn ends(&self, alert: AlertId, reason: EndReason) {
        let ended = self.house.app.cancel(&self.officer, alert, reason).await;
        ended.expect("a live alert can be ended");
    }

    /// The officer ends the alert, everyone is told, and the workers stop.
    pub(super) async fn ends_dark(&mut self, alert: AlertId, reason: EndReason) {
        self.ends(alert, reason).await;
        self.case_is(CaseState::Dark).await;
        self.stop().await;
    }

    /// The delivery page of the alert.
    pub(super) async fn progress(&self, alert: AlertId) -> Progress {
        let progress = self.house.app.progress(&self.approver, alert).await;
        progress.expect("an approver may read deliveries")
    }

    /// Waits until exactly so many recipients wait for another attempt.
    pub(super) async fn waiting(&self, alert: AlertId, amount: usize) {
        self.wait("some wait for another attempt", || async {
            let failures = self.progress(alert).await.failures;
            failures.iter().filter(|f| f.next_ms.is_some()).count() == amount
        })
        .await;
    }

    pub(super) fn start(&mut self) {
        self.workers = Some(Workers::start(&self.house.app));
    }

    pub(super) async fn stop(&mut self) {
        if let Some(workers) = self.workers.take() {
            workers.stop().await;
        }
    }

    /// Waits until every delivery of the alert is finished.
    pub(super) async fn settled(&self, alert: AlertId) {
        self.wait("the deliveries end", || async {
            let channels = self.progress(alert).await.channels;
            let last = channels.iter().rev().find(|c| c.channel == "web_push");
            last.is_some_and(|c| c.relayed && c.segments.0 == c.segments.1)
        })
        .await;
    }

    /// Waits until the push service was handed so many messages of `kind`.
    pub(super) async fn arrived(&self, kind: &str, amount: usize) {
        self.wait(kind, || async { self.reached(kind).await.len() >= amount })
            .await;
    }

    /// Waits until the case is in `state`.
    pub(super) async fn case_is(&self, state: CaseState) {
        self.wait("the case moves on", || async {
            let file = self
                .house
                .app
                .read_file(&self.officer, self.case, "test")
                .await
                .unwrap();
            file.row.state == state
        })
        .await;
    }

    /// Looks again and again, for a minute at most.
    pub(super) async fn wait<F, Fut>(&self, what: &str, done: F)
    where
        F: Fn() -> Fut,
        Fut: Future<Output = bool>,
    {
        for _ in 0..6_000 {
            if done().await {
                return;
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{what}: not within a minute");
    }

    /// Whoever cannot be reached is tried again after these seconds, one after the other.
    pub(super) async fn is_tried_again_after(&self, alert: AlertId, schedule: &[u32]) {
        for (attempts, seconds) in (1..).zip(schedule) {
            self.wait("the next attempt", || async {
                let failures = self.progress(alert).await.failures;
                failures.first().is_some_and(|one| one.attempts == attempts)
            })
            .await;
            let failure = self.progress(alert).await.failures.remove(0);
            let wait = failure.next_ms.expect("it is tried again") - self.house.clock.now_ms();
            let said = i64::from(*seconds) * 1_000;
            assert_eq!(wait, said, "after attempt {attempts}");
            self.house.clock.advance(wait);
        }
    }

    /// Everything the push service was handed, in order.
    pub(super) async fn arrivals(&self) -> Vec<Arrival> {
        let url = format!("{}/ledger?after=0&limit=100000", self.push.origin());
        let text = reqwest::get(url).await.unwrap().text().await.unwrap();
        text.lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect()
    }

    /// Who was handed `kind`, each as often as it came, sorted.
    pub(super) async fn reached(&self, kind: &str) -> Vec<u32> {
        let arrivals = self.arrivals().await;
        let mut numbers: Vec<u32> = arrivals
            .iter()
            .filter(|a| a.kind == kind)
            .map(|a| a.n)
            .collect();
        numbers.sort_unstable();
        numbers
    }

    /// Gives the push service a script of faults.
    pub(super) async fn faults(&self, script: serde_json::Value) {
        let url = format!("{}/faults", self.push.origin());
        let answer = reqwest::Client::new()
            .post(url)
            .json(&script)
            .send()
            .await
            .unwrap();
        assert!(answer.status().is_success(), "the script is accepted");
    }
}

pub(super) fn invented(origin: &str, n: u32, cell: u64) -> Invented {
    let subscription = SubscriberKeys::derive(&SEED, n).subscription(origin, n);
    let keys = tifli_channel::web_push::Subscription::from_base64(
        &subscription.endpoint,
        &subscription.keys.p256dh,
        &subscription.keys.auth,
    )
    .unwrap();
    Invented {
        cell,
        endpoint: subscription.endpoint,
        p256dh: keys.p256dh,
        auth: keys.auth,
        language: if n.is_multiple_of(2) { "ar" } else { "fr" }.to_owned(),
    }
}
