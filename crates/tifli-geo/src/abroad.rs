//! Whose land the part of a shape is that a country's outline cuts off.
//!
//! For: asking the neighbour to warn its own side. Not for: who is inside, nor for saying where a
//! border runs: neighbours are given roughly, and what the country itself holds is never counted.

use crate::outline::Outline;
use crate::plane::Plane;
use crate::shape::Shape;
use geo::Area as _;

/// The area of a shape in square kilometres.
pub fn square_km(shape: &Shape) -> f64 {
    Plane::around(shape).shape(shape).unsigned_area()
}

/// Square kilometres of a shape that lie in `neighbor` and not in `country`. The two may overlap.
pub fn square_km_abroad(shape: &Shape, country: &Outline, neighbor: &Outline) -> f64 {
    let plane = Plane::around(shape);
    let there = plane.cut(&plane.shape(shape), neighbor);
    let pieces = there.iter().map(|piece| {
        let home = plane.cut(&piece.clone().into(), country).unsigned_area();
        (piece.unsigned_area() - home).max(0.0)
    });
    pieces.sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tifli_units::{Position, Radius};

    fn land(west: f64, east: f64) -> Outline {
        let ring = [
            (west, 30.0),
            (east, 30.0),
            (east, 34.0),
            (west, 34.0),
            (west, 30.0),
        ];
        let ring: Vec<_> = ring
            .iter()
            .map(|(lon, lat)| format!("[{lon},{lat}]"))
            .collect();
        let json = format!(
            r#"{{"type":"Polygon","coordinates":[[{}]]}}"#,
            ring.join(",")
        );
        Outline::from_geojson(&json).unwrap()
    }

    #[test]
    fn what_the_country_holds_is_never_a_neighbors() {
        let center = Position::new(32.0, -2.0).unwrap();
        let shape = Shape::circle(center, Radius::new(100.0).unwrap());
        let (home, neighbor) = (land(-8.0, -2.0), land(-3.0, 4.0));
        let share = square_km_abroad(&shape, &home, &neighbor) / square_km(&shape);
        assert!((0.49..0.51).contains(&share), "{share}");
        assert_eq!(square_km_abroad(&shape, &home, &land(5.0, 8.0)), 0.0);
    }
}
