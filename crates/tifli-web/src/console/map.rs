//! A map as plain SVG paths, for pages without JavaScript and for a first look before the live map loads. It projects
//! rings of degrees onto a small sheet; it knows no tiles, no network and no GeoJSON.

use std::fmt::Write as _;

/// Width of the drawing in its own units; the height follows from the extent.
const WIDTH: f64 = 600.0;

/// The part of the world a drawing shows, in degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Extent {
    /// Western edge.
    pub west: f64,
    /// Southern edge.
    pub south: f64,
    /// Eastern edge.
    pub east: f64,
    /// Northern edge.
    pub north: f64,
}

/// A small mark on a drawing.
#[derive(Debug, Clone, PartialEq)]
pub struct Mark {
    /// Distance from the left edge.
    pub x: f64,
    /// Distance from the upper edge.
    pub y: f64,
    /// `point`, `sighting` or `town`: chooses the style.
    pub kind: &'static str,
    /// Name shown beside it; may be empty.
    pub label: String,
}

/// A drawing: land, the area of the alert, marks. Coordinates inside are the sheet's, never degrees.
#[derive(Debug, Clone, PartialEq)]
pub struct MapDrawing {
    extent: Extent,
    /// Height of the sheet; its width is 600.
    pub height: f64,
    /// Path data of the land.
    pub land: String,
    /// Path data of the area; empty when there is none.
    pub area: String,
    /// Marks in drawing order.
    pub marks: Vec<Mark>,
    /// What the map shows, in words of the page, for who cannot see it.
    pub title: String,
}

impl MapDrawing {
    /// An empty sheet of an extent, with what it shows in words.
    #[must_use]
    pub fn new(extent: Extent, title: impl Into<String>) -> Self {
        let squeeze = extent.middle().to_radians().cos().max(0.2);
        let ratio = (extent.north - extent.south) / ((extent.east - extent.west).max(0.001) * squeeze);
        Self {
            extent,
            height: (WIDTH * ratio.clamp(0.3, 1.6)).round(),
            land: String::new(),
            area: String::new(),
            marks: Vec::new(),
            title: title.into(),
        }
    }

    /// Adds land: rings of (longitude, latitude).
    pub fn insert_land(&mut self, ring: &[(f64, f64)]) {
        let path = self.path(ring);
        self.land.push_str(&path);
    }

    /// Adds a part of the alert's area: rings of (longitude, latitude).
    pub fn insert_area(&mut self, ring: &[(f64, f64)]) {
        let path = self.path(ring);
        self.area.push_str(&path);
    }

    /// Adds a mark at (longitude, latitude); one outside the sheet is left out.
    pub fn insert_mark(&mut self, at: (f64, f64), kind: &'static str, label: impl Into<String>) {
        let (x, y) = self.project(at);
        if (0.0..=WIDTH).contains(&x) && (0.0..=self.height).contains(&y) {
            self.marks.push(Mark { x, y, kind, label: label.into() });
        }
    }

    /// Whether nothing was drawn.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.land.is_empty() && self.area.is_empty() && self.marks.is_empty()
    }

    fn path(&self, ring: &[(f64, f64)]) -> String {
        let mut out = String::with_capacity(ring.len() * 10);
        for (index, corner) in ring.iter().enumerate() {
            let (x, y) = self.project(*corner);
            let letter = if index == 0 { 'M' } else { 'L' };
            let _ = write!(out, "{letter}{x:.1} {y:.1}");
        }
        if !out.is_empty() {
            out.push('Z');
        }
        out
    }

    fn project(&self, (lon, lat): (f64, f64)) -> (f64, f64) {
        let x = (lon - self.extent.west) / (self.extent.east - self.extent.west).max(0.001) * WIDTH;
        let y = (self.extent.north - lat) / (self.extent.north - self.extent.south).max(0.001) * self.height;
        (round(x), round(y))
    }
}

impl Extent {
    /// An extent around a point, `km` kilometres to each side.
    #[must_use]
    pub fn around((lon, lat): (f64, f64), km: f64) -> Self {
        let up = km / 111.2;
        let side = up / lat.to_radians().cos().max(0.2);
        Self { west: lon - side, south: lat - up, east: lon + side, north: lat + up }
    }

    fn middle(&self) -> f64 {
        f64::midpoint(self.south, self.north)
    }
}

fn round(value: f64) -> f64 {
    (value.clamp(-5_000.0, 5_000.0) * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_north_west_corner_is_the_upper_left_one() {
        let mut map = MapDrawing::new(Extent { west: -7.0, south: 33.0, east: -6.0, north: 34.0 }, "");
        map.insert_land(&[(-7.0, 34.0), (-6.0, 34.0), (-6.0, 33.0)]);
        assert!(map.land.starts_with("M0.0 0.0L600.0 0.0L600.0 "));
        assert!(map.land.ends_with('Z'));
    }

    #[test]
    fn a_mark_outside_the_sheet_is_left_out() {
        let mut map = MapDrawing::new(Extent::around((-6.8, 34.0), 50.0), "");
        map.insert_mark((-6.8, 34.0), "point", "Rabat");
        map.insert_mark((51.5, 25.3), "town", "Doha");
        assert_eq!(map.marks.len(), 1);
        assert!((map.marks[0].x - 300.0).abs() < 0.2);
    }
}
