//! The directory of services, for the administrator: the list, one service, a file in and out, who belongs to which.

use axum::extract::State;
use serde::Deserialize;
use tifli_app::people::PersonView;
use tifli_app::{Kind, Problem};
use tifli_domain::Role;
use tifli_domain::id::PersonId;
use tifli_domain::permission::Act;
use tifli_domain::service::{Service, ServiceId, Typed};

use super::bulletin::{kind, name};
use super::desk::{Desk, Sent, go_to};
use super::figures::csv_answer;
use super::roster::utf8;
use crate::console::bulletin::{DirectoryRow, ServiceForm, ServicesPage};
use crate::console::problems::{beside, of_code, sentence};
use crate::forms::{Choice, FormErrors};
use crate::problem::{Answer, Refused};
use crate::request::{Form, QueryOf};
use crate::server::WebState;

/// The query of the directory.
#[derive(Debug, Default, Deserialize)]
pub struct ServicesQuery {
    #[serde(default)]
    edit: String,
}

/// What a sent form adds to the directory's page.
#[derive(Default)]
struct Again {
    typed: Typed,
    person: String,
    service: String,
    csv: String,
    imported: Option<String>,
    errors: FormErrors,
}

/// `GET /console/services?edit=`.
pub async fn page(desk: Desk, QueryOf(query): QueryOf<ServicesQuery>) -> Answer {
    let services = desk.app().list_services(&desk.actor).await?;
    let mut edited = services.iter().filter(|one| one.id.as_str() == query.edit);
    let again = Again {
        typed: edited.next().map(Service::typed).unwrap_or_default(),
        ..Again::default()
    };
    let view = fill_services(&desk, again).await?;
    Ok(desk.page(&view))
}

/// `GET /console/services.csv`.
pub async fn export(desk: Desk) -> Answer {
    let csv = desk.app().export_services(&desk.actor).await?;
    Ok(csv_answer(format!("\u{feff}{csv}"), "services"))
}

/// `POST /console/services`: one service, new or changed.
pub async fn put(State(_): State<WebState>, Sent { desk, form }: Sent) -> Answer {
    let typed = typed(&form);
    match desk.app().put_service(&desk.actor, &typed).await {
        Ok(_) => Ok(go_to("/console/services")),
        Err(error) if error.kind == Kind::Invalid => {
            let again = Again {
                errors: beside(&desk.shell, &error.problems, str::to_owned),
                typed,
                ..Again::default()
            };
            Ok(desk.again(&fill_services(&desk, again).await?))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/services/import`: a file, chosen or pasted.
pub async fn import(State(_): State<WebState>, Sent { desk, mut form }: Sent) -> Answer {
    let pasted = form.text("csv").to_owned();
    let mut again = Again::default();
    let csv = match form.take_file("file").map(utf8).transpose() {
        Ok(csv) => csv.unwrap_or(pasted),
        Err(error) => {
            again.errors = beside(&desk.shell, &error.problems, str::to_owned);
            return Ok(desk.again(&fill_services(&desk, again).await?));
        }
    };
    match desk.app().import_services(&desk.actor, &csv).await {
        Ok(change) => {
            let counts = (change.added + change.changed, change.same);
            let (new, same) = (desk.shell.num(counts.0), desk.shell.num(counts.1));
            again.imported = Some(desk.shell.pair("services-imported", new, same));
        }
        Err(error) if error.kind == Kind::Invalid => {
            for problem in &error.problems {
                again.errors.insert("csv", line_words(&desk, problem));
            }
            again.csv = csv;
        }
        Err(error) => return Err(error.into()),
    }
    let refused = !again.errors.is_empty();
    let view = fill_services(&desk, again).await?;
    Ok(if refused {
        desk.again(&view)
    } else {
        desk.page(&view)
    })
}

/// `POST /console/services/people`: `person` belongs to `service`; an empty one takes them out.
pub async fn join(State(_): State<WebState>, Sent { desk, form }: Sent) -> Answer {
    let mut errors = FormErrors::none();
    let person = form.text("person").parse::<PersonId>();
    let wanted = form.text("service");
    let service = (!wanted.is_empty()).then(|| wanted.parse::<ServiceId>());
    let service = service.transpose();
    if person.is_err() {
        errors.insert("person", of_code(&desk.shell, "not_an_answer"));
    }
    if service.is_err() {
        errors.insert("service", of_code(&desk.shell, "not_an_answer"));
    }
    let (Ok(person), Ok(service)) = (person, service) else {
        let again = Again {
            person: form.text("person").to_owned(),
            service: wanted.to_owned(),
            errors,
            ..Again::default()
        };
        return Ok(desk.again(&fill_services(&desk, again).await?));
    };
    let app = desk.app();
    app.assign_service(&desk.actor, person, service.as_ref())
        .await?;
    Ok(go_to("/console/services"))
}

/// A problem of a file's line: where it is, and what.
fn line_words(desk: &Desk, problem: &Problem) -> String {
    let arg = |name: &str| {
        let found = problem.args.iter().find(|(held, _)| held == name);
        found.map_or("", |(_, value)| value.as_str())
    };
    let place = match arg("column") {
        "" | "-" => desk.shell.about("services-line-whole", arg("line")),
        column => desk.shell.pair("services-line", arg("line"), column),
    };
    format!("{place} {}", sentence(&desk.shell, problem))
}

fn typed(form: &Form) -> Typed {
    let text = |name: &str| form.text(name).to_owned();
    Typed {
        id: text("id"),
        kind: text("kind"),
        name_ar: text("name_ar"),
        name_fr: text("name_fr"),
        name_en: text("name_en"),
        region: text("region"),
        district: text("district"),
        email: text("email"),
        phone: text("phone"),
        active: text("active"),
    }
}

async fn fill_services(desk: &Desk, again: Again) -> Result<ServicesPage, Refused> {
    let services = desk.app().list_services(&desk.actor).await?;
    let people = match desk.may(Act::ManagePeople) {
        true => desk.app().list_people(&desk.actor).await?,
        false => Vec::new(),
    };
    let members = match desk.may(Act::ManagePeople) {
        true => desk.app().list_members(&desk.actor).await?,
        false => Vec::new(),
    };
    let shown = |person: PersonId| {
        let found = people.iter().find(|one| one.person == person);
        found.map_or_else(|| person.to_string(), |one| one.display_name.clone())
    };
    let called = |id: &ServiceId| {
        let found = services.iter().find(|one| one.id == *id);
        found.map_or_else(|| id.to_string(), |one| name(desk, one))
    };
    let joins = |person: &&PersonView| matches!(person.role, Role::Unit | Role::Officer);
    let may_join = people.iter().filter(joins);
    let may_join = may_join.map(|one| Choice::new(one.person.to_string(), &one.display_name));
    let none = Choice::new("", desk.shell.say("services-none"));
    let to = services
        .iter()
        .map(|one| Choice::new(one.id.as_str(), name(desk, one)));
    Ok(ServicesPage {
        people: Choice::select(may_join.collect(), &again.person),
        choices: Choice::select(std::iter::once(none).chain(to).collect(), &again.service),
        members: members
            .iter()
            .map(|(person, service)| (shown(*person), called(service)))
            .collect(),
        services: services
            .iter()
            .map(|one| directory_row(desk, one))
            .collect(),
        form: service_form(desk, again.typed),
        csv: again.csv,
        imported: again.imported,
        errors: again.errors,
        shell: desk.shell.clone(),
    })
}

fn directory_row(desk: &Desk, service: &Service) -> DirectoryRow {
    let district = match service.district.as_str() {
        "" => String::new(),
        id => desk.district(id),
    };
    let parts = [service.region.as_str(), district.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    DirectoryRow {
        id: service.id.to_string(),
        name: name(desk, service),
        kind: kind(desk, &service.kind),
        place: parts.join(&format!("{} ", desk.shell.say("list-comma"))),
        email: service.email.clone(),
        phone: service.phone.clone(),
        active: service.active,
    }
}

fn service_form(desk: &Desk, typed: Typed) -> ServiceForm {
    let active =
        ["yes", "no"].map(|word| Choice::new(word, desk.shell.word("services-active-{}", word)));
    let chosen = if typed.active == "no" { "no" } else { "yes" };
    ServiceForm {
        kinds: desk.choices("services", &typed.kind),
        districts: desk.districts(&typed.district),
        active: Choice::select(active.to_vec(), chosen),
        names: [typed.name_ar, typed.name_fr, typed.name_en],
        id: typed.id,
        region: typed.region,
        email: typed.email,
        phone: typed.phone,
    }
}
