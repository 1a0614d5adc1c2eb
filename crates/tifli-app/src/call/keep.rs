//! The clock and the end of calls: the room is paged once for what is late, and what is about no case is emptied
//! when its time is over, its key first.

use tifli_domain::id::CallId;
use tifli_store::call;

use super::audit;
use crate::bus::Event;
use crate::{App, AppError, AppResult};

/// The class of the country pack's retention that calls about no case are kept by.
const RETENTION: &str = "tip";
/// Kept this long where the pack has no such class: days.
const DAYS: u32 = 90;
const DAY_MS: i64 = 24 * 60 * 60 * 1000;

impl App {
    /// Pages the room for calls that became late since they were last looked at. Called by the clock.
    pub(crate) async fn page_late_calls(&self) -> AppResult<()> {
        let now = self.now_ms();
        let late = self
            .db()
            .read("late_calls", now, |reads, now| {
                Box::pin(async move { Ok::<_, AppError>(call::list_unpaged(reads, *now).await?) })
            })
            .await?;
        for row in late {
            self.db()
                .write("page_call", row, |tx, row| {
                    Box::pin(async move {
                        if !call::mark_paged(tx, row.call).await? || !row.kind.pages() {
                            return Ok(());
                        }
                        audit(tx, "system", "call.page_room", row)
                    })
                })
                .await?;
            self.bus().ring(Event::Board);
        }
        Ok(())
    }

    /// Empties calls about no case whose time is over; returns how many.
    pub async fn erase_old_calls(&self) -> AppResult<usize> {
        let mut classes = self.pack().retention().iter();
        let days = classes
            .find(|class| class.id == RETENTION)
            .map_or(DAYS, |class| class.days);
        let before = self.now_ms() - i64::from(days) * DAY_MS;
        let old = self
            .db()
            .read("old_calls", before, |reads, before| {
                Box::pin(
                    async move { Ok::<_, AppError>(call::list_to_erase(reads, *before).await?) },
                )
            })
            .await?;
        for id in &old {
            self.db()
                .write("erase_call", *id, |tx, id| {
                    Box::pin(async move {
                        let row = call::get(tx, *id).await?;
                        call::wipe(tx, *id).await?;
                        audit(tx, "system", "call.erase", &row)
                    })
                })
                .await?;
            self.db().keys().destroy(&[&id.to_string()]).await?;
        }
        Ok(old.len())
    }

    /// At start: keys of calls that joined a case or were emptied just before a crash go, and what a restored backup
    /// brought back is emptied again.
    pub(crate) async fn resume_calls(&self) -> AppResult<()> {
        let own = self
            .db()
            .read("own_call_keys", (), |reads, ()| {
                Box::pin(async move { Ok::<_, AppError>(call::list_own_keys(reads).await?) })
            })
            .await?;
        for owner in self.db().keys().list_destroyed().await? {
            let Ok(id) = owner.parse::<CallId>() else {
                continue;
            };
            if own.contains(&id) {
                self.db()
                    .write("wipe_call", id, |tx, id| {
                        Box::pin(async move { Ok::<_, AppError>(call::wipe(tx, *id).await?) })
                    })
                    .await?;
            }
        }
        Ok(())
    }
}
