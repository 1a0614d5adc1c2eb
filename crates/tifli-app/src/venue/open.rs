//! Opening the alert of a venue in three fields: name, age, how the child looks. It is a case from the
//! first keystroke, sealed like any other, that nobody but the venue's staff is told of.

use tifli_domain::Actor;
use tifli_domain::id::{CaseId, PersonId};
use tifli_domain::intake::{Field, accept};
use tifli_domain::text;
use tifli_domain::typed;
use tifli_domain::venue::VenueState;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::venue::{self, VenueCaseRow, VenueRow};
use tifli_store::{Claim, DataKey, Tx, case, people};

use crate::bus::Event;
use crate::report::{find_opened, first_answers, text_problem};
use crate::{App, AppError, AppResult, Problem};

/// The most characters of the first name and of the looks.
const LIMITS: (usize, usize) = (60, 300);
/// What the person who takes the alarm is to the child: a code of every pack.
const RELATION: &str = "institution";

/// The three fields, as typed. Its `Debug` shows no words.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct VenueForm {
    /// First name, in either script.
    pub name: String,
    /// Age in whole years, estimated if need be.
    pub age: String,
    /// What the child looks like and wears.
    pub looks: String,
}

impl std::fmt::Debug for VenueForm {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("VenueForm")
    }
}

struct Opening {
    actor: Actor,
    claim: Claim,
    key: DataKey,
    venue: VenueRow,
    row: VenueCaseRow,
    answers: Vec<(Field, String)>,
}

impl App {
    /// Opens the alert of a venue. The same key again gives the same case.
    pub async fn open_venue_case(
        &self,
        actor: &Actor,
        (venue, key): (&str, &str),
        form: &VenueForm,
    ) -> AppResult<CaseId> {
        let (row, staff, caller) = self.venue_to_open(venue, actor.person).await?;
        self.permit_venue(actor, &row, &staff)?;
        let answers = self.venue_answers(&row, form, &caller)?;
        let asked = [venue, &form.name, &form.age, &form.looks].join("\n");
        let claim = self.claim(actor, ("venue", key), &asked)?;
        let case = CaseId::new(self.now_ms(), self.entropy());
        // The key is durable before its case; a crash between leaves a key that the next start sweeps.
        self.db().keys().create(&case.to_string()).await?;
        let now = self.now_ms();
        let opening = Opening {
            actor: actor.clone(),
            claim,
            key: self.case_key(case).await?,
            row: VenueCaseRow {
                case,
                venue: row.venue.clone(),
                state: VenueState::Live,
                opened_by: actor.person,
                opened_ms: now,
                ends_ms: now + row.minutes * 60_000,
                ended_by: None,
                ended_ms: None,
            },
            venue: row,
            answers: answers.clone(),
        };
        let opened = self
            .db()
            .write("open_venue_case", opening, |tx, opening| {
                Box::pin(open_in(tx, opening))
            })
            .await?;
        if opened == case {
            for (field, value) in &answers {
                self.index().put(case, *field, value);
            }
        }
        self.bus().ring(Event::Venue);
        self.bus().ring(Event::Case(opened.to_string()));
        Ok(opened)
    }

    async fn venue_to_open(
        &self,
        venue: &str,
        by: PersonId,
    ) -> AppResult<(VenueRow, Vec<PersonId>, String)> {
        self.db()
            .read(
                "venue_to_open",
                (venue.to_owned(), by),
                |reads, (venue, by)| {
                    Box::pin(async move {
                        let row = venue::find(reads, venue).await?;
                        let row = row.ok_or_else(AppError::not_found)?;
                        let staff = venue::list_staff(reads, venue).await?;
                        let people = people::list(reads).await?;
                        let caller = people.into_iter().find(|person| person.person == *by);
                        let caller = caller.map(|person| person.display_name).unwrap_or_default();
                        Ok((row, staff, caller))
                    })
                },
            )
            .await
    }

    /// The three fields as answers of a report, with what the venue knows: where, when, who took it.
    fn venue_answers(
        &self,
        venue: &VenueRow,
        form: &VenueForm,
        caller: &str,
    ) -> AppResult<Vec<(Field, String)>> {
        let mut problems = Vec::new();
        for (field, typed, limit) in [
            ("name", &form.name, LIMITS.0),
            ("looks", &form.looks, LIMITS.1),
        ] {
            if let Err(error) = text::required(typed, limit) {
                problems.push(text_problem(field, error));
            }
        }
        let age = typed::whole::<i64>(&form.age);
        if !age.is_some_and(|age| (0..=17).contains(&age)) {
            let problem = Problem::new("age", "not_in_range");
            problems.push(problem.with("low", 0).with("high", 17));
        }
        if !problems.is_empty() {
            return Err(AppError::invalid(problems));
        }
        let arabic = |words: &str| words.chars().any(text::is_arabic);
        let script = |text: &str, ar: Field, latin: Field| if arabic(text) { ar } else { latin };
        let now = self.now().to_zoned(self.pack().zone().clone());
        let name = script(&form.name, Field::ChildFirstNameAr, Field::ChildFirstName);
        let looks = script(&form.looks, Field::ClothesAr, Field::Clothes);
        let answers = [
            (name, form.name.clone()),
            (Field::ChildAge, age.unwrap_or_default().to_string()),
            (looks, form.looks.clone()),
            (Field::ReporterName, caller.to_owned()),
            (Field::ReporterRelation, RELATION.to_owned()),
            (
                Field::LastSeenAt,
                now.datetime().strftime("%Y-%m-%dT%H:%M").to_string(),
            ),
            (Field::LastSeenLat, venue.point.0.clone()),
            (Field::LastSeenLon, venue.point.1.clone()),
            (Field::LastSeenWords, venue.names[1].clone()),
        ];
        let kept = answers.into_iter().filter_map(|(field, value)| {
            let value = accept(field, &value).ok()?;
            (!value.is_empty()).then_some((field, value))
        });
        Ok(kept.collect())
    }
}

async fn open_in(tx: &mut Tx, opening: &Opening) -> AppResult<CaseId> {
    if let Some(opened) = find_opened(tx, &opening.claim).await? {
        return Ok(opened);
    }
    let (case_id, by) = (opening.row.case, opening.actor.person);
    let file = case::insert(tx, case_id, &opening.venue.district, by).await?;
    first_answers(tx, &opening.key, (case_id, by), &opening.answers).await?;
    venue::insert_case(tx, &opening.row).await?;
    tx.settle(&opening.claim, case_id, 201).await?;
    let detail = Detail::none()
        .with("venue", &opening.row.venue)
        .with("number", file.number);
    let object = ObjectId::new("case", case_id);
    tx.audit(Entry::new(by, "case.venue_open", object).with_detail(detail))?;
    Ok(case_id)
}
