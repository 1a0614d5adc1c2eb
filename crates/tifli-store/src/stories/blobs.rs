//! Blobs: sealed, named by their bytes, swept both ways.

use std::collections::HashSet;

use crate::audit::ObjectId;
use crate::testing::TestDb;
use crate::{AuditedRead, BlobId, StoreError};

fn read() -> AuditedRead {
    AuditedRead {
        actor: "person_7".into(),
        reason: "duty".into(),
        objects: vec![ObjectId::new("photo", "photo_1")],
    }
}

#[tokio::test]
async fn a_blob_comes_back_through_an_audited_read() {
    let db = TestDb::sqlite().await;
    let key = db.keys().create("case_1").await.unwrap();
    let portrait = vec![9; 100_000];
    let id = db.blobs().put(&key, &portrait).await.unwrap();
    let sealed = db.blobs().get("case_1", &id).await.unwrap();
    let opened = db.open_sealed(read(), vec![sealed]).await.unwrap();
    assert_eq!(opened.bytes(0), Some(portrait.as_slice()));
}

#[tokio::test]
async fn a_damaged_blob_is_never_served() {
    let db = TestDb::sqlite().await;
    let key = db.keys().create("case_1").await.unwrap();
    let id = db.blobs().put(&key, b"portrait").await.unwrap();
    let path = db.blobs().path_of(&id);
    let whole = std::fs::read(&path).unwrap();
    for place in 0..whole.len() {
        let mut altered = whole.clone();
        altered[place] ^= 1;
        std::fs::write(&path, altered).unwrap();
        let refused = db.blobs().get("case_1", &id).await.unwrap_err();
        assert!(matches!(refused, StoreError::Blob { .. }));
    }
}

#[tokio::test]
async fn a_sweep_finds_files_without_rows_and_rows_without_files() {
    let db = TestDb::sqlite().await;
    let key = db.keys().create("case_1").await.unwrap();
    let kept = db.blobs().put(&key, b"kept").await.unwrap();
    let orphan = db.blobs().put(&key, b"orphan").await.unwrap();
    let gone = db.blobs().put(&key, b"gone").await.unwrap();
    db.blobs().delete(&gone).await.unwrap();
    db.blobs().delete(&gone).await.unwrap();
    let known = HashSet::from([kept, gone.clone()]);
    let sweep = db.blobs().sweep(&known).await.unwrap();
    assert_eq!(sweep.orphans, [orphan]);
    assert_eq!(sweep.missing, [gone]);
}

#[test]
fn a_blob_name_cannot_be_a_path() {
    for wrong in [
        "",
        "..",
        "../../etc/passwd",
        &"A".repeat(64),
        &"0".repeat(63),
    ] {
        assert!(wrong.parse::<BlobId>().is_err());
    }
}
