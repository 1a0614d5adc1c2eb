//! Writing and reading: what is kept, what is undone, in which order.

use std::sync::atomic::{AtomicI64, Ordering};

use futures::future::join_all;

use super::notes::{add_note, insert_note, list_notes, with_notes};
use crate::testing::{TestDb, each_engine};
use crate::{Reads, StoreError};

#[tokio::test]
async fn what_is_answered_can_be_read_after_a_restart() {
    each_engine(|db| async move {
        with_notes(&db).await;
        add_note(&db, "a").await.unwrap();
        assert_eq!(list_notes(&db).await, ["a"]);
        let db = db.reopen().await;
        assert_eq!(list_notes(&db).await, ["a"]);
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
                    insert_note(tx, &format!("n{number:02}")).await?;
                    if number % 4 == 0 {
                        return Err(StoreError::NotFound { write: "maybe" });
                    }
                    Ok(*number)
                })
            })
        });
        let results = join_all(writes).await;
        let kept: Vec<_> = results.into_iter().flatten().collect();
        let expected: Vec<_> = (0..40).filter(|number| number % 4 != 0).collect();
        assert_eq!(kept, expected);
        let names: Vec<_> = expected
            .iter()
            .map(|number| format!("n{number:02}"))
            .collect();
        assert_eq!(list_notes(&db).await, names);
    })
    .await;
}

#[tokio::test]
async fn an_urgent_write_is_served_before_those_that_wait() {
    let db = TestDb::sqlite().await;
    with_notes(&db).await;
    static TURN: AtomicI64 = AtomicI64::new(0);
    let normal = join_all((0..100).map(|_| {
        db.write("normal", (), |_, ()| {
            Box::pin(async { Ok::<_, StoreError>(TURN.fetch_add(1, Ordering::SeqCst)) })
        })
    }));
    let urgent = db.write_urgent("urgent", (), |_, ()| {
        Box::pin(async { Ok::<_, StoreError>(TURN.fetch_add(1, Ordering::SeqCst)) })
    });
    let (normal, urgent) = tokio::join!(normal, urgent);
    assert_eq!(urgent.unwrap(), 0);
    assert_eq!(normal.into_iter().map(Result::unwrap).max(), Some(100));
}

#[tokio::test]
async fn a_caller_that_leaves_does_not_stop_its_write() {
    each_engine(|db| async move {
        with_notes(&db).await;
        {
            let left = add_note(&db, "left");
            futures::pin_mut!(left);
            assert!(futures::poll!(left).is_pending());
        }
        let db = db.reopen().await;
        assert_eq!(list_notes(&db).await, ["left"]);
    })
    .await;
}

#[tokio::test]
async fn rivals_that_read_and_then_write_lose_nothing() {
    each_engine(|db| async move {
        with_notes(&db).await;
        add_note(&db, "count").await.unwrap();
        let rivals = (0..16).map(|_| {
            db.write("count_up", (), |tx, ()| {
                Box::pin(async move {
                    let row = tx
                        .select("select number from note where id = 'count'")
                        .get()
                        .await?;
                    let number: i64 = row.get("number")?;
                    tx.query("update note set number = $1 where id = 'count'")
                        .bind(number + 1)
                        .run()
                        .await
                })
            })
        });
        for result in join_all(rivals).await {
            assert_eq!(result, Ok::<u64, StoreError>(1));
        }
        let number = db.read("count", (), |tx, ()| {
            Box::pin(async move {
                tx.select("select number from note")
                    .get()
                    .await?
                    .get::<i64>("number")
            })
        });
        assert_eq!(number.await.unwrap(), 7 + 16);
    })
    .await;
}

#[tokio::test]
async fn a_read_cannot_write() {
    each_engine(|db| async move {
        with_notes(&db).await;
        let tried = db.read("sly", (), |tx, ()| {
            Box::pin(async move {
                tx.select("insert into note (id) values ('sly') returning id")
                    .find()
                    .await
            })
        });
        assert!(matches!(tried.await, Err(StoreError::Statement { .. })));
        assert!(list_notes(&db).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn the_time_stands_still_within_a_write() {
    each_engine(|db| async move {
        let clock = db.clock.clone();
        let times = db.write("times", clock, |tx, clock| {
            Box::pin(async move {
                let before = tx.now_ms();
                clock.advance_ms(5_000);
                Ok::<_, StoreError>((before, tx.now_ms()))
            })
        });
        let (before, after) = times.await.unwrap();
        assert_eq!(before, after);
    })
    .await;
}

#[tokio::test]
async fn values_come_back_as_they_went() {
    each_engine(|db| async move {
        let row = db.write("round_trip", (), |tx, ()| {
            Box::pin(async move {
                let sql = match tx.engine_for_tests() {
                    crate::Engine::Sqlite => {
                        "create table kind (i integer, r real, t text, b blob, n text) strict"
                    }
                    crate::Engine::Postgres => {
                        "create table kind (i bigint, r double precision, t text, b bytea, n text)"
                    }
                };
                tx.statement(sql).run().await?;
                tx.query("insert into kind (i, r, t, b, n) values ($1, $2, $3, $4, $5)")
                    .bind(i64::MAX)
                    .bind(0.25)
                    .bind("طفلي ⵣ")
                    .bind(&[0u8, 255, 7][..])
                    .bind(None::<&str>)
                    .run()
                    .await?;
                tx.select("select i, r, t, b, n from kind").get().await
            })
        });
        let row = row.await.unwrap();
        assert_eq!(row.get("i"), Ok(i64::MAX));
        assert_eq!(row.get("r"), Ok(0.25));
        assert_eq!(row.get("t"), Ok("طفلي ⵣ".to_owned()));
        assert_eq!(row.get("b"), Ok(vec![0u8, 255, 7]));
        assert_eq!(row.get("n"), Ok(None::<String>));
        assert!(row.get::<String>("n").is_err());
        assert!(row.get::<i64>("absent").is_err());
    })
    .await;
}
