//! Sandbox partners: stand-ins for the services Tifli sends to, for demo, drill and tests.
//!
//! Real sockets, the documented protocol, scripted faults. Each is written from the standard,
//! never from the adapter it checks. Not for live use: a sandbox keeps what it receives in
//! memory and shows it to whoever asks.

pub mod cap;
mod clock;
pub mod faults;
mod http;
pub mod push;
pub mod smtp;
pub mod webhook;

pub use clock::Clock;
