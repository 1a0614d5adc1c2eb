//! What a person sees of a case's way to the public: the gate, the prosecutor, the rung, what
//! stands in the way, and everything that was written down.

use tifli_domain::Actor;
use tifli_domain::gate::{Gate, Heard, Question};
use tifli_domain::id::{CaseId, PersonId};
use tifli_domain::permission::{Act, check};
use tifli_domain::publication::{Blocker, blockers};
use tifli_domain::qualify::{Facts, Qualification, Rung};
use tifli_store::publication::{Entry, Kind};

use super::words::Words;
use crate::{App, AppResult};

/// One thing that was written down, opened. Its `Debug` shows no word.
#[derive(Clone, PartialEq, Eq)]
pub struct EntryView {
    /// Its number within the case.
    pub seq: i64,
    /// What it is.
    pub kind: Kind,
    /// The ruling, the rung, the way, what was cleared.
    pub code: String,
    /// The reason or note.
    pub note: String,
    /// Who was informed.
    pub who: String,
    /// What was instructed.
    pub instruction: String,
    /// The rung by the table when a rung was chosen.
    pub by_table: String,
    /// Who wrote it.
    pub by: PersonId,
    /// When.
    pub at_ms: i64,
    /// When it happened, if told.
    pub happened_ms: Option<i64>,
    /// When it ceased to hold.
    pub ended_ms: Option<i64>,
    /// By whom.
    pub ended_by: Option<PersonId>,
}

/// Everything that bears on whether a case may be public.
#[derive(Debug, Clone)]
pub struct QualificationView {
    /// The case.
    pub case: CaseId,
    /// Its district.
    pub district: String,
    /// Where the gate stands.
    pub gate: Gate,
    /// What was heard to each question; only for who rules on it.
    pub heard: Option<Vec<(Question, Heard)>>,
    /// What the table read.
    pub facts: Facts,
    /// What the table says.
    pub qualification: Qualification,
    /// The rung that was decided, or proposed while nobody decided.
    pub chosen: Option<Rung>,
    /// The rung that holds.
    pub rung: Rung,
    /// What stands in the way of any publication.
    pub blockers: Vec<Blocker>,
    /// What was written, the newest first.
    pub entries: Vec<EntryView>,
}

impl std::fmt::Debug for EntryView {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "EntryView({} {})", self.kind.as_str(), self.code)
    }
}

impl QualificationView {
    /// Entries of a kind, the newest first.
    pub fn of(&self, kind: Kind) -> impl Iterator<Item = &EntryView> {
        self.entries.iter().filter(move |entry| entry.kind == kind)
    }
}

impl App {
    /// Opens everything that bears on whether a case may be public; audited.
    pub async fn qualification(
        &self,
        actor: &Actor,
        case_id: CaseId,
    ) -> AppResult<QualificationView> {
        let row = self.case_row(case_id).await?;
        let known = self.known(actor, case_id).await?;
        let rules = check(actor, Act::DecideGate, &row.district).is_ok();
        let asked = Question::ALL.into_iter().zip(known.heard);
        Ok(QualificationView {
            case: case_id,
            district: row.district,
            gate: known.standing.gate,
            heard: rules.then(|| asked.collect()),
            blockers: blockers(&known.standing, None),
            rung: known.standing.rung,
            chosen: known.chosen,
            facts: known.facts,
            qualification: known.qualification,
            entries: known.entries.into_iter().rev().map(view).collect(),
        })
    }
}

fn view((entry, words): (Entry, Words)) -> EntryView {
    EntryView {
        seq: entry.seq,
        kind: entry.kind,
        code: entry.code,
        note: words.note,
        who: words.who,
        instruction: words.instruction,
        by_table: words.by_table,
        by: entry.by,
        at_ms: entry.at_ms,
        happened_ms: words.happened_ms,
        ended_ms: entry.ended_ms,
        ended_by: entry.ended_by,
    }
}
