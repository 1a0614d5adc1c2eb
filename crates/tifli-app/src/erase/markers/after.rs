//! What is written of the marked case beside its report and its alert: a found child that turns out to
//! be its child, the words of its closing, a hold.

use tifli_domain::closing::Item;
use tifli_domain::retention::HoldKind;

use super::life::{ARABIC, Marks, marked_photo};
use crate::closing::{HoldForm, StepForm};
use crate::found::FoundForm;
use crate::testing::TestHouse;
use crate::tip::stories::Out;

/// A found child with a marker in every field that takes words and in its photo, linked to the case
/// by two people.
pub(super) async fn found(house: &TestHouse, out: &Out, marks: &Marks) {
    let app = &house.app;
    let form = FoundForm {
        place_words: marks.word(ARABIC),
        found_by: marks.latin(),
        words: marks.latin(),
        name: marks.word(ARABIC),
        language: marks.latin(),
        description: marks.latin(),
        clothes: marks.latin(),
        health: marks.latin(),
        safety: marks.latin(),
        ..FoundForm::default()
    };
    let found = app.register_found(&out.officer, &form).await.unwrap();
    app.put_found_photo(&out.officer, found, &marked_photo(house, marks))
        .await
        .unwrap();
    app.open_found_photo(&out.officer, found).await.unwrap();
    app.found_candidates(&out.officer, found).await.unwrap();
    app.propose_match(&out.officer, found, out.case)
        .await
        .unwrap();
    let room = house.room().await;
    app.confirm_match(&room, found).await.unwrap();
    app.read_found(&room, found).await.unwrap();
}

/// The outcome taken back with a marker, said again with two; a hold with one, lifted with another.
pub(super) async fn closing(house: &TestHouse, out: &Out, marks: &Marks) {
    let app = &house.app;
    app.take_back_closing(&out.officer, out.case, Item::Outcome, &marks.latin())
        .await
        .unwrap();
    let form = StepForm {
        word: "unknown".to_owned(),
        name: marks.latin(),
        note: marks.word(ARABIC),
    };
    app.record_closing(&out.officer, out.case, Item::Outcome, form)
        .await
        .unwrap();
    let hold = HoldForm {
        kind: HoldKind::Hold,
        basis: marks.latin(),
        until_ms: None,
    };
    let (first, second) = (house.prosecutor().await, house.prosecutor().await);
    let held = app.place_hold(&first, out.case, hold).await.unwrap();
    app.lift_hold(&second, held, &marks.latin()).await.unwrap();
    app.closing(&out.officer, out.case).await.unwrap();
}
