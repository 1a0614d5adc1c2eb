//! The regions of a country, prepared for drawing once.
//!
//! For: maps in which neighbours keep one common border however much it is simplified. Not for:
//! geometry that decides anything.
//!
//! Rings are cut into lines at the points where three or more lines meet; each line is kept once,
//! simplified once per map, and each region is put together from its lines again.

use super::projection::Projection;
use crate::bounds::Bounds;
use crate::outline::Outline;
use geo::{Coord, LineString, Simplify};
use std::collections::HashMap;
use tifli_units::Position;

/// The regions of a country (or the country alone) as drawn under an alert.
#[derive(Debug, Clone)]
pub struct BaseMap {
    lines: Vec<Vec<Position>>,
    regions: Vec<Region>,
    bounds: Option<Bounds>,
}

#[derive(Debug, Clone)]
struct Region {
    name: String,
    rings: Vec<Vec<Piece>>,
}

/// A line as part of a ring, possibly walked from its end.
#[derive(Debug, Clone, Copy)]
struct Piece {
    line: usize,
    backwards: bool,
}

/// A point in ten-millionths of a degree, as outlines keep them.
type Key = (i64, i64);

impl BaseMap {
    /// Prepares regions given by name and outline; a name may be empty.
    pub fn new<'a>(regions: impl IntoIterator<Item = (&'a str, &'a Outline)>) -> Self {
        let regions: Vec<(&str, &Outline)> = regions.into_iter().collect();
        let mut nodes = HashMap::new();
        for (_, outline) in &regions {
            outline
                .polygons()
                .iter()
                .flatten()
                .for_each(|ring| note_neighbors(ring, &mut nodes));
        }
        let bounds = regions
            .iter()
            .map(|(_, o)| o.bounds())
            .reduce(Bounds::union);
        let mut map = Self {
            lines: Vec::new(),
            regions: Vec::new(),
            bounds,
        };
        let mut known = HashMap::new();
        for (name, outline) in regions {
            let rings = outline.polygons().iter().flatten();
            let rings = rings
                .map(|ring| map.pieces(ring, &nodes, &mut known))
                .collect();
            map.regions.push(Region {
                name: name.to_owned(),
                rings,
            });
        }
        map
    }

    /// The box around all regions; `None` for no regions.
    pub fn bounds(&self) -> Option<Bounds> {
        self.bounds
    }

    /// The regions in pixels, each line simplified by `tolerance` pixels.
    pub(crate) fn drawn(&self, to: &Projection, tolerance: f64) -> Vec<(&str, Vec<LineString>)> {
        let simple: Vec<LineString> = self
            .lines
            .iter()
            .map(|line| {
                let pixels = line.iter().map(|&p| Coord::from(to.pixel(p)));
                pixels.collect::<LineString>().simplify(tolerance)
            })
            .collect();
        let ring = |pieces: &Vec<Piece>| {
            let mut points: Vec<Coord> = Vec::new();
            for piece in pieces {
                let line = &simple[piece.line].0;
                if piece.backwards {
                    points.extend(line.iter().rev());
                } else {
                    points.extend(line);
                }
            }
            points.dedup();
            LineString::new(points)
        };
        let region = |r: &Region| r.rings.iter().map(ring).collect();
        self.regions
            .iter()
            .map(|r| (r.name.as_str(), region(r)))
            .collect()
    }

    fn pieces(
        &mut self,
        ring: &[Position],
        nodes: &HashMap<Key, Neighbors>,
        known: &mut HashMap<(Key, Key, Key), usize>,
    ) -> Vec<Piece> {
        let is_node = |p: &Position| nodes.get(&key(*p)).is_some_and(Neighbors::is_node);
        let lowest = || (0..ring.len()).min_by_key(|&i| key(ring[i])).unwrap_or(0);
        let start = ring.iter().position(is_node).unwrap_or_else(lowest);
        let mut pieces = Vec::new();
        let mut line = vec![ring[start]];
        for step in 1..=ring.len() {
            let p = ring[(start + step) % ring.len()];
            line.push(p);
            if step == ring.len() || is_node(&p) {
                pieces.push(self.piece(std::mem::replace(&mut line, vec![p]), known));
            }
        }
        pieces
    }

    /// The piece for a line between two nodes; a line met before, either way round, is reused.
    fn piece(
        &mut self,
        mut line: Vec<Position>,
        known: &mut HashMap<(Key, Key, Key), usize>,
    ) -> Piece {
        let (first, last) = (line[0], line[line.len() - 1]);
        // A closed line is told apart in its two directions by its second point.
        let (second, second_last) = (line[1], line[line.len() - 2]);
        let backwards = (key(last), key(second_last)) < (key(first), key(second));
        if backwards {
            line.reverse();
        }
        let name = (key(line[0]), key(line[1]), key(line[line.len() - 1]));
        let next = self.lines.len();
        let index = *known.entry(name).or_insert(next);
        if index == next {
            self.lines.push(line);
        }
        Piece {
            line: index,
            backwards,
        }
    }
}

/// Up to three different neighbours of a point; three make it a node.
#[derive(Debug, Clone, Copy, Default)]
struct Neighbors([Option<Key>; 3]);

impl Neighbors {
    fn note(&mut self, neighbor: Key) {
        if !self.0.contains(&Some(neighbor))
            && let Some(free) = self.0.iter_mut().find(|slot| slot.is_none())
        {
            *free = Some(neighbor);
        }
    }

    fn is_node(&self) -> bool {
        self.0[2].is_some()
    }
}

fn note_neighbors(ring: &[Position], nodes: &mut HashMap<Key, Neighbors>) {
    for (i, &a) in ring.iter().enumerate() {
        let b = ring[(i + 1) % ring.len()];
        nodes.entry(key(a)).or_default().note(key(b));
        nodes.entry(key(b)).or_default().note(key(a));
    }
}

fn key(p: Position) -> Key {
    (
        (p.lon() * 1e7).round() as i64,
        (p.lat() * 1e7).round() as i64,
    )
}
