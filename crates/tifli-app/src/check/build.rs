//! Building the places to check: the answers and lists are read within the write that changed them;
//! a place already on the list is written anew where its answer changed, and never taken away.

use std::collections::{BTreeMap, HashMap};

use tifli_domain::Actor;
use tifli_domain::check::{CheckedPlace, Facts, avoided, candidates};
use tifli_domain::id::CaseId;
use tifli_domain::intake::{Field, Item, Mark};
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::case::AnswerRow;
use tifli_store::check::{self, CheckRow, NewCheck};
use tifli_store::intake::{self, ItemRow};
use tifli_store::{Opened, Tx, case};
use tifli_units::Position;

use crate::intake::{KnownRow, open_items};
use crate::report::reading;
use crate::{App, AppError, AppResult};

/// Answers that say whether the child may travel.
const TRAVELS: [Field; 5] = [
    Field::TakenMoney,
    Field::TakenPapers,
    Field::WishLeave,
    Field::MoneyAccess,
    Field::TransportSkills,
];
/// Answers that name a place or say what must be checked first.
const PLACES: [Field; 10] = [
    Field::ChildBirthDate,
    Field::ChildAge,
    Field::HomeAddress,
    Field::LastSeenLat,
    Field::LastSeenLon,
    Field::LastSeenWords,
    Field::WaterNear,
    Field::HazardsNear,
    Field::Development,
    Field::School,
];

/// Everything that is opened to build the list.
struct Sources {
    answers: Vec<AnswerRow>,
    items: Vec<ItemRow>,
    checks: Vec<CheckRow>,
}

/// An answer with its mark.
type Told = BTreeMap<Field, (String, Option<Mark>)>;

/// Whether an answer to this question may change the list.
pub(crate) fn feeds(field: Field) -> bool {
    PLACES.contains(&field) || TRAVELS.contains(&field)
}

/// Brings the places to check up to date within a write.
pub(crate) async fn refresh_in(
    tx: &mut Tx,
    app: &App,
    actor: &Actor,
    case_id: CaseId,
) -> AppResult<()> {
    let mut answers = case::list_standing(tx, case_id).await?;
    answers.retain(|row| feeds(row.field));
    let sources = Sources {
        answers,
        items: intake::list_items(tx, case_id).await?,
        checks: check::list(tx, case_id).await?,
    };
    let values = sources.answers.iter().map(|row| row.value.clone());
    let bodies = sources.items.iter().map(|row| row.body.clone());
    let places = sources.checks.iter().map(|row| row.place.clone());
    let sealed = values.chain(bodies).chain(places).collect();
    let read = reading(actor, case_id, "places");
    let opened = tx.open(read, sealed).await?;
    let facts = facts(app, &sources, &opened)?;
    let present = present(&sources, &opened);
    let key = app.case_key(case_id).await?;
    let mut next = check::next_item(tx, case_id).await?;
    let (mut added, mut changed) = (0, 0);
    for candidate in candidates(&facts) {
        let same = present.get(candidate.origin.as_str());
        if same.is_some_and(|(row, place)| {
            row.withdrawn_ms.is_none()
                && row.position == candidate.rank
                && place.as_ref() == Some(&candidate.place)
        }) {
            continue;
        }
        let item = same.map_or(next, |(row, _)| row.item);
        let place = serde_json::to_vec(&candidate.place);
        let place = place.map_err(|_| AppError::internal("place_check"))?;
        let new = NewCheck {
            case: case_id,
            item,
            origin: candidate.origin,
            reason: candidate.reason,
            position: candidate.rank,
            place_sealed: key.seal(&check::place_context(case_id, item), &place),
        };
        if same.is_some() {
            check::update_place(tx, &new).await?;
            changed += 1;
        } else {
            check::insert(tx, &new).await?;
            next += 1;
            added += 1;
        }
    }
    let withdrawn = withdraw_avoided(tx, &sources.checks, &facts).await?;
    if added + changed + withdrawn > 0 {
        let detail = Detail::none()
            .with("added", added)
            .with("changed", changed)
            .with("withdrawn", withdrawn);
        let object = ObjectId::new("case", case_id);
        tx.audit(Entry::new(actor.person, "case.places", object).with_detail(detail))?;
    }
    Ok(())
}

/// Withdraws the places of people whom the child avoids; says how many. What an answer only names no
/// longer stays: an answer taken back narrows no search.
async fn withdraw_avoided(tx: &mut Tx, checks: &[CheckRow], facts: &Facts) -> AppResult<usize> {
    let avoided = avoided(facts);
    let standing = checks.iter().filter(|row| row.withdrawn_ms.is_none());
    let gone: Vec<_> = standing
        .filter(|row| avoided.contains(&row.origin))
        .collect();
    for row in &gone {
        check::withdraw(tx, (row.case, row.item)).await?;
    }
    Ok(gone.len())
}

fn present<'s>(
    sources: &'s Sources,
    opened: &Opened,
) -> HashMap<&'s str, (&'s CheckRow, Option<CheckedPlace>)> {
    let first = sources.answers.len() + sources.items.len();
    let rows = sources.checks.iter().enumerate();
    rows.map(|(place, row)| {
        let text = opened.text(first + place).unwrap_or_default();
        (row.origin.as_str(), (row, serde_json::from_str(text).ok()))
    })
    .collect()
}

fn facts(app: &App, sources: &Sources, opened: &Opened) -> AppResult<Facts> {
    let rows = sources.answers.iter().enumerate();
    let told: Told = rows
        .map(|(place, row)| {
            let text = opened.text(place).unwrap_or_default().to_owned();
            (row.field, (text, row.said.mark))
        })
        .collect();
    let text = |field: Field| told.get(&field).map_or("", |(text, _)| text.as_str());
    let mut facts = Facts {
        age: app.age_today(text(Field::ChildBirthDate), text(Field::ChildAge)),
        home: text(Field::HomeAddress).to_owned(),
        last_seen: (text(Field::LastSeenWords).to_owned(), point(&told)),
        water: unless_no(&told, Field::WaterNear),
        hazards: unless_no(&told, Field::HazardsNear),
        wanders: is_yes(&told, Field::Development),
        travels: TRAVELS.iter().any(|field| is_yes(&told, *field)),
        school: text(Field::School).to_owned(),
        ..Facts::default()
    };
    let hubs = app.pack().choices("hubs").unwrap_or_default();
    facts.hubs = hubs.iter().map(|hub| hub.id.clone()).collect();
    for KnownRow { item, row, .. } in open_items(&sources.items, opened, sources.answers.len())? {
        match row {
            Item::Person(person) => facts.people.push((item, person)),
            Item::Place(place) => facts.places.push((item, place)),
        }
    }
    Ok(facts)
}

fn unless_no(told: &Told, field: Field) -> Option<String> {
    match told.get(&field) {
        Some((_, Some(Mark::No))) => None,
        Some((text, _)) => Some(text.clone()),
        None => Some(String::new()),
    }
}

fn is_yes(told: &Told, field: Field) -> bool {
    match told.get(&field) {
        Some((_, Some(Mark::Yes))) => true,
        Some((text, None)) => !text.is_empty(),
        _ => false,
    }
}

fn point(told: &Told) -> Option<Position> {
    let degrees = |field: Field| told.get(&field)?.0.replace(',', ".").parse().ok();
    Position::new(degrees(Field::LastSeenLat)?, degrees(Field::LastSeenLon)?).ok()
}
