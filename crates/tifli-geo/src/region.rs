//! A set of polygons on the sphere, prepared so that many points can be asked about quickly.
//!
//! For: drawn polygons and country outlines alike: inside, and within a distance of the border.
//! Not for: checking whether rings are sound (see `ring`, `outline`).
//!
//! Inside is decided by the edges that a point's meridian crosses north of it. An edge counts for
//! longitudes from its western end up to, and not with, its eastern end, so that a shared corner
//! counts once; neighbours that share an edge compute the same sign for it, so that no point
//! falls between them.

use crate::arc::Arc;
use crate::sphere::{Vec3, chord_squared, km_of_chord_squared};
use rstar::RTree;
use tifli_units::Position;

/// Polygons prepared for queries; a point is inside when it is inside of at least one.
#[derive(Debug, Clone)]
pub(crate) struct Region {
    patches: Vec<Patch>,
    edges: RTree<Arc>,
}

/// One polygon with its holes: edges in slabs of longitude, so that a query reads one slab.
#[derive(Debug, Clone)]
struct Patch {
    west: f64,
    east: f64,
    crossings: Vec<Crossing>,
    slabs: Vec<Vec<u32>>,
}

/// An edge as its meridian crossing sees it; `normal` points to the northern side.
#[derive(Debug, Clone)]
struct Crossing {
    west: f64,
    east: f64,
    normal: Vec3,
}

impl Region {
    /// Prepares polygons given as rings (outer first, then holes), closed or not. Edges are great
    /// circles and must span less than 180 degrees of longitude.
    pub fn new(polygons: &[Vec<Vec<Position>>]) -> Self {
        let mut arcs = Vec::new();
        let patches = polygons
            .iter()
            .map(|rings| Patch::new(rings, &mut arcs))
            .collect();
        Self {
            patches,
            edges: RTree::bulk_load(arcs),
        }
    }

    /// Whether a point is inside of one of the polygons.
    pub fn contains(&self, p: Position) -> bool {
        let place = Vec3::of(p);
        self.patches
            .iter()
            .any(|patch| patch.contains(p.lon(), place))
    }

    /// Whether a point is inside, or at most `km` from an edge.
    pub fn reaches(&self, p: Position, km: f64) -> bool {
        self.contains(p)
            || self
                .edges
                .locate_within_distance(Vec3::of(p).0, chord_squared(km))
                .next()
                .is_some()
    }

    /// Kilometres from a point to the nearest edge, whichever side of it the point is on.
    pub fn edge_km(&self, p: Position) -> Option<f64> {
        let place = Vec3::of(p);
        let nearest = self.edges.nearest_neighbor(&place.0)?;
        Some(km_of_chord_squared(nearest.chord_squared_to(place)))
    }
}

impl Patch {
    fn new(rings: &[Vec<Position>], arcs: &mut Vec<Arc>) -> Self {
        let mut crossings = Vec::new();
        for ring in rings {
            for (i, &a) in ring.iter().enumerate() {
                let b = ring[(i + 1) % ring.len()];
                if a == b {
                    continue;
                }
                let (from, to) = (Vec3::of(a), Vec3::of(b));
                arcs.push(Arc::new(from, to));
                if a.lon() < b.lon() {
                    crossings.push(Crossing {
                        west: a.lon(),
                        east: b.lon(),
                        normal: from.normal(to),
                    });
                } else if b.lon() < a.lon() {
                    crossings.push(Crossing {
                        west: b.lon(),
                        east: a.lon(),
                        normal: to.normal(from),
                    });
                }
            }
        }
        let west = crossings
            .iter()
            .map(|c| c.west)
            .fold(f64::INFINITY, f64::min);
        let east = crossings
            .iter()
            .map(|c| c.east)
            .fold(f64::NEG_INFINITY, f64::max);
        let mut patch = Self {
            west,
            east,
            crossings,
            slabs: Vec::new(),
        };
        patch.fill_slabs();
        patch
    }

    fn fill_slabs(&mut self) {
        let count = (self.crossings.len() / 4).clamp(1, 1024);
        let mut slabs = vec![Vec::new(); count];
        for (index, crossing) in (0u32..).zip(&self.crossings) {
            let (first, last) = (
                self.slab(crossing.west, count),
                self.slab(crossing.east, count),
            );
            for slab in &mut slabs[first..=last] {
                slab.push(index);
            }
        }
        self.slabs = slabs;
    }

    /// The slab a longitude falls in; monotone, so that an edge is in each slab it spans.
    fn slab(&self, lon: f64, count: usize) -> usize {
        let share = (lon - self.west) / (self.east - self.west);
        ((share * count as f64) as usize).min(count - 1)
    }

    fn contains(&self, lon: f64, place: Vec3) -> bool {
        if !(self.west..self.east).contains(&lon) {
            return false;
        }
        let north_of_it = self.slabs[self.slab(lon, self.slabs.len())]
            .iter()
            .map(|&index| &self.crossings[index as usize])
            .filter(|c| c.west <= lon && lon < c.east && c.normal.dot(place) < 0.0)
            .count();
        north_of_it % 2 == 1
    }
}
