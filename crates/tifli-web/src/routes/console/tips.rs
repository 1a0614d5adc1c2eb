//! What the public told: the queue, its live events, one tip with its dialogue, and what the room makes of it. Reading a
//! tip and opening its photo are each recorded by the application.

use std::collections::BTreeMap;

use axum::extract::State;
use jiff::Timestamp;
use serde::Deserialize;
use tifli_app::report::ChildLine;
use tifli_app::tip::{OpenedTip, Side, TipFilter, TipState, TipSummary};
use tifli_app::{AppError, Kind};
use tifli_domain::id::{CaseId, TipId};
use tifli_domain::permission::Act;
use tifli_domain::typed;
use tifli_units::Position;

use super::cases::first_name;
use super::desk::{Desk, Names, Sent, go_to};
use super::file::exact_point;
use crate::console::Wrong;
use crate::console::problems::beside;
use crate::console::queue::way;
use crate::console::tips::{
    DISMISSALS, DialogueLine, TipFacts, TipPage, TipRow, TipRows, TipsQueue, Voice, dismissals,
};
use crate::events;
use crate::forms::FormErrors;
use crate::problem::{Answer, Refused};
use crate::request::{Form, Id, QueryOf, SignedIn};
use crate::server::{WebState, moment};

/// Tips on one page; each is opened, so each stands in the entry of the reading.
const PAGE: usize = 50;

/// The query of the queue.
#[derive(Debug, Default, Deserialize)]
pub struct QueueQuery {
    #[serde(default)]
    state: String,
    #[serde(default)]
    part: String,
    before: Option<i64>,
    #[serde(default)]
    skip: usize,
    #[serde(default)]
    said: String,
}

/// The query of one tip.
#[derive(Debug, Default, Deserialize)]
pub struct TipQuery {
    #[serde(default)]
    open_photo: String,
}

/// `GET /console/tips`: what waits, ranked; with `state=` (and `before=`) a list, newest first; `part=rows` for the
/// rows alone.
pub async fn queue(desk: Desk, QueryOf(query): QueryOf<QueueQuery>) -> Answer {
    let filter = match query.state.as_str() {
        "" => return super::triage::queue(&desk, &query.part, (query.skip, &query.said)).await,
        "all" => None,
        word => Some(word.parse().map_err(|_| Refused::not_found())?),
    };
    let wanted = TipFilter {
        case: None,
        state: filter,
        before_seq: query.before,
    };
    let mut summaries = desk.app().list_tips(&desk.actor, wanted).await?;
    let more = summaries.len() > PAGE;
    summaries.truncate(PAGE);
    let last = summaries.last().map(|tip| tip.seq).filter(|_| more);
    let tips = rows(&desk, summaries).await?;
    if query.part == "rows" {
        return Ok(desk.page(&TipRows {
            now: desk.now,
            tips,
            shell: desk.shell.clone(),
        }));
    }
    let word = filter.map_or("all", TipState::as_str);
    let view = TipsQueue {
        now: desk.now,
        filter,
        waiting: desk.app().all_waiting_tips(&desk.actor).await?,
        tips,
        more: last.map(|seq| format!("/console/tips?state={word}&before={seq}")),
        shell: desk.shell.clone(),
    };
    Ok(desk.page(&view))
}

/// `GET /console/tips/events`.
pub async fn live(State(state): State<WebState>, who: SignedIn) -> Answer {
    Ok(events::tips(&state, &who))
}

/// `GET /console/tips/{id}?open_photo=`.
pub async fn page(desk: Desk, Id(id): Id<TipId>, QueryOf(query): QueryOf<TipQuery>) -> Answer {
    let again = Again {
        open_photo: !query.open_photo.is_empty(),
        ..Again::default()
    };
    let view = fill(&desk, id, again).await?;
    Ok(desk.page(&view))
}

/// `POST /console/tips/{id}/link`.
pub async fn link(State(_): State<WebState>, Id(id): Id<TipId>, Sent { desk, .. }: Sent) -> Answer {
    if state_of(&desk, id).await? != TipState::Linked {
        desk.app().link_tip(&desk.actor, id).await?;
    }
    Ok(go_to(format!("/console/tips/{id}")))
}

/// `POST /console/tips/{id}/dismiss`: `reason` is one of the words, `note` says more.
pub async fn dismiss(
    State(_): State<WebState>,
    Id(id): Id<TipId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let reason = form.text("reason");
    if !DISMISSALS.contains(&reason) {
        let mut errors = FormErrors::none();
        errors.insert("reason", Wrong::Reason.say(&desk.shell));
        return shown_again(&desk, id, &form, errors).await;
    }
    if state_of(&desk, id).await? == TipState::Dismissed {
        return Ok(go_to(format!("/console/tips/{id}")));
    }
    let note = form.text("note").trim();
    let words = if note.is_empty() {
        reason.to_owned()
    } else {
        format!("{reason}\n{note}")
    };
    let done = desk.app().dismiss_tip(&desk.actor, id, &words).await;
    settled(&desk, id, &form, done).await
}

/// `POST /console/tips/{id}/ask`.
pub async fn ask(
    State(_): State<WebState>,
    Id(id): Id<TipId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let question = form.text("question").trim().to_owned();
    let tip = desk.app().read_tip(&desk.actor, id).await?;
    let said = tip
        .notes
        .last()
        .is_some_and(|note| note.side == Side::House && note.words == question);
    if said {
        return Ok(go_to(format!("/console/tips/{id}")));
    }
    let done = desk.app().ask(&desk.actor, id, &question).await;
    settled(&desk, id, &form, done).await
}

async fn settled(desk: &Desk, id: TipId, form: &Form, done: Result<(), AppError>) -> Answer {
    match done {
        Ok(()) => Ok(go_to(format!("/console/tips/{id}"))),
        Err(error) if error.kind == Kind::Invalid => {
            let errors = beside(&desk.shell, &error.problems, |field| match field {
                "reason" => "note".to_owned(),
                field => field.to_owned(),
            });
            shown_again(desk, id, form, errors).await
        }
        Err(error) => Err(error.into()),
    }
}

async fn shown_again(desk: &Desk, id: TipId, form: &Form, errors: FormErrors) -> Answer {
    let again = Again {
        open_photo: false,
        reason: form.text("reason").to_owned(),
        note: form.text("note").to_owned(),
        question: form.text("question").to_owned(),
        errors,
    };
    let view = fill(desk, id, again).await?;
    Ok(desk.again(&view))
}

async fn state_of(desk: &Desk, id: TipId) -> Result<TipState, Refused> {
    Ok(desk.app().read_tip(&desk.actor, id).await?.summary.state)
}

/// What a sent form adds to the page that is shown again.
#[derive(Default)]
struct Again {
    open_photo: bool,
    reason: String,
    note: String,
    question: String,
    errors: FormErrors,
}

async fn fill(desk: &Desk, id: TipId, again: Again) -> Result<TipPage, Refused> {
    let tip = desk.app().read_tip(&desk.actor, id).await?;
    let case = tip.summary.case;
    let lines = desk.app().child_lines(&desk.actor, &[case]).await?;
    let label = desk.app().case_summary(&desk.actor, case).await?.label;
    let names = desk.names().await?;
    let point = tip.telling.point;
    let (reach, journey) = desk.app().tip_reach(&desk.actor, &tip).await?;
    let standing = &tip.summary.standing;
    let photo_src = tip.photos.first().filter(|_| again.open_photo);
    Ok(TipPage {
        now: desk.now,
        case: desk.may(Act::ReadCase).then(|| case.to_string()),
        photo_src: photo_src.map(|media| format!("/console/media/{media}/public")),
        facts: TipFacts {
            band: standing.band,
            why: standing.why.clone(),
            reach,
            way: way(&desk.shell, journey),
            source: standing.source,
            info: standing.info,
        },
        distance_km: distance(desk, case, point).await?,
        map: point.and_then(|point| desk.point_map(point)),
        dismiss_reasons: dismissals(&desk.shell, &again.reason),
        note: again.note,
        question: again.question,
        dialogue: dialogue(&tip, &names),
        decided: decided(desk, &tip, &names),
        tip: row(desk, &tip, &lines, &label),
        errors: again.errors,
        shell: desk.shell.clone(),
    })
}

async fn rows(desk: &Desk, summaries: Vec<TipSummary>) -> Result<Vec<TipRow>, Refused> {
    let mut cases: Vec<CaseId> = summaries.iter().map(|tip| tip.case).collect();
    cases.sort_unstable();
    cases.dedup();
    let lines = desk.app().child_lines(&desk.actor, &cases).await?;
    let mut labels: BTreeMap<CaseId, String> = BTreeMap::new();
    for case in cases {
        let label = desk.app().case_summary(&desk.actor, case).await?.label;
        labels.insert(case, label);
    }
    let ids = summaries.into_iter().map(|summary| summary.tip).collect();
    let tips = desk.app().read_tips(&desk.actor, ids).await?;
    let label = |tip: &OpenedTip| labels.get(&tip.summary.case).map_or("", String::as_str);
    Ok(tips
        .iter()
        .map(|tip| row(desk, tip, &lines, label(tip)))
        .collect())
}

pub(super) fn row(
    desk: &Desk,
    tip: &OpenedTip,
    lines: &BTreeMap<CaseId, ChildLine>,
    label: &str,
) -> TipRow {
    let line = lines.get(&tip.summary.case).cloned().unwrap_or_default();
    TipRow {
        id: tip.summary.tip.to_string(),
        number: label.to_owned(),
        child: first_name(desk.shell.locale(), &line.first_name_ar, &line.first_name),
        state: tip.summary.state,
        received: moment(tip.summary.received_ms),
        seen: seen(desk, &tip.telling.seen_at),
        place: place(desk, tip),
        words: tip.telling.words.clone(),
        language: tip.telling.language.clone(),
        photo: !tip.photos.is_empty(),
        unread: u64::from(tip.summary.answered),
    }
}

/// The place in the teller's words, or the one they chose.
fn place(desk: &Desk, tip: &OpenedTip) -> String {
    let chosen = tip
        .telling
        .place
        .as_deref()
        .and_then(|id| desk.place(id))
        .map(|place| place.name);
    match (tip.telling.place_words.as_str(), chosen) {
        ("", Some(chosen)) => chosen,
        (words, _) => words.to_owned(),
    }
}

/// A typed local time in words; anything else as it was told.
fn seen(desk: &Desk, told: &str) -> String {
    let zone = desk.shell.formats.zone.clone();
    let at = typed::local_time(told).and_then(|at| at.to_zoned(zone).ok());
    at.map_or_else(|| told.to_owned(), |at| desk.shell.full(&at.timestamp()))
}

async fn distance(
    desk: &Desk,
    case: CaseId,
    point: Option<Position>,
) -> Result<Option<u32>, Refused> {
    let Some(point) = point.filter(|_| desk.may(Act::ReadCase)) else {
        return Ok(None);
    };
    let values = desk.app().answers(&desk.actor, case, "triage").await?;
    let Some(last_seen) = exact_point(&values) else {
        return Ok(None);
    };
    Ok(Some(desk.app().kilometres_between(point, last_seen)))
}

fn dialogue(tip: &OpenedTip, names: &Names) -> Vec<DialogueLine> {
    let lines = tip.notes.iter().map(|note| DialogueLine {
        voice: if note.side == Side::Public {
            Voice::Public
        } else {
            Voice::House
        },
        by: note.by.map(|by| names.of(by)).unwrap_or_default(),
        at: moment(note.at_ms),
        words: note.words.clone(),
    });
    lines.collect()
}

/// Who decided, when, and why.
fn decided(desk: &Desk, tip: &OpenedTip, names: &Names) -> Option<String> {
    let by = tip.summary.decided_by.map(|by| names.of(by))?;
    let at: Timestamp = moment(tip.summary.decided_ms?);
    let state = desk.shell.word("tip-state-{}", tip.summary.state.as_str());
    let why = tip
        .reason
        .as_deref()
        .filter(|_| tip.summary.state == TipState::Dismissed)
        .map(|reason| {
            let (word, note) = reason.split_once('\n').unwrap_or((reason, ""));
            let label = match DISMISSALS.contains(&word) {
                true => desk.shell.word("dismiss-{}", word),
                false => word.to_owned(),
            };
            if note.is_empty() {
                format!(" · {label}")
            } else {
                format!(" · {label} · {note}")
            }
        });
    Some(format!(
        "{state} · {by} · {}{}",
        desk.shell.short(&at),
        why.unwrap_or_default()
    ))
}
