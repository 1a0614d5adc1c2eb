//! Webhooks to partners, by Standard Webhooks 1.0.0.
//!
//! One POST of JSON, signed with every secret the partner holds (two while they rotate). The
//! identifier is the same on all attempts, the time is each attempt's own, so a partner that keeps
//! identifiers may be told twice without harm. A redirect is a refusal and never followed. Not
//! here: who is told what, and when a call is repeated: the worker decides that by [`HEAD_SECONDS`].

mod answer;
mod event;
mod secret;
mod sender;

pub use event::{LONGEST_BODY, WebhookEndpoint, WebhookEvent};
pub use secret::{SecretError, WebhookSecret};
pub use sender::{HEAD_SECONDS, PATIENCE, Webhook};

#[cfg(test)]
mod private_address_tests;
