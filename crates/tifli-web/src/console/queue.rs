//! The queue that ranks itself: each waiting tip with its band and why, its clock, who has it, its grades, whether the
//! child could have been there, and the tips that say the same. Every act is a plain form; keys only press its buttons.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::triage::{Band, Info, Reach, Same, Source, Tag, Why};

use super::tips::TipRow;
use crate::forms::Choice;
use crate::layout::Shell;

/// A tip that says the same as the one it stands behind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldedRow {
    /// The tip.
    pub tip: TipRow,
    /// Why it is the same.
    pub why: Same,
}

/// Who has a tip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Their name.
    pub name: String,
    /// Whether it is the person who reads this.
    pub me: bool,
}

/// One row of the queue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueueRow {
    /// The tip.
    pub tip: TipRow,
    /// How soon.
    pub band: Band,
    /// Why, the deciding reason first.
    pub why: Vec<Why>,
    /// Until when.
    pub due: Timestamp,
    /// Whether that is over.
    pub late: bool,
    /// Who has it.
    pub holder: Option<Holder>,
    /// The grade of its source.
    pub source: Option<Source>,
    /// The grade of its information.
    pub info: Option<Info>,
    /// What a person said of it.
    pub tag: Option<Tag>,
    /// Whether it is kept apart.
    pub apart: bool,
    /// How the child could have come there.
    pub reach: Reach,
    /// Kilometres from where the child was last seen, and minutes since; below zero before it.
    pub journey: Option<(u32, i64)>,
    /// The tips behind it.
    pub folded: Vec<FoldedRow>,
    /// Reasons to set it aside.
    pub reasons: Vec<Choice>,
    /// Colleagues it can be given to.
    pub colleagues: Vec<Choice>,
}

impl QueueRow {
    /// All tips of the row, as its form sends them.
    #[must_use]
    pub fn ids(&self) -> String {
        let folded = self.folded.iter().map(|row| row.tip.id.as_str());
        let all: Vec<&str> = std::iter::once(self.tip.id.as_str())
            .chain(folded)
            .collect();
        all.join(" ")
    }

    /// Whether the person who reads this may act on it: nobody has it, or they do.
    #[must_use]
    pub fn free(&self) -> bool {
        self.holder.as_ref().is_none_or(|holder| holder.me)
    }

    /// Style of what is said of the way there.
    #[must_use]
    pub fn reach_tone(&self) -> &'static str {
        reach_tone(self.reach)
    }

    /// The way and the time in words, where both are known.
    #[must_use]
    pub fn way(&self, shell: &Shell) -> Option<String> {
        way(shell, self.journey)
    }

    /// The source grades, each with whether it is the one given.
    #[must_use]
    pub fn sources(&self) -> Vec<(Source, bool)> {
        let all = Source::ALL.iter();
        all.map(|one| (*one, self.source == Some(*one))).collect()
    }

    /// The information grades, each with whether it is the one given.
    #[must_use]
    pub fn infos(&self) -> Vec<(Info, bool)> {
        let all = Info::ALL.iter();
        all.map(|one| (*one, self.info == Some(*one))).collect()
    }

    /// What a person may say of it, each with its key and whether it was said.
    #[must_use]
    pub fn tags(&self) -> Vec<(Tag, &'static str, bool)> {
        let all = Tag::ALL.iter();
        all.map(|one| (*one, tag_key(*one), self.tag == Some(*one)))
            .collect()
    }
}

/// How many wait in a band, and how many of them too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BandTile {
    /// The band.
    pub band: Band,
    /// Waiting.
    pub waiting: u64,
    /// Too long.
    pub late: u64,
}

impl BandTile {
    /// Style of the tile.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match (self.late, self.waiting, self.band) {
            (1.., _, _) => "warn",
            (0, 1.., Band::Live) => "amber",
            _ => "",
        }
    }
}

/// The rows alone: `GET /console/tips?part=rows`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/parts/queue_rows.html")]
pub struct QueueRows {
    /// Frame, for words.
    pub shell: Shell,
    /// When they were read.
    pub now: Timestamp,
    /// How many wait, by band.
    pub bands: Vec<BandTile>,
    /// The rows, the most urgent first.
    pub rows: Vec<QueueRow>,
}

/// `GET /console/tips`; events at `/console/room/events`. Forms: `POST /console/tips/triage` (`tips`, `act`, and with
/// it `reason`, `note`, `to`), `POST /console/tips/undo`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/queue.html")]
pub struct Queue {
    /// Frame.
    pub shell: Shell,
    /// When the page was made.
    pub now: Timestamp,
    /// How many wait, by band.
    pub bands: Vec<BandTile>,
    /// The rows, the most urgent first.
    pub rows: Vec<QueueRow>,
    /// Address of the following page.
    pub more: Option<String>,
    /// What the last act came to, in words.
    pub said: Option<String>,
}

/// The keys of the queue and the key of the words that say what each does.
pub const KEYS: [(&str, &str); 18] = [
    ("j", "key-next"),
    ("k", "key-previous"),
    ("o", "key-open"),
    ("t", "key-take"),
    ("r", "key-release"),
    ("l", "key-link"),
    ("x", "key-dismiss"),
    ("n", "key-not-child"),
    ("i", "key-impossible"),
    ("h", "key-hoax"),
    ("q", "key-ask"),
    ("u", "key-undo"),
    ("v", "key-vehicle"),
    ("w", "key-detail"),
    ("p", "key-opinion"),
    ("a–f", "key-source"),
    ("1–6", "key-info"),
    ("?", "key-help"),
];

/// The reasons to set a tip aside that have a key of their own.
pub const QUICK: [(&str, &str); 3] = [("not_child", "n"), ("impossible", "i"), ("hoax", "h")];

impl Queue {
    /// The keys, for the list that `?` shows.
    #[must_use]
    pub fn keys(&self) -> [(&'static str, &'static str); 18] {
        KEYS
    }
}

/// Style of what is said of the way to a place.
#[must_use]
pub const fn reach_tone(reach: Reach) -> &'static str {
    match reach {
        Reach::Walking | Reach::Town => "good",
        Reach::Car => "",
        Reach::Impossible | Reach::Earlier => "amber",
        Reach::Unknown => "quiet",
    }
}

/// A way in kilometres and minutes, in words.
#[must_use]
pub fn way(shell: &Shell, journey: Option<(u32, i64)>) -> Option<String> {
    let (km, minutes) = journey?;
    let time = shell.span(minutes.unsigned_abs().saturating_mul(60));
    let key = if minutes < 0 {
        "could-way-before"
    } else {
        "could-way"
    };
    Some(shell.pair(key, shell.num(km), time))
}

const fn tag_key(tag: Tag) -> &'static str {
    match tag {
        Tag::Vehicle => "v",
        Tag::Detail => "w",
        Tag::Opinion => "p",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_key_does_two_things_and_each_act_of_a_row_is_in_the_list() {
        let listed: BTreeSet<&str> = KEYS.iter().map(|(key, _)| *key).collect();
        assert_eq!(listed.len(), KEYS.len());
        let grades: BTreeSet<&str> = Source::ALL.iter().map(|one| one.as_str()).collect();
        for key in listed.iter().filter(|key| key.len() == 1) {
            assert!(!grades.contains(key), "{key} is a grade as well");
        }
        for tag in Tag::ALL {
            assert!(listed.contains(tag_key(*tag)));
        }
        for (_, key) in QUICK {
            assert!(listed.contains(key));
        }
    }
}
