//! The places to check of a case, giving them to units, and what the looks came to.

use axum::extract::{Path, State};
use tifli_app::Kind;
use tifli_app::check::PlaceToCheck;
use tifli_domain::check::Outcome;
use tifli_domain::id::CaseId;
use tifli_domain::permission::Act;

use super::desk::{Desk, Names, Sent, go_to};
use crate::console::places::{ChecksPage, LookView, PlaceCard, PlacesPage, WrongLook};
use crate::console::problems::beside;
use crate::forms::Choice;
use crate::problem::{Answer, Refused};
use crate::request::{Form, Id};
use crate::routes::api::place_of;
use crate::server::{WebState, moment};

/// `GET /console/cases/{id}/places`.
pub async fn page(desk: Desk, Id(case): Id<CaseId>) -> Answer {
    let view = fill(&desk, case, WrongLook::default()).await?;
    Ok(desk.page(&view))
}

/// `GET /console/checks`.
pub async fn of_unit(desk: Desk) -> Answer {
    let view = fill_checks(&desk, WrongLook::default()).await?;
    Ok(desk.page(&view))
}

/// `POST /console/cases/{id}/places/{item}/unit`.
pub async fn assign(
    State(_): State<WebState>,
    Path((case, item)): Path<(String, String)>,
    Sent { desk, form }: Sent,
) -> Answer {
    let place = place_of(&case, &item)?;
    let unit = form.text("unit");
    desk.app().assign_place(&desk.actor, place, unit).await?;
    Ok(go_to(format!("/console/cases/{case}/places#place-{item}")))
}

/// `POST /console/cases/{id}/places/{item}/result`.
pub async fn record(
    State(_): State<WebState>,
    Path((case, item)): Path<(String, String)>,
    Sent { desk, form }: Sent,
) -> Answer {
    let place = place_of(&case, &item)?;
    let back = form.text("back") == "checks" || !desk.may(Act::ReadCase);
    let done = match form.text("outcome").parse::<Outcome>() {
        Ok(outcome) => {
            let look = (outcome, form.text("note"));
            desk.app().record_place(&desk.actor, place, look).await
        }
        Err(_) => Err(tifli_app::AppError::field("outcome", "missing")),
    };
    match done {
        Ok(()) if back => Ok(go_to("/console/checks")),
        Ok(()) => Ok(go_to(format!("/console/cases/{case}/places#place-{item}"))),
        Err(error) if error.kind == Kind::Invalid => {
            let errors = beside(&desk.shell, &error.problems, str::to_owned);
            let wrong = wrong_look(&form, place, errors);
            match back {
                true => Ok(desk.again(&fill_checks(&desk, wrong).await?)),
                false => Ok(desk.again(&fill(&desk, place.0, wrong).await?)),
            }
        }
        Err(error) => Err(error.into()),
    }
}

fn wrong_look(
    form: &Form,
    (case, item): (CaseId, i64),
    errors: crate::forms::FormErrors,
) -> WrongLook {
    WrongLook {
        case: case.to_string(),
        item,
        note: form.text("note").to_owned(),
        errors,
    }
}

async fn fill(desk: &Desk, case: CaseId, wrong: WrongLook) -> Result<PlacesPage, Refused> {
    let summary = desk.app().case_summary(&desk.actor, case).await?;
    let places = desk.app().places(&desk.actor, case).await?;
    let units = match desk.may_in(Act::AssignPlace, &summary.district) {
        true => desk.app().units(&desk.actor, &summary.district).await?,
        false => Vec::new(),
    };
    let names = desk.names().await?;
    let (hasty, rest): (Vec<_>, Vec<_>) = places
        .into_iter()
        .partition(|place| place.reason.is_hasty());
    let cards = |places: Vec<PlaceToCheck>| {
        let cards = places.into_iter();
        cards.map(|place| card(desk, case, (place, &units), Some(&names)))
    };
    Ok(PlacesPage {
        case: case.to_string(),
        number: summary.label,
        hasty: cards(hasty).collect(),
        rest: cards(rest).collect(),
        may_record: desk.may_in(Act::RecordPlace, &summary.district),
        wrong,
        shell: desk.shell.clone(),
    })
}

async fn fill_checks(desk: &Desk, wrong: WrongLook) -> Result<ChecksPage, Refused> {
    let places = desk.app().places_of_unit(&desk.actor).await?.into_iter();
    let cards = places.map(|one| PlaceCard {
        number: desk.shell.num(one.case_number),
        ..card(desk, one.case, (one.place, &[]), None)
    });
    Ok(ChecksPage {
        places: cards.collect(),
        wrong,
        shell: desk.shell.clone(),
    })
}

fn card(
    desk: &Desk,
    case: CaseId,
    (place, units): (PlaceToCheck, &[String]),
    names: Option<&Names>,
) -> PlaceCard {
    let (open, withdrawn) = (place.is_open(), place.withdrawn);
    let unit = place.unit.unwrap_or_default();
    let hub = desk.choices("hubs", &place.place.hub).into_iter();
    let mut hub = hub.filter(|hub| hub.chosen).map(|hub| hub.label);
    let looks = place.results.into_iter().rev().map(|result| LookView {
        outcome: result.outcome,
        note: result.note,
        by: names.map(|names| names.of(result.by)).unwrap_or_default(),
        at: moment(result.at_ms),
    });
    let units = units.iter().filter(|_| !withdrawn);
    let units = units.map(|unit| Choice::new(unit, unit)).collect();
    PlaceCard {
        case: case.to_string(),
        number: String::new(),
        item: place.item,
        reason: place.reason,
        words: hub.next().unwrap_or(place.place.words),
        usual: place.place.usual,
        units: Choice::select(units, &unit),
        unit,
        open,
        withdrawn,
        looks: looks.collect(),
    }
}
