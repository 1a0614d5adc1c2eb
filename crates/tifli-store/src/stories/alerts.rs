//! Alerts, their versions and their messages: what was decided reads back, in the order it was decided.

use tifli_domain::alert::{AlertState, EndReason, VersionState};
use tifli_domain::approval::Unit;
use tifli_domain::id::{AlertId, MessageId};
use tifli_domain::message::MsgType;
use tifli_domain::ports::Clock as _;

use super::line::Line;
use crate::alert::{self, AlertRow, VersionRow};
use crate::message::{self, Receipt};
use crate::testing::{TestDb, each_engine};
use crate::{Reads as _, StoreError};

async fn get(db: &TestDb, alert: AlertId) -> AlertRow {
    db.read("get", alert, |reads, id| Box::pin(alert::get(reads, *id)))
        .await
        .unwrap()
}

async fn update(db: &TestDb, row: &AlertRow) {
    db.write("update", row.clone(), |tx, row| {
        Box::pin(alert::update(tx, row))
    })
    .await
    .unwrap();
}

/// A draft of `version`, written down.
async fn draft(db: &TestDb, line: &Line, version: u32) -> VersionRow {
    let message = MessageId::new(db.clock.now_ms(), &line.entropy);
    let context = alert::draft_context(message);
    let row = VersionRow {
        message,
        alert: line.alert,
        version,
        state: VersionState::Drafted,
        author: line.person,
        draft: line.seal(db, &context, "last seen at the market").await,
        frozen: None,
        binding: None,
        created_ms: db.clock.now_ms(),
        submitted_ms: None,
        decided_ms: None,
        decided_by: None,
        reason: None,
        proposed_rung: None,
    };
    db.write("draft", row.clone(), |tx, row| {
        Box::pin(alert::insert_version(tx, row))
    })
    .await
    .unwrap();
    row
}

/// Writes a version down and reads it back.
async fn rewrite(db: &TestDb, line: &Line, row: &VersionRow) -> VersionRow {
    db.write("rewrite", (row.clone(), line.case), |tx, (row, case)| {
        Box::pin(async move {
            alert::update_version(tx, row).await?;
            alert::get_version(tx, row.message, *case).await
        })
    })
    .await
    .unwrap()
}

fn same<T: std::fmt::Debug>(left: &T, right: &T) {
    assert_eq!(format!("{left:?}"), format!("{right:?}"));
}

#[tokio::test]
async fn an_alert_reads_back_from_its_beginning_to_its_dark_end() {
    each_engine(|db| async move {
        let line = Line::begin(&db).await;
        let mut row = get(&db, line.alert).await;
        assert_eq!((row.case, row.author), (line.case, line.person));
        assert_eq!((row.state, row.version), (AlertState::Preparing, 0));
        assert_eq!(
            (row.live_ms, row.ended_ms, row.end_reason),
            (None, None, None)
        );
        let now_ms = db.clock.now_ms();
        row.state = AlertState::Confirmed;
        row.live_ms = Some(now_ms + 1);
        row.version = 3;
        row.expires_ms = Some(now_ms + 2);
        row.ended_ms = Some(now_ms + 3);
        row.end_reason = Some(EndReason::ConsentWithdrawn);
        row.ended_by = Some(line.person);
        row.confirmed_by = Some(line.person);
        row.confirmed_ms = Some(now_ms + 4);
        row.paged_ms = Some(now_ms + 5);
        row.dark_ms = Some(now_ms + 6);
        row.joined_seq = 7;
        update(&db, &row).await;
        same(&get(&db, line.alert).await, &row);
        let by_code = db.read("by_code", line.code.clone(), |reads, code| {
            Box::pin(alert::find_by_code(reads, code))
        });
        same(&by_code.await.unwrap().unwrap(), &row);
    })
    .await;
}

#[tokio::test]
async fn alerts_are_listed_by_case_by_state_and_while_they_recall() {
    each_engine(|db| async move {
        let line = Line::begin(&db).await;
        db.clock.advance_ms(1);
        let second = line.another_alert(&db).await;
        let mut row = get(&db, line.alert).await;
        row.state = AlertState::Ended;
        row.ended_ms = Some(db.clock.now_ms());
        update(&db, &row).await;
        let lists = db.read("lists", line.case, |reads, case| {
            Box::pin(async move {
                Ok::<_, StoreError>([
                    alert::list_by_case(reads, *case).await?,
                    alert::list_by_state(reads, AlertState::Preparing).await?,
                    alert::list_by_state(reads, AlertState::Live).await?,
                    alert::list_recalling(reads).await?,
                ])
            })
        });
        let ids = lists.await.unwrap().map(|rows| {
            let ids = rows.iter().map(|row| row.alert);
            ids.collect::<Vec<_>>()
        });
        assert_eq!(ids[0], [second, line.alert]);
        assert_eq!(ids[1], [second]);
        assert!(ids[2].is_empty());
        assert_eq!(ids[3], [line.alert]);
    })
    .await;
}

#[tokio::test]
async fn a_version_reads_back_at_every_step_from_draft_to_issued() {
    each_engine(|db| async move {
        let line = Line::begin(&db).await;
        let mut row = draft(&db, &line, 1).await;
        same(&rewrite(&db, &line, &row).await, &row);
        let context = alert::frozen_context(row.message);
        row.state = VersionState::Submitted;
        row.frozen = Some(line.seal(&db, &context, "frozen words").await);
        row.binding = Some("{\"version\":1}".into());
        row.submitted_ms = Some(db.clock.now_ms() + 1);
        same(&rewrite(&db, &line, &row).await, &row);
        row.state = VersionState::Issued;
        row.decided_ms = Some(db.clock.now_ms() + 2);
        row.decided_by = Some(line.person);
        let read = rewrite(&db, &line, &row).await;
        same(&read, &row);
        let sealed = vec![read.draft, read.frozen.unwrap()];
        let opened = db.keys().open_all(sealed).await.unwrap();
        assert_eq!(opened.text(0), Some("last seen at the market"));
        assert_eq!(opened.text(1), Some("frozen words"));
    })
    .await;
}

#[tokio::test]
async fn a_returned_version_keeps_its_reason_and_stands_before_the_next() {
    each_engine(|db| async move {
        let line = Line::begin(&db).await;
        let second = draft(&db, &line, 2).await;
        db.clock.advance_ms(1);
        let mut first = draft(&db, &line, 1).await;
        let context = alert::reason_context(first.message);
        first.state = VersionState::Returned;
        first.reason = Some(line.seal(&db, &context, "no photo").await);
        let read = rewrite(&db, &line, &first).await;
        let opened = db.keys().open_all(vec![read.reason.unwrap()]).await;
        assert_eq!(opened.unwrap().text(0), Some("no photo"));
        let lists = db.read("lists", (line.alert, line.case), |reads, (alert, case)| {
            Box::pin(async move {
                let all = alert::list_versions(reads, *alert, *case).await?;
                let drafted = alert::list_versions_in(reads, VersionState::Drafted).await?;
                Ok::<_, StoreError>((all, drafted))
            })
        });
        let (all, drafted) = lists.await.unwrap();
        let order: Vec<_> = all.iter().map(|row| row.message).collect();
        assert_eq!(order, [first.message, second.message]);
        let since = second.created_ms;
        assert_eq!(drafted, [(line.alert, second.message, since)]);
        let owner = db.read("owner", first.message, |reads, id| {
            Box::pin(alert::alert_of_version(reads, *id))
        });
        assert_eq!(owner.await, Ok(line.alert));
    })
    .await;
}

#[tokio::test]
async fn what_waits_for_a_decision_is_listed_by_when_it_was_handed_over() {
    each_engine(|db| async move {
        let line = Line::begin(&db).await;
        let mut order = Vec::new();
        for (version, submitted) in [(1, 30), (2, 10), (3, 20)] {
            let mut row = draft(&db, &line, version).await;
            row.state = VersionState::Submitted;
            row.submitted_ms = Some(submitted);
            rewrite(&db, &line, &row).await;
            order.push((submitted, row.message));
        }
        order.sort();
        let waiting = db.read("waiting", (), |reads, ()| {
            Box::pin(alert::list_versions_in(reads, VersionState::Submitted))
        });
        let waiting: Vec<_> = waiting.await.unwrap();
        let found: Vec<_> = waiting.iter().map(|row| (row.2, row.1)).collect();
        assert_eq!(found, order);
    })
    .await;
}

#[tokio::test]
async fn messages_are_ordered_by_their_sequence_whatever_the_clock_says() {
    each_engine(|db| async move {
        let line = Line::begin(&db).await;
        let first = line.issue(&db, line.alert, 1, MsgType::Alert).await;
        db.clock.advance_ms(-60_000);
        let second = line.issue(&db, line.alert, 2, MsgType::Update).await;
        db.clock.advance_ms(-60_000);
        let third = line.issue(&db, line.alert, 3, MsgType::Cancel).await;
        assert_eq!((first.seq, second.seq, third.seq), (1, 2, 3));
        let all = db.read("all", line.alert, |reads, id| {
            Box::pin(message::list_by_alert(reads, *id))
        });
        same(&all.await.unwrap(), &vec![first, second, third.clone()]);
        let found = db.read("found", third.identifier.clone(), |reads, text| {
            Box::pin(message::find_by_identifier(reads, text))
        });
        let found = found.await.unwrap().unwrap();
        same(&found, &third);
        let opened = db.keys().open_all(vec![found.frozen]).await.unwrap();
        assert_eq!(opened.text(0), Some("frozen"));
    })
    .await;
}

#[tokio::test]
async fn a_feed_shows_the_newest_message_of_each_alert_and_none_sent_before() {
    each_engine(|db| async move {
        let line = Line::begin(&db).await;
        let old = line.another_alert(&db).await;
        line.issue(&db, old, 1, MsgType::Alert).await;
        db.clock.advance_ms(1_000);
        let since_ms = db.clock.now_ms();
        let other = line.another_alert(&db).await;
        line.issue(&db, line.alert, 1, MsgType::Alert).await;
        let kept = line.issue(&db, other, 1, MsgType::Alert).await;
        let ended = line.issue(&db, line.alert, 2, MsgType::Cancel).await;
        let latest = db.read("latest", since_ms, |reads, since_ms| {
            Box::pin(message::list_latest(reads, *since_ms))
        });
        same(&latest.await.unwrap(), &vec![ended, kept]);
    })
    .await;
}

#[tokio::test]
async fn the_two_hands_under_a_message_read_back_the_author_s_first() {
    each_engine(|db| async move {
        let line = Line::begin(&db).await;
        let id = MessageId::new(1, &line.entropy);
        let unit = |name: &str| Unit {
            district: "fes".to_owned(),
            name: name.to_owned(),
        };
        for (part, binding) in [("approver", "a"), ("author", "old"), ("author", "b")] {
            let args = (id, (line.person, unit(binding)), part, binding);
            db.write("hand", args, |tx, (id, (person, unit), part, binding)| {
                let hand = (*person, unit);
                Box::pin(message::insert_approval(tx, *id, part, hand, binding))
            })
            .await
            .unwrap();
        }
        let hands = db.read("hands", id, |reads, id| {
            Box::pin(message::list_approvals(reads, *id))
        });
        let hand = |part: &str, binding: &str| message::ApprovalRow {
            part: part.to_owned(),
            person: line.person,
            unit: unit(binding),
            binding: binding.to_owned(),
        };
        let both = [hand("author", "b"), hand("approver", "a")];
        assert_eq!(hands.await.unwrap(), both);
    })
    .await;
}

#[tokio::test]
async fn receipts_are_kept_in_the_order_they_came() {
    each_engine(|db| async move {
        let line = Line::begin(&db).await;
        let row = line.issue(&db, line.alert, 1, MsgType::Alert).await;
        let receipt = |kind: &str, at_ms| Receipt {
            alert: row.alert,
            message: row.message,
            channel: "page".into(),
            kind: kind.into(),
            amount: 12,
            at_ms,
        };
        let receipts = vec![receipt("targeted", 9), receipt("published", 5)];
        db.write("receipts", receipts.clone(), |tx, receipts| {
            Box::pin(async move {
                for receipt in receipts {
                    message::insert_receipt(tx, receipt).await?;
                }
                Ok::<_, StoreError>(tx.now_ms())
            })
        })
        .await
        .unwrap();
        let kept = db.read("kept", line.alert, |reads, id| {
            Box::pin(message::list_receipts(reads, *id))
        });
        assert_eq!(kept.await.unwrap(), receipts);
    })
    .await;
}
