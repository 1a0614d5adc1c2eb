//! Tips from both ends: who tells, and the room.

use tifli_domain::Actor;
use tifli_domain::alert::EndReason;
use tifli_domain::case::CaseState;
use tifli_domain::id::{AlertId, CaseId, PublicCode, TipId};
use tifli_store::audit::{self, ObjectId};
use tifli_store::{alert, media};

use super::come_back::Progress;
use super::{Side, Telling, TipFilter, TipState, Told};
use crate::guess::{GUESSES, HOUR_MS, WINDOW_MS};
use crate::report::Confirmation;
use crate::testing::TestHouse;
use crate::worker::Workers;
use crate::{AppError, Kind};

/// A case with a live alert, and who made it.
pub(crate) struct Out {
    pub(crate) officer: Actor,
    pub(crate) approver: Actor,
    pub(crate) case: CaseId,
    pub(crate) alert: AlertId,
    pub(crate) code: PublicCode,
}

/// Where a network's hash comes from does not matter here.
pub(crate) const NETWORK: [u8; 32] = [3; 32];

impl Out {
    /// A new case with a live alert.
    pub(crate) async fn live(house: &TestHouse) -> Self {
        let officer = house.officer().await;
        let case = house.received_case(&officer).await;
        Self::alerted(house, officer, case).await
    }

    /// The same from a received case.
    pub(crate) async fn alerted(house: &TestHouse, officer: Actor, case: CaseId) -> Self {
        let approver = house.approver().await;
        let app = &house.app;
        let message = app.begin_alert(&officer, case).await.unwrap();
        let submitted = app
            .submit(&officer, message, Confirmation::Given)
            .await
            .unwrap();
        let binding = submitted.binding;
        app.approve(&approver, message, binding).await.unwrap();
        let (row, _) = app.version_row(message).await.unwrap();
        Self {
            officer,
            approver,
            case,
            alert: row.alert,
            code: row.code,
        }
    }

    /// Ends the alert of a child who was found, records what follows, and waits until every channel
    /// is dark.
    pub(crate) async fn dark(&self, house: &TestHouse) {
        let app = &house.app;
        let mut events = app.bus().listen();
        let workers = Workers::start(app);
        let cancelled = app.cancel(&self.officer, self.alert, EndReason::Found);
        cancelled.await.unwrap();
        app.confirm_end(&self.approver, self.alert).await.unwrap();
        house.wound_up(&self.officer, self.case).await;
        while app.case_row(self.case).await.unwrap().state != CaseState::Dark {
            events.recv().await.unwrap();
        }
        workers.stop().await;
    }

    /// Tells something about this alert.
    pub(crate) async fn tell(&self, house: &TestHouse, words: &str) -> Told {
        let told = house.app.tell(&self.code, telling(words), None, None);
        told.await.unwrap()
    }
}

/// A form with nothing but words.
pub(crate) fn telling(words: &str) -> Telling {
    Telling {
        words: words.to_owned(),
        place_words: String::new(),
        place: None,
        point: None,
        seen_at: String::new(),
        language: "fr".to_owned(),
    }
}

async fn entries(house: &TestHouse, tip: TipId) -> Vec<String> {
    let records = house.app.db().read("entries", tip, |reads, tip| {
        Box::pin(async move { audit::list(reads, &ObjectId::new("tip", tip), 100).await })
    });
    let records: Result<_, AppError> = records.await.map_err(AppError::from);
    records
        .unwrap()
        .into_iter()
        .map(|record| record.verb)
        .collect()
}

async fn photos_of(house: &TestHouse, tip: TipId) -> usize {
    let photos = house.app.db().read("photos_of", tip, |reads, tip| {
        Box::pin(async move { Ok::<_, AppError>(media::list_by_tip(reads, *tip).await?) })
    });
    photos.await.unwrap().len()
}

#[tokio::test]
async fn a_tip_is_read_by_the_room_with_one_audit_entry_and_listed_without_its_words() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let room = house.room().await;
    let told = out.tell(&house, "devant la gare").await;
    let listed = house
        .app
        .list_tips(&room, TipFilter::default())
        .await
        .unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!(
        (listed[0].tip, listed[0].state),
        (told.tip, TipState::Received)
    );
    assert!(!format!("{listed:?}").contains("gare"));
    assert_eq!(house.app.waiting_tips(&out.officer, out.case).await, Ok(1));
    assert_eq!(house.app.all_waiting_tips(&room).await, Ok(1));
    let opened = house.app.read_tip(&room, told.tip).await.unwrap();
    assert_eq!(opened.telling.words, "devant la gare");
    assert_eq!(entries(&house, told.tip).await, ["tip.read", "tip.tell"]);
}

#[tokio::test]
async fn the_same_form_twice_has_one_receipt_and_other_words_are_another_tip() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let send = |words: &str| {
        let key = Some("form-0001".to_owned());
        house.app.tell(&out.code, telling(words), None, key)
    };
    let first = send("devant la gare").await.unwrap();
    assert_eq!(send("devant la gare").await.unwrap(), first);
    let other = send("devant la gare, sur le quai").await.unwrap();
    assert_ne!(
        (other.tip, other.receipt.digits()),
        (first.tip, first.receipt.digits())
    );
    assert_eq!(house.app.waiting_tips(&out.officer, out.case).await, Ok(2));
}

#[tokio::test]
async fn a_form_sent_twice_at_once_with_its_photo_is_one_tip_with_one_photo() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let photo = house.photo(5);
    let send = || {
        let key = Some("form-0002".to_owned());
        house
            .app
            .tell(&out.code, telling("sur la photo"), Some(photo.clone()), key)
    };
    let (one, two) = tokio::join!(send(), send());
    let told = one.unwrap();
    assert_eq!(two.unwrap(), told);
    assert_eq!(photos_of(&house, told.tip).await, 1);
    house.clock.advance(2 * HOUR_MS);
    assert_eq!(
        house.app.sweep_tips().await.unwrap().1,
        0,
        "nothing was left behind"
    );
    let blobs = house.app.db().blobs().list().await.unwrap();
    assert_eq!(blobs.len(), 3, "an original and two renditions");
}

#[tokio::test]
async fn a_photo_that_is_none_is_a_problem_beside_it_and_keeps_nothing() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let photo = Some(b"no photo at all".to_vec());
    let refused = house.app.tell(&out.code, telling("vu"), photo, None).await;
    let refused = refused.unwrap_err();
    assert_eq!(
        (refused.kind, refused.problems[0].field.as_str()),
        (Kind::Invalid, "photo")
    );
    assert_eq!(house.app.waiting_tips(&out.officer, out.case).await, Ok(0));
    let empty = Some(Vec::new());
    assert!(
        house
            .app
            .tell(&out.code, telling("vu"), empty, None)
            .await
            .is_ok()
    );
}

#[tokio::test]
async fn problems_of_a_form_stand_beside_their_fields() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let form = Telling {
        place: Some("nowhere".to_owned()),
        seen_at: "<b>".to_owned(),
        ..telling("")
    };
    let refused = house
        .app
        .tell(&out.code, form, None, None)
        .await
        .unwrap_err();
    let problems: Vec<(&str, &str)> = refused
        .problems
        .iter()
        .map(|problem| (problem.field.as_str(), problem.code.as_str()))
        .collect();
    let expected = [
        ("place", "not_an_answer"),
        ("words", "missing"),
        ("seen_at", "markup"),
    ];
    assert_eq!(problems, expected);
}

#[tokio::test]
async fn after_the_end_nothing_is_told_but_what_was_told_has_its_receipt() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let key = || Some("form-0003".to_owned());
    let send = |words: &str| house.app.tell(&out.code, telling(words), None, key());
    let told = send("avant").await.unwrap();
    let cancelled = house.app.cancel(&out.officer, out.alert, EndReason::Found);
    cancelled.await.unwrap();
    let refused = send("après").await.unwrap_err();
    assert_eq!(
        (refused.kind, refused.code.as_str()),
        (Kind::Gone, "alert_ended")
    );
    assert_eq!(send("avant").await.unwrap(), told);
    let unknown: PublicCode = "0000000000000000".parse().unwrap();
    let refused = house.app.tell(&unknown, telling("vu"), None, None).await;
    assert_eq!(refused.unwrap_err().kind, Kind::NotFound);
}

#[tokio::test]
async fn an_alert_past_its_expiry_takes_no_tip_though_the_clock_has_not_come_round() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let row = house.app.alert_row(out.alert).await.unwrap();
    house
        .clock
        .advance(row.expires_ms.unwrap() - house.clock.now_ms());
    let refused = house.app.tell(&out.code, telling("vu"), None, None).await;
    assert_eq!(refused.unwrap_err().code, "alert_ended");
}

#[tokio::test]
async fn a_receipt_opens_questions_and_two_words_and_never_what_the_room_decided() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let room = house.room().await;
    let told = out.tell(&house, "devant la gare").await;
    let receipt = told.receipt.digits();
    let seen = house.app.come_back(receipt, NETWORK).await.unwrap();
    assert_eq!((seen.progress, seen.lines.len()), (Progress::Received, 0));
    let early = house.app.answer_question(receipt, NETWORK, "oui").await;
    assert_eq!(early.unwrap_err().code, "no_question");
    house
        .app
        .dismiss_tip(&room, told.tip, "doublon")
        .await
        .unwrap();
    house
        .app
        .ask(&room, told.tip, "Quelle sortie ?")
        .await
        .unwrap();
    let seen = house.app.come_back(receipt, NETWORK).await.unwrap();
    assert_eq!((seen.progress, seen.may_answer), (Progress::LookedAt, true));
    assert_eq!(seen.lines[0].words, "Quelle sortie ?");
    assert!(!format!("{seen:?}").contains("doublon"));
    house
        .app
        .answer_question(receipt, NETWORK, "La sortie nord")
        .await
        .unwrap();
    let twice = house.app.answer_question(receipt, NETWORK, "encore").await;
    assert_eq!(twice.unwrap_err().code, "no_question");
    let read = house.app.read_tip(&room, told.tip).await.unwrap();
    let lines: Vec<_> = read
        .notes
        .iter()
        .map(|n| (n.side, n.words.as_str()))
        .collect();
    assert_eq!(
        lines,
        [
            (Side::House, "Quelle sortie ?"),
            (Side::Public, "La sortie nord")
        ]
    );
    assert!(read.summary.answered);
    assert_eq!(read.reason.as_deref(), Some("doublon"));
}

#[tokio::test]
async fn after_ten_wrong_receipts_a_network_waits_an_hour_even_with_a_right_one() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let told = out.tell(&house, "vu").await;
    let right = told.receipt.digits();
    for guess in 0..GUESSES {
        let wrong = if guess % 2 == 0 {
            "0000 0000 0000 0000"
        } else {
            "no receipt"
        };
        let refused = house.app.come_back(wrong, NETWORK).await.unwrap_err();
        assert_eq!(
            (refused.kind, refused.code.as_str()),
            (Kind::NotFound, "receipt_unknown")
        );
    }
    let refused = house.app.come_back(right, NETWORK).await.unwrap_err();
    assert_eq!(refused.kind, Kind::TooMany);
    assert!(
        house.app.come_back(right, [4; 32]).await.is_ok(),
        "another network"
    );
    house.clock.advance(HOUR_MS + 2 * WINDOW_MS);
    assert!(house.app.come_back(right, NETWORK).await.is_ok());
    assert_eq!(
        house.app.sweep_tips().await.unwrap().0,
        2,
        "both networks' windows"
    );
}

#[tokio::test]
async fn guesses_sent_at_once_do_not_slip_past_the_lock() {
    let house = TestHouse::new().await;
    let guesses = (0..40).map(|_| house.app.come_back("1111222233334444", NETWORK));
    let answers = futures::future::join_all(guesses).await;
    let looked = answers
        .iter()
        .filter(|answer| matches!(answer, Err(error) if error.kind == Kind::NotFound));
    assert_eq!(i64::try_from(looked.count()).unwrap(), GUESSES);
}

#[tokio::test]
async fn whatever_the_room_does_with_tips_the_case_stays_as_it_is() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let room = house.room().await;
    let before = house.app.case_row(out.case).await.unwrap();
    let told = out.tell(&house, "vu").await;
    let app = &house.app;
    app.link_tip(&room, told.tip).await.unwrap();
    assert_eq!(
        app.link_tip(&room, told.tip).await.unwrap_err().kind,
        Kind::Conflict
    );
    app.ask(&room, told.tip, "Où ?").await.unwrap();
    app.dismiss_tip(&room, told.tip, "erreur").await.unwrap();
    app.link_tip(&room, told.tip).await.unwrap();
    assert_eq!(app.case_row(out.case).await.unwrap(), before);
    let alert = app.db().read("alert", out.alert, |reads, id| {
        Box::pin(alert::get(reads, *id))
    });
    let alert: Result<_, AppError> = alert.await.map_err(AppError::from);
    assert!(alert.unwrap().ended_ms.is_none());
}

#[tokio::test]
async fn sightings_are_for_the_case_s_own_district_and_triage_is_for_the_room() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let room = house.room().await;
    let told = out.tell(&house, "vu au marché").await;
    out.tell(&house, "rien").await;
    house.app.link_tip(&room, told.tip).await.unwrap();
    let seen = house.app.sightings(&out.officer, out.case).await.unwrap();
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].telling.words, "vu au marché");
    let foreign = house.actor(tifli_domain::Role::Officer, "fes").await;
    for refused in [
        house.app.sightings(&foreign, out.case).await.map(drop),
        house.app.read_tip(&out.officer, told.tip).await.map(drop),
        house.app.link_tip(&out.officer, told.tip).await,
        house
            .app
            .list_tips(&out.officer, TipFilter::default())
            .await
            .map(drop),
    ] {
        assert_eq!(refused.unwrap_err().kind, Kind::Forbidden);
    }
}
