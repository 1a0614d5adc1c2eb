//! How an alert is being delivered and recalled, from deliveries and receipts.

use tifli_domain::Actor;
use tifli_domain::channel::{OwnChannel, Serving};
use tifli_domain::delivery::DeliveryState;
use tifli_domain::id::AlertId;
use tifli_domain::loudness::Loudness;
use tifli_domain::message::MsgType;
use tifli_domain::permission::Act;
use tifli_store::alert::{self, AlertRow};
use tifli_store::delivery::{self, Audience, DeliveryRow};
use tifli_store::message::{self, MessageRow, Receipt};

use crate::{App, AppError, AppResult};

/// Everything the delivery page shows.
#[derive(Debug, Clone)]
pub struct Progress {
    /// The alert.
    pub alert: AlertRow,
    /// One line per message and channel, in order.
    pub channels: Vec<ChannelProgress>,
    /// Recipients that wait for another attempt or were given up, at most 200.
    pub failures: Vec<Failure>,
    /// All receipts in order.
    pub receipts: Vec<Receipt>,
    /// Channels, of all messages together, of which it is not yet known whom they go to.
    pub to_relay: usize,
    /// Milliseconds from the end to the last channel's report; `None` while a channel is silent.
    pub time_to_dark_ms: Option<i64>,
}

/// One message on one channel.
#[derive(Debug, Clone, PartialEq)]
pub struct ChannelProgress {
    /// The channel.
    pub channel: String,
    /// Version.
    pub version: u32,
    /// Alert, Update, Cancel.
    pub msg_type: MsgType,
    /// Segments made, and how many of them are finished.
    pub segments: (usize, usize),
    /// Whether the relay has made the segments.
    pub relayed: bool,
    /// Recipients expected.
    pub inside: i64,
    /// Handed over.
    pub handed: i64,
    /// Given up.
    pub failed: i64,
    /// Removed as gone.
    pub gone: i64,
    /// First and last acceptance.
    pub first_ms: Option<i64>,
    /// Last acceptance.
    pub last_ms: Option<i64>,
    /// Handed over per second, between first and last.
    pub rate: f64,
    /// Withdrawn by an end or a newer version.
    pub withdrawn: bool,
    /// How loudly the approver sent it out; nothing for an end, and for what went out before there was a choice.
    pub loudness: Option<Loudness>,
}

/// A recipient that failed, by number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The subscriber's number.
    pub number: u32,
    /// The push service.
    pub origin: String,
    /// Why, as a code.
    pub code: String,
    /// Attempts so far.
    pub attempts: u32,
    /// When it is tried again; `None` when given up.
    pub next_ms: Option<i64>,
}

/// What is read together.
struct Rows {
    alert: AlertRow,
    messages: Vec<MessageRow>,
    deliveries: Vec<DeliveryRow>,
    failures: Vec<delivery::RetryRow>,
    receipts: Vec<Receipt>,
    to_relay: i64,
}

impl App {
    /// How an alert is being delivered.
    pub async fn progress(&self, actor: &Actor, alert_id: AlertId) -> AppResult<Progress> {
        let row = self.alert_row(alert_id).await?;
        self.permit(actor, Act::ReadDeliveries, &row.district)?;
        let rows = self.progress_rows(alert_id).await?;
        let mut channels = Vec::new();
        for message in &rows.messages {
            channels.extend(published(message, &rows.receipts));
            channels.push(subscribed(message, &rows, OwnChannel::WebPush));
            let letters = subscribed(message, &rows, OwnChannel::MailAlert);
            if letters.segments.0 > 0 {
                channels.push(letters);
            }
        }
        let dark = rows.alert.dark_ms.zip(rows.alert.ended_ms);
        Ok(Progress {
            time_to_dark_ms: dark.map(|(dark, ended)| dark - ended),
            channels,
            to_relay: usize::try_from(rows.to_relay).unwrap_or(usize::MAX),
            failures: rows.failures.into_iter().map(failure).collect(),
            receipts: rows.receipts,
            alert: rows.alert,
        })
    }

    async fn progress_rows(&self, alert_id: AlertId) -> AppResult<Rows> {
        self.db()
            .read("progress", alert_id, |reads, id| {
                Box::pin(async move {
                    Ok::<_, AppError>(Rows {
                        alert: alert::get(reads, *id).await?,
                        messages: message::list_by_alert(reads, *id).await?,
                        deliveries: delivery::list_by_alert(reads, *id).await?,
                        failures: delivery::list_failures(reads, *id, 200).await?,
                        receipts: message::list_receipts(reads, *id).await?,
                        to_relay: message::count_open_outbox(reads, *id).await?,
                    })
                })
            })
            .await
    }
}

fn published(message: &MessageRow, receipts: &[Receipt]) -> Vec<ChannelProgress> {
    let mine = receipts.iter().filter(|r| {
        r.message == message.message
            && (r.kind == "published" || r.kind == "withdrawn")
            && r.channel.parse().map(OwnChannel::serving) == Ok(Serving::Published)
    });
    mine.map(|receipt| ChannelProgress {
        channel: receipt.channel.clone(),
        version: message.version,
        msg_type: message.msg_type,
        segments: (1, 1),
        relayed: true,
        inside: 1,
        handed: 1,
        failed: 0,
        gone: 0,
        first_ms: Some(receipt.at_ms),
        last_ms: Some(receipt.at_ms),
        rate: 0.0,
        withdrawn: false,
        loudness: loudness(message),
    })
    .collect()
}

/// What the signed binding of a message says.
fn loudness(message: &MessageRow) -> Option<Loudness> {
    let binding = super::freeze::parse_binding(&message.binding).ok();
    binding.and_then(|binding| binding.loudness)
}

/// A message on a channel whose subscribers are called, all segments together.
fn subscribed(message: &MessageRow, rows: &Rows, channel: OwnChannel) -> ChannelProgress {
    let word = channel.as_str();
    let mine: Vec<&DeliveryRow> = rows
        .deliveries
        .iter()
        .filter(|d| d.message == message.message && d.channel == word)
        .filter(|d| d.audience != Audience::One)
        .collect();
    let sum = |f: fn(&DeliveryRow) -> i64| mine.iter().map(|d| f(d)).sum::<i64>();
    let first_ms = mine.iter().filter_map(|d| d.first_ms).min();
    let last_ms = mine.iter().filter_map(|d| d.last_ms).max();
    let handed = sum(|d| d.handed);
    let span = first_ms
        .zip(last_ms)
        .map_or(0, |(first, last)| last - first);
    let relayed = rows
        .receipts
        .iter()
        .any(|r| r.message == message.message && r.kind == "targeted" && r.channel == word);
    ChannelProgress {
        channel: word.to_owned(),
        version: message.version,
        msg_type: message.msg_type,
        segments: (
            mine.len(),
            mine.iter().filter(|d| d.state.is_terminal()).count(),
        ),
        relayed,
        inside: sum(|d| d.inside),
        handed,
        failed: sum(|d| d.failed),
        gone: sum(|d| d.gone),
        first_ms,
        last_ms,
        rate: if span > 0 {
            handed as f64 * 1_000.0 / span as f64
        } else {
            0.0
        },
        loudness: loudness(message),
        withdrawn: mine.iter().any(|d| d.state == DeliveryState::Withdrawn),
    }
}

fn failure(row: delivery::RetryRow) -> Failure {
    Failure {
        number: row.number,
        origin: row.origin,
        code: row.code,
        attempts: row.attempts,
        next_ms: (!row.dead).then_some(row.next_ms),
    }
}
