//! Partners to whom people hand alerts: who they are, how they are reached, what they may hold and
//! under which law. Read from `partners.toml`. Not for: what is handed over (see `script`), nor
//! what becomes of a hand-over.

use crate::language::{Labels, LanguageTag};
use crate::{PackError, PackParts};
use serde::Deserialize;
use std::collections::BTreeSet;
use tifli_domain::Realm;
use tifli_domain::partner::Way;
use tifli_units::Minutes;

const FILE: &str = "partners.toml";
/// An authorization that begins so is invented: it counts in a demo or drill and never in a live house.
const INVENTED: &str = "DEMO-";

/// The whole of `partners.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct PartnerFile {
    pub desk: DeskContact,
    pub partner: Vec<Partner>,
}

/// How partners reach the desk: printed on what is handed over.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskContact {
    /// The desk's mail address.
    pub mail: String,
    /// The desk's telephone, as it is dialled.
    pub phone: String,
}

/// What sort of partner it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PartnerKind {
    /// A social platform that shows the alert to its own users.
    Platform,
    /// Radio, television, press agency.
    Media,
    /// Railways, airports, ports.
    Transport,
    /// A telephone operator.
    Telecom,
}

/// What a partner may be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Holds {
    /// The photo and the words.
    Picture,
    /// Words and a link to the live page; the photo only by written leave of the authority.
    Link,
}

/// Whether the house works with a partner.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Engagement {
    /// It does; the legal line stands.
    Enabled,
    /// It does not, or not yet.
    Disabled,
}

/// How long each step may take before somebody is reminded.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StepMinutes {
    /// From "prepared" to "submitted".
    pub hand: Minutes,
    /// From "submitted" to "seen live": then the room is paged.
    pub silence: Minutes,
    /// From the end of the alert to "withdrawal asked".
    pub ask: Minutes,
    /// From "withdrawal asked" to "seen withdrawn": then the room is paged.
    pub withdrawal: Minutes,
}

/// The ways to reach a partner; an empty one does not exist.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ways {
    /// Address of the partner's site.
    #[serde(default)]
    pub portal: String,
    /// Mail address.
    #[serde(default)]
    pub mail: String,
    /// Telephone, as it is dialled.
    #[serde(default)]
    pub phone: String,
}

/// Under which law personal data goes to a partner.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LegalLine {
    /// Who answers for the data there.
    pub controller: Labels,
    /// The country it goes to.
    pub destination: Labels,
    /// The legal basis.
    pub basis: Labels,
    /// Number of the data-protection authority's authorization.
    pub authorization: String,
}

/// A partner.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    /// Its code.
    pub id: String,
    /// What sort it is.
    pub kind: PartnerKind,
    /// What it is called.
    pub name: Labels,
    /// Whether the house works with it.
    pub engagement: Engagement,
    /// Whether every alert goes there, and the ceiling counts until it is seen live at the first of them.
    #[serde(default)]
    pub carrier: bool,
    /// Languages it takes, in order.
    pub languages: Vec<LanguageTag>,
    /// What it may be given.
    pub holds: Holds,
    /// The channel whose consent covers it.
    pub consent: String,
    /// How it is reached.
    pub ways: Ways,
    /// Time for each step.
    pub minutes: StepMinutes,
    /// The law.
    pub legal: Option<LegalLine>,
}

impl PartnerKind {
    /// The word pages and the API use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Platform => "platform",
            Self::Media => "media",
            Self::Transport => "transport",
            Self::Telecom => "telecom",
        }
    }
}

impl Holds {
    /// The word pages and the API use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Picture => "picture",
            Self::Link => "link",
        }
    }
}

impl LegalLine {
    /// Whether it counts in a house of this realm: an invented authorization never does in a live one.
    pub fn counts_in(&self, realm: Realm) -> bool {
        realm != Realm::Live || !self.authorization.starts_with(INVENTED)
    }

    /// Its words, each in several languages.
    pub(crate) fn words(&self) -> [&Labels; 3] {
        [&self.controller, &self.destination, &self.basis]
    }
}

impl Partner {
    /// Whether a house of this realm may hand anything to it: enabled, with a legal line whose
    /// authorization is not an invented one where the house is live.
    pub fn may_be_used(&self, realm: Realm) -> bool {
        let authorized = |legal: &LegalLine| legal.counts_in(realm);
        self.engagement == Engagement::Enabled && self.legal.as_ref().is_some_and(authorized)
    }

    /// The ways by which it is reached, each with its address.
    pub fn reached_by(&self) -> Vec<(Way, &str)> {
        [
            (Way::Portal, self.ways.portal.as_str()),
            (Way::Mail, self.ways.mail.as_str()),
            (Way::Phone, self.ways.phone.as_str()),
        ]
        .into_iter()
        .filter(|(_, address)| !address.is_empty())
        .collect()
    }
}

/// Reads and checks the partners of a pack that speaks these languages.
pub(crate) fn read(
    parts: &PackParts,
    labels: &BTreeSet<LanguageTag>,
    spoken: &[LanguageTag],
) -> Result<PartnerFile, PackError> {
    let file: PartnerFile = parts.toml(FILE)?;
    if file.desk.mail.is_empty() || file.desk.phone.is_empty() {
        return Err(PackError::rule(FILE, "the desk has no mail or no phone"));
    }
    let mut seen = BTreeSet::new();
    for partner in &file.partner {
        if partner.id.is_empty() || !seen.insert(partner.id.as_str()) {
            return refuse(partner, "the code is empty or stands twice");
        }
        check(partner, labels, spoken)?;
    }
    Ok(file)
}

fn check(
    partner: &Partner,
    labels: &BTreeSet<LanguageTag>,
    spoken: &[LanguageTag],
) -> Result<(), PackError> {
    if !partner
        .id
        .bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    {
        return refuse(partner, "a code is lower-case letters, digits and _");
    }
    if partner.engagement == Engagement::Enabled && partner.legal.is_none() {
        return refuse(
            partner,
            "a partner without its legal line cannot be enabled",
        );
    }
    let legal = partner.legal.as_ref();
    let named = legal.into_iter().flat_map(LegalLine::words);
    let mut all = named.chain([&partner.name]);
    if all.any(|words| labels.iter().any(|l| words.find(*l).is_none())) {
        return refuse(partner, "its words are not there in every language");
    }
    if legal.is_some_and(|l| l.authorization.trim().is_empty()) {
        return refuse(partner, "its legal line has no authorization number");
    }
    if partner.languages.is_empty() || partner.languages.iter().any(|l| !spoken.contains(l)) {
        return refuse(partner, "it takes no language, or one that no alert is in");
    }
    if partner.reached_by().is_empty() {
        return refuse(partner, "there is no way to reach it");
    }
    let m = partner.minutes;
    let minutes = [m.hand, m.silence, m.ask, m.withdrawal];
    if minutes.iter().any(|m| m.0 == 0 || m.0 > 24 * 60) {
        return refuse(partner, "a step takes 1 minute to 24 hours");
    }
    if partner.consent.is_empty() {
        return refuse(partner, "no consent is named that covers it");
    }
    Ok(())
}

fn refuse<T>(partner: &Partner, problem: &str) -> Result<T, PackError> {
    Err(PackError::rule(
        format!("{FILE}: partner.{}", partner.id),
        problem,
    ))
}
