//! The one way to durable data: transactions by name, sealed values, the audit chain.
//!
//! Read in this order: [`Db`] (open, write, read), [`Tx`] (what a write may do), [`Sealed`] and
//! [`AuditedRead`] (how protected values leave), [`audit`] (how reads and acts are remembered).
//! One module per table family sits beside these and is written against [`Tx`] and [`Reads`] only.
//!
//! Not here: decisions (the domain's), permissions and workers (the application's), HTTP, channels.

pub mod audit;
mod backup;
mod blobs;
mod connect;
mod db;
mod dialect;
mod error;
mod house;
mod idempotency;
mod job;
pub mod lease;
mod migrations;
mod opening;
mod query;
mod row;
mod seal;
mod settings;
mod tx;
mod writer;

#[cfg(any(test, feature = "testing"))]
pub mod testing;

#[cfg(test)]
mod stories;

pub use backup::{BackupReport, verify_backup};
pub use blobs::{BlobId, Blobs, Sweep};
pub use db::Db;
pub use dialect::Engine;
pub use error::StoreError;
pub use house::House;
pub use idempotency::{Claim, Idempotency};
pub use opening::{AuditedRead, Opened};
pub use query::{Bind, Select, Statement};
pub use row::{FromColumn, Row};
pub use seal::{DataKey, Keys, MasterKey, Sealed};
pub use settings::{DbSettings, Place};
pub use tx::{ReadTx, Reads, Tx};
