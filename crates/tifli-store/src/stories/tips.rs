//! Tips: found again by their receipt only, kept once, counted while they wait.

use tifli_domain::id::{AlertId, CaseId, MediaId, PersonId, TipId};
use tifli_domain::tip::TipState;

use crate::media::MediaRow;
use crate::testing::{CountingEntropy, TestDb, each_engine};
use crate::tip::{self, NewTip, NoteRow, Side, TipFilter};
use crate::{Sealed, StoreError, media};

/// A case with one alert, put in as rows.
pub(super) struct Told {
    pub(super) case: CaseId,
    pub(super) alert: AlertId,
    pub(super) person: PersonId,
    entropy: CountingEntropy,
}

impl Told {
    /// Makes the rows and the case's key.
    pub(super) async fn begin(db: &TestDb) -> Self {
        let entropy = CountingEntropy::default();
        let told = Self {
            case: CaseId::new(1, &entropy),
            alert: AlertId::new(1, &entropy),
            person: PersonId::new(1, &entropy),
            entropy,
        };
        db.keys().create(&told.case.to_string()).await.unwrap();
        let ids = (told.case.to_string(), told.alert.to_string());
        let by = told.person.to_string();
        db.write("begin", (ids, by), |tx, ((case, alert), by)| {
            Box::pin(async move {
                let sql = "insert into case_file
                    (case_id, number, district, state, opened_by, started_ms)
                    values ($1, 7, 'rabat', 'dark', $2, 1)";
                tx.query(sql).bind(case).bind(by).run().await?;
                let sql = "insert into alert
                    (alert_id, case_id, district, code, state, author, created_ms, version,
                     joined_seq)
                    values ($1, $2, 'rabat', '0123456789abcdef', 'confirmed', $3, 1, 1, 0)";
                tx.query(sql).bind(alert).bind(case).bind(by).run().await?;
                Ok::<_, StoreError>(())
            })
        })
        .await
        .unwrap();
        told
    }

    /// A tip with this receipt.
    pub(super) async fn tip(&self, db: &TestDb, receipt: u8) -> NewTip {
        let tip = TipId::new(2, &self.entropy);
        let key = db.keys().get(&self.case.to_string()).await.unwrap();
        NewTip {
            tip,
            case: self.case,
            alert: Some(self.alert),
            receipt_hash: [receipt; 32],
            body: key.seal(&tip::body_context(tip), b"near the station"),
        }
    }

    /// Adds a tip with this receipt; the id that stands.
    pub(super) async fn tell(&self, db: &TestDb, receipt: u8) -> TipId {
        let new = self.tip(db, receipt).await;
        db.write("tell", new, |tx, new| Box::pin(tip::insert(tx, new)))
            .await
            .unwrap()
    }

    /// Adds a photo's row to the case, and to a tip.
    pub(super) async fn photo(&self, db: &TestDb, tip: Option<TipId>) {
        let key = db.keys().get(&self.case.to_string()).await.unwrap();
        let blob = db.blobs().put(&key, b"portrait").await.unwrap();
        let row = MediaRow {
            media: MediaId::new(3, &self.entropy),
            case: self.case,
            tip,
            place: 0,
            original: blob.clone(),
            public: blob.clone(),
            card: blob,
            public_width: 1,
            public_height: 1,
            public_size: 1,
            public_sha256: "x".into(),
            public_sha1: "x".into(),
            created_by: "public".into(),
            created_ms: 0,
        };
        db.write("photo", row, |tx, row| Box::pin(media::insert(tx, row)))
            .await
            .unwrap();
    }
}

async fn find(db: &TestDb, receipt: u8) -> Option<tip::TipRow> {
    db.read("find", [receipt; 32], |reads, hash| {
        Box::pin(tip::find_by_receipt(reads, hash))
    })
    .await
    .unwrap()
}

async fn list(db: &TestDb, filter: TipFilter) -> Vec<TipId> {
    let rows = db.read("list", filter, |reads, filter| {
        Box::pin(tip::list(reads, filter))
    });
    rows.await.unwrap().iter().map(|row| row.tip).collect()
}

#[tokio::test]
async fn a_tip_is_found_by_its_receipt_and_by_no_other() {
    each_engine(|db| async move {
        let told = Told::begin(&db).await;
        let tip = told.tell(&db, 1).await;
        let found = find(&db, 1).await.unwrap();
        assert_eq!(found.tip, tip);
        assert_eq!((found.case_number, found.district.as_str()), (7, "rabat"));
        assert_eq!(found.state, TipState::Received);
        assert!(find(&db, 2).await.is_none());
    })
    .await;
}

#[tokio::test]
async fn the_same_receipt_twice_is_one_tip() {
    each_engine(|db| async move {
        let told = Told::begin(&db).await;
        let first = told.tell(&db, 1).await;
        assert_eq!(told.tell(&db, 1).await, first);
        assert_eq!(list(&db, TipFilter::default()).await, [first]);
    })
    .await;
}

#[tokio::test]
async fn tips_are_listed_newest_first_by_case_and_by_state() {
    each_engine(|db| async move {
        let told = Told::begin(&db).await;
        let (first, second) = (told.tell(&db, 1).await, told.tell(&db, 2).await);
        db.write("decide", (first, told.person), |tx, (tip, by)| {
            Box::pin(tip::decide(tx, *tip, TipState::Linked, *by, None))
        })
        .await
        .unwrap();
        assert_eq!(list(&db, TipFilter::default()).await, [second, first]);
        let filter = TipFilter {
            case: Some(told.case),
            state: Some(TipState::Linked),
            before_seq: None,
        };
        assert_eq!(list(&db, filter).await, [first]);
        let page = TipFilter {
            before_seq: find(&db, 2).await.map(|row| row.seq),
            ..TipFilter::default()
        };
        assert_eq!(list(&db, page).await, [first]);
        let waiting = db.read("waiting", told.case, |reads, case| {
            Box::pin(tip::count_waiting(reads, *case))
        });
        assert_eq!(waiting.await, Ok(1));
    })
    .await;
}

#[tokio::test]
async fn a_dialogue_keeps_its_order_and_opens_under_the_case_s_key() {
    each_engine(|db| async move {
        let told = Told::begin(&db).await;
        let tip = told.tell(&db, 1).await;
        let owner = told.case.to_string();
        let key = db.keys().get(&owner).await.unwrap();
        for (side, words) in [(Side::House, "which road?"), (Side::Public, "the coast")] {
            let args = (tip, side, key.clone(), words, owner.clone());
            db.write("note", args, |tx, (tip, side, key, words, owner)| {
                Box::pin(async move {
                    let seq = tip::next_note(tx, *tip).await?;
                    let context = tip::note_context(*tip, seq);
                    let body = key.seal(&context, words.as_bytes());
                    let note = NoteRow {
                        tip: *tip,
                        seq,
                        side: *side,
                        body: Sealed::new(owner, &context, body),
                        by: None,
                        at_ms: 0,
                    };
                    tip::insert_note(tx, &note).await
                })
            })
            .await
            .unwrap();
        }
        let notes = db
            .read("notes", (tip, told.case), |reads, (tip, case)| {
                Box::pin(tip::list_notes(reads, *tip, *case))
            })
            .await
            .unwrap();
        let sides: Vec<_> = notes.iter().map(|note| (note.seq, note.side)).collect();
        assert_eq!(sides, [(1, Side::House), (2, Side::Public)]);
        let sealed = notes.into_iter().map(|note| note.body).collect();
        let opened = db.keys().open_all(sealed).await.unwrap();
        assert_eq!(opened.text(1), Some("the coast"));
        assert_eq!(find(&db, 1).await.unwrap().last_side, Some(Side::Public));
    })
    .await;
}

#[tokio::test]
async fn wrong_receipts_are_counted_per_network_and_window_and_swept() {
    each_engine(|db| async move {
        for (network, window, failures) in [(1, 100, 1), (1, 100, 2), (1, 200, 4), (2, 200, 8)] {
            let args = (window, failures);
            db.write("guess", ([network; 32], args), |tx, (network, args)| {
                Box::pin(tip::note_guess(tx, network, args.0, args.1))
            })
            .await
            .unwrap();
        }
        let count = |after: i64| {
            db.read("count", after, |reads, after| {
                Box::pin(tip::count_guesses(reads, &[1; 32], *after))
            })
        };
        assert_eq!(count(0).await, Ok(7));
        assert_eq!(count(100).await, Ok(4));
        let swept = db.write("sweep", (), |tx, ()| Box::pin(tip::sweep_guesses(tx, 100)));
        assert_eq!(swept.await, Ok(1));
        assert_eq!(count(0).await, Ok(4));
    })
    .await;
}

#[tokio::test]
async fn a_photo_whose_tip_never_came_to_be_is_swept_and_no_other() {
    each_engine(|db| async move {
        let told = Told::begin(&db).await;
        let tip = told.tell(&db, 1).await;
        let lost = told.tip(&db, 2).await.tip;
        told.photo(&db, Some(tip)).await;
        told.photo(&db, Some(lost)).await;
        told.photo(&db, None).await;
        let swept = db.write("sweep", i64::MAX, |tx, before| {
            Box::pin(tip::take_stray_photos(tx, *before))
        });
        assert_eq!(swept.await.unwrap().len(), 3);
        assert_eq!(find(&db, 1).await.unwrap().photos, 1);
        let kept = db.write("take", tip, |tx, tip| Box::pin(tip::take_photos(tx, *tip)));
        assert!(kept.await.unwrap().is_empty(), "the tip stands");
    })
    .await;
}
