//! Telling: a form of the public becomes a durable, sealed tip and a receipt.

use tifli_domain::alert::AlertState;
use tifli_domain::id::{PublicCode, ReceiptCode, TipId};
use tifli_domain::tip::Telling;
use tifli_domain::triage::Ranking;
use tifli_pack::LanguageTag;
use tifli_store::alert::{self, AlertRow};
use tifli_store::tip::{self, NewTip};
use tifli_store::{Reads, Tx};

use super::{audit, receipt};
use crate::bus::Event;
use crate::codes::sha256;
use crate::report::text_problem;
use crate::stages::Stage;
use crate::{App, AppError, AppResult, Kind, Problem};

/// A tip that is durable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What the teller keeps; shown once, never stored.
    pub receipt: ReceiptCode,
    /// The tip.
    pub tip: TipId,
}

impl App {
    /// Keeps what somebody tells about a live alert, and answers once it is durable.
    ///
    /// `idempotency` is the form's hidden token: the same form sent again gets the same receipt and
    /// is kept once. Problems stand beside `words`, `place`, `seen_at`, `language` and `photo`, and
    /// nothing is kept then.
    pub async fn tell(
        &self,
        code: &PublicCode,
        telling: Telling,
        photo: Option<Vec<u8>>,
        idempotency: Option<String>,
    ) -> AppResult<Told> {
        let photo = photo.filter(|bytes| !bytes.is_empty());
        let row = self.told_alert(code).await?;
        let telling = self.check_telling(telling)?;
        let body = serde_json::to_vec(&telling).map_err(|_| AppError::internal("telling"))?;
        let receipt = match &idempotency {
            Some(token) => {
                let content = content_hash(code, &body, photo.as_deref());
                receipt::of_form(self.pepper(), token, &content)
            }
            None => ReceiptCode::new(self.entropy()),
        };
        let receipt_hash = receipt::stored(self.pepper(), &receipt);
        if let Some(tip) = self.find_told(receipt_hash).await? {
            return Ok(Told { receipt, tip });
        }
        check_live(&row, self.now_ms())?;
        let id = TipId::new(self.now_ms(), self.entropy());
        let stage = Stage::begin("tip.tell", id);
        let key = self.db().keys().get(&row.case.to_string()).await?;
        let new = NewTip {
            tip: id,
            case: row.case,
            alert: Some(row.alert),
            receipt_hash,
            body: key.seal(&tip::body_context(id), &body),
        };
        let ranking = self.rank_telling(&telling, usize::from(photo.is_some()));
        if let Some(bytes) = photo {
            self.store_photo(row.case, Some(id), "public", &bytes)
                .await?;
        }
        let tip = self.keep_tip(new, ranking).await?;
        stage.commit();
        self.bus().ring(Event::Tip(tip.to_string()));
        self.bus().ring(Event::Board);
        Ok(Told { receipt, tip })
    }

    /// The alert that is told about; one that never went out does not exist.
    async fn told_alert(&self, code: &PublicCode) -> AppResult<AlertRow> {
        let row = self
            .db()
            .read("told_alert", code.clone(), |reads, code| {
                Box::pin(async move { Ok::<_, AppError>(alert::find_by_code(reads, code).await?) })
            })
            .await?;
        match row {
            Some(row) if row.live_ms.is_some() => Ok(row),
            _ => Err(AppError::not_found()),
        }
    }

    fn check_telling(&self, telling: Telling) -> AppResult<Telling> {
        let mut problems = Vec::new();
        if telling.language.parse::<LanguageTag>().is_err() {
            problems.push(Problem::new("language", "unknown_language"));
        }
        let places = self.pack().places();
        if telling
            .place
            .as_ref()
            .is_some_and(|id| places.find(id).is_none())
        {
            problems.push(Problem::new("place", "not_an_answer"));
        }
        match telling.check() {
            Ok(telling) if problems.is_empty() => Ok(telling),
            Ok(_) => Err(AppError::invalid(problems)),
            Err(errors) => {
                problems.extend(errors.into_iter().map(|e| text_problem(e.field, e.problem)));
                Err(AppError::invalid(problems))
            }
        }
    }

    async fn find_told(&self, receipt_hash: [u8; 32]) -> AppResult<Option<TipId>> {
        self.db()
            .read("find_told", receipt_hash, |reads, hash| {
                Box::pin(async move { Ok(tip::find_by_receipt(reads, hash).await?.map(|t| t.tip)) })
            })
            .await
    }

    /// Commits the tip. A photo stored for a tip that did not come to be goes again.
    async fn keep_tip(&self, new: NewTip, ranking: Ranking) -> AppResult<TipId> {
        let id = new.tip;
        let kept = self
            .db()
            .write("tell", (self.clone(), new, ranking), |tx, told| {
                Box::pin(async move { keep(tx, told).await })
            })
            .await;
        if !matches!(kept, Ok(tip) if tip == id)
            && let Err(error) = self.drop_photos_of(id).await
        {
            tracing::warn!(tip.id = %id, %error, "a photo without a tip is left to the sweep");
        }
        kept
    }

    async fn drop_photos_of(&self, id: TipId) -> AppResult<()> {
        let blobs = self
            .db()
            .write("drop_photos_of", id, |tx, id| {
                Box::pin(async move { Ok::<_, AppError>(tip::take_photos(tx, *id).await?) })
            })
            .await?;
        for blob in &blobs {
            self.db().blobs().delete(blob).await?;
        }
        Ok(())
    }
}

/// The alert may have ended while the photo was decoded, so it is looked at again here.
async fn keep(tx: &mut Tx, (app, new, ranking): &(App, NewTip, Ranking)) -> AppResult<TipId> {
    let answered = new.alert.ok_or_else(AppError::not_found)?;
    let row = alert::get(tx, answered).await?;
    check_live(&row, tx.now_ms())?;
    let tip = tip::insert(tx, new).await?;
    if tip == new.tip {
        audit(tx, "public", "tip.tell", tip, new.case)?;
        super::triage::begin(tx, app, tip, (ranking, None)).await?;
    }
    Ok(tip)
}

fn check_live(row: &AlertRow, now_ms: i64) -> AppResult<()> {
    let past = row.expires_ms.is_some_and(|expires| expires <= now_ms);
    if row.state == AlertState::Live && !past {
        Ok(())
    } else {
        Err(AppError::new(Kind::Gone, "alert_ended"))
    }
}

/// What makes two sendings the same form.
fn content_hash(code: &PublicCode, body: &[u8], photo: Option<&[u8]>) -> [u8; 32] {
    let mut parts = Vec::with_capacity(96);
    for part in [code.as_str().as_bytes(), body, photo.unwrap_or_default()] {
        parts.extend_from_slice(&sha256(part));
    }
    sha256(&parts)
}
