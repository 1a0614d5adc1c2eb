//! Idempotency: one key, one outcome.

use futures::future::join_all;

use super::notes::{insert_note, list_notes, with_notes};
use crate::testing::{TestDb, each_engine};
use crate::{Claim, Idempotency, StoreError};

fn claim(hash: u8) -> Claim {
    Claim {
        actor: "person_7".into(),
        key: "k1".into(),
        request_hash: [hash; 32],
    }
}

/// Adds a note once per key and answers its id, the first time and every time.
async fn add_once(db: &TestDb, claim: Claim, id: String) -> Result<Option<String>, StoreError> {
    db.write("add_once", (claim, id), |tx, (claim, id)| {
        Box::pin(async move {
            match tx.idempotent(claim).await? {
                Idempotency::Fresh => {
                    insert_note(tx, id).await?;
                    tx.settle(claim, id, 201).await?;
                    Ok(Some(id.clone()))
                }
                Idempotency::Replay { object_id, .. } => Ok(Some(object_id)),
                Idempotency::Mismatch => Ok(None),
            }
        })
    })
    .await
}

#[tokio::test]
async fn a_hundred_equal_requests_make_one_object() {
    each_engine(|db| async move {
        with_notes(&db).await;
        let requests = (0..100).map(|number| add_once(&db, claim(1), format!("n{number}")));
        let answers: Vec<_> = join_all(requests)
            .await
            .into_iter()
            .map(Result::unwrap)
            .collect();
        let made = list_notes(&db).await;
        assert_eq!(made.len(), 1);
        assert!(
            answers
                .iter()
                .all(|answer| answer.as_deref() == Some(&made[0]))
        );
    })
    .await;
}

#[tokio::test]
async fn the_same_key_for_another_request_is_refused() {
    each_engine(|db| async move {
        with_notes(&db).await;
        assert!(add_once(&db, claim(1), "a".into()).await.unwrap().is_some());
        assert_eq!(add_once(&db, claim(2), "b".into()).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn a_claim_left_unsettled_refuses_the_write() {
    each_engine(|db| async move {
        let forgetful = db.write("forgetful", (), |tx, ()| {
            Box::pin(async move { tx.idempotent(&claim(1)).await })
        });
        let refused = StoreError::UnsettledClaim { write: "forgetful" };
        assert_eq!(forgetful.await, Err(refused));
    })
    .await;
}

#[tokio::test]
async fn old_claims_are_forgotten() {
    each_engine(|db| async move {
        with_notes(&db).await;
        add_once(&db, claim(1), "a".into()).await.unwrap();
        let now_ms = tifli_domain::ports::Clock::now_ms(db.clock.as_ref());
        let forgotten = db.write("forget", now_ms + 1, |tx, before| {
            Box::pin(async move { tx.forget_claims(*before).await })
        });
        assert_eq!(forgotten.await.unwrap(), 1);
        let again = add_once(&db, claim(2), "b".into()).await.unwrap();
        assert_eq!(again.as_deref(), Some("b"));
    })
    .await;
}
