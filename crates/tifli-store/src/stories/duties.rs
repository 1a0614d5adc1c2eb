//! Duties: one open at a time for each thing, paged once, settled once, emptied with their case.

use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::id::{CaseId, DutyId};

use super::tips::Told;
use crate::duty::{self, DutyRow, NewDuty, Settlement};
use crate::testing::{CountingEntropy, TestDb, each_engine};
use crate::{StoreError, erasure};

fn new_duty(case: CaseId, due_ms: i64) -> NewDuty {
    NewDuty {
        duty: DutyId::new(due_ms, &CountingEntropy::default()),
        case,
        kind: DutyKind::Decide,
        subject: "alert_1".into(),
        due_ms,
    }
}

async fn insert(db: &TestDb, new: NewDuty) -> Result<(), StoreError> {
    db.write("insert", new, |tx, new| Box::pin(duty::insert(tx, new)))
        .await
}

async fn find(db: &TestDb, case: CaseId) -> Option<DutyRow> {
    db.read("find", case, |reads, case| {
        Box::pin(duty::find_open(reads, *case, DutyKind::Decide, "alert_1"))
    })
    .await
    .unwrap()
}

async fn settle(db: &TestDb, id: DutyId, note: Option<Vec<u8>>) -> bool {
    db.write("settle", (id, note), |tx, (id, note)| {
        Box::pin(async move {
            let end = Settlement {
                ending: DutyEnd::Done,
                by: None,
                note: note.clone(),
            };
            duty::settle(tx, *id, &end).await
        })
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn the_same_thing_is_open_only_once_and_may_be_opened_again_when_settled() {
    each_engine(|db| async move {
        let told = Told::begin(&db).await;
        insert(&db, new_duty(told.case, 5)).await.unwrap();
        assert!(insert(&db, new_duty(told.case, 6)).await.is_err());
        let row = find(&db, told.case).await.unwrap();
        assert_eq!((row.due_ms, row.district.as_str()), (5, "rabat"));
        assert!(settle(&db, row.duty, None).await);
        assert!(!settle(&db, row.duty, None).await, "settled twice");
        assert!(find(&db, told.case).await.is_none());
        insert(&db, new_duty(told.case, 7)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn only_what_is_late_and_open_is_paged_and_only_once() {
    each_engine(|db| async move {
        let told = Told::begin(&db).await;
        insert(&db, new_duty(told.case, 5)).await.unwrap();
        let unpaged = async |now: i64| {
            let rows = db.read("unpaged", now, |reads, now| {
                Box::pin(duty::list_unpaged(reads, *now))
            });
            rows.await.unwrap().len()
        };
        assert_eq!((unpaged(4).await, unpaged(5).await), (0, 1));
        let id = find(&db, told.case).await.unwrap().duty;
        let mark = async || {
            let done = db.write("page", id, |tx, id| Box::pin(duty::mark_paged(tx, *id)));
            done.await.unwrap()
        };
        assert!(mark().await);
        assert!(!mark().await, "paged twice");
        assert_eq!(unpaged(5).await, 0);
    })
    .await;
}

#[tokio::test]
async fn an_erasure_empties_the_note_and_leaves_the_times() {
    each_engine(|db| async move {
        let told = Told::begin(&db).await;
        insert(&db, new_duty(told.case, 5)).await.unwrap();
        let id = find(&db, told.case).await.unwrap().duty;
        let key = db.keys().get(&told.case.to_string()).await.unwrap();
        let note = key.seal(&duty::note_context(id), b"asked at the post");
        assert!(settle(&db, id, Some(note)).await);
        db.write("wipe", told.case, |tx, case| {
            Box::pin(erasure::wipe(tx, *case))
        })
        .await
        .unwrap();
        let rows = db.read("list", told.case, |reads, case| {
            Box::pin(duty::list_by_case(reads, *case))
        });
        let rows = rows.await.unwrap();
        assert_eq!(rows.len(), 1);
        assert!(rows[0].note.is_none() && rows[0].settled_ms.is_some());
    })
    .await;
}

#[tokio::test]
async fn the_duties_of_a_district_are_those_of_its_cases_and_those_it_is_asked_about() {
    each_engine(|db| async move {
        let told = Told::begin(&db).await;
        insert(&db, new_duty(told.case, 5)).await.unwrap();
        let offered = NewDuty {
            kind: DutyKind::AnswerTransfer,
            subject: "fes".into(),
            ..new_duty(told.case, 6)
        };
        insert(&db, offered).await.unwrap();
        let kinds = async |district: Option<&'static str>| {
            let rows = db.read("open", district, |reads, district| {
                Box::pin(duty::list_open(reads, *district))
            });
            let rows = rows.await.unwrap().into_iter();
            rows.map(|row| row.kind).collect::<Vec<_>>()
        };
        let both = [DutyKind::Decide, DutyKind::AnswerTransfer];
        assert_eq!(kinds(None).await, both);
        assert_eq!(kinds(Some("rabat")).await, both);
        assert_eq!(kinds(Some("fes")).await, [DutyKind::AnswerTransfer]);
        assert_eq!(kinds(Some("oujda")).await, []);
    })
    .await;
}
