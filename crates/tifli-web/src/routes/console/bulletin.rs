//! Bulletins: the list, one of them opened (which the application records), as text and as a paper, acknowledging,
//! reminding, updating.

use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;
use serde::Deserialize;
use tifli_app::bulletin::{AtService, OpenedTelegram};
use tifli_app::paper::Printed;
use tifli_app::{AppError, Kind};
use tifli_domain::Role;
use tifli_domain::bulletin::{ReadingState, SearchState};
use tifli_domain::id::{BulletinId, CaseId, PersonId};
use tifli_domain::permission::Act;
use tifli_domain::service::{Service, ServiceId};
use tifli_domain::telegram::Sheet;
use tifli_paper::{Block, Fact, Footer, Paper};

use super::desk::{Desk, Names, Sent, go_to, moment_of};
use super::dispatch;
use super::papers::pdf_answer;
use crate::console::bulletin::{
    BulletinActs, BulletinLine, BulletinPage, Bulletins, NoBulletin, ServiceRow, SheetView,
    TelegramView,
};
use crate::console::problems::of_code;
use crate::i18n::{Direction, Locale};
use crate::problem::{Answer, Refused};
use crate::request::{Id, QueryOf};
use crate::routes::api::bulletins::restricted;
use crate::server::{WebState, moment};

/// `GET /console/bulletins`.
pub async fn list(desk: Desk) -> Answer {
    let lines = desk.app().list_bulletins(&desk.actor).await?;
    let lines = lines.into_iter().map(|line| BulletinLine {
        id: line.row.bulletin.to_string(),
        number: format!("{}/{}", line.number, line.year),
        kind: line.kind,
        district: desk.district(&line.row.district),
        sent: moment(line.sent_ms),
        state: line.row.state,
        own: line.own,
        services: line.services,
        silent: line.services.saturating_sub(line.acknowledged),
        failed: line.failed,
    });
    let unit = desk.actor.role == Role::Unit;
    let view = Bulletins {
        now: desk.now,
        waiting: desk.app().waiting_bulletins(&desk.actor).await?,
        no_service: unit && desk.app().service_of(&desk.actor).await?.is_none(),
        lines: lines.collect(),
        shell: desk.shell.clone(),
    };
    Ok(desk.page(&view))
}

/// `GET /console/bulletins/{id}`.
pub async fn page(desk: Desk, Id(id): Id<BulletinId>) -> Answer {
    let view = fill(&desk, id, None).await?;
    Ok(desk.page(&view))
}

/// `GET /console/bulletins/{id}/text`.
pub async fn text(desk: Desk, Id(id): Id<BulletinId>) -> Answer {
    let opened = desk.app().read_bulletin(&desk.actor, id).await?;
    let newest = opened.telegrams.first();
    let text = newest.map(|one| one.telegram.text()).unwrap_or_default();
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, text).into_response())
}

/// `GET /console/bulletins/{id}/pdf`: the newest telegram in the reader's language, if it has that one.
pub async fn pdf(desk: Desk, Id(id): Id<BulletinId>) -> Answer {
    let opened = desk.app().read_bulletin(&desk.actor, id).await?;
    let newest = opened.telegrams.first().map(|one| &one.telegram);
    let newest = newest.ok_or_else(Refused::not_found)?;
    let tag = desk.shell.locale().tag();
    let sheet = newest.sheet(tag).ok_or_else(Refused::not_found)?;
    pdf_answer(Printed {
        paper: paper(&desk, &newest.label(), sheet),
        file_name: format!("bulletin-{}", newest.label().replace('/', "-")),
    })
}

/// Which telegram of a bulletin: its place among them, from 1; nothing is the newest.
#[derive(Debug, Default, Deserialize)]
pub struct WhichTelegram {
    version: Option<u32>,
}

/// `GET /console/bulletins/{id}/cap`: the newest telegram as a signed CAP document, or that of `?version=`.
pub async fn cap(
    desk: Desk,
    Id(id): Id<BulletinId>,
    QueryOf(which): QueryOf<WhichTelegram>,
) -> Answer {
    let app = desk.app();
    let xml = app.bulletin_cap(&desk.actor, id, which.version).await?;
    Ok(restricted(xml))
}

/// `POST /console/bulletins/{id}/acknowledge`.
pub async fn acknowledge(
    State(_): State<WebState>,
    Id(id): Id<BulletinId>,
    Sent { desk, .. }: Sent,
) -> Answer {
    let done = desk.app().acknowledge_bulletin(&desk.actor, id).await;
    settled(&desk, id, done).await
}

/// `POST /console/bulletins/{id}/phone`: `service` acknowledged by telephone.
pub async fn phone(
    State(_): State<WebState>,
    Id(id): Id<BulletinId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let service: ServiceId = form
        .text("service")
        .parse()
        .map_err(|_| Refused::field("service", "not_an_answer"))?;
    let app = desk.app();
    let done = app.acknowledge_by_phone(&desk.actor, id, &service).await;
    settled(&desk, id, done).await
}

/// `POST /console/bulletins/{id}/remind`.
pub async fn remind(
    State(_): State<WebState>,
    Id(id): Id<BulletinId>,
    Sent { desk, .. }: Sent,
) -> Answer {
    let done = desk.app().remind_silent(&desk.actor, id).await;
    settled(&desk, id, done.map(|_| ())).await
}

/// `GET /console/cases/{id}/bulletin`.
pub async fn of_case(desk: Desk, Id(case): Id<CaseId>) -> Answer {
    if let Some(id) = desk.app().bulletin_of(&desk.actor, case).await? {
        return Ok(go_to(format!("/console/bulletins/{id}")));
    }
    let summary = desk.app().case_summary(&desk.actor, case).await?;
    Ok(desk.page(&NoBulletin {
        case: case.to_string(),
        number: summary.label,
        shell: desk.shell.clone(),
    }))
}

/// `POST /console/cases/{id}/bulletin`: an update with what is known now.
pub async fn send(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, .. }: Sent,
) -> Answer {
    match desk.app().send_bulletin(&desk.actor, case).await {
        Ok(id) => Ok(go_to(format!("/console/bulletins/{id}"))),
        Err(error) if error.code == "nothing_new" => {
            let id = desk.app().bulletin_of(&desk.actor, case).await?;
            let id = id.ok_or_else(Refused::not_found)?;
            settled(&desk, id, Err(error)).await
        }
        Err(error) => Err(error.into()),
    }
}

/// A step that was refused because of where the bulletin stands is said on its page.
async fn settled(desk: &Desk, id: BulletinId, done: Result<(), AppError>) -> Answer {
    match done {
        Ok(()) => Ok(go_to(format!("/console/bulletins/{id}"))),
        Err(error) if error.kind == Kind::Conflict => {
            let words = of_code(&desk.shell, &error.code);
            let view = fill(desk, id, Some(words)).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

async fn fill(
    desk: &Desk,
    id: BulletinId,
    refused: Option<String>,
) -> Result<BulletinPage, Refused> {
    let opened = desk.app().read_bulletin(&desk.actor, id).await?;
    let names = desk.names().await?;
    let send = desk.may_in(Act::SendBulletin, &opened.row.district);
    let whole = send || desk.actor.role != Role::Unit;
    let mut services: Vec<ServiceRow> = opened
        .services
        .iter()
        .filter(|_| whole)
        .map(|one| service_row(desk, one, &names))
        .collect();
    services.sort_by_key(|row| row.reading);
    let own = opened.own_place();
    let acknowledged = own.and_then(|place| {
        let by = place.acknowledged_by.map(|by| names.of(by))?;
        Some((moment(place.acknowledged_ms?), by))
    });
    let case = match desk.may_in(Act::ReadCase, &opened.row.district) {
        true => {
            let summary = desk
                .app()
                .case_summary(&desk.actor, opened.row.case)
                .await?;
            Some((opened.row.case.to_string(), summary.label))
        }
        false => None,
    };
    Ok(BulletinPage {
        now: desk.now,
        id: id.to_string(),
        case,
        state: opened.row.state,
        cause: opened.row.cause,
        telegrams: opened
            .telegrams
            .iter()
            .map(|one| telegram_view(desk, one, &names))
            .collect(),
        silent: services
            .iter()
            .filter(|row| row.reading != ReadingState::Acknowledged)
            .count(),
        services,
        systems: match whole {
            true => dispatch::rows(desk, id, &opened.row.district).await?,
            false => Vec::new(),
        },
        acts: BulletinActs {
            acknowledge: own.is_some() && acknowledged.is_none(),
            send,
            report: own.is_some()
                && desk.may(Act::ReportFromUnit)
                && opened.row.state == SearchState::Open,
        },
        own: acknowledged,
        refused,
        shell: desk.shell.clone(),
    })
}

fn telegram_view(desk: &Desk, one: &OpenedTelegram, names: &Names) -> TelegramView {
    let tag = desk.shell.locale().tag();
    let mut sheets: Vec<Sheet> = one.telegram.sheets.clone();
    sheets.sort_by_key(|sheet| sheet.language != tag);
    let view = |(place, sheet): (usize, Sheet)| {
        let locale = Locale::find(&sheet.language).unwrap_or(Locale::En);
        SheetView {
            language: locale.own_name().to_owned(),
            dir: match locale.dir() {
                Direction::Rtl => "rtl",
                Direction::Ltr => "ltr",
            },
            open: place == 0,
            sheet,
        }
    };
    TelegramView {
        id: one.row.telegram.to_string(),
        version: one.row.version,
        cap: one.row.cap.is_some(),
        kind: one.row.kind,
        number: one.telegram.label(),
        sent: moment(one.row.sent_ms),
        by: one.row.sent_by.map(|by| names.of(by)).unwrap_or_default(),
        sheets: sheets.into_iter().enumerate().map(view).collect(),
    }
}

/// A telegram as a paper. Each page says who had it printed, and when.
fn paper(desk: &Desk, number: &str, sheet: &Sheet) -> Paper {
    let locale = Locale::find(&sheet.language).unwrap_or(Locale::En);
    let facts = sheet
        .head
        .iter()
        .map(|(label, value)| Fact::new(label, value));
    let mut blocks = vec![Block::Paragraph(sheet.precedence.clone())];
    blocks.extend(sheet.warning.iter().cloned().map(Block::Heading));
    blocks.push(Block::Facts(facts.collect()));
    let numbered = (1..).zip(&sheet.paragraphs);
    blocks.extend(numbered.map(|(place, words)| Block::Paragraph(format!("{place}. {words}"))));
    blocks.push(Block::Paragraph(sheet.closing.clone()));
    Paper {
        language: sheet.language.clone(),
        direction: match locale.dir() {
            Direction::Rtl => tifli_paper::Direction::Rtl,
            Direction::Ltr => tifli_paper::Direction::Ltr,
        },
        letterhead: sheet.letterhead.clone(),
        reference: Vec::new(),
        title: sheet.title.clone(),
        blocks,
        footer: Footer {
            number: number.to_owned(),
            printed: desk.shell.full(&desk.now),
            reader: desk.with_unit(&desk.who.name, &desk.actor.unit),
            page: crate::i18n::T::new(locale).get("bulletin-page"),
        },
    }
}

fn service_row(desk: &Desk, one: &AtService, names: &Names) -> ServiceRow {
    let place = &one.place;
    let when = |ms: Option<i64>, by: Option<PersonId>| {
        Some((moment(ms?), by.map(|by| names.of(by)).unwrap_or_default()))
    };
    let known = one.service.as_ref();
    ServiceRow {
        id: place.service.to_string(),
        name: known.map_or_else(|| place.service.to_string(), |one| name(desk, one)),
        kind: known.map(|one| kind(desk, &one.kind)).unwrap_or_default(),
        phone: known.map(|one| one.phone.clone()).unwrap_or_default(),
        mail: place.mail,
        mail_code: place.mail_code.clone(),
        handed: moment_of(place.handed_ms),
        reminders: place.mail_seq,
        reading: place.reading,
        read: when(place.read_ms, place.read_by),
        acknowledged: when(place.acknowledged_ms, place.acknowledged_by),
        by_phone: place.by_phone,
    }
}

pub(super) fn name(desk: &Desk, service: &Service) -> String {
    service.name(desk.shell.locale().tag()).to_owned()
}

pub(super) fn kind(desk: &Desk, id: &str) -> String {
    let mut kinds = desk.app().pack().services().iter();
    let found = kinds.find(|kind| kind.id == id);
    found.map_or_else(|| id.to_owned(), |kind| desk.label(kind.name.iter()))
}
