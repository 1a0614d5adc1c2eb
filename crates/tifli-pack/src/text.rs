//! The public words of an alert, rendered from the pack's templates in one language at a time.
//!
//! For: headline, description and instruction of an alert, an update and an end; the description
//! of the area. Not for: escaping (the page does that), nor translating what a person typed.
//! The least that works is all these texts can hold: a first name, never a family name or address.

mod facts;
mod plural;
mod render;
mod template;
mod texts;

pub use facts::{AlertFacts, AlertText, AreaFacts, TextKind};
pub use plural::{Plural, plural};
pub use render::RenderError;
pub(crate) use template::Template;
pub(crate) use texts::{Texts, path};
