//! Signatures as the crate's users see them: made, judged, attacked.
//!
//! For: `cargo test -p tifli-cap --test sign`. What other programs say of our signatures stands in
//! `tests/peers/`. Every child in these texts is invented; every key is made for one run.

mod attacks;
mod certificates;
mod forms;
mod house;
mod others;
mod round_trip;
