//! Leases: each row is one worker's at a time, and a worker that slept finds out.

use std::collections::HashSet;

use futures::future::join_all;

use crate::lease::{LeaseTable, Taken};
use crate::testing::{TestDb, each_engine};
use crate::{Reads as _, StoreError};

const WORK: LeaseTable = LeaseTable {
    table: "work",
    key: "id",
    due: "due_ms <= $3",
    order: "due_ms, id",
};

async fn with_work(db: &TestDb, rows: i64) {
    db.write("make_work", rows, |tx, rows| {
        Box::pin(async move {
            tx.query(
                "create table work (
                     id text not null,
                     due_ms bigint not null,
                     lease_token text,
                     lease_until_ms bigint,
                     lease_attempts bigint not null default 0,
                     constraint work_pk primary key (id)
                 )",
            )
            .run()
            .await?;
            for row in 0..*rows {
                tx.query("insert into work (id, due_ms) values ($1, $2)")
                    .bind(format!("w{row:04}"))
                    .bind(row)
                    .run()
                    .await?;
            }
            Ok::<_, StoreError>(())
        })
    })
    .await
    .unwrap();
}

async fn take(db: &TestDb, token: &str, limit: u32) -> Vec<Taken> {
    db.write_claim("take", (token.to_owned(), limit), |tx, (token, limit)| {
        Box::pin(async move {
            let until_ms = tx.now_ms() + 1_000;
            WORK.take(tx, token, until_ms, *limit).await
        })
    })
    .await
    .unwrap()
}

async fn finish(db: &TestDb, id: &str, token: &str) -> bool {
    let args = (id.to_owned(), token.to_owned());
    db.write("finish", args, |tx, (id, token)| {
        Box::pin(async move { WORK.finish(tx, id, token).await })
    })
    .await
    .unwrap()
}

async fn extend(db: &TestDb, id: &str, token: &str) -> bool {
    let args = (id.to_owned(), token.to_owned());
    db.write("extend", args, |tx, (id, token)| {
        Box::pin(async move {
            let until_ms = tx.now_ms() + 1_000;
            WORK.extend(tx, id, token, until_ms).await
        })
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn eight_workers_share_four_hundred_rows_without_a_double() {
    each_engine(|db| async move {
        with_work(&db, 400).await;
        let db = &db;
        let workers = (0..8).map(|worker| async move {
            let mut mine = Vec::new();
            loop {
                let taken = take(db, &format!("t{worker}"), 10).await;
                if taken.is_empty() {
                    return mine;
                }
                mine.extend(taken.into_iter().map(|row| row.id));
            }
        });
        let taken: Vec<String> = join_all(workers).await.into_iter().flatten().collect();
        let distinct: HashSet<_> = taken.iter().collect();
        assert_eq!(taken.len(), 400);
        assert_eq!(distinct.len(), 400);
    })
    .await;
}

#[tokio::test]
async fn a_lease_that_ran_out_is_another_workers() {
    each_engine(|db| async move {
        with_work(&db, 1).await;
        assert_eq!(take(&db, "first", 5).await.len(), 1);
        assert!(take(&db, "second", 5).await.is_empty());
        assert!(extend(&db, "w0000", "first").await);
        db.clock.advance_ms(1_001);
        assert!(!extend(&db, "w0000", "first").await);
        let taken = take(&db, "second", 5).await;
        assert_eq!(
            taken,
            [Taken {
                id: "w0000".into(),
                attempts: 2
            }]
        );
        assert!(!finish(&db, "w0000", "first").await);
        assert!(finish(&db, "w0000", "second").await);
    })
    .await;
}
