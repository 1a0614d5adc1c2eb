//! Files that are due for erasure: their days are over. They are listed, never erased by the clock.

use tifli_domain::Actor;
use tifli_domain::id::CaseId;
use tifli_domain::permission::{self, Act};
use tifli_domain::retention::HoldKind;
use tifli_store::case::{self, CaseRow};
use tifli_store::closing::{self, RetentionRow};

use super::hold::holding;
use crate::{App, AppError, AppResult};

/// A file whose days are over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The case.
    pub case: CaseId,
    /// Its number as people say it.
    pub label: String,
    /// The district.
    pub district: String,
    /// The pack's class.
    pub class: String,
    /// When it was closed.
    pub closed_ms: i64,
    /// Since when it is due.
    pub erase_on_ms: i64,
    /// What holds it back.
    pub held: Option<HoldKind>,
}

impl App {
    /// The files that are due for erasure and that this person may ask for, the longest due first.
    pub async fn due_for_erasure(&self, actor: &Actor) -> AppResult<Vec<Due>> {
        self.permit_anywhere(actor, Act::RequestErasure)?;
        let rows = self
            .db()
            .read("due_for_erasure", self.now_ms(), |reads, now| {
                Box::pin(async move {
                    let mut rows = Vec::new();
                    for kept in closing::list_due(reads, *now).await? {
                        let row = case::get(reads, kept.case).await?;
                        let held = holding(reads, kept.case).await?;
                        rows.push((kept, row, held));
                    }
                    Ok::<_, AppError>(rows)
                })
            })
            .await?;
        let theirs = rows.into_iter().filter(|(_, row, _)| {
            permission::check(actor, Act::RequestErasure, &row.district).is_ok()
        });
        let due = |(kept, row, held): (RetentionRow, CaseRow, _)| Due {
            case: kept.case,
            label: self.case_label(&row),
            district: row.district,
            class: kept.class,
            closed_ms: kept.closed_ms,
            erase_on_ms: kept.erase_on_ms,
            held,
        };
        Ok(theirs.map(due).collect())
    }
}
