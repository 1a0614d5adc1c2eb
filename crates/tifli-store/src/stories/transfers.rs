//! Offers of a case: one waits at a time for each district, and an accepted one moves everything.

use tifli_domain::id::TransferId;
use tifli_domain::transfer::{TransferKind, TransferState};

use super::tips::Told;
use crate::testing::{CountingEntropy, TestDb, each_engine};
use crate::transfer::{self, TransferRow};
use crate::{StoreError, alert, case, erasure};

fn offer(told: &Told, n: i64) -> TransferRow {
    TransferRow {
        transfer: TransferId::new(n, &CountingEntropy::default()),
        case: told.case,
        kind: TransferKind::Share,
        state: TransferState::Asked,
        from_district: "rabat".into(),
        to_district: "fes".into(),
        reason: None,
        asked_by: told.person,
        asked_ms: n,
        answered_by: None,
        answered_ms: None,
        ended_by: None,
        ended_ms: None,
    }
}

async fn insert(db: &TestDb, row: TransferRow) -> Result<(), StoreError> {
    db.write("insert", row, |tx, row| {
        Box::pin(transfer::insert(tx, row, b"sealed"))
    })
    .await
}

#[tokio::test]
async fn the_same_offer_waits_only_once_and_is_read_when_it_is_accepted() {
    each_engine(|db| async move {
        let told = Told::begin(&db).await;
        let mut row = offer(&told, 1);
        insert(&db, row.clone()).await.unwrap();
        assert!(insert(&db, offer(&told, 2)).await.is_err());
        let shared = async || {
            let found = db.read("shared", (), |reads, ()| {
                Box::pin(transfer::list_shared(reads, "fes"))
            });
            found.await.unwrap()
        };
        assert!(shared().await.is_empty());
        row.state = TransferState::Accepted;
        (row.answered_by, row.answered_ms) = (Some(told.person), Some(9));
        let update = db.write("accept", row, |tx, row| Box::pin(transfer::update(tx, row)));
        update.await.unwrap();
        assert_eq!(shared().await, [told.case]);
    })
    .await;
}

#[tokio::test]
async fn a_case_moves_with_its_alerts_and_its_number_keeps_the_first_district() {
    each_engine(|db| async move {
        let told = Told::begin(&db).await;
        for district in ["fes", "oujda"] {
            db.write("move", told.case, move |tx, case| {
                Box::pin(transfer::move_case(tx, *case, district))
            })
            .await
            .unwrap();
        }
        let ids = (told.case, told.alert);
        let (file, moved) = db
            .read("look", ids, |reads, (case_id, alert_id)| {
                Box::pin(async move {
                    let file = case::get(reads, *case_id).await?;
                    Ok::<_, StoreError>((file, alert::get(reads, *alert_id).await?))
                })
            })
            .await
            .unwrap();
        assert_eq!(
            (file.district.as_str(), moved.district.as_str()),
            ("oujda", "oujda")
        );
        assert_eq!(file.number_district.as_deref(), Some("rabat"));
    })
    .await;
}

#[tokio::test]
async fn an_erasure_empties_the_reason() {
    each_engine(|db| async move {
        let told = Told::begin(&db).await;
        insert(&db, offer(&told, 1)).await.unwrap();
        let wipe = db.write("wipe", told.case, |tx, case| {
            Box::pin(erasure::wipe(tx, *case))
        });
        wipe.await.unwrap();
        let rows = db.read("list", told.case, |reads, case| {
            Box::pin(transfer::list_by_case(reads, *case))
        });
        assert!(rows.await.unwrap()[0].reason.is_none());
    })
    .await;
}
