//! What single networks and countries ask of CAP beyond OASIS, as data: codes to add, texts and
//! their lengths, and demands to hold a message against.
//!
//! For: writing one alert for several takers, and `tifli cap check --profile`. Not for: which
//! network is served (configuration says so), or what CAP itself asks.

mod apply;
mod demands;
mod gsm7;
mod tables;

pub use apply::ProfileError;

use crate::finding::{Finding, FindingSeverity};
use crate::model::{Alert, Geocode};

/// The wishes of a network or country, in a table.
#[derive(Debug)]
pub struct Profile {
    /// The name by which it is asked for, such as `ipaws`.
    pub name: &'static str,
    /// The `code` that names the profile in a message.
    pub(crate) code: Option<&'static str>,
    /// How such codes begin in any version of the profile.
    pub(crate) code_start: &'static str,
    /// The codes of events, each with its system; the first of a system is the one to write.
    pub(crate) event_codes: &'static [(Event, &'static str, &'static str)],
    /// The system of event codes that must be used.
    pub(crate) event_system: Option<&'static str>,
    /// The system of area codes that is understood; none means any.
    pub(crate) geocode_system: Option<&'static str>,
    /// How codes of that system are made up, in digits.
    pub(crate) geocode_digits: Option<usize>,
    /// Parameters for short texts: name and most GSM-7 characters.
    pub(crate) short: Option<TextRule>,
    /// The same for longer texts.
    pub(crate) long: Option<TextRule>,
    /// The parameter that names the originator.
    pub(crate) originator: Option<&'static str>,
    /// The parameter that keeps a message out of a channel.
    pub(crate) blocking: Option<&'static str>,
    /// What a message must do, and what it should.
    pub(crate) demands: &'static [(FindingSeverity, Demand)],
}

/// A parameter that carries a text of GSM-7 characters only.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TextRule {
    pub(crate) parameter: &'static str,
    pub(crate) most: usize,
}

/// What a profile may ask of a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Demand {
    /// The `code` that names the profile.
    Code,
    /// References in an Update or Cancel.
    References,
    /// An `info`, except in an Ack or Error.
    Info,
    /// Times that name an offset other than that of UTC.
    Offset,
    /// The same categories in every `info`.
    SameCategory,
    /// The same event codes in every `info`.
    SameEventCode,
    /// The same event in every `info` of a language.
    SameEvent,
    /// Exactly one event code of the profile's system, of this many characters.
    OneEventCode(usize),
    /// An event code of the profile's system.
    EventCode,
    /// An expiry.
    Expires,
    /// An expiry at most this many hours after the message was sent.
    ExpiresWithin(i64),
    /// No `effective` and no `onset`, which the network ignores.
    NoStart,
    /// An area.
    Area,
    /// In every area a polygon, a circle or a code.
    AreaPlaced,
    /// In some area a polygon or a circle.
    AreaShaped,
    /// In every area a code of the profile's system.
    AreaCoded,
    /// A radius above 0.
    Radius,
    /// A description.
    Description,
    /// An instruction.
    Instruction,
    /// A page.
    Web,
    /// A contact.
    Contact,
    /// The name of the authority.
    SenderName,
    /// A response type.
    ResponseType,
    /// Urgency, severity and certainty other than Unknown.
    Known,
    /// A headline of at most this many characters.
    Headline(usize),
    /// Headline, description and instruction that are not the same.
    Distinct,
    /// Short texts within their bounds and of GSM-7 characters.
    ShortTexts,
    /// A block in each of these languages.
    Languages(&'static [&'static str]),
}

/// What kind of case a message is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// A child was taken.
    ChildAbduction,
    /// Somebody is missing.
    MissingPerson,
}

/// What a profile needs to know besides the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The kind of case.
    pub event: Event,
    /// The originator in the words of the network, such as `CIV`.
    pub originator: Option<String>,
    /// Short texts, one for each language that has them.
    pub texts: Vec<ShortText>,
    /// Codes of the area, of whatever systems; each profile takes its own.
    pub geocodes: Vec<Geocode>,
    /// Channels of the network that must not carry the message, such as `EAS`.
    pub blocked: Vec<String>,
}

/// The texts of one language for phones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShortText {
    /// The language, as in the `info`.
    pub language: String,
    /// The short one (90 characters for IPAWS).
    pub short: Option<String>,
    /// The longer one (360 characters for IPAWS).
    pub long: Option<String>,
}

impl Facts {
    /// The facts of an event, with nothing else known.
    pub fn new(event: Event) -> Facts {
        Facts {
            event,
            originator: None,
            texts: Vec::new(),
            geocodes: Vec::new(),
            blocked: Vec::new(),
        }
    }
}

impl Profile {
    /// CAP as OASIS has it, with the codes of the OASIS list of event terms.
    pub const OASIS: &'static Profile = &tables::OASIS;
    /// The public alert and warning system of the United States.
    pub const IPAWS: &'static Profile = &tables::IPAWS;
    /// The checker of Google Public Alerts.
    pub const GOOGLE: &'static Profile = &tables::GOOGLE;
    /// The Canadian profile.
    pub const CAP_CP: &'static Profile = &tables::CAP_CP;
    /// All of them.
    pub const ALL: [&'static Profile; 4] = [
        Profile::OASIS,
        Profile::IPAWS,
        Profile::GOOGLE,
        Profile::CAP_CP,
    ];

    /// The profile of this name.
    pub fn find(name: &str) -> Option<&'static Profile> {
        Profile::ALL
            .into_iter()
            .find(|profile| profile.name == name)
    }

    /// What the message breaks of the profile's demands (errors) and advice (warnings).
    pub fn check(&self, alert: &Alert) -> Vec<Finding> {
        demands::check(self, alert)
    }

    /// The message with everything added that the profile wants and the facts can give: its code,
    /// event codes, parameters and area codes. What is there already stays.
    ///
    /// # Errors
    /// A short text is too long or not of GSM-7 characters, an event code contradicts the facts,
    /// or a demand of the profile remains unmet.
    pub fn apply(&self, alert: &Alert, facts: &Facts) -> Result<Alert, ProfileError> {
        apply::apply(self, alert, facts)
    }
}
