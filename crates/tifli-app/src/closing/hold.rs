//! Legal holds and open proceedings: while one stands, nobody erases the case; who placed it cannot
//! lift it.

use tifli_domain::Actor;
use tifli_domain::id::{CaseId, HoldId, PersonId};
use tifli_domain::permission::Act;
use tifli_domain::retention::{HoldKind, NotLifted, holds, may_lift};
use tifli_domain::text;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::closing::{self, HoldRow, NewHold};
use tifli_store::{AuditedRead, Reads, Sealed, Tx};

use super::NOTE_LIMIT;
use crate::bus::Event;
use crate::report::{not_erased, text_problem};
use crate::{App, AppError, AppResult};

/// A hold as it is asked for. Its `Debug` shows no words.
#[derive(Clone, PartialEq, Eq)]
pub struct HoldForm {
    /// Which kind.
    pub kind: HoldKind,
    /// On what basis: the article, the number of the proceedings.
    pub basis: String,
    /// Until when; `None` until it is lifted.
    pub until_ms: Option<i64>,
}

impl std::fmt::Debug for HoldForm {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "HoldForm({})", self.kind.as_str())
    }
}

/// A hold with its basis.
#[derive(Clone, PartialEq, Eq)]
pub struct HoldView {
    /// Its id.
    pub hold: HoldId,
    /// Which kind.
    pub kind: HoldKind,
    /// Who placed it.
    pub by: PersonId,
    /// When.
    pub at_ms: i64,
    /// Until when; `None` until it is lifted.
    pub until_ms: Option<i64>,
    /// On what basis.
    pub basis: String,
    /// Who lifted it, and when.
    pub lifted: Option<(PersonId, i64)>,
    /// Whether it holds now.
    pub holds: bool,
    /// Whether the person who looks may lift it.
    pub liftable: bool,
}

impl std::fmt::Debug for HoldView {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "HoldView({})", self.hold)
    }
}

impl App {
    /// Holds back the erasure of a case.
    pub async fn place_hold(
        &self,
        actor: &Actor,
        case: CaseId,
        form: HoldForm,
    ) -> AppResult<HoldId> {
        let row = self.case_row(case).await?;
        self.permit(actor, Act::HoldErasure, &row.district)?;
        not_erased(&row)?;
        let basis = text::required(&form.basis, NOTE_LIMIT)
            .map_err(|error| AppError::invalid(vec![text_problem("basis", error)]))?;
        if form.until_ms.is_some_and(|until| until <= self.now_ms()) {
            return Err(AppError::field("until", "in_the_past"));
        }
        let hold = HoldId::new(self.now_ms(), self.entropy());
        let key = self.case_key(case).await?;
        let new = NewHold {
            hold,
            case,
            kind: form.kind,
            by: actor.person,
            until_ms: form.until_ms,
            basis: key.seal(&closing::basis_context(hold), basis.as_bytes()),
        };
        self.db()
            .write("place_hold", new, |tx, new| {
                Box::pin(async move {
                    not_erased(&tifli_store::case::get(tx, new.case).await?)?;
                    closing::insert_hold(tx, new).await?;
                    audit(tx, new.by, "case.hold", (new.case, new.hold, new.kind))
                })
            })
            .await?;
        self.bus().ring(Event::Case(case.to_string()));
        Ok(hold)
    }

    /// Lifts what another person placed, with a reason.
    pub async fn lift_hold(&self, actor: &Actor, hold: HoldId, reason: &str) -> AppResult<()> {
        let row = self.hold_row(hold).await?;
        let file = self.case_row(row.case).await?;
        self.permit(actor, Act::HoldErasure, &file.district)?;
        not_erased(&file)?;
        let reason = text::required(reason, NOTE_LIMIT)
            .map_err(|error| AppError::invalid(vec![text_problem("reason", error)]))?;
        let key = self.case_key(row.case).await?;
        let reason = key.seal(&closing::lift_context(hold), reason.as_bytes());
        let args = (actor.person, hold, reason);
        self.db()
            .write("lift_hold", args, |tx, (by, hold, reason)| {
                Box::pin(async move {
                    let row = closing::get_hold(tx, *hold).await?;
                    may_lift(row.placed_by, *by, row.lifted_ms).map_err(refused)?;
                    closing::lift_hold(tx, *hold, *by, reason).await?;
                    audit(tx, *by, "case.lift_hold", (row.case, *hold, row.kind))
                })
            })
            .await?;
        self.bus().ring(Event::Case(row.case.to_string()));
        Ok(())
    }

    /// The case a hold speaks of, for its form.
    pub async fn hold_case(&self, actor: &Actor, hold: HoldId) -> AppResult<CaseId> {
        let row = self.hold_row(hold).await?;
        let file = self.case_row(row.case).await?;
        self.permit(actor, Act::HoldErasure, &file.district)?;
        Ok(row.case)
    }

    /// The holds of a case with their basis, the oldest first: one audited read if there are any.
    pub(super) async fn hold_views(
        &self,
        actor: &Actor,
        case: CaseId,
        rows: Vec<HoldRow>,
    ) -> AppResult<Vec<HoldView>> {
        let sealed: Vec<Sealed> = rows.iter().filter_map(|row| row.basis.clone()).collect();
        if sealed.is_empty() {
            return Ok(Vec::new());
        }
        let read = AuditedRead {
            actor: actor.person.to_string(),
            reason: "hold".to_owned(),
            objects: vec![ObjectId::new("case", case)],
        };
        let opened = self.db().open_sealed(read, sealed).await?;
        let now = self.now_ms();
        let view = |(place, row): (usize, HoldRow)| HoldView {
            hold: row.hold,
            kind: row.kind,
            by: row.placed_by,
            at_ms: row.placed_ms,
            until_ms: row.until_ms,
            basis: opened.text(place).unwrap_or_default().to_owned(),
            lifted: row.lifted_by.zip(row.lifted_ms),
            holds: holds(row.until_ms, row.lifted_ms, now),
            liftable: may_lift(row.placed_by, actor.person, row.lifted_ms).is_ok(),
        };
        Ok(rows.into_iter().enumerate().map(view).collect())
    }

    async fn hold_row(&self, hold: HoldId) -> AppResult<HoldRow> {
        self.db()
            .read("hold_row", hold, |reads, hold| {
                Box::pin(async move { Ok(closing::get_hold(reads, *hold).await?) })
            })
            .await
    }
}

/// What holds a case back now, if anything does.
pub(crate) async fn holding(reads: &mut impl Reads, case: CaseId) -> AppResult<Option<HoldKind>> {
    let now = reads.now_ms();
    let rows = closing::list_holds(reads, case).await?;
    let standing = rows
        .iter()
        .filter(|row| holds(row.until_ms, row.lifted_ms, now));
    Ok(standing.map(|row| row.kind).min())
}

fn audit(
    tx: &mut Tx,
    by: PersonId,
    verb: &str,
    (case, hold, kind): (CaseId, HoldId, HoldKind),
) -> AppResult<()> {
    let detail = Detail::none()
        .with("hold", hold)
        .with("kind", kind.as_str());
    let object = ObjectId::new("case", case);
    Ok(tx.audit(Entry::new(by, verb, object).with_detail(detail))?)
}

fn refused(why: NotLifted) -> AppError {
    match why {
        NotLifted::SamePerson => AppError::conflict("same_person"),
        NotLifted::Lifted => AppError::conflict("hold_lifted"),
    }
}
