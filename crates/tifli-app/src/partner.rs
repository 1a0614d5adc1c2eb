//! The partner desk: alerts handed to partners by people, followed until seen live and, in the end,
//! until seen withdrawn.
//!
//! Nothing here calls a partner: a hand-over moves only when a person records what they did or saw,
//! or when the alert itself is updated or ends. Not here: channels that the workers call.

mod files;
mod follow;
mod kit;
mod note;
mod sign;
mod step;
mod story;
mod view;

#[cfg(test)]
pub(crate) mod stories;

pub use files::KitFile;
pub(crate) use follow::{on_end, on_issue};
pub use kit::{Kit, KitArea, KitPhoto, KitText};
pub use note::HandoverNote;
pub use step::{Evidence, HandoverStep, PictureLeave};
pub use story::HandStory;
pub(crate) use story::hands_in;
pub(crate) use view::recall_open_in;
pub use view::{AlertPartners, HandoverFile, HandoverLine, PartnerChoice, RecallOpen, ReceiptView};

use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::id::{HandoverId, PersonId};
use tifli_domain::partner::{AlertIs, HandoverAct, Waits, Way};
use tifli_pack::Partner;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::handover::{HandoverReceipt, HandoverRow};
use tifli_store::{BlobId, Reads as _, Sealed, Tx, handover};

use crate::{App, AppError, AppResult, duty};

/// What waits, and the duty that says so on the board.
const DUTIES: [(Waits, DutyKind); 4] = [
    (Waits::ToSubmit, DutyKind::PartnerHand),
    (Waits::ToSeeLive, DutyKind::PartnerSilent),
    (Waits::ToAskWithdrawal, DutyKind::PartnerAsk),
    (Waits::ToSeeWithdrawn, DutyKind::PartnerGone),
];

/// What a receipt carries.
#[derive(Debug, Clone, Default)]
struct Told {
    act: Option<HandoverAct>,
    way: Option<Way>,
    by: Option<PersonId>,
    note: Option<Sealed>,
    shot: Option<BlobId>,
}

/// What is still to be done about a hand-over.
fn waits(row: &HandoverRow) -> Option<Waits> {
    let alert = if row.live {
        AlertIs::Live
    } else {
        AlertIs::Over
    };
    row.state.waits(alert)
}

/// Until when it should be done, in UTC milliseconds.
fn due_ms(app: &App, partner: &Partner, row: &HandoverRow) -> Option<i64> {
    let minutes = partner.minutes;
    Some(match waits(row)? {
        Waits::ToSubmit => row.created_ms + minutes.hand.as_millis(),
        Waits::ToSeeLive => row.submitted_ms? + app.pack().partner_silence_ms(partner),
        Waits::ToAskWithdrawal => row.ended_ms? + minutes.ask.as_millis(),
        Waits::ToSeeWithdrawn => row.asked_ms? + app.pack().withdrawal_silence_ms(partner),
    })
}

/// The partner of a row; one that has left the pack is refused.
fn partner_of<'a>(app: &'a App, row: &HandoverRow) -> AppResult<&'a Partner> {
    let partner = app.pack().partner(&row.partner);
    partner.ok_or_else(|| AppError::conflict("no_such_partner"))
}

/// Adds a receipt and an entry to the trail of the alert.
async fn note_down(tx: &mut Tx, row: &HandoverRow, told: &Told) -> AppResult<()> {
    let seq = handover::next_seq(tx, row.handover).await?;
    let receipt = HandoverReceipt {
        handover: row.handover,
        seq,
        act: told.act,
        way: told.way,
        by: told.by,
        at_ms: tx.now_ms(),
        note: told.note.clone(),
        shot: told.shot.clone(),
    };
    handover::insert_receipt(tx, &receipt).await?;
    let by = told
        .by
        .map_or_else(|| "system".to_owned(), |p| p.to_string());
    let mut detail = Detail::none()
        .with("handover", row.handover)
        .with("partner", &row.partner)
        .with("version", row.version);
    if let Some(way) = told.way {
        detail = detail.with("way", way.as_str());
    }
    let entry = Entry::new(by, verb(told.act), ObjectId::new("alert", row.alert));
    Ok(tx.audit(entry.with_detail(detail))?)
}

fn verb(act: Option<HandoverAct>) -> &'static str {
    match act {
        None => "partner.prepare",
        Some(HandoverAct::Submit) => "partner.submit",
        Some(HandoverAct::SeeLive) => "partner.see_live",
        Some(HandoverAct::Refuse) => "partner.refuse",
        Some(HandoverAct::AskWithdrawal) => "partner.ask_withdrawal",
        Some(HandoverAct::SeeWithdrawn) => "partner.see_withdrawn",
        Some(HandoverAct::Replace) => "partner.replace",
        Some(HandoverAct::Drop) => "partner.drop",
    }
}

/// Settles whatever duty a hand-over had.
async fn settle_duties(
    tx: &mut Tx,
    row: &HandoverRow,
    (ending, by): (DutyEnd, Option<PersonId>),
) -> AppResult<()> {
    let subject = row.handover.to_string();
    for (_, kind) in DUTIES {
        duty::settle(tx, (row.case, kind, &subject), (ending, by)).await?;
    }
    Ok(())
}

/// Opens the duty that a hand-over leaves, if it leaves one.
async fn open_duty(tx: &mut Tx, app: &App, row: &HandoverRow) -> AppResult<()> {
    let Some(partner) = app.pack().partner(&row.partner) else {
        return Ok(());
    };
    let found = DUTIES.iter().find(|(of, _)| waits(row) == Some(*of));
    if let Some(((_, kind), due_ms)) = found.zip(due_ms(app, partner, row)) {
        let subject = row.handover.to_string();
        duty::open_until(tx, app, (row.case, *kind, &subject), due_ms).await?;
    }
    Ok(())
}

impl App {
    /// A hand-over's row.
    async fn handover_row(&self, id: HandoverId) -> AppResult<HandoverRow> {
        self.db()
            .read("handover_row", id, |reads, id| {
                Box::pin(async move { Ok(handover::get(reads, *id).await?) })
            })
            .await
    }
}
