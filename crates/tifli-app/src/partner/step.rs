//! What the desk does: prepares a hand-over with one click, and records what somebody did or saw.

use tifli_domain::Actor;
use tifli_domain::alert::AlertState;
use tifli_domain::consent::{Covers, standing};
use tifli_domain::duty::DutyEnd;
use tifli_domain::id::{AlertId, CaseId, HandoverId, PersonId};
use tifli_domain::intake::Consent;
use tifli_domain::message::MsgType;
use tifli_domain::partner::{HandoverAct, Way};
use tifli_domain::permission::Act;
use tifli_domain::text;
use tifli_pack::Partner;
use tifli_store::alert::{self, AlertRow};
use tifli_store::handover::{self, HandoverRow, note_context};
use tifli_store::message::{self, MessageRow};
use tifli_store::{BlobId, Reads, Tx, case};

use super::follow::{insert, new_row};
use super::{HandoverNote, Told, note_down, open_duty, partner_of, settle_duties};
use crate::bus::Event;
use crate::media::{refused, rendition_of};
use crate::paper::consents;
use crate::report::{guardian_in, not_erased, text_problem};
use crate::stages::Stage;
use crate::{App, AppError, AppResult, Kind, Problem};

/// Most characters of a name.
const NAME: usize = 120;

/// Written leave of the authority to give the photo to a partner that otherwise gets a link only.
#[derive(Clone)]
pub struct PictureLeave {
    /// Who gave it, by name.
    pub by: String,
}

/// What somebody did or saw.
#[derive(Debug, Clone)]
pub struct HandoverStep {
    /// What.
    pub act: HandoverAct,
    /// By which way the partner was reached; needed to submit and to ask for the withdrawal.
    pub way: Option<Way>,
    /// The partner's reference, and words.
    pub note: HandoverNote,
}

/// A screenshot as it was handed in.
#[derive(Clone, Default)]
pub struct Evidence(pub Option<Vec<u8>>);

/// What a step carries into its transaction.
struct Taken {
    actor: Actor,
    handover: HandoverId,
    step: HandoverStep,
    shot: Option<BlobId>,
}

impl App {
    /// Prepares the version that is out for a partner. Asked again it gives the same hand-over.
    pub async fn prepare_handover(
        &self,
        actor: &Actor,
        alert_id: AlertId,
        partner: &str,
        leave: Option<PictureLeave>,
    ) -> AppResult<HandoverId> {
        let row = self.alert_row(alert_id).await?;
        self.permit(actor, Act::WorkPartnerDesk, &row.district)?;
        let leave = match leave {
            Some(leave) => Some(
                text::required(&leave.by, NAME)
                    .map_err(|e| AppError::invalid(vec![text_problem("picture_by", e)]))?,
            ),
            None => None,
        };
        let args = (
            self.clone(),
            actor.clone(),
            alert_id,
            partner.to_owned(),
            leave,
        );
        let id = self
            .db()
            .write(
                "prepare_handover",
                args,
                |tx, (app, actor, alert, partner, leave)| {
                    Box::pin(async move {
                        let alert = alert::get(tx, *alert).await?;
                        prepare(app, tx, (actor, &alert), (partner, leave.as_deref())).await
                    })
                },
            )
            .await?;
        self.ring_partner(&row);
        Ok(id)
    }

    /// Records a step, with a screenshot if there is one.
    pub async fn record_handover(
        &self,
        actor: &Actor,
        handover: HandoverId,
        step: HandoverStep,
        evidence: Evidence,
    ) -> AppResult<()> {
        let row = self.handover_row(handover).await?;
        self.permit(actor, Act::WorkPartnerDesk, &row.district)?;
        let step = HandoverStep {
            note: step.note.checked()?,
            ..step
        };
        check_step(self, &row, &step, &evidence)?;
        let shot = match &evidence.0 {
            Some(bytes) => Some(self.store_shot(row.case, bytes).await?),
            None => None,
        };
        let taken = Taken {
            actor: actor.clone(),
            handover,
            step,
            shot: shot.clone(),
        };
        let stage = Stage::begin("partner.step", handover);
        let written = self
            .db()
            .write(
                "record_handover",
                (self.clone(), taken),
                |tx, (app, taken)| Box::pin(async move { record(app, tx, taken).await }),
            )
            .await;
        if let (Err(_), Some(shot)) = (&written, &shot) {
            // What cannot be removed now is ciphertext no row names; the sweep of blobs finds it.
            if let Err(error) = self.db().blobs().delete(shot).await {
                tracing::warn!(%error, "a blob that no row names was left behind");
            }
        }
        written?;
        stage.commit();
        self.ring_partner(&self.alert_row(row.alert).await?);
        Ok(())
    }

    /// What is missing, while the alert is live, of the consent that a hand-over needs. The entry of what was opened
    /// stays, whatever is found.
    pub(super) async fn missing_consent(
        &self,
        actor: &Actor,
        row: &HandoverRow,
    ) -> AppResult<Option<AppError>> {
        if !row.live {
            return Ok(None);
        }
        let partner = partner_of(self, row)?.clone();
        let args = (self.clone(), (actor.person, row.case), partner);
        self.db()
            .write("handover_consent", args, |tx, (app, who, partner)| {
                Box::pin(async move {
                    match consented(app, tx, *who, partner).await {
                        Ok(()) => Ok(None),
                        Err(error) if error.kind == Kind::Conflict => Ok(Some(error)),
                        Err(error) => Err(error),
                    }
                })
            })
            .await
    }

    /// Decodes a screenshot in the confined child, and seals what was drawn anew from it.
    async fn store_shot(&self, case: CaseId, bytes: &[u8]) -> AppResult<BlobId> {
        let decoded = self.decoder().decode(bytes).await.map_err(refused)?;
        let drawn = rendition_of(&decoded, crate::media::Rendition::Public)?;
        let key = self.case_key(case).await?;
        Ok(self.db().blobs().put(&key, &drawn.jpeg).await?)
    }

    fn ring_partner(&self, row: &AlertRow) {
        self.bus().ring(Event::Delivery(row.alert.to_string()));
        self.bus().ring(Event::Case(row.case.to_string()));
        self.bus().ring(Event::Board);
    }
}

async fn prepare(
    app: &App,
    tx: &mut Tx,
    (actor, alert): (&Actor, &AlertRow),
    (partner, leave): (&str, Option<&str>),
) -> AppResult<HandoverId> {
    let partner = app.pack().partner(partner);
    let partner = partner.ok_or_else(|| AppError::field("partner", "no_such_partner"))?;
    if !partner.may_be_used(app.realm()) {
        return Err(AppError::field("partner", "partner_not_enabled"));
    }
    let newest = newest_live(tx, alert).await?;
    if let Some(held) = handover::find(tx, newest.message, &partner.id).await? {
        return Ok(held.handover);
    }
    consented(app, tx, (actor.person, alert.case), partner).await?;
    let mut row = new_row(app, tx, alert, (newest.message, partner));
    row.picture |= leave.is_some();
    let note = HandoverNote {
        reference: leave.unwrap_or_default().to_owned(),
        words: String::new(),
    };
    let told = Told {
        by: Some(actor.person),
        note: seal_note(app, &row, 1, &note).await?,
        ..Told::default()
    };
    insert(tx, app, &row, &told).await?;
    Ok(row.handover)
}

async fn record(app: &App, tx: &mut Tx, taken: &Taken) -> AppResult<()> {
    let mut row = handover::get(tx, taken.handover).await?;
    not_erased(&case::get(tx, row.case).await?)?;
    let act = taken.step.act;
    let next = row.state.after(act)?;
    if act == HandoverAct::Submit {
        let alert = alert::get(tx, row.alert).await?;
        if newest_live(tx, &alert).await?.message != row.message {
            return Err(AppError::conflict("newer_version"));
        }
        let who = taken.actor.person;
        consented(app, tx, (who, row.case), partner_of(app, &row)?).await?;
    }
    row.state = next;
    let now = Some(tx.now_ms());
    match act {
        HandoverAct::Submit => row.submitted_ms = now,
        HandoverAct::SeeLive => row.live_ms = now,
        HandoverAct::AskWithdrawal => row.asked_ms = now,
        HandoverAct::SeeWithdrawn => row.withdrawn_ms = now,
        HandoverAct::Refuse | HandoverAct::Replace | HandoverAct::Drop => {}
    }
    let seq = handover::next_seq(tx, row.handover).await?;
    let told = Told {
        act: Some(act),
        way: taken.step.way,
        by: Some(taken.actor.person),
        note: seal_note(app, &row, seq, &taken.step.note).await?,
        shot: taken.shot.clone(),
    };
    handover::update(tx, &row).await?;
    note_down(tx, &row, &told).await?;
    settle_duties(tx, &row, (DutyEnd::Done, Some(taken.actor.person))).await?;
    open_duty(tx, app, &row).await?;
    if act == HandoverAct::SeeLive {
        seen_live(app, tx, &row).await?;
    }
    Ok(())
}

/// The first carrier stops the clock; what it showed before is replaced by what was seen.
async fn seen_live(app: &App, tx: &mut Tx, seen: &HandoverRow) -> AppResult<()> {
    let first = app.pack().first_carrier(app.realm());
    if first.is_some_and(|carrier| carrier.id == seen.partner) {
        case::mark_seen_live(tx, seen.case).await?;
    }
    for mut row in handover::list_by_alert(tx, seen.alert).await? {
        let older = row.partner == seen.partner && row.version < seen.version;
        let Some(next) = older
            .then(|| row.state.after(HandoverAct::Replace).ok())
            .flatten()
        else {
            continue;
        };
        row.state = next;
        handover::update(tx, &row).await?;
        let told = Told {
            act: Some(HandoverAct::Replace),
            ..Told::default()
        };
        note_down(tx, &row, &told).await?;
        settle_duties(tx, &row, (DutyEnd::Needless, None)).await?;
    }
    Ok(())
}

/// The message that is out; refuses an alert that is not live.
async fn newest_live(reads: &mut impl Reads, alert: &AlertRow) -> AppResult<MessageRow> {
    let newest = message::list_by_alert(reads, alert.alert).await?.pop();
    let newest =
        newest.filter(|m| alert.state == AlertState::Live && m.msg_type != MsgType::Cancel);
    newest.ok_or_else(|| AppError::conflict("alert_not_live"))
}

/// Refuses where consent, or the prosecutor in its place, does not cover the partner at this moment: to publish at all,
/// as it stands since channels were answered for or taken back, and for the partner's own channel. The one answer that
/// is needed of the report is opened, with an audit entry.
async fn consented(
    app: &App,
    tx: &mut Tx,
    (actor, case): (PersonId, CaseId),
    partner: &Partner,
) -> AppResult<()> {
    let consents = consents(tx, case).await?;
    let own = consents.cover(app.pack().own_consent());
    let guardian = guardian_in(tx, actor, case).await?;
    if standing(guardian, own, consents.substitution) != Consent::Given {
        return Err(AppError::conflict("no_consent"));
    }
    match consents.cover(&partner.consent) {
        Covers::Given => Ok(()),
        Covers::Refused => Err(AppError::conflict("partner_consent_refused")),
        Covers::Unknown => Err(AppError::conflict("partner_consent_not_asked")),
    }
}

/// What can be told without looking at the row again.
fn check_step(
    app: &App,
    row: &HandoverRow,
    step: &HandoverStep,
    evidence: &Evidence,
) -> AppResult<()> {
    if !step.act.is_of_the_desk() {
        return Err(AppError::field("act", "not_an_answer"));
    }
    if step.act.needs_way() {
        let partner = partner_of(app, row)?;
        match step.way {
            None => return Err(AppError::field("way", "missing")),
            Some(way) if !partner.reached_by().iter().any(|(known, _)| *known == way) => {
                return Err(AppError::field("way", "not_an_answer"));
            }
            Some(_) => {}
        }
    }
    let seen = matches!(step.act, HandoverAct::SeeLive | HandoverAct::SeeWithdrawn);
    let mut problems = Vec::new();
    if seen && evidence.0.is_none() && step.note.is_empty() {
        problems.push(Problem::new("words", "say_where_seen"));
    }
    if step.act == HandoverAct::Refuse && step.note.words.is_empty() {
        problems.push(Problem::new("words", "missing"));
    }
    if problems.is_empty() {
        Ok(())
    } else {
        Err(AppError::invalid(problems))
    }
}

async fn seal_note(
    app: &App,
    row: &HandoverRow,
    seq: i64,
    note: &HandoverNote,
) -> AppResult<Option<tifli_store::Sealed>> {
    if note.is_empty() {
        return Ok(None);
    }
    let bytes = serde_json::to_vec(note).map_err(|_| AppError::internal("note"))?;
    let context = note_context(row.handover, seq);
    Ok(Some(app.seal(row.case, &context, &bytes).await?))
}
