//! The project's tasks: setting up a machine, the demonstration, every check, the generated documents.
//!
//! Not part of the product. Only the standard library is used, so that a fresh clone answers at once.

pub mod bless;
pub mod demo;
pub mod old_browser;
pub mod run;
pub mod setup;
pub mod suite;
pub mod tidy;
pub mod torture;

pub use run::{Done, Failure};
