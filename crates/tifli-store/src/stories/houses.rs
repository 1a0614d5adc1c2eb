//! Opening: a database is somebody's, and nobody else opens it.

use tifli_domain::Realm;

use super::notes::{add_note, with_notes};
use crate::testing::each_engine;
use crate::{Db, StoreError};

#[tokio::test]
async fn a_database_of_another_realm_or_pack_is_refused() {
    each_engine(|db| async move {
        db.close().await;
        let (mut live, mut other) = (db.settings(), db.settings());
        let _folder = db.into_folder();
        live.realm = Realm::Live;
        let error = Db::open(live).await.err();
        assert!(
            matches!(error, Some(StoreError::WrongHouse(_))),
            "{error:?}"
        );
        other.pack_code = "elsewhere".into();
        let error = Db::open(other).await.err();
        assert!(
            matches!(error, Some(StoreError::WrongHouse(_))),
            "{error:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_database_made_by_a_newer_program_is_refused() {
    each_engine(|db| async move {
        db.write("from_the_future", (), |tx, ()| {
            Box::pin(async move {
                tx.query(
                    "insert into _sqlx_migrations (
                         version, description, installed_on, success, checksum, execution_time
                     )
                     select 9999, 'future', installed_on, success, checksum, execution_time
                     from _sqlx_migrations
                     where version = 1",
                )
                .run()
                .await
            })
        })
        .await
        .unwrap();
        db.close().await;
        let settings = db.settings();
        let _folder = db.into_folder();
        let error = Db::open(settings).await.err();
        assert!(
            matches!(error, Some(StoreError::WrongHouse(_))),
            "{error:?}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_second_process_is_kept_out() {
    each_engine(|db| async move {
        with_notes(&db).await;
        let error = Db::open(db.settings()).await.err();
        assert_eq!(error, Some(StoreError::InUse));
        add_note(&db, "still").await.unwrap();
    })
    .await;
}
