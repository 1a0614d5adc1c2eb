//! Deliveries to partners, to their systems by a program or by people: what is known of each, who may still hold a copy
//! of an alert that is over, and the story of one.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::delivery::{DeliveryState, Outcome};
use tifli_domain::message::MsgType;
use tifli_domain::partner::{HandoverState, Waits, Way};

use super::partner::HandoverReceiptRow;
use crate::forms::FormErrors;
use crate::layout::Shell;

/// What is known of a delivery, in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Known {
    /// The partner has it: its system said so, or somebody saw it shown.
    Sent,
    /// The partner has not got it.
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

    /// What is known of a hand-over that stands here.
    #[must_use]
    pub const fn of_hand(state: HandoverState, outcome: Option<Outcome>) -> Self {
        match (outcome, state) {
            (Some(Outcome::Sent), _) => Self::Sent,
            (Some(Outcome::Refused), _) => Self::Refused,
            (Some(Outcome::Unknown), _) => Self::Unknown,
            (None, HandoverState::Dropped) => Self::Overtaken,
            (None, _) => Self::Waiting,
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

/// Who delivers, and where that stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// A program, to a system.
    Program(DeliveryState),
    /// People.
    People(HandoverState),
}

/// One delivery to one partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerRow {
    /// Identifier of the delivery, or of the hand-over.
    pub id: String,
    /// Name of the partner, in the page's language.
    pub partner: String,
    /// Name of the channel, in the page's language; of people: that it is they.
    pub channel: String,
    /// Version of the message.
    pub version: u32,
    /// What the message does.
    pub kind: MsgType,
    /// Who delivers, and where it stands.
    pub by: By,
    /// What is known.
    pub known: Known,
    /// The last answer, or what people did or saw last.
    pub reply: Option<Reply>,
    /// Who did or saw it, with unit; a program has no name.
    pub who: Option<String>,
    /// Whether somebody let the recall go on without it.
    pub released: bool,
    /// Calls so far, or how often people gave it to the partner.
    pub attempts: u32,
    /// Each moment that counts, with the key of its label.
    pub moments: Vec<(&'static str, Timestamp)>,
}

impl LedgerRow {
    /// Whether people deliver it.
    #[must_use]
    pub fn is_by_hand(&self) -> bool {
        matches!(self.by, By::People(_))
    }

    /// Whether nothing more is tried and the system has not confirmed.
    #[must_use]
    pub fn is_given_up(&self) -> bool {
        self.by == By::Program(DeliveryState::Dead)
    }

    /// Whether a program still tries something.
    #[must_use]
    pub fn waits(&self) -> bool {
        matches!(self.by, By::Program(state) if !state.is_terminal())
    }

    /// The key of what stands where no moment does.
    #[must_use]
    pub fn no_moment(&self) -> &'static str {
        match self.by {
            By::People(_) => "not-yet",
            By::Program(state) if state.is_terminal() => "system-none",
            By::Program(_) => "system-soon",
        }
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
        /// The hand-over that shows it.
        handover: String,
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
    /// Nothing: the partner may not have it, as the last answer says.
    Withheld,
    /// People see to it; nothing where they have nothing left to do.
    Hand(Option<Waits>),
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
            Self::Withheld => shell.say("story-next-withheld"),
            Self::Hand(Some(waits)) => shell.word("handover-waits-{}", waits.as_str()),
            Self::Hand(None) => shell.say("story-next-hand-done"),
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

/// `GET /console/deliveries/{id}`, of a delivery or of a hand-over. Form: `POST /console/deliveries/{id}/release` (`reason`).
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
    pub row: LedgerRow,
    /// When it was written down.
    pub created: Timestamp,
    /// Every call, in order.
    pub calls: Vec<CallLine>,
    /// Of people: everything they did and saw, in order.
    pub receipts: Vec<HandoverReceiptRow>,
    /// Whether this person may record a step at the desk.
    pub may_record: bool,
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
    fn a_hand_over_is_received_only_when_it_was_seen_and_unknown_while_nobody_answers() {
        use tifli_domain::partner::Came;
        for state in HandoverState::ALL.iter().copied() {
            for came in [Came::Nowhere, Came::Submitted, Came::SeenLive] {
                let known = Known::of_hand(state, state.known(came));
                assert_eq!(known == Known::Sent, came == Came::SeenLive, "{state:?}");
                let left = !matches!(known, Known::Waiting | Known::Overtaken);
                assert_eq!(left, came != Came::Nowhere, "{state:?} {came:?}");
            }
        }
    }

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
