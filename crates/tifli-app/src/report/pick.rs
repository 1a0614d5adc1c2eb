//! Some answers of several cases at once, under one audit entry that names them all: what a queue or a map needs.

use std::collections::BTreeMap;

use tifli_domain::Actor;
use tifli_domain::case::CaseState;
use tifli_domain::id::CaseId;
use tifli_domain::intake::{Field, Mark};
use tifli_domain::permission::Act;
use tifli_store::audit::ObjectId;
use tifli_store::case::AnswerRow;
use tifli_store::{AuditedRead, Sealed, case};

use crate::{App, AppError, AppResult};

/// Answers of one case: the value, and yes, no, unknown or refused where that was said.
pub(crate) type Picked = BTreeMap<Field, (String, Option<Mark>)>;

impl App {
    /// The answers to these questions that stand, without those that only break-glass opens. Cases that were erased or
    /// that this person may not read are left out.
    pub(crate) async fn pick_answers(
        &self,
        actor: &Actor,
        cases: &[CaseId],
        (reason, fields): (&'static str, &[Field]),
    ) -> AppResult<BTreeMap<CaseId, Picked>> {
        let rows = self
            .db()
            .read("pick_answers", cases.to_vec(), |reads, cases| {
                Box::pin(async move {
                    let mut rows = Vec::new();
                    for id in cases {
                        let Some(file) = case::find(reads, *id).await? else {
                            continue;
                        };
                        rows.push((file, case::list_standing(reads, *id).await?));
                    }
                    Ok::<_, AppError>(rows)
                })
            })
            .await?;
        let wanted: Vec<AnswerRow> = rows
            .into_iter()
            .filter(|(file, _)| self.permit(actor, Act::ReadCase, &file.district).is_ok())
            .filter(|(file, _)| file.state != CaseState::Erased)
            .flat_map(|(_, answers)| answers)
            .filter(|row| fields.contains(&row.field) && !row.field.is_sealed())
            .collect();
        if wanted.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut named: Vec<CaseId> = wanted.iter().map(|row| row.case).collect();
        named.sort_unstable();
        named.dedup();
        let read = AuditedRead {
            actor: actor.person.to_string(),
            reason: reason.to_owned(),
            objects: named.iter().map(|id| ObjectId::new("case", id)).collect(),
        };
        let sealed: Vec<Sealed> = wanted.iter().map(|row| row.value.clone()).collect();
        let opened = self.db().open_sealed(read, sealed).await?;
        let mut picked: BTreeMap<CaseId, Picked> = BTreeMap::new();
        for (place, row) in wanted.iter().enumerate() {
            let value = opened.text(place).unwrap_or_default().to_owned();
            let answers = picked.entry(row.case).or_default();
            answers.insert(row.field, (value, row.said.mark));
        }
        Ok(picked)
    }
}
