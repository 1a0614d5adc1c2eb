//! Feeds of the messages that are out, in one language, of one region or category or of all. Rendered from the present
//! state; a message leaves its feed with the commit that ends it.

use std::sync::Arc;

use tifli_cap as cap;
use tifli_domain::message::Message;
use tifli_pack::LanguageTag;
use tifli_store::message::{self, MessageRow};

use super::cap::time;
use super::public::on_feed;
use crate::region::Region;
use crate::{App, AppError, AppResult};

/// How long a message stands in a feed after it was sent, in milliseconds, unless it expires before.
const SHOWN_MS: i64 = 72 * 3_600_000;

/// How a feed is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FeedForm {
    /// RFC 4287.
    Atom,
    /// RSS 2.0, for readers that know no Atom.
    Rss,
}

/// Which feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedAsk {
    /// How it is written.
    pub form: FeedForm,
    /// The language of its words.
    pub language: String,
    /// Only what reaches this region of the country pack.
    pub region: Option<String>,
    /// Only what is of this category, in CAP's word.
    pub category: Option<String>,
}

/// A feed as it is served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feed {
    /// The XML.
    pub xml: String,
    /// When something last came or went, milliseconds since 1970 UTC; 0 when nothing ever did within sight.
    pub changed_ms: i64,
    /// Since when changes are within sight. What was read before may have changed unseen.
    pub seen_from_ms: i64,
}

/// What a feed shows, and since when it is so.
struct Shown {
    messages: Vec<Arc<Message>>,
    changed_ms: i64,
}

impl FeedForm {
    /// Every way.
    pub const ALL: [Self; 2] = [Self::Atom, Self::Rss];

    /// The path of the whole feed, without a language.
    #[must_use]
    pub const fn path(self) -> &'static str {
        match self {
            Self::Atom => "/feed.atom",
            Self::Rss => "/feed.rss",
        }
    }

    /// What it is called.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Atom => "Atom",
            Self::Rss => "RSS",
        }
    }

    /// The media type it is served as.
    #[must_use]
    pub const fn served_as(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml; charset=utf-8",
            Self::Rss => "application/rss+xml; charset=utf-8",
        }
    }
}

impl FeedAsk {
    /// The feed of everything in one language.
    #[must_use]
    pub fn whole(form: FeedForm, language: &str) -> Self {
        Self {
            form,
            language: language.to_owned(),
            region: None,
            category: None,
        }
    }

    /// The whole address under `base`, always the same for the same feed.
    #[must_use]
    pub fn address(&self, base: &str) -> String {
        let parts = [("region", &self.region), ("category", &self.category)];
        let asked: Vec<String> = parts
            .into_iter()
            .filter_map(|(name, value)| Some(format!("{name}={}", value.as_ref()?)))
            .collect();
        let query = if asked.is_empty() {
            String::new()
        } else {
            format!("?{}", asked.join("&"))
        };
        format!("{base}/{}{}{query}", self.language, self.form.path())
    }
}

impl App {
    /// The categories that a feed may be asked for, in CAP's words.
    pub fn feed_categories() -> impl Iterator<Item = &'static str> {
        cap::Category::ALL.iter().map(|category| category.as_str())
    }

    /// A feed: what is out and, for a while, the ends. One of a region or category that does not exist is not found.
    pub async fn feed(&self, ask: &FeedAsk) -> AppResult<Feed> {
        let language: LanguageTag = ask.language.parse().map_err(|_| AppError::not_found())?;
        if let Some(region) = &ask.region {
            let regions = self.regions()?;
            if regions.iter().all(|known| known.id != *region) {
                return Err(AppError::not_found());
            }
        }
        let category = ask.category.as_deref().map(str::parse::<cap::Category>);
        let category = category.transpose().map_err(|_| AppError::not_found())?;
        let shown = self.shown(ask.region.as_deref()).await?;
        let mut alerts = Vec::new();
        for message in &shown.messages {
            let Some(alert) = or_left_out(&message.identifier, self.cap_alert(message)) else {
                continue;
            };
            let mut infos = alert.info.iter();
            if category.is_none_or(|asked| infos.any(|info| info.category.contains(&asked))) {
                alerts.push((alert, message.as_ref()));
            }
        }
        let feed = self.atom(&alerts, (ask, language), shown.changed_ms)?;
        let page = format!("{}/{}", self.base_url(), ask.language);
        let xml = match ask.form {
            FeedForm::Atom => feed.to_xml(),
            FeedForm::Rss => cap::RssFeed::of(&feed, page, feed.self_link.as_str()).to_xml(),
        };
        let xml = xml.map_err(|_| AppError::internal("feed"))?;
        Ok(Feed {
            xml,
            changed_ms: shown.changed_ms,
            seen_from_ms: self.now_ms() - 2 * SHOWN_MS,
        })
    }

    /// The messages of a region's feed, the newest first. What went by itself changed the feed at that moment, too; and
    /// so did what came for another region, for it may have left this one.
    async fn shown(&self, region: Option<&str>) -> AppResult<Shown> {
        let now = self.now_ms();
        let rows = self
            .db()
            .read("feed", now - 2 * SHOWN_MS, |reads, since| {
                Box::pin(
                    async move { Ok::<_, AppError>(message::list_latest(reads, *since).await?) },
                )
            })
            .await?;
        let mut shown = Shown {
            messages: Vec::new(),
            changed_ms: 0,
        };
        // An erased message has no area any more, and nothing to show.
        for row in rows.into_iter().filter(|row| !row.area.is_empty()) {
            let until = row.expires_ms.min(row.sent_ms + SHOWN_MS);
            let changed = if until <= now { until } else { row.sent_ms };
            shown.changed_ms = shown.changed_ms.max(changed);
            let stands = on_feed(&row).and_then(|on| Ok(on && self.reaches(&row, region)?));
            if until > now && or_left_out(&row.identifier, stands) == Some(true) {
                shown.messages.extend(self.find_message(&row).await?);
            }
        }
        Ok(shown)
    }

    fn reaches(&self, row: &MessageRow, region: Option<&str>) -> AppResult<bool> {
        let Some(region) = region else {
            return Ok(true);
        };
        let reached = self.regions_reached(&row.area)?;
        Ok(reached.iter().any(|id| id == region))
    }

    fn atom(
        &self,
        alerts: &[(cap::Alert, &Message)],
        (ask, language): (&FeedAsk, LanguageTag),
        changed_ms: i64,
    ) -> AppResult<cap::AtomFeed> {
        let mut entries = Vec::new();
        for (alert, message) in alerts {
            let url = self.cap_url(&message.identifier);
            let words = or_left_out(&message.identifier, self.region_words(message, ask));
            let entry = cap::AtomEntry::of(alert, &url, &ask.language);
            if let Some((mut entry, words)) = entry.zip(words) {
                entry.categories.extend(words);
                entries.push(entry);
            }
        }
        let address = ask.address(self.base_url());
        Ok(cap::AtomFeed {
            id: address.clone(),
            title: self.feed_title(ask, language)?,
            updated: time(changed_ms)?,
            self_link: address,
            language: ask.language.clone(),
            author: cap::AtomAuthor {
                name: self.pack().authority().name.get(language).to_owned(),
                uri: None,
            },
            entries,
        })
    }

    /// The regions a message reaches, as words by which a reader tells entries apart.
    fn region_words(&self, message: &Message, ask: &FeedAsk) -> AppResult<Vec<cap::FeedCategory>> {
        let reached = self.regions_reached(&message.area)?;
        let regions = self.regions()?;
        let regions = regions.iter().filter(|region| reached.contains(&region.id));
        let scheme = format!("{}/map/regions.geojson", self.base_url());
        let word = |region: &Region| cap::FeedCategory {
            scheme: Some(scheme.clone()),
            term: region.id.clone(),
            label: Some(region.name(&ask.language).to_owned()),
        };
        Ok(regions.map(word).collect())
    }

    /// The event, and the region's name or the category's word where it is of one alone.
    fn feed_title(&self, ask: &FeedAsk, language: LanguageTag) -> AppResult<String> {
        let mut title = self.pack().alert().event.get(language).to_owned();
        if let Some(id) = &ask.region {
            let regions = self.regions()?;
            let region = regions.iter().find(|region| region.id == *id);
            title = format!(
                "{title} – {}",
                region.map_or(id.as_str(), |r| r.name(&ask.language))
            );
        }
        if let Some(category) = &ask.category {
            title = format!("{title} ({category})");
        }
        Ok(title)
    }
}

/// What could be made of one message. One that cannot be is said in the log and left out, so that it hides no other
/// child.
fn or_left_out<T>(identifier: &str, made: AppResult<T>) -> Option<T> {
    made.inspect_err(|error| {
        tracing::error!(message.identifier = %identifier, code = %error.code,
            "a message could not be shown in a feed and is left out");
    })
    .ok()
}
