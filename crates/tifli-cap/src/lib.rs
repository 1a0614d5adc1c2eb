//! Common Alerting Protocol: the types of 1.2, a writer that refuses what breaks the rules, a reader
//! of all versions and wrappers, a checker of files, profiles, and feeds of messages.
//!
//! For: whoever must emit, take in or judge CAP. Not for: the meaning of a missing-child alert, the
//! network, signatures, clocks or storage; this crate is pure and knows none of them.
//!
//! Source of the rules: OASIS Standard "Common Alerting Protocol Version 1.2", 1 July 2010, its
//! schema and its prose, and those of 1.0 and 1.1; feeds after the OASIS note "CAP Feeds Version 1.0".

mod atom;
mod check;
mod decode;
mod finding;
mod intake;
mod lineage;
mod list;
mod model;
mod parse;
mod profile;
mod prose;
mod reading;
mod reference;
mod rss;
mod schema;
mod shape;
mod syntax;
mod time;
mod verdict;
mod version;
mod words;
mod write;
mod xml;

pub use atom::{AtomAuthor, AtomEntry, AtomFeed, FEED_CONTENT_TYPE, FeedCategory};
pub use check::{Fault, Rule, check};
pub use decode::parse_bytes;
pub use finding::{Finding, FindingSeverity};
pub use intake::MAX_READ_BYTES;
pub use intake::wrapper::Wrapper;
pub use lineage::{cancel_of, references_to};
pub use model::{Alert, Area, EventCode, Geocode, Info, Parameter, Resource};
pub use parse::{MAX_DEPTH, ParseError, ParseFault, parse};
pub use profile::{Event, Facts, Profile, ProfileError, ShortText};
pub use reading::{Message, Reading, read};
pub use reference::{Reference, ReferenceError};
pub use rss::{RSS_CONTENT_TYPE, RssFeed};
pub use shape::{Circle, Decimal, MAX_RADIUS_KM, Point, Polygon, ShapeError};
pub use time::{CapTime, TimeError};
pub use verdict::{Options, Verdict, check_file};
pub use version::Version;
pub use words::{
    Category, Certainty, MsgType, ResponseType, Scope, Severity, Status, UnknownWord, Urgency,
};
pub use write::{WriteError, write};

/// The media type under which a CAP document is served.
pub const CONTENT_TYPE: &str = "application/cap+xml";

/// The XML namespace of CAP 1.2.
pub const NAMESPACE: &str = "urn:oasis:names:tc:emergency:cap:1.2";

/// The largest document that is written, or read by [`parse`], in bytes of UTF-8 (1 MiB).
pub const MAX_BYTES: usize = 1024 * 1024;
