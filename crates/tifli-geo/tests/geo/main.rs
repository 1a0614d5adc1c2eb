//! The crate from outside: its public functions against independent formulas and fixed texts.

mod common;
mod frozen;
mod inside;
mod partners;
mod regions;
