//! The rules of one area, and when the areas of two languages are the same.
//!
//! For: `check`. Not for: geometry such as crossing edges.

use std::collections::BTreeSet;

use super::{Faults, Rule};
use crate::model::{Area, Geocode};
use crate::shape::{Circle, Decimal, Polygon};

/// Adds the faults of one area.
pub(super) fn check(at: &str, area: &Area, faults: &mut Faults) {
    faults.text(&format!("{at}.areaDesc"), &area.area_desc);
    for (index, polygon) in area.polygon.iter().enumerate() {
        if let Err(error) = polygon.points() {
            faults.add(&format!("{at}.polygon[{index}]"), Rule::BadShape(error));
        }
    }
    for (index, circle) in area.circle.iter().enumerate() {
        if let Err(error) = circle.center_and_radius_km() {
            faults.add(&format!("{at}.circle[{index}]"), Rule::BadShape(error));
        }
    }
    for (index, code) in area.geocode.iter().enumerate() {
        faults.text(
            &format!("{at}.geocode[{index}].valueName"),
            &code.value_name,
        );
        faults.text(&format!("{at}.geocode[{index}].value"), &code.value);
    }
    if area.ceiling.is_some() && area.altitude.is_none() {
        faults.add(&format!("{at}.ceiling"), Rule::CeilingAlone);
    }
}

/// Whether two lists of areas cover the same places, whatever their words.
pub(super) fn same(one: &[Area], other: &[Area]) -> bool {
    let cover = |area| Cover::of(area);
    one.iter().map(cover).collect::<BTreeSet<_>>()
        == other.iter().map(cover).collect::<BTreeSet<_>>()
}

/// What an area covers, free of words and of order.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Cover<'a> {
    polygon: BTreeSet<&'a Polygon>,
    circle: BTreeSet<&'a Circle>,
    geocode: BTreeSet<&'a Geocode>,
    altitude: Option<&'a Decimal>,
    ceiling: Option<&'a Decimal>,
}

impl Cover<'_> {
    fn of(area: &Area) -> Cover<'_> {
        Cover {
            polygon: area.polygon.iter().collect(),
            circle: area.circle.iter().collect(),
            geocode: area.geocode.iter().collect(),
            altitude: area.altitude.as_ref(),
            ceiling: area.ceiling.as_ref(),
        }
    }
}
