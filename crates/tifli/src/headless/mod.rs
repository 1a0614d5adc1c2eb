//! `tifli demo --headless`: a program that knows only addresses and logins lives a whole case over
//! HTTP, from the report to the erasure, and checks each promise on the way.
//!
//! [`story`] is the order of events, [`steps`] what is done and checked in each. One JSON line a
//! step, totals last. A broken promise makes the exit code fail; a slow step does not.

mod client;
mod hostile;
mod partner;
mod recount;
mod report;
mod steps;
mod story;
mod vault;
mod world;

use client::ensure;
pub use story::live;
