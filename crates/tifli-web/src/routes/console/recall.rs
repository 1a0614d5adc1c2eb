//! How an alert that is over is taken back: per channel, and per partner to whom people handed it, what can be done, what
//! was done and how long it took, and by name who may still hold a copy.

use tifli_app::alert::{ChannelProgress, Progress};
use tifli_app::ledger::{AlertLedger, DeliveryStory};
use tifli_app::partner::HandStory;
use tifli_domain::channel::capability::capabilities;
use tifli_domain::channel::{OwnChannel, Serving};
use tifli_domain::message::MsgType;
use tifli_domain::partner::HandoverState;

use super::desk::{Desk, moment_of};
use super::ledger::{confirms_the_end, held, held_by_hand, was_let_go};
use crate::console::delivery::{DarkBy, DarkRow, Recall};
use crate::console::ledger::Holder;
use crate::server::moment;

/// The recall; `None` while the alert is not over.
pub(super) fn recall(desk: &Desk, progress: &Progress, ledger: &AlertLedger) -> Option<Recall> {
    let ended = progress.alert.ended_ms?;
    let span = Span {
        ended,
        now: desk.now.as_millisecond(),
    };
    let stories = &ledger.systems;
    let channels = words(progress, stories).into_iter().map(|word| {
        let went = match word.parse().map(OwnChannel::serving) {
            Ok(Serving::Systems) => of_systems(&word, stories, ended),
            _ => of_own(&word, progress),
        };
        let channel = word.parse::<OwnChannel>().ok();
        DarkRow {
            channel: desk.channel(&word),
            can: channel.map(|channel| capabilities(channel).recall),
            how: dark_by(&word),
            stands: None,
            told: went.told,
            dark: moment_of(went.dark_ms),
            seconds: span.until(went.dark_ms),
        }
    });
    let mut channels: Vec<DarkRow> = channels.collect();
    let by_people = by_people(&ledger.hands, ended);
    channels.extend(by_people.iter().map(|partner| DarkRow {
        channel: desk.partner(partner.code),
        can: None,
        how: DarkBy::Hand,
        stands: Some(partner.stands),
        told: None,
        dark: moment_of(partner.dark_ms),
        seconds: span.until(partner.dark_ms),
    }));
    let dark = all_dark(progress, &by_people);
    Some(Recall {
        ended: moment(ended),
        dark: moment_of(dark),
        seconds: span.until(dark),
        channels,
        holders: holders(desk, progress, ledger),
    })
}

/// From the end until something was dark, or until now.
struct Span {
    ended: i64,
    now: i64,
}

impl Span {
    /// In seconds.
    fn until(&self, dark_ms: Option<i64>) -> i64 {
        (dark_ms.unwrap_or(self.now) - self.ended).max(0) / 1_000
    }
}

/// A partner to whom people gave the alert.
struct ByPeople<'a> {
    code: &'a str,
    /// Where the newest that it had stands.
    stands: HandoverState,
    /// When nothing of it was shown any more.
    dark_ms: Option<i64>,
}

/// Each partner that had the alert from people, or may have had it.
fn by_people(hands: &[HandStory], ended_ms: i64) -> Vec<ByPeople<'_>> {
    let mut partners: Vec<ByPeople<'_>> = Vec::new();
    for hand in hands.iter().filter(|hand| hand.may_have_been_held()) {
        let code = hand.line.partner.as_str();
        let gone = hand.line.withdrawn_ms.unwrap_or(ended_ms).max(ended_ms);
        let mut dark_ms = (!hand.holds_recall()).then_some(gone);
        if let Some(before) = partners.iter().find(|one| one.code == code) {
            dark_ms = before.dark_ms.zip(dark_ms).map(|(a, b)| a.max(b));
            partners.retain(|one| one.code != code);
        }
        partners.push(ByPeople {
            code,
            stands: hand.line.state,
            dark_ms,
        });
    }
    partners
}

/// When nothing was out any more, by programs or by people.
fn all_dark(progress: &Progress, by_people: &[ByPeople<'_>]) -> Option<i64> {
    let own = progress.alert.dark_ms?;
    by_people
        .iter()
        .try_fold(own, |dark, one| Some(dark.max(one.dark_ms?)))
}

/// What was done on one channel.
struct Went {
    /// How many were told, of how many that had the alert.
    told: Option<(u64, u64)>,
    /// When it was dark.
    dark_ms: Option<i64>,
}

/// The words of the channels that ever had the alert, each once, sorted.
fn words(progress: &Progress, stories: &[DeliveryStory]) -> Vec<String> {
    let own = progress.channels.iter().map(|one| one.channel.clone());
    let systems = stories.iter().map(|story| story.row.channel.as_str());
    let mut words: Vec<String> = own.chain(systems.map(str::to_owned)).collect();
    words.sort();
    words.dedup();
    words
}

fn dark_by(word: &str) -> DarkBy {
    match word {
        "public_page" => DarkBy::Page,
        "cap_feed" => DarkBy::Feed,
        "web_push" => DarkBy::Push,
        "mail_alert" => DarkBy::Letter,
        _ => DarkBy::Partner,
    }
}

/// A channel of the house: dark with what its Cancel reported.
fn of_own(word: &str, progress: &Progress) -> Went {
    let is_cancel = |one: &&ChannelProgress| one.channel == word && one.msg_type == MsgType::Cancel;
    let cancel = progress.channels.iter().rfind(is_cancel);
    let called = word.parse().map(OwnChannel::serving) == Ok(Serving::Subscribers);
    let dark_ms = cancel.and_then(|cancel| match called {
        true => progress
            .alert
            .dark_ms
            .and(cancel.last_ms.or(progress.alert.dark_ms)),
        false => cancel.last_ms,
    });
    let told = cancel.filter(|cancel| called && cancel.relayed);
    Went {
        told: told.map(|cancel| (cancel.handed.unsigned_abs(), cancel.inside.unsigned_abs())),
        dark_ms,
    }
}

/// A channel to systems: dark when each that had the alert has said that it knows, or was let go.
fn of_systems(word: &str, stories: &[DeliveryStory], ended_ms: i64) -> Went {
    let mine = |story: &&DeliveryStory| story.row.channel.as_str() == word;
    let told: Vec<&DeliveryStory> = stories
        .iter()
        .filter(|story| mine(story) && confirms_the_end(story))
        .collect();
    let open: Vec<&DeliveryStory> = held(stories).into_iter().filter(mine).collect();
    let waits = open.iter().any(|story| !was_let_go(story));
    let done = told.iter().map(|story| story.row.accepted_ms);
    let let_go = open.iter().map(|story| story.row.released_ms);
    let last = done.chain(let_go).flatten().max().unwrap_or(ended_ms);
    Went {
        told: Some((told.len() as u64, (told.len() + open.len()) as u64)),
        dark_ms: (!waits).then_some(last),
    }
}

fn holders(desk: &Desk, progress: &Progress, ledger: &AlertLedger) -> Vec<Holder> {
    let systems = held(&ledger.systems)
        .into_iter()
        .map(|story| Holder::System {
            partner: desk.partner(&story.row.partner),
            channel: desk.channel(story.row.channel.as_str()),
            delivery: story.row.delivery.to_string(),
            released: was_let_go(story),
        });
    let by_hand = held_by_hand(&ledger.hands)
        .into_iter()
        .map(|hand| Holder::Hand {
            partner: desk.partner(&hand.line.partner),
            handover: hand.line.handover.to_string(),
        });
    let missed = progress
        .channels
        .iter()
        .filter(|one| one.msg_type == MsgType::Cancel);
    let missed: u64 = missed.map(|one| one.failed.unsigned_abs()).sum();
    let missed = (missed > 0).then_some(Holder::Subscribers(missed));
    systems.chain(by_hand).chain(missed).collect()
}
