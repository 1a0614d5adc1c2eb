//! Common Alerting Protocol 1.2: the types, a writer that refuses what breaks the rules, a strict
//! reader, and an Atom feed of messages.
//!
//! For: whoever must emit or take in CAP. Not for: the meaning of a missing-child alert, the
//! network, clocks or storage; this crate is pure and knows none of them. Signatures: see [`sign`].
//!
//! Source of the rules: OASIS Standard "Common Alerting Protocol Version 1.2", 1 July 2010, its
//! schema and its prose; feeds after the OASIS note "CAP Feeds Version 1.0".

mod atom;
mod check;
mod decode;
mod lineage;
mod list;
mod model;
mod parse;
mod reference;
mod shape;
pub mod sign;
mod syntax;
mod time;
mod words;
mod write;
mod xml;

pub use atom::{AtomAuthor, AtomEntry, AtomFeed, FEED_CONTENT_TYPE};
pub use check::{Fault, Rule, check};
pub use decode::parse_bytes;
pub use lineage::{cancel_of, references_to};
pub use model::{Alert, Area, EventCode, Geocode, Info, Parameter, Resource};
pub use parse::{MAX_DEPTH, ParseError, ParseFault, parse};
pub use reference::{Reference, ReferenceError};
pub use shape::{Circle, Decimal, MAX_RADIUS_KM, Point, Polygon, ShapeError};
pub use time::{CapTime, TimeError};
pub use words::{
    Category, Certainty, MsgType, ResponseType, Scope, Severity, Status, UnknownWord, Urgency,
};
pub use write::{WriteError, write};

/// The media type under which a CAP document is served.
pub const CONTENT_TYPE: &str = "application/cap+xml";

/// The XML namespace of CAP 1.2.
pub const NAMESPACE: &str = "urn:oasis:names:tc:emergency:cap:1.2";

/// The largest document that is read or written, in bytes of UTF-8 (1 MiB).
pub const MAX_BYTES: usize = 1024 * 1024;
