//! Calls that wait: the list, one call opened, and saying that somebody has seen to it.

use tifli_domain::Actor;
use tifli_domain::call::{CallKind, Spoken};
use tifli_domain::duty::DutyEnd;
use tifli_domain::id::{CallId, CaseId, PersonId, TipId};
use tifli_domain::permission::Act;
use tifli_domain::text;
use tifli_store::audit::ObjectId;
use tifli_store::call::{self, CallEnd, CallRow};
use tifli_store::{AuditedRead, Sealed, Tx};

use super::audit;
use crate::bus::Event;
use crate::report::{erased, text_problem};
use crate::{App, AppError, AppResult};

/// The most characters of a note.
const NOTE: usize = 1_000;
/// How many calls that were seen to are listed beside those that wait.
const NEWEST: i64 = 50;

/// A call in a list: nothing of what was said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallLine {
    /// Its id.
    pub call: CallId,
    /// The number people say.
    pub number: i64,
    /// What it is.
    pub kind: CallKind,
    /// The case it is about.
    pub case: Option<CaseId>,
    /// The tip it became.
    pub tip: Option<TipId>,
    /// When the caller rang.
    pub called_ms: i64,
    /// When it was kept.
    pub taken_ms: i64,
    /// Who took it.
    pub taken_by: PersonId,
    /// By when somebody must see to it; none where nothing waits.
    pub due_ms: Option<i64>,
    /// When somebody had seen to it.
    pub settled_ms: Option<i64>,
    /// Who.
    pub settled_by: Option<PersonId>,
    /// Whether it was emptied.
    pub erased: bool,
}

/// A call opened for one person. Its `Debug` shows no words.
#[derive(Clone, PartialEq, Eq)]
pub struct OpenedCall {
    /// What its list line says.
    pub line: CallLine,
    /// What was said.
    pub spoken: Spoken,
    /// How it was seen to.
    pub note: Option<String>,
    /// Whether this person may say that it was seen to.
    pub may_settle: bool,
}

impl std::fmt::Debug for OpenedCall {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "OpenedCall({:?})", self.line)
    }
}

impl CallLine {
    /// Whether somebody must still see to it.
    pub fn waits(&self) -> bool {
        self.settled_ms.is_none() && self.due_ms.is_some()
    }
}

impl App {
    /// Calls that somebody must still see to, the most urgent first, and after them the newest others.
    pub async fn list_calls(&self, actor: &Actor) -> AppResult<(Vec<CallLine>, Vec<CallLine>)> {
        self.permit_anywhere(actor, Act::SettleCall)?;
        let (open, newest) = self
            .db()
            .read("list_calls", (), |reads, ()| {
                Box::pin(async move {
                    let open = call::list_open(reads).await?;
                    Ok::<_, AppError>((open, call::list_newest(reads, NEWEST).await?))
                })
            })
            .await?;
        let open: Vec<_> = open.iter().map(line).collect();
        let newest = newest.iter().map(line).filter(|line| !line.waits());
        Ok((open, newest.collect()))
    }

    /// How many calls somebody must still see to.
    pub async fn waiting_calls(&self, actor: &Actor) -> AppResult<u64> {
        self.permit_anywhere(actor, Act::SettleCall)?;
        self.db()
            .read("waiting_calls", (), |reads, ()| {
                Box::pin(async move { Ok(call::count_open(reads).await?) })
            })
            .await
    }

    /// Opens a call; one audit entry.
    pub async fn read_call(&self, actor: &Actor, id: CallId) -> AppResult<OpenedCall> {
        self.permit_anywhere(actor, Act::SettleCall)?;
        let row = self.call_row(id).await?;
        let (spoken, note) = self.open_call(actor, &row).await?;
        let open = row.settled_ms.is_none() && row.due_ms.is_some();
        Ok(OpenedCall {
            may_settle: open && row.kind.may_settle(row.taken_by, actor.person),
            line: line(&row),
            spoken,
            note,
        })
    }

    /// The call that became this tip; `None` for one that came otherwise.
    pub async fn call_of_tip(&self, actor: &Actor, tip: TipId) -> AppResult<Option<CallId>> {
        self.permit_anywhere(actor, Act::SettleCall)?;
        self.db()
            .read("call_of_tip", tip, |reads, tip| {
                Box::pin(
                    async move { Ok(call::find_by_tip(reads, *tip).await?.map(|row| row.call)) },
                )
            })
            .await
    }

    /// Says with a note that a call was seen to. A complaint and a wrong number need another person than the one who
    /// took the call.
    pub async fn settle_call(&self, actor: &Actor, id: CallId, note: &str) -> AppResult<()> {
        self.permit_anywhere(actor, Act::SettleCall)?;
        let note = text::required(note, NOTE)
            .map_err(|error| AppError::invalid(vec![text_problem("note", error)]))?;
        let row = self.call_row(id).await?;
        let key = self.db().keys().get(&row.owner()).await?;
        let end = CallEnd {
            ending: DutyEnd::Done,
            by: actor.person,
            note: Some(key.seal(&call::note_context(id), note.as_bytes())),
        };
        self.db()
            .write("settle_call", (row, end), |tx, (row, end)| {
                Box::pin(async move {
                    let now = call::get(tx, row.call).await?;
                    if now.owner() != row.owner() {
                        return Err(AppError::conflict("already_settled"));
                    }
                    settle_in(tx, &now, end).await
                })
            })
            .await?;
        self.bus().ring(Event::Board);
        Ok(())
    }

    /// What was said in a call and how it was seen to; one audit entry.
    pub(super) async fn open_call(
        &self,
        actor: &Actor,
        row: &CallRow,
    ) -> AppResult<(Spoken, Option<String>)> {
        let mut objects = vec![ObjectId::new("call", row.call)];
        objects.extend(row.case.map(|case| ObjectId::new("case", case)));
        let read = AuditedRead {
            actor: actor.person.to_string(),
            reason: "call".to_owned(),
            objects,
        };
        let body = row.body.clone().ok_or_else(erased)?;
        let sealed: Vec<Sealed> = std::iter::once(body).chain(row.note.clone()).collect();
        let opened = self.db().open_sealed(read, sealed).await?;
        let spoken = opened.bytes(0).unwrap_or_default();
        let spoken = serde_json::from_slice(spoken).map_err(|_| AppError::internal("call_body"))?;
        let note = row.note.as_ref().and_then(|_| opened.text(1));
        Ok((spoken, note.map(str::to_owned)))
    }
}

/// Ends the clock of a call, if this person may.
pub(super) async fn settle_in(tx: &mut Tx, row: &CallRow, end: &CallEnd) -> AppResult<()> {
    if row.due_ms.is_none() {
        return Err(AppError::conflict("nothing_waits"));
    }
    if !row.kind.may_settle(row.taken_by, end.by) {
        return Err(AppError::conflict("same_person"));
    }
    if !call::settle(tx, row.call, end).await? {
        return Err(AppError::conflict("already_settled"));
    }
    audit(tx, end.by, "call.settle", row)
}

fn line(row: &CallRow) -> CallLine {
    CallLine {
        call: row.call,
        number: row.number,
        kind: row.kind,
        case: row.case,
        tip: row.tip,
        called_ms: row.called_ms,
        taken_ms: row.taken_ms,
        taken_by: row.taken_by,
        due_ms: row.due_ms,
        settled_ms: row.settled_ms,
        settled_by: row.settled_by,
        erased: row.erased_ms.is_some(),
    }
}
