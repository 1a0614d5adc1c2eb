//! The family's follow-up page. It is not public in what it shows, only in needing no account: a number of sixteen
//! digits opens it. It has no field for a place where somebody saw the child, nor for anybody else's words.

use askama::Template;
use jiff::Timestamp;

use super::words::CallNumber;
use crate::forms::FormErrors;
use crate::layout::PublicShell;

/// `/family`: asks for the number in the field `pin`; sent by POST, so that it never stands in an address.
#[derive(Debug, Clone, Template)]
#[template(path = "public/family_enter.html")]
pub struct FamilyEnterPage {
    /// Frame.
    pub shell: PublicShell,
    /// What was typed.
    pub pin: String,
    /// What is wrong with it.
    pub errors: FormErrors,
}

/// The officer who speaks with the family.
#[derive(Debug, Clone)]
pub struct OfficerView {
    /// Name.
    pub name: String,
    /// Unit; may be empty.
    pub unit: String,
    /// District, in the page's language.
    pub district: String,
}

/// What was published, as far as the family must know it.
#[derive(Debug, Clone)]
pub struct PublishedView {
    /// The live page.
    pub href: String,
    /// When this version went out.
    pub at: Timestamp,
    /// When it ends by itself.
    pub until: Timestamp,
}

/// What the number opened. Forms: `POST /family/memory` and `/family/withdrawal` (`pin`, `words`).
#[derive(Debug, Clone, Template)]
#[template(path = "public/family.html")]
pub struct FamilyFollowPage {
    /// Frame.
    pub shell: PublicShell,
    /// Sixteen digits without spaces.
    pub pin: String,
    /// Where the case stands, as the word of a key.
    pub progress: &'static str,
    /// When the report was received.
    pub received: Option<Timestamp>,
    /// Who speaks with the family.
    pub officer: OfficerView,
    /// What the public sees now.
    pub published: Option<PublishedView>,
    /// The word agreed with the family.
    pub code_word: Option<String>,
    /// Whether something was just kept: `memory`, `withdrawal` or nothing.
    pub kept: &'static str,
    /// When the family asked that publication stop.
    pub withdrawal: Option<Timestamp>,
    /// A memory, as typed, when it could not be kept.
    pub memory: String,
    /// A wish, as typed, when it could not be kept.
    pub wish: String,
    /// What is wrong: `memory` or `wish`.
    pub errors: FormErrors,
    /// Whom to call.
    pub call: CallNumber,
}

impl FamilyFollowPage {
    /// Where the case stands, in words.
    #[must_use]
    pub fn now(&self) -> String {
        self.word("family-progress-{}")
    }

    /// What happens next, in words.
    #[must_use]
    pub fn next(&self) -> String {
        self.word("family-next-{}")
    }

    fn word(&self, pattern: &str) -> String {
        self.shell.t.get(&pattern.replace("{}", self.progress))
    }
}
