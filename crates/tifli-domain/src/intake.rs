//! The report as it is typed: its fields, who may see each, and when it is enough to open a case.
//!
//! Each field is saved by itself from the first keystroke, so the form is a table of fields, not a
//! structure that must be whole. [`Report::read`] makes the structure once it is asked for. Beside the
//! fields stand two lists, of people and of places ([`KnownPerson`], [`KnownPlace`]).

mod field;
mod kind;
mod known;
mod on_paper;
mod report;
mod source;

pub use field::Field;
pub use kind::{Feed, Kind, Mark, Section, Tier, Visibility};
pub use known::{
    Item, KnownList, KnownPerson, KnownPlace, ListProblem, PersonPart, PlacePart,
    Typed as TypedItem,
};
pub use on_paper::{PAPER_DAYS, PaperTimeProblem, Room, paper_time};
pub use report::{
    Birth, Consent, FieldError, FieldProblem, Nature, Report, Sex, Warning, accept, accept_marked,
};
pub use source::{Said, Source, Tie, source_name};
