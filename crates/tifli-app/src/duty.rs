//! Duties at work: opened and settled inside the decisions that cause them, settled by hand from
//! the board, paged by the clock when they are late.
//!
//! A decision calls [`open`] and [`settle`] within its own transaction. Not here: what each kind
//! means and how long it has, which is the table of `tifli_domain::duty`.

#[cfg(test)]
mod stories;

use tifli_domain::Actor;
use tifli_domain::duty::{DutyEnd, DutyKind, Paging, Settling};
use tifli_domain::id::{CaseId, DutyId, PersonId};
use tifli_domain::permission::{self, Act, Reach};
use tifli_domain::text;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::duty::{self, DutyRow, NewDuty, Settlement};
use tifli_store::{AuditedRead, Reads, Tx, case};

use crate::bus::Event;
use crate::report::{not_erased, text_problem};
use crate::{App, AppError, AppResult};

/// The most characters of a note.
const NOTE: usize = 1_000;

/// A duty as a list shows it: ids, codes and times.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyLine {
    /// Its id.
    pub duty: DutyId,
    /// Its case.
    pub case: CaseId,
    /// The district of that case.
    pub district: String,
    /// The number of that case, as people say it.
    pub label: String,
    /// What is to be done.
    pub kind: DutyKind,
    /// To what or by whom, an id or a code; may be empty.
    pub subject: String,
    /// Since when.
    pub opened_ms: i64,
    /// Until when.
    pub due_ms: i64,
    /// Whether it was late when this was made, or when it was settled.
    pub late: bool,
    /// When the room was paged.
    pub paged_ms: Option<i64>,
    /// When it came to its end.
    pub settled_ms: Option<i64>,
    /// Who settled it.
    pub settled_by: Option<PersonId>,
    /// What became of it.
    pub ending: Option<DutyEnd>,
}

/// A duty of a case with the note of who settled it, opened for one person.
#[derive(Clone, PartialEq, Eq)]
pub struct OpenedDuty {
    /// What its list line says.
    pub line: DutyLine,
    /// How it was done.
    pub note: Option<String>,
}

impl std::fmt::Debug for OpenedDuty {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "OpenedDuty({:?})", self.line)
    }
}

/// Opens a duty with the time its kind gives, inside a decision. One that is open stays as it is.
pub(crate) async fn open(
    tx: &mut Tx,
    app: &App,
    (case, kind, subject): (CaseId, DutyKind, &str),
) -> AppResult<()> {
    let due_ms = tx.now_ms() + kind.minutes() * 60_000;
    open_until(tx, app, (case, kind, subject), due_ms).await
}

/// Opens a duty until a moment that the decision says. One that is open stays as it is.
pub(crate) async fn open_until(
    tx: &mut Tx,
    app: &App,
    (case, kind, subject): (CaseId, DutyKind, &str),
    due_ms: i64,
) -> AppResult<()> {
    if duty::find_open(tx, case, kind, subject).await?.is_some() {
        return Ok(());
    }
    let new = NewDuty {
        duty: DutyId::new(tx.now_ms(), app.entropy()),
        case,
        kind,
        subject: subject.to_owned(),
        due_ms,
    };
    Ok(duty::insert(tx, &new).await?)
}

/// Settles the open duty of this kind about this subject, inside the act it waits for. Says whether
/// there was one.
pub(crate) async fn settle(
    tx: &mut Tx,
    (case, kind, subject): (CaseId, DutyKind, &str),
    (ending, by): (DutyEnd, Option<PersonId>),
) -> AppResult<bool> {
    let Some(row) = duty::find_open(tx, case, kind, subject).await? else {
        return Ok(false);
    };
    let end = Settlement {
        ending,
        by,
        note: None,
    };
    Ok(duty::settle(tx, row.duty, &end).await?)
}

impl App {
    /// Open duties that this person may see, the most urgent first.
    pub async fn board(&self, actor: &Actor) -> AppResult<Vec<DutyLine>> {
        self.permit_anywhere(actor, Act::ReadBoard)?;
        let own = match permission::reach(actor.role, Act::ReadBoard) {
            Reach::Everywhere => None,
            Reach::OwnDistrict | Reach::Nowhere => Some(actor.district.clone()),
        };
        let rows = self
            .db()
            .read("board", own, |reads, own| {
                Box::pin(
                    async move { Ok::<_, AppError>(duty::list_open(reads, own.as_deref()).await?) },
                )
            })
            .await?;
        let may = |row: &&DutyRow| permission::check(actor, Act::ReadBoard, answering(row)).is_ok();
        Ok(rows.iter().filter(may).map(|row| self.line(row)).collect())
    }

    /// How many open duties that this person may see are late.
    pub async fn late_duties(&self, actor: &Actor) -> AppResult<u64> {
        let late = self.board(actor).await?.iter().filter(|d| d.late).count();
        Ok(late as u64)
    }

    /// Every duty of a case with its notes, the first one first; one audit entry.
    pub async fn duties(&self, actor: &Actor, case_id: CaseId) -> AppResult<Vec<OpenedDuty>> {
        let (file, rows) = self
            .db()
            .read("duties", case_id, |reads, case_id| {
                Box::pin(async move {
                    let file = case::get(reads, *case_id).await?;
                    Ok::<_, AppError>((file, duty::list_by_case(reads, *case_id).await?))
                })
            })
            .await?;
        self.permit(actor, Act::ReadBoard, &file.district)?;
        not_erased(&file)?;
        let noted: Vec<_> = rows.iter().filter_map(|row| row.note.clone()).collect();
        let read = AuditedRead {
            actor: actor.person.to_string(),
            reason: "duties".to_owned(),
            objects: vec![ObjectId::new("case", case_id)],
        };
        let opened = self.db().open_sealed(read, noted).await?;
        let mut place = 0;
        let duties = rows.iter().map(|row| OpenedDuty {
            line: self.line(row),
            note: row.note.as_ref().map(|_| {
                place += 1;
                opened.text(place - 1).unwrap_or_default().to_owned()
            }),
        });
        Ok(duties.collect())
    }

    /// The case of a duty that this person may see.
    pub async fn duty_case(&self, actor: &Actor, id: DutyId) -> AppResult<CaseId> {
        let row = self.duty_row(id).await?;
        self.permit(actor, Act::ReadBoard, &row.district)?;
        Ok(row.case)
    }

    async fn duty_row(&self, id: DutyId) -> AppResult<DutyRow> {
        self.db()
            .read("duty", id, |reads, id| {
                Box::pin(async move { Ok::<_, AppError>(duty::get(reads, *id).await?) })
            })
            .await
    }

    /// Settles a duty by hand, with a note that says how it was done. Only kinds whose row says so.
    pub async fn settle_duty(&self, actor: &Actor, id: DutyId, note: &str) -> AppResult<()> {
        let row = self.duty_row(id).await?;
        self.permit(actor, row.kind.act(), &row.district)?;
        if row.kind.settling() != Settling::ByHand {
            return Err(AppError::conflict("settled_by_the_act"));
        }
        let note = text::required(note, NOTE)
            .map_err(|error| AppError::invalid(vec![text_problem("note", error)]))?;
        let key = self.db().keys().get(&row.case.to_string()).await?;
        let note = key.seal(&duty::note_context(id), note.as_bytes());
        let args = (actor.clone(), row.clone(), note);
        self.db()
            .write("settle_duty", args, |tx, (actor, row, note)| {
                Box::pin(async move {
                    let end = Settlement {
                        ending: DutyEnd::Done,
                        by: Some(actor.person),
                        note: Some(note.clone()),
                    };
                    if !duty::settle(tx, row.duty, &end).await? {
                        return Err(AppError::conflict("already_settled"));
                    }
                    audit(tx, actor.person, "duty.settle", row)
                })
            })
            .await?;
        self.bus().ring(Event::Board);
        self.bus().ring(Event::Case(row.case.to_string()));
        Ok(())
    }

    fn line(&self, row: &DutyRow) -> DutyLine {
        DutyLine {
            duty: row.duty,
            case: row.case,
            district: row.district.clone(),
            label: self.label_of(&row.number_district, row.case_number),
            kind: row.kind,
            subject: row.subject.clone(),
            opened_ms: row.opened_ms,
            due_ms: row.due_ms,
            late: row.settled_ms.unwrap_or(self.now_ms()) >= row.due_ms,
            paged_ms: row.paged_ms,
            settled_ms: row.settled_ms,
            settled_by: row.settled_by,
            ending: row.ending,
        }
    }

    /// Pages the room for what became late since it was last looked at. Called by the clock.
    pub(crate) async fn page_late_duties(&self) -> AppResult<()> {
        let now = self.now_ms();
        let late = self
            .db()
            .read("late_duties", now, |reads, now| {
                Box::pin(async move { Ok::<_, AppError>(duty::list_unpaged(reads, *now).await?) })
            })
            .await?;
        for row in late {
            // Whatever became of one duty, no other waits for it.
            let id = row.duty;
            if let Err(error) = self.page_late(row).await {
                tracing::error!(duty.id = %id, code = %error.code, source = ?error.source,
                    "the room could not be paged about a duty");
            }
        }
        Ok(())
    }

    async fn page_late(&self, row: DutyRow) -> AppResult<()> {
        self.db()
            .write("page_duty", row, |tx, row| {
                Box::pin(async move {
                    if !duty::mark_paged(tx, row.duty).await? || row.kind.paging() == Paging::Nobody
                    {
                        return Ok(());
                    }
                    audit(tx, "system", "duty.page_room", row)
                })
            })
            .await?;
        self.bus().ring(Event::Board);
        Ok(())
    }
}

fn audit(tx: &mut Tx, by: impl ToString, verb: &str, row: &DutyRow) -> AppResult<()> {
    let detail = Detail::none()
        .with("duty", row.duty)
        .with("kind", row.kind.as_str());
    let object = ObjectId::new("case", row.case);
    Ok(tx.audit(Entry::new(by, verb, object).with_detail(detail))?)
}

/// The district that must act: the one that is asked, for an offer; else the one that keeps the case.
fn answering(row: &DutyRow) -> &str {
    match row.kind {
        DutyKind::AnswerTransfer => &row.subject,
        _ => &row.district,
    }
}
