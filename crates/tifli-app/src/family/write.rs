//! What a family sends: a memory, or the wish that publication stop. Each opens a duty of the house.

use tifli_domain::Actor;
use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::family::{FAMILY_WORDS, FamilyNoteKind};
use tifli_domain::id::CaseId;
use tifli_domain::permission::Act;
use tifli_domain::text;
use tifli_store::{DataKey, Tx, family};

use super::{audit, ring};
use crate::report::{not_erased, text_problem};
use crate::{App, AppError, AppResult, duty};

/// A note on its way.
struct Sending {
    app: App,
    case: CaseId,
    key: DataKey,
    kind: FamilyNoteKind,
    words: String,
}

impl App {
    /// Keeps what a family wrote, sealed, and opens the duty to read or to decide. The same words
    /// sent again are another note: nothing a family says is dropped.
    pub async fn family_writes(
        &self,
        typed: &str,
        network_hash: [u8; 32],
        (kind, words): (FamilyNoteKind, &str),
    ) -> AppResult<()> {
        let words = text::without_markup(words, FAMILY_WORDS)
            .and_then(|words| text::required(&words, FAMILY_WORDS))
            .map_err(|error| AppError::invalid(vec![text_problem("words", error)]))?;
        let entered = self.enter_family(typed, network_hash).await?;
        let case = entered.file.case;
        let sending = Sending {
            app: self.clone(),
            case,
            key: self.db().keys().get(&case.to_string()).await?,
            kind,
            words,
        };
        self.db()
            .write("family_writes", sending, |tx, sending| {
                Box::pin(async move { keep(tx, sending).await })
            })
            .await?;
        ring(self, case);
        Ok(())
    }

    /// Somebody of the house has read everything the family wrote.
    pub async fn mark_family_read(&self, actor: &Actor, case_id: CaseId) -> AppResult<()> {
        let file = self.case_row(case_id).await?;
        self.permit(actor, Act::TakeReport, &file.district)?;
        not_erased(&file)?;
        let args = (actor.person, case_id);
        self.db()
            .write("mark_family_read", args, |tx, (by, case)| {
                Box::pin(async move {
                    if family::mark_read(tx, *case, *by).await? == 0 {
                        return Ok(());
                    }
                    let read = (*case, DutyKind::ReadMemory, "");
                    duty::settle(tx, read, (DutyEnd::Done, Some(*by))).await?;
                    audit(tx, by, "family.read_notes", *case)
                })
            })
            .await?;
        ring(self, case_id);
        Ok(())
    }
}

async fn keep(tx: &mut Tx, sending: &Sending) -> AppResult<()> {
    let case = sending.case;
    let seq = family::next_note(tx, case).await?;
    let context = family::note_context(case, seq);
    let body = sending.key.seal(&context, sending.words.as_bytes());
    family::insert_note(tx, (case, seq), sending.kind, &body).await?;
    let (duty_kind, verb) = match sending.kind {
        FamilyNoteKind::Memory => (DutyKind::ReadMemory, "family.remember"),
        FamilyNoteKind::Withdrawal => (DutyKind::DecideWithdrawal, "family.ask_withdrawal"),
    };
    duty::open(tx, &sending.app, (case, duty_kind, "")).await?;
    audit(tx, "family", verb, case)
}
