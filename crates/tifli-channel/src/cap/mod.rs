//! CAP messages to a partner over HTTPS: the signed bytes as they are, nothing added.
//!
//! The standard names no transport, so this is the plain form most alert gateways take: POST of
//! `application/cap+xml` to the partner's address. Identifier, sender and sent make a message
//! recognizable, so a partner that answers 409 "I have this one" has it, unless it shows another.
//!
//! **Reading back** is our own convention, told to partners with their address: GET of the address,
//! a slash and the message's identifier (percent-encoded) gives the message, or 404. A partner that
//! does not keep it leaves an unknown unknown. Not here: writing or reading CAP, who is a partner.

mod answer;
mod held;
mod partner;

pub use partner::{CapEndpoint, CapPartner, PATIENCE};
