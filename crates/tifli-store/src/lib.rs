//! The one way to durable data: transactions by name, sealed values, the audit chain.
//!
//! Read in this order: [`Db`] (open, write, read), [`Tx`] (what a write may do), [`Sealed`] and
//! [`AuditedRead`] (how protected values leave), [`audit`] (how reads and acts are remembered).
//! One module per table family sits beside these and is written against [`Tx`] and [`Reads`] only.
//!
//! A use case is one write. This one opens a note, once per request, and leaves an audit entry:
//!
//! ```no_run
//! use tifli_store::audit::{Entry, ObjectId};
//! use tifli_store::{Claim, Db, Idempotency, Reads, StoreError, Tx};
//!
//! /// What the use case needs, made before the write: the body may run twice.
//! struct NewNote {
//!     actor: String,
//!     claim: Claim,
//!     id: String,
//!     text_sealed: Vec<u8>,
//! }
//!
//! async fn open_note(db: &Db, actor: &str, claim: Claim, id: &str) -> Result<String, StoreError> {
//!     // The key is durable before its owner's first row.
//!     let key = db.keys().create(id).await?;
//!     let note = NewNote {
//!         actor: actor.to_owned(),
//!         claim,
//!         id: id.to_owned(),
//!         text_sealed: key.seal(&format!("note:text:{id}"), b"seen near the station"),
//!     };
//!     db.write("open_note", note, |tx, note| {
//!         Box::pin(async move {
//!             if let Idempotency::Replay { object_id, .. } = tx.idempotent(&note.claim).await? {
//!                 return Ok(object_id);
//!             }
//!             insert_note(tx, note).await?;
//!             tx.settle(&note.claim, &note.id, 201).await?;
//!             let object = ObjectId::new("note", &note.id);
//!             tx.audit(Entry::new(&note.actor, "note.open", object))?;
//!             Ok(note.id.clone())
//!         })
//!     })
//!     .await
//! }
//!
//! /// A table module's function: `&mut Tx` to change rows.
//! async fn insert_note(tx: &mut Tx, note: &NewNote) -> Result<(), StoreError> {
//!     let now_ms = tx.now_ms();
//!     tx.query(
//!         "insert into note (note_id, text_sealed, opened_ms)
//!          values ($1, $2, $3)",
//!     )
//!     .bind(&note.id)
//!     .bind(&note.text_sealed)
//!     .bind(now_ms)
//!     .run()
//!     .await?;
//!     Ok(())
//! }
//!
//! /// … and `&mut impl Reads` to look at them, in a read or a write.
//! async fn find_opened_ms(tx: &mut impl Reads, id: &str) -> Result<Option<i64>, StoreError> {
//!     let row = tx
//!         .select("select opened_ms from note where note_id = $1")
//!         .bind(id)
//!         .find()
//!         .await?;
//!     row.map(|row| row.get("opened_ms")).transpose()
//! }
//! ```
//!
//! Not here: decisions (the domain's), permissions and workers (the application's), HTTP, channels.

pub mod alert;
pub mod audit;
mod backup;
mod blobs;
pub mod bulletin;
pub mod call;
pub mod case;
pub mod check;
pub mod closing;
mod connect;
pub mod counter;
mod db;
pub mod delivery;
mod dialect;
pub mod dispatch;
pub mod duty;
pub mod endpoint;
pub mod erasure;
mod error;
pub mod family;
pub mod figures;
pub mod found;
pub mod handover;
mod house;
mod idempotency;
pub mod intake;
mod job;
pub mod lease;
pub mod ledger;
pub mod media;
pub mod message;
mod migrations;
mod opening;
pub mod paper;
pub mod paper_report;
pub mod people;
pub mod processing;
pub mod publication;
mod query;
pub mod reader;
mod row;
mod seal;
pub mod service;
mod settings;
pub mod subscriber;
pub mod tip;
pub mod transfer;
pub mod triage;
mod tx;
pub mod unit_report;
pub mod venue;
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
