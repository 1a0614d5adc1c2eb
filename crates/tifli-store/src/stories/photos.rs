//! Photos: their order, whose they are, and the blobs they name.

use std::collections::HashSet;

use tifli_domain::id::{CaseId, MediaId, PersonId, TipId};
use tifli_domain::ports::Clock as _;

use crate::media::{self, MediaRow};
use crate::testing::{CountingEntropy, TestDb, each_engine};
use crate::{BlobId, StoreError, case};

async fn new_case(db: &TestDb, entropy: &CountingEntropy) -> CaseId {
    let case = CaseId::new(db.clock.now_ms(), entropy);
    db.keys().create(&case.to_string()).await.unwrap();
    let by = PersonId::new(1, entropy);
    db.write("open_case", (case, by), |tx, (case, by)| {
        Box::pin(case::insert(tx, *case, "fes", *by))
    })
    .await
    .unwrap();
    case
}

async fn blob(db: &TestDb, case: CaseId) -> BlobId {
    let key = db.keys().get(&case.to_string()).await.unwrap();
    db.blobs().put(&key, b"a drawn face").await.unwrap()
}

async fn add(db: &TestDb, entropy: &CountingEntropy, case: CaseId, tip: Option<TipId>) -> MediaRow {
    let row = MediaRow {
        media: MediaId::new(db.clock.now_ms(), entropy),
        case,
        tip,
        place: 0,
        original: blob(db, case).await,
        public: blob(db, case).await,
        card: blob(db, case).await,
        public_width: 800,
        public_height: 1000,
        public_size: 123_456,
        public_sha256: "ab".repeat(32),
        public_sha1: "cd".repeat(20),
        created_by: "person_7".to_owned(),
        created_ms: db.clock.now_ms(),
    };
    db.write("add_photo", row, |tx, row| {
        Box::pin(async move {
            media::insert(tx, row).await?;
            let read = media::get(tx, row.media).await?;
            let given = MediaRow {
                place: row.place,
                ..read.clone()
            };
            assert_eq!(given, *row, "it reads back as it was written");
            Ok::<_, StoreError>(read)
        })
    })
    .await
    .unwrap()
}

async fn listed(db: &TestDb, case: CaseId) -> Vec<MediaId> {
    let rows = db
        .read("list", case, |reads, case| {
            Box::pin(media::list_by_case(reads, *case))
        })
        .await
        .unwrap();
    rows.into_iter().map(|row| row.media).collect()
}

#[tokio::test]
async fn photos_stand_in_order_until_one_is_put_first() {
    each_engine(|db| async move {
        let entropy = CountingEntropy::default();
        let case = new_case(&db, &entropy).await;
        let one = add(&db, &entropy, case, None).await;
        let two = add(&db, &entropy, case, None).await;
        let three = add(&db, &entropy, case, None).await;
        assert_eq!(listed(&db, case).await, [one.media, two.media, three.media]);
        db.write("first", three.clone(), |tx, row| {
            Box::pin(media::make_first(tx, row))
        })
        .await
        .unwrap();
        assert_eq!(listed(&db, case).await, [three.media, one.media, two.media]);
        db.write("delete", one.media, |tx, id| {
            Box::pin(media::delete(tx, *id))
        })
        .await
        .unwrap();
        assert_eq!(listed(&db, case).await, [three.media, two.media]);
    })
    .await;
}

#[tokio::test]
async fn photos_of_tips_do_not_stand_in_the_file() {
    each_engine(|db| async move {
        let entropy = CountingEntropy::default();
        let case = new_case(&db, &entropy).await;
        let tip = TipId::new(1, &entropy);
        let own = add(&db, &entropy, case, None).await;
        let told = add(&db, &entropy, case, Some(tip)).await;
        assert_eq!(listed(&db, case).await, [own.media]);
        let (count, of_tip, all) = db
            .read("lists", (case, tip), |reads, (case, tip)| {
                Box::pin(async move {
                    let count = media::count_by_case(reads, *case).await?;
                    let of_tip = media::list_by_tip(reads, *tip).await?;
                    let all = media::list_all_of_case(reads, *case).await?;
                    Ok::<_, StoreError>((count, of_tip, all))
                })
            })
            .await
            .unwrap();
        assert_eq!(count, 1);
        assert_eq!(of_tip, std::slice::from_ref(&told));
        assert_eq!(all, [own, told]);
    })
    .await;
}

#[tokio::test]
async fn the_blobs_named_by_photos_are_the_blobs_there_are() {
    each_engine(|db| async move {
        let entropy = CountingEntropy::default();
        let case = new_case(&db, &entropy).await;
        add(&db, &entropy, case, None).await;
        let photo = add(&db, &entropy, case, None).await;
        let stray = blob(&db, case).await;
        db.blobs().delete(&photo.card).await.unwrap();
        let named = db
            .read("named", (), |reads, ()| Box::pin(media::list_blobs(reads)))
            .await
            .unwrap();
        assert_eq!(named.len(), 6);
        let named: HashSet<BlobId> = named.into_iter().collect();
        let sweep = db.blobs().sweep(&named).await.unwrap();
        assert_eq!(sweep.orphans, [stray]);
        assert_eq!(sweep.missing, [photo.card]);
    })
    .await;
}
