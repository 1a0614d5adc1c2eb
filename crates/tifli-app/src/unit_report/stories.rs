//! Units in the street: a search that found nothing, a sighting, and who may report either.

use tifli_domain::bulletin::ReadingState;
use tifli_domain::case::CaseState;
use tifli_domain::check::Outcome;
use tifli_domain::id::{BulletinId, CaseId};
use tifli_domain::unit_report::TipOrigin;
use tifli_domain::{Actor, Role};

use super::{Cover, SearchForm, SeenForm};
use crate::testing::{DISTRICT, TestHouse};
use crate::tip::TipState;

const POLICE: &str = "police-rabat-agdal";

/// A house, its officer, a unit of the police, a case and its bulletin.
async fn sought() -> (TestHouse, [Actor; 2], (CaseId, BulletinId)) {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let case = house.received_case(&officer).await;
    let unit = house.actor(Role::Unit, DISTRICT).await;
    let service = POLICE.parse().unwrap();
    house.app.assign_first(unit.person, &service).await.unwrap();
    let bulletin = house
        .app
        .bulletin_of(&officer, case)
        .await
        .unwrap()
        .unwrap();
    (house, [officer, unit], (case, bulletin))
}

fn search(place: &str, cover: &str) -> SearchForm {
    SearchForm {
        place: place.to_owned(),
        when: "20 min".to_owned(),
        cover: cover.to_owned(),
        ..SearchForm::default()
    }
}

#[tokio::test]
async fn one_act_opens_and_acknowledges_a_bulletin_of_the_own_board() {
    let (house, [_, unit], (_, bulletin)) = sought().await;
    let app = &house.app;
    let board = app.unit_board(&unit).await.unwrap();
    assert_eq!(board.len(), 1);
    assert_eq!(board[0].own, Some(ReadingState::Unread));
    app.open_and_acknowledge(&unit, bulletin).await.unwrap();
    let board = app.unit_board(&unit).await.unwrap();
    assert_eq!(board[0].own, Some(ReadingState::Acknowledged));
    app.open_and_acknowledge(&unit, bulletin).await.unwrap();
}

#[tokio::test]
async fn a_search_that_found_nothing_is_kept_once_with_place_time_and_how_well() {
    let (house, [officer, unit], (case, bulletin)) = sought().await;
    let app = &house.app;
    let form = search("gare de Rabat", "partial");
    let kept = app
        .record_search(&unit, (bulletin, "k"), &form)
        .await
        .unwrap();
    let again = app.record_search(&unit, (bulletin, "k"), &form).await;
    assert_eq!(again, Ok(kept));
    let searches = app.searches(&officer, case).await.unwrap();
    assert_eq!(searches.len(), 1);
    let one = &searches[0];
    assert_eq!((one.cover, one.service.as_str()), (Cover::Partial, POLICE));
    assert_eq!(one.place.words, "gare de Rabat");
    assert!(one.place.point.is_some(), "the localisation needs a point");
    assert!(one.searched_ms <= one.at_ms - 19 * 60_000);
    let state = app.case_row(case).await.unwrap().state;
    assert_eq!(state, CaseState::Received, "it narrows and ends nothing");
    for (form, field) in [
        (search("", "partial"), "place"),
        (search("x", ""), "cover"),
        (
            SearchForm {
                when: "one day".to_owned(),
                ..search("x", "partial")
            },
            "when",
        ),
        (
            SearchForm {
                item: "99".to_owned(),
                ..search("", "partial")
            },
            "place",
        ),
    ] {
        let refused = app.record_search(&unit, (bulletin, "w"), &form).await;
        assert_eq!(refused.unwrap_err().problems[0].field, field);
    }
}

#[tokio::test]
async fn a_place_that_was_given_to_the_unit_gets_the_result_as_well() {
    let (house, [officer, unit], (case, bulletin)) = sought().await;
    let app = &house.app;
    let item = app.places(&officer, case).await.unwrap()[0].item;
    let brigade = unit.unit.clone();
    assert!(!brigade.is_empty());
    app.assign_place(&officer, (case, item), &brigade)
        .await
        .unwrap();
    let given = app.places_to_search(&unit, bulletin).await.unwrap();
    assert_eq!(given.iter().map(|one| one.item).collect::<Vec<_>>(), [item]);
    let form = SearchForm {
        item: item.to_string(),
        ..search("", "thorough")
    };
    app.record_search(&unit, (bulletin, "k"), &form)
        .await
        .unwrap();
    assert!(
        app.places_to_search(&unit, bulletin)
            .await
            .unwrap()
            .is_empty()
    );
    let places = app.places(&officer, case).await.unwrap();
    let place = places.iter().find(|place| place.item == item).unwrap();
    assert_eq!(place.outcome(), Some(Outcome::Nothing));
}

#[tokio::test]
async fn a_sighting_is_a_graded_tip_of_the_police_and_changes_no_case() {
    let (house, [_, unit], (case, bulletin)) = sought().await;
    let (app, room) = (&house.app, house.room().await);
    let form = SeenForm {
        how: "ourselves".to_owned(),
        words: "entered the tram".to_owned(),
        place: "Rabat".to_owned(),
        when: String::new(),
    };
    let tip = app
        .report_seen(&unit, (bulletin, "k"), &form)
        .await
        .unwrap();
    assert_eq!(
        app.report_seen(&unit, (bulletin, "k"), &form).await,
        Ok(tip)
    );
    let source = app.tip_source(&room, tip).await.unwrap().unwrap();
    assert_eq!(source.origin, TipOrigin::Police);
    assert_eq!((source.grade.source, source.grade.information), ('B', 2));
    let opened = app.read_tip(&room, tip).await.unwrap();
    assert_eq!(opened.summary.state, TipState::Received, "the room decides");
    assert_eq!((opened.summary.case, opened.summary.alert), (case, None));
    assert_eq!(app.case_row(case).await.unwrap().state, CaseState::Received);
}

#[tokio::test]
async fn who_was_not_sent_the_bulletin_reports_nothing() {
    let (house, [_, _], (_, bulletin)) = sought().await;
    let alone = house.actor(Role::Unit, "fes").await;
    let refused = house
        .app
        .record_search(&alone, (bulletin, "k"), &search("x", "partial"))
        .await
        .unwrap_err();
    assert!(
        ["district", "not_addressed"].contains(&refused.code.as_str()),
        "{}",
        refused.code
    );
    assert!(house.app.unit_board(&alone).await.unwrap().is_empty());
}
