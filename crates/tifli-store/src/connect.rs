//! Opens connections: pragmas for SQLite, pools, the lock that keeps a second process out.
//!
//! The only place that knows addresses and pragmas.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::str::FromStr as _;
use std::time::Duration;

use sqlx::any::{AnyConnectOptions, AnyPoolOptions};
use sqlx::{AnyConnection, AnyPool, ConnectOptions as _, Executor};

use crate::blobs::make_private_file;
use crate::{Engine, Place, StoreError};

/// Readers at once.
const READERS: u32 = 4;
/// How long a caller waits for a free connection.
const PATIENCE: Duration = Duration::from_secs(10);

/// For every connection to the data file.
/// - `synchronous=full`: an answered write survives a power cut.
/// - `secure_delete`: what is erased leaves no plain bytes in free pages.
/// - `temp_store=memory`: no spilled copy of anything on disk.
/// - `trusted_schema=off`, `cell_size_check`: a tampered file is refused rather than obeyed.
const SQLITE_PRAGMAS: &str = "
pragma journal_mode = wal;
pragma synchronous = full;
pragma foreign_keys = on;
pragma busy_timeout = 5000;
pragma secure_delete = on;
pragma temp_store = memory;
pragma trusted_schema = off;
pragma cell_size_check = on;
pragma journal_size_limit = 67108864;
";

/// Knows where the database is and how to reach it.
#[derive(Clone)]
pub(crate) struct Connector {
    pub(crate) engine: Engine,
    options: AnyConnectOptions,
}

impl Connector {
    pub(crate) fn new(place: &Place) -> Result<Self, StoreError> {
        match place {
            Place::Sqlite(path) => Self::at(Engine::Sqlite, &sqlite_address(path, "mode=rwc")),
            Place::Postgres(url) => Self::at(Engine::Postgres, url),
        }
    }

    fn at(engine: Engine, address: &str) -> Result<Self, StoreError> {
        sqlx::any::install_default_drivers();
        let options = AnyConnectOptions::from_str(address)
            .map_err(|error| StoreError::from_driver("connect", &error))?
            .disable_statement_logging();
        Ok(Self { engine, options })
    }

    /// A SQLite file nobody writes to any more, such as a backup. Reading leaves no trace beside it.
    pub(crate) fn frozen(path: &Path) -> Result<Self, StoreError> {
        Self::at(Engine::Sqlite, &sqlite_address(path, "mode=ro&immutable=1"))
    }

    /// A connection as it comes.
    pub(crate) async fn connect(&self) -> Result<AnyConnection, StoreError> {
        let connected = self.options.connect().await;
        connected.map_err(|error| StoreError::from_driver("connect", &error))
    }

    /// A connection that may write, outside any pool.
    pub(crate) async fn connect_writer(&self) -> Result<AnyConnection, StoreError> {
        let mut conn = self.connect().await?;
        prepare(&mut conn, self.engine)
            .await
            .map_err(|error| StoreError::from_driver("connect", &error))?;
        Ok(conn)
    }

    /// The pool of readers; SQLite's cannot write.
    pub(crate) fn readers(&self) -> AnyPool {
        let engine = self.engine;
        self.pool_options(READERS)
            .after_connect(move |conn, _| {
                Box::pin(async move {
                    prepare(conn, engine).await?;
                    if engine == Engine::Sqlite {
                        conn.execute("pragma query_only = on").await?;
                    }
                    Ok(())
                })
            })
            .connect_lazy_with(self.options.clone())
    }

    /// A pool for PostgreSQL's writes.
    pub(crate) fn pool(&self, size: u32) -> AnyPool {
        self.pool_options(size)
            .connect_lazy_with(self.options.clone())
    }

    /// Takes this node's name on the server, for as long as the connection lives.
    pub(crate) async fn hold_node_name(&self, node: &str) -> Result<AnyConnection, StoreError> {
        let mut conn = self.connect_writer().await?;
        let held: i64 = sqlx::query_scalar(
            "select case
                 when pg_try_advisory_lock(hashtextextended('tifli node ' || $1, 0)) then cast(1 as bigint)
                 else cast(0 as bigint)
             end",
        )
        .bind(node)
        .fetch_one(&mut conn)
        .await
        .map_err(|error| StoreError::from_driver("hold_node_name", &error))?;
        if held == 1 {
            Ok(conn)
        } else {
            Err(StoreError::InUse)
        }
    }

    fn pool_options(&self, size: u32) -> AnyPoolOptions {
        AnyPoolOptions::new()
            .max_connections(size)
            .acquire_timeout(PATIENCE)
            .test_before_acquire(self.engine == Engine::Postgres)
    }
}

/// Keeps a second process from opening the same file; released when dropped or when the process ends.
pub(crate) fn lock_file(place: &Place) -> Result<Option<File>, StoreError> {
    let Place::Sqlite(path) = place else {
        return Ok(None);
    };
    let what = "locking the database";
    make_private_file(path).map_err(StoreError::file(what))?;
    let file = File::create(lock_path(path)).map_err(StoreError::file(what))?;
    match file.try_lock() {
        Ok(()) => Ok(Some(file)),
        Err(TryLockError::WouldBlock) => Err(StoreError::InUse),
        Err(TryLockError::Error(error)) => Err(StoreError::file(what)(error)),
    }
}

fn lock_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".lock");
    PathBuf::from(name)
}

async fn prepare(conn: &mut AnyConnection, engine: Engine) -> Result<(), sqlx::Error> {
    if engine == Engine::Sqlite {
        conn.execute(sqlx::raw_sql(SQLITE_PRAGMAS)).await?;
    }
    Ok(())
}

/// Bytes with a meaning in an address are written as `%xx`.
fn sqlite_address(path: &Path, how: &str) -> String {
    let mut address = String::from("sqlite://");
    for &byte in path.as_os_str().as_encoded_bytes() {
        if byte.is_ascii_alphanumeric() || b"/._-".contains(&byte) {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02x}"));
        }
    }
    address.push('?');
    address.push_str(how);
    address
}
