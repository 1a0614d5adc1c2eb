//! The partners over real sockets: each rule and each scripted fault, as a caller meets it.

mod cap;
mod smtp;
mod support;
mod webhook;
