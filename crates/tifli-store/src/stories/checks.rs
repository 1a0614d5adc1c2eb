//! Places to check: once per origin, given to a unit, results appended.

use tifli_domain::check::{Outcome, Reason};
use tifli_domain::id::{CaseId, PersonId};

use super::intakes::open;
use crate::check::{self, CheckRow, NewCheck};
use crate::testing::{CountingEntropy, TestDb, each_engine};
use crate::{StoreError, erasure};

fn person() -> PersonId {
    PersonId::new(1, &CountingEntropy::default())
}

async fn add(db: &TestDb, case: CaseId, origin: &str, reason: Reason) -> Result<(), StoreError> {
    let args = (case, origin.to_owned(), reason);
    db.write("add", args, |tx, (case, origin, reason)| {
        Box::pin(async move {
            let new = NewCheck {
                case: *case,
                item: check::next_item(tx, *case).await?,
                origin: origin.clone(),
                reason: *reason,
                position: reason.rank(),
                place_sealed: vec![1],
            };
            check::insert(tx, &new).await
        })
    })
    .await
}

async fn list(db: &TestDb, case: CaseId) -> Vec<CheckRow> {
    db.read("list", case, |reads, case| {
        Box::pin(check::list(reads, *case))
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn the_same_origin_gives_one_place_and_the_pressing_ones_stand_in_front() {
    each_engine(|db| async move {
        let case = open(&db).await;
        add(&db, case, "hub:train", Reason::Hub).await.unwrap();
        add(&db, case, "hasty:house", Reason::House).await.unwrap();
        let twice = add(&db, case, "hub:train", Reason::Hub).await;
        assert!(twice.is_err(), "a place is added once");
        let rows = list(&db, case).await;
        let order: Vec<_> = rows.iter().map(|row| (row.item, row.reason)).collect();
        assert_eq!(order, [(2, Reason::House), (1, Reason::Hub)]);
        assert_eq!((rows[0].case_number, rows[0].district.as_str()), (1, "fes"));
    })
    .await;
}

#[tokio::test]
async fn a_unit_sees_what_it_was_given_and_every_result_is_kept() {
    each_engine(|db| async move {
        let case = open(&db).await;
        add(&db, case, "hasty:house", Reason::House).await.unwrap();
        add(&db, case, "hasty:roof", Reason::Roof).await.unwrap();
        let (given, results) = db
            .write("work", case, |tx, case| {
                Box::pin(async move {
                    check::assign(tx, (*case, 2), Some("Brigade 3"), person()).await?;
                    for outcome in [Outcome::NotReachable, Outcome::Nothing] {
                        let seq = check::next_result(tx, (*case, 2)).await?;
                        let key = (*case, 2, seq);
                        check::insert_result(tx, key, outcome, b"n", person()).await?;
                    }
                    let given = check::list_of_unit(tx, "fes", "Brigade 3").await?;
                    let other = check::list_of_unit(tx, "rabat", "Brigade 3").await?;
                    assert!(other.is_empty(), "a unit of another district");
                    Ok::<_, StoreError>((given, check::list_results(tx, *case).await?))
                })
            })
            .await
            .unwrap();
        assert_eq!(given.iter().map(|row| row.item).collect::<Vec<_>>(), [2]);
        let told: Vec<_> = results.iter().map(|row| (row.seq, row.outcome)).collect();
        assert_eq!(told, [(1, Outcome::NotReachable), (2, Outcome::Nothing)]);
        db.write("wipe", case, |tx, case| Box::pin(erasure::wipe(tx, *case)))
            .await
            .unwrap();
        assert!(list(&db, case).await.is_empty());
    })
    .await;
}
