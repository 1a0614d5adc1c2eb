//! At start: the index of names is built from the sealed rows, and keys whose case never came are
//! destroyed.

use std::collections::HashSet;

use tifli_domain::id::{CallId, CaseId, FoundId};
use tifli_store::audit::ObjectId;
use tifli_store::case::AnswerRow;
use tifli_store::{AuditedRead, call, case, found};

use super::Index;
use crate::{App, AppError, AppResult};

/// Values opened under one audit entry.
const PORTION: usize = 500;
/// A key without a case is given this long to find one, for a neighbour may be about to commit it.
const GRACE_MS: i64 = 60 * 60 * 1000;

impl App {
    /// Builds the index from the sealed rows, with audit entries by `system`, and sweeps the keys of
    /// reports that were never committed. A case whose key is gone is passed over.
    pub async fn load_index(&self) -> AppResult<()> {
        self.sweep_orphan_keys().await?;
        let owners: HashSet<String> = self.db().keys().list_owners().await?.into_iter().collect();
        let rows = self
            .db()
            .read("load_index", (), |reads, ()| {
                Box::pin(async move {
                    let mut rows = Vec::new();
                    for field in Index::fields() {
                        rows.extend(case::list_standing_to(reads, field).await?);
                    }
                    Ok::<_, AppError>(rows)
                })
            })
            .await?;
        let mut rows: Vec<AnswerRow> = rows
            .into_iter()
            .filter(|row| owners.contains(row.value.owner()))
            .collect();
        rows.sort_by_key(|row| row.case);
        for portion in rows.chunks(PORTION) {
            self.load_portion(portion).await?;
        }
        Ok(())
    }

    async fn load_portion(&self, rows: &[AnswerRow]) -> AppResult<()> {
        let read = AuditedRead {
            actor: "system".to_owned(),
            reason: "index".to_owned(),
            objects: vec![ObjectId::new("index", "names")],
        };
        let sealed = rows.iter().map(|row| row.value.clone()).collect();
        let opened = self.db().open_sealed(read, sealed).await?;
        for (place, row) in rows.iter().enumerate() {
            let value = opened.text(place).unwrap_or_default();
            self.index().put(row.case, row.field, value);
        }
        Ok(())
    }

    async fn sweep_orphan_keys(&self) -> AppResult<()> {
        let (cases, found, calls) = self
            .db()
            .read("list_case_ids", (), |reads, ()| {
                Box::pin(async move {
                    let found = found::list_ids(reads).await?;
                    let calls = call::list_own_keys(reads).await?;
                    Ok::<_, AppError>((case::list_ids(reads).await?, found, calls))
                })
            })
            .await?;
        let mut known: HashSet<String> = cases.iter().map(CaseId::to_string).collect();
        known.extend(found.iter().map(FoundId::to_string));
        known.extend(calls.iter().map(CallId::to_string));
        // Owners that are no case (the house) are not this sweep's to judge.
        let owners = self.db().keys().list_owners().await?;
        let swept = |owner: &String| {
            owner.parse::<CaseId>().is_ok()
                || owner.parse::<FoundId>().is_ok()
                || owner.parse::<CallId>().is_ok()
        };
        known.extend(owners.into_iter().filter(|owner| !swept(owner)));
        let before_ms = self.now_ms() - GRACE_MS;
        let swept = self.db().keys().sweep_orphans(&known, before_ms).await?;
        if !swept.is_empty() {
            tracing::info!(
                keys = swept.len(),
                "keys whose case never came were destroyed"
            );
        }
        Ok(())
    }
}
