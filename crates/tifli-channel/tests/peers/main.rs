//! Our pushes, signatures and letters in the hands of outsiders: `http_ece`, `py-vapid` and
//! `web-push-testing`, the library of Standard Webhooks, dkimpy and aiosmtpd.
//!
//! Run where `TIFLI_PEERS` is 1, with the interpreter that has those in Python in `TIFLI_PEERS_PYTHON`
//! (`python3` otherwise), and those in JavaScript below `TIFLI_PEERS_NODE`; else each test says that it
//! was left out.

mod ask;
mod mail;
mod push;
mod webhook;
