//! Coming back with a receipt: two words of progress and the house's questions, nothing else.
//!
//! A wrong receipt and a right one cost the same: one write that counts, one write into the audit
//! chain. After ten wrong ones within an hour a network waits, whatever it types.

use tifli_domain::id::TipId;
use tifli_domain::text;
use tifli_domain::tip::{TipState, WORDS_LIMIT};
use tifli_store::audit::{Entry, ObjectId};
use tifli_store::call;
use tifli_store::tip::{self, NoteRow, Side, TipRow};
use tifli_store::{AuditedRead, DataKey, Reads, Sealed, Tx};

use super::{audit, receipt};
use crate::bus::Event;
use crate::report::text_problem;
use crate::{App, AppError, AppResult, Kind, guess};

/// All a teller learns of what became of the tip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// It arrived.
    Received,
    /// Somebody looked at it. Never what they made of it.
    LookedAt,
}

/// One line of a dialogue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Who wrote it.
    pub side: Side,
    /// When.
    pub at_ms: i64,
    /// What.
    pub words: String,
}

/// What a receipt opens. The tip's own words stay closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TipDialogue {
    /// Two possible words.
    pub progress: Progress,
    /// Oldest first.
    pub lines: Vec<Line>,
    /// Whether a question waits for an answer.
    pub may_answer: bool,
}

/// What a receipt belongs to.
enum Entered {
    /// A tip with its dialogue, still sealed.
    Tip(Box<TipRow>, Vec<NoteRow>),
    /// A call that became no tip; whether somebody has seen to it.
    Call(Progress),
}

/// An answer on its way.
struct Answer {
    tip: TipRow,
    key: DataKey,
    words: String,
}

impl App {
    /// Opens the dialogue under a receipt as it was typed. `network_hash` is the keyed hash of
    /// where it comes from; [`Kind::TooMany`] after [`guess::GUESSES`] wrong ones within an hour.
    pub async fn come_back(&self, typed: &str, network_hash: [u8; 32]) -> AppResult<TipDialogue> {
        let (row, notes) = match self.enter(typed, network_hash).await? {
            Entered::Tip(row, notes) => (row, notes),
            Entered::Call(progress) => return Ok(of_call(progress)),
        };
        let read = AuditedRead {
            actor: "public".into(),
            reason: "receipt".into(),
            objects: vec![
                ObjectId::new("tip", row.tip),
                ObjectId::new("case", row.case),
            ],
        };
        let sealed: Vec<Sealed> = notes.iter().map(|note| note.body.clone()).collect();
        let opened = self.db().open_sealed(read, sealed).await?;
        let lines = notes.iter().enumerate().map(|(place, note)| Line {
            side: note.side,
            at_ms: note.at_ms,
            words: opened.text(place).unwrap_or_default().to_owned(),
        });
        Ok(TipDialogue {
            progress: progress(&row),
            lines: lines.collect(),
            may_answer: row.last_side == Some(Side::House),
        })
    }

    /// Answers the last question of the house. Wrong receipts count as in [`App::come_back`].
    pub async fn answer_question(
        &self,
        typed: &str,
        network_hash: [u8; 32],
        words: &str,
    ) -> AppResult<()> {
        let words = text::without_markup(words, WORDS_LIMIT)
            .and_then(|words| text::required(&words, WORDS_LIMIT))
            .map_err(|error| AppError::invalid(vec![text_problem("answer", error)]))?;
        let Entered::Tip(tip, _) = self.enter(typed, network_hash).await? else {
            return Err(AppError::conflict("no_question"));
        };
        let tip = *tip;
        let key = self.db().keys().get(&tip.case.to_string()).await?;
        let id = tip.tip;
        self.db()
            .write(
                "answer_question",
                Answer { tip, key, words },
                |tx, answer| Box::pin(async move { keep_answer(tx, answer).await }),
            )
            .await?;
        self.bus().ring(Event::Tip(id.to_string()));
        Ok(())
    }

    /// What a typed receipt belongs to.
    async fn enter(&self, typed: &str, network_hash: [u8; 32]) -> AppResult<Entered> {
        let sought = receipt::sought(self.pepper(), typed);
        let found = self
            .db()
            .write(
                "enter_receipt",
                (sought, network_hash),
                |tx, (sought, network)| Box::pin(async move { look(tx, sought, network).await }),
            )
            .await?;
        let Some(found) = found else {
            let entry = Entry::new(
                "public",
                "receipt.refuse",
                ObjectId::new("receipt", "unknown"),
            );
            self.db()
                .write("refuse_receipt", entry, |tx, entry| {
                    Box::pin(async move { Ok::<_, AppError>(tx.audit(entry.clone())?) })
                })
                .await?;
            return Err(AppError::new(Kind::NotFound, "receipt_unknown"));
        };
        Ok(found)
    }
}

/// Counts before it looks, in one transaction, so that guesses sent at once do not slip through.
async fn look(tx: &mut Tx, sought: &[u8; 32], network: &[u8; 32]) -> AppResult<Option<Entered>> {
    guess::admit(tx, network).await?;
    let row = tip::find_by_receipt(tx, sought).await?;
    let call = call::find_by_receipt(tx, sought).await?;
    let found = row.is_some() || call.is_some();
    guess::count(tx, network, found.then_some(&())).await?;
    match (row, call) {
        (Some(row), _) => {
            let notes = tip::list_notes(tx, row.tip, row.case).await?;
            Ok(Some(Entered::Tip(Box::new(row), notes)))
        }
        (None, call) => Ok(call.map(|call| {
            Entered::Call(match call.settled_ms {
                Some(_) => Progress::LookedAt,
                None => Progress::Received,
            })
        })),
    }
}

/// A call that became no tip has no dialogue: only whether somebody has seen to it.
fn of_call(progress: Progress) -> TipDialogue {
    TipDialogue {
        progress,
        lines: Vec::new(),
        may_answer: false,
    }
}

async fn keep_answer(tx: &mut Tx, answer: &Answer) -> AppResult<()> {
    let row = tip::get(tx, answer.tip.tip).await?;
    if row.last_side != Some(Side::House) {
        return Err(AppError::conflict("no_question"));
    }
    let note = sealed_note(tx, &row, &answer.key, (Side::Public, &answer.words)).await?;
    tip::insert_note(tx, &note).await?;
    Ok(audit(tx, "public", "tip.answer", row.tip, row.case)?)
}

/// The next line of a tip's dialogue, sealed for its place.
pub(super) async fn sealed_note(
    reads: &mut impl Reads,
    row: &TipRow,
    key: &DataKey,
    (side, words): (Side, &str),
) -> AppResult<NoteRow> {
    let tip: TipId = row.tip;
    let seq = tip::next_note(reads, tip).await?;
    let context = tip::note_context(tip, seq);
    let sealed = key.seal(&context, words.as_bytes());
    let body = Sealed::new(&row.case.to_string(), &context, sealed);
    Ok(NoteRow {
        tip,
        seq,
        side,
        body,
        by: None,
        at_ms: reads.now_ms(),
    })
}

fn progress(row: &TipRow) -> Progress {
    if row.state == TipState::Received && row.last_side.is_none() {
        Progress::Received
    } else {
        Progress::LookedAt
    }
}
