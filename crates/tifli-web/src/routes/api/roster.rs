//! The people of the house as a file, and a person moved elsewhere.

use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use tifli_app::Problem;
use tifli_app::people::{Moving, ROSTER_COLUMNS, Roster, RosterLine, Verdict};
use tifli_domain::id::PersonId;
use utoipa::ToSchema;

use super::super::console::figures::csv_answer;
use super::json;
use super::people::{CreatedOut, created};
use crate::problem::{Answer, Refused};
use crate::request::{Id, Json, SignedIn};
use crate::server::WebState;

/// A file of people.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RosterIn {
    /// Comma- or semicolon-separated; columns `login`, `name`, `role`, `district`, `unit`.
    csv: String,
}

/// A file of people to be taken as it was looked at.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TakeRosterIn {
    /// The file.
    csv: String,
    /// What the look gave.
    seen: String,
    /// Why people are moved; needed where a line moves somebody.
    #[serde(default)]
    reason: String,
}

/// What a file would do.
#[derive(Serialize, ToSchema)]
pub(super) struct RosterOut {
    /// One for each line of the file.
    lines: Vec<RosterLineOut>,
    /// Logins that are not in the file; nothing happens to them.
    missing: Vec<String>,
    /// To be sent back with the file when it is to be taken.
    seen: String,
    /// Whether it can be taken.
    may_apply: bool,
    /// Whether it moves somebody, for which a reason is needed.
    moves: bool,
}

/// A line of the file.
#[derive(Serialize, ToSchema)]
pub(super) struct RosterLineOut {
    /// As an editor counts them.
    line: u64,
    /// The login as typed.
    login: String,
    /// `new`, `changed`, `same` or `wrong`.
    verdict: &'static str,
    /// The columns that change.
    changes: Vec<&'static str>,
    /// What is wrong: column and code.
    wrong: Vec<WrongOut>,
}

/// Something wrong with a line.
#[derive(Serialize, ToSchema)]
pub(super) struct WrongOut {
    /// The column.
    column: String,
    /// A code.
    code: String,
}

/// What a file did.
#[derive(Serialize, ToSchema)]
pub(super) struct TakenOut {
    /// The accounts made, with their secrets: the only time they are seen.
    created: Vec<CreatedOut>,
    /// How many were changed.
    changed: usize,
}

/// Where a person goes.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MoveIn {
    /// As what they act from now on.
    role: String,
    /// Their district from now on.
    #[serde(default)]
    district: String,
    /// Their unit from now on.
    #[serde(default)]
    unit: String,
    /// What becomes of their service: `none` leaves it, the id of a service joins that one. Empty, a
    /// service of a district is left with the district, and one of the country goes along.
    #[serde(default)]
    service: String,
    /// Why; 1 000 characters at most.
    reason: String,
    /// The colleague who takes over what they had begun; the district where none is named.
    #[serde(default)]
    hand_to: Option<String>,
}

/// A move that was made.
#[derive(Serialize, ToSchema)]
pub(super) struct MovedOut {
    /// Cases whose work was handed on.
    handed: usize,
}

pub(super) async fn export(State(state): State<WebState>, who: SignedIn) -> Answer {
    let file = state.app().export_people(&who.actor).await?;
    Ok(csv_answer(file, "people"))
}

pub(super) async fn look(
    State(state): State<WebState>,
    who: SignedIn,
    Json(given): Json<RosterIn>,
) -> Answer {
    let roster = state.app().look_at_people(&who.actor, &given.csv).await?;
    json(StatusCode::OK, &out(roster))
}

pub(super) async fn take(
    State(state): State<WebState>,
    who: SignedIn,
    Json(given): Json<TakeRosterIn>,
) -> Answer {
    let how = (given.seen.as_str(), given.reason.as_str());
    let taken = state.app().take_people(&who.actor, &given.csv, how).await?;
    let out = TakenOut {
        created: taken.created.iter().map(created).collect(),
        changed: taken.changed,
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn make_move(
    State(state): State<WebState>,
    who: SignedIn,
    Id(person): Id<PersonId>,
    Json(given): Json<MoveIn>,
) -> Answer {
    let wrong = |field| Refused::field(field, "not_an_answer");
    let hand_to = given.hand_to.map(|to| to.parse()).transpose();
    let moving = Moving {
        role: given.role.parse().map_err(|_| wrong("role"))?,
        district: given.district,
        unit: given.unit,
        service: given.service.parse().map_err(|_| wrong("service"))?,
        reason: given.reason,
        hand_to: hand_to.map_err(|_| wrong("hand_to"))?,
    };
    let app = state.app();
    let handed = app.move_person(&who.actor, person, &moving).await?;
    json(StatusCode::OK, &MovedOut { handed })
}

fn out(roster: Roster) -> RosterOut {
    RosterOut {
        may_apply: roster.may_apply(),
        moves: roster.moves(),
        lines: roster.lines.iter().map(line).collect(),
        missing: roster.missing.into_iter().map(|(login, _)| login).collect(),
        seen: roster.seen,
    }
}

fn line(line: &RosterLine) -> RosterLineOut {
    let login = ROSTER_COLUMNS.iter().position(|column| *column == "login");
    let wrong = |problem: &Problem| WrongOut {
        column: problem.field.clone(),
        code: problem.code.clone(),
    };
    let (verdict, changes, wrong) = match &line.verdict {
        Verdict::New => ("new", Vec::new(), Vec::new()),
        Verdict::Same => ("same", Vec::new(), Vec::new()),
        Verdict::Changed(columns) => ("changed", columns.clone(), Vec::new()),
        Verdict::Wrong(all) => ("wrong", Vec::new(), all.iter().map(wrong).collect()),
    };
    RosterLineOut {
        line: line.line,
        login: login.map_or_else(String::new, |place| line.typed[place].clone()),
        verdict,
        changes,
        wrong,
    }
}
