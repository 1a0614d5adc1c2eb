//! The list of cases a person may see, the search over it, and the names beside its lines.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashSet};

use jiff::Unit;
use jiff::civil::Date;
use tifli_domain::Actor;
use tifli_domain::case::{CaseState, Clocks};
use tifli_domain::id::CaseId;
use tifli_domain::intake::Field;
use tifli_domain::permission::{self, Act, Reach};
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::case::{AnswerRow, CaseRow};
use tifli_store::{AuditedRead, ReadTx, Reads, Sealed, case, transfer};

use crate::{App, AppError, AppResult};

/// Longest query that is looked at, in characters.
const LONGEST_QUERY: usize = 120;

/// What to list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// Names, telephone numbers or the case's number; empty lists all.
    pub query: String,
    /// Only cases in this state.
    pub state: Option<CaseState>,
}

/// One line of the list. Nothing protected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseSummary {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: i64,
    /// The number as people say it, with the district's short code.
    pub label: String,
    /// The district that took the report.
    pub district: String,
    /// Where it stands.
    pub state: CaseState,
    /// Its moments.
    pub clocks: Clocks,
    /// Milliseconds left until the alert must be out; `None` when nothing counts down.
    pub ceiling_left_ms: Option<i64>,
}

/// What a list shows of a child: opened with an audit entry, for the case team.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct ChildLine {
    /// First name in Arabic script; may be empty.
    pub first_name_ar: String,
    /// First name in Latin script; may be empty.
    pub first_name: String,
    /// Age in whole years today, when it is known.
    pub age: Option<i64>,
}

impl std::fmt::Debug for ChildLine {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("ChildLine")
    }
}

impl App {
    /// The cases this person may read, the most urgent first. A search leaves an audit entry that
    /// says who searched and how much was found, never for what.
    pub async fn list_cases(
        &self,
        actor: &Actor,
        filter: &CaseFilter,
    ) -> AppResult<Vec<CaseSummary>> {
        self.permit_anywhere(actor, Act::ReadCase)?;
        let query: String = filter.query.trim().chars().take(LONGEST_QUERY).collect();
        let mut rows = if query.is_empty() {
            self.reachable(actor).await?
        } else {
            self.found(actor, &query).await?
        };
        rows.retain(|row| filter.state.is_none_or(|state| row.state == state));
        let mut lines: Vec<_> = rows.into_iter().map(|row| self.summarize(row)).collect();
        lines.sort_by_key(|line| {
            let left = line.ceiling_left_ms.unwrap_or(i64::MAX);
            (left, over(line.state), Reverse(line.number))
        });
        Ok(lines)
    }

    /// One line of the list, for a case this person may read.
    pub async fn case_summary(&self, actor: &Actor, case: CaseId) -> AppResult<CaseSummary> {
        let row = self.case_row(case).await?;
        self.permit_read(actor, &row).await?;
        Ok(self.summarize(row))
    }

    /// First name and age of the children of these cases, under one audit entry that names them.
    /// Cases that were erased or that this person may not read are left out.
    pub async fn child_lines(
        &self,
        actor: &Actor,
        cases: &[CaseId],
    ) -> AppResult<BTreeMap<CaseId, ChildLine>> {
        let rows = self
            .db()
            .read("child_lines", cases.to_vec(), |reads, cases| {
                Box::pin(standing_of(reads, cases))
            })
            .await?;
        let shared = self.shared_cases(actor).await?;
        let wanted: Vec<AnswerRow> = rows
            .into_iter()
            .filter(|(row, _)| {
                shared.contains(&row.case)
                    || self.permit(actor, Act::ReadCase, &row.district).is_ok()
            })
            .filter(|(row, _)| row.state != CaseState::Erased)
            .flat_map(|(_, answers)| answers)
            .filter(|answer| LINE.contains(&answer.field))
            .collect();
        if wanted.is_empty() {
            return Ok(BTreeMap::new());
        }
        let mut named: Vec<CaseId> = wanted.iter().map(|answer| answer.case).collect();
        named.sort_unstable();
        named.dedup();
        let read = AuditedRead {
            actor: actor.person.to_string(),
            reason: "list".to_owned(),
            objects: named
                .iter()
                .map(|case| ObjectId::new("case", case))
                .collect(),
        };
        let sealed: Vec<Sealed> = wanted.iter().map(|answer| answer.value.clone()).collect();
        let opened = self.db().open_sealed(read, sealed).await?;
        let mut answers: BTreeMap<CaseId, BTreeMap<Field, String>> = BTreeMap::new();
        for (place, answer) in wanted.iter().enumerate() {
            let value = opened.text(place).unwrap_or_default().to_owned();
            let of_case = answers.entry(answer.case).or_default();
            of_case.insert(answer.field, value);
        }
        let lines = answers.into_iter();
        Ok(lines
            .map(|(case, of_case)| (case, self.child_line(of_case)))
            .collect())
    }

    /// The number of a case as people say it: the district's short code and the number.
    pub fn case_label(&self, row: &CaseRow) -> String {
        self.label_of(
            row.number_district.as_ref().unwrap_or(&row.district),
            row.number,
        )
    }

    /// The same from the district and the number alone.
    pub(crate) fn label_of(&self, district: &str, number: i64) -> String {
        let known = self.pack().district(district);
        let code = known.map_or(district, |district| district.code.as_str());
        format!("{code}-{number:04}")
    }

    fn summarize(&self, row: CaseRow) -> CaseSummary {
        let ceiling = self.pack().alert().ceiling_hours;
        let counting = matches!(row.state, CaseState::Received | CaseState::Alerted);
        let stops_at = self.pack().ceiling_stops_at(self.realm());
        CaseSummary {
            case: row.case,
            number: row.number,
            label: self.case_label(&row),
            ceiling_left_ms: row
                .clocks()
                .ceiling_left_ms(ceiling, stops_at, self.now_ms())
                .filter(|_| counting),
            clocks: row.clocks(),
            district: row.district,
            state: row.state,
        }
    }

    fn child_line(&self, mut answers: BTreeMap<Field, String>) -> ChildLine {
        let mut take = |field| answers.remove(&field).unwrap_or_default();
        let (born, stated) = (take(Field::ChildBirthDate), take(Field::ChildAge));
        ChildLine {
            first_name_ar: take(Field::ChildFirstNameAr),
            first_name: take(Field::ChildFirstName),
            age: self.age_today(&born, &stated),
        }
    }

    /// A child's age today in whole years: from the date of birth, or else as stated.
    pub(crate) fn age_today(&self, born: &str, stated: &str) -> Option<i64> {
        let today = self.now().to_zoned(self.pack().zone().clone()).date();
        let born: Option<Date> = born.parse().ok();
        let span = born.and_then(|born| born.until((Unit::Year, today)).ok());
        span.map(|span| i64::from(span.get_years()))
            .or_else(|| stated.parse().ok())
    }

    async fn reachable(&self, actor: &Actor) -> AppResult<Vec<CaseRow>> {
        let everywhere = permission::reach(actor.role, Act::ReadCase) == Reach::Everywhere;
        let district = (!everywhere).then(|| actor.district.clone());
        self.db()
            .read("list_cases", district, |reads, district| {
                Box::pin(async move {
                    Ok(match district {
                        None => case::list(reads).await?,
                        Some(district) => with_shared(reads, district).await?,
                    })
                })
            })
            .await
    }

    async fn found(&self, actor: &Actor, query: &str) -> AppResult<Vec<CaseRow>> {
        let named: HashSet<CaseId> = self.index().search(query).into_iter().collect();
        let args = (named, number_of(query));
        let mut rows = self
            .db()
            .read("find_cases", args, |reads, (named, number)| {
                Box::pin(async move {
                    let mut rows = Vec::new();
                    if let Some(number) = number {
                        rows.extend(case::find_by_number(reads, *number).await?);
                    }
                    for case in named {
                        rows.extend(case::find(reads, *case).await?);
                    }
                    Ok::<_, AppError>(rows)
                })
            })
            .await?;
        let shared = self.shared_cases(actor).await?;
        rows.retain(|row| {
            shared.contains(&row.case) || self.permit(actor, Act::ReadCase, &row.district).is_ok()
        });
        rows.sort_by_key(|row| row.number);
        rows.dedup_by_key(|row| row.number);
        let detail = Detail::none().with("found", rows.len());
        let entry = Entry::new(actor.person, "case.search", ObjectId::new("index", "names"));
        self.db()
            .write("search_cases", entry.with_detail(detail), |tx, entry| {
                Box::pin(async move { Ok::<_, AppError>(tx.audit(entry.clone())?) })
            })
            .await?;
        Ok(rows)
    }
}

/// The cases a district keeps, and those it reads beside another.
async fn with_shared(reads: &mut impl Reads, district: &str) -> AppResult<Vec<CaseRow>> {
    let mut rows = case::list_by_district(reads, district).await?;
    for shared in transfer::list_shared(reads, district).await? {
        rows.extend(case::find(reads, shared).await?);
    }
    Ok(rows)
}

/// What a line is made of.
const LINE: [Field; 4] = [
    Field::ChildFirstNameAr,
    Field::ChildFirstName,
    Field::ChildBirthDate,
    Field::ChildAge,
];

async fn standing_of(
    reads: &mut ReadTx,
    cases: &[CaseId],
) -> AppResult<Vec<(CaseRow, Vec<AnswerRow>)>> {
    let mut rows = Vec::new();
    for case in cases {
        if let Some(row) = case::find(reads, *case).await? {
            rows.push((row, case::list_standing(reads, *case).await?));
        }
    }
    Ok(rows)
}

/// The number in "27", "0027" or "RBA-0027".
fn number_of(query: &str) -> Option<i64> {
    let tail = query.rsplit('-').next()?.trim();
    let short = (1..=9).contains(&tail.len());
    (short && tail.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| tail.parse().ok())
        .flatten()
}

/// Files that nobody waits for come last.
fn over(state: CaseState) -> bool {
    matches!(state, CaseState::Closed | CaseState::Erased)
}
