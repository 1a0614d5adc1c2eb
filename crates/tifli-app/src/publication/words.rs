//! What is sealed with an entry: one shape for all kinds, empty parts left out.

use serde::{Deserialize, Serialize};
use tifli_domain::gate::Question;
use tifli_domain::id::CaseId;
use tifli_domain::qualify::{Certainty, Moving, Sign};
use tifli_domain::text;
use tifli_store::Sealed;
use tifli_store::publication::{Kind, words_context};

use crate::report::text_problem;
use crate::{App, AppError, AppResult};

/// The most characters of a reason, a note, an instruction.
pub(super) const NOTE: usize = 1_000;
/// The most characters of a name.
const NAME: usize = 120;

/// The words of an entry. Its `Debug` shows none.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Words {
    /// The reason or the note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// What was instructed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub instruction: String,
    /// Who was informed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub who: String,
    /// When it happened, if that is not when it was written down.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub happened_ms: Option<i64>,
    /// Which questions had closed the gate.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub over: Vec<String>,
    /// Signs of danger.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signs: Vec<String>,
    /// How sure the reporter is.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub certainty: String,
    /// `away`, or nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub moving: String,
    /// The rung by the table when it was decided.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by_table: String,
    /// Criteria that were met.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub met: Vec<String>,
    /// Criteria that were missing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing: Vec<String>,
}

impl std::fmt::Debug for Words {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("Words(…)")
    }
}

impl Words {
    /// Only a reason or a note.
    pub(super) fn note(note: String) -> Self {
        Self {
            note,
            ..Self::default()
        }
    }

    /// The questions that had closed the gate.
    pub(super) fn questions(&self) -> Vec<Question> {
        let held = |question: &Question| self.over.iter().any(|field| field == question.field());
        Question::ALL.into_iter().filter(held).collect()
    }

    /// The signs that were ticked; one this program does not know is left out.
    pub(super) fn signs(&self) -> impl Iterator<Item = Sign> {
        self.signs.iter().filter_map(|word| word.parse().ok())
    }

    /// How sure the reporter is.
    pub(super) fn certainty(&self) -> Certainty {
        self.certainty.parse().unwrap_or(Certainty::NotSaid)
    }

    /// Whether the child moves away.
    pub(super) fn moving(&self) -> Moving {
        match self.moving.as_str() {
            "away" => Moving::Away,
            _ => Moving::NotKnown,
        }
    }

    /// Reads what was sealed.
    pub(super) fn parse(bytes: Option<&[u8]>) -> AppResult<Self> {
        let bytes = bytes.ok_or_else(|| AppError::internal("publication_words"))?;
        serde_json::from_slice(bytes).map_err(|_| AppError::internal("publication_words"))
    }
}

/// A text that must be there, or its problem beside `field`.
pub(super) fn needed(field: &str, typed: &str) -> AppResult<String> {
    text::required(typed, NOTE).map_err(|error| AppError::invalid(vec![text_problem(field, error)]))
}

/// A text that may be empty, or its problem beside `field`.
pub(super) fn optional(field: &str, typed: &str) -> AppResult<String> {
    text::plain(typed, NOTE).map_err(|error| AppError::invalid(vec![text_problem(field, error)]))
}

/// A name that must be there, or its problem beside `field`.
pub(super) fn name(field: &str, typed: &str) -> AppResult<String> {
    text::required(typed, NAME).map_err(|error| AppError::invalid(vec![text_problem(field, error)]))
}

impl App {
    /// Seals the words of an entry written at `at_ms`.
    pub(super) async fn seal_words(
        &self,
        (case, kind, at_ms): (CaseId, Kind, i64),
        words: &Words,
    ) -> AppResult<Sealed> {
        let bytes = serde_json::to_vec(words).map_err(|_| AppError::internal("words"))?;
        self.seal(case, &words_context(case, kind, at_ms), &bytes)
            .await
    }
}
