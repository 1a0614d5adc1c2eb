//! An RSS 2.0 feed of CAP messages, one feed for each language, of the same entries as Atom.
//!
//! For: readers that know no Atom. Not for: reading feeds.
//!
//! Source: RSS 2.0 of the RSS Advisory Board, and its Best Practices Profile.

use std::collections::HashSet;

use crate::CONTENT_TYPE;
use crate::atom::{AtomEntry, AtomFeed, FeedCategory};
use crate::check::{Faults, Rule};
use crate::time::CapTime;
use crate::write::WriteError;
use crate::xml::XmlOut;

/// The media type under which an RSS feed is served.
pub const RSS_CONTENT_TYPE: &str = "application/rss+xml";

const ATOM: &str = "http://www.w3.org/2005/Atom";

/// A feed in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RssFeed {
    /// Its title, for people.
    pub title: String,
    /// The page that the feed belongs to.
    pub link: String,
    /// What the feed is, for people.
    pub description: String,
    /// The language of its words, such as `ar-MA`.
    pub language: String,
    /// When it last changed in a way that matters.
    pub updated: CapTime,
    /// Where the feed itself is served.
    pub self_link: String,
    /// Its entries, newest first by custom.
    pub entries: Vec<AtomEntry>,
}

impl RssFeed {
    /// The same feed as this one of Atom, belonging to a page.
    pub fn of(atom: &AtomFeed, link: impl Into<String>, self_link: impl Into<String>) -> RssFeed {
        RssFeed {
            title: atom.title.clone(),
            link: link.into(),
            description: atom.author.name.clone(),
            language: atom.language.clone(),
            updated: atom.updated,
            self_link: self_link.into(),
            entries: atom.entries.clone(),
        }
    }

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
        let attributes = [("version", "2.0"), ("xmlns:atom", ATOM)];
        out.element("rss", &attributes, |out| {
            out.element("channel", &[], |out| {
                self.write_head(out);
                for entry in &self.entries {
                    out.element("item", &[], |out| write_item(entry, out));
                }
            });
        });
        Ok(out.finish())
    }

    fn write_head(&self, out: &mut XmlOut) {
        out.leaf("title", &self.title);
        out.leaf("link", &self.link);
        out.leaf("description", &self.description);
        out.leaf("language", &self.language);
        out.leaf("lastBuildDate", &rfc_822(self.updated));
        let link = [
            ("rel", "self"),
            ("type", RSS_CONTENT_TYPE),
            ("href", &self.self_link),
        ];
        out.empty("atom:link", &link);
    }

    fn faults(&self) -> Faults {
        let mut faults = Faults::default();
        faults.text("channel.title", &self.title);
        faults.form("channel.link", Some(&self.link), Rule::BadUri);
        faults.text("channel.description", &self.description);
        faults.form("channel.language", Some(&self.language), Rule::BadLanguage);
        faults.form("channel.self_link", Some(&self.self_link), Rule::BadUri);
        let mut ids = HashSet::new();
        for (index, entry) in self.entries.iter().enumerate() {
            let at = format!("item[{index}]");
            entry.check(&at, &mut faults);
            if !ids.insert(&entry.id) {
                faults.add(&format!("{at}.id"), Rule::RepeatedId);
            }
        }
        faults
    }
}

fn write_item(entry: &AtomEntry, out: &mut XmlOut) {
    out.leaf("title", &entry.title);
    out.leaf("link", &entry.cap_link);
    let description = entry.summary.as_deref().map(as_html);
    out.optional("description", description.as_deref());
    let permanent = entry.id.starts_with("https://") || entry.id.starts_with("http://");
    let is_link = if permanent { "true" } else { "false" };
    out.text_element("guid", &[("isPermaLink", is_link)], &entry.id);
    out.leaf("pubDate", &rfc_822(entry.published));
    for FeedCategory { scheme, term, .. } in &entry.categories {
        let domain = scheme.as_deref().map(|scheme| ("domain", scheme));
        out.text_element("category", domain.as_slice(), term);
    }
    // RSS wants the length; where it is not known, 0 stands for it by custom.
    let length = entry.cap_bytes.unwrap_or(0).to_string();
    let file = [
        ("url", entry.cap_link.as_str()),
        ("length", &length),
        ("type", CONTENT_TYPE),
    ];
    out.empty("enclosure", &file);
}

/// A plain text as RSS wants a description: HTML. Without this, a reader would take what stands between
/// two angle brackets of the text for markup.
fn as_html(text: &str) -> String {
    let text = text.replace('&', "&amp;");
    text.replace('<', "&lt;").replace('>', "&gt;")
}

/// The time as RSS writes it: `Sun, 22 Nov 2026 09:30:00 +0100`.
fn rfc_822(time: CapTime) -> String {
    let local = time.offset().to_datetime(time.timestamp());
    let minutes = time.offset().seconds() / 60;
    let sign = if minutes < 0 { '-' } else { '+' };
    format!(
        "{} {sign}{:02}{:02}",
        local.strftime("%a, %d %b %Y %H:%M:%S"),
        minutes.abs() / 60,
        minutes.abs() % 60
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_those_of_rfc_822_with_four_digits_of_the_year() {
        for (cap, rss) in [
            (
                "2026-11-22T09:30:00+01:00",
                "Sun, 22 Nov 2026 09:30:00 +0100",
            ),
            (
                "2003-06-11T20:56:00-07:30",
                "Wed, 11 Jun 2003 20:56:00 -0730",
            ),
            (
                "2026-01-01T00:00:00-00:00",
                "Thu, 01 Jan 2026 00:00:00 +0000",
            ),
        ] {
            assert_eq!(rfc_822(cap.parse().unwrap()), rss);
        }
    }
    #[test]
    fn a_description_is_html_that_shows_the_text_as_it_is() {
        let text = "<img src=x onerror=alert(1)> 5 < 7 & 9";
        let html = "&lt;img src=x onerror=alert(1)&gt; 5 &lt; 7 &amp; 9";
        assert_eq!(as_html(text), html);
    }
}
