//! Readers of letters: asked for, confirmed once, moved under one number, walked like devices and never mixed with
//! them, and forgotten when they leave or their address ends.

use tifli_domain::reader::{ReaderState, RequestState};

use crate::reader::{
    self, Handed, NewReader, NewRequest, READERS, REQUESTS, Reader, address_context,
};
use crate::subscriber::Mark;
use crate::testing::{TestDb, each_engine};
use crate::{Reads as _, Sealed};

const HOUR: i64 = 3_600_000;

fn hash(kind: u8, of: u8) -> [u8; 32] {
    let mut hash = [of; 32];
    hash[0] = kind;
    hash
}

fn sealed(of: u8) -> Sealed {
    Sealed::new(READERS, &address_context(&hash(0, of)), vec![of; 40])
}

fn request(id: &str, of: u8, token: u8) -> NewRequest {
    NewRequest {
        request: id.to_owned(),
        address_hash: hash(0, of),
        address: sealed(of),
        cell: 7,
        language: "fr".into(),
        token_hash: hash(1, token),
        bounce_hash: hash(2, token),
        expires_ms: i64::MAX,
    }
}

fn new(of: u8, cell: i64) -> NewReader {
    NewReader {
        address_hash: hash(0, of),
        address: sealed(of),
        cell,
        language: "ar".into(),
        letter_key: [of; 16],
        leave_hash: hash(3, of),
        bounce_hash: hash(4, of),
    }
}

async fn ask(db: &TestDb, one: NewRequest) {
    db.write("ask", one, |tx, one| {
        Box::pin(async move { reader::insert_request(tx, one).await })
    })
    .await
    .unwrap();
}

async fn put(db: &TestDb, one: NewReader) -> u32 {
    db.write("put", one, |tx, one| {
        Box::pin(async move { reader::put(tx, one).await })
    })
    .await
    .unwrap()
}

async fn end(db: &TestDb, number: u32, state: ReaderState) -> bool {
    db.write("end", (number, state), |tx, (number, state)| {
        Box::pin(async move { reader::end(tx, *number, *state).await })
    })
    .await
    .unwrap()
}

async fn all(db: &TestDb) -> Vec<Reader> {
    db.read("all", (), |reads, ()| {
        Box::pin(async move { reader::page(reads, Mark::START, Mark::end_of(i64::MAX), 100).await })
    })
    .await
    .unwrap()
}

async fn has_request(db: &TestDb, token: u8) -> bool {
    db.read("find", hash(1, token), |reads, hash| {
        Box::pin(async move { reader::find_request_by_token(reads, hash).await })
    })
    .await
    .unwrap()
    .is_some()
}

#[tokio::test]
async fn a_request_is_confirmed_once_and_answers_every_other_for_the_same_address() {
    each_engine(|db| async move {
        ask(&db, request("a", 1, 1)).await;
        ask(&db, request("b", 1, 2)).await;
        ask(&db, request("c", 2, 3)).await;
        let asked = db
            .read("count", hash(0, 1), |reads, hash| {
                Box::pin(async move { reader::count_requests(reads, hash, 0).await })
            })
            .await
            .unwrap();
        assert_eq!(asked, 2);
        assert!(has_request(&db, 1).await && has_request(&db, 2).await);
        put(&db, new(1, 7)).await;
        assert!(!has_request(&db, 1).await && !has_request(&db, 2).await);
        assert!(has_request(&db, 3).await);
        assert_eq!(all(&db).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn a_letter_that_asks_is_taken_once_and_again_when_it_is_due() {
    each_engine(|db| async move {
        ask(&db, request("a", 1, 1)).await;
        let take = async |token: &'static str| {
            db.write_claim("take", token, |tx, token| {
                Box::pin(async move {
                    let until = tx.now_ms() + HOUR;
                    REQUESTS.take(tx, token, until, 4).await
                })
            })
            .await
            .unwrap()
            .len()
        };
        let finish = async |token: &'static str, state, next_ms| {
            let handed = Handed {
                state,
                attempts: 1,
                next_ms,
                code: Some("greylisted".into()),
            };
            db.write("finish", (token, handed), |tx, (token, handed)| {
                Box::pin(async move {
                    assert!(REQUESTS.finish(tx, "a", token).await?);
                    reader::note_handed(tx, "a", handed).await
                })
            })
            .await
            .unwrap();
        };
        assert_eq!(take("t1").await, 1);
        assert_eq!(take("t2").await, 0, "somebody has it");
        finish("t1", RequestState::Waiting, i64::MAX).await;
        assert_eq!(take("t3").await, 0, "not yet");
        db.write("due", (), |tx, ()| {
            Box::pin(async move {
                let sql = "update reader_request set next_ms = 0";
                tx.query(sql).run().await.map(|_| ())
            })
        })
        .await
        .unwrap();
        assert_eq!(take("t4").await, 1);
        finish("t4", RequestState::Handed, 0).await;
        assert_eq!(take("t5").await, 0, "it is handed over");
    })
    .await;
}

#[tokio::test]
async fn whoever_confirms_again_moves_under_the_same_number_and_keeps_their_tokens() {
    each_engine(|db| async move {
        let first = put(&db, new(1, 7)).await;
        let other = put(&db, new(2, 9)).await;
        let moved = NewReader {
            letter_key: [99; 16],
            leave_hash: hash(3, 99),
            bounce_hash: hash(4, 99),
            language: "fr".into(),
            ..new(1, 9)
        };
        assert_eq!(put(&db, moved).await, first);
        let walked: Vec<_> = all(&db)
            .await
            .iter()
            .map(|one| {
                (
                    one.cell,
                    one.number,
                    one.language.clone(),
                    one.letter_key[0],
                )
            })
            .collect();
        assert_eq!(
            walked,
            [
                (9, first, "fr".to_owned(), 1),
                (9, other, "ar".to_owned(), 2)
            ]
        );
        let cells = db.read("cells", (), |reads, ()| {
            Box::pin(async move { reader::list_cells(reads, 0, i64::MAX).await })
        });
        assert_eq!(cells.await.unwrap(), [(9, 2)]);
    })
    .await;
}

#[tokio::test]
async fn who_left_is_forgotten_but_for_the_hashes_that_know_a_repeat() {
    each_engine(|db| async move {
        let number = put(&db, new(1, 7)).await;
        assert!(end(&db, number, ReaderState::Left).await);
        assert!(!end(&db, number, ReaderState::Retired).await, "once");
        assert!(all(&db).await.is_empty());
        let (kept, found) = db
        .read("kept", number, |reads, number| {
            Box::pin(async move {
                let sql = "select address_hash, address_sealed, cell, language from reader where number = $1";
                let row = reads.select(sql).bind(*number).get().await?;
                let kept = (
                    row.get::<Option<Vec<u8>>>("address_hash")?,
                    row.get::<Option<Vec<u8>>>("address_sealed")?,
                    row.get::<i64>("cell")?,
                    row.get::<String>("language")?,
                );
                Ok::<_, crate::StoreError>((kept, reader::find_by_leave(reads, &hash(3, 1)).await?))
            })
        })
        .await
        .unwrap();
        assert_eq!(kept, (None, None, 0, String::new()));
        assert_eq!(found, Some((number, ReaderState::Left)));
        let again = put(
            &db,
            NewReader {
                leave_hash: hash(3, 50),
                bounce_hash: hash(4, 50),
                ..new(1, 7)
            },
        );
        assert_ne!(again.await, number, "who comes back is somebody new");
    })
    .await;
}

#[tokio::test]
async fn a_letter_that_comes_back_a_thousand_times_counts_once() {
    each_engine(|db| async move {
        let number = put(&db, new(1, 7)).await;
        let note = async |seq: i64| {
            db.write("note", (number, seq), |tx, (number, seq)| {
                Box::pin(async move { reader::note_bounce(tx, *number, *seq).await })
            })
            .await
            .unwrap()
        };
        for _ in 0..20 {
            assert_eq!(note(5).await, 1);
        }
        assert_eq!(note(6).await, 2);
        assert_eq!(note(5).await, 2, "an old one that comes late is known");
        put(&db, new(1, 8)).await;
        assert_eq!(note(9).await, 1, "who confirms again begins anew");
    })
    .await;
}

#[tokio::test]
async fn what_was_not_confirmed_in_time_is_swept_and_nothing_else() {
    each_engine(|db| async move {
        ask(
            &db,
            NewRequest {
                expires_ms: 1,
                ..request("old", 1, 1)
            },
        )
        .await;
        ask(&db, request("new", 2, 2)).await;
        assert!(!has_request(&db, 1).await, "it has expired");
        let stays = put(&db, new(3, 7)).await;
        let left = put(&db, new(4, 7)).await;
        end(&db, left, ReaderState::Left).await;
        let sweep = async |before: i64| {
            db.write("sweep", before, |tx, before| {
                Box::pin(async move { reader::sweep(tx, *before).await })
            })
            .await
            .unwrap()
        };
        assert_eq!(sweep(0).await, 1);
        assert_eq!(sweep(i64::MAX).await, 1, "who left, after a while");
        assert!(has_request(&db, 2).await);
        assert_eq!(
            all(&db)
                .await
                .iter()
                .map(|one| one.number)
                .collect::<Vec<_>>(),
            [stays]
        );
    })
    .await;
}
