//! Stories of what the writer refuses, where a user meets it: beside the field, or as the code of a conflict.
//!
//! Not what a reader of others' messages finds (see the checker of `tifli-cap`). A circle in metres is refused
//! where its words are read, in `tifli-units` and by the API; a sender with a blank when a country pack is loaded.

use tifli_domain::area::AreaSpec;
use tifli_domain::id::MessageId;
use tifli_geo::CapGeometry;
use tifli_units::Position;

use super::Story;
use crate::alert::{DraftChange, DraftText};
use crate::report::Confirmation;
use crate::{AppError, Kind};

fn polygon(corners: &[(f64, f64)]) -> AreaSpec {
    let corner = |(lat, lon): &(f64, f64)| Position::new(*lat, *lon).unwrap();
    AreaSpec::Polygon {
        ring: corners.iter().map(corner).collect(),
    }
}

impl Story {
    /// What is said beside which field when a draft is changed so.
    async fn said(&self, version: MessageId, change: DraftChange) -> Vec<(String, String)> {
        let app = &self.house.app;
        let saved = app.save_draft(&self.officer, version, change).await;
        problems(saved.err().unwrap())
    }

    async fn area(&self, version: MessageId, area: AreaSpec) -> Vec<(String, String)> {
        let change = DraftChange {
            area: Some(area),
            ..DraftChange::default()
        };
        self.said(version, change).await
    }
}

fn problems(error: AppError) -> Vec<(String, String)> {
    let problems = error.problems.into_iter();
    problems.map(|one| (one.field, one.code)).collect()
}

fn one(field: &str, code: &str) -> Vec<(String, String)> {
    vec![(field.to_owned(), code.to_owned())]
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_a_self_crossing_and_a_flat_polygon_are_refused_beside_the_area() {
    let story = Story::new().await;
    let version = story.begin().await;
    let crossing = [(33.9, -6.9), (34.1, -6.7), (34.1, -6.9), (33.9, -6.7)];
    let flat = [(33.9, -6.9), (34.0, -6.8), (34.1, -6.7)];
    for (corners, code) in [
        (&[][..], "area_empty"),
        (&crossing[..2], "area_too_few_points"),
        (&crossing[..], "area_self_crossing"),
        (&flat[..], "area_zero"),
    ] {
        let said = story.area(version, polygon(corners)).await;
        assert_eq!(said, one("area", code));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reversed_polygon_is_taken_and_written_the_one_way_round() {
    let story = Story::new().await;
    let app = &story.house.app;
    let mut corners = vec![(33.9, -6.9), (34.1, -6.9), (34.1, -6.5), (33.9, -6.5)];
    let one_way = app.freeze_area(&polygon(&corners)).unwrap();
    corners.reverse();
    let other = app.freeze_area(&polygon(&corners)).unwrap();
    assert_eq!(one_way.to_canonical(), other.to_canonical());
    let written = other.to_cap(Some(app.pack().outline())).unwrap();
    let CapGeometry::Polygons(rings) = written else {
        panic!("a polygon stays one");
    };
    assert!(
        rings.iter().all(|ring| ring.first() == ring.last()),
        "closed"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alert_without_an_area_is_not_submitted() {
    let story = Story::new().await;
    let version = story.begin().await;
    let app = &story.house.app;
    let view = app.open_draft(&story.officer, version).await.unwrap();
    let mut draft = view.draft;
    draft.area = None;
    let row = app.alert_row(view.alert.alert).await.unwrap();
    let refused = app.compose(&row, version, &draft, 1).await;
    assert_eq!(problems(refused.err().unwrap()), one("area", "area_empty"));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expiry_before_it_counts_and_one_beyond_the_country_s_limit_are_refused() {
    let story = Story::new().await;
    let version = story.begin().await;
    let most = story.house.app.pack().alert().max_validity_hours;
    for hours in [0, most + 1] {
        let change = DraftChange {
            validity_hours: Some(hours),
            ..DraftChange::default()
        };
        let said = story.said(version, change).await;
        assert_eq!(said, one("validity_hours", "validity_range"), "{hours}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_language_without_its_text_and_direction_marks_are_refused_beside_their_fields() {
    let story = Story::new().await;
    let version = story.begin().await;
    let app = &story.house.app;
    let view = app.open_draft(&story.officer, version).await.unwrap();
    let french = view.draft.texts.iter().find(|text| text.language == "fr");
    let french = french.unwrap().clone();
    let turned = DraftText {
        headline: "Enfant disparue \u{202E}".to_owned(),
        ..french.clone()
    };
    let change = |text: DraftText| DraftChange {
        texts: vec![text],
        ..DraftChange::default()
    };
    let said = story.said(version, change(turned)).await;
    assert_eq!(said, one("headline_fr", "hidden_characters"));
    let empty = DraftText {
        first_name: String::new(),
        ..french
    };
    let saved = app.save_draft(&story.officer, version, change(empty)).await;
    assert!(saved.is_ok(), "a draft may be unfinished");
    let refused = app.submit(&story.officer, version, Confirmation::Given);
    let refused = refused.await.err().unwrap();
    assert_eq!(problems(refused), one("first_name_fr", "missing"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_that_vanished_between_draft_and_issue_keeps_the_alert_back() {
    let story = Story::new().await;
    let app = &story.house.app;
    let case = story.house.received_case(&story.officer).await;
    let photo = story.house.photo(1);
    app.add_photo(&story.officer, case, &photo).await.unwrap();
    let version = app.begin_alert(&story.officer, case).await.unwrap();
    let submitted = story.submit(version).await;
    for blob in app.db().blobs().list().await.unwrap() {
        app.db().blobs().delete(&blob).await.unwrap();
    }
    let refused = app.approve(&story.approver, version, submitted.binding);
    let refused = refused.await.err().unwrap();
    assert_eq!(
        (refused.kind, refused.code.as_str()),
        (Kind::Conflict, "photo_missing")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_ended_is_neither_cancelled_again_nor_updated() {
    let story = Story::new().await;
    let app = &story.house.app;
    let alert = story.issue(story.begin().await).await;
    let update = app.begin_update(&story.officer, alert).await.unwrap();
    let submitted = story.submit(update).await;
    let row = app.alert_row(alert).await.unwrap();
    let left = row.expires_ms.unwrap() - app.now_ms();
    story.house.clock.advance(left + 1_000);
    let late = app.approve(&story.approver, update, submitted.binding);
    assert_eq!(late.await.err().unwrap().code, "alert_expired");
    app.expire(&row).await.unwrap();
    let again = app.begin_update(&story.officer, alert).await;
    assert_eq!(again.err().unwrap().code, "alert_not_live");
    let reason = tifli_domain::alert::EndReason::Found;
    let twice = app.cancel(&story.officer, alert, reason).await;
    assert_eq!(twice.err().unwrap().code, "alert_not_live");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_to_a_draft_that_somebody_else_changed_since_is_refused_and_writes_nothing_over() {
    let story = Story::new().await;
    let version = story.begin().await;
    let app = &story.house.app;
    let seen = app.open_draft(&story.officer, version).await.unwrap();
    let hours = |hours, base: &str| DraftChange {
        validity_hours: Some(hours),
        base: Some(base.to_owned()),
        ..DraftChange::default()
    };
    let change = hours(6, &seen.base);
    app.save_draft(&story.officer, version, change)
        .await
        .unwrap();
    let late = app
        .save_draft(&story.officer, version, hours(9, &seen.base))
        .await;
    let error = late.unwrap_err();
    assert_eq!(
        (error.kind, error.code.as_str()),
        (Kind::Conflict, "draft_changed")
    );
    let now = app.open_draft(&story.officer, version).await.unwrap();
    assert_eq!(now.draft.validity_hours, 6);
    assert_ne!(now.base, seen.base);
    let over = app
        .save_draft(&story.officer, version, hours(9, &now.base))
        .await;
    assert_eq!(
        over.unwrap().validity_hours,
        9,
        "who saw it may write over it"
    );
}
