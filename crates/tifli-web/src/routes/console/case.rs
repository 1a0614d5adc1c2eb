//! The page of one case, and closing its file.

use axum::extract::State;
use tifli_app::alert::AlertSummary;
use tifli_app::desk::VersionLine;
use tifli_app::report::{CaseSummary, TimelineEntry as Entry};
use tifli_app::tip::TipFilter;
use tifli_domain::alert::{AlertState, VersionState};
use tifli_domain::case::{CaseAct, CaseState};
use tifli_domain::id::{CaseId, ErasureId};
use tifli_domain::intake::Field;
use tifli_domain::permission::Act;

use super::cases::first_name;
use super::desk::{Desk, Names, Sent, go_to, moment_of};
use super::file::{consent, sex};
use super::step::{newest, next};
use super::venues::name_of;
use crate::console::case::{
    AlertRow, CaseAction, CasePage, CaseSection, CaseTip, ClockRow, OriginRow, TimelineEntry,
    VersionRow,
};
use crate::console::obstacles::Obstacle;
use crate::problem::{Answer, Refused};
use crate::request::Id;
use crate::server::{WebState, moment};

/// `GET /console/cases/{id}`.
pub async fn page(desk: Desk, Id(id): Id<CaseId>) -> Answer {
    let app = desk.app();
    let case = app.case_summary(&desk.actor, id).await?;
    let erasure = open_erasure(&desk, &case).await?;
    if case.state == CaseState::Erased {
        return erased(&desk, id, &case.district).await;
    }
    let file = app.read_file(&desk.actor, id, "look").await?;
    let values = file.values();
    let text = |field: Field| values.get(&field).map(String::as_str).unwrap_or_default();
    let alerts = app.list_case_alerts(&desk.actor, id).await?;
    let names = desk.names().await?;
    let open = alerts.iter().find(|alert| is_open(alert));
    let (next, _) = next(id, case.state, open, erasure);
    let clocks = case.clocks;
    let view = CasePage {
        now: desk.now,
        id: id.to_string(),
        number: case.label.clone(),
        child: first_name(
            desk.shell.locale(),
            text(Field::ChildFirstNameAr),
            text(Field::ChildFirstName),
        ),
        age: desk.age(&values),
        sex: sex(&values),
        district: desk.district(&case.district),
        state: case.state,
        consent: consent(&values),
        next,
        deadline: case
            .ceiling_left_ms
            .map(|left| moment(desk.now.as_millisecond() + left)),
        clocks: ClockRow::list([
            Some(moment(clocks.started_ms)),
            moment_of(clocks.received_ms),
            moment_of(clocks.submitted_ms),
            moment_of(clocks.published_ms),
            moment_of(clocks.seen_live_ms),
            moment_of(clocks.ended_ms),
            moment_of(clocks.dark_ms),
        ]),
        file: desk.file(&file),
        photos: desk.photos(&file),
        alerts: alert_rows(&desk, &alerts, &names).await?,
        tips: tips(&desk, id, &case.district).await?,
        timeline: timeline(&desk, app.timeline(&desk.actor, id).await?),
        obstacles: obstacles(&desk, &case).await?,
        actions: actions(&desk, &case, &alerts, erasure),
        sections: sections(&desk, &case.district),
        origins: origins(&desk, id).await?,
        shell: desk.shell.clone(),
    };
    Ok(desk.page(&view))
}

/// Only while it can still be published, and for who may open the pages that mend it.
async fn obstacles(desk: &Desk, case: &CaseSummary) -> Result<Vec<Obstacle>, Refused> {
    let open = matches!(
        case.state,
        CaseState::Received | CaseState::Alerted | CaseState::Recalling | CaseState::Dark
    );
    if !open || !desk.may_in(Act::ReadCase, &case.district) {
        return Ok(Vec::new());
    }
    let app = desk.app();
    let found = app.publication_guard(&desk.actor, case.case).await?;
    let id = case.case.to_string();
    let may = |act| desk.may_in(act, &case.district);
    Ok(Obstacle::list(&desk.shell, &id, &found, may))
}

fn sections(desk: &Desk, district: &str) -> Vec<CaseSection> {
    let all = CaseSection::ALL.iter().copied();
    all.filter(|section| desk.may_in(section.act(), district))
        .collect()
}

async fn origins(desk: &Desk, id: CaseId) -> Result<Vec<OriginRow>, Refused> {
    let from = desk.app().origins(&desk.actor, id).await?;
    let venue = from.venue.map(|venue| OriginRow {
        href: desk
            .may_in(Act::WorkVenue, &venue.district)
            .then(|| format!("/console/venues/{id}")),
        words: desk
            .shell
            .about("origin-venue", name_of(desk, &venue.names)),
    });
    let found = from.found.into_iter().map(|line| OriginRow {
        href: desk
            .may_in(Act::MatchFound, &line.district)
            .then(|| format!("/console/found/{}", line.found)),
        words: desk
            .shell
            .about("found-number", desk.shell.num(line.number)),
    });
    Ok(venue.into_iter().chain(found).collect())
}

/// `POST /console/cases/{id}/close`.
pub async fn close(
    State(_): State<WebState>,
    Id(id): Id<CaseId>,
    Sent { desk, .. }: Sent,
) -> Answer {
    match desk.app().close_case(&desk.actor, id).await {
        Ok(_) => Ok(go_to(format!("/console/cases/{id}"))),
        Err(error) if error.code == "closing_open" => {
            Ok(go_to(format!("/console/cases/{id}/closing")))
        }
        Err(error) => Err(error.into()),
    }
}

/// An erased case has a page of its own, which says what went.
async fn erased(desk: &Desk, id: CaseId, district: &str) -> Answer {
    if desk.may_in(Act::RequestErasure, district) {
        let erasure = desk.app().erasure_view(&desk.actor, id).await?.request;
        if let Some(request) = erasure {
            return Ok(go_to(format!("/console/erasures/{}", request.erasure)));
        }
    }
    Err(Refused::new(axum::http::StatusCode::GONE, "erased"))
}

async fn open_erasure(desk: &Desk, case: &CaseSummary) -> Result<Option<ErasureId>, Refused> {
    let may_be_asked = case.state.after(CaseAct::Erase).is_ok();
    if !may_be_asked || !desk.may_in(Act::RequestErasure, &case.district) {
        return Ok(None);
    }
    let view = desk.app().erasure_view(&desk.actor, case.case).await?;
    Ok(view
        .request
        .filter(|request| request.open)
        .map(|request| request.erasure))
}

fn is_open(alert: &AlertSummary) -> bool {
    matches!(
        alert.state,
        AlertState::Preparing | AlertState::Live | AlertState::Ended
    )
}

async fn alert_rows(
    desk: &Desk,
    alerts: &[AlertSummary],
    names: &Names,
) -> Result<Vec<AlertRow>, Refused> {
    let mut rows = Vec::with_capacity(alerts.len());
    for alert in alerts {
        let versions = desk.app().alert_versions(&desk.actor, alert.alert).await?;
        let version = |line: VersionLine| VersionRow {
            version: line.version,
            state: line.state,
            author: names.of(line.author),
            decided_by: line.decided_by.map(|by| names.of(by)),
            at: moment(line.at_ms),
            reason: line.reason,
            subscribers: line.subscribers,
        };
        rows.push(AlertRow {
            id: alert.alert.to_string(),
            state: alert.state,
            code: (alert.version > 0).then(|| alert.code.as_str().to_owned()),
            expires: moment_of(alert.expires_ms).filter(|_| alert.state == AlertState::Live),
            reason: alert.end_reason,
            versions: versions.into_iter().map(version).collect(),
        });
    }
    Ok(rows)
}

async fn tips(desk: &Desk, case: CaseId, district: &str) -> Result<Option<Vec<CaseTip>>, Refused> {
    if !desk.may_in(Act::TriageTips, district) {
        return Ok(None);
    }
    let filter = TipFilter {
        case: Some(case),
        state: None,
        before_seq: None,
    };
    let tips = desk.app().list_tips(&desk.actor, filter).await?.into_iter();
    let rows = tips.map(|tip| CaseTip {
        id: tip.tip.to_string(),
        state: tip.state,
        received: moment(tip.received_ms),
        place: desk.shell.full(&moment(tip.received_ms)),
        photo: tip.photos > 0,
    });
    Ok(Some(rows.collect()))
}

/// What was done, newest first; the same act of the same person many times in a row is one line. Readings that an act
/// brought with it are left to the audit trail.
fn timeline(desk: &Desk, entries: Vec<Entry>) -> Vec<TimelineEntry> {
    let mut rows: Vec<TimelineEntry> = Vec::new();
    let mut last = (String::new(), String::new());
    for entry in entries.into_iter().filter(is_of_its_own) {
        let key = (entry.actor.clone(), entry.verb.clone());
        if key == last {
            continue;
        }
        last = key;
        rows.push(TimelineEntry {
            at: moment(entry.at_ms),
            by: entry.by.map(|(name, unit)| desk.with_unit(&name, &unit)),
            words: desk.shell.act(&entry.verb),
            tone: match entry.verb.as_str() {
                "alert.approve" | "case.receive" => "good",
                "alert.end" | "alert.refuse" | "alert.return" | "alert.page_approver" => "warn",
                _ => "",
            },
        });
    }
    rows
}

/// Whether an entry is an act, or a reading for its own sake.
fn is_of_its_own(entry: &Entry) -> bool {
    let mut words = entry.detail.split(' ');
    !entry.verb.ends_with(".read")
        || words.any(|word| ["reason=look", "reason=read"].contains(&word))
}

fn actions(
    desk: &Desk,
    case: &CaseSummary,
    alerts: &[AlertSummary],
    erasure: Option<ErasureId>,
) -> Vec<CaseAction> {
    let may = |act| desk.may_in(act, &case.district);
    let mut actions = Vec::new();
    if may(Act::TakeReport) && !matches!(case.state, CaseState::Closed | CaseState::Erased) {
        actions.push(CaseAction::EditReport);
    }
    let open = alerts
        .iter()
        .find(|alert| matches!(alert.state, AlertState::Preparing | AlertState::Live));
    match open {
        Some(alert) => of_open_alert(&mut actions, alert, may),
        None if may(Act::DraftAlert) && case.state.after(CaseAct::Alert).is_ok() => {
            actions.push(CaseAction::DraftAlert);
        }
        None => {}
    }
    if let Some(last) = alerts.first().filter(|alert| alert.version > 0)
        && may(Act::ReadDeliveries)
    {
        actions.push(CaseAction::Deliveries(last.alert.to_string()));
    }
    let theirs = |alert: &&AlertSummary| {
        alert.state == AlertState::Ended && alert.ended_by != Some(desk.actor.person)
    };
    if let Some(ended) = alerts.iter().find(theirs)
        && may(Act::ConfirmEnd)
    {
        actions.push(CaseAction::ConfirmEnd(ended.alert.to_string()));
    }
    let prepared = open.is_some_and(|alert| alert.state == AlertState::Preparing);
    if may(Act::TakeReport) && case.state.after(CaseAct::Close).is_ok() && !prepared {
        actions.push(CaseAction::Close);
    }
    match erasure {
        Some(erasure) => actions.push(CaseAction::ConfirmErasure(erasure.to_string())),
        None if may(Act::RequestErasure) && case.state.after(CaseAct::Erase).is_ok() => {
            actions.push(CaseAction::AskErasure);
        }
        None => {}
    }
    actions
}

fn of_open_alert(actions: &mut Vec<CaseAction>, alert: &AlertSummary, may: impl Fn(Act) -> bool) {
    let id = alert.alert.to_string();
    match newest(alert).map(|(_, state)| state) {
        Some(VersionState::Submitted) if may(Act::ApproveAlert) => {
            actions.push(CaseAction::Decide(id.clone()));
        }
        Some(VersionState::Drafted | VersionState::Returned) if may(Act::DraftAlert) => {
            actions.push(CaseAction::OpenDraft(id.clone()));
        }
        Some(VersionState::Issued | VersionState::Refused) if may(Act::DraftAlert) => {
            actions.push(CaseAction::UpdateAlert);
        }
        _ => {}
    }
    if alert.state == AlertState::Live && may(Act::CancelAlert) {
        actions.push(CaseAction::End(id));
    }
}
