//! Invented countries and a second, independent way to compute what the crate computes.
//!
//! For: the tests beside this folder. Not for: being right in a hurry; the formulas here are the
//! textbook ones (bearings, cross-track, chords), chosen because the crate uses others.
use std::f64::consts::{PI, TAU};
use tifli_geo::{EARTH_RADIUS_KM, Outline};
use tifli_units::{Position, Radius};

pub fn at(lat: f64, lon: f64) -> Position {
    Position::new(lat, lon).unwrap()
}

pub fn km(value: f64) -> Radius {
    Radius::new(value).unwrap()
}

/// Rahalia, an invented country of two regions with a common border, a lake and an island:
/// latitudes 30 to 34, longitudes -8 to -2, split at longitude -5.
pub fn rahalia() -> Outline {
    Outline::from_geojson(&format!(
        r#"{{"type":"FeatureCollection","features":[{},{}]}}"#,
        WEST, EAST
    ))
    .unwrap()
}

pub const WEST: &str = r#"{"type":"Feature","properties":{"code":"W"},"geometry":{"type":"Polygon",
  "coordinates":[[[-8,30],[-5,30],[-5,31.3],[-4.9,32],[-5,34],[-8,34],[-8,30]],
                 [[-7,31],[-7,32],[-6,32],[-6,31],[-7,31]]]}}"#;
pub const EAST: &str = r#"{"type":"Feature","properties":{"code":"E"},"geometry":{"type":"MultiPolygon",
  "coordinates":[[[[-5,30],[-2,30],[-2,34],[-5,34],[-4.9,32],[-5,31.3],[-5,30]]],
                 [[[-1,31],[-0.5,31],[-0.5,31.5],[-1,31.5],[-1,31]]]]}}"#;

fn vector(p: Position) -> [f64; 3] {
    let (lat, lon) = (p.lat().to_radians(), p.lon().to_radians());
    [lat.cos() * lon.cos(), lat.cos() * lon.sin(), lat.sin()]
}

/// Distance by the straight line through the Earth.
pub fn chord_distance(a: Position, b: Position) -> f64 {
    let (a, b) = (vector(a), vector(b));
    let chord: f64 = (0..3).map(|i| (a[i] - b[i]).powi(2)).sum::<f64>().sqrt();
    2.0 * EARTH_RADIUS_KM * (chord / 2.0).min(1.0).asin()
}

/// Initial bearing in radians.
pub fn bearing(from: Position, to: Position) -> f64 {
    let (a, b) = (from.lat().to_radians(), to.lat().to_radians());
    let lon = (to.lon() - from.lon()).to_radians();
    (lon.sin() * b.cos()).atan2(a.cos() * b.sin() - a.sin() * b.cos() * lon.cos())
}

/// Distance to an edge by the cross-track and along-track formulas.
pub fn edge_distance(p: Position, a: Position, b: Position) -> f64 {
    let to_p = chord_distance(a, p) / EARTH_RADIUS_KM;
    let length = chord_distance(a, b) / EARTH_RADIUS_KM;
    let turn = bearing(a, p) - bearing(a, b);
    let cross = (to_p.sin() * turn.sin()).asin();
    let along = (to_p.sin() * turn.cos()).atan2(to_p.cos());
    if (0.0..=length).contains(&along) {
        cross.abs() * EARTH_RADIUS_KM
    } else {
        chord_distance(p, a).min(chord_distance(p, b))
    }
}

/// Inside by turning around: the bearings to the corners make a full turn around a point inside.
pub fn turns_around(p: Position, corners: &[Position]) -> bool {
    let mut total = 0.0;
    for (i, &a) in corners.iter().enumerate() {
        let b = corners[(i + 1) % corners.len()];
        let mut turn = bearing(p, b) - bearing(p, a);
        while turn > PI {
            turn -= TAU;
        }
        while turn < -PI {
            turn += TAU;
        }
        total += turn;
    }
    total.abs() > PI
}

/// Distance from a ring: zero inside, with the distance to the border as second value.
pub fn ring_distance(p: Position, corners: &[Position]) -> (bool, f64) {
    let edges = (0..corners.len()).map(|i| (corners[i], corners[(i + 1) % corners.len()]));
    let border = edges
        .map(|(a, b)| edge_distance(p, a, b))
        .fold(f64::INFINITY, f64::min);
    (turns_around(p, corners), border)
}
