//! The family's follow-up page: a number of sixteen digits opens where the case stands, who the
//! officer is, what was published, the word agreed against extortion, and a way to write.
//!
//! Never the place of a sighting, never another person's words. While the reporter gate is closed
//! it says only that the report is registered. What a family asks opens a decision of the house and
//! changes nothing by itself.

#[cfg(test)]
mod stories;
mod write;

use std::sync::Arc;

use tifli_domain::Actor;
use tifli_domain::alert::AlertState;
use tifli_domain::family::{CODE_WORD, FamilyNoteKind, FamilyProgress, Openness, progress};
use tifli_domain::id::{CaseId, PersonId, ReceiptCode};
use tifli_domain::message::Message;
use tifli_domain::permission::Act;
use tifli_domain::text;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::case::CaseRow;
use tifli_store::family::{self, AccessRow, NewAccess, NoteRow};
use tifli_store::{AuditedRead, Tx, alert, case, message, people};

use crate::bus::Event;
use crate::codes::keyed_hash;
use crate::report::{not_erased, text_problem};
use crate::{App, AppError, AppResult, Kind, guess};

/// The number of a family's page, to be shown once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyPin {
    /// Sixteen digits.
    pub pin: ReceiptCode,
}

/// Who speaks with the family.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyOfficer {
    /// What they are called.
    pub name: String,
    /// Their unit.
    pub unit: String,
    /// Their district, as the pack's slug.
    pub district: String,
}

/// What a family's number opens. Its `Debug` shows no word.
#[derive(Clone)]
pub struct FamilyPage {
    /// Where the case stands, in one of a few words.
    pub progress: FamilyProgress,
    /// Who speaks with the family.
    pub officer: FamilyOfficer,
    /// What the public sees now.
    pub published: Option<Arc<Message>>,
    /// The word agreed with the family; `None` while the gate is closed.
    pub code_word: Option<String>,
    /// When the report was received.
    pub received_ms: Option<i64>,
    /// How many things the family wrote.
    pub notes: usize,
    /// When the family asked that publication stop, if it did.
    pub withdrawal_ms: Option<i64>,
}

/// A note of the family, as the house reads it. Its `Debug` shows no word.
#[derive(Clone, PartialEq, Eq)]
pub struct FamilyNote {
    /// What sort.
    pub kind: FamilyNoteKind,
    /// When.
    pub at_ms: i64,
    /// What.
    pub words: String,
    /// When somebody marked it as read.
    pub read_ms: Option<i64>,
    /// Who.
    pub read_by: Option<PersonId>,
}

/// The follow-up of one case, as the house reads it.
#[derive(Debug, Clone)]
pub struct FamilyFile {
    /// When the number that is valid now was issued, and by whom.
    pub issued: Option<(i64, PersonId)>,
    /// What the family wrote, the newest first.
    pub notes: Vec<FamilyNote>,
    /// Whether the page says nothing of the case now.
    pub silent: bool,
}

/// What a number leads to, still sealed.
struct Entered {
    access: AccessRow,
    file: CaseRow,
    notes: Vec<NoteRow>,
}

impl std::fmt::Debug for FamilyPage {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "FamilyPage({:?})", self.progress)
    }
}

impl std::fmt::Debug for FamilyNote {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "FamilyNote({:?} at {})", self.kind, self.at_ms)
    }
}

impl App {
    /// Opens a follow-up page for the family of a case, with the word agreed with them. The number
    /// is shown this once; an earlier one is worth nothing from now on. Refused while the reporter
    /// gate is closed.
    pub async fn issue_family_pin(
        &self,
        actor: &Actor,
        case_id: CaseId,
        code_word: &str,
    ) -> AppResult<FamilyPin> {
        let file = self.case_row(case_id).await?;
        self.permit(actor, Act::TakeReport, &file.district)?;
        not_erased(&file)?;
        let word = text::without_markup(code_word, CODE_WORD)
            .and_then(|word| text::required(&word, CODE_WORD))
            .map_err(|error| AppError::invalid(vec![text_problem("code_word", error)]))?;
        if self.guardian_silent(case_id).await? {
            return Err(AppError::conflict("guardian_silent"));
        }
        let pin = ReceiptCode::new(self.entropy());
        let key = self.db().keys().get(&case_id.to_string()).await?;
        let hash = self.pin_hash(pin.digits());
        let args = (actor.person, case_id, key, (hash, word));
        self.db()
            .write("issue_family_pin", args, |tx, (by, case, key, what)| {
                Box::pin(async move {
                    let seq = family::next_access(tx, *case).await?;
                    let context = family::code_word_context(*case, seq);
                    let new = NewAccess {
                        case: *case,
                        seq,
                        pin_hash: what.0,
                        code_word: key.seal(&context, what.1.as_bytes()),
                        issued_by: *by,
                    };
                    family::issue(tx, &new).await?;
                    audit(tx, by, "family.issue", *case)
                })
            })
            .await?;
        Ok(FamilyPin { pin })
    }

    /// What the family wrote, and whether its page is open; one audit entry.
    pub async fn family_file(&self, actor: &Actor, case_id: CaseId) -> AppResult<FamilyFile> {
        let (file, access, rows) = self
            .db()
            .read("family_file", case_id, |reads, case_id| {
                Box::pin(async move {
                    let file = case::get(reads, *case_id).await?;
                    let access = family::find_access(reads, *case_id).await?;
                    let notes = family::list_notes(reads, *case_id).await?;
                    Ok::<_, AppError>((file, access, notes))
                })
            })
            .await?;
        self.permit(actor, Act::ReadCase, &file.district)?;
        not_erased(&file)?;
        let read = reading(&actor.person.to_string(), case_id);
        let sealed = rows.iter().map(|row| row.body.clone()).collect();
        let opened = self.db().open_sealed(read, sealed).await?;
        let notes = rows.iter().enumerate().map(|(place, row)| FamilyNote {
            kind: row.kind,
            at_ms: row.at_ms,
            words: opened.text(place).unwrap_or_default().to_owned(),
            read_ms: row.read_ms,
            read_by: row.read_by,
        });
        Ok(FamilyFile {
            issued: access.map(|access| (access.issued_ms, access.issued_by)),
            notes: notes.collect(),
            silent: self.guardian_silent(case_id).await?,
        })
    }

    /// What a typed number opens. `network_hash` is the keyed hash of where it comes from;
    /// [`Kind::TooMany`] after [`guess::GUESSES`] wrong ones within an hour.
    pub async fn family_page(&self, typed: &str, network_hash: [u8; 32]) -> AppResult<FamilyPage> {
        let entered = self.enter_family(typed, network_hash).await?;
        let case_id = entered.file.case;
        let openness = match self.guardian_silent(case_id).await? {
            true => Openness::Silent,
            false => Openness::Open,
        };
        let progress = progress(entered.file.state, openness);
        let withdrawal = entered
            .notes
            .iter()
            .find(|note| note.kind == FamilyNoteKind::Withdrawal);
        let mut page = FamilyPage {
            progress,
            officer: self.family_officer(&entered).await?,
            published: None,
            code_word: None,
            received_ms: entered.file.received_ms,
            notes: entered.notes.len(),
            withdrawal_ms: withdrawal.map(|note| note.at_ms),
        };
        if openness == Openness::Silent {
            return Ok(page);
        }
        let sealed = vec![entered.access.code_word.clone()];
        let opened = self
            .db()
            .open_sealed(reading("family", case_id), sealed)
            .await?;
        page.code_word = opened.text(0).map(str::to_owned);
        if progress == FamilyProgress::AlertOut {
            page.published = self.published_of(case_id).await?;
        }
        Ok(page)
    }

    async fn family_officer(&self, entered: &Entered) -> AppResult<FamilyOfficer> {
        let person = entered.access.issued_by;
        let row = self
            .db()
            .read("family_officer", person, |reads, person| {
                Box::pin(async move { Ok::<_, AppError>(people::get(reads, *person).await?) })
            })
            .await?;
        Ok(FamilyOfficer {
            name: row.display_name,
            unit: row.unit,
            district: entered.file.district.clone(),
        })
    }

    /// The newest message of the case's live alert.
    async fn published_of(&self, case_id: CaseId) -> AppResult<Option<Arc<Message>>> {
        let last = self
            .db()
            .read("published_of", case_id, |reads, case_id| {
                Box::pin(async move {
                    let alerts = alert::list_by_case(reads, *case_id).await?;
                    let live = alerts.iter().find(|row| row.state == AlertState::Live);
                    match live {
                        None => Ok::<_, AppError>(None),
                        Some(row) => Ok(message::list_by_alert(reads, row.alert).await?.pop()),
                    }
                })
            })
            .await?;
        match last {
            None => Ok(None),
            Some(row) => Ok(Some(self.open_message(&row).await?)),
        }
    }

    /// The case behind a typed number; wrong ones are counted and stand in the audit chain.
    async fn enter_family(&self, typed: &str, network: [u8; 32]) -> AppResult<Entered> {
        let digits =
            ReceiptCode::typed(typed).map_or_else(|_| String::new(), |pin| pin.digits().to_owned());
        let args = (self.pin_hash(&digits), network);
        let found = self
            .db()
            .write("enter_family", args, |tx, (hash, network)| {
                Box::pin(async move { look(tx, hash, network).await })
            })
            .await?;
        found.ok_or_else(|| AppError::new(Kind::NotFound, "receipt_unknown"))
    }

    fn pin_hash(&self, digits: &str) -> [u8; 32] {
        keyed_hash(self.pepper(), "family-pin", digits)
    }
}

async fn look(tx: &mut Tx, hash: &[u8; 32], network: &[u8; 32]) -> AppResult<Option<Entered>> {
    guess::admit(tx, network).await?;
    let access = family::find_by_pin(tx, hash).await?;
    guess::count(tx, network, access.as_ref()).await?;
    let Some(access) = access else {
        let object = ObjectId::new("family", "unknown");
        tx.audit(Entry::new("public", "family.refuse", object))?;
        return Ok(None);
    };
    audit(tx, "family", "family.enter", access.case)?;
    let file = case::get(tx, access.case).await?;
    let notes = family::list_notes(tx, access.case).await?;
    Ok(Some(Entered {
        access,
        file,
        notes,
    }))
}

fn reading(actor: &str, case: CaseId) -> AuditedRead {
    AuditedRead {
        actor: actor.to_owned(),
        reason: "family".to_owned(),
        objects: vec![ObjectId::new("case", case)],
    }
}

fn audit(tx: &mut Tx, by: impl ToString, verb: &str, case: CaseId) -> AppResult<()> {
    let object = ObjectId::new("case", case);
    Ok(tx.audit(Entry::new(by, verb, object).with_detail(Detail::none()))?)
}

/// Rings for the case and the board.
fn ring(app: &App, case: CaseId) {
    app.bus().ring(Event::Case(case.to_string()));
    app.bus().ring(Event::Board);
}
