//! The systems of partners, kept by the administrator's programs.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_app::endpoint::{EndpointLine, MadeEndpoint, NewEndpoint};
use tifli_domain::endpoint::EndpointState;
use tifli_domain::id::EndpointId;
use utoipa::ToSchema;

use super::{at, done, json};
use crate::problem::{Answer, Refused};
use crate::request::{Id, IdempotencyKey, Json, SignedIn};
use crate::server::WebState;

/// The system of a partner.
#[derive(Serialize, ToSchema)]
pub(super) struct EndpointOut {
    /// Its id.
    endpoint: String,
    /// The partner's code.
    partner: String,
    /// `webhook`, `cap_partner` or `bulletin_cap`.
    channel: String,
    /// What it asks of a CAP message: `oasis` (nothing beyond the standard), `ipaws`, `google` or `cap-cp`.
    profile: String,
    /// `enabled`, or `disabled`: nothing goes there but the end of what went before.
    state: String,
    /// Why it is disabled, as a code.
    why: Option<String>,
    /// Where it is.
    url: String,
    /// When it was last changed.
    changed_at: String,
}

/// The systems of partners.
#[derive(Serialize, ToSchema)]
pub(super) struct EndpointsOut {
    /// By partner.
    endpoints: Vec<EndpointOut>,
}

/// A system to add.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct EndpointIn {
    /// The partner's code in the country pack; for `bulletin_cap` the service's in the directory.
    #[serde(default)]
    partner: String,
    /// `webhook`, `cap_partner` or `bulletin_cap`.
    #[serde(default)]
    channel: String,
    /// Where it is: `https`, a public name.
    #[serde(default)]
    url: String,
    /// The token it wants to see, for CAP alone.
    #[serde(default)]
    bearer: String,
    /// What it asks of a CAP message: `oasis` (nothing beyond the standard; the default), `ipaws`, `google` or `cap-cp`.
    #[serde(default)]
    profile: String,
}

/// A system that was made, or that has a new secret.
#[derive(Serialize, ToSchema)]
pub(super) struct MadeOut {
    /// Its id.
    endpoint: String,
    /// The secret to hand to the partner, shown this once; nothing for CAP.
    secret: Option<String>,
}

/// Whether anything is delivered to a system.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StateIn {
    /// `enabled` or `disabled`.
    #[serde(default)]
    state: String,
}

pub(super) async fn list(State(state): State<WebState>, who: SignedIn) -> Answer {
    let lines = state.app().list_endpoints(&who.actor).await?;
    let endpoints = lines.into_iter().map(out).collect();
    json(StatusCode::OK, &EndpointsOut { endpoints })
}

pub(super) async fn add(
    State(state): State<WebState>,
    who: SignedIn,
    IdempotencyKey(key): IdempotencyKey,
    Json(given): Json<EndpointIn>,
) -> Answer {
    let new = NewEndpoint {
        partner: given.partner,
        channel: given.channel,
        url: given.url,
        bearer: given.bearer,
        profile: given.profile,
    };
    let app = state.app();
    let made = match key {
        Some(key) => app.add_endpoint_once(&who.actor, new, &key).await?,
        None => app.add_endpoint(&who.actor, new).await?,
    };
    json(StatusCode::CREATED, &made_out(made))
}

pub(super) async fn rotate(
    State(state): State<WebState>,
    who: SignedIn,
    Id(id): Id<EndpointId>,
) -> Answer {
    let made = state.app().rotate_endpoint(&who.actor, id).await?;
    json(StatusCode::OK, &made_out(made))
}

pub(super) async fn switch(
    State(state): State<WebState>,
    who: SignedIn,
    Id(id): Id<EndpointId>,
    Json(given): Json<StateIn>,
) -> Answer {
    let to: EndpointState = given
        .state
        .parse()
        .map_err(|_| Refused::field("state", "not_an_answer"))?;
    state.app().switch_endpoint(&who.actor, id, to).await?;
    Ok(done())
}

fn out(line: EndpointLine) -> EndpointOut {
    EndpointOut {
        endpoint: line.endpoint.to_string(),
        partner: line.partner,
        channel: line.channel.as_str().to_owned(),
        profile: line.profile.as_str().to_owned(),
        state: line.state.as_str().to_owned(),
        why: Some(line.why).filter(|why| !why.is_empty()),
        url: line.url,
        changed_at: at(line.changed_ms),
    }
}

fn made_out(made: MadeEndpoint) -> MadeOut {
    MadeOut {
        endpoint: made.endpoint.to_string(),
        secret: made.secret,
    }
}
