//! A mail server and the mailboxes behind it (RFC 5321, in the part a sender needs).
//!
//! Real sockets, scripted faults per recipient, and a book of what arrived that can be asked over
//! HTTP. It delivers to nobody and speaks no TLS: it listens on loopback.

mod conversation;
mod faults;
mod ledger;
mod questions;
mod server;

pub use faults::MailFault;
pub use ledger::Mail;
pub use server::{MailServer, RunningMail};
