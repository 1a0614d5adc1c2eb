//! A message as the public would read it, in every language that the pages speak: made by the public view, so that
//! nothing else can be in it.

use std::sync::Arc;

use askama::Template;
use tifli_app::alert::PublicAlert;
use tifli_domain::message::Message;

use super::desk::Desk;
use crate::console::draft::PublicPreview;
use crate::i18n::Locale;
use crate::problem::Refused;
use crate::public::AlertPage;
use crate::request::Page;
use crate::routes::public::alert::view_of;

/// The public pages of a message.
pub fn of_message(desk: &Desk, message: Message) -> Result<Vec<PublicPreview>, Refused> {
    let alert = PublicAlert {
        live_ms: message.sent_ms,
        updated_ms: None,
        message: Arc::new(message),
    };
    let mut previews = Vec::new();
    for text in &alert.message.texts {
        let Some(locale) = Locale::find(&text.language) else {
            continue;
        };
        let page = Page {
            locale,
            path: format!("/a/{}", alert.message.alert),
        };
        let mut view = view_of(&desk.state, &page, &alert)?;
        let child = alert.message.child.as_ref();
        let photo = child.and_then(|child| child.photo.as_ref());
        if let (Some(shown), Some(photo)) = (&mut view.photo, photo) {
            shown.src = format!("/console/media/{}/public", photo.media);
        }
        let page = AlertPage {
            shell: page.shell(&desk.state),
            alert: view,
        };
        let html = page.render().map_err(|error| {
            tracing::error!(%error, "a preview could not be rendered");
            Refused::new(axum::http::StatusCode::INTERNAL_SERVER_ERROR, "preview")
        })?;
        previews.extend(PublicPreview::of_page(locale, &html));
    }
    Ok(previews)
}
