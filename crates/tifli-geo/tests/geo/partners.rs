//! What partners and pages get: CAP geometry, shares abroad, maps.

use crate::common::{EAST, WEST, at, chord_distance, km, rahalia};
use expect_test::expect;
use tifli_geo::svg::{BaseMap, MapSvg, Projection};
use tifli_geo::{
    Area, CapError, CapGeometry, Clip, Outline, Shape, Target, foreign_share, positions_text,
};

fn clipped(shape: Shape) -> Area {
    Area::new(shape, Some(Clip::new("ra", "00c0ffee").unwrap()))
}

fn polygons(shape: Shape, country: &Outline) -> Vec<Vec<tifli_units::Position>> {
    match clipped(shape).to_cap(Some(country)).unwrap() {
        CapGeometry::Polygons(rings) => rings,
        CapGeometry::Circle(text) => panic!("still a circle: {text}"),
    }
}

#[test]
fn a_circle_within_the_country_stays_a_circle() {
    let country = rahalia();
    // Over the border of two regions, which is no border of the country.
    let shape = Shape::circle(at(32.5, -5.0), km(80.0));
    let circle = CapGeometry::Circle("32.5,-5 80".into());
    assert_eq!(
        clipped(shape.clone()).to_cap(Some(&country)).as_ref(),
        Ok(&circle)
    );
    assert_eq!(
        Area::new(shape.clone(), None).to_cap(None).as_ref(),
        Ok(&circle)
    );
    assert_eq!(foreign_share(&shape, &country), 0.0);
}

#[test]
fn a_circle_over_the_border_becomes_polygons_of_what_is_left() {
    let country = rahalia();
    let shape = Shape::circle(at(31.25, -2.0), km(100.0));
    let rings = polygons(shape.clone(), &country);
    let text: Vec<String> = rings.iter().map(|ring| positions_text(ring)).collect();
    expect![[r#"
        30.3502,-2 32.1498,-2 32.14786,-2.0695 32.14203,-2.1387 32.13235,-2.20729 32.11885,-2.27496 32.1016,-2.34142 32.08067,-2.40638 32.05616,-2.46955 32.02816,-2.53066 31.99681,-2.58944 31.96225,-2.64563 31.92462,-2.699 31.88408,-2.7493 31.84083,-2.79634 31.79504,-2.83989 31.74691,-2.87979 31.69666,-2.91586 31.6445,-2.94795 31.59065,-2.97594 31.53537,-2.9997 31.47887,-3.01914 31.4214,-3.03418 31.36322,-3.04477 31.30458,-3.05088 31.24571,-3.05248 31.18689,-3.04957 31.12835,-3.04218 31.07035,-3.03034 31.01313,-3.01412 30.95695,-2.99359 30.90203,-2.96884 30.84861,-2.94 30.79691,-2.90718 30.74716,-2.87052 30.69957,-2.8302 30.65432,-2.78639 30.61163,-2.73927 30.57165,-2.68905 30.53457,-2.63594 30.50054,-2.58017 30.46969,-2.52197 30.44217,-2.4616 30.41807,-2.39929 30.39751,-2.33532 30.38058,-2.26994 30.36733,-2.20345 30.35782,-2.1361 30.35211,-2.06819 30.3502,-2
        31,-1 31.00001,-0.99068 31.01313,-0.98588 31.07035,-0.96966 31.12835,-0.95782 31.18689,-0.95043 31.24571,-0.94752 31.30458,-0.94912 31.36322,-0.95523 31.4214,-0.96582 31.47887,-0.98086 31.50001,-0.98814 31.5,-1 31,-1"#]].assert_eq(&text.join("\n"));
    // What the polygons hold is what circle and country hold, but for a simplified rim.
    let target = Target::new(&shape, Some(&country));
    let parts: Vec<Shape> = rings
        .into_iter()
        .map(|r| Shape::polygon(r).unwrap())
        .collect();
    let parts: Vec<Target<'_>> = parts.iter().map(|part| Target::new(part, None)).collect();
    let mut differing = 0;
    for i in 0..4000 {
        let (u, v) = (
            f64::from(i) / 4000.0,
            (f64::from(i) * 0.618_033_988_75).fract(),
        );
        let p = at(30.2 + 2.1 * u, -3.2 + 3.0 * v);
        let held = parts.iter().any(|part| part.contains_point(p));
        differing += i32::from(held != target.contains_point(p));
    }
    assert!(differing <= 8, "{differing} of 4000");
}

#[test]
fn rings_for_partners_are_closed_short_and_without_holes() {
    let country = rahalia();
    for (lat, lon, radius) in [
        (31.5, -6.5, 150.0),
        (32.0, -4.0, 900.0),
        (31.0, -2.0, 300.0),
    ] {
        let shape = Shape::circle(at(lat, lon), km(radius));
        let rings = polygons(shape, &country);
        for ring in &rings {
            assert_eq!(ring.first(), ring.last());
            assert!((4..=CapGeometry::MAX_POINTS).contains(&ring.len()));
        }
        let parts: Vec<Shape> = rings
            .into_iter()
            .map(|r| Shape::polygon(r).unwrap())
            .collect();
        let lake = at(31.5, -6.4);
        assert!(
            !parts
                .iter()
                .any(|part| Target::new(part, None).contains_point(lake))
        );
    }
}

#[test]
fn a_lagoon_does_not_cut_the_area_in_two() {
    let country = Outline::from_geojson(
        r#"{"type":"Polygon","coordinates":[[[0,0],[2,0],[2,2],[0,2],[0,0]],
            [[0.5,0.5],[0.5,0.56],[0.56,0.56],[0.56,0.5],[0.5,0.5]]]}"#,
    )
    .unwrap();
    let shape = Shape::circle(at(0.5, 0.3), km(100.0));
    assert_eq!(polygons(shape, &country).len(), 1);
    assert!(!country.contains(at(0.53, 0.53)));
}

#[test]
fn a_ragged_coast_is_simplified_to_what_partners_take() {
    let teeth: Vec<String> = (0..2000)
        .map(|i| {
            format!(
                "[{},{}]",
                f64::from(i) / 1000.0,
                1.0 + f64::from(i % 2) * 0.05
            )
        })
        .collect();
    let json = format!(
        r#"{{"type":"Polygon","coordinates":[[[0,0],[2,0],[2,1],{},[0,0]]]}}"#,
        teeth.iter().rev().cloned().collect::<Vec<_>>().join(",")
    );
    let country = Outline::from_geojson(&json).unwrap();
    let rings = polygons(Shape::circle(at(0.9, 1.0), km(90.0)), &country);
    assert_eq!(rings.len(), 1);
    assert!(
        rings[0].len() <= CapGeometry::MAX_POINTS,
        "{}",
        rings[0].len()
    );
}

#[test]
fn a_drawn_polygon_stays_itself_unless_the_country_cuts_it() {
    let country = rahalia();
    let inside = Shape::polygon(vec![at(30.5, -4.5), at(30.5, -3.0), at(32.0, -3.0)]).unwrap();
    let rings = polygons(inside, &country);
    expect!["30.5,-4.5 30.5,-3 32,-3 30.5,-4.5"].assert_eq(&positions_text(&rings[0]));
    let over = Shape::polygon(vec![
        at(31.0, -3.0),
        at(31.0, -1.5),
        at(32.0, -1.5),
        at(32.0, -3.0),
    ]);
    let rings = polygons(over.unwrap(), &country);
    expect!["31,-3 31.00193,-2.00009 32.00196,-2.00011 32,-3 31.25,-3 31,-3"]
        .assert_eq(&positions_text(&rings[0]));
}

#[test]
fn an_area_wholly_abroad_has_no_geometry() {
    let abroad = clipped(Shape::circle(at(40.0, -4.0), km(50.0)));
    assert_eq!(abroad.to_cap(Some(&rahalia())), Err(CapError::Nowhere));
    assert!(matches!(abroad.to_cap(None), Err(CapError::Clip(_))));
}

#[test]
fn the_share_abroad_is_that_of_the_area() {
    let country = rahalia();
    let share =
        |lat, lon, radius| foreign_share(&Shape::circle(at(lat, lon), km(radius)), &country);
    assert_eq!(share(40.0, -4.0, 50.0), 1.0);
    // On a straight coast half of a small circle is sea.
    assert!((share(33.0, -8.0, 20.0) - 0.5).abs() < 1e-4);
    // At a corner of the country three quarters are.
    assert!((share(30.0, -8.0, 20.0) - 0.75).abs() < 2e-3);
    // The lake: a cell of 1 by 1 degree at 31.5 north in a circle of 100 km.
    let cell = 111.195_080 * chord_distance(at(31.5, -7.0), at(31.5, -6.0));
    let circle = std::f64::consts::PI * 100.0 * 100.0;
    assert!((share(31.5, -6.5, 100.0) - cell / circle).abs() < 2e-3);
}

#[test]
fn a_map_is_one_self_contained_picture() {
    let (west, east) = (
        Outline::from_geojson(WEST).unwrap(),
        Outline::from_geojson(EAST).unwrap(),
    );
    let base = BaseMap::new([("غرب", &west), ("East & island", &east)]);
    let to = Projection::fit(base.bounds().unwrap().padded(0.05), 300, 300);
    let square = Shape::polygon(vec![at(30.5, -4.5), at(30.5, -3.0), at(32.0, -3.0)]).unwrap();
    let svg = MapSvg::new(to, "Where to look <here>")
        .base(&base)
        .shape(&square)
        .point(at(31.0, -3.5))
        .point(at(60.0, -3.5))
        .place(at(33.0, -7.0), "Oued & Co")
        .place(at(33.01, -7.01), "covered by the first")
        .place(at(60.0, -3.5), "out of view")
        .render();
    expect![[r#"
        <svg xmlns="http://www.w3.org/2000/svg" class="map" viewBox="0 0 300 189" width="300" height="189" role="img" aria-label="Where to look &lt;here&gt;">
        <title>Where to look &lt;here&gt;</title>
        <path class="map-region" fill-rule="evenodd" d="M122.7 180.1l0-55.8 3.7-30-3.7-85.7-109.1 0 0 171.5zM50 137.2l0-42.9 36.4 0 0 42.9z">
        <title>غرب</title>
        </path>
        <path class="map-region" fill-rule="evenodd" d="M122.7 180.1l109.1 0 0-171.5-109.1 0 3.7 85.7-3.7 30zM268.2 137.2l18.2 0 0-21.4-18.2 0z">
        <title>East &amp; island</title>
        </path>
        <path class="map-area" d="M140.9 158.7l54.6 0 0-64.4z"/>
        <circle class="map-dot" cx="50" cy="51.5" r="2"/>
        <text class="map-place" x="50" y="45.5" text-anchor="middle">Oued &amp; Co</text>
        <circle class="map-point" cx="177.3" cy="137.2" r="5"/>
        </svg>"#]].assert_eq(&svg.replace("><", ">\n<"));
}

#[test]
fn names_cover_neither_a_point_nor_a_more_important_name() {
    let west = Outline::from_geojson(WEST).unwrap();
    let base = BaseMap::new([("", &west)]);
    let to = Projection::fit(base.bounds().unwrap().padded(0.05), 300, 300);
    let named = |places: &[(f64, &str)]| {
        let map = MapSvg::new(to, "map").point(at(31.0, -6.0));
        let map = places
            .iter()
            .fold(map, |map, (lat, name)| map.place(at(*lat, -6.0), name));
        let svg = map.render();
        let texts = svg.split("text-anchor=\"middle\">").skip(1);
        texts
            .map(|rest| rest.split('<').next().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(named(&[(32.5, "first"), (32.51, "second")]), ["first"]);
    assert_eq!(named(&[(32.51, "second"), (32.5, "first")]), ["second"]);
    assert_eq!(named(&[(31.0, "over the point")]), [""; 0]);
    assert_eq!(named(&[(32.5, "far"), (30.2, "away")]), ["far", "away"]);
}

#[test]
fn neighbours_keep_one_common_border_when_simplified() {
    // Two regions whose wavy border has 400 points, read in opposite directions.
    let wave: Vec<String> = (0..=400)
        .map(|i| (f64::from(i) / 100.0, (f64::from(i) / 9.0).sin() * 0.2))
        .map(|(lat, lon)| format!("[{lon:.5},{lat:.5}]"))
        .collect();
    let back: Vec<String> = wave.iter().rev().cloned().collect();
    let polygon = |text: String| {
        Outline::from_geojson(&format!(r#"{{"type":"Polygon","coordinates":[[{text}]]}}"#)).unwrap()
    };
    let west = polygon(format!("[-2,0],{},[-2,4]", wave.join(",")));
    let east = polygon(format!("[2,4],{},[2,0]", back.join(",")));
    let base = BaseMap::new([("", &west), ("", &east)]);
    let to = Projection::fit(base.bounds().unwrap(), 200, 200);
    let svg = MapSvg::new(to, "two").base(&base).render();
    let sizes: Vec<usize> = svg
        .split("map-region")
        .skip(1)
        .map(|part| {
            let path = part
                .split("d=\"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap();
            path.split(|c: char| !(c.is_ascii_digit() || c == '.'))
                .filter(|n| !n.is_empty())
                .count()
                / 2
        })
        .collect();
    assert_eq!(sizes.len(), 2);
    assert!(
        sizes[0].abs_diff(sizes[1]) <= 2 && sizes[0] < 250,
        "{sizes:?}"
    );
}

#[test]
fn a_country_of_many_points_is_drawn_in_25_kilobytes() {
    // A ragged disc of 60 000 points.
    let coast: Vec<String> = (0..60_000)
        .map(|i| {
            (
                f64::from(i) / 60_000.0 * std::f64::consts::TAU,
                f64::from(i * 7919 % 1000),
            )
        })
        .map(|(angle, rough)| (angle, 5.0 + rough / 2000.0))
        .map(|(angle, far)| format!("[{:.5},{:.5}]", far * angle.cos(), far * angle.sin()))
        .collect();
    let json = format!(
        r#"{{"type":"Polygon","coordinates":[[{}]]}}"#,
        coast.join(",")
    );
    let country = Outline::from_geojson(&json).unwrap();
    let base = BaseMap::new([("", &country)]);
    let to = Projection::fit(base.bounds().unwrap(), 600, 600);
    let whole = MapSvg::new(to, "all")
        .base(&base)
        .shape(&Shape::circle(at(0.0, 0.0), km(160.0)));
    let svg = whole.render();
    assert!(svg.len() > 1_000 && svg.len() <= 25_000, "{}", svg.len());
    let near = Projection::fit(Shape::circle(at(0.0, 5.0), km(10.0)).bounds(), 600, 600);
    let svg = MapSvg::new(near, "a part").base(&base).render();
    assert!(svg.len() > 500 && svg.len() <= 25_000, "{}", svg.len());
}
