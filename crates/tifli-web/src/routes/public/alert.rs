//! The list of current alerts, one alert, its photo. After the end all of them answer 410 and tell nothing.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tifli_app::alert::{PublicAlert, PublicState};
use tifli_app::media::Rendition;
use tifli_domain::id::PublicCode;
use tifli_domain::intake;
use tifli_domain::message::{PublicChild, PublicText};

use super::call_number;
use crate::problem::{Answer, Refused};
use crate::public::{
    Age, AlertCard, AlertPage, AlertView, CurrentAlertsPage, EndedPage, MapSvg, MissingTime,
    PhotoView, Said, Sex,
};
use crate::request::{Id, Page};
use crate::respond;
use crate::security::Caching;
use crate::server::{WebState, moment};

/// The box a photo is shown in, in pixels; the style sheet crops to it.
const PHOTO_BOX: (u32, u32) = (480, 600);

/// `GET /`
pub(super) async fn current(State(state): State<WebState>, page: Page) -> Answer {
    let alerts = state.app().current_alerts().await?;
    let cards = alerts.iter().filter_map(|alert| card_of(alert, &page));
    let view = CurrentAlertsPage {
        shell: page.shell(&state),
        alerts: cards.collect(),
    };
    Ok(respond::page(&view, StatusCode::OK, Caching::Public))
}

/// `GET /a/{code}`
pub(super) async fn alert(
    State(state): State<WebState>,
    page: Page,
    Id(code): Id<PublicCode>,
) -> Answer {
    match state.app().public_state(&code).await? {
        PublicState::Live(live) => {
            let alert = view_of(&state, &page, &live)?;
            let view = AlertPage {
                shell: page.shell(&state),
                alert,
            };
            Ok(respond::page(&view, StatusCode::OK, Caching::Public))
        }
        PublicState::Ended(_) => Ok(ended(&state, &page)),
    }
}

/// `GET /a/{code}/photo.jpg`
pub(super) async fn photo(State(state): State<WebState>, Id(code): Id<PublicCode>) -> Answer {
    picture(&state, &code, Rendition::Public).await
}

/// `GET /a/{code}/card.jpg`
pub(super) async fn card(State(state): State<WebState>, Id(code): Id<PublicCode>) -> Answer {
    picture(&state, &code, Rendition::Card).await
}

/// The page of an alert that has ended, whatever the reason.
pub(super) fn ended(state: &WebState, page: &Page) -> Response {
    let view = EndedPage {
        shell: page.shell(state),
    };
    respond::page(&view, StatusCode::GONE, Caching::Public)
}

async fn picture(state: &WebState, code: &PublicCode, rendition: Rendition) -> Answer {
    let jpeg = state.app().public_photo(code, rendition).await?;
    let mut response = jpeg.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("image/jpeg"));
    // Kept by the reader's own browser only, and for less than the time within which an end must show.
    let keep = HeaderValue::from_static("private, max-age=30, no-transform");
    headers.insert(header::CACHE_CONTROL, keep);
    Ok(response)
}

fn card_of(alert: &PublicAlert, page: &Page) -> Option<AlertCard> {
    let (text, child) = parts(alert, page)?;
    let code = alert.message.alert.to_string();
    Some(AlertCard {
        thumb: photo_of(alert, child, "card.jpg"),
        code,
        first_name: text.first_name.clone(),
        age: age_of(child),
        sex: sex_of(child),
        place: Said::new(&text.language, &text.place),
        missing: MissingTime::Told(Said::new(&text.language, &text.when)),
    })
}

/// A message as the public page shows it.
pub(in crate::routes) fn view_of(
    state: &WebState,
    page: &Page,
    alert: &PublicAlert,
) -> Result<AlertView, Refused> {
    let message = &alert.message;
    let (text, child) = parts(alert, page).ok_or_else(Refused::not_found)?;
    let said = |words: &str| (!words.is_empty()).then(|| Said::new(&text.language, words));
    let title = page.t().get("area-map");
    let map = state
        .app()
        .alert_map_svg(&message.area, page.locale.tag(), &title)?;
    Ok(AlertView {
        verify_code: message.alert.to_string(),
        code: message.alert.to_string(),
        photo: photo_of(alert, child, "photo.jpg"),
        first_name: text.first_name.clone(),
        age: age_of(child),
        sex: sex_of(child),
        missing: MissingTime::Told(Said::new(&text.language, &text.when)),
        place: Said::new(&text.language, &text.place),
        clothes: said(&text.clothes),
        marks: said(&text.marks),
        languages: None,
        description: said(&text.description),
        instruction: said(&text.instruction),
        call: call_number(&message.number_to_call),
        map: MapSvg::parse(map.to_string()),
        issued_at: moment(alert.live_ms),
        updated_at: alert.updated_ms.map(moment),
        version: message.version,
        expires_at: moment(message.expires_ms),
    })
}

/// The text in the page's language and the child; a message of a live alert has both.
fn parts<'a>(alert: &'a PublicAlert, page: &Page) -> Option<(&'a PublicText, &'a PublicChild)> {
    let message = &alert.message;
    message.text(page.locale.tag()).zip(message.child.as_ref())
}

fn photo_of(alert: &PublicAlert, child: &PublicChild, file: &str) -> Option<PhotoView> {
    child.photo.as_ref()?;
    let (width, height) = PHOTO_BOX;
    let (code, version) = (&alert.message.alert, alert.message.version);
    Some(PhotoView {
        src: format!("/a/{code}/{file}?v={version}"),
        width,
        height,
    })
}

fn age_of(child: &PublicChild) -> Option<Age> {
    u8::try_from(child.age).ok().map(Age::Years)
}

fn sex_of(child: &PublicChild) -> Sex {
    match child.sex {
        intake::Sex::Girl => Sex::Girl,
        intake::Sex::Boy => Sex::Boy,
        intake::Sex::Unknown => Sex::Unsaid,
    }
}
