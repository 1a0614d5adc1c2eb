//! A store for tests, on each engine: `each_engine(|db| async move { … }).await`.
//!
//! Only with the feature `testing`. SQLite lives in a folder of its own; PostgreSQL is one cluster
//! per test binary, one database per story, ended when the binary ends.

mod ports;
mod postgres;

use std::ops::Deref;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tifli_domain::Realm;

pub use ports::{CountingEntropy, TestClock};

use crate::{Db, DbSettings, Engine, MasterKey, Place, Reads as _};

/// An open store with what a test needs to steer it. Dereferences to [`Db`].
pub struct TestDb {
    db: Db,
    place: Place,
    folder: tempfile::TempDir,
    /// The clock the store goes by.
    pub clock: Arc<TestClock>,
    entropy: Arc<CountingEntropy>,
}

/// Runs a story on SQLite, then on PostgreSQL.
pub async fn each_engine<S, F>(story: S)
where
    S: Fn(TestDb) -> F,
    F: Future<Output = ()>,
{
    story(TestDb::sqlite().await).await;
    story(TestDb::postgres().await).await;
}

/// The address of an empty PostgreSQL database for a program of its own. Its cluster ends with the test binary.
pub async fn new_postgres_database() -> String {
    postgres::new_database().await
}

impl TestDb {
    /// A new SQLite store.
    pub async fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let place = Place::Sqlite(folder.path().join("tifli.db"));
        Self::open(place, folder).await
    }

    /// A new PostgreSQL store.
    pub async fn postgres() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let place = Place::Postgres(postgres::new_database().await);
        Self::open(place, folder).await
    }

    /// Closes the store and opens it again, as a restart would.
    pub async fn reopen(self) -> Self {
        self.db.close().await;
        let Self {
            db,
            place,
            folder,
            clock,
            entropy,
        } = self;
        drop(db);
        let settings = settings(&place, folder.path(), &clock, &entropy);
        let db = Db::open(settings).await.expect("the store opens again");
        Self {
            db,
            place,
            folder,
            clock,
            entropy,
        }
    }

    /// The folder that holds the keys, the blobs, and SQLite's file.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// SQLite's file.
    pub fn file(&self) -> PathBuf {
        self.folder.path().join("tifli.db")
    }

    /// The settings it was opened with, to be changed and tried.
    pub fn settings(&self) -> DbSettings {
        settings(&self.place, self.folder.path(), &self.clock, &self.entropy)
    }

    /// Lets go of the store and keeps its folder, to open it otherwise.
    pub fn into_folder(self) -> tempfile::TempDir {
        self.folder
    }

    /// Whether this is the SQLite telling of the story.
    pub fn is_sqlite(&self) -> bool {
        self.db.engine() == Engine::Sqlite
    }

    async fn open(place: Place, folder: tempfile::TempDir) -> Self {
        let clock = Arc::new(TestClock::default());
        let entropy = Arc::new(CountingEntropy::default());
        let settings = settings(&place, folder.path(), &clock, &entropy);
        let db = Db::open(settings).await.expect("a new store opens");
        Self {
            db,
            place,
            folder,
            clock,
            entropy,
        }
    }
}

impl Deref for TestDb {
    type Target = Db;

    fn deref(&self) -> &Db {
        &self.db
    }
}

/// How many rows hold something in each sealed column of the schema, by `table.column`.
pub async fn filled_columns(db: &Db) -> std::collections::BTreeMap<String, i64> {
    let mut filled = std::collections::BTreeMap::new();
    for table in crate::processing::record()
        .iter()
        .flat_map(|one| &one.tables)
    {
        for (column, _) in &table.sealed {
            let name = &table.name;
            let sql = format!("select count(*) as held from {name} where length({column}) > 0");
            // Leaked on purpose: statements are static, and a test says few of them.
            let sql: &'static str = sql.leak();
            let count = db.read("filled_columns", sql, |tx, sql| {
                Box::pin(async move { tx.select(sql).get().await?.get::<i64>("held") })
            });
            let count = count.await.expect("the schema has the column");
            filled.insert(format!("{name}.{column}"), count);
        }
    }
    filled
}

fn settings(
    place: &Place,
    folder: &Path,
    clock: &Arc<TestClock>,
    entropy: &Arc<CountingEntropy>,
) -> DbSettings {
    DbSettings {
        place: place.clone(),
        keys_path: folder.join("keys.db"),
        blobs_dir: folder.join("blobs"),
        master: MasterKey::from_bytes([42; 32]),
        realm: Realm::Demo,
        pack_code: "test".into(),
        node: "n1".into(),
        clock: clock.clone(),
        entropy: entropy.clone(),
    }
}
