//! A partner's intake of alerts: CAP 1.2 over HTTPS, as national gateways take it.
//!
//! `POST /cap` with a Bearer token takes `application/cap+xml` and nothing else; `GET
//! /cap/{identifier}` reads back the octets that were kept. It reads and judges the XML by its own
//! tables, keeps every message by identifier, sender and time, and knows which alerts it would show
//! now. It verifies no signature: it keeps the octets so that a test can. Addressees of faults are
//! identifiers; reading back has a script of its own.

mod geometry;
mod grammar;
mod message;
mod questions;
mod receive;
mod server;
mod shelf;

pub use message::{Info, Message, MsgType, Reference, Scope, Status};
pub use server::{Audience, CapIntake, CapSettings, RunningCap};
