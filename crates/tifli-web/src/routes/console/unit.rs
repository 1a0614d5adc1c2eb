//! The board of one's own service: acknowledging in one act, "we searched here, nothing", "seen"; and what units
//! searched, on the case.

use axum::extract::State;
use serde::Deserialize;
use tifli_app::Kind;
use tifli_app::unit_report::{SearchForm, SeenForm};
use tifli_domain::bulletin::ReadingState;
use tifli_domain::id::{BulletinId, CaseId};

use super::desk::{Desk, Sent, go_to};
use crate::console::problems::beside;
use crate::console::unit::{SearchRow, SearchedForm, SearchesPage, SeenPage, UnitBoard, UnitRow};
use crate::forms::{Choice, FormErrors};
use crate::problem::{Answer, Refused};
use crate::request::{Id, QueryOf};
use crate::server::{WebState, moment};

/// What was just kept.
#[derive(Debug, Default, Deserialize)]
pub struct KeptQuery {
    #[serde(default)]
    kept: String,
}

/// `GET /console/unit`.
pub async fn page(desk: Desk, QueryOf(query): QueryOf<KeptQuery>) -> Answer {
    let lines = desk.app().unit_board(&desk.actor).await?;
    let own = desk.app().service_of(&desk.actor).await?;
    let names = desk.app().service_names().await?;
    let service = own.map(|own| service_name(&desk, &names, own.as_str()));
    let rows = lines.into_iter().map(|line| UnitRow {
        id: line.row.bulletin.to_string(),
        number: format!("{}/{}", line.number, line.year),
        kind: line.kind,
        district: desk.district(&line.row.district),
        sent: moment(line.sent_ms),
        reading: line.own.unwrap_or(ReadingState::Unread),
    });
    let view = UnitBoard {
        service: service.unwrap_or_default(),
        kept: match query.kept.as_str() {
            word @ ("searched" | "seen") => word.to_owned(),
            _ => String::new(),
        },
        rows: rows.collect(),
        shell: desk.shell.clone(),
    };
    Ok(desk.page(&view))
}

/// `POST /console/unit/{id}/acknowledge`: opens the bulletin and acknowledges it; what it says is shown next.
pub async fn acknowledge(
    State(_): State<WebState>,
    Id(id): Id<BulletinId>,
    Sent { desk, .. }: Sent,
) -> Answer {
    desk.app().open_and_acknowledge(&desk.actor, id).await?;
    Ok(go_to(format!("/console/bulletins/{id}")))
}

/// `GET /console/unit/{id}/searched`.
pub async fn search_form(desk: Desk, Id(id): Id<BulletinId>) -> Answer {
    let form = SearchForm {
        when: desk.shell.say("when-now"),
        ..SearchForm::default()
    };
    let key = desk.state.random_hex(16);
    let view = searched_view(&desk, id, (key, form, FormErrors::none())).await?;
    Ok(desk.page(&view))
}

/// `POST /console/unit/{id}/searched`.
pub async fn searched(
    State(_): State<WebState>,
    Id(id): Id<BulletinId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let text = |name: &str| form.text(name).to_owned();
    let search = SearchForm {
        // A place typed in words is where they looked, whatever was chosen above it.
        item: match form.text("place").trim() {
            "" => text("item"),
            _ => String::new(),
        },
        place: text("place"),
        when: text("when"),
        cover: text("cover"),
        note: text("note"),
    };
    let key = text("key");
    let done = desk
        .app()
        .record_search(&desk.actor, (id, &key), &search)
        .await;
    match done {
        Ok(_) => Ok(go_to("/console/unit?kept=searched")),
        Err(error) if error.kind == Kind::Invalid => {
            let errors = beside(&desk.shell, &error.problems, str::to_owned);
            let mut shown = search;
            shown.item = text("item");
            let view = searched_view(&desk, id, (key, shown, errors)).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /console/unit/{id}/seen`.
pub async fn seen_form(desk: Desk, Id(id): Id<BulletinId>) -> Answer {
    // Refuses whoever's service was not sent it.
    desk.app().places_to_search(&desk.actor, id).await?;
    let form = SeenForm {
        when: desk.shell.say("when-now"),
        ..SeenForm::default()
    };
    let key = desk.state.random_hex(16);
    Ok(desk.page(&seen_view(&desk, id, (key, form, FormErrors::none()))))
}

/// `POST /console/unit/{id}/seen`.
pub async fn seen(
    State(_): State<WebState>,
    Id(id): Id<BulletinId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let text = |name: &str| form.text(name).to_owned();
    let told = SeenForm {
        how: text("how"),
        words: text("words"),
        place: text("place"),
        when: text("when"),
    };
    let key = text("key");
    match desk.app().report_seen(&desk.actor, (id, &key), &told).await {
        Ok(_) => Ok(go_to("/console/unit?kept=seen")),
        Err(error) if error.kind == Kind::Invalid => {
            let errors = beside(&desk.shell, &error.problems, str::to_owned);
            Ok(desk.again(&seen_view(&desk, id, (key, told, errors))))
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /console/cases/{id}/searches`.
pub async fn of_case(desk: Desk, Id(case): Id<CaseId>) -> Answer {
    let searches = desk.app().searches(&desk.actor, case).await?;
    let number = desk.app().case_summary(&desk.actor, case).await?.label;
    let names = desk.names().await?;
    let services = desk.app().service_names().await?;
    let rows = searches.into_iter().map(|one| SearchRow {
        place: one.place.words,
        cover: one.cover,
        searched: moment(one.searched_ms),
        service: service_name(&desk, &services, one.service.as_str()),
        by: names.of(one.by),
        note: one.place.note,
    });
    let view = SearchesPage {
        case: case.to_string(),
        number,
        rows: rows.collect(),
        shell: desk.shell.clone(),
    };
    Ok(desk.page(&view))
}

type Filled<F> = (String, F, FormErrors);

async fn searched_view(
    desk: &Desk,
    id: BulletinId,
    (key, form, errors): Filled<SearchForm>,
) -> Result<SearchedForm, Refused> {
    let given = desk.app().places_to_search(&desk.actor, id).await?;
    let hubs = desk.choices("hubs", "");
    let places = given.into_iter().map(|one| {
        let reason = desk.shell.word("reason-{}", one.reason.as_str());
        let hub = hubs.iter().find(|hub| hub.value == one.place.hub);
        let words = hub.map_or(one.place.words.clone(), |hub| hub.label.clone());
        let label = match words.is_empty() {
            true => reason,
            false => format!("{reason} · {words}"),
        };
        Choice::new(one.item.to_string(), label)
    });
    Ok(SearchedForm {
        id: id.to_string(),
        key,
        places: Choice::select(places.collect(), &form.item),
        place: form.place,
        when: form.when,
        cover: form.cover,
        note: form.note,
        errors,
        shell: desk.shell.clone(),
    })
}

fn seen_view(desk: &Desk, id: BulletinId, (key, form, errors): Filled<SeenForm>) -> SeenPage {
    SeenPage {
        id: id.to_string(),
        key,
        line: desk.app().pack().call().number.clone(),
        how: form.how,
        place: form.place,
        when: form.when,
        words: form.words,
        errors,
        shell: desk.shell.clone(),
    }
}

/// A service's name in the page's language, or in any there is.
fn service_name(
    desk: &Desk,
    names: &std::collections::BTreeMap<String, [String; 3]>,
    id: &str,
) -> String {
    let Some([ar, fr, en]) = names.get(id) else {
        return id.to_owned();
    };
    let own = match desk.shell.locale().tag() {
        "ar" => ar,
        "fr" => fr,
        _ => en,
    };
    let any = [own, ar, fr, en].into_iter().find(|name| !name.is_empty());
    any.map_or_else(|| id.to_owned(), Clone::clone)
}
