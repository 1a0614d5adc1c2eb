//! One edge of a polygon: the shorter great circle between two places.
//!
//! For: how far a point is from an edge, exactly, and finding near edges fast in a spatial index.
//! Not for: inside or outside (see `region`).

use crate::sphere::Vec3;
use rstar::{AABB, PointDistance, RTreeObject};

/// A great-circle arc of less than half a turn, as unit vectors.
#[derive(Debug, Clone)]
pub(crate) struct Arc {
    a: Vec3,
    b: Vec3,
    normal: Vec3,
}

impl Arc {
    pub fn new(a: Vec3, b: Vec3) -> Self {
        Self {
            a,
            b,
            normal: a.normal(b),
        }
    }

    /// The squared chord, on the unit sphere, from `p` to the nearest point of the arc.
    pub fn chord_squared_to(&self, p: Vec3) -> f64 {
        let size = self.normal.dot(self.normal);
        let beside = size > 0.0
            && self.normal.cross(self.a).dot(p) >= 0.0
            && self.b.cross(self.normal).dot(p) >= 0.0;
        if beside {
            // sin^2 of the angle to the great circle; 2 (1 - cos) without cancellation.
            let off = self.normal.dot(p);
            let sin2 = (off * off / size).min(1.0);
            return 2.0 * sin2 / (1.0 + (1.0 - sin2).sqrt());
        }
        let (to_a, to_b) = (p.sub(self.a), p.sub(self.b));
        to_a.dot(to_a).min(to_b.dot(to_b))
    }
}

impl RTreeObject for Arc {
    type Envelope = AABB<[f64; 3]>;

    /// The box of both ends, widened by how far the arc rises above its chord.
    fn envelope(&self) -> Self::Envelope {
        let chord = self.a.sub(self.b);
        let quarter = (chord.dot(chord) / 4.0).min(1.0);
        let rise = quarter / (1.0 + (1.0 - quarter).sqrt()) + 1e-12;
        let (mut low, mut high) = (self.a.0, self.a.0);
        for axis in 0..3 {
            low[axis] = self.a.0[axis].min(self.b.0[axis]) - rise;
            high[axis] = self.a.0[axis].max(self.b.0[axis]) + rise;
        }
        AABB::from_corners(low, high)
    }
}

impl PointDistance for Arc {
    fn distance_2(&self, point: &[f64; 3]) -> f64 {
        self.chord_squared_to(Vec3(*point))
    }
}
