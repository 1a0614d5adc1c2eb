//! The forms on paper, to be printed before they are needed; and the true time of a report that came on one.

use axum::extract::Path;
use axum::response::Response;
use tifli_app::Kind;
use tifli_app::paper::Printed;
use tifli_domain::id::CaseId;
use tifli_domain::intake::Tier;

use super::desk::Desk;
use super::papers::pdf_answer;
use super::report::Again;
use super::sources::said_at;
use crate::console::paper_form::{PaperForms, compose};
use crate::console::papers::PaperPage;
use crate::console::problems::{beside, of_code, sentence};
use crate::i18n::Locale;
use crate::layout::Shell;
use crate::problem::{Answer, Refused};
use crate::request::Form;
use crate::server::WebState;

/// `GET /console/paper-forms`.
pub async fn list(desk: Desk) -> Response {
    desk.page(&PaperForms {
        shell: desk.shell.clone(),
    })
}

/// `GET /console/paper-forms/{tier}/{language}`: for the printer.
pub async fn sheet(desk: Desk, Path((tier, language)): Path<(String, String)>) -> Answer {
    let printed = print(&desk.state, &desk.shell, (&tier, &language))?;
    Ok(desk.page(&PaperPage {
        paper: printed.paper,
        shell: desk.shell.clone(),
    }))
}

/// `GET /console/paper-forms/{tier}/{language}/pdf`.
pub async fn pdf(desk: Desk, Path((tier, language)): Path<(String, String)>) -> Answer {
    pdf_answer(print(&desk.state, &desk.shell, (&tier, &language))?)
}

/// The form of a stage in a language.
pub fn print(
    state: &WebState,
    shell: &Shell,
    (tier, language): (&str, &str),
) -> Result<Printed, Refused> {
    let tier: Tier = tier.parse().map_err(|_| Refused::not_found())?;
    let locale = Locale::ALL
        .into_iter()
        .find(|locale| locale.to_string() == language);
    let locale = locale.ok_or_else(Refused::not_found)?;
    let names = &state.app().pack().authority().name;
    let named = names.iter().find(|(tag, _)| tag.as_str() == language);
    let authority = named.map(|(_, name)| name.to_owned()).unwrap_or_default();
    Ok(Printed {
        paper: compose(shell, (locale, tier), &authority),
        file_name: format!("form-{}-{language}", tier.as_str()),
    })
}

/// Takes the time of the paper from the form of a report, before its answers: they were said then.
pub(super) async fn take_time(
    desk: &Desk,
    case: CaseId,
    form: &Form,
    again: &mut Again,
) -> Result<(), Refused> {
    let typed = form.text("paper_at");
    if typed.is_empty() || typed == form.text("paper_kept") {
        return Ok(());
    }
    let received = match said_at(desk, typed) {
        Ok(Some(received)) => received,
        _ => {
            let wrong = tifli_app::Problem::new("paper_at", "not_a_date");
            again
                .errors
                .insert("paper_at", sentence(&desk.shell, &wrong));
            return Ok(());
        }
    };
    match desk.app().set_paper_time(&desk.actor, case, received).await {
        Ok(()) => Ok(()),
        Err(error) if error.kind == Kind::Invalid => {
            let wrong = beside(&desk.shell, &error.problems, str::to_owned);
            again.errors.list.extend(wrong.list);
            Ok(())
        }
        Err(error) if error.kind == Kind::Conflict => {
            again
                .errors
                .insert("paper_at", of_code(&desk.shell, &error.code));
            Ok(())
        }
        Err(error) => Err(error.into()),
    }
}
