//! Telling what one saw, without an account, and coming back with a receipt. These pages never show anything of the
//! case: a tip's own words, the police's questions to it, and two words of progress.

use askama::Template;
use jiff::Timestamp;

use super::words::CallNumber;
use crate::forms::{Choice, FormErrors};
use crate::layout::PublicShell;

/// What a person has typed so far. Photos cannot be put back by a page: the hint says so.
#[derive(Debug, Clone, Default)]
pub struct TipForm {
    /// Where, in the person's words, or what to search for.
    pub place: String,
    /// Places that match, to choose one of them.
    pub places: Vec<Choice>,
    /// When, as `input type=datetime-local` sends it.
    pub when: String,
    /// What the person saw.
    pub seen: String,
    /// Repeats of one sending carry the same random key.
    pub key: String,
}

/// The form at `/tip` or `/a/{code}/tip`. Fields sent: `place`, `place_id`, `when`, `seen`, `photo`, `key`, the trap
/// `website` (must be empty), and `act` = `find` or `send`.
#[derive(Debug, Clone, Template)]
#[template(path = "public/tip.html")]
pub struct TipPage {
    /// Frame.
    pub shell: PublicShell,
    /// First name of the child the tip is about, when it came from an alert.
    pub about: Option<String>,
    /// Where the form is sent, without a language.
    pub action: String,
    /// What was typed.
    pub form: TipForm,
    /// What is wrong with it.
    pub errors: FormErrors,
    /// For who has to tell it right now.
    pub call: CallNumber,
}

/// After a tip was stored: the receipt, shown once.
#[derive(Debug, Clone, Template)]
#[template(path = "public/tip_thanks.html")]
pub struct TipThanksPage {
    /// Frame.
    pub shell: PublicShell,
    /// Sixteen digits without spaces.
    pub receipt: String,
    /// For who has to tell more right now.
    pub call: CallNumber,
}

impl TipThanksPage {
    /// The receipt in four groups of four.
    #[must_use]
    pub fn groups(&self) -> Vec<&str> {
        groups(&self.receipt)
    }
}

/// `/tip/return`: asks for the receipt in the field `receipt`; sent by POST, so that it never stands in an address.
#[derive(Debug, Clone, Template)]
#[template(path = "public/tip_return.html")]
pub struct TipReturnPage {
    /// Frame.
    pub shell: PublicShell,
    /// What was typed.
    pub receipt: String,
    /// What is wrong with it.
    pub errors: FormErrors,
}

/// All a sender learns about what became of the tip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TipProgress {
    /// It arrived.
    Received,
    /// Somebody is reading it.
    BeingLookedAt,
}

impl TipProgress {
    /// The key of its words.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Received => "tip-progress-received",
            Self::BeingLookedAt => "tip-progress-looking",
        }
    }
}

/// Who wrote a line of the dialogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Speaker {
    /// The police.
    Police,
    /// The sender of the tip.
    Sender,
}

/// One line of the dialogue.
#[derive(Debug, Clone)]
pub struct DialogueLine {
    /// Who wrote it.
    pub speaker: Speaker,
    /// When.
    pub at: Timestamp,
    /// Plain text.
    pub text: String,
}

/// The sender's own tip: progress, questions, and a field `answer` to reply in. The receipt travels in a hidden field.
#[derive(Debug, Clone, Template)]
#[template(path = "public/tip_dialogue.html")]
pub struct TipDialoguePage {
    /// Frame.
    pub shell: PublicShell,
    /// Sixteen digits without spaces.
    pub receipt: String,
    /// Two possible words.
    pub progress: TipProgress,
    /// Whether there is a question to answer.
    pub may_answer: bool,
    /// Oldest first.
    pub lines: Vec<DialogueLine>,
    /// What was typed.
    pub answer: String,
    /// What is wrong with it.
    pub errors: FormErrors,
}

impl TipDialoguePage {
    /// Whether a line comes from the police.
    #[must_use]
    pub fn is_police(&self, line: &DialogueLine) -> bool {
        line.speaker == Speaker::Police
    }
}

/// Groups of four; a receipt of another length still shows whole.
fn groups(receipt: &str) -> Vec<&str> {
    let mut rest = receipt;
    let mut found = Vec::new();
    while let Some((head, tail)) = rest.split_at_checked(4) {
        found.push(head);
        rest = tail;
        if rest.is_empty() {
            break;
        }
    }
    if !rest.is_empty() {
        found.push(rest);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_receipt_is_shown_in_fours_and_never_loses_a_digit() {
        assert_eq!(groups("1234567890123456"), ["1234", "5678", "9012", "3456"]);
        assert_eq!(groups("12345"), ["1234", "5"]);
        assert_eq!(groups("12"), ["12"]);
    }
}
