//! Who is inside: against an independent computation, and along the rims.

use crate::common::{at, chord_distance, km, rahalia, ring_distance};
use proptest::prelude::*;
use tifli_geo::{Cell, EARTH_RADIUS_KM, Outline, Shape, Target, destination, distance};
use tifli_units::{Kilometres, Position};

/// Disagreements nearer to the rim than this, in km, are rounding (a tenth of a millimetre).
const ROUNDING: f64 = 1e-7;

/// A cell of resolution 7 or an ancestor of it.
fn cell_near(p: Position, steps_up: u8) -> Cell {
    (0..steps_up).fold(Cell::at(p), |cell, _| cell.parent().unwrap())
}

fn place() -> impl Strategy<Value = Position> {
    (-80.0..80.0f64, -180.0..180.0f64).prop_map(|(lat, lon)| at(lat, lon))
}

/// A star-shaped ring of 3 to 40 corners around a middle, wholly within the globe's inner part.
fn drawn_ring() -> impl Strategy<Value = (Position, Vec<Position>)> {
    let spokes = prop::collection::vec(0.1..1.0f64, 3..40);
    ((-60.0..60.0f64, -150.0..150.0f64), 5.0..900.0f64, spokes).prop_map(
        |((lat, lon), size, spokes)| {
            let middle = at(lat, lon);
            let count = spokes.len() as f64;
            let corner = |(i, share): (usize, &f64)| {
                let along = Kilometres::new(share * size).unwrap();
                destination(middle, i as f64 * 360.0 / count, along)
            };
            (middle, spokes.iter().enumerate().map(corner).collect())
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn a_circle_covers_the_cells_a_naive_computation_covers(
        center in place(), radius in 1.0..1000.0f64, bearing in 0.0..360.0f64,
        share in 0.0..1.2f64, steps_up in 0..6u8,
    ) {
        let shape = Shape::circle(center, km(radius));
        let Shape::Circle(circle) = shape.clone() else { unreachable!() };
        let near = destination(center, bearing, Kilometres::new(radius * share).unwrap());
        let cell = cell_near(near, steps_up);
        let away = chord_distance(circle.center(), cell.center());
        let reach = circle.radius().kilometres().get() + cell.circumradius().get();
        if (away - reach).abs() > ROUNDING {
            prop_assert_eq!(Target::new(&shape, None).covers(cell), away < reach);
        }
    }

    #[test]
    fn a_polygon_covers_the_cells_a_naive_computation_covers(
        (middle, ring) in drawn_ring(), bearing in 0.0..360.0f64,
        away in 0.0..1200.0f64, steps_up in 0..5u8,
    ) {
        let shape = Shape::polygon(ring);
        prop_assume!(shape.is_ok());
        let shape = shape.unwrap();
        let Shape::Polygon(polygon) = &shape else { unreachable!() };
        let target = Target::new(&shape, None);
        for share in [0.02, 0.1, 0.3, 0.6, 1.0] {
            let p = destination(middle, bearing, Kilometres::new(away * share).unwrap());
            let cell = cell_near(p, steps_up);
            let (inside, border) = ring_distance(cell.center(), polygon.corners());
            let reach = cell.circumradius().get();
            if (border - reach).abs() > ROUNDING && border > ROUNDING {
                prop_assert_eq!(target.covers(cell), inside || border < reach);
                prop_assert_eq!(target.contains_point(cell.center()), inside);
            }
        }
    }

    #[test]
    fn a_clipped_circle_covers_what_circle_and_country_both_reach(
        lat in 29.0..35.0f64, lon in -9.0..0.0f64, radius in 1.0..400.0f64, steps_up in 0..4u8,
        here in (28.5..35.5f64, -9.5..0.5f64),
    ) {
        let country = rahalia();
        let shape = Shape::circle(at(lat, lon), km(radius));
        let cell = cell_near(at(here.0, here.1), steps_up);
        let (both, circle) = (Target::new(&shape, Some(&country)), Target::new(&shape, None));
        let in_country = country.distance_to(cell.center()).get() <= cell.circumradius().get();
        prop_assert_eq!(both.covers(cell), circle.covers(cell) && in_country);
    }

    #[test]
    fn whoever_is_inside_is_inside_of_the_grown_area_too(
        (middle, ring) in drawn_ring(), bearing in 0.0..360.0f64, away in 0.0..1000.0f64,
    ) {
        let p = destination(middle, bearing, Kilometres::new(away).unwrap());
        let cell = Cell::at(p);
        let shapes = [Shape::polygon(ring).ok(), Some(Shape::circle(middle, km(away.max(1.0))))];
        for shape in shapes.into_iter().flatten() {
            let target = Target::new(&shape, None);
            // The cell holds the point, so an area with the point reaches the cell.
            if target.contains_point(p) || target.contains_point(cell.center()) {
                prop_assert!(target.covers(cell));
            }
        }
    }

    #[test]
    fn a_circle_holds_its_centre(center in place(), radius in 1.0..1000.0f64) {
        let shape = Shape::circle(center, km(radius));
        let target = Target::new(&shape, None);
        prop_assert!(target.contains_point(center));
        prop_assert!(target.covers(Cell::at(center)));
    }

    #[test]
    fn distances_agree_with_chords(a in place(), b in place()) {
        prop_assert!((distance(a, b).get() - chord_distance(a, b)).abs() < 1e-5);
    }

    #[test]
    fn a_cell_of_resolution_7_holds_its_point(p in place()) {
        let cell = Cell::at(p);
        prop_assert_eq!(cell.resolution(), 7);
        prop_assert!(distance(cell.center(), p).get() <= cell.circumradius().get() + 1e-6);
        prop_assert_eq!(Cell::at(cell.center()), cell);
    }
}

#[test]
fn a_hundred_polygons_agree_with_an_independent_check_on_two_hundred_points_each() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut asked, mut inside_count) = (0, 0);
    for _ in 0..100 {
        let (_, ring) =
            proptest::strategy::ValueTree::current(&drawn_ring().new_tree(&mut runner).unwrap());
        let Ok(shape) = Shape::polygon(ring) else {
            continue;
        };
        let Shape::Polygon(polygon) = &shape else {
            unreachable!()
        };
        let target = Target::new(&shape, None);
        let bounds = shape.bounds().padded(0.2);
        for i in 0..200 {
            // A rank-one lattice: even, deterministic, aligned with nothing.
            let (u, v) = (
                f64::from(i) / 200.0,
                (f64::from(i) * 0.618_033_988_75).fract(),
            );
            let p = at(
                bounds.south + u * (bounds.north - bounds.south),
                bounds.west + v * (bounds.east - bounds.west),
            );
            let (inside, border) = ring_distance(p, polygon.corners());
            if border > ROUNDING {
                assert_eq!(target.contains_point(p), inside, "{p:?} {polygon:?}");
                asked += 1;
                inside_count += i32::from(inside);
            }
        }
    }
    assert!(
        asked > 15_000 && inside_count > 2_000,
        "{asked} {inside_count}"
    );
}

#[test]
fn the_edges_of_a_drawn_polygon_are_great_circles() {
    let wide = Shape::polygon(vec![at(40.0, 0.0), at(40.0, 40.0), at(20.0, 20.0)]).unwrap();
    let target = Target::new(&wide, None);
    // The great circle from (40, 0) to (40, 40) passes near 41.76 north in the middle.
    assert!(target.contains_point(at(41.7, 20.0)));
    assert!(!target.contains_point(at(41.8, 20.0)));
}

#[test]
fn the_edges_of_an_outline_are_straight_in_longitude_and_latitude() {
    let country = Outline::from_geojson(
        r#"{"type":"Polygon","coordinates":[[[0,20],[40,20],[40,40],[0,40],[0,20]]]}"#,
    )
    .unwrap();
    for lon in 0..400 {
        let lon = f64::from(lon) / 10.0 + 0.01;
        assert!(country.contains(at(39.9998, lon)) && !country.contains(at(40.0002, lon)));
        assert!(country.contains(at(20.0002, lon)) && !country.contains(at(19.9998, lon)));
    }
}

#[test]
fn no_point_of_a_common_border_is_lost() {
    let country = rahalia();
    for i in 0..=2000 {
        let lat = 30.001 + f64::from(i) * 0.001_999;
        for lon in [-5.0, -4.95, -4.9, -5.0 + 1e-9, -5.0 - 1e-9] {
            assert!(country.contains(at(lat, lon)), "{lat} {lon}");
        }
    }
}

#[test]
fn circles_reach_across_the_antimeridian_and_over_the_pole() {
    let pacific = Shape::circle(at(-17.0, 179.9), km(160.0));
    assert!(Target::new(&pacific, None).contains_point(at(-17.0, -179.0)));
    let polar = Shape::circle(at(89.5, 0.0), km(200.0));
    assert!(Target::new(&polar, None).contains_point(at(89.5, 180.0)));
    assert!(Target::new(&polar, None).covers(Cell::at(at(89.0, 180.0))));
}

#[test]
fn growth_reaches_exactly_one_circumradius() {
    let cell = Cell::at(at(33.97, -6.85));
    let (center, reach) = (cell.center(), cell.circumradius().get());
    let edge = |away: f64| {
        // A square whose western edge is a meridian `away` kilometres east of the cell's centre.
        let west = destination(center, 90.0, Kilometres::new(away).unwrap()).lon();
        let shape = Shape::polygon(vec![
            at(33.0, west),
            at(33.0, -5.0),
            at(35.0, -5.0),
            at(35.0, west),
        ]);
        Target::new(&shape.unwrap(), None).covers(cell)
    };
    assert!(edge(reach - 0.002) && !edge(reach + 0.002));
    assert!(reach > 1.0 && reach < 2.0 && EARTH_RADIUS_KM > 6371.0);
}
