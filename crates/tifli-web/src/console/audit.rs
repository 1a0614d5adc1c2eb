//! The audit trail: who did or read what, in pages, and whether the chain holds. Entries hold identifiers only.

use askama::Template;
use jiff::Timestamp;

use crate::layout::Shell;

/// One entry of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditRow {
    /// Number in the chain.
    pub seq: u64,
    /// When.
    pub at: Timestamp,
    /// Who, with unit; `None` is the system.
    pub by: Option<String>,
    /// What was done, in words of the page's language.
    pub act: String,
    /// To what: identifiers.
    pub object: String,
    /// First characters of the entry's hash.
    pub hash: String,
}

/// What a verification found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// Not asked.
    None,
    /// Every entry agrees with the one before.
    Whole {
        /// Entries.
        entries: u64,
        /// First characters of the last hash.
        head: String,
    },
    /// Broken.
    Broken {
        /// First entry that does not agree.
        at: u64,
    },
}

/// `GET /console/audit?before=&q=`; `POST /console/audit/verify`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/audit.html")]
pub struct AuditPage {
    /// Frame.
    pub shell: Shell,
    /// An identifier or a login searched for; empty shows all.
    pub query: String,
    /// Newest first.
    pub entries: Vec<AuditRow>,
    /// Entries there are.
    pub total: u64,
    /// Address of newer entries.
    pub newer: Option<String>,
    /// Address of older entries.
    pub older: Option<String>,
    /// What a verification found.
    pub verdict: Verdict,
}
