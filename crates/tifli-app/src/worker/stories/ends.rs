//! The end of an alert: at once, to everyone who was handed it, and to nobody else.

use super::scene::{OUJDA, SALE, Scene, invented};
use crate::alert::DraftChange;
use crate::worker::gate::Gate;
use crate::worker::roll::Kind;
use crate::worker::{SENDERS, deliver, relay};
use tifli_domain::alert::EndReason;
use tifli_domain::case::CaseState;
use tifli_geo::Cell;
use tifli_units::Position;

#[tokio::test(flavor = "multi_thread")]
async fn the_end_reaches_everyone_who_was_handed_the_alert_also_who_moved_away() {
    let mut scene = Scene::new().await;
    let inside = scene.people(200, SALE).await;
    scene.people(150, OUJDA).await;
    let alert = scene.issue().await;
    scene.start();
    scene.settled(alert).await;
    scene.moves_to(7, OUJDA).await;
    scene.ends_dark(alert, EndReason::Found).await;
    assert_eq!(scene.reached("ended").await, inside);
    let progress = scene.progress(alert).await;
    assert!(progress.time_to_dark_ms.is_some());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancel_in_the_middle_stops_the_rest_and_tells_everyone_who_had_it() {
    let mut scene = Scene::new().await;
    scene.people(3_000, SALE).await;
    scene
        .faults(serde_json::json!([{ "share": 1.0, "delay_ms": 40 }]))
        .await;
    let alert = scene.issue().await;
    scene.start();
    scene.arrived("alert", 201).await;
    scene.ends_dark(alert, EndReason::Danger).await;
    let (had, told) = (scene.reached("alert").await, scene.reached("ended").await);
    assert!(had.len() < 3_000, "the rest was stopped");
    let untold: Vec<_> = had
        .iter()
        .filter(|n| told.binary_search(n).is_err())
        .collect();
    assert_eq!(untold, Vec::<&u32>::new());
    let arrivals = scene.arrivals().await;
    let first_end = arrivals.iter().position(|a| a.kind == "ended").unwrap();
    let late = arrivals[first_end..]
        .iter()
        .filter(|a| a.kind == "alert")
        .count();
    assert!(
        late <= 256,
        "only calls under way arrive after the first end: {late}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_clock_ends_an_alert_without_anyone_and_its_words_are_the_same() {
    let mut scene = Scene::new().await;
    let inside = scene.people(30, SALE).await;
    let alert = scene.issue().await;
    scene.start();
    scene.settled(alert).await;
    scene.house.clock.advance(25 * 3_600_000);
    scene.case_is(CaseState::Dark).await;
    scene.stop().await;
    assert_eq!(scene.reached("ended").await, inside);
    let summary = scene
        .house
        .app
        .summary(&scene.approver, alert)
        .await
        .unwrap();
    assert_eq!(summary.end_reason, Some(EndReason::Expired));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_is_confirmed_by_another_person_only() {
    let mut scene = Scene::new().await;
    scene.people(1, SALE).await;
    let alert = scene.issue().await;
    let app = &scene.house.app;
    app.cancel(&scene.officer, alert, EndReason::FalseReport)
        .await
        .unwrap();
    let own = app.confirm_end(&scene.officer, alert).await.unwrap_err();
    assert_eq!(own.code, "same_person");
    app.confirm_end(&scene.approver, alert).await.unwrap();
    let again = app
        .cancel(&scene.approver, alert, EndReason::Found)
        .await
        .unwrap_err();
    assert_eq!(again.code, "alert_not_live");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_without_any_recipient_is_dark_at_once() {
    let mut scene = Scene::new().await;
    let nowhere = Cell::at(Position::new(OUJDA.0, OUJDA.1).unwrap()).raw();
    let one = invented(&scene.push.origin(), 900, nowhere);
    scene.house.app.invent_subscribers(vec![one]).await.unwrap();
    let alert = scene.issue().await;
    scene.start();
    scene.settled(alert).await;
    scene.ends_dark(alert, EndReason::IssuedInError).await;
    assert_eq!(scene.arrivals().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_moves_away_while_the_call_to_them_is_under_way_learns_the_end() {
    let mut scene = Scene::new().await;
    scene.people(3, SALE).await;
    scene.people(150, OUJDA).await;
    scene
        .faults(serde_json::json!([{ "n": 2, "delay_ms": 1_200 }]))
        .await;
    let alert = scene.issue().await;
    scene.start();
    scene.arrived("alert", 2).await;
    scene.moves_to(2, OUJDA).await;
    scene.ends(alert, EndReason::Found).await;
    scene.case_is(CaseState::Dark).await;
    scene.arrived("alert", 3).await;
    scene.stop().await;
    assert_eq!(scene.reached("ended").await, [1, 2, 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_under_way_when_a_worker_died_learns_the_end_wherever_they_are() {
    let mut scene = Scene::new().await;
    scene.people(3, SALE).await;
    scene.people(150, OUJDA).await;
    scene
        .faults(serde_json::json!([{ "n": 2, "delay_ms": 1_200 }]))
        .await;
    let alert = scene.issue().await;
    assert_eq!(relay::relay_one(&scene.house.app).await, Ok(true));
    let app = scene.house.app.clone();
    let worker =
        tokio::spawn(async move { deliver::deliver_one(&app, &Gate::default(), Kind::Push).await });
    scene.arrived("alert", 2).await;
    worker.abort();
    scene.moves_to(1, OUJDA).await;
    scene.house.clock.advance(31_000);
    scene.start();
    scene.settled(alert).await;
    scene.ends_dark(alert, EndReason::Found).await;
    assert_eq!(scene.reached("ended").await, [1, 2, 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_was_still_waiting_for_a_first_acceptance_is_not_told_of_an_end() {
    let mut scene = Scene::new().await;
    scene.people(3, SALE).await;
    scene
        .faults(serde_json::json!([{ "n": 1, "status": 500, "times": 1 }]))
        .await;
    let alert = scene.issue().await;
    scene.start();
    scene
        .wait("one waits, two have it", || async {
            let progress = scene.progress(alert).await;
            progress.failures.len() == 1
        })
        .await;
    scene.ends_dark(alert, EndReason::Found).await;
    let had = scene.reached("alert").await;
    assert_eq!(
        scene.reached("ended").await,
        had.into_iter().filter(|n| *n != 1).collect::<Vec<_>>()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_that_cannot_be_ended_keeps_no_other_from_ending() {
    let mut scene = Scene::new().await;
    scene.people(3, SALE).await;
    let alert = scene.issue().await;
    scene.house.clock.advance(1_000);
    let broken = scene.issue_another().await;
    assert_eq!(
        scene
            .forge(
                "update case_file set state = 'dark'
                where received_ms = (select max(received_ms) from case_file)"
            )
            .await,
        1
    );
    scene.start();
    scene.settled(alert).await;
    scene.settled(broken).await;
    scene.house.clock.advance(25 * 3_600_000);
    scene.case_is(CaseState::Dark).await;
    scene.stop().await;
    let told: Vec<u32> = scene.reached("ended").await;
    assert_eq!(told, [1, 2, 3]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_does_not_wait_until_other_alerts_are_sent() {
    let mut scene = Scene::new().await;
    scene.people(1, SALE).await;
    let ended = scene.issue().await;
    scene.start();
    scene.settled(ended).await;
    scene.people(5 * 64, SALE).await;
    scene.settled(ended).await;
    scene.arrived("alert", 321).await;
    scene
        .faults(serde_json::json!([{ "share": 1.0, "delay_ms": 400 }]))
        .await;
    for _ in 0..SENDERS {
        scene.issue_another().await;
    }
    scene.arrived("alert", 321 + SENDERS * 64).await;
    scene.ends(ended, EndReason::Found).await;
    scene.arrived("ended", 64).await;
    let alerts = scene.reached("alert").await.len();
    assert!(
        alerts < 321 * (1 + SENDERS),
        "the others are still being sent: {alerts}"
    );
    scene.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_end_after_two_updates_that_nobody_relayed_reaches_all_who_had_the_first() {
    let mut scene = Scene::new().await;
    let inside = scene.people(100, SALE).await;
    let alert = scene.issue().await;
    scene.start();
    scene.settled(alert).await;
    scene.stop().await;
    scene.update(alert, DraftChange::default()).await;
    scene.update(alert, DraftChange::default()).await;
    scene.ends(alert, EndReason::Found).await;
    scene.house = scene.house.restart().await;
    scene.start();
    scene.case_is(CaseState::Dark).await;
    scene.stop().await;
    assert_eq!(scene.reached("update").await, Vec::<u32>::new());
    assert_eq!(scene.reached("ended").await, inside);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_in_the_middle_reaches_everyone_and_the_end_too() {
    let mut scene = Scene::new().await;
    let inside = scene.people(1_000, SALE).await;
    scene
        .faults(serde_json::json!([{ "share": 1.0, "delay_ms": 40 }]))
        .await;
    let alert = scene.issue().await;
    scene.start();
    scene.arrived("alert", 101).await;
    scene.update(alert, DraftChange::default()).await;
    scene.settled(alert).await;
    assert!(
        scene.reached("alert").await.len() < inside.len(),
        "the first version was stopped"
    );
    assert_eq!(scene.reached("update").await, inside);
    scene.ends_dark(alert, EndReason::Found).await;
    assert_eq!(scene.reached("ended").await, inside);
}
