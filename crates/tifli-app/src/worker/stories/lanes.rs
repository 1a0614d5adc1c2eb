//! The lane of ends: workers and seats of their own at every step, for an end by hand, and by the clock.

use tifli_domain::alert::{AlertState, EndReason};
use tifli_domain::delivery::DeliveryState;
use tifli_domain::id::AlertId;
use tifli_domain::message::MsgType;
use tifli_sandbox::faults::Fault;
use tifli_store::delivery::{self, DeliveryRow};
use tokio_util::task::TaskTracker;

use super::scene::{SALE, Scene};
use super::systems::{Connected, sent};
use crate::AppError;
use crate::alert::DraftChange;
use crate::worker::address::Callers;
use crate::worker::gate::Gate;
use crate::worker::relay::{lane, relay_end, relay_one};
use crate::worker::roll::Kind;
use crate::worker::{deliver, watch};

async fn deliveries(scene: &Scene, alert: AlertId) -> Vec<DeliveryRow> {
    let read = scene.house.app.db().read("deliveries", alert, |reads, id| {
        Box::pin(async move { Ok::<_, AppError>(delivery::list_by_alert(reads, *id).await?) })
    });
    read.await.unwrap()
}

/// Relays until nothing is left.
async fn relay_all(scene: &Scene) {
    while relay_one(&scene.house.app).await.unwrap() {}
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_of_ends_take_no_alert_and_find_every_end_by_hand_or_by_the_clock() {
    for by_clock in [false, true] {
        let mut scene = Scene::new().await;
        scene.people(3, SALE).await;
        let app = scene.house.app.clone();
        let alert = scene.issue().await;
        assert_eq!(relay_end(&app).await, Ok(false), "an alert is not for them");
        relay_all(&scene).await;
        let gate = Gate::default();
        assert_eq!(
            deliver::deliver_end(&app, &gate, Kind::Push).await,
            Ok(false)
        );
        while deliver::deliver_one(&app, &gate, Kind::Push).await.unwrap() {}
        if by_clock {
            scene.house.clock.advance(25 * 3_600_000);
            watch::watch_all(&app).await.unwrap();
        } else {
            scene.ends(alert, EndReason::Found).await;
        }
        // An alert of another case waits before it, and stays where it is.
        let other = scene.issue_another().await;
        while relay_end(&app).await.unwrap() {}
        assert!(deliveries(&scene, other).await.is_empty());
        let ends = deliveries(&scene, alert).await;
        let ends: Vec<_> = ends.iter().filter(|row| row.lane == 0).collect();
        assert_eq!(ends.len(), 1, "three people, one segment");
        while deliver::deliver_end(&app, &gate, Kind::Push).await.unwrap() {}
        assert_eq!(scene.reached("ended").await, [1, 2, 3], "clock: {by_clock}");
        let ended = app.summary(&scene.approver, alert).await.unwrap();
        assert_ne!(ended.state, AlertState::Live);
        let expired = ended.end_reason == Some(EndReason::Expired);
        assert_eq!(expired, by_clock);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn seats_of_ends_are_taken_by_no_alert_and_its_systems_are_told_from_them() {
    let house = Connected::new().await;
    let app = house.scene.house.app.clone();
    let alert = house.scene.issue().await;
    relay_all(&house.scene).await;
    let tasks = TaskTracker::new();
    let (all, ends) = (Callers::of_all(&tasks), Callers::of_ends(&tasks));
    assert_eq!(ends.call_one(&app).await, Ok(false), "an alert waits");
    while all.call_one(&app).await.unwrap() {}
    house.both_told(alert).await;
    house.scene.ends(alert, EndReason::Found).await;
    while relay_end(&app).await.unwrap() {}
    assert_eq!(ends.call_one(&app).await, Ok(true));
    assert_eq!(ends.call_one(&app).await, Ok(true));
    assert_eq!(ends.call_one(&app).await, Ok(false), "both are told");
    for to in [house.television, house.railways] {
        house
            .until(alert, to, |row| {
                row.msg_type == MsgType::Cancel && sent(row)
            })
            .await;
    }
    tasks.close();
    tasks.wait().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_overtakes_what_a_system_was_not_told_yet_and_no_earlier_version_follows() {
    let mut house = Connected::new().await;
    house.hook.play(vec![Fault::transient()]);
    house.scene.start();
    let alert = house.scene.issue().await;
    house
        .until(alert, house.television, |row| {
            row.state == DeliveryState::Retrying
        })
        .await;
    house.scene.update(alert, DraftChange::default()).await;
    let app = &house.scene.house.app;
    assert!(!app.tombstones().allows(alert, 1), "from its answer on");
    house.hook.play(Vec::new());
    for to in [house.television, house.railways] {
        house
            .until(alert, to, |row| row.version == 2 && sent(row))
            .await;
    }
    house.advance(10_000);
    let stories = house.stories(alert).await;
    let first = stories
        .iter()
        .find(|one| one.row.endpoint == house.television && one.row.version == 1);
    assert_eq!(first.unwrap().row.state, DeliveryState::Withdrawn);
    house.scene.ends_dark(alert, EndReason::Found).await;
    assert_eq!(house.taken(), ["alert.updated", "alert.ended"]);
}

#[test]
fn an_end_goes_before_an_alert_and_an_alert_before_an_update() {
    let lanes = [MsgType::Cancel, MsgType::Alert, MsgType::Update].map(lane);
    assert_eq!(lanes, [0, 1, 2]);
}
