//! The places to check of a case: built from its answers, given to units, worked through. A result
//! ranks what is left to do and changes nothing else: not the state, the rung or the urgency of the
//! case. Which places the answers name is `tifli_domain::check`.

mod build;
mod count;
mod work;

#[cfg(test)]
mod stories;

pub(crate) use build::{feeds, refresh_in};
pub use work::{CheckResult, PlaceToCheck, UnitPlace};
