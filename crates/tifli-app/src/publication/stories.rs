//! Stories of what may be public: a gate that closes, a rung that holds, notes and clearances that
//! are asked for, a refusal that is owed an explanation.

mod channels;
mod scrutiny;

use tifli_domain::Actor;
use tifli_domain::duty::DutyKind;
use tifli_domain::gate::{Gate, Ruling};
use tifli_domain::id::{CaseId, MessageId};
use tifli_domain::intake::Field;
use tifli_domain::publication::{Blocker, Cleared, Named};
use tifli_domain::qualify::{Rung, Sign};
use tifli_store::publication::Kind;

use super::{Informing, Qualifying};
use crate::alert::DraftChange;
use crate::report::Confirmation;
use crate::testing::TestHouse;
use crate::{App, AppError};

struct Story {
    house: TestHouse,
    officer: Actor,
    approver: Actor,
    prosecutor: Actor,
    case: CaseId,
}

impl Story {
    /// A received case in which `changed` was answered otherwise.
    async fn new(changed: &[(Field, &str)]) -> Self {
        Self::of(TestHouse::new().await, changed).await
    }

    async fn of(house: TestHouse, changed: &[(Field, &str)]) -> Self {
        let officer = house.officer().await;
        let case = house.received_case(&officer).await;
        house.answer(&officer, case, changed).await;
        Self {
            approver: house.approver().await,
            prosecutor: house.prosecutor().await,
            house,
            officer,
            case,
        }
    }

    fn app(&self) -> &App {
        &self.house.app
    }

    async fn begin(&self) -> MessageId {
        let begun = self.app().begin_alert(&self.officer, self.case).await;
        begun.unwrap()
    }

    async fn change(&self, message: MessageId, change: impl FnOnce(&mut DraftChange)) {
        let view = self.app().open_draft(&self.officer, message).await.unwrap();
        let mut changed = DraftChange {
            texts: view.draft.texts,
            ..DraftChange::default()
        };
        change(&mut changed);
        let saved = self.app().save_draft(&self.officer, message, changed).await;
        saved.unwrap();
    }

    /// Submits and approves, or says what stood in the way.
    async fn publish(&self, message: MessageId) -> Result<(), AppError> {
        let submitted = self
            .app()
            .submit(&self.officer, message, Confirmation::Given)
            .await?;
        let seen = submitted.binding;
        self.app().approve(&self.approver, message, seen).await
    }

    async fn approve(&self, message: MessageId) -> Result<(), AppError> {
        let screen = self.app().screen(&self.approver, message).await?;
        let seen = screen.binding;
        self.app().approve(&self.approver, message, seen).await
    }

    async fn waits(&self, kind: DutyKind) -> Vec<String> {
        let board = self.app().board(&self.approver).await.unwrap();
        let waiting = board.into_iter().filter(|duty| duty.kind == kind);
        waiting.map(|duty| duty.subject).collect()
    }

    async fn choose(&self, actor: &Actor, rung: Rung) -> Result<Rung, AppError> {
        let said = Qualifying {
            rung: Some(rung),
            reason: "Seen with her aunt an hour ago.".to_owned(),
            ..Qualifying::default()
        };
        self.app().qualify(actor, self.case, &said).await
    }
}

fn code<T: std::fmt::Debug>(refused: Result<T, AppError>) -> String {
    refused.unwrap_err().code
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flagged_reporter_publishes_nothing_until_the_prosecutor_opens_the_gate() {
    let story = Story::new(&[(Field::GateFleeing, "yes")]).await;
    assert!(story.app().guardian_silent(story.case).await.unwrap());
    assert_eq!(story.waits(DutyKind::DecideGate).await, [""]);
    let message = story.begin().await;
    assert_eq!(code(story.publish(message).await), "gate_closed");
    let view = story.app().qualification(&story.officer, story.case).await;
    assert!(
        view.unwrap().heard.is_none(),
        "who said what is for who rules"
    );
    let words = ("Hear the mother first.", "The order was lifted.");
    let forbidden = story
        .app()
        .rule_on_gate(&story.officer, story.case, Ruling::Open, words)
        .await;
    assert_eq!(code(forbidden), "role");
    story
        .app()
        .rule_on_gate(&story.prosecutor, story.case, Ruling::Open, words)
        .await
        .unwrap();
    assert!(story.waits(DutyKind::DecideGate).await.is_empty());
    assert_eq!(story.app().gate(story.case).await, Ok(Gate::Opened));
    story.publish(message).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_yes_taken_back_still_closes_the_gate() {
    let story = Story::new(&[(Field::GateCustody, "yes")]).await;
    let back = [(Field::GateCustody, "no")];
    story.house.answer(&story.officer, story.case, &back).await;
    assert_eq!(story.app().gate(story.case).await, Ok(Gate::Closed));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_comes_after_the_submission_stops_the_approval() {
    let story = Story::new(&[]).await;
    let message = story.begin().await;
    story
        .app()
        .submit(&story.officer, message, Confirmation::Given)
        .await
        .unwrap();
    let told = [(Field::GateProtection, "unknown")];
    story.house.answer(&story.officer, story.case, &told).await;
    assert_eq!(code(story.approve(message).await), "gate_closed");
    assert_eq!(story.waits(DutyKind::DecideGate).await, [""]);
}

#[tokio::test(flavor = "multi_thread")]
async fn questions_not_asked_stop_the_approval_and_not_the_draft() {
    let story = Story::new(&[(Field::GateCustody, "")]).await;
    let message = story.begin().await;
    assert_eq!(code(story.publish(message).await), "gate_not_asked");
    assert!(!story.app().guardian_silent(story.case).await.unwrap());
    let told = [(Field::GateCustody, "no")];
    story.house.answer(&story.officer, story.case, &told).await;
    story.approve(message).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn the_prosecutor_is_informed_and_nothing_waits_for_it() {
    let story = Story::new(&[]).await;
    assert_eq!(story.waits(DutyKind::InformProsecutor).await, [""]);
    story.publish(story.begin().await).await.unwrap();
    let told = Informing {
        how: "phone".to_owned(),
        who: "Deputy on duty".to_owned(),
        instruction: "Keep me informed.".to_owned(),
        at_ms: None,
    };
    story
        .app()
        .record_prosecutor(&story.officer, story.case, &told)
        .await
        .unwrap();
    assert!(story.waits(DutyKind::InformProsecutor).await.is_empty());
    let view = story.app().qualification(&story.officer, story.case).await;
    let view = view.unwrap();
    let entry = view.of(Kind::Informed).next().unwrap();
    assert_eq!(
        (entry.code.as_str(), entry.who.as_str()),
        ("phone", "Deputy on duty")
    );
    let odd = Informing {
        how: "pigeon".to_owned(),
        ..told
    };
    let refused = story
        .app()
        .record_prosecutor(&story.officer, story.case, &odd)
        .await;
    assert_eq!(refused.unwrap_err().problems[0].field, "how");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_voluntary_case_goes_public_only_with_its_note() {
    let story = Story::new(&[(Field::Nature, "voluntary")]).await;
    let message = story.begin().await;
    assert_eq!(code(story.publish(message).await), "no_best_interests");
    let note = "She is nine and alone at night.";
    story
        .app()
        .note_best_interests(&story.officer, story.case, note)
        .await
        .unwrap();
    story.approve(message).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn words_of_abduction_are_refused_of_a_case_that_is_not_known_to_be_forced() {
    let story = Story::new(&[]).await;
    let message = story.begin().await;
    let headline = |change: &mut DraftChange| {
        for text in &mut change.texts {
            text.headline = "Enlèvement d'une fille".to_owned();
        }
    };
    story.change(message, headline).await;
    assert_eq!(code(story.publish(message).await), "abduction_words");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plate_is_asked_about_and_leaves_only_when_cleared() {
    let story = Story::new(&[]).await;
    let message = story.begin().await;
    let plate = |change: &mut DraftChange| {
        for text in &mut change.texts {
            text.marks = "White car 12345 | أ | 6".to_owned();
        }
    };
    story.change(message, plate).await;
    assert_eq!(code(story.publish(message).await), "plate_asked");
    let named = |change: &mut DraftChange| change.names_plate = Some(Named::Yes);
    story.change(message, named).await;
    assert_eq!(code(story.publish(message).await), "plate_not_cleared");
    let (app, who) = (story.app(), &story.approver);
    app.clear(who, story.case, Cleared::Plate, "Seen on camera 4.")
        .await
        .unwrap();
    story.approve(message).await.unwrap();
    let view = app.qualification(who, story.case).await.unwrap();
    let seq = view.of(Kind::Clearance).next().unwrap().seq;
    app.retract_clearance(who, story.case, seq).await.unwrap();
    assert_eq!(story.waits(DutyKind::DropCleared).await, ["plate"]);
    let (row, _) = app.version_row(message).await.unwrap();
    let update = app.begin_update(&story.officer, row.alert).await.unwrap();
    assert_eq!(code(story.publish(update).await), "plate_not_cleared");
    let back = app.return_version(who, update, "Drop the plate.").await;
    back.unwrap();
    let update = app.redraft(&story.officer, update).await.unwrap();
    let dropped = |change: &mut DraftChange| {
        change.names_plate = Some(Named::No);
        for text in &mut change.texts {
            text.marks.clear();
        }
    };
    story.change(update, dropped).await;
    story.publish(update).await.unwrap();
    assert!(story.waits(DutyKind::DropCleared).await.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn bulletin_only_is_explained_decided_again_and_reviewed_by_another() {
    let story = Story::new(&[]).await;
    let message = story.begin().await;
    let own = Qualifying {
        rung: Some(Rung::Bulletin),
        ..Qualifying::default()
    };
    let unreasoned = story.app().qualify(&story.approver, story.case, &own).await;
    assert_eq!(unreasoned.unwrap_err().problems[0].field, "reason");
    story.choose(&story.approver, Rung::Bulletin).await.unwrap();
    assert_eq!(code(story.publish(message).await), "bulletin_only");
    assert_eq!(story.waits(DutyKind::DecideAgain).await, ["2", "6", "12"]);
    story
        .app()
        .explained(&story.officer, story.case, "By phone, in Arabic.")
        .await
        .unwrap();
    assert!(story.waits(DutyKind::ExplainToGuardian).await.is_empty());
    story.choose(&story.approver, Rung::Bulletin).await.unwrap();
    assert_eq!(story.waits(DutyKind::DecideAgain).await, ["6", "12"]);
    let why = "The family asks for it.";
    story
        .app()
        .ask_review(&story.officer, story.case, why)
        .await
        .unwrap();
    let own = (Rung::Area, "I think again.");
    let refused = story.app().review(&story.approver, story.case, own).await;
    assert_eq!(code(refused), "own_decision");
    story
        .app()
        .review(&story.prosecutor, story.case, (Rung::Area, "She is nine."))
        .await
        .unwrap();
    for kind in [DutyKind::DecideAgain, DutyKind::ReviewRefusal] {
        assert!(story.waits(kind).await.is_empty(), "{kind:?}");
    }
    story.publish(message).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_gate_keeps_the_explanation_from_the_guardian() {
    let story = Story::new(&[(Field::GateFleeing, "yes")]).await;
    story.choose(&story.approver, Rung::Bulletin).await.unwrap();
    let told = story
        .app()
        .explained(&story.officer, story.case, "By phone.")
        .await;
    assert_eq!(code(told), "guardian_silent");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rung_bounds_the_channels_and_the_radius() {
    let story = Story::new(&[]).await;
    story.choose(&story.approver, Rung::Partners).await.unwrap();
    let message = story.begin().await;
    let submitted = story
        .app()
        .submit(&story.officer, message, Confirmation::Given)
        .await
        .unwrap();
    assert_eq!(submitted.binding.channels, ["cap_feed", "public_page"]);
    story.choose(&story.approver, Rung::Local).await.unwrap();
    assert_eq!(
        code(story.approve(message).await),
        "beyond_rung",
        "160 km, where 30 were decided"
    );
    let back = story
        .app()
        .return_version(&story.approver, message, "Smaller.")
        .await;
    back.unwrap();
    story.choose(&story.approver, Rung::Area).await.unwrap();
    let again = story.app().redraft(&story.officer, message).await.unwrap();
    story.publish(again).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn signs_of_danger_raise_the_rung_that_the_table_proposes() {
    let story = Story::new(&[(Field::ChildAge, "16")]).await;
    let view = story.app().qualification(&story.officer, story.case).await;
    let before = view.unwrap();
    assert_eq!(
        (before.qualification.rung, before.chosen),
        (Rung::Local, None)
    );
    let said = Qualifying {
        signs: Some(vec![Sign::SelfHarm]),
        ..Qualifying::default()
    };
    let rung = story.app().qualify(&story.officer, story.case, &said).await;
    assert_eq!(rung, Ok(Rung::Area), "the officer proposes the table's");
    let view = story.app().qualification(&story.officer, story.case).await;
    assert_eq!(view.unwrap().chosen, Some(Rung::Area));
    assert_eq!(
        story
            .app()
            .publication_guard(&story.officer, story.case)
            .await,
        Ok(vec![])
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn consent_is_named_among_what_stands_in_the_way() {
    let story = Story::new(&[(Field::ConsentPublish, "no")]).await;
    let found = story
        .app()
        .publication_guard(&story.officer, story.case)
        .await;
    assert_eq!(found, Ok(vec![Blocker::ConsentRefused]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_neighbor_across_the_border_is_asked_when_the_area_reaches_it() {
    let oujda = [
        (Field::LastSeenLat, "34.68000"),
        (Field::LastSeenLon, "-1.91000"),
    ];
    let story = Story::new(&oujda).await;
    let message = story.begin().await;
    story
        .app()
        .submit(&story.officer, message, Confirmation::Given)
        .await
        .unwrap();
    assert_eq!(story.waits(DutyKind::AskNeighbor).await, ["dz"]);
    let screen = story.app().screen(&story.approver, message).await.unwrap();
    let [part] = &screen.abroad[..] else {
        panic!("one neighbor: {:?}", screen.abroad)
    };
    assert!(part.square_km > 10_000.0 && part.share > 0.2, "{part:?}");
    assert_eq!(screen.attention.alerts, 0);
}
