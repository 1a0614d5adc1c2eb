//! How an alert is delivered and withdrawn: the list, the page, and its figures alone for the script that asks again.

use serde::Deserialize;
use tifli_app::alert::{AlertSummary, ChannelProgress, Failure, Progress};
use tifli_app::ledger::AlertLedger;
use tifli_domain::alert::AlertState;
use tifli_domain::channel::capability::capabilities;
use tifli_domain::channel::{OwnChannel, Serving};
use tifli_domain::delivery::DeliveryState;
use tifli_domain::id::{AlertId, CaseId};
use tifli_domain::permission::Act;

use super::cases::first_name;
use super::desk::{Desk, moment_of};
use super::dispatch;
use super::ledger::rows;
use super::recall::recall;
use crate::console::delivery::{
    ChannelRow, DeliveryFigures, DeliveryList, DeliveryListRow, DeliveryPage, FailureRow, Figures,
    ReceiptRow,
};
use crate::console::dispatch::SystemRow;
use crate::console::ledger::LedgerRow;
use crate::problem::{Answer, Refused};
use crate::request::{Id, QueryOf};
use crate::server::moment;

/// The query of the page.
#[derive(Debug, Default, Deserialize)]
pub struct FiguresQuery {
    #[serde(default)]
    part: String,
    #[serde(default)]
    refresh: String,
}

/// `GET /console/delivery`.
pub async fn list(desk: Desk) -> Answer {
    let mut alerts = Vec::new();
    if desk.may(Act::ReadCase) {
        for state in [AlertState::Live, AlertState::Ended, AlertState::Confirmed] {
            alerts.extend(desk.app().list_alerts(&desk.actor, state).await?);
        }
    }
    alerts.sort_by_key(|alert| std::cmp::Reverse(alert.live_ms));
    let cases: Vec<CaseId> = alerts.iter().map(|alert| alert.case).collect();
    let children = desk.app().child_lines(&desk.actor, &cases).await?;
    let mut rows = Vec::with_capacity(alerts.len());
    for alert in &alerts {
        let progress = desk.app().progress(&desk.actor, alert.alert).await?;
        let (number, child) = match children.get(&alert.case) {
            Some(line) => {
                let number = desk
                    .app()
                    .case_summary(&desk.actor, alert.case)
                    .await?
                    .label;
                (
                    number,
                    first_name(desk.shell.locale(), &line.first_name_ar, &line.first_name),
                )
            }
            None => (
                desk.app()
                    .case_summary(&desk.actor, alert.case)
                    .await?
                    .label,
                String::new(),
            ),
        };
        rows.push(list_row(alert, &progress, number, child));
    }
    Ok(desk.page(&DeliveryList {
        rows,
        shell: desk.shell.clone(),
    }))
}

/// `GET /console/alerts/{id}/delivery`, and `?part=figures` for the figures alone.
pub async fn page(
    desk: Desk,
    Id(id): Id<AlertId>,
    QueryOf(query): QueryOf<FiguresQuery>,
) -> Answer {
    let progress = desk.app().progress(&desk.actor, id).await?;
    let ledger = desk.app().ledger(&desk.actor, id).await?;
    let partners = rows(&desk, &ledger).await?;
    let figures = Figures {
        systems: bulletin(&desk, &progress).await?,
        ..figures(&desk, &progress, &ledger, partners)
    };
    if query.part == "figures" {
        let view = DeliveryFigures {
            alert: id.to_string(),
            figures,
            shell: desk.shell.clone(),
        };
        return Ok(desk.page(&view));
    }
    let case = progress.alert.case;
    let (number, child) = heading(&desk, case).await?;
    let view = DeliveryPage {
        alert: id.to_string(),
        case: desk
            .may_in(Act::ReadCase, &progress.alert.district)
            .then(|| case.to_string()),
        number,
        child,
        refresh: !query.refresh.is_empty(),
        figures,
        shell: desk.shell.clone(),
    };
    Ok(desk.page(&view))
}

/// Number and name, as far as the person may read the case.
pub(super) async fn heading(desk: &Desk, case: CaseId) -> Result<(String, String), Refused> {
    if !desk.may(Act::ReadCase) {
        return Ok((String::new(), String::new()));
    }
    let summary = desk.app().case_summary(&desk.actor, case).await?;
    let children = desk.app().child_lines(&desk.actor, &[case]).await?;
    let line = children.get(&case).cloned().unwrap_or_default();
    Ok((
        summary.label,
        first_name(desk.shell.locale(), &line.first_name_ar, &line.first_name),
    ))
}

fn list_row(
    alert: &AlertSummary,
    progress: &Progress,
    number: String,
    child: String,
) -> DeliveryListRow {
    let newest = progress
        .channels
        .iter()
        .rev()
        .find(|channel| channel.channel == "web_push");
    let sent = newest
        .and_then(|channel| channel.first_ms)
        .or(alert.live_ms)
        .unwrap_or_default();
    DeliveryListRow {
        alert: alert.alert.to_string(),
        number,
        child,
        live: alert.state == AlertState::Live,
        sent: moment(sent),
        inside: newest.map_or(0, |channel| channel.inside.unsigned_abs()),
        handed: newest.map_or(0, |channel| channel.handed.unsigned_abs()),
        failed: newest.map_or(0, |channel| channel.failed.unsigned_abs()),
    }
}

/// The restricted bulletin of the same case, for who may read bulletins.
async fn bulletin(desk: &Desk, progress: &Progress) -> Result<Vec<SystemRow>, Refused> {
    let district = &progress.alert.district;
    if !desk.may_in(Act::ReadBulletins, district) {
        return Ok(Vec::new());
    }
    let newest = desk
        .app()
        .bulletin_of(&desk.actor, progress.alert.case)
        .await?;
    match newest {
        Some(id) => dispatch::rows(desk, id, district).await,
        None => Ok(Vec::new()),
    }
}

fn figures(
    desk: &Desk,
    progress: &Progress,
    ledger: &AlertLedger,
    partners: Vec<LedgerRow>,
) -> Figures {
    let mut channels: Vec<ChannelRow> = progress
        .channels
        .iter()
        .map(|channel| row(desk, progress, channel))
        .collect();
    channels.sort_by_key(|row| std::cmp::Reverse(row.version));
    let pushes = || {
        progress
            .channels
            .iter()
            .filter(|channel| channel.channel == "web_push")
    };
    let newest = pushes().next_back();
    let of_newest = |count: fn(&ChannelProgress) -> i64| {
        newest.map_or(0, |channel| count(channel).unsigned_abs())
    };
    let retrying = progress
        .failures
        .iter()
        .filter(|failure| failure.next_ms.is_some())
        .count();
    Figures {
        now: desk.now,
        inside: of_newest(|channel| channel.inside),
        handed: of_newest(|channel| channel.handed),
        failed: of_newest(|channel| channel.failed),
        retrying: u64::try_from(retrying).unwrap_or(u64::MAX),
        all_tried_after: all_tried(progress, pushes().next()),
        to_relay: progress.to_relay,
        rows: channels,
        failures_total: u64::try_from(progress.failures.len()).unwrap_or(u64::MAX),
        failures: progress
            .failures
            .iter()
            .map(|failure| failure_row(desk, failure))
            .collect(),
        receipts: receipts(desk, progress),
        recall: recall(desk, progress, ledger),
        partners,
        systems: Vec::new(),
    }
}

/// Seconds from the approval until the last of the first version was handed over, once all of it was tried.
fn all_tried(progress: &Progress, first: Option<&ChannelProgress>) -> Option<i64> {
    let first =
        first.filter(|channel| channel.relayed && channel.segments.0 == channel.segments.1)?;
    Some((first.last_ms? - progress.alert.live_ms?) / 1_000)
}

fn row(desk: &Desk, progress: &Progress, channel: &ChannelProgress) -> ChannelRow {
    let called = channel.channel.parse().map(OwnChannel::serving) == Ok(Serving::Subscribers);
    let waits = progress
        .failures
        .iter()
        .filter(|failure| failure.next_ms.is_some() && channel_of(failure) == channel.channel)
        .count();
    let newest = channel.version == progress.alert.version;
    ChannelRow {
        channel: desk.channel(&channel.channel),
        version: channel.version,
        kind: channel.msg_type,
        state: state(channel),
        inside: channel.inside.unsigned_abs(),
        handed: channel.handed.unsigned_abs(),
        failed: channel.failed.unsigned_abs(),
        gone: channel.gone.unsigned_abs(),
        retrying: if called && newest {
            u64::try_from(waits).unwrap_or(0)
        } else {
            0
        },
        rate: channel.rate.max(0.0).round() as u64,
        first: moment_of(channel.first_ms),
        last: moment_of(channel.last_ms),
        loud: loud(channel),
    }
}

/// How loudly it went out, and what the channel made of it.
fn loud(channel: &ChannelProgress) -> Option<(&'static str, &'static str)> {
    let loudness = channel.loudness?;
    let known: OwnChannel = channel.channel.parse().ok()?;
    let heard = capabilities(known).sounding.heard(loudness);
    Some((loudness.as_str(), heard.as_str()))
}

fn state(channel: &ChannelProgress) -> DeliveryState {
    let (made, finished) = channel.segments;
    if channel.withdrawn {
        DeliveryState::Withdrawn
    } else if channel.relayed && made == finished {
        DeliveryState::Done
    } else if channel.first_ms.is_some() || finished > 0 {
        DeliveryState::Sending
    } else {
        DeliveryState::Pending
    }
}

/// A recipient of letters has no push service.
fn channel_of(failure: &Failure) -> &'static str {
    match failure.origin.as_str() {
        "mail" => OwnChannel::MailAlert.as_str(),
        _ => OwnChannel::WebPush.as_str(),
    }
}

fn failure_row(desk: &Desk, failure: &Failure) -> FailureRow {
    let host = failure
        .origin
        .split_once("://")
        .map_or(failure.origin.as_str(), |(_, host)| host);
    FailureRow {
        who: failure.number.to_string(),
        channel: desk.channel(channel_of(failure)),
        host: host.to_owned(),
        code: failure.code.clone(),
        attempts: failure.attempts,
        at: desk.now,
        next: moment_of(failure.next_ms),
    }
}

fn receipts(desk: &Desk, progress: &Progress) -> Vec<ReceiptRow> {
    let rows = progress.receipts.iter().rev().map(|receipt| ReceiptRow {
        at: moment(receipt.at_ms),
        channel: desk.channel(&receipt.channel),
        words: desk.shell.receipt(&receipt.kind, receipt.amount),
    });
    rows.take(100).collect()
}
