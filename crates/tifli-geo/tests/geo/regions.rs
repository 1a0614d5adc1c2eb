//! Areas of whole regions: who is inside against a plain scan of all rings, borders between neighbours, and the text.

use crate::common::{EAST, WEST, at, rahalia};
use proptest::prelude::*;
use tifli_geo::{
    Area, AreaError, CapGeometry, Cell, Clip, Outline, RegionPart, Shape, ShapeError, Target,
    square_km,
};
use tifli_units::Position;

/// Points nearer to an edge than this, in degrees, may fall to either side: edges between corners far apart in longitude
/// are great circles, some thirty metres off a straight line in degrees.
const EDGE: f64 = 5e-4;

fn outline(feature: &str) -> Outline {
    Outline::from_geojson(feature).unwrap()
}

fn shape(ids: &[&str]) -> Shape {
    let (west, east) = (outline(WEST), outline(EAST));
    let of = |id: &&str| if *id == "W" { &west } else { &east };
    Shape::regions(ids.iter().map(|id| (*id, of(id)))).unwrap()
}

fn parts(shape: &Shape) -> &[RegionPart] {
    match shape {
        Shape::Regions(regions) => regions.parts(),
        _ => panic!("regions stay regions"),
    }
}

/// Inside by counting the edges to the east, in plain degrees; `None` too near to an edge to tell.
fn scan(p: Position, part: &RegionPart) -> Option<bool> {
    let mut inside = false;
    for rings in part.polygons() {
        let mut crossings = 0;
        for ring in rings {
            for (i, a) in ring.iter().enumerate() {
                let b = ring[(i + 1) % ring.len()];
                if away(p, *a, b) < EDGE {
                    return None;
                }
                if (a.lat() > p.lat()) != (b.lat() > p.lat()) {
                    let share = (p.lat() - a.lat()) / (b.lat() - a.lat());
                    crossings += u32::from(p.lon() < a.lon() + share * (b.lon() - a.lon()));
                }
            }
        }
        inside |= crossings % 2 == 1;
    }
    Some(inside)
}

/// Degrees from a point to an edge.
fn away(p: Position, a: Position, b: Position) -> f64 {
    let (dx, dy) = (b.lon() - a.lon(), b.lat() - a.lat());
    let along = (p.lon() - a.lon()) * dx + (p.lat() - a.lat()) * dy;
    let along = (along / (dx * dx + dy * dy)).clamp(0.0, 1.0);
    (p.lon() - a.lon() - along * dx).hypot(p.lat() - a.lat() - along * dy)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn regions_hold_the_points_a_plain_scan_of_all_parts_holds(
        lat in 29.0..35.0f64, lon in -9.0..0.5f64, which in 0..3usize,
    ) {
        let ids: &[&str] = [&["W"][..], &["E"], &["E", "W"]][which];
        let shape = shape(ids);
        let p = at(lat, lon);
        let scanned: Option<Vec<bool>> = parts(&shape).iter().map(|part| scan(p, part)).collect();
        prop_assume!(scanned.is_some());
        let inside = scanned.unwrap().contains(&true);
        let target = Target::new(&shape, None);
        prop_assert_eq!(target.contains_point(p), inside);
        if inside {
            prop_assert!(target.covers(Cell::at(p)), "who lives there is reached");
        }
    }

    #[test]
    fn every_point_near_a_common_border_is_in_exactly_one_of_the_two(
        share in 0.001..0.999f64, edge in 0..3usize, off in -1e-6..1e-6f64,
    ) {
        let border = [(30.0, -5.0), (31.3, -5.0), (32.0, -4.9), (34.0, -5.0)];
        let ((south, from), (north, to)) = (border[edge], border[edge + 1]);
        let p = at(south + share * (north - south), from + share * (to - from) + off);
        let holds = |ids: &[&str]| Target::new(&shape(ids), None).contains_point(p);
        prop_assert_ne!(holds(&["W"]), holds(&["E"]));
        prop_assert!(holds(&["W", "E"]), "nobody is lost between two chosen neighbours");
    }

    #[test]
    fn regions_survive_their_text(
        which in 0..3usize, clip in prop::option::of("[a-z]{2,8}"),
    ) {
        let ids: &[&str] = [&["W"][..], &["E"], &["E", "W"]][which];
        let clip = clip.map(|name| Clip::new(&name, "00c0ffee").unwrap());
        let area = Area::new(shape(ids), clip);
        let text = area.to_canonical();
        prop_assert_eq!(Area::parse_canonical(&text).unwrap(), area);
    }
}

#[test]
fn the_order_in_which_regions_are_chosen_changes_nothing() {
    assert_eq!(shape(&["W", "E"]), shape(&["E", "W"]));
}

#[test]
fn a_lake_is_no_part_of_its_region_and_an_island_is_of_its() {
    let both = Target::new(&shape(&["W", "E"]), None).contains_point(at(31.5, -6.5));
    assert!(!both, "the lake");
    let island = at(31.2, -0.8);
    assert!(Target::new(&shape(&["E"]), None).contains_point(island));
    assert!(!Target::new(&shape(&["W"]), None).contains_point(island));
}

#[test]
fn both_regions_are_as_large_as_the_two_together() {
    let (west, east) = (square_km(&shape(&["W"])), square_km(&shape(&["E"])));
    let both = square_km(&shape(&["W", "E"]));
    assert!(
        (both / (west + east) - 1.0).abs() < 1e-3,
        "{both} {west} {east}"
    );
}

#[test]
fn each_region_is_its_own_part_of_a_message_with_closed_simple_rings() {
    let clip = Clip::new("ra", "00c0ffee").unwrap();
    let country = rahalia();
    let area = Area::new(shape(&["W", "E"]), Some(clip));
    let parts = area.to_cap_parts(Some(&country)).unwrap();
    let ids: Vec<_> = parts.iter().map(|part| part.region.as_deref()).collect();
    assert_eq!(ids, [Some("E"), Some("W")]);
    let mut counts = Vec::new();
    for part in &parts {
        let CapGeometry::Polygons(rings) = &part.geometry else {
            panic!("a region has polygons");
        };
        counts.push(rings.len());
        for ring in rings {
            assert!((4..=CapGeometry::MAX_POINTS).contains(&ring.len()));
            assert_eq!(ring.first(), ring.last());
            assert!(Shape::polygon(ring.clone()).is_ok(), "simple");
        }
    }
    assert_eq!(
        counts,
        [2, 2],
        "an island is a ring; a lake cuts its region in two"
    );
    let CapGeometry::Polygons(all) = area.to_cap(Some(&country)).unwrap() else {
        panic!("regions have polygons");
    };
    assert_eq!(all.len(), 4);
}

#[test]
fn no_region_a_region_twice_and_a_bad_id_are_refused() {
    let west = outline(WEST);
    let of = |ids: &[&str]| Shape::regions(ids.iter().map(|id| (*id, &west)));
    assert_eq!(of(&[]), Err(ShapeError::Empty));
    assert_eq!(of(&["W", "W"]), Err(ShapeError::RepeatedRegion));
    assert_eq!(of(&["W 1"]), Err(ShapeError::BadRegion));
    assert_eq!(of(&[""]), Err(ShapeError::BadRegion));
    let many: Vec<String> = (0..101).map(|n| format!("r{n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    assert_eq!(of(&many), Err(ShapeError::TooManyPoints));
}

#[test]
fn a_text_that_is_none_of_regions_is_refused() {
    for text in [
        "region",
        "region W",
        "region W ring",
        "region W hole 30.00000,-5.00000 31.00000,-5.00000 31.00000,-4.00000",
        "region W 30.00000,-5.00000",
        "region W ring 30.00000,-5.00000 31.00000,-5.00000",
        "region W ring 30.00000,-5.00000 31.00000,-5.00000 x",
        "region ring ring 95.00000,-5.00000 31.00000,-5.00000 31.00000,-4.00000",
    ] {
        assert!(Area::parse_canonical(text).is_err(), "{text}");
    }
    let backwards = "region W ring 30.00000,-5.00000 31.00000,-5.00000 31.00000,-4.00000 \
                     region E ring 30.00000,-5.00000 31.00000,-5.00000 31.00000,-4.00000";
    assert_eq!(
        Area::parse_canonical(backwards),
        Err(AreaError::NotCanonical),
        "regions stand in the order of their ids"
    );
}
