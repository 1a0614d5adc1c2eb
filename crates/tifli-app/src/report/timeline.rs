//! Everything that was done to a case, from the audit chain: ids, counts and codes.

use std::collections::HashMap;

use tifli_domain::Actor;
use tifli_domain::id::CaseId;
use tifli_store::audit::{self, ObjectId, Record};
use tifli_store::{ReadTx, alert, case, people};

use crate::{App, AppError, AppResult};

/// Most entries shown of one object.
const LIMIT: u32 = 500;

/// One thing that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEntry {
    /// When.
    pub at_ms: i64,
    /// A person's id, `system` or `public`.
    pub actor: String,
    /// What the person is called and their unit; `None` for the clock, a channel, the public.
    pub by: Option<(String, String)>,
    /// What was done, as a code.
    pub verb: String,
    /// The kind of thing it was done to: `case`, `alert` …
    pub object_kind: String,
    /// Its id.
    pub object_id: String,
    /// Ids, counts and codes.
    pub detail: String,
}

impl App {
    /// What was done to a case and to its alerts, the newest first. Readable after an erasure.
    pub async fn timeline(&self, actor: &Actor, case: CaseId) -> AppResult<Vec<TimelineEntry>> {
        let row = self.case_row(case).await?;
        self.permit_read(actor, &row).await?;
        self.db()
            .read("timeline", case, |reads, case| {
                Box::pin(timeline_in(reads, *case))
            })
            .await
    }
}

async fn timeline_in(reads: &mut ReadTx, case: CaseId) -> AppResult<Vec<TimelineEntry>> {
    case::get(reads, case).await?;
    let mut records = audit::list(reads, &ObjectId::new("case", case), LIMIT).await?;
    for row in alert::list_by_case(reads, case).await? {
        let object = ObjectId::new("alert", row.alert);
        records.extend(audit::list(reads, &object, LIMIT).await?);
    }
    records.sort_by_key(|record| std::cmp::Reverse((record.at_ms, record.seq)));
    let people = people::list(reads).await?;
    let names: HashMap<String, (String, String)> = people
        .into_iter()
        .map(|person| {
            (
                person.person.to_string(),
                (person.display_name, person.unit),
            )
        })
        .collect();
    let entry = |record: Record| TimelineEntry {
        at_ms: record.at_ms,
        by: names.get(&record.actor).cloned(),
        actor: record.actor,
        verb: record.verb,
        object_kind: record.object_kind,
        object_id: record.object_id,
        detail: record.detail,
    };
    Ok::<_, AppError>(records.into_iter().map(entry).collect())
}
