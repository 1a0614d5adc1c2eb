//! The audit chain: who did or read what, when, over ids, counts and codes only.
//!
//! An entry is written by the transaction of its act ([`crate::Tx::audit`]) or by the read that
//! opens protected values ([`crate::Db::open_sealed`]). Each node has one chain; every entry's hash
//! covers the one before it, so that it still verifies after an erasure. Not a log for debugging.

mod chain;
mod entry;
mod records;

pub use chain::{ChainHead, ChainReport, Record, verify_ndjson, verify_records};
pub use entry::{Detail, Entry, ObjectId};
pub use records::{count, export_ndjson, heads, list, page, verify};

pub(crate) use chain::hex;
pub(crate) use records::{append, head_of};
