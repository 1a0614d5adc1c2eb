//! Failures: nothing is acknowledged that is not durable, and one failure is not everybody's.

use futures::future::join_all;

use super::notes::{add_note, insert_note, list_notes, with_notes};
use crate::testing::{TestDb, each_engine};
use crate::{Reads, StoreError};

#[tokio::test]
async fn a_dropped_failure_refuses_the_whole_write() {
    each_engine(|db| async move {
        with_notes(&db).await;
        let careless = db.write("careless", (), |tx, ()| {
            Box::pin(async move {
                insert_note(tx, "a").await?;
                // The same key again fails, and the write carries on as if it had not.
                drop(insert_note(tx, "a").await);
                Ok(())
            })
        });
        let expected = StoreError::Swallowed { write: "careless" };
        assert_eq!(careless.await, Err(expected));
        assert!(list_notes(&db).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_write_whose_code_panics_is_undone_and_the_next_one_works() {
    each_engine(|db| async move {
        with_notes(&db).await;
        let broken = db.write("broken", (), |tx, ()| {
            Box::pin(async move {
                insert_note(tx, "a").await?;
                if tx.now_ms() != 0 {
                    panic!("a fault in the code of a write");
                }
                Ok(())
            })
        });
        assert_eq!(broken.await, Err(StoreError::Panicked { write: "broken" }));
        add_note(&db, "b").await.unwrap();
        assert_eq!(list_notes(&db).await, ["b"]);
    })
    .await;
}

#[tokio::test]
async fn nothing_is_acknowledged_when_the_commit_fails() {
    each_engine(|db| async move {
        with_notes(&db).await;
        let made = db.write("make_child", (), |tx, ()| {
            Box::pin(async move {
                tx.query(
                    "create table child (
                         note text not null,
                         constraint child_note foreign key (note) references note (id)
                             deferrable initially deferred
                     )",
                )
                .run()
                .await
            })
        });
        made.await.unwrap();
        // The missing parent is noticed at the commit only.
        let fails = db.write("orphan", (), |tx, ()| {
            Box::pin(async move {
                tx.query("insert into child (note) values ('nobody')")
                    .run()
                    .await
            })
        });
        let (fails, beside) = tokio::join!(fails, add_note(&db, "beside"));
        assert!(
            matches!(fails, Err(StoreError::NotDurable { .. })),
            "{fails:?}"
        );
        let kept = list_notes(&db).await;
        match beside {
            Ok(()) => assert_eq!(kept, ["beside"]),
            Err(StoreError::NotDurable { .. }) => assert!(kept.is_empty()),
            Err(other) => panic!("{other}"),
        }
        add_note(&db, "later").await.unwrap();
        assert!(list_notes(&db).await.contains(&"later".to_owned()));
    })
    .await;
}

/// Leaves SQLite's writer about ten pages; a full disk answers with the same code.
async fn leave_little_room(db: &TestDb) {
    let limit = db.write("limit", (), |tx, ()| {
        Box::pin(async move {
            let pages: i64 = tx
                .select("pragma page_count")
                .get()
                .await?
                .get("page_count")?;
            let pragma = format!("pragma max_page_count = {}", pages + 10);
            tx.statement(&pragma).find().await?;
            Ok::<_, StoreError>(())
        })
    });
    limit.await.unwrap();
}

#[tokio::test]
async fn a_write_that_fills_the_disk_fails_alone() {
    let db = TestDb::sqlite().await;
    with_notes(&db).await;
    leave_little_room(&db).await;
    let large = db.write("large", (), |tx, ()| {
        Box::pin(async move {
            tx.query("insert into note (id, body) values ('large', $1)")
                .bind("x".repeat(1 << 20))
                .run()
                .await?;
            Ok(())
        })
    });
    let before = join_all((0..5).map(|number| {
        let db = &db;
        async move { add_note(db, &format!("before{number}")).await }
    }));
    let after = join_all((0..5).map(|number| {
        let db = &db;
        async move { add_note(db, &format!("after{number}")).await }
    }));
    let (before, large, after) = tokio::join!(before, large, after);
    assert_eq!(large, Err(StoreError::DiskFull));
    assert!(
        before.iter().chain(&after).all(Result::is_ok),
        "{before:?} {after:?}"
    );
    assert_eq!(list_notes(&db).await.len(), 10);
}

#[tokio::test]
async fn no_entry_no_data_on_a_full_disk() {
    let db = TestDb::sqlite().await;
    with_notes(&db).await;
    let key = db.keys().create("case_1").await.unwrap();
    let sealed = crate::Sealed::new("case_1", "c", key.seal("c", b"Imane"));
    leave_little_room(&db).await;
    // Fill what is left in steps down to single rows.
    for size in [8192, 1024, 64, 8] {
        while fill(&db, size).await.is_ok() {}
    }
    let read = crate::AuditedRead {
        actor: "person_1".into(),
        reason: "duty".into(),
        objects: (0..200)
            .map(|number| crate::audit::ObjectId::new("case", format!("case_{number:060}")))
            .collect(),
    };
    let opened = db.open_sealed(read, vec![sealed]).await;
    assert_eq!(opened.unwrap_err(), StoreError::DiskFull);
}

async fn fill(db: &TestDb, size: usize) -> Result<u64, StoreError> {
    db.write("fill", "x".repeat(size), |tx, body| {
        Box::pin(async move {
            tx.query(
                "insert into note (id, body)
                 select 'fill' || count(*), $1
                 from note",
            )
            .bind(body)
            .run()
            .await
        })
    })
    .await
}

#[tokio::test]
async fn errors_never_repeat_a_stored_value() {
    each_engine(|db| async move {
        with_notes(&db).await;
        add_note(&db, "Imane").await.unwrap();
        let again = add_note(&db, "Imane").await.unwrap_err();
        assert!(!format!("{again} {again:?}").contains("Imane"));
    })
    .await;
}

#[tokio::test]
async fn a_closed_store_takes_no_more_writes() {
    each_engine(|db| async move {
        with_notes(&db).await;
        db.close().await;
        assert_eq!(add_note(&db, "late").await, Err(StoreError::Closed));
    })
    .await;
}
