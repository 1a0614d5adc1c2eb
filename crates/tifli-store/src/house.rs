//! The database's own identity: realm and pack, fixed when it is made.
//!
//! A drill database never serves live, and a file carried to another country's server is refused.

use sqlx::AnyConnection;
use sqlx::Row as _;
use tifli_domain::Realm;

use crate::{Engine, StoreError};

/// Whose database this is, and as which node it is open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct House {
    /// Live, drill or demo.
    pub realm: Realm,
    /// The country pack's code.
    pub pack_code: String,
    /// This node's name in the audit chain.
    pub node: String,
}

impl House {
    pub(crate) fn new(realm: Realm, pack_code: &str, node: &str) -> Result<Self, StoreError> {
        let word = |text: &str| {
            let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
            !text.is_empty() && text.bytes().all(plain)
        };
        if !word(pack_code) || !word(node) {
            return Err(StoreError::WrongHouse(
                "pack and node are words of letters, digits, '-', '_' and '.'".into(),
            ));
        }
        Ok(Self {
            realm,
            pack_code: pack_code.to_owned(),
            node: node.to_owned(),
        })
    }
}

/// Refuses a database that is somebody else's, before anything in it is touched. A new one passes.
pub(crate) async fn check(
    conn: &mut AnyConnection,
    engine: Engine,
    house: &House,
) -> Result<(), StoreError> {
    let exists = match engine {
        Engine::Sqlite => {
            "select count(*) as n from sqlite_master where type = 'table' and name = 'house'"
        }
        Engine::Postgres => {
            "select count(*) as n from pg_tables
             where schemaname = current_schema() and tablename = 'house'"
        }
    };
    let count = sqlx::query(exists).fetch_one(&mut *conn).await;
    let count: i64 = count.and_then(|row| row.try_get("n")).map_err(driver)?;
    if count == 0 {
        return Ok(());
    }
    let row = sqlx::query("select realm, pack from house")
        .fetch_optional(conn)
        .await
        .map_err(driver)?;
    let Some(row) = row else { return Ok(()) };
    let realm: String = row.try_get("realm").map_err(driver)?;
    let pack: String = row.try_get("pack").map_err(driver)?;
    compare("realm", &realm, house.realm.as_str())?;
    compare("pack", &pack, &house.pack_code)
}

/// Writes the identity into a new database; an existing one is left alone.
pub(crate) async fn settle(
    conn: &mut AnyConnection,
    house: &House,
    now_ms: i64,
) -> Result<(), StoreError> {
    sqlx::query(
        "/* settle_house */
         insert into house (only_row, realm, pack, created_ms)
         values (1, $1, $2, $3)
         on conflict (only_row) do nothing",
    )
    .bind(house.realm.as_str())
    .bind(house.pack_code.as_str())
    .bind(now_ms)
    .execute(&mut *conn)
    .await
    .map_err(driver)?;
    // Two nodes may have met an empty database at once: whoever came second checks again.
    let row = sqlx::query("select realm, pack from house")
        .fetch_one(conn)
        .await
        .map_err(driver)?;
    let realm: String = row.try_get("realm").map_err(driver)?;
    let pack: String = row.try_get("pack").map_err(driver)?;
    compare("realm", &realm, house.realm.as_str())?;
    compare("pack", &pack, &house.pack_code)
}

fn compare(what: &str, found: &str, wanted: &str) -> Result<(), StoreError> {
    if found == wanted {
        return Ok(());
    }
    Err(StoreError::WrongHouse(format!(
        "its {what} is {found}, this program runs {wanted}"
    )))
}

fn driver(error: sqlx::Error) -> StoreError {
    StoreError::from_driver("house", &error)
}
