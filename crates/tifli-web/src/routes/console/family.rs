//! The family's follow-up of one case: its number, and what the family wrote.

use axum::extract::State;
use tifli_app::Kind;
use tifli_domain::id::CaseId;
use tifli_domain::permission::Act;

use super::desk::{Desk, Sent, go_to};
use super::entry::in_fours;
use crate::console::family::{FamilyDesk, FamilyNoteRow};
use crate::console::problems::beside;
use crate::forms::FormErrors;
use crate::problem::{Answer, Refused};
use crate::request::Id;
use crate::server::{WebState, moment};

/// What was typed and what came of it.
#[derive(Default)]
struct Issue {
    pin: String,
    code_word: String,
    errors: Option<FormErrors>,
}

/// `GET /console/cases/{id}/family`.
pub async fn page(desk: Desk, Id(id): Id<CaseId>) -> Answer {
    let view = fill(&desk, id, Issue::default()).await?;
    Ok(desk.page(&view))
}

/// `POST /console/cases/{id}/family`: answers with the page itself, because the number is shown this once.
pub async fn issue(
    State(_): State<WebState>,
    Id(id): Id<CaseId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let word = form.text("code_word");
    match desk.app().issue_family_pin(&desk.actor, id, word).await {
        Ok(issued) => {
            let shown = Issue {
                pin: issued.pin.digits().to_owned(),
                ..Issue::default()
            };
            let view = fill(&desk, id, shown).await?;
            Ok(desk.page(&view))
        }
        Err(error) if error.kind == Kind::Invalid => {
            let again = Issue {
                code_word: word.to_owned(),
                errors: Some(beside(&desk.shell, &error.problems, str::to_owned)),
                ..Issue::default()
            };
            let view = fill(&desk, id, again).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/cases/{id}/family/read`.
pub async fn read(
    State(_): State<WebState>,
    Id(id): Id<CaseId>,
    Sent { desk, .. }: Sent,
) -> Answer {
    desk.app().mark_family_read(&desk.actor, id).await?;
    Ok(go_to(format!("/console/cases/{id}/family")))
}

async fn fill(desk: &Desk, id: CaseId, issue: Issue) -> Result<FamilyDesk, Refused> {
    let file = desk.app().family_file(&desk.actor, id).await?;
    let case = desk.app().case_summary(&desk.actor, id).await?;
    let names = desk.names().await?;
    let notes = file.notes.into_iter().map(|note| FamilyNoteRow {
        kind: note.kind,
        at: moment(note.at_ms),
        words: note.words,
        read_by: note.read_by.map_or_else(String::new, |by| names.of(by)),
    });
    let groups = in_fours(&issue.pin);
    Ok(FamilyDesk {
        case: id.to_string(),
        number: case.label,
        issued: file.issued.map(|(at, by)| (moment(at), names.of(by))),
        pin: groups.split_whitespace().map(str::to_owned).collect(),
        address: format!("{}/{}/family", desk.app().base_url(), desk.shell.locale()),
        silent: file.silent,
        may_write: desk.may_in(Act::TakeReport, &case.district),
        notes: notes.collect(),
        code_word: issue.code_word,
        errors: issue.errors.unwrap_or_else(FormErrors::none),
        shell: desk.shell.clone(),
    })
}
