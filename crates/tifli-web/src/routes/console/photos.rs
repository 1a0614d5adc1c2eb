//! Photos of a case as the script of the report sends them, and photos as pages show them: each look is recorded by the
//! application, and nothing is kept by the browser.

use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde_json::json;
use tifli_app::Kind;
use tifli_app::media::Rendition;
use tifli_domain::id::{CaseId, MediaId};

use super::answers::answer;
use super::desk::{Desk, Sent};
use super::report::photo_sentence;
use crate::console::report::PhotosPanel;
use crate::problem::{Answer, Refused};
use crate::request::Id;
use crate::security::{Caching, cache};
use crate::server::WebState;

/// `POST /console/cases/{id}/photos`: the list of photos, or 422 `{problem}`.
pub async fn add(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, mut form }: Sent,
) -> Answer {
    for bytes in form.take_files("photo") {
        match desk.app().add_photo(&desk.actor, case, &bytes).await {
            Ok(_) => {}
            Err(error) if matches!(error.kind, Kind::Invalid | Kind::Conflict) => {
                let told = json!({ "problem": photo_sentence(&desk, &error) });
                return Ok(answer(StatusCode::UNPROCESSABLE_ENTITY, &told));
            }
            Err(error) => return Err(error.into()),
        }
    }
    let file = desk.app().read_file(&desk.actor, case, "edit").await?;
    let view = PhotosPanel {
        photos: desk.photos(&file),
        shell: desk.shell.clone(),
    };
    Ok(desk.page(&view))
}

/// `GET /console/media/{id}/{rendition}`: `small` or `public`.
pub async fn show(
    State(_): State<WebState>,
    desk: Desk,
    Path((media, rendition)): Path<(String, String)>,
) -> Answer {
    let media: MediaId = media.parse().map_err(|_| Refused::not_found())?;
    let rendition = match rendition.as_str() {
        "small" => Rendition::Card,
        "public" => Rendition::Public,
        _ => return Err(Refused::not_found()),
    };
    let jpeg = desk.app().open_photo(&desk.actor, media, rendition).await?;
    let mut response = ([(header::CONTENT_TYPE, "image/jpeg")], jpeg).into_response();
    cache(response.headers_mut(), Caching::Never);
    Ok(response)
}
