//! Earlier and later disappearances of the same child: found by the names held in memory, linked by
//! an officer. A report is never refused because one like it was erased.

use std::collections::BTreeMap;

use tifli_domain::Actor;
use tifli_domain::case::CaseState;
use tifli_domain::id::CaseId;
use tifli_domain::permission::{self, Act};
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::case::{self, CaseRow};
use tifli_store::closing;

use crate::bus::Event;
use crate::report::not_erased;
use crate::{App, AppError, AppResult};

/// Another case that may be, or is, of the same child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Episode {
    /// The other case.
    pub case: CaseId,
    /// Its number as people say it.
    pub label: String,
    /// Where it stands.
    pub state: CaseState,
    /// When its report was begun.
    pub started_ms: i64,
    /// Whether somebody linked it.
    pub linked: bool,
}

impl App {
    /// The other cases of what seems to be the same child, newest first: linked ones, and those whose
    /// child has the same first and family name in any spelling. Only what this person may read.
    pub async fn episodes(&self, actor: &Actor, case: CaseId) -> AppResult<Vec<Episode>> {
        let row = self.case_row(case).await?;
        self.permit(actor, Act::ReadCase, &row.district)?;
        not_erased(&row)?;
        let alike = self.index().same_child(case);
        let (linked, rows) = self
            .db()
            .read("episodes", (case, alike), |reads, (case, alike)| {
                Box::pin(async move {
                    let linked = closing::list_episodes(reads, *case).await?;
                    let mut rows = BTreeMap::new();
                    for other in linked.iter().chain(alike) {
                        if let Some(row) = case::find(reads, *other).await? {
                            rows.insert(*other, row);
                        }
                    }
                    Ok::<_, AppError>((linked, rows))
                })
            })
            .await?;
        let theirs = rows
            .into_values()
            .filter(|row| permission::check(actor, Act::ReadCase, &row.district).is_ok());
        let mut found: Vec<Episode> = theirs
            .map(|row: CaseRow| Episode {
                case: row.case,
                label: self.case_label(&row),
                state: row.state,
                started_ms: row.started_ms,
                linked: linked.contains(&row.case),
            })
            .collect();
        found.sort_by_key(|episode| std::cmp::Reverse(episode.started_ms));
        Ok(found)
    }

    /// Links another case of the same child. Doing it twice is harmless.
    pub async fn link_episode(
        &self,
        actor: &Actor,
        case: CaseId,
        earlier: CaseId,
    ) -> AppResult<()> {
        for one in [case, earlier] {
            let row = self.case_row(one).await?;
            self.permit(actor, Act::WorkClosing, &row.district)?;
            not_erased(&row)?;
        }
        if case == earlier {
            return Err(AppError::field("earlier", "not_an_answer"));
        }
        let args = (actor.person, case, earlier);
        self.db()
            .write("link_episode", args, |tx, (by, case, earlier)| {
                Box::pin(async move {
                    closing::link_episode(tx, *case, *earlier, *by).await?;
                    let detail = Detail::none().with("earlier", earlier);
                    let object = ObjectId::new("case", case);
                    let entry = Entry::new(by, "case.link_episode", object).with_detail(detail);
                    Ok::<_, AppError>(tx.audit(entry)?)
                })
            })
            .await?;
        self.bus().ring(Event::Case(case.to_string()));
        Ok(())
    }
}
