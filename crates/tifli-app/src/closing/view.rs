//! What the page of the closing shows: each item with what was said of it, holds, the day of erasure.

use std::collections::BTreeMap;

use tifli_domain::Actor;
use tifli_domain::case::{CaseAct, CaseState};
use tifli_domain::closing::{How, Item, ItemState, Path};
use tifli_domain::id::{CaseId, PersonId};
use tifli_domain::permission::Act;
use tifli_store::audit::ObjectId;
use tifli_store::closing::{self, RetentionRow, StepRow};
use tifli_store::{AuditedRead, Sealed};

use super::close::open_of;
use super::hold::HoldView;
use super::present;
use super::record::Words;
use crate::report::not_erased;
use crate::{App, AppError, AppResult};

/// What was said of an item. Its `Debug` shows no words.
#[derive(Clone, PartialEq, Eq)]
pub struct Said {
    /// Done, skipped or taken back.
    pub how: How,
    /// The word chosen; may be empty.
    pub word: String,
    /// The person named; may be empty.
    pub name: String,
    /// In words; may be empty.
    pub note: String,
    /// Who said it.
    pub by: PersonId,
    /// When.
    pub at_ms: i64,
}

impl std::fmt::Debug for Said {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Said({:?} {})", self.how, self.word)
    }
}

/// One item with its history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemView {
    /// What.
    pub item: Item,
    /// Where it stands.
    pub state: ItemState,
    /// Who is waited for, where it follows from receipts.
    pub waits_for: Vec<String>,
    /// Everything said of it, the oldest first.
    pub said: Vec<Said>,
}

/// The closing of one case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClosingView {
    /// The case.
    pub case: CaseId,
    /// Where it stands.
    pub state: CaseState,
    /// Which items it needs.
    pub path: Path,
    /// Every item it needs or of which something was said, in order.
    pub items: Vec<ItemView>,
    /// Whether the file can be closed now.
    pub closable: bool,
    /// What it ended as, once closed.
    pub retention: Option<RetentionRow>,
    /// Its holds.
    pub holds: Vec<HoldView>,
}

impl App {
    /// The closing of a case. Reading what was said is one audited read.
    pub async fn closing(&self, actor: &Actor, case: CaseId) -> AppResult<ClosingView> {
        let row = self.case_row(case).await?;
        self.permit(actor, Act::ReadCase, &row.district)?;
        not_erased(&row)?;
        let (now, retention, holds) = self
            .db()
            .read("closing", case, |reads, case| {
                Box::pin(async move {
                    let now = present(reads, *case).await?;
                    let retention = closing::find_retention(reads, *case).await?;
                    let holds = closing::list_holds(reads, *case).await?;
                    Ok::<_, AppError>((now, retention, holds))
                })
            })
            .await?;
        let mut said = self.said(actor, case, &now.rows).await?;
        let open = open_of(&now);
        let items = Item::ALL.into_iter().filter_map(|item| {
            let said = said.remove(&item).unwrap_or_default();
            let state = now.standing.state(item);
            let shown = state != ItemState::NotNeeded || !said.is_empty();
            let waits_for = open.iter().find(|open| open.item == item);
            shown.then(|| ItemView {
                item,
                state,
                waits_for: waits_for
                    .map(|open| open.waits_for.clone())
                    .unwrap_or_default(),
                said,
            })
        });
        Ok(ClosingView {
            case,
            state: row.state,
            path: now.standing.path(),
            items: items.collect(),
            closable: open.is_empty() && row.state.after(CaseAct::Close).is_ok(),
            retention,
            holds: self.hold_views(actor, case, holds).await?,
        })
    }

    async fn said(
        &self,
        actor: &Actor,
        case: CaseId,
        rows: &[StepRow],
    ) -> AppResult<BTreeMap<Item, Vec<Said>>> {
        let sealed: Vec<Sealed> = rows.iter().filter_map(|row| row.note.clone()).collect();
        let mut said: BTreeMap<Item, Vec<Said>> = BTreeMap::new();
        if sealed.is_empty() {
            return Ok(said);
        }
        let read = AuditedRead {
            actor: actor.person.to_string(),
            reason: "closing".to_owned(),
            objects: vec![ObjectId::new("case", case)],
        };
        let opened = self.db().open_sealed(read, sealed).await?;
        for (place, row) in rows.iter().enumerate() {
            let words: Words = opened
                .bytes(place)
                .and_then(|bytes| serde_json::from_slice(bytes).ok())
                .ok_or_else(|| AppError::internal("closing_words"))?;
            said.entry(row.item).or_default().push(Said {
                how: row.how,
                word: row.word.clone(),
                name: words.name,
                note: words.note,
                by: row.by,
                at_ms: row.at_ms,
            });
        }
        Ok(said)
    }
}
