//! The file for the data-protection authority: its papers, the channels with their legal lines, the classes of retention.

use askama::Template;

use crate::dataprot::{Document, Facts};
use crate::i18n::Locale;
use crate::layout::Shell;

/// `GET /console/data-protection`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/data_protection.html")]
pub struct DataProtectionPage {
    /// Frame.
    pub shell: Shell,
    /// What the system knows of itself.
    pub facts: Facts,
}

impl DataProtectionPage {
    /// The papers.
    #[must_use]
    pub fn documents(&self) -> [&'static str; 3] {
        Document::ALL.map(Document::as_str)
    }

    /// The languages of the papers: tag and own name.
    #[must_use]
    pub fn languages(&self) -> [(&'static str, &'static str); 3] {
        Locale::ALL.map(|locale| (locale.tag(), locale.own_name()))
    }
}
