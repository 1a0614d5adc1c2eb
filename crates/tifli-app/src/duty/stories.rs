//! What waits is on the board, what is late pages the room once, what is done is gone.

use tifli_domain::duty::{DutyEnd, DutyKind};

use crate::Kind;
use crate::report::Confirmation;
use crate::testing::TestHouse;

const MINUTE: i64 = 60_000;

#[tokio::test(flavor = "multi_thread")]
async fn a_received_report_waits_on_the_board_until_its_alert_is_out() {
    let house = TestHouse::new().await;
    let (officer, approver) = (house.officer().await, house.approver().await);
    let app = &house.app;
    let case = house.received_case(&officer).await;
    let line =
        |kind| move |board: Vec<super::DutyLine>| board.into_iter().find(|duty| duty.kind == kind);
    let board = app.board(&officer).await.unwrap();
    let waits = line(DutyKind::Publish)(board).expect("it waits");
    assert_eq!(waits.case, case);
    assert!(!waits.late);
    let draft = app.begin_alert(&officer, case).await.unwrap();
    let submitted = app
        .submit(&officer, draft, Confirmation::Given)
        .await
        .unwrap();
    let waiting = app.board(&approver).await.unwrap();
    assert!(line(DutyKind::Decide)(waiting).is_some());
    app.approve(&approver, draft, submitted.binding)
        .await
        .unwrap();
    let done = app.duties(&officer, case).await.unwrap();
    for kind in [DutyKind::Decide, DutyKind::Publish] {
        let duty = done.iter().find(|duty| duty.line.kind == kind).unwrap();
        assert_eq!(duty.line.ending, Some(DutyEnd::Done));
        assert_eq!(duty.line.settled_by, Some(approver.person));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_late_pages_the_room_once() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let room = house.room().await;
    let app = &house.app;
    let case = house.received_case(&officer).await;
    app.page_late_duties().await.unwrap();
    assert_eq!(app.late_duties(&room).await.unwrap(), 0);
    house.clock.advance(DutyKind::Publish.minutes() * MINUTE);
    let mut heard = app.bus().listen();
    app.page_late_duties().await.unwrap();
    assert_eq!(heard.try_recv().unwrap(), crate::bus::Event::Board);
    while heard.try_recv().is_ok() {}
    app.page_late_duties().await.unwrap();
    assert!(heard.try_recv().is_err(), "paged twice");
    let board = app.board(&room).await.unwrap();
    let line = board.iter().find(|duty| duty.kind == DutyKind::Publish);
    assert!(line.is_some_and(|line| line.late && line.paged_ms.is_some()));
    let late = board.iter().filter(|duty| duty.late).count();
    let paged = app.timeline(&officer, case).await.unwrap();
    let paged = paged.iter().filter(|entry| entry.verb == "duty.page_room");
    assert_eq!(paged.count(), late);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_act_settles_cannot_be_ticked_off_by_hand() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    house.received_case(&officer).await;
    let board = house.app.board(&officer).await.unwrap();
    let publish = board.iter().find(|duty| duty.kind == DutyKind::Publish);
    let duty = publish.expect("it waits").duty;
    let refused = house.app.settle_duty(&officer, duty, "done").await;
    assert_eq!(refused.unwrap_err().code, "settled_by_the_act");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_district_sees_nothing_of_it() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let stranger = house.actor(tifli_domain::Role::Officer, "fes").await;
    assert!(house.app.board(&stranger).await.unwrap().is_empty());
    let refused = house.app.duties(&stranger, case).await.unwrap_err();
    assert_eq!(refused.kind, Kind::Forbidden);
}
