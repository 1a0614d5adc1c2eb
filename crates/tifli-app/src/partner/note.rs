//! What a person writes beside a step: the partner's reference and words, sealed together.

use serde::{Deserialize, Serialize};
use tifli_domain::text;

use crate::report::text_problem;
use crate::{AppError, AppResult};

/// Most characters of a reference.
const REFERENCE: usize = 120;
/// Most characters of words.
const WORDS: usize = 1_000;

/// Reference and words.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandoverNote {
    /// The partner's reference: a ticket, the name of who took the call.
    pub reference: String,
    /// Words about it.
    pub words: String,
}

impl std::fmt::Debug for HandoverNote {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("HandoverNote")
    }
}

impl HandoverNote {
    /// The note as it may be kept.
    pub(super) fn checked(&self) -> AppResult<Self> {
        let mut problems = Vec::new();
        let mut take = |field, value: &str, limit| match text::plain(value, limit) {
            Ok(text) => text,
            Err(error) => {
                problems.push(text_problem(field, error));
                String::new()
            }
        };
        let note = Self {
            reference: take("reference", &self.reference, REFERENCE),
            words: take("words", &self.words, WORDS),
        };
        if problems.is_empty() {
            Ok(note)
        } else {
            Err(AppError::invalid(problems))
        }
    }

    /// Whether nothing was written.
    pub fn is_empty(&self) -> bool {
        self.reference.is_empty() && self.words.is_empty()
    }
}
