//! From found to closed: each item with what was said of it, holds, episodes; and the files that are due for erasure.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::closing::{How, Item, ItemState};

use crate::forms::FormErrors;
use crate::layout::Shell;

/// What was said of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidRow {
    /// Done, skipped or taken back.
    pub how: How,
    /// The word chosen; may be empty.
    pub word: String,
    /// The person named; may be empty.
    pub name: String,
    /// In words; may be empty.
    pub note: String,
    /// Who said it, with unit.
    pub by: String,
    /// When.
    pub at: Timestamp,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemRow {
    /// Which.
    pub item: Item,
    /// Where it stands.
    pub state: ItemState,
    /// Who is waited for, in words.
    pub waits_for: Vec<String>,
    /// Everything said of it, the oldest first.
    pub said: Vec<SaidRow>,
    /// What was typed into its form; empty unless it came back.
    pub typed: Typed,
}

/// What was typed into the form of an item.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    /// The word chosen.
    pub word: String,
    /// The name.
    pub name: String,
    /// The words.
    pub note: String,
}

/// A hold on the erasure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldRow {
    /// Identifier.
    pub id: String,
    /// `hold` or `proceedings`.
    pub kind: &'static str,
    /// On what basis.
    pub basis: String,
    /// Who placed it, with unit.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Until when.
    pub until: Option<Timestamp>,
    /// Who lifted it, with unit, and when.
    pub lifted: Option<(String, Timestamp)>,
    /// Whether it holds now.
    pub holds: bool,
    /// Whether the signed-in person may lift it.
    pub liftable: bool,
}

/// Another case of what seems to be the same child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EpisodeRow {
    /// Identifier of the case.
    pub id: String,
    /// Its number.
    pub number: String,
    /// Its state, as stored.
    pub state: &'static str,
    /// When its report was begun.
    pub started: Timestamp,
    /// Whether somebody linked it.
    pub linked: bool,
}

/// `GET|POST /console/cases/{id}/closing`: fields `item`, `how`, `word`, `name`, `note`; holds and episodes post to
/// addresses of their own.
#[derive(Debug, Clone, Template)]
#[template(path = "console/closing.html")]
pub struct ClosingPage {
    /// Frame.
    pub shell: Shell,
    /// Identifier of the case.
    pub case: String,
    /// Its number.
    pub number: String,
    /// First name.
    pub child: String,
    /// The items in order.
    pub items: Vec<ItemRow>,
    /// Whether the signed-in person may record.
    pub may_work: bool,
    /// Whether the file can be closed now by this person.
    pub closable: bool,
    /// The class and the day of the erasure, once closed.
    pub kept: Option<(String, Timestamp)>,
    /// Holds, the oldest first.
    pub holds: Vec<HoldRow>,
    /// Whether the signed-in person may hold the erasure back.
    pub may_hold: bool,
    /// Basis as typed.
    pub basis: String,
    /// Other cases of the same child.
    pub episodes: Vec<EpisodeRow>,
    /// What is wrong, under `{item}-word`, `{item}-name`, `{item}-note`, or `basis`, `until`.
    pub errors: FormErrors,
}

/// A file whose days are over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DueRow {
    /// Identifier of the case.
    pub id: String,
    /// Its number.
    pub number: String,
    /// District, in the page's language.
    pub district: String,
    /// The class, in the page's language.
    pub class: String,
    /// When it was closed.
    pub closed: Timestamp,
    /// Since when it is due.
    pub due: Timestamp,
    /// `hold` or `proceedings`.
    pub held: Option<&'static str>,
}

/// `GET /console/retention`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/retention.html")]
pub struct RetentionPage {
    /// Frame.
    pub shell: Shell,
    /// The files, the longest due first.
    pub due: Vec<DueRow>,
}

impl ClosingPage {
    /// The fields of the page with the keys of their labels.
    #[must_use]
    pub fn labels(&self) -> Vec<(String, String)> {
        let holds = [("basis", "hold-basis"), ("until", "hold-until")];
        let own = |(field, key): (&str, &str)| (field.to_owned(), key.to_owned());
        let of_item = |row: &ItemRow| {
            let item = row.item.as_str();
            [
                (row.field("word"), format!("closing-ask-{item}")),
                (row.field("name"), format!("closing-name-{item}")),
                (row.field("note"), "closing-note".to_owned()),
                (row.field("back"), "closing-take-back-why".to_owned()),
            ]
        };
        let items = self.items.iter().flat_map(of_item);
        holds.into_iter().map(own).chain(items).collect()
    }
}

impl ItemRow {
    /// The words of which one is chosen.
    #[must_use]
    pub fn words(&self) -> &'static [&'static str] {
        self.item.rule().needs.words
    }

    /// Whether it may be declared done by a person.
    #[must_use]
    pub fn may_do(&self) -> bool {
        self.state == ItemState::Open && !self.item.follows_from_receipts()
    }

    /// Whether a form is offered.
    #[must_use]
    pub fn has_form(&self) -> bool {
        self.state == ItemState::Open
    }

    /// Whether what was said last may be taken back.
    #[must_use]
    pub fn may_take_back(&self) -> bool {
        let last = self.said.last();
        last.is_some_and(|said| said.how != How::TakenBack)
    }

    /// Whether what was said last may be put right.
    #[must_use]
    pub fn may_correct(&self) -> bool {
        self.said.last().is_some_and(|said| said.how.is_done())
    }

    /// Whether its correction came back with something wrong in it.
    #[must_use]
    pub fn is_corrected(&self, errors: &FormErrors) -> bool {
        let mut fields = ["word", "name", "note"].into_iter();
        fields.any(|name| errors.find(&self.field(name)).is_some())
    }

    /// Style of the state's badge.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self.state {
            ItemState::Done => "good",
            ItemState::Skipped => "warn",
            ItemState::Open => "amber",
            ItemState::Waiting | ItemState::NotNeeded => "",
        }
    }

    /// A field of its form, as `id` and as the name of an error.
    #[must_use]
    pub fn field(&self, name: &str) -> String {
        format!("{}-{name}", self.item.as_str())
    }
}

impl SaidRow {
    /// The word, as labels name it.
    #[must_use]
    pub fn word_key(&self, item: &Item) -> String {
        word_key(*item, &self.word)
    }
}

/// A word of an item, as labels name it.
#[must_use]
pub fn word_key(item: Item, word: &str) -> String {
    format!("{}-{word}", item.as_str())
}
