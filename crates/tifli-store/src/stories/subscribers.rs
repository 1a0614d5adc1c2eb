//! Subscribers: joined and moved under one number, walked in order without gaps or repeats, and gone
//! when they ask; and the counters their numbers come from.

use std::collections::HashMap;

use futures::future::join_all;
use tifli_domain::ports::Entropy as _;

use crate::subscriber::{self, Mark, NewSubscriber, PAGE, Subscriber};
use crate::testing::{CountingEntropy, TestDb, each_engine};
use crate::{StoreError, counter};

/// A device, known by `device`, in `cell`.
fn new(device: u32, cell: i64) -> NewSubscriber {
    let mut endpoint_hash = [0; 32];
    endpoint_hash[..4].copy_from_slice(&device.to_be_bytes());
    let mut manage_hash = endpoint_hash;
    manage_hash[31] = 1;
    NewSubscriber {
        cell,
        endpoint: format!("https://push.example/{device}"),
        endpoint_hash,
        p256dh: vec![4; 65],
        auth: vec![7; 16],
        language: "ar".into(),
        manage_hash,
    }
}

async fn put(db: &TestDb, device: u32, cell: i64) -> u32 {
    db.write("put", new(device, cell), |tx, new| {
        Box::pin(subscriber::put(tx, new))
    })
    .await
    .unwrap()
}

async fn put_many(db: &TestDb, many: Vec<NewSubscriber>) {
    db.write("put_many", many, |tx, many| {
        Box::pin(subscriber::insert_many(tx, many))
    })
    .await
    .unwrap();
}

async fn seq(db: &TestDb) -> i64 {
    db.read("seq", (), |reads, ()| {
        Box::pin(counter::last(reads, "subscription"))
    })
    .await
    .unwrap()
}

async fn cells(db: &TestDb, after_seq: i64, upto_seq: i64) -> Vec<(i64, u64)> {
    db.read("cells", (after_seq, upto_seq), |reads, (after, upto)| {
        Box::pin(subscriber::list_cells(reads, *after, *upto))
    })
    .await
    .unwrap()
}

async fn page(db: &TestDb, from: Mark, to: Mark, limit: usize) -> Vec<Subscriber> {
    db.read("page", (from, to, limit), |reads, (from, to, limit)| {
        Box::pin(subscriber::page(reads, *from, *to, *limit))
    })
    .await
    .unwrap()
}

/// All (cell, number) between two marks, read in windows of `limit`.
async fn walk(db: &TestDb, from: Mark, to: Mark, limit: usize) -> Vec<(i64, u32)> {
    let mut all = Vec::new();
    let mut cursor = from;
    loop {
        let window = page(db, cursor, to, limit).await;
        assert!(window.len() <= limit);
        let Some(last) = window.last() else {
            return all;
        };
        cursor = Mark {
            cell: last.cell,
            number: i64::from(last.number),
        };
        all.extend(window.iter().map(|one| (one.cell, one.number)));
    }
}

async fn joined(db: &TestDb, seqs: (i64, i64), after: i64, limit: usize) -> Vec<u32> {
    let rows = db.read(
        "joined",
        (seqs, after, limit),
        |reads, (seqs, after, limit)| {
            Box::pin(subscriber::page_joined(reads, *seqs, *after, *limit))
        },
    );
    rows.await.unwrap().iter().map(|one| one.number).collect()
}

async fn by_number(db: &TestDb, numbers: Vec<u32>) -> Result<Vec<(i64, u32)>, StoreError> {
    let rows = db.read("by_number", numbers, |reads, numbers| {
        Box::pin(subscriber::list_by_number(reads, numbers))
    });
    let place = |one: Subscriber| (one.cell, one.number);
    Ok(rows.await?.into_iter().map(place).collect())
}

async fn take_numbers(db: &TestDb, amount: i64) -> i64 {
    db.write("take_numbers", amount, |tx, amount| {
        Box::pin(counter::take(tx, "story", *amount))
    })
    .await
    .unwrap()
}

const EVERYWHERE: (Mark, Mark) = (
    Mark::START,
    Mark {
        cell: i64::MAX,
        number: u32::MAX as i64,
    },
);

#[tokio::test]
async fn a_device_that_joins_reads_back_with_the_first_number() {
    each_engine(|db| async move {
        assert_eq!(seq(&db).await, 0);
        assert_eq!(put(&db, 9, 70).await, 1);
        assert_eq!(put(&db, 8, 70).await, 2);
        assert_eq!(seq(&db).await, 2);
        let rows = page(&db, EVERYWHERE.0, EVERYWHERE.1, 1).await;
        let told = new(9, 70);
        let expected = Subscriber {
            cell: 70,
            number: 1,
            endpoint: told.endpoint,
            p256dh: told.p256dh,
            auth: told.auth,
            language: told.language,
        };
        assert!(rows == [expected]);
    })
    .await;
}

#[tokio::test]
async fn a_device_that_moves_keeps_its_number_and_gets_a_new_sequence_cell_and_keys() {
    each_engine(|db| async move {
        put(&db, 1, 70).await;
        put(&db, 2, 71).await;
        let moved = NewSubscriber {
            language: "fr".into(),
            p256dh: vec![5; 65],
            manage_hash: [99; 32],
            ..new(1, 72)
        };
        let number = db.write("move", moved, |tx, new| Box::pin(subscriber::put(tx, new)));
        assert_eq!(number.await, Ok(1));
        assert_eq!(cells(&db, 0, 3).await, [(71, 1), (72, 1)]);
        assert_eq!(joined(&db, (2, 3), -1, 9).await, [1]);
        let rows = page(&db, EVERYWHERE.0, EVERYWHERE.1, 9).await;
        let told: Vec<_> = rows
            .iter()
            .map(|one| (one.number, one.language.as_str()))
            .collect();
        assert_eq!(told, [(2, "ar"), (1, "fr")]);
        assert_eq!(rows[1].p256dh, [5; 65]);
        let leave = |hash: [u8; 32]| {
            db.write("leave", hash, |tx, hash| {
                Box::pin(subscriber::remove_by_token(tx, hash))
            })
        };
        assert_eq!(
            leave(new(1, 0).manage_hash).await,
            Ok(false),
            "the old token is void"
        );
        assert_eq!(leave([99; 32]).await, Ok(true));
        assert_eq!(put(&db, 3, 70).await, 3, "a number is never given twice");
    })
    .await;
}

#[tokio::test]
async fn windows_over_random_cells_give_the_sorted_table_without_gaps_or_repeats() {
    each_engine(|db| async move {
        let entropy = CountingEntropy::default();
        let draw = |below: i64| {
            let mut bytes = [0; 8];
            entropy.fill(&mut bytes);
            i64::from_be_bytes(bytes).rem_euclid(below)
        };
        let base = 0x0872_0000_0000_0000;
        let drawn: Vec<_> = (0..300)
            .map(|device| new(device, base + draw(40)))
            .collect();
        let mut truth: HashMap<u32, i64> = (1..).zip(drawn.iter().map(|one| one.cell)).collect();
        put_many(&db, drawn).await;
        for _ in 0..30 {
            let (device, cell) = (draw(300) as u32, base + draw(40));
            let number = put(&db, device, cell).await;
            assert_eq!(number, device + 1);
            truth.insert(number, cell);
        }
        let mut sorted: Vec<_> = truth
            .into_iter()
            .map(|(number, cell)| (cell, number))
            .collect();
        sorted.sort_unstable();
        for limit in [1, 7, 64, 299, 300, 301] {
            let all = walk(&db, EVERYWHERE.0, EVERYWHERE.1, limit).await;
            assert_eq!(all, sorted, "in windows of {limit}");
        }
        for _ in 0..20 {
            let mut ends = [draw(42) - 1, draw(42) - 1].map(|cell| base + cell);
            ends.sort_unstable();
            let (from, to) = (Mark::start_of(ends[0]), Mark::end_of(ends[1]));
            let within = |place: &&(i64, u32)| (ends[0]..=ends[1]).contains(&place.0);
            let expected: Vec<_> = sorted.iter().filter(within).copied().collect();
            let limit = usize::try_from(draw(50) + 1).unwrap();
            assert_eq!(walk(&db, from, to, limit).await, expected);
        }
        let mut held: Vec<(i64, u64)> = Vec::new();
        for part in sorted.chunk_by(|a, b| a.0 == b.0) {
            held.push((part[0].0, part.len() as u64));
        }
        assert_eq!(cells(&db, 0, seq(&db).await).await, held);
    })
    .await;
}

#[tokio::test]
async fn a_window_begins_after_one_mark_and_ends_with_the_other() {
    each_engine(|db| async move {
        for (device, cell) in [(1, 5), (2, 5), (3, 5), (4, 6), (5, 4)] {
            put(&db, device, cell).await;
        }
        let mark = |cell, number| Mark { cell, number };
        let all = |from, to| walk(&db, from, to, 2);
        assert_eq!(all(mark(5, 1), mark(5, 3)).await, [(5, 2), (5, 3)]);
        assert_eq!(all(mark(5, 2), Mark::end_of(6)).await, [(5, 3), (6, 4)]);
        assert_eq!(all(Mark::start_of(5), mark(5, 1)).await, [(5, 1)]);
        assert!(all(Mark::end_of(5), Mark::start_of(6)).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn who_joined_or_moved_after_a_count_is_found_by_number_and_counted_apart() {
    each_engine(|db| async move {
        put_many(&db, (0..6).map(|device| new(device, 50)).collect()).await;
        let counted = seq(&db).await;
        assert_eq!(put(&db, 3, 51).await, 4);
        assert_eq!(put(&db, 9, 50).await, 7);
        assert_eq!(put(&db, 0, 52).await, 1);
        let now = seq(&db).await;
        put(&db, 10, 50).await;
        assert_eq!(cells(&db, 0, counted).await, [(50, 4)]);
        assert_eq!(cells(&db, counted, now).await, [(50, 1), (51, 1), (52, 1)]);
        assert_eq!(joined(&db, (counted, now), -1, 9).await, [1, 4, 7]);
        assert_eq!(joined(&db, (counted, now), -1, 2).await, [1, 4]);
        assert_eq!(joined(&db, (counted, now), 4, 2).await, [7]);
        assert!(joined(&db, (now, now), -1, 9).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn numbers_find_their_subscribers_wherever_they_are_now() {
    each_engine(|db| async move {
        put_many(&db, (0..70).map(|device| new(device, 50)).collect()).await;
        put(&db, 1, 60).await;
        assert_eq!(
            by_number(&db, vec![3, 2]).await.unwrap(),
            [(60, 2), (50, 3)]
        );
        assert_eq!(by_number(&db, vec![999, 1]).await.unwrap(), [(50, 1)]);
        assert!(by_number(&db, Vec::new()).await.unwrap().is_empty());
        let full = by_number(&db, (1..=64).collect()).await.unwrap();
        let numbers: Vec<_> = full.iter().map(|place| place.1).collect();
        assert_eq!(numbers, (1..=64).collect::<Vec<u32>>());
        assert_eq!(PAGE, 64);
        let refused = by_number(&db, (1..=65).collect()).await;
        assert!(matches!(refused, Err(StoreError::Unsupported(_))));
    })
    .await;
}

#[tokio::test]
async fn devices_added_in_one_go_have_numbers_and_sequences_without_gaps() {
    each_engine(|db| async move {
        put(&db, 100, 50).await;
        put(&db, 100, 51).await;
        put_many(&db, (0..5).map(|device| new(device, 60)).collect()).await;
        put_many(&db, Vec::new()).await;
        assert_eq!(put(&db, 101, 50).await, 7);
        let all = walk(&db, EVERYWHERE.0, EVERYWHERE.1, 3).await;
        let added = (2..=6).map(|number| (60, number));
        let expected: Vec<_> = [(50, 7), (51, 1)].into_iter().chain(added).collect();
        assert_eq!(all, expected);
        assert_eq!(joined(&db, (2, 7), -1, 9).await, [2, 3, 4, 5, 6]);
        assert_eq!(joined(&db, (4, 5), -1, 9).await, [4]);
        assert_eq!(seq(&db).await, 8);
    })
    .await;
}

#[tokio::test]
async fn a_device_leaves_by_number_by_token_or_by_endpoint_and_once() {
    each_engine(|db| async move {
        put_many(&db, (0..4).map(|device| new(device, 50)).collect()).await;
        for expected in [true, false] {
            let left = db.write("leave", new(1, 0), |tx, told| {
                Box::pin(async move {
                    Ok::<_, StoreError>([
                        subscriber::remove(tx, 1).await?,
                        subscriber::remove_by_token(tx, &told.manage_hash).await?,
                        subscriber::remove_by_endpoint(tx, &new(2, 0).endpoint_hash).await?,
                    ])
                })
            });
            assert_eq!(left.await, Ok([expected; 3]));
        }
        assert_eq!(by_number(&db, vec![1, 2, 3, 4]).await.unwrap(), [(50, 4)]);
        assert_eq!(put(&db, 1, 50).await, 5, "who returns is somebody new");
    })
    .await;
}

#[tokio::test]
async fn the_same_device_joining_eight_times_at_once_is_one_subscriber() {
    each_engine(|db| async move {
        let puts = join_all((0..8).map(|cell| put(&db, 1, 50 + cell))).await;
        assert_eq!(puts, [1; 8]);
        assert_eq!(walk(&db, EVERYWHERE.0, EVERYWHERE.1, 5).await.len(), 1);
        assert_eq!(seq(&db).await, 8);
    })
    .await;
}

#[tokio::test]
async fn numbers_taken_by_many_at_once_are_each_taken_once() {
    each_engine(|db| async move {
        assert_eq!(take_numbers(&db, 1).await, 1, "the first is 1");
        let takers = (0..8i64).map(|taker| {
            let db = &db;
            async move {
                let mut mine = Vec::new();
                for _ in 0..5 {
                    let amount = 1 + taker % 3;
                    let last = take_numbers(db, amount).await;
                    mine.extend(last - amount + 1..=last);
                }
                mine
            }
        });
        let mut all: Vec<i64> = join_all(takers).await.concat();
        all.sort_unstable();
        let last = 1 + all.len() as i64;
        assert_eq!(all, (2..=last).collect::<Vec<_>>());
        let read = db.read("last", (), |reads, ()| {
            Box::pin(counter::last(reads, "story"))
        });
        assert_eq!(read.await, Ok(last));
    })
    .await;
}
