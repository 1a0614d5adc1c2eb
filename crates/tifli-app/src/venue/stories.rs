//! Lost at a venue: opened in three fields, seen by the staff alone, over by the clock, grown.

use tifli_domain::bulletin::SearchState;
use tifli_domain::case::CaseState;
use tifli_domain::duty::DutyKind;
use tifli_domain::id::CaseId;
use tifli_domain::intake::Field;
use tifli_domain::venue::VenueState;
use tifli_domain::{Actor, Role};
use tifli_store::bulletin;

use super::{NewVenue, StaffChange, VenueForm};
use crate::testing::{DISTRICT, TestHouse};
use crate::{AppError, Kind};

/// The venue of the pack in the district of the tests.
const SOUK: &str = "rabat-medina-souk";

fn form() -> VenueForm {
    VenueForm {
        name: "سلمى".to_owned(),
        age: "5".to_owned(),
        looks: "robe rouge".to_owned(),
    }
}

async fn opened(house: &TestHouse, who: &Actor) -> CaseId {
    let opened = house.app.open_venue_case(who, (SOUK, "k1"), &form()).await;
    opened.unwrap()
}

async fn unit(house: &TestHouse) -> Actor {
    house.actor(Role::Unit, DISTRICT).await
}

#[tokio::test]
async fn three_fields_alert_the_staff_and_nobody_else() {
    let house = TestHouse::new().await;
    let app = &house.app;
    let (staff, foreign) = (unit(&house).await, house.actor(Role::Unit, "fes").await);
    let case = opened(&house, &staff).await;
    assert_eq!(opened(&house, &staff).await, case, "the same form twice");
    let another = VenueForm {
        name: "Yassine".to_owned(),
        ..form()
    };
    let lost = app.open_venue_case(&staff, (SOUK, "k1"), &another).await;
    assert_eq!(
        lost.unwrap_err().code,
        "key_used_otherwise",
        "no child is swallowed"
    );
    let seen = app.venue_case(&staff, case).await.unwrap();
    assert_eq!(
        (seen.name.as_str(), seen.age.as_str(), seen.looks.as_str()),
        ("سلمى", "5", "robe rouge")
    );
    assert_eq!(seen.ends_ms - seen.opened_ms, 20 * 60_000);
    let refused = app.venue_case(&foreign, case).await.unwrap_err();
    assert_eq!(refused.kind, Kind::Forbidden);
    assert!(app.venues(&foreign).await.unwrap().cases.is_empty());
    assert!(app.current_alerts().await.unwrap().is_empty());
    let told = app.db().read("told", case, |reads, case| {
        Box::pin(async move { Ok::<_, AppError>(bulletin::find_latest(reads, *case).await?) })
    });
    assert_eq!(told.await.unwrap(), None, "no service is told");
}

#[tokio::test]
async fn with_staff_of_its_own_a_venue_is_theirs_alone() {
    let house = TestHouse::new().await;
    let app = &house.app;
    let admin = house.administrator().await;
    let (mine, person) = house.person(Role::Unit, DISTRICT).await;
    let other = unit(&house).await;
    let case = opened(&house, &other).await;
    app.change_staff(&admin, (SOUK, &person.login), StaffChange::On)
        .await
        .unwrap();
    app.venue_case(&mine, case).await.unwrap();
    let refused = app.venue_case(&other, case).await.unwrap_err();
    assert_eq!(refused.code, "not_staff");
    let officer = house.officer().await;
    app.venue_case(&officer, case).await.unwrap();
    let foreign = house.actor(Role::Officer, "fes").await;
    let counted = async |who: &Actor| app.live_venue_cases(who).await.unwrap();
    for (who, count) in [(&mine, 1), (&other, 0), (&officer, 1), (&foreign, 0)] {
        assert_eq!(counted(who).await, count, "{who:?}");
    }
    app.change_staff(&admin, (SOUK, &person.login), StaffChange::Off)
        .await
        .unwrap();
    app.venue_case(&other, case).await.unwrap();
    assert_eq!(counted(&other).await, 1);
}

#[tokio::test]
async fn only_people_of_a_unit_of_its_district_are_staff_of_a_venue() {
    let house = TestHouse::new().await;
    let app = &house.app;
    let admin = house.administrator().await;
    for (role, district) in [
        (Role::Unit, "fes"),
        (Role::Officer, DISTRICT),
        (Role::Room, DISTRICT),
        (Role::Approver, ""),
    ] {
        let (_, person) = house.person(role, district).await;
        let on = app.change_staff(&admin, (SOUK, &person.login), StaffChange::On);
        let refused = on.await.unwrap_err();
        assert_eq!(refused.problems[0].field, "login");
        assert_eq!(refused.problems[0].code, "not_of_the_venue", "{role:?}");
        let off = app.change_staff(&admin, (SOUK, &person.login), StaffChange::Off);
        off.await.unwrap();
    }
    let all = app.all_venues(&admin).await.unwrap();
    assert!(all.iter().all(|(_, staff)| staff.is_empty()));
}

#[tokio::test]
async fn found_within_minutes_the_file_is_closed_and_kept_for_days_only() {
    let house = TestHouse::new().await;
    let app = &house.app;
    let staff = unit(&house).await;
    let case = opened(&house, &staff).await;
    app.venue_found(&staff, case).await.unwrap();
    assert_eq!(app.case_row(case).await.unwrap().state, CaseState::Closed);
    let seen = app.venue_case(&staff, case).await.unwrap();
    assert_eq!((seen.state, seen.name.as_str()), (VenueState::Found, ""));
    house.clock.advance(7 * 86_400_000);
    let officer = house.officer().await;
    let due = app.due_for_erasure(&officer).await.unwrap();
    assert_eq!((due[0].case, due[0].class.as_str()), (case, "venue"));
    let asked = app.request_erasure(&officer, case, "due").await.unwrap();
    let second = house.prosecutor().await;
    app.confirm_erasure(&second, asked).await.unwrap();
}

#[tokio::test]
async fn over_by_the_clock_somebody_must_decide_and_nothing_is_lost() {
    let house = TestHouse::new().await;
    let app = &house.app;
    let (staff, room) = (unit(&house).await, house.room().await);
    let case = opened(&house, &staff).await;
    house.clock.advance(20 * 60_000 - 1);
    super::expire_all(app).await.unwrap();
    assert_eq!(
        app.venue_case(&staff, case).await.unwrap().state,
        VenueState::Live
    );
    house.clock.advance(1);
    super::expire_all(app).await.unwrap();
    super::expire_all(app).await.unwrap();
    let seen = app.venue_case(&staff, case).await.unwrap();
    assert_eq!(seen.state, VenueState::Expired);
    assert_eq!(seen.name, "سلمى");
    let board = app.board(&room).await.unwrap();
    assert_eq!(board[0].kind, DutyKind::DecideVenue);
    app.venue_found(&staff, case).await.unwrap();
    assert!(app.board(&room).await.unwrap().is_empty());
}

#[tokio::test]
async fn grown_it_is_a_received_case_with_everything_typed_and_its_clocks_from_the_first_minute() {
    let house = TestHouse::new().await;
    let app = &house.app;
    let (staff, officer) = (unit(&house).await, house.officer().await);
    let began = house.clock.now_ms();
    let case = opened(&house, &staff).await;
    house.clock.advance(12 * 60_000);
    let unit = app.grow_venue_case(&staff, case).await.unwrap_err();
    assert_eq!(unit.kind, Kind::Forbidden);
    app.grow_venue_case(&officer, case).await.unwrap();
    let row = app.case_row(case).await.unwrap();
    assert_eq!(
        (row.state, row.started_ms, row.received_ms),
        (CaseState::Received, began, Some(began))
    );
    let answers = app.answers(&officer, case, "test").await.unwrap();
    assert_eq!(answers[&Field::ChildFirstNameAr], "سلمى");
    assert_eq!(answers[&Field::Clothes], "robe rouge");
    assert_eq!(answers[&Field::LastSeenLat], "34.02570");
    let search = app.db().read("search", case, |reads, case| {
        Box::pin(async move { Ok::<_, AppError>(bulletin::find_latest(reads, *case).await?) })
    });
    assert_eq!(search.await.unwrap().unwrap().state, SearchState::Open);
    let summary = app.case_summary(&officer, case).await.unwrap();
    assert_eq!(
        summary.ceiling_left_ms,
        Some(24 * 3_600_000 - 12 * 60_000),
        "the ceiling counts from the first minute"
    );
    let board = app.board(&officer).await.unwrap();
    let publish = board.iter().find(|duty| duty.kind == DutyKind::Publish);
    let due_ms = began + DutyKind::Publish.minutes() * 60_000;
    assert_eq!(publish.unwrap().due_ms, due_ms, "so does the board");
    let twice = app.grow_venue_case(&officer, case).await.unwrap_err();
    assert_eq!(twice.kind, Kind::Conflict);
}

#[tokio::test]
async fn what_is_typed_wrong_stands_beside_its_field() {
    let house = TestHouse::new().await;
    let app = &house.app;
    let staff = unit(&house).await;
    let wrong = VenueForm {
        age: "40".to_owned(),
        ..VenueForm::default()
    };
    let error = app
        .open_venue_case(&staff, (SOUK, "k"), &wrong)
        .await
        .unwrap_err();
    let fields: Vec<_> = error.problems.iter().map(|p| p.field.as_str()).collect();
    assert_eq!(fields, ["name", "looks", "age"]);
    let admin = house.administrator().await;
    let metres = NewVenue {
        id: "plage".to_owned(),
        district: DISTRICT.to_owned(),
        kind: "beach".to_owned(),
        names: ["شاطئ".to_owned(), "Plage".to_owned(), "Beach".to_owned()],
        point: ("34.03".to_owned(), "-6.83".to_owned()),
        radius_km: "300".to_owned(),
        minutes: "20".to_owned(),
    };
    let error = app.add_venue(&admin, &metres).await.unwrap_err();
    assert_eq!(error.problems[0].field, "radius_km", "metres are refused");
    let right = NewVenue {
        radius_km: "0,3".to_owned(),
        ..metres
    };
    app.add_venue(&admin, &right).await.unwrap();
    let taken = app.add_venue(&admin, &right).await.unwrap_err();
    assert_eq!(taken.problems[0].code, "venue_taken");
}
