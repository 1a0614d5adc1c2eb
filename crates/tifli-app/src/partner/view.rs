//! What the desk looks at: open hand-overs of all alerts, those of one alert with the partners to
//! choose from, one with its receipts, and what keeps a recall open.

use tifli_domain::Actor;
use tifli_domain::alert::AlertState;
use tifli_domain::id::{AlertId, CaseId, HandoverId, PersonId};
use tifli_domain::partner::{HandoverAct, HandoverState, Waits, Way};
use tifli_domain::permission::{self, Act};
use tifli_pack::Partner;
use tifli_store::audit::ObjectId;
use tifli_store::handover::{self, HandoverReceipt, HandoverRow};
use tifli_store::{AuditedRead, Opened, Reads};

use super::{HandoverNote, due_ms, waits};
use crate::report::not_erased;
use crate::{App, AppError, AppResult};

/// A hand-over as a list shows it: ids, codes and times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverLine {
    /// Its id.
    pub handover: HandoverId,
    /// Its case.
    pub case: CaseId,
    /// Its alert.
    pub alert: AlertId,
    /// The partner's code.
    pub partner: String,
    /// The version.
    pub version: u32,
    /// Where it stands.
    pub state: HandoverState,
    /// Whether the photo goes with it.
    pub picture: bool,
    /// Whether the public still has the alert.
    pub live: bool,
    /// When it was prepared.
    pub created_ms: i64,
    /// When it was last submitted.
    pub submitted_ms: Option<i64>,
    /// When it was seen live.
    pub live_ms: Option<i64>,
    /// When its withdrawal was last asked for.
    pub asked_ms: Option<i64>,
    /// When it was seen withdrawn.
    pub withdrawn_ms: Option<i64>,
    /// What is still to be done.
    pub waits: Option<Waits>,
    /// Until when.
    pub due_ms: Option<i64>,
    /// Whether that moment has passed.
    pub late: bool,
}

/// A partner the version that is out may be prepared for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerChoice {
    /// Its code.
    pub partner: String,
    /// Whether the house may use it: enabled, with its legal line.
    pub usable: bool,
    /// Whether the version that is out is prepared for it already.
    pub prepared: bool,
    /// Whether it may have the photo without written leave.
    pub picture: bool,
}

/// The hand-overs of one alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertPartners {
    /// The case.
    pub case: CaseId,
    /// The district of the case.
    pub district: String,
    /// Where the alert stands.
    pub state: AlertState,
    /// Its hand-overs, the newest version first.
    pub lines: Vec<HandoverLine>,
    /// Partners, in the pack's order.
    pub partners: Vec<PartnerChoice>,
}

/// A receipt with its note opened.
#[derive(Clone, PartialEq, Eq)]
pub struct ReceiptView {
    /// Order, from 1.
    pub seq: i64,
    /// What; `None` when it was prepared.
    pub act: Option<HandoverAct>,
    /// By which way.
    pub way: Option<Way>,
    /// Who; `None` when it followed from a decision about the alert.
    pub by: Option<PersonId>,
    /// When.
    pub at_ms: i64,
    /// Reference and words.
    pub note: HandoverNote,
    /// Whether there is a screenshot.
    pub shot: bool,
}

impl std::fmt::Debug for ReceiptView {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "ReceiptView({} {:?})", self.seq, self.act)
    }
}

/// A hand-over with its receipts, opened for one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandoverFile {
    /// What its list line says.
    pub line: HandoverLine,
    /// What was done and seen, the oldest first.
    pub receipts: Vec<ReceiptView>,
    /// Why nothing may be handed over now: the code of what is missing of consent to this partner.
    pub refused: Option<String>,
}

/// A hand-over that keeps a recall open: the partner may still be showing an alert that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecallOpen {
    /// The hand-over.
    pub handover: HandoverId,
    /// Its alert.
    pub alert: AlertId,
    /// The partner's code.
    pub partner: String,
    /// Where it stands.
    pub state: HandoverState,
    /// What is to be done.
    pub waits: Waits,
}

impl App {
    /// Open hand-overs of all alerts this person may work on: what is to be done first comes first.
    pub async fn partner_desk(&self, actor: &Actor) -> AppResult<Vec<HandoverLine>> {
        self.permit_anywhere(actor, Act::WorkPartnerDesk)?;
        let rows = self
            .db()
            .read("partner_desk", (), |reads, ()| {
                Box::pin(async move { Ok::<_, AppError>(handover::list_open(reads).await?) })
            })
            .await?;
        let mut lines: Vec<HandoverLine> = rows
            .into_iter()
            .filter(|row| permission::check(actor, Act::WorkPartnerDesk, &row.district).is_ok())
            .map(|row| line_of(self, row))
            .collect();
        lines.sort_by_key(|line| (line.due_ms.unwrap_or(i64::MAX), line.created_ms));
        Ok(lines)
    }

    /// The hand-overs of an alert; ids, codes and times only.
    pub async fn alert_partners(&self, actor: &Actor, alert: AlertId) -> AppResult<AlertPartners> {
        let row = self.alert_row(alert).await?;
        self.permit(actor, Act::ReadDeliveries, &row.district)?;
        let rows = self
            .db()
            .read("alert_partners", alert, |reads, alert| {
                Box::pin(
                    async move { Ok::<_, AppError>(handover::list_by_alert(reads, *alert).await?) },
                )
            })
            .await?;
        let held = |partner: &Partner| {
            let mut mine = rows.iter().filter(|held| held.partner == partner.id);
            mine.any(|held| held.version == row.version)
        };
        let partners = self.pack().partners().iter().map(|partner| PartnerChoice {
            partner: partner.id.clone(),
            usable: partner.may_be_used(self.realm()),
            prepared: held(partner),
            picture: super::follow::may_hold_picture(partner),
        });
        Ok(AlertPartners {
            case: row.case,
            district: row.district.clone(),
            state: row.state,
            partners: partners.collect(),
            lines: rows
                .iter()
                .rev()
                .map(|row| line_of(self, row.clone()))
                .collect(),
        })
    }

    /// A hand-over with its receipts; one audit entry where notes are opened, one where consent is looked at.
    pub async fn handover_file(&self, actor: &Actor, id: HandoverId) -> AppResult<HandoverFile> {
        let (row, receipts) = self.receipts_of(actor, id).await?;
        let sealed: Vec<_> = receipts.iter().filter_map(|r| r.note.clone()).collect();
        let opened = if sealed.is_empty() {
            None
        } else {
            let read = AuditedRead {
                actor: actor.person.to_string(),
                reason: "partner_desk".to_owned(),
                objects: vec![ObjectId::new("alert", row.alert)],
            };
            Some(self.db().open_sealed(read, sealed).await?)
        };
        let missing = self.missing_consent(actor, &row).await?;
        Ok(HandoverFile {
            refused: missing.map(|error| error.code),
            receipts: match &opened {
                Some(opened) => views(&receipts, opened)?,
                None => unopened(&receipts),
            },
            line: line_of(self, row),
        })
    }

    /// A screenshot, `image/jpeg`. One audit entry each time.
    pub async fn handover_shot(
        &self,
        actor: &Actor,
        id: HandoverId,
        seq: i64,
    ) -> AppResult<Vec<u8>> {
        let (row, receipts) = self.receipts_of(actor, id).await?;
        not_erased(&self.case_row(row.case).await?)?;
        let found = receipts.into_iter().find(|receipt| receipt.seq == seq);
        let shot = found.and_then(|receipt| receipt.shot);
        let shot = shot.ok_or_else(AppError::not_found)?;
        let sealed = self.db().blobs().get(&row.case.to_string(), &shot).await?;
        let read = AuditedRead {
            actor: actor.person.to_string(),
            reason: "partner_desk".to_owned(),
            objects: vec![ObjectId::new("alert", row.alert)],
        };
        let opened = self.db().open_sealed(read, vec![sealed]).await?;
        Ok(opened.bytes(0).unwrap_or_default().to_vec())
    }

    /// What keeps the recall of a case open at its partners: ids and codes only. With the own
    /// channels dark and nothing here, the recall is complete.
    pub async fn recall_open(&self, case: CaseId) -> AppResult<Vec<RecallOpen>> {
        self.db()
            .read("recall_open", case, |reads, case| {
                Box::pin(recall_open_in(reads, *case))
            })
            .await
    }

    async fn receipts_of(
        &self,
        actor: &Actor,
        id: HandoverId,
    ) -> AppResult<(HandoverRow, Vec<HandoverReceipt>)> {
        let row = self.handover_row(id).await?;
        self.permit(actor, Act::WorkPartnerDesk, &row.district)?;
        self.db()
            .read("handover_receipts", row, |reads, row| {
                Box::pin(async move {
                    let receipts = handover::list_receipts(reads, row).await?;
                    Ok::<_, AppError>((row.clone(), receipts))
                })
            })
            .await
    }
}

/// What the line of a hand-over says at this moment.
pub(super) fn line_of(app: &App, row: HandoverRow) -> HandoverLine {
    let partner = app.pack().partner(&row.partner);
    let due = partner.and_then(|partner| due_ms(app, partner, &row));
    HandoverLine {
        waits: waits(&row),
        due_ms: due,
        late: due.is_some_and(|due| due <= app.now_ms()),
        handover: row.handover,
        case: row.case,
        alert: row.alert,
        partner: row.partner,
        version: row.version,
        state: row.state,
        picture: row.picture,
        live: row.live,
        created_ms: row.created_ms,
        submitted_ms: row.submitted_ms,
        live_ms: row.live_ms,
        asked_ms: row.asked_ms,
        withdrawn_ms: row.withdrawn_ms,
    }
}
/// As [`App::recall_open`], inside a transaction.
pub(crate) async fn recall_open_in(
    reads: &mut impl Reads,
    case: CaseId,
) -> AppResult<Vec<RecallOpen>> {
    let rows = handover::list_by_case(reads, case).await?;
    let open = rows.into_iter().filter(|row| !row.live);
    let open = open.filter_map(|row| {
        Some(RecallOpen {
            waits: waits(&row)?,
            handover: row.handover,
            alert: row.alert,
            partner: row.partner,
            state: row.state,
        })
    });
    Ok(open.collect())
}

/// Receipts with their notes opened, which come in the order of the receipts that have one.
pub(super) fn views(receipts: &[HandoverReceipt], opened: &Opened) -> AppResult<Vec<ReceiptView>> {
    let mut views = unopened(receipts);
    let noted = receipts.iter().zip(&mut views);
    let noted = noted.filter(|(receipt, _)| receipt.note.is_some());
    for (place, (_, view)) in noted.enumerate() {
        let bytes = opened.bytes(place);
        let bytes = bytes.ok_or_else(|| AppError::internal("note"))?;
        view.note = serde_json::from_slice(bytes).map_err(|_| AppError::internal("note"))?;
    }
    Ok(views)
}

/// Receipts without their notes.
pub(super) fn unopened(receipts: &[HandoverReceipt]) -> Vec<ReceiptView> {
    let view = |receipt: &HandoverReceipt| ReceiptView {
        seq: receipt.seq,
        act: receipt.act,
        way: receipt.way,
        by: receipt.by,
        at_ms: receipt.at_ms,
        note: HandoverNote::default(),
        shot: receipt.shot.is_some(),
    };
    receipts.iter().map(view).collect()
}
