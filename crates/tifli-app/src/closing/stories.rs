//! The way from found to closed, holds, the day of erasure, and the same child again.

use tifli_domain::Actor;
use tifli_domain::alert::{AlertState, EndReason};
use tifli_domain::bulletin::SearchState;
use tifli_domain::case::CaseState;
use tifli_domain::closing::{Item, ItemState};
use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::figures::Moment;
use tifli_domain::id::CaseId;
use tifli_domain::intake::Field;
use tifli_domain::retention::{Ending, HoldKind};
use tifli_store::audit::{self, ObjectId};

use super::{HoldForm, StepForm};
use crate::alert::PublicState;
use crate::testing::TestHouse;
use crate::tip::stories::Out;
use crate::{AppError, AppResult, Kind};

fn form(word: &str, name: &str, note: &str) -> StepForm {
    StepForm {
        word: word.to_owned(),
        name: name.to_owned(),
        note: note.to_owned(),
    }
}

fn hold(kind: HoldKind) -> HoldForm {
    HoldForm {
        kind,
        basis: "Parquet, 12/2026".to_owned(),
        until_ms: None,
    }
}

async fn open(house: &TestHouse, who: &Actor, case: CaseId) -> Vec<Item> {
    let open = house.app.open_items(who, case).await.unwrap();
    open.into_iter().map(|open| open.item).collect()
}

async fn entries(house: &TestHouse, case: CaseId) -> Vec<(String, String)> {
    let records = house.app.db().read("entries", case, |reads, case| {
        Box::pin(async move {
            let object = ObjectId::new("case", case);
            Ok::<_, AppError>(audit::list(reads, &object, 200).await?)
        })
    });
    let records = records.await.unwrap().into_iter().rev();
    records.map(|r| (r.verb, r.detail)).collect()
}

fn refusal<T: std::fmt::Debug>(result: AppResult<T>) -> (Kind, String) {
    let error = result.unwrap_err();
    let code = match error.problems.first() {
        Some(problem) if error.kind == Kind::Invalid => {
            format!("{}:{}", problem.field, problem.code)
        }
        _ => error.code,
    };
    (error.kind, code)
}

#[tokio::test]
async fn a_file_with_open_items_is_not_closed_and_each_is_named() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let refused = house.app.close_case(&officer, case).await.unwrap_err();
    let named: Vec<_> = refused.problems.iter().map(|p| p.field.as_str()).collect();
    assert_eq!(
        named,
        [
            "located",
            "seen",
            "safe",
            "decision",
            "hand_over",
            "family_told",
            "interview",
            "outcome"
        ]
    );
    house.wound_up(&officer, case).await;
    assert_eq!(open(&house, &officer, case).await, []);
    let closed = house.app.close_case(&officer, case).await.unwrap();
    assert_eq!(closed.state, CaseState::Closed);
    let view = house.app.closing(&officer, case).await.unwrap();
    let kept = view.retention.unwrap();
    assert_eq!(
        (kept.ending, kept.class.as_str(), kept.attribution.as_str()),
        (Ending::Alive, "case", "contributed")
    );
    assert_eq!(kept.erase_on_ms, house.clock.now_ms() + 365 * 86_400_000);
}

#[tokio::test]
async fn the_order_is_kept_and_skipping_needs_a_name_and_a_reason() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let app = &house.app;
    let early = app
        .record_closing(&officer, case, Item::Seen, form("alive", "B. Agent", ""))
        .await;
    assert_eq!(
        refusal(early),
        (Kind::Conflict, "closing_before".to_owned())
    );
    for (name, note, expected) in [
        ("", "left the country", "name:missing"),
        ("Judge Invented", "", "note:missing"),
    ] {
        let skipped = app
            .skip_closing(&officer, case, Item::Located, form("", name, note))
            .await;
        assert_eq!(refusal(skipped), (Kind::Invalid, expected.to_owned()));
    }
    let reason = form("", "Judge Invented", "left the country, file handed over");
    app.skip_closing(&officer, case, Item::Located, reason)
        .await
        .unwrap();
    let view = app.closing(&officer, case).await.unwrap();
    assert_eq!(view.items[0].state, ItemState::Skipped);
    assert_eq!(view.items[0].said[0].name, "Judge Invented");
    let declared = app
        .record_closing(&officer, case, Item::Recall, form("", "", ""))
        .await;
    assert_eq!(
        refusal(declared),
        (Kind::Conflict, "closing_receipts".to_owned())
    );
    let acts = entries(&house, case).await;
    assert!(acts.contains(&("case.closing_skipped".to_owned(), "item=located".to_owned())));
}

#[tokio::test]
async fn what_was_said_in_error_is_taken_back_and_stays_on_record() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let app = &house.app;
    app.record_closing(&officer, case, Item::Located, form("public", "", ""))
        .await
        .unwrap();
    app.take_back_closing(&officer, case, Item::Located, "another child")
        .await
        .unwrap();
    assert!(open(&house, &officer, case).await.contains(&Item::Located));
    app.record_closing(&officer, case, Item::Located, form("family", "", ""))
        .await
        .unwrap();
    let view = app.closing(&officer, case).await.unwrap();
    let words: Vec<_> = view.items[0].said.iter().map(|s| s.word.as_str()).collect();
    assert_eq!(words, ["public", "", "family"]);
}

#[tokio::test]
async fn a_located_child_changes_nothing_public_until_the_alert_is_ended() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let app = &house.app;
    let before = format!("{:?}", app.public_state(&out.code).await.unwrap());
    let located = form("public", "", "seen at the station");
    app.record_closing(&out.officer, out.case, Item::Located, located)
        .await
        .unwrap();
    assert_eq!(
        format!("{:?}", app.public_state(&out.code).await.unwrap()),
        before
    );
    assert_eq!(
        app.case_row(out.case).await.unwrap().state,
        CaseState::Alerted
    );
    let live = app.close_case(&out.officer, out.case).await;
    assert_eq!(live.unwrap_err().kind, Kind::Conflict);
}

#[tokio::test]
async fn the_recall_is_open_until_the_alert_is_dark() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let waiting = house.app.open_items(&out.officer, out.case).await.unwrap();
    let recall = waiting.iter().find(|open| open.item == Item::Recall);
    assert_eq!(recall.unwrap().waits_for, ["own_channels"]);
    out.dark(&house).await;
    let open_items = open(&house, &out.officer, out.case).await;
    assert!(!open_items.contains(&Item::Recall), "{open_items:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_person_ends_everything_at_three_in_the_morning() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let room = house.room().await;
    let app = &house.app;
    let zone = app.pack().zone();
    let local = || app.now().to_zoned(zone.clone());
    let night = local().tomorrow().unwrap().date().at(3, 0, 0, 0);
    let night = night.to_zoned(zone.clone()).unwrap().timestamp();
    house
        .clock
        .advance(night.as_millisecond() - house.clock.now_ms());
    assert_eq!(local().strftime("%H:%M").to_string(), "03:00");
    let page = app.public_state(&out.code).await.unwrap();
    assert!(matches!(page, PublicState::Live(_)), "it is still out");

    let ended = app.cancel(&room, out.alert, EndReason::Found).await;
    assert_eq!(ended, Ok(()), "accepted at once");
    let row = app.alert_row(out.alert).await.unwrap();
    assert_eq!(row.state, AlertState::Ended);
    assert_eq!(row.ended_by, Some(room.person));
    assert_eq!(row.ended_ms, Some(house.clock.now_ms()));
    assert_eq!(row.confirmed_by, None, "no second person was asked");
    let page = app.public_state(&out.code).await.unwrap();
    assert!(matches!(page, PublicState::Ended(_)), "the page has ended");
    assert!(app.current_alerts().await.unwrap().is_empty());
    let bulletin = app.bulletin_of(&room, out.case).await.unwrap().unwrap();
    let told = app.read_bulletin(&room, bulletin).await.unwrap();
    assert_eq!(told.row.state, SearchState::Ceased);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_last_acknowledgement_of_the_cessation_is_awaited_before_a_file_is_closed() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    house.all_acknowledge(&out.officer, out.case).await;
    let ended = house.app.cancel(&out.officer, out.alert, EndReason::Found);
    ended.await.unwrap();
    let waiting = house.app.open_items(&out.officer, out.case).await.unwrap();
    let cessation = waiting.iter().find(|open| open.item == Item::Cessation);
    let services = house.app.pack().first_directory().len();
    assert_eq!(cessation.unwrap().waits_for.len(), services);
    house.all_acknowledge(&out.officer, out.case).await;
    let left = open(&house, &out.officer, out.case).await;
    assert!(!left.contains(&Item::Cessation), "{left:?}");
}

#[tokio::test]
async fn a_foreign_officer_and_a_unit_record_nothing() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    for role in [tifli_domain::Role::Officer, tifli_domain::Role::Unit] {
        let foreign = house.actor(role, "fes").await;
        let app = &house.app;
        let located = form("police", "", "");
        let refused = [
            app.record_closing(&foreign, case, Item::Located, located.clone())
                .await,
            app.skip_closing(&foreign, case, Item::Located, form("", "x", "y"))
                .await,
            app.take_back_closing(&foreign, case, Item::Located, "x")
                .await,
            app.closing(&foreign, case).await.map(drop),
            app.open_items(&foreign, case).await.map(drop),
            app.episodes(&foreign, case).await.map(drop),
            app.place_hold(&foreign, case, hold(HoldKind::Hold))
                .await
                .map(drop),
        ];
        for (place, refused) in refused.into_iter().enumerate() {
            assert_eq!(refused.unwrap_err().kind, Kind::Forbidden, "{place}");
        }
    }
}

#[tokio::test]
async fn under_hold_nobody_erases_until_a_second_person_lifts_it() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    out.dark(&house).await;
    let app = &house.app;
    let (prosecutor, second) = (house.prosecutor().await, house.prosecutor().await);
    let asked = app
        .request_erasure(&out.officer, out.case, "fin")
        .await
        .unwrap();
    for (kind, code) in [
        (HoldKind::Proceedings, "proceedings_open"),
        (HoldKind::Hold, "under_hold"),
    ] {
        let held = app
            .place_hold(&prosecutor, out.case, hold(kind))
            .await
            .unwrap();
        for refused in [
            app.confirm_erasure(&second, asked).await.map(drop),
            app.request_erasure(&out.approver, out.case, "fin")
                .await
                .map(drop),
        ] {
            assert_eq!(refusal(refused), (Kind::Conflict, code.to_owned()));
        }
        let own = app.lift_hold(&prosecutor, held, "over").await;
        assert_eq!(refusal(own), (Kind::Conflict, "same_person".to_owned()));
        app.lift_hold(&second, held, "over").await.unwrap();
        let twice = app.lift_hold(&second, held, "over").await;
        assert_eq!(refusal(twice), (Kind::Conflict, "hold_lifted".to_owned()));
    }
    app.confirm_erasure(&second, asked).await.unwrap();
    assert_eq!(
        app.case_row(out.case).await.unwrap().state,
        CaseState::Erased
    );
}

#[tokio::test]
async fn nothing_is_erased_without_its_outcome() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    out.dark(&house).await;
    let app = &house.app;
    app.take_back_closing(&out.officer, out.case, Item::Outcome, "not known yet")
        .await
        .unwrap();
    let refused = app.request_erasure(&out.officer, out.case, "fin").await;
    assert_eq!(refusal(refused), (Kind::Conflict, "no_outcome".to_owned()));
}

#[tokio::test]
async fn a_closed_file_is_due_when_its_days_are_over_and_not_before() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    house.wound_up(&officer, case).await;
    house.app.close_case(&officer, case).await.unwrap();
    house.clock.advance(365 * 86_400_000 - 1);
    assert_eq!(house.app.due_for_erasure(&officer).await.unwrap(), []);
    house.clock.advance(1);
    let prosecutor = house.prosecutor().await;
    house
        .app
        .place_hold(&prosecutor, case, hold(HoldKind::Hold))
        .await
        .unwrap();
    let due = house.app.due_for_erasure(&officer).await.unwrap();
    assert_eq!((due[0].case, due[0].held), (case, Some(HoldKind::Hold)));
    let foreign = house.actor(tifli_domain::Role::Officer, "fes").await;
    assert_eq!(house.app.due_for_erasure(&foreign).await.unwrap(), []);
}

#[tokio::test]
async fn the_same_child_again_is_accepted_after_an_erasure_and_linked_before_one() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    out.dark(&house).await;
    let app = &house.app;
    let again = house.received_case(&out.officer).await;
    let offered = app.episodes(&out.officer, again).await.unwrap();
    assert_eq!((offered[0].case, offered[0].linked), (out.case, false));
    app.link_episode(&out.officer, again, out.case)
        .await
        .unwrap();
    assert!(app.episodes(&out.officer, again).await.unwrap()[0].linked);
    let asked = app
        .request_erasure(&out.officer, out.case, "fin")
        .await
        .unwrap();
    let second = house.prosecutor().await;
    app.confirm_erasure(&second, asked).await.unwrap();
    let third = house.received_case(&out.officer).await;
    house
        .answer(&out.officer, third, &[(Field::Clothes, "blue coat")])
        .await;
    let offered = app.episodes(&out.officer, third).await.unwrap();
    let cases: Vec<_> = offered.iter().map(|episode| episode.case).collect();
    assert_eq!(cases, [again], "an erased one is not remembered by name");
}

#[tokio::test]
async fn the_return_interview_is_a_duty_of_72_hours_from_the_moment_the_child_is_located() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let app = &house.app;
    let waiting = async || {
        let board = app.board(&officer).await.unwrap().into_iter();
        let mine = board.filter(|duty| duty.kind == DutyKind::OfferInterview);
        mine.map(|duty| duty.due_ms).collect::<Vec<i64>>()
    };
    assert!(waiting().await.is_empty());
    let located = house.clock.now_ms();
    app.record_closing(&officer, case, Item::Located, form("public", "", ""))
        .await
        .unwrap();
    house.clock.advance(3_600_000);
    app.record_closing(&officer, case, Item::Seen, form("alive", "B. Agent", ""))
        .await
        .unwrap();
    assert_eq!(waiting().await, [located + 72 * 3_600_000]);
    let offered = form("declined", "Association Exemple", "");
    app.record_closing(&officer, case, Item::Interview, offered)
        .await
        .unwrap();
    assert!(waiting().await.is_empty());
    app.take_back_closing(&officer, case, Item::Interview, "another child")
        .await
        .unwrap();
    assert_eq!(waiting().await.len(), 1);
    app.take_back_closing(&officer, case, Item::Seen, "another child")
        .await
        .unwrap();
    app.record_closing(&officer, case, Item::Seen, form("dead", "B. Agent", ""))
        .await
        .unwrap();
    assert!(waiting().await.is_empty(), "needless for a dead child");
}

#[tokio::test]
async fn the_search_ceases_when_the_child_is_seen_and_each_silent_service_is_named() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let app = &house.app;
    let waits = async || {
        let open = app.open_items(&officer, case).await.unwrap().into_iter();
        let mut cessation = open.filter(|open| open.item == Item::Cessation);
        cessation.next().map(|open| open.waits_for)
    };
    app.record_closing(&officer, case, Item::Located, form("public", "", ""))
        .await
        .unwrap();
    assert_eq!(
        waits().await,
        None,
        "located is not seen: the search goes on"
    );
    app.record_closing(&officer, case, Item::Seen, form("alive", "B. Agent", ""))
        .await
        .unwrap();
    let silent = waits().await.unwrap();
    assert_eq!(silent.len(), app.pack().first_directory().len());
    let room = house.room().await;
    let bulletin = app.bulletin_of(&room, case).await.unwrap().unwrap();
    for service in &silent {
        let service = service.parse().unwrap();
        app.acknowledge_by_phone(&room, bulletin, &service)
            .await
            .unwrap();
    }
    assert_eq!(waits().await, None);
}

#[tokio::test]
async fn a_sighting_taken_back_sets_every_service_searching_again() {
    let house = TestHouse::new().await;
    let (officer, room) = (house.officer().await, house.room().await);
    let case = house.received_case(&officer).await;
    let app = &house.app;
    for (item, word) in [(Item::Located, "public"), (Item::Seen, "alive")] {
        app.record_closing(&officer, case, item, form(word, "B. Agent", ""))
            .await
            .unwrap();
    }
    let ceased = app.bulletin_of(&room, case).await.unwrap().unwrap();
    app.take_back_closing(&officer, case, Item::Seen, "another child")
        .await
        .unwrap();
    let again = app.bulletin_of(&room, case).await.unwrap().unwrap();
    assert_ne!(again, ceased);
    let opened = app.read_bulletin(&room, again).await.unwrap();
    assert_eq!(opened.row.state, SearchState::Open);
    let telegram = &opened.telegrams[0].telegram;
    assert!(telegram.text().contains("Salma"), "it describes the child");
    let board = app.board(&room).await.unwrap();
    let silent = board
        .iter()
        .filter(|duty| duty.kind == DutyKind::BulletinSilent);
    assert_eq!(silent.count(), 1, "the one that is overtaken awaits nobody");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_step_that_was_only_left_out_and_is_taken_up_again_sends_nobody_out() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let (app, officer) = (&house.app, &out.officer);
    let ended = app.cancel(officer, out.alert, EndReason::Found);
    ended.await.unwrap();
    let ceased = app.bulletin_of(officer, out.case).await.unwrap();
    app.record_closing(officer, out.case, Item::Located, form("public", "", ""))
        .await
        .unwrap();
    let left_out = form("", "Judge Invented", "seen by another service");
    app.skip_closing(officer, out.case, Item::Seen, left_out)
        .await
        .unwrap();
    app.take_back_closing(officer, out.case, Item::Seen, "we go and look")
        .await
        .unwrap();
    assert_eq!(app.bulletin_of(officer, out.case).await.unwrap(), ceased);
}

#[tokio::test]
async fn a_word_put_right_sends_nobody_out_and_calls_nobody_back() {
    let house = TestHouse::new().await;
    let (officer, room) = (house.officer().await, house.room().await);
    let case = house.received_case(&officer).await;
    let app = &house.app;
    for (item, word) in [(Item::Located, "public"), (Item::Seen, "alive")] {
        app.record_closing(&officer, case, item, form(word, "B. Agent", ""))
            .await
            .unwrap();
    }
    let seen_ms = house.clock.now_ms();
    let bulletin = app.bulletin_of(&room, case).await.unwrap().unwrap();
    let ceased = app.read_bulletin(&room, bulletin).await.unwrap();
    house.clock.advance(3_600_000);
    for (item, word) in [
        (Item::Seen, "alive"),
        (Item::Seen, "dead"),
        (Item::Located, "family"),
    ] {
        app.correct_closing(&officer, case, item, form(word, "C. Agent", ""))
            .await
            .unwrap();
    }
    assert_eq!(app.bulletin_of(&room, case).await.unwrap(), Some(bulletin));
    let now = app.read_bulletin(&room, bulletin).await.unwrap();
    assert_eq!(now.telegrams.len(), ceased.telegrams.len());
    assert_eq!(now.row.state, SearchState::Ceased);
    let view = app.closing(&officer, case).await.unwrap();
    assert_eq!(view.path, tifli_domain::closing::Path::FoundDead);
    let seen = view.items.iter().find(|item| item.item == Item::Seen);
    assert_eq!(seen.unwrap().said.len(), 3, "what was said stays on record");
    let rows = app.figure_rows(&room, app.present_week()).await.unwrap();
    for moment in [Moment::Located, Moment::Seen] {
        assert_eq!(rows[0].at(moment), Some(seen_ms), "{moment:?}");
    }
    let unsaid = app.correct_closing(&officer, case, Item::FamilyTold, form("", "D. Mère", ""));
    assert_eq!(
        refusal(unsaid.await),
        (Kind::Conflict, "closing_settled".to_owned())
    );
}

#[tokio::test]
async fn whether_an_alert_goes_out_again_is_decided_once_its_child_is_no_longer_located() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let (app, officer) = (&house.app, &out.officer);
    let waits = async || {
        let board = app.board(&out.approver).await.unwrap().into_iter();
        let mine = board.filter(|duty| duty.kind == DutyKind::GoOutAgain);
        mine.map(|duty| duty.duty).collect::<Vec<_>>()
    };
    let located = async |word| {
        let said = form(word, "", "");
        app.record_closing(officer, out.case, Item::Located, said)
            .await
            .unwrap();
    };
    let taken_back = async || {
        app.take_back_closing(officer, out.case, Item::Located, "another child")
            .await
            .unwrap();
    };
    located("public").await;
    taken_back().await;
    assert_eq!(waits().await, [], "the alert is out");
    located("public").await;
    app.cancel(officer, out.alert, EndReason::Found)
        .await
        .unwrap();
    taken_back().await;
    assert_eq!(waits().await.len(), 1);
    located("police").await;
    assert_eq!(waits().await, [], "needless");
    taken_back().await;
    let [duty] = waits().await[..] else {
        panic!("one duty")
    };
    let by_officer = app.settle_duty(officer, duty, "no").await;
    assert_eq!(by_officer.unwrap_err().kind, Kind::Forbidden);
    app.settle_duty(&out.approver, duty, "le télégramme suffit")
        .await
        .unwrap();
    assert_eq!(waits().await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_child_missing_after_all_is_alerted_anew_while_the_last_recall_still_runs() {
    let house = TestHouse::new().await;
    let first = Out::live(&house).await;
    let (app, officer) = (&house.app, &first.officer);
    app.record_closing(officer, first.case, Item::Located, form("public", "", ""))
        .await
        .unwrap();
    app.cancel(officer, first.alert, EndReason::Found)
        .await
        .unwrap();
    app.take_back_closing(officer, first.case, Item::Located, "another child")
        .await
        .unwrap();
    let state = async || app.case_row(first.case).await.unwrap().state;
    assert_eq!(state().await, CaseState::Recalling, "nobody was told yet");
    let second = Out::alerted(&house, officer.clone(), first.case).await;
    assert_eq!(state().await, CaseState::Alerted);
    let duties = app.duties(officer, first.case).await.unwrap();
    let again = duties.iter().map(|duty| &duty.line);
    let mut again = again.filter(|duty| duty.kind == DutyKind::GoOutAgain);
    assert_eq!(again.next().unwrap().ending, Some(DutyEnd::Done));
    let ended = app.public_state(&first.code).await.unwrap();
    assert!(matches!(ended, PublicState::Ended(_)));
    let live = app.public_state(&second.code).await.unwrap();
    assert!(matches!(live, PublicState::Live(_)));
    second.dark(&house).await;
    for alert in [first.alert, second.alert] {
        let row = app.alert_row(alert).await.unwrap();
        assert!(row.dark_ms.is_some(), "the case is dark with the last one");
    }
}
