//! What a push service may answer, and what we do.

use super::scene::{SALE, Scene};
use serde_json::json;
use tifli_domain::alert::EndReason;

#[tokio::test(flavor = "multi_thread")]
async fn every_answer_of_a_push_service_gets_the_right_thing() {
    let mut scene = Scene::new().await;
    scene.people(20, SALE).await;
    scene
        .faults(json!([
            { "n": 1, "status": 404 },
            { "n": 2, "status": 410 },
            { "n": 3, "status": 413 },
            { "n": 4, "status": 500, "times": 1 },
            { "n": 5, "hang_up": true, "takes": true, "times": 1 },
            { "n": 6, "status": 400 },
        ]))
        .await;
    let alert = scene.issue().await;
    scene.start();
    scene.waiting(alert, 2).await;
    scene.house.clock.advance(10_000);
    scene.settled(alert).await;
    let progress = scene.progress(alert).await;
    let push = progress
        .channels
        .iter()
        .find(|c| c.channel == "web_push")
        .unwrap();
    assert_eq!(
        (push.inside, push.handed, push.gone, push.failed),
        (20, 16, 2, 2)
    );
    let mut named: Vec<_> = progress
        .failures
        .iter()
        .map(|f| (f.number, f.code.as_str(), f.next_ms))
        .collect();
    named.sort_unstable();
    assert_eq!(named, [(3, "too_large", None), (6, "rejected", None)]);
    // The unknown one was tried again under the same topic, and the gone ones never were.
    let tries = scene
        .arrivals()
        .await
        .into_iter()
        .filter(|a| a.n == 5)
        .count();
    assert_eq!(tries, 2);
    scene.ends_dark(alert, EndReason::Found).await;
    let told = scene.reached("ended").await;
    assert_eq!(told.len(), 16, "the sixteen who have it, and nobody else");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_push_service_that_asks_to_wait_is_left_alone_until_then() {
    let mut scene = Scene::new().await;
    let inside = scene.people(10, SALE).await;
    scene
        .faults(json!([{ "n": 1, "status": 429, "retry_after": 30, "times": 1 }]))
        .await;
    let alert = scene.issue().await;
    scene.start();
    scene
        .wait("one waits", || async {
            let progress = scene.progress(alert).await;
            progress.failures.iter().any(|f| f.number == 1)
        })
        .await;
    scene.house.clock.advance(29_000);
    assert!(!scene.reached("alert").await.contains(&1));
    scene.house.clock.advance(2_000);
    scene.settled(alert).await;
    scene.stop().await;
    assert_eq!(scene.reached("alert").await, inside);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_waited_for_a_resting_push_service_is_handed_the_alert_once_and_no_more() {
    let mut scene = Scene::new().await;
    let inside = scene.people(200, SALE).await;
    scene
        .faults(json!([{ "n": 1, "status": 429, "retry_after": 30, "times": 1 }]))
        .await;
    let alert = scene.issue().await;
    scene.start();
    scene
        .wait("all were tried or wait", || async {
            let progress = scene.progress(alert).await;
            progress.failures.len() + scene.reached("alert").await.len() >= 200
        })
        .await;
    scene.house.clock.advance(31_000);
    scene.arrived("alert", 200).await;
    scene.settled(alert).await;
    scene.stop().await;
    assert_eq!(scene.reached("alert").await, inside);
}
