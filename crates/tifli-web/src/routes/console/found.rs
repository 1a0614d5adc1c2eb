//! Children found before anybody reported them: writing down, comparing, saying by two people whose child one is.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use tifli_app::found::{Candidate, FoundForm, FoundLine, FoundView};
use tifli_app::{AppError, Kind};
use tifli_domain::found::FoundState;
use tifli_domain::id::{CaseId, FoundId};
use tifli_domain::permission::Act;

use super::cases::first_name;
use super::desk::{Desk, Names, Sent, go_to};
use crate::console::found::{CandidateRow, FIELDS, FoundField, FoundList, FoundPage, FoundRow};
use crate::console::problems::beside;
use crate::forms::{Choice, FormErrors};
use crate::problem::{Answer, Refused};
use crate::request::{Form, Id};
use crate::server::{WebState, moment};

/// `GET /console/found`.
pub async fn list(desk: Desk) -> Answer {
    let view = fill_list(&desk, &Form::default(), FormErrors::none()).await?;
    Ok(desk.page(&view))
}

/// `POST /console/found`.
pub async fn register(State(_): State<WebState>, Sent { desk, form }: Sent) -> Answer {
    let text = |name: &str| form.text(name).to_owned();
    let typed = FoundForm {
        found_at: text("found_at"),
        place: text("place"),
        place_words: text("place_words"),
        found_by: text("found_by"),
        words: text("words"),
        name: text("name"),
        language: text("language"),
        age_low: text("age_low"),
        age_high: text("age_high"),
        sex: text("sex"),
        description: text("description"),
        clothes: text("clothes"),
        health: text("health"),
        safety: text("safety"),
    };
    match desk.app().register_found(&desk.actor, &typed).await {
        Ok(found) if desk.may(Act::MatchFound) => Ok(go_to(format!("/console/found/{found}"))),
        Ok(_) => Ok(go_to("/console/found")),
        Err(error) if error.kind == Kind::Invalid => {
            let errors = beside(&desk.shell, &error.problems, str::to_owned);
            let view = fill_list(&desk, &form, errors).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /console/found/{id}`.
pub async fn page(desk: Desk, Id(found): Id<FoundId>) -> Answer {
    let view = fill(&desk, found, FormErrors::none()).await?;
    Ok(desk.page(&view))
}

/// `GET /console/found/{id}/photo`.
pub async fn photo(desk: Desk, Id(found): Id<FoundId>) -> Answer {
    let jpeg = desk.app().open_found_photo(&desk.actor, found).await?;
    let mut response = jpeg.into_response();
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static("image/jpeg");
    headers.insert(header::CONTENT_TYPE, kind);
    let never = HeaderValue::from_static("no-store");
    headers.insert(header::CACHE_CONTROL, never);
    Ok(response)
}

/// `POST /console/found/{id}/photo`.
pub async fn put_photo(
    State(_): State<WebState>,
    Id(found): Id<FoundId>,
    Sent { desk, mut form }: Sent,
) -> Answer {
    let bytes = form.take_file("photo").unwrap_or_default();
    let put = desk.app().put_found_photo(&desk.actor, found, &bytes).await;
    shown(&desk, found, put).await
}

/// `POST /console/found/{id}/propose`: `case` is whose child it is.
pub async fn propose(
    State(_): State<WebState>,
    Id(found): Id<FoundId>,
    Sent { desk, form }: Sent,
) -> Answer {
    need(&desk, found).await?;
    let case = form.text("case").parse::<CaseId>();
    let case = case.map_err(|_| Refused::field("case", "not_an_answer"))?;
    let proposed = desk.app().propose_match(&desk.actor, found, case).await;
    shown(&desk, found, proposed).await
}

/// `POST /console/found/{id}/confirm`.
pub async fn confirm(
    State(_): State<WebState>,
    Id(found): Id<FoundId>,
    Sent { desk, .. }: Sent,
) -> Answer {
    let confirmed = desk.app().confirm_match(&desk.actor, found).await;
    shown(&desk, found, confirmed.map(drop)).await
}

/// `POST /console/found/{id}/decline`.
pub async fn decline(
    State(_): State<WebState>,
    Id(found): Id<FoundId>,
    Sent { desk, .. }: Sent,
) -> Answer {
    let declined = desk.app().decline_match(&desk.actor, found).await;
    shown(&desk, found, declined).await
}

/// `POST /console/found/{id}/close`.
pub async fn close(
    State(_): State<WebState>,
    Id(found): Id<FoundId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let reason = form.text("reason");
    let closed = desk.app().close_found(&desk.actor, found, reason).await;
    shown(&desk, found, closed).await
}

/// `POST /console/found/{id}/erase`.
pub async fn erase(
    State(_): State<WebState>,
    Id(found): Id<FoundId>,
    Sent { desk, .. }: Sent,
) -> Answer {
    desk.app().erase_found(&desk.actor, found).await?;
    Ok(go_to("/console/found"))
}

async fn need(desk: &Desk, found: FoundId) -> Result<(), Refused> {
    let lines = desk.app().list_found(&desk.actor).await?;
    let line = lines.iter().find(|line| line.found == found);
    let line = line.ok_or_else(|| Refused::from(AppError::forbidden("district")))?;
    desk.need(Act::MatchFound, &line.district)
}

/// After an act: the page again, with what is wrong beside its field.
async fn shown(desk: &Desk, found: FoundId, done: Result<(), AppError>) -> Answer {
    match done {
        Ok(()) => Ok(go_to(format!("/console/found/{found}"))),
        Err(error) if error.kind == Kind::Invalid => {
            let errors = beside(&desk.shell, &error.problems, str::to_owned);
            let view = fill(desk, found, errors).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

async fn fill_list(desk: &Desk, form: &Form, errors: FormErrors) -> Result<FoundList, Refused> {
    let names = desk.names().await?;
    let lines = desk.app().list_found(&desk.actor).await?;
    let field = |(name, kind): (&'static str, &'static str)| FoundField {
        name,
        kind,
        value: form.text(name).to_owned(),
    };
    let sexes = ["girl", "boy", "unknown"];
    let sexes = sexes.map(|word| Choice::new(word, desk.shell.word("sex-{}", word)));
    Ok(FoundList {
        rows: lines.iter().map(|line| row(desk, &names, line)).collect(),
        may_read: desk.may(Act::MatchFound),
        fields: FIELDS.into_iter().map(field).collect(),
        sexes: Choice::select(sexes.into(), form.text("sex")),
        errors,
        shell: desk.shell.clone(),
    })
}

async fn fill(desk: &Desk, found: FoundId, errors: FormErrors) -> Result<FoundPage, Refused> {
    let view = desk.app().read_found(&desk.actor, found).await?;
    let names = desk.names().await?;
    let may_match = desk.may_in(Act::MatchFound, &view.line.district);
    let open = matches!(
        view.line.state,
        FoundState::Registered | FoundState::Proposed
    );
    let candidates = match may_match && open {
        true => Some(desk.app().found_candidates(&desk.actor, found).await?),
        false => None,
    };
    let case = match view.line.case {
        Some(case) if desk.may(Act::ReadCase) => {
            let summary = desk.app().case_summary(&desk.actor, case).await;
            summary.ok().map(|line| (case.to_string(), line.label))
        }
        _ => None,
    };
    let line = &view.line;
    Ok(FoundPage {
        row: row(desk, &names, line),
        facts: facts(desk, &view),
        photo: line.photo.then(|| format!("/console/found/{found}/photo")),
        case,
        proposed_by: line.proposed_by.map(|by| names.of(by)),
        reason: view.reason.clone(),
        candidates: candidates.map(|all| all.iter().map(|one| candidate(desk, one)).collect()),
        may_match,
        own: line.proposed_by == Some(desk.actor.person),
        may_erase: line.state == FoundState::Closed
            && line.closed_by != Some(desk.actor.person)
            && desk.may_in(Act::ConfirmErasure, &line.district),
        errors,
        shell: desk.shell.clone(),
    })
}

fn row(desk: &Desk, names: &Names, line: &FoundLine) -> FoundRow {
    FoundRow {
        id: line.found.to_string(),
        number: line.number,
        district: desk.district(&line.district),
        state: line.state,
        by: names.of(line.registered_by),
        at: moment(line.registered_ms),
    }
}

/// What is known, in the order of the form.
fn facts(desk: &Desk, view: &FoundView) -> Vec<(&'static str, String)> {
    let facts = &view.facts;
    let years = |years: Option<i64>| years.map(|n| desk.shell.num(n)).unwrap_or_default();
    let place = desk.place(&facts.place).map(|hit| hit.name);
    let all = [
        ("found_at", facts.found_at.replace('T', " ")),
        ("place", place.unwrap_or_default()),
        ("place_words", facts.place_words.clone()),
        ("found_by", facts.found_by.clone()),
        ("name", facts.name.clone()),
        ("age_low", years(facts.age_low)),
        ("age_high", years(facts.age_high)),
        ("sex", desk.shell.word("sex-{}", &facts.sex)),
        ("language", facts.language.clone()),
        ("description", facts.description.clone()),
        ("clothes", facts.clothes.clone()),
        ("words", facts.words.clone()),
        ("health", facts.health.clone()),
        ("safety", facts.safety.clone()),
    ];
    all.into_iter()
        .filter(|(_, words)| !words.is_empty())
        .collect()
}

fn candidate(desk: &Desk, one: &Candidate) -> CandidateRow {
    let (ar, latin) = &one.first_name;
    CandidateRow {
        id: one.case.to_string(),
        number: one.label.clone(),
        child: first_name(desk.shell.locale(), ar, latin),
        state: one.state.as_str(),
        fields: one.comparison.fields.to_vec(),
    }
}
