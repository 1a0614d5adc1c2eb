//! A small table of the tests' own, so that the stories need no real one.

use crate::testing::TestDb;
use crate::{Reads, StoreError, Tx};

/// Makes the table `note`.
pub(super) async fn with_notes(db: &TestDb) {
    db.write("make_notes", (), |tx, ()| {
        Box::pin(async move {
            tx.query(
                "create table note (
                     id text not null,
                     body text,
                     number bigint,
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

/// Adds a note within a write.
pub(super) async fn insert_note(tx: &mut Tx, id: &str) -> Result<u64, StoreError> {
    tx.query("insert into note (id, body, number) values ($1, $2, $3)")
        .bind(id)
        .bind(None::<String>)
        .bind(7)
        .run()
        .await
}

/// Adds a note in a write of its own.
pub(super) async fn add_note(db: &TestDb, id: &str) -> Result<(), StoreError> {
    db.write("add_note", id.to_owned(), |tx, id| {
        Box::pin(async move {
            insert_note(tx, id).await?;
            Ok(())
        })
    })
    .await
}

/// Every note's id, in order.
pub(super) async fn list_notes(db: &TestDb) -> Vec<String> {
    db.read("list_notes", (), |tx, ()| {
        Box::pin(async move {
            let rows = tx.select("select id from note order by id").list().await?;
            rows.iter()
                .map(|row| row.get("id"))
                .collect::<Result<_, StoreError>>()
        })
    })
    .await
    .unwrap()
}
