//! Found before reported: written down, compared, linked by two people, erased.

use tifli_domain::case::CaseState;
use tifli_domain::closing::ItemState;
use tifli_domain::found::{Evidence, FoundState, Trait};
use tifli_domain::id::{CaseId, FoundId};
use tifli_domain::{Actor, Role};
use tifli_store::audit::{self, ObjectId};

use super::FoundForm;
use crate::testing::{DISTRICT, TestHouse};
use crate::tip::stories::Out;
use crate::{AppError, Kind};

/// A girl who calls herself Selma, somewhere in Rabat.
fn form() -> FoundForm {
    FoundForm {
        place: "Rabat".to_owned(),
        name: "سلما".to_owned(),
        age_low: "8".to_owned(),
        age_high: "10".to_owned(),
        sex: "girl".to_owned(),
        description: "curly hair".to_owned(),
        safety: "Hospital Invented".to_owned(),
        ..FoundForm::default()
    }
}

async fn registered(house: &TestHouse, who: &Actor) -> FoundId {
    house.app.register_found(who, &form()).await.unwrap()
}

async fn verbs(house: &TestHouse, found: FoundId) -> Vec<String> {
    let records = house.app.db().read("verbs", found, |reads, found| {
        Box::pin(async move {
            let object = ObjectId::new("found", found);
            Ok::<_, AppError>(audit::list(reads, &object, 100).await?)
        })
    });
    let records = records.await.unwrap().into_iter().rev();
    records.map(|record| record.verb).collect()
}

async fn located(house: &TestHouse, who: &Actor, case: CaseId) -> ItemState {
    house.app.closing(who, case).await.unwrap().items[0].state
}

#[tokio::test]
async fn a_found_child_is_compared_across_scripts_and_linked_by_two_people() {
    let house = TestHouse::new().await;
    let app = &house.app;
    let officer = house.officer().await;
    let unit = house.actor(Role::Unit, DISTRICT).await;
    let case = house.received_case(&officer).await;
    let found = registered(&house, &unit).await;
    let candidates = app.found_candidates(&officer, found).await.unwrap();
    let best = &candidates[0];
    assert_eq!(best.case, case);
    for field in [Trait::Name, Trait::Age, Trait::Sex, Trait::Place] {
        let said = (field, Evidence::Match);
        assert!(best.comparison.fields.contains(&said), "{field:?}");
    }
    app.propose_match(&officer, found, case).await.unwrap();
    let alone = app.confirm_match(&officer, found).await.unwrap_err();
    assert_eq!(alone.code, "same_person");
    assert_eq!(located(&house, &officer, case).await, ItemState::Open);
    let room = house.room().await;
    assert_eq!(app.confirm_match(&room, found).await, Ok(case));
    assert_eq!(located(&house, &officer, case).await, ItemState::Done);
    let view = app.read_found(&room, found).await.unwrap();
    assert_eq!(view.line.state, FoundState::Linked);
    assert_eq!(
        verbs(&house, found).await,
        [
            "found.register",
            "found.read",
            "found.propose",
            "found.link",
            "found.read"
        ]
    );
}

#[tokio::test]
async fn a_link_changes_nothing_public() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let app = &house.app;
    let before = format!("{:?}", app.public_state(&out.code).await.unwrap());
    let found = registered(&house, &out.officer).await;
    app.propose_match(&out.officer, found, out.case)
        .await
        .unwrap();
    let room = house.room().await;
    app.confirm_match(&room, found).await.unwrap();
    let after = format!("{:?}", app.public_state(&out.code).await.unwrap());
    assert_eq!(after, before);
    assert_eq!(
        app.case_row(out.case).await.unwrap().state,
        CaseState::Alerted
    );
}

#[tokio::test]
async fn a_wrong_match_is_declined_and_another_may_be_proposed() {
    let house = TestHouse::new().await;
    let app = &house.app;
    let officer = house.officer().await;
    let (one, two) = (
        house.received_case(&officer).await,
        house.received_case(&officer).await,
    );
    let found = registered(&house, &officer).await;
    app.propose_match(&officer, found, one).await.unwrap();
    let second = app.propose_match(&officer, found, two).await.unwrap_err();
    assert_eq!(second.kind, Kind::Conflict);
    app.decline_match(&officer, found).await.unwrap();
    app.propose_match(&officer, found, two).await.unwrap();
}

#[tokio::test]
async fn what_is_typed_wrong_stands_beside_its_field() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let wrong = FoundForm {
        found_at: "2999-01-01T00:00".to_owned(),
        place: "Atlantis under the sea".to_owned(),
        age_low: "40".to_owned(),
        sex: "cat".to_owned(),
        ..FoundForm::default()
    };
    let error = house
        .app
        .register_found(&officer, &wrong)
        .await
        .unwrap_err();
    let problems: Vec<_> = error
        .problems
        .iter()
        .map(|p| (p.field.as_str(), p.code.as_str()))
        .collect();
    assert_eq!(
        problems,
        [
            ("found_at", "in_the_future"),
            ("place", "place_not_found"),
            ("age_low", "not_in_range"),
            ("sex", "not_an_answer"),
        ]
    );
    let nothing = house
        .app
        .register_found(&officer, &FoundForm::default())
        .await
        .unwrap_err();
    assert_eq!(nothing.problems[0].field, "description");
}

#[tokio::test]
async fn who_wrote_it_down_sees_that_it_is_there_and_foreign_districts_do_not() {
    let house = TestHouse::new().await;
    let app = &house.app;
    let unit = house.actor(Role::Unit, DISTRICT).await;
    let other = house.actor(Role::Unit, DISTRICT).await;
    let foreign = house.actor(Role::Officer, "fes").await;
    let found = registered(&house, &unit).await;
    assert_eq!(app.list_found(&unit).await.unwrap().len(), 1);
    let refused = app.read_found(&unit, found).await.unwrap_err();
    assert_eq!(refused.kind, Kind::Forbidden);
    for stranger in [&other, &foreign] {
        assert!(app.list_found(stranger).await.unwrap().is_empty());
        let refused = app.read_found(stranger, found).await.unwrap_err();
        assert_eq!(refused.kind, Kind::Forbidden);
        let refused = app.found_candidates(stranger, found).await.unwrap_err();
        assert_eq!(refused.kind, Kind::Forbidden);
    }
    let refused = app.found_candidates(&unit, found).await.unwrap_err();
    assert_eq!(refused.kind, Kind::Forbidden, "a unit reads no case");
}

#[tokio::test]
async fn a_photo_is_redrawn_sealed_and_replaced() {
    let house = TestHouse::new().await;
    let app = &house.app;
    let officer = house.officer().await;
    let found = registered(&house, &officer).await;
    for seed in [1, 2] {
        app.put_found_photo(&officer, found, &house.photo(seed))
            .await
            .unwrap();
    }
    let shown = app.open_found_photo(&officer, found).await.unwrap();
    assert!(shown.starts_with(&[0xff, 0xd8]));
    assert_eq!(app.db().blobs().list().await.unwrap().len(), 1);
    let sweep = app.sweep_blobs(&[]).await.unwrap();
    assert!(sweep.orphans.is_empty(), "the photo is named by its row");
    let refused = app.put_found_photo(&officer, found, b"%PDF-1.4").await;
    assert_eq!(refused.unwrap_err().kind, Kind::Invalid);
}

#[tokio::test]
async fn a_linked_child_goes_with_its_case_and_a_closed_one_by_a_second_person() {
    let house = TestHouse::new().await;
    let out = Out::live(&house).await;
    let app = &house.app;
    let (room, second) = (house.room().await, house.prosecutor().await);
    let (linked, proposed) = (
        registered(&house, &out.officer).await,
        registered(&house, &out.officer).await,
    );
    app.put_found_photo(&out.officer, linked, &house.photo(4))
        .await
        .unwrap();
    for found in [linked, proposed] {
        app.propose_match(&out.officer, found, out.case)
            .await
            .unwrap();
    }
    app.confirm_match(&room, linked).await.unwrap();
    let early = app.erase_found(&second, linked).await.unwrap_err();
    assert_eq!(early.code, "erased_with_its_case");
    out.dark(&house).await;
    let asked = app
        .request_erasure(&out.officer, out.case, "fin")
        .await
        .unwrap();
    app.confirm_erasure(&second, asked).await.unwrap();
    let gone = app.read_found(&out.officer, linked).await.unwrap_err();
    assert_eq!(gone.kind, Kind::Gone);
    assert_eq!(app.db().blobs().list().await.unwrap(), []);
    let kept = app.read_found(&out.officer, proposed).await.unwrap();
    assert_eq!(kept.line.state, FoundState::Registered);
    app.close_found(&second, proposed, "handed to her school")
        .await
        .unwrap();
    let own = app.erase_found(&second, proposed).await.unwrap_err();
    assert_eq!(own.code, "same_person");
    let third = house.prosecutor().await;
    app.erase_found(&third, proposed).await.unwrap();
    let owners = app.db().keys().list_owners().await.unwrap();
    assert!(!owners.iter().any(|owner| owner.starts_with("found_")));
}
