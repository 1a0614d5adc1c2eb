//! Wrong numbers typed by a network: counted before it is looked whether one is right, so that
//! guesses sent at once do not slip through. A right number costs the same write as a wrong one.

use tifli_store::{Reads, Tx, tip};

use crate::{AppError, AppResult, Kind};

/// Wrong numbers of one network within an hour before it has to wait.
pub const GUESSES: i64 = 10;
/// The hour.
pub(crate) const HOUR_MS: i64 = 3_600_000;
/// Wrong numbers are counted in windows of this length.
pub(crate) const WINDOW_MS: i64 = 300_000;

/// Refuses a network that guessed too often.
pub(crate) async fn admit(tx: &mut Tx, network: &[u8; 32]) -> AppResult<()> {
    let after = tx.now_ms() - HOUR_MS - WINDOW_MS;
    if tip::count_guesses(tx, network, after).await? >= GUESSES {
        return Err(AppError::new(Kind::TooMany, "too_many_receipts"));
    }
    Ok(())
}

/// Counts what was typed: one if it was wrong, nothing if it was right.
pub(crate) async fn count<T>(tx: &mut Tx, network: &[u8; 32], found: Option<&T>) -> AppResult<()> {
    let now = tx.now_ms();
    let window = now - now.rem_euclid(WINDOW_MS);
    Ok(tip::note_guess(tx, network, window, i64::from(found.is_none())).await?)
}
