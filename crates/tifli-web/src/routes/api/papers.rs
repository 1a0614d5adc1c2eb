//! Papers of a case: what is asked for, consent by channel, its substitution, papers as PDF.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_app::AppError;
use tifli_app::paper::{NewAsked, NewConsent, NewSubstitution};
use tifli_domain::consent::{ChannelAnswer, Covers};
use tifli_domain::id::CaseId;
use tifli_domain::paper::{AskedState, PaperKind};
use tifli_domain::permission::Act;
use utoipa::ToSchema;

use super::{at, done, json, may};
use crate::problem::{Answer, Refused};
use crate::request::{Id, Json, SignedIn};
use crate::routes::console::pdf_answer;
use crate::routes::{Route, get, post};
use crate::server::WebState;

/// The routes of this part.
pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/api/v1/cases/{id}/papers", may(Act::ReadCase), view)
            .says("What is asked for, the consent by channel, and its substitution; one audit entry.")
            .gives::<PapersOut>(200),
        post("/api/v1/cases/{id}/papers", may(Act::TakeReport), asked)
            .says("Writes down how far a paper that is asked for has come. Nothing waits for it.")
            .takes::<AskedIn>()
            .gives_nothing(),
        post("/api/v1/cases/{id}/consent", may(Act::TakeReport), consent)
            .says("Writes down what the guardian answered for one channel; a withdrawal holds at once.")
            .takes::<ConsentIn>()
            .gives_nothing(),
        post(
            "/api/v1/cases/{id}/consent/substitution",
            may(Act::SubstituteConsent),
            substitute,
        )
        .says("The prosecutor's consent in the guardian's place, by an article of law, with a reason; it covers every channel.")
        .takes::<SubstitutionIn>()
        .gives_nothing(),
        get(
            "/api/v1/cases/{id}/papers/{kind}/{language}",
            may(Act::ReadCase),
            pdf,
        )
        .says("A paper as PDF. `kind`: statement, consent, receipt, hand_over, summary; `language`: one of the country's."),
    ]
}

/// How far a paper has come.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AskedIn {
    /// Which paper, a code of the country pack.
    pub document: String,
    /// `missing` or `seen`; a scan goes through the console.
    pub state: String,
}

/// What a guardian answered for a channel.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ConsentIn {
    /// The channel, a code of the country pack.
    pub channel: String,
    /// `given`, `refused`, `not_asked` or `withdrawn`.
    pub answer: String,
    /// Who answered; 160 characters at most.
    pub given_by: String,
    /// Before whom; 160 characters at most.
    pub before: String,
}

/// The prosecutor's consent in the guardian's place.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SubstitutionIn {
    /// The prosecutor's name; 160 characters at most.
    pub name: String,
    /// The article of law, a code of the country pack.
    pub article: String,
    /// Why; 1 000 characters at most.
    pub reason: String,
}

/// The papers of a case.
#[derive(Serialize, ToSchema)]
pub(super) struct PapersOut {
    /// What is asked for.
    asked: Vec<AskedOut>,
    /// The channels.
    channels: Vec<ChannelOut>,
    /// The newest substitution.
    substitution: Option<SubstitutionOut>,
}

/// A paper that is asked for.
#[derive(Serialize, ToSchema)]
pub(super) struct AskedOut {
    /// Its code.
    document: String,
    /// `missing`, `seen` or `scanned`.
    state: String,
    /// When that was written down.
    at: Option<String>,
}

/// A channel.
#[derive(Serialize, ToSchema)]
pub(super) struct ChannelOut {
    /// Its code.
    channel: String,
    /// `given`, `refused`, `not_asked` or `withdrawn`.
    answer: String,
    /// Whether consent covers it now, substitution included: `given`, `refused` or `unknown`.
    covers: &'static str,
    /// Who answered.
    given_by: String,
    /// Before whom.
    before: String,
    /// When that was written down.
    at: Option<String>,
}

/// A substitution.
#[derive(Serialize, ToSchema)]
pub(super) struct SubstitutionOut {
    /// The article of law.
    article: String,
    /// The prosecutor's name.
    name: String,
    /// Why.
    reason: String,
    /// When.
    at: String,
}

pub(super) async fn view(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
) -> Answer {
    let view = state.app().papers(&who.actor, case).await?;
    let mut channels = Vec::with_capacity(view.channels.len());
    for line in view.channels {
        let covers = state
            .app()
            .consent_for(&who.actor, case, &line.channel)
            .await?;
        channels.push(ChannelOut {
            covers: match covers {
                Covers::Given => "given",
                Covers::Refused => "refused",
                Covers::Unknown => "unknown",
            },
            channel: line.channel,
            answer: line.answer.as_str().to_owned(),
            given_by: line.given_by,
            before: line.before,
            at: line.at_ms.map(at),
        });
    }
    let asked = view.asked.into_iter().map(|line| AskedOut {
        document: line.document,
        state: line.state.as_str().to_owned(),
        at: line.at_ms.map(at),
    });
    let out = PapersOut {
        asked: asked.collect(),
        channels,
        substitution: view.substitution.map(|line| SubstitutionOut {
            article: line.article,
            name: line.name,
            reason: line.reason,
            at: at(line.at_ms),
        }),
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn asked(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<AskedIn>,
) -> Answer {
    let new = NewAsked {
        document: given.document,
        state: given
            .state
            .parse::<AskedState>()
            .map_err(|_| AppError::field("state", "not_an_answer"))?,
        scan: None,
    };
    state.app().record_asked(&who.actor, case, new).await?;
    Ok(done())
}

pub(super) async fn consent(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<ConsentIn>,
) -> Answer {
    let new = NewConsent {
        channel: given.channel,
        answer: given
            .answer
            .parse::<ChannelAnswer>()
            .map_err(|_| AppError::field("answer", "not_an_answer"))?,
        given_by: given.given_by,
        before: given.before,
        scan: None,
    };
    state.app().record_consent(&who.actor, case, new).await?;
    Ok(done())
}

pub(super) async fn substitute(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<SubstitutionIn>,
) -> Answer {
    let new = NewSubstitution {
        name: given.name,
        article: given.article,
        reason: given.reason,
    };
    state
        .app()
        .substitute_consent(&who.actor, case, new)
        .await?;
    Ok(done())
}

pub(super) async fn pdf(
    State(state): State<WebState>,
    who: SignedIn,
    Path((case, kind, language)): Path<(String, String, String)>,
) -> Answer {
    let case: CaseId = case.parse().map_err(|_| Refused::not_found())?;
    let kind: PaperKind = kind.parse().map_err(|_| Refused::not_found())?;
    let printed = state
        .app()
        .print_paper(&who.actor, case, (kind, &language))
        .await?;
    pdf_answer(printed)
}
