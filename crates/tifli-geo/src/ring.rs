//! Whether the corners of a drawn polygon make a polygon at all.
//!
//! For: refusing what cannot be a search area, and bringing the rest into one form. Not for:
//! country outlines, which come from a source and are not drawn in haste.
//!
//! Corners lie on a grid of a hundred-thousandth of a degree (about a metre), so that the plane
//! tests are exact in whole numbers. Crossings are looked for twice, in the plane of longitude
//! and latitude, where partners read the ring, and on the sphere, where Tifli does.

use crate::sphere::Vec3;
use tifli_units::Position;

/// The most corners a drawn polygon may have.
pub const MAX_POINTS: usize = 1_000;

/// Steps of the coordinate grid in one degree.
const GRID: f64 = 1e5;
/// Beyond this latitude a polygon is refused: longitudes mean little there.
const HIGHEST_LATITUDE: f64 = 85.0;
/// Below this volume three unit vectors count as lying on one great circle.
const FLAT: f64 = 1e-15;

/// Why points make no search area.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ShapeError {
    /// No points at all.
    #[error("the polygon has no points")]
    Empty,
    /// Fewer than three different corners.
    #[error("the polygon has fewer than three different corners")]
    TooFewPoints,
    /// More than [`MAX_POINTS`] corners.
    #[error("the polygon has more than 1000 corners")]
    TooManyPoints,
    /// All corners on one line.
    #[error("the corners of the polygon lie on one line")]
    ZeroArea,
    /// Two edges cross, touch or lie on one another.
    #[error("the edges of the polygon cross or touch one another")]
    SelfCrossing,
    /// Half a turn or more of longitude, as when a ring crosses the antimeridian.
    #[error("the polygon spans 180 degrees of longitude or more")]
    TooWide,
    /// A region without land, or whose id is none, or a ring of it of fewer than three different points.
    #[error("a region of the area has no land or no name")]
    BadRegion,
    /// A region named twice.
    #[error("a region of the area is named twice")]
    RepeatedRegion,
    /// A corner beyond 85 degrees of latitude.
    #[error("the polygon comes too near to a pole")]
    NearPole,
}

/// A point in steps of the grid: x is longitude, y is latitude.
type Step = (i64, i64);

/// The nearest point of the grid.
pub(crate) fn on_grid(p: Position) -> Position {
    let snap = |degrees: f64| (degrees * GRID).round() / GRID + 0.0;
    Position::new(snap(p.lat()), snap(p.lon())).expect("rounding keeps a coordinate in its range")
}

/// A point as frozen texts have it: latitude first, five decimals.
pub(crate) fn position_text(p: Position) -> String {
    format!("{:.5},{:.5}", p.lat(), p.lon())
}

/// A ring of a region on the grid, otherwise as it was drawn: it comes from a source, as outlines do.
pub(crate) fn snapped(points: &[Position]) -> Result<Vec<Position>, ShapeError> {
    let ring = without_repeats(points);
    let wide = |(a, b): (&Position, &Position)| (a.lon() - b.lon()).abs() >= 180.0;
    let near_pole = ring.iter().any(|p| p.lat().abs() > HIGHEST_LATITUDE);
    if ring.len() < 3 {
        return Err(ShapeError::BadRegion);
    }
    if near_pole {
        return Err(ShapeError::NearPole);
    }
    if ring.iter().zip(ring.iter().cycle().skip(1)).any(wide) {
        return Err(ShapeError::TooWide);
    }
    Ok(ring)
}

fn without_repeats(points: &[Position]) -> Vec<Position> {
    let mut ring: Vec<Position> = points.iter().copied().map(on_grid).collect();
    ring.dedup();
    while ring.len() > 1 && ring.first() == ring.last() {
        ring.pop();
    }
    ring
}

/// Checks a ring and returns its corners on the grid, not repeated at the end, counter-clockwise,
/// beginning with the southernmost (of those the westernmost).
pub(crate) fn normalized(points: &[Position]) -> Result<Vec<Position>, ShapeError> {
    if points.is_empty() {
        return Err(ShapeError::Empty);
    }
    let mut ring = without_repeats(points);
    let steps: Vec<Step> = ring.iter().copied().map(step).collect();
    check_extent(&ring, &steps)?;
    check_crossings(&ring, &steps)?;
    if doubled_area(&steps) < 0 {
        ring.reverse();
    }
    let key = |p: &Position| {
        let (x, y) = step(*p);
        (y, x)
    };
    let first = (0..ring.len()).min_by_key(|&i| key(&ring[i])).unwrap_or(0);
    ring.rotate_left(first);
    Ok(ring)
}

fn check_extent(ring: &[Position], steps: &[Step]) -> Result<(), ShapeError> {
    let mut distinct = steps.to_vec();
    distinct.sort_unstable();
    distinct.dedup();
    if distinct.len() < 3 {
        return Err(ShapeError::TooFewPoints);
    }
    if ring.len() > MAX_POINTS {
        return Err(ShapeError::TooManyPoints);
    }
    if ring.iter().any(|p| p.lat().abs() > HIGHEST_LATITUDE) {
        return Err(ShapeError::NearPole);
    }
    let (west, east) = (distinct[0].0, distinct[distinct.len() - 1].0);
    if (east - west) as f64 >= 180.0 * GRID {
        return Err(ShapeError::TooWide);
    }
    if distinct
        .iter()
        .all(|&p| turn(distinct[0], distinct[1], p) == 0)
    {
        return Err(ShapeError::ZeroArea);
    }
    Ok(())
}

fn check_crossings(ring: &[Position], steps: &[Step]) -> Result<(), ShapeError> {
    let places: Vec<Vec3> = ring.iter().copied().map(Vec3::of).collect();
    let count = ring.len();
    for i in 0..count {
        let i_end = (i + 1) % count;
        if folds_back(steps[i], steps[i_end], steps[(i + 2) % count]) {
            return Err(ShapeError::SelfCrossing);
        }
        for j in i + 2..count {
            let j_end = (j + 1) % count;
            if j_end == i {
                continue;
            }
            let (a, b, c, d) = (steps[i], steps[i_end], steps[j], steps[j_end]);
            if meet_in_plane(a, b, c, d)
                || cross_on_sphere([places[i], places[i_end]], [places[j], places[j_end]])
            {
                return Err(ShapeError::SelfCrossing);
            }
        }
    }
    Ok(())
}

/// Whether the edge b-c runs back over the edge a-b.
fn folds_back(a: Step, b: Step, c: Step) -> bool {
    let along = (a.0 - b.0) * (c.0 - b.0) + (a.1 - b.1) * (c.1 - b.1);
    turn(a, b, c) == 0 && along > 0
}

fn meet_in_plane(a: Step, b: Step, c: Step, d: Step) -> bool {
    let (c_side, d_side) = (turn(a, b, c), turn(a, b, d));
    let (a_side, b_side) = (turn(c, d, a), turn(c, d, b));
    (c_side * d_side < 0 && a_side * b_side < 0)
        || (c_side == 0 && in_box(a, b, c))
        || (d_side == 0 && in_box(a, b, d))
        || (a_side == 0 && in_box(c, d, a))
        || (b_side == 0 && in_box(c, d, b))
}

/// Proper crossings only, since touching was found in the plane. Antipodal crossings cannot occur
/// in a ring of less than 180 degrees of longitude.
fn cross_on_sphere([a, b]: [Vec3; 2], [c, d]: [Vec3; 2]) -> bool {
    let parted = |normal: Vec3, p: Vec3, q: Vec3| {
        let (p, q) = (normal.dot(p), normal.dot(q));
        (p > FLAT && q < -FLAT) || (p < -FLAT && q > FLAT)
    };
    parted(a.normal(b), c, d) && parted(c.normal(d), a, b)
}

/// 1 for a left turn from a over b to c, -1 for a right turn, 0 for none; exact.
fn turn(a: Step, b: Step, c: Step) -> i64 {
    ((b.0 - a.0) * (c.1 - a.1) - (b.1 - a.1) * (c.0 - a.0)).signum()
}

fn in_box(a: Step, b: Step, p: Step) -> bool {
    (a.0.min(b.0)..=a.0.max(b.0)).contains(&p.0) && (a.1.min(b.1)..=a.1.max(b.1)).contains(&p.1)
}

fn doubled_area(steps: &[Step]) -> i128 {
    let next = steps.iter().cycle().skip(1);
    let cross = |(a, b): (&Step, &Step)| {
        i128::from(a.0) * i128::from(b.1) - i128::from(b.0) * i128::from(a.1)
    };
    steps.iter().zip(next).map(cross).sum()
}

fn step(p: Position) -> Step {
    (
        (p.lon() * GRID).round() as i64,
        (p.lat() * GRID).round() as i64,
    )
}
