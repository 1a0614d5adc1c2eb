//! From found to closed, holds, files due for erasure, and episodes of the same child.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_app::closing::{ClosingView, Due, Episode, HoldForm, ItemView, Said, StepForm};
use tifli_domain::closing::{How, Item};
use tifli_domain::id::{CaseId, HoldId};
use utoipa::ToSchema;

use super::erasures::ReasonIn;
use super::{at, done, json};
use crate::problem::{Answer, Refused};
use crate::request::{Id, Json, SignedIn};
use crate::server::WebState;

/// Something said of an item.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct StepIn {
    /// Which item: `located`, `seen`, `safe`, `decision` …
    item: String,
    /// `done`, `skipped`, `corrected` or `taken_back`.
    how: String,
    /// One of the item's words, where it has any.
    #[serde(default)]
    word: String,
    /// Who saw, who decided, to whom; in whose name it is skipped.
    #[serde(default)]
    name: String,
    /// In words; why it is skipped or taken back.
    #[serde(default)]
    note: String,
}

/// What was said of an item.
#[derive(Serialize, ToSchema)]
pub(super) struct SaidOut {
    /// `done`, `skipped`, `corrected` or `taken_back`.
    how: String,
    /// The word chosen; may be empty.
    word: String,
    /// The person named; may be empty.
    name: String,
    /// In words; may be empty.
    note: String,
    /// Who said it.
    by: String,
    /// When.
    at: String,
}

/// One item between found and closed.
#[derive(Serialize, ToSchema)]
pub(super) struct ItemOut {
    /// Which.
    item: String,
    /// `open`, `waiting`, `done`, `skipped` or `not_needed`.
    state: String,
    /// Who is waited for, where it follows from receipts.
    waits_for: Vec<String>,
    /// Everything said of it, the oldest first.
    said: Vec<SaidOut>,
}

/// A hold on the erasure.
#[derive(Serialize, ToSchema)]
pub(super) struct HoldOut {
    /// Its id.
    hold: String,
    /// `hold` or `proceedings`.
    kind: String,
    /// Who placed it.
    by: String,
    /// When.
    at: String,
    /// Until when; `null` until it is lifted.
    until: Option<String>,
    /// On what basis.
    basis: String,
    /// When it was lifted.
    lifted_at: Option<String>,
    /// Whether it holds now.
    holds: bool,
}

/// The closing of a case.
#[derive(Serialize, ToSchema)]
pub(super) struct ClosingOut {
    /// The case.
    case: String,
    /// Its state.
    state: String,
    /// In the order in which it is done.
    items: Vec<ItemOut>,
    /// The items without which the file cannot be closed.
    open: Vec<String>,
    /// Whether the file can be closed now.
    closable: bool,
    /// What it ended as, once closed.
    ending: Option<String>,
    /// When it is due for erasure, once closed.
    erase_on: Option<String>,
    /// Holds, the oldest first.
    holds: Vec<HoldOut>,
}

/// A hold to place.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct HoldIn {
    /// `hold` or `proceedings`.
    kind: String,
    /// On what basis: the article, the number of the proceedings.
    basis: String,
    /// Until when, in UTC (`2027-01-31T00:00:00Z`); absent until it is lifted.
    #[serde(default)]
    until: Option<String>,
}

/// A hold that was placed.
#[derive(Serialize, ToSchema)]
pub(super) struct PlacedOut {
    /// Its id.
    hold: String,
}

/// Another case that may be, or is, of the same child.
#[derive(Serialize, ToSchema)]
pub(super) struct EpisodeOut {
    /// The other case.
    case: String,
    /// Its number.
    label: String,
    /// Its state.
    state: String,
    /// When its report was begun.
    started_at: String,
    /// Whether somebody linked it.
    linked: bool,
}

/// Episodes of the same child.
#[derive(Serialize, ToSchema)]
pub(super) struct EpisodesOut {
    /// The newest first.
    episodes: Vec<EpisodeOut>,
}

/// A case to link.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct LinkIn {
    /// The other case.
    case: String,
}

/// A file whose days are over.
#[derive(Serialize, ToSchema)]
pub(super) struct DueOut {
    /// The case.
    case: String,
    /// Its number.
    label: String,
    /// The class of the country pack.
    class: String,
    /// When it was closed.
    closed_at: String,
    /// Since when it is due.
    erase_on: String,
    /// `hold` or `proceedings`, if one holds it back.
    held: Option<String>,
}

/// Files due for erasure.
#[derive(Serialize, ToSchema)]
pub(super) struct DueListOut {
    /// The longest due first.
    due: Vec<DueOut>,
}

pub(super) async fn view(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
) -> Answer {
    let view = state.app().closing(&who.actor, case).await?;
    json(StatusCode::OK, &closing_out(view))
}

pub(super) async fn say(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<StepIn>,
) -> Answer {
    let item = known::<Item>("item", &given.item)?;
    let how = known::<How>("how", &given.how)?;
    let form = StepForm {
        word: given.word,
        name: given.name,
        note: given.note,
    };
    let (app, actor) = (state.app(), &who.actor);
    match how {
        How::Done => app.record_closing(actor, case, item, form).await?,
        How::Skipped => app.skip_closing(actor, case, item, form).await?,
        How::Corrected => app.correct_closing(actor, case, item, form).await?,
        How::TakenBack => {
            app.take_back_closing(actor, case, item, &form.note).await?;
        }
    }
    let view = app.closing(actor, case).await?;
    json(StatusCode::OK, &closing_out(view))
}

pub(super) async fn hold(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<HoldIn>,
) -> Answer {
    let until = given.until.filter(|until| !until.is_empty());
    let until = until.map(|until| known::<jiff::Timestamp>("until", &until));
    let form = HoldForm {
        kind: known("kind", &given.kind)?,
        basis: given.basis,
        until_ms: until.transpose()?.map(jiff::Timestamp::as_millisecond),
    };
    let hold = state.app().place_hold(&who.actor, case, form).await?;
    let out = PlacedOut {
        hold: hold.to_string(),
    };
    json(StatusCode::CREATED, &out)
}

pub(super) async fn lift(
    State(state): State<WebState>,
    who: SignedIn,
    Id(hold): Id<HoldId>,
    Json(given): Json<ReasonIn>,
) -> Answer {
    state
        .app()
        .lift_hold(&who.actor, hold, &given.reason)
        .await?;
    Ok(done())
}

pub(super) async fn episodes(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
) -> Answer {
    let episodes = state.app().episodes(&who.actor, case).await?.into_iter();
    let out = |episode: Episode| EpisodeOut {
        case: episode.case.to_string(),
        label: episode.label,
        state: episode.state.as_str().to_owned(),
        started_at: at(episode.started_ms),
        linked: episode.linked,
    };
    let out = EpisodesOut {
        episodes: episodes.map(out).collect(),
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn link(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
    Json(given): Json<LinkIn>,
) -> Answer {
    let other = known::<CaseId>("case", &given.case)?;
    state.app().link_episode(&who.actor, case, other).await?;
    Ok(done())
}

pub(super) async fn due(State(state): State<WebState>, who: SignedIn) -> Answer {
    let due = state.app().due_for_erasure(&who.actor).await?.into_iter();
    let out = |due: Due| DueOut {
        case: due.case.to_string(),
        label: due.label,
        class: due.class,
        closed_at: at(due.closed_ms),
        erase_on: at(due.erase_on_ms),
        held: due.held.map(|kind| kind.as_str().to_owned()),
    };
    let out = DueListOut {
        due: due.map(out).collect(),
    };
    json(StatusCode::OK, &out)
}

fn known<T: std::str::FromStr>(field: &str, word: &str) -> Result<T, Refused> {
    word.parse()
        .map_err(|_| Refused::field(field, "not_an_answer"))
}

fn closing_out(view: ClosingView) -> ClosingOut {
    let open = view.items.iter().filter(|item| is_open(item));
    let holds = view.holds.into_iter().map(|hold| HoldOut {
        hold: hold.hold.to_string(),
        kind: hold.kind.as_str().to_owned(),
        by: hold.by.to_string(),
        at: at(hold.at_ms),
        until: hold.until_ms.map(at),
        basis: hold.basis,
        lifted_at: hold.lifted.map(|(_, ms)| at(ms)),
        holds: hold.holds,
    });
    ClosingOut {
        case: view.case.to_string(),
        state: view.state.as_str().to_owned(),
        open: open.map(|item| item.item.as_str().to_owned()).collect(),
        closable: view.closable,
        ending: view
            .retention
            .as_ref()
            .map(|kept| kept.ending.as_str().to_owned()),
        erase_on: view.retention.as_ref().map(|kept| at(kept.erase_on_ms)),
        holds: holds.collect(),
        items: view.items.into_iter().map(item_out).collect(),
    }
}

fn is_open(item: &ItemView) -> bool {
    matches!(item.state.as_str(), "open" | "waiting")
}

fn item_out(item: ItemView) -> ItemOut {
    let said = |said: Said| SaidOut {
        how: said.how.as_str().to_owned(),
        by: said.by.to_string(),
        at: at(said.at_ms),
        word: said.word,
        name: said.name,
        note: said.note,
    };
    ItemOut {
        item: item.item.as_str().to_owned(),
        state: item.state.as_str().to_owned(),
        waits_for: item.waits_for,
        said: item.said.into_iter().map(said).collect(),
    }
}
