//! The people of the house as a file, in and out; and a person moved elsewhere.

use axum::extract::State;
use tifli_app::people::{Applied, MadeMove, Moving, PersonView, Roster, RosterLine, Verdict};
use tifli_app::{AppError, Kind, Problem};
use tifli_domain::Role;
use tifli_domain::id::PersonId;

use super::desk::{Desk, Sent, SentFile, go_to};
use super::entry::in_fours;
use super::figures::csv_answer;
use super::venues::name_of;
use crate::console::people::CreatedPerson;
use crate::console::problems::{beside, of_code, sentence};
use crate::console::roster::{BegunRow, MovePage, MoveRow, RosterLook, RosterPage, RosterRow};
use crate::forms::{Choice, FormErrors};
use crate::problem::{Answer, Refused};
use crate::request::{Form, Id};
use crate::server::{WebState, moment};

/// `GET /console/people.csv`.
pub async fn export(desk: Desk) -> Answer {
    let file = desk.app().export_people(&desk.actor).await?;
    Ok(csv_answer(format!("\u{feff}{file}"), "people"))
}

/// `GET /console/people/file`.
pub async fn page(desk: Desk) -> Answer {
    let view = empty(&desk);
    Ok(desk.page(&view))
}

/// `POST /console/people/file`: what a file would do.
pub async fn look(
    State(_): State<WebState>,
    SentFile(Sent { desk, mut form }): SentFile,
) -> Answer {
    let mut view = empty(&desk);
    let sent = match form.take_file("file") {
        Some(bytes) => utf8(bytes),
        None => Ok(form.text("csv").to_owned()),
    };
    let looked = match sent {
        Err(error) => Err(error),
        Ok(csv) => {
            view.csv = csv;
            desk.app().look_at_people(&desk.actor, &view.csv).await
        }
    };
    match looked {
        Ok(roster) => {
            view.look = Some(rows(&desk, &roster));
            Ok(desk.page(&view))
        }
        Err(error) if error.kind == Kind::Invalid => {
            view.errors = beside(&desk.shell, &error.problems, str::to_owned);
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/people/file/take`: answers with the page itself, because secrets are shown this once.
pub async fn take(State(_): State<WebState>, SentFile(Sent { desk, form }): SentFile) -> Answer {
    let (csv, app) = (form.text("csv").to_owned(), desk.app());
    let (seen, reason) = (form.text("seen"), form.text("reason"));
    let taken = app.take_people(&desk.actor, &csv, (seen, reason)).await;
    let mut view = empty(&desk);
    let errors = match taken {
        Ok(applied) => {
            let Applied { created, changed } = applied;
            let made = desk.shell.many("roster-made", created.len());
            let changed = desk.shell.many("roster-changed", changed);
            view.done = format!("{made} {changed}");
            view.created = created.into_iter().map(secrets).collect();
            return Ok(desk.page(&view));
        }
        Err(error) if error.kind == Kind::Invalid => {
            beside(&desk.shell, &error.problems, str::to_owned)
        }
        Err(error) if error.code == "changed_meanwhile" => {
            let mut errors = FormErrors::none();
            errors.insert("csv", of_code(&desk.shell, "changed_meanwhile"));
            errors
        }
        Err(error) => return Err(error.into()),
    };
    match app.look_at_people(&desk.actor, &csv).await {
        Ok(roster) => view.look = Some(rows(&desk, &roster)),
        // What is wrong with the file as a whole stands beside it already.
        Err(error) if error.kind == Kind::Invalid => {}
        Err(error) => return Err(error.into()),
    }
    view.csv = csv;
    view.reason = reason.to_owned();
    view.errors = errors;
    Ok(desk.again(&view))
}

/// `GET /console/people/{id}/move`.
pub async fn move_page(desk: Desk, Id(person): Id<PersonId>) -> Answer {
    let view = fill(&desk, person, None).await?;
    Ok(desk.page(&view))
}

/// `POST /console/people/{id}/move`.
pub async fn make_move(
    State(_): State<WebState>,
    Id(person): Id<PersonId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let moving = match moving(&form) {
        Ok(moving) => moving,
        Err(field) => {
            let problems = [Problem::new(field, "not_an_answer")];
            let errors = beside(&desk.shell, &problems, str::to_owned);
            let view = fill(&desk, person, Some((&form, errors))).await?;
            return Ok(desk.again(&view));
        }
    };
    match desk.app().move_person(&desk.actor, person, &moving).await {
        Ok(_) => Ok(go_to("/console/people")),
        Err(error) if error.kind == Kind::Invalid => {
            let errors = beside(&desk.shell, &error.problems, str::to_owned);
            let view = fill(&desk, person, Some((&form, errors))).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

/// The text of a file; one in another encoding is refused in words, for a guess could change names.
pub fn utf8(bytes: Vec<u8>) -> Result<String, AppError> {
    String::from_utf8(bytes).map_err(|_| AppError::field("csv", "not_utf8"))
}

fn moving(form: &Form) -> Result<Moving, &'static str> {
    let hand_to = form.text("hand_to");
    let hand_to = (!hand_to.is_empty()).then(|| hand_to.parse::<PersonId>());
    Ok(Moving {
        role: form.text("role").parse().map_err(|_| "role")?,
        district: form.text("district").to_owned(),
        unit: form.text("unit").to_owned(),
        service: form.text("service").parse().map_err(|_| "service")?,
        reason: form.text("reason").to_owned(),
        hand_to: hand_to.transpose().map_err(|_| "hand_to")?,
    })
}

async fn fill(
    desk: &Desk,
    person: PersonId,
    again: Option<(&Form, FormErrors)>,
) -> Result<MovePage, Refused> {
    let (app, actor) = (desk.app(), &desk.actor);
    let people = app.list_people(actor).await?;
    let own = people.iter().find(|one| one.person == person);
    let own = own.ok_or_else(Refused::not_found)?;
    let begun = app.begun_work(actor, person).await?;
    let moves = app.moves(actor, person).await?;
    let names = desk.names().await?;
    let typed = |name: &str, now: &str| match &again {
        Some((form, _)) => form.text(name).to_owned(),
        None => now.to_owned(),
    };
    let may_take = |one: &&PersonView| {
        let fits = one.district == own.district && matches!(one.role, Role::Officer | Role::Room);
        fits && one.person != person && one.disabled_ms.is_none()
    };
    let colleagues = people.iter().filter(may_take);
    let colleagues = colleagues.map(|one| Choice::new(one.person.to_string(), &one.display_name));
    let stays = Choice::new("", desk.shell.say("move-stays"));
    let move_row = |made: MadeMove| {
        let (from, to) = (made.row.from, made.row.to);
        MoveRow {
            at: moment(made.row.at_ms),
            by: names.of(made.row.by),
            from: place(desk, (from.role, &from.district, &from.unit)),
            to: place(desk, (to.role, &to.district, &to.unit)),
            reason: made.reason,
        }
    };
    let (service, choices) = services(desk, person).await?;
    Ok(MovePage {
        person: person.to_string(),
        name: own.display_name.clone(),
        now: place(desk, (own.role, &own.district, &own.unit)),
        role: typed("role", own.role.as_str()),
        districts: desk.districts(&typed("district", &own.district)),
        unit: typed("unit", &own.unit),
        service,
        services: Choice::select(choices, &typed("service", "")),
        reason: typed("reason", ""),
        begun: begun
            .into_iter()
            .map(|work| BegunRow {
                number: work.label,
                kind: work.kind.as_str(),
            })
            .collect(),
        colleagues: Choice::select(
            std::iter::once(stays).chain(colleagues).collect(),
            &typed("hand_to", ""),
        ),
        moves: moves.into_iter().map(move_row).collect(),
        errors: again.map_or_else(FormErrors::none, |(_, errors)| errors),
        shell: desk.shell.clone(),
    })
}

/// The name of the service a person belongs to, and what may become of it.
async fn services(desk: &Desk, person: PersonId) -> Result<(String, Vec<Choice>), Refused> {
    let services = desk.app().list_services(&desk.actor).await?;
    let members = desk.app().list_members(&desk.actor).await?;
    let own = members.iter().find(|(one, _)| *one == person);
    let own = own.and_then(|(_, id)| services.iter().find(|one| one.id == *id));
    let own = own.map(|one| name_of(desk, &one.names));
    let active = services.iter().filter(|one| one.active);
    let active = active.map(|one| Choice::new(one.id.as_str(), name_of(desk, &one.names)));
    let said = [("", "move-service-follows"), ("none", "move-service-none")];
    let said = said.map(|(value, key)| Choice::new(value, desk.shell.say(key)));
    let choices = said.into_iter().chain(active).collect();
    Ok((own.unwrap_or_default(), choices))
}

/// Role, district and unit in words.
fn place(desk: &Desk, (role, district, unit): (Role, &str, &str)) -> String {
    let role = desk.shell.word("person-role-{}", role.as_str());
    let district = match district {
        "" => String::new(),
        id => desk.district(id),
    };
    let parts = [role.as_str(), district.as_str(), unit];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    parts.join(&format!("{} ", desk.shell.say("list-comma")))
}

fn empty(desk: &Desk) -> RosterPage {
    RosterPage {
        shell: desk.shell.clone(),
        csv: String::new(),
        look: None,
        reason: String::new(),
        created: Vec::new(),
        done: String::new(),
        errors: FormErrors::none(),
    }
}

fn rows(desk: &Desk, roster: &Roster) -> RosterLook {
    let rows: Vec<RosterRow> = roster.lines.iter().map(|line| row(desk, line)).collect();
    let counted = |word: &str| rows.iter().filter(|row| row.verdict == word).count();
    RosterLook {
        counts: ["new", "changed", "same", "wrong"].map(counted),
        missing: roster.missing.clone(),
        seen: roster.seen.clone(),
        may_apply: roster.may_apply(),
        moves: roster.moves(),
        rows,
    }
}

fn row(desk: &Desk, line: &RosterLine) -> RosterRow {
    let [login, name, role, district, unit] = line.typed.clone();
    let shell = &desk.shell;
    let (verdict, why) = match &line.verdict {
        Verdict::New => ("new", Vec::new()),
        Verdict::Same => ("same", Vec::new()),
        Verdict::Changed(columns) => {
            let column = |column: &&str| shell.word("roster-column-{}", column);
            ("changed", columns.iter().map(column).collect())
        }
        Verdict::Wrong(problems) => {
            let says = |problem: &Problem| {
                let column = shell.word("roster-column-{}", &problem.field);
                shell.pair("roster-why", column, sentence(shell, problem))
            };
            ("wrong", problems.iter().map(says).collect())
        }
    };
    let parts = [desk.district(&district), unit];
    let parts: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    RosterRow {
        line: line.line,
        role: match role.parse::<Role>() {
            Ok(role) => shell.word("person-role-{}", role.as_str()),
            Err(_) => role,
        },
        place: parts.join(&format!("{} ", shell.say("list-comma"))),
        login,
        name,
        verdict,
        why,
    }
}

fn secrets(made: tifli_app::people::CreatedPerson) -> CreatedPerson {
    CreatedPerson {
        login: made.login,
        name: made.display_name,
        password: made.password,
        secret: in_fours(&made.totp_secret),
        otpauth: made.otpauth,
    }
}
