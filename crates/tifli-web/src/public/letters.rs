//! Asking for alerts by e-mail, confirming it, and leaving. Everything works without a script.

use askama::Template;

use crate::forms::{Choice, FormErrors};
use crate::layout::PublicShell;

/// `/letters`: a place is searched for (`POST /letters/places` with `q`), then place, language and address are sent
/// (`POST /letters`). Neither stands in an address of the web.
#[derive(Debug, Clone, Template)]
#[template(path = "public/letters.html")]
pub struct LettersPage {
    /// Frame.
    pub shell: PublicShell,
    /// Whether this house sends alerts by e-mail.
    pub offered: bool,
    /// What was searched for; `None` before the first search.
    pub query: Option<String>,
    /// Places that match: value is the place's public code.
    pub places: Vec<Choice>,
    /// Languages alerts are written in.
    pub languages: Vec<Choice>,
    /// The address, as typed, when it could not be taken.
    pub address: String,
    /// What is wrong: `place`, `language`, `address`.
    pub errors: FormErrors,
}

/// What is said after a step, or asked before one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LettersStep {
    /// A letter is under way, whoever asked.
    Asked,
    /// A button that confirms.
    Confirm,
    /// It is confirmed.
    Confirmed,
    /// A button that leaves.
    Leave,
    /// They have left.
    Left,
    /// The link leads nowhere any more.
    Unknown,
}

/// `/letters/asked`, `/letters/confirm/{token}`, `/letters/confirmed`, `/letters/leave/{token}`.
#[derive(Debug, Clone, Template)]
#[template(path = "public/letters_step.html")]
pub struct LettersStepPage {
    /// Frame.
    pub shell: PublicShell,
    /// Which.
    pub step: LettersStep,
    /// Where the button of this step posts to; empty where there is none.
    pub action: String,
}

impl LettersStep {
    /// Every step.
    pub const ALL: [Self; 6] = [
        Self::Asked,
        Self::Confirm,
        Self::Confirmed,
        Self::Leave,
        Self::Left,
        Self::Unknown,
    ];

    /// The word in its messages' names.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Confirm => "confirm",
            Self::Confirmed => "confirmed",
            Self::Leave => "leave",
            Self::Left => "left",
            Self::Unknown => "unknown",
        }
    }
}

impl LettersStepPage {
    /// The heading of this step.
    #[must_use]
    pub fn title(&self) -> String {
        self.word("letters-{}-title")
    }

    /// What it means.
    #[must_use]
    pub fn more(&self) -> String {
        self.word("letters-{}-more")
    }

    /// The words of its button, where it has one.
    #[must_use]
    pub fn button(&self) -> Option<String> {
        let has = matches!(self.step, LettersStep::Confirm | LettersStep::Leave);
        has.then(|| self.word("letters-{}-button"))
    }

    fn word(&self, pattern: &str) -> String {
        self.shell.t.get(&pattern.replace("{}", self.step.as_str()))
    }
}
