//! Deliveries: taken by one worker at a time, written down window by window, stopped at once.

use std::collections::HashSet;

use futures::future::join_all;
use roaring::RoaringBitmap;
use tifli_domain::delivery::DeliveryState;
use tifli_domain::id::{AlertId, DeliveryId};
use tifli_domain::message::MsgType;
use tifli_domain::ports::Clock as _;

use super::line::{Line, take};
use crate::Reads as _;
use crate::delivery::{self, Audience, DeliveryRow, RetryRow, Window};
use crate::subscriber::Mark;
use crate::testing::{TestDb, each_engine};

async fn record(db: &TestDb, row: &DeliveryRow, window: Window) -> bool {
    db.write("record", (row.clone(), window), |tx, (row, window)| {
        Box::pin(async move {
            let until_ms = tx.now_ms() + 1_000;
            delivery::record(tx, row, window, until_ms).await
        })
    })
    .await
    .unwrap()
}

async fn give_back(db: &TestDb, row: &DeliveryRow, state: DeliveryState, next_ms: i64) -> bool {
    let args = (row.clone(), state, next_ms);
    db.write("give_back", args, |tx, (row, state, next_ms)| {
        Box::pin(delivery::give_back(tx, row, *state, *next_ms))
    })
    .await
    .unwrap()
}

async fn withdraw(db: &TestDb, alert: AlertId, before: u32) -> u64 {
    db.write_urgent("withdraw", (alert, before), |tx, (alert, before)| {
        Box::pin(delivery::withdraw(tx, *alert, *before))
    })
    .await
    .unwrap()
}

async fn list(db: &TestDb, alert: AlertId) -> Vec<DeliveryRow> {
    db.read("list", alert, |reads, id| {
        Box::pin(delivery::list_by_alert(reads, *id))
    })
    .await
    .unwrap()
}

async fn open(db: &TestDb, alert: AlertId) -> i64 {
    db.read("count_open", alert, |reads, id| {
        Box::pin(delivery::count_open(reads, *id))
    })
    .await
    .unwrap()
}

/// The only delivery of the alert.
async fn only(db: &TestDb, alert: AlertId) -> DeliveryRow {
    let mut rows = list(db, alert).await;
    assert_eq!(rows.len(), 1);
    rows.remove(0)
}

async fn next_due(db: &TestDb) -> Option<i64> {
    db.read("next_due", (), |reads, ()| {
        Box::pin(delivery::find_next_due(reads))
    })
    .await
    .unwrap()
}

async fn put_retry(db: &TestDb, delivery: DeliveryId, row: RetryRow) {
    db.write("put_retry", (delivery, row), |tx, (delivery, row)| {
        Box::pin(delivery::put_retry(tx, *delivery, row))
    })
    .await
    .unwrap();
}

async fn list_due(db: &TestDb, delivery: DeliveryId, limit: usize) -> Vec<u32> {
    let rows = db.read("list_due", (delivery, limit), |reads, (id, limit)| {
        Box::pin(async move {
            let now_ms = reads.now_ms();
            delivery::list_due_retries(reads, *id, now_ms, *limit).await
        })
    });
    rows.await.unwrap().iter().map(|row| row.number).collect()
}

async fn next_retry(db: &TestDb, delivery: DeliveryId) -> Option<i64> {
    db.read("next_retry", delivery, |reads, id| {
        Box::pin(delivery::find_next_retry(reads, *id))
    })
    .await
    .unwrap()
}

fn bitmap(numbers: impl IntoIterator<Item = u32>) -> Vec<u8> {
    let mut bytes = Vec::new();
    let bitmap: RoaringBitmap = numbers.into_iter().collect();
    bitmap.serialize_into(&mut bytes).unwrap();
    bytes
}

fn failed(number: u32, next_ms: i64) -> RetryRow {
    RetryRow {
        number,
        attempts: 1,
        next_ms,
        code: "retry".into(),
        origin: "https://push.example".into(),
        dead: false,
    }
}

fn dead(number: u32) -> RetryRow {
    RetryRow {
        dead: true,
        ..failed(number, 0)
    }
}

/// A line with one delivery, taken by `one`.
async fn taken(db: &TestDb) -> (Line, DeliveryRow) {
    let line = Line::begin(db).await;
    let row = line.issue(db, line.alert, 1, MsgType::Alert).await;
    line.deliver(db, &row, 1).await;
    let held = take(db, "one").await.unwrap();
    (line, held)
}

#[tokio::test]
async fn a_delivery_reads_back_as_it_was_written_down() {
    each_engine(|db| async move {
        let line = Line::begin(&db).await;
        let row = line.issue(&db, line.alert, 1, MsgType::Alert).await;
        let mut expected = Vec::new();
        for audience in [Audience::Area, Audience::Handed, Audience::Joined] {
            let new = DeliveryRow {
                audience,
                from: Mark {
                    cell: 5,
                    number: -1,
                },
                to: Mark::end_of(9),
                cursor: Mark { cell: 6, number: 7 },
                numbers: (audience != Audience::Area).then(|| bitmap([1, 2])),
                ..line.delivery(&db, &row, 2)
            };
            db.write("new", new.clone(), |tx, new| {
                Box::pin(delivery::insert(tx, new))
            })
            .await
            .unwrap();
            expected.push(format!("{new:?}"));
            db.clock.advance_ms(1);
        }
        let rows = list(&db, line.alert).await;
        let found: Vec<_> = rows.iter().map(|row| format!("{row:?}")).collect();
        assert_eq!(found, expected);
    })
    .await;
}

#[tokio::test]
async fn lane_zero_goes_first_then_the_oldest() {
    each_engine(|db| async move {
        let line = Line::begin(&db).await;
        let row = line.issue(&db, line.alert, 1, MsgType::Alert).await;
        let mut made = Vec::new();
        for lane in [2, 1, 1, 0] {
            made.push(line.deliver(&db, &row, lane).await.delivery);
            db.clock.advance_ms(1);
        }
        let mut order = Vec::new();
        while let Some(held) = take(&db, "one").await {
            assert_eq!(held.state, DeliveryState::Sending);
            assert_eq!(held.begun_ms, Some(db.clock.now_ms()));
            order.push(held.delivery);
        }
        assert_eq!(order, [made[3], made[1], made[2], made[0]]);
    })
    .await;
}

#[tokio::test]
async fn a_lease_that_ran_out_makes_a_delivery_another_worker_s() {
    each_engine(|db| async move {
        let (line, held) = taken(&db).await;
        let begun_ms = held.begun_ms;
        assert!(take(&db, "two").await.is_none());
        assert_eq!(next_due(&db).await, Some(db.clock.now_ms() + 1_000));
        db.clock.advance_ms(999);
        assert!(take(&db, "two").await.is_none());
        db.clock.advance_ms(1);
        assert_eq!(
            next_due(&db).await,
            None,
            "what is due now is not waited for"
        );
        let again = take(&db, "two").await.unwrap();
        assert_eq!(again.delivery, held.delivery);
        assert_eq!(again.token.as_deref(), Some("two"));
        assert_eq!(again.begun_ms, begun_ms, "it began when it was first taken");
        assert!(!record(&db, &held, Window::default()).await);
        assert!(!give_back(&db, &held, DeliveryState::Done, 0).await);
        assert_eq!(only(&db, line.alert).await.state, DeliveryState::Sending);
        assert!(record(&db, &again, Window::default()).await);
    })
    .await;
}

#[tokio::test]
async fn windows_add_up_and_the_map_of_those_handed_reads_back() {
    each_engine(|db| async move {
        let (line, held) = taken(&db).await;
        let window = |cursor, numbers: std::ops::Range<u32>, accepted_ms| Window {
            cursor,
            handed: i64::from(numbers.end),
            handed_map: bitmap(numbers),
            gone: 1,
            accepted_ms,
        };
        let end = Mark {
            cell: 4,
            number: 40,
        };
        assert!(record(&db, &held, window(Some(end), 0..2, None)).await);
        assert_eq!(only(&db, line.alert).await.first_ms, None);
        db.clock.advance_ms(900);
        assert!(record(&db, &held, window(Some(end), 0..3, Some((10, 20)))).await);
        db.clock.advance_ms(900);
        assert!(take(&db, "two").await.is_none(), "a window keeps the lease");
        assert!(record(&db, &held, window(Some(end), 0..5_000, Some((30, 40)))).await);
        assert!(record(&db, &held, window(Some(end), 0..5_000, None)).await);
        let row = only(&db, line.alert).await;
        assert_eq!(row.cursor, end);
        assert_eq!((row.handed, row.gone), (10_005, 4));
        assert_eq!((row.first_ms, row.last_ms), (Some(10), Some(40)));
        let map = row.handed_map.unwrap();
        let map = RoaringBitmap::deserialize_from(map.as_slice()).unwrap();
        assert_eq!(map, (0..5_000).collect());
    })
    .await;
}

#[tokio::test]
async fn an_end_stops_what_was_under_way_and_never_the_end_itself() {
    each_engine(|db| async move {
        let (line, held) = taken(&db).await;
        let other = line.another_alert(&db).await;
        let second = line.issue(&db, line.alert, 2, MsgType::Update).await;
        let end = line.issue(&db, line.alert, 3, MsgType::Cancel).await;
        let elsewhere = line.issue(&db, other, 1, MsgType::Alert).await;
        line.deliver(&db, &second, 2).await;
        let last = line.deliver(&db, &end, 0).await;
        line.deliver(&db, &elsewhere, 1).await;
        assert_eq!(open(&db, line.alert).await, 3);
        assert_eq!(withdraw(&db, line.alert, 3).await, 2);
        assert_eq!(open(&db, line.alert).await, 1, "the end alone");
        assert!(!record(&db, &held, Window::default()).await);
        assert!(!give_back(&db, &held, DeliveryState::Retrying, 0).await);
        for row in list(&db, line.alert).await {
            let stands = row.delivery == last.delivery;
            let state = if stands {
                DeliveryState::Pending
            } else {
                DeliveryState::Withdrawn
            };
            assert_eq!(row.state, state);
            assert_eq!(row.finished_ms.is_none(), stands);
            assert_eq!(row.token, None, "an end takes the lease as well");
        }
        db.clock.advance_ms(2_000);
        assert_eq!(take(&db, "two").await.unwrap().message, end.message);
        assert_eq!(take(&db, "two").await.unwrap().alert, other);
        assert!(take(&db, "two").await.is_none());
        assert_eq!(withdraw(&db, line.alert, 3).await, 0);
    })
    .await;
}

#[tokio::test]
async fn what_is_done_is_neither_withdrawn_nor_taken_again() {
    each_engine(|db| async move {
        let (line, held) = taken(&db).await;
        assert!(give_back(&db, &held, DeliveryState::Done, 0).await);
        assert!(!record(&db, &held, Window::default()).await);
        assert_eq!(withdraw(&db, line.alert, 9).await, 0);
        db.clock.advance_ms(2_000);
        assert!(take(&db, "two").await.is_none());
        let row = only(&db, line.alert).await;
        assert_eq!(row.state, DeliveryState::Done);
        assert_eq!(row.finished_ms, Some(db.clock.now_ms() - 2_000));
    })
    .await;
}

#[tokio::test]
async fn a_delivery_given_back_to_try_again_waits_until_then_and_counts_who_was_given_up() {
    each_engine(|db| async move {
        let (line, held) = taken(&db).await;
        let due_ms = db.clock.now_ms() + 5_000;
        put_retry(&db, held.delivery, failed(1, due_ms)).await;
        put_retry(&db, held.delivery, dead(2)).await;
        put_retry(&db, held.delivery, dead(3)).await;
        assert!(give_back(&db, &held, DeliveryState::Retrying, due_ms).await);
        assert!(
            !record(&db, &held, Window::default()).await,
            "the lease is given back too"
        );
        let row = only(&db, line.alert).await;
        assert_eq!((row.failed, row.finished_ms), (2, None));
        assert_eq!(open(&db, line.alert).await, 1, "who waits is not done");
        assert_eq!(next_due(&db).await, Some(due_ms));
        db.clock.advance_ms(4_999);
        assert!(take(&db, "two").await.is_none());
        db.clock.advance_ms(1);
        let again = take(&db, "two").await.unwrap();
        assert_eq!(again.state, DeliveryState::Retrying);
        put_retry(&db, held.delivery, dead(1)).await;
        assert!(give_back(&db, &again, DeliveryState::Done, 0).await);
        let row = only(&db, line.alert).await;
        assert_eq!((row.state, row.failed), (DeliveryState::Done, 3));
        assert_eq!(open(&db, line.alert).await, 0);
        assert_eq!(next_due(&db).await, None);
    })
    .await;
}

#[tokio::test]
async fn who_failed_is_tried_again_the_soonest_first_and_never_forgotten() {
    each_engine(|db| async move {
        let (line, held) = taken(&db).await;
        let id = held.delivery;
        let now_ms = db.clock.now_ms();
        assert_eq!(next_retry(&db, id).await, None);
        for row in [
            failed(4, now_ms),
            failed(3, now_ms),
            failed(2, now_ms - 5),
            dead(1),
        ] {
            put_retry(&db, id, row).await;
        }
        put_retry(&db, id, failed(5, now_ms + 1)).await;
        assert_eq!(list_due(&db, id, 10).await, [2, 3, 4]);
        assert_eq!(list_due(&db, id, usize::MAX).await, [2, 3, 4]);
        assert_eq!(list_due(&db, id, 2).await, [2, 3]);
        assert_eq!(next_retry(&db, id).await, Some(now_ms - 5));
        put_retry(&db, id, failed(2, now_ms + 9)).await;
        db.write("remove", id, |tx, id| {
            Box::pin(delivery::remove_retry(tx, *id, 3))
        })
        .await
        .unwrap();
        assert_eq!(list_due(&db, id, 10).await, [4]);
        let failures = db.read("failures", line.alert, |reads, id| {
            Box::pin(delivery::list_failures(reads, *id, 3))
        });
        let expected = [dead(1), failed(2, now_ms + 9), failed(4, now_ms)];
        assert_eq!(failures.await.unwrap(), expected);
    })
    .await;
}

#[tokio::test]
async fn eight_senders_never_get_the_same_delivery() {
    each_engine(|db| async move {
        let line = Line::begin(&db).await;
        let row = line.issue(&db, line.alert, 1, MsgType::Alert).await;
        for lane in 0..60 {
            line.deliver(&db, &row, lane % 3).await;
        }
        let db = &db;
        let senders = (0..8).map(|sender| async move {
            let mut mine = Vec::new();
            while let Some(held) = take(db, &format!("t{sender}")).await {
                mine.push(held);
            }
            mine
        });
        let taken: Vec<_> = join_all(senders).await.into_iter().flatten().collect();
        let distinct: HashSet<_> = taken.iter().map(|held| held.delivery).collect();
        assert_eq!((taken.len(), distinct.len()), (60, 60));
        for held in &taken {
            assert!(
                record(db, held, Window::default()).await,
                "each holds its lease"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn an_end_that_meets_eight_senders_leaves_none_of_them_a_lease() {
    each_engine(|db| async move {
        let line = Line::begin(&db).await;
        let row = line.issue(&db, line.alert, 1, MsgType::Alert).await;
        line.issue(&db, line.alert, 2, MsgType::Cancel).await;
        for _ in 0..24 {
            line.deliver(&db, &row, 1).await;
        }
        let senders = (0..8).map(|sender| {
            let db = &db;
            async move {
                let mut mine = Vec::new();
                while let Some(held) = take(db, &format!("t{sender}")).await {
                    record(db, &held, Window::default()).await;
                    mine.push(held);
                }
                mine
            }
        });
        let (taken, _) = tokio::join!(join_all(senders), withdraw(&db, line.alert, 2));
        for row in list(&db, line.alert).await {
            assert_eq!(row.state, DeliveryState::Withdrawn);
        }
        for held in taken.iter().flatten() {
            assert!(!record(&db, held, Window::default()).await);
        }
    })
    .await;
}

#[tokio::test]
async fn the_bitmaps_of_an_alert_are_destroyed_and_its_counts_stay() {
    each_engine(|db| async move {
        let (line, held) = taken(&db).await;
        let other = line.another_alert(&db).await;
        let elsewhere = line.issue(&db, other, 1, MsgType::Alert).await;
        let kept = DeliveryRow {
            numbers: Some(bitmap([8])),
            ..line.delivery(&db, &elsewhere, 1)
        };
        db.write("kept", kept, |tx, row| Box::pin(delivery::insert(tx, row)))
            .await
            .unwrap();
        let window = Window {
            handed_map: bitmap([1, 2, 3]),
            handed: 3,
            ..Window::default()
        };
        assert!(record(&db, &held, window).await);
        let destroyed = db.write("destroy", line.alert, |tx, alert| {
            Box::pin(delivery::destroy_bitmaps(tx, *alert))
        });
        assert_eq!(destroyed.await, Ok(1));
        let row = only(&db, line.alert).await;
        assert_eq!((row.numbers, row.handed_map, row.handed), (None, None, 3));
        assert_eq!(only(&db, other).await.numbers, Some(bitmap([8])));
    })
    .await;
}
