//! The approver's one screen and the lists that lead to it.

use std::sync::Arc;

use tifli_domain::Actor;
use tifli_domain::alert::{AlertState, EndReason, VersionState};
use tifli_domain::approval::Binding;
use tifli_domain::difference::{Piece, words};
use tifli_domain::id::{AlertId, CaseId, MessageId, PersonId, PublicCode};
use tifli_domain::intake::Field;
use tifli_domain::message::Message;
use tifli_domain::permission::{Act, Reach, reach};
use tifli_domain::publication::Blocker;
use tifli_domain::qualify::Rung;
use tifli_store::alert::{self, AlertRow, VersionRow};
use tifli_store::{case, message};

use super::draft::{Draft, audited, parse_draft};
use super::freeze::submitted;
use super::preview::Preview;
use super::profiles::ProfileFinding;
use crate::publication::{Attention, PartAbroad, Weighed};
use crate::{App, AppError, AppResult};

/// Everything an approver decides on.
#[derive(Debug, Clone)]
pub struct Screen {
    /// The alert.
    pub alert: AlertRow,
    /// The version.
    pub message_id: MessageId,
    /// Who wrote it.
    pub author: PersonId,
    /// Whether the author belongs to the unit of who looks, who then cannot approve.
    pub same_unit: bool,
    /// When it was handed over.
    pub submitted_ms: i64,
    /// What the public would read.
    pub message: Message,
    /// What each channel will send.
    pub previews: Vec<Preview>,
    /// What the message does not meet of the profiles of partners' systems.
    pub profile_findings: Vec<ProfileFinding>,
    /// What the approver binds by approving.
    pub binding: Binding,
    /// Residents inside by census.
    pub residents: u64,
    /// Share of the shape abroad or at sea.
    pub foreign: f64,
    /// The parts of the area across each border.
    pub abroad: Vec<PartAbroad>,
    /// How much attention its people were asked for lately.
    pub attention: Attention,
    /// What stands in the way of sending it out.
    pub blockers: Vec<Blocker>,
    /// The rung it is held to.
    pub rung: Rung,
    /// `yes`, `no`, `unknown` as recorded; `substituted` where the prosecutor stood in.
    pub consent: String,
    /// Who gave it, as recorded.
    pub consent_given_by: String,
    /// Forced, voluntary, unknown, as recorded.
    pub nature: String,
    /// What is different from the version that is out.
    pub changes: Vec<Change>,
    /// The message held against its case: warnings, criteria, the loudness proposed.
    pub weighed: Weighed,
}

/// One difference between two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Which text, `language.field`, or `area`, `photo`.
    pub what: String,
    /// As it is out.
    pub before: String,
    /// As it would be.
    pub after: String,
    /// Both word by word; one for an area and a photo, which are no words.
    pub pieces: Vec<Piece>,
}

/// An alert in a list.
#[derive(Debug, Clone)]
pub struct AlertSummary {
    /// Its id.
    pub alert: AlertId,
    /// Its case.
    pub case: CaseId,
    /// The case's district.
    pub district: String,
    /// The public code.
    pub code: PublicCode,
    /// Where it stands.
    pub state: AlertState,
    /// Version that is out.
    pub version: u32,
    /// When it first went out.
    pub live_ms: Option<i64>,
    /// When it expires.
    pub expires_ms: Option<i64>,
    /// When it ended.
    pub ended_ms: Option<i64>,
    /// Why.
    pub end_reason: Option<EndReason>,
    /// Who ended it.
    pub ended_by: Option<PersonId>,
    /// When the last channel was dark.
    pub dark_ms: Option<i64>,
    /// Its versions: message id, number, state, since when.
    pub versions: Vec<(MessageId, u32, VersionState, i64)>,
}

impl App {
    /// Opens a submitted version for the approver.
    pub async fn screen(&self, actor: &Actor, message_id: MessageId) -> AppResult<Screen> {
        let (row, version) = self.version_row(message_id).await?;
        self.permit(actor, Act::ApproveAlert, &row.district)?;
        let (sealed, binding) = submitted(&version)?;
        let message = self.open_frozen(actor, &row, sealed, &binding).await?;
        let answers = self.answers(actor, row.case, "approve_alert").await?;
        let area = self.read_area(&message.area)?;
        let target = self.target(&area)?;
        let draft = self.decided_draft(actor, &row, &version).await?;
        let (blockers, rung) = self.draft_guard(actor, row.case, &draft).await?;
        let weighed = self
            .weigh_message(actor, row.case, (&message, &binding.channels))
            .await?;
        let out = self.message_out(&row).await?;
        let sent = (&binding.channels[..], weighed.proposed);
        let answer = |field: Field| answers.get(&field).cloned().unwrap_or_default();
        Ok(Screen {
            message_id,
            author: version.author,
            same_unit: self.is_of_unit(actor, message_id).await?,
            submitted_ms: version.submitted_ms.unwrap_or(version.created_ms),
            residents: self.pack().residents(&target),
            foreign: self.foreign(&area),
            abroad: self.parts_abroad(&area),
            attention: self.attention(&area).await?,
            blockers,
            rung,
            consent: self
                .consent_word(row.case, answer(Field::ConsentPublish))
                .await?,
            consent_given_by: answer(Field::ConsentGivenBy),
            nature: answer(Field::Nature),
            changes: out
                .as_ref()
                .map_or_else(Vec::new, |out| compare(out, &message)),
            previews: self.previews(&message, out.as_deref(), sent)?,
            weighed,
            profile_findings: self.profile_findings(&message, &binding.channels).await?,
            alert: row,
            message,
            binding,
        })
    }

    /// Whether whoever submitted this version works where `actor` does.
    async fn is_of_unit(&self, actor: &Actor, message: MessageId) -> AppResult<bool> {
        let submitted = self
            .db()
            .read("author_of_version", message, |reads, message| {
                Box::pin(async move {
                    let hands = message::list_approvals(reads, *message).await?;
                    let author = hands.into_iter().find(|row| row.part == "author");
                    Ok::<_, AppError>(author.map(|row| row.unit))
                })
            })
            .await?;
        Ok(submitted.is_some_and(|unit| unit.is_same(&actor.works_at())))
    }

    async fn decided_draft(
        &self,
        actor: &Actor,
        row: &AlertRow,
        version: &VersionRow,
    ) -> AppResult<Draft> {
        let read = audited(actor, "decide", row.alert);
        let opened = self
            .db()
            .open_sealed(read, vec![version.draft.clone()])
            .await?;
        parse_draft(opened.bytes(0))
    }

    /// Alerts that wait for a decision, the oldest first.
    pub async fn list_waiting(&self, actor: &Actor) -> AppResult<Vec<AlertSummary>> {
        self.permit_anywhere(actor, Act::ReadCase)?;
        let ids = self
            .db()
            .read("list_waiting", (), |reads, ()| {
                Box::pin(async move {
                    Ok::<_, AppError>(
                        alert::list_versions_in(reads, VersionState::Submitted).await?,
                    )
                })
            })
            .await?;
        let ids = ids.into_iter().map(|(alert, _, _)| alert).collect();
        self.summaries(actor, ids).await
    }

    /// Alerts in `state`, the newest first.
    pub async fn list_alerts(
        &self,
        actor: &Actor,
        state: AlertState,
    ) -> AppResult<Vec<AlertSummary>> {
        self.permit_anywhere(actor, Act::ReadCase)?;
        let rows = self
            .db()
            .read("list_alerts", state, |reads, state| {
                Box::pin(
                    async move { Ok::<_, AppError>(alert::list_by_state(reads, *state).await?) },
                )
            })
            .await?;
        self.summaries(actor, rows.into_iter().map(|row| row.alert).collect())
            .await
    }

    /// All alerts of a case, the newest first, for who may read its file: its own district, and one that it is shared
    /// with.
    pub async fn list_case_alerts(
        &self,
        actor: &Actor,
        case: CaseId,
    ) -> AppResult<Vec<AlertSummary>> {
        let (file, alerts) = self
            .db()
            .read("list_case_alerts", case, |reads, case| {
                Box::pin(async move {
                    let file = case::get(reads, *case).await?;
                    let mut alerts = Vec::new();
                    for row in alert::list_by_case(reads, *case).await? {
                        let versions = alert::list_versions(reads, row.alert, row.case).await?;
                        alerts.push(summary(row, &versions));
                    }
                    Ok::<_, AppError>((file, alerts))
                })
            })
            .await?;
        self.permit_read(actor, &file).await?;
        Ok(alerts)
    }

    /// The alerts that are out and that this person may end, with their cases, the newest first.
    pub async fn list_endable(&self, actor: &Actor) -> AppResult<Vec<(AlertId, CaseId)>> {
        self.permit_anywhere(actor, Act::CancelAlert)?;
        let rows = self
            .db()
            .read("list_endable", (), |reads, ()| {
                Box::pin(async move {
                    Ok::<_, AppError>(alert::list_by_state(reads, AlertState::Live).await?)
                })
            })
            .await?;
        let own = |row: &AlertRow| self.permit(actor, Act::CancelAlert, &row.district).is_ok();
        let rows = rows.into_iter().filter(own);
        Ok(rows.map(|row| (row.alert, row.case)).collect())
    }

    /// One alert as in a list.
    pub async fn summary(&self, actor: &Actor, alert_id: AlertId) -> AppResult<AlertSummary> {
        self.permit_anywhere(actor, Act::ReadCase)?;
        let mut found = self.summaries(actor, vec![alert_id]).await?;
        found.pop().ok_or_else(|| AppError::forbidden("district"))
    }

    async fn summaries(&self, actor: &Actor, ids: Vec<AlertId>) -> AppResult<Vec<AlertSummary>> {
        let own = match reach(actor.role, Act::ReadCase) {
            Reach::Everywhere => None,
            _ => Some(actor.district.clone()),
        };
        self.db()
            .read("alert_summaries", (ids, own), |reads, (ids, own)| {
                Box::pin(async move {
                    let mut out = Vec::new();
                    for id in ids {
                        let row = alert::get(reads, *id).await?;
                        if own.as_ref().is_none_or(|own| *own == row.district) {
                            let versions = alert::list_versions(reads, row.alert, row.case).await?;
                            out.push(summary(row, &versions));
                        }
                    }
                    Ok(out)
                })
            })
            .await
    }

    /// The message that is out, if one is.
    async fn message_out(&self, row: &AlertRow) -> AppResult<Option<Arc<Message>>> {
        if row.version == 0 {
            return Ok(None);
        }
        let last = self
            .db()
            .read("last_issued", row.alert, |reads, alert_id| {
                Box::pin(async move {
                    let last = message::list_by_alert(reads, *alert_id).await?.pop();
                    last.ok_or_else(AppError::not_found)
                })
            })
            .await?;
        self.open_message(&last).await.map(Some)
    }
}

fn summary(row: AlertRow, versions: &[VersionRow]) -> AlertSummary {
    AlertSummary {
        alert: row.alert,
        case: row.case,
        district: row.district,
        code: row.code,
        state: row.state,
        version: row.version,
        live_ms: row.live_ms,
        expires_ms: row.expires_ms,
        ended_ms: row.ended_ms,
        end_reason: row.end_reason,
        ended_by: row.ended_by,
        dark_ms: row.dark_ms,
        versions: versions
            .iter()
            .map(|v| {
                (
                    v.message,
                    v.version,
                    v.state,
                    v.submitted_ms.unwrap_or(v.created_ms),
                )
            })
            .collect(),
    }
}

fn compare(out: &Message, next: &Message) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut note = |what: String, before: &str, after: &str| {
        if before != after {
            let spelled = what.contains('.');
            changes.push(Change {
                what,
                pieces: match spelled {
                    true => words(before, after),
                    false => Vec::new(),
                },
                before: before.to_owned(),
                after: after.to_owned(),
            });
        }
    };
    for before in &out.texts {
        if !next.texts.iter().any(|t| t.language == before.language) {
            note(
                format!("{}.headline", before.language),
                &before.headline,
                "",
            );
        }
    }
    for after in &next.texts {
        let Some(before) = out.texts.iter().find(|t| t.language == after.language) else {
            note(format!("{}.headline", after.language), "", &after.headline);
            continue;
        };
        for (name, b, a) in [
            ("first_name", &before.first_name, &after.first_name),
            ("place", &before.place, &after.place),
            ("when", &before.when, &after.when),
            ("clothes", &before.clothes, &after.clothes),
            ("marks", &before.marks, &after.marks),
            ("headline", &before.headline, &after.headline),
            ("description", &before.description, &after.description),
            ("instruction", &before.instruction, &after.instruction),
            ("area", &before.area, &after.area),
        ] {
            note(format!("{}.{name}", after.language), b, a);
        }
    }
    note("area".into(), &out.area, &next.area);
    let photo = |m: &Message| {
        let photo = m.child.as_ref().and_then(|c| c.photo.as_ref());
        photo.map(|p| p.sha256.clone()).unwrap_or_default()
    };
    note("photo".into(), &photo(out), &photo(next));
    changes
}
