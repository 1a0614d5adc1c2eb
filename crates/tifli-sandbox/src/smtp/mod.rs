//! A mail server and the mailboxes behind it (RFC 5321, in the part a sender needs).
//!
//! Real sockets, scripted faults per recipient, rules of the house (size, extensions, greylisting),
//! bounces (RFC 3464) for whoever tests their reading, and a book of what arrived that can be asked
//! over HTTP. It delivers to nobody and speaks no TLS: it listens on loopback.

mod bounce;
mod conversation;
pub mod dkim;
mod greylist;
mod ledger;
mod questions;
mod reply;
mod rules;
mod server;
mod wire;

pub use bounce::{Bounce, BounceError};
pub use ledger::Mail;
pub use rules::MailRules;
pub use server::{MailServer, RunningMail};
