//! Ending an alert at once, and confirming why by a second person.

use axum::extract::State;
use tifli_app::alert::AlertSummary;
use tifli_domain::alert::{AlertState, CONFIRM_WITHIN, EndReason};
use tifli_domain::id::AlertId;
use tifli_domain::permission::Act;

use super::cases::first_name;
use super::desk::{Desk, Sent, go_to, moment_of};
use crate::console::Wrong;
use crate::console::end::{ConfirmEnd, EndAlert, EndLine, EndList, REASONS};
use crate::console::problems::of_code;
use crate::forms::FormErrors;
use crate::problem::{Answer, Refused};
use crate::request::Id;
use crate::server::{WebState, moment};

/// `GET /console/end`: the alerts that are out and that this person may end.
pub async fn list(desk: Desk) -> Answer {
    let app = desk.app();
    let out = app.list_endable(&desk.actor).await?;
    let mut lines = Vec::new();
    for (alert, _) in out {
        let alert = app.summary(&desk.actor, alert).await?;
        let (number, child) = heading(&desk, &alert).await?;
        lines.push(EndLine {
            alert: alert.alert.to_string(),
            number,
            child,
            since: moment_of(alert.live_ms),
            expires: moment_of(alert.expires_ms),
        });
    }
    Ok(desk.page(&EndList {
        lines,
        shell: desk.shell.clone(),
    }))
}

/// `GET /console/alerts/{id}/end`.
pub async fn page(desk: Desk, Id(id): Id<AlertId>) -> Answer {
    let alert = desk.app().summary(&desk.actor, id).await?;
    desk.need(Act::CancelAlert, &alert.district)?;
    if alert.state != AlertState::Live {
        return Ok(go_to(format!("/console/cases/{}", alert.case)));
    }
    let view = fill(&desk, &alert, (String::new(), FormErrors::none())).await?;
    Ok(desk.page(&view))
}

/// `POST /console/alerts/{id}/end`: the same form sent twice ends it once.
pub async fn end(
    State(_): State<WebState>,
    Id(id): Id<AlertId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let alert = desk.app().summary(&desk.actor, id).await?;
    desk.need(Act::CancelAlert, &alert.district)?;
    let after = match desk.may_in(Act::ReadDeliveries, &alert.district) {
        true => format!("/console/alerts/{id}/delivery"),
        false => format!("/console/cases/{}", alert.case),
    };
    if matches!(alert.state, AlertState::Ended | AlertState::Confirmed) {
        return Ok(go_to(after));
    }
    let reason = form.text("reason").parse::<EndReason>().ok();
    let Some(reason) = reason.filter(|reason| REASONS.contains(reason)) else {
        let mut errors = FormErrors::none();
        errors.insert("reason", Wrong::Reason.say(&desk.shell));
        let view = fill(&desk, &alert, (form.text("reason").to_owned(), errors)).await?;
        return Ok(desk.again(&view));
    };
    desk.app().cancel(&desk.actor, id, reason).await?;
    Ok(go_to(after))
}

/// `GET /console/alerts/{id}/end/confirm`.
pub async fn confirm_page(desk: Desk, Id(id): Id<AlertId>) -> Answer {
    let alert = desk.app().summary(&desk.actor, id).await?;
    desk.need(Act::ConfirmEnd, &alert.district)?;
    if alert.state != AlertState::Ended {
        return Ok(go_to(format!("/console/cases/{}", alert.case)));
    }
    let view = fill_confirm(&desk, &alert, FormErrors::none()).await?;
    Ok(desk.page(&view))
}

/// `POST /console/alerts/{id}/end/confirm`.
pub async fn confirm(
    State(_): State<WebState>,
    Id(id): Id<AlertId>,
    Sent { desk, .. }: Sent,
) -> Answer {
    let alert = desk.app().summary(&desk.actor, id).await?;
    if alert.state == AlertState::Confirmed {
        return Ok(go_to(format!("/console/cases/{}", alert.case)));
    }
    match desk.app().confirm_end(&desk.actor, id).await {
        Ok(()) => Ok(go_to(format!("/console/cases/{}", alert.case))),
        Err(error) if error.code == "same_person" => {
            let mut errors = FormErrors::none();
            errors.insert("reason", of_code(&desk.shell, &error.code));
            let view = fill_confirm(&desk, &alert, errors).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

async fn heading(desk: &Desk, alert: &AlertSummary) -> Result<(String, String), Refused> {
    let case = desk.app().case_summary(&desk.actor, alert.case).await?;
    let children = desk.app().child_lines(&desk.actor, &[alert.case]).await?;
    let line = children.get(&alert.case).cloned().unwrap_or_default();
    Ok((
        case.label,
        first_name(desk.shell.locale(), &line.first_name_ar, &line.first_name),
    ))
}

async fn fill(
    desk: &Desk,
    alert: &AlertSummary,
    (reason, errors): (String, FormErrors),
) -> Result<EndAlert, Refused> {
    let (number, child) = heading(desk, alert).await?;
    let handed = match desk.may_in(Act::ReadDeliveries, &alert.district) {
        true => {
            let progress = desk.app().progress(&desk.actor, alert.alert).await?;
            let pushes = progress
                .channels
                .iter()
                .filter(|channel| channel.channel == "web_push");
            pushes
                .map(|channel| channel.handed.unsigned_abs())
                .max()
                .unwrap_or(0)
        }
        false => 0,
    };
    Ok(EndAlert {
        alert: alert.alert.to_string(),
        case: alert.case.to_string(),
        number,
        child,
        handed,
        reason,
        errors,
        shell: desk.shell.clone(),
    })
}

async fn fill_confirm(
    desk: &Desk,
    alert: &AlertSummary,
    errors: FormErrors,
) -> Result<ConfirmEnd, Refused> {
    let (number, child) = heading(desk, alert).await?;
    let names = desk.names().await?;
    let ended = alert.ended_ms.unwrap_or_default();
    Ok(ConfirmEnd {
        now: desk.now,
        alert: alert.alert.to_string(),
        case: alert.case.to_string(),
        number,
        child,
        reason: alert.end_reason.unwrap_or(EndReason::Expired),
        by: alert.ended_by.map(|by| names.of(by)).unwrap_or_default(),
        ended: moment(ended),
        confirm_until: moment(ended + CONFIRM_WITHIN.as_millis()),
        own: alert.ended_by == Some(desk.actor.person),
        errors,
        shell: desk.shell.clone(),
    })
}
