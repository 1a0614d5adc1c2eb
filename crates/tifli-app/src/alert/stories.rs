//! Stories of versions and approvals: one order of versions, one open at a time, four eyes, and
//! rows that somebody wrote past the program.

mod artefacts;
mod profiles;
mod refusals;
mod regions;
mod signing;

use tifli_domain::Actor;
use tifli_domain::alert::{AlertState, EndReason, VersionState};
use tifli_domain::id::{AlertId, MessageId};
use tifli_store::audit::{self, ObjectId};

use super::Submitted;
use super::public::PublicState;
use crate::report::Confirmation;
use crate::testing::TestHouse;

struct Story {
    house: TestHouse,
    officer: Actor,
    approver: Actor,
}

impl Story {
    async fn new() -> Self {
        let house = TestHouse::new().await;
        let (officer, approver) = (house.officer().await, house.approver().await);
        Self {
            house,
            officer,
            approver,
        }
    }

    async fn begin(&self) -> MessageId {
        let case = self.house.received_case(&self.officer).await;
        self.house
            .app
            .begin_alert(&self.officer, case)
            .await
            .unwrap()
    }

    /// Hands a version to the approver.
    async fn submit(&self, message: MessageId) -> Submitted {
        let app = &self.house.app;
        let submitted = app.submit(&self.officer, message, Confirmation::Given);
        submitted.await.unwrap()
    }

    async fn issue(&self, message: MessageId) -> AlertId {
        let app = &self.house.app;
        let submitted = self.submit(message).await;
        app.approve(&self.approver, message, submitted.binding.clone())
            .await
            .unwrap();
        submitted.binding.alert
    }

    async fn turn_back(&self, message: MessageId) {
        let app = &self.house.app;
        self.submit(message).await;
        app.return_version(&self.approver, message, "The place is too exact.")
            .await
            .unwrap();
    }

    /// Verb and details of what the audit trail holds of an alert.
    async fn entries(&self, alert: AlertId) -> Vec<String> {
        let db = self.house.app.db();
        let records = db.read("entries", alert, |reads, alert| {
            Box::pin(async move {
                let object = ObjectId::new("alert", alert);
                Ok::<_, crate::AppError>(audit::list(reads, &object, 100).await?)
            })
        });
        let records = records.await.unwrap().into_iter();
        records
            .map(|record| format!("{} {}", record.verb, record.detail))
            .collect()
    }

    async fn forge(&self, sql: &'static str) {
        let forged = self.house.app.db().write("forge", sql, |tx, sql| {
            Box::pin(async move { Ok::<_, crate::AppError>(tx.query(sql).run().await?) })
        });
        assert_ne!(forged.await.unwrap(), 0, "the row was forged");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_returned_first_version_is_written_again_once_only() {
    let story = Story::new().await;
    let first = story.begin().await;
    story.turn_back(first).await;
    let app = &story.house.app;
    let again = app.redraft(&story.officer, first).await.unwrap();
    assert_eq!(
        app.redraft(&story.officer, first).await,
        Ok(again),
        "it goes on with the one begun"
    );
    let alert = story.issue(again).await;
    let late = app.redraft(&story.officer, first).await.unwrap();
    let view = app.open_draft(&story.officer, late).await.unwrap();
    assert_eq!(
        view.version, 2,
        "the alert is out: what follows is an update"
    );
    story.issue(late).await;
    assert_eq!(app.alert_row(alert).await.unwrap().version, 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_returned_update_is_written_again_as_the_version_that_is_next() {
    let story = Story::new().await;
    let alert = story.issue(story.begin().await).await;
    let app = &story.house.app;
    let returned = app.begin_update(&story.officer, alert).await.unwrap();
    story.turn_back(returned).await;
    let other = app.begin_update(&story.officer, alert).await.unwrap();
    story.issue(other).await;
    let again = app.redraft(&story.officer, returned).await.unwrap();
    story.issue(again).await;
    let row = app.alert_row(alert).await.unwrap();
    assert_eq!((row.version, row.state), (3, AlertState::Live));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_returned_version_is_not_written_again_once_the_alert_has_ended() {
    let story = Story::new().await;
    let alert = story.issue(story.begin().await).await;
    let app = &story.house.app;
    let returned = app.begin_update(&story.officer, alert).await.unwrap();
    story.turn_back(returned).await;
    app.cancel(&story.officer, alert, EndReason::Found)
        .await
        .unwrap();
    let late = app.redraft(&story.officer, returned).await.unwrap_err();
    assert_eq!(late.code, "alert_ended");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_version_that_is_not_the_next_one_is_not_approved() {
    let story = Story::new().await;
    let alert = story.issue(story.begin().await).await;
    let app = &story.house.app;
    let update = app.begin_update(&story.officer, alert).await.unwrap();
    let submitted = story.submit(update).await;
    story.forge("update alert set version = 2").await;
    let late = app
        .approve(&story.approver, update, submitted.binding)
        .await
        .unwrap_err();
    assert_eq!(late.code, "alert_changed");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_update_approved_after_the_alert_ran_out_does_not_bring_it_back() {
    let story = Story::new().await;
    let alert = story.issue(story.begin().await).await;
    let app = &story.house.app;
    story.house.clock.advance(23 * 3_600_000);
    let update = app.begin_update(&story.officer, alert).await.unwrap();
    let submitted = story.submit(update).await;
    story.house.clock.advance(2 * 3_600_000);
    let row = app.alert_row(alert).await.unwrap();
    assert!(matches!(
        app.public_state(&row.code).await.unwrap(),
        PublicState::Ended(_)
    ));
    let late = app
        .approve(&story.approver, update, submitted.binding)
        .await
        .unwrap_err();
    assert_eq!(late.code, "alert_expired");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_wrote_a_version_cannot_approve_it_though_somebody_else_handed_it_over() {
    let story = Story::new().await;
    let first = story.begin().await;
    story.turn_back(first).await;
    let app = &story.house.app;
    let own = app.redraft(&story.approver, first).await.unwrap();
    let submitted = story.submit(own).await;
    let refused = app
        .approve(&story.approver, own, submitted.binding.clone())
        .await
        .unwrap_err();
    assert_eq!(refused.code, "author_cannot_approve");
    let other = story.house.approver().await;
    app.approve(&other, own, submitted.binding).await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hand_under_something_else_than_the_version_holds_approves_nothing() {
    let story = Story::new().await;
    let message = story.begin().await;
    let app = &story.house.app;
    let submitted = story.submit(message).await;
    story
        .forge(r#"update version set binding = replace(binding, '"count":0', '"count":1')"#)
        .await;
    let refused = app
        .approve(&story.approver, message, submitted.binding)
        .await
        .unwrap_err();
    assert_eq!(refused.code, "alert_changed");
    let (_, version) = app.version_row(message).await.unwrap();
    assert_eq!(version.state, VersionState::Submitted);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_photo_of_another_case_is_not_published() {
    let story = Story::new().await;
    let app = &story.house.app;
    let message = story.begin().await;
    let other = story.house.draft(&story.officer).await;
    let photo = app
        .add_photo(&story.officer, other, &story.house.photo(4))
        .await
        .unwrap();
    let change = super::DraftChange {
        photo: Some(photo),
        ..super::DraftChange::default()
    };
    app.save_draft(&story.officer, message, change)
        .await
        .unwrap();
    let refused = app
        .submit(&story.officer, message, Confirmation::Given)
        .await
        .unwrap_err();
    assert_eq!(
        refused.problems,
        [crate::Problem::new("photo", "photo_missing")]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_area_that_reaches_nobody_is_handed_over_only_when_that_is_confirmed() {
    let story = Story::new().await;
    let message = story.begin().await;
    let app = &story.house.app;
    let asked = app
        .submit(&story.officer, message, Confirmation::None)
        .await
        .unwrap_err();
    let problem = &asked.problems[0];
    assert_eq!(
        (problem.field.as_str(), problem.code.as_str()),
        ("confirmed", "nobody_subscribed")
    );
    let (row, version) = app.version_row(message).await.unwrap();
    assert_eq!(version.state, VersionState::Drafted);
    let submitted = story.submit(message).await;
    assert!(submitted.nobody_subscribed);
    let entries = story.entries(row.alert).await;
    let handed = entries.iter().find(|entry| entry.contains("alert.submit"));
    let handed = handed.expect("a submission is recorded");
    assert!(handed.contains("nobody_subscribed"), "{handed}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_colleague_of_the_authors_unit_cannot_approve() {
    let story = Story::new().await;
    let message = story.begin().await;
    let app = &story.house.app;
    let submitted = story.submit(message).await;
    let colleague = Actor {
        district: story.officer.district.clone(),
        unit: story.officer.unit.clone(),
        ..story.house.approver().await
    };
    assert!(app.screen(&colleague, message).await.unwrap().same_unit);
    let refused = app
        .approve(&colleague, message, submitted.binding.clone())
        .await
        .unwrap_err();
    assert_eq!(refused.code, "unit_cannot_approve");
    let screen = app.screen(&story.approver, message).await.unwrap();
    assert!(!screen.same_unit);
    app.approve(&story.approver, message, submitted.binding)
        .await
        .unwrap();
}
