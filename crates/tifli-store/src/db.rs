//! [`Db`]: opening the store, writing and reading by name, closing.
//!
//! Not a repository: it knows no table. See the crate's note for the order of reading.

use std::fs::File;
use std::sync::Arc;

use futures::future::BoxFuture;
use sqlx::AnyConnection;
use sqlx::AnyPool;
use tifli_domain::ports::{Clock, Entropy};

use crate::connect::{self, Connector};
use crate::job::Write;
use crate::tx::Bare;
use crate::writer::{Lane, PostgresWriter, SqliteWriter, Writer};
use crate::{Blobs, DbSettings, Engine, House, Keys, Place, ReadTx, StoreError, Tx};
use crate::{house, migrations};

/// The open store. Cheap to clone; all clones are one.
#[derive(Clone)]
pub struct Db {
    inner: Arc<Inner>,
}

struct Inner {
    shared: Arc<Shared>,
    writer: Writer,
    readers: AnyPool,
    blobs: Blobs,
    place: Place,
    /// Held until the last clone is gone, so that no other process opens the file.
    _lock: Option<File>,
}

/// What writers and transactions need to know.
pub(crate) struct Shared {
    pub(crate) engine: Engine,
    pub(crate) house: House,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) keys: Keys,
}

impl Shared {
    /// Reads on a writer's own connection, outside any transaction.
    pub(crate) fn bare<'c>(&self, conn: &'c mut AnyConnection, name: &'static str) -> Bare<'c> {
        Bare::new(conn, self.engine, self.clock.now_ms(), name)
    }
}

impl Db {
    /// Opens the store, making or migrating the database.
    ///
    /// Refuses a database of another realm or pack, one made by a newer program, and one that is open elsewhere.
    pub async fn open(settings: DbSettings) -> Result<Self, StoreError> {
        let lock = connect::lock_file(&settings.place)?;
        let connector = Connector::new(&settings.place)?;
        let house = House::new(settings.realm, &settings.pack_code, &settings.node)?;
        let mut conn = connector.connect_writer().await?;
        house::check(&mut conn, connector.engine, &house).await?;
        migrations::run(&mut conn, connector.engine).await?;
        house::settle(&mut conn, &house, settings.clock.now_ms()).await?;
        drop(conn);
        let keys = Keys::open(
            &settings.keys_path,
            &settings.master,
            Arc::clone(&settings.clock),
            Arc::clone(&settings.entropy),
        )
        .await?;
        let blobs = Blobs::open(&settings.blobs_dir, Arc::clone(&settings.entropy)).await?;
        let shared = Arc::new(Shared {
            engine: connector.engine,
            house,
            clock: settings.clock,
            entropy: settings.entropy,
            keys,
        });
        let readers = connector.readers();
        let writer = start_writer(connector, &shared).await?;
        Ok(Self {
            inner: Arc::new(Inner {
                shared,
                writer,
                readers,
                blobs,
                place: settings.place,
                _lock: lock,
            }),
        })
    }

    /// Runs `body` in a write transaction called `name`; returns once it is durable, or rolled back by its `Err`.
    ///
    /// The body may run twice, so it uses only the transaction and its arguments. A caller that goes
    /// away does not stop the write.
    pub async fn write<A, T, E, F>(&self, name: &'static str, args: A, body: F) -> Result<T, E>
    where
        F: for<'t> Fn(&'t mut Tx, &'t A) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
        A: Send + Sync + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.submit(Lane::Normal, name, args, body).await
    }

    /// [`Db::write`] before everything that waits. For ending an alert, and nothing else.
    pub async fn write_urgent<A, T, E, F>(
        &self,
        name: &'static str,
        args: A,
        body: F,
    ) -> Result<T, E>
    where
        F: for<'t> Fn(&'t mut Tx, &'t A) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
        A: Send + Sync + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.submit(Lane::Urgent, name, args, body).await
    }

    /// [`Db::write`] for taking leases: on PostgreSQL the row locks decide (read committed with
    /// `skip locked`), so that workers do not keep undoing each other.
    pub async fn write_claim<A, T, E, F>(
        &self,
        name: &'static str,
        args: A,
        body: F,
    ) -> Result<T, E>
    where
        F: for<'t> Fn(&'t mut Tx, &'t A) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
        A: Send + Sync + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        self.submit(Lane::Claim, name, args, body).await
    }

    /// Runs `body` against one moment of the database.
    pub async fn read<A, T, E, F>(&self, name: &'static str, args: A, body: F) -> Result<T, E>
    where
        F: for<'t> Fn(&'t mut ReadTx, &'t A) -> BoxFuture<'t, Result<T, E>> + Send + Sync,
        E: From<StoreError>,
    {
        let shared = &self.inner.shared;
        let begun = self
            .inner
            .readers
            .begin_with(shared.engine.begin_read())
            .await;
        let begun = begun.map_err(|error| E::from(StoreError::from_driver(name, &error)))?;
        let mut tx = ReadTx::new(begun, shared, name);
        let result = body(&mut tx, &args).await?;
        tx.end().await?;
        Ok(result)
    }

    /// The engine underneath.
    pub fn engine(&self) -> Engine {
        self.inner.shared.engine
    }

    /// Realm, pack and node.
    pub fn house(&self) -> &House {
        &self.inner.shared.house
    }

    /// The data keys.
    pub fn keys(&self) -> &Keys {
        &self.inner.shared.keys
    }

    /// The sealed blobs.
    pub fn blobs(&self) -> &Blobs {
        &self.inner.blobs
    }

    /// Refuses new writes, waits for those under way, closes every connection.
    pub async fn close(&self) {
        self.inner.writer.close().await;
        self.inner.readers.close().await;
        self.inner.shared.keys.close().await;
    }

    pub(crate) fn place(&self) -> &Place {
        &self.inner.place
    }

    pub(crate) fn now_ms(&self) -> i64 {
        self.inner.shared.clock.now_ms()
    }

    async fn submit<A, T, E, F>(
        &self,
        lane: Lane,
        name: &'static str,
        args: A,
        body: F,
    ) -> Result<T, E>
    where
        F: for<'t> Fn(&'t mut Tx, &'t A) -> BoxFuture<'t, Result<T, E>> + Send + Sync + 'static,
        A: Send + Sync + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        let (write, answer) = Write::new(name, args, body);
        self.inner.writer.submit(Box::new(write), lane).await?;
        match answer.await {
            Ok(result) => result,
            Err(_) => Err(StoreError::NotDurable {
                code: "writer ended".into(),
            }
            .into()),
        }
    }
}

async fn start_writer(connector: Connector, shared: &Arc<Shared>) -> Result<Writer, StoreError> {
    let shared = Arc::clone(shared);
    Ok(match connector.engine {
        Engine::Sqlite => Writer::Sqlite(SqliteWriter::start(connector, shared).await?),
        Engine::Postgres => Writer::Postgres(PostgresWriter::start(connector, shared).await?),
    })
}
