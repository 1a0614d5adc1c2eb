//! Calls: from two words to a receipt, or to a row somebody sees to. Nothing said is lost.

use tifli_domain::Actor;
use tifli_domain::case::CaseState;
use tifli_domain::id::{CallId, CaseId};
use tifli_domain::unit_report::TipOrigin;
use tifli_store::audit::{self, ObjectId};

use super::{About, CallForm, CallKind, JoinAs, Spoken, TakenCall};
use crate::testing::TestHouse;
use crate::tip::stories::NETWORK;
use crate::tip::{TipFilter, TipState};
use crate::{AppError, Kind};

fn said(words: &str) -> Spoken {
    Spoken {
        words: words.to_owned(),
        place_words: "Rabat".to_owned(),
        ..Spoken::default()
    }
}

fn form(words: &str, about: About) -> CallForm {
    CallForm {
        spoken: said(words),
        called_at: String::new(),
        about,
    }
}

async fn take(house: &TestHouse, room: &Actor, kind: CallKind) -> TakenCall {
    let form = form("une fillette seule", About::Other(kind));
    house
        .app
        .take_call(room, kind.as_str(), &form)
        .await
        .unwrap()
}

async fn verbs(house: &TestHouse, call: CallId) -> Vec<String> {
    let records = house.app.db().read("verbs", call, |reads, call| {
        Box::pin(async move {
            let object = ObjectId::new("call", call);
            Ok::<_, AppError>(audit::list(reads, &object, 100).await?)
        })
    });
    let records = records.await.unwrap().into_iter().rev();
    records.map(|record| record.verb).collect()
}

async fn candidates(house: &TestHouse, room: &Actor, words: &str) -> Vec<CaseId> {
    let found = house.app.call_candidates(room, &said(words)).await.unwrap();
    found.into_iter().map(|one| one.case).collect()
}

#[tokio::test]
async fn a_call_is_recognized_in_any_spelling_and_becomes_a_tip_with_a_receipt() {
    let house = TestHouse::new().await;
    let (officer, room) = (house.officer().await, house.room().await);
    let case = house.received_case(&officer).await;
    for words in ["selma", "شاهدت سلمى", "SALMA près de la gare"] {
        assert_eq!(candidates(&house, &room, words).await, [case], "{words}");
    }
    let called = form("salma, robe rouge", About::Case(case));
    let taken = house.app.take_call(&room, "k", &called).await.unwrap();
    let again = house.app.take_call(&room, "k", &called).await.unwrap();
    assert_eq!(taken, again, "the same form is one call with one receipt");
    let receipt = taken.receipt.clone().unwrap();
    let (of, tip) = taken.about.unwrap();
    assert_eq!((of, taken.kind, taken.due_ms), (case, CallKind::Tip, None));
    let opened = house.app.read_tip(&room, tip).await.unwrap();
    assert_eq!(opened.summary.state, TipState::Received);
    assert_eq!(opened.telling.words, "salma, robe rouge");
    assert!(
        opened.telling.point.is_some(),
        "Rabat is a place of the gazetteer"
    );
    assert!(opened.telling.seen_at.contains('T'), "now is a time");
    let source = house.app.tip_source(&room, tip).await.unwrap().unwrap();
    assert_eq!(
        (source.origin, source.call),
        (TipOrigin::Call, Some(taken.call))
    );
    assert_eq!(
        house.app.call_of_tip(&room, tip).await,
        Ok(Some(taken.call))
    );
    assert_eq!(
        house.app.case_row(case).await.unwrap().state,
        CaseState::Received
    );
    house.app.ask(&room, tip, "Which way?").await.unwrap();
    let back = house
        .app
        .come_back(receipt.digits(), NETWORK)
        .await
        .unwrap();
    assert_eq!(back.lines.len(), 1, "the receipt opens the dialogue");
    assert_eq!(verbs(&house, taken.call).await, ["call.take"]);
}

#[tokio::test]
async fn every_other_call_is_a_row_with_a_clock_that_somebody_settles() {
    let house = TestHouse::new().await;
    let (room, other) = (house.room().await, house.room().await);
    let app = &house.app;
    for kind in CallKind::ALL
        .iter()
        .copied()
        .filter(|kind| *kind != CallKind::Tip)
    {
        let taken = take(&house, &room, kind).await;
        assert_eq!(taken.receipt.is_some(), kind.gives_receipt(), "{kind:?}");
        assert!(taken.due_ms > Some(taken.called_ms), "{kind:?}");
        let (open, _) = app.list_calls(&room).await.unwrap();
        assert!(open.last().map(|line| line.call).is_some());
        let alone = app.settle_call(&room, taken.call, "seen to").await;
        if kind.may_settle(room.person, room.person) {
            assert_eq!(alone, Ok(()), "{kind:?}");
        } else {
            assert_eq!(alone.unwrap_err().code, "same_person", "{kind:?}");
            app.settle_call(&other, taken.call, "seen to")
                .await
                .unwrap();
        }
        let twice = app.settle_call(&other, taken.call, "again").await;
        assert_eq!(twice.unwrap_err().code, "already_settled");
        let opened = app.read_call(&other, taken.call).await.unwrap();
        assert_eq!(opened.spoken.words, "une fillette seule");
        assert_eq!(opened.note.as_deref(), Some("seen to"));
    }
    assert_eq!(app.waiting_calls(&room).await, Ok(0));
}

#[tokio::test]
async fn a_late_call_pages_the_room_once() {
    let house = TestHouse::new().await;
    let room = house.room().await;
    let taken = take(&house, &room, CallKind::Danger).await;
    house.app.page_late_calls().await.unwrap();
    assert_eq!(verbs(&house, taken.call).await, ["call.take"]);
    house.clock.advance(2 * 60_000);
    for _ in 0..2 {
        house.app.page_late_calls().await.unwrap();
    }
    assert_eq!(
        verbs(&house, taken.call).await,
        ["call.take", "call.page_room"]
    );
}

#[tokio::test]
async fn a_call_joins_a_case_under_its_receipt_and_its_own_key_is_destroyed() {
    let house = TestHouse::new().await;
    let (officer, room) = (house.officer().await, house.room().await);
    let app = &house.app;
    let taken = take(&house, &room, CallKind::Unmatched).await;
    let case = house.received_case(&officer).await;
    let receipt = taken.receipt.unwrap();
    let before = app.come_back(receipt.digits(), NETWORK).await.unwrap();
    assert!(before.lines.is_empty() && !before.may_answer);
    let join = (case, JoinAs::Tip);
    app.join_call(&room, taken.call, join).await.unwrap();
    app.join_call(&room, taken.call, join).await.unwrap();
    let filter = TipFilter {
        case: Some(case),
        ..TipFilter::default()
    };
    let tips = app.list_tips(&room, filter).await.unwrap();
    assert_eq!(tips.len(), 1, "once");
    app.ask(&room, tips[0].tip, "Which way?").await.unwrap();
    let back = app.come_back(receipt.digits(), NETWORK).await.unwrap();
    assert_eq!(
        back.lines.len(),
        1,
        "the same receipt opens the dialogue now"
    );
    let destroyed = app.db().keys().list_destroyed().await.unwrap();
    assert!(destroyed.contains(&taken.call.to_string()));
    let opened = app.read_call(&room, taken.call).await.unwrap();
    assert_eq!(opened.spoken.words, "une fillette seule", "nothing is lost");
    assert_eq!(opened.line.case, Some(case));
}

#[tokio::test]
async fn a_report_is_opened_from_a_call_about_another_child() {
    let house = TestHouse::new().await;
    let (officer, room) = (house.officer().await, house.room().await);
    let taken = take(&house, &room, CallKind::OtherChild).await;
    let case = house.draft(&officer).await;
    let tip = (case, JoinAs::Tip);
    let refused = house
        .app
        .join_call(&room, taken.call, tip)
        .await
        .unwrap_err();
    assert_eq!(
        refused.code, "not_possible_now",
        "it is about another child"
    );
    let report = (case, JoinAs::Report);
    house
        .app
        .join_call(&room, taken.call, report)
        .await
        .unwrap();
    assert_eq!(house.app.waiting_calls(&room).await, Ok(0));
    let opened = house.app.read_call(&room, taken.call).await.unwrap();
    assert_eq!((opened.line.case, opened.line.tip), (Some(case), None));
}

#[tokio::test]
async fn bad_input_is_named_beside_its_field_and_nothing_is_kept() {
    let house = TestHouse::new().await;
    let room = house.room().await;
    let fields = |error: AppError| -> Vec<String> {
        error
            .problems
            .into_iter()
            .map(|problem| problem.field)
            .collect()
    };
    let mut wrong = form("", About::Other(CallKind::Complaint));
    wrong.spoken.place_words.clear();
    let refused = house.app.take_call(&room, "k", &wrong).await.unwrap_err();
    assert_eq!(fields(refused), ["words"]);
    let mut wrong = form("a\u{202e}b", About::Other(CallKind::Complaint));
    wrong.spoken.when = "31/12/2999 10:00".to_owned();
    wrong.called_at = "one day".to_owned();
    let refused = house.app.take_call(&room, "k", &wrong).await.unwrap_err();
    assert_eq!(fields(refused), ["words", "when", "called_at"]);
    assert_eq!(house.app.waiting_calls(&room).await, Ok(0));
    let officer = house.officer().await;
    let call = form("x", About::Other(CallKind::Danger));
    let refused = house.app.take_call(&officer, "k", &call).await.unwrap_err();
    assert_eq!(refused.kind, Kind::Forbidden);
}

#[tokio::test]
async fn a_call_about_no_case_is_emptied_when_its_time_is_over() {
    let house = TestHouse::new().await;
    let (room, other) = (house.room().await, house.room().await);
    let app = &house.app;
    let taken = take(&house, &room, CallKind::Complaint).await;
    house.clock.advance(200 * 24 * 60 * 60 * 1000);
    assert_eq!(app.erase_old_calls().await, Ok(0), "nobody saw to it");
    app.settle_call(&other, taken.call, "answered")
        .await
        .unwrap();
    house.clock.advance(91 * 24 * 60 * 60 * 1000);
    assert_eq!(app.erase_old_calls().await, Ok(1));
    let gone = app.read_call(&room, taken.call).await.unwrap_err();
    assert_eq!(gone.kind, Kind::Gone);
}
