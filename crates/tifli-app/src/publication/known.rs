//! What is known of a case when it is asked whether it may be public: answers of the report, and
//! everything people decided, opened with an audit entry.

use std::collections::BTreeMap;

use tifli_domain::Actor;
use tifli_domain::consent;
use tifli_domain::gate::{Gate, Heard, Question, Ruled, Ruling, decide};
use tifli_domain::id::CaseId;
use tifli_domain::intake::{Field, Nature, Report};
use tifli_domain::message::PublicEvent;
use tifli_domain::publication::{Cleared, Standing};
use tifli_domain::qualify::{
    BestInterests, Certainty, Facts, Moving, Qualification, Rung, qualify,
};
use tifli_store::audit::ObjectId;
use tifli_store::case::AnswerRow;
use tifli_store::publication::{self, Entry, Kind};
use tifli_store::{AuditedRead, Opened, Reads, Sealed, Tx, case};

use super::words::Words;
use crate::paper::{Consents, consents};
use crate::{App, AppError, AppResult};

/// Everything that bears on a publication.
#[derive(Debug, Clone)]
pub(crate) struct Known {
    /// What stands, for the guard.
    pub(crate) standing: Standing,
    /// What the table says.
    pub(super) qualification: Qualification,
    /// The kind of event by the answers as they stand, whether they make a whole report or not.
    event: PublicEvent,
    /// What was heard to the three questions.
    pub(super) heard: [Heard; 3],
    /// The facts the table read.
    pub(super) facts: Facts,
    /// The rung that was decided, or proposed while nobody decided.
    pub(super) chosen: Option<Rung>,
    /// What was written, in its order.
    pub(super) entries: Vec<(Entry, Words)>,
    /// What the guardian answered channel by channel.
    pub(super) consents: Consents,
}

impl Known {
    /// The kind of event by the report as it stands.
    pub(crate) fn event(&self) -> PublicEvent {
        self.event
    }
}

/// The sealed rows that are opened together: answers to the gate, then words of entries.
struct Rows {
    consents: Consents,
    gate: Vec<AnswerRow>,
    entries: Vec<Entry>,
}

/// Rows opened.
struct Told {
    consents: Consents,
    heard: [Heard; 3],
    entries: Vec<(Entry, Words)>,
}

/// What is known, within a write whose audit entry says so. The caller has checked the permission.
pub(crate) async fn known_in(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    case_id: CaseId,
) -> AppResult<Known> {
    let answers = app.answers_in(tx, actor, case_id).await?;
    let told = told_in(tx, &actor.person.to_string(), case_id).await?;
    Ok(assess(app, &answers, told))
}

/// Where the reporter gate stands, read by the system within a write. For the bulletin's mark and
/// for everything that would speak to the guardian.
pub(crate) async fn gate_in(tx: &mut Tx, case_id: CaseId) -> AppResult<Gate> {
    let told = told_in(tx, "system", case_id).await?;
    Ok(decide(told.heard, last_ruling(&told.entries).as_ref()))
}

async fn told_in(tx: &mut Tx, actor: &str, case_id: CaseId) -> AppResult<Told> {
    let rows = rows(tx, case_id).await?;
    let opened = tx.open(reading(actor, case_id), rows.sealed()).await?;
    rows.open(&opened)
}

impl App {
    /// What is known, for a person who reads it.
    pub(super) async fn known(&self, actor: &Actor, case_id: CaseId) -> AppResult<Known> {
        let answers = self.answers(actor, case_id, "qualify").await?;
        let rows = self.publication_rows(case_id).await?;
        let read = reading(&actor.person.to_string(), case_id);
        let opened = self.db().open_sealed(read, rows.sealed()).await?;
        Ok(assess(self, &answers, rows.open(&opened)?))
    }

    /// Where the reporter gate of a case stands, read by the system.
    pub async fn gate(&self, case_id: CaseId) -> AppResult<Gate> {
        let rows = self.publication_rows(case_id).await?;
        let read = reading("system", case_id);
        let opened = self.db().open_sealed(read, rows.sealed()).await?;
        let told = rows.open(&opened)?;
        Ok(decide(told.heard, last_ruling(&told.entries).as_ref()))
    }

    /// Whether the guardian of a case is told nothing: an answer closed the gate and the prosecutor
    /// has not opened it. Whatever would speak to the guardian asks this first.
    pub async fn guardian_silent(&self, case_id: CaseId) -> AppResult<bool> {
        Ok(self.gate(case_id).await?.is_silent())
    }

    async fn publication_rows(&self, case_id: CaseId) -> AppResult<Rows> {
        self.db()
            .read("publication_rows", case_id, |reads, case_id| {
                Box::pin(async move { rows(reads, *case_id).await })
            })
            .await
    }
}

async fn rows(reads: &mut impl Reads, case_id: CaseId) -> AppResult<Rows> {
    let mut gate = case::list_answers(reads, case_id).await?;
    gate.retain(|row| question(row.field).is_some());
    Ok(Rows {
        consents: consents(reads, case_id).await?,
        gate,
        entries: publication::list(reads, case_id).await?,
    })
}

impl Rows {
    fn sealed(&self) -> Vec<Sealed> {
        let answers = self.gate.iter().map(|row| row.value.clone());
        answers
            .chain(self.entries.iter().map(|entry| entry.words.clone()))
            .collect()
    }

    fn open(self, opened: &Opened) -> AppResult<Told> {
        let mut heard = [Heard::NotAsked; 3];
        for (place, row) in self.gate.iter().enumerate() {
            let answer = Heard::answer(opened.text(place).unwrap_or_default());
            // A yes counts even if it was taken back; anything else while it stands, or waits
            // beside what stands.
            // What one person says takes nothing back of what another said.
            let own = |other: &&AnswerRow| {
                other.field == row.field && other.said.source == row.said.source
            };
            let newest = self.gate.iter().filter(own);
            let standing = newest
                .filter(|other| other.stands)
                .map(|other| other.seq)
                .max();
            let counts = answer == Heard::Yes || standing.is_none_or(|seq| row.seq >= seq);
            if let Some(number) = question(row.field).filter(|_| counts) {
                heard[number] = heard[number].and(answer);
            }
        }
        let consents = self.consents;
        let before = self.gate.len();
        let mut entries = Vec::with_capacity(self.entries.len());
        for (place, entry) in self.entries.into_iter().enumerate() {
            entries.push((entry, Words::parse(opened.bytes(before + place))?));
        }
        Ok(Told {
            consents,
            heard,
            entries,
        })
    }
}

/// The number of the question that a field answers.
fn question(field: Field) -> Option<usize> {
    Question::ALL
        .iter()
        .position(|question| question.field() == field.name())
}

fn last_ruling(entries: &[(Entry, Words)]) -> Option<Ruled> {
    let (entry, words) = entries
        .iter()
        .rev()
        .find(|(entry, _)| entry.kind == Kind::Ruling)?;
    Some(Ruled {
        ruling: entry.code.parse().unwrap_or(Ruling::KeepClosed),
        over: words.questions(),
    })
}

fn assess(app: &App, answers: &BTreeMap<Field, String>, told: Told) -> Known {
    let Told {
        consents,
        heard,
        entries,
    } = told;
    let standing = |kind: Kind| {
        entries
            .iter()
            .filter(move |(entry, _)| entry.kind == kind && entry.ended_ms.is_none())
    };
    let gate = decide(heard, last_ruling(&entries).as_ref());
    let best_interests = match standing(Kind::BestInterests).next() {
        Some(_) => BestInterests::Written,
        None => BestInterests::NotWritten,
    };
    let mut facts = facts(app, answers, &entries, (gate, best_interests));
    let own = consents.cover(app.pack().own_consent());
    facts.consent = consent::standing(facts.consent, own, consents.substitution);
    let numbers = app.pack().qualification().thresholds();
    let qualification = qualify(&facts, &numbers);
    let chosen = chosen(&entries);
    let standing = Standing {
        gate,
        consent: facts.consent,
        nature: facts.nature,
        best_interests,
        rung: chosen.unwrap_or_else(|| least_public(qualification.rung)),
        cleared: standing(Kind::Clearance)
            .filter_map(|(entry, _)| entry.code.parse::<Cleared>().ok())
            .collect(),
    };
    let nature = answers.get(&Field::Nature).map(String::as_str);
    Known {
        event: PublicEvent::of(Nature::of_answer(nature)),
        standing,
        qualification,
        heard,
        facts,
        chosen,
        entries,
        consents,
    }
}

/// While nobody decided, the table proposes; it never decides by itself that nothing goes out.
fn least_public(by_table: Rung) -> Rung {
    by_table.max(Rung::Partners)
}

/// The last rung that was decided; while nobody decided, the last that was proposed.
fn chosen(entries: &[(Entry, Words)]) -> Option<Rung> {
    let last = |kinds: &[Kind]| {
        let mut newest = entries.iter().rev();
        let found = newest.find(|(entry, _)| kinds.contains(&entry.kind));
        found.and_then(|(entry, _)| entry.code.parse().ok())
    };
    last(&[Kind::Decided, Kind::Reviewed]).or_else(|| last(&[Kind::Proposed]))
}

fn facts(
    app: &App,
    answers: &BTreeMap<Field, String>,
    entries: &[(Entry, Words)],
    (gate, best_interests): (Gate, BestInterests),
) -> Facts {
    let now = app.now();
    let report = Report::read(answers, app.pack().zone(), now).ok();
    let today = now.to_zoned(app.pack().zone().clone()).date();
    let asked = entries
        .iter()
        .rev()
        .find(|(entry, _)| matches!(entry.kind, Kind::Proposed | Kind::Decided | Kind::Reviewed));
    let asked = asked.map(|(_, words)| words);
    let hours = |report: &Report| now.duration_since(report.last_seen_at).as_hours();
    Facts {
        age: report.as_ref().map_or(0, |report| report.age_on(today)),
        nature: report
            .as_ref()
            .map_or(Nature::Unknown, |report| report.nature),
        signs: asked
            .map(|words| words.signs().collect())
            .unwrap_or_default(),
        certainty: asked.map_or(Certainty::NotSaid, Words::certainty),
        moving: asked.map_or(Moving::NotKnown, Words::moving),
        hours: report.as_ref().map_or(0, hours),
        gate,
        consent: crate::alert::consent_of(answers),
        best_interests,
    }
}

fn reading(actor: &str, case_id: CaseId) -> AuditedRead {
    AuditedRead {
        actor: actor.to_owned(),
        reason: "qualify".to_owned(),
        objects: vec![ObjectId::new("case", case_id)],
    }
}

impl From<&tifli_domain::publication::Blocker> for AppError {
    fn from(blocker: &tifli_domain::publication::Blocker) -> Self {
        Self::conflict(blocker.code())
    }
}
