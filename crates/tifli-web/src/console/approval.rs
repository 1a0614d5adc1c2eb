//! The approver's screen: exactly what the public would see, how many it would disturb, on whose consent, and what is
//! bound by saying yes. The decision itself is the domain's.
//!
//! `POST /console/alerts/{id}/approval` with `csrf`, the hidden `binding` (JSON), `reason`, optionally `password`, `untargeted`, `loudness`,
//! `confirmed` with `confirm_reason`, `rung`, and the button `decision`: `approve`, `return`, `rung` or `refuse`.

use askama::Template;
use jiff::Timestamp;
use tifli_domain::qualify::Rung;

use super::draft::{PublicPreview, Reach};
use super::obstacles::Obstacle;
use super::weighing::{Change, SentPreview, Weighing};
use crate::forms::FormErrors;
use crate::layout::Shell;
use crate::public::MapSvg;

/// Whether approving is offered, and why not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Offer {
    /// It is.
    Open,
    /// Something stands in the way of any publication.
    Blocked,
    /// The signed-in person wrote it.
    OwnDraft,
    /// Somebody of the signed-in person's unit wrote it.
    OwnUnit,
    /// The validity asked for has run out.
    Expired,
    /// It was changed or decided meanwhile.
    Stale,
    /// This role only reads.
    NotYours,
}

impl Offer {
    /// The word its explanation is kept under; empty when approving is offered.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Open => "",
            Self::Blocked => "blocked",
            Self::OwnDraft => "own-draft",
            Self::OwnUnit => "own-unit",
            Self::Expired => "expired",
            Self::Stale => "stale",
            Self::NotYours => "not-yours",
        }
    }

    /// Whether the alert can be sent back or refused.
    #[must_use]
    pub const fn may_turn_down(self) -> bool {
        matches!(
            self,
            Self::Open | Self::OwnUnit | Self::Blocked | Self::Expired
        )
    }
}

/// What an approval binds, sent back hidden so that anything else is refused as stale.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeenBinding {
    /// All of it, as the form sends it back.
    pub json: String,
    /// SHA-256 of the frozen bytes, hexadecimal.
    pub message_hash: String,
    /// SHA-256 of the canonical area, hexadecimal.
    pub area_hash: String,
    /// Subscribers inside.
    pub count: u64,
    /// Subscription sequence of the count.
    pub at_seq: i64,
}

/// The channels that reach whoever reads them, wherever they are: named by the approver together, in one act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Untargeted {
    /// Their words, with commas between.
    pub value: String,
    /// Their names, in the page's language.
    pub names: Vec<String>,
    /// Whether the approver named them.
    pub named: bool,
}

/// What the message does not meet of the profile of partners' systems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileLine {
    /// The profile, in the page's language.
    pub profile: String,
    /// Whether systems of this profile are not sent it.
    pub withholds: bool,
    /// The rule, in the page's language.
    pub words: String,
    /// The element.
    pub at: String,
}

/// On what consent an alert rests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConsentLine {
    /// Whether it is given.
    pub given: bool,
    /// Who gave it and before whom, as recorded.
    pub by: String,
    /// When it was recorded.
    pub at: Option<Timestamp>,
}

/// The part of the area that lies in a neighboring country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AbroadLine {
    /// The country, in the page's language.
    pub country: String,
    /// Whole square kilometres.
    pub square_km: u64,
    /// Of the whole area, in percent.
    pub percent: u32,
}

/// `GET|POST /console/alerts/{id}/approval`.
#[derive(Debug, Clone, Template)]
#[template(path = "console/approval.html")]
pub struct ApprovalPage {
    /// Frame.
    pub shell: Shell,
    /// When the page was made.
    pub now: Timestamp,
    /// Identifier of the alert.
    pub alert: String,
    /// Identifier of the case.
    pub case: String,
    /// Number of the case.
    pub number: String,
    /// First name.
    pub child: String,
    /// Age in whole years.
    pub age: Option<i64>,
    /// Version; above 1 it updates a live alert.
    pub version: u32,
    /// The public pages by language.
    pub previews: Vec<PublicPreview>,
    /// Where.
    pub map: Option<MapSvg>,
    /// How many.
    pub reach: Reach,
    /// What stands in the way of sending it out.
    pub obstacles: Vec<Obstacle>,
    /// The rung it is held to.
    pub rung: Rung,
    /// The parts of the area across each border.
    pub abroad: Vec<AbroadLine>,
    /// The consent.
    pub consent: ConsentLine,
    /// What changed since the version before; empty for the first.
    pub changes: Vec<Change>,
    /// Who submitted it, with unit.
    pub author: String,
    /// When.
    pub submitted: Timestamp,
    /// End of the 24 hours.
    pub deadline: Option<Timestamp>,
    /// When the alert would end by the clock.
    pub expires: Timestamp,
    /// Names of the channels, in the page's language.
    pub channels: Vec<String>,
    /// Channels that cannot be limited to the area; nothing where all can.
    pub untargeted: Option<Untargeted>,
    /// What each channel will send.
    pub sent: Vec<SentPreview>,
    /// Warnings, attention, loudness, criteria and the rungs to propose.
    pub weighing: Weighing,
    /// What it does not meet of the profiles of partners' systems.
    pub profile_findings: Vec<ProfileLine>,
    /// What approving binds.
    pub binding: SeenBinding,
    /// Whether approving is offered.
    pub offer: Offer,
    /// Whether the password is asked again.
    pub ask_password: bool,
    /// The reason as typed.
    pub reason: String,
    /// What is wrong: `reason`, `password` or `decision`.
    pub errors: FormErrors,
}
