//! The list of current alerts, one alert, its photo and its card. After the end page and card say that it is over, for as
//! long as link previews look again, and then answer 410; the photo answers 410 at once. None of them tells anything.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use tifli_app::alert::{PublicAlert, PublicState};
use tifli_app::media::Rendition;
use tifli_domain::id::PublicCode;
use tifli_domain::intake;
use tifli_domain::message::{PublicChild, PublicText};

use super::embed::PICTURE;
use super::{call_number, jpeg};
use crate::problem::{Answer, Refused};
use crate::public::{
    Age, AlertCard, AlertPage, AlertView, CurrentAlertsPage, EndedPage, MapSvg, MissingTime,
    PhotoView, Said, Sex,
};
use crate::request::{Id, Page};
use crate::respond;
use crate::security::{Caching, open_to_sites};
use crate::server::{WebState, moment};

/// The box a photo is shown in, in pixels; the style sheet crops to it.
const PHOTO_BOX: (u32, u32) = (480, 600);

/// How long a photo may be kept.
const PHOTO: &str = "private, max-age=5, stale-while-revalidate=10, no-transform";

/// `GET /`
pub(super) async fn current(State(state): State<WebState>, page: Page) -> Answer {
    let view = CurrentAlertsPage {
        alerts: cards(&state, &page).await?,
        shell: page.shell(&state),
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
        PublicState::Ended(_) => Ok(over(&state, &page, StatusCode::OK)),
        PublicState::Closed => Ok(over(&state, &page, StatusCode::GONE)),
    }
}

/// The alerts that are out, as lists show them.
pub(super) async fn cards(state: &WebState, page: &Page) -> Result<Vec<AlertCard>, Refused> {
    let alerts = state.app().current_alerts().await?;
    let cards = alerts.iter().filter_map(|alert| card_of(alert, page));
    Ok(cards.collect())
}

/// `GET /a/{code}/photo.jpg`: kept by the reader's own browser only.
pub(super) async fn photo(State(state): State<WebState>, Id(code): Id<PublicCode>) -> Answer {
    let bytes = state.app().public_photo(&code, Rendition::Public).await?;
    Ok(jpeg(bytes, PHOTO))
}

/// `GET /a/{code}/card.jpg`: for link previews, which other sites fetch and show.
pub(super) async fn card(State(state): State<WebState>, Id(code): Id<PublicCode>) -> Answer {
    let bytes = state.app().public_card(&code).await?;
    let mut response = jpeg(bytes.to_vec(), PICTURE);
    open_to_sites(response.headers_mut());
    Ok(response)
}

/// What a tip meets at an alert that has ended, whatever the reason.
pub(super) fn ended(state: &WebState, page: &Page) -> Response {
    over(state, page, StatusCode::GONE)
}

fn over(state: &WebState, page: &Page, status: StatusCode) -> Response {
    let view = EndedPage {
        shell: page.shell(state),
    };
    respond::page(&view, status, Caching::Public)
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
    let area = state.app().read_area(&message.area)?;
    let regions = state.app().region_names(&area, &text.language)?;
    let regions = regions.iter().map(|name| Said::new(&text.language, name));
    Ok(AlertView {
        regions: regions.collect(),
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
