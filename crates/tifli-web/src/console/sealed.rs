//! Sealed answers of a case: how many there are, the reason to type, and what was opened.

use askama::Template;

use super::case::FileGroup;
use crate::forms::FormErrors;
use crate::layout::Shell;

/// `GET|POST /console/cases/{id}/sealed`. The answer to the form shows what was opened and is kept by nobody.
#[derive(Debug, Clone, Template)]
#[template(path = "console/sealed.html")]
pub struct SealedPage {
    /// Frame.
    pub shell: Shell,
    /// Identifier of the case.
    pub case: String,
    /// The number people say.
    pub number: String,
    /// How many sealed questions are answered.
    pub answered: usize,
    /// The reason as typed.
    pub reason: String,
    /// What is wrong with it.
    pub errors: FormErrors,
    /// What was opened.
    pub opened: Vec<FileGroup>,
}
