//! An Atom feed (RFC 4287) of CAP messages, one feed for each language.
//!
//! For: publishing messages the way the OASIS note "CAP Feeds" asks: one entry a message, its id
//! the stable URI of the message, its link the whole CAP document. Not for: reading feeds.

use std::collections::HashSet;

use crate::check::{Faults, Rule};
use crate::model::Alert;
use crate::time::CapTime;
use crate::words::Category;
use crate::write::WriteError;
use crate::xml::XmlOut;
use crate::{CONTENT_TYPE, NAMESPACE};

/// The media type under which a feed is served.
pub const FEED_CONTENT_TYPE: &str = "application/atom+xml";

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// A feed in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtomFeed {
    /// A URI that never changes and names the feed.
    pub id: String,
    /// Its title, for people.
    pub title: String,
    /// When it last changed in a way that matters.
    pub updated: CapTime,
    /// Where the feed itself is served.
    pub self_link: String,
    /// The language of its words, such as `ar-MA`.
    pub language: String,
    /// Who answers for it.
    pub author: AtomAuthor,
    /// Its entries, newest first by custom; an empty feed is a sound one.
    pub entries: Vec<AtomEntry>,
}

/// Who answers for a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtomAuthor {
    /// The name of the authority.
    pub name: String,
    /// Its page.
    pub uri: Option<String>,
}

/// One CAP message in a feed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AtomEntry {
    /// A URI that never changes and names the message (not the alert it belongs to).
    pub id: String,
    /// The headline.
    pub title: String,
    /// When the message was sent, or the entry last changed.
    pub updated: CapTime,
    /// When the message was sent.
    pub published: CapTime,
    /// Where the whole CAP document is served.
    pub cap_link: String,
    /// The text, as far as it is to be shown in a list.
    pub summary: Option<String>,
    /// The size of the CAP document in bytes, where it is known; RSS tells it.
    pub cap_bytes: Option<u64>,
    /// What it is about: by [`AtomEntry::of`] the categories of CAP; a region may be added.
    pub categories: Vec<FeedCategory>,
}

/// A word by which entries of a feed can be told apart.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FeedCategory {
    /// The list that the word is of, as a URI.
    pub scheme: Option<String>,
    /// The word.
    pub term: String,
    /// The word for people.
    pub label: Option<String>,
}

impl FeedCategory {
    /// A category of CAP.
    pub fn of_cap(category: Category) -> FeedCategory {
        FeedCategory {
            scheme: Some(format!("{NAMESPACE}:category")),
            term: category.as_str().to_owned(),
            label: None,
        }
    }

    fn check(&self, at: &str, faults: &mut Faults) {
        faults.form(
            &format!("{at}.scheme"),
            self.scheme.as_deref(),
            Rule::BadUri,
        );
        faults.text(&format!("{at}.term"), &self.term);
        faults.optional(&format!("{at}.label"), self.label.as_deref());
    }

    fn write(&self, out: &mut XmlOut) {
        let mut attributes = vec![("term", self.term.as_str())];
        attributes.extend(self.scheme.as_deref().map(|scheme| ("scheme", scheme)));
        attributes.extend(self.label.as_deref().map(|label| ("label", label)));
        out.empty("category", &attributes);
    }
}

impl AtomEntry {
    /// The entry of a message in a language: headline (else event) as title, description as
    /// summary, its categories, `url` both as id and as link. None when the message has no info.
    pub fn of(alert: &Alert, url: &str, language: &str) -> Option<AtomEntry> {
        let info = alert.find_info(language).or(alert.info.first())?;
        Some(AtomEntry {
            id: url.to_owned(),
            title: info.headline.as_ref().unwrap_or(&info.event).clone(),
            updated: alert.sent,
            published: alert.sent,
            cap_link: url.to_owned(),
            summary: info.description.clone(),
            cap_bytes: None,
            categories: info
                .category
                .iter()
                .copied()
                .map(FeedCategory::of_cap)
                .collect(),
        })
    }
}

impl AtomFeed {
    /// The feed as XML.
    ///
    /// # Errors
    /// [`WriteError::Refused`] with every fault: texts that are blank or hold control characters,
    /// ids and links that are no absolute URIs, two entries of one id.
    pub fn to_xml(&self) -> Result<String, WriteError> {
        let faults = self.faults();
        if !faults.0.is_empty() {
            return Err(WriteError::Refused(faults.0));
        }
        let mut out = XmlOut::new();
        let attributes = [("xmlns", ATOM), ("xml:lang", self.language.as_str())];
        out.element("feed", &attributes, |out| {
            self.write_head(out);
            for entry in &self.entries {
                out.element("entry", &[], |out| entry.write(out));
            }
        });
        Ok(out.finish())
    }

    fn write_head(&self, out: &mut XmlOut) {
        out.leaf("id", &self.id);
        out.leaf("title", &self.title);
        out.leaf("updated", &self.updated.to_string());
        let link = [
            ("rel", "self"),
            ("type", FEED_CONTENT_TYPE),
            ("href", &self.self_link),
        ];
        out.empty("link", &link);
        out.element("author", &[], |out| {
            out.leaf("name", &self.author.name);
            out.optional("uri", self.author.uri.as_deref());
        });
    }

    fn faults(&self) -> Faults {
        let mut faults = Faults::default();
        faults.form("feed.id", Some(&self.id), Rule::BadUri);
        faults.text("feed.title", &self.title);
        faults.form("feed.self_link", Some(&self.self_link), Rule::BadUri);
        faults.form("feed.language", Some(&self.language), Rule::BadLanguage);
        faults.text("feed.author.name", &self.author.name);
        faults.form("feed.author.uri", self.author.uri.as_deref(), Rule::BadUri);
        let mut ids = HashSet::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let at = format!("entry[{index}]");
            entry.check(&at, &mut faults);
            if !ids.insert(&entry.id) {
                faults.add(&format!("{at}.id"), Rule::RepeatedId);
            }
        }
        faults
    }
}

impl AtomEntry {
    pub(crate) fn check(&self, at: &str, faults: &mut Faults) {
        faults.form(&format!("{at}.id"), Some(&self.id), Rule::BadUri);
        faults.text(&format!("{at}.title"), &self.title);
        faults.form(
            &format!("{at}.cap_link"),
            Some(&self.cap_link),
            Rule::BadUri,
        );
        faults.optional(&format!("{at}.summary"), self.summary.as_deref());
        for (index, category) in self.categories.iter().enumerate() {
            category.check(&format!("{at}.category[{index}]"), faults);
        }
    }

    fn write(&self, out: &mut XmlOut) {
        out.leaf("id", &self.id);
        out.leaf("title", &self.title);
        out.leaf("updated", &self.updated.to_string());
        out.leaf("published", &self.published.to_string());
        let link = [
            ("rel", "alternate"),
            ("type", CONTENT_TYPE),
            ("href", &self.cap_link),
        ];
        out.empty("link", &link);
        out.optional("summary", self.summary.as_deref());
        for category in &self.categories {
            category.write(out);
        }
    }
}
