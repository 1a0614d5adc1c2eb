//! Closing a file: refused while anything stands open, and then the day of its erasure is fixed.

use tifli_domain::Actor;
use tifli_domain::closing::Item;
use tifli_domain::id::CaseId;
use tifli_domain::permission::Act;
use tifli_domain::retention::{Ending, erase_on_ms};
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::case::CaseRow;
use tifli_store::closing::{self, RetentionRow};
use tifli_store::{Reads, Tx};

use super::{Present, present};
use crate::{App, AppError, AppResult, Problem};

/// Something without which a file cannot be closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenItem {
    /// What.
    pub item: Item,
    /// Who is waited for, by name, where it follows from receipts.
    pub waits_for: Vec<String>,
}

impl App {
    /// What stands open of a case, in the order in which it is done.
    pub async fn open_items(&self, actor: &Actor, case: CaseId) -> AppResult<Vec<OpenItem>> {
        let row = self.case_row(case).await?;
        self.permit(actor, Act::ReadCase, &row.district)?;
        let now = self
            .db()
            .read("open_items", case, |reads, case| {
                Box::pin(async move { present(reads, *case).await })
            })
            .await?;
        Ok(open_of(&now))
    }
}

/// What stands open.
pub(super) fn open_of(now: &Present) -> Vec<OpenItem> {
    let items = now.standing.open_items().into_iter();
    let open = items.map(|item| OpenItem {
        item,
        waits_for: match item {
            Item::Recall => now.recall.clone(),
            Item::Cessation => now.cessation.clone(),
            _ => Vec::new(),
        },
    });
    open.collect()
}

/// Refuses while anything is open; otherwise writes what the file ended as and when it is due for
/// erasure. The caller has changed the state of the case in the same transaction.
pub(crate) async fn write_closed(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    row: &CaseRow,
) -> AppResult<()> {
    let now = present(tx, row.case).await?;
    let open = now.standing.open_items();
    if !open.is_empty() {
        let problem = |item: &Item| Problem::new(item.as_str(), "closing_open");
        return Err(AppError {
            problems: open.iter().map(problem).collect(),
            ..AppError::conflict("closing_open")
        });
    }
    let ending = Ending::of(&now.standing);
    let class = app.pack().retention_of(ending);
    let closed_ms = tx.now_ms();
    let word = |item| now.standing.find_word(item).unwrap_or_default().to_owned();
    let kept = RetentionRow {
        case: row.case,
        ending,
        attribution: word(Item::Outcome),
        found_by: word(Item::Located),
        class: class.id.clone(),
        closed_ms,
        erase_on_ms: erase_on_ms(closed_ms, class.days),
    };
    closing::put_retention(tx, &kept).await?;
    let detail = Detail::none()
        .with("class", &kept.class)
        .with("erase_on_ms", kept.erase_on_ms);
    let object = ObjectId::new("case", row.case);
    Ok(tx.audit(Entry::new(actor.person, "case.close", object).with_detail(detail))?)
}
