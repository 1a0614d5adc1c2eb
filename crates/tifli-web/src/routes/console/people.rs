//! Accounts of the house: the list, a new one with its secrets shown once, closing one and opening it again.

use axum::extract::State;
use tifli_app::Kind;
use tifli_app::people::{CreatedPerson as Made, Creator, NewPerson as New};
use tifli_domain::Role;
use tifli_domain::id::PersonId;

use super::desk::{Desk, Sent, go_to, moment_of};
use super::entry::in_fours;
use crate::console::people::{CreatedPerson, NewPerson, PeoplePage, PersonRow};
use crate::console::problems::{beside, of_code};
use crate::forms::FormErrors;
use crate::problem::{Answer, Refused};
use crate::request::{Form, Id};
use crate::server::WebState;

/// `GET /console/people`.
pub async fn page(desk: Desk) -> Answer {
    let view = fill(&desk, &Form::default(), (None, FormErrors::none())).await?;
    Ok(desk.page(&view))
}

/// `POST /console/people`: answers with the page itself, because the secrets are shown this once.
pub async fn create(State(_): State<WebState>, Sent { desk, form }: Sent) -> Answer {
    let Ok(role) = form.text("role").parse::<Role>() else {
        let mut errors = FormErrors::none();
        errors.insert("role", of_code(&desk.shell, "not_an_answer"));
        let view = fill(&desk, &form, (None, errors)).await?;
        return Ok(desk.again(&view));
    };
    let new = New {
        login: form.text("login").to_owned(),
        display_name: form.text("name").to_owned(),
        role,
        district: form.text("district").to_owned(),
        unit: form.text("unit").to_owned(),
    };
    match desk
        .app()
        .create_person(Creator::Person(&desk.actor), &new)
        .await
    {
        Ok(made) => {
            let view = fill(&desk, &Form::default(), (Some(made), FormErrors::none())).await?;
            Ok(desk.page(&view))
        }
        Err(error) if error.kind == Kind::Invalid => {
            let errors = beside(&desk.shell, &error.problems, str::to_owned);
            let view = fill(&desk, &form, (None, errors)).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/people/{id}/disable`.
pub async fn disable(
    State(_): State<WebState>,
    Id(person): Id<PersonId>,
    Sent { desk, .. }: Sent,
) -> Answer {
    desk.app().disable_person(&desk.actor, person).await?;
    Ok(go_to("/console/people"))
}

/// `POST /console/people/{id}/enable`.
pub async fn enable(
    State(_): State<WebState>,
    Id(person): Id<PersonId>,
    Sent { desk, .. }: Sent,
) -> Answer {
    desk.app().enable_person(&desk.actor, person).await?;
    Ok(go_to("/console/people"))
}

/// `POST /console/people/{id}/renew`: new secrets for a person who lost theirs, shown this once.
pub async fn renew(
    State(_): State<WebState>,
    Id(person): Id<PersonId>,
    Sent { desk, .. }: Sent,
) -> Answer {
    let made = desk.app().renew_secrets(&desk.actor, person).await?;
    let view = fill(&desk, &Form::default(), (Some(made), FormErrors::none())).await?;
    Ok(desk.page(&view))
}

async fn fill(
    desk: &Desk,
    form: &Form,
    (created, errors): (Option<Made>, FormErrors),
) -> Result<PeoplePage, Refused> {
    let people = desk.app().list_people(&desk.actor).await?.into_iter();
    let rows = people.map(|person| PersonRow {
        id: person.person.to_string(),
        login: person.login,
        name: person.display_name,
        role: person.role,
        district: if person.district.is_empty() {
            String::new()
        } else {
            desk.district(&person.district)
        },
        unit: person.unit,
        last_seen: moment_of(person.last_sign_in_ms),
        disabled: person.disabled_ms.is_some(),
        own: person.person == desk.actor.person,
    });
    Ok(PeoplePage {
        people: rows.collect(),
        new: NewPerson {
            login: form.text("login").to_owned(),
            name: form.text("name").to_owned(),
            role: form.text("role").to_owned(),
            unit: form.text("unit").to_owned(),
            districts: desk.districts(form.text("district")),
        },
        created: created.map(|made| CreatedPerson {
            login: made.login,
            name: made.display_name,
            password: made.password,
            secret: in_fours(&made.totp_secret),
            otpauth: made.otpauth,
        }),
        errors,
        shell: desk.shell.clone(),
    })
}
