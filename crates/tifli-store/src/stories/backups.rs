//! Backups: whole, verifiable, and without a key.

use super::notes::{add_note, with_notes};
use crate::testing::{TestDb, each_engine};
use crate::{StoreError, verify_backup};

async fn filled() -> TestDb {
    let db = TestDb::sqlite().await;
    with_notes(&db).await;
    add_note(&db, "a").await.unwrap();
    let key = db.keys().create("case_1").await.unwrap();
    db.blobs().put(&key, b"portrait").await.unwrap();
    db.write("act", (), |tx, ()| {
        Box::pin(async move {
            let object = crate::audit::ObjectId::new("case", "case_1");
            tx.audit(crate::audit::Entry::new("person_7", "case.open", object))
        })
    })
    .await
    .unwrap();
    db
}

#[tokio::test]
async fn a_backup_verifies_and_holds_no_key() {
    let db = filled().await;
    let folder = db.folder().join("backup");
    let made = db.backup(&folder).await.unwrap();
    assert_eq!(made.files.len(), 2);
    assert_eq!(made.heads.len(), 1);
    assert_eq!(verify_backup(&folder).await.unwrap(), made);
    let names: Vec<_> = made.files.iter().map(|file| file.path.as_str()).collect();
    assert!(names.iter().all(|name| !name.contains("keys")), "{names:?}");
}

#[tokio::test]
async fn any_damaged_file_fails_the_verification() {
    let db = filled().await;
    let folder = db.folder().join("backup");
    let made = db.backup(&folder).await.unwrap();
    for file in &made.files {
        let path = folder.join(&file.path);
        let whole = std::fs::read(&path).unwrap();
        let mut altered = whole.clone();
        altered[whole.len() / 2] ^= 1;
        std::fs::write(&path, altered).unwrap();
        let refused = verify_backup(&folder).await.unwrap_err();
        assert_eq!(refused, StoreError::Backup(file.path.clone()));
        std::fs::write(&path, whole).unwrap();
    }
    verify_backup(&folder).await.unwrap();
}

#[tokio::test]
async fn a_backup_never_overwrites_anything() {
    let db = filled().await;
    let folder = db.folder().join("backup");
    db.backup(&folder).await.unwrap();
    let again = db.backup(&folder).await.unwrap_err();
    assert!(matches!(again, StoreError::File { .. }));
}

#[tokio::test]
async fn postgres_points_to_its_own_tools() {
    each_engine(|db| async move {
        if db.is_sqlite() {
            return;
        }
        let refused = db.backup(&db.folder().join("backup")).await.unwrap_err();
        assert!(matches!(refused, StoreError::Unsupported(_)));
    })
    .await;
}
