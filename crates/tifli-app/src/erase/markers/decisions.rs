//! What people decide, ask, note and write about the marked case: a marker in every word of it, each
//! through the act that takes it.

use tifli_domain::Actor;
use tifli_domain::closing::Item;
use tifli_domain::family::FamilyNoteKind;
use tifli_domain::gate::Ruling;
use tifli_domain::id::CaseId;
use tifli_domain::paper::AskedState;
use tifli_domain::publication::Cleared;
use tifli_domain::qualify::Rung;
use tifli_domain::retention::HoldKind;
use tifli_domain::transfer::{TransferAct, TransferKind};

use super::life::{ARABIC, Marks, marked_photo};
use crate::closing::{HoldForm, StepForm};
use crate::paper::NewAsked;
use crate::publication::{Informing, Qualifying};
use crate::testing::TestHouse;
use crate::tip::stories::NETWORK;
use crate::transfer::Ask;

/// The other district.
const OTHER: &str = "fes";

/// What is decided of a received case before its alert: the gate, the rung, a refusal that is
/// explained and reviewed, notes and clearances; a paper that was seen; a share that was declined.
pub(super) async fn before_the_alert(
    house: &TestHouse,
    (officer, case): (&Actor, CaseId),
    marks: &Marks,
) {
    let app = &house.app;
    let (approver, prosecutor) = (house.approver().await, house.prosecutor().await);
    let told = Informing {
        how: "phone".to_owned(),
        who: marks.latin(),
        instruction: marks.word(ARABIC),
        at_ms: None,
    };
    app.record_prosecutor(officer, case, &told).await.unwrap();
    let (instruction, reason) = (marks.latin(), marks.word(ARABIC));
    let ruled = app.rule_on_gate(&prosecutor, case, Ruling::Open, (&instruction, &reason));
    ruled.await.unwrap();
    let note = marks.latin();
    app.note_best_interests(officer, case, &note).await.unwrap();
    for what in Cleared::ALL {
        let basis = marks.latin();
        app.clear(&approver, case, what, &basis).await.unwrap();
    }
    let choice = Qualifying {
        rung: Some(Rung::Bulletin),
        reason: marks.latin(),
        ..Qualifying::default()
    };
    app.qualify(&approver, case, &choice).await.unwrap();
    let how = marks.latin();
    app.explained(officer, case, &how).await.unwrap();
    let reason = marks.latin();
    app.ask_review(officer, case, &reason).await.unwrap();
    let reason = marks.word(ARABIC);
    let reviewed = app.review(&prosecutor, case, (Rung::National, &reason));
    reviewed.await.unwrap();
    let asked = NewAsked {
        document: "birth_extract".to_owned(),
        state: AskedState::Scanned,
        scan: Some(marked_photo(house, marks)),
    };
    app.record_asked(officer, case, asked).await.unwrap();
    let ask = Ask {
        kind: TransferKind::Share,
        to_district: OTHER.to_owned(),
        reason: marks.latin(),
    };
    let transfer = app.ask_transfer(officer, case, &ask).await.unwrap();
    let withdrawn = app.move_transfer(officer, transfer, TransferAct::Withdraw);
    withdrawn.await.unwrap();
}

/// The family's page: a code word, a memory, the wish that publication stop, and what the house
/// wrote when it decided on that.
pub(super) async fn with_the_family(
    house: &TestHouse,
    (officer, case): (&Actor, CaseId),
    marks: &Marks,
) {
    let app = &house.app;
    let code_word = marks.word(ARABIC);
    let issued = app.issue_family_pin(officer, case, &code_word).await;
    let pin = issued.unwrap().pin.digits().to_owned();
    for kind in [FamilyNoteKind::Memory, FamilyNoteKind::Withdrawal] {
        let words = marks.latin();
        let sent = app.family_writes(&pin, NETWORK, (kind, &words)).await;
        sent.unwrap();
    }
    app.mark_family_read(officer, case).await.unwrap();
    let board = app.board(officer).await.unwrap();
    let wish = tifli_domain::duty::DutyKind::DecideWithdrawal;
    let wish = board
        .iter()
        .find(|line| line.kind == wish && line.case == case);
    let note = marks.latin();
    app.settle_duty(officer, wish.unwrap().duty, &note)
        .await
        .unwrap();
    app.family_page(&pin, NETWORK).await.unwrap();
}

/// From found to closed: an outcome taken back and said again, holds placed and lifted.
pub(super) async fn after_the_dark(
    house: &TestHouse,
    (officer, case): (&Actor, CaseId),
    marks: &Marks,
) {
    let app = &house.app;
    let reason = marks.latin();
    let taken = app.take_back_closing(officer, case, Item::Outcome, &reason);
    taken.await.unwrap();
    let form = StepForm {
        word: "contributed".to_owned(),
        name: marks.word(ARABIC),
        note: marks.latin(),
    };
    let recorded = app.record_closing(officer, case, Item::Outcome, form);
    recorded.await.unwrap();
    let (one, two) = (house.approver().await, house.prosecutor().await);
    for kind in [HoldKind::Hold, HoldKind::Proceedings] {
        let form = HoldForm {
            kind,
            basis: marks.latin(),
            until_ms: None,
        };
        let hold = app.place_hold(&one, case, form).await.unwrap();
        let reason = marks.word(ARABIC);
        app.lift_hold(&two, hold, &reason).await.unwrap();
    }
}
