//! Deliveries to systems: claimed by workers of their own, each call written down, a late answer noted.

use tifli_domain::channel::OwnChannel;
use tifli_domain::delivery::{DeliveryState, Outcome};
use tifli_domain::endpoint::{CapProfile, EndpointState};
use tifli_domain::id::{DeliveryId, EndpointId};
use tifli_domain::message::MsgType;
use tifli_domain::ports::Clock as _;

use super::line::{Line, take};
use crate::endpoint::{self, EndpointRow, access_context};
use crate::ledger::{self, AddressedRow, Ended, NewAddressed};
use crate::message::MessageRow;
use crate::people::HOUSE;
use crate::testing::{TestDb, each_engine};
use crate::{Reads as _, Sealed};

/// A system and a pending delivery of `row` to it.
async fn address(db: &TestDb, line: &Line, row: &MessageRow) -> DeliveryId {
    let id = EndpointId::new(db.clock.now_ms(), &line.entropy);
    let system = EndpointRow {
        endpoint: id,
        partner: "television".into(),
        channel: OwnChannel::Webhook,
        profile: CapProfile::Oasis,
        state: EndpointState::Enabled,
        why: String::new(),
        access: Sealed::new(HOUSE, &access_context(id), vec![1]),
        created_ms: 0,
        changed_ms: 0,
    };
    let new = NewAddressed {
        delivery: DeliveryId::new(db.clock.now_ms(), &line.entropy),
        message: row.message,
        alert: row.alert,
        channel: OwnChannel::Webhook,
        endpoint: id,
        lane: 1,
    };
    db.write("address", (system, new.clone()), |tx, (system, new)| {
        Box::pin(async move {
            endpoint::put(tx, system).await?;
            ledger::insert(tx, new).await
        })
    })
    .await
    .unwrap();
    new.delivery
}

/// Takes a delivery to a system for a second.
async fn take_addressed(db: &TestDb, token: &str) -> Option<AddressedRow> {
    db.write_claim("take_addressed", token.to_owned(), |tx, token| {
        Box::pin(async move {
            let until_ms = tx.now_ms() + 1_000;
            ledger::take(tx, token, until_ms, i64::MAX).await
        })
    })
    .await
    .unwrap()
}

async fn settle(
    db: &TestDb,
    row: &AddressedRow,
    (outcome, state): (Outcome, DeliveryState),
) -> bool {
    let ended = Ended {
        outcome,
        code: outcome.as_str().to_owned(),
        state,
        next_ms: 0,
    };
    db.write("settle", (row.clone(), ended), |tx, (row, ended)| {
        Box::pin(ledger::settle(tx, row, ended))
    })
    .await
    .unwrap()
}

async fn read(db: &TestDb, id: DeliveryId) -> (AddressedRow, Vec<Outcome>) {
    db.read("read", id, |reads, id| {
        Box::pin(async move {
            let row = ledger::get(reads, *id).await?;
            let calls = ledger::list_attempts(reads, *id).await?;
            Ok::<_, crate::StoreError>((row, calls.iter().map(|call| call.outcome).collect()))
        })
    })
    .await
    .unwrap()
}

#[tokio::test]
async fn segments_and_systems_are_claimed_by_their_own_workers_alone() {
    each_engine(|db| async move {
        let line = Line::begin(&db).await;
        let row = line.issue(&db, line.alert, 1, MsgType::Alert).await;
        let segment = line.deliver(&db, &row, 1).await.delivery;
        let system = address(&db, &line, &row).await;
        assert_eq!(take(&db, "one").await.unwrap().delivery, segment);
        assert!(take(&db, "one").await.is_none());
        let held = take_addressed(&db, "two").await.unwrap();
        assert_eq!((held.delivery, held.attempts), (system, 1));
        assert!(take_addressed(&db, "two").await.is_none());
        assert_eq!(read(&db, system).await.1, [Outcome::Unknown], "it left");
    })
    .await;
}

#[tokio::test]
async fn an_answer_after_its_lease_was_lost_is_noted_and_moves_nothing() {
    each_engine(|db| async move {
        let line = Line::begin(&db).await;
        let row = line.issue(&db, line.alert, 1, MsgType::Alert).await;
        let id = address(&db, &line, &row).await;
        let slept = take_addressed(&db, "one").await.unwrap();
        db.clock.advance_ms(1_000);
        let newer = take_addressed(&db, "two").await.unwrap();
        let sent = (Outcome::Sent, DeliveryState::Done);
        assert!(settle(&db, &newer, sent).await);
        let late = (Outcome::Refused, DeliveryState::Dead);
        for _ in 0..1_000 {
            assert!(!settle(&db, &slept, late).await, "it was taken away");
        }
        let (row, calls) = read(&db, id).await;
        assert_eq!((row.state, row.outcome), (sent.1, Some(sent.0)));
        assert_eq!(
            calls,
            [Outcome::Refused, Outcome::Sent],
            "each its own answer"
        );
    })
    .await;
}
