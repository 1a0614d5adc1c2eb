//! Alerts for machines: a CAP document at its own address, which never changes, and the feeds.

use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use jiff::fmt::rfc2822::{DateTimeParser, DateTimePrinter};
use serde::Deserialize;
use tifli_app::App;
use tifli_app::alert::{CapDocument, FeedAsk, FeedForm};

use super::{Document, tagged};
use crate::i18n::Locale;
use crate::problem::{Answer, Refused};
use crate::public::{FeedLine, FeedLink, FeedsPage};
use crate::request::{Id, Page, QueryOf};
use crate::respond;
use crate::security::{Caching, cache, open_to_sites};
use crate::server::{WebState, moment};

/// The longest identifier that is looked up.
const LONGEST: usize = 200;

/// Which part of the whole.
#[derive(Deserialize)]
pub(super) struct Asked {
    region: Option<String>,
    category: Option<String>,
}

/// `GET /cap/{identifier}.xml`: the document, or after the end where to read of it.
pub(super) async fn cap(
    State(state): State<WebState>,
    Id(file): Id<String>,
    headers: HeaderMap,
) -> Answer {
    let identifier = file
        .strip_suffix(".xml")
        .filter(|identifier| identifier.len() <= LONGEST);
    let identifier = identifier.ok_or_else(Refused::not_found)?;
    match state.app().cap_document(identifier).await? {
        CapDocument::Current { xml, sent_ms } => {
            let kind = "application/cap+xml; charset=utf-8";
            let moments = Moments::fixed(sent_ms);
            Ok(dated(&headers, (xml, kind), moments))
        }
        CapDocument::Ended(cancel) => Ok(ended(cancel.as_deref())),
    }
}

/// `GET /feed.atom`, in the language of the path or of the reader.
pub(super) async fn atom(
    State(state): State<WebState>,
    page: Page,
    QueryOf(asked): QueryOf<Asked>,
    headers: HeaderMap,
) -> Answer {
    feed(&state, &page, (FeedForm::Atom, asked), &headers).await
}

/// `GET /feed.rss`, likewise.
pub(super) async fn rss(
    State(state): State<WebState>,
    page: Page,
    QueryOf(asked): QueryOf<Asked>,
    headers: HeaderMap,
) -> Answer {
    feed(&state, &page, (FeedForm::Rss, asked), &headers).await
}

/// `GET /feeds`: where all of this is.
pub(super) async fn list(State(state): State<WebState>, page: Page) -> Answer {
    let whole = Locale::ALL.into_iter().flat_map(|locale| {
        FeedForm::ALL.map(|form| link(form, FeedAsk::whole(form, locale.tag()), locale))
    });
    let regions = state.app().regions()?;
    let tag = page.locale.tag();
    let mut lines: Vec<FeedLine> = regions
        .iter()
        .map(|region| {
            let feeds = FeedForm::ALL.map(|form| {
                let ask = FeedAsk {
                    region: Some(region.id.clone()),
                    ..FeedAsk::whole(form, tag)
                };
                link(form, ask, page.locale)
            });
            FeedLine {
                name: region.name(tag).to_owned(),
                feeds: feeds.to_vec(),
            }
        })
        .collect();
    lines.sort_by(|one, other| one.name.cmp(&other.name));
    let view = FeedsPage {
        shell: page.shell(&state),
        whole: whole.collect(),
        regions: lines,
        categories: App::feed_categories().collect(),
    };
    Ok(respond::page(&view, StatusCode::OK, Caching::Public))
}

fn link(form: FeedForm, ask: FeedAsk, locale: Locale) -> FeedLink {
    FeedLink {
        form: form.label(),
        locale,
        href: ask.address(""),
    }
}

async fn feed(
    state: &WebState,
    page: &Page,
    (form, asked): (FeedForm, Asked),
    headers: &HeaderMap,
) -> Answer {
    let given = |value: Option<String>| value.filter(|value| !value.is_empty());
    let ask = FeedAsk {
        region: given(asked.region),
        category: given(asked.category),
        ..FeedAsk::whole(form, page.locale.tag())
    };
    let feed = state.app().feed(&ask).await?;
    let moments = Moments {
        changed: moment(feed.changed_ms),
        seen_from: moment(feed.seen_from_ms),
        now: Some(state.now()),
    };
    let mut response = dated(headers, (feed.xml, form.served_as()), moments);
    let vary = HeaderValue::from_static("accept-language");
    response.headers_mut().insert(header::VARY, vary);
    Ok(response)
}

/// When a document last changed.
struct Moments {
    changed: Timestamp,
    /// Since when changes are known: who read it before is answered anew.
    seen_from: Timestamp,
    /// The present moment, for what may change again; `None` for what never does.
    now: Option<Timestamp>,
}

impl Moments {
    /// Of a document that never changes.
    fn fixed(sent_ms: i64) -> Self {
        Self {
            changed: moment(sent_ms),
            seen_from: Timestamp::MIN,
            now: None,
        }
    }

    /// Whether who read it at this moment holds it as it is.
    fn is_known(&self, since: Timestamp) -> bool {
        self.changed.as_second() <= since.as_second() && self.seen_from <= since
    }

    /// The moment to ask with again, in whole seconds. Within the second of a change there is none, for the next change
    /// could not be told from it (RFC 9110, 8.8.2).
    fn find_last_modified(&self) -> Option<HeaderValue> {
        let changed = self.changed.as_second();
        if self.now.is_some_and(|now| now.as_second() <= changed) {
            return None;
        }
        let written = DateTimePrinter::new().timestamp_to_rfc9110_string(&self.changed);
        HeaderValue::try_from(written.ok()?).ok()
    }
}

/// A document with its tag and the moment it last changed. A tag that is asked about goes before a moment (RFC 9110).
fn dated(headers: &HeaderMap, (body, kind): (String, &'static str), moments: Moments) -> Response {
    let asked = headers.get(header::IF_MODIFIED_SINCE);
    let asked = asked.filter(|_| !headers.contains_key(header::IF_NONE_MATCH));
    let since = asked.and_then(|asked| asked.to_str().ok()).and_then(read);
    let document = Document {
        body,
        kind,
        keep: Caching::Public.value(),
    };
    let mut response = if since.is_some_and(|since| moments.is_known(since)) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        tagged(headers, document)
    };
    let headers = response.headers_mut();
    cache(headers, Caching::Public);
    open_to_sites(headers);
    if let Some(value) = moments.find_last_modified() {
        headers.insert(header::LAST_MODIFIED, value);
    }
    response
}

fn read(http_date: &str) -> Option<Timestamp> {
    DateTimeParser::new().parse_timestamp(http_date).ok()
}

fn ended(cancel: Option<&str>) -> Response {
    let body = match cancel {
        Some(cancel) => {
            format!("This alert has ended. The message that ends it: {cancel}\n")
        }
        None => "This alert has ended.\n".to_owned(),
    };
    let mut response = (StatusCode::GONE, body).into_response();
    let headers = response.headers_mut();
    let link = cancel.map(|cancel| format!("<{cancel}>; rel=\"latest-version\""));
    if let Some(link) = link.and_then(|link| HeaderValue::try_from(link).ok()) {
        headers.insert(header::LINK, link);
    }
    cache(headers, Caching::Public);
    open_to_sites(headers);
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn moments(now: &str) -> Moments {
        Moments {
            changed: at("2026-11-22T10:00:00.400Z"),
            seen_from: at("2026-11-16T10:00:00Z"),
            now: Some(at(now)),
        }
    }

    #[test]
    fn within_the_second_of_a_change_nobody_is_given_a_moment_to_ask_with() {
        let early = moments("2026-11-22T10:00:00.900Z");
        assert_eq!(early.find_last_modified(), None);
        let later = moments("2026-11-22T10:00:01Z").find_last_modified();
        assert_eq!(later.unwrap(), "Sun, 22 Nov 2026 10:00:00 GMT");
        let document = Moments::fixed(at("2026-11-22T10:00:00Z").as_millisecond());
        assert!(document.find_last_modified().is_some(), "it never changes");
    }

    #[test]
    fn who_asks_with_a_moment_out_of_sight_is_answered_anew() {
        let feed = moments("2026-11-22T11:00:00Z");
        assert!(feed.is_known(at("2026-11-22T10:00:00Z")));
        assert!(!feed.is_known(at("2026-11-22T09:59:59Z")));
        let quiet = Moments {
            changed: Timestamp::UNIX_EPOCH,
            ..feed
        };
        assert!(quiet.is_known(at("2026-11-17T10:00:00Z")));
        assert!(!quiet.is_known(at("2026-11-10T10:00:00Z")));
    }
}
