//! Hand-overs: one a version and partner, receipts only added, notes and screenshots gone with the case.

use tifli_domain::id::{HandoverId, MessageId};
use tifli_domain::partner::{HandoverAct, HandoverState, Way};

use super::tips::Told;
use crate::handover::{self, HandoverReceipt, HandoverRow};
use crate::testing::{CountingEntropy, TestDb, each_engine};
use crate::{BlobId, Sealed, StoreError, case, erasure};

/// The rows a hand-over hangs on.
async fn message(db: &TestDb, told: &Told) -> MessageId {
    let message = MessageId::new(5, &CountingEntropy::default());
    let ids = (message.to_string(), told.alert.to_string());
    db.write("message", ids, |tx, (message, alert)| {
        Box::pin(async move {
            let sql = "insert into message
                (message_id, alert_id, seq, version, msg_type, identifier, sent_ms, expires_ms,
                 area, binding, signature, frozen_sealed)
                values ($1, $2, 1, 1, 'Alert', 'x', 1, 2, '', '', $3, $3)";
            let query = tx.query(sql).bind(&*message).bind(&*alert);
            query.bind(Vec::new()).run().await?;
            Ok::<_, StoreError>(())
        })
    })
    .await
    .unwrap();
    message
}

async fn prepared(db: &TestDb, told: &Told) -> HandoverRow {
    let row = HandoverRow {
        handover: HandoverId::new(6, &CountingEntropy::default()),
        case: told.case,
        district: "rabat".into(),
        alert: told.alert,
        live: false,
        ended_ms: None,
        message: message(db, told).await,
        partner: "meta".into(),
        version: 1,
        state: HandoverState::Prepared,
        picture: true,
        created_ms: 7,
        submitted_ms: None,
        live_ms: None,
        asked_ms: None,
        withdrawn_ms: None,
    };
    db.write("prepare", row.clone(), |tx, row| {
        Box::pin(handover::insert(tx, row))
    })
    .await
    .unwrap();
    row
}

/// A receipt with a note and a screenshot.
async fn receipt(db: &TestDb, told: &Told, row: &HandoverRow) -> BlobId {
    let key = db.keys().get(&told.case.to_string()).await.unwrap();
    let shot = db.blobs().put(&key, b"screenshot").await.unwrap();
    let context = handover::note_context(row.handover, 1);
    let note = key.seal(&context, b"REF-1");
    let receipt = HandoverReceipt {
        handover: row.handover,
        seq: 1,
        act: Some(HandoverAct::Submit),
        way: Some(Way::Portal),
        by: Some(told.person),
        at_ms: 8,
        note: Some(Sealed::new(&told.case.to_string(), &context, note)),
        shot: Some(shot.clone()),
    };
    db.write("receipt", receipt, |tx, receipt| {
        Box::pin(handover::insert_receipt(tx, receipt))
    })
    .await
    .unwrap();
    shot
}

#[tokio::test]
async fn a_handover_is_kept_once_a_version_and_partner_and_is_read_back_as_it_stands() {
    each_engine(|db| async move {
        let told = Told::begin(&db).await;
        let mut row = prepared(&db, &told).await;
        let again = HandoverRow {
            handover: HandoverId::new(9, &CountingEntropy::default()),
            ..row.clone()
        };
        let twice = db.write("again", again, |tx, row| {
            Box::pin(handover::insert(tx, row))
        });
        assert!(twice.await.is_err());
        row.state = HandoverState::SeenLive;
        row.submitted_ms = Some(8);
        row.live_ms = Some(9);
        db.write("update", row.clone(), |tx, row| {
            Box::pin(async move {
                handover::update(tx, row).await?;
                case::mark_seen_live(tx, row.case).await
            })
        })
        .await
        .unwrap();
        let (open, file) = db
            .read("open", row.case, |reads, case| {
                Box::pin(async move {
                    let open = handover::list_open(reads).await?;
                    let file = case::get(reads, *case).await?;
                    Ok::<_, StoreError>((open, file))
                })
            })
            .await
            .unwrap();
        assert_eq!(open, [row]);
        assert!(file.seen_live_ms.is_some());
    })
    .await;
}

#[tokio::test]
async fn an_erasure_empties_the_notes_and_forgets_the_screenshots() {
    each_engine(|db| async move {
        let told = Told::begin(&db).await;
        let row = prepared(&db, &told).await;
        let shot = receipt(&db, &told, &row).await;
        let held = |row: HandoverRow| {
            db.read("held", row, |reads, row| {
                Box::pin(async move {
                    let receipts = handover::list_receipts(reads, row).await?;
                    let shots = handover::list_shots_of_case(reads, row.case).await?;
                    assert_eq!(shots, handover::list_blobs(reads).await?);
                    Ok::<_, StoreError>((receipts, shots))
                })
            })
        };
        let (receipts, shots) = held(row.clone()).await.unwrap();
        assert_eq!(shots, [shot]);
        let note = receipts[0].note.clone().unwrap();
        let opened = db.keys().open_all(vec![note]).await.unwrap();
        assert_eq!(opened.text(0), Some("REF-1"));
        db.write("wipe", told.case, |tx, case| {
            Box::pin(erasure::wipe(tx, *case))
        })
        .await
        .unwrap();
        let (receipts, shots) = held(row.clone()).await.unwrap();
        assert!(receipts[0].note.is_none());
        assert_eq!(
            (receipts[0].act, receipts[0].by),
            (Some(HandoverAct::Submit), Some(told.person))
        );
        assert_eq!(shots.len(), 1, "named until its file is gone");
        db.write("drop", told.case, |tx, case| {
            Box::pin(erasure::drop_photos(tx, *case))
        })
        .await
        .unwrap();
        assert!(held(row).await.unwrap().1.is_empty());
    })
    .await;
}
