//! The sphere everything is measured on, and the unit vectors it is measured with.
//!
//! For: distances and points at a distance. Not for: the ellipsoid; the difference, at most 0.56 %
//! of a distance, is far below what "about 160 km" means.

use tifli_units::{Kilometres, Position};

/// Mean radius of the Earth in kilometres (IUGG R1, from GRS 80).
pub const EARTH_RADIUS_KM: f64 = 6371.0088;

/// The great-circle distance between two points, by the haversine formula.
pub fn distance(a: Position, b: Position) -> Kilometres {
    kilometres(haversine_km(a, b))
}

/// The point `along` kilometres from `from` on the great circle that leaves it at `bearing`
/// degrees, clockwise from north.
pub fn destination(from: Position, bearing: f64, along: Kilometres) -> Position {
    let (north, east) = tangents(from);
    let (turn, angle) = (bearing.to_radians(), along.get() / EARTH_RADIUS_KM);
    let heading = north.scale(turn.cos()).add(east.scale(turn.sin()));
    Vec3::of(from)
        .scale(angle.cos())
        .add(heading.scale(angle.sin()))
        .position()
}

/// The same distance as a bare number, for inner loops.
pub(crate) fn haversine_km(a: Position, b: Position) -> f64 {
    let (lat_a, lat_b) = (a.lat().to_radians(), b.lat().to_radians());
    let lat = ((lat_b - lat_a) / 2.0).sin();
    let lon = ((b.lon() - a.lon()).to_radians() / 2.0).sin();
    let h = lat * lat + lat_a.cos() * lat_b.cos() * lon * lon;
    2.0 * EARTH_RADIUS_KM * h.clamp(0.0, 1.0).sqrt().asin()
}

/// Wraps a computed distance.
pub(crate) fn kilometres(km: f64) -> Kilometres {
    Kilometres::new(km).expect("a distance on the sphere is finite and not negative")
}

/// The squared straight-line distance, on the unit sphere, of two points `km` apart.
pub(crate) fn chord_squared(km: f64) -> f64 {
    let half = (km / (2.0 * EARTH_RADIUS_KM)).min(std::f64::consts::FRAC_PI_2);
    4.0 * half.sin() * half.sin()
}

/// The great-circle distance, in kilometres, of two points with this squared chord.
pub(crate) fn km_of_chord_squared(squared: f64) -> f64 {
    2.0 * EARTH_RADIUS_KM * (squared.max(0.0).sqrt() / 2.0).min(1.0).asin()
}

/// The unit vectors north and east at a point.
pub(crate) fn tangents(at: Position) -> (Vec3, Vec3) {
    let (sin_lat, cos_lat) = at.lat().to_radians().sin_cos();
    let (sin_lon, cos_lon) = at.lon().to_radians().sin_cos();
    let north = Vec3([-sin_lat * cos_lon, -sin_lat * sin_lon, cos_lat]);
    (north, Vec3([-sin_lon, cos_lon, 0.0]))
}

/// A vector in space; of unit length where it stands for a place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Vec3(pub [f64; 3]);

impl Vec3 {
    /// The unit vector of a place.
    pub fn of(p: Position) -> Self {
        let (sin_lat, cos_lat) = p.lat().to_radians().sin_cos();
        let (sin_lon, cos_lon) = p.lon().to_radians().sin_cos();
        Self([cos_lat * cos_lon, cos_lat * sin_lon, sin_lat])
    }

    /// The place a vector points to.
    pub fn position(self) -> Position {
        let [x, y, z] = self.0;
        let lat = z.atan2(x.hypot(y)).to_degrees().clamp(-90.0, 90.0);
        let lon = y.atan2(x).to_degrees().clamp(-180.0, 180.0);
        Position::new(lat, lon).expect("angles of a finite vector are in range")
    }

    pub fn dot(self, o: Self) -> f64 {
        self.0[0] * o.0[0] + self.0[1] * o.0[1] + self.0[2] * o.0[2]
    }

    pub fn cross(self, o: Self) -> Self {
        let ([a, b, c], [d, e, f]) = (self.0, o.0);
        Self([b * f - c * e, c * d - a * f, a * e - b * d])
    }

    pub fn add(self, o: Self) -> Self {
        Self([self.0[0] + o.0[0], self.0[1] + o.0[1], self.0[2] + o.0[2]])
    }

    pub fn sub(self, o: Self) -> Self {
        self.add(o.scale(-1.0))
    }

    pub fn scale(self, by: f64) -> Self {
        Self(self.0.map(|v| v * by))
    }

    /// The normal of the great circle through two places, so computed that neighbours a metre
    /// apart keep their direction: (a - b) x (a + b) = 2 (a x b).
    pub fn normal(self, b: Self) -> Self {
        self.sub(b).cross(self.add(b)).scale(0.5)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use expect_test::expect;

    fn at(lat: f64, lon: f64) -> Position {
        Position::new(lat, lon).unwrap()
    }

    #[test]
    fn distances_agree_with_worked_values() {
        let lines: Vec<String> = [
            ("a degree of the equator", at(0.0, 0.0), at(0.0, 1.0)),
            ("a quarter of a meridian", at(0.0, 7.0), at(90.0, 7.0)),
            ("antipodes", at(30.0, 10.0), at(-30.0, -170.0)),
            ("across the antimeridian", at(0.0, 179.5), at(0.0, -179.5)),
            ("one metre or so", at(33.97, -6.85), at(33.97001, -6.85)),
            ("nothing", at(33.97, -6.85), at(33.97, -6.85)),
        ]
        .into_iter()
        .map(|(name, a, b)| format!("{name}: {:.6}", distance(a, b).get()))
        .collect();
        expect![[r#"
            a degree of the equator: 111.195080
            a quarter of a meridian: 10007.557221
            antipodes: 20015.114442
            across the antimeridian: 111.195080
            one metre or so: 0.001112
            nothing: 0.000000"#]]
        .assert_eq(&lines.join("\n"));
    }

    #[test]
    fn a_destination_lies_at_its_distance() {
        for bearing in 0..36 {
            let from = at(-12.5, 179.9);
            let there = destination(from, f64::from(bearing) * 10.0, kilometres(250.0));
            assert!((distance(from, there).get() - 250.0).abs() < 1e-6);
        }
    }
}
