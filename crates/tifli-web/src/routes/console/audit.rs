//! The audit trail by pages, and verifying the chain.

use axum::extract::State;
use serde::Deserialize;
use tifli_app::desk::AuditEntry;

use super::desk::{Desk, Names, Sent};
use crate::console::audit::{AuditPage, AuditRow, Verdict};
use crate::problem::{Answer, Refused};
use crate::request::QueryOf;
use crate::server::{WebState, moment};

/// Characters of a hash that are shown.
const HASH_SHOWN: usize = 12;

/// The query of the trail; `before` is a moment and a number.
#[derive(Debug, Default, Deserialize)]
pub struct TrailQuery {
    #[serde(default)]
    q: String,
    #[serde(default)]
    before: String,
}

/// `GET /console/audit?before=&q=`.
pub async fn page(desk: Desk, QueryOf(query): QueryOf<TrailQuery>) -> Answer {
    let view = fill(&desk, &query, Verdict::None).await?;
    Ok(desk.page(&view))
}

/// `POST /console/audit/verify`.
pub async fn verify(State(_): State<WebState>, Sent { desk, .. }: Sent) -> Answer {
    let report = desk.app().verify_audit(&desk.actor).await?;
    let verdict = match (report.ok, &report.first_bad) {
        (true, _) => Verdict::Whole {
            entries: report.entries,
            head: report
                .heads
                .last()
                .map(|head| short(&head.hash))
                .unwrap_or_default(),
        },
        (false, bad) => Verdict::Broken {
            at: bad
                .as_ref()
                .map_or(report.entries, |(_, seq)| seq.unsigned_abs()),
        },
    };
    let view = fill(&desk, &TrailQuery::default(), verdict).await?;
    Ok(desk.page(&view))
}

async fn fill(desk: &Desk, query: &TrailQuery, verdict: Verdict) -> Result<AuditPage, Refused> {
    let before = query
        .before
        .split_once('-')
        .and_then(|(at, seq)| Some((at.parse().ok()?, seq.parse().ok()?)));
    let trail = desk.app().audit_page(&desk.actor, before, &query.q).await?;
    let names = desk.names().await?;
    let plain: String = query
        .q
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || "._-".contains(*c))
        .collect();
    Ok(AuditPage {
        query: query.q.clone(),
        entries: trail
            .entries
            .iter()
            .map(|entry| row(desk, &names, entry))
            .collect(),
        total: trail.total,
        newer: before.map(|_| format!("/console/audit?q={plain}")),
        older: trail
            .next
            .map(|(at, seq)| format!("/console/audit?before={at}-{seq}&q={plain}")),
        verdict,
        shell: desk.shell.clone(),
    })
}

fn row(desk: &Desk, names: &Names, entry: &AuditEntry) -> AuditRow {
    let by = match entry.actor.as_str() {
        "system" => None,
        "public" => Some(desk.shell.say("by-public")),
        actor => Some(names.find(actor).unwrap_or_else(|| actor.to_owned())),
    };
    AuditRow {
        seq: entry.seq.unsigned_abs(),
        at: moment(entry.at_ms),
        by,
        act: desk.shell.act(&entry.verb),
        object: entry.object_id.clone(),
        hash: short(&entry.hash),
    }
}

fn short(hash: &str) -> String {
    hash.chars().take(HASH_SHOWN).collect()
}
