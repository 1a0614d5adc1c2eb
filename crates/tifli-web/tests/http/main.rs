//! The routers asked over HTTP, without a socket: who may use what, what the public gets, the whole journey by API.

mod access;
mod admin;
mod certificate;
mod family;
mod house;
mod journey;
mod leftover;
mod public;
mod tips;
