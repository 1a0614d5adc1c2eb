//! The adapters against partners on loopback that answer by a script, well or badly.

mod bounce;
mod cap;
mod mail;
mod mail_server;
mod partner;
mod sandbox;
mod webhook;
