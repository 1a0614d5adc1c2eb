//! What it takes to open the store. Made by the binary's wiring, or by the test harness.

use std::path::PathBuf;
use std::sync::Arc;

use tifli_domain::Realm;
use tifli_domain::ports::{Clock, Entropy};

use crate::MasterKey;

/// Where the rows live.
#[derive(Debug, Clone)]
pub enum Place {
    /// A SQLite file; its folder must exist.
    Sqlite(PathBuf),
    /// The address of a PostgreSQL database, `postgres://…`.
    Postgres(String),
}

/// Everything [`crate::Db::open`] needs.
pub struct DbSettings {
    /// Where the rows live.
    pub place: Place,
    /// The file of wrapped data keys, outside any data backup.
    pub keys_path: PathBuf,
    /// The folder of sealed blobs; made if absent.
    pub blobs_dir: PathBuf,
    /// Wraps every data key.
    pub master: MasterKey,
    /// Live, drill or demo: fixed when the database is made.
    pub realm: Realm,
    /// The country pack's code: fixed when the database is made.
    pub pack_code: String,
    /// This node's name in the audit chain: one chain, one process.
    pub node: String,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness, for nonces and keys.
    pub entropy: Arc<dyn Entropy>,
}
