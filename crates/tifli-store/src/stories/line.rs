//! What the stories of alerts, outboxes and deliveries begin with: a case, an alert, its messages.

use tifli_domain::delivery::DeliveryState;
use tifli_domain::id::{AlertId, CaseId, DeliveryId, MessageId, OutboxId, PersonId, PublicCode};
use tifli_domain::message::MsgType;
use tifli_domain::ports::Clock as _;

use crate::delivery::{self, Audience, DeliveryRow};
use crate::message::{self, MessageRow, OutboxRow};
use crate::subscriber::Mark;
use crate::testing::{CountingEntropy, TestDb};
use crate::{Reads as _, Sealed, alert, case};

/// A case with one alert that is being prepared.
pub(super) struct Line {
    pub(super) case: CaseId,
    pub(super) alert: AlertId,
    pub(super) person: PersonId,
    pub(super) code: PublicCode,
    pub(super) entropy: CountingEntropy,
}

impl Line {
    /// Makes the case, its key and the alert.
    pub(super) async fn begin(db: &TestDb) -> Self {
        let entropy = CountingEntropy::default();
        let line = Self {
            case: CaseId::new(1, &entropy),
            alert: AlertId::new(1, &entropy),
            person: PersonId::new(1, &entropy),
            code: PublicCode::new(&entropy),
            entropy,
        };
        db.keys().create(&line.case.to_string()).await.unwrap();
        db.write("case", (line.case, line.person), |tx, (case, by)| {
            Box::pin(case::insert(tx, *case, "rabat", *by))
        })
        .await
        .unwrap();
        line.put_alert(db, line.alert, line.code.clone()).await;
        line
    }

    /// One more alert of the same case.
    pub(super) async fn another_alert(&self, db: &TestDb) -> AlertId {
        let alert = AlertId::new(db.clock.now_ms(), &self.entropy);
        let code = PublicCode::new(&self.entropy);
        self.put_alert(db, alert, code).await;
        alert
    }

    async fn put_alert(&self, db: &TestDb, alert: AlertId, code: PublicCode) {
        let args = (alert, self.case, code, self.person);
        db.write("alert", args, |tx, (alert, case, code, by)| {
            Box::pin(alert::insert(tx, *alert, (*case, "rabat"), code, *by))
        })
        .await
        .unwrap();
    }

    /// Words sealed under the case's key for `context`.
    pub(super) async fn seal(&self, db: &TestDb, context: &str, words: &str) -> Sealed {
        let owner = self.case.to_string();
        let key = db.keys().get(&owner).await.unwrap();
        Sealed::new(&owner, context, key.seal(context, words.as_bytes()))
    }

    /// Sends a message of `alert` out; its row as it reads back.
    pub(super) async fn issue(
        &self,
        db: &TestDb,
        alert: AlertId,
        version: u32,
        msg_type: MsgType,
    ) -> MessageRow {
        let now_ms = db.clock.now_ms();
        let id = MessageId::new(now_ms, &self.entropy);
        let context = alert::frozen_context(id);
        let row = MessageRow {
            message: id,
            alert,
            seq: 0,
            version,
            msg_type,
            identifier: format!("tifli.{id}"),
            sent_ms: now_ms,
            expires_ms: now_ms + 3_600_000,
            area: "circle".into(),
            binding: "{}".into(),
            signature: vec![version as u8; 64],
            frozen: self.seal(db, &context, "frozen").await,
            cap: Some(self.seal(db, &message::cap_context(id), "signed").await),
        };
        db.write("issue", row, |tx, row| {
            Box::pin(async move {
                message::insert(tx, row).await?;
                message::get(tx, row.message).await
            })
        })
        .await
        .unwrap()
    }

    /// Writes down work for the channel `web_push`.
    pub(super) async fn call_for(&self, db: &TestDb, row: &MessageRow) -> OutboxId {
        let id = OutboxId::new(db.clock.now_ms(), &self.entropy);
        let args = (id, row.message, row.alert);
        db.write("call_for", args, |tx, (id, message, alert)| {
            Box::pin(message::insert_outbox(
                tx, *id, *message, *alert, "web_push",
            ))
        })
        .await
        .unwrap();
        id
    }

    /// Writes down a delivery of `row` to the whole country.
    pub(super) async fn deliver(&self, db: &TestDb, row: &MessageRow, lane: i64) -> DeliveryRow {
        let blank = self.delivery(db, row, lane);
        db.write("deliver", blank.clone(), |tx, row| {
            Box::pin(delivery::insert(tx, row))
        })
        .await
        .unwrap();
        blank
    }

    /// A delivery of `row` to the whole country, not written down.
    pub(super) fn delivery(&self, db: &TestDb, row: &MessageRow, lane: i64) -> DeliveryRow {
        DeliveryRow {
            delivery: DeliveryId::new(db.clock.now_ms(), &self.entropy),
            message: row.message,
            alert: row.alert,
            channel: "web_push".into(),
            audience: Audience::Area,
            lane,
            state: DeliveryState::Pending,
            from: Mark::START,
            to: Mark::end_of(i64::MAX),
            cursor: Mark::START,
            numbers: None,
            handed_map: None,
            inside: 3,
            handed: 0,
            failed: 0,
            gone: 0,
            created_ms: db.clock.now_ms(),
            begun_ms: None,
            first_ms: None,
            last_ms: None,
            finished_ms: None,
            next_ms: 0,
            token: None,
        }
    }
}

/// Takes work for a second.
pub(super) async fn take_outbox(db: &TestDb, token: &str) -> Option<OutboxRow> {
    db.write_claim("take_outbox", token.to_owned(), |tx, token| {
        Box::pin(async move {
            let until_ms = tx.now_ms() + 1_000;
            message::take_outbox(tx, token, until_ms).await
        })
    })
    .await
    .unwrap()
}

/// Takes a delivery for a second.
pub(super) async fn take(db: &TestDb, token: &str) -> Option<DeliveryRow> {
    db.write_claim("take", token.to_owned(), |tx, token| {
        Box::pin(async move {
            let until_ms = tx.now_ms() + 1_000;
            delivery::take(tx, token, until_ms).await
        })
    })
    .await
    .unwrap()
}
