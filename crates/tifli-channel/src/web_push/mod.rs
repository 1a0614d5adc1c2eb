//! Web Push: RFC 8030 requests, RFC 8291 encryption, RFC 8292 identification.
//!
//! Accepted means that the push service queued the message, never that anyone saw it. A blind
//! repeat is harmless (same Topic, same tag on the phone). Not here: who receives what.

mod answer;
mod encryption;
mod request;
mod sender;
mod subscription;
mod vapid;

pub use crate::outcome::Outcome;
pub use encryption::{EncryptError, LONGEST_PAYLOAD, encrypt};
pub use request::{PushRequest, RequestError, Urgency};
pub use sender::WebPush;
pub use subscription::{Subscription, SubscriptionError};
pub use vapid::{Vapid, VapidError};
