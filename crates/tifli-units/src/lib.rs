//! Distances, durations and points on the Earth, as types.
//!
//! For: every crate that speaks of "how far", "how long" or "where", so that a bare number for a
//! distance does not compile. Not for: geometry (see `tifli-geo`) or anything about a case.

mod distance;
mod position;

pub use distance::{Kilometres, Minutes, Radius, RadiusError, western_digit};
pub use position::{Position, PositionError};
