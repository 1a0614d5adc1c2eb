//! An Atom feed (RFC 4287) of CAP messages, one feed for each language.
//!
//! For: publishing messages the way the OASIS note "CAP Feeds" asks: one entry a message, its id
//! the stable URI of the message, its link the whole CAP document. Not for: reading feeds.

use std::collections::HashSet;

use crate::CONTENT_TYPE;
use crate::check::{Faults, Rule};
use crate::model::Alert;
use crate::time::CapTime;
use crate::write::WriteError;
use crate::xml::XmlOut;

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
}

impl AtomEntry {
    /// The entry of a message in a language: headline (else event) as title, description as
    /// summary, `url` both as id and as link. None when the message has no info.
    pub fn of(alert: &Alert, url: &str, language: &str) -> Option<AtomEntry> {
        let info = alert.find_info(language).or(alert.info.first())?;
        Some(AtomEntry {
            id: url.to_owned(),
            title: info.headline.as_ref().unwrap_or(&info.event).clone(),
            updated: alert.sent,
            published: alert.sent,
            cap_link: url.to_owned(),
            summary: info.description.clone(),
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
    fn check(&self, at: &str, faults: &mut Faults) {
        faults.form(&format!("{at}.id"), Some(&self.id), Rule::BadUri);
        faults.text(&format!("{at}.title"), &self.title);
        faults.form(
            &format!("{at}.cap_link"),
            Some(&self.cap_link),
            Rule::BadUri,
        );
        faults.optional(&format!("{at}.summary"), self.summary.as_deref());
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
    }
}
