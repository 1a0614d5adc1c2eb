//! The family's page: opened by its number only, silent when it must be, and heard by the house.

use tifli_domain::alert::EndReason;
use tifli_domain::duty::DutyKind;
use tifli_domain::family::{FamilyNoteKind, FamilyProgress};
use tifli_domain::id::CaseId;
use tifli_domain::intake::Field;
use tifli_domain::{Actor, Role};

use super::FamilyPage;
use crate::Kind;
use crate::guess::GUESSES;
use crate::report::{Confirmation, Typed};
use crate::testing::TestHouse;

const NETWORK: [u8; 32] = [4; 32];
const WORD: &str = "زيتونة";

async fn pin(house: &TestHouse, officer: &Actor, case: CaseId) -> String {
    let issued = house.app.issue_family_pin(officer, case, WORD).await;
    issued.unwrap().pin.digits().to_owned()
}

async fn open(house: &TestHouse, pin: &str) -> FamilyPage {
    house.app.family_page(pin, NETWORK).await.unwrap()
}

async fn alert(house: &TestHouse, officer: &Actor, case: CaseId) {
    let approver = house.approver().await;
    let draft = house.app.begin_alert(officer, case).await.unwrap();
    let submitted = house
        .app
        .submit(officer, draft, Confirmation::Given)
        .await
        .unwrap();
    let approved = house.app.approve(&approver, draft, submitted.binding).await;
    approved.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_family_sees_where_its_case_stands_and_who_its_officer_is() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let pin = pin(&house, &officer, case).await;
    let page = open(&house, &pin).await;
    assert_eq!(page.progress, FamilyProgress::Received);
    assert_eq!(page.code_word.as_deref(), Some(WORD));
    assert_eq!(page.officer.district, officer.district);
    assert!(page.published.is_none());
    alert(&house, &officer, case).await;
    let page = open(&house, &pin).await;
    assert_eq!(page.progress, FamilyProgress::AlertOut);
    assert!(page.published.is_some(), "what the public sees");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_issued_again_makes_the_earlier_one_worthless() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let first = pin(&house, &officer, case).await;
    let second = pin(&house, &officer, case).await;
    assert_ne!(first, second);
    let refused = house.app.family_page(&first, NETWORK).await.unwrap_err();
    assert_eq!(refused.kind, Kind::NotFound);
    open(&house, &second).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_guesses_has_to_wait_even_with_the_right_number() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let pin = pin(&house, &officer, case).await;
    for _ in 0..GUESSES {
        let wrong = house.app.family_page("0000 0000 0000 0000", NETWORK).await;
        assert_eq!(wrong.unwrap_err().kind, Kind::NotFound);
    }
    let late = house.app.family_page(&pin, NETWORK).await.unwrap_err();
    assert_eq!(late.kind, Kind::TooMany);
    assert!(house.app.family_page(&pin, [5; 32]).await.is_ok());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_memory_waits_on_the_board_until_somebody_has_read_it() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let pin = pin(&house, &officer, case).await;
    let memory = (FamilyNoteKind::Memory, "She likes the old bridge");
    let sent = house.app.family_writes(&pin, NETWORK, memory).await;
    sent.unwrap();
    let waits = async || {
        let board = house.app.board(&officer).await.unwrap();
        board.iter().any(|duty| duty.kind == DutyKind::ReadMemory)
    };
    assert!(waits().await);
    let file = house.app.family_file(&officer, case).await.unwrap();
    assert_eq!(file.notes[0].words, "She likes the old bridge");
    house.app.mark_family_read(&officer, case).await.unwrap();
    assert!(!waits().await);
    let file = house.app.family_file(&officer, case).await.unwrap();
    assert_eq!(file.notes[0].read_by, Some(officer.person));
}

#[tokio::test(flavor = "multi_thread")]
async fn asking_for_withdrawal_opens_a_decision_and_ends_nothing() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    alert(&house, &officer, case).await;
    let pin = pin(&house, &officer, case).await;
    let wish = (FamilyNoteKind::Withdrawal, "Please take it down");
    let sent = house.app.family_writes(&pin, NETWORK, wish).await;
    sent.unwrap();
    let page = open(&house, &pin).await;
    assert_eq!(page.progress, FamilyProgress::AlertOut, "it goes on");
    assert!(page.withdrawal_ms.is_some());
    let board = house.app.board(&officer).await.unwrap();
    let waits = |duty: &&crate::duty::DutyLine| duty.kind == DutyKind::DecideWithdrawal;
    assert_eq!(board.iter().filter(waits).count(), 1);
    let alert = house.app.list_case_alerts(&officer, case).await.unwrap()[0].alert;
    let ended = house
        .app
        .cancel(&officer, alert, EndReason::ConsentWithdrawn);
    ended.await.unwrap();
    let board = house.app.board(&officer).await.unwrap();
    assert!(!board.iter().any(|duty| waits(&duty)), "decided by the end");
    assert_eq!(
        open(&house, &pin).await.progress,
        FamilyProgress::AlertEnded
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_gate_is_closed_the_page_says_only_that_the_report_is_registered() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let pin = pin(&house, &officer, case).await;
    let typed = Typed {
        field: Field::find("gate_protection").unwrap(),
        value: "yes".into(),
        base_seq: 0,
        said: tifli_domain::intake::Said::default(),
        sending: crate::report::Sending::First,
    };
    house.app.save_answer(&officer, case, typed).await.unwrap();
    let page = open(&house, &pin).await;
    assert_eq!(page.progress, FamilyProgress::Received);
    assert!(page.code_word.is_none() && page.published.is_none());
    let again = house.app.issue_family_pin(&officer, case, WORD).await;
    assert_eq!(again.unwrap_err().code, "guardian_silent");
}

#[tokio::test(flavor = "multi_thread")]
async fn another_district_neither_issues_nor_reads() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let stranger = house.actor(Role::Officer, "fes").await;
    for refused in [
        house
            .app
            .issue_family_pin(&stranger, case, WORD)
            .await
            .err(),
        house.app.family_file(&stranger, case).await.err(),
        house.app.mark_family_read(&stranger, case).await.err(),
    ] {
        assert_eq!(refused.unwrap().kind, Kind::Forbidden);
    }
}
