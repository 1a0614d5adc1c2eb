//! The way to have a decision reviewed that nothing goes out: anybody of the house asks for the
//! guardian, another approver or the prosecutor decides.

use tifli_domain::Actor;
use tifli_domain::duty::DutyKind;
use tifli_domain::id::CaseId;
use tifli_domain::permission::Act;
use tifli_domain::qualify::Rung;
use tifli_store::publication::Kind;

use super::rung::Qualifying;
use super::words::{self, Words};
use super::write::trail;
use crate::{App, AppError, AppResult, duty};

impl App {
    /// Asks for a decision that nothing goes out to be reviewed by another person.
    pub async fn ask_review(&self, actor: &Actor, case_id: CaseId, reason: &str) -> AppResult<()> {
        self.may(actor, Act::Qualify, case_id).await?;
        let words = Words::note(words::needed("reason", reason)?);
        let what = (Kind::ReviewAsked, "asked");
        let writing = self.writing(actor, case_id, what, &words).await?;
        self.write_entry(writing, |tx, writing| {
            Box::pin(async move {
                let case = writing.entry.case;
                duty::open(tx, &writing.app, (case, DutyKind::ReviewRefusal, "")).await?;
                trail(tx, writing, "case.ask_review", case)
            })
        })
        .await
    }

    /// Decides the rung on review: never the person whose decision it was.
    pub async fn review(
        &self,
        actor: &Actor,
        case_id: CaseId,
        (rung, reason): (Rung, &str),
    ) -> AppResult<Rung> {
        self.may(actor, Act::ReviewRefusal, case_id).await?;
        let known = self.known(actor, case_id).await?;
        let decided = known.entries.iter().rev().find(|(entry, _)| {
            matches!(entry.kind, Kind::Decided | Kind::Reviewed | Kind::Proposed)
        });
        let (entry, _) = decided.ok_or_else(|| AppError::conflict("nothing_to_review"))?;
        if entry.by == actor.person {
            return Err(AppError::conflict("own_decision"));
        }
        let said = Qualifying {
            rung: Some(rung),
            reason: words::needed("reason", reason)?,
            ..Qualifying::default()
        };
        self.choose(actor, case_id, Kind::Reviewed, &said).await
    }
}
