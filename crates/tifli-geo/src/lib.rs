//! Where an alert reaches: shapes, distances, cells and "who is inside", on one sphere.
//!
//! For: every question of the kind "does this place lie in that area", asked by counting, sending
//! and checking alike through [`Target::covers`], and for drawing an area as CAP text or as SVG.
//! Not for: anything about a case or a person, files, networks, clocks, or travel on roads.
//!
//! Two conventions hold everywhere. The Earth is a sphere of 6 371.0088 km. The edges of a drawn
//! polygon are great circles; the edges of a GeoJSON outline and of regions are straight in longitude and
//! latitude, as RFC 7946 (3.1.1) has it, followed by great circles to within ten metres.

mod abroad;
mod arc;
mod area;
mod bounds;
mod cap;
mod cell;
mod outline;
mod plane;
mod region;
mod regions;
mod ring;
mod shape;
mod sphere;
pub mod svg;
mod target;

pub use abroad::{square_km, square_km_abroad};
pub use area::{Area, AreaError, Clip, ClipError};
pub use bounds::Bounds;
pub use cap::{CapError, CapGeometry, CapPart, foreign_share, positions_text};
pub use cell::{Cell, CellError, coarsen};
pub use outline::{Outline, OutlineError, looks_swapped};
pub use regions::{MAX_REGIONS, RegionPart, Regions};
pub use ring::{MAX_POINTS, ShapeError};
pub use shape::{Circle, Polygon, Shape};
pub use sphere::{EARTH_RADIUS_KM, destination, distance};
pub use target::Target;
