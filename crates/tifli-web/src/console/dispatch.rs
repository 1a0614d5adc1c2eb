//! Telegrams for the services' own systems: their lines on the page of a bulletin, and the story of one.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::bulletin::TelegramKind;

use super::ledger::{CallLine, Known, Reply};
use crate::layout::Shell;

/// A telegram for one system of a service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemRow {
    /// Identifier.
    pub id: String,
    /// Name of the service, in the page's language.
    pub service: String,
    /// What the telegram says.
    pub kind: TelegramKind,
    /// The telegram's place among those of the bulletin, from 1.
    pub version: u32,
    /// What is known.
    pub known: Known,
    /// The last answer.
    pub reply: Option<Reply>,
    /// When the system took it.
    pub sent: Option<Timestamp>,
    /// When it is tried again.
    pub again: Option<Timestamp>,
    /// Calls so far.
    pub attempts: u32,
    /// Whether nothing more is tried and the system has not confirmed.
    pub given_up: bool,
}

/// What happens next to a telegram for a system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NextCall {
    /// It leaves as soon as the system is free.
    Soon,
    /// It is being called.
    UnderWay,
    /// It is tried again then.
    Again(Timestamp),
    /// The same, and a person should reach the service meanwhile.
    Late(Timestamp),
    /// Nothing: the system has it.
    Done,
    /// Nothing: a newer telegram took its place.
    Overtaken,
    /// Nothing: the last answer says why it does not go there.
    Withheld,
    /// Given up: a person reaches the service.
    GivenUp,
}

impl NextCall {
    /// The sentence, for a telegram of this kind.
    #[must_use]
    pub fn say(self, shell: &Shell, kind: TelegramKind) -> String {
        let end = kind == TelegramKind::Cessation;
        match self {
            Self::Soon => shell.say("dispatch-next-soon"),
            Self::UnderWay => shell.say("story-next-under-way"),
            Self::Again(at) => shell.about("story-next-again", shell.second(&at)),
            Self::Late(at) => shell.about("dispatch-next-late", shell.second(&at)),
            Self::Done if end => shell.say("dispatch-next-done-end"),
            Self::Done => shell.say("dispatch-next-done"),
            Self::Overtaken => shell.say("dispatch-next-overtaken"),
            Self::Withheld => shell.say("dispatch-next-withheld"),
            Self::GivenUp if end => shell.say("dispatch-next-given-up-end"),
            Self::GivenUp => shell.say("dispatch-next-given-up"),
        }
    }
}

/// `GET /console/dispatches/{id}`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/dispatch_story.html")]
pub struct DispatchStoryPage {
    /// Frame.
    pub shell: Shell,
    /// Identifier of the bulletin.
    pub bulletin: String,
    /// Identifier and number of the case, for who may read its file.
    pub case: Option<(String, String)>,
    /// Name of the channel, in the page's language.
    pub channel: String,
    /// The telegram for the system.
    pub row: SystemRow,
    /// When it was written down.
    pub created: Timestamp,
    /// Every call, in order.
    pub calls: Vec<CallLine>,
    /// What happens next.
    pub next: NextCall,
    /// Whom the room calls; empty where the directory has none.
    pub phone: String,
}

impl DispatchStoryPage {
    /// The sentence of what happens next.
    #[must_use]
    pub fn next_words(&self) -> String {
        self.next.say(&self.shell, self.row.kind)
    }
}
