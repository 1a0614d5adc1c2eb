//! An area as Common Alerting Protocol 1.2 says it, and how much of a shape lies abroad.
//!
//! For: the `circle` and `polygon` elements of a message. Not for: XML, and not for deciding who is
//! inside: these polygons are simplified for partners, the frozen area is not.

use crate::area::ClipError;
use crate::bounds::Bounds;
use crate::outline::Outline;
use crate::plane::Plane;
use crate::regions::RegionPart;
use crate::shape::Shape;
use geo::{
    Area as _, BooleanOps, BoundingRect, ConvexHull, Coord, MultiPolygon, Polygon, Rect, Simplify,
};
use tifli_units::Position;

/// A share of the area below this is no share: it is how exact the cutting is.
const NOTHING: f64 = 1e-6;
/// Pieces smaller than this, in km2, are left out unless they are all there is.
const SMALLEST_PIECE: f64 = 0.1;
/// Holes smaller than this, in km2, are filled: lagoons, and gaps between neighbouring regions.
const SMALLEST_HOLE: f64 = 50.0;
/// The first tolerance of simplification in km; it doubles until the polygon fits.
const FIRST_TOLERANCE: f64 = 0.05;
/// How often the tolerance doubles, up to some 50 km.
const DOUBLINGS: u32 = 10;

/// The geometry of a CAP `area` block.
#[derive(Debug, Clone, PartialEq)]
pub enum CapGeometry {
    /// The text of a `circle` element: "latitude,longitude kilometres".
    Circle(String),
    /// One or more rings, each closed, simple, without holes, of at most
    /// [`CapGeometry::MAX_POINTS`] points; [`positions_text`] writes one as a `polygon` element.
    Polygons(Vec<Vec<Position>>),
}

/// The geometry of one `area` block, and the region it is, if it is one.
#[derive(Debug, Clone, PartialEq)]
pub struct CapPart {
    /// The id of the region; `None` for what was drawn.
    pub region: Option<String>,
    /// Its geometry.
    pub geometry: CapGeometry,
}

/// Why an area has no CAP geometry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CapError {
    /// The outline given does not fit the area.
    #[error(transparent)]
    Clip(#[from] ClipError),
    /// The shape lies wholly outside of the country.
    #[error("no part of the area lies in the country")]
    Nowhere,
}

impl CapGeometry {
    /// The most points a ring has, the closing one included.
    pub const MAX_POINTS: usize = 400;

    /// A circle stays a circle, and a drawn polygon of few corners itself, unless the country
    /// leaves out a part of it (the sea is outside of a country). What is cut is simplified, by
    /// 50 m at first and more only where the ring would be too long. Regions of the country stay as the
    /// country pack draws them, wherever that can be written as a ring.
    pub(crate) fn of(shape: &Shape, country: Option<&Outline>) -> Result<Self, CapError> {
        let plane = Plane::around(shape);
        let whole = plane.shape(shape);
        let cut = country.map(|country| plane.cut(&whole, country));
        let kept = cut
            .as_ref()
            .map_or(1.0, |cut| cut.unsigned_area() / whole.unsigned_area());
        if kept <= NOTHING {
            return Err(CapError::Nowhere);
        }
        let drawn = !matches!(shape, Shape::Regions(_));
        if drawn && kept < 1.0 - NOTHING {
            let pieces = cut.unwrap_or(whole);
            return Ok(Self::Polygons(rings_of(&plane, pieces)));
        }
        Ok(match shape {
            Shape::Circle(c) => {
                let (p, km) = (c.center(), c.radius().kilometres().get());
                Self::Circle(format!("{},{} {km}", p.lat(), p.lon()))
            }
            Shape::Polygon(p) if p.corners().len() < Self::MAX_POINTS => {
                Self::Polygons(vec![p.closed()])
            }
            Shape::Polygon(_) => Self::Polygons(rings_of(&plane, whole)),
            Shape::Regions(r) => Self::Polygons(r.parts().iter().flat_map(region_rings).collect()),
        })
    }
}

/// One part for each region, one for any other shape.
pub(crate) fn parts(shape: &Shape, country: Option<&Outline>) -> Result<Vec<CapPart>, CapError> {
    let Shape::Regions(regions) = shape else {
        let geometry = CapGeometry::of(shape, country)?;
        let region = None;
        return Ok(vec![CapPart { region, geometry }]);
    };
    let part = |part: &RegionPart| CapPart {
        region: Some(part.id().to_owned()),
        geometry: CapGeometry::Polygons(region_rings(part)),
    };
    Ok(regions.parts().iter().map(part).collect())
}

/// The rings of a region: as drawn, so that neighbours have the same border in a message, but for a
/// ring that is too long, touches itself or has a hole.
fn region_rings(part: &RegionPart) -> Vec<Vec<Position>> {
    let as_drawn = |rings: &Vec<Vec<Position>>| match rings.as_slice() {
        [outer] if outer.len() < CapGeometry::MAX_POINTS => match Shape::polygon(outer.clone()) {
            Ok(Shape::Polygon(polygon)) => Some(polygon.closed()),
            _ => None,
        },
        _ => None,
    };
    let middle = Bounds::of(part.polygons().iter().flatten().flatten().copied());
    let plane = Plane::at(middle.expect("a region has points").middle());
    let dense = part.dense();
    let polygons = part.polygons().iter().zip(&dense);
    polygons
        .flat_map(|(rings, dense)| match as_drawn(rings) {
            Some(ring) => vec![ring],
            None => rings_of(&plane, plane.land(std::slice::from_ref(dense))),
        })
        .collect()
}

/// Points as a CAP `polygon` element has them: "latitude,longitude" pairs between spaces.
pub fn positions_text(points: &[Position]) -> String {
    let pairs: Vec<String> = points
        .iter()
        .map(|p| format!("{},{}", p.lat(), p.lon()))
        .collect();
    pairs.join(" ")
}

/// The share of a shape's area, 0 to 1, that lies outside of a country: abroad or at sea. Shares
/// below one millionth are 0.
pub fn foreign_share(shape: &Shape, country: &Outline) -> f64 {
    let plane = Plane::around(shape);
    let whole = plane.shape(shape);
    let share = 1.0 - plane.cut(&whole, country).unsigned_area() / whole.unsigned_area();
    if share < NOTHING { 0.0 } else { share.min(1.0) }
}

/// Pieces as rings for partners, the largest first.
fn rings_of(plane: &Plane, pieces: MultiPolygon) -> Vec<Vec<Position>> {
    let mut whole: Vec<Polygon> = pieces.into_iter().flat_map(without_holes).collect();
    whole.sort_by(|a, b| b.unsigned_area().total_cmp(&a.unsigned_area()));
    let large = whole
        .iter()
        .take_while(|p| p.unsigned_area() >= SMALLEST_PIECE)
        .count();
    whole.truncate(large.max(1));
    whole
        .iter()
        .filter_map(|piece| ring_of(plane, piece))
        .collect()
}

/// CAP polygons have no holes: a polygon with one is cut in two through the middle of the hole.
fn without_holes(polygon: Polygon) -> Vec<Polygon> {
    let (outer, holes) = polygon.into_inner();
    let is_large = |hole: &geo::LineString| {
        Polygon::new(hole.clone(), Vec::new()).unsigned_area() >= SMALLEST_HOLE
    };
    let holes: Vec<_> = holes.into_iter().filter(is_large).collect();
    let middle = holes
        .first()
        .and_then(|hole| hole.bounding_rect())
        .map(|r| r.center().x);
    let polygon = Polygon::new(outer, holes);
    let (Some(middle), Some(all)) = (middle, polygon.bounding_rect()) else {
        return vec![polygon];
    };
    let (low, high) = (all.min(), all.max());
    let west = Rect::new(
        low,
        Coord {
            x: middle,
            y: high.y,
        },
    )
    .to_polygon();
    let east = Rect::new(
        Coord {
            x: middle,
            y: low.y,
        },
        high,
    )
    .to_polygon();
    [west, east]
        .iter()
        .flat_map(|half| polygon.intersection(half))
        .flat_map(without_holes)
        .collect()
}

/// The ring of a piece, simplified as little as its length allows, and still a simple ring; the
/// hull of the piece if there is no other way. `None` for a piece thinner than the grid.
fn ring_of(plane: &Plane, piece: &Polygon) -> Option<Vec<Position>> {
    let sound = |line: &geo::LineString| {
        if line.0.len() > CapGeometry::MAX_POINTS {
            return None;
        }
        match Shape::polygon(line.coords().map(|&c| plane.globe(c)).collect()) {
            Ok(Shape::Polygon(polygon)) => Some(polygon.closed()),
            _ => None,
        }
    };
    (0..=DOUBLINGS)
        .map(|k| FIRST_TOLERANCE * f64::from(1u32 << k))
        .find_map(|tolerance| sound(&piece.exterior().simplify(tolerance)))
        .or_else(|| sound(piece.convex_hull().exterior()))
}
