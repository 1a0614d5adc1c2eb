//! Writing a case: starting a report, answers, photos, receiving and closing.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::StatusCode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use tifli_app::Problem;
use tifli_app::report::{Confirmation, Receiving, Save, SavedMany, Sending, Typed};
use tifli_domain::id::CaseId;
use tifli_domain::intake::{Field, Said, Source, Warning};
use utoipa::ToSchema;

use super::cases::{AnswerOut, CaseLine, answer_out, line};
use super::{at, json, once};
use crate::problem::{Answer, of_problem};
use crate::request::{Id, IdempotencyKey, Json, SignedIn, Upload};
use crate::server::WebState;

/// An answer as typed.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerIn {
    /// The answer; empty takes it back.
    value: String,
    /// The number of the answer its writer saw; 0 where there was none.
    #[serde(default)]
    base: i64,
    /// `yes`, `no`, `unknown` or `refused`, instead of a value or beside told words.
    mark: Option<String>,
    /// Who said it, by number; 0, the default, is the reporter.
    #[serde(default)]
    source: u32,
    /// When it was said, RFC 3339; now if left out.
    said_at: Option<String>,
    /// Whether an earlier attempt had no reply: what was kept then is not kept twice.
    #[serde(default)]
    again: bool,
}

/// Answers by the name of their question, such as `child_first_name`.
#[derive(Deserialize, ToSchema)]
#[serde(transparent)]
pub(super) struct AnswersIn(BTreeMap<String, AnswerIn>);

/// An answer that was kept.
#[derive(Serialize, ToSchema)]
pub(super) struct SavedOut {
    /// Its number.
    seq: i64,
    /// When it was given.
    at: String,
}

/// An answer that met another one; both are kept.
#[derive(Serialize, ToSchema)]
pub(super) struct ConflictOut {
    /// The answer that stands.
    current: AnswerOut,
    /// The number under which the new one is kept.
    kept_seq: i64,
}

/// An answer that was not kept.
#[derive(Serialize, ToSchema)]
pub(super) struct NotKept {
    /// The question.
    field: String,
    /// A code for programs.
    code: String,
    /// A sentence for people.
    detail: String,
}

/// What became of a set of answers.
#[derive(Serialize, ToSchema)]
pub(super) struct AnswersOut {
    /// What was kept.
    saved: BTreeMap<String, SavedOut>,
    /// What met another answer.
    conflicts: BTreeMap<String, ConflictOut>,
    /// What was not kept.
    errors: Vec<NotKept>,
}

/// Handing a report in.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ReceiveIn {
    /// Whether what is unusual was seen and is right.
    #[serde(default)]
    confirmed: bool,
}

/// Whether a report is received.
#[derive(Serialize, ToSchema)]
pub(super) struct ReceivedOut {
    /// Whether it is.
    received: bool,
    /// The case as it is now.
    case: CaseLine,
    /// What must be confirmed first: `long_ago`, `outside_country`, `no_subscriber`.
    warnings: Vec<String>,
}

/// A photo.
#[derive(Serialize, ToSchema)]
pub(super) struct MediaOut {
    /// Its id.
    media: String,
}

pub(super) async fn start(
    State(state): State<WebState>,
    who: SignedIn,
    IdempotencyKey(key): IdempotencyKey,
) -> Answer {
    let key = key.unwrap_or_else(|| state.random_hex(16));
    let case = state.app().start_report(&who.actor, &key).await?;
    let summary = state.app().case_summary(&who.actor, case).await?;
    json(StatusCode::CREATED, &line(summary))
}

pub(super) async fn save(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(AnswersIn(given)): Json<AnswersIn>,
) -> Answer {
    let mut typed = Vec::new();
    let mut unknown = Vec::new();
    for (name, answer) in given {
        match (Field::find(&name), answer.said()) {
            (None, _) => unknown.push(Problem::new(name, "unknown_field")),
            (_, Err(code)) => unknown.push(Problem::new(name, code)),
            (Some(field), Ok(said)) => typed.push(Typed {
                field,
                value: answer.value,
                base_seq: answer.base,
                said,
                sending: match answer.again {
                    true => Sending::Again,
                    false => Sending::First,
                },
            }),
        }
    }
    let mut outcome = state.app().save_many(&who.actor, case, typed).await?;
    outcome.problems.extend(unknown);
    let out = answers_out(outcome);
    let status = match (out.errors.is_empty(), out.conflicts.is_empty()) {
        (false, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, false) => StatusCode::CONFLICT,
        (true, true) => StatusCode::OK,
    };
    json(status, &out)
}

pub(super) async fn add_photo(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    key: IdempotencyKey,
    Upload(bytes): Upload,
) -> Answer {
    let act = async {
        let media = state.app().add_photo(&who.actor, case, &bytes).await?;
        Ok(media.to_string())
    };
    let media = once(&state, &who, key, &bytes, act).await?;
    json(StatusCode::CREATED, &MediaOut { media })
}

pub(super) async fn receive(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<ReceiveIn>,
) -> Answer {
    let confirmation = if given.confirmed {
        Confirmation::Given
    } else {
        Confirmation::None
    };
    let warnings = match state.app().receive(&who.actor, case, confirmation).await? {
        Receiving::Received(_) => Vec::new(),
        Receiving::NeedsConfirmation(warnings) => warnings,
    };
    let status = if warnings.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::CONFLICT
    };
    let out = ReceivedOut {
        received: warnings.is_empty(),
        case: line(state.app().case_summary(&who.actor, case).await?),
        warnings: warnings
            .into_iter()
            .map(|warning| word(warning).to_owned())
            .collect(),
    };
    json(status, &out)
}

pub(super) async fn close(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
) -> Answer {
    state.app().close_case(&who.actor, case).await?;
    let summary = state.app().case_summary(&who.actor, case).await?;
    json(StatusCode::OK, &line(summary))
}

impl AnswerIn {
    /// By whom and how it was said, or the code of what is wrong with that.
    fn said(&self) -> Result<Said, &'static str> {
        let mark = self.mark.as_deref().filter(|mark| !mark.is_empty());
        let at = self.said_at.as_deref().map(str::parse::<Timestamp>);
        Ok(Said {
            source: Source::new(self.source),
            mark: mark
                .map(str::parse)
                .transpose()
                .map_err(|_| "not_an_answer")?,
            said_ms: at
                .transpose()
                .map_err(|_| "not_a_date")?
                .map(Timestamp::as_millisecond),
        })
    }
}

fn answers_out(outcome: SavedMany) -> AnswersOut {
    let mut out = AnswersOut {
        saved: BTreeMap::new(),
        conflicts: BTreeMap::new(),
        errors: Vec::new(),
    };
    for (field, save) in outcome.saved {
        let field = field.name().to_owned();
        match save {
            Save::Saved { seq, at_ms } => {
                out.saved.insert(field, SavedOut { seq, at: at(at_ms) });
            }
            Save::Conflict { current, kept_seq } => {
                let current = answer_out(current);
                out.conflicts
                    .insert(field, ConflictOut { current, kept_seq });
            }
        }
    }
    out.errors = outcome
        .problems
        .into_iter()
        .map(|problem| NotKept {
            detail: of_problem(&problem),
            field: problem.field,
            code: problem.code,
        })
        .collect();
    out
}

fn word(warning: Warning) -> &'static str {
    match warning {
        Warning::LongAgo => "long_ago",
        Warning::OutsideCountry => "outside_country",
        Warning::NoSubscriber => "no_subscriber",
    }
}
