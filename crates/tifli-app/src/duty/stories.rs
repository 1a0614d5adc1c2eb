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
    let board = app.board(&officer).await.unwrap();
    assert_eq!(board.len(), 1);
    assert_eq!((board[0].case, board[0].kind), (case, DutyKind::Publish));
    assert!(!board[0].late);
    let draft = app.begin_alert(&officer, case).await.unwrap();
    let submitted = app
        .submit(&officer, draft, Confirmation::Given)
        .await
        .unwrap();
    let kinds = |board: Vec<super::DutyLine>| board.iter().map(|d| d.kind).collect::<Vec<_>>();
    let waiting = kinds(app.board(&approver).await.unwrap());
    assert_eq!(waiting, [DutyKind::Decide, DutyKind::Publish]);
    app.approve(&approver, draft, submitted.binding)
        .await
        .unwrap();
    let waiting = kinds(app.board(&approver).await.unwrap());
    assert_eq!(waiting, [DutyKind::PartnerHand]);
    let mut done = app.duties(&officer, case).await.unwrap();
    done.retain(|d| d.line.kind != DutyKind::PartnerHand);
    assert!(done.iter().all(|d| d.line.ending == Some(DutyEnd::Done)));
    assert!(
        done.iter()
            .all(|d| d.line.settled_by == Some(approver.person))
    );
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
    app.page_late_duties().await.unwrap();
    assert_eq!(heard.try_recv().unwrap(), crate::bus::Event::Board);
    assert!(heard.try_recv().is_err(), "paged twice");
    let line = &app.board(&room).await.unwrap()[0];
    assert!(line.late && line.paged_ms.is_some());
    let paged = app.timeline(&officer, case).await.unwrap();
    let paged = paged.iter().filter(|entry| entry.verb == "duty.page_room");
    assert_eq!(paged.count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_act_settles_cannot_be_ticked_off_by_hand() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    house.received_case(&officer).await;
    let duty = house.app.board(&officer).await.unwrap()[0].duty;
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
