//! A flat sheet around a point that keeps areas true, for cutting one shape with another.
//!
//! For: the share of an area that lies abroad, and the polygons left when a country cuts a circle.
//! Not for: who is inside (see `target`), which is never decided on a flat sheet.
//!
//! Lambert's azimuthal equal-area projection: circles around the centre stay circles and areas
//! stay areas. Units are kilometres, x to the east, y to the north.

use crate::outline::Outline;
use crate::shape::Shape;
use crate::sphere::{EARTH_RADIUS_KM, Vec3, tangents};
use geo::bool_ops::FillRule;
use geo::orient::Direction;
use geo::{BooleanOps, Coord, LineString, MultiPolygon, OpType, Orient};
use tifli_units::Position;

/// Corners of the polygon that stands for a circle. It is drawn around the circle, not in it, so
/// that nothing of the circle is lost; it is at most 0.06 % wider.
const CIRCLE_CORNERS: u32 = 96;
/// Edges of drawn polygons are cut into pieces of at most this angle, in radians (about 30 km).
const LONGEST_PIECE: f64 = 0.005;

/// The sheet: its centre and the directions of its axes.
pub(crate) struct Plane {
    center: Vec3,
    east: Vec3,
    north: Vec3,
}

impl Plane {
    /// The sheet around the middle of a shape.
    pub fn around(shape: &Shape) -> Self {
        let middle = match shape {
            Shape::Circle(c) => c.center(),
            Shape::Polygon(p) => {
                let sum = p.corners().iter().map(|&c| Vec3::of(c)).reduce(Vec3::add);
                sum.expect("a polygon has corners").position()
            }
            Shape::Regions(_) => shape.bounds().middle(),
        };
        Self::at(middle)
    }

    /// The sheet around a place.
    pub fn at(middle: Position) -> Self {
        let (north, east) = tangents(middle);
        Self {
            center: Vec3::of(middle),
            east,
            north,
        }
    }

    /// A shape on the sheet.
    pub fn shape(&self, shape: &Shape) -> MultiPolygon {
        let ring = match shape {
            Shape::Regions(r) => return self.land(&r.dense()),
            Shape::Circle(c) => {
                let angle = c.radius().kilometres().get() / EARTH_RADIUS_KM;
                let radius = 2.0 * EARTH_RADIUS_KM * (angle / 2.0).sin();
                let corner = std::f64::consts::TAU / f64::from(CIRCLE_CORNERS);
                let around = radius / (corner / 2.0).cos();
                (0..CIRCLE_CORNERS)
                    .map(|i| (f64::from(i) * corner).sin_cos())
                    .map(|(y, x)| Coord {
                        x: x * around,
                        y: y * around,
                    })
                    .collect()
            }
            Shape::Polygon(p) => self.great_circles(p.corners()),
        };
        geo::Polygon::new(ring, Vec::new())
            .orient(Direction::Default)
            .into()
    }

    /// Polygons on the sheet as one land, what overlaps or adjoins counted once.
    pub fn land(&self, polygons: &[Vec<Vec<Position>>]) -> MultiPolygon {
        let nothing = MultiPolygon::new(Vec::new());
        self.sheet(polygons)
            .boolean_op_with_fill_rule(&nothing, OpType::Union, FillRule::NonZero)
    }

    /// The part of `shape` that lies in the country.
    pub fn cut(&self, shape: &MultiPolygon, country: &Outline) -> MultiPolygon {
        let land = self.sheet(country.dense());
        // Non-zero, so that overlapping or adjoining polygons of the country count as one land.
        shape.boolean_op_with_fill_rule(&land, OpType::Intersection, FillRule::NonZero)
    }

    fn sheet(&self, polygons: &[Vec<Vec<Position>>]) -> MultiPolygon {
        polygons
            .iter()
            .map(|rings| {
                let mut lines = rings
                    .iter()
                    .map(|r| r.iter().map(|&p| self.flat(p)).collect());
                let outer = lines.next().unwrap_or_else(|| LineString::new(Vec::new()));
                geo::Polygon::new(outer, lines.collect()).orient(Direction::Default)
            })
            .collect()
    }

    /// A place on the sheet.
    pub fn flat(&self, p: Position) -> Coord {
        let place = Vec3::of(p);
        let depth = (1.0 + place.dot(self.center)).max(1e-9);
        let scale = EARTH_RADIUS_KM * (2.0 / depth).sqrt();
        Coord {
            x: place.dot(self.east) * scale,
            y: place.dot(self.north) * scale,
        }
    }

    /// The place of a point of the sheet.
    pub fn globe(&self, at: Coord) -> Position {
        let (x, y) = (at.x / EARTH_RADIUS_KM, at.y / EARTH_RADIUS_KM);
        let squared = x * x + y * y;
        let along = (1.0 - squared / 4.0).max(0.0).sqrt();
        self.center
            .scale(1.0 - squared / 2.0)
            .add(self.east.scale(x * along))
            .add(self.north.scale(y * along))
            .position()
    }

    /// A closed ring of great circles, with enough points between the corners to follow them.
    fn great_circles(&self, corners: &[Position]) -> LineString {
        let mut line = Vec::new();
        for (i, &a) in corners.iter().enumerate() {
            let (a, b) = (Vec3::of(a), Vec3::of(corners[(i + 1) % corners.len()]));
            let apart = a.sub(b);
            let angle = 2.0 * (apart.dot(apart).sqrt() / 2.0).min(1.0).asin();
            let pieces = (angle / LONGEST_PIECE).ceil().max(1.0) as u32;
            for k in 0..pieces {
                let (from_b, from_a) = (
                    f64::from(k) / f64::from(pieces),
                    f64::from(pieces - k) / f64::from(pieces),
                );
                let (wa, wb) = ((from_a * angle).sin(), (from_b * angle).sin());
                line.push(self.flat(a.scale(wa).add(b.scale(wb)).position()));
            }
        }
        LineString::from(line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sphere::{destination, haversine_km, kilometres};
    use geo::Area as _;
    use tifli_units::Radius;

    fn circle(lat: f64, lon: f64, km: f64) -> Shape {
        Shape::circle(Position::new(lat, lon).unwrap(), Radius::new(km).unwrap())
    }

    #[test]
    fn the_sheet_keeps_places_and_areas() {
        for (lat, lon) in [(0.0, 0.0), (33.97, -6.85), (-45.0, 179.99), (89.0, 10.0)] {
            let plane = Plane::around(&circle(lat, lon, 500.0));
            let middle = Position::new(lat, lon).unwrap();
            for bearing in [0.0, 77.0, 180.0, 300.0] {
                let p = destination(middle, bearing, kilometres(800.0));
                assert!(haversine_km(plane.globe(plane.flat(p)), p) < 1e-6);
            }
            let cap = std::f64::consts::TAU
                * EARTH_RADIUS_KM.powi(2)
                * (1.0 - (500.0 / EARTH_RADIUS_KM).cos());
            let drawn = plane.shape(&circle(lat, lon, 500.0)).unsigned_area();
            assert!((1.0..1.0008).contains(&(drawn / cap)), "{drawn} {cap}");
        }
    }
}
