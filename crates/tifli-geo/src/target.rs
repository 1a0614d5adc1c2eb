//! Who is inside: the one function that counting, sending and checking all call.
//!
//! For: deciding whether a cell is reached by an area. Not for: knowing who lives in the cell.

use crate::cell::Cell;
use crate::outline::Outline;
use crate::region::Region;
use crate::shape::Shape;
use crate::sphere::{haversine_km, kilometres};
use tifli_units::Position;

/// A shape, possibly clipped to a country, prepared for many questions. It is made once per alert
/// and never changes.
#[derive(Debug, Clone)]
pub struct Target<'a> {
    body: Body,
    clip: Option<&'a Outline>,
}

#[derive(Debug, Clone)]
enum Body {
    Circle { center: Position, radius_km: f64 },
    Land(Region),
}

impl<'a> Target<'a> {
    /// Prepares a shape and the country it is clipped to, if any.
    pub fn new(shape: &Shape, clip: Option<&'a Outline>) -> Self {
        let body = match shape {
            Shape::Circle(c) => Body::Circle {
                center: c.center(),
                radius_km: c.radius().kilometres().get(),
            },
            Shape::Polygon(p) => Body::Land(Region::new(&[vec![p.corners().to_vec()]])),
            Shape::Regions(r) => Body::Land(Region::new(&r.dense())),
        };
        Self { body, clip }
    }

    /// Whether people of this cell are inside: the cell's centre lies in the shape grown by the
    /// cell's own circumradius and, where there is a clip, in the country grown likewise.
    pub fn covers(&self, cell: Cell) -> bool {
        self.covers_grown(cell.center(), cell.circumradius().get())
    }

    /// Whether a point is inside, without growth: for census points, not for subscribers.
    pub fn contains_point(&self, p: Position) -> bool {
        self.covers_grown(p, 0.0)
    }

    fn covers_grown(&self, p: Position, km: f64) -> bool {
        let in_shape = match &self.body {
            Body::Circle { center, radius_km } => haversine_km(*center, p) <= radius_km + km,
            Body::Land(region) => region.reaches(p, km),
        };
        in_shape
            && self
                .clip
                .is_none_or(|country| country.contains_grown(p, kilometres(km)))
    }
}
