//! From latitude and longitude to pixels.
//!
//! For: overview maps of a country or a part of it. Not for: the poles or the antimeridian.

use crate::bounds::Bounds;
use tifli_units::Position;

/// Degrees east count less the farther from the equator; below this they no longer shrink.
const SMALLEST_COSINE: f64 = 0.05;
/// A box smaller than this many degrees is widened to it (about a kilometre).
const SMALLEST_SPAN: f64 = 0.01;

/// An equirectangular projection, true to scale at the middle latitude of its box, that fits the
/// box into a view of so many pixels.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Projection {
    west: f64,
    north: f64,
    per_lon: f64,
    per_lat: f64,
    width: f64,
    height: f64,
}

impl Projection {
    /// Fits `bounds` into at most `width` by `height` pixels; the view takes the box's proportions.
    pub fn fit(bounds: Bounds, width: u32, height: u32) -> Self {
        let cosine = ((bounds.south + bounds.north) / 2.0)
            .to_radians()
            .cos()
            .max(SMALLEST_COSINE);
        let lat_span = (bounds.north - bounds.south).max(SMALLEST_SPAN);
        let lon_span = (bounds.east - bounds.west).max(SMALLEST_SPAN);
        let scale = (f64::from(width) / (lon_span * cosine)).min(f64::from(height) / lat_span);
        Self {
            west: (bounds.west + bounds.east - lon_span) / 2.0,
            north: (bounds.south + bounds.north + lat_span) / 2.0,
            per_lon: scale * cosine,
            per_lat: scale,
            width: (lon_span * cosine * scale).round().max(1.0),
            height: (lat_span * scale).round().max(1.0),
        }
    }

    /// The pixel of a place: x to the right, y down from the upper left corner.
    pub fn pixel(&self, p: Position) -> (f64, f64) {
        (
            (p.lon() - self.west) * self.per_lon,
            (self.north - p.lat()) * self.per_lat,
        )
    }

    /// The width of the view in pixels.
    pub fn width(&self) -> f64 {
        self.width
    }

    /// The height of the view in pixels.
    pub fn height(&self) -> f64 {
        self.height
    }

    /// Whether a pixel lies in the view.
    pub fn shows(&self, (x, y): (f64, f64)) -> bool {
        (0.0..=self.width).contains(&x) && (0.0..=self.height).contains(&y)
    }
}
