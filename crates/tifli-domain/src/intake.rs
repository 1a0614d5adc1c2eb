//! The report as it is typed: its fields, who may see each, and when it is enough to open a case.
//!
//! Each field is saved by itself from the first keystroke, so the form is a table of fields, not a
//! structure that must be whole. [`Report::read`] makes the structure once it is asked for.

mod field;
mod report;

pub use field::{Field, Kind, Section, Visibility};
pub use report::{Birth, Consent, FieldError, FieldProblem, Nature, Report, Sex, Warning, accept};
