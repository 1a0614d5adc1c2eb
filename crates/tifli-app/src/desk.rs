//! What the console shows beside the use cases: names of colleagues, the versions of an alert, a draft
//! as the public would read it, the audit trail by pages. It changes nothing.

use std::collections::HashMap;

use tifli_domain::Actor;
use tifli_domain::alert::VersionState;
use tifli_domain::approval::Binding;
use tifli_domain::id::{AlertId, MessageId, PersonId};
use tifli_domain::message::Message;
use tifli_domain::permission::Act;
use tifli_domain::qualify::Rung;
use tifli_store::alert::{self, VersionRow};
use tifli_store::audit::{self, Record};
use tifli_store::{Sealed, case, people};
use tifli_units::Position;

use crate::alert::{audited, parse_draft};
use crate::{App, AppError, AppResult};

/// Entries on one page of the audit trail.
const PAGE: u32 = 100;

/// A colleague's name and unit.
pub type Name = (String, String);

/// One version of an alert, for a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionLine {
    /// The message it is or would become.
    pub message: MessageId,
    /// Its number.
    pub version: u32,
    /// Where it stands.
    pub state: VersionState,
    /// Who wrote it.
    pub author: PersonId,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// When its state was reached.
    pub at_ms: i64,
    /// When it was handed over.
    pub submitted_ms: Option<i64>,
    /// Why it was returned or refused, or went out in spite of warnings.
    pub reason: Option<String>,
    /// The rung that the approver proposed with it.
    pub proposed_rung: Option<Rung>,
    /// Subscribers counted when it was frozen; 0 before.
    pub subscribers: u64,
}

/// One page of the audit trail.
#[derive(Debug, Clone)]
pub struct AuditPage {
    /// Newest first.
    pub entries: Vec<AuditEntry>,
    /// Entries there are in all.
    pub total: u64,
    /// Where the next page begins, if there is one.
    pub next: Option<(i64, i64)>,
}

/// One entry of the audit trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditEntry {
    /// Number in its chain.
    pub seq: i64,
    /// When.
    pub at_ms: i64,
    /// A person's id, `system` or `public`.
    pub actor: String,
    /// What was done, as a code.
    pub verb: String,
    /// To which thing.
    pub object_id: String,
    /// The entry's hash.
    pub hash: String,
}

impl App {
    /// Names and units of everybody in the house, for whoever works in it.
    pub async fn colleagues(&self) -> AppResult<HashMap<PersonId, Name>> {
        let rows = self
            .db()
            .read("colleagues", (), |reads, ()| {
                Box::pin(async move { Ok::<_, AppError>(people::list(reads).await?) })
            })
            .await?;
        Ok(rows
            .into_iter()
            .map(|row| (row.person, (row.display_name, row.unit)))
            .collect())
    }

    /// The versions of an alert, newest first. Reasons of returns and refusals are opened with one
    /// audit entry, if there are any.
    pub async fn alert_versions(
        &self,
        actor: &Actor,
        alert_id: AlertId,
    ) -> AppResult<Vec<VersionLine>> {
        let row = self.alert_row(alert_id).await?;
        let (file, rows) = self
            .db()
            .read("alert_versions", row.clone(), |reads, row| {
                Box::pin(async move {
                    let rows = alert::list_versions(reads, row.alert, row.case).await?;
                    Ok::<_, AppError>((case::get(reads, row.case).await?, rows))
                })
            })
            .await?;
        self.permit_read(actor, &file).await?;
        let reasons: Vec<Sealed> = rows.iter().filter_map(|row| row.reason.clone()).collect();
        let opened = match reasons.is_empty() {
            true => None,
            false => {
                let read = audited(actor, "versions", alert_id);
                Some(self.db().open_sealed(read, reasons).await?)
            }
        };
        let mut place = 0;
        let mut lines: Vec<VersionLine> = rows
            .into_iter()
            .map(|row| {
                let reason = row.reason.as_ref().and_then(|_| {
                    let text = opened.as_ref()?.text(place).map(str::to_owned);
                    place += 1;
                    text
                });
                line(row, reason)
            })
            .collect();
        lines.reverse();
        Ok(lines)
    }

    /// Whole kilometres between two points, rounded.
    pub fn kilometres_between(&self, one: Position, other: Position) -> u32 {
        let km = tifli_geo::distance(one, other).get().round();
        format!("{km:.0}").parse().unwrap_or(u32::MAX)
    }

    /// A draft as the message it would become. Refused beside the fields that are still missing.
    pub async fn preview_draft(&self, actor: &Actor, message: MessageId) -> AppResult<Message> {
        let (row, version) = self.version_row(message).await?;
        self.permit(actor, Act::DraftAlert, &row.district)?;
        let read = audited(actor, "preview", row.alert);
        let opened = self
            .db()
            .open_sealed(read, vec![version.draft.clone()])
            .await?;
        let draft = parse_draft(opened.bytes(0))?;
        self.compose(&row, message, &draft, version.version).await
    }

    /// Entries of the audit trail before a place in it, newest first; `about` keeps those by or
    /// about one id or login.
    pub async fn audit_page(
        &self,
        actor: &Actor,
        before: Option<(i64, i64)>,
        about: &str,
    ) -> AppResult<AuditPage> {
        self.permit_anywhere(actor, Act::ReadAudit)?;
        let before = before.unwrap_or((i64::MAX, i64::MAX));
        let (records, total) = self
            .db()
            .read(
                "audit_page",
                (before, about.trim().to_owned()),
                |reads, (before, about)| {
                    Box::pin(async move {
                        let person = people::find_by_login(reads, about).await?;
                        let id = person.map_or_else(|| about.clone(), |row| row.person.to_string());
                        let wanted = (!id.is_empty()).then_some(id.as_str());
                        let records = audit::page(reads, *before, wanted, PAGE).await?;
                        Ok::<_, AppError>((records, audit::count(reads).await?))
                    })
                },
            )
            .await?;
        let full = records.len() >= usize::try_from(PAGE).unwrap_or(usize::MAX);
        let next = records
            .last()
            .filter(|_| full)
            .map(|last| (last.at_ms, last.seq));
        Ok(AuditPage {
            entries: records.into_iter().map(entry).collect(),
            total,
            next,
        })
    }
}

fn line(row: VersionRow, reason: Option<String>) -> VersionLine {
    let binding = row.binding.as_deref();
    let binding = binding.and_then(|json| serde_json::from_str::<Binding>(json).ok());
    VersionLine {
        message: row.message,
        version: row.version,
        state: row.state,
        author: row.author,
        decided_by: row.decided_by,
        at_ms: row
            .decided_ms
            .or(row.submitted_ms)
            .unwrap_or(row.created_ms),
        submitted_ms: row.submitted_ms,
        proposed_rung: row.proposed_rung,
        reason,
        subscribers: binding.map_or(0, |binding| binding.count),
    }
}

fn entry(record: Record) -> AuditEntry {
    AuditEntry {
        seq: record.seq,
        at_ms: record.at_ms,
        actor: record.actor,
        verb: record.verb,
        object_id: record.object_id,
        hash: record.hash,
    }
}
