//! A case changes its district by two signatures and keeps its clocks; a share reads and no more.

use tifli_domain::duty::DutyKind;
use tifli_domain::id::CaseId;
use tifli_domain::transfer::{TransferAct, TransferKind};
use tifli_domain::{Actor, Role};

use super::Ask;
use crate::Kind;
use crate::testing::TestHouse;

const OTHER: &str = "fes";

/// A service of the whole country, which has no ground of its own.
const SERVICE: &str = "gendarmerie";

async fn ask(house: &TestHouse, by: &Actor, case: CaseId, kind: TransferKind) -> super::TransferId {
    ask_of(house, by, case, (kind, OTHER)).await
}

async fn ask_of(
    house: &TestHouse,
    by: &Actor,
    case: CaseId,
    (kind, to): (TransferKind, &str),
) -> super::TransferId {
    let ask = Ask {
        kind,
        to_district: to.into(),
        reason: "seen on the coach to Fes".into(),
    };
    house.app.ask_transfer(by, case, &ask).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_service_of_the_whole_country_shares_a_file_and_takes_it_over() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let service = house.actor(Role::Officer, SERVICE).await;
    let case = house.received_case(&officer).await;
    let before = house.app.case_summary(&officer, case).await.unwrap();
    let shared = ask_of(&house, &officer, case, (TransferKind::Share, SERVICE)).await;
    let unsigned = house.app.read_file(&service, case, "look").await;
    assert_eq!(unsigned.unwrap_err().kind, Kind::Forbidden);
    let signed = house
        .app
        .move_transfer(&service, shared, TransferAct::Accept);
    signed.await.unwrap();
    house.app.read_file(&service, case, "look").await.unwrap();
    let moved = ask_of(&house, &officer, case, (TransferKind::Transfer, SERVICE)).await;
    let signed = house
        .app
        .move_transfer(&service, moved, TransferAct::Accept);
    signed.await.unwrap();
    let after = house.app.case_summary(&service, case).await.unwrap();
    assert_eq!(
        (after.district.as_str(), after.clocks),
        (SERVICE, before.clocks)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_case_moves_when_both_have_signed_and_its_clocks_go_on() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let other = house.actor(Role::Officer, OTHER).await;
    let case = house.received_case(&officer).await;
    let before = house.app.case_summary(&officer, case).await.unwrap();
    let id = ask(&house, &officer, case, TransferKind::Transfer).await;
    house.clock.advance(600_000);
    let still = house.app.case_summary(&officer, case).await.unwrap();
    assert_eq!(still.district, officer.district, "nothing moves before");
    let alone = house.app.move_transfer(&officer, id, TransferAct::Accept);
    assert_eq!(alone.await.unwrap_err().code, "district");
    house
        .app
        .move_transfer(&other, id, TransferAct::Accept)
        .await
        .unwrap();
    let after = house.app.case_summary(&other, case).await.unwrap();
    assert_eq!(after.district, OTHER);
    assert_eq!(after.clocks, before.clocks);
    assert_eq!(after.label, before.label, "the number stays");
    let left = house.app.read_file(&officer, case, "look").await;
    assert_eq!(left.unwrap_err().kind, Kind::Forbidden);
    let bulletin = house.app.bulletin_of(&other, case).await.unwrap().unwrap();
    house.all_acknowledge(&other, case).await;
    let left = house.app.read_bulletin(&officer, bulletin).await;
    assert_eq!(
        left.unwrap_err().kind,
        Kind::Forbidden,
        "its search moves with it"
    );
    let view = house.app.transfers(&other, case).await.unwrap();
    let request = &view.requests[0];
    assert_eq!(request.asked.0, officer.person);
    assert_eq!(request.answered.unwrap().0, other.person);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offer_waits_on_the_board_of_who_must_answer() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let other = house.actor(Role::Officer, OTHER).await;
    let case = house.received_case(&officer).await;
    let id = ask(&house, &officer, case, TransferKind::Transfer).await;
    assert_eq!(
        ask(&house, &officer, case, TransferKind::Transfer).await,
        id
    );
    let board = house.app.board(&other).await.unwrap();
    assert_eq!(board.len(), 1);
    assert_eq!(board[0].kind, DutyKind::AnswerTransfer);
    house
        .app
        .move_transfer(&other, id, TransferAct::Decline)
        .await
        .unwrap();
    assert!(house.app.board(&other).await.unwrap().is_empty());
    let again = house.app.move_transfer(&other, id, TransferAct::Accept);
    assert_eq!(again.await.unwrap_err().code, "not_possible_now");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_share_reads_the_file_and_changes_nothing_until_it_ends() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let other = house.actor(Role::Officer, OTHER).await;
    let case = house.received_case(&officer).await;
    let id = ask(&house, &officer, case, TransferKind::Share).await;
    let app = &house.app;
    assert!(app.read_file(&other, case, "look").await.is_err());
    app.move_transfer(&other, id, TransferAct::Accept)
        .await
        .unwrap();
    app.read_file(&other, case, "look").await.unwrap();
    let listed = app.list_cases(&other, &Default::default()).await.unwrap();
    assert!(listed.iter().any(|line| line.case == case));
    let draft = app.begin_alert(&officer, case).await.unwrap();
    app.origins(&other, case).await.unwrap();
    let alerts = app.list_case_alerts(&other, case).await.unwrap();
    assert_eq!(alerts.len(), 1, "its alerts are read with it");
    let alert = alerts[0].alert;
    assert_eq!(app.alert_versions(&other, alert).await.unwrap().len(), 1);
    assert!(app.open_draft(&other, draft).await.is_err());
    let closed = app.close_case(&other, case).await;
    assert_eq!(closed.unwrap_err().kind, Kind::Forbidden);
    app.move_transfer(&other, id, TransferAct::End)
        .await
        .unwrap();
    assert!(app.read_file(&other, case, "look").await.is_err());
    assert!(app.origins(&other, case).await.is_err());
    assert!(app.list_case_alerts(&other, case).await.is_err());
    assert!(app.alert_versions(&other, alert).await.is_err());
    let listed = app.list_cases(&other, &Default::default()).await.unwrap();
    assert!(listed.iter().all(|line| line.case != case));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_live_alert_goes_with_its_case() {
    let house = TestHouse::new().await;
    let (officer, approver) = (house.officer().await, house.approver().await);
    let other = house.actor(Role::Officer, OTHER).await;
    let case = house.received_case(&officer).await;
    let app = &house.app;
    let draft = app.begin_alert(&officer, case).await.unwrap();
    let confirmed = crate::report::Confirmation::Given;
    let submitted = app.submit(&officer, draft, confirmed).await.unwrap();
    let alert = submitted.binding.alert;
    app.approve(&approver, draft, submitted.binding)
        .await
        .unwrap();
    let id = ask(&house, &officer, case, TransferKind::Transfer).await;
    app.move_transfer(&other, id, TransferAct::Accept)
        .await
        .unwrap();
    let reason = tifli_domain::alert::EndReason::Found;
    assert!(app.cancel(&officer, alert, reason).await.is_err());
    app.cancel(&other, alert, reason).await.unwrap();
}
