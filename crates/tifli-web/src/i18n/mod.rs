//! Languages of the pages: which one to speak, and the words. Not for dates and numbers (see `format`), nor for the
//! text of alerts, which is written by people and frozen with the message.

mod locale;
mod translator;

pub use fluent_bundle::FluentValue;
pub use locale::{Direction, Locale, split_path};
pub use translator::{Catalogue, T, catalogue};
