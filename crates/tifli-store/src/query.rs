//! A statement on its way to the engine: bind in order, then `run`, `find`, `get` or `list`.
//!
//! Thin on purpose. It exists so that failures are sorted in one place and a write that drops one
//! is noticed; it builds no SQL.

use sqlx::any::AnyArguments;
use sqlx::{Any, AnyConnection, AssertSqlSafe};

use crate::{Engine, Row, StoreError};

pub(crate) type AnyQuery = sqlx::query::Query<'static, Any, AnyArguments>;

/// Which transaction a statement runs in, and whether one before it failed.
pub(crate) struct Watch {
    pub(crate) name: &'static str,
    pub(crate) engine: Engine,
    pub(crate) failed: Option<StoreError>,
}

impl Watch {
    pub(crate) fn new(name: &'static str, engine: Engine) -> Self {
        Self {
            name,
            engine,
            failed: None,
        }
    }

    fn note(&mut self, error: &sqlx::Error) -> StoreError {
        let sorted = StoreError::from_driver(self.name, error);
        if self.failed.is_none() {
            self.failed = Some(sorted.clone());
        }
        sorted
    }
}

/// A statement that may change rows. Made by [`crate::Tx::query`].
#[must_use = "a statement does nothing until it is run"]
pub struct Statement<'t> {
    conn: &'t mut AnyConnection,
    watch: &'t mut Watch,
    inner: AnyQuery,
}

impl<'t> Statement<'t> {
    pub(crate) fn new(conn: &'t mut AnyConnection, watch: &'t mut Watch, sql: &str) -> Self {
        let text = watch.engine.render(watch.name, sql);
        Self {
            conn,
            watch,
            inner: sqlx::query(AssertSqlSafe(text)),
        }
    }

    /// Binds the next `$n`.
    pub fn bind(mut self, value: impl Bind) -> Self {
        self.inner = value.onto(self.inner);
        self
    }

    /// Runs it and returns how many rows it changed.
    pub async fn run(self) -> Result<u64, StoreError> {
        check(self.watch)?;
        match self.inner.execute(self.conn).await {
            Ok(done) => Ok(done.rows_affected()),
            Err(error) => Err(self.watch.note(&error)),
        }
    }

    /// The first row, if there is one.
    pub async fn find(self) -> Result<Option<Row>, StoreError> {
        check(self.watch)?;
        match self.inner.fetch_optional(self.conn).await {
            Ok(row) => Ok(row.map(Row::new)),
            Err(error) => Err(self.watch.note(&error)),
        }
    }

    /// The first row, which must exist ([`StoreError::NotFound`] otherwise; the write may go on).
    pub async fn get(self) -> Result<Row, StoreError> {
        let write = self.watch.name;
        self.find().await?.ok_or(StoreError::NotFound { write })
    }

    /// All rows.
    pub async fn list(self) -> Result<Vec<Row>, StoreError> {
        check(self.watch)?;
        match self.inner.fetch_all(self.conn).await {
            Ok(rows) => Ok(rows.into_iter().map(Row::new).collect()),
            Err(error) => Err(self.watch.note(&error)),
        }
    }
}

/// A statement that only reads. Made by [`crate::Reads::select`].
#[must_use = "a statement does nothing until it is run"]
pub struct Select<'t>(pub(crate) Statement<'t>);

impl Select<'_> {
    /// Binds the next `$n`.
    pub fn bind(self, value: impl Bind) -> Self {
        Self(self.0.bind(value))
    }

    /// The first row, if there is one.
    pub async fn find(self) -> Result<Option<Row>, StoreError> {
        self.0.find().await
    }

    /// The first row, which must exist.
    pub async fn get(self) -> Result<Row, StoreError> {
        self.0.get().await
    }

    /// All rows.
    pub async fn list(self) -> Result<Vec<Row>, StoreError> {
        self.0.list().await
    }
}

/// PostgreSQL refuses everything after a failure; SQLite would go on. Both refuse here.
fn check(watch: &Watch) -> Result<(), StoreError> {
    match &watch.failed {
        None => Ok(()),
        Some(_) => Err(StoreError::Swallowed { write: watch.name }),
    }
}

/// A value both engines take: whole numbers, reals, text, bytes, booleans (as 0 and 1), and `Option` of them.
pub trait Bind {
    /// Adds itself as the next parameter.
    #[doc(hidden)]
    fn onto(self, query: AnyQuery) -> AnyQuery;
}

macro_rules! bind_as {
    ($stored:ty: $($given:ty => |$value:ident| $made:expr),+ $(,)?) => {$(
        impl Bind for $given {
            fn onto(self, query: AnyQuery) -> AnyQuery {
                let $value = self;
                let stored: $stored = $made;
                query.bind(stored)
            }
        }

        impl Bind for Option<$given> {
            fn onto(self, query: AnyQuery) -> AnyQuery {
                let stored: Option<$stored> = self.map(|$value| $made);
                query.bind(stored)
            }
        }
    )+};
}

bind_as!(i64:
    i64 => |value| value,
    i32 => |value| i64::from(value),
    u32 => |value| i64::from(value),
    u16 => |value| i64::from(value),
    u8 => |value| i64::from(value),
    bool => |value| i64::from(value),
);
bind_as!(f64: f64 => |value| value);
bind_as!(String:
    String => |value| value,
    &String => |value| value.clone(),
    &str => |value| value.to_owned(),
);
bind_as!(Vec<u8>:
    Vec<u8> => |value| value,
    &Vec<u8> => |value| value.clone(),
    &[u8] => |value| value.to_vec(),
    [u8; 16] => |value| value.to_vec(),
    &[u8; 16] => |value| value.to_vec(),
    [u8; 32] => |value| value.to_vec(),
    &[u8; 32] => |value| value.to_vec(),
);
