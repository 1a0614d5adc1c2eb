//! A push service and the phones behind it (RFC 8030, 8188, 8291, 8292).
//!
//! Every invented subscriber is a number; keys and address follow from a seed, so that any
//! number of phones can open what they get without a table of keys.

mod decryption;
mod identity;
mod keys;
mod ledger;
mod questions;
mod receive;
mod server;
mod sleepers;
mod texts;

pub use decryption::{OpenError, open};
pub use identity::{IdentityError, VapidCheck};
pub use keys::{BrowserKeys, BrowserSubscription, SubscriberKeys};
pub use server::{PushService, PushSettings, Running, StartError};
