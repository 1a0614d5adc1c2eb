//! Writing down what people decide: the prosecutor's ruling, that the prosecutor was informed, notes
//! and clearances. One transaction each, with its audit entry, ids and codes only.

use tifli_domain::Actor;
use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::gate::{Ruling, closing};
use tifli_domain::id::{CaseId, PersonId};
use tifli_domain::permission::Act;
use tifli_domain::publication::{Cleared, Named};
use tifli_store::alert as alerts;
use tifli_store::audit::{Detail, Entry as Trail, ObjectId};
use tifli_store::publication::{self, Entry, Kind};
use tifli_store::{AuditedRead, Tx, case};

use super::words::{self, Words};
use crate::alert::parse_draft;
use crate::bus::Event;
use crate::report::still_open;
use crate::{App, AppError, AppResult, duty};

/// Ways of informing the prosecutor.
const WAYS: [&str; 4] = ["phone", "in_person", "writing", "message"];

/// That the prosecutor was informed.
#[derive(Clone, Default)]
pub struct Informing {
    /// `phone`, `in_person`, `writing` or `message`.
    pub how: String,
    /// Who was informed.
    pub who: String,
    /// What was instructed; may be empty.
    pub instruction: String,
    /// When, if not now.
    pub at_ms: Option<i64>,
}

/// What goes into one write.
pub(crate) struct Writing {
    pub(super) app: App,
    pub(super) actor: Actor,
    pub(super) entry: Entry,
}

impl App {
    /// The prosecutor rules on the reporter gate.
    pub async fn rule_on_gate(
        &self,
        actor: &Actor,
        case_id: CaseId,
        ruling: Ruling,
        (instruction, reason): (&str, &str),
    ) -> AppResult<()> {
        self.may(actor, Act::DecideGate, case_id).await?;
        let known = self.known(actor, case_id).await?;
        let over = closing(known.heard).into_iter();
        let words = Words {
            note: words::needed("reason", reason)?,
            instruction: words::optional("instruction", instruction)?,
            over: over.map(|question| question.field().to_owned()).collect(),
            ..Words::default()
        };
        let what = (Kind::Ruling, ruling.as_str());
        let writing = self.writing(actor, case_id, what, &words).await?;
        self.write_entry(writing, |tx, writing| {
            Box::pin(async move {
                let case = writing.entry.case;
                settle(tx, writing, (DutyKind::DecideGate, "")).await?;
                // Who rules was informed.
                settle(tx, writing, (DutyKind::InformProsecutor, "")).await?;
                trail(tx, writing, "gate.rule", case)
            })
        })
        .await
    }

    /// Writes down that the prosecutor was informed, and what was instructed.
    pub async fn record_prosecutor(
        &self,
        actor: &Actor,
        case_id: CaseId,
        told: &Informing,
    ) -> AppResult<()> {
        self.may(actor, Act::RecordProsecutor, case_id).await?;
        if !WAYS.contains(&told.how.as_str()) {
            return Err(AppError::field("how", "not_an_answer"));
        }
        if told.at_ms.is_some_and(|at| at > self.now_ms()) {
            return Err(AppError::field("at", "in_the_future"));
        }
        let words = Words {
            who: words::name("who", &told.who)?,
            instruction: words::optional("instruction", &told.instruction)?,
            happened_ms: told.at_ms,
            ..Words::default()
        };
        let what = (Kind::Informed, told.how.as_str());
        let writing = self.writing(actor, case_id, what, &words).await?;
        self.write_entry(writing, |tx, writing| {
            Box::pin(async move {
                settle(tx, writing, (DutyKind::InformProsecutor, "")).await?;
                trail(tx, writing, "prosecutor.informed", writing.entry.case)
            })
        })
        .await
    }

    /// Writes down why publication serves a child that left by itself.
    pub async fn note_best_interests(
        &self,
        actor: &Actor,
        case_id: CaseId,
        note: &str,
    ) -> AppResult<()> {
        self.may(actor, Act::Qualify, case_id).await?;
        let words = Words::note(words::needed("note", note)?);
        let what = (Kind::BestInterests, "written");
        let writing = self.writing(actor, case_id, what, &words).await?;
        self.write_entry(writing, |tx, writing| {
            Box::pin(async move { trail(tx, writing, "case.best_interests", writing.entry.case) })
        })
        .await
    }

    /// Clears an adult's identity or a plate for the texts of this case.
    pub async fn clear(
        &self,
        actor: &Actor,
        case_id: CaseId,
        what: Cleared,
        basis: &str,
    ) -> AppResult<()> {
        self.may(actor, Act::ClearIdentity, case_id).await?;
        let words = Words::note(words::needed("basis", basis)?);
        let what = (Kind::Clearance, what.as_str());
        let writing = self.writing(actor, case_id, what, &words).await?;
        self.write_entry(writing, |tx, writing| {
            Box::pin(async move { trail(tx, writing, "case.clear", writing.entry.case) })
        })
        .await
    }

    /// Takes a clearance back. If what is out names it, an update must drop it: a duty.
    pub async fn retract_clearance(
        &self,
        actor: &Actor,
        case_id: CaseId,
        seq: i64,
    ) -> AppResult<()> {
        self.may(actor, Act::ClearIdentity, case_id).await?;
        let args = (self.clone(), actor.clone(), case_id, seq);
        self.db()
            .write("retract_clearance", args, |tx, (app, actor, case, seq)| {
                Box::pin(retract(tx, app, actor, (*case, *seq)))
            })
            .await?;
        self.rang(case_id);
        Ok(())
    }

    /// Writes down how a decision that nothing goes out was explained to the guardian. Refused while
    /// the gate is closed: nobody speaks to the guardian then.
    pub async fn explained(&self, actor: &Actor, case_id: CaseId, how: &str) -> AppResult<()> {
        self.may(actor, Act::Qualify, case_id).await?;
        let words = Words::note(words::needed("how", how)?);
        let what = (Kind::Explained, "explained");
        let writing = self.writing(actor, case_id, what, &words).await?;
        self.write_entry(writing, |tx, writing| {
            Box::pin(async move {
                if super::gate_in(tx, writing.entry.case).await?.is_silent() {
                    return Err(AppError::conflict("guardian_silent"));
                }
                settle(tx, writing, (DutyKind::ExplainToGuardian, "")).await?;
                trail(tx, writing, "case.explain", writing.entry.case)
            })
        })
        .await
    }

    /// Refuses unless this person may do this in the case's district.
    pub(super) async fn may(&self, actor: &Actor, act: Act, case_id: CaseId) -> AppResult<()> {
        let row = self.case_row(case_id).await?;
        self.permit(actor, act, &row.district)?;
        still_open(&row)
    }

    /// Seals the words and makes the entry.
    pub(super) async fn writing(
        &self,
        actor: &Actor,
        case: CaseId,
        (kind, code): (Kind, &str),
        words: &Words,
    ) -> AppResult<Writing> {
        let at_ms = self.now_ms();
        Ok(Writing {
            app: self.clone(),
            actor: actor.clone(),
            entry: Entry {
                case,
                seq: 0,
                kind,
                code: code.to_owned(),
                words: self.seal_words((case, kind, at_ms), words).await?,
                by: actor.person,
                at_ms,
                ended_ms: None,
                ended_by: None,
            },
        })
    }

    /// Appends the entry and does what follows from it, in one transaction.
    pub(super) async fn write_entry<F>(&self, writing: Writing, then: F) -> AppResult<()>
    where
        F: for<'t> Fn(
                &'t mut Tx,
                &'t Writing,
            )
                -> std::pin::Pin<Box<dyn Future<Output = AppResult<()>> + Send + 't>>
            + Send
            + Sync
            + 'static,
    {
        let case_id = writing.entry.case;
        self.db()
            .write(
                "publication_entry",
                (writing, then),
                |tx, (writing, then)| {
                    Box::pin(async move {
                        still_open(&case::get(tx, writing.entry.case).await?)?;
                        publication::insert(tx, &writing.entry).await?;
                        then(tx, writing).await
                    })
                },
            )
            .await?;
        self.rang(case_id);
        Ok(())
    }

    fn rang(&self, case_id: CaseId) {
        self.bus().ring(Event::Board);
        self.bus().ring(Event::Case(case_id.to_string()));
    }
}

/// Settles a duty that this entry does.
pub(super) async fn settle(
    tx: &mut Tx,
    writing: &Writing,
    (kind, subject): (DutyKind, &str),
) -> AppResult<bool> {
    let by = Some(writing.actor.person);
    duty::settle(tx, (writing.entry.case, kind, subject), (DutyEnd::Done, by)).await
}

/// The audit entry: the verb and the entry's code.
pub(super) fn trail(tx: &mut Tx, writing: &Writing, verb: &str, case: CaseId) -> AppResult<()> {
    let detail = Detail::none().with("code", &writing.entry.code);
    written(tx, (writing.actor.person, verb), case, detail)
}

fn written(
    tx: &mut Tx,
    (by, verb): (PersonId, &str),
    case: CaseId,
    detail: Detail,
) -> AppResult<()> {
    let entry = Trail::new(by, verb, ObjectId::new("case", case)).with_detail(detail);
    Ok(tx.audit(entry)?)
}

async fn retract(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    (case_id, seq): (CaseId, i64),
) -> AppResult<()> {
    let entries = publication::list(tx, case_id).await?;
    let held = entries
        .iter()
        .find(|entry| entry.seq == seq && entry.kind == Kind::Clearance);
    let what: Cleared = held
        .and_then(|entry| entry.code.parse().ok())
        .ok_or_else(|| AppError::conflict("already_retracted"))?;
    if !publication::end(tx, case_id, seq, actor.person).await? {
        return Err(AppError::conflict("already_retracted"));
    }
    if is_out(tx, actor, (case_id, what)).await? {
        duty::open(tx, app, (case_id, DutyKind::DropCleared, what.as_str())).await?;
    }
    let detail = Detail::none().with("code", what.as_str()).with("seq", seq);
    written(
        tx,
        (actor.person, "case.retract_clearance"),
        case_id,
        detail,
    )
}

/// Whether the version that is out names this.
async fn is_out(tx: &mut Tx, actor: &Actor, (case_id, what): (CaseId, Cleared)) -> AppResult<bool> {
    for alert in alerts::list_by_case(tx, case_id).await? {
        let versions = alerts::list_versions(tx, alert.alert, case_id).await?;
        let out = versions
            .into_iter()
            .find(|version| alert.state.is_public() && version.version == alert.version);
        let Some(version) = out else { continue };
        let read = AuditedRead {
            actor: actor.person.to_string(),
            reason: "retract".to_owned(),
            objects: vec![ObjectId::new("alert", alert.alert)],
        };
        let opened = tx.open(read, vec![version.draft]).await?;
        let draft = parse_draft(opened.bytes(0))?;
        let named = match what {
            Cleared::Adult => draft.names_adult,
            Cleared::Plate => draft.names_plate,
        };
        if named == Named::Yes {
            return Ok(true);
        }
    }
    Ok(false)
}
