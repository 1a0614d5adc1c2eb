//! What the staff of a venue sees: the alerts of their venue, opened with an audit entry.

use std::collections::BTreeMap;

use tifli_domain::Actor;
use tifli_domain::id::{CaseId, PersonId};
use tifli_domain::intake::Field;
use tifli_domain::permission::Act;
use tifli_domain::venue::VenueState;
use tifli_store::audit::ObjectId;
use tifli_store::case::{self, AnswerRow};
use tifli_store::venue::{self, VenueCaseRow, VenueRow};
use tifli_store::{AuditedRead, Sealed};

use super::Place;
use crate::{App, AppError, AppResult};

/// What the staff needs to know of a child.
const SHOWN: [Field; 5] = [
    Field::ChildFirstNameAr,
    Field::ChildFirstName,
    Field::ChildAge,
    Field::ClothesAr,
    Field::Clothes,
];

/// The alert of a venue, opened. Its `Debug` shows no words.
#[derive(Clone, PartialEq, Eq)]
pub struct VenueCase {
    /// The case.
    pub case: CaseId,
    /// Its number as people say it.
    pub label: String,
    /// The venue.
    pub venue: VenueRow,
    /// Where it stands.
    pub state: VenueState,
    /// Who opened it.
    pub opened_by: PersonId,
    /// When.
    pub opened_ms: i64,
    /// When its minutes are over.
    pub ends_ms: i64,
    /// When it ended.
    pub ended_ms: Option<i64>,
    /// First name; empty once the case is closed or erased.
    pub name: String,
    /// Age, as stated.
    pub age: String,
    /// What the child looks like and wears.
    pub looks: String,
}

impl std::fmt::Debug for VenueCase {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "VenueCase({} {:?})", self.case, self.state)
    }
}

/// The page of venues.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VenueView {
    /// The venues whose alerts this person works on.
    pub venues: Vec<VenueRow>,
    /// Their alerts; those that are live or expired first.
    pub cases: Vec<VenueCase>,
}

impl App {
    /// The venues this person works for, with their alerts. What is live or expired is opened under
    /// one audit entry.
    pub async fn venues(&self, actor: &Actor) -> AppResult<VenueView> {
        self.permit_anywhere(actor, Act::WorkVenue)?;
        let (venues, rows) = self
            .db()
            .read("venues", (), |reads, ()| {
                Box::pin(async move {
                    let mut venues = Vec::new();
                    for row in venue::list(reads).await? {
                        let staff = venue::list_staff(reads, &row.venue).await?;
                        venues.push((row, staff));
                    }
                    Ok::<_, AppError>((venues, venue::list_cases(reads).await?))
                })
            })
            .await?;
        let mine = venues
            .into_iter()
            .filter(|(row, staff)| self.permit_venue(actor, row, staff).is_ok())
            .map(|(row, _)| (row.venue.clone(), row));
        let mine: BTreeMap<String, VenueRow> = mine.collect();
        let theirs = rows.into_iter().filter_map(|row| {
            let venue = mine.get(&row.venue)?.clone();
            Some((row, venue))
        });
        let cases = self.open_venue_cases(actor, theirs.collect()).await?;
        Ok(VenueView {
            venues: mine.into_values().collect(),
            cases,
        })
    }

    /// The alert of one venue, opened with an audit entry.
    pub async fn venue_case(&self, actor: &Actor, case: CaseId) -> AppResult<VenueCase> {
        let Place { row, venue, staff } = self.venue_place(case).await?;
        self.permit_venue(actor, &venue, &staff)?;
        let mut opened = self.open_venue_cases(actor, vec![(row, venue)]).await?;
        opened.pop().ok_or_else(AppError::not_found)
    }

    /// How many alerts of venues wait that this person works on.
    pub async fn live_venue_cases(&self, actor: &Actor) -> AppResult<usize> {
        self.permit_anywhere(actor, Act::WorkVenue)?;
        let open = self
            .db()
            .read("live_venue_cases", actor.person, |reads, person| {
                Box::pin(async move { Ok::<_, AppError>(venue::list_open(reads, *person).await?) })
            })
            .await?;
        let theirs = open.iter().filter(|one| {
            let named = (one.staff, one.own);
            self.permit_staff(actor, &one.district, named).is_ok()
        });
        Ok(theirs.count())
    }

    async fn open_venue_cases(
        &self,
        actor: &Actor,
        rows: Vec<(VenueCaseRow, VenueRow)>,
    ) -> AppResult<Vec<VenueCase>> {
        let wanted: Vec<CaseId> = rows.iter().map(|(row, _)| row.case).collect();
        let (files, answers) = self
            .db()
            .read("venue_answers", wanted, |reads, wanted| {
                Box::pin(async move {
                    let mut files = BTreeMap::new();
                    let mut answers: Vec<AnswerRow> = Vec::new();
                    for case in wanted {
                        let file = case::get(reads, *case).await?;
                        files.insert(*case, file);
                        answers.extend(case::list_standing(reads, *case).await?);
                    }
                    Ok::<_, AppError>((files, answers))
                })
            })
            .await?;
        let shown = |row: &VenueCaseRow| is_open(row.state);
        let open: Vec<CaseId> = rows
            .iter()
            .filter(|(row, _)| shown(row))
            .map(|(row, _)| row.case)
            .collect();
        let wanted: Vec<AnswerRow> = answers
            .into_iter()
            .filter(|answer| open.contains(&answer.case) && SHOWN.contains(&answer.field))
            .collect();
        let values = self.venue_values(actor, &open, &wanted).await?;
        let view = |(row, venue): (VenueCaseRow, VenueRow)| {
            let text = |fields: &[Field]| -> String {
                let mut found = fields.iter().filter_map(|f| values.get(&(row.case, *f)));
                found.next().cloned().unwrap_or_default()
            };
            let file = files.get(&row.case);
            VenueCase {
                case: row.case,
                label: file.map(|file| self.case_label(file)).unwrap_or_default(),
                venue,
                state: row.state,
                opened_by: row.opened_by,
                opened_ms: row.opened_ms,
                ends_ms: row.ends_ms,
                ended_ms: row.ended_ms,
                name: text(&[Field::ChildFirstNameAr, Field::ChildFirstName]),
                age: text(&[Field::ChildAge]),
                looks: text(&[Field::ClothesAr, Field::Clothes]),
            }
        };
        Ok(rows.into_iter().map(view).collect())
    }

    async fn venue_values(
        &self,
        actor: &Actor,
        open: &[CaseId],
        wanted: &[AnswerRow],
    ) -> AppResult<BTreeMap<(CaseId, Field), String>> {
        if wanted.is_empty() {
            return Ok(BTreeMap::new());
        }
        let read = AuditedRead {
            actor: actor.person.to_string(),
            reason: "venue".to_owned(),
            objects: open
                .iter()
                .map(|case| ObjectId::new("case", case))
                .collect(),
        };
        let sealed: Vec<Sealed> = wanted.iter().map(|answer| answer.value.clone()).collect();
        let opened = self.db().open_sealed(read, sealed).await?;
        let value = |(place, answer): (usize, &AnswerRow)| {
            let text = opened.text(place).unwrap_or_default().to_owned();
            ((answer.case, answer.field), text)
        };
        Ok(wanted.iter().enumerate().map(value).collect())
    }
}

/// Whether somebody still looks for the child at the venue.
fn is_open(state: VenueState) -> bool {
    matches!(state, VenueState::Live | VenueState::Expired)
}
