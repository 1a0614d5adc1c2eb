//! Deciding: the approver sends a version out, sends it back, or refuses it.

use tifli_domain::Actor;
use tifli_domain::alert::{AlertAct, AlertState, VersionAct};
use tifli_domain::approval::{Binding, Hand, NotApprovable, Part, count_agrees, may_approve};
use tifli_domain::case::{CaseAct, CaseState};
use tifli_domain::channel::{OwnChannel, Serving};
use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::id::{CaseId, MessageId, OutboxId};
use tifli_domain::intake::{Consent, Field};
use tifli_domain::message::{Message, MsgType, PublicEvent};
use tifli_domain::permission::Act;
use tifli_domain::publication::Stage as Guarded;
use tifli_domain::qualify::Rung;
use tifli_domain::text;
use tifli_store::alert::{self, AlertRow, VersionRow};
use tifli_store::audit::Detail;
use tifli_store::message::{self, MessageRow, Receipt};
use tifli_store::{DataKey, Reads, Sealed, Tx, case, delivery};

use super::draft::{Draft, audit, audited, find_version, parse_draft};
use super::freeze::{submitted, write_binding};
use crate::bus::Event;
use crate::media::Rendition;
use crate::publication::{Asked, Confirmed, Known, warnings_in};
use crate::stages::Stage;
use crate::{App, AppError, AppResult, bulletin, duty, partner, publication};

impl App {
    /// Approves exactly what was shown: `seen` is the binding on the approver's screen. One
    /// transaction makes the message, the outbox rows and the public page.
    pub async fn approve(
        &self,
        actor: &Actor,
        message_id: MessageId,
        seen: Binding,
    ) -> AppResult<()> {
        let confirmed = Confirmed::default();
        self.approve_confirmed(actor, message_id, seen, confirmed)
            .await
    }

    /// The same, with what the approver confirms of the warnings and why: the reason is kept, sealed, with the
    /// version, and the trail names what was confirmed.
    pub async fn approve_confirmed(
        &self,
        actor: &Actor,
        message_id: MessageId,
        seen: Binding,
        confirmed: Confirmed,
    ) -> AppResult<()> {
        let (row, version) = self.version_row(message_id).await?;
        self.permit(actor, Act::ApproveAlert, &row.district)?;
        let stage = Stage::begin("alert.approve", row.alert);
        let (_, binding) = submitted(&version)?;
        let message = self
            .open_for_issue((&row, message_id), &version, &binding)
            .await?;
        let approval = Approval {
            actor: actor.clone(),
            seen,
            message,
            outbox: self.outbox_ids(),
            key: self.case_key(row.case).await?,
            reason: self.seal_reason((row.case, message_id), &confirmed).await?,
            confirmed,
        };
        let app = self.clone();
        // A task of its own: who asks may go away, what follows the commit may not be left out.
        tokio::spawn(async move { app.send_out(message_id, approval, stage).await })
            .await
            .map_err(|_| AppError::internal("approval_stopped"))?
    }

    /// Why an alert goes out in spite of what was confirmed, sealed as the reason of its decision.
    async fn seal_reason(
        &self,
        (case, message): (CaseId, MessageId),
        confirmed: &Confirmed,
    ) -> AppResult<Option<Sealed>> {
        match confirmed.why()? {
            None => Ok(None),
            Some(why) => {
                let context = alert::reason_context(message);
                self.seal(case, &context, why.as_bytes()).await.map(Some)
            }
        }
    }

    /// Enough ids for one outbox row a channel.
    pub(super) fn outbox_ids(&self) -> Vec<OutboxId> {
        let new = |_| OutboxId::new(self.now_ms(), self.entropy());
        OwnChannel::of_alerts().iter().map(new).collect()
    }

    /// Commits the approval, then raises the floor over earlier versions.
    async fn send_out(
        &self,
        message_id: MessageId,
        approval: Approval,
        stage: Stage,
    ) -> AppResult<()> {
        let args = (self.clone(), message_id, approval);
        let issued = self
            .db()
            .write("approve_alert", args, |tx, (app, id, approval)| {
                Box::pin(async move { issue(app, tx, *id, approval).await })
            })
            .await?;
        stage.commit();
        self.tombstones().raise(issued.alert, issued.version);
        self.bus().call_workers();
        self.bus().ring(Event::Alert(issued.alert.to_string()));
        self.bus().ring(Event::Case(issued.case.to_string()));
        self.bus().ring(Event::Bulletin(issued.case.to_string()));
        Ok(())
    }

    /// Sends a version back to its author with a reason.
    pub async fn return_version(
        &self,
        actor: &Actor,
        message_id: MessageId,
        reason: &str,
    ) -> AppResult<()> {
        self.turn_down(actor, message_id, reason, (VersionAct::Return, None))
            .await
    }

    /// Refuses a version with a reason; a first version's alert is refused with it.
    pub async fn refuse_version(
        &self,
        actor: &Actor,
        message_id: MessageId,
        reason: &str,
    ) -> AppResult<()> {
        self.turn_down(actor, message_id, reason, (VersionAct::Refuse, None))
            .await
    }

    pub(super) async fn turn_down(
        &self,
        actor: &Actor,
        message_id: MessageId,
        reason: &str,
        (act, rung): (VersionAct, Option<Rung>),
    ) -> AppResult<()> {
        let (row, _) = self.version_row(message_id).await?;
        self.permit(actor, Act::ApproveAlert, &row.district)?;
        let reason = text::required(reason, 1_000)
            .map_err(|error| AppError::field("reason", crate::report::text_code(error)))?;
        let context = alert::reason_context(message_id);
        let sealed = self.seal(row.case, &context, reason.as_bytes()).await?;
        let args = (
            self.clone(),
            actor.clone(),
            row.clone(),
            message_id,
            (sealed, act, rung),
        );
        self.db()
            .write(
                "turn_down",
                args,
                |tx, (app, actor, row, id, (sealed, act, rung))| {
                    Box::pin(async move {
                        let mut version = alert::get_version(tx, *id, row.case).await?;
                        version.state = version.state.after(*act)?;
                        version.reason = Some(sealed.clone());
                        version.proposed_rung = *rung;
                        version.decided_ms = Some(tx.now_ms());
                        version.decided_by = Some(actor.person);
                        alert::update_version(tx, &version).await?;
                        let mut now = alert::get(tx, row.alert).await?;
                        let first = now.state == AlertState::Preparing;
                        if first && *act == VersionAct::Refuse {
                            now.state = now.state.after(AlertAct::Refuse)?;
                            alert::update(tx, &now).await?;
                            publication::decided_against(tx, app, (actor, row.case)).await?;
                        }
                        decided(tx, row, actor).await?;
                        let verb = if *act == VersionAct::Refuse {
                            "alert.refuse"
                        } else {
                            "alert.return"
                        };
                        let mut detail = Detail::none().with("version", version.version);
                        if let Some(rung) = rung {
                            detail = detail.with("rung", rung.as_str());
                        }
                        audit(tx, actor, verb, row.alert, detail)
                    })
                },
            )
            .await?;
        self.bus().ring(Event::Alert(row.alert.to_string()));
        Ok(())
    }

    async fn open_for_issue(
        &self,
        (row, id): (&AlertRow, MessageId),
        version: &VersionRow,
        binding: &Binding,
    ) -> AppResult<IssueFacts> {
        let frozen = version
            .frozen
            .clone()
            .ok_or_else(|| AppError::internal("not_frozen"))?;
        let read = tifli_store::AuditedRead {
            actor: "system".into(),
            reason: "issue".into(),
            objects: vec![tifli_store::audit::ObjectId::new("alert", row.alert)],
        };
        let opened = self.db().open_sealed(read, vec![frozen]).await?;
        let bytes = opened
            .bytes(0)
            .ok_or_else(|| AppError::internal("message"))?;
        if crate::hex(&crate::codes::sha256(bytes)) != binding.message_hash {
            return Err(AppError::internal("message_altered"));
        }
        let message: Message =
            serde_json::from_slice(bytes).map_err(|_| AppError::internal("message"))?;
        self.check_photo(&message).await?;
        let cap = self.cap_for_issue((row.case, id), &message).await?;
        Ok(IssueFacts {
            cap,
            identifier: message.identifier.clone(),
            sent_ms: message.sent_ms,
            area: message.area.clone(),
            msg_type: message.msg_type,
            event: message.event,
            message,
        })
    }
}

impl App {
    /// A photo that vanished since the draft keeps the version back: page and document name it by its digest.
    async fn check_photo(&self, message: &Message) -> AppResult<()> {
        let child = message.child.as_ref();
        let Some(photo) = child.and_then(|child| child.photo.as_ref()) else {
            return Ok(());
        };
        let gone = || AppError::conflict("photo_missing");
        let media = photo.media.parse().map_err(|_| gone())?;
        let bytes = self.photo_bytes(media, Rendition::Public).await;
        let bytes = bytes.map_err(|_| gone())?;
        match crate::hex(&crate::codes::sha256(&bytes)) == photo.sha256 {
            true => Ok(()),
            false => Err(gone()),
        }
    }
}

/// What an approval carries into its transaction.
struct Approval {
    actor: Actor,
    seen: Binding,
    message: IssueFacts,
    outbox: Vec<OutboxId>,
    /// Seals the telegram that sets the services searching again.
    key: DataKey,
    /// What of the warnings is confirmed.
    confirmed: Confirmed,
    /// Why, sealed.
    reason: Option<Sealed>,
}

/// The rest of a message's row: what stands there unsealed, and the signed CAP document.
struct IssueFacts {
    cap: Sealed,
    identifier: String,
    sent_ms: i64,
    area: String,
    msg_type: MsgType,
    event: PublicEvent,
    message: Message,
}

async fn issue(app: &App, tx: &mut Tx, id: MessageId, approval: &Approval) -> AppResult<AlertRow> {
    let (mut row, mut version) = find_version(tx, id).await?;
    let (frozen, binding) = submitted(&version)?;
    let (author, hand) = hands(tx, id, approval).await?;
    let known = publication::known_in(tx, app, &approval.actor, row.case).await?;
    let (consent, now) = (known.standing.consent, tx.now_ms());
    may_approve(&author, &hand, consent, now).map_err(refusal)?;
    check_turn(&row, &version, &hand, now)?;
    // Whoever was said to be taken and is now known to have left is not sent out as taken.
    if approval.message.event != known.event() {
        return Err(refusal(NotApprovable::Stale));
    }
    if !binding.is_same_alert(&approval.seen) {
        return Err(refusal(NotApprovable::Stale));
    }
    let draft = draft_in(tx, &approval.actor, (&row, &version)).await?;
    let asked = Asked {
        draft: &draft,
        area: &app.read_area(&approval.message.area)?,
        channels: &binding.channels,
    };
    publication::guard(app, &known, &asked, Guarded::Approve)?;
    check_count(app, tx, &approval.message.area, &binding).await?;
    check_words(tx, app, (row.case, &known), approval).await?;
    let signature = app
        .signer()
        .sign(&author, &hand)
        .map_err(|_| AppError::conflict("not_signed"))?;
    // What was seen is what was submitted, at the loudness that the approver chose.
    let json = write_binding(&approval.seen)?;
    message::insert_approval(tx, id, "approver", (hand.person, &hand.unit), &json).await?;
    let issued = MessageRow {
        message: id,
        alert: row.alert,
        seq: 0,
        version: version.version,
        msg_type: approval.message.msg_type,
        identifier: approval.message.identifier.clone(),
        sent_ms: approval.message.sent_ms,
        expires_ms: binding.expires_ms,
        area: approval.message.area.clone(),
        binding: json,
        signature,
        frozen,
        cap: Some(approval.message.cap.clone()),
    };
    message::insert(tx, &issued).await?;
    write_outbox(tx, &issued, (&binding.channels, &approval.outbox)).await?;
    message::withdraw_outbox(tx, row.alert, issued.version).await?;
    delivery::withdraw(tx, row.alert, issued.version).await?;
    version.state = version.state.after(VersionAct::Approve)?;
    version.decided_ms = Some(now);
    version.decided_by = Some(hand.person);
    version.reason = approval.reason.clone();
    alert::update_version(tx, &version).await?;
    settle_alert(tx, &mut row, &issued, &binding).await?;
    partner::on_issue(app, tx, (&row, issued.message)).await?;
    let detail = what_was_approved(approval, &binding);
    audit(tx, &approval.actor, "alert.approve", row.alert, detail)?;
    decided(tx, &row, &approval.actor).await?;
    for kind in [DutyKind::Publish, DutyKind::GoOutAgain] {
        let waited = (row.case, kind, "");
        duty::settle(tx, waited, (DutyEnd::Done, Some(hand.person))).await?;
    }
    let who = (&approval.actor, row.case);
    publication::decided_for(tx, who).await?;
    publication::after_issue(tx, who, &draft).await?;
    bulletin::resume(tx, (app, &approval.key), who).await?;
    Ok(row)
}

/// Nothing in its words stops it, and what must be confirmed is.
async fn check_words(
    tx: &mut Tx,
    app: &App,
    whose: (CaseId, &Known),
    approval: &Approval,
) -> AppResult<()> {
    let message = (&approval.message.message, &approval.seen.channels[..]);
    let warnings = warnings_in(tx, (app, &approval.actor), whose, message).await?;
    approval.confirmed.settle(&warnings)
}

/// What the trail keeps of an approval: ids, counts and codes.
fn what_was_approved(approval: &Approval, binding: &Binding) -> Detail {
    let detail = Detail::none()
        .with("version", binding.version)
        .with("hash", &binding.message_hash)
        .with("count", binding.count)
        .with("loudness", approval.seen.loudness().as_str());
    match approval.reason {
        None => detail,
        Some(_) => detail.with("confirmed", approval.confirmed.keys.join(" ")),
    }
}

/// The draft of a version under decision, opened within the write.
async fn draft_in(
    tx: &mut Tx,
    actor: &Actor,
    (row, version): (&AlertRow, &VersionRow),
) -> AppResult<Draft> {
    let read = audited(actor, "decide", row.alert);
    let opened = tx.open(read, vec![version.draft.clone()]).await?;
    parse_draft(opened.bytes(0))
}

/// The approver has decided, whatever it was.
async fn decided(tx: &mut Tx, row: &AlertRow, actor: &Actor) -> AppResult<()> {
    let alert = row.alert.to_string();
    let waited = (row.case, DutyKind::Decide, alert.as_str());
    duty::settle(tx, waited, (DutyEnd::Done, Some(actor.person))).await?;
    Ok(())
}

async fn hands(tx: &mut Tx, id: MessageId, approval: &Approval) -> AppResult<(Hand, Hand)> {
    let approvals = message::list_approvals(tx, id).await?;
    let wrote = approvals
        .into_iter()
        .find(|row| row.part == "author")
        .ok_or_else(|| AppError::conflict("not_submitted"))?;
    // The unit of the moment they handed it over: who moves since is no stranger to it.
    let author = Hand {
        person: wrote.person,
        unit: wrote.unit,
        part: Part::Author,
        binding: super::freeze::parse_binding(&wrote.binding)?,
    };
    let hand = Hand {
        person: approval.actor.person,
        unit: approval.actor.works_at(),
        part: Part::Approver,
        binding: approval.seen.clone(),
    };
    Ok((author, hand))
}

/// Versions go out in their order, none after the public was told the end, and none by the hand of
/// who wrote it.
fn check_turn(row: &AlertRow, version: &VersionRow, hand: &Hand, now: i64) -> AppResult<()> {
    if version.author == hand.person {
        return Err(refusal(NotApprovable::SamePerson));
    }
    if version.version != row.version + 1 {
        return Err(refusal(NotApprovable::Stale));
    }
    if row.expires_ms.is_some_and(|expires| expires <= now) {
        return Err(refusal(NotApprovable::Expired));
    }
    Ok(())
}

/// The count is made again at the sequence it was made at, and now: a wrong count, or a drift over
/// five percent, asks again.
async fn check_count(app: &App, tx: &mut Tx, area: &str, binding: &Binding) -> AppResult<()> {
    let area = app.read_area(area)?;
    let seq = tifli_store::counter::last(tx, "subscription").await?;
    let now = app.count_in(tx, &area, seq).await?;
    if count_agrees(binding.count, now) {
        Ok(())
    } else {
        Err(refusal(NotApprovable::CountDrifted))
    }
}

async fn settle_alert(
    tx: &mut Tx,
    row: &mut AlertRow,
    issued: &MessageRow,
    binding: &Binding,
) -> AppResult<()> {
    let now = tx.now_ms();
    row.state = row.state.after(AlertAct::Issue)?;
    row.version = issued.version;
    row.expires_ms = Some(issued.expires_ms);
    row.live_ms = row.live_ms.or(Some(now));
    row.joined_seq = binding.at_seq;
    alert::update(tx, row).await?;
    let mut file = case::get(tx, row.case).await?;
    if file.state != CaseState::Alerted {
        file.state = file.state.after(CaseAct::Alert)?;
        file.published_ms = file.published_ms.or(Some(now));
        case::update(tx, &file).await?;
    }
    Ok(())
}

/// The page and the feed are rendered from the state, so they are published by this very commit;
/// the push is left to the relay.
pub(super) async fn write_outbox(
    tx: &mut Tx,
    issued: &MessageRow,
    (channels, ids): (&[String], &[OutboxId]),
) -> AppResult<()> {
    let at_ms = tx.now_ms();
    for (channel, id) in channels.iter().zip(ids) {
        let serving = channel.parse().map(OwnChannel::serving);
        if serving != Ok(Serving::Published) {
            message::insert_outbox(tx, *id, issued.message, issued.alert, channel).await?;
            continue;
        }
        let kind = if issued.msg_type == MsgType::Cancel {
            "withdrawn"
        } else {
            "published"
        };
        let receipt = Receipt {
            alert: issued.alert,
            message: issued.message,
            channel: channel.clone(),
            kind: kind.to_owned(),
            amount: 1,
            at_ms,
        };
        message::insert_receipt(tx, &receipt).await?;
    }
    Ok(())
}

/// What the report says of consent to publish.
pub(crate) fn consent_of(answers: &std::collections::BTreeMap<Field, String>) -> Consent {
    match answers.get(&Field::ConsentPublish).map(String::as_str) {
        Some("yes") => Consent::Given,
        Some("no") => Consent::Refused,
        _ => Consent::Unknown,
    }
}

fn refusal(why: NotApprovable) -> AppError {
    use NotApprovable::*;
    AppError::conflict(match why {
        SamePerson => "author_cannot_approve",
        SameUnit => "unit_cannot_approve",
        Stale => "alert_changed",
        NotNamed => "channels_not_named",
        NoConsent => "no_consent",
        Expired => "alert_expired",
        CountDrifted => "count_drifted",
    })
}
