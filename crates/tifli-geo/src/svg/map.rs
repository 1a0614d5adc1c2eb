//! One map: regions, an area, points and names, as a complete `<svg>` element.
//!
//! For: server-rendered pages. Not for: colours and fonts (the page's style sheet has them, by the
//! classes `map`, `map-region`, `map-area`, `map-kept`, `map-point`, `map-sighting`,
//! `map-dot`, `map-place`).

use super::base::BaseMap;
use super::label::{Label, around};
use super::projection::Projection;
use super::text::{escaped, number, push_ring};
use crate::regions::RegionPart;
use crate::shape::Shape;
use crate::sphere::destination;
use geo::{Area as _, BooleanOps, Coord, Intersects, LineString, Polygon, Rect, Simplify};
use tifli_units::Position;

/// The regions are simplified until they need no more than this many bytes.
const BASE_BUDGET: usize = 20_000;
/// The first tolerance of simplification, in pixels; it grows by half until the regions fit.
const FIRST_TOLERANCE: f64 = 0.5;
/// The largest tolerance, in pixels; beyond it a map would show nothing true.
const LAST_TOLERANCE: f64 = 12.0;
/// Islands smaller than this many square pixels are left out.
const SMALLEST_ISLAND: f64 = 1.0;
/// What lies this many pixels outside of the view is cut off; no stroke is wider.
const MARGIN: f64 = 8.0;
/// The most names on one map.
const MOST_NAMES: usize = 14;
/// How far from its middle a point keeps names away.
const POINT_PIXELS: f64 = 7.0;
/// Corners of a drawn circle.
const CIRCLE_CORNERS: u32 = 72;

/// A map under construction; each part is drawn in the order of the methods below, whatever the
/// order of calls.
#[derive(Debug, Clone)]
pub struct MapSvg<'a> {
    to: Projection,
    title: String,
    base: Option<&'a BaseMap>,
    areas: Vec<(&'static str, LineString)>,
    points: Vec<(f64, f64)>,
    sightings: Vec<(f64, f64)>,
    places: Vec<((f64, f64), String)>,
}

impl<'a> MapSvg<'a> {
    /// An empty map; `title` is what a screen reader says in its place.
    pub fn new(to: Projection, title: &str) -> Self {
        let title = title.to_owned();
        Self {
            to,
            title,
            base: None,
            areas: Vec::new(),
            points: Vec::new(),
            sightings: Vec::new(),
            places: Vec::new(),
        }
    }

    /// Draws the regions of a country (class `map-region`).
    #[must_use]
    pub fn base(mut self, base: &'a BaseMap) -> Self {
        self.base = Some(base);
        self
    }

    /// Draws an alert's circle or polygon (class `map-area`), or its regions (class `map-kept`, for nothing
    /// of them is cut off).
    #[must_use]
    pub fn shape(mut self, shape: &Shape) -> Self {
        let corners = match shape {
            Shape::Regions(regions) => {
                let polygons = regions.parts().iter().flat_map(RegionPart::polygons);
                let outer = polygons.filter_map(|rings| rings.first());
                let lines: Vec<_> = outer
                    .map(|ring| self.line(&closed(ring)).simplify(FIRST_TOLERANCE))
                    .filter(|line| line.0.len() > 3)
                    .collect();
                self.areas
                    .extend(lines.into_iter().map(|line| ("map-kept", line)));
                return self;
            }
            Shape::Polygon(polygon) => polygon.closed(),
            Shape::Circle(circle) => (0..=CIRCLE_CORNERS)
                .map(|i| f64::from(i % CIRCLE_CORNERS) * 360.0 / f64::from(CIRCLE_CORNERS))
                .map(|bearing| destination(circle.center(), bearing, circle.radius().kilometres()))
                .collect(),
        };
        self.areas.push(("map-area", self.line(&corners)));
        self
    }

    /// Draws a closed ring that is left of a shape after clipping (class `map-kept`).
    #[must_use]
    pub fn kept(mut self, ring: &[Position]) -> Self {
        self.areas.push(("map-kept", self.line(ring)));
        self
    }

    /// Draws a point (class `map-point`).
    #[must_use]
    pub fn point(mut self, p: Position) -> Self {
        self.points.push(self.to.pixel(p));
        self
    }

    /// Draws a sighting (class `map-sighting`), a square so that it is told from a point without its color.
    #[must_use]
    pub fn sighting(mut self, p: Position) -> Self {
        self.sightings.push(self.to.pixel(p));
        self
    }

    /// Draws a dot and a name (classes `map-dot`, `map-place`), unless it would cover a point or a
    /// name given earlier, lies outside of the view, or is one too many: give important places first.
    #[must_use]
    pub fn place(mut self, p: Position, name: &str) -> Self {
        self.places.push((self.to.pixel(p), name.to_owned()));
        self
    }

    /// The complete `<svg>` element. The whole of a country takes at most 25 kB: its regions at
    /// most 20 kB, the rest is what areas and names need.
    pub fn render(&self) -> String {
        let (width, height, title) = (self.to.width(), self.to.height(), escaped(&self.title));
        let mut svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"map\" viewBox=\"0 0 {width} {height}\" \
             width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{title}\">\
             <title>{title}</title>"
        );
        svg.push_str(&self.regions());
        for (class, line) in &self.areas {
            let path = path_of(self.visible(line).iter());
            if !path.is_empty() {
                svg.push_str(&format!("<path class=\"{class}\" d=\"{path}\"/>"));
            }
        }
        self.push_places(&mut svg);
        for &(x, y) in self.sightings.iter().filter(|&&at| self.to.shows(at)) {
            let (x, y) = (number(x - 3.5), number(y - 3.5));
            svg.push_str(&format!(
                "<rect class=\"map-sighting\" x=\"{x}\" y=\"{y}\" width=\"7\" height=\"7\"/>"
            ));
        }
        for &(x, y) in self.points.iter().filter(|&&pixel| self.to.shows(pixel)) {
            let (x, y) = (number(x), number(y));
            svg.push_str(&format!(
                "<circle class=\"map-point\" cx=\"{x}\" cy=\"{y}\" r=\"5\"/>"
            ));
        }
        svg.push_str("</svg>");
        svg
    }

    /// The regions, simplified as little as the budget allows.
    fn regions(&self) -> String {
        let Some(base) = self.base else {
            return String::new();
        };
        let mut tolerance = FIRST_TOLERANCE;
        loop {
            let text = self.regions_at(base, tolerance);
            if text.len() <= BASE_BUDGET || tolerance >= LAST_TOLERANCE {
                return text;
            }
            tolerance *= 1.5;
        }
    }

    fn regions_at(&self, base: &BaseMap, tolerance: f64) -> String {
        let mut text = String::new();
        for (name, rings) in base.drawn(&self.to, tolerance) {
            let seen: Vec<LineString> = rings.iter().flat_map(|ring| self.visible(ring)).collect();
            let path = path_of(seen.iter().filter(|ring| area(ring) >= SMALLEST_ISLAND));
            if path.is_empty() {
                continue;
            }
            text.push_str(&format!(
                "<path class=\"map-region\" fill-rule=\"evenodd\" d=\"{path}\""
            ));
            if name.is_empty() {
                text.push_str("/>");
            } else {
                text.push_str(&format!("><title>{}</title></path>", escaped(name)));
            }
        }
        text
    }

    fn push_places(&self, svg: &mut String) {
        let points = self.points.iter();
        let mut taken: Vec<Rect> = points.map(|&point| around(point, POINT_PIXELS)).collect();
        let seen = self.places.iter().filter(|(at, _)| self.to.shows(*at));
        let mut free = MOST_NAMES;
        for (at, name) in seen {
            let label = Label::place(&self.to, *at, name);
            if free == 0 || taken.iter().any(|other| label.covers(other)) {
                continue;
            }
            free -= 1;
            taken.extend([label.text, label.dot]);
            let (x, y) = (number(at.0), number(at.1));
            let (middle, below) = (number(label.middle), number(label.below));
            let name = escaped(name);
            svg.push_str(&format!(
                "<circle class=\"map-dot\" cx=\"{x}\" cy=\"{y}\" r=\"2\"/>\
                 <text class=\"map-place\" x=\"{middle}\" y=\"{below}\" text-anchor=\"middle\">{name}</text>"
            ));
        }
    }

    fn line(&self, points: &[Position]) -> LineString {
        points
            .iter()
            .map(|&p| Coord::from(self.to.pixel(p)))
            .collect()
    }

    /// The parts of a ring in or near the view. A ring wholly in view is returned as it is.
    fn visible(&self, ring: &LineString) -> Vec<LineString> {
        let view = Rect::new(
            (-MARGIN, -MARGIN),
            (self.to.width() + MARGIN, self.to.height() + MARGIN),
        );
        if ring.coords().all(|c| view.intersects(c)) {
            return vec![ring.clone()];
        }
        let polygon = Polygon::new(ring.clone(), Vec::new());
        let cut = polygon.intersection(&view.to_polygon());
        cut.into_iter().map(|part| part.into_inner().0).collect()
    }
}

fn closed(ring: &[Position]) -> Vec<Position> {
    ring.iter().chain(ring.first()).copied().collect()
}

fn path_of<'r>(rings: impl Iterator<Item = &'r LineString>) -> String {
    let mut path = String::new();
    rings.for_each(|ring| push_ring(&mut path, ring));
    path
}

fn area(ring: &LineString) -> f64 {
    Polygon::new(ring.clone(), Vec::new()).unsigned_area()
}
