//! The hourly sweep: counts of wrong receipts, and photos whose tip never came to be.

use tifli_store::tip;

use crate::guess::{HOUR_MS, WINDOW_MS};
use crate::{App, AppError, AppResult};

impl App {
    /// Forgets wrong receipts older than an hour, and photos that a crash left without their tip.
    /// Returns how many counts and how many blobs went.
    pub async fn sweep_tips(&self) -> AppResult<(u64, usize)> {
        let before = self.now_ms() - HOUR_MS;
        let (guesses, blobs) = self
            .db()
            .write("sweep_tips", before, |tx, before| {
                Box::pin(async move {
                    let guesses = tip::sweep_guesses(tx, *before - WINDOW_MS).await?;
                    Ok::<_, AppError>((guesses, tip::take_stray_photos(tx, *before).await?))
                })
            })
            .await?;
        for blob in &blobs {
            self.db().blobs().delete(blob).await?;
        }
        Ok((guesses, blobs.len()))
    }
}
