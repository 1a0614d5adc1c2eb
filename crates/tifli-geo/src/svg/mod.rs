//! Maps as SVG text, made on the server, for pages that load nothing from elsewhere.
//!
//! For: an overview of the country with an alert's area, points and names on it. Not for: streets,
//! tiles, or anything that a script would move. The text holds classes and no styles, so that a
//! strict content security policy lets it pass; the page's style sheet colours it.

mod base;
mod label;
mod map;
mod projection;
mod text;

pub use base::BaseMap;
pub use map::MapSvg;
pub use projection::Projection;
