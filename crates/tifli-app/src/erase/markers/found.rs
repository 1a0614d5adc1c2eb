//! A found child that turns out to be the child of the marked case: a marker in every field of its own.

use super::life::{ARABIC, Marks, marked_photo};
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
