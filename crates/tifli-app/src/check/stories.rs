//! The places to check, told as stories on SQLite.

use tifli_domain::check::{Outcome, Reason};
use tifli_domain::id::CaseId;
use tifli_domain::intake::{Field, KnownList, Said, Source, Tie, TypedItem};
use tifli_domain::{Actor, Role};

use crate::intake::NewKnown;
use crate::report::Typed;
use crate::testing::{DISTRICT, TestHouse};
use crate::{AppError, Kind};

/// A received case of a child of five.
async fn small_child(house: &TestHouse, officer: &Actor) -> CaseId {
    let case = house.received_case(officer).await;
    house.answer(officer, case, &[(Field::ChildAge, "5")]).await;
    case
}

async fn origins(house: &TestHouse, officer: &Actor, case: CaseId) -> Vec<String> {
    let places = house.app.places(officer, case).await.unwrap();
    places.into_iter().map(|place| place.origin).collect()
}

#[tokio::test]
async fn receiving_a_report_makes_the_list_and_an_answer_brings_it_up_to_date() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let before = origins(&house, &officer, case).await;
    assert_eq!(
        before,
        [
            "hasty:house",
            "hasty:roof",
            "hasty:cellar",
            "hasty:car",
            "field:last_seen_words"
        ]
    );
    let answers = [
        (Field::ChildAge, "5"),
        (Field::HomeAddress, "12 street of the example"),
        (Field::School, "School of the example"),
        (Field::TakenMoney, "50"),
    ];
    house.answer(&officer, case, &answers).await;
    let places = house.app.places(&officer, case).await.unwrap();
    assert_eq!(places[0].place.words, "12 street of the example");
    assert_eq!(places[4].reason, Reason::WaterFirst, "a child of five");
    let has = |origin: &str| places.iter().any(|place| place.origin == origin);
    assert!(has("field:school") && has("hub:coach_station"));
    house
        .answer(&officer, case, &[(Field::TakenMoney, "60")])
        .await;
    let after = origins(&house, &officer, case).await;
    assert_eq!(after.len(), places.len(), "no place is added twice");
}

#[tokio::test]
async fn the_list_follows_the_source_whose_answer_counts() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let app = &house.app;
    let told = app.add_source(&officer, case, (Tie::Teacher, "Amina Exemple"));
    let teacher = told.await.unwrap();
    let typed = Typed {
        field: Field::School,
        value: "School of the example".to_owned(),
        base_seq: 0,
        said: Said {
            source: teacher,
            ..Said::default()
        },
        sending: crate::report::Sending::First,
    };
    app.save_answer(&officer, case, typed).await.unwrap();
    let school = "field:school".to_owned();
    assert!(!origins(&house, &officer, case).await.contains(&school));
    app.prefer_source(&officer, case, (Field::School, teacher))
        .await
        .unwrap();
    assert!(origins(&house, &officer, case).await.contains(&school));
}

#[tokio::test]
async fn a_list_worked_through_without_a_find_lowers_nothing() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = small_child(&house, &officer).await;
    let app = &house.app;
    let row = app.case_row(case).await.unwrap();
    let board = app.board(&officer).await.unwrap();
    for place in app.places(&officer, case).await.unwrap() {
        for outcome in Outcome::ALL {
            app.record_place(&officer, (case, place.item), (outcome, "seen"))
                .await
                .unwrap();
        }
        let last = (Outcome::Nothing, "nothing again");
        app.record_place(&officer, (case, place.item), last)
            .await
            .unwrap();
    }
    let places = app.places(&officer, case).await.unwrap();
    assert!(places.iter().all(|place| !place.is_open()));
    assert!(
        places.iter().all(|place| place.results.len() == 5),
        "all are kept"
    );
    assert_eq!(
        app.case_row(case).await.unwrap(),
        row,
        "the case is as it was"
    );
    assert_eq!(
        app.board(&officer).await.unwrap(),
        board,
        "so is what must be done"
    );
}

#[tokio::test]
async fn a_place_that_was_not_reachable_waits_on() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let place = (case, 1);
    house
        .app
        .record_place(&officer, place, (Outcome::NotReachable, "locked"))
        .await
        .unwrap();
    let places = house.app.places(&officer, case).await.unwrap();
    let first = places.iter().find(|place| place.item == 1).unwrap();
    assert!(first.is_open());
    assert_eq!(first.results[0].note, "locked");
}

#[tokio::test]
async fn a_unit_sees_and_records_what_it_was_given_and_nothing_else_of_the_file() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let unit = house.actor(Role::Unit, DISTRICT).await;
    let foreign = house.actor(Role::Unit, "fes").await;
    let case = house.received_case(&officer).await;
    let app = &house.app;
    assert_eq!(
        app.units(&officer, DISTRICT).await.unwrap(),
        vec![unit.unit.clone()]
    );
    app.assign_place(&officer, (case, 2), &unit.unit)
        .await
        .unwrap();
    let given = app.places_of_unit(&unit).await.unwrap();
    assert_eq!(
        given.iter().map(|one| one.place.item).collect::<Vec<_>>(),
        [2]
    );
    assert!(app.places_of_unit(&foreign).await.unwrap().is_empty());

    let nothing = (Outcome::Nothing, "nobody on the roof");
    app.record_place(&unit, (case, 2), nothing).await.unwrap();
    let given = app.places_of_unit(&unit).await.unwrap();
    assert_eq!(given[0].place.results[0].note, "nobody on the roof");

    let refusals: Vec<AppError> = vec![
        app.record_place(&foreign, (case, 2), nothing)
            .await
            .unwrap_err(),
        app.read_file(&unit, case, "test").await.unwrap_err(),
        app.places(&unit, case).await.unwrap_err(),
        app.read_lists(&unit, case).await.unwrap_err(),
        app.assign_place(&unit, (case, 1), &unit.unit)
            .await
            .unwrap_err(),
    ];
    for refusal in refusals {
        assert_eq!(refusal.kind, Kind::Forbidden, "{refusal}");
    }
    let other = app.record_place(&unit, (case, 1), nothing).await;
    assert_eq!(other.unwrap_err().code, "not_assigned");
    let strange = app.assign_place(&officer, (case, 1), &foreign.unit).await;
    assert_eq!(strange.unwrap_err().problems[0].field, "unit");
    app.assign_place(&officer, (case, 2), "").await.unwrap();
    assert!(app.places_of_unit(&unit).await.unwrap().is_empty());
    let places = app.places(&officer, case).await.unwrap();
    let kept = places.iter().find(|place| place.item == 2).unwrap();
    assert_eq!(kept.results.len(), 1, "what the unit wrote stays");
}

#[tokio::test]
async fn a_person_the_child_avoids_is_no_place_to_look_at_and_what_was_found_there_stays() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let unit = house.actor(Role::Unit, DISTRICT).await;
    let case = house.received_case(&officer).await;
    let app = &house.app;
    let person = |part: &str, name: &str| {
        let pairs = [("part", part), ("name", name)];
        let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
        TypedItem::new(pairs.into_iter().map(owned).collect())
    };
    let put = async |item: Option<i64>, part: &str, name: &str| {
        let new = NewKnown {
            list: KnownList::Person,
            item,
            typed: person(part, name),
            source: Source::REPORTER,
        };
        app.save_known(&officer, case, new).await.unwrap()
    };
    let (looked_at, other) = (
        put(None, "friend", "A").await,
        put(None, "friend", "B").await,
    );
    let find = async |item: i64| {
        let places = app.places(&officer, case).await.unwrap();
        let origin = format!("person:{item}");
        places.into_iter().find(|place| place.origin == origin)
    };
    for item in [looked_at, other] {
        let place = find(item).await.unwrap().item;
        app.assign_place(&officer, (case, place), &unit.unit)
            .await
            .unwrap();
    }
    let place = (case, find(looked_at).await.unwrap().item);
    app.record_place(&unit, place, (Outcome::NotReachable, "locked"))
        .await
        .unwrap();
    assert_eq!(app.places_of_unit(&unit).await.unwrap().len(), 2);
    put(Some(looked_at), "avoided", "A").await;
    put(Some(other), "avoided", "B").await;
    assert!(app.places_of_unit(&unit).await.unwrap().is_empty());
    assert_eq!(find(other).await, None);
    let kept = find(looked_at).await.unwrap();
    assert!(kept.withdrawn && !kept.is_open() && kept.results.len() == 1);
    let given = app.assign_place(&officer, place, &unit.unit).await;
    assert_eq!(given.unwrap_err().kind, Kind::Conflict);
    put(Some(other), "friend", "B").await;
    assert!(find(other).await.unwrap().is_open(), "it is named again");
}
