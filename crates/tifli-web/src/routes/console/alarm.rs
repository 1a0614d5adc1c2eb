//! Taking a first alarm of the line, and taking it over in the district.

use axum::extract::State;
use tifli_app::Kind;
use tifli_domain::alarm::Lines;
use tifli_domain::id::CaseId;

use super::desk::{Desk, Sent, go_to};
use crate::console::alarm::AlarmForm;
use crate::console::problems::beside;
use crate::forms::FormErrors;
use crate::problem::Answer;
use crate::request::Id;
use crate::server::WebState;

/// `GET /console/alarm`.
pub async fn page(desk: Desk) -> Answer {
    let key = desk.state.random_hex(16);
    let view = view(&desk, (key, Lines::default()), "", FormErrors::none());
    Ok(desk.page(&view))
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
        Ok(raised) => Ok(go_to(format!("/console/cases/{}", raised.case))),
        Err(error) if error.kind == Kind::Invalid => {
            let errors = beside(&desk.shell, &error.problems, str::to_owned);
            Ok(desk.again(&view(&desk, (key, lines), district, errors)))
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
        caller: lines.caller,
        child: lines.child,
        seen: lines.seen,
        districts: desk.districts(district),
        errors,
        shell: desk.shell.clone(),
    }
}
