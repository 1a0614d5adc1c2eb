//! A country's outline, read from GeoJSON.
//!
//! For: "is this place in the country", and the border an alert is clipped to. Not for: names and
//! codes of regions, nor for saying which outline is right: boundaries are political, and the
//! operator chooses the file.

use crate::bounds::Bounds;
use crate::region::Region;
use crate::sphere::kilometres;
use geojson::{GeoJson, GeometryValue};
use std::fmt::Write as _;
use tifli_units::{Kilometres, Position};

/// Edges are cut into pieces of at most this many degrees of longitude, so that the great circle
/// of a piece stays within ten metres of the straight line RFC 7946 means.
const LONGEST_STEP: f64 = 0.25;

/// The outer and inner rings of a polygon, first point not repeated.
type Rings = Vec<Vec<Position>>;

/// The land of a country: one or more polygons, possibly with holes, possibly sharing borders.
#[derive(Debug, Clone)]
pub struct Outline {
    polygons: Vec<Rings>,
    dense: Vec<Rings>,
    region: Region,
}

/// Why a text is no outline.
#[derive(Debug, thiserror::Error)]
pub enum OutlineError {
    /// Not GeoJSON.
    #[error("the outline is not GeoJSON")]
    NotGeoJson(#[source] Box<geojson::Error>),
    /// A feature that is neither a polygon nor a set of polygons.
    #[error("the outline holds something other than polygons")]
    NotPolygons,
    /// No polygon at all.
    #[error("the outline holds no polygon")]
    Empty,
    /// Fewer than three different points in a ring.
    #[error("a ring of the outline has fewer than three different points")]
    TooFewPoints,
    /// A coordinate out of range.
    #[error("a point of the outline is not on the globe")]
    NotOnGlobe,
    /// An edge over 180 degrees of longitude: the polygon must be cut at the antimeridian.
    #[error("an edge of the outline spans 180 degrees of longitude or more")]
    TooWide,
}

impl Outline {
    /// Reads a FeatureCollection, Feature, GeometryCollection, MultiPolygon or Polygon. Coordinates
    /// are kept to seven decimals (a centimetre).
    pub fn from_geojson(text: &str) -> Result<Self, OutlineError> {
        let json: GeoJson = text
            .parse()
            .map_err(|e| OutlineError::NotGeoJson(Box::new(e)))?;
        let mut polygons = Vec::new();
        match json {
            GeoJson::FeatureCollection(all) => {
                for feature in all.features {
                    gather(feature.geometry, &mut polygons)?;
                }
            }
            GeoJson::Feature(feature) => gather(feature.geometry, &mut polygons)?,
            GeoJson::Geometry(geometry) => gather(Some(geometry), &mut polygons)?,
        }
        if polygons.is_empty() {
            return Err(OutlineError::Empty);
        }
        let dense: Vec<Rings> = polygons
            .iter()
            .map(|rings| rings.iter().map(|ring| densified(ring)).collect())
            .collect();
        let region = Region::new(&dense);
        Ok(Self {
            polygons,
            dense,
            region,
        })
    }

    /// Whether a place is in the country; at sea or abroad it is not.
    pub fn contains(&self, p: Position) -> bool {
        self.region.contains(p)
    }

    /// Whether a place is in the country or at most `by` from it.
    pub fn contains_grown(&self, p: Position, by: Kilometres) -> bool {
        self.region.reaches(p, by.get())
    }

    /// How far a place is from the country: zero inside.
    pub fn distance_to(&self, p: Position) -> Kilometres {
        let away = if self.contains(p) {
            None
        } else {
            self.region.edge_km(p)
        };
        kilometres(away.unwrap_or(0.0))
    }

    /// The box around the country.
    pub fn bounds(&self) -> Bounds {
        let points = self.polygons.iter().flatten().flatten().copied();
        Bounds::of(points).expect("an outline has points")
    }

    /// The polygons as read: rings of points, outer first, the first point not repeated.
    pub fn polygons(&self) -> &[Vec<Vec<Position>>] {
        &self.polygons
    }

    /// The outline in one fixed text form, the same for the same geometry in the same order
    /// whatever the GeoJSON looked like: what others hash to name an outline.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        let mut text = String::from("outline 1\n");
        for rings in &self.polygons {
            text.push_str("polygon\n");
            for ring in rings {
                text.push_str("ring");
                for p in ring {
                    write!(text, " {:.7},{:.7}", p.lat(), p.lon())
                        .expect("writing to a string cannot fail");
                }
                text.push('\n');
            }
        }
        text.into_bytes()
    }

    /// The polygons with edges short enough to be great circles.
    pub(crate) fn dense(&self) -> &[Rings] {
        &self.dense
    }
}

/// The point a person probably meant who typed longitude first: `p` is outside of the country and
/// its exchange is inside.
pub fn looks_swapped(p: Position, country: &Outline) -> Option<Position> {
    let swapped = p.swapped()?;
    (!country.contains(p) && country.contains(swapped)).then_some(swapped)
}

fn gather(geometry: Option<geojson::Geometry>, into: &mut Vec<Rings>) -> Result<(), OutlineError> {
    match geometry.map(|g| g.value) {
        Some(GeometryValue::Polygon { coordinates }) => into.push(rings(&coordinates)?),
        Some(GeometryValue::MultiPolygon { coordinates }) => {
            for polygon in &coordinates {
                into.push(rings(polygon)?);
            }
        }
        Some(GeometryValue::GeometryCollection { geometries }) => {
            for geometry in geometries {
                gather(Some(geometry), into)?;
            }
        }
        _ => return Err(OutlineError::NotPolygons),
    }
    Ok(())
}

fn rings(polygon: &[Vec<geojson::Position>]) -> Result<Rings, OutlineError> {
    if polygon.is_empty() {
        return Err(OutlineError::TooFewPoints);
    }
    polygon.iter().map(|ring| ring_of(ring)).collect()
}

fn ring_of(points: &[geojson::Position]) -> Result<Vec<Position>, OutlineError> {
    let mut ring = points.iter().map(point).collect::<Result<Vec<_>, _>>()?;
    ring.dedup();
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    if ring.len() < 3 {
        return Err(OutlineError::TooFewPoints);
    }
    let next = ring.iter().cycle().skip(1);
    if ring
        .iter()
        .zip(next)
        .any(|(a, b)| (a.lon() - b.lon()).abs() >= 180.0)
    {
        return Err(OutlineError::TooWide);
    }
    Ok(ring)
}

fn point(p: &geojson::Position) -> Result<Position, OutlineError> {
    let snap = |degrees: f64| (degrees * 1e7).round() / 1e7 + 0.0;
    match *p.as_slice() {
        [lon, lat, ..] => Position::new(snap(lat), snap(lon)).map_err(|_| OutlineError::NotOnGlobe),
        _ => Err(OutlineError::NotOnGlobe),
    }
}

pub(crate) fn densified(ring: &[Position]) -> Vec<Position> {
    let mut dense = Vec::with_capacity(ring.len());
    for (i, &a) in ring.iter().enumerate() {
        let b = ring[(i + 1) % ring.len()];
        dense.push(a);
        let steps = ((b.lon() - a.lon()).abs() / LONGEST_STEP).ceil() as u32;
        // Counted from the western end, so that both neighbours of a border cut it alike.
        let (west, east) = if a.lon() <= b.lon() { (a, b) } else { (b, a) };
        for k in 1..steps {
            let k = if a.lon() <= b.lon() { k } else { steps - k };
            let share = f64::from(k) / f64::from(steps);
            let lat = west.lat() + (east.lat() - west.lat()) * share;
            let lon = west.lon() + (east.lon() - west.lon()) * share;
            dense.push(Position::new(lat, lon).expect("between two points of the globe"));
        }
    }
    dense
}
