//! Stories of a report that was taken on paper during a cut and typed in afterwards.

use tifli_domain::duty::DutyKind;
use tifli_domain::intake::Field;
use tifli_store::audit::{self, ObjectId};

use crate::testing::{POINT, REPORT, TestHouse};
use crate::{AppError, Kind};

const HOUR_MS: i64 = 60 * 60 * 1000;

#[tokio::test]
async fn the_clocks_of_a_report_on_paper_run_from_its_true_time_and_both_times_are_kept() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let (app, case) = (&house.app, house.draft(&officer).await);
    let typed_ms = house.clock.now_ms();
    let true_ms = typed_ms - HOUR_MS / 2;
    assert_eq!(app.paper_time(&officer, case).await, Ok(None));
    app.set_paper_time(&officer, case, true_ms).await.unwrap();
    house.complete(&officer, case).await;
    let row = app.case_row(case).await.unwrap();
    assert_eq!(row.received_ms, Some(true_ms));
    let paper = app.paper_time(&officer, case).await.unwrap().unwrap();
    assert_eq!((paper.received_ms, paper.at_ms), (true_ms, typed_ms));
    let duties = app.duties(&officer, case).await.unwrap();
    let publish = duties
        .iter()
        .find(|duty| duty.line.kind == DutyKind::Publish)
        .unwrap();
    assert_eq!(
        publish.line.due_ms,
        true_ms + DutyKind::Publish.minutes() * 60_000,
        "the time limit is the paper's"
    );
    let file = app.read_file(&officer, case, "test").await.unwrap();
    let said = file.answers[&Field::ReporterName].said.said_ms;
    assert_eq!(said, Some(true_ms), "what stood on the paper was said then");
    let verbs = app.db().read("verbs", case, |reads, case| {
        let object = ObjectId::new("case", *case);
        Box::pin(async move { Ok::<_, AppError>(audit::list(reads, &object, 100).await?) })
    });
    let verbs = verbs.await.unwrap();
    assert!(verbs.iter().any(|entry| entry.verb == "case.on_paper"));
    let late = app
        .set_paper_time(&officer, case, true_ms - 1)
        .await
        .unwrap_err();
    assert_eq!(
        (late.kind, late.code.as_str()),
        (Kind::Conflict, "already_received")
    );
}

#[tokio::test]
async fn a_paper_of_tomorrow_of_last_month_or_from_before_the_child_was_seen_is_refused() {
    let house = TestHouse::new().await;
    let officer = house.officer().await;
    let (app, case) = (&house.app, house.draft(&officer).await);
    let now = house.clock.now_ms();
    for (at, code) in [
        (now + 1, "in_the_future"),
        (now - 8 * 24 * HOUR_MS, "paper_too_early"),
    ] {
        let refused = app.set_paper_time(&officer, case, at).await.unwrap_err();
        assert_eq!(refused.problems[0].code, code);
    }
    // The invented report was seen some hours ago; the paper claims to be days older.
    app.set_paper_time(&officer, case, now - 6 * 24 * HOUR_MS)
        .await
        .unwrap();
    house.answer(&officer, case, &REPORT).await;
    let point = [(Field::LastSeenLat, POINT.0), (Field::LastSeenLon, POINT.1)];
    house.answer(&officer, case, &point).await;
    let receive = app
        .receive(&officer, case, crate::report::Confirmation::Given)
        .await;
    let problems = receive.unwrap_err().problems;
    assert_eq!(problems[0].field, Field::LastSeenAt.name());
    assert_eq!(problems[0].code, "paper_before_last_seen");
}
