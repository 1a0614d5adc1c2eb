//! The partner desk: the list of what is open, the partners of an alert, one hand-over with its steps
//! and its kit. Who may do what is asked again by the application.

use std::str::FromStr;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use tifli_app::partner::{
    AlertPartners, Evidence, HandoverLine, HandoverNote, HandoverStep, KitFile, PartnerChoice,
    PictureLeave, ReceiptView,
};
use tifli_app::{AppError, Kind};
use tifli_domain::alert::AlertState;
use tifli_domain::id::{AlertId, CaseId, HandoverId};
use tifli_domain::partner::{HandoverAct, Way};

use super::cases::first_name;
use super::desk::{Desk, Names, Sent, go_to, moment_of};
use crate::console::partner::{
    AlertPartnersPage, HandoverPage, HandoverReceiptRow, HandoverRow, LegalRow, PartnerCard,
    PartnerDesk,
};
use crate::console::problems::{beside, of_code};
use crate::forms::{Choice, FormErrors};
use crate::problem::{Answer, Refused};
use crate::request::{Form, Id};
use crate::security::{Caching, cache};
use crate::server::{WebState, moment};

/// `GET /console/partners`.
pub async fn desk(desk: Desk) -> Answer {
    let lines = desk.app().partner_desk(&desk.actor).await?;
    let late = lines.iter().filter(|line| line.late).count() as u64;
    let waiting = lines.into_iter().filter(|line| line.waits.is_some());
    let waiting: Vec<HandoverLine> = waiting.collect();
    let cases: Vec<CaseId> = waiting.iter().map(|line| line.case).collect();
    let children = desk.app().child_lines(&desk.actor, &cases).await?;
    let mut rows = Vec::with_capacity(waiting.len());
    for line in &waiting {
        let mut row = row(&desk, line);
        let summary = desk.app().case_summary(&desk.actor, line.case).await?;
        row.number = summary.label;
        if let Some(child) = children.get(&line.case) {
            let names = (&child.first_name_ar, &child.first_name);
            row.child = first_name(desk.shell.locale(), names.0, names.1);
        }
        rows.push(row);
    }
    Ok(desk.page(&PartnerDesk {
        now: desk.now,
        late,
        rows,
        shell: desk.shell.clone(),
    }))
}

/// `GET /console/alerts/{id}/partners`.
pub async fn of_alert(desk: Desk, Id(id): Id<AlertId>) -> Answer {
    let view = alert_page(&desk, id, Again::default()).await?;
    Ok(desk.page(&view))
}

/// `GET /console/cases/{id}/partners`: those of the newest alert that went out.
pub async fn of_case(desk: Desk, Id(case): Id<CaseId>) -> Answer {
    let alerts = desk.app().list_case_alerts(&desk.actor, case).await?;
    if let Some(alert) = alerts.iter().find(|alert| alert.version > 0) {
        return Ok(go_to(format!("/console/alerts/{}/partners", alert.alert)));
    }
    let summary = desk.app().case_summary(&desk.actor, case).await?;
    Ok(desk.page(&AlertPartnersPage {
        now: desk.now,
        alert: None,
        case: case.to_string(),
        number: summary.label,
        child: String::new(),
        live: false,
        rows: Vec::new(),
        partners: Vec::new(),
        wrong: String::new(),
        picture_by: String::new(),
        errors: FormErrors::none(),
        shell: desk.shell.clone(),
    }))
}

/// `POST /console/alerts/{id}/partners`.
pub async fn prepare(
    State(_): State<WebState>,
    Id(id): Id<AlertId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let (partner, by) = (form.text("partner"), form.text("picture_by").trim());
    let leave = (!by.is_empty()).then(|| PictureLeave { by: by.to_owned() });
    let prepared = desk
        .app()
        .prepare_handover(&desk.actor, id, partner, leave)
        .await;
    match prepared {
        Ok(handover) => Ok(go_to(format!("/console/handovers/{handover}"))),
        Err(error) if error.kind == Kind::Invalid => {
            let again = Again {
                wrong: partner.to_owned(),
                picture_by: by.to_owned(),
                errors: beside(&desk.shell, &error.problems, str::to_owned),
            };
            let view = alert_page(&desk, id, again).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /console/handovers/{id}`.
pub async fn page(desk: Desk, Id(id): Id<HandoverId>) -> Answer {
    let view = handover_page(&desk, id, None).await?;
    Ok(desk.page(&view))
}

/// `POST /console/handovers/{id}`.
pub async fn record(
    State(_): State<WebState>,
    Id(id): Id<HandoverId>,
    Sent { desk, mut form }: Sent,
) -> Answer {
    let shot = form.take_file("photo");
    let step = match HandoverAct::from_str(form.text("act")) {
        Ok(act) => HandoverStep {
            act,
            way: form.text("way").parse().ok(),
            note: HandoverNote {
                reference: form.text("reference").to_owned(),
                words: form.text("words").to_owned(),
            },
        },
        Err(_) => {
            let error = AppError::field("act", "missing");
            return shown_again(&desk, id, &form, &error).await;
        }
    };
    let app = desk.app();
    let done = app.record_handover(&desk.actor, id, step, Evidence(shot));
    match done.await {
        Ok(()) => Ok(go_to(format!("/console/handovers/{id}"))),
        Err(error) if error.kind == Kind::Invalid => shown_again(&desk, id, &form, &error).await,
        Err(error) => Err(error.into()),
    }
}

/// `GET /console/handovers/{id}/kit.zip`.
pub async fn zip(desk: Desk, Id(id): Id<HandoverId>) -> Answer {
    let file = desk.app().handover_zip(&desk.actor, id).await?;
    download(file, "application/zip")
}

/// `GET /console/handovers/{id}/kit.json`.
pub async fn json(desk: Desk, Id(id): Id<HandoverId>) -> Answer {
    let file = desk.app().handover_json(&desk.actor, id).await?;
    download(file, "application/json")
}

/// `GET /console/handovers/{id}/shots/{seq}`.
pub async fn shot(
    State(_): State<WebState>,
    desk: Desk,
    Path((id, seq)): Path<(String, String)>,
) -> Answer {
    let id: HandoverId = id.parse().map_err(|_| Refused::not_found())?;
    let seq: i64 = seq.parse().map_err(|_| Refused::not_found())?;
    let jpeg = desk.app().handover_shot(&desk.actor, id, seq).await?;
    let mut response = ([(header::CONTENT_TYPE, "image/jpeg")], jpeg).into_response();
    cache(response.headers_mut(), Caching::Never);
    Ok(response)
}

/// A file to keep, never shown in the browser. Its name is made of codes only.
pub fn download(file: KitFile, kind: &'static str) -> Answer {
    let name = format!("attachment; filename=\"{}\"", file.name);
    let name = HeaderValue::from_str(&name).map_err(|_| AppError::internal("file_name"))?;
    let mut response: Response = ([(header::CONTENT_TYPE, kind)], file.bytes).into_response();
    response
        .headers_mut()
        .insert(header::CONTENT_DISPOSITION, name);
    cache(response.headers_mut(), Caching::Never);
    Ok(response)
}

/// What a form that could not be taken adds to the page of an alert.
#[derive(Default)]
struct Again {
    wrong: String,
    picture_by: String,
    errors: FormErrors,
}

async fn alert_page(desk: &Desk, id: AlertId, again: Again) -> Result<AlertPartnersPage, Refused> {
    let partners = desk.app().alert_partners(&desk.actor, id).await?;
    let summary = desk.app().case_summary(&desk.actor, partners.case).await?;
    let child = child(desk, partners.case).await?;
    Ok(AlertPartnersPage {
        now: desk.now,
        alert: Some(id.to_string()),
        case: partners.case.to_string(),
        number: summary.label,
        child,
        live: partners.state == AlertState::Live,
        rows: partners.lines.iter().map(|line| row(desk, line)).collect(),
        partners: partners
            .partners
            .iter()
            .map(|choice| card(desk, choice))
            .collect(),
        wrong: again.wrong,
        picture_by: again.picture_by,
        errors: again.errors,
        shell: desk.shell.clone(),
    })
}

async fn shown_again(desk: &Desk, id: HandoverId, form: &Form, error: &AppError) -> Answer {
    let errors = beside(&desk.shell, &error.problems, str::to_owned);
    let view = handover_page(desk, id, Some((form, errors))).await?;
    Ok(desk.again(&view))
}

async fn handover_page(
    desk: &Desk,
    id: HandoverId,
    typed: Option<(&Form, FormErrors)>,
) -> Result<HandoverPage, Refused> {
    let file = desk.app().handover_file(&desk.actor, id).await?;
    let names = desk.names().await?;
    let line = &file.line;
    let all = desk.app().alert_partners(&desk.actor, line.alert).await?;
    let mut row = row(desk, line);
    row.number = desk.app().case_summary(&desk.actor, line.case).await?.label;
    row.child = child(desk, line.case).await?;
    let (form, errors) = match typed {
        Some((form, errors)) => (form.clone(), errors),
        None => (Form::default(), FormErrors::none()),
    };
    let partner = desk.app().pack().partner(&line.partner);
    let ways = partner.map(|p| p.reached_by()).unwrap_or_default();
    let ways = ways.into_iter().map(|(way, at)| (way, at.to_owned()));
    let ways: Vec<(Way, String)> = ways.collect();
    Ok(HandoverPage {
        now: desk.now,
        case: line.case.to_string(),
        live: line.live,
        kit: !line.live || line.version == newest(&all),
        refused: file
            .refused
            .as_deref()
            .map(|code| of_code(&desk.shell, code)),
        way: way_choices(desk, &ways, form.text("way")),
        acts: act_choices(desk, line, form.text("act")),
        ways,
        receipts: receipts(line.handover, &file.receipts, &names),
        reference: form.text("reference").to_owned(),
        words: form.text("words").to_owned(),
        errors,
        row,
        shell: desk.shell.clone(),
    })
}

fn newest(all: &AlertPartners) -> u32 {
    all.lines.iter().map(|line| line.version).max().unwrap_or(0)
}

fn act_choices(desk: &Desk, line: &HandoverLine, chosen: &str) -> Vec<Choice> {
    let possible = HandoverAct::ALL.iter().filter(|act| {
        let offered = line.live || **act != HandoverAct::Submit;
        offered && act.is_of_the_desk() && line.state.after(**act).is_ok()
    });
    let choices = possible.map(|act| {
        let word = act.as_str();
        Choice::new(word, desk.shell.word("handover-act-{}", word))
    });
    Choice::select(choices.collect(), chosen)
}

fn way_choices(desk: &Desk, ways: &[(Way, String)], chosen: &str) -> Vec<Choice> {
    let choices = ways.iter().map(|(way, _)| {
        let word = way.as_str();
        Choice::new(word, desk.shell.word("way-{}", word))
    });
    Choice::select(choices.collect(), chosen)
}

/// What was done and seen of a hand-over, each with its screenshot.
pub(super) fn receipts(
    id: HandoverId,
    receipts: &[ReceiptView],
    names: &Names,
) -> Vec<HandoverReceiptRow> {
    let one = |receipt: &ReceiptView| HandoverReceiptRow {
        act: receipt.act,
        way: receipt.way,
        by: receipt.by.map_or_else(String::new, |by| names.of(by)),
        at: moment(receipt.at_ms),
        reference: receipt.note.reference.clone(),
        words: receipt.note.words.clone(),
        shot: receipt
            .shot
            .then(|| format!("/console/handovers/{id}/shots/{}", receipt.seq)),
    };
    receipts.iter().map(one).collect()
}

fn card(desk: &Desk, choice: &PartnerChoice) -> PartnerCard {
    let partner = desk.app().pack().partner(&choice.partner);
    let legal = partner
        .filter(|_| choice.usable)
        .and_then(|p| p.legal.as_ref());
    PartnerCard {
        id: choice.partner.clone(),
        name: desk.partner(&choice.partner),
        kind: partner.map_or("", |p| p.kind.as_str()),
        holds: partner.map_or("", |p| p.holds.as_str()),
        prepared: choice.prepared,
        legal: legal.map(|legal| LegalRow {
            controller: desk.label(legal.controller.iter()),
            destination: desk.label(legal.destination.iter()),
            basis: desk.label(legal.basis.iter()),
            authorization: legal.authorization.clone(),
        }),
    }
}

async fn child(desk: &Desk, case: CaseId) -> Result<String, Refused> {
    let children = desk.app().child_lines(&desk.actor, &[case]).await?;
    let line = children.get(&case).cloned().unwrap_or_default();
    Ok(first_name(
        desk.shell.locale(),
        &line.first_name_ar,
        &line.first_name,
    ))
}

fn row(desk: &Desk, line: &HandoverLine) -> HandoverRow {
    let last = [
        line.withdrawn_ms,
        line.asked_ms,
        line.live_ms,
        line.submitted_ms,
    ];
    let since = last.into_iter().flatten().next().unwrap_or(line.created_ms);
    HandoverRow {
        id: line.handover.to_string(),
        partner: desk.partner(&line.partner),
        alert: line.alert.to_string(),
        number: String::new(),
        child: String::new(),
        version: line.version,
        state: line.state,
        picture: line.picture,
        since: moment(since),
        waits: line.waits,
        due: moment_of(line.due_ms),
        late: line.late,
    }
}

impl Desk {
    /// A partner's name; the code itself for one that left the pack.
    pub(super) fn partner(&self, code: &str) -> String {
        match self.app().pack().partner(code) {
            Some(partner) => self.label(partner.name.iter()),
            None => code.to_owned(),
        }
    }
}
