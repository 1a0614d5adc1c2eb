//! The file of wrapped data keys: apart from the data, never in a data backup.
//!
//! Erasing an owner is destroying its row here, so the file leaves nothing behind: rows are
//! overwritten before they go (`secure_delete`), and the rollback journal is kept
//! (`journal_mode = persist`) so that it can be overwritten with zeros too, rather than handed back
//! to the file system with a key in it. Backups of this file live seven days; an erasure is
//! complete when the last of those is gone.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex as Latch, PoisonError};

use sqlx::sqlite::{
    SqliteAutoVacuum, SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Connection as _, Executor as _, Row as _};
use tifli_domain::ports::{Clock, Entropy};
use tokio::sync::{Mutex, MutexGuard};
use zeroize::Zeroizing;

use super::data_key::{DataKey, decrypt, encrypt};
use super::{MasterKey, Sealed};
use crate::{Opened, StoreError, blobs};

/// The sub-key of the master key that wraps data keys.
const LABEL: &[u8] = b"data keys";
/// How long a backup of the keys is kept, in milliseconds: seven days.
const BACKUP_LIFE_MS: i64 = 7 * 24 * 60 * 60 * 1000;

const SCHEMA: &str = "
create table if not exists data_key (
    owner text not null,
    wrapped blob not null,
    created_ms integer not null,
    constraint data_key_pk primary key (owner)
) strict;

-- Owners whose key is gone. A restored backup of this file must not bring them back.
create table if not exists destroyed_key (
    owner text not null,
    destroyed_ms integer not null,
    constraint destroyed_key_pk primary key (owner)
) strict;
";

/// The data keys. Clones share one file and one cache.
#[derive(Clone)]
pub struct Keys {
    inner: Arc<Inner>,
}

struct Inner {
    path: PathBuf,
    wrapping: Zeroizing<[u8; 32]>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    file: Mutex<Option<SqliteConnection>>,
    cache: Latch<HashMap<String, DataKey>>,
}

impl Keys {
    /// Opens the file, or makes it readable by this user only.
    pub(crate) async fn open(
        path: &Path,
        master: &MasterKey,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
    ) -> Result<Self, StoreError> {
        blobs::make_private_file(path).map_err(StoreError::file("making the file of keys"))?;
        let mut conn = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Persist)
            .synchronous(SqliteSynchronous::Full)
            .auto_vacuum(SqliteAutoVacuum::None)
            .pragma("secure_delete", "on")
            .pragma("temp_store", "memory")
            .disable_statement_logging()
            .connect()
            .await
            .map_err(driver)?;
        conn.execute(sqlx::raw_sql(SCHEMA)).await.map_err(driver)?;
        Ok(Self {
            inner: Arc::new(Inner {
                path: path.to_owned(),
                wrapping: master.derive(LABEL),
                clock,
                entropy,
                file: Mutex::new(Some(conn)),
                cache: Latch::new(HashMap::new()),
            }),
        })
    }

    /// Makes the key of a new owner, durable before this returns; an owner that has one keeps it.
    pub async fn create(&self, owner: &str) -> Result<DataKey, StoreError> {
        let mut file = self.inner.lock().await?;
        let conn = file.conn()?;
        if is_destroyed(conn, owner).await? {
            return Err(StoreError::KeyDestroyed {
                owner: owner.to_owned(),
            });
        }
        let mut bytes = Zeroizing::new([0; 32]);
        self.inner.entropy.fill(bytes.as_mut_slice());
        let entropy = self.inner.entropy.as_ref();
        let wrapped = encrypt(&self.inner.wrapping, &context_of(owner), &*bytes, entropy);
        let made = sqlx::query(
            "insert into data_key (owner, wrapped, created_ms)
             values ($1, $2, $3)
             on conflict (owner) do nothing",
        )
        .bind(owner)
        .bind(wrapped)
        .bind(self.inner.clock.now_ms())
        .execute(conn)
        .await
        .map_err(driver)?;
        if made.rows_affected() == 0 {
            drop(file);
            return self.get(owner).await;
        }
        Ok(self.inner.remember(owner, bytes))
    }

    /// The key of an owner; [`StoreError::NoKey`] if it never had one or it was destroyed.
    pub async fn get(&self, owner: &str) -> Result<DataKey, StoreError> {
        if let Some(key) = self.inner.cached().get(owner) {
            return Ok(key.clone());
        }
        let mut file = self.inner.lock().await?;
        let row = sqlx::query("select wrapped from data_key where owner = $1")
            .bind(owner)
            .fetch_optional(file.conn()?)
            .await
            .map_err(driver)?;
        let Some(row) = row else {
            return Err(StoreError::NoKey {
                owner: owner.to_owned(),
            });
        };
        let wrapped: Vec<u8> = row.try_get("wrapped").map_err(driver)?;
        let context = context_of(owner);
        let opened = decrypt(&self.inner.wrapping, &context, &wrapped)?;
        let bytes = <[u8; 32]>::try_from(opened.as_slice());
        let bytes = bytes.map_err(|_| StoreError::Unsealable { context })?;
        Ok(self.inner.remember(owner, Zeroizing::new(bytes)))
    }

    /// Destroys the keys of these owners for good: file, journal and memory. Repeating it is harmless.
    /// Their sealed values open nowhere any more, except with a backup of the keys of the last seven days.
    pub async fn destroy(&self, owners: &[&str]) -> Result<(), StoreError> {
        let mut file = self.inner.lock().await?;
        let now_ms = self.inner.clock.now_ms();
        let mut tx = file.conn()?.begin().await.map_err(driver)?;
        for owner in owners {
            for sql in [
                "update data_key set wrapped = zeroblob(length(wrapped)) where owner = $1",
                "delete from data_key where owner = $1",
            ] {
                let done = sqlx::query(sql).bind(*owner).execute(&mut *tx).await;
                done.map_err(driver)?;
            }
            sqlx::query(
                "insert into destroyed_key (owner, destroyed_ms)
                 values ($1, $2)
                 on conflict (owner) do nothing",
            )
            .bind(*owner)
            .bind(now_ms)
            .execute(&mut *tx)
            .await
            .map_err(driver)?;
        }
        tx.commit().await.map_err(driver)?;
        {
            let mut cache = self.inner.cached();
            owners.iter().for_each(|owner| drop(cache.remove(*owner)));
        }
        self.scrub_journal()?;
        file.conn()?.execute("vacuum").await.map_err(driver)?;
        self.scrub_journal()
    }

    /// Every owner that has a key, in order.
    pub async fn list_owners(&self) -> Result<Vec<String>, StoreError> {
        self.list("select owner from data_key order by owner").await
    }

    /// Every owner whose key was destroyed, in order. Carried over when an older file is restored.
    pub async fn list_destroyed(&self) -> Result<Vec<String>, StoreError> {
        self.list("select owner from destroyed_key order by owner")
            .await
    }

    /// Destroys keys made before `before_ms` whose owner is not `known`: their case was never committed.
    pub async fn sweep_orphans(
        &self,
        known: &HashSet<String>,
        before_ms: i64,
    ) -> Result<Vec<String>, StoreError> {
        let rows = {
            let mut file = self.inner.lock().await?;
            sqlx::query("select owner from data_key where created_ms < $1 order by owner")
                .bind(before_ms)
                .fetch_all(file.conn()?)
                .await
                .map_err(driver)?
        };
        let mut orphans: Vec<String> = owners_of(&rows)?;
        orphans.retain(|owner| !known.contains(owner));
        if !orphans.is_empty() {
            let owners: Vec<&str> = orphans.iter().map(String::as_str).collect();
            self.destroy(&owners).await?;
        }
        Ok(orphans)
    }

    /// Writes a copy into `folder`, which must not be that of the data backups, and removes copies
    /// older than seven days.
    pub async fn backup(&self, folder: &Path) -> Result<PathBuf, StoreError> {
        let what = "backing up the keys";
        std::fs::create_dir_all(folder).map_err(StoreError::file(what))?;
        let now_ms = self.inner.clock.now_ms();
        let copy = folder.join(format!("keys-{now_ms}.db"));
        blobs::make_private_file(&copy).map_err(StoreError::file(what))?;
        {
            let mut file = self.inner.lock().await?;
            sqlx::query("vacuum into $1")
                .bind(copy.to_string_lossy().into_owned())
                .execute(file.conn()?)
                .await
                .map_err(driver)?;
        }
        blobs::sync_path(&copy).map_err(StoreError::file(what))?;
        remove_old_copies(folder, now_ms - BACKUP_LIFE_MS).map_err(StoreError::file(what))?;
        blobs::sync_path(folder).map_err(StoreError::file(what))?;
        Ok(copy)
    }

    /// Opens values with their owners' keys. The caller has written the audit entry.
    pub(crate) async fn open_all(&self, sealed: Vec<Sealed>) -> Result<Opened, StoreError> {
        let mut opened = Vec::with_capacity(sealed.len());
        for value in &sealed {
            let key = self.get(value.owner()).await?;
            opened.push(key.open(value.context(), value.bytes())?);
        }
        Ok(Opened::new(opened))
    }

    pub(crate) async fn close(&self) {
        let conn = self.inner.file.lock().await.take();
        self.inner.cached().clear();
        if let Some(conn) = conn
            && let Err(error) = conn.close().await
        {
            let error = driver(error);
            tracing::warn!(%error, "the file of keys did not close cleanly");
        }
    }

    async fn list(&self, sql: &'static str) -> Result<Vec<String>, StoreError> {
        let mut file = self.inner.lock().await?;
        let rows = sqlx::query(sql).fetch_all(file.conn()?).await;
        owners_of(&rows.map_err(driver)?)
    }

    /// Overwrites the journal's bytes, which hold the pages as they were, then empties it.
    fn scrub_journal(&self) -> Result<(), StoreError> {
        let mut path = self.inner.path.as_os_str().to_owned();
        path.push("-journal");
        blobs::overwrite(Path::new(&path)).map_err(StoreError::file("erasing a key"))
    }
}

impl Inner {
    async fn lock(&self) -> Result<Open<'_>, StoreError> {
        Ok(Open(self.file.lock().await))
    }

    fn cached(&self) -> std::sync::MutexGuard<'_, HashMap<String, DataKey>> {
        // The map is whole after every single operation, so a panic elsewhere leaves it usable.
        self.cache.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Called with the file locked, so that a destroyed key cannot slip back into memory.
    fn remember(&self, owner: &str, bytes: Zeroizing<[u8; 32]>) -> DataKey {
        let key = DataKey::new(owner, bytes, Arc::clone(&self.entropy));
        self.cached().insert(owner.to_owned(), key.clone());
        key
    }
}

struct Open<'k>(MutexGuard<'k, Option<SqliteConnection>>);

impl Open<'_> {
    fn conn(&mut self) -> Result<&mut SqliteConnection, StoreError> {
        self.0.as_mut().ok_or(StoreError::Closed)
    }
}

async fn is_destroyed(conn: &mut SqliteConnection, owner: &str) -> Result<bool, StoreError> {
    let row = sqlx::query("select owner from destroyed_key where owner = $1")
        .bind(owner)
        .fetch_optional(conn)
        .await;
    Ok(row.map_err(driver)?.is_some())
}

fn owners_of(rows: &[sqlx::sqlite::SqliteRow]) -> Result<Vec<String>, StoreError> {
    rows.iter()
        .map(|row| row.try_get("owner").map_err(driver))
        .collect()
}

fn remove_old_copies(folder: &Path, before_ms: i64) -> std::io::Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let made_ms = path
            .file_name()
            .and_then(|name| name.to_str())
            .and_then(|name| name.strip_prefix("keys-")?.strip_suffix(".db"))
            .and_then(|digits| digits.parse::<i64>().ok());
        if made_ms.is_some_and(|made_ms| made_ms < before_ms) {
            blobs::overwrite(&path)?;
            std::fs::remove_file(&path)?;
        }
    }
    Ok(())
}

fn context_of(owner: &str) -> String {
    format!("data_key:wrapped:{owner}")
}

fn driver(error: sqlx::Error) -> StoreError {
    StoreError::from_driver("keys", &error)
}
