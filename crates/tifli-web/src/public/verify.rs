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
    /// The key of the heading.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self.verdict {
            Verdict::Active => "verify-active",
            Verdict::Ended => "verify-ended",
            Verdict::NotOurs => "verify-not-ours",
            Verdict::Exercise => "verify-exercise",
        }
    }

    /// The key of what is to be done; none where the note says it.
    #[must_use]
    pub const fn find_more_key(&self) -> Option<&'static str> {
        match (self.verdict, self.note) {
            (Verdict::Active, _) => Some("verify-active-more"),
            (Verdict::Ended, _) => Some("verify-ended-more"),
            (Verdict::NotOurs, None) => Some("verify-not-ours-more"),
            (Verdict::NotOurs, Some(_)) => None,
            (Verdict::Exercise, _) => Some("verify-exercise-more"),
        }
    }

    /// The key of the note.
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
