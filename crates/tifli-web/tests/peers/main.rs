//! What programs written by others say of the CAP documents and feeds that the house serves over HTTP.
//!
//! `xmllint` and our own checker judge in every run; xmlsec1, capvalidator, jing and feedparser where
//! `TIFLI_PEERS=1` is set, as `cargo xtask test --peers` does after installing them.

mod ask;
#[path = "../http/house.rs"]
#[expect(
    dead_code,
    reason = "the house of the other tests can do more than is asked here"
)]
mod house;
mod own;
