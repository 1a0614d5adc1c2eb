//! The papers of a case as a person reads them: what is asked for, what was answered, who substituted. Reading is one
//! audit entry. Not for printing.

use tifli_domain::Actor;
use tifli_domain::consent::ChannelAnswer;
use tifli_domain::id::{CaseId, PersonId};
use tifli_domain::intake::{Consent, Field};
use tifli_domain::paper::AskedState;
use tifli_domain::permission::Act;
use tifli_store::audit::ObjectId;
use tifli_store::case::CaseRow;
use tifli_store::paper::{self, Entry, Kind};
use tifli_store::{AuditedRead, people};

use super::{Words, standing};
use crate::report::not_erased;
use crate::{App, AppError, AppResult};

/// A paper that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskedLine {
    /// Its code in the pack.
    pub document: String,
    /// How far it has come.
    pub state: AskedState,
    /// The entry that says so, for its scan; 0 where there is none.
    pub seq: i64,
    /// Whether the entry has a scan.
    pub has_scan: bool,
    /// Who wrote it down; empty where nobody did.
    pub by_name: String,
    /// When.
    pub at_ms: Option<i64>,
}

/// A channel and what was answered for it. Its `Debug` shows no name.
#[derive(Clone, PartialEq, Eq)]
pub struct ChannelLine {
    /// Its code in the pack.
    pub channel: String,
    /// What stands.
    pub answer: ChannelAnswer,
    /// The entry that says so; 0 where there is none.
    pub seq: i64,
    /// Whether the entry has a scan.
    pub has_scan: bool,
    /// Who answered.
    pub given_by: String,
    /// Before whom.
    pub before: String,
    /// Who wrote it down.
    pub by_name: String,
    /// When.
    pub at_ms: Option<i64>,
}

/// A substitution of consent. Its `Debug` shows no name and no reason.
#[derive(Clone, PartialEq, Eq)]
pub struct SubstitutionLine {
    /// The article, by its code in the pack.
    pub article: String,
    /// The prosecutor's name as written.
    pub name: String,
    /// Why.
    pub reason: String,
    /// Who wrote it down.
    pub by_name: String,
    /// When.
    pub at_ms: i64,
}

/// The papers of a case.
#[derive(Debug, Clone)]
pub struct PapersView {
    /// The case.
    pub row: CaseRow,
    /// The number of its statement, once one was printed: year and count.
    pub statement: Option<(i64, i64)>,
    /// What the pack asks for, in its order.
    pub asked: Vec<AskedLine>,
    /// The pack's channels, in its order.
    pub channels: Vec<ChannelLine>,
    /// The newest substitution.
    pub substitution: Option<SubstitutionLine>,
    /// The guardian's answer about the house's own channels.
    pub guardian: Consent,
}

impl std::fmt::Debug for ChannelLine {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(
            out,
            "ChannelLine({} {})",
            self.channel,
            self.answer.as_str()
        )
    }
}

impl std::fmt::Debug for SubstitutionLine {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "SubstitutionLine({})", self.article)
    }
}

impl App {
    /// The papers of a case, opened for one person.
    pub async fn papers(&self, actor: &Actor, case: CaseId) -> AppResult<PapersView> {
        let row = self.case_row(case).await?;
        self.permit(actor, Act::ReadCase, &row.district)?;
        not_erased(&row)?;
        let (entries, statement, names) = self.paper_rows(case).await?;
        let read = AuditedRead {
            actor: actor.person.to_string(),
            reason: "papers".to_owned(),
            objects: vec![ObjectId::new("case", case)],
        };
        let sealed = entries.iter().map(|entry| entry.words.clone()).collect();
        let opened = self.db().open_sealed(read, sealed).await?;
        let lines: Vec<Line> = entries
            .iter()
            .enumerate()
            .map(|(place, entry)| Line {
                words: opened
                    .bytes(place)
                    .and_then(|bytes| serde_json::from_slice(bytes).ok())
                    .unwrap_or_default(),
                by_name: names
                    .iter()
                    .find(|(person, _)| *person == entry.by)
                    .map_or_else(String::new, |(_, name)| name.clone()),
            })
            .collect();
        let answers = self.answers(actor, case, "papers").await?;
        let guardian = guardian(answers.get(&Field::ConsentPublish).map(String::as_str));
        let line = |entry: &Entry| find_line(&entries, &lines, entry);
        Ok(PapersView {
            statement,
            asked: self.asked_lines(&entries, line),
            channels: self.channel_lines(&entries, line),
            substitution: substitution(&entries, line),
            guardian,
            row,
        })
    }

    async fn paper_rows(&self, case: CaseId) -> AppResult<PaperRows> {
        self.db()
            .read("papers", case, |reads, case| {
                Box::pin(async move {
                    let entries = paper::list(reads, *case).await?;
                    let number = paper::find_number(reads, *case).await?;
                    let people = people::list(reads).await?;
                    let names = people.into_iter().map(|row| (row.person, row.display_name));
                    Ok::<_, AppError>((entries, number, names.collect()))
                })
            })
            .await
    }

    fn asked_lines<'l>(
        &self,
        entries: &[Entry],
        line: impl Fn(&Entry) -> Option<&'l Line>,
    ) -> Vec<AskedLine> {
        let standing = standing(entries, Kind::Asked);
        let asked = self.pack().documents().iter().map(|document| {
            let entry = standing.iter().find(|entry| entry.subject == document.id);
            let state = entry.and_then(|entry| entry.code.parse().ok());
            AskedLine {
                document: document.id.clone(),
                state: state.unwrap_or(AskedState::Missing),
                seq: entry.map_or(0, |entry| entry.seq),
                has_scan: entry.is_some_and(|entry| entry.scan.is_some()),
                by_name: entry
                    .and_then(|entry| line(entry))
                    .map_or_else(String::new, |line| line.by_name.clone()),
                at_ms: entry.map(|entry| entry.at_ms),
            }
        });
        asked.collect()
    }

    fn channel_lines<'l>(
        &self,
        entries: &[Entry],
        line: impl Fn(&Entry) -> Option<&'l Line>,
    ) -> Vec<ChannelLine> {
        let standing = standing(entries, Kind::Consent);
        let channels = self.pack().consent_channels().iter().map(|channel| {
            let entry = standing.iter().find(|entry| entry.subject == channel.id);
            let written = entry.and_then(|entry| line(entry));
            let words = written.map(|line| line.words.clone()).unwrap_or_default();
            ChannelLine {
                channel: channel.id.clone(),
                answer: entry
                    .and_then(|entry| entry.code.parse().ok())
                    .unwrap_or(ChannelAnswer::NotAsked),
                seq: entry.map_or(0, |entry| entry.seq),
                has_scan: entry.is_some_and(|entry| entry.scan.is_some()),
                given_by: words.name,
                before: words.before,
                by_name: written.map_or_else(String::new, |line| line.by_name.clone()),
                at_ms: entry.map(|entry| entry.at_ms),
            }
        });
        channels.collect()
    }
}

/// Entries, the statement's number, and what people are called.
type PaperRows = (Vec<Entry>, Option<(i64, i64)>, Vec<(PersonId, String)>);

/// What was opened of an entry.
struct Line {
    words: Words,
    by_name: String,
}

fn find_line<'l>(entries: &[Entry], lines: &'l [Line], wanted: &Entry) -> Option<&'l Line> {
    let place = entries.iter().position(|entry| entry.seq == wanted.seq)?;
    lines.get(place)
}

fn substitution<'l>(
    entries: &[Entry],
    line: impl Fn(&Entry) -> Option<&'l Line>,
) -> Option<SubstitutionLine> {
    let newest = entries
        .iter()
        .rev()
        .find(|entry| entry.kind == Kind::Substitution)?;
    let written = line(newest)?;
    Some(SubstitutionLine {
        article: newest.subject.clone(),
        name: written.words.name.clone(),
        reason: written.words.reason.clone(),
        by_name: written.by_name.clone(),
        at_ms: newest.at_ms,
    })
}

/// The answer about the house's own channels.
pub(super) fn guardian(answer: Option<&str>) -> Consent {
    match answer {
        Some("yes") => Consent::Given,
        Some("no") => Consent::Refused,
        _ => Consent::Unknown,
    }
}
