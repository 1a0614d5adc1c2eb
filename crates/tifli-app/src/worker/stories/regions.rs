//! Who gets an alert for regions of the country, and what an update to another area tells those who are left outside.

use tifli_domain::area::AreaSpec;
use tifli_units::{Position, Radius};

use super::scene::{OUJDA, SALE, Scene};
use crate::alert::DraftChange;

/// In the region next to that of Salé.
const FEZ: (f64, f64) = (34.03, -5.0);
/// In a region that touches neither.
const AGADIR: (f64, f64) = (30.42, -9.58);

fn change(area: AreaSpec) -> DraftChange {
    DraftChange {
        area: Some(area),
        ..DraftChange::default()
    }
}

fn named(ids: &[&str]) -> DraftChange {
    change(AreaSpec::Regions {
        ids: ids.iter().map(|id| (*id).to_owned()).collect(),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn those_in_each_chosen_region_get_it_once_and_an_update_to_a_circle_reaches_who_left() {
    let mut scene = Scene::new().await;
    let sale = scene.people(60, SALE).await;
    let fez = scene.people(60, FEZ).await;
    let oujda = scene.people(60, OUJDA).await;
    scene.people(60, AGADIR).await;
    let app = scene.house.app.clone();
    let first = app.begin_alert(&scene.officer, scene.case).await.unwrap();
    app.save_draft(&scene.officer, first, named(&["r03", "r04"]))
        .await
        .unwrap();
    let alert = scene.approve(first).await;
    scene.start();
    scene.settled(alert).await;
    let mut inside = sale.clone();
    inside.extend(&fez);
    assert_eq!(scene.reached("alert").await, inside);
    let circle = AreaSpec::Circle {
        center: Position::new(OUJDA.0, OUJDA.1).unwrap(),
        radius: Radius::new(40.0).unwrap(),
    };
    scene.update(alert, change(circle)).await;
    scene.settled(alert).await;
    scene.stop().await;
    inside.extend(&oujda);
    assert_eq!(scene.reached("alert").await.len(), sale.len() + fez.len());
    assert_eq!(scene.reached("update").await, inside);
}

#[tokio::test(flavor = "multi_thread")]
async fn those_of_one_province_get_it_and_their_neighbors_of_the_same_region_do_not() {
    let mut scene = Scene::new().await;
    let oujda = scene.people(40, OUJDA).await;
    // Nador, of the same region.
    scene.people(40, (35.10, -2.95)).await;
    let app = scene.house.app.clone();
    let first = app.begin_alert(&scene.officer, scene.case).await.unwrap();
    app.save_draft(&scene.officer, first, named(&["p02411"]))
        .await
        .unwrap();
    let alert = scene.approve(first).await;
    scene.start();
    scene.settled(alert).await;
    scene.stop().await;
    assert_eq!(scene.reached("alert").await, oujda);
}
