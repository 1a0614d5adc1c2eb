//! Several people's answers, what is sealed, the lists: told as stories on SQLite.

use std::collections::BTreeMap;

use tifli_domain::id::CaseId;
use tifli_domain::intake::{Field, Item, KnownList, Mark, Said, Source, Tie, TypedItem};
use tifli_domain::{Actor, Role};
use tifli_store::audit::{self, ObjectId};

use super::NewKnown;
use crate::report::{Save, Typed};
use crate::testing::TestHouse;
use crate::{AppError, AppResult, Kind};

/// The reason typed before sealed answers are opened.
const WHY: &str = "the prosecutor asks what was said of home";

async fn say(
    house: &TestHouse,
    (officer, case): (&Actor, CaseId),
    (field, value, base_seq): (Field, &str, i64),
    said: Said,
) -> AppResult<Save> {
    let typed = Typed {
        field,
        value: value.to_owned(),
        base_seq,
        said,
        sending: crate::report::Sending::First,
    };
    house.app.save_answer(officer, case, typed).await
}

fn by(source: Source, mark: Option<Mark>) -> Said {
    Said {
        source,
        mark,
        said_ms: None,
    }
}

fn item(list: KnownList, pairs: &[(&str, &str)]) -> NewKnown {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    let typed: BTreeMap<String, String> = pairs.iter().map(owned).collect();
    NewKnown {
        list,
        item: None,
        typed: TypedItem::new(typed),
        source: Source::REPORTER,
    }
}

async fn verbs(house: &TestHouse, case: CaseId) -> Vec<String> {
    let records = house
        .app
        .db()
        .read("verbs", case, |reads, case| {
            Box::pin(async move {
                let object = ObjectId::new("case", case);
                Ok::<_, AppError>(audit::list(reads, &object, 100).await?)
            })
        })
        .await
        .unwrap();
    records.into_iter().map(|record| record.verb).collect()
}

#[tokio::test]
async fn what_different_people_say_stands_side_by_side_and_a_person_chooses_whose_counts() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.draft(&officer).await;
    let at = (&officer, case);
    let app = &house.app;
    let friend = app
        .add_source(&officer, case, (Tie::Friend, "Yassine Exemple"))
        .await
        .unwrap();
    let question = Field::MoneyAccess;
    let none = by(Source::REPORTER, Some(Mark::No));
    say(&house, at, (question, "", 0), none).await.unwrap();
    let yes = by(friend, Some(Mark::Yes));
    let saved = say(&house, at, (question, "saved 200", 0), yes).await;
    assert!(matches!(saved, Ok(Save::Saved { seq: 2, .. })), "{saved:?}");

    let file = app.read_file(&officer, case, "test").await.unwrap();
    assert_eq!(file.said.len(), 2, "neither is lost");
    assert_eq!(file.answers[&question].said.mark, Some(Mark::No));
    assert_eq!(file.said[&(question, friend)].value, "saved 200");
    assert_eq!(file.sources[0].name, "Yassine Exemple");
    assert!(
        app.answers(&officer, case, "test")
            .await
            .unwrap()
            .is_empty()
    );

    app.prefer_source(&officer, case, (question, friend))
        .await
        .unwrap();
    let file = app.read_file(&officer, case, "test").await.unwrap();
    assert_eq!(file.answers[&question].value, "saved 200");
    assert_eq!(file.said.len(), 2, "the reporter's answer stays");
    let answers = app.answers(&officer, case, "test").await.unwrap();
    assert_eq!(answers[&question], "saved 200");
}

#[tokio::test]
async fn the_report_is_found_by_the_name_of_the_source_that_counts() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.draft(&officer).await;
    let at = (&officer, case);
    let app = &house.app;
    let teacher = app
        .add_source(&officer, case, (Tie::Teacher, "Amina Exemple"))
        .await
        .unwrap();
    let field = Field::ChildFirstName;
    say(&house, at, (field, "Salma", 0), Said::default())
        .await
        .unwrap();
    say(&house, at, (field, "Hiba", 0), by(teacher, None))
        .await
        .unwrap();
    assert_eq!(app.index().search("Salma"), [case]);
    assert!(app.index().search("Hiba").is_empty());
    app.prefer_source(&officer, case, (field, teacher))
        .await
        .unwrap();
    assert_eq!(app.index().search("Hiba"), [case]);
    assert!(app.index().search("Salma").is_empty());
    let house = house.restart().await;
    assert_eq!(house.app.index().search("Hiba"), [case]);
}

#[tokio::test]
async fn an_answer_of_nobody_known_or_of_tomorrow_is_refused() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.draft(&officer).await;
    let at = (&officer, case);
    let strange = by(Source::new(7), None);
    let refused = say(&house, at, (Field::Clothes, "red coat", 0), strange).await;
    assert_eq!(refused.unwrap_err().kind, Kind::Invalid);
    let tomorrow = Said {
        said_ms: Some(house.clock.now_ms() + 1),
        ..Said::default()
    };
    let refused = say(&house, at, (Field::Clothes, "red coat", 0), tomorrow).await;
    assert_eq!(refused.unwrap_err().problems[0].code, "in_the_future");
    let row = NewKnown {
        source: Source::new(7),
        ..item(
            KnownList::Place,
            &[("part", "hobby"), ("words", "the pitch")],
        )
    };
    let refused = house.app.save_known(&officer, case, row).await;
    assert_eq!(refused.unwrap_err().problems[0].field, "source");
    let nobody = house
        .app
        .add_source(&officer, case, (Tie::Friend, " "))
        .await;
    assert_eq!(nobody.unwrap_err().problems[0].code, "missing");
    let no_answer = house
        .app
        .prefer_source(&officer, case, (Field::Clothes, Source::REPORTER))
        .await;
    assert_eq!(no_answer.unwrap_err().problems[0].field, "source");
}

#[tokio::test]
async fn a_question_is_left_with_a_mark_and_the_mark_is_kept() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.draft(&officer).await;
    let at = (&officer, case);
    for (field, typed, mark, kept) in [
        (Field::ChildHeight, "", Some(Mark::Unknown), Mark::Unknown),
        (Field::Company, "", Some(Mark::Refused), Mark::Refused),
        (Field::Swims, "no", None, Mark::No),
    ] {
        say(&house, at, (field, typed, 0), by(Source::REPORTER, mark))
            .await
            .unwrap();
        let file = house.app.read_file(&officer, case, "test").await.unwrap();
        assert_eq!(file.answers[&field].said.mark, Some(kept));
        assert!(!file.values().contains_key(&field), "a mark is no value");
    }
}

#[tokio::test]
async fn sealed_answers_open_for_a_reason_only_and_the_opening_is_recorded_first() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.draft(&officer).await;
    let at = (&officer, case);
    let app = &house.app;
    say(&house, at, (Field::Violence, "blows", 0), Said::default())
        .await
        .unwrap();
    for reason in ["", "because"] {
        let refused = app.open_sealed_answers(&officer, case, reason).await;
        assert_eq!(refused.unwrap_err().problems[0].field, "reason");
    }
    let foreign = house.actor(Role::Officer, "fes").await;
    for other in [foreign, house.room().await] {
        let refused = app.open_sealed_answers(&other, case, WHY).await;
        assert_eq!(refused.unwrap_err().kind, Kind::Forbidden);
    }
    let opened = app.open_sealed_answers(&officer, case, WHY).await.unwrap();
    assert_eq!(opened.len(), 1);
    assert_eq!(opened[0].answer.value, "blows");
    let verbs = verbs(&house, case).await;
    assert!(verbs.iter().any(|verb| verb == "case.break_glass"));
    let glass = verbs.iter().filter(|verb| *verb == "case.break_glass");
    assert_eq!(glass.count(), 1, "a refusal opens nothing");
}

#[tokio::test]
async fn a_row_of_a_list_is_changed_and_taken_off_and_its_place_to_check_stays() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.draft(&officer).await;
    let app = &house.app;
    let pitch = item(
        KnownList::Place,
        &[
            ("part", "hobby"),
            ("words", "the pitch"),
            ("haunt", "pitch"),
        ],
    );
    let number = app.save_known(&officer, case, pitch.clone()).await.unwrap();
    let changed = NewKnown {
        item: Some(number),
        ..item(
            KnownList::Place,
            &[
                ("part", "hobby"),
                ("words", "the new pitch"),
                ("importance", "5"),
            ],
        )
    };
    app.save_known(&officer, case, changed).await.unwrap();
    let rows = app.read_lists(&officer, case).await.unwrap();
    let words = |row: &Item| match row {
        Item::Place(place) => place.words.clone(),
        Item::Person(_) => String::new(),
    };
    assert_eq!(
        rows.iter().map(|row| words(&row.row)).collect::<Vec<_>>(),
        ["the new pitch"]
    );
    app.drop_known(&officer, case, (KnownList::Place, number))
        .await
        .unwrap();
    assert!(app.read_lists(&officer, case).await.unwrap().is_empty());
    let places = app.places(&officer, case).await.unwrap();
    let kept = places.iter().find(|place| place.origin == "place:1");
    assert_eq!(kept.unwrap().place.words, "the new pitch");
    let gone = app
        .drop_known(&officer, case, (KnownList::Place, number))
        .await;
    assert_eq!(gone.unwrap_err().kind, Kind::NotFound);
}

#[tokio::test]
async fn a_bad_row_is_named_beside_its_field() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.draft(&officer).await;
    for (pair, field, code) in [
        (("haunt", "moon"), "haunt", "not_an_answer"),
        (("days", "9"), "days", "not_an_answer"),
        (("colour", "blue"), "colour", "unknown_field"),
    ] {
        let row = item(
            KnownList::Place,
            &[("part", "hobby"), ("words", "the pitch"), pair],
        );
        let refused = house.app.save_known(&officer, case, row).await.unwrap_err();
        let problem = &refused.problems[0];
        assert_eq!(
            (problem.field.as_str(), problem.code.as_str()),
            (field, code)
        );
    }
}
