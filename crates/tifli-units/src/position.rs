//! A point on the Earth, latitude first, WGS 84 degrees.

use serde::{Deserialize, Serialize};

/// A point: latitude in -90..=90, longitude in -180..=180, degrees, WGS 84.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "(f64, f64)", into = "(f64, f64)")]
pub struct Position {
    lat: f64,
    lon: f64,
}

/// Why a pair of numbers is no position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PositionError {
    /// Not finite numbers.
    #[error("latitude and longitude are not numbers")]
    NotANumber,
    /// Outside the ranges of latitude and longitude.
    #[error("latitude is between -90 and 90, longitude between -180 and 180")]
    OutOfRange,
}

impl Position {
    /// The point at `lat`, `lon` (degrees).
    pub fn new(lat: f64, lon: f64) -> Result<Self, PositionError> {
        if !(lat.is_finite() && lon.is_finite()) {
            return Err(PositionError::NotANumber);
        }
        if !(-90.0..=90.0).contains(&lat) || !(-180.0..=180.0).contains(&lon) {
            return Err(PositionError::OutOfRange);
        }
        Ok(Self { lat, lon })
    }

    /// Latitude, degrees north.
    pub fn lat(self) -> f64 {
        self.lat
    }

    /// Longitude, degrees east.
    pub fn lon(self) -> f64 {
        self.lon
    }

    /// The point with latitude and longitude exchanged, where that is a point at all: what a
    /// person meant who typed them in the other order.
    pub fn swapped(self) -> Option<Self> {
        Self::new(self.lon, self.lat).ok()
    }
}

impl TryFrom<(f64, f64)> for Position {
    type Error = PositionError;
    fn try_from((lat, lon): (f64, f64)) -> Result<Self, PositionError> {
        Self::new(lat, lon)
    }
}

impl From<Position> for (f64, f64) {
    fn from(p: Position) -> (f64, f64) {
        (p.lat, p.lon)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_position_outside_the_globe_is_refused() {
        assert_eq!(Position::new(91.0, 0.0), Err(PositionError::OutOfRange));
        assert_eq!(Position::new(f64::NAN, 0.0), Err(PositionError::NotANumber));
        assert_eq!(
            Position::new(-6.85, 33.97).unwrap().swapped(),
            Position::new(33.97, -6.85).ok()
        );
    }
}
