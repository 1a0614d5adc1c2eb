//! Reports, told as stories on SQLite.

use tifli_domain::case::CaseState;
use tifli_domain::id::CaseId;
use tifli_domain::intake::{Field, Said, Source, Warning};
use tifli_domain::{Actor, Role};
use tifli_store::audit::{self, ObjectId, Record};

use super::{CaseFilter, Confirmation, Receiving, Save, Sending, Typed};
use crate::testing::{DISTRICT, POINT, REPORT, TestHouse};
use crate::{AppError, Kind};

fn typed(field: Field, value: &str, base_seq: i64) -> Typed {
    Typed {
        field,
        value: value.to_owned(),
        base_seq,
        said: Said::default(),
        sending: Sending::First,
    }
}

async fn save(house: &TestHouse, who: &Actor, case: CaseId, typed: Typed) -> Save {
    house.app.save_answer(who, case, typed).await.unwrap()
}

fn seq(outcome: &Save) -> i64 {
    match outcome {
        Save::Saved { seq, .. } => *seq,
        Save::Conflict { kept_seq, .. } => panic!("kept as {kept_seq}"),
    }
}

async fn entries(house: &TestHouse, case: CaseId) -> Vec<Record> {
    house
        .app
        .db()
        .read("entries", case, |reads, case| {
            Box::pin(async move {
                let object = ObjectId::new("case", case);
                Ok::<_, AppError>(audit::list(reads, &object, 100).await?)
            })
        })
        .await
        .unwrap()
}

async fn verbs(house: &TestHouse, case: CaseId) -> Vec<String> {
    let entries = entries(house, case).await;
    entries.into_iter().rev().map(|entry| entry.verb).collect()
}

fn found(cases: Vec<super::CaseSummary>) -> Vec<CaseId> {
    cases.into_iter().map(|case| case.case).collect()
}

async fn search(house: &TestHouse, who: &Actor, query: &str) -> Vec<CaseId> {
    let filter = CaseFilter {
        query: query.to_owned(),
        state: None,
    };
    found(house.app.list_cases(who, &filter).await.unwrap())
}

#[tokio::test]
async fn an_answer_sent_again_after_a_dropped_line_counts_once_and_a_new_one_of_another_tab_is_no_repetition()
 {
    let house = TestHouse::new().await;
    let (one, other) = (house.officer().await, house.officer().await);
    let case = house.draft(&one).await;
    let again = |value: &str, base| Typed {
        sending: Sending::Again,
        ..typed(Field::Clothes, value, base)
    };
    let first = save(&house, &one, case, typed(Field::Clothes, "red coat", 0)).await;
    let base = seq(&first);
    assert_eq!(
        seq(&save(&house, &one, case, again("red coat", 0)).await),
        base
    );
    let newer = save(
        &house,
        &other,
        case,
        typed(Field::Clothes, "blue coat", base),
    )
    .await;
    // The reply to the first was lost: it is there, and what a colleague wrote over it stands.
    let sent = save(&house, &one, case, again("red coat", 0)).await;
    assert!(matches!(sent, Save::Saved { seq, .. } if seq == base));
    let file = house.app.read_file(&one, case, "test").await.unwrap();
    assert_eq!(file.answers[&Field::Clothes].seq, seq(&newer));
    assert!(file.kept.is_empty(), "nothing is kept twice");
    // The same words from a tab that never sent them before are an answer of their own.
    let tab = save(&house, &one, case, typed(Field::Clothes, "red coat", 0)).await;
    assert!(matches!(tab, Save::Conflict { .. }));
    // A repetition of somebody else's words is no repetition.
    let strange = save(&house, &other, case, again("red coat", 0)).await;
    assert!(matches!(strange, Save::Conflict { .. }));
}

#[tokio::test]
async fn two_tabs_that_write_the_same_field_lose_nothing() {
    let house = TestHouse::new().await;
    let (one, other) = (house.officer().await, house.officer().await);
    let case = house.draft(&one).await;
    let first = save(&house, &one, case, typed(Field::Clothes, "red coat", 0)).await;
    let base = seq(&first);
    save(
        &house,
        &one,
        case,
        typed(Field::Clothes, "red coat, white shoes", base),
    )
    .await;
    let late = save(
        &house,
        &other,
        case,
        typed(Field::Clothes, "blue cap", base),
    )
    .await;
    let Save::Conflict { current, kept_seq } = late else {
        panic!("the second tab is told");
    };
    assert_eq!(current.value, "red coat, white shoes");
    assert_eq!(
        (current.by, current.by_name.as_str()),
        (one.person, "Person 1")
    );
    assert!(kept_seq > current.seq);

    let again = save(
        &house,
        &other,
        case,
        typed(Field::Clothes, "blue cap", base),
    )
    .await;
    assert!(matches!(again, Save::Conflict { kept_seq: same, .. } if same == kept_seq));

    let file = house.app.read_file(&one, case, "test").await.unwrap();
    assert_eq!(file.answers[&Field::Clothes].value, "red coat, white shoes");
    let kept: Vec<_> = file
        .kept
        .iter()
        .map(|kept| kept.answer.value.as_str())
        .collect();
    assert_eq!(kept, ["blue cap"]);
    assert_eq!(file.history, 3);

    let chosen = typed(Field::Clothes, "blue cap", current.seq);
    save(&house, &other, case, chosen).await;
    let file = house.app.read_file(&one, case, "test").await.unwrap();
    assert_eq!(file.answers[&Field::Clothes].value, "blue cap");
    assert!(file.kept.is_empty(), "a choice was made");
    assert_eq!(file.history, 4);
}

#[tokio::test]
async fn many_writers_of_one_field_at_once_lose_nothing() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.draft(&officer).await;
    let saves = (0..20).map(|n| {
        let typed = typed(Field::Circumstances, &format!("version {n}"), 0);
        house.app.save_answer(&officer, case, typed)
    });
    let outcomes = futures::future::join_all(saves).await;
    assert!(outcomes.iter().all(Result::is_ok));
    let file = house.app.read_file(&officer, case, "test").await.unwrap();
    assert_eq!(file.history, 20);
    assert_eq!(file.kept.len(), 19);
}

#[tokio::test]
async fn the_same_value_again_adds_nothing() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.draft(&officer).await;
    let first = save(&house, &officer, case, typed(Field::ChildAge, "9", 0)).await;
    let again = save(&house, &officer, case, typed(Field::ChildAge, " 9 ", 0)).await;
    assert_eq!(first, again);
    let nothing = save(&house, &officer, case, typed(Field::Marks, "", 0)).await;
    assert_eq!(nothing, Save::Saved { seq: 0, at_ms: 0 });
    let file = house.app.read_file(&officer, case, "test").await.unwrap();
    assert_eq!(file.history, 1);
}

#[tokio::test]
async fn an_answer_taken_back_leaves_its_history() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.draft(&officer).await;
    let first = save(&house, &officer, case, typed(Field::ChildAge, "9", 0)).await;
    save(
        &house,
        &officer,
        case,
        typed(Field::ChildAge, "", seq(&first)),
    )
    .await;
    let file = house.app.read_file(&officer, case, "test").await.unwrap();
    assert!(file.values().is_empty());
    assert_eq!(
        file.answers[&Field::ChildAge].seq,
        2,
        "its number is still needed"
    );
    assert_eq!(file.history, 2);
}

#[tokio::test]
async fn what_is_sealed_stands_in_no_ordinary_reading_and_is_told_to_nobody_who_meets_it() {
    let house = TestHouse::new().await;
    let (one, other) = (house.officer().await, house.officer().await);
    let case = house.draft(&one).await;
    save(&house, &one, case, typed(Field::GateFleeing, "yes", 0)).await;
    let file = house.app.read_file(&one, case, "test").await.unwrap();
    assert!(file.answers.is_empty() && file.kept.is_empty());
    assert_eq!(file.sealed[&(Field::GateFleeing, Source::REPORTER)].seq, 1);
    let answers = house.app.answers(&one, case, "test").await.unwrap();
    assert!(answers.is_empty());
    let late = save(&house, &other, case, typed(Field::GateFleeing, "no", 0)).await;
    let Save::Conflict { current, kept_seq } = late else {
        panic!("the second is told that there is an answer");
    };
    assert_eq!((current.value.as_str(), kept_seq), ("", 2));
}

#[tokio::test]
async fn what_a_field_does_not_allow_is_named_and_the_rest_is_kept() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.draft(&officer).await;
    let answers = [
        (Field::ChildAge, "19"),
        (Field::ReporterRelation, "neighbour of a cousin"),
        (Field::LastSeenPlace, "atlantis"),
        (Field::ChildFirstName, "Salma"),
    ];
    let saved = house.answer(&officer, case, &answers).await;
    let problems: Vec<_> = saved
        .problems
        .iter()
        .map(|problem| (problem.field.as_str(), problem.code.as_str()))
        .collect();
    assert_eq!(
        problems,
        [
            ("child_age", "not_in_range"),
            ("reporter_relation", "not_an_answer"),
            ("last_seen_place", "not_an_answer"),
        ]
    );
    let values = house.app.answers(&officer, case, "test").await.unwrap();
    assert_eq!(values.into_values().collect::<Vec<_>>(), ["Salma"]);
}

#[tokio::test]
async fn a_foreign_officer_can_neither_read_nor_write() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let foreign = house.actor(Role::Officer, "fes").await;
    let case = house.received_case(&officer).await;
    let app = &house.app;
    let before = verbs(&house, case).await;
    let refusals = [
        app.read_file(&foreign, case, "test").await.map(drop),
        app.answers(&foreign, case, "test").await.map(drop),
        app.timeline(&foreign, case).await.map(drop),
        app.case_summary(&foreign, case).await.map(drop),
        app.receive(&foreign, case, Confirmation::Given)
            .await
            .map(drop),
        app.close_case(&foreign, case).await.map(drop),
        app.add_photo(&foreign, case, &house.photo(1))
            .await
            .map(drop),
        app.save_answer(&foreign, case, typed(Field::ChildAge, "8", 1))
            .await
            .map(drop),
    ];
    for (place, refusal) in refusals.into_iter().enumerate() {
        let error = refusal.unwrap_err();
        assert_eq!(
            (error.kind, error.code.as_str()),
            (Kind::Forbidden, "district"),
            "{place}"
        );
    }
    assert!(search(&house, &foreign, "Salma").await.is_empty());
    assert!(search(&house, &foreign, "").await.is_empty());
    assert!(app.child_lines(&foreign, &[case]).await.unwrap().is_empty());
    assert_eq!(verbs(&house, case).await, before, "a refusal opens nothing");
}

#[tokio::test]
async fn the_administrator_and_the_unit_read_no_case() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    for role in [Role::Administrator, Role::Unit] {
        let person = house.actor(role, DISTRICT).await;
        let error = house
            .app
            .read_file(&person, case, "test")
            .await
            .unwrap_err();
        assert_eq!((error.kind, error.code.as_str()), (Kind::Forbidden, "role"));
    }
}

#[tokio::test]
async fn no_answer_is_readable_in_any_file() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    search(&house, &officer, "Salma").await;
    house
        .answer(
            &officer,
            case,
            &[(Field::HomeAddress, "12 Rue des Orangers")],
        )
        .await;
    house.app.db().close().await;
    let mut told_by = 0;
    for path in files(house.folder()) {
        let bytes = std::fs::read(&path).unwrap();
        told_by += bytes.windows(8).filter(|part| *part == b"Person 1").count();
        for needle in [
            "Salma",
            "سلمى",
            "Exemple",
            "600 00 01 23",
            "Orangers",
            "34.00500",
        ] {
            let traces = bytes
                .windows(needle.len())
                .filter(|part| *part == needle.as_bytes())
                .count();
            assert_eq!(traces, 0, "{needle} in {}", path.display());
        }
    }
    assert!(
        told_by > 0,
        "an officer's name is found, so the search finds what is there"
    );
}

fn files(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            found.push(path);
        }
    }
    found
}

#[tokio::test]
async fn every_read_has_exactly_one_audit_entry() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let room = house.room().await;
    let case = house.received_case(&officer).await;
    let before = entries(&house, case).await.len();
    house.app.read_file(&room, case, "triage").await.unwrap();
    house
        .app
        .answers(&officer, case, "draft_alert")
        .await
        .unwrap();
    house.app.child_lines(&officer, &[case]).await.unwrap();
    let entries = entries(&house, case).await;
    let reads: Vec<_> = entries[..entries.len() - before]
        .iter()
        .rev()
        .map(|entry| {
            (
                entry.actor.clone(),
                entry.verb.as_str(),
                entry.detail.as_str(),
            )
        })
        .collect();
    let (officer, room) = (officer.person.to_string(), room.person.to_string());
    assert_eq!(
        reads,
        [
            (room, "case.read", "reason=triage values=12"),
            (officer.clone(), "case.read", "reason=draft_alert values=12"),
            (officer, "case.read", "reason=list values=3"),
        ]
    );
}

#[tokio::test]
async fn a_case_without_answers_is_read_with_an_entry_too() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.draft(&officer).await;
    house.app.read_file(&officer, case, "test").await.unwrap();
    assert_eq!(verbs(&house, case).await, ["case.start", "case.read"]);
}

#[tokio::test]
async fn starting_twice_with_one_key_gives_one_case() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let starts = (0..20).map(|_| house.app.start_report(&officer, "form-1"));
    let cases = futures::future::try_join_all(starts).await.unwrap();
    assert!(cases.iter().all(|case| *case == cases[0]));
    assert_eq!(search(&house, &officer, "").await, [cases[0]]);
    let second = house.app.start_report(&officer, "form-2").await.unwrap();
    assert_ne!(second, cases[0]);
    let neighbour = house.officer().await;
    let own = house.app.start_report(&neighbour, "form-1").await.unwrap();
    assert_ne!(own, cases[0], "keys of different people never meet");
}

#[tokio::test]
async fn keys_of_reports_that_never_were_are_swept_at_start() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let starts = (0..3).map(|_| house.app.start_report(&officer, "form-1"));
    let cases = futures::future::try_join_all(starts).await.unwrap();
    let owners = house.app.db().keys().list_owners().await.unwrap();
    assert_eq!(owners.len(), 4, "three for one case, and the house's");
    house.clock.advance(2 * 60 * 60 * 1000);
    let house = house.restart().await;
    let owners = house.app.db().keys().list_owners().await.unwrap();
    assert_eq!(owners, [cases[0].to_string(), "house".to_owned()]);
}

#[tokio::test]
async fn a_report_is_received_once_it_is_whole() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.draft(&officer).await;
    house.answer(&officer, case, &REPORT[2..]).await;
    let error = house
        .app
        .receive(&officer, case, Confirmation::None)
        .await
        .unwrap_err();
    let problems: Vec<_> = error
        .problems
        .iter()
        .map(|problem| (problem.field.as_str(), problem.code.as_str()))
        .collect();
    assert_eq!(error.kind, Kind::Invalid);
    assert_eq!(
        problems,
        [
            ("last_seen_place", "missing"),
            ("reporter_name", "missing"),
            ("reporter_relation", "missing"),
        ]
    );
    house.answer(&officer, case, &REPORT[..2]).await;
    house
        .answer(
            &officer,
            case,
            &[(Field::LastSeenPlace, &place(&house, "Rabat"))],
        )
        .await;
    house.clock.advance(60_000);
    let received = house.app.receive(&officer, case, Confirmation::None).await;
    let Ok(Receiving::Received(row)) = received else {
        panic!("{received:?}");
    };
    assert_eq!(row.state, CaseState::Received);
    assert_eq!(row.received_ms, Some(house.clock.now_ms()));
    house.clock.advance(60_000);
    let again = house.app.receive(&officer, case, Confirmation::None).await;
    assert_eq!(again, Ok(Receiving::Received(row)), "twice is harmless");
}

fn place(house: &TestHouse, name: &str) -> String {
    house.app.pack().places().search(name, 1)[0]
        .place_id
        .clone()
}

#[tokio::test]
async fn exchanged_coordinates_are_refused_beside_their_fields() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.draft(&officer).await;
    house.answer(&officer, case, &REPORT).await;
    let exchanged = [(Field::LastSeenLat, POINT.1), (Field::LastSeenLon, POINT.0)];
    house.answer(&officer, case, &exchanged).await;
    let error = house
        .app
        .receive(&officer, case, Confirmation::Given)
        .await
        .unwrap_err();
    let fields: Vec<_> = error
        .problems
        .iter()
        .map(|problem| (problem.field.as_str(), problem.code.as_str()))
        .collect();
    assert_eq!(
        fields,
        [("last_seen_lat", "swapped"), ("last_seen_lon", "swapped")]
    );
}

#[tokio::test]
async fn the_sea_and_a_week_ago_are_asked_about_and_not_refused() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.draft(&officer).await;
    house.answer(&officer, case, &REPORT).await;
    let unusual = [
        (Field::LastSeenLat, "34.0"),
        (Field::LastSeenLon, "-7.9"),
        (Field::LastSeenAt, "2026-02-01T08:00"),
    ];
    house.answer(&officer, case, &unusual).await;
    let asked = house.app.receive(&officer, case, Confirmation::None).await;
    let warnings = vec![Warning::LongAgo, Warning::OutsideCountry];
    assert_eq!(asked, Ok(Receiving::NeedsConfirmation(warnings)));
    let line = house.app.case_summary(&officer, case).await.unwrap();
    assert_eq!(line.state, CaseState::Draft, "asking changes nothing");
    let given = house.app.receive(&officer, case, Confirmation::Given).await;
    assert!(matches!(given, Ok(Receiving::Received(_))));
    let entries = entries(&house, case).await;
    let received = entries.iter().find(|entry| entry.verb == "case.receive");
    let detail = &received.unwrap().detail;
    assert_eq!(detail, "confirmed=long_ago,outside_country");
}

#[tokio::test]
async fn a_received_case_may_still_be_answered_and_a_closed_one_may_not() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let saved = save(
        &house,
        &officer,
        case,
        typed(Field::Clothes, "yellow scarf", 0),
    )
    .await;
    assert_eq!(seq(&saved), 1);
    let open = house.app.close_case(&officer, case).await.unwrap_err();
    assert_eq!(open.code, "closing_open", "what is open is named");
    house.wound_up(&officer, case).await;
    let closed = house.app.close_case(&officer, case).await.unwrap();
    assert_eq!(closed.state, CaseState::Closed);
    let refused = house
        .app
        .save_answer(&officer, case, typed(Field::Clothes, "green scarf", 1))
        .await
        .unwrap_err();
    assert_eq!(
        (refused.kind, refused.code.as_str()),
        (Kind::Conflict, "case_closed")
    );
    let twice = house.app.close_case(&officer, case).await.unwrap_err();
    assert_eq!(twice.kind, Kind::Conflict);
}

#[tokio::test]
async fn a_case_is_found_by_name_phone_and_number_also_after_a_restart() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let other = house.draft(&officer).await;
    house
        .answer(&officer, other, &[(Field::ChildFirstName, "Karim")])
        .await;
    let label = house.app.case_summary(&officer, case).await.unwrap().label;
    assert_eq!(label, "RBA-0001");
    let queries = [
        "salma",
        "سلما",
        "exemple salma",
        "0600000123",
        "1",
        "rba-0001",
    ];
    for query in queries {
        assert_eq!(search(&house, &officer, query).await, [case], "{query}");
    }
    let house = house.restart().await;
    for query in queries {
        assert_eq!(
            search(&house, &officer, query).await,
            [case],
            "{query} after a restart"
        );
    }
    assert!(search(&house, &officer, "nobody").await.is_empty());
    let entries = entries(&house, case).await;
    assert!(entries.iter().all(|entry| !entry.detail.contains("alma")));
}

#[tokio::test]
async fn a_restart_opens_names_under_an_entry_of_its_own() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let house = house.restart().await;
    let loads = house
        .app
        .db()
        .read("loads", (), |reads, ()| {
            Box::pin(async move {
                let object = ObjectId::new("index", "names");
                Ok::<_, AppError>(audit::list(reads, &object, 10).await?)
            })
        })
        .await
        .unwrap();
    assert_eq!(loads.len(), 1);
    assert_eq!(loads[0].actor, "system");
    assert_eq!(
        loads[0].detail,
        format!("reason=index values=5 also={case}")
    );
}

#[tokio::test]
async fn the_list_begins_with_what_is_most_urgent() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let draft = house.draft(&officer).await;
    let first = house.received_case(&officer).await;
    house.clock.advance(60_000);
    let second = house.received_case(&officer).await;
    let closed = house.received_case(&officer).await;
    house.wound_up(&officer, closed).await;
    house.app.close_case(&officer, closed).await.unwrap();
    let lines = house
        .app
        .list_cases(&officer, &CaseFilter::default())
        .await
        .unwrap();
    let left: Vec<_> = lines.iter().map(|line| line.ceiling_left_ms).collect();
    let day = 24 * 60 * 60 * 1000;
    assert_eq!(left, [Some(day - 60_000), Some(day), None, None]);
    assert_eq!(found(lines), [first, second, draft, closed]);
    let only = CaseFilter {
        state: Some(CaseState::Draft),
        ..CaseFilter::default()
    };
    let drafts = house.app.list_cases(&officer, &only).await.unwrap();
    assert_eq!(found(drafts), [draft]);
}

#[tokio::test]
async fn the_line_of_a_child_holds_name_and_age() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    house
        .answer(&officer, case, &[(Field::ChildBirthDate, "2016-03-02")])
        .await;
    let lines = house.app.child_lines(&officer, &[case]).await.unwrap();
    let line = &lines[&case];
    assert_eq!(line.first_name, "Salma");
    assert_eq!(line.age, Some(9), "the tenth birthday is tomorrow");
}

#[tokio::test]
async fn the_timeline_says_who_did_what() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let entries = house.app.timeline(&officer, case).await.unwrap();
    let received = entries.iter().find(|entry| entry.verb == "case.receive");
    let received = received.expect("the trail says that it was received");
    assert_eq!(
        received.by,
        Some(("Person 1".to_owned(), "Unit 1".to_owned()))
    );
    assert_eq!(entries.last().unwrap().verb, "case.start");
}

#[tokio::test]
async fn an_erased_case_is_forgotten_by_the_search() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    house.app.index().forget(case);
    assert!(search(&house, &officer, "Salma").await.is_empty());
}
