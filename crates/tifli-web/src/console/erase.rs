//! Erasing a case: what goes, what stays, two people, and the proof afterwards.

use askama::Template;
use jiff::Timestamp;

use crate::forms::FormErrors;
use crate::layout::Shell;

/// How many things of each kind a case holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct EraseCounts {
    /// Answers of the report.
    pub answers: u64,
    /// Photos, with all their renditions.
    pub photos: u64,
    /// Alert texts.
    pub messages: u64,
    /// Tips with their dialogues.
    pub tips: u64,
    /// Audit entries, which stay: they hold no personal data.
    pub audit_entries: u64,
}

impl EraseCounts {
    /// What goes, as words and counts.
    #[must_use]
    pub fn gone(&self) -> [(&'static str, u64); 4] {
        [
            ("answers", self.answers),
            ("photos", self.photos),
            ("messages", self.messages),
            ("tips", self.tips),
        ]
    }
}

/// Why a case cannot be erased now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotYet {
    /// An alert is live or its recall is not complete.
    NotEnded,
    /// So many tips have not been looked at.
    TipsWaiting(u64),
    /// Something else, in a sentence.
    Said(String),
}

/// `GET|POST /console/cases/{id}/erase`: field `reason`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/erase.html")]
pub struct EraseRequest {
    /// Frame.
    pub shell: Shell,
    /// Identifier of the case.
    pub case: String,
    /// Its number.
    pub number: String,
    /// What it holds.
    pub counts: EraseCounts,
    /// Days a backup of the keys lives at most.
    pub key_backup_days: u32,
    /// Why it cannot be asked for now.
    pub not_yet: Option<NotYet>,
    /// Reason as typed.
    pub reason: String,
    /// What is wrong.
    pub errors: FormErrors,
}

/// `GET|POST /console/erasures/{id}`: the second person; field `number` repeats the case's number, button `decision`:
/// `erase` or `decline`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/erase_confirm.html")]
pub struct EraseConfirm {
    /// Frame.
    pub shell: Shell,
    /// Identifier of the request.
    pub erasure: String,
    /// Number of the case.
    pub number: String,
    /// Who asked, with unit.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why.
    pub reason: String,
    /// What it holds.
    pub counts: EraseCounts,
    /// Days a backup of the keys lives at most.
    pub key_backup_days: u32,
    /// Whether the signed-in person asked for it and so cannot confirm.
    pub own: bool,
    /// The number as typed.
    pub typed: String,
    /// What is wrong.
    pub errors: FormErrors,
}

/// `GET /console/erasures/{id}` once done.
#[derive(Debug, Clone, Template)]
#[template(path = "console/erase_done.html")]
pub struct EraseDone {
    /// Frame.
    pub shell: Shell,
    /// Number of the case.
    pub number: String,
    /// When.
    pub at: Timestamp,
    /// The two people, with units.
    pub people: (String, String),
    /// What went.
    pub counts: EraseCounts,
    /// Whether the audit chain still verifies, and over how many entries.
    pub chain: Result<u64, u64>,
    /// Day until which a backup of the keys may still exist.
    pub keys_gone_by: Timestamp,
}
