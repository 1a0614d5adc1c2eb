//! A receiver of webhooks (Standard Webhooks 1.0.0), as a partner's service would run one.
//!
//! It checks the signature by itself over the octets that came, takes each event once, and can be
//! asked over HTTP what it took. Addressees of faults are its endpoints: `/hook` is "main",
//! `/hook/{name}` is that name.

mod ledger;
mod questions;
mod receive;
mod secret;
mod server;
mod verification;

pub use ledger::{Attempt, Event};
pub use secret::{Secret, SecretError};
pub use server::{RunningWebhook, WebhookReceiver, WebhookSettings};
pub use verification::{SecretAge, SignatureCheck};
