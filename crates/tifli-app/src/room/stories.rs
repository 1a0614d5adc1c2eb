//! The picture shows what is open, in its order, to who may watch.

use tifli_domain::Role;
use tifli_domain::alert::EndReason;
use tifli_domain::risk::Risk;
use tifli_units::Position;

use crate::Kind;
use crate::testing::TestHouse;
use crate::tip::Telling;
use crate::tip::stories::{Out, telling};

#[tokio::test(flavor = "multi_thread")]
async fn the_room_sees_open_cases_alerts_tips_and_the_map() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let room = house.room().await;
    let seen = Telling {
        point: Some(Position::new(33.99, -6.85).unwrap()),
        ..telling("je la vois en ce moment")
    };
    let told = house.app.tell(&out.code, seen, None, None).await.unwrap();
    let picture = house.app.room(&room).await.unwrap();
    assert_eq!(picture.cases.len(), 1);
    assert_eq!(picture.cases[0].summary.case, out.case);
    assert!(Risk::ALL.contains(&picture.cases[0].risk));
    assert_eq!(picture.alerts.len(), 1);
    assert!(!picture.alerts[0].channels.is_empty());
    assert_eq!((picture.bands[0].waiting, picture.bands[0].free), (1, 1));
    let map = |title| house.app.room_map_svg(&room, ("fr", title));
    let before = map("carte").await.unwrap();
    assert!(before.contains("map-area") && before.contains("map-point"));
    assert!(!before.contains("map-sighting"), "a tip is no sighting yet");
    house.app.link_tip(&room, told.tip).await.unwrap();
    assert!(map("carte").await.unwrap().contains("map-sighting"));
    let ended = house.app.cancel(&out.officer, out.alert, EndReason::Found);
    ended.await.unwrap();
    assert!(!map("carte").await.unwrap().contains("map-area"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_district_and_the_administrator_do_not_watch_the_whole_country() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let unit = house.actor(Role::Unit, "fes").await;
    for who in [officer, unit, house.administrator().await] {
        let refused = house.app.room(&who).await.unwrap_err();
        assert_eq!(refused.kind, Kind::Forbidden);
        let refused = house.app.room_map_svg(&who, ("fr", "carte")).await;
        assert_eq!(refused.unwrap_err().kind, Kind::Forbidden);
    }
}
