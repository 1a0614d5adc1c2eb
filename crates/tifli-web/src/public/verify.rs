//! Is it real? One field, one answer, large.

use askama::Template;
use tifli_app::alert::{Note, Verdict};

use crate::forms::FormErrors;
use crate::layout::PublicShell;

/// `/v`: is this alert ours, and does it stand?
#[derive(Debug, Clone, Template)]
#[template(path = "public/verify.html")]
pub struct VerifyPage {
    /// Frame.
    pub shell: PublicShell,
    /// What was typed or pasted.
    pub typed: String,
    /// The answer, once something was asked.
    pub answer: Option<AnswerView>,
    /// What is wrong with what was typed.
    pub errors: FormErrors,
}

/// The answer in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerView {
    /// One of four.
    pub verdict: Verdict,
    /// What is said beside it.
    pub note: Option<Note>,
    /// Public code of the page to open, while the alert is out.
    pub alert_code: Option<String>,
    /// Public code with a signed answer, for an alert of ours.
    pub signed_code: Option<String>,
}

impl AnswerView {
    /// Keys of the heading and of the sentence below it.
    #[must_use]
    pub const fn keys(&self) -> (&'static str, &'static str) {
        match self.verdict {
            Verdict::Active => ("verify-active", "verify-active-more"),
            Verdict::Ended => ("verify-ended", "verify-ended-more"),
            Verdict::NotOurs => ("verify-not-ours", "verify-not-ours-more"),
            Verdict::Exercise => ("verify-exercise", "verify-exercise-more"),
        }
    }

    /// The sentence of the note, which stands in the place of the usual one or after it.
    #[must_use]
    pub const fn find_note_key(&self) -> Option<&'static str> {
        match self.note {
            Some(Note::Differs) => Some("verify-differs"),
            Some(Note::Outdated) => Some("verify-outdated"),
            Some(Note::ForeignAddress) => Some("verify-foreign-address"),
            None => None,
        }
    }

    /// How it looks.
    #[must_use]
    pub const fn class(&self) -> &'static str {
        match self.verdict {
            Verdict::Active => "good",
            Verdict::NotOurs => "warn",
            Verdict::Ended | Verdict::Exercise => "",
        }
    }
}
