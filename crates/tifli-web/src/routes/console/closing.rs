//! The page between found and closed: recording, skipping, correcting, taking back; holds, episodes, and the files due for erasure.

use std::collections::BTreeMap;

use axum::extract::State;
use tifli_app::closing::{ClosingView, Due, HoldForm, HoldView, ItemView, StepForm};
use tifli_app::{AppError, AppResult, Kind};
use tifli_domain::closing::{How, Item};
use tifli_domain::id::{CaseId, HoldId};
use tifli_domain::permission::Act;
use tifli_domain::retention::HoldKind;
use tifli_domain::typed;

use super::cases::first_name;
use super::desk::{Desk, Names, Sent, go_to};
use super::venues::name_of;
use crate::console::closing::{
    ClosingPage, DueRow, EpisodeRow, HoldRow, ItemRow, RetentionPage, SaidRow, Typed,
};
use crate::console::problems::{beside, of_code, sentence};
use crate::forms::FormErrors;
use crate::problem::{Answer, Refused};
use crate::request::Id;
use crate::server::{WebState, moment};

/// The present names of services by id.
type Services = BTreeMap<String, [String; 3]>;

/// What a form that came back shows again.
#[derive(Default)]
struct Again {
    item: Option<Item>,
    typed: Typed,
    basis: String,
    errors: FormErrors,
}

/// `GET /console/cases/{id}/closing`.
pub async fn page(desk: Desk, Id(case): Id<CaseId>) -> Answer {
    let view = fill(&desk, case, Again::default()).await?;
    Ok(desk.page(&view))
}

/// `POST /console/cases/{id}/closing`: `how` is `done`, `skipped`, `corrected` or `taken_back`.
pub async fn say(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, form }: Sent,
) -> Answer {
    need(&desk, case).await?;
    let item = form.text("item").parse::<Item>();
    let item = item.map_err(|_| Refused::field("item", "not_an_answer"))?;
    let how = form.text("how").parse::<How>().unwrap_or(How::Done);
    let typed = Typed {
        word: form.text("word").to_owned(),
        name: form.text("name").to_owned(),
        note: form.text("note").to_owned(),
    };
    match settle(&desk, (case, item, how), &typed).await {
        Ok(()) => Ok(go_to(format!(
            "/console/cases/{case}/closing#{}",
            item.as_str()
        ))),
        Err(error) if matches!(error.kind, Kind::Invalid | Kind::Conflict) => {
            let again = Again {
                item: Some(item),
                typed,
                errors: errors_of(&desk, (item, how), &error),
                ..Again::default()
            };
            let view = fill(&desk, case, again).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/cases/{id}/holds`.
pub async fn hold(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let mut errors = FormErrors::none();
    let until = match form.text("until").trim() {
        "" => None,
        typed => {
            let zone = desk.app().pack().zone().clone();
            let day = typed::date(typed);
            let end = day.and_then(|day| day.tomorrow().ok()?.to_zoned(zone).ok());
            if end.is_none() {
                errors.insert("until", of_code(&desk.shell, "not_a_date"));
            }
            end.map(|end| end.timestamp().as_millisecond())
        }
    };
    let asked = HoldForm {
        kind: form.text("kind").parse().unwrap_or(HoldKind::Hold),
        basis: form.text("basis").to_owned(),
        until_ms: until,
    };
    if errors.is_empty() {
        match desk.app().place_hold(&desk.actor, case, asked).await {
            Ok(_) => return Ok(go_to(format!("/console/cases/{case}/closing"))),
            Err(error) if error.kind == Kind::Invalid => {
                errors = beside(&desk.shell, &error.problems, str::to_owned);
            }
            Err(error) => return Err(error.into()),
        }
    }
    let again = Again {
        basis: form.text("basis").to_owned(),
        errors,
        ..Again::default()
    };
    let view = fill(&desk, case, again).await?;
    Ok(desk.again(&view))
}

/// `POST /console/holds/{id}/lift`.
pub async fn lift(
    State(_): State<WebState>,
    Id(hold): Id<HoldId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let case = desk.app().hold_case(&desk.actor, hold).await?;
    let reason = form.text("reason");
    match desk.app().lift_hold(&desk.actor, hold, reason).await {
        Ok(()) => Ok(go_to(format!("/console/cases/{case}/closing"))),
        Err(error) if error.kind == Kind::Invalid => {
            let field = format!("{hold}-reason");
            let again = Again {
                errors: beside(&desk.shell, &error.problems, |_| field.clone()),
                ..Again::default()
            };
            let view = fill(&desk, case, again).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/cases/{id}/episodes`: `case` is the other one.
pub async fn link(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, form }: Sent,
) -> Answer {
    need(&desk, case).await?;
    let other = form.text("case").parse::<CaseId>();
    let other = other.map_err(|_| Refused::field("case", "not_an_answer"))?;
    desk.app().link_episode(&desk.actor, case, other).await?;
    Ok(go_to(format!("/console/cases/{case}/closing")))
}

/// `GET /console/retention`.
pub async fn due(desk: Desk) -> Answer {
    let due = desk.app().due_for_erasure(&desk.actor).await?;
    let row = |due: Due| DueRow {
        id: due.case.to_string(),
        number: due.label,
        district: desk.district(&due.district),
        class: class(&desk, &due.class),
        closed: moment(due.closed_ms),
        due: moment(due.erase_on_ms),
        held: due.held.map(HoldKind::as_str),
    };
    let view = RetentionPage {
        due: due.into_iter().map(row).collect(),
        shell: desk.shell.clone(),
    };
    Ok(desk.page(&view))
}

async fn need(desk: &Desk, case: CaseId) -> Result<(), Refused> {
    let summary = desk.app().case_summary(&desk.actor, case).await?;
    desk.need(Act::WorkClosing, &summary.district)
}

async fn settle(
    desk: &Desk,
    (case, item, how): (CaseId, Item, How),
    typed: &Typed,
) -> AppResult<()> {
    let (app, actor) = (desk.app(), &desk.actor);
    let form = StepForm {
        word: typed.word.clone(),
        name: typed.name.clone(),
        note: typed.note.clone(),
    };
    match how {
        How::Done => app.record_closing(actor, case, item, form).await,
        How::Skipped => app.skip_closing(actor, case, item, form).await,
        How::Corrected => app.correct_closing(actor, case, item, form).await,
        How::TakenBack => app.take_back_closing(actor, case, item, &form.note).await,
    }
}

/// Problems of fields stand beside the fields of the item; what the order forbids stands with the item.
fn errors_of(desk: &Desk, (item, how): (Item, How), error: &AppError) -> FormErrors {
    let mut errors = FormErrors::none();
    if error.kind == Kind::Invalid {
        for problem in &error.problems {
            let field = match how {
                How::TakenBack => "back",
                How::Done | How::Skipped | How::Corrected => problem.field.as_str(),
            };
            let field = format!("{}-{field}", item.as_str());
            errors.insert(&field, sentence(&desk.shell, problem));
        }
    } else {
        errors.insert(item.as_str(), of_code(&desk.shell, &error.code));
    }
    errors
}

async fn fill(desk: &Desk, case: CaseId, again: Again) -> Result<ClosingPage, Refused> {
    let summary = desk.app().case_summary(&desk.actor, case).await?;
    let view = desk.app().closing(&desk.actor, case).await?;
    let children = desk.app().child_lines(&desk.actor, &[case]).await?;
    let line = children.get(&case).cloned().unwrap_or_default();
    let episodes = desk.app().episodes(&desk.actor, case).await?.into_iter();
    let names = desk.names().await?;
    let services = desk.app().service_names().await?;
    let may = |act| desk.may_in(act, &summary.district);
    let ClosingView {
        items,
        closable,
        retention,
        holds,
        ..
    } = view;
    let items = items.into_iter().map(|item| {
        let typed = (again.item == Some(item.item)).then(|| again.typed.clone());
        item_row(desk, (&names, &services), item, typed.unwrap_or_default())
    });
    Ok(ClosingPage {
        case: case.to_string(),
        number: summary.label.clone(),
        child: first_name(desk.shell.locale(), &line.first_name_ar, &line.first_name),
        items: items.collect(),
        may_work: may(Act::WorkClosing) && retention.is_none(),
        closable: closable && may(Act::TakeReport),
        kept: retention.map(|kept| (class(desk, &kept.class), moment(kept.erase_on_ms))),
        holds: holds
            .into_iter()
            .map(|hold| hold_row(&names, hold))
            .collect(),
        may_hold: may(Act::HoldErasure),
        basis: again.basis,
        episodes: episodes
            .map(|episode| EpisodeRow {
                id: episode.case.to_string(),
                number: episode.label,
                state: episode.state.as_str(),
                started: moment(episode.started_ms),
                linked: episode.linked,
            })
            .collect(),
        errors: again.errors,
        shell: desk.shell.clone(),
    })
}

fn item_row(
    desk: &Desk,
    (names, services): (&Names, &Services),
    view: ItemView,
    typed: Typed,
) -> ItemRow {
    let said = view.said.into_iter().map(|said| SaidRow {
        how: said.how,
        word: said.word,
        name: said.name,
        note: said.note,
        by: names.of(said.by),
        at: moment(said.at_ms),
    });
    let item = view.item;
    let waits_for = view.waits_for.into_iter().map(|name| match item {
        Item::Recall if name == "own_channels" => desk.shell.say("closing-own-channels"),
        Item::Recall => desk.partner(&name),
        _ => service_name(desk, services, &name),
    });
    ItemRow {
        item: view.item,
        state: view.state,
        waits_for: waits_for.collect(),
        said: said.collect(),
        typed,
    }
}

fn hold_row(names: &Names, hold: HoldView) -> HoldRow {
    HoldRow {
        id: hold.hold.to_string(),
        kind: hold.kind.as_str(),
        basis: hold.basis,
        by: names.of(hold.by),
        at: moment(hold.at_ms),
        until: hold.until_ms.map(moment),
        lifted: hold.lifted.map(|(by, at)| (names.of(by), moment(at))),
        holds: hold.holds,
        liftable: hold.liftable,
    }
}

/// A service of the directory in the page's language; one that is not in it by its id.
fn service_name(desk: &Desk, services: &Services, id: &str) -> String {
    match services.get(id) {
        Some(names) => name_of(desk, names),
        None => id.to_owned(),
    }
}

/// The class of the pack in the page's language.
fn class(desk: &Desk, id: &str) -> String {
    let classes = desk.app().pack().retention();
    match classes.iter().find(|class| class.id == id) {
        Some(class) => desk.label(class.name.iter()),
        None => id.to_owned(),
    }
}
