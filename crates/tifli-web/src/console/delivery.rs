//! How an alert is delivered: totals per channel and version, failures by name, and the recall until the last channel
//! is dark. Recipients appear by number only.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::channel::capability::Recall as Can;
use tifli_domain::delivery::DeliveryState;
use tifli_domain::message::MsgType;
use tifli_domain::partner::HandoverState;

use super::dispatch::SystemRow;
use super::ledger::{Holder, LedgerRow, Reply, kind_word};
use crate::layout::Shell;

/// One version on one channel.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChannelRow {
    /// Name of the channel, in the page's language.
    pub channel: String,
    /// Version of the message.
    pub version: u32,
    /// Alert, Update or Cancel.
    pub kind: MsgType,
    /// Where it stands.
    pub state: DeliveryState,
    /// Recipients it is for.
    pub inside: u64,
    /// Taken over by the channel.
    pub handed: u64,
    /// Given up.
    pub failed: u64,
    /// Addresses that no longer exist.
    pub gone: u64,
    /// Waiting for another attempt.
    pub retrying: u64,
    /// Recipients a second, over the last ten seconds or, when done, over the whole.
    pub rate: u64,
    /// First handed over.
    pub first: Option<Timestamp>,
    /// Last handed over.
    pub last: Option<Timestamp>,
    /// How loudly it went out and what was heard of it there, as words; nothing for an end.
    pub loud: Option<(&'static str, &'static str)>,
}

impl ChannelRow {
    /// Style of the state's badge.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self.state {
            DeliveryState::Done => "good",
            DeliveryState::Dead => "warn",
            DeliveryState::Sending | DeliveryState::Retrying => "amber",
            DeliveryState::Pending | DeliveryState::Withdrawn => "",
        }
    }

    /// CAP's word for the kind, in small letters.
    #[must_use]
    pub fn kind_word(&self) -> &'static str {
        kind_word(self.kind)
    }

    /// Recipients nothing is left to do for.
    #[must_use]
    pub fn settled(&self) -> u64 {
        self.handed + self.failed + self.gone
    }

    /// The largest value of the progress bar; never 0.
    #[must_use]
    pub fn most(&self) -> u64 {
        self.inside.max(1)
    }

    /// Whole percent settled, rounded down so that 100 means all.
    #[must_use]
    pub fn percent(&self) -> u64 {
        match self.inside {
            0 => u64::from(self.state.is_terminal()) * 100,
            inside => self.settled().min(inside) * 100 / inside,
        }
    }
}

/// One recipient or partner that failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailureRow {
    /// Subscriber number or partner's name; never an address.
    pub who: String,
    /// Name of the channel, in the page's language.
    pub channel: String,
    /// Host of the push service or partner.
    pub host: String,
    /// Answer's code or the error's word.
    pub code: String,
    /// Attempts so far.
    pub attempts: u32,
    /// Last attempt.
    pub at: Timestamp,
    /// Next attempt; `None` when given up.
    pub next: Option<Timestamp>,
}

/// Evidence from a channel or partner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptRow {
    /// When.
    pub at: Timestamp,
    /// Name of the channel or partner, in the page's language.
    pub channel: String,
    /// What it says, a sentence in the page's language.
    pub words: String,
}

/// How a channel withdraws an alert.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DarkBy {
    /// The page changes with the commit.
    Page,
    /// The feed carries the Cancel.
    Feed,
    /// The Cancel replaces what each device shows.
    Push,
    /// A second letter says that it is over; the first stays.
    Letter,
    /// A partner confirms.
    Partner,
    /// People ask for it to be taken down, and look.
    Hand,
}

impl DarkBy {
    /// Every way.
    pub const ALL: [Self; 6] = [
        Self::Page,
        Self::Feed,
        Self::Push,
        Self::Letter,
        Self::Partner,
        Self::Hand,
    ];

    /// The word its sentence is kept under.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Page => "page",
            Self::Feed => "feed",
            Self::Push => "push",
            Self::Letter => "letter",
            Self::Partner => "partner",
            Self::Hand => "hand",
        }
    }
}

/// One channel, or one partner to whom people handed it, on its way to dark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DarkRow {
    /// Name of the channel or the partner, in the page's language.
    pub channel: String,
    /// Of people: what they did or saw last.
    pub stands: Option<HandoverState>,
    /// What can be done about a copy that is out; `None` for a channel that is no more.
    pub can: Option<Can>,
    /// How it withdraws.
    pub how: DarkBy,
    /// How many were told of the end, of how many that had the alert; `None` for one that is read.
    pub told: Option<(u64, u64)>,
    /// When it was dark; `None` when it is not yet.
    pub dark: Option<Timestamp>,
    /// Seconds from the end to dark, or until now.
    pub seconds: i64,
}

impl DarkRow {
    /// Style of the badge of what can be done.
    #[must_use]
    pub fn can_tone(&self) -> &'static str {
        match self.can {
            Some(Can::Real) => "good",
            Some(Can::BestEffort) => "amber",
            Some(Can::Nothing) => "warn",
            None => "",
        }
    }

    /// Whether nobody had the alert by this channel.
    #[must_use]
    pub fn reached_nobody(&self) -> bool {
        matches!(self.told, Some((_, 0)))
    }
}

/// The recall.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recall {
    /// When the alert ended.
    pub ended: Timestamp,
    /// When the last channel was dark.
    pub dark: Option<Timestamp>,
    /// Seconds from the end to dark, or until now.
    pub seconds: i64,
    /// One row per channel that ever held the alert.
    pub channels: Vec<DarkRow>,
    /// Who may still hold a copy.
    pub holders: Vec<Holder>,
}

/// The figures, shared by the page and its live part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Figures {
    /// When they were read.
    pub now: Timestamp,
    /// Subscribers inside the area.
    pub inside: u64,
    /// Handed over, all channels with own recipients.
    pub handed: u64,
    /// Given up.
    pub failed: u64,
    /// Waiting for another attempt.
    pub retrying: u64,
    /// Seconds from the approval to the last first hand-over, when all were tried.
    pub all_tried_after: Option<i64>,
    /// Channels of which it is not yet known whom they go to.
    pub to_relay: usize,
    /// Rows by version, newest first.
    pub rows: Vec<ChannelRow>,
    /// Failures, newest first, at most as many as the page shows.
    pub failures: Vec<FailureRow>,
    /// Failures there are in all.
    pub failures_total: u64,
    /// Receipts, newest first.
    pub receipts: Vec<ReceiptRow>,
    /// The recall, once the alert has ended.
    pub recall: Option<Recall>,
    /// Deliveries to partners, by programs and by people, the newest version first.
    pub partners: Vec<LedgerRow>,
    /// The restricted bulletin of the case at each system of a service.
    pub systems: Vec<SystemRow>,
}

impl Figures {
    /// Whether something may still change by itself.
    #[must_use]
    pub fn moving(&self) -> bool {
        self.to_relay > 0
            || self.rows.iter().any(|row| !row.state.is_terminal())
            || self.partners.iter().any(LedgerRow::waits)
            || self
                .recall
                .as_ref()
                .is_some_and(|recall| recall.dark.is_none())
    }
}

/// `GET /console/alerts/{id}/delivery?part=figures`: the live part alone, asked every two seconds.
#[derive(Debug, Clone, Template)]
#[template(path = "console/parts/figures.html")]
pub struct DeliveryFigures {
    /// Frame, for words.
    pub shell: Shell,
    /// Identifier of the alert.
    pub alert: String,
    /// The figures.
    pub figures: Figures,
}

/// `GET /console/alerts/{id}/delivery?refresh=`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/delivery.html")]
pub struct DeliveryPage {
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
    /// Whether the page reloads itself without a script (asked by the link for that).
    pub refresh: bool,
    /// The figures.
    pub figures: Figures,
}

/// One alert in the list of `GET /console/delivery`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryListRow {
    /// Identifier of the alert.
    pub alert: String,
    /// Number of the case.
    pub number: String,
    /// First name as published.
    pub child: String,
    /// Whether the public has it.
    pub live: bool,
    /// When the newest message was sent.
    pub sent: Timestamp,
    /// Recipients.
    pub inside: u64,
    /// Handed over.
    pub handed: u64,
    /// Given up.
    pub failed: u64,
}

/// `GET /console/delivery`: every alert with something to watch.
#[derive(Debug, Clone, Template)]
#[template(path = "console/delivery_list.html")]
pub struct DeliveryList {
    /// Frame.
    pub shell: Shell,
    /// Newest first.
    pub rows: Vec<DeliveryListRow>,
}
