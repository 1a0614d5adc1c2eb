//! Reading cases: the list, one file, its photos, what was done to it.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use serde::{Deserialize, Serialize};
use tifli_app::media::Rendition;
use tifli_app::report::{AnswerView, CaseFile, CaseFilter, CaseSummary, TimelineEntry};
use tifli_domain::id::{CaseId, MediaId};
use tifli_domain::intake::Mark;
use utoipa::ToSchema;

use super::{at, json};
use crate::problem::{Answer, Refused};
use crate::request::{Id, Json, QueryOf, SignedIn};
use crate::server::WebState;

/// The query of the list: nothing that names somebody.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Asked {
    state: Option<String>,
}

/// What to search for. It names people, so that it comes as a body and stands in no address.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SearchIn {
    /// Names, telephone numbers or the case's number.
    #[serde(default)]
    q: String,
    /// Only cases in this state.
    state: Option<String>,
}

/// A case in the list. Nothing protected.
#[derive(Serialize, ToSchema)]
pub(super) struct CaseLine {
    /// Its id.
    case: String,
    /// Its number as people say it.
    label: String,
    /// Its district.
    district: String,
    /// `draft`, `received`, `alerted`, `recalling`, `dark`, `closed`, `erased`.
    state: String,
    /// Its moments.
    clocks: ClocksOut,
    /// Seconds left until the alert must be out.
    ceiling_left_seconds: Option<i64>,
}

/// The moments of a case.
#[derive(Serialize, ToSchema)]
pub(super) struct ClocksOut {
    /// First keystroke.
    started_at: String,
    /// Report received.
    received_at: Option<String>,
    /// Alert submitted.
    submitted_at: Option<String>,
    /// Alert out.
    published_at: Option<String>,
    /// Alert ended.
    ended_at: Option<String>,
    /// Last channel dark.
    dark_at: Option<String>,
}

/// Cases.
#[derive(Serialize, ToSchema)]
pub(super) struct CasesOut {
    /// The most urgent first.
    cases: Vec<CaseLine>,
}

/// An answer.
#[derive(Serialize, ToSchema)]
pub(super) struct AnswerOut {
    /// What was answered.
    value: String,
    /// Its number; send it back as `base`.
    seq: i64,
    /// Who wrote it down.
    by: String,
    /// When.
    at: String,
    /// Who said it: 0 is the reporter.
    source: u32,
    /// `yes`, `no`, `unknown` or `refused`, where that was answered.
    mark: Option<&'static str>,
    /// When it was said.
    said_at: String,
}

/// A person of the case who answers.
#[derive(Serialize, ToSchema)]
pub(super) struct SourceOut {
    /// The number; send it back as `source`.
    source: u32,
    /// What they are to the child.
    tie: &'static str,
    /// Their name.
    name: String,
}

/// That a sealed question is answered.
#[derive(Serialize, ToSchema)]
pub(super) struct SealedOut {
    /// The question.
    field: &'static str,
    /// Who said it.
    source: u32,
    /// The number of the answer; send it back as `base`.
    seq: i64,
}

/// An answer that met another one and waits for a person to choose.
#[derive(Serialize, ToSchema)]
pub(super) struct KeptOut {
    /// The question.
    field: String,
    /// The answer.
    answer: AnswerOut,
}

/// A photo of the file.
#[derive(Serialize, ToSchema)]
pub(super) struct PhotoOut {
    /// Its id.
    media: String,
    /// Pixels.
    width: u32,
    /// Pixels.
    height: u32,
}

/// A case with its file.
#[derive(Serialize, ToSchema)]
pub(super) struct FileOut {
    /// The case.
    case: CaseLine,
    /// What stands, by question; answers taken back are empty.
    answers: BTreeMap<String, AnswerOut>,
    /// What different people say to one question, side by side.
    said: BTreeMap<String, Vec<AnswerOut>>,
    /// The people who answer beside the reporter.
    sources: Vec<SourceOut>,
    /// Sealed questions that are answered; only a reason opens them.
    sealed: Vec<SealedOut>,
    /// What waits for a choice.
    kept: Vec<KeptOut>,
    /// How many answers were ever given.
    history: usize,
    /// The first one is shown first.
    photos: Vec<PhotoOut>,
}

/// Something that was done.
#[derive(Serialize, ToSchema)]
pub(super) struct DoneOut {
    /// When.
    at: String,
    /// A person's id, `system` or `public`.
    actor: String,
    /// What, as a code.
    verb: String,
    /// The id of what it was done to.
    object: String,
    /// Ids, counts and codes.
    detail: String,
}

/// What was done to a case.
#[derive(Serialize, ToSchema)]
pub(super) struct TimelineOut {
    /// The newest first.
    entries: Vec<DoneOut>,
}

pub(super) async fn list(
    State(state): State<WebState>,
    who: SignedIn,
    QueryOf(asked): QueryOf<Asked>,
) -> Answer {
    listed(&state, &who, String::new(), asked.state).await
}

pub(super) async fn search(
    State(state): State<WebState>,
    who: SignedIn,
    Json(asked): Json<SearchIn>,
) -> Answer {
    listed(&state, &who, asked.q, asked.state).await
}

async fn listed(state: &WebState, who: &SignedIn, query: String, wanted: Option<String>) -> Answer {
    let wanted = wanted.as_deref().filter(|state| !state.is_empty());
    let filter = CaseFilter {
        query,
        state: wanted
            .map(str::parse)
            .transpose()
            .map_err(|_| Refused::field("state", "not_an_answer"))?,
    };
    let cases = state.app().list_cases(&who.actor, &filter).await?;
    json(
        StatusCode::OK,
        &CasesOut {
            cases: cases.into_iter().map(line).collect(),
        },
    )
}

pub(super) async fn read(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
) -> Answer {
    let summary = state.app().case_summary(&who.actor, case).await?;
    let file = state.app().read_file(&who.actor, case, "read").await?;
    json(StatusCode::OK, &file_out(summary, file))
}

pub(super) async fn photo(
    State(state): State<WebState>,
    who: SignedIn,
    Id(media): Id<MediaId>,
) -> Answer {
    let jpeg = state
        .app()
        .open_photo(&who.actor, media, Rendition::Public)
        .await?;
    let mut response = jpeg.into_response();
    let kind = HeaderValue::from_static("image/jpeg");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    Ok(response)
}

pub(super) async fn timeline(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
) -> Answer {
    let entries = state.app().timeline(&who.actor, case).await?;
    let entry = |entry: TimelineEntry| DoneOut {
        at: at(entry.at_ms),
        actor: entry.actor,
        verb: entry.verb,
        object: entry.object_id,
        detail: entry.detail,
    };
    json(
        StatusCode::OK,
        &TimelineOut {
            entries: entries.into_iter().map(entry).collect(),
        },
    )
}

pub(super) fn line(summary: CaseSummary) -> CaseLine {
    let clocks = summary.clocks;
    CaseLine {
        case: summary.case.to_string(),
        label: summary.label,
        district: summary.district,
        state: summary.state.as_str().to_owned(),
        clocks: ClocksOut {
            started_at: at(clocks.started_ms),
            received_at: clocks.received_ms.map(at),
            submitted_at: clocks.submitted_ms.map(at),
            published_at: clocks.published_ms.map(at),
            ended_at: clocks.ended_ms.map(at),
            dark_at: clocks.dark_ms.map(at),
        },
        ceiling_left_seconds: summary.ceiling_left_ms.map(|ms| ms / 1_000),
    }
}

pub(super) fn answer_out(answer: AnswerView) -> AnswerOut {
    AnswerOut {
        value: answer.value.clone(),
        seq: answer.seq,
        by: answer.by.to_string(),
        at: at(answer.at_ms),
        source: answer.said.source.number(),
        mark: answer.said.mark.map(Mark::as_str),
        said_at: at(answer.said.said_ms.unwrap_or(answer.at_ms)),
    }
}

fn file_out(summary: CaseSummary, file: CaseFile) -> FileOut {
    let answers = file.answers.into_iter();
    let kept = file.kept.into_iter().map(|kept| KeptOut {
        field: kept.field.name().to_owned(),
        answer: answer_out(kept.answer),
    });
    let photos = file.photos.into_iter().map(|photo| PhotoOut {
        media: photo.media.to_string(),
        width: photo.public_width,
        height: photo.public_height,
    });
    let mut said: BTreeMap<String, Vec<AnswerOut>> = BTreeMap::new();
    for ((field, _), answer) in file.said {
        let of_field = said.entry(field.name().to_owned()).or_default();
        of_field.push(answer_out(answer));
    }
    let sources = file.sources.into_iter().map(|source| SourceOut {
        source: source.source.number(),
        tie: source.tie.as_str(),
        name: source.name,
    });
    let sealed = file.sealed.into_iter();
    let sealed = sealed.map(|((field, source), answer)| SealedOut {
        field: field.name(),
        source: source.number(),
        seq: answer.seq,
    });
    FileOut {
        said,
        sources: sources.collect(),
        sealed: sealed.collect(),
        case: line(summary),
        answers: answers
            .map(|(field, answer)| (field.name().to_owned(), answer_out(answer)))
            .collect(),
        kept: kept.collect(),
        history: file.history,
        photos: photos.collect(),
    }
}
