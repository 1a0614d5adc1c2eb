//! Is it real? For programs: the answer of the public page.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::json;
use crate::limits::Limited;
use crate::problem::Answer;
use crate::request::{Json, Network};
use crate::routes::{Access, Route, post};
use crate::server::WebState;

/// What is asked about.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct VerifyIn {
    /// A code, a link, or the whole text of an alert; 8 000 characters at most.
    text: String,
}

/// The answer.
#[derive(Serialize, ToSchema)]
pub(super) struct VerifyOut {
    /// `active`, `ended`, `not_ours`, `exercise`.
    state: &'static str,
    /// `differs`, `outdated`, `foreign_address`; null when there is nothing to add.
    note: Option<&'static str>,
    /// The public code of the alert, while it is out.
    code: Option<String>,
}

pub(super) fn routes() -> Vec<Route> {
    vec![
        post("/api/v1/verify", Access::Public, verify)
            .says("Whether a code, link or text is of an alert of ours, and whether it stands. The text is in the body, so that no log keeps it; see docs/verify.md.")
            .takes::<VerifyIn>()
            .gives::<VerifyOut>(200),
    ]
}

async fn verify(
    State(state): State<WebState>,
    network: Network,
    Json(asked): Json<VerifyIn>,
) -> Answer {
    state.limit(Limited::Verification, &network)?;
    let verified = state.app().verify(&asked.text).await?;
    let out = VerifyOut {
        state: verified.verdict.as_str(),
        note: verified.note.map(|note| note.as_str()),
        code: verified.alert.map(String::from),
    };
    json(StatusCode::OK, &out)
}
