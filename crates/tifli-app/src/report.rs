//! The report and the file it becomes: typed field by field, read with an audit entry, received
//! once it is whole, listed, searched and closed.
//!
//! Every answer is appended and sealed from the first keystroke. Two people who answer the same
//! question lose nothing: the answer that came second is kept beside the one that stands. Not here:
//! photos ([`crate::media`]), alerts, and the erasure of a case.

mod cues;
mod first;
mod index;
mod list;
mod load;
mod pick;
mod read;
mod receive;
mod save;
mod start;
mod timeline;

#[cfg(test)]
mod stories;

pub(crate) use first::{find_made, find_opened, first_answers};
pub use index::Index;
pub use list::{CaseFilter, CaseSummary, ChildLine};
pub(crate) use pick::Picked;
pub use read::{AnswerView, CaseFile, KeptAnswer, SealedAnswer, SourceView};
pub(crate) use read::{guardian_in, reading};
pub(crate) use receive::receive_in;
pub use receive::{Confirmation, Receiving};
pub(crate) use save::known_sources;
pub use save::{Save, SavedMany, Sending, Typed};
pub use timeline::TimelineEntry;

use tifli_domain::case::CaseState;
use tifli_domain::intake::{Field, FieldError, FieldProblem};
use tifli_domain::text::TextError;
use tifli_store::case::CaseRow;

use crate::{AppError, AppResult, Kind, Problem};

/// The code of a text's problem, as pages and the API word it.
pub(crate) fn text_code(error: TextError) -> &'static str {
    match error {
        TextError::Missing => "missing",
        TextError::TooLong { .. } => "too_long",
        TextError::HiddenCharacters => "hidden_characters",
        TextError::Markup => "markup",
    }
}

/// A field's problem beside its field.
pub(crate) fn problem(error: FieldError) -> Problem {
    beside_name(error.field.name(), error.problem)
}

/// The same beside a field that is known by its name only.
pub(crate) fn beside_name(field: &str, problem: FieldProblem) -> Problem {
    match problem {
        FieldProblem::Missing => Problem::new(field, "missing"),
        FieldProblem::Text(text) => text_problem(field, text),
        FieldProblem::NotAnAnswer => Problem::new(field, "not_an_answer"),
        FieldProblem::NotInRange(low, high) => Problem::new(field, "not_in_range")
            .with("low", low)
            .with("high", high),
        FieldProblem::NotADate => Problem::new(field, "not_a_date"),
        FieldProblem::InTheFuture => Problem::new(field, "in_the_future"),
        FieldProblem::NotAChild => Problem::new(field, "not_a_child"),
        FieldProblem::BeforeBirth => Problem::new(field, "before_birth"),
        FieldProblem::NotDegrees => Problem::new(field, "not_degrees"),
        FieldProblem::Swapped => Problem::new(field, "swapped"),
    }
}

/// A text's problem beside any field.
pub(crate) fn text_problem(field: &str, error: TextError) -> Problem {
    let problem = Problem::new(field, text_code(error));
    match error {
        TextError::TooLong { limit } => problem.with("limit", limit),
        _ => problem,
    }
}

/// One problem beside a field of the intake table.
fn beside(field: Field, problem: FieldProblem) -> FieldError {
    FieldError { field, problem }
}

/// Refuses a case that is closed or erased, where something would be added to its file.
pub(crate) fn still_open(row: &CaseRow) -> AppResult<()> {
    match row.state {
        CaseState::Erased => Err(erased()),
        CaseState::Closed => Err(AppError::conflict("case_closed")),
        _ => Ok(()),
    }
}

/// Refuses a case that was erased, where something would be read.
pub(crate) fn not_erased(row: &CaseRow) -> AppResult<()> {
    match row.state {
        CaseState::Erased => Err(erased()),
        _ => Ok(()),
    }
}

pub(crate) fn erased() -> AppError {
    AppError::new(Kind::Gone, "erased")
}
