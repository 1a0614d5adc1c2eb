//! Hand-overs as the ledger of deliveries reads them: what is known of each in its three words, and
//! what was done and seen, beside what programs delivered. Nothing is copied: these are the desk's rows.
//!
//! Not for acting on one (see [`super::step`]).

use tifli_domain::Actor;
use tifli_domain::delivery::Outcome;
use tifli_domain::id::{AlertId, HandoverId};
use tifli_domain::message::MsgType;
use tifli_domain::partner::HandoverAct;
use tifli_domain::permission::Act;
use tifli_store::audit::ObjectId;
use tifli_store::handover::{self, HandoverReceipt, HandoverRow};
use tifli_store::{AuditedRead, Reads, message};

use super::view::{HandoverLine, ReceiptView, line_of, unopened, views};
use crate::{App, AppError, AppResult};

/// One hand-over, with everything that was done and seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandStory {
    /// What its line says.
    pub line: HandoverLine,
    /// The district of its case.
    pub district: String,
    /// What its message does.
    pub msg_type: MsgType,
    /// What is known of it; `None` before it was given away.
    pub outcome: Option<Outcome>,
    /// What was done and seen, the oldest first. Notes are opened in the story of one alone.
    pub receipts: Vec<ReceiptView>,
}

impl HandStory {
    /// How often somebody gave it to the partner.
    pub fn submissions(&self) -> usize {
        let given = |one: &&ReceiptView| one.act == Some(HandoverAct::Submit);
        self.receipts.iter().filter(given).count()
    }

    /// Whether the partner may still be showing an alert that is over.
    pub fn holds_recall(&self) -> bool {
        !self.line.live && self.line.waits.is_some()
    }

    /// Whether the partner ever had it, or may have had it.
    pub fn may_have_been_held(&self) -> bool {
        matches!(self.outcome, Some(Outcome::Sent | Outcome::Unknown))
    }
}

/// Every hand-over of an alert, the oldest version first.
pub(crate) async fn hands_in(
    reads: &mut impl Reads,
    app: &App,
    alert: AlertId,
) -> AppResult<Vec<HandStory>> {
    let mut stories = Vec::new();
    for row in handover::list_by_alert(reads, alert).await? {
        let receipts = handover::list_receipts(reads, &row).await?;
        let msg_type = message::get(reads, row.message).await?.msg_type;
        stories.push(story(app, (row, msg_type), unopened(&receipts)));
    }
    Ok(stories)
}

impl App {
    /// The story of one hand-over; its references and words opened for who may read the case, with an
    /// audit entry.
    pub async fn hand_story(&self, actor: &Actor, id: HandoverId) -> AppResult<HandStory> {
        let (row, receipts, msg_type) = self.hand_rows(id).await?;
        self.permit(actor, Act::ReadDeliveries, &row.district)?;
        let may_open = self.permit(actor, Act::ReadCase, &row.district).is_ok();
        let sealed: Vec<_> = receipts.iter().filter_map(|one| one.note.clone()).collect();
        let receipts = if may_open && !sealed.is_empty() {
            let read = AuditedRead {
                actor: actor.person.to_string(),
                reason: "delivery".to_owned(),
                objects: vec![ObjectId::new("alert", row.alert)],
            };
            views(&receipts, &self.db().open_sealed(read, sealed).await?)?
        } else {
            unopened(&receipts)
        };
        Ok(story(self, (row, msg_type), receipts))
    }

    async fn hand_rows(
        &self,
        id: HandoverId,
    ) -> AppResult<(HandoverRow, Vec<HandoverReceipt>, MsgType)> {
        self.db()
            .read("hand_story", id, |reads, id| {
                Box::pin(async move {
                    let row = handover::get(reads, *id).await?;
                    let receipts = handover::list_receipts(reads, &row).await?;
                    let msg_type = message::get(reads, row.message).await?.msg_type;
                    Ok::<_, AppError>((row, receipts, msg_type))
                })
            })
            .await
    }
}

fn story(
    app: &App,
    (row, msg_type): (HandoverRow, MsgType),
    receipts: Vec<ReceiptView>,
) -> HandStory {
    HandStory {
        district: row.district.clone(),
        outcome: row.outcome(),
        line: line_of(app, row),
        msg_type,
        receipts,
    }
}
