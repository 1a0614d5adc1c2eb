//! The store's promises, told as stories on both engines.

mod alerts;
mod audits;
mod backups;
mod blobs;
mod cases;
mod deliveries;
mod duties;
mod erasures;
mod failures;
mod handovers;
mod houses;
mod idempotency;
mod keys;
mod leases;
mod line;
mod notes;
mod outboxes;
mod papers;
mod parity;
mod people;
mod photos;
mod publications;
mod subscribers;
mod tips;
mod transfers;
mod writes;
