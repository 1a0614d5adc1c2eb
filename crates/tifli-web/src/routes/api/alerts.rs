//! Alerts: listed, updated, ended, and how they are being delivered.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_app::alert::{AlertSummary, ChannelProgress, Failure, Progress};
use tifli_app::ledger::AlertLedger;
use tifli_domain::alert::{AlertState, EndReason};
use tifli_domain::id::{AlertId, CaseId};
use utoipa::ToSchema;

use super::drafts::MessageOut;
use super::ledger::{HandOut, HolderOut, SystemOut, hand_out, holders_out, system_out};
use super::{at, json};
use crate::problem::{Answer, Refused};
use crate::request::{Id, Json, QueryOf, SignedIn};
use crate::server::WebState;

/// The query of the list.
#[derive(Deserialize)]
pub(super) struct Asked {
    state: Option<String>,
}

/// Why an alert ends.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CancelIn {
    /// `found`, `consent_withdrawn`, `danger`, `false_report`, `issued_in_error`.
    reason: String,
}

/// A version of an alert.
#[derive(Serialize, ToSchema)]
pub(super) struct VersionLine {
    /// Its id.
    message: String,
    /// Its number.
    version: u32,
    /// `drafted`, `submitted`, `returned`, `refused`, `issued`, `withdrawn`.
    state: String,
    /// Since when it waits or stands.
    since: String,
}

/// An alert.
#[derive(Serialize, ToSchema)]
pub(super) struct AlertLine {
    /// Its id.
    alert: String,
    /// Its case.
    case: String,
    /// The case's district.
    district: String,
    /// The public code of its page.
    code: String,
    /// `preparing`, `live`, `ended`, `confirmed`, `refused`.
    state: String,
    /// The version that is out; 0 when none is.
    version: u32,
    /// When it expires.
    expires_at: Option<String>,
    /// When it ended.
    ended_at: Option<String>,
    /// Why it ended.
    end_reason: Option<String>,
    /// When the last channel was dark.
    dark_at: Option<String>,
    /// Its versions.
    versions: Vec<VersionLine>,
}

/// Alerts.
#[derive(Serialize, ToSchema)]
pub(super) struct AlertsOut {
    /// In the order of the list.
    pub alerts: Vec<AlertLine>,
}

/// One message on one channel.
#[derive(Serialize, ToSchema)]
pub(super) struct ChannelOut {
    /// `page`, `feed`, `web_push` …
    channel: String,
    /// The version.
    version: u32,
    /// `Alert`, `Update`, `Cancel`.
    msg_type: String,
    /// Segments made.
    segments: usize,
    /// Segments finished.
    segments_done: usize,
    /// Recipients expected.
    expected: i64,
    /// Handed over.
    handed: i64,
    /// Given up.
    failed: i64,
    /// Removed as gone.
    gone: i64,
    /// First acceptance.
    first_at: Option<String>,
    /// Last acceptance.
    last_at: Option<String>,
    /// Whether it was withdrawn by an end or a newer version.
    withdrawn: bool,
}

/// A recipient that failed.
#[derive(Serialize, ToSchema)]
pub(super) struct FailureOut {
    /// The subscriber's number.
    number: u32,
    /// Why, as a code.
    code: String,
    /// Attempts so far.
    attempts: u32,
    /// When it is tried again; nothing when given up.
    next_at: Option<String>,
}

/// How an alert is being delivered.
#[derive(Serialize, ToSchema)]
pub(super) struct ProgressOut {
    /// The alert.
    alert: String,
    /// One line per message and channel.
    channels: Vec<ChannelOut>,
    /// At most 200.
    failures: Vec<FailureOut>,
    /// Receipts so far.
    receipts: usize,
    /// Channels, of all messages together, of which it is not yet known whom they go to.
    to_relay: usize,
    /// Milliseconds from the end to the last channel's report.
    time_to_dark_ms: Option<i64>,
    /// Deliveries to the systems of partners, in order of version and partner.
    systems: Vec<SystemOut>,
    /// Hand-overs by people, in the same order.
    hands: Vec<HandOut>,
    /// Partners that may still hold a copy of an alert that is over; nothing while it is not.
    holders: Vec<HolderOut>,
}

pub(super) async fn list(
    State(state): State<WebState>,
    who: SignedIn,
    QueryOf(asked): QueryOf<Asked>,
) -> Answer {
    let wanted = match asked.state.as_deref() {
        None | Some("") => AlertState::Live,
        Some(word) => word
            .parse()
            .map_err(|_| Refused::field("state", "not_an_answer"))?,
    };
    let alerts = state.app().list_alerts(&who.actor, wanted).await?;
    json(
        StatusCode::OK,
        &AlertsOut {
            alerts: alerts.into_iter().map(line).collect(),
        },
    )
}

pub(super) async fn of_case(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
) -> Answer {
    let alerts = state.app().list_case_alerts(&who.actor, case).await?;
    json(
        StatusCode::OK,
        &AlertsOut {
            alerts: alerts.into_iter().map(line).collect(),
        },
    )
}

pub(super) async fn one(
    State(state): State<WebState>,
    who: SignedIn,
    Id(alert): Id<AlertId>,
) -> Answer {
    show(&state, &who, alert).await
}

pub(super) async fn update(
    State(state): State<WebState>,
    who: SignedIn,
    Id(alert): Id<AlertId>,
) -> Answer {
    let message = state
        .app()
        .begin_update(&who.actor, alert)
        .await?
        .to_string();
    json(StatusCode::CREATED, &MessageOut { message })
}

pub(super) async fn cancel(
    State(state): State<WebState>,
    who: SignedIn,
    Id(alert): Id<AlertId>,
    Json(given): Json<CancelIn>,
) -> Answer {
    let reason = serde_json::from_value::<EndReason>(given.reason.into());
    let reason = reason.map_err(|_| Refused::field("reason", "not_an_answer"))?;
    state.app().cancel(&who.actor, alert, reason).await?;
    show(&state, &who, alert).await
}

pub(super) async fn confirm_end(
    State(state): State<WebState>,
    who: SignedIn,
    Id(alert): Id<AlertId>,
) -> Answer {
    state.app().confirm_end(&who.actor, alert).await?;
    show(&state, &who, alert).await
}

pub(super) async fn deliveries(
    State(state): State<WebState>,
    who: SignedIn,
    Id(alert): Id<AlertId>,
) -> Answer {
    let progress = state.app().progress(&who.actor, alert).await?;
    let ledger = state.app().ledger(&who.actor, alert).await?;
    json(StatusCode::OK, &progress_out(progress, &ledger))
}

pub(super) fn line(summary: AlertSummary) -> AlertLine {
    let versions = summary.versions.into_iter();
    AlertLine {
        alert: summary.alert.to_string(),
        case: summary.case.to_string(),
        district: summary.district,
        code: summary.code.to_string(),
        state: summary.state.as_str().to_owned(),
        version: summary.version,
        expires_at: summary.expires_ms.map(at),
        ended_at: summary.ended_ms.map(at),
        end_reason: summary.end_reason.map(|reason| reason.as_str().to_owned()),
        dark_at: summary.dark_ms.map(at),
        versions: versions
            .map(|(message, version, state, since)| VersionLine {
                message: message.to_string(),
                version,
                state: state.as_str().to_owned(),
                since: at(since),
            })
            .collect(),
    }
}

async fn show(state: &WebState, who: &SignedIn, alert: AlertId) -> Answer {
    let summary = state.app().summary(&who.actor, alert).await?;
    json(StatusCode::OK, &line(summary))
}

fn progress_out(progress: Progress, ledger: &AlertLedger) -> ProgressOut {
    let over = progress.alert.ended_ms.is_some();
    ProgressOut {
        systems: ledger.systems.iter().map(system_out).collect(),
        hands: ledger.hands.iter().map(hand_out).collect(),
        holders: match over {
            true => holders_out(ledger),
            false => Vec::new(),
        },
        alert: progress.alert.alert.to_string(),
        channels: progress.channels.into_iter().map(channel_out).collect(),
        failures: progress.failures.into_iter().map(failure_out).collect(),
        receipts: progress.receipts.len(),
        to_relay: progress.to_relay,
        time_to_dark_ms: progress.time_to_dark_ms,
    }
}

fn channel_out(channel: ChannelProgress) -> ChannelOut {
    let (segments, segments_done) = channel.segments;
    ChannelOut {
        channel: channel.channel,
        version: channel.version,
        msg_type: channel.msg_type.as_str().to_owned(),
        segments,
        segments_done,
        expected: channel.inside,
        handed: channel.handed,
        failed: channel.failed,
        gone: channel.gone,
        first_at: channel.first_ms.map(at),
        last_at: channel.last_ms.map(at),
        withdrawn: channel.withdrawn,
    }
}

fn failure_out(failure: Failure) -> FailureOut {
    FailureOut {
        number: failure.number,
        code: failure.code,
        attempts: failure.attempts,
        next_at: failure.next_ms.map(at),
    }
}
