//! Data keys: made before their case, destroyed without a trace.

use std::collections::HashSet;
use std::path::Path;

use crate::testing::TestDb;
use crate::{AuditedRead, Sealed, StoreError};

/// How often `needle` occurs in the files of a folder.
fn traces(folder: &Path, needle: &[u8]) -> usize {
    std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| {
            let bytes = std::fs::read(path).unwrap();
            bytes
                .windows(needle.len())
                .filter(|part| *part == needle)
                .count()
        })
        .sum()
}

async fn wrapped(db: &TestDb, owner: &str) -> Vec<u8> {
    use sqlx::{ConnectOptions as _, Connection as _};
    let mut conn = sqlx::sqlite::SqliteConnectOptions::new()
        .filename(db.folder().join("keys.db"))
        .connect()
        .await
        .unwrap();
    let wrapped = sqlx::query_scalar("select wrapped from data_key where owner = $1")
        .bind(owner)
        .fetch_one(&mut conn)
        .await
        .unwrap();
    conn.close().await.unwrap();
    wrapped
}

fn duty(owner: &str) -> AuditedRead {
    AuditedRead {
        actor: "person_7".into(),
        reason: "duty".into(),
        objects: vec![crate::audit::ObjectId::new("case", owner)],
    }
}

#[tokio::test]
async fn a_key_opens_its_values_after_a_restart() {
    let db = TestDb::sqlite().await;
    let key = db.keys().create("case_1").await.unwrap();
    let sealed = Sealed::new("case_1", "c", key.seal("c", b"Imane"));
    let db = db.reopen().await;
    let opened = db.open_sealed(duty("case_1"), vec![sealed]).await.unwrap();
    assert_eq!(opened.text(0), Some("Imane"));
}

#[tokio::test]
async fn a_destroyed_key_leaves_no_bytes_and_opens_nothing() {
    let db = TestDb::sqlite().await;
    for number in 0..50 {
        db.keys().create(&format!("case_{number}")).await.unwrap();
    }
    let key = db.keys().get("case_20").await.unwrap();
    let sealed = Sealed::new("case_20", "c", key.seal("c", b"Imane"));
    drop(key);
    let needle = wrapped(&db, "case_20").await;
    assert!(traces(db.folder(), &needle) > 0);
    db.keys().destroy(&["case_20"]).await.unwrap();
    assert_eq!(traces(db.folder(), &needle), 0);
    let opened = db.open_sealed(duty("case_20"), vec![sealed]).await;
    let gone = StoreError::NoKey {
        owner: "case_20".into(),
    };
    assert_eq!(opened.unwrap_err(), gone);
    db.keys().get("case_21").await.unwrap();
    assert_eq!(db.keys().list_owners().await.unwrap().len(), 49);
}

#[tokio::test]
async fn a_destroyed_key_is_never_made_again() {
    let db = TestDb::sqlite().await;
    db.keys().create("case_1").await.unwrap();
    db.keys().destroy(&["case_1"]).await.unwrap();
    db.keys().destroy(&["case_1"]).await.unwrap();
    let again = db.keys().create("case_1").await.unwrap_err();
    let refused = StoreError::KeyDestroyed {
        owner: "case_1".into(),
    };
    assert_eq!(again, refused);
    assert_eq!(db.keys().list_destroyed().await.unwrap(), ["case_1"]);
}

#[tokio::test]
async fn making_a_key_twice_gives_the_same_key() {
    let db = TestDb::sqlite().await;
    let first = db.keys().create("case_1").await.unwrap();
    let second = db.keys().create("case_1").await.unwrap();
    let sealed = first.seal("c", b"Imane");
    assert_eq!(second.open("c", &sealed).unwrap().as_slice(), b"Imane");
}

#[tokio::test]
async fn keys_whose_case_never_came_are_swept() {
    let db = TestDb::sqlite().await;
    db.keys().create("case_kept").await.unwrap();
    db.keys().create("case_lost").await.unwrap();
    db.clock.advance_ms(60_000);
    db.keys().create("case_under_way").await.unwrap();
    let known = HashSet::from(["case_kept".to_owned()]);
    let before_ms = tifli_domain::ports::Clock::now_ms(db.clock.as_ref()) - 30_000;
    let swept = db.keys().sweep_orphans(&known, before_ms).await.unwrap();
    assert_eq!(swept, ["case_lost"]);
    let left = db.keys().list_owners().await.unwrap();
    assert_eq!(left, ["case_kept", "case_under_way"]);
}

#[tokio::test]
async fn copies_of_the_keys_live_seven_days() {
    let db = TestDb::sqlite().await;
    db.keys().create("case_1").await.unwrap();
    let folder = db.folder().join("key-backups");
    let first = db.keys().backup(&folder).await.unwrap();
    let day = 24 * 60 * 60 * 1000;
    db.clock.advance_ms(7 * day);
    let second = db.keys().backup(&folder).await.unwrap();
    assert!(first.exists() && second.exists());
    db.clock.advance_ms(1);
    db.keys().backup(&folder).await.unwrap();
    assert!(!first.exists() && second.exists());
}

#[tokio::test]
async fn another_master_key_opens_no_key() {
    let db = TestDb::sqlite().await;
    db.keys().create("case_1").await.unwrap();
    db.close().await;
    let mut settings = db.settings();
    settings.master = crate::MasterKey::from_bytes([1; 32]);
    let _folder = db.into_folder();
    let db = crate::Db::open(settings).await.unwrap();
    let refused = db.keys().get("case_1").await.unwrap_err();
    assert!(matches!(refused, StoreError::Unsealable { .. }));
}

#[tokio::test]
async fn nothing_secret_shows_when_printed() {
    let db = TestDb::sqlite().await;
    let key = db.keys().create("case_1").await.unwrap();
    let sealed = Sealed::new("case_1", "c", key.seal("c", b"Imane"));
    assert_eq!(format!("{sealed:?}"), "Sealed");
    assert_eq!(format!("{key:?}"), "DataKey(case_1)");
    let opened = db.open_sealed(duty("case_1"), vec![sealed]).await.unwrap();
    assert_eq!(format!("{opened:?}"), "Opened(1 values)");
}
