//! Opening sealed answers: the reason is asked for and kept before anything is shown. What was opened is the answer to
//! the form itself; it stands at no address.

use std::collections::BTreeMap;

use axum::extract::State;
use tifli_app::Kind;
use tifli_app::intake::SaidAnswer;
use tifli_app::report::CaseFile;
use tifli_domain::id::CaseId;
use tifli_domain::intake::{Field, Section};
use tifli_domain::permission::Act;

use super::desk::{Desk, Sent};
use crate::console::case::{FileGroup, FileRow};
use crate::console::problems::beside;
use crate::console::report::OtherSaid;
use crate::console::sealed::SealedPage;
use crate::problem::{Answer, Refused};
use crate::request::Id;
use crate::server::{WebState, moment};

/// `GET /console/cases/{id}/sealed`.
pub async fn page(desk: Desk, Id(case): Id<CaseId>) -> Answer {
    let (view, _) = fill(&desk, case).await?;
    Ok(desk.page(&view))
}

/// `POST /console/cases/{id}/sealed`.
pub async fn open(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let (mut view, file) = fill(&desk, case).await?;
    let reason = form.text("reason");
    let opened = desk.app().open_sealed_answers(&desk.actor, case, reason);
    match opened.await {
        Ok(opened) => {
            view.opened = groups(&desk, &file, opened);
            Ok(desk.page(&view))
        }
        Err(error) if error.kind == Kind::Invalid => {
            view.errors = beside(&desk.shell, &error.problems, str::to_owned);
            reason.clone_into(&mut view.reason);
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

async fn fill(desk: &Desk, case: CaseId) -> Result<(SealedPage, CaseFile), Refused> {
    let summary = desk.app().case_summary(&desk.actor, case).await?;
    desk.need(Act::OpenSealed, &summary.district)?;
    let file = desk.app().read_file(&desk.actor, case, "sealed").await?;
    let view = SealedPage {
        case: case.to_string(),
        number: summary.label,
        answered: file.sealed.len(),
        reason: String::new(),
        errors: crate::forms::FormErrors::none(),
        opened: Vec::new(),
        shell: desk.shell.clone(),
    };
    Ok((view, file))
}

fn groups(desk: &Desk, file: &CaseFile, opened: Vec<SaidAnswer>) -> Vec<FileGroup> {
    let mut rows: BTreeMap<Field, Vec<OtherSaid>> = BTreeMap::new();
    for SaidAnswer { field, answer } in opened {
        let source = answer.said.source;
        rows.entry(field).or_default().push(OtherSaid {
            source: source.number(),
            who: desk.who_says(file, source),
            said: desk.opened(field, &answer),
            at: moment(answer.said.said_ms.unwrap_or(answer.at_ms)),
            taken: file.source_of(field) == source,
        });
    }
    let group = |section: Section| {
        let of_section = rows.iter().filter(|(field, _)| field.section() == section);
        let row = |(field, others): (&Field, &Vec<OtherSaid>)| FileRow {
            field: *field,
            value: String::new(),
            others: others.clone(),
        };
        FileGroup {
            section,
            rows: of_section.map(row).collect(),
        }
    };
    let groups = Section::ALL.iter().copied().map(group);
    groups.filter(|group| !group.rows.is_empty()).collect()
}
