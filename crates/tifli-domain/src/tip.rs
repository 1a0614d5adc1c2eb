//! A tip: what a member of the public tells us. It can never change the state of a case.

use crate::machine::{NotPossible, Step, follow, step};
use crate::text::{self, TextError};
use tifli_units::Position;

/// Where a tip stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TipState {
    /// Received and durable.
    Received,
    /// Linked to its case as a sighting.
    Linked,
    /// Dismissed with a reason; still readable.
    Dismissed,
}

/// What happens to a tip.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TipAct {
    /// It is a sighting.
    Link,
    /// It is not.
    Dismiss,
    /// What was decided last is taken back.
    Reopen,
}

impl TipAct {
    /// Every act.
    pub const ALL: [Self; 3] = [Self::Link, Self::Dismiss, Self::Reopen];
}

/// The machine. A dismissal can be taken back; a link can be, too; both can be undone.
pub const TIP: &[Step<TipState, TipAct>] = &[
    step(TipState::Received, TipAct::Link, TipState::Linked, "room"),
    step(
        TipState::Received,
        TipAct::Dismiss,
        TipState::Dismissed,
        "room",
    ),
    step(TipState::Dismissed, TipAct::Link, TipState::Linked, "room"),
    step(
        TipState::Linked,
        TipAct::Dismiss,
        TipState::Dismissed,
        "room",
    ),
    step(TipState::Linked, TipAct::Reopen, TipState::Received, "room"),
    step(
        TipState::Dismissed,
        TipAct::Reopen,
        TipState::Received,
        "room",
    ),
];

impl TipState {
    /// Every state.
    pub const ALL: [Self; 3] = [Self::Received, Self::Linked, Self::Dismissed];

    /// Where `act` leads.
    pub fn after(self, act: TipAct) -> Result<Self, NotPossible<Self, TipAct>> {
        follow(TIP, self, act)
    }

    /// The word stored.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Linked => "linked",
            Self::Dismissed => "dismissed",
        }
    }
}

read_by_word!(TipState);

/// The most characters of a tip's words.
pub const WORDS_LIMIT: usize = 4_000;
/// The most characters of a place or time in words.
pub const LINE_LIMIT: usize = 200;

/// A tip as it was told.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Telling {
    /// What was seen.
    pub words: String,
    /// Where, in words.
    pub place_words: String,
    /// Where, as a place of the gazetteer.
    pub place: Option<String>,
    /// Where, as a point.
    pub point: Option<Position>,
    /// When, as typed (local date and time or words).
    pub seen_at: String,
    /// The language of the page it was told on.
    pub language: String,
}

/// A problem with a tip's form, beside its field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {problem}")]
pub struct TellingError {
    /// `words`, `place` or `seen_at`.
    pub field: &'static str,
    /// What is wrong.
    pub problem: TextError,
}

impl Telling {
    /// Checks and trims a tip: words are needed, the rest is not.
    pub fn check(mut self) -> Result<Self, Vec<TellingError>> {
        let mut problems = Vec::new();
        let mut keep = |field, result: Result<String, TextError>| match result {
            Ok(text) => text,
            Err(problem) => {
                problems.push(TellingError { field, problem });
                String::new()
            }
        };
        let words = text::without_markup(&self.words, WORDS_LIMIT).and_then(|w| {
            if w.is_empty() {
                Err(TextError::Missing)
            } else {
                Ok(w)
            }
        });
        self.words = keep("words", words);
        self.place_words = keep("place", text::without_markup(&self.place_words, LINE_LIMIT));
        self.seen_at = keep("seen_at", text::without_markup(&self.seen_at, LINE_LIMIT));
        if problems.is_empty() {
            Ok(self)
        } else {
            Err(problems)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tip_with_markup_or_hidden_characters_or_too_long_is_refused_beside_the_field() {
        let tip = |words: &str| {
            let told = Telling {
                words: words.into(),
                place_words: String::new(),
                place: None,
                point: None,
                seen_at: String::new(),
                language: "ar".into(),
            };
            told.check().map(|t| t.words).map_err(|p| p[0].problem)
        };
        assert_eq!(tip("near the <script>"), Err(TextError::Markup));
        assert_eq!(tip("a\u{202e}b"), Err(TextError::HiddenCharacters));
        assert_eq!(
            tip(&"x".repeat(4_001)),
            Err(TextError::TooLong { limit: 4_000 })
        );
        assert_eq!(tip(""), Err(TextError::Missing));
        assert_eq!(tip("رأيتها قرب المحطة").as_deref(), Ok("رأيتها قرب المحطة"));
    }

    #[test]
    fn every_state_of_a_tip_is_reached_only_by_its_table() {
        let possible = TipState::ALL
            .iter()
            .flat_map(|s| TipAct::ALL.map(|a| s.after(a)))
            .filter(Result::is_ok)
            .count();
        assert_eq!(possible, TIP.len());
    }
}
