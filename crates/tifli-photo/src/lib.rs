//! Photos from strangers, made safe to show: a hostile file goes into a confined child process and only freshly
//! drawn JPEG renditions, without any metadata, come out.
//!
//! - [`decode_main`] is the child: the product runs it as the hidden subcommand `tifli decode`.
//! - [`Decoder`] is the parent: it starts that child, feeds it, times it, and believes nothing it says unchecked.
//! - [`render`] is the core both rely on, a pure function from bytes to [`Decoded`].
//! - [`Bitmap`] gives the pixels of our own renditions to who puts a picture together.
//! - [`portrait`] draws invented children for the demo and the tests.
//!
//! Not for storing photos, for deciding who may see one, or for recognizing anybody.

mod answer;
mod bitmap;
mod child;
mod confine;
mod decoder;
mod error;
mod jpeg;
pub mod limits;
pub mod portrait;
mod render;
mod sniff;

pub use answer::{Decoded, Hint, Rendition, RenditionName, SourceFormat, write_answer};
pub use bitmap::Bitmap;
pub use child::decode_main;
pub use confine::{Confinement, confine};
pub use decoder::Decoder;
pub use error::{ForeignFormat, PhotoError};
pub use render::render;
