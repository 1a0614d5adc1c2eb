//! The store's promises, told as stories on both engines.

mod audits;
mod backups;
mod blobs;
mod erasures;
mod failures;
mod houses;
mod idempotency;
mod keys;
mod leases;
mod notes;
mod parity;
mod tips;
mod writes;
