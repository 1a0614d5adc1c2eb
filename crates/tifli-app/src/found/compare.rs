//! Comparing a found child with the open cases this person may read: ranked, each field said. It
//! changes nothing.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::civil::DateTime;
use tifli_domain::Actor;
use tifli_domain::case::CaseState;
use tifli_domain::found::{Comparison, Facts, Sides, compare};
use tifli_domain::id::{CaseId, FoundId};
use tifli_domain::intake::{Field, Sex};
use tifli_domain::permission::{self, Act};
use tifli_pack::likeness;
use tifli_store::audit::ObjectId;
use tifli_store::case::{self, AnswerRow, CaseRow};
use tifli_store::{AuditedRead, Sealed};

use super::{not_erased, parse, reading};
use crate::{App, AppError, AppResult};

/// Most candidates shown.
const SHOWN: usize = 12;

/// The questions a comparison reads.
const READ: [Field; 11] = [
    Field::ChildFirstNameAr,
    Field::ChildFirstName,
    Field::ChildFamilyNameAr,
    Field::ChildFamilyName,
    Field::ChildBirthDate,
    Field::ChildAge,
    Field::ChildSex,
    Field::LastSeenAt,
    Field::LastSeenPlace,
    Field::LastSeenLat,
    Field::LastSeenLon,
];

/// A case whose child the found one may be.
#[derive(Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The case.
    pub case: CaseId,
    /// Its number as people say it.
    pub label: String,
    /// Where it stands.
    pub state: CaseState,
    /// First name in Arabic and in Latin script; may be empty.
    pub first_name: (String, String),
    /// How it compares, field by field.
    pub comparison: Comparison,
}

impl std::fmt::Debug for Candidate {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Candidate({} {})", self.case, self.comparison.score)
    }
}

type Values = BTreeMap<Field, String>;

impl App {
    /// The open cases whose child this may be, the likeliest first. Two audit entries: the found
    /// child's, and one that names every case compared.
    pub async fn found_candidates(
        &self,
        actor: &Actor,
        found: FoundId,
    ) -> AppResult<Vec<Candidate>> {
        let row = self.found_row(found).await?;
        self.permit(actor, Act::MatchFound, &row.district)?;
        not_erased(&row)?;
        let sealed = row.facts.into_iter().collect();
        let opened = self
            .db()
            .open_sealed(reading(actor, found, "compare"), sealed)
            .await?;
        let facts = parse(opened.bytes(0))?;
        let mut candidates = Vec::new();
        for (row, values) in self.missing(actor).await? {
            let comparison = compare(&self.sides(&facts, &values));
            if comparison.score > 0 {
                let text = |field| values.get(&field).cloned().unwrap_or_default();
                candidates.push(Candidate {
                    case: row.case,
                    label: self.case_label(&row),
                    state: row.state,
                    first_name: (text(Field::ChildFirstNameAr), text(Field::ChildFirstName)),
                    comparison,
                });
            }
        }
        candidates.sort_by_key(|one| (Reverse(one.comparison.score), one.label.clone()));
        candidates.truncate(SHOWN);
        Ok(candidates)
    }

    /// The open cases this person may read, with what a comparison needs of each.
    async fn missing(&self, actor: &Actor) -> AppResult<Vec<(CaseRow, Values)>> {
        let rows = self
            .db()
            .read("open_cases", (), |reads, ()| {
                Box::pin(async move {
                    let mut open = Vec::new();
                    for row in case::list(reads).await? {
                        if is_open(row.state) {
                            let answers = case::list_standing(reads, row.case).await?;
                            open.push((row, answers));
                        }
                    }
                    Ok::<_, AppError>(open)
                })
            })
            .await?;
        let theirs: Vec<(CaseRow, Vec<AnswerRow>)> = rows
            .into_iter()
            .filter(|(row, _)| permission::check(actor, Act::ReadCase, &row.district).is_ok())
            .collect();
        let answers = theirs.iter().flat_map(|(_, answers)| answers);
        let wanted: Vec<&AnswerRow> = answers
            .filter(|answer| READ.contains(&answer.field))
            .collect();
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        let read = AuditedRead {
            actor: actor.person.to_string(),
            reason: "compare".to_owned(),
            objects: theirs
                .iter()
                .map(|(row, _)| ObjectId::new("case", row.case))
                .collect(),
        };
        let sealed: Vec<Sealed> = wanted.iter().map(|answer| answer.value.clone()).collect();
        let opened = self.db().open_sealed(read, sealed).await?;
        let mut values: BTreeMap<CaseId, Values> = BTreeMap::new();
        for (place, answer) in wanted.iter().enumerate() {
            let value = opened.text(place).unwrap_or_default().to_owned();
            let of_case = values.entry(answer.case).or_default();
            of_case.insert(answer.field, value);
        }
        let with = |(row, _): (CaseRow, _)| {
            let own = values.remove(&row.case).unwrap_or_default();
            (row, own)
        };
        Ok(theirs.into_iter().map(with).collect())
    }

    fn sides(&self, facts: &Facts, missing: &Values) -> Sides {
        let text = |field| missing.get(&field).map_or("", String::as_str);
        let names = READ[..4].iter().map(|field| text(*field));
        let names: Vec<&str> = names.filter(|name| !name.is_empty()).collect();
        let years = self.age_today(text(Field::ChildBirthDate), text(Field::ChildAge));
        let range = match (facts.age_low, facts.age_high) {
            (None, None) => None,
            (low, high) => Some((low.unwrap_or(0), high.unwrap_or(17))),
        };
        let places = self.pack().places();
        let found_at = places.find(&facts.place).map(|place| place.position);
        let point = (text(Field::LastSeenLat), text(Field::LastSeenLon));
        let point = match (point.0.parse(), point.1.parse()) {
            (Ok(lat), Ok(lon)) => tifli_units::Position::new(lat, lon).ok(),
            _ => None,
        };
        let seen_at = places.find(text(Field::LastSeenPlace));
        let seen_at = point.or(seen_at.map(|place| place.position));
        Sides {
            name: likeness(&facts.name, &names),
            age: range.zip(years),
            sex: (sex(&facts.sex), sex(text(Field::ChildSex))),
            distance: found_at
                .zip(seen_at)
                .map(|(a, b)| tifli_geo::distance(a, b)),
            minutes: minutes(text(Field::LastSeenAt), &facts.found_at),
        }
    }
}

/// Whether somebody may still be looked for.
fn is_open(state: CaseState) -> bool {
    matches!(
        state,
        CaseState::Received | CaseState::Alerted | CaseState::Recalling | CaseState::Dark
    )
}

fn sex(word: &str) -> Sex {
    match word {
        "girl" => Sex::Girl,
        "boy" => Sex::Boy,
        _ => Sex::Unknown,
    }
}

/// Minutes from one local time to another.
fn minutes(from: &str, to: &str) -> Option<i64> {
    let (from, to) = (from.parse::<DateTime>().ok()?, to.parse::<DateTime>().ok()?);
    let span = from.until((jiff::Unit::Minute, to)).ok()?;
    Some(span.get_minutes())
}
