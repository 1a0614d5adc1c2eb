//! Accounts.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_app::people::{CreatedPerson, Creator, NewPerson, PersonView};
use tifli_domain::id::PersonId;
use utoipa::ToSchema;

use super::{at, done, json};
use crate::problem::{Answer, Refused};
use crate::request::{Id, Json, SignedIn};
use crate::server::WebState;

/// An account to make.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NewPersonIn {
    /// 2 to 64 of `a-z 0-9 . _ -`.
    login: String,
    /// What they are called.
    name: String,
    /// `officer`, `approver`, `prosecutor`, `room`, `unit`, `administrator`.
    role: String,
    /// A district of the country pack; empty for roles of the whole country.
    #[serde(default)]
    district: String,
    /// Post or service.
    #[serde(default)]
    unit: String,
}

/// A new account with its secrets, shown once.
#[derive(Serialize, ToSchema)]
pub(super) struct CreatedOut {
    /// Its id.
    person: String,
    /// Its login.
    login: String,
    /// The first password.
    password: String,
    /// The authenticator's secret, base 32.
    totp_secret: String,
    /// The same as an `otpauth://` address.
    otpauth: String,
}

/// An account.
#[derive(Serialize, ToSchema)]
pub(super) struct AccountOut {
    /// Its id.
    person: String,
    /// Its login.
    login: String,
    /// What they are called.
    name: String,
    /// The role.
    role: String,
    /// The district; may be empty.
    district: String,
    /// The unit; may be empty.
    unit: String,
    /// When it was disabled.
    disabled_at: Option<String>,
}

/// All accounts.
#[derive(Serialize, ToSchema)]
pub(super) struct PeopleOut {
    /// In the order of their logins.
    people: Vec<AccountOut>,
}

pub(super) async fn list(State(state): State<WebState>, who: SignedIn) -> Answer {
    let people = state.app().list_people(&who.actor).await?;
    let out = PeopleOut {
        people: people.into_iter().map(account).collect(),
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn create(
    State(state): State<WebState>,
    who: SignedIn,
    Json(given): Json<NewPersonIn>,
) -> Answer {
    let role = given
        .role
        .parse()
        .map_err(|_| Refused::field("role", "not_an_answer"))?;
    let new = NewPerson {
        login: given.login,
        display_name: given.name,
        role,
        district: given.district,
        unit: given.unit,
    };
    let made = state
        .app()
        .create_person(Creator::Person(&who.actor), &new)
        .await?;
    json(StatusCode::CREATED, &created(&made))
}

/// A new account with its secrets.
pub(super) fn created(made: &CreatedPerson) -> CreatedOut {
    CreatedOut {
        person: made.person.to_string(),
        login: made.login.clone(),
        password: made.password.clone(),
        totp_secret: made.totp_secret.clone(),
        otpauth: made.otpauth.clone(),
    }
}

pub(super) async fn disable(
    State(state): State<WebState>,
    who: SignedIn,
    Id(person): Id<PersonId>,
) -> Answer {
    state.app().disable_person(&who.actor, person).await?;
    Ok(done())
}

pub(super) async fn enable(
    State(state): State<WebState>,
    who: SignedIn,
    Id(person): Id<PersonId>,
) -> Answer {
    state.app().enable_person(&who.actor, person).await?;
    Ok(done())
}

fn account(view: PersonView) -> AccountOut {
    AccountOut {
        person: view.person.to_string(),
        login: view.login,
        name: view.display_name,
        role: view.role.as_str().to_owned(),
        district: view.district,
        unit: view.unit,
        disabled_at: view.disabled_ms.map(at),
    }
}
