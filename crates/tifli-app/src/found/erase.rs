//! Erasing found children: with the case they belong to, or, closed without one, by a second person.

use tifli_domain::Actor;
use tifli_domain::found::{FoundAct, FoundState};
use tifli_domain::id::{CaseId, FoundId};
use tifli_domain::permission::Act;
use tifli_store::found::{self, FoundRow};

use super::audit;
use crate::{App, AppError, AppResult};

impl App {
    /// Erases the file of a found child that another person closed without a case.
    pub async fn erase_found(&self, actor: &Actor, found: FoundId) -> AppResult<()> {
        let row = self.found_row(found).await?;
        self.permit(actor, Act::ConfirmErasure, &row.district)?;
        // As it stands in the commit: a photo may have come meanwhile.
        let wiped = self
            .db()
            .write("erase_found", (actor.person, found), |tx, (by, found)| {
                Box::pin(async move {
                    let row = found::get(tx, *found).await?;
                    if row.state == FoundState::Linked {
                        return Err(AppError::conflict("erased_with_its_case"));
                    }
                    row.state.after(FoundAct::Erase)?;
                    if row.closed_by == Some(*by) {
                        return Err(AppError::conflict("same_person"));
                    }
                    found::wipe(tx, *found).await?;
                    audit(tx, by, "found.erase", &row)?;
                    Ok(row)
                })
            })
            .await?;
        let app = self.clone();
        let finished = tokio::spawn(async move {
            app.destroy_found(&[wiped]).await?;
            Ok::<_, AppError>(app.db().truncate_log().await?)
        });
        finished
            .await
            .map_err(|_| AppError::internal("erasure_interrupted"))?
    }

    /// Destroys the keys and files of the found children of a case that is erased.
    pub(crate) async fn destroy_found_of(&self, case: CaseId) -> AppResult<()> {
        let rows = self
            .db()
            .read("found_of_case", case, |reads, case| {
                Box::pin(async move { Ok::<_, AppError>(found::list_linked(reads, *case).await?) })
            })
            .await?;
        self.destroy_found(&rows).await
    }

    /// At start: what an interruption left of an erasure is finished, and what a restored backup
    /// brought back goes again.
    pub(crate) async fn resume_found_erasures(&self) -> AppResult<()> {
        let keys = self.db().keys();
        let held = keys.list_owners().await?;
        let destroyed = keys.list_destroyed().await?;
        let rows = self
            .db()
            .read("all_found", (), |reads, ()| {
                Box::pin(async move { Ok::<_, AppError>(found::list_all(reads).await?) })
            })
            .await?;
        for row in rows {
            let owner = row.found.to_string();
            if row.state == FoundState::Erased && held.contains(&owner) {
                self.destroy_found(&[row]).await?;
            } else if row.state != FoundState::Erased && destroyed.contains(&owner) {
                self.destroy_found(std::slice::from_ref(&row)).await?;
                self.db()
                    .write("wipe_found", row.found, |tx, found| {
                        Box::pin(async move { Ok::<_, AppError>(found::wipe(tx, *found).await?) })
                    })
                    .await?;
            }
        }
        Ok(())
    }

    async fn destroy_found(&self, rows: &[FoundRow]) -> AppResult<()> {
        for row in rows {
            self.db().keys().destroy(&[&row.found.to_string()]).await?;
            if let Some(photo) = &row.photo {
                self.db().blobs().delete(photo).await?;
                self.db()
                    .write("forget_found_photo", row.found, |tx, found| {
                        Box::pin(async move {
                            Ok::<_, AppError>(found::forget_photo(tx, *found).await?)
                        })
                    })
                    .await?;
            }
        }
        Ok(())
    }
}
