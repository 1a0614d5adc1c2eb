//! Taking a first alarm of the line, and taking it over in the district.

use axum::extract::State;
use serde::Deserialize;
use tifli_app::Kind;
use tifli_app::call::Spoken;
use tifli_domain::alarm::{LINE, Lines};
use tifli_domain::id::CaseId;

use super::call::{into_report, to_alarm};
use super::desk::{Desk, Sent, go_to};
use crate::console::alarm::AlarmForm;
use crate::console::problems::beside;
use crate::forms::FormErrors;
use crate::problem::Answer;
use crate::request::{Id, QueryOf};
use crate::server::WebState;

/// The call an alarm is opened from.
#[derive(Debug, Default, Deserialize)]
pub struct FromCall {
    #[serde(default)]
    call: String,
}

/// `GET /console/alarm`, and `?call=` with what a caller said.
pub async fn page(desk: Desk, QueryOf(from): QueryOf<FromCall>) -> Answer {
    let key = desk.state.random_hex(16);
    let told = to_alarm(&desk, &from.call).await?;
    let lines = told.as_ref().map(|(_, said)| lines_of(said));
    let mut view = view(
        &desk,
        (key, lines.unwrap_or_default()),
        "",
        FormErrors::none(),
    );
    view.call = told.map(|(id, _)| id.to_string()).unwrap_or_default();
    Ok(desk.page(&view))
}

/// What a caller said, in the three lines of an alarm; the whole stays with the call.
fn lines_of(said: &Spoken) -> Lines {
    let joined = |parts: [&String; 2]| {
        let told = parts.into_iter().filter(|part| !part.is_empty());
        let line = told.cloned().collect::<Vec<_>>().join(", ");
        line.replace('\n', " ").chars().take(LINE).collect()
    };
    Lines {
        caller: joined([&said.caller, &said.phone]),
        child: joined([&said.words, &String::new()]),
        seen: joined([&said.place_words, &said.when.replace('T', " ")]),
    }
}

/// `POST /console/alarm`.
pub async fn send(Sent { desk, form }: Sent) -> Answer {
    let lines = Lines {
        caller: form.text("caller").to_owned(),
        child: form.text("child").to_owned(),
        seen: form.text("seen").to_owned(),
    };
    let key = match form.text("key") {
        "" => desk.state.random_hex(16),
        key => key.to_owned(),
    };
    let district = form.text("district");
    let alarm = (&lines, district);
    match desk.app().raise_alarm(&desk.actor, &key, alarm).await {
        Ok(raised) => {
            into_report(&desk, form.text("call"), raised.case).await?;
            Ok(go_to(format!("/console/cases/{}", raised.case)))
        }
        Err(error) if error.kind == Kind::Invalid => {
            let errors = beside(&desk.shell, &error.problems, str::to_owned);
            let mut view = view(&desk, (key, lines), district, errors);
            view.call = form.text("call").to_owned();
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/cases/{id}/take-over`.
pub async fn take_over(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, .. }: Sent,
) -> Answer {
    desk.app().take_over_alarm(&desk.actor, case).await?;
    Ok(go_to(format!("/console/cases/{case}/report")))
}

fn view(
    desk: &Desk,
    (key, lines): (String, Lines),
    district: &str,
    errors: FormErrors,
) -> AlarmForm {
    AlarmForm {
        key,
        call: String::new(),
        caller: lines.caller,
        child: lines.child,
        seen: lines.seen,
        districts: desk.districts(district),
        errors,
        shell: desk.shell.clone(),
    }
}
