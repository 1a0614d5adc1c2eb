//! What the public told us: the queue and one tip with its dialogue. Words and photos of strangers stay visibly theirs;
//! a photo is blurred until somebody opens it. A tip never changes a case.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::tip::TipState;
use tifli_domain::triage::{Band, Info, Reach, Source, Why};

use crate::forms::{Choice, FormErrors};
use crate::layout::Shell;
use crate::public::MapSvg;

/// One tip in the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TipRow {
    /// Identifier.
    pub id: String,
    /// Number of the case it was told on.
    pub number: String,
    /// First name of the child it is about.
    pub child: String,
    /// Where it stands.
    pub state: TipState,
    /// When it came.
    pub received: Timestamp,
    /// When something was seen, as told; may be empty.
    pub seen: String,
    /// Where, as told; may be empty.
    pub place: String,
    /// What was seen, as told.
    pub words: String,
    /// Language tag of the page it was told on.
    pub language: String,
    /// Whether a photo came with it.
    pub photo: bool,
    /// Answers of the public nobody has read.
    pub unread: u64,
}

impl TipRow {
    /// Style of the state's badge.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        tone(self.state)
    }
}

fn tone(state: TipState) -> &'static str {
    match state {
        TipState::Received => "amber",
        TipState::Linked => "good",
        TipState::Dismissed => "",
    }
}

/// The rows alone: `GET /console/tips?part=rows`, fetched when the event stream says that something came.
#[derive(Debug, Clone, Template)]
#[template(path = "console/parts/tip_rows.html")]
pub struct TipRows {
    /// Frame, for words.
    pub shell: Shell,
    /// When they were read.
    pub now: Timestamp,
    /// The tips.
    pub tips: Vec<TipRow>,
}

/// `GET /console/tips?state=`; events at `/console/tips/events`, each one named `tips` with a count and no words.
#[derive(Debug, Clone, Template)]
#[template(path = "console/tips.html")]
pub struct TipsQueue {
    /// Frame.
    pub shell: Shell,
    /// When the page was made.
    pub now: Timestamp,
    /// Which tips are shown; `None` shows all.
    pub filter: Option<TipState>,
    /// Tips nobody has looked at.
    pub waiting: u64,
    /// The tips, newest first.
    pub tips: Vec<TipRow>,
    /// Address of the following page.
    pub more: Option<String>,
}

impl TipsQueue {
    /// The state shown, as its word; empty shows all.
    #[must_use]
    pub fn filter_word(&self) -> &'static str {
        self.filter.map_or("", TipState::as_str)
    }
}

/// Why a tip is set aside, as stored words.
pub const DISMISSALS: [&str; 6] = [
    "not_child",
    "duplicate",
    "impossible",
    "hoax",
    "no_detail",
    "other",
];

/// The choices of a dismissal, `chosen` marked.
#[must_use]
pub fn dismissals(shell: &Shell, chosen: &str) -> Vec<Choice> {
    Choice::select(
        DISMISSALS
            .map(|word| Choice::new(word, shell.word("dismiss-{}", word)))
            .to_vec(),
        chosen,
    )
}

/// Who wrote a line of a dialogue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// The member of the public.
    Public,
    /// A person of the house.
    House,
}

/// One line of a dialogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DialogueLine {
    /// Who.
    pub voice: Voice,
    /// Name inside the house; the public reads only "the police".
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// What.
    pub words: String,
}

impl DialogueLine {
    /// Whether it came from outside.
    #[must_use]
    pub fn from_public(&self) -> bool {
        self.voice == Voice::Public
    }
}

impl TipPage {
    /// Whether it can be linked: it is not yet.
    #[must_use]
    pub fn may_link(&self) -> bool {
        self.tip.state != TipState::Linked
    }

    /// Whether it can be set aside: it is not yet.
    #[must_use]
    pub fn may_dismiss(&self) -> bool {
        self.tip.state != TipState::Dismissed
    }
}

/// What triage says of a tip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TipFacts {
    /// How soon.
    pub band: Band,
    /// Why, the deciding reason first.
    pub why: Vec<Why>,
    /// How the child could have come there.
    pub reach: Reach,
    /// The way and the time in words, where both are known.
    pub way: Option<String>,
    /// The grade of its source.
    pub source: Option<Source>,
    /// The grade of its information.
    pub info: Option<Info>,
}

/// `GET /console/tips/{id}?open_photo=`. Forms: `POST /console/tips/{id}/link`, `/dismiss` (`reason`, `note`), `/ask` (`question`).
#[derive(Debug, Clone, Template)]
#[template(path = "console/tip.html")]
pub struct TipPage {
    /// Frame.
    pub shell: Shell,
    /// When the page was made.
    pub now: Timestamp,
    /// The tip.
    pub tip: TipRow,
    /// Why it stands where it does in the queue, and what it was graded.
    pub facts: TipFacts,
    /// Identifier of its case, when this person may read it.
    pub case: Option<String>,
    /// Address of the photo, once somebody opened it; opening is recorded.
    pub photo_src: Option<String>,
    /// Kilometres from where the child was last seen, when both points are known.
    pub distance_km: Option<u32>,
    /// The told point on a map.
    pub map: Option<MapSvg>,
    /// Reasons to dismiss, choices with labels.
    pub dismiss_reasons: Vec<Choice>,
    /// Note of a dismissal, as typed.
    pub note: String,
    /// Question, as typed.
    pub question: String,
    /// The dialogue, oldest first.
    pub dialogue: Vec<DialogueLine>,
    /// Who decided and why, once linked or dismissed; a sentence in the page's language.
    pub decided: Option<String>,
    /// What is wrong: fields by their form names.
    pub errors: FormErrors,
}
