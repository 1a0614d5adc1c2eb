//! Who gets an alert, an update, and who joins.

use super::scene::{OUJDA, SALE, Scene};
use crate::alert::DraftChange;
use tifli_domain::area::AreaSpec;
use tifli_units::{Position, Radius};

#[tokio::test(flavor = "multi_thread")]
async fn exactly_those_inside_get_the_alert_each_once() {
    let mut scene = Scene::new().await;
    let inside = scene.people(300, SALE).await;
    scene.people(200, OUJDA).await;
    let alert = scene.issue().await;
    scene.start();
    scene.settled(alert).await;
    scene.stop().await;
    assert_eq!(scene.reached("alert").await, inside);
    let arrivals = scene.arrivals().await;
    assert!(
        arrivals.iter().all(|a| a.topic == arrivals[0].topic),
        "one topic"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_goes_to_all_who_had_the_alert_and_to_the_new_area() {
    let mut scene = Scene::new().await;
    let sale = scene.people(150, SALE).await;
    let oujda = scene.people(150, OUJDA).await;
    let alert = scene.issue().await;
    scene.start();
    scene.settled(alert).await;
    let area = AreaSpec::Circle {
        center: Position::new(OUJDA.0, OUJDA.1).unwrap(),
        radius: Radius::new(50.0).unwrap(),
    };
    scene
        .update(
            alert,
            DraftChange {
                area: Some(area),
                ..DraftChange::default()
            },
        )
        .await;
    scene.settled(alert).await;
    scene.stop().await;
    let mut both = sale.clone();
    both.extend(oujda);
    assert_eq!(scene.reached("alert").await, sale);
    assert_eq!(scene.reached("update").await, both);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_joins_a_live_area_is_handed_the_alert_and_who_joins_elsewhere_is_not() {
    let mut scene = Scene::new().await;
    let mut inside = scene.people(50, SALE).await;
    let alert = scene.issue().await;
    scene.start();
    scene.settled(alert).await;
    inside.extend(scene.people(20, SALE).await);
    scene.people(20, OUJDA).await;
    scene.arrived("alert", inside.len()).await;
    scene.settled(alert).await;
    scene.stop().await;
    assert_eq!(scene.reached("alert").await, inside);
}
