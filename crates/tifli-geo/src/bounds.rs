//! A box of latitude and longitude.
//!
//! For: what a map shows. Not for: deciding who is inside of anything, and not for boxes across the
//! antimeridian.

use crate::sphere::EARTH_RADIUS_KM;
use tifli_units::{Kilometres, Position};

/// A box in degrees; south to north, west to east.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bounds {
    /// The lowest latitude.
    pub south: f64,
    /// The lowest longitude.
    pub west: f64,
    /// The highest latitude.
    pub north: f64,
    /// The highest longitude.
    pub east: f64,
}

impl Bounds {
    /// The smallest box around some points; `None` for no points.
    pub fn of(points: impl IntoIterator<Item = Position>) -> Option<Self> {
        points.into_iter().fold(None, |bounds: Option<Self>, p| {
            let point = Self {
                south: p.lat(),
                west: p.lon(),
                north: p.lat(),
                east: p.lon(),
            };
            Some(bounds.map_or(point, |b| b.union(point)))
        })
    }

    /// The smallest box around a circle, cut off at the poles and at the antimeridian.
    pub fn of_circle(center: Position, radius: Kilometres) -> Self {
        let angle = radius.get() / EARTH_RADIUS_KM;
        let lat = angle.to_degrees();
        let reach = angle.sin() / center.lat().to_radians().cos();
        let lon = if reach < 1.0 {
            reach.asin().to_degrees()
        } else {
            180.0
        };
        Self {
            south: (center.lat() - lat).max(-90.0),
            west: (center.lon() - lon).max(-180.0),
            north: (center.lat() + lat).min(90.0),
            east: (center.lon() + lon).min(180.0),
        }
    }

    /// The smallest box around two boxes.
    pub fn union(self, other: Self) -> Self {
        Self {
            south: self.south.min(other.south),
            west: self.west.min(other.west),
            north: self.north.max(other.north),
            east: self.east.max(other.east),
        }
    }

    /// The middle of the box.
    pub fn middle(self) -> Position {
        let (lat, lon) = (
            f64::midpoint(self.south, self.north),
            f64::midpoint(self.west, self.east),
        );
        Position::new(lat, lon).expect("between two points of the globe")
    }

    /// The box with this share of its width and height added on each side.
    pub fn padded(self, share: f64) -> Self {
        let (lat, lon) = (
            (self.north - self.south) * share,
            (self.east - self.west) * share,
        );
        Self {
            south: (self.south - lat).max(-90.0),
            west: (self.west - lon).max(-180.0),
            north: (self.north + lat).min(90.0),
            east: (self.east + lon).min(180.0),
        }
    }

    /// Whether a point is in the box, border included.
    pub fn contains(self, p: Position) -> bool {
        (self.south..=self.north).contains(&p.lat()) && (self.west..=self.east).contains(&p.lon())
    }
}
