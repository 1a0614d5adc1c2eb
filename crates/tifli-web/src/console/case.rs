//! One case: where it stands, its clocks, its file, its alerts and tips, and everything that was done to it.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::alert::{AlertState, EndReason, VersionState};
use tifli_domain::case::CaseState;
use tifli_domain::intake::{Consent, Field, Section, Sex};
use tifli_domain::permission::Act;
use tifli_domain::tip::TipState;

use super::cases::NextStep;
use super::obstacles::Obstacle;
use super::report::{OtherSaid, ReportPhoto, visibility_word};
use crate::layout::Shell;

/// What the signed-in person may do on the page now; the handler leaves out what role or state forbids.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseAction {
    /// Go on with the report, or correct it.
    EditReport,
    /// Start an alert.
    DraftAlert,
    /// Start the next version of the live alert.
    UpdateAlert,
    /// Go on with the draft of this alert.
    OpenDraft(String),
    /// Decide about this alert.
    Decide(String),
    /// See how this alert is delivered.
    Deliveries(String),
    /// End this alert at once.
    End(String),
    /// Confirm why this alert ended.
    ConfirmEnd(String),
    /// Close the file.
    Close,
    /// Ask for the file to be erased.
    AskErasure,
    /// Sign this erasure as the second person.
    ConfirmErasure(String),
}

/// A page of the case beside this one; the handler leaves out what the role may not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CaseSection {
    /// Offers to other districts.
    Transfer,
    /// What the family is told, and what it wrote.
    Family,
    /// What somebody must do, and by when.
    Duties,
    /// What lies between found and closed, holds, episodes.
    Closing,
    /// The partners its newest alert is handed to.
    Partners,
    /// Whether and how it may be public.
    Qualification,
    /// What is printed, asked for, and consented to.
    Papers,
    /// What the security services were sent, and who acknowledged it.
    Bulletin,
    /// Places to check.
    Places,
    /// Where units looked and found nothing.
    Searches,
    /// The lists of people and places.
    Lists,
    /// Sealed answers, opened for a reason.
    Sealed,
}

impl CaseSection {
    /// Every section, in the order of the row of links.
    pub const ALL: &'static [Self] = &[
        Self::Bulletin,
        Self::Qualification,
        Self::Papers,
        Self::Lists,
        Self::Places,
        Self::Searches,
        Self::Sealed,
        Self::Family,
        Self::Partners,
        Self::Transfer,
        Self::Closing,
        Self::Duties,
    ];

    /// What a person must be permitted to do in the case's district to open it.
    #[must_use]
    pub const fn act(self) -> Act {
        match self {
            Self::Transfer => Act::MoveCase,
            Self::Family => Act::ReadCase,
            Self::Duties => Act::ReadBoard,
            Self::Closing => Act::ReadCase,
            Self::Partners => Act::WorkPartnerDesk,
            Self::Qualification => Act::ReadCase,
            Self::Papers => Act::ReadCase,
            Self::Bulletin => Act::ReadBulletins,
            Self::Places | Self::Searches | Self::Lists => Act::ReadCase,
            Self::Sealed => Act::OpenSealed,
        }
    }

    /// The last part of its address, and of the key of its label.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Transfer => "transfer",
            Self::Family => "family",
            Self::Duties => "duties",
            Self::Closing => "closing",
            Self::Partners => "partners",
            Self::Qualification => "qualification",
            Self::Papers => "papers",
            Self::Bulletin => "bulletin",
            Self::Places => "places",
            Self::Searches => "searches",
            Self::Lists => "lists",
            Self::Sealed => "sealed",
        }
    }
}

/// One moment of the case.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClockRow {
    /// `started`, `received`, `submitted`, `published`, `seen_live`, `ended` or `dark`.
    pub word: &'static str,
    /// When it happened, if it did.
    pub at: Option<Timestamp>,
    /// Seconds since the row before, if both happened.
    pub after: Option<i64>,
}

impl ClockRow {
    /// The seven rows from moments in order; `None` where something has not happened.
    #[must_use]
    pub fn list(moments: [Option<Timestamp>; 7]) -> Vec<Self> {
        let words = [
            "started",
            "received",
            "submitted",
            "published",
            "seen_live",
            "ended",
            "dark",
        ];
        let mut before: Option<Timestamp> = None;
        let mut rows = Vec::with_capacity(words.len());
        for (word, at) in words.into_iter().zip(moments) {
            let after = at
                .zip(before)
                .map(|(at, before)| at.as_second() - before.as_second());
            rows.push(Self { word, at, after });
            before = at.or(before);
        }
        rows
    }
}

/// One answer of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileRow {
    /// Which question.
    pub field: Field,
    /// The answer as people read it: labels of codes, dates in words.
    pub value: String,
    /// What other people of the case said to the same question.
    pub others: Vec<OtherSaid>,
}

impl FileRow {
    /// The word of who may see it.
    #[must_use]
    pub fn visibility(&self) -> &'static str {
        visibility_word(self.field.visibility())
    }
}

/// Answers of one section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileGroup {
    /// Which section.
    pub section: Section,
    /// Its answers, without the empty ones.
    pub rows: Vec<FileRow>,
}

impl FileGroup {
    /// The word of the section.
    #[must_use]
    pub fn word(&self) -> &'static str {
        self.section.as_str()
    }
}

/// One version of an alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRow {
    /// Its number.
    pub version: u32,
    /// Where it stands.
    pub state: VersionState,
    /// Who wrote it, with unit.
    pub author: String,
    /// Who decided, with unit.
    pub decided_by: Option<String>,
    /// When the state was reached.
    pub at: Timestamp,
    /// Why it was returned or refused.
    pub reason: Option<String>,
    /// Subscribers counted inside.
    pub subscribers: u64,
}

/// One alert of the case with its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertRow {
    /// Identifier.
    pub id: String,
    /// Where it stands.
    pub state: AlertState,
    /// Public code, once it was live.
    pub code: Option<String>,
    /// When it ends or ended by the clock.
    pub expires: Option<Timestamp>,
    /// Why it ended.
    pub reason: Option<EndReason>,
    /// Its versions, newest first.
    pub versions: Vec<VersionRow>,
}

impl AlertRow {
    /// Style of the state's badge.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        match self.state {
            AlertState::Live => "good",
            AlertState::Ended => "warn",
            AlertState::Preparing => "amber",
            AlertState::Confirmed | AlertState::Refused => "",
        }
    }
}

/// One tip of the case, without its words: those are read on its own page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseTip {
    /// Identifier.
    pub id: String,
    /// Where it stands.
    pub state: TipState,
    /// When it came.
    pub received: Timestamp,
    /// Place, as told or as linked.
    pub place: String,
    /// Whether a photo came with it.
    pub photo: bool,
}

/// One entry of the timeline.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TimelineEntry {
    /// When.
    pub at: Timestamp,
    /// Who, with unit; `None` is the clock or a channel.
    pub by: Option<String>,
    /// What was done, a sentence in the page's language.
    pub words: String,
    /// `good`, `warn` or empty.
    pub tone: &'static str,
}

/// Where a case comes from: a venue, a found child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OriginRow {
    /// Its page; `None` where this person may not open it.
    pub href: Option<String>,
    /// In words.
    pub words: String,
}

/// `GET /console/cases/{id}`. Actions post to `/console/cases/{id}/alerts` and `/console/cases/{id}/close`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/case.html")]
pub struct CasePage {
    /// Frame.
    pub shell: Shell,
    /// When the page was made.
    pub now: Timestamp,
    /// Identifier.
    pub id: String,
    /// The number people say.
    pub number: String,
    /// First name.
    pub child: String,
    /// Age in whole years.
    pub age: Option<i64>,
    /// Girl, boy, unknown.
    pub sex: Sex,
    /// District, in the page's language.
    pub district: String,
    /// State.
    pub state: CaseState,
    /// Consent to publish.
    pub consent: Consent,
    /// What comes next.
    pub next: NextStep,
    /// End of the 24 hours; `None` when nothing counts down.
    pub deadline: Option<Timestamp>,
    /// The moments, from [`ClockRow::list`].
    pub clocks: Vec<ClockRow>,
    /// The file; empty when this person may not read it.
    pub file: Vec<FileGroup>,
    /// Photos.
    pub photos: Vec<ReportPhoto>,
    /// Alerts, newest first.
    pub alerts: Vec<AlertRow>,
    /// Tips, newest first; `None` when this person does not see tips.
    pub tips: Option<Vec<CaseTip>>,
    /// What was done, newest first.
    pub timeline: Vec<TimelineEntry>,
    /// What stands in the way of publishing it; empty when nothing does, or when it is not to be published any more.
    pub obstacles: Vec<Obstacle>,
    /// What may be done now.
    pub actions: Vec<CaseAction>,
    /// The pages of the case beside this one.
    pub sections: Vec<CaseSection>,
    /// Where the case comes from; most come from nowhere else.
    pub origins: Vec<OriginRow>,
}

impl CasePage {
    /// Style of the state's badge.
    #[must_use]
    pub fn tone(&self) -> &'static str {
        super::cases::tone(self.state)
    }

    /// The word of the consent.
    #[must_use]
    pub fn consent_word(&self) -> &'static str {
        consent_word(self.consent)
    }

    /// The word of the sex.
    #[must_use]
    pub fn sex_word(&self) -> &'static str {
        match self.sex {
            Sex::Girl => "girl",
            Sex::Boy => "boy",
            Sex::Unknown => "unknown",
        }
    }
}

/// The word of a consent.
#[must_use]
pub fn consent_word(consent: Consent) -> &'static str {
    match consent {
        Consent::Given => "given",
        Consent::Refused => "refused",
        Consent::Unknown => "unknown",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_counts_from_the_last_moment_that_happened() {
        let at = |second| Some(Timestamp::from_second(second).expect("in range"));
        let rows = ClockRow::list([at(0), at(60), None, at(180), None, None, None]);
        assert_eq!(
            rows.iter().map(|row| row.after).collect::<Vec<_>>(),
            [None, Some(60), None, Some(120), None, None, None]
        );
    }
}
