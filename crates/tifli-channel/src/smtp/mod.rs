//! E-mail by SMTP (RFC 5321), for letters that say only that something waits.
//!
//! One connection per letter, to the one mail server the operator named; TLS as configured. What
//! became of a letter is a [`Handing`], which tells the worker what to do next. Not for: alerts
//! to subscribers (see `mail`), nor for finding the mail server of a recipient.

mod client;
mod outcome;

pub use client::{Letter, Mailer, MailerError, Security, SmtpSettings};
pub use outcome::Handing;
