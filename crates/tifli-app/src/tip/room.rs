//! The room: reading, linking, dismissing and asking back. None of it changes the case.

use tifli_domain::Actor;
use tifli_domain::id::{AlertId, CaseId, MediaId, PersonId, TipId};
use tifli_domain::permission::{self, Act};
use tifli_domain::text;
use tifli_domain::tip::{Telling, TipState};
use tifli_store::audit::ObjectId;
use tifli_store::tip::{self, NoteRow, Side, TipFilter, TipRow};
use tifli_store::triage::Standing;
use tifli_store::{AuditedRead, DataKey, Opened, Reads, Sealed, case, media};

use super::Triage;
use super::audit;
use super::come_back::sealed_note;
use crate::bus::Event;
use crate::report::{not_erased, text_problem};
use crate::{App, AppError, AppResult};

/// The most characters of a reason or a question.
const LIMIT: usize = 1_000;

/// A tip in a list: nothing of what was told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TipSummary {
    /// Its id.
    pub tip: TipId,
    /// Order among all tips; the last of a page is the next page's `before_seq`.
    pub seq: i64,
    /// Its case.
    pub case: CaseId,
    /// The number of that case.
    pub case_number: i64,
    /// The alert it answers; none for one that a call or a unit brought.
    pub alert: Option<AlertId>,
    /// Where it stands.
    pub state: TipState,
    /// When it came.
    pub received_ms: i64,
    /// When it was last decided on.
    pub decided_ms: Option<i64>,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// How many photos came with it.
    pub photos: u32,
    /// Whether the teller wrote last: an answer waits to be read.
    pub answered: bool,
    /// How soon it is taken up, by whom, and what it is worth.
    pub standing: Standing,
}

/// One line of a dialogue, as the house reads it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Who wrote it.
    pub side: Side,
    /// Which person of the house.
    pub by: Option<PersonId>,
    /// When.
    pub at_ms: i64,
    /// What.
    pub words: String,
}

/// A tip that was opened; the read stands in the audit chain.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenedTip {
    /// What its list line says.
    pub summary: TipSummary,
    /// What was told.
    pub telling: Telling,
    /// Its photos; opening one is a read of its own.
    pub photos: Vec<MediaId>,
    /// The dialogue, oldest first.
    pub notes: Vec<Note>,
    /// Why it was dismissed.
    pub reason: Option<String>,
}

/// A tip with all that is opened with it.
pub(super) struct Closed {
    pub(super) row: TipRow,
    photos: Vec<MediaId>,
    notes: Vec<NoteRow>,
}

/// A question on its way.
struct Step {
    actor: Actor,
    tip: TipId,
    key: DataKey,
    words: String,
}

impl App {
    /// Tips this person may triage, newest first, at most [`tip::PAGE`] of them.
    pub async fn list_tips(&self, actor: &Actor, filter: TipFilter) -> AppResult<Vec<TipSummary>> {
        self.permit_anywhere(actor, Act::TriageTips)?;
        let rows = self
            .db()
            .read("list_tips", filter, |reads, filter| {
                Box::pin(async move { Ok::<_, AppError>(tip::list(reads, filter).await?) })
            })
            .await?;
        let may = |row: &&TipRow| permission::check(actor, Act::TriageTips, &row.district).is_ok();
        Ok(rows.iter().filter(may).map(summary).collect())
    }

    /// How many tips of a case nobody has decided on.
    pub async fn waiting_tips(&self, actor: &Actor, case: CaseId) -> AppResult<u64> {
        let (district, waiting) = self
            .db()
            .read("waiting_tips", case, |reads, case| {
                Box::pin(async move {
                    let file = case::get(reads, *case).await?;
                    Ok::<_, AppError>((file.district, tip::count_waiting(reads, *case).await?))
                })
            })
            .await?;
        self.permit(actor, Act::ReadCase, &district)?;
        Ok(waiting)
    }

    /// How many tips of all cases nobody has decided on.
    pub async fn all_waiting_tips(&self, actor: &Actor) -> AppResult<u64> {
        self.permit_anywhere(actor, Act::TriageTips)?;
        self.db()
            .read("all_waiting_tips", (), |reads, ()| {
                Box::pin(async move { Ok(tip::count_all_waiting(reads).await?) })
            })
            .await
    }

    /// Opens a tip with its dialogue.
    pub async fn read_tip(&self, actor: &Actor, id: TipId) -> AppResult<OpenedTip> {
        let closed = self
            .db()
            .read("read_tip", id, |reads, id| {
                Box::pin(async move {
                    let row = tip::get(reads, *id).await?;
                    close_over(reads, row).await
                })
            })
            .await?;
        self.permit(actor, Act::TriageTips, &closed.row.district)?;
        let objects = vec![
            ObjectId::new("tip", id),
            ObjectId::new("case", closed.row.case),
        ];
        let opened = self
            .open_tips(actor, ("triage", objects), vec![closed])
            .await?;
        opened.into_iter().next().ok_or_else(AppError::not_found)
    }

    /// Opens tips with their dialogues for a list, in the order given, in one read that names them all.
    pub async fn read_tips(&self, actor: &Actor, ids: Vec<TipId>) -> AppResult<Vec<OpenedTip>> {
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let objects = ids.iter().map(|id| ObjectId::new("tip", id)).collect();
        let closed = self
            .db()
            .read("read_tips", ids, |reads, ids| {
                Box::pin(async move {
                    let mut closed = Vec::with_capacity(ids.len());
                    for id in ids {
                        let row = tip::get(reads, *id).await?;
                        closed.push(close_over(reads, row).await?);
                    }
                    Ok::<_, AppError>(closed)
                })
            })
            .await?;
        for tip in &closed {
            self.permit(actor, Act::TriageTips, &tip.row.district)?;
        }
        self.open_tips(actor, ("queue", objects), closed).await
    }

    /// The sightings of a case: its linked tips, newest first, opened in one read.
    pub async fn sightings(&self, actor: &Actor, case_id: CaseId) -> AppResult<Vec<OpenedTip>> {
        let (file, linked) = self
            .db()
            .read("sightings", case_id, |reads, case_id| {
                Box::pin(async move {
                    let file = case::get(reads, *case_id).await?;
                    Ok::<_, AppError>((file, list_linked(reads, *case_id).await?))
                })
            })
            .await?;
        self.permit(actor, Act::ReadCase, &file.district)?;
        not_erased(&file)?;
        if linked.is_empty() {
            return Ok(Vec::new());
        }
        let mut objects = vec![ObjectId::new("case", case_id)];
        objects.extend(linked.iter().map(|tip| ObjectId::new("tip", tip.row.tip)));
        self.open_tips(actor, ("sightings", objects), linked).await
    }

    /// Links a tip to its case as a sighting.
    pub async fn link_tip(&self, actor: &Actor, id: TipId) -> AppResult<()> {
        self.triage(actor, &[id], Triage::Link).await
    }

    /// Dismisses a tip with a reason; it stays readable and can be linked later.
    pub async fn dismiss_tip(&self, actor: &Actor, id: TipId, reason: &str) -> AppResult<()> {
        let act = Triage::Dismiss(reason.to_owned());
        self.triage(actor, &[id], act).await
    }

    /// Asks the teller something; they read it when they come back with their receipt.
    pub async fn ask(&self, actor: &Actor, id: TipId, question: &str) -> AppResult<()> {
        let question = text::required(question, LIMIT)
            .map_err(|error| AppError::invalid(vec![text_problem("question", error)]))?;
        let step = self.step(actor, id, question).await?;
        self.db()
            .write("ask_teller", step, |tx, step| {
                Box::pin(async move {
                    let row = tip::get(tx, step.tip).await?;
                    let line = (Side::House, step.words.as_str());
                    let mut note = sealed_note(tx, &row, &step.key, line).await?;
                    note.by = Some(step.actor.person);
                    tip::insert_note(tx, &note).await?;
                    Ok::<_, AppError>(audit(tx, step.actor.person, "tip.ask", row.tip, row.case)?)
                })
            })
            .await?;
        self.bus().ring(Event::Tip(id.to_string()));
        Ok(())
    }

    /// What a step on a tip needs, once it is permitted.
    async fn step(&self, actor: &Actor, id: TipId, words: String) -> AppResult<Step> {
        let row = self
            .db()
            .read("tip_step", id, |reads, id| {
                Box::pin(async move { Ok::<_, AppError>(tip::get(reads, *id).await?) })
            })
            .await?;
        self.permit(actor, Act::TriageTips, &row.district)?;
        let key = self.db().keys().get(&row.case.to_string()).await?;
        Ok(Step {
            actor: actor.clone(),
            tip: id,
            key,
            words,
        })
    }

    pub(super) async fn open_tips(
        &self,
        actor: &Actor,
        (reason, objects): (&str, Vec<ObjectId>),
        tips: Vec<Closed>,
    ) -> AppResult<Vec<OpenedTip>> {
        let person = actor.person.to_string();
        let read = AuditedRead {
            actor: person,
            reason: reason.into(),
            objects,
        };
        let mut sealed: Vec<Sealed> = Vec::new();
        for tip in &tips {
            sealed.push(tip.row.body.clone());
            sealed.extend(tip.row.reason.clone());
            sealed.extend(tip.notes.iter().map(|note| note.body.clone()));
        }
        let opened = self.db().open_sealed(read, sealed).await?;
        let mut place = 0;
        tips.into_iter()
            .map(|tip| tip.open(&opened, &mut place))
            .collect()
    }
}

impl Closed {
    /// Takes this tip's values from `place` on, in the order in which they were sealed up.
    fn open(self, opened: &Opened, place: &mut usize) -> AppResult<OpenedTip> {
        let mut next = || {
            let here = *place;
            *place += 1;
            opened
                .bytes(here)
                .ok_or_else(|| AppError::internal("tip_values"))
        };
        let telling = serde_json::from_slice(next()?).map_err(|_| AppError::internal("telling"))?;
        let reason = match &self.row.reason {
            Some(_) => Some(String::from_utf8_lossy(next()?).into_owned()),
            None => None,
        };
        let mut notes = Vec::with_capacity(self.notes.len());
        for note in &self.notes {
            notes.push(Note {
                side: note.side,
                by: note.by,
                at_ms: note.at_ms,
                words: String::from_utf8_lossy(next()?).into_owned(),
            });
        }
        Ok(OpenedTip {
            summary: summary(&self.row),
            telling,
            photos: self.photos,
            notes,
            reason,
        })
    }
}

pub(super) async fn close_over(reads: &mut impl Reads, row: TipRow) -> AppResult<Closed> {
    let photos = media::list_by_tip(reads, row.tip).await?;
    let photos = photos.iter().map(|photo| photo.media).collect();
    let notes = tip::list_notes(reads, row.tip, row.case).await?;
    Ok(Closed { row, photos, notes })
}

/// All linked tips of a case, however many pages they fill.
pub(super) async fn list_linked(reads: &mut impl Reads, case_id: CaseId) -> AppResult<Vec<Closed>> {
    let state = Some(TipState::Linked);
    let mut filter = TipFilter {
        case: Some(case_id),
        state,
        before_seq: None,
    };
    let mut linked = Vec::new();
    loop {
        let page = tip::list(reads, &filter).await?;
        let Some(last) = page.last() else {
            return Ok(linked);
        };
        filter.before_seq = Some(last.seq);
        for row in page {
            linked.push(close_over(reads, row).await?);
        }
    }
}

fn summary(row: &TipRow) -> TipSummary {
    TipSummary {
        tip: row.tip,
        seq: row.seq,
        case: row.case,
        case_number: row.case_number,
        alert: row.alert,
        state: row.state,
        received_ms: row.received_ms,
        decided_ms: row.decided_ms,
        decided_by: row.decided_by,
        photos: row.photos,
        answered: row.last_side == Some(Side::Public),
        standing: row.standing.clone(),
    }
}
