//! Calls on the line and what units report: a call finds its receipt, waits, is seen to, joins a case, is erased.

use tifli_domain::call::CallKind;
use tifli_domain::duty::DutyEnd;
use tifli_domain::id::{BulletinId, CallId, CaseId, PersonId, SearchId, TipId};
use tifli_domain::unit_report::{Cover, SeenHow, TipOrigin};

use super::intakes::open;
use crate::call::{self, CallEnd, CallRow, NewCall};
use crate::testing::{CountingEntropy, TestDb, each_engine};
use crate::tip::NewTip;
use crate::unit_report::{self, SearchRow, SourceRow};
use crate::{Reads, Sealed, StoreError, erasure, tip};

fn person() -> PersonId {
    PersonId::new(1, &CountingEntropy::default())
}

fn a_call(number: u8, kind: CallKind, due_ms: Option<i64>) -> NewCall {
    NewCall {
        call: CallId::new(i64::from(number), &CountingEntropy::default()),
        kind,
        about: None,
        receipt_hash: [number; 32],
        body: vec![number],
        called_ms: 5,
        taken_by: person(),
        due_ms,
    }
}

async fn put(db: &TestDb, new: NewCall) -> i64 {
    db.write("put", new, |tx, new| Box::pin(call::insert(tx, new)))
        .await
        .unwrap()
}

async fn get(db: &TestDb, id: CallId) -> CallRow {
    db.read("get", id, |reads, id| Box::pin(call::get(reads, *id)))
        .await
        .unwrap()
}

async fn open_calls(db: &TestDb) -> Vec<CallId> {
    let rows = db.read("open", (), |reads, ()| Box::pin(call::list_open(reads)));
    rows.await.unwrap().iter().map(|row| row.call).collect()
}

fn end(note: &[u8]) -> CallEnd {
    CallEnd {
        ending: DutyEnd::Done,
        by: person(),
        note: Some(note.to_vec()),
    }
}

#[tokio::test]
async fn calls_wait_in_the_order_of_their_clocks_until_somebody_saw_to_them() {
    each_engine(|db| async move {
        let late = a_call(1, CallKind::Complaint, Some(9_000));
        let soon = a_call(2, CallKind::Danger, Some(100));
        let tip = a_call(3, CallKind::Tip, None);
        let ids = (late.call, soon.call);
        assert_eq!(put(&db, late).await, 1);
        assert_eq!(put(&db, soon).await, 2);
        assert_eq!(
            put(&db, tip).await,
            3,
            "a tip counts as a call, and waits elsewhere"
        );
        assert_eq!(open_calls(&db).await, [ids.1, ids.0]);
        let unpaged = db.read("unpaged", 100, |reads, at| {
            Box::pin(call::list_unpaged(reads, *at))
        });
        assert_eq!(unpaged.await.unwrap().len(), 1);
        let twice = db
            .write("settle", ids.1, |tx, id| {
                Box::pin(async move {
                    assert!(call::mark_paged(tx, *id).await?);
                    assert!(!call::mark_paged(tx, *id).await?, "paged once");
                    assert!(call::settle(tx, *id, &end(b"n")).await?);
                    call::settle(tx, *id, &end(b"again")).await
                })
            })
            .await;
        assert_eq!(twice, Ok(false), "seen to once");
        assert_eq!(open_calls(&db).await, [ids.0]);
        let row = get(&db, ids.1).await;
        assert_eq!(
            (row.settled_by, row.ending),
            (Some(person()), Some(DutyEnd::Done))
        );
        let waiting = db.read("waiting", (), |reads, ()| Box::pin(call::count_open(reads)));
        assert_eq!(waiting.await, Ok(1));
    })
    .await;
}

#[tokio::test]
async fn a_call_is_found_by_its_receipt_and_emptied_when_its_time_is_over() {
    each_engine(|db| async move {
        let new = a_call(1, CallKind::Complaint, Some(9_000));
        let (id, receipt) = (new.call, new.receipt_hash);
        put(&db, new).await;
        let found = db.read("found", receipt, |reads, hash| {
            Box::pin(call::find_by_receipt(reads, hash))
        });
        assert_eq!(found.await.unwrap().map(|row| row.call), Some(id));
        let gone = db.write("end", id, |tx, id| {
            Box::pin(async move {
                let before = tx.now_ms() + 1;
                assert!(
                    call::list_to_erase(tx, before).await?.is_empty(),
                    "nobody saw to it"
                );
                call::settle(tx, *id, &end(b"n")).await?;
                assert_eq!(call::list_to_erase(tx, before).await?, [*id]);
                assert_eq!(call::list_own_keys(tx).await?, [*id]);
                call::wipe(tx, *id).await?;
                Ok::<_, StoreError>((
                    call::list_to_erase(tx, before).await?,
                    call::list_own_keys(tx).await?,
                ))
            })
        });
        assert_eq!(gone.await, Ok((vec![], vec![])));
        let row = get(&db, id).await;
        assert!(row.body.is_none() && row.note.is_none() && row.erased_ms.is_some());
        assert_eq!((row.number, row.kind), (1, CallKind::Complaint));
    })
    .await;
}

fn a_tip(case: CaseId) -> NewTip {
    NewTip {
        tip: TipId::new(1, &CountingEntropy::default()),
        case,
        alert: None,
        receipt_hash: [7; 32],
        body: vec![1],
    }
}

fn a_search(case: CaseId) -> SearchRow {
    let search = SearchId::new(1, &CountingEntropy::default());
    let context = unit_report::place_context(search);
    SearchRow {
        search,
        case,
        bulletin: BulletinId::new(1, &CountingEntropy::default()),
        service: "police-fes".parse().unwrap(),
        item: Some(4),
        cover: Cover::Partial,
        place: Sealed::new(&case.to_string(), &context, vec![3]),
        searched_ms: 77,
        by: person(),
        at_ms: 0,
    }
}

#[tokio::test]
async fn a_call_joins_a_case_as_a_tip_without_an_alert_and_goes_with_it() {
    each_engine(|db| async move {
        let case = open(&db).await;
        let new = a_call(7, CallKind::Unmatched, Some(100));
        let id = new.call;
        put(&db, new).await;
        let source = db
            .write("join", (id, case), |tx, (id, case)| {
                Box::pin(async move {
                    let tip = tip::insert(tx, &a_tip(*case)).await?;
                    let new = SourceRow {
                        tip,
                        case: *case,
                        origin: TipOrigin::Call,
                        call: Some(*id),
                        unit: None,
                        by: person(),
                        grade: SeenHow::Told.grade(),
                        at_ms: 0,
                    };
                    unit_report::insert_source(tx, &new).await?;
                    call::join(tx, *id, (*case, Some(tip)), &[9]).await?;
                    unit_report::insert_search(tx, &a_search(*case)).await?;
                    unit_report::find_source(tx, tip).await
                })
            })
            .await
            .unwrap()
            .unwrap();
        assert_eq!((source.grade.source, source.grade.information), ('F', 6));
        assert_eq!(source.call, Some(id));
        let row = get(&db, id).await;
        assert_eq!((row.case, row.tip), (Some(case), Some(source.tip)));
        assert_eq!(row.owner(), case.to_string());
        let kept = db.read("tip", source.tip, |reads, tip| {
            Box::pin(tip::get(reads, *tip))
        });
        assert_eq!(kept.await.unwrap().alert, None);
        let of_case = |case: CaseId| {
            db.read("of_case", case, |reads, case| {
                Box::pin(async move {
                    let searches = unit_report::list_searches(reads, *case).await?;
                    let sources = unit_report::list_sources(reads, *case).await?;
                    Ok::<_, StoreError>((searches, sources.len()))
                })
            })
        };
        let (searches, sources) = of_case(case).await.unwrap();
        assert_eq!(
            (searches[0].item, searches[0].cover, sources),
            (Some(4), Cover::Partial, 1)
        );
        assert_eq!(searches[0].searched_ms, 77);
        db.write("wipe", case, |tx, case| Box::pin(erasure::wipe(tx, *case)))
            .await
            .unwrap();
        let (searches, sources) = of_case(case).await.unwrap();
        assert_eq!((searches.len(), sources), (0, 0));
        let row = get(&db, id).await;
        assert!(
            row.body.is_none() && row.settled_ms.is_some(),
            "nothing of it waits"
        );
    })
    .await;
}
