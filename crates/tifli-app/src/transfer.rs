//! Handing a case to another district, and letting another district read it. One person of each
//! side signs; until then nothing moves. Clocks, number, alerts and duties go on as they are.

#[cfg(test)]
mod stories;

use std::collections::HashSet;

use tifli_domain::Actor;
use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::id::{CaseId, PersonId, TransferId};
use tifli_domain::permission::{Act, check};
use tifli_domain::text;
use tifli_domain::transfer::{NotMovable, TransferAct, TransferKind, TransferState, may_ask};
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::case::CaseRow;
use tifli_store::transfer::{self, TransferRow};
use tifli_store::{AuditedRead, Reads, Tx, case};

use crate::bus::Event;
use crate::report::{not_erased, text_problem};
use crate::{App, AppError, AppResult, duty};

/// The most characters of a reason.
const REASON: usize = 1_000;

/// What is asked of another district.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// To take over, or to read.
    pub kind: TransferKind,
    /// The other district, a slug of the pack.
    pub to_district: String,
    /// Why, in words for the other side.
    pub reason: String,
}

/// A request as both sides see it. Its `Debug` shows no reason.
#[derive(Clone, PartialEq, Eq)]
pub struct TransferView {
    /// Its id.
    pub transfer: TransferId,
    /// To take over, or to read.
    pub kind: TransferKind,
    /// Where it stands.
    pub state: TransferState,
    /// The district that asks.
    pub from_district: String,
    /// The district that is asked.
    pub to_district: String,
    /// Why.
    pub reason: String,
    /// Who asked, and when.
    pub asked: (PersonId, i64),
    /// Who answered, and when.
    pub answered: Option<(PersonId, i64)>,
    /// Who took it back or ended it, and when.
    pub ended: Option<(PersonId, i64)>,
}

/// A case and its requests, for one of both sides.
#[derive(Debug, Clone)]
pub struct Transfers {
    /// The number that people say.
    pub label: String,
    /// The district that keeps it.
    pub district: String,
    /// The newest first.
    pub requests: Vec<TransferView>,
}

impl std::fmt::Debug for TransferView {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "TransferView({} {:?})", self.transfer, self.state)
    }
}

struct Asking {
    app: App,
    actor: Actor,
    row: TransferRow,
    reason: Vec<u8>,
}

impl App {
    /// Offers a case to another district. The same offer that waits is given again.
    pub async fn ask_transfer(
        &self,
        actor: &Actor,
        case_id: CaseId,
        ask: &Ask,
    ) -> AppResult<TransferId> {
        let file = self.case_row(case_id).await?;
        self.permit(actor, Act::MoveCase, &file.district)?;
        not_erased(&file)?;
        if self.pack().district(&ask.to_district).is_none() {
            return Err(AppError::field("to_district", "not_an_answer"));
        }
        may_ask(file.state, &file.district, &ask.to_district).map_err(refused)?;
        let reason = text::required(&ask.reason, REASON)
            .map_err(|error| AppError::invalid(vec![text_problem("reason", error)]))?;
        let transfer = TransferId::new(self.now_ms(), self.entropy());
        let key = self.db().keys().get(&case_id.to_string()).await?;
        let asking = Asking {
            app: self.clone(),
            actor: actor.clone(),
            reason: key.seal(&transfer::reason_context(transfer), reason.as_bytes()),
            row: TransferRow {
                transfer,
                case: case_id,
                kind: ask.kind,
                state: TransferState::Asked,
                from_district: file.district,
                to_district: ask.to_district.clone(),
                reason: None,
                asked_by: actor.person,
                asked_ms: self.now_ms(),
                answered_by: None,
                answered_ms: None,
                ended_by: None,
                ended_ms: None,
            },
        };
        let transfer = self
            .db()
            .write("ask_transfer", asking, |tx, asking| {
                Box::pin(async move { keep(tx, asking).await })
            })
            .await?;
        self.ring_case(case_id);
        Ok(transfer)
    }

    /// The other district answers, the asking one withdraws, either ends a share.
    pub async fn move_transfer(
        &self,
        actor: &Actor,
        id: TransferId,
        act: TransferAct,
    ) -> AppResult<()> {
        let row = self.transfer_row(id).await?;
        match act {
            TransferAct::Accept | TransferAct::Decline => {
                self.permit(actor, Act::MoveCase, &row.to_district)?;
            }
            TransferAct::Withdraw => self.permit(actor, Act::MoveCase, &row.from_district)?,
            TransferAct::End if self.permit(actor, Act::MoveCase, &row.to_district).is_ok() => {}
            TransferAct::End => self.permit(actor, Act::MoveCase, &row.from_district)?,
        }
        if act == TransferAct::End && row.kind == TransferKind::Transfer {
            return Err(AppError::conflict("not_possible_now"));
        }
        self.db()
            .write("move_transfer", (actor.clone(), id, act), |tx, args| {
                Box::pin(async move { step(tx, &args.0, args.1, args.2).await })
            })
            .await?;
        self.ring_case(row.case);
        Ok(())
    }

    /// The requests of a case, for the district that keeps it and for the one that is asked; one
    /// audit entry.
    pub async fn transfers(&self, actor: &Actor, case_id: CaseId) -> AppResult<Transfers> {
        let (file, rows) = self
            .db()
            .read("transfers", case_id, |reads, case_id| {
                Box::pin(async move {
                    let file = case::get(reads, *case_id).await?;
                    Ok::<_, AppError>((file, transfer::list_by_case(reads, *case_id).await?))
                })
            })
            .await?;
        let mine = |row: &TransferRow| {
            check(actor, Act::MoveCase, &row.to_district).is_ok()
                || check(actor, Act::MoveCase, &row.from_district).is_ok()
        };
        let keeps = self.permit(actor, Act::ReadCase, &file.district);
        let rows: Vec<_> = match keeps {
            Ok(()) => rows,
            Err(refusal) => {
                let rows: Vec<_> = rows.into_iter().filter(mine).collect();
                if rows.is_empty() {
                    return Err(refusal);
                }
                rows
            }
        };
        not_erased(&file)?;
        let read = AuditedRead {
            actor: actor.person.to_string(),
            reason: "transfer".to_owned(),
            objects: vec![ObjectId::new("case", case_id)],
        };
        let sealed = rows.iter().filter_map(|row| row.reason.clone()).collect();
        let opened = self.db().open_sealed(read, sealed).await?;
        let view = |(place, row): (usize, &TransferRow)| TransferView {
            transfer: row.transfer,
            kind: row.kind,
            state: row.state,
            from_district: row.from_district.clone(),
            to_district: row.to_district.clone(),
            reason: opened.text(place).unwrap_or_default().to_owned(),
            asked: (row.asked_by, row.asked_ms),
            answered: row.answered_by.zip(row.answered_ms),
            ended: row.ended_by.zip(row.ended_ms),
        };
        Ok(Transfers {
            label: self.case_label(&file),
            requests: rows.iter().enumerate().map(view).collect(),
            district: file.district,
        })
    }

    /// The case of a request, for its two sides.
    pub async fn transfer_case(&self, id: TransferId) -> AppResult<CaseId> {
        Ok(self.transfer_row(id).await?.case)
    }

    /// The cases that this person's district reads beside the one that keeps them.
    pub(crate) async fn shared_cases(&self, actor: &Actor) -> AppResult<HashSet<CaseId>> {
        if actor.district.is_empty() {
            return Ok(HashSet::new());
        }
        let district = actor.district.clone();
        let cases = self
            .db()
            .read("shared_cases", district, |reads, district| {
                Box::pin(
                    async move { Ok::<_, AppError>(transfer::list_shared(reads, district).await?) },
                )
            })
            .await?;
        Ok(cases.into_iter().collect())
    }

    /// Refuses unless the person may read this file: by role and district, or because it is shared
    /// with their district.
    pub(crate) async fn permit_read(&self, actor: &Actor, file: &CaseRow) -> AppResult<()> {
        let Err(refusal) = self.permit(actor, Act::ReadCase, &file.district) else {
            return Ok(());
        };
        let own = self.permit(actor, Act::ReadCase, &actor.district).is_ok();
        if own && self.shared_cases(actor).await?.contains(&file.case) {
            return Ok(());
        }
        Err(refusal)
    }

    async fn transfer_row(&self, id: TransferId) -> AppResult<TransferRow> {
        self.db()
            .read("transfer", id, |reads, id| {
                Box::pin(async move { Ok::<_, AppError>(transfer::get(reads, *id).await?) })
            })
            .await
    }

    fn ring_case(&self, case: CaseId) {
        self.bus().ring(Event::Case(case.to_string()));
        self.bus().ring(Event::Board);
    }
}

async fn keep(tx: &mut Tx, asking: &Asking) -> AppResult<TransferId> {
    let row = &asking.row;
    let file = case::get(tx, row.case).await?;
    may_ask(file.state, &file.district, &row.to_district).map_err(refused)?;
    if file.district != row.from_district {
        return Err(AppError::conflict("case_moved"));
    }
    let waiting = transfer::find_asked(tx, row.case, row.kind, &row.to_district).await?;
    if let Some(waiting) = waiting {
        return Ok(waiting.transfer);
    }
    transfer::insert(tx, row, &asking.reason).await?;
    let answer = (row.case, DutyKind::AnswerTransfer, row.to_district.as_str());
    duty::open(tx, &asking.app, answer).await?;
    audit(tx, asking.actor.person, "case.ask_transfer", row)?;
    Ok(row.transfer)
}

async fn step(tx: &mut Tx, actor: &Actor, id: TransferId, act: TransferAct) -> AppResult<()> {
    let mut row = transfer::get(tx, id).await?;
    row.state = row.state.after(act)?;
    let now = tx.now_ms();
    let ending = match act {
        TransferAct::Accept | TransferAct::Decline => {
            if row.asked_by == actor.person {
                return Err(refused(NotMovable::SamePerson));
            }
            (row.answered_by, row.answered_ms) = (Some(actor.person), Some(now));
            Some(DutyEnd::Done)
        }
        TransferAct::Withdraw | TransferAct::End => {
            (row.ended_by, row.ended_ms) = (Some(actor.person), Some(now));
            (act == TransferAct::Withdraw).then_some(DutyEnd::Needless)
        }
    };
    if act == TransferAct::Accept {
        accept(tx, &row).await?;
    }
    transfer::update(tx, &row).await?;
    if let Some(ending) = ending {
        let answer = (row.case, DutyKind::AnswerTransfer, row.to_district.as_str());
        duty::settle(tx, answer, (ending, Some(actor.person))).await?;
    }
    audit(tx, actor.person, verb(act), &row)
}

/// The other district signs: the case is theirs from this commit on, with everything that runs.
async fn accept(tx: &mut Tx, row: &TransferRow) -> AppResult<()> {
    let file = case::get(tx, row.case).await?;
    may_ask(file.state, &file.district, &row.to_district).map_err(refused)?;
    if file.district != row.from_district {
        return Err(AppError::conflict("case_moved"));
    }
    if row.kind == TransferKind::Transfer {
        transfer::move_case(tx, row.case, &row.to_district).await?;
    }
    Ok(())
}

fn verb(act: TransferAct) -> &'static str {
    match act {
        TransferAct::Accept => "case.accept_transfer",
        TransferAct::Decline => "case.decline_transfer",
        TransferAct::Withdraw => "case.withdraw_transfer",
        TransferAct::End => "case.end_share",
    }
}

fn audit(tx: &mut Tx, by: PersonId, verb: &str, row: &TransferRow) -> AppResult<()> {
    let detail = Detail::none()
        .with("transfer", row.transfer)
        .with("kind", row.kind.as_str())
        .with("from", &row.from_district)
        .with("to", &row.to_district);
    let object = ObjectId::new("case", row.case);
    Ok(tx.audit(Entry::new(by, verb, object).with_detail(detail))?)
}

fn refused(why: NotMovable) -> AppError {
    match why {
        NotMovable::SameDistrict => AppError::field("to_district", "same_district"),
        NotMovable::Over => AppError::conflict("case_over"),
        NotMovable::SamePerson => AppError::conflict("same_person"),
    }
}
