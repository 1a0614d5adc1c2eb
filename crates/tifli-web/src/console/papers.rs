//! The papers of a case: what is asked for, consent by channel, its substitution, what is printed; and a paper as a page
//! for the printer.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::consent::ChannelAnswer;
use tifli_domain::paper::{AskedState, PaperKind};
use tifli_paper::{Block, Paper};

use crate::forms::{Choice, FormErrors};
use crate::layout::Shell;

/// A paper that can be printed, with its languages: tag and own name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintRow {
    /// Which.
    pub kind: PaperKind,
    /// In which languages.
    pub languages: Vec<(&'static str, &'static str)>,
}

/// A paper that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedRow {
    /// What it is.
    pub label: String,
    /// How far it has come.
    pub state: AskedState,
    /// Who wrote that down.
    pub by: String,
    /// When.
    pub at: Option<Timestamp>,
    /// Where its scan is shown; empty where there is none.
    pub scan: String,
}

/// A channel and what was answered for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelRow {
    /// What it is called.
    pub label: String,
    /// What leaves by it.
    pub says: String,
    /// What stands.
    pub answer: ChannelAnswer,
    /// Who answered.
    pub given_by: String,
    /// Before whom.
    pub before: String,
    /// When it was written down.
    pub at: Option<Timestamp>,
    /// Where the signed paper is shown; empty where there is none.
    pub scan: String,
}

/// The prosecutor's consent in the guardian's place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubstitutionRow {
    /// The article of law.
    pub article: String,
    /// The prosecutor.
    pub name: String,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// What was typed into the forms of the page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// Papers to choose from.
    pub documents: Vec<Choice>,
    /// How far one has come.
    pub states: Vec<Choice>,
    /// Channels to choose from.
    pub channels: Vec<Choice>,
    /// Answers to choose from.
    pub answers: Vec<Choice>,
    /// Who answered.
    pub given_by: String,
    /// Before whom.
    pub before: String,
    /// Articles to choose from.
    pub articles: Vec<Choice>,
    /// The prosecutor's name.
    pub name: String,
    /// Why.
    pub reason: String,
}

/// `GET /console/cases/{id}/papers`. Forms: `papers/asked` (`document`, `state`, `scan`), `papers/consent` (`channel`,
/// `answer`, `given_by`, `before`, `consent_scan`), `papers/substitute` (`name`, `article`, `reason`).
#[derive(Debug, Clone, Template)]
#[template(path = "console/papers.html")]
pub struct PapersPage {
    /// Frame.
    pub shell: Shell,
    /// Identifier of the case.
    pub case: String,
    /// Its number as people say it.
    pub number: String,
    /// What can be printed.
    pub prints: Vec<PrintRow>,
    /// What is asked for.
    pub asked: Vec<AskedRow>,
    /// The channels.
    pub channels: Vec<ChannelRow>,
    /// The substitution, if there is one.
    pub substitution: Option<SubstitutionRow>,
    /// Whether this person writes down papers and consents.
    pub may_write: bool,
    /// Whether this person may substitute a consent.
    pub may_substitute: bool,
    /// What was typed.
    pub typed: Typed,
    /// What is wrong.
    pub errors: FormErrors,
}

/// A paper as a page for the printer, in the paper's own language and direction. No script, no form.
#[derive(Debug, Clone, Template)]
#[template(path = "console/paper.html")]
pub struct PaperPage {
    /// Frame, for the addresses of the style sheets.
    pub shell: Shell,
    /// The paper.
    pub paper: Paper,
}

impl PaperPage {
    /// The value of `dir`.
    #[must_use]
    pub fn dir(&self) -> &'static str {
        match self.paper.direction {
            tifli_paper::Direction::Ltr => "ltr",
            tifli_paper::Direction::Rtl => "rtl",
        }
    }

    /// A picture as an address that holds it.
    #[must_use]
    pub fn picture(&self, jpeg: &[u8]) -> String {
        use base64::Engine as _;
        let text = base64::engine::general_purpose::STANDARD.encode(jpeg);
        format!("data:image/jpeg;base64,{text}")
    }

    /// The numbers of the lines to write on.
    #[must_use]
    pub fn ruled(&self, count: &u8) -> std::ops::Range<u8> {
        0..*count
    }
}
