//! How an alert that is over is taken back: per channel what can be done, what was done and how long it took, and by
//! name who may still hold a copy.

use tifli_app::alert::{ChannelProgress, Progress};
use tifli_app::ledger::DeliveryStory;
use tifli_domain::channel::capability::capabilities;
use tifli_domain::channel::{OwnChannel, Serving};
use tifli_domain::message::MsgType;

use super::desk::{Desk, moment_of};
use super::ledger::{confirms_the_end, held, was_let_go};
use crate::console::delivery::{DarkBy, DarkRow, Recall};
use crate::console::ledger::Holder;
use crate::console::partner::PartnerLine;
use crate::server::moment;

/// The recall; `None` while the alert is not over.
pub(super) fn recall(
    desk: &Desk,
    progress: &Progress,
    stories: &[DeliveryStory],
    partners: &[PartnerLine],
) -> Option<Recall> {
    let ended = progress.alert.ended_ms?;
    let until =
        |dark: Option<i64>| (dark.unwrap_or(desk.now.as_millisecond()) - ended).max(0) / 1_000;
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
            told: went.told,
            dark: moment_of(went.dark_ms),
            seconds: until(went.dark_ms),
        }
    });
    Some(Recall {
        ended: moment(ended),
        dark: moment_of(progress.alert.dark_ms),
        seconds: until(progress.alert.dark_ms),
        channels: channels.collect(),
        holders: holders(desk, progress, stories, partners),
    })
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

fn holders(
    desk: &Desk,
    progress: &Progress,
    stories: &[DeliveryStory],
    partners: &[PartnerLine],
) -> Vec<Holder> {
    let systems = held(stories).into_iter().map(|story| Holder::System {
        partner: desk.partner(&story.row.partner),
        channel: desk.channel(story.row.channel.as_str()),
        delivery: story.row.delivery.to_string(),
        released: was_let_go(story),
    });
    let mut by_hand: Vec<String> = partners
        .iter()
        .filter(|line| line.open)
        .map(|line| line.name.clone())
        .collect();
    by_hand.dedup();
    let by_hand = by_hand.into_iter().map(|partner| Holder::Hand { partner });
    let missed = progress
        .channels
        .iter()
        .filter(|one| one.msg_type == MsgType::Cancel);
    let missed: u64 = missed.map(|one| one.failed.unsigned_abs()).sum();
    let missed = (missed > 0).then_some(Holder::Subscribers(missed));
    systems.chain(by_hand).chain(missed).collect()
}
