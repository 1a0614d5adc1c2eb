//! First alarms, told as stories on SQLite.

use tifli_domain::Role;
use tifli_domain::alarm::Lines;
use tifli_domain::case::CaseState;
use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::intake::Field;

use crate::Kind;
use crate::testing::TestHouse;

fn lines(seen: &str) -> Lines {
    Lines {
        caller: "Nadia Exemple 0600 00 01 23".to_owned(),
        child: "سلمى، 7 سنوات".to_owned(),
        seen: seen.to_owned(),
    }
}

#[tokio::test]
async fn three_lines_open_a_case_in_the_competent_district_and_nothing_of_them_is_lost() {
    let house = TestHouse::new().await;
    let room = house.room().await;
    let app = &house.app;
    let lines = lines("en face de la gare de Fès vers 17 h");
    let raised = app.raise_alarm(&room, "k1", (&lines, "")).await.unwrap();
    assert_eq!(raised.district, "fes");
    let again = app.raise_alarm(&room, "k1", (&lines, "")).await.unwrap();
    assert_eq!(again, raised, "the same form sent twice opens one case");

    let officer = house.actor(Role::Officer, "fes").await;
    let answers = app.answers(&officer, raised.case, "test").await.unwrap();
    let text = |field: Field| answers[&field].as_str();
    assert_eq!(text(Field::ReporterName), "Nadia Exemple");
    assert_eq!(text(Field::ReporterPhone), "0600 00 01 23");
    assert_eq!(text(Field::ChildFirstNameAr), "سلمى");
    assert_eq!(text(Field::ChildAge), "7");
    assert_eq!(text(Field::LastSeenWords), lines.seen);
    assert!(answers.contains_key(&Field::LastSeenPlace));
    let circumstances = text(Field::Circumstances);
    for line in [&lines.child, &lines.seen] {
        assert!(circumstances.contains(line.as_str()));
    }
    for unsaid in ["Nadia", "0600"] {
        assert!(
            !circumstances.contains(unsaid),
            "the services learn what happened and not who called"
        );
    }
    assert_eq!(
        app.index().search("Salma").len(),
        1,
        "it is found by name at once"
    );
    let row = app.case_row(raised.case).await.unwrap();
    assert_eq!(
        row.state,
        CaseState::Draft,
        "the district completes the report"
    );
}

#[tokio::test]
async fn the_clock_of_an_alarm_runs_until_the_district_takes_it_over() {
    let house = TestHouse::new().await;
    let room = house.room().await;
    let app = &house.app;
    let officer = house.actor(Role::Officer, "fes").await;
    for (key, by_typing) in [("k1", false), ("k2", true)] {
        let raised = app
            .raise_alarm(&room, key, (&lines("فاس"), ""))
            .await
            .unwrap();
        let waits = async || {
            let board = app.board(&officer).await.unwrap().into_iter();
            let mine = board.filter(|duty| duty.case == raised.case);
            mine.map(|duty| (duty.kind, (duty.due_ms - duty.opened_ms) / 60_000))
                .collect::<Vec<_>>()
        };
        let alarm = [(DutyKind::TakeOverAlarm, DutyKind::TakeOverAlarm.minutes())];
        assert_eq!(waits().await, alarm);
        house
            .answer(&room, raised.case, &[(Field::Clothes, "red coat")])
            .await;
        assert_eq!(waits().await, alarm, "the room adds and the clock runs");
        let own = app.take_over_alarm(&room, raised.case).await;
        assert_eq!(own.unwrap_err().kind, Kind::Forbidden, "it is not theirs");
        assert_eq!(waits().await, alarm);
        if by_typing {
            house
                .answer(&officer, raised.case, &[(Field::ChildSex, "girl")])
                .await;
        } else {
            app.take_over_alarm(&officer, raised.case).await.unwrap();
        }
        let report = (DutyKind::CompleteReport, DutyKind::CompleteReport.minutes());
        assert_eq!(waits().await, [report], "the next thing has its own clock");
        house.complete(&officer, raised.case).await;
        assert!(!waits().await.contains(&report));
    }
}

#[tokio::test]
async fn an_alarm_that_the_room_receives_itself_was_taken_over_by_nobody() {
    let house = TestHouse::new().await;
    let room = house.room().await;
    let raised = house
        .app
        .raise_alarm(&room, "k1", (&lines("Fès"), ""))
        .await
        .unwrap();
    house.complete(&room, raised.case).await;
    let officer = house.actor(Role::Officer, "fes").await;
    let duties = house.app.duties(&officer, raised.case).await.unwrap();
    let alarm = duties.iter().map(|duty| &duty.line);
    let mut alarm = alarm.filter(|duty| duty.kind == DutyKind::TakeOverAlarm);
    assert_eq!(alarm.next().unwrap().ending, Some(DutyEnd::Needless));
    let waiting = duties.iter().filter(|duty| duty.line.ending.is_none());
    let waiting: Vec<_> = waiting.map(|duty| duty.line.kind).collect();
    assert!(waiting.contains(&DutyKind::Publish), "{waiting:?}");
}

#[tokio::test]
async fn a_line_without_a_known_place_asks_for_the_district_and_a_choice_by_hand_counts() {
    let house = TestHouse::new().await;
    let room = house.room().await;
    let app = &house.app;
    let nowhere = lines("beside the old mill");
    let refused = app
        .raise_alarm(&room, "k1", (&nowhere, ""))
        .await
        .unwrap_err();
    assert_eq!(refused.problems[0].code, "district_needed");
    let raised = app.raise_alarm(&room, "k1", (&nowhere, "oujda")).await;
    assert_eq!(raised.unwrap().district, "oujda");
    let chosen = app.raise_alarm(&room, "k2", (&lines("Fès"), "oujda")).await;
    assert_eq!(
        chosen.unwrap().district,
        "oujda",
        "the hand goes before the place"
    );
    let unknown = app.raise_alarm(&room, "k3", (&nowhere, "atlantis")).await;
    assert_eq!(unknown.unwrap_err().problems[0].field, "district");
}

#[tokio::test]
async fn arabic_lines_name_places_with_a_letter_in_front() {
    let house = TestHouse::new().await;
    let room = house.room().await;
    for (seen, district) in [
        ("بفاس قرب المحطة", "fes"),
        ("شوهدت في مدينة وجدة مساء اليوم", "oujda"),
        ("vue à Casablanca", "casablanca-anfa"),
    ] {
        let raised = house.app.raise_alarm(&room, seen, (&lines(seen), "")).await;
        assert_eq!(raised.unwrap().district, district, "{seen}");
    }
}

#[tokio::test]
async fn only_the_room_raises_an_alarm_and_every_line_is_needed() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let refused = house
        .app
        .raise_alarm(&officer, "k", (&lines("Fès"), ""))
        .await;
    assert_eq!(refused.unwrap_err().kind, Kind::Forbidden);
    let room = house.room().await;
    let empty = Lines::default();
    let refused = house.app.raise_alarm(&room, "k", (&empty, "fes")).await;
    assert_eq!(refused.unwrap_err().problems.len(), 3);
}
