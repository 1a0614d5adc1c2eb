//! The text of a frozen area, what is refused as a polygon, and what is read as an outline.

use crate::common::{EAST, WEST, at, km, rahalia};
use expect_test::expect;
use proptest::prelude::*;
use tifli_geo::{
    Area, AreaError, Cell, Clip, ClipError, MAX_POINTS, Outline, Shape, ShapeError, looks_swapped,
};
use tifli_units::Position;

fn digest() -> Clip {
    Clip::new("ra", "00c0ffee").unwrap()
}

fn points(text: &str) -> Vec<Position> {
    let number = |n: &str| n.parse::<f64>().unwrap();
    let pair = |p: &str| {
        p.split_once(',')
            .map(|(lat, lon)| at(number(lat), number(lon)))
            .unwrap()
    };
    text.split_whitespace().map(pair).collect()
}

fn clip() -> impl Strategy<Value = Option<Clip>> {
    prop::option::of(("[a-z0-9_-]{1,32}", "[0-9a-f]{8,64}"))
        .prop_map(|clip| clip.map(|(name, digest)| Clip::new(&name, &digest).unwrap()))
}

proptest! {
    #[test]
    fn a_circle_survives_its_text(
        lat in -90.0..=90.0f64, lon in -180.0..=180.0f64, radius in 1.0..=1000.0f64, clip in clip(),
    ) {
        let area = Area::new(Shape::circle(at(lat, lon), km(radius)), clip);
        let text = area.to_canonical();
        let back = Area::parse_canonical(&text).unwrap();
        prop_assert_eq!(&back, &area);
        prop_assert_eq!(back.to_canonical(), text);
    }

    #[test]
    fn a_polygon_survives_its_text(
        corners in prop::collection::vec((-80.0..80.0f64, -80.0..80.0f64), 3..6), clip in clip(),
    ) {
        let shape = Shape::polygon(corners.iter().map(|&(lat, lon)| at(lat, lon)).collect());
        prop_assume!(shape.is_ok());
        let area = Area::new(shape.unwrap(), clip);
        let back: Area = area.to_canonical().parse().unwrap();
        prop_assert_eq!(&back, &area);
        let json = serde_json::to_string(&area).unwrap();
        prop_assert_eq!(serde_json::from_str::<Area>(&json).unwrap(), area);
    }

    #[test]
    fn a_ring_is_the_same_area_from_any_corner_in_any_direction(
        start in 0..4usize, reversed in any::<bool>(), closed in any::<bool>(),
    ) {
        let mut ring = points("33,-7 33,-6 34,-6 34.5,-7.5");
        ring.rotate_left(start);
        if reversed {
            ring.reverse();
        }
        if closed {
            ring.push(ring[0]);
        }
        let area = Area::new(Shape::polygon(ring).unwrap(), None);
        prop_assert_eq!(
            area.to_canonical(),
            "polygon 33.00000,-7.00000 33.00000,-6.00000 34.00000,-6.00000 34.50000,-7.50000"
        );
    }
}

#[test]
fn the_text_of_an_area_is_fixed() {
    let rabat = Shape::circle(at(33.970_004, -0.000_001), km(160.0));
    expect!["circle 33.97000,0.00000 160.000 clip ra:00c0ffee"]
        .assert_eq(&Area::new(rabat.clone(), Some(digest())).to_canonical());
    expect!["circle 33.97000,0.00000 160.000"].assert_eq(&Area::new(rabat, None).to_string());
}

#[test]
fn a_text_in_any_other_form_is_refused() {
    let cases = [
        "",
        "circle",
        "circle 33.97000,-6.85000",
        "circle 33.97,-6.85000 160.000",
        "circle 33.97000,-6.85000 160",
        "circle 33.97000,-6.85000 160.000 ",
        "circle 33.97000,-6.85000  160.000",
        "circle 33.97000,-6.85000 0.000",
        "circle 33.97000,-6.85000 160000.000",
        "circle NaN,-6.85000 160.000",
        "circle 91.00000,-6.85000 160.000",
        "circle 33.97000 -6.85000 160.000",
        "circle 33.97000,-6.85000 160.000 clip ra",
        "circle 33.97000,-6.85000 160.000 clip RA:00c0ffee",
        "circle 33.97000,-6.85000 160.000 clip ra:00C0FFEE",
        "circle 33.97000,-6.85000 160.000 clip",
        "polygon",
        "polygon 33.00000,-7.00000 33.00000,-6.00000",
        "polygon 33.00000,-6.00000 34.00000,-6.00000 33.00000,-7.00000",
        "polygon 33.00000,-7.00000 34.00000,-6.00000 33.00000,-6.00000",
        "everywhere",
    ];
    let lines: Vec<String> = cases
        .iter()
        .map(|text| format!("{text:70} {:?}", Area::parse_canonical(text).unwrap_err()))
        .collect();
    expect![[r#"
                                                                               NotAnArea
        circle                                                                 NotAnArea
        circle 33.97000,-6.85000                                               NotAnArea
        circle 33.97,-6.85000 160.000                                          NotCanonical
        circle 33.97000,-6.85000 160                                           NotCanonical
        circle 33.97000,-6.85000 160.000                                       NotAnArea
        circle 33.97000,-6.85000  160.000                                      NotAnArea
        circle 33.97000,-6.85000 0.000                                         Radius(TooSmall)
        circle 33.97000,-6.85000 160000.000                                    Radius(TooLarge)
        circle NaN,-6.85000 160.000                                            Position(NotANumber)
        circle 91.00000,-6.85000 160.000                                       Position(OutOfRange)
        circle 33.97000 -6.85000 160.000                                       NotAnArea
        circle 33.97000,-6.85000 160.000 clip ra                               BadClip
        circle 33.97000,-6.85000 160.000 clip RA:00c0ffee                      BadClip
        circle 33.97000,-6.85000 160.000 clip ra:00C0FFEE                      BadClip
        circle 33.97000,-6.85000 160.000 clip                                  NotAnArea
        polygon                                                                Shape(Empty)
        polygon 33.00000,-7.00000 33.00000,-6.00000                            Shape(TooFewPoints)
        polygon 33.00000,-6.00000 34.00000,-6.00000 33.00000,-7.00000          NotCanonical
        polygon 33.00000,-7.00000 34.00000,-6.00000 33.00000,-6.00000          NotCanonical
        everywhere                                                             NotAnArea"#]]
    .assert_eq(&lines.join("\n"));
    assert_eq!(Clip::new("ra", "short"), Err(AreaError::BadClip));
}

#[test]
fn what_is_no_polygon_is_refused() {
    let cases = [
        ("nothing", ""),
        ("one point", "33,-7"),
        ("one point thrice", "33,-7 33,-7 33,-7"),
        ("two points, back and forth", "33,-7 34,-6 33,-7"),
        ("points within a metre", "33,-7 33.000001,-7 33,-7.000001"),
        ("a line along a meridian", "33,-7 34,-7 35,-7"),
        ("a slanting line", "33,-7 34,-6 35,-5"),
        ("a bow-tie", "33,-7 34,-6 33,-6 34,-7"),
        ("a bow-tie of uneven wings", "33,-7 34,-6 33.2,-5.5 34,-7"),
        ("a pentagram", "35,-6 33,-5 34.2,-7 34.2,-5 33,-7"),
        ("a corner used twice", "33,-7 34,-6 35,-7 34,-6 33,-5"),
        ("a corner on an edge", "33,-7 33,-5 34,-5 33,-6 34,-7"),
        ("a spike", "33,-7 33,-6 33.5,-6 33.5,-5 33.5,-6 34,-6 34,-7"),
        (
            "an edge gone over twice",
            "33,-7 33,-5 34,-5 34,-6 33,-6 33,-6.5",
        ),
        ("across the antimeridian", "10,179 11,-179 12,179"),
        ("half the globe", "0,-90 10,0 0,90"),
        ("at the pole", "86,0 88,10 87,20"),
    ];
    let lines: Vec<String> = cases
        .iter()
        .map(|(name, ring)| format!("{name}: {:?}", Shape::polygon(points(ring)).unwrap_err()))
        .collect();
    expect![[r#"
        nothing: Empty
        one point: TooFewPoints
        one point thrice: TooFewPoints
        two points, back and forth: TooFewPoints
        points within a metre: TooFewPoints
        a line along a meridian: ZeroArea
        a slanting line: ZeroArea
        a bow-tie: SelfCrossing
        a bow-tie of uneven wings: SelfCrossing
        a pentagram: SelfCrossing
        a corner used twice: SelfCrossing
        a corner on an edge: SelfCrossing
        a spike: SelfCrossing
        an edge gone over twice: SelfCrossing
        across the antimeridian: TooWide
        half the globe: TooWide
        at the pole: NearPole"#]]
    .assert_eq(&lines.join("\n"));
    let many = (0..=MAX_POINTS).map(|i| at(f64::from(i as u16) / 100.0, f64::from((i % 2) as u8)));
    assert_eq!(
        Shape::polygon(many.collect()),
        Err(ShapeError::TooManyPoints)
    );
}

#[test]
fn a_triangle_of_few_metres_is_a_polygon() {
    assert!(Shape::polygon(points("33,-7 33.00002,-7 33,-7.00002")).is_ok());
}

#[test]
fn a_clipped_area_is_not_used_without_its_outline() {
    let country = rahalia();
    let shape = Shape::circle(at(31.0, -3.0), km(50.0));
    let (clipped, open) = (
        Area::new(shape.clone(), Some(digest())),
        Area::new(shape, None),
    );
    assert_eq!(clipped.target(None).unwrap_err(), ClipError::Missing);
    assert_eq!(
        open.target(Some(&country)).unwrap_err(),
        ClipError::Unexpected
    );
    let inside = Cell::at(at(31.0, -2.5));
    assert!(clipped.target(Some(&country)).unwrap().covers(inside));
    assert!(open.target(None).unwrap().covers(inside));
    let sea = Cell::at(at(31.0, -1.5));
    assert!(!clipped.target(Some(&country)).unwrap().covers(sea));
}

#[test]
fn a_place_in_the_sea_or_abroad_is_outside() {
    let country = rahalia();
    for (lat, lon, inside) in [
        (31.0, -7.5, true),
        (31.0, -3.0, true),
        (31.2, -0.7, true),
        (31.5, -6.5, false),
        (31.2, -1.5, false),
        (29.9, -7.0, false),
        (-31.0, -3.0, false),
    ] {
        assert_eq!(country.contains(at(lat, lon)), inside, "{lat} {lon}");
        assert_eq!(country.distance_to(at(lat, lon)).get() == 0.0, inside);
    }
    // The lake's shore, half a degree of longitude away at 31.5 north (less than that of latitude).
    let shore = country.distance_to(at(31.5, -6.5)).get();
    assert!((shore - 47.404).abs() < 0.01, "{shore}");
}

#[test]
fn exchanged_coordinates_are_noticed() {
    let country = rahalia();
    assert_eq!(
        looks_swapped(at(-7.5, 31.0), &country),
        Some(at(31.0, -7.5))
    );
    assert_eq!(looks_swapped(at(31.0, -7.5), &country), None);
    assert_eq!(looks_swapped(at(50.0, 50.0), &country), None);
    assert_eq!(looks_swapped(at(31.0, 170.0), &country), None);
}

#[test]
fn an_outline_has_one_text_whatever_its_geojson_looks_like() {
    let open = r#"{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1.00000000001]]]}"#;
    let spaced = r#"{ "type": "MultiPolygon",
        "coordinates": [[[[0.0, -0.0, 12.5], [1, 0], [1, 0], [1, 1], [0, 0]]]] }"#;
    let text = |json| Outline::from_geojson(json).unwrap().canonical_bytes();
    assert_eq!(text(open), text(spaced));
    expect![[r#"
        outline 1
        polygon
        ring 0.0000000,0.0000000 0.0000000,1.0000000 1.0000000,1.0000000
    "#]]
    .assert_eq(&String::from_utf8(text(open)).unwrap());
}

#[test]
fn what_is_no_outline_is_refused() {
    let cases = [
        "",
        "{}",
        r#"{"type":"FeatureCollection","features":[]}"#,
        r#"{"type":"Feature","properties":{},"geometry":null}"#,
        r#"{"type":"Point","coordinates":[0,0]}"#,
        r#"{"type":"Polygon","coordinates":[]}"#,
        r#"{"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]}"#,
        r#"{"type":"Polygon","coordinates":[[[0,0],[1,91],[1,0]]]}"#,
        r#"{"type":"Polygon","coordinates":[[[0],[1,1],[1,0]]]}"#,
        r#"{"type":"Polygon","coordinates":[[[179,0],[-179,1],[179,1]]]}"#,
    ];
    let lines: Vec<String> = cases
        .iter()
        .map(|json| format!("{json}\n  {}", Outline::from_geojson(json).unwrap_err()))
        .collect();
    expect![[r#"

          the outline is not GeoJSON
        {}
          the outline is not GeoJSON
        {"type":"FeatureCollection","features":[]}
          the outline holds no polygon
        {"type":"Feature","properties":{},"geometry":null}
          the outline holds something other than polygons
        {"type":"Point","coordinates":[0,0]}
          the outline holds something other than polygons
        {"type":"Polygon","coordinates":[]}
          a ring of the outline has fewer than three different points
        {"type":"Polygon","coordinates":[[[0,0],[1,1],[0,0]]]}
          a ring of the outline has fewer than three different points
        {"type":"Polygon","coordinates":[[[0,0],[1,91],[1,0]]]}
          a point of the outline is not on the globe
        {"type":"Polygon","coordinates":[[[0],[1,1],[1,0]]]}
          a point of the outline is not on the globe
        {"type":"Polygon","coordinates":[[[179,0],[-179,1],[179,1]]]}
          an edge of the outline spans 180 degrees of longitude or more"#]]
    .assert_eq(&lines.join("\n"));
    assert!(Outline::from_geojson(WEST).is_ok() && Outline::from_geojson(EAST).is_ok());
}
