//! The outbox: work written down with a decision, relayed by one worker at a time, ends first.

use std::collections::HashSet;

use futures::future::join_all;
use tifli_domain::id::AlertId;
use tifli_domain::message::MsgType;

use super::line::{Line, take_outbox};
use crate::Reads as _;
use crate::message::{self, OutboxRow};
use crate::testing::{TestDb, each_engine};

async fn finish(db: &TestDb, row: &OutboxRow) -> bool {
    db.write("finish", row.clone(), |tx, row| {
        Box::pin(message::finish_outbox(tx, row))
    })
    .await
    .unwrap()
}

async fn count_open(db: &TestDb, alert: AlertId) -> i64 {
    db.read("count_open", alert, |reads, id| {
        Box::pin(message::count_open_outbox(reads, *id))
    })
    .await
    .unwrap()
}

async fn withdraw(db: &TestDb, alert: AlertId, before: u32) -> u64 {
    db.write_urgent("withdraw", (alert, before), |tx, (alert, before)| {
        Box::pin(message::withdraw_outbox(tx, *alert, *before))
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn work_is_held_by_one_worker_and_finished_by_its_token_only() {
    each_engine(|db| async move {
        let line = Line::begin(&db).await;
        let row = line.issue(&db, line.alert, 1, MsgType::Alert).await;
        let work = line.call_for(&db, &row).await;
        let taken = take_outbox(&db, "one").await.unwrap();
        assert_eq!(
            (taken.outbox, taken.message, taken.alert),
            (work, row.message, row.alert)
        );
        assert_eq!(
            (taken.channel.as_str(), taken.token.as_str()),
            ("web_push", "one")
        );
        assert!(take_outbox(&db, "two").await.is_none());
        let forged = OutboxRow {
            token: "two".into(),
            ..taken.clone()
        };
        assert!(!finish(&db, &forged).await);
        assert_eq!(count_open(&db, line.alert).await, 1);
        assert!(finish(&db, &taken).await);
        assert!(!finish(&db, &taken).await, "once is enough");
        assert_eq!(count_open(&db, line.alert).await, 0);
        db.clock.advance_ms(2_000);
        assert!(take_outbox(&db, "two").await.is_none());
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_lost_its_lease_finishes_nothing() {
    each_engine(|db| async move {
        let line = Line::begin(&db).await;
        let row = line.issue(&db, line.alert, 1, MsgType::Alert).await;
        line.call_for(&db, &row).await;
        let slept = take_outbox(&db, "one").await.unwrap();
        db.clock.advance_ms(1_000);
        let taken = take_outbox(&db, "two").await.unwrap();
        assert_eq!(taken.outbox, slept.outbox);
        assert!(!finish(&db, &slept).await);
        assert_eq!(count_open(&db, line.alert).await, 1);
        assert!(finish(&db, &taken).await);
    })
    .await;
}

#[tokio::test]
async fn ends_are_relayed_first_and_the_rest_in_the_order_of_messages() {
    each_engine(|db| async move {
        let line = Line::begin(&db).await;
        let other = line.another_alert(&db).await;
        let first = line.issue(&db, line.alert, 1, MsgType::Alert).await;
        let second = line.issue(&db, line.alert, 2, MsgType::Update).await;
        let end = line.issue(&db, other, 2, MsgType::Cancel).await;
        let third = line.issue(&db, line.alert, 3, MsgType::Update).await;
        for row in [&second, &third, &first, &end] {
            line.call_for(&db, row).await;
            db.clock.advance_ms(-10);
        }
        let mut order = Vec::new();
        while let Some(work) = take_outbox(&db, "one").await {
            order.push(work.message);
        }
        let expected = [&end, &first, &second, &third].map(|row| row.message);
        assert_eq!(order, expected);
    })
    .await;
}

#[tokio::test]
async fn a_relay_of_ends_takes_ends_alone() {
    each_engine(|db| async move {
        let line = Line::begin(&db).await;
        let other = line.another_alert(&db).await;
        let alert = line.issue(&db, line.alert, 1, MsgType::Alert).await;
        let end = line.issue(&db, other, 2, MsgType::Cancel).await;
        for row in [&alert, &end] {
            line.call_for(&db, row).await;
        }
        let take_end = async || {
            db.write_claim("take_end", (), |tx, ()| {
                Box::pin(async move {
                    let until_ms = tx.now_ms() + 1_000;
                    message::take_outbox_of_ends(tx, "ends", until_ms).await
                })
            })
            .await
            .unwrap()
        };
        assert_eq!(take_end().await.unwrap().message, end.message);
        assert!(take_end().await.is_none(), "an alert is not for it");
        assert_eq!(
            take_outbox(&db, "one").await.unwrap().message,
            alert.message
        );
    })
    .await;
}

#[tokio::test]
async fn eight_relays_never_get_the_same_work() {
    each_engine(|db| async move {
        let line = Line::begin(&db).await;
        for version in 1..=10 {
            let row = line.issue(&db, line.alert, version, MsgType::Update).await;
            for _ in 0..4 {
                line.call_for(&db, &row).await;
            }
        }
        let db = &db;
        let relays = (0..8).map(|relay| async move {
            let mut mine = Vec::new();
            while let Some(work) = take_outbox(db, &format!("t{relay}")).await {
                mine.push(work.outbox);
            }
            mine
        });
        let taken: Vec<_> = join_all(relays).await.into_iter().flatten().collect();
        assert_eq!(taken.len(), 40);
        assert_eq!(taken.iter().collect::<HashSet<_>>().len(), 40);
    })
    .await;
}

#[tokio::test]
async fn an_end_withdraws_the_work_of_earlier_versions_and_of_no_other() {
    each_engine(|db| async move {
        let line = Line::begin(&db).await;
        let other = line.another_alert(&db).await;
        let first = line.issue(&db, line.alert, 1, MsgType::Alert).await;
        let second = line.issue(&db, line.alert, 2, MsgType::Update).await;
        let end = line.issue(&db, line.alert, 3, MsgType::Cancel).await;
        let elsewhere = line.issue(&db, other, 1, MsgType::Alert).await;
        line.call_for(&db, &first).await;
        let held = take_outbox(&db, "one").await.unwrap();
        for row in [&second, &end, &elsewhere] {
            line.call_for(&db, row).await;
        }
        assert_eq!(withdraw(&db, line.alert, 3).await, 2);
        assert!(!finish(&db, &held).await, "the relay must write nothing");
        assert_eq!(count_open(&db, line.alert).await, 1);
        assert_eq!(count_open(&db, other).await, 1);
        assert_eq!(take_outbox(&db, "two").await.unwrap().message, end.message);
        assert_eq!(
            take_outbox(&db, "two").await.unwrap().message,
            elsewhere.message
        );
        assert!(take_outbox(&db, "two").await.is_none());
        assert_eq!(withdraw(&db, line.alert, 3).await, 0);
    })
    .await;
}
