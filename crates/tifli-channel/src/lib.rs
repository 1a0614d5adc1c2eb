//! How a message leaves Tifli: one guarded HTTP client and one folder per channel.
//!
//! This crate knows addresses, keys and answers of partners. It does not know the store, the
//! console, or what a case is: it is handed finished bytes and says what became of them.

pub mod cap;
pub mod http;
pub mod mail;
pub mod outcome;
mod said_error;
pub mod smtp;
pub mod web_push;
pub mod webhook;

pub use outcome::{Kind, Outcome};
