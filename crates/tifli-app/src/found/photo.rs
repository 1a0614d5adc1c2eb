//! The photo of a found child: one, redrawn without metadata, sealed under its own key, for
//! comparing only.

use tifli_domain::Actor;
use tifli_domain::found::FoundState;
use tifli_domain::id::FoundId;
use tifli_domain::permission::Act;
use tifli_store::{BlobId, Tx, found};

use super::{audit, not_erased, reading};
use crate::{App, AppError, AppResult};

impl App {
    /// Puts a photo to a found child; a later one takes the place of an earlier one.
    pub async fn put_found_photo(
        &self,
        actor: &Actor,
        found: FoundId,
        bytes: &[u8],
    ) -> AppResult<()> {
        let row = self.found_row(found).await?;
        self.permit(actor, Act::MatchFound, &row.district)?;
        not_erased(&row)?;
        let jpeg = self.redrawn(bytes).await?;
        let key = self.db().keys().get(&found.to_string()).await?;
        let blob = self.db().blobs().put(&key, &jpeg).await?;
        let args = (actor.person, found, blob);
        self.db()
            .write("put_found_photo", args, |tx, (by, found, blob)| {
                Box::pin(async move {
                    put_in(tx, *found, blob).await?;
                    entry(tx, *by, *found).await
                })
            })
            .await?;
        if let Some(before) = &row.photo {
            self.db().blobs().delete(before).await?;
        }
        Ok(())
    }

    /// Opens the photo: `image/jpeg`. One audit entry each time.
    pub async fn open_found_photo(&self, actor: &Actor, found: FoundId) -> AppResult<Vec<u8>> {
        let row = self.found_row(found).await?;
        self.permit(actor, Act::MatchFound, &row.district)?;
        not_erased(&row)?;
        let blob = row.photo.as_ref().ok_or_else(AppError::not_found)?;
        let sealed = self.db().blobs().get(&found.to_string(), blob).await?;
        let opened = self
            .db()
            .open_sealed(reading(actor, found, "photo"), vec![sealed])
            .await?;
        Ok(opened.bytes(0).unwrap_or_default().to_vec())
    }
}

async fn put_in(tx: &mut Tx, found: FoundId, blob: &BlobId) -> AppResult<()> {
    let mut row = found::get(tx, found).await?;
    if row.state == FoundState::Erased {
        return not_erased(&row);
    }
    row.photo = Some(blob.clone());
    Ok(found::update(tx, &row).await?)
}

async fn entry(tx: &mut Tx, by: tifli_domain::id::PersonId, found: FoundId) -> AppResult<()> {
    let row = found::get(tx, found).await?;
    audit(tx, by, "found.photo", &row)
}
