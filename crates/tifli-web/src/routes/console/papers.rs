//! The papers of a case: the page, its three forms, papers for the printer and as PDF, scans.

use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use tifli_app::paper::{NewAsked, NewConsent, NewSubstitution, PapersView, Printed};
use tifli_app::{AppError, AppResult, Kind};
use tifli_domain::consent::ChannelAnswer;
use tifli_domain::id::CaseId;
use tifli_domain::paper::{AskedState, PaperKind};
use tifli_domain::permission::Act;

use super::desk::{Desk, Sent, go_to, moment_of};
use crate::console::papers::{
    AskedRow, ChannelRow, PaperPage, PapersPage, PrintRow, SubstitutionRow, Typed,
};
use crate::console::problems::beside;
use crate::forms::{Choice, FormErrors};
use crate::problem::{Answer, Refused};
use crate::request::{Form, Id};
use crate::security::{Caching, cache};
use crate::server::{WebState, moment};

/// The most bytes of a form with one scanned page.
pub const SCAN_FORM: usize = 13 * 1024 * 1024;

/// What the forms held when they could not be taken.
#[derive(Default)]
struct Again {
    form: Form,
    errors: Option<FormErrors>,
}

/// `GET /console/cases/{id}/papers`.
pub async fn page(desk: Desk, Id(id): Id<CaseId>) -> Answer {
    let view = fill(&desk, id, Again::default()).await?;
    Ok(desk.page(&view))
}

/// `POST /console/cases/{id}/papers/asked`.
pub async fn asked(
    State(_): State<WebState>,
    Id(id): Id<CaseId>,
    Sent { desk, mut form }: Sent,
) -> Answer {
    let new = NewAsked {
        document: form.text("document").to_owned(),
        state: form.text("state").parse().unwrap_or(AskedState::Seen),
        scan: form.take_file("scan"),
    };
    let done = desk.app().record_asked(&desk.actor, id, new).await;
    finish(desk, (id, form), done, "scan").await
}

/// `POST /console/cases/{id}/papers/consent`.
pub async fn consent(
    State(_): State<WebState>,
    Id(id): Id<CaseId>,
    Sent { desk, mut form }: Sent,
) -> Answer {
    let scan = form.take_file("consent_scan");
    let done = match form.text("answer").parse::<ChannelAnswer>() {
        Err(_) => Err(AppError::field("answer", "missing")),
        Ok(answer) => {
            let new = NewConsent {
                channel: form.text("channel").to_owned(),
                answer,
                given_by: form.text("given_by").to_owned(),
                before: form.text("before").to_owned(),
                scan,
            };
            desk.app().record_consent(&desk.actor, id, new).await
        }
    };
    finish(desk, (id, form), done, "consent_scan").await
}

/// `POST /console/cases/{id}/papers/substitute`.
pub async fn substitute(
    State(_): State<WebState>,
    Id(id): Id<CaseId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let new = NewSubstitution {
        name: form.text("name").to_owned(),
        article: form.text("article").to_owned(),
        reason: form.text("reason").to_owned(),
    };
    let done = desk.app().substitute_consent(&desk.actor, id, new).await;
    finish(desk, (id, form), done, "scan").await
}

/// `GET /console/cases/{id}/papers/{kind}/{language}`: for the printer.
pub async fn sheet(desk: Desk, Path(which): Path<(String, String, String)>) -> Answer {
    let printed = print(&desk, &which).await?;
    Ok(desk.page(&PaperPage {
        paper: printed.paper,
        shell: desk.shell.clone(),
    }))
}

/// `GET /console/cases/{id}/papers/{kind}/{language}/pdf`.
pub async fn pdf(desk: Desk, Path(which): Path<(String, String, String)>) -> Answer {
    pdf_answer(print(&desk, &which).await?)
}

/// `GET /console/cases/{id}/scans/{seq}`: the picture of a scanned page.
pub async fn scan(desk: Desk, Path((case, seq)): Path<(String, String)>) -> Answer {
    let case: CaseId = case.parse().map_err(|_| Refused::not_found())?;
    let seq: i64 = seq.parse().map_err(|_| Refused::not_found())?;
    let jpeg = desk.app().open_scan(&desk.actor, case, seq).await?;
    let mut response = ([(header::CONTENT_TYPE, "image/jpeg")], jpeg).into_response();
    cache(response.headers_mut(), Caching::Never);
    Ok(response)
}

/// A printed paper as the answer of a request; never kept on the way.
pub fn pdf_answer(printed: Printed) -> Answer {
    let octets = tifli_paper::pdf(&printed.paper).map_err(|error| {
        tracing::error!(%error, "a paper could not be drawn");
        AppError::internal("paper")
    })?;
    let name = format!("inline; filename=\"{}.pdf\"", printed.file_name);
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    let mut response: Response = (headers, octets).into_response();
    cache(response.headers_mut(), Caching::Never);
    Ok(response)
}

async fn print(
    desk: &Desk,
    (case, kind, language): &(String, String, String),
) -> Result<Printed, Refused> {
    let case: CaseId = case.parse().map_err(|_| Refused::not_found())?;
    let kind: PaperKind = kind.parse().map_err(|_| Refused::not_found())?;
    let printed = desk
        .app()
        .print_paper(&desk.actor, case, (kind, language))
        .await?;
    Ok(printed)
}

async fn finish(
    desk: Desk,
    (id, form): (CaseId, Form),
    done: AppResult<()>,
    scan: &'static str,
) -> Answer {
    match done {
        Ok(()) => Ok(go_to(format!("/console/cases/{id}/papers"))),
        Err(error) if error.kind == Kind::Invalid => {
            let rename = |field: &str| match field {
                "scan" => scan.to_owned(),
                other => other.to_owned(),
            };
            let errors = Some(beside(&desk.shell, &error.problems, rename));
            let view = fill(&desk, id, Again { form, errors }).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

async fn fill(desk: &Desk, id: CaseId, again: Again) -> Result<PapersPage, Refused> {
    let view = desk.app().papers(&desk.actor, id).await?;
    let case = desk.app().case_summary(&desk.actor, id).await?;
    let languages: Vec<_> = desk
        .app()
        .pack()
        .paper_texts()
        .iter()
        .filter_map(|texts| texts.language.map(|tag| (tag.as_str(), tag.own_name())))
        .collect();
    let prints = PaperKind::ALL.map(|kind| PrintRow {
        kind,
        languages: languages.clone(),
    });
    Ok(PapersPage {
        case: id.to_string(),
        number: case.label,
        prints: prints.to_vec(),
        asked: asked_rows(desk, &view),
        channels: channel_rows(desk, &view),
        substitution: substitution(desk, &view),
        may_write: desk.may_in(Act::TakeReport, &view.row.district),
        may_substitute: desk.may_in(Act::SubstituteConsent, &view.row.district),
        typed: typed(desk, &again.form),
        errors: again.errors.unwrap_or_else(FormErrors::none),
        shell: desk.shell.clone(),
    })
}

fn asked_rows(desk: &Desk, view: &PapersView) -> Vec<AskedRow> {
    let choices = desk.choices("documents", "");
    let rows = view.asked.iter().map(|line| AskedRow {
        label: label_of(&choices, &line.document),
        state: line.state,
        by: line.by_name.clone(),
        at: moment_of(line.at_ms),
        scan: scan_of(view, line.has_scan.then_some(line.seq)),
    });
    rows.collect()
}

fn channel_rows(desk: &Desk, view: &PapersView) -> Vec<ChannelRow> {
    let channels = desk.app().pack().consent_channels();
    let rows = view.channels.iter().filter_map(|line| {
        let channel = channels.iter().find(|channel| channel.id == line.channel)?;
        Some(ChannelRow {
            label: desk.label(channel.name.iter()),
            says: desk.label(channel.says.iter()),
            answer: line.answer,
            given_by: line.given_by.clone(),
            before: line.before.clone(),
            at: moment_of(line.at_ms),
            scan: scan_of(view, line.has_scan.then_some(line.seq)),
        })
    });
    rows.collect()
}

fn substitution(desk: &Desk, view: &PapersView) -> Option<SubstitutionRow> {
    let line = view.substitution.as_ref()?;
    let articles = desk.app().pack().articles();
    let article = articles.iter().find(|article| article.id == line.article);
    Some(SubstitutionRow {
        article: article.map_or_else(String::new, |article| desk.label(article.name.iter())),
        name: line.name.clone(),
        reason: line.reason.clone(),
        at: moment(line.at_ms),
    })
}

fn typed(desk: &Desk, form: &Form) -> Typed {
    let pack = desk.app().pack();
    let channels = pack.consent_channels().iter();
    let channels = channels.map(|one| Choice::new(&one.id, desk.label(one.name.iter())));
    let articles = pack.articles().iter();
    let articles = articles.map(|one| Choice::new(&one.id, desk.label(one.name.iter())));
    let states = AskedState::ALL
        .map(|state| Choice::new(state.as_str(), desk.shell.word("asked-{}", state.as_str())));
    let answers = ChannelAnswer::ALL.map(|answer| {
        Choice::new(
            answer.as_str(),
            desk.shell.word("channel-{}", answer.as_str()),
        )
    });
    let state = form.find("state").unwrap_or(AskedState::Seen.as_str());
    Typed {
        documents: desk.choices("documents", form.text("document")),
        states: Choice::select(states.to_vec(), state),
        channels: Choice::select(channels.collect(), form.text("channel")),
        answers: Choice::select(answers.to_vec(), form.text("answer")),
        given_by: form.text("given_by").to_owned(),
        before: form.text("before").to_owned(),
        articles: Choice::select(articles.collect(), form.text("article")),
        name: form.text("name").to_owned(),
        reason: form.text("reason").to_owned(),
    }
}

fn label_of(choices: &[Choice], code: &str) -> String {
    let found = choices.iter().find(|choice| choice.value == code);
    found.map_or_else(|| code.to_owned(), |choice| choice.label.clone())
}

fn scan_of(view: &PapersView, seq: Option<i64>) -> String {
    seq.map_or_else(String::new, |seq| {
        format!("/console/cases/{}/scans/{seq}", view.row.case)
    })
}
