//! Writing and reading: what is kept, what is undone, who is answered when.

use futures::future::join_all;

use crate::testing::{TestDb, each_engine};
use crate::{Reads, StoreError, Tx};

/// A small table of the tests' own.
pub(super) async fn with_notes(db: &TestDb) {
    db.write("make_notes", (), |tx, ()| {
        Box::pin(async move {
            tx.query(
                "create table note (
                     id text not null,
                     body text,
                     constraint note_pk primary key (id)
                 )",
            )
            .run()
            .await
        })
    })
    .await
    .unwrap();
}

pub(super) async fn insert_note(tx: &mut Tx, id: &str) -> Result<u64, StoreError> {
    tx.query("insert into note (id, body) values ($1, $2)")
        .bind(id)
        .bind(None::<String>)
        .run()
        .await
}

pub(super) async fn count_notes(db: &TestDb) -> i64 {
    db.read("count_notes", (), |tx, ()| {
        Box::pin(async move {
            let row = tx.select("select count(*) as n from note").get().await?;
            row.get::<i64>("n")
        })
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn what_is_answered_can_be_read() {
    each_engine(|db| async move {
        with_notes(&db).await;
        db.write("add", "a".to_owned(), |tx, id| {
            Box::pin(async move { insert_note(tx, id).await })
        })
        .await
        .unwrap();
        assert_eq!(count_notes(&db).await, 1);
        let db = db.reopen().await;
        assert_eq!(count_notes(&db).await, 1);
    })
    .await;
}

#[tokio::test]
async fn a_write_that_refuses_disturbs_no_neighbour() {
    each_engine(|db| async move {
        with_notes(&db).await;
        let writes = (0..40).map(|number| {
            db.write("maybe", number, |tx, number| {
                Box::pin(async move {
                    insert_note(tx, &format!("n{number}")).await?;
                    if number % 4 == 0 {
                        return Err(StoreError::NotFound { write: "maybe" });
                    }
                    Ok(*number)
                })
            })
        });
        let results = join_all(writes).await;
        let kept = results.iter().filter(|result| result.is_ok()).count();
        assert_eq!(kept, 30);
        assert_eq!(count_notes(&db).await, 30);
    })
    .await;
}
