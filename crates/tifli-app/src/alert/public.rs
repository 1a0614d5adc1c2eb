//! What the public may see of alerts: rendered from the present state, so that it changes with the
//! commit. Nothing here can hold a private value.

use std::sync::Arc;

use tifli_domain::alert::AlertState;
use tifli_domain::case::CaseState;
use tifli_domain::channel::OwnChannel;
use tifli_domain::id::{AlertId, MediaId, PublicCode};
use tifli_domain::message::{Message, MsgType};
use tifli_store::alert::{self, AlertRow};
use tifli_store::message::{self, MessageRow};

use super::freeze::parse_binding;
use crate::media::Rendition;
use crate::{App, AppError, AppResult, Kind};

/// For how many days after its end an alert's address and card show that it is over, before they answer that there is
/// nothing. Link previews are read again every thirty days at the latest (Facebook's crawler); one that meets an error
/// keeps the card it has, with the child's face on it.
pub const NEUTRAL_DAYS: i64 = 30;

/// A live alert as the public sees it.
#[derive(Debug, Clone)]
pub struct PublicAlert {
    /// The message that is out.
    pub message: Arc<Message>,
    /// When the alert first went out.
    pub live_ms: i64,
    /// When this version went out, if it is not the first.
    pub updated_ms: Option<i64>,
}

/// What a public code answers for.
#[derive(Debug, Clone)]
pub enum PublicState {
    /// Look for this child.
    Live(PublicAlert),
    /// It has ended; the words are the same whatever the outcome.
    Ended(Arc<Message>),
    /// It ended more than [`NEUTRAL_DAYS`] ago, or has been erased.
    Closed,
}

/// A CAP document at its own address.
#[derive(Debug, Clone)]
pub enum CapDocument {
    /// The bytes, which never change.
    Current {
        /// The XML.
        xml: String,
        /// When the message was sent, milliseconds since 1970 UTC.
        sent_ms: i64,
    },
    /// The alert has ended: the address of the Cancel, once there is one.
    Ended(Option<String>),
}

impl App {
    /// What the alert with this code is now. An alert that never went out does not exist.
    pub async fn public_state(&self, code: &PublicCode) -> AppResult<PublicState> {
        let (row, last) = self.last_message(code).await?;
        if row.state.is_public() && !self.is_past(&row, &last) {
            let message = self.open_message(&last).await?;
            return Ok(PublicState::Live(public(&row, &last, message)));
        }
        if self.is_closed(&row, &last).await? {
            return Ok(PublicState::Closed);
        }
        // The same words whether it was ended or ran out a moment ago.
        let ended = self.compose_cancel(&row, last.message, &last.area).await?;
        Ok(PublicState::Ended(Arc::new(ended)))
    }

    /// All live alerts, the newest first.
    pub async fn current_alerts(&self) -> AppResult<Vec<PublicAlert>> {
        let rows = self
            .db()
            .read("current_alerts", (), |reads, ()| {
                Box::pin(async move {
                    let mut out = Vec::new();
                    for row in alert::list_by_state(reads, AlertState::Live).await? {
                        let last = message::list_by_alert(reads, row.alert).await?.pop();
                        out.extend(last.map(|last| (row, last)));
                    }
                    Ok::<_, AppError>(out)
                })
            })
            .await?;
        let mut alerts = Vec::new();
        for (row, last) in rows {
            if self.is_past(&row, &last) {
                continue;
            }
            if let Some(message) = self.find_message(&last).await? {
                alerts.push(public(&row, &last, message));
            }
        }
        Ok(alerts)
    }

    /// The card of an alert: the photo while it is out, then a picture without one, in the end nothing.
    pub async fn public_card(&self, code: &PublicCode) -> AppResult<Arc<[u8]>> {
        match self.public_state(code).await? {
            PublicState::Live(_) => {
                let photo = self.public_photo(code, Rendition::Card).await?;
                Ok(photo.into())
            }
            PublicState::Ended(_) => self.ended_picture(),
            PublicState::Closed => Err(AppError::new(Kind::Gone, "alert_ended")),
        }
    }

    /// The photo of a live alert; gone once it has ended.
    pub async fn public_photo(
        &self,
        code: &PublicCode,
        rendition: Rendition,
    ) -> AppResult<Vec<u8>> {
        let PublicState::Live(live) = self.public_state(code).await? else {
            return Err(AppError::new(Kind::Gone, "alert_ended"));
        };
        let photo = live
            .message
            .child
            .as_ref()
            .and_then(|child| child.photo.as_ref());
        let media: MediaId = photo
            .and_then(|photo| photo.media.parse().ok())
            .ok_or_else(AppError::not_found)?;
        self.photo_bytes(media, rendition).await
    }

    /// The CAP document with this identifier.
    pub async fn cap_document(&self, identifier: &str) -> AppResult<CapDocument> {
        let identifier = identifier.to_owned();
        let (row, this, last) = self
            .db()
            .read("cap_document", identifier, |reads, identifier| {
                Box::pin(async move {
                    let this = message::find_by_identifier(reads, identifier).await?;
                    let this = this.ok_or_else(AppError::not_found)?;
                    let row = alert::get(reads, this.alert).await?;
                    let last = message::list_by_alert(reads, this.alert).await?.pop();
                    Ok::<_, AppError>((row, this, last))
                })
            })
            .await?;
        let last = last.ok_or_else(AppError::not_found)?;
        if !on_feed(&this)? {
            return Err(AppError::not_found());
        }
        let ended = !row.state.is_public() || self.is_past(&row, &last);
        if ended && this.msg_type != MsgType::Cancel {
            let cancel = (last.msg_type == MsgType::Cancel).then_some(&last.identifier);
            return Ok(CapDocument::Ended(
                cancel.map(|identifier| self.cap_url(identifier)),
            ));
        }
        if self.is_erased(&row).await? {
            return Ok(CapDocument::Ended(None));
        }
        let document = self.cap_bytes(&this).await?;
        Ok(CapDocument::Current {
            xml: document.to_string(),
            sent_ms: this.sent_ms,
        })
    }

    /// The alert and its newest message.
    pub(crate) async fn last_message(
        &self,
        code: &PublicCode,
    ) -> AppResult<(AlertRow, MessageRow)> {
        self.db()
            .read("last_message", code.clone(), |reads, code| {
                Box::pin(async move {
                    let row = alert::find_by_code(reads, code).await?;
                    let row = row.ok_or_else(AppError::not_found)?;
                    let last = message::list_by_alert(reads, row.alert).await?.pop();
                    Ok((row, last.ok_or_else(AppError::not_found)?))
                })
            })
            .await
    }

    /// The id of the alert with this public code.
    pub async fn alert_id(&self, code: &PublicCode) -> AppResult<AlertId> {
        Ok(self.last_message(code).await?.0.alert)
    }

    /// For lists: an erased message is left out, and so is one that does not verify, so that a
    /// single bad row hides no other child.
    pub(super) async fn find_message(&self, row: &MessageRow) -> AppResult<Option<Arc<Message>>> {
        match self.open_message(row).await {
            Ok(message) => Ok(Some(message)),
            Err(error) if error.kind == Kind::Gone => Ok(None),
            Err(error) if error.kind == Kind::Internal => {
                tracing::error!(message.id = %row.message, code = %error.code,
                    "a message could not be opened and is left out");
                Ok(None)
            }
            Err(error) => Err(error),
        }
    }

    /// Whether nothing is left to say of an alert that is over.
    async fn is_closed(&self, row: &AlertRow, last: &MessageRow) -> AppResult<bool> {
        let ended = row.ended_ms.or(row.expires_ms).unwrap_or(last.expires_ms);
        if self.now_ms() - ended >= NEUTRAL_DAYS * 24 * 3_600_000 {
            return Ok(true);
        }
        self.is_erased(row).await
    }

    /// Whether nothing can be opened any more, because the case's key is destroyed.
    pub(super) async fn is_erased(&self, row: &AlertRow) -> AppResult<bool> {
        Ok(self.case_row(row.case).await?.state == CaseState::Erased)
    }

    /// By what the alert says, and by what was signed.
    pub(super) fn is_past(&self, row: &AlertRow, last: &MessageRow) -> bool {
        let now = self.now_ms();
        row.expires_ms.is_some_and(|expires| expires <= now) || last.expires_ms <= now
    }
}

/// Whether a message was approved for the feed. An end stands there in any case.
pub(super) fn on_feed(row: &MessageRow) -> AppResult<bool> {
    let bound = parse_binding(&row.binding)?.channels;
    let feed = OwnChannel::CapFeed.as_str();
    Ok(row.msg_type == MsgType::Cancel || bound.iter().any(|channel| channel == feed))
}

fn public(row: &AlertRow, last: &MessageRow, message: Arc<Message>) -> PublicAlert {
    PublicAlert {
        message,
        live_ms: row.live_ms.unwrap_or(last.sent_ms),
        updated_ms: (last.msg_type == MsgType::Update).then_some(last.sent_ms),
    }
}
