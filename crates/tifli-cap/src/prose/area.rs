//! The doubtful things about an `area`: shapes that enclose nothing or cannot be meant.
//!
//! For: `prose`. Not for: places on the ground; the crate knows no map.

use roxmltree::Node;

use super::ring::{self, Crossing};
use super::said;
use crate::finding::Findings;
use crate::intake::node::{child, children, text_of};
use crate::shape::{MAX_RADIUS_KM, ShapeError, number};
use crate::version::Version;

/// The radius above which a circle is more likely meant in metres, in kilometres.
const LARGE_RADIUS_KM: f64 = 2_000.0;

/// Adds the warnings for this `area`.
pub(super) fn check(area: Node<'_, '_>, version: Version, out: &mut Findings) {
    for polygon in children(area, "polygon") {
        check_polygon(polygon, out);
    }
    for circle in children(area, "circle") {
        check_circle(circle, out);
    }
    check_heights(area, version, out);
}

fn check_polygon(node: Node<'_, '_>, out: &mut Findings) {
    let text = text_of(node);
    if text.trim().is_empty() {
        return out.warning(node, "polygon-blank", "The polygon is empty.");
    }
    let ring = match pairs(&text) {
        Ok(ring) => ring,
        Err(Blot::Form) => {
            let sentence = "The polygon is not a list of latitude,longitude pairs.";
            return out.warning(node, "polygon-form", sentence);
        }
        Err(Blot::Range) => {
            let sentence = "A coordinate of the polygon is out of range.";
            return out.warning(node, "coordinate-range", sentence);
        }
        Err(Blot::Swapped) => {
            let sentence = "A coordinate is out of range; longitude seems to stand first.";
            return out.warning(node, "coordinates-swapped", sentence);
        }
    };
    if ring.len() < 4 {
        let sentence = "A polygon needs four points, the last being the first again.";
        return out.warning(node, "polygon-points", sentence);
    }
    if ring.first() != ring.last() {
        let sentence = "The polygon is not closed: its last point is not its first.";
        out.warning(node, "polygon-open", sentence);
    }
    if ring::is_flat(&ring) {
        let sentence = "The polygon encloses nothing.";
        return out.warning(node, "polygon-flat", sentence);
    }
    match ring::crosses_itself(&ring, &mut out.edge_pairs) {
        Crossing::None => {}
        Crossing::Found => {
            let sentence = "The edges of the polygon cross one another.";
            out.warning(node, "polygon-crossing", sentence);
        }
        Crossing::NotExamined => {
            let sentence = "There are too many edges to tell whether they cross one another.";
            out.warning(node, "polygon-not-examined", sentence);
        }
    }
}

fn check_circle(node: Node<'_, '_>, out: &mut Findings) {
    let text = text_of(node);
    let mut words = text.split_whitespace();
    let (Some(center), Some(radius), None) = (words.next(), words.next(), words.next()) else {
        return out.warning(
            node,
            "circle-form",
            "The circle is not a latitude,longitude pair, a blank and a radius.",
        );
    };
    let radius = match (pair(center), number(radius)) {
        (Err(Blot::Range), _) => {
            let sentence = "The centre of the circle is out of range.";
            return out.warning(node, "coordinate-range", sentence);
        }
        (Err(Blot::Swapped), _) => {
            let sentence = "The centre is out of range; longitude seems to stand first.";
            return out.warning(node, "coordinates-swapped", sentence);
        }
        (Ok(_), Ok(radius)) => radius,
        _ => {
            let sentence = "The circle is not a latitude,longitude pair, a blank and a radius.";
            return out.warning(node, "circle-form", sentence);
        }
    };
    if radius < 0.0 {
        out.warning(node, "radius-negative", "A radius below 0 is impossible.");
    } else if radius > MAX_RADIUS_KM {
        let sentence = "A radius above 20 000 km is impossible; it seems to be in metres.";
        out.warning(node, "radius-impossible", sentence);
    } else if radius > LARGE_RADIUS_KM {
        let sentence = "The radius is above 2 000 km; radii are in kilometres, not in metres.";
        out.warning(node, "radius-large", sentence);
    }
}

fn check_heights(area: Node<'_, '_>, version: Version, out: &mut Findings) {
    let altitude = said(area, "altitude").and_then(|text| number(&text).ok());
    let Some(node) = child(area, "ceiling").filter(|_| version != Version::V1_0) else {
        return;
    };
    if said(area, "altitude").is_none() && said(area, "ceiling").is_some() {
        let sentence = "ceiling is only allowed together with altitude.";
        out.warning(node, "ceiling-alone", sentence);
    }
    let ceiling = said(area, "ceiling").and_then(|text| number(&text).ok());
    if ceiling
        .zip(altitude)
        .is_some_and(|(above, below)| above < below)
    {
        let sentence = "The ceiling lies below the altitude.";
        out.warning(node, "ceiling-below", sentence);
    }
}

/// Why a point cannot be used.
#[derive(Clone, Copy)]
enum Blot {
    Form,
    Range,
    Swapped,
}

fn pairs(text: &str) -> Result<Vec<(f64, f64)>, Blot> {
    let ring: Vec<_> = text
        .split_whitespace()
        .map(pair)
        .collect::<Result<_, _>>()?;
    if ring.is_empty() {
        return Err(Blot::Form);
    }
    Ok(ring)
}

fn pair(text: &str) -> Result<(f64, f64), Blot> {
    let (latitude, longitude) = text.split_once(',').ok_or(Blot::Form)?;
    let read = |text| number(text).map_err(|_: ShapeError| Blot::Form);
    let (latitude, longitude) = (read(latitude)?, read(longitude)?);
    if latitude.abs() <= 90.0 && longitude.abs() <= 180.0 {
        return Ok((latitude, longitude));
    }
    if longitude.abs() <= 90.0 && latitude.abs() <= 180.0 {
        return Err(Blot::Swapped);
    }
    Err(Blot::Range)
}
