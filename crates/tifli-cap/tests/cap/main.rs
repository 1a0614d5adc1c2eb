//! The crate as its users see it: what it writes, reads, refuses and publishes.
//!
//! For: `cargo test -p tifli-cap`. Needs `xmllint` (Debian package `libxml2-utils`) for the tests
//! that hold documents against the OASIS schema. Every child in these texts is invented.

mod arbitrary;
mod checker;
mod corpus;
mod feed;
mod hostile;
mod lineage;
mod messages;
mod profiles;
mod reading;
mod refusals;
mod round_trip;
mod rss;
mod samples;
mod schema;
mod verdicts;
mod world;
