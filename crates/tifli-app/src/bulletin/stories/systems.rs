//! Telegrams at the services' own systems: what each was handed, what is known of it, and that no end is lost.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tifli_domain::delivery::{DeliveryState, Outcome};
use tifli_domain::endpoint::EndpointState;
use tifli_domain::id::EndpointId;
use tifli_sandbox::Clock;
use tifli_sandbox::cap::{Audience, CapIntake, CapSettings, Message, MsgType, RunningCap, Scope};
use tifli_store::dispatch::{self, DispatchRow};

use super::*;
use crate::endpoint::NewEndpoint;

const TOKEN: &str = "a-token-of-the-service";

async fn intake(clock: Clock) -> RunningCap {
    let settings = CapSettings {
        token: TOKEN.to_owned(),
        audience: Audience::Restricted,
        clock,
    };
    let address = "127.0.0.1:0".parse().unwrap();
    CapIntake::start(address, settings).await.unwrap()
}

/// A house, the systems of the police and of the borders, and a child whom both seek.
struct Connected {
    house: TestHouse,
    officer: Actor,
    room: Actor,
    case: CaseId,
    bulletin: BulletinId,
    police: RunningCap,
    borders: RunningCap,
    workers: Option<Workers>,
    time: Arc<AtomicU64>,
}

fn new_system(partner: &str, url: String) -> NewEndpoint {
    NewEndpoint {
        partner: partner.to_owned(),
        channel: "bulletin_cap".to_owned(),
        url,
        bearer: TOKEN.to_owned(),
        profile: String::new(),
    }
}

async fn connect(house: &TestHouse, service: &str, to: &RunningCap) -> EndpointId {
    let administrator = house.administrator().await;
    let new = new_system(service, to.base_url());
    let made = house.app.add_endpoint(&administrator, new).await.unwrap();
    made.endpoint
}

impl Connected {
    /// Both systems are there before the child is sought.
    async fn new() -> Self {
        Self::with(&[POLICE, BORDERS]).await
    }

    /// Only the systems of these are.
    async fn with(connected: &[&str]) -> Self {
        let time = Arc::new(AtomicU64::new(0));
        let shown = Arc::clone(&time);
        let clock: Clock = Arc::new(move || shown.load(Ordering::SeqCst));
        let (police, borders) = (intake(Arc::clone(&clock)).await, intake(clock).await);
        let house = TestHouse::with_partners(vec![police.addr(), borders.addr()]).await;
        time.store(house.clock.now_ms().unsigned_abs(), Ordering::SeqCst);
        for (service, to) in [(POLICE, &police), (BORDERS, &borders)] {
            if connected.contains(&service) {
                connect(&house, service, to).await;
            }
        }
        let (house, [officer, room], (case, bulletin)) = sought_in(house, &[POLICE, BORDERS]).await;
        let workers = Some(Workers::start(&house.app));
        Self {
            house,
            officer,
            room,
            case,
            bulletin,
            police,
            borders,
            workers,
            time,
        }
    }

    fn advance(&self, ms: i64) {
        self.time.fetch_add(ms.unsigned_abs(), Ordering::SeqCst);
        self.house.clock.advance(ms);
    }

    /// Tells the services something new.
    async fn update(&self, clothes: &str) {
        let news = [(Field::Clothes, clothes), (Field::ClothesAr, "فستان أزرق")];
        self.house.answer(&self.officer, self.case, &news).await;
        let sent = self.house.app.send_bulletin(&self.officer, self.case).await;
        assert_eq!(sent, Ok(self.bulletin));
    }

    /// The file is closed without the child, and with it the search.
    async fn cease(&self) {
        self.house.given_up(&self.officer, self.case).await;
        let closed = self.house.app.close_case(&self.officer, self.case).await;
        closed.unwrap();
    }

    async fn rows(&self, service: &str) -> Vec<DispatchRow> {
        let rows = self
            .house
            .app
            .db()
            .read("rows", self.bulletin, |reads, id| {
                Box::pin(
                    async move { Ok::<_, AppError>(dispatch::list_by_bulletin(reads, *id).await?) },
                )
            });
        let mut rows = rows.await.unwrap();
        rows.retain(|row| row.service.as_str() == service);
        rows
    }

    /// The row of this version at a service, once it is as wished.
    async fn until(
        &self,
        (service, version): (&str, u32),
        wished: fn(&DispatchRow) -> bool,
    ) -> DispatchRow {
        let mut last = Vec::new();
        for _ in 0..3_000 {
            last = self.rows(service).await;
            let mut mine = last.iter().filter(|row| row.version == version);
            if let Some(row) = mine.next().filter(|row| wished(row)) {
                return row.clone();
            }
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        panic!("{service} {version}: {last:?}");
    }

    async fn both(&self, version: u32) {
        for service in [POLICE, BORDERS] {
            self.until((service, version), sent).await;
        }
    }

    /// What each call of a row came to.
    async fn calls(&self, row: &DispatchRow) -> Vec<String> {
        let story = self
            .house
            .app
            .dispatch_story(&self.room, row.dispatch)
            .await;
        let calls = story.unwrap().calls;
        calls.into_iter().map(|call| call.code).collect()
    }

    async fn on_board(&self) -> usize {
        let board = self.house.app.board(&self.room).await.unwrap();
        let mine = board
            .iter()
            .filter(|one| one.kind == DutyKind::BulletinSystem);
        mine.count()
    }

    async fn forge(&self, sql: &'static str) {
        let forged = self.house.app.db().write("forge", sql, |tx, sql| {
            Box::pin(async move { Ok::<_, AppError>(tx.query(sql).run().await?) })
        });
        assert!(forged.await.unwrap() > 0, "{sql}");
    }

    async fn stop(&mut self) {
        if let Some(workers) = self.workers.take() {
            workers.stop().await;
        }
    }
}

fn sent(row: &DispatchRow) -> bool {
    row.outcome == Some(Outcome::Sent)
}

fn dead(row: &DispatchRow) -> bool {
    row.state == DeliveryState::Dead
}

fn waits(row: &DispatchRow) -> bool {
    row.state == DeliveryState::Retrying
}

fn kinds(of: &RunningCap) -> Vec<MsgType> {
    let messages = of.messages().into_iter();
    messages.map(|message| message.msg_type).collect()
}

fn identifiers(messages: &[Message]) -> Vec<&str> {
    messages.iter().map(|one| one.identifier.as_str()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_system_has_the_telegrams_as_they_were_signed_and_shows_nothing_after_the_cessation() {
    use tifli_cap::sign::{PinnedList, verify};
    let mut sought = Connected::new().await;
    sought.both(1).await;
    sought.update("robe bleue").await;
    sought.both(2).await;
    assert_eq!(sought.police.current().len(), 1, "the update replaced it");
    sought.cease().await;
    sought.both(3).await;
    let app = &sought.house.app;
    let mut pinned = PinnedList::new();
    pinned.pin("house", app.cap_certificate().clone()).unwrap();
    for system in [&sought.police, &sought.borders] {
        let messages = system.messages();
        assert_eq!(
            kinds(system),
            [MsgType::Alert, MsgType::Update, MsgType::Cancel]
        );
        for (version, message) in (1..).zip(&messages) {
            let kept = app.bulletin_cap(&sought.room, sought.bulletin, Some(version));
            assert_eq!(message.raw, kept.await.unwrap().into_bytes());
            assert_eq!(verify(&message.raw, &pinned, app.now()).word(), "verified");
            assert_eq!(message.scope, Scope::Restricted);
            assert_eq!(message.times, 1);
        }
        let named = &messages[2].references;
        let named: Vec<_> = named.iter().map(|one| one.identifier.as_str()).collect();
        assert_eq!(named, identifiers(&messages)[..2]);
        assert!(system.current().is_empty());
    }
    assert_eq!(sought.on_board().await, 0);
    sought.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_never_came_is_read_back_and_not_told_again() {
    for fault in [Fault::unknown_after_accept(), Fault::close_mid_body()] {
        let mut sought = Connected::with(&[POLICE]).await;
        sought.until((POLICE, 1), sent).await;
        sought.police.play(vec![fault.next(1)]);
        sought.update("robe bleue").await;
        let row = sought.until((POLICE, 2), sent).await;
        assert_eq!(sought.calls(&row).await, ["accepted"]);
        assert_eq!(sought.police.messages()[1].times, 1);
        sought.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_that_asks_to_wait_is_called_then_and_not_before() {
    let mut sought = Connected::with(&[POLICE]).await;
    sought.until((POLICE, 1), sent).await;
    sought.police.play(vec![
        Fault::throttle(120).next(1),
        Fault::transient().next(1),
    ]);
    sought.update("robe bleue").await;
    let row = sought.until((POLICE, 2), waits).await;
    assert_eq!(row.next_ms - sought.house.clock.now_ms(), 120_000);
    sought.advance(120_000);
    sought
        .until((POLICE, 2), |row| {
            row.code.as_deref() == Some("unavailable") && waits(row)
        })
        .await;
    sought.advance(5_000);
    let row = sought.until((POLICE, 2), sent).await;
    assert_eq!(
        sought.calls(&row).await,
        ["throttled", "unavailable", "accepted"]
    );
    assert_eq!(sought.on_board().await, 0, "it was a matter of minutes");
    sought.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refusal_and_a_lie_stand_on_the_board_until_a_later_telegram_arrives() {
    for (fault, code) in [
        (Fault::lies(), "said_error"),
        (Fault::code(400), "rejected"),
    ] {
        let mut sought = Connected::with(&[POLICE]).await;
        sought.until((POLICE, 1), sent).await;
        sought.police.play(vec![fault.next(1)]);
        sought.update("robe bleue").await;
        let row = sought.until((POLICE, 2), dead).await;
        assert_eq!(row.outcome, Some(Outcome::Refused));
        assert_eq!(row.code.as_deref(), Some(code));
        assert_eq!(sought.on_board().await, 1);
        sought.update("robe verte").await;
        sought.until((POLICE, 3), sent).await;
        assert_eq!(sought.on_board().await, 0);
        sought.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_that_stays_away_is_on_the_board_after_minutes_and_called_on() {
    let mut sought = Connected::with(&[POLICE]).await;
    sought.until((POLICE, 1), sent).await;
    sought.police.play(vec![Fault::transient()]);
    sought.update("robe bleue").await;
    for attempts in 1..=5 {
        let mut row = sought.until((POLICE, 2), waits).await;
        while row.attempts < attempts || row.next_ms <= sought.house.clock.now_ms() {
            tokio::time::sleep(Duration::from_millis(10)).await;
            row = sought.until((POLICE, 2), waits).await;
        }
        assert_eq!(sought.on_board().await, usize::from(attempts == 5));
        sought.advance(row.next_ms - sought.house.clock.now_ms());
    }
    sought.police.play(Vec::new());
    let mut row = sought
        .until((POLICE, 2), |row| sent(row) || waits(row))
        .await;
    while !sent(&row) {
        sought.advance((row.next_ms - sought.house.clock.now_ms()).max(0));
        tokio::time::sleep(Duration::from_millis(50)).await;
        row = sought
            .until((POLICE, 2), |row| sent(row) || waits(row))
            .await;
    }
    assert_eq!(sought.on_board().await, 0, "it came after all");
    sought.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_that_never_answers_delays_no_other() {
    let mut sought = Connected::new().await;
    sought.both(1).await;
    sought.police.play(vec![Fault::never_answers().next(1)]);
    sought.update("robe bleue").await;
    sought.until((POLICE, 2), |row| row.attempts == 1).await;
    sought.until((BORDERS, 2), sent).await;
    sought.cease().await;
    sought.until((BORDERS, 3), sent).await;
    sought.until((POLICE, 3), sent).await;
    let kinds = kinds(&sought.police);
    assert_eq!(kinds.last(), Some(&MsgType::Cancel), "{kinds:?}");
    sought.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_dies_between_the_acceptance_and_its_record_tells_it_twice_and_it_counts_once() {
    let mut sought = Connected::with(&[POLICE]).await;
    sought.until((POLICE, 1), sent).await;
    sought.stop().await;
    // What a process leaves that died after the system took it.
    sought
        .forge("update dispatch set state = 'sending', outcome = 'unknown', code = 'left', sent_ms = null,
            finished_ms = null, lease_token = 'dead', lease_until_ms = 1")
        .await;
    sought
        .forge("update dispatch_call set ended_ms = null, outcome = 'unknown', code = 'left'")
        .await;
    sought.workers = Some(Workers::start(&sought.house.app));
    let row = sought.until((POLICE, 1), sent).await;
    assert_eq!(sought.calls(&row).await, ["left", "accepted"]);
    let messages = sought.police.messages();
    assert_eq!((messages.len(), messages[0].times), (1, 2));
    sought.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_end_goes_to_a_system_that_was_switched_off_or_whose_service_left() {
    let mut sought = Connected::new().await;
    sought.both(1).await;
    let app = sought.house.app.clone();
    let administrator = sought.house.administrator().await;
    let police = sought.rows(POLICE).await[0].endpoint;
    let off = EndpointState::Disabled;
    app.switch_endpoint(&administrator, police, off)
        .await
        .unwrap();
    only(&sought.house, &[POLICE]).await;
    sought.update("robe bleue").await;
    sought.cease().await;
    for service in [POLICE, BORDERS] {
        sought.until((service, 3), sent).await;
        let versions: Vec<_> = sought
            .rows(service)
            .await
            .iter()
            .map(|row| row.version)
            .collect();
        assert_eq!(versions, [1, 3], "{service}: no update");
    }
    for system in [&sought.police, &sought.borders] {
        assert_eq!(kinds(system), [MsgType::Alert, MsgType::Cancel]);
    }
    sought.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_that_was_told_nothing_is_told_of_no_end() {
    let mut sought = Connected::with(&[POLICE]).await;
    sought.until((POLICE, 1), sent).await;
    connect(&sought.house, BORDERS, &sought.borders).await;
    sought.cease().await;
    sought.until((POLICE, 2), sent).await;
    assert!(sought.rows(BORDERS).await.is_empty());
    assert!(sought.borders.messages().is_empty());
    sought.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_system_that_comes_during_the_search_has_the_first_telegram_before_the_update() {
    let mut sought = Connected::with(&[POLICE]).await;
    sought.until((POLICE, 1), sent).await;
    connect(&sought.house, BORDERS, &sought.borders).await;
    sought.update("robe bleue").await;
    sought.until((BORDERS, 2), sent).await;
    assert_eq!(kinds(&sought.borders), [MsgType::Alert, MsgType::Update]);
    assert_eq!(sought.borders.current().len(), 1);
    assert_eq!(sought.on_board().await, 0);
    sought.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_overtaken_and_no_system_gets_an_earlier_telegram_after_a_later_one() {
    let mut sought = Connected::with(&[POLICE]).await;
    sought.until((POLICE, 1), sent).await;
    sought.police.play(vec![Fault::transient()]);
    sought.update("robe bleue").await;
    sought.until((POLICE, 2), waits).await;
    sought.update("robe verte").await;
    let row = sought
        .until((POLICE, 2), |row| row.state == DeliveryState::Withdrawn)
        .await;
    assert!(!sent(&row));
    sought.until((POLICE, 3), waits).await;
    sought.police.play(Vec::new());
    sought.advance(5_000);
    sought.until((POLICE, 3), sent).await;
    let messages = sought.police.messages();
    assert_eq!(messages.len(), 2, "the second never went");
    assert_eq!(
        messages[1].references.len(),
        2,
        "the third names both before it"
    );
    sought.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_telegram_whose_document_was_not_kept_stands_on_the_board_and_is_not_dropped() {
    let mut sought = Connected::with(&[POLICE]).await;
    sought.until((POLICE, 1), sent).await;
    sought.stop().await;
    sought.update("robe bleue").await;
    sought.forge("update telegram set cap_sealed = null").await;
    sought.workers = Some(Workers::start(&sought.house.app));
    let row = sought.until((POLICE, 2), dead).await;
    assert_eq!(row.code.as_deref(), Some("cap_not_kept"));
    assert_eq!(sought.on_board().await, 1);
    sought.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_erased_while_a_system_waits_to_be_told_of_the_end() {
    let mut sought = Connected::with(&[POLICE]).await;
    sought.until((POLICE, 1), sent).await;
    sought.police.play(vec![Fault::transient()]);
    sought.cease().await;
    sought.until((POLICE, 2), waits).await;
    let app = sought.house.app.clone();
    let refused = app
        .request_erasure(&sought.officer, sought.case, "its time is over")
        .await;
    let refused = refused.unwrap_err();
    assert_eq!(
        (refused.kind, refused.code.as_str()),
        (Kind::Conflict, "cessation_owed")
    );
    sought.police.play(Vec::new());
    sought.advance(5_000);
    sought.until((POLICE, 2), sent).await;
    let asked = app
        .request_erasure(&sought.officer, sought.case, "its time is over")
        .await;
    assert!(asked.is_ok(), "{asked:?}");
    sought.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_sees_its_own_system_and_no_other() {
    let mut sought = Connected::new().await;
    sought.both(1).await;
    let app = sought.house.app.clone();
    let own = unit(&sought.house, POLICE).await;
    let seen = app.bulletin_systems(&own, sought.bulletin).await.unwrap();
    let seen: Vec<_> = seen.iter().map(|one| one.row.service.as_str()).collect();
    assert_eq!(seen, [POLICE]);
    let [mine, other] = [
        &sought.rows(POLICE).await[0],
        &sought.rows(BORDERS).await[0],
    ];
    assert!(app.dispatch_story(&own, mine.dispatch).await.is_ok());
    let refused = app
        .dispatch_story(&own, other.dispatch)
        .await
        .err()
        .unwrap();
    assert_eq!(refused.kind, Kind::NotFound);
    let whole = app.bulletin_systems(&sought.room, sought.bulletin).await;
    assert_eq!(whole.unwrap().len(), 2);
    sought.stop().await;
}

#[tokio::test]
async fn only_an_active_service_has_a_system_for_bulletins() {
    let house = TestHouse::new().await;
    only(&house, &[POLICE]).await;
    let administrator = house.administrator().await;
    for (partner, channel, field, code) in [
        (BORDERS, "bulletin_cap", "partner", "service_inactive"),
        ("nobody", "bulletin_cap", "partner", "no_such_service"),
        (
            "television",
            "bulletin_cap",
            "partner",
            "system_of_a_partner",
        ),
        (POLICE, "cap_partner", "partner", "system_of_a_service"),
        (POLICE, "bulletin_mail", "channel", "not_an_answer"),
    ] {
        let new = NewEndpoint {
            channel: channel.to_owned(),
            ..new_system(partner, "https://intake.example.org/cap".to_owned())
        };
        let refused = house
            .app
            .add_endpoint(&administrator, new)
            .await
            .err()
            .unwrap();
        let said: Vec<_> = refused
            .problems
            .iter()
            .map(|one| (one.field.as_str(), one.code.as_str()))
            .collect();
        assert!(
            said.contains(&(field, code)),
            "{partner} {channel}: {said:?}"
        );
    }
    let new = NewEndpoint {
        profile: "ipaws".to_owned(),
        ..new_system(POLICE, "https://intake.example.org/cap".to_owned())
    };
    let refused = house
        .app
        .add_endpoint(&administrator, new)
        .await
        .err()
        .unwrap();
    assert_eq!(refused.problems[0].field, "profile");
    let good = new_system(POLICE, "https://intake.example.org/cap".to_owned());
    assert!(house.app.add_endpoint(&administrator, good).await.is_ok());
}
