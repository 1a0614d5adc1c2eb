//! Moving a person to another role, district or unit: at once, for a reason, their sessions ended,
//! and what they had begun handed on.
//!
//! Approvals given stand, with the unit the person had when they gave them. Not for making accounts.

use serde::{Deserialize, Serialize};
use tifli_domain::duty::DutyKind;
use tifli_domain::id::{CaseId, IdError, PersonId};
use tifli_domain::permission::Act;
use tifli_domain::service::{Service, ServiceId};
use tifli_domain::text;
use tifli_domain::{Actor, Role};
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::people::{self, HOUSE, Move, Place, delete_sessions_of};
use tifli_store::{AuditedRead, DataKey, Tx, service};

use super::account::NewPerson;
use crate::bus::Event;
use crate::report::text_problem;
use crate::{App, AppError, AppResult, duty};

/// The most characters of a reason.
const REASON: usize = 1_000;

/// What becomes of the service a person belongs to when they move.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum ServiceMove {
    /// A service of a district is left with the district; one of a region or the country goes along.
    #[default]
    Follows,
    /// It is left, and none is joined.
    Leaves,
    /// This one is theirs from now on.
    Joins(ServiceId),
}

impl std::str::FromStr for ServiceMove {
    type Err = IdError;

    /// Empty, `none`, or the id of a service.
    fn from_str(word: &str) -> Result<Self, IdError> {
        match word {
            "" => Ok(Self::Follows),
            "none" => Ok(Self::Leaves),
            id => id.parse().map(Self::Joins).map_err(|_| IdError),
        }
    }
}

/// Where a person goes, and why. Its `Debug` shows no words.
#[derive(Clone, PartialEq, Eq)]
pub struct Moving {
    /// As what they act from now on.
    pub role: Role,
    /// Their district from now on.
    pub district: String,
    /// Their unit from now on.
    pub unit: String,
    /// What becomes of their service.
    pub service: ServiceMove,
    /// Why.
    pub reason: String,
    /// The colleague who takes over what they had begun; without one it stays with the district.
    pub hand_to: Option<PersonId>,
}

impl std::fmt::Debug for Moving {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Moving({:?}, {})", self.role, self.district)
    }
}

/// What a person has begun and not finished in their district.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BegunWork {
    /// The case.
    pub case: CaseId,
    /// Its number as people say it.
    pub label: String,
    /// Whether it is a report that is still typed, or an alert that is still drafted.
    pub kind: BegunKind,
}

/// What was begun.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum BegunKind {
    /// A report that is still typed.
    Report,
    /// An alert that was never out.
    Alert,
}

impl BegunKind {
    /// The word of a page and of the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Report => "report",
            Self::Alert => "alert",
        }
    }
}

/// A move that was made, opened for one person.
#[derive(Clone)]
pub struct MadeMove {
    /// From where to where.
    pub row: Move,
    /// Why.
    pub reason: String,
}

#[derive(Serialize, Deserialize)]
struct Words {
    reason: String,
}

/// A move ready to be written.
pub(super) struct ReadyMove {
    pub(super) person: PersonId,
    pub(super) to: Place,
    pub(super) service: ServiceMove,
    pub(super) reason: String,
    pub(super) hand_to: Option<PersonId>,
}

impl App {
    /// What a person has begun and not finished where they are now: numbers of cases, nothing of
    /// what stands in them.
    pub async fn begun_work(&self, actor: &Actor, person: PersonId) -> AppResult<Vec<BegunWork>> {
        self.permit_anywhere(actor, Act::ManagePeople)?;
        let rows = self
            .db()
            .read("begun_work", person, |reads, person| {
                Box::pin(async move {
                    let row = people::get(reads, *person).await?;
                    Ok::<_, AppError>(people::list_begun(reads, *person, &row.district).await?)
                })
            })
            .await?;
        let mut work: Vec<BegunWork> = rows
            .into_iter()
            .map(|row| BegunWork {
                case: row.case,
                label: self.label_of(&row.number_district, row.number),
                kind: if row.is_report {
                    BegunKind::Report
                } else {
                    BegunKind::Alert
                },
            })
            .collect();
        work.sort();
        work.dedup();
        Ok(work)
    }

    /// Moves a person; gives the number of cases whose work was handed on. Nobody moves themselves.
    pub async fn move_person(
        &self,
        actor: &Actor,
        person: PersonId,
        moving: &Moving,
    ) -> AppResult<usize> {
        self.permit_anywhere(actor, Act::ManagePeople)?;
        let ready = self.ready_move(actor, person, moving).await?;
        let key = self.db().keys().create(HOUSE).await?;
        let args = (self.clone(), actor.clone(), (ready, key));
        let handed = self
            .db()
            .write("move_person", args, |tx, (app, actor, (ready, key))| {
                Box::pin(move_in(tx, (app, actor), ready, key))
            })
            .await?;
        self.bus().ring(Event::Board);
        Ok(handed)
    }

    /// The moves of a person, the newest first; one audit entry if there are any.
    pub async fn moves(&self, actor: &Actor, person: PersonId) -> AppResult<Vec<MadeMove>> {
        self.permit_anywhere(actor, Act::ManagePeople)?;
        let rows = self
            .db()
            .read("moves", person, |reads, person| {
                Box::pin(async move {
                    people::get(reads, *person).await?;
                    Ok::<_, AppError>(people::list_moves(reads, *person).await?)
                })
            })
            .await?;
        if rows.is_empty() {
            return Ok(Vec::new());
        }
        let read = AuditedRead {
            actor: actor.person.to_string(),
            reason: "moves".to_owned(),
            objects: vec![ObjectId::new("person", person)],
        };
        let sealed = rows.iter().map(|row| row.reason.clone()).collect();
        let opened = self.db().open_sealed(read, sealed).await?;
        let made = rows.into_iter().enumerate().map(|(place, row)| {
            let words: Words = serde_json::from_slice(opened.bytes(place).unwrap_or_default())
                .map_err(|_| AppError::internal("move_reason"))?;
            Ok(MadeMove {
                row,
                reason: words.reason,
            })
        });
        made.collect()
    }

    /// Checks a move as typed.
    async fn ready_move(
        &self,
        actor: &Actor,
        person: PersonId,
        moving: &Moving,
    ) -> AppResult<ReadyMove> {
        if actor.person == person {
            return Err(AppError::conflict("own_move"));
        }
        let row = self.person_row(person).await?;
        let new = NewPerson {
            login: row.login,
            display_name: row.display_name,
            role: moving.role,
            district: moving.district.clone(),
            unit: moving.unit.clone(),
        };
        let checked = self.checked(&new).map_err(AppError::invalid)?;
        let reason = reason(&moving.reason)?;
        if moving.hand_to == Some(person) {
            return Err(AppError::field("hand_to", "not_an_answer"));
        }
        Ok(ReadyMove {
            person,
            to: Place {
                role: checked.role,
                district: checked.district,
                unit: checked.unit,
            },
            service: moving.service.clone(),
            reason,
            hand_to: moving.hand_to,
        })
    }
}

/// The reason of a move as it is kept.
pub(super) fn reason(typed: &str) -> AppResult<String> {
    let beside = |error| AppError::invalid(vec![text_problem("reason", error)]);
    text::required(typed, REASON).map_err(beside)
}

/// Writes a move with everything that follows from it; gives the number of cases handed on.
pub(super) async fn move_in(
    tx: &mut Tx,
    (app, actor): (&App, &Actor),
    ready: &ReadyMove,
    key: &DataKey,
) -> AppResult<usize> {
    let row = people::get(tx, ready.person).await?;
    let from = Place {
        role: row.role,
        district: row.district.clone(),
        unit: row.unit.clone(),
    };
    if from == ready.to {
        return Err(AppError::conflict("moved_nowhere"));
    }
    if row.disabled_ms.is_some() {
        return Err(AppError::conflict("account_disabled"));
    }
    if let Some(colleague) = ready.hand_to {
        may_take_over(tx, colleague, &from).await?;
    }
    let begun = people::list_begun(tx, ready.person, &from.district).await?;
    let mut cases: Vec<CaseId> = begun.iter().map(|work| work.case).collect();
    cases.sort();
    cases.dedup();
    let subject = ready.hand_to.map_or_else(String::new, |to| to.to_string());
    for case in &cases {
        duty::open(tx, app, (*case, DutyKind::TakeOverWork, &subject)).await?;
    }
    people::relocate(tx, ready.person, &ready.to).await?;
    let service = take_along(tx, ready).await?;
    delete_sessions_of(tx, ready.person).await?;
    let words = Words {
        reason: ready.reason.clone(),
    };
    let words = serde_json::to_vec(&words).map_err(|_| AppError::internal("words"))?;
    let seq = people::next_move(tx, ready.person).await?;
    let context = people::move_context(ready.person, seq);
    let made = (from.clone(), ready.to.clone());
    let sealed = key.seal(&context, &words);
    people::insert_move(tx, (ready.person, seq), made, (actor.person, &sealed)).await?;
    let detail = Detail::none()
        .with("from", place(&from))
        .with("to", place(&ready.to))
        .with("service", service)
        .with("handed", cases.len());
    let object = ObjectId::new("person", ready.person);
    tx.audit(Entry::new(actor.person, "person.move", object).with_detail(detail))?;
    Ok(cases.len())
}

/// Writes what becomes of the service: the id of theirs from now on, or `none`. Whoever leaves a
/// district reads what its service is sent no more.
async fn take_along(tx: &mut Tx, ready: &ReadyMove) -> AppResult<String> {
    let held = service::find_of_person(tx, ready.person).await?;
    let wanted = match &ready.service {
        ServiceMove::Leaves => None,
        ServiceMove::Joins(service) => Some(service.clone()),
        ServiceMove::Follows => held.clone(),
    };
    let found = match &wanted {
        Some(wanted) => service::find(tx, wanted).await?,
        None => None,
    };
    let fits = |one: &Service| one.district.is_empty() || one.district == ready.to.district;
    let theirs = found.filter(fits).map(|one| one.id);
    if theirs.is_none() && matches!(ready.service, ServiceMove::Joins(_)) {
        return Err(AppError::field("service", "not_of_the_district"));
    }
    if theirs != held {
        service::assign(tx, ready.person, theirs.as_ref()).await?;
    }
    Ok(theirs.map_or_else(|| "none".to_owned(), |id| id.to_string()))
}

/// Codes only: role and district. A unit is a name that people typed.
fn place(place: &Place) -> String {
    format!("{}:{}", place.role.as_str(), place.district)
}

/// Who takes over works in the same district and may type reports there.
async fn may_take_over(tx: &mut Tx, colleague: PersonId, from: &Place) -> AppResult<()> {
    let row = people::get(tx, colleague).await?;
    let fits = row.disabled_ms.is_none()
        && row.district == from.district
        && matches!(row.role, Role::Officer | Role::Room);
    match fits {
        true => Ok(()),
        false => Err(AppError::field("hand_to", "not_an_answer")),
    }
}
