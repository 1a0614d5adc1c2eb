//! Words, states and decisions of the field: what a report, a case, an alert and a tip are, who may
//! do what to them, and what follows.
//!
//! For: every rule that a police officer or a lawyer would recognise. Every decision is a pure
//! function that takes what it needs (`now` included) and returns a value or a named refusal.
//! Not for: storage, HTTP, clocks, randomness, the JSON of the wire. Read [`intake`] and [`case`]
//! first, then [`alert`], [`message`] and [`approval`].

#[macro_use]
mod words;

pub mod actor;
pub mod alarm;
pub mod alert;
pub mod approval;
pub mod area;
pub mod attention;
pub mod bulletin;
pub mod call;
pub mod case;
pub mod cell;
pub mod channel;
pub mod check;
pub mod closing;
pub mod consent;
pub mod delivery;
pub mod difference;
pub mod dpia;
pub mod duty;
pub mod endpoint;
pub mod erasure;
pub mod family;
pub mod figures;
pub mod found;
pub mod gate;
pub mod id;
pub mod intake;
pub mod loudness;
pub mod machine;
pub mod message;
pub mod paper;
pub mod partner;
pub mod permission;
pub mod plate;
pub mod ports;
pub mod publication;
pub mod qualify;
pub mod reader;
pub mod retention;
pub mod risk;
pub mod scrutiny;
pub mod service;
pub mod telegram;
pub mod text;
pub mod tip;
pub mod transfer;
pub mod triage;
pub mod typed;
pub mod unit_report;
pub mod venue;

pub use actor::{Actor, Realm, Role};
pub use machine::Step;
