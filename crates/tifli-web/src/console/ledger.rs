//! Deliveries to the systems of partners: what is known of each, who may still hold a copy of an alert that is over, and
//! the story of one with every call.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::delivery::{DeliveryState, Outcome};
use tifli_domain::message::MsgType;
use tifli_domain::partner::Way;

use crate::forms::FormErrors;
use crate::layout::Shell;

/// What is known of a delivery, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// The system has it.
    Sent,
    /// The system has not got it.
    Refused,
    /// It left, and no answer came.
    Unknown,
    /// It has not left yet, or is tried again.
    Waiting,
    /// It was overtaken before it left.
    Overtaken,
}

impl Known {
    /// Every word.
    pub const ALL: [Self; 5] = [
        Self::Sent,
        Self::Refused,
        Self::Unknown,
        Self::Waiting,
        Self::Overtaken,
    ];

    /// What is known of a delivery that stands here and whose last answer was this.
    #[must_use]
    pub const fn of(state: DeliveryState, outcome: Option<Outcome>) -> Self {
        match (state, outcome) {
            (_, Some(Outcome::Sent)) => Self::Sent,
            (DeliveryState::Pending | DeliveryState::Sending | DeliveryState::Retrying, _) => {
                Self::Waiting
            }
            (_, Some(Outcome::Unknown)) => Self::Unknown,
            (DeliveryState::Withdrawn, _) => Self::Overtaken,
            (DeliveryState::Done | DeliveryState::Dead, _) => Self::Refused,
        }
    }

    /// The word its text is kept under.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sent => "sent",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
            Self::Waiting => "waiting",
            Self::Overtaken => "overtaken",
        }
    }

    /// Style of its badge.
    #[must_use]
    pub const fn tone(self) -> &'static str {
        match self {
            Self::Sent => "good",
            Self::Refused | Self::Unknown => "warn",
            Self::Waiting => "amber",
            Self::Overtaken => "",
        }
    }
}

/// What came of a call: its words, or the code itself where it has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reply {
    /// A sentence in the page's language.
    Words(String),
    /// A code without words.
    Code(String),
}

impl Reply {
    /// What a code says in the language of this frame.
    #[must_use]
    pub fn of(shell: &Shell, code: &str) -> Self {
        shell
            .reply(code)
            .map_or_else(|| Self::Code(code.to_owned()), Self::Words)
    }
}

/// One delivery to one system.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SystemRow {
    /// Identifier of the delivery.
    pub delivery: String,
    /// Name of the partner, in the page's language.
    pub partner: String,
    /// Name of the channel, in the page's language.
    pub channel: String,
    /// Version of the message.
    pub version: u32,
    /// What the message does.
    pub kind: MsgType,
    /// Where it stands.
    pub state: DeliveryState,
    /// What is known.
    pub known: Known,
    /// The last answer.
    pub reply: Option<Reply>,
    /// Whether somebody let the recall go on without it.
    pub released: bool,
    /// Calls so far.
    pub attempts: u32,
    /// The next call.
    pub next: Option<Timestamp>,
    /// When the system took it.
    pub taken: Option<Timestamp>,
}

impl SystemRow {
    /// Whether nothing more is tried and the system has not confirmed.
    #[must_use]
    pub fn is_given_up(&self) -> bool {
        self.state == DeliveryState::Dead
    }

    /// Whether something is still tried.
    #[must_use]
    pub fn waits(&self) -> bool {
        !self.state.is_terminal()
    }

    /// CAP's word for the kind, in small letters.
    #[must_use]
    pub fn kind_word(&self) -> &'static str {
        kind_word(self.kind)
    }
}

/// CAP's word for what a message does, in small letters.
#[must_use]
pub const fn kind_word(kind: MsgType) -> &'static str {
    match kind {
        MsgType::Alert => "alert",
        MsgType::Update => "update",
        MsgType::Cancel => "cancel",
    }
}

/// Who may still hold a copy of an alert that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holder {
    /// A partner whose system has not confirmed the end.
    System {
        /// Name of the partner.
        partner: String,
        /// Name of the channel.
        channel: String,
        /// The delivery that says so.
        delivery: String,
        /// Whether somebody let the recall go on without it.
        released: bool,
    },
    /// A partner to whom people handed it, and who was not seen to have taken it down.
    Hand {
        /// Name of the partner.
        partner: String,
    },
    /// Subscribers whom the end did not reach, by number among the failures.
    Subscribers(u64),
}

/// One call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallLine {
    /// Order, from 1.
    pub seq: u32,
    /// The day, where it is another than the line's before.
    pub day: Option<String>,
    /// When it left.
    pub begun: Timestamp,
    /// When it ended; `None` for one that was not heard of again.
    pub ended: Option<Timestamp>,
    /// What was known then.
    pub known: Known,
    /// What came.
    pub reply: Reply,
}

/// What happens next to a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Next {
    /// It leaves as soon as a sender is free.
    Soon,
    /// It is being called.
    UnderWay,
    /// It is tried again then.
    Again(Timestamp),
    /// Nothing: the system has it.
    Done,
    /// Nothing: it is not repeated, for the partner would have it twice.
    Unrepeated,
    /// Nothing: it was overtaken.
    Overtaken,
    /// Given up: a person reaches the partner by this way.
    GivenUp(String),
    /// Nothing: somebody let it go.
    Released,
}

impl Next {
    /// The sentence, for a message that does this.
    #[must_use]
    pub fn say(&self, shell: &Shell, kind: MsgType) -> String {
        let end = kind == MsgType::Cancel;
        match self {
            Self::Soon => shell.say("story-next-soon"),
            Self::UnderWay => shell.say("story-next-under-way"),
            Self::Again(at) => shell.about("story-next-again", shell.second(at)),
            Self::Done if end => shell.say("story-next-done-end"),
            Self::Done => shell.say("story-next-done"),
            Self::Unrepeated => shell.say("story-next-unrepeated"),
            Self::Overtaken => shell.say("story-next-overtaken"),
            Self::GivenUp(way) if end => shell.about("story-next-given-up-end", way),
            Self::GivenUp(way) => shell.about("story-next-given-up", way),
            Self::Released => shell.say("story-next-released"),
        }
    }
}

/// Who let a recall go on without a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// Who, with unit.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why; `None` for who may not read the case.
    pub reason: Option<String>,
}

/// `GET /console/deliveries/{id}`. Form: `POST /console/deliveries/{id}/release` (`reason`).
#[derive(Debug, Clone, Template)]
#[template(path = "console/delivery_story.html")]
pub struct DeliveryStoryPage {
    /// Frame.
    pub shell: Shell,
    /// Identifier of the alert.
    pub alert: String,
    /// Identifier of the case, when this person may read it.
    pub case: Option<String>,
    /// Number of the case.
    pub number: String,
    /// First name as published.
    pub child: String,
    /// The delivery.
    pub row: SystemRow,
    /// When it was written down.
    pub created: Timestamp,
    /// Every call, in order.
    pub calls: Vec<CallLine>,
    /// What happens next.
    pub next: Next,
    /// Ways to reach the partner with their addresses.
    pub ways: Vec<(Way, String)>,
    /// Who let it go, if somebody did.
    pub released: Option<Released>,
    /// Whether this person may let it go now.
    pub may_release: bool,
    /// The reason, as typed.
    pub reason: String,
    /// What is wrong.
    pub errors: FormErrors,
}

impl DeliveryStoryPage {
    /// The sentence of what happens next.
    #[must_use]
    pub fn next_words(&self) -> String {
        self.next.say(&self.shell, self.row.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_delivery_is_sent_only_when_the_system_said_so_and_waits_only_while_something_is_tried() {
        let outcomes = [None]
            .into_iter()
            .chain(Outcome::ALL.iter().copied().map(Some));
        for outcome in outcomes {
            for state in DeliveryState::ALL {
                let known = Known::of(state, outcome);
                assert_eq!(known == Known::Sent, outcome == Some(Outcome::Sent));
                let waits = !state.is_terminal() && outcome != Some(Outcome::Sent);
                assert_eq!(known == Known::Waiting, waits, "{state:?} {outcome:?}");
                if known == Known::Overtaken {
                    assert_eq!(state, DeliveryState::Withdrawn);
                    assert_ne!(outcome, Some(Outcome::Unknown), "it may be there");
                }
            }
        }
    }
}
