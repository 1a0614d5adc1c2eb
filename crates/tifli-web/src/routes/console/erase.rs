//! Erasing a case: asked for by one person, signed by another, and the proof afterwards.

use axum::extract::State;
use tifli_app::erase::{
    Counts, ErasureReport, ErasureRequest, ErasureView, KEY_BACKUP_DAYS, NotErasable,
};
use tifli_app::{AppError, Kind};
use tifli_domain::case::CaseState;
use tifli_domain::id::{CaseId, ErasureId};
use tifli_domain::permission::Act;
use tifli_domain::retention::HoldKind;
use tifli_domain::typed;

use super::desk::{Desk, Sent, go_to};
use crate::console::Wrong;
use crate::console::erase::{EraseConfirm, EraseCounts, EraseDone, EraseRequest, NotYet};
use crate::console::problems::{beside, of_code};
use crate::forms::FormErrors;
use crate::problem::{Answer, Refused};
use crate::request::Id;
use crate::server::{WebState, moment};

/// `GET /console/cases/{id}/erase`.
pub async fn page(desk: Desk, Id(case): Id<CaseId>) -> Answer {
    let view = desk.app().erasure_view(&desk.actor, case).await?;
    if let Some(request) = under_way(&view) {
        return Ok(go_to(format!("/console/erasures/{}", request.erasure)));
    }
    let view = fill(&desk, &view, (String::new(), FormErrors::none())).await?;
    Ok(desk.page(&view))
}

/// `POST /console/cases/{id}/erase`: the same form sent twice asks once.
pub async fn request(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let reason = form.text("reason");
    match desk.app().request_erasure(&desk.actor, case, reason).await {
        Ok(erasure) => Ok(go_to(format!("/console/erasures/{erasure}"))),
        Err(error) if matches!(error.kind, Kind::Invalid | Kind::Conflict) => {
            let errors = match error.kind {
                Kind::Invalid => beside(&desk.shell, &error.problems, str::to_owned),
                _ => FormErrors::none(),
            };
            let view = desk.app().erasure_view(&desk.actor, case).await?;
            let view = fill(&desk, &view, (reason.to_owned(), errors)).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /console/erasures/{id}`: to be signed, or done.
pub async fn second(desk: Desk, Id(erasure): Id<ErasureId>) -> Answer {
    shown(&desk, erasure, (String::new(), FormErrors::none())).await
}

/// `POST /console/erasures/{id}`: `decision` is `erase` or `decline`.
pub async fn decide(
    State(_): State<WebState>,
    Id(erasure): Id<ErasureId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let case = desk.app().erasure_case(&desk.actor, erasure).await?;
    let label = desk.app().case_summary(&desk.actor, case).await?.label;
    if form.text("decision") == "decline" {
        desk.app().decline_erasure(&desk.actor, erasure).await?;
        return Ok(go_to(format!("/console/cases/{case}")));
    }
    desk.need_anywhere(Act::ConfirmErasure)?;
    let typed = typed::digits(form.text("number"));
    let mut errors = FormErrors::none();
    if !typed.eq_ignore_ascii_case(&label) {
        errors.insert("number", Wrong::Number.say(&desk.shell));
        return shown(&desk, erasure, (typed, errors)).await;
    }
    match desk.app().confirm_erasure(&desk.actor, erasure).await {
        Ok(_) => Ok(go_to(format!("/console/erasures/{erasure}"))),
        Err(error) if error.kind == Kind::Conflict => {
            errors.insert("number", of_code(&desk.shell, &error.code));
            shown(&desk, erasure, (typed.to_owned(), errors)).await
        }
        Err(error) => Err(error.into()),
    }
}

fn under_way(view: &ErasureView) -> Option<&ErasureRequest> {
    let done = view.state == CaseState::Erased;
    view.request.as_ref().filter(|request| request.open || done)
}

async fn shown(desk: &Desk, erasure: ErasureId, (typed, errors): (String, FormErrors)) -> Answer {
    let case = desk.app().erasure_case(&desk.actor, erasure).await?;
    let view = desk.app().erasure_view(&desk.actor, case).await?;
    let request = view
        .request
        .clone()
        .filter(|request| request.erasure == erasure);
    let request = request.ok_or_else(Refused::not_found)?;
    if request.done_ms.is_some() {
        let report = desk.app().read_erasure(&desk.actor, erasure).await?;
        return Ok(desk.page(&done(desk, &report).await?));
    }
    if !request.open {
        return Ok(go_to(format!("/console/cases/{case}")));
    }
    let refused = !errors.is_empty();
    let names = desk.names().await?;
    let page = EraseConfirm {
        erasure: erasure.to_string(),
        number: desk.app().case_summary(&desk.actor, case).await?.label,
        by: names.of(request.by),
        at: moment(request.at_ms),
        reason: request.reason.unwrap_or_default(),
        counts: counts(desk, case, view.counts).await?,
        key_backup_days: KEY_BACKUP_DAYS,
        own: request.own || !desk.may(Act::ConfirmErasure),
        typed,
        errors,
        shell: desk.shell.clone(),
    };
    Ok(if refused {
        desk.again(&page)
    } else {
        desk.page(&page)
    })
}

async fn done(desk: &Desk, report: &ErasureReport) -> Result<EraseDone, Refused> {
    let names = desk.names().await?;
    Ok(EraseDone {
        number: desk
            .app()
            .case_summary(&desk.actor, report.case)
            .await?
            .label,
        at: moment(report.done_ms),
        people: (names.of(report.requested_by), names.of(report.confirmed_by)),
        counts: counts(desk, report.case, report.counts).await?,
        chain: if report.chain {
            Ok(report.entries)
        } else {
            Err(report.entries)
        },
        keys_gone_by: moment(report.keys_gone_by_ms),
        shell: desk.shell.clone(),
    })
}

async fn fill(
    desk: &Desk,
    view: &ErasureView,
    (reason, errors): (String, FormErrors),
) -> Result<EraseRequest, Refused> {
    Ok(EraseRequest {
        case: view.case.to_string(),
        number: desk.app().case_summary(&desk.actor, view.case).await?.label,
        counts: counts(desk, view.case, view.counts).await?,
        key_backup_days: KEY_BACKUP_DAYS,
        not_yet: match view.refusal {
            Some(NotErasable::TipsWaiting(tips)) => Some(NotYet::TipsWaiting(tips)),
            Some(NotErasable::NoOutcome) => Some(NotYet::Said(of_code(&desk.shell, "no_outcome"))),
            Some(NotErasable::Held(HoldKind::Hold)) => {
                Some(NotYet::Said(of_code(&desk.shell, "under_hold")))
            }
            Some(NotErasable::Held(HoldKind::Proceedings)) => {
                Some(NotYet::Said(of_code(&desk.shell, "proceedings_open")))
            }
            Some(_) => Some(NotYet::NotEnded),
            None => None,
        },
        reason,
        errors,
        shell: desk.shell.clone(),
    })
}

async fn counts(desk: &Desk, case: CaseId, held: Counts) -> Result<EraseCounts, Refused> {
    let entries = desk.app().timeline(&desk.actor, case).await?.len();
    Ok(EraseCounts {
        answers: held.answers,
        photos: held.photos,
        messages: held.messages,
        tips: held.tips,
        audit_entries: u64::try_from(entries).unwrap_or(u64::MAX),
    })
}

impl Desk {
    /// Refuses unless the person may do this somewhere.
    fn need_anywhere(&self, act: Act) -> Result<(), Refused> {
        if self.may(act) {
            Ok(())
        } else {
            Err(AppError::forbidden("role").into())
        }
    }
}
