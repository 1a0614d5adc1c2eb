//! Signing in and out of the API.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_app::people::{Factor, SessionKind};
use utoipa::ToSchema;

use super::{at, done, json};
use crate::limits::Limited;
use crate::problem::Answer;
use crate::request::{Json, Network, SignedIn};
use crate::server::WebState;

/// Both factors at once.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SignIn {
    /// The login.
    login: String,
    /// The password.
    password: String,
    /// The six digits that the authenticator shows now.
    totp: String,
}

/// A session.
#[derive(Serialize, ToSchema)]
pub(super) struct SessionOut {
    /// Send it as `Authorization: Bearer`.
    token: String,
    /// When it ends.
    expires_at: String,
    /// Whose it is.
    person: String,
}

/// The signed-in person.
#[derive(Serialize, ToSchema)]
pub(super) struct PersonOut {
    /// Their id.
    person: String,
    /// What they are called.
    name: String,
    /// `officer`, `approver`, `prosecutor`, `room`, `unit`, `administrator`.
    role: String,
    /// Their district; may be empty.
    district: String,
    /// Their unit; may be empty.
    unit: String,
    /// When the session ends.
    expires_at: String,
}

pub(super) async fn sign_in(
    State(state): State<WebState>,
    network: Network,
    Json(given): Json<SignIn>,
) -> Answer {
    state.limit(Limited::SignIn, &network)?;
    let factor = Factor::Totp(given.totp);
    let session = state
        .app()
        .sign_in(&given.login, &given.password, &factor, SessionKind::Bearer)
        .await?;
    let out = SessionOut {
        token: session.token.clone(),
        expires_at: at(session.expires_ms),
        person: session.person.to_string(),
    };
    json(StatusCode::CREATED, &out)
}

pub(super) async fn current(who: SignedIn) -> Answer {
    let out = PersonOut {
        person: who.actor.person.to_string(),
        name: who.name.clone(),
        role: who.actor.role.as_str().to_owned(),
        district: who.actor.district.clone(),
        unit: who.actor.unit.clone(),
        expires_at: at(who.session.who.expires_ms),
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn sign_out(State(state): State<WebState>, who: SignedIn) -> Answer {
    state.app().sign_out(who.session.token()).await?;
    Ok(done())
}
