//! The steps after the confirmation, each harmless when it is repeated: key, files, memory, the
//! photos' rows, the log, the mark that it is done.

use tifli_domain::id::{CaseId, ErasureId};
use tifli_store::erasure;
use tifli_store::{Reads, alert, audit as chain, handover, media};

use super::{ErasureReport, KEY_BACKUP_DAYS, audit};
use crate::{App, AppError, AppResult};

impl App {
    /// Does everything that is left of a confirmed erasure.
    pub(super) async fn finish_erasure(&self, id: ErasureId) -> AppResult<()> {
        let row = self.erasure_row(id).await?;
        if row.done_ms.is_some() || row.confirmed_ms.is_none() {
            return Ok(());
        }
        self.destroy(row.case).await?;
        self.db()
            .write("erase_photos", id, |tx, id| {
                Box::pin(async move {
                    let mut row = erasure::get(tx, *id).await?;
                    erasure::drop_photos(tx, row.case).await?;
                    row.keys_destroyed_ms = row.keys_destroyed_ms.or(Some(tx.now_ms()));
                    Ok::<_, AppError>(erasure::update(tx, &row).await?)
                })
            })
            .await?;
        self.db().truncate_log().await?;
        self.db()
            .write("finish_erasure", id, |tx, id| {
                Box::pin(async move {
                    let mut row = erasure::get(tx, *id).await?;
                    if row.done_ms.is_none() {
                        row.done_ms = Some(tx.now_ms());
                        erasure::update(tx, &row).await?;
                        audit(tx, "system", "case.erase", &row)?;
                    }
                    Ok::<_, AppError>(())
                })
            })
            .await
    }

    /// Destroys the key of a case, removes its files, and wipes what memory holds of it.
    pub(super) async fn destroy(&self, case: CaseId) -> AppResult<()> {
        self.db().keys().destroy(&[&case.to_string()]).await?;
        let (photos, files, alerts) = self
            .db()
            .read("erased_files", case, |reads, case| {
                Box::pin(async move {
                    let photos = media::list_all_of_case(reads, *case).await?;
                    let mut files = handover::list_shots_of_case(reads, *case).await?;
                    files.extend(tifli_store::paper::list_scans(reads, *case).await?);
                    let alerts = alert::list_by_case(reads, *case).await?;
                    Ok::<_, AppError>((photos, files, alerts))
                })
            })
            .await?;
        let photos = photos.iter().flat_map(|photo| photo.blobs());
        for blob in photos.chain(&files) {
            self.db().blobs().delete(blob).await?;
        }
        self.destroy_found_of(case).await?;
        self.index().forget(case);
        for alert in &alerts {
            self.open_messages().forget(&alert.code);
            self.pictures().forget(&alert.code);
            self.copies().forget(&alert.code);
        }
        Ok(())
    }

    /// What an erasure took, with the chain verified now.
    pub(super) async fn erasure_report(&self, id: ErasureId) -> AppResult<ErasureReport> {
        let row = self.erasure_row(id).await?;
        let file = self.case_row(row.case).await?;
        let chains = self
            .db()
            .read("verify_chains", (), |reads, ()| {
                Box::pin(async move { Ok::<_, AppError>(chain::verify(reads, &[]).await?) })
            })
            .await?;
        let (Some(confirmed_by), Some(done_ms)) = (row.confirmed_by, row.done_ms) else {
            return Err(AppError::conflict("erasure_not_done"));
        };
        let destroyed_ms = row.keys_destroyed_ms.unwrap_or(done_ms);
        Ok(ErasureReport {
            erasure: id,
            case: row.case,
            number: file.number,
            requested_by: row.requested_by,
            confirmed_by,
            done_ms,
            counts: row.counts,
            chain: chains.ok,
            entries: chains.entries,
            keys_gone_by_ms: destroyed_ms + i64::from(KEY_BACKUP_DAYS) * 86_400_000,
        })
    }
}
