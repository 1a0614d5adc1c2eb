//! A message held against its case before somebody approves it: warnings in its words, what the table says of the
//! case, and how loudly it is proposed to go out.

use tifli_domain::Actor;
use tifli_domain::id::CaseId;
use tifli_domain::intake::{Field, Item};
use tifli_domain::loudness::{Danger, Loudness, Occasion, proposed};
use tifli_domain::message::{Message, MsgType};
use tifli_domain::qualify::{Criterion, Qualification};
use tifli_domain::scrutiny::{Against, Finding, Secrets, Severity, Vocabulary, Warning, warnings};
use tifli_geo::Shape;
use tifli_store::case::AnswerRow;
use tifli_store::intake::{self, ItemRow};
use tifli_store::{Opened, Reads, Sealed, Tx, case};

use super::known::Known;
use crate::intake::open_items;
use crate::report::{reading, text_code};
use crate::{App, AppError, AppResult, Problem};

/// Answers that hold a number of the family or the child.
const PHONES: [Field; 3] = [Field::ReporterPhone, Field::ChildPhone, Field::SecondPhone];
/// Answers that hold a family name.
const NAMES: [Field; 2] = [Field::ChildFamilyName, Field::ChildFamilyNameAr];

/// A message held against its case.
#[derive(Debug, Clone)]
pub struct Weighed {
    /// What is worth a word in its texts, the heaviest first.
    pub warnings: Vec<Warning>,
    /// What the table says of the case.
    pub qualification: Qualification,
    /// What a loudness is proposed for.
    pub occasion: Occasion,
    /// The loudness proposed.
    pub proposed: Loudness,
}

/// What an approver confirms of the warnings, and why.
#[derive(Clone, Default)]
pub struct Confirmed {
    /// The warnings, by their keys.
    pub keys: Vec<String>,
    /// Why it goes out all the same.
    pub reason: String,
}

/// The sealed rows of what must not stand in a text.
struct Rows {
    answers: Vec<AnswerRow>,
    items: Vec<ItemRow>,
}

impl Confirmed {
    /// The reason, which must be there once something is confirmed.
    pub(crate) fn why(&self) -> AppResult<Option<String>> {
        if self.keys.is_empty() {
            return Ok(None);
        }
        let why = tifli_domain::text::required(&self.reason, 1_000);
        why.map(Some)
            .map_err(|error| AppError::field("confirm_reason", text_code(error)))
    }

    /// Refuses while a warning stops the message, or waits to be confirmed.
    pub(crate) fn settle(&self, warnings: &[Warning]) -> AppResult<()> {
        let stops = |one: &&Warning| one.finding.severity() == Severity::Blocks;
        if warnings.iter().any(|one| stops(&one)) {
            return Err(AppError::conflict("warnings_block"));
        }
        let mut waiting = warnings
            .iter()
            .filter(|one| one.finding.severity() == Severity::Confirm);
        match waiting.all(|one| self.keys.contains(&one.key())) {
            true => Ok(()),
            false => Err(AppError::conflict("warnings_not_confirmed")),
        }
    }
}

/// What stops a submission beside its fields; what another guard refuses by its own word is left to that.
pub(crate) fn problems(warnings: &[Warning]) -> Vec<Problem> {
    let here = [Finding::FamilyPhone, Finding::RadiusInMetres];
    let found = warnings.iter().filter(|one| here.contains(&one.finding));
    found
        .map(|one| {
            Problem::new(
                format!("{}_{}", one.field, one.language),
                one.finding.as_str(),
            )
        })
        .collect()
}

/// The warnings of a message, within the write that decides on it.
pub(crate) async fn warnings_in(
    tx: &mut Tx,
    (app, actor): (&App, &Actor),
    (case_id, known): (CaseId, &Known),
    (message, channels): (&Message, &[String]),
) -> AppResult<Vec<Warning>> {
    let rows = rows(tx, case_id).await?;
    let opened = tx
        .open(reading(actor, case_id, "scrutiny"), rows.sealed())
        .await?;
    let secrets = rows.open(&opened)?;
    app.warnings(known, &secrets, (message, channels))
}

impl App {
    /// Holds a message against its case, for a person who reads both.
    pub(crate) async fn weigh_message(
        &self,
        actor: &Actor,
        case_id: CaseId,
        (message, channels): (&Message, &[String]),
    ) -> AppResult<Weighed> {
        let known = self.known(actor, case_id).await?;
        let rows = self
            .db()
            .read("scrutiny", case_id, |reads, case_id| {
                Box::pin(async move { rows(reads, *case_id).await })
            })
            .await?;
        let read = reading(actor, case_id, "scrutiny");
        let opened = self.db().open_sealed(read, rows.sealed()).await?;
        let secrets = rows.open(&opened)?;
        let occasion = self.occasion(&known, message.msg_type);
        Ok(Weighed {
            warnings: self.warnings(&known, &secrets, (message, channels))?,
            proposed: proposed(occasion),
            occasion,
            qualification: known.qualification,
        })
    }

    fn occasion(&self, known: &Known, msg_type: MsgType) -> Occasion {
        let grave = [
            Criterion::Young,
            Criterion::Danger,
            Criterion::Forced,
            Criterion::Grave,
        ];
        let met = &known.qualification.met;
        Occasion {
            msg_type,
            rung: known.standing.rung,
            danger: match grave.iter().any(|one| met.contains(one)) {
                true => Danger::Known,
                false => Danger::NotKnown,
            },
            hour: self.hour_there().1,
        }
    }

    fn warnings(
        &self,
        known: &Known,
        secrets: &Secrets,
        (message, channels): (&Message, &[String]),
    ) -> AppResult<Vec<Warning>> {
        let pack = self.pack();
        let area = self.read_area(&message.area)?;
        let languages: Vec<(String, &Vocabulary)> = self
            .alert_languages()
            .filter_map(|tag| Some((tag.as_str().to_owned(), pack.vocabulary(tag)?)))
            .collect();
        Ok(warnings(
            message,
            &Against {
                nature: known.standing.nature,
                secrets,
                own_numbers: &pack.call().numbers(),
                never_say: &pack.languages().never_say,
                languages: &languages,
                radius_km: match area.shape() {
                    Shape::Circle(circle) => Some(circle.radius().kilometres().get()),
                    Shape::Polygon(_) | Shape::Regions(_) => None,
                },
                channels,
            },
        ))
    }
}

async fn rows(reads: &mut impl Reads, case_id: CaseId) -> AppResult<Rows> {
    let mut answers = case::list_answers(reads, case_id).await?;
    answers.retain(|row| PHONES.contains(&row.field) || NAMES.contains(&row.field));
    Ok(Rows {
        answers,
        items: intake::list_items(reads, case_id).await?,
    })
}

impl Rows {
    fn sealed(&self) -> Vec<Sealed> {
        let answers = self.answers.iter().map(|row| row.value.clone());
        let items = self.items.iter().map(|row| row.body.clone());
        answers.chain(items).collect()
    }

    fn open(&self, opened: &Opened) -> AppResult<Secrets> {
        let mut secrets = Secrets::default();
        for (place, row) in self.answers.iter().enumerate() {
            let told = opened.text(place).unwrap_or_default().to_owned();
            match PHONES.contains(&row.field) {
                true => secrets.phones.push(told),
                false => secrets.family_names.push(told),
            }
        }
        for known in open_items(&self.items, opened, self.answers.len())? {
            if let Item::Person(person) = known.row {
                secrets.phones.push(person.phone);
            }
        }
        Ok(secrets)
    }
}
