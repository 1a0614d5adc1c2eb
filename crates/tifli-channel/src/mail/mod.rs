//! Alerts to subscribers by e-mail: one letter each, in the words and direction of its language.
//!
//! multipart/alternative with the plain text first; a Message-ID that stays the same per message
//! and recipient, so that a repeat can be recognized; threaded by In-Reply-To and References; one
//! click to unsubscribe (RFC 8058) inside the DKIM signature; a token in the envelope sender, so
//! that a bounce names its recipient. Nothing is recalled: a cancel is a second letter in the same
//! thread. Not here: who receives what, and the short letters inside the house (see `smtp`).

pub mod bounce;
mod compose;
mod conversation;
mod dkim;
mod letter;
mod render;
mod reply;
mod sender;

pub use dkim::{DkimError, DkimKey};
pub use letter::{AlertMail, Link, Picture, Words, direction_of, read_address};
pub use sender::{AlertMailer, Composed, MailSettings, MailSetupError, PATIENCE};
