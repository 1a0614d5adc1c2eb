//! The routers asked over HTTP, without a socket: who may use what, what the public gets, the whole journey by API.

mod access;
mod admin;
mod artefacts;
mod certificate;
mod channels;
mod family;
mod house;
mod journey;
mod ledger;
mod leftover;
mod letters;
mod public;
mod regions;
mod tips;
