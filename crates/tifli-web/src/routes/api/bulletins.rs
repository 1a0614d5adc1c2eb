//! Bulletins: read and acknowledged by the services, sent and followed by the district and the room; and the directory
//! they go to.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use tifli_app::bulletin::{AtService, AtSystem, BulletinLine, OpenedBulletin, OpenedTelegram};
use tifli_domain::id::{BulletinId, CaseId, PersonId};
use tifli_domain::service::{Service, ServiceId, Typed};
use tifli_domain::telegram::Sheet;
use utoipa::ToSchema;

use super::{at, done, json};
use crate::problem::{Answer, Refused};
use crate::request::{Id, Json, QueryOf, SignedIn};
use crate::server::WebState;

/// Bulletins.
#[derive(Serialize, ToSchema)]
pub(super) struct BulletinsOut {
    /// Those that wait for the own service first, then the newest.
    bulletins: Vec<BulletinLineOut>,
}

/// A bulletin in the list. No content.
#[derive(Serialize, ToSchema)]
pub(super) struct BulletinLineOut {
    /// Its id.
    bulletin: String,
    /// Its case.
    case: String,
    /// The district that sent it.
    district: String,
    /// `open` or `ceased`.
    state: String,
    /// What its newest telegram says: `search`, `update`, `cessation`.
    kind: String,
    /// The number of that telegram, as in `27/2026`.
    number: String,
    /// When it was sent.
    sent_at: String,
    /// To how many services.
    services: u32,
    /// How many of them acknowledged it.
    acknowledged: u32,
    /// To how many the e-mail failed.
    failed: u32,
    /// What the own service did with it: `unread`, `read`, `acknowledged`.
    own: Option<String>,
}

/// A bulletin, opened.
#[derive(Serialize, ToSchema)]
pub(super) struct BulletinOut {
    /// Its id.
    bulletin: String,
    /// Its case.
    case: String,
    /// The district that sent it.
    district: String,
    /// `open` or `ceased`.
    state: String,
    /// Why the search ceased.
    cause: Option<String>,
    /// The telegrams, the newest first.
    telegrams: Vec<TelegramOut>,
    /// The newest telegram at each service this person may see.
    services: Vec<AtServiceOut>,
    /// The service for which this person acknowledges.
    own: Option<String>,
}

/// A telegram.
#[derive(Serialize, ToSchema)]
pub(super) struct TelegramOut {
    /// `search`, `update`, `cessation`.
    kind: String,
    /// Its number, as in `27/2026`.
    number: String,
    /// When it was sent.
    sent_at: String,
    /// Whether the family must not learn of it.
    family_uninformed: bool,
    /// The same telegram in each language.
    sheets: Vec<SheetOut>,
}

/// A telegram in one language.
#[derive(Serialize, ToSchema)]
pub(super) struct SheetOut {
    /// The tag of its language.
    language: String,
    /// What it is called.
    title: String,
    /// How urgent it is.
    precedence: String,
    /// Label and value.
    head: Vec<(String, String)>,
    /// What must be seen first.
    warning: Option<String>,
    /// The numbered paragraphs.
    paragraphs: Vec<String>,
}

/// The newest telegram at one service.
#[derive(Serialize, ToSchema)]
pub(super) struct AtServiceOut {
    /// The service.
    service: String,
    /// The e-mail: `waiting`, `handed`, `failed`, `needless`.
    mail: String,
    /// Why it was not handed over last, as a code.
    mail_code: Option<String>,
    /// When the mail server took it.
    handed_at: Option<String>,
    /// How many reminders there were.
    reminders: u32,
    /// `unread`, `read`, `acknowledged`.
    reading: String,
    /// Who opened it first.
    read_by: Option<String>,
    /// When.
    read_at: Option<String>,
    /// Who acknowledged it.
    acknowledged_by: Option<String>,
    /// When.
    acknowledged_at: Option<String>,
    /// Whether by telephone.
    by_phone: bool,
}

/// The systems of services.
#[derive(Serialize, ToSchema)]
pub(super) struct AtSystemsOut {
    /// By service.
    systems: Vec<AtSystemOut>,
}

/// The newest telegram for one system of a service.
#[derive(Serialize, ToSchema)]
pub(super) struct AtSystemOut {
    /// Its id.
    dispatch: String,
    /// The service.
    service: String,
    /// The system.
    endpoint: String,
    /// The telegram's place among those of the bulletin, from 1.
    version: u32,
    /// `search`, `update`, `cessation`.
    kind: String,
    /// `pending`, `sending`, `retrying`, `done`, `withdrawn`, `dead`.
    state: String,
    /// What is known: `sent`, `refused`, `unknown`; nothing before the first call.
    outcome: Option<String>,
    /// Why, as a code.
    code: Option<String>,
    /// Calls so far.
    attempts: u32,
    /// When the system took it.
    sent_at: Option<String>,
}

/// The newest bulletin of a case.
#[derive(Serialize, ToSchema)]
pub(super) struct CaseBulletinOut {
    /// Its id; nothing before the report is received.
    bulletin: Option<String>,
    /// The services that have not acknowledged its newest telegram.
    silent: Vec<String>,
}

/// A service that acknowledged by telephone.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ByPhoneIn {
    /// The service.
    service: String,
}

/// How many services are reminded.
#[derive(Serialize, ToSchema)]
pub(super) struct RemindedOut {
    /// So many.
    reminded: u64,
}

/// The directory.
#[derive(Serialize, ToSchema)]
pub(super) struct ServicesOut {
    /// By kind.
    services: Vec<ServiceOut>,
}

/// A service.
#[derive(Serialize, ToSchema)]
pub(super) struct ServiceOut {
    /// Its slug.
    id: String,
    /// Its kind.
    kind: String,
    /// Its name in Arabic.
    name_ar: String,
    /// Its name in French.
    name_fr: String,
    /// Its name in English.
    name_en: String,
    /// The region it works in.
    region: String,
    /// The district it works in.
    district: String,
    /// Where its bulletins are announced.
    email: String,
    /// Whom the room calls.
    phone: String,
    /// Whether it receives bulletins.
    active: bool,
}

/// A file of services.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct ServicesIn {
    /// Comma-separated values; the first line names the columns.
    csv: String,
}

/// What a file changed.
#[derive(Serialize, ToSchema)]
pub(super) struct ImportedOut {
    /// Services that were not there before.
    added: usize,
    /// Services that are otherwise now.
    changed: usize,
    /// Services that were like that already.
    same: usize,
}

/// The service a person belongs to.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct MembershipIn {
    /// The service; nothing takes the person out.
    service: Option<String>,
}

pub(super) async fn list(State(state): State<WebState>, who: SignedIn) -> Answer {
    let lines = state.app().list_bulletins(&who.actor).await?;
    let bulletins = lines.iter().map(line_out).collect();
    json(StatusCode::OK, &BulletinsOut { bulletins })
}

pub(super) async fn read(
    State(state): State<WebState>,
    who: SignedIn,
    Id(id): Id<BulletinId>,
) -> Answer {
    let opened = state.app().read_bulletin(&who.actor, id).await?;
    json(StatusCode::OK, &bulletin_out(&opened))
}

pub(super) async fn text(
    State(state): State<WebState>,
    who: SignedIn,
    Id(id): Id<BulletinId>,
) -> Answer {
    let opened = state.app().read_bulletin(&who.actor, id).await?;
    let text = opened
        .telegrams
        .first()
        .map(|one| one.telegram.text())
        .unwrap_or_default();
    let kind = [(header::CONTENT_TYPE, "text/plain; charset=utf-8")];
    Ok((StatusCode::OK, kind, text).into_response())
}

/// Which telegram of a bulletin.
#[derive(Default, Deserialize)]
pub(super) struct WhichTelegram {
    /// Its place among them, from 1; nothing is the newest.
    version: Option<u32>,
}

pub(super) async fn cap(
    State(state): State<WebState>,
    who: SignedIn,
    Id(id): Id<BulletinId>,
    QueryOf(which): QueryOf<WhichTelegram>,
) -> Answer {
    let app = state.app();
    let xml = app.bulletin_cap(&who.actor, id, which.version).await?;
    Ok(restricted(xml))
}

/// A document for its addressees: kept by nothing on the way.
pub(in crate::routes) fn restricted(xml: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/cap+xml"),
        (header::CACHE_CONTROL, "no-store"),
        (
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"bulletin.xml\"",
        ),
    ];
    (StatusCode::OK, headers, xml).into_response()
}

pub(super) async fn systems(
    State(state): State<WebState>,
    who: SignedIn,
    Id(id): Id<BulletinId>,
) -> Answer {
    let systems = state.app().bulletin_systems(&who.actor, id).await?;
    let out = |one: &AtSystem| AtSystemOut {
        dispatch: one.row.dispatch.to_string(),
        service: one.row.service.to_string(),
        endpoint: one.row.endpoint.to_string(),
        version: one.row.version,
        kind: one.row.kind.as_str().to_owned(),
        state: one.row.state.as_str().to_owned(),
        outcome: one.row.outcome.map(|known| known.as_str().to_owned()),
        code: one.row.code.clone(),
        attempts: one.row.attempts,
        sent_at: one.row.sent_ms.map(at),
    };
    let systems = systems.iter().map(out).collect();
    json(StatusCode::OK, &AtSystemsOut { systems })
}

pub(super) async fn acknowledge(
    State(state): State<WebState>,
    who: SignedIn,
    Id(id): Id<BulletinId>,
) -> Answer {
    state.app().acknowledge_bulletin(&who.actor, id).await?;
    Ok(done())
}

pub(super) async fn by_phone(
    State(state): State<WebState>,
    who: SignedIn,
    Id(id): Id<BulletinId>,
    Json(given): Json<ByPhoneIn>,
) -> Answer {
    let service = service_of(&given.service)?;
    state
        .app()
        .acknowledge_by_phone(&who.actor, id, &service)
        .await?;
    Ok(done())
}

pub(super) async fn remind(
    State(state): State<WebState>,
    who: SignedIn,
    Id(id): Id<BulletinId>,
) -> Answer {
    let reminded = state.app().remind_silent(&who.actor, id).await?;
    json(StatusCode::OK, &RemindedOut { reminded })
}

pub(super) async fn of_case(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
) -> Answer {
    let bulletin = state.app().bulletin_of(&who.actor, case).await?;
    let silent = state.app().silent_services(case).await?;
    let out = CaseBulletinOut {
        bulletin: bulletin.map(|id| id.to_string()),
        silent: silent.iter().map(ToString::to_string).collect(),
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn send(
    State(state): State<WebState>,
    who: SignedIn,
    Id(case): Id<CaseId>,
) -> Answer {
    let id = state.app().send_bulletin(&who.actor, case).await?;
    let out = CaseBulletinOut {
        bulletin: Some(id.to_string()),
        silent: Vec::new(),
    };
    json(StatusCode::CREATED, &out)
}

pub(super) async fn services(State(state): State<WebState>, who: SignedIn) -> Answer {
    let services = state.app().list_services(&who.actor).await?;
    let services = services.into_iter().map(service_out).collect();
    json(StatusCode::OK, &ServicesOut { services })
}

pub(super) async fn import(
    State(state): State<WebState>,
    who: SignedIn,
    Json(given): Json<ServicesIn>,
) -> Answer {
    let change = state.app().import_services(&who.actor, &given.csv).await?;
    let out = ImportedOut {
        added: change.added,
        changed: change.changed,
        same: change.same,
    };
    json(StatusCode::OK, &out)
}

pub(super) async fn join(
    State(state): State<WebState>,
    who: SignedIn,
    Id(person): Id<PersonId>,
    Json(given): Json<MembershipIn>,
) -> Answer {
    let service = given.service.as_deref().map(service_of).transpose()?;
    state
        .app()
        .assign_service(&who.actor, person, service.as_ref())
        .await?;
    Ok(done())
}

fn service_of(text: &str) -> Result<ServiceId, Refused> {
    text.parse()
        .map_err(|_| Refused::field("service", "not_an_answer"))
}

fn line_out(line: &BulletinLine) -> BulletinLineOut {
    BulletinLineOut {
        bulletin: line.row.bulletin.to_string(),
        case: line.row.case.to_string(),
        district: line.row.district.clone(),
        state: line.row.state.as_str().to_owned(),
        kind: line.kind.as_str().to_owned(),
        number: format!("{}/{}", line.number, line.year),
        sent_at: at(line.sent_ms),
        services: line.services,
        acknowledged: line.acknowledged,
        failed: line.failed,
        own: line.own.map(|own| own.as_str().to_owned()),
    }
}

fn bulletin_out(opened: &OpenedBulletin) -> BulletinOut {
    BulletinOut {
        bulletin: opened.row.bulletin.to_string(),
        case: opened.row.case.to_string(),
        district: opened.row.district.clone(),
        state: opened.row.state.as_str().to_owned(),
        cause: opened.row.cause.map(|cause| cause.as_str().to_owned()),
        telegrams: opened.telegrams.iter().map(telegram_out).collect(),
        services: opened.services.iter().map(at_service_out).collect(),
        own: opened.own.as_ref().map(ToString::to_string),
    }
}

fn telegram_out(one: &OpenedTelegram) -> TelegramOut {
    TelegramOut {
        kind: one.row.kind.as_str().to_owned(),
        number: one.telegram.label(),
        sent_at: at(one.row.sent_ms),
        family_uninformed: one.telegram.family_uninformed,
        sheets: one.telegram.sheets.iter().map(sheet_out).collect(),
    }
}

fn sheet_out(sheet: &Sheet) -> SheetOut {
    SheetOut {
        language: sheet.language.clone(),
        title: sheet.title.clone(),
        precedence: sheet.precedence.clone(),
        head: sheet.head.clone(),
        warning: sheet.warning.clone(),
        paragraphs: sheet.paragraphs.clone(),
    }
}

fn at_service_out(one: &AtService) -> AtServiceOut {
    let place = &one.place;
    AtServiceOut {
        service: place.service.to_string(),
        mail: place.mail.as_str().to_owned(),
        mail_code: place.mail_code.clone(),
        handed_at: place.handed_ms.map(at),
        reminders: place.mail_seq,
        reading: place.reading.as_str().to_owned(),
        read_by: place.read_by.map(|person| person.to_string()),
        read_at: place.read_ms.map(at),
        acknowledged_by: place.acknowledged_by.map(|person| person.to_string()),
        acknowledged_at: place.acknowledged_ms.map(at),
        by_phone: place.by_phone,
    }
}

fn service_out(service: Service) -> ServiceOut {
    let active = service.active;
    let Typed {
        id,
        kind,
        name_ar,
        name_fr,
        name_en,
        region,
        district,
        email,
        phone,
        ..
    } = service.typed();
    ServiceOut {
        id,
        kind,
        name_ar,
        name_fr,
        name_en,
        region,
        district,
        email,
        phone,
        active,
    }
}
