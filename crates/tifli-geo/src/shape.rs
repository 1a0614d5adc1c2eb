//! What an officer draws or names: a circle, a polygon, regions of the country.
//!
//! For: the forms a search area may have, sound by construction. There is no default shape
//! and no "whole country". Not for: clipping at a border (see [`Area`](crate::Area)).

use crate::bounds::Bounds;
use crate::outline::Outline;
use crate::regions::Regions;
use crate::ring::{self, ShapeError};
use tifli_units::{Position, Radius};

/// A search area as drawn. Coordinates lie on a grid of five decimals of a degree (about a
/// metre) and radii on one of three decimals of a kilometre, so that text holds them exactly.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// All points within a distance of a centre.
    Circle(Circle),
    /// All points inside of a simple ring.
    Polygon(Polygon),
    /// All points inside of some regions of the country.
    Regions(Regions),
}

/// A circle on the sphere.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Circle {
    center: Position,
    radius: Radius,
}

/// A simple ring of great-circle edges, at most [`MAX_POINTS`](crate::MAX_POINTS) corners,
/// less than 180 degrees wide, counter-clockwise.
#[derive(Debug, Clone, PartialEq)]
pub struct Polygon {
    corners: Vec<Position>,
}

impl Shape {
    /// The circle around `center`; both are rounded to the grid.
    pub fn circle(center: Position, radius: Radius) -> Self {
        let meters = (radius.kilometres().get() * 1_000.0).round();
        let radius = Radius::new(meters / 1_000.0).expect("rounding to metres keeps the limits");
        Self::Circle(Circle {
            center: ring::on_grid(center),
            radius,
        })
    }

    /// The polygon with these corners, in either direction, closed or not. Corners are rounded to
    /// the grid and repeated ones dropped before anything is checked.
    pub fn polygon(points: Vec<Position>) -> Result<Self, ShapeError> {
        ring::normalized(&points).map(|corners| Self::Polygon(Polygon { corners }))
    }

    /// Whole regions, given by their id in the country pack and their outline; at least one, none twice.
    pub fn regions<'a>(
        regions: impl IntoIterator<Item = (&'a str, &'a Outline)>,
    ) -> Result<Self, ShapeError> {
        Regions::new(regions).map(Self::Regions)
    }

    /// The box around the shape, for maps.
    pub fn bounds(&self) -> Bounds {
        match self {
            Self::Circle(c) => Bounds::of_circle(c.center, c.radius.kilometres()),
            Self::Polygon(p) => {
                Bounds::of(p.corners.iter().copied()).expect("a polygon has corners")
            }
            Self::Regions(r) => Bounds::of(r.points()).expect("a region has points"),
        }
    }
}

impl Circle {
    /// The centre.
    pub fn center(&self) -> Position {
        self.center
    }

    /// The radius.
    pub fn radius(&self) -> Radius {
        self.radius
    }
}

impl Polygon {
    /// The corners, counter-clockwise, the first not repeated at the end.
    pub fn corners(&self) -> &[Position] {
        &self.corners
    }

    /// The corners with the first repeated at the end.
    pub fn closed(&self) -> Vec<Position> {
        self.corners
            .iter()
            .chain(self.corners.first())
            .copied()
            .collect()
    }
}
