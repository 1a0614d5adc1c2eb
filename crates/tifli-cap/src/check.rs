//! The rules of CAP 1.2 that its schema cannot say, and those for alerts in several languages.
//!
//! For: telling every fault of a message before it is written. Not for: profiles of one country
//! or network, and not for reading: foreign messages break these rules and are read all the same.

mod area;
mod info;

use std::fmt;

use crate::model::Alert;
use crate::reference::Reference;
use crate::shape::ShapeError;
use crate::syntax::{self, TextFault};
use crate::words::{MsgType, Scope};

/// One broken rule and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The element, such as `info[1].area[0].circle[0]`; never its content.
    pub at: String,
    /// The rule it breaks.
    pub rule: Rule,
}

/// The rules that a message may break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rule {
    /// There must be something else than white space.
    #[error("is blank")]
    Blank,
    /// No C0 or C1 control (line feed and tab excepted) and no code point that is no character.
    #[error("holds a control character")]
    ControlCharacter,
    /// No invisible marks that change the direction of text.
    #[error("holds a bidirectional control character")]
    BidiControl,
    /// Identifiers and senders are not empty and hold no blank, comma, `<` or `&`.
    #[error("is empty or holds a blank, a comma, < or &")]
    BadIdentifier,
    /// A restricted message says its restriction.
    #[error("is needed when the scope is Restricted")]
    RestrictionMissing,
    /// A private message says its addresses.
    #[error("is needed when the scope is Private")]
    AddressesMissing,
    /// Every message but a first Alert names the messages it speaks of.
    #[error("is needed for this msgType")]
    ReferencesMissing,
    /// A message does not name itself.
    #[error("names the message itself")]
    SelfReference,
    /// Items of a list hold no double quote.
    #[error("holds a double quote")]
    QuoteInList,
    /// Each block has a category.
    #[error("needs one at least")]
    CategoryMissing,
    /// Information does not end before it is sent.
    #[error("lies before sent")]
    ExpiresBeforeSent,
    /// Information does not end before it begins to count.
    #[error("lies before effective")]
    ExpiresBeforeEffective,
    /// All blocks carry the same set.
    #[error("differs from that of the first info")]
    DiffersBetweenInfos,
    /// Languages are tags such as `ar-MA`.
    #[error("is no language tag")]
    BadLanguage,
    /// Links are absolute URIs, percent-encoded where not ASCII.
    #[error("is no absolute URI")]
    BadUri,
    /// Media types are `type/subtype`.
    #[error("is no media type")]
    BadMediaType,
    /// Digests are SHA-1 in hexadecimal.
    #[error("is no SHA-1 in hexadecimal")]
    BadDigest,
    /// A file inside the message is padded base64 without white space.
    #[error("is no base64 in one piece")]
    BadBase64,
    /// Shapes are sound.
    #[error("{0}")]
    BadShape(ShapeError),
    /// A ceiling needs an altitude.
    #[error("is only allowed together with altitude")]
    CeilingAlone,
    /// In a feed, no two entries have one id.
    #[error("is the id of another entry too")]
    RepeatedId,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.at, self.rule)
    }
}

/// Every rule that the message breaks, in the order of its elements; none means it may be written.
pub fn check(alert: &Alert) -> Vec<Fault> {
    let mut faults = Faults::default();
    faults.identifier("identifier", &alert.identifier);
    faults.identifier("sender", &alert.sender);
    faults.optional("source", alert.source.as_deref());
    check_audience(alert, &mut faults);
    for (index, code) in alert.code.iter().enumerate() {
        faults.text(&format!("code[{index}]"), code);
    }
    faults.optional("note", alert.note.as_deref());
    check_references(alert, &mut faults);
    faults.list("incidents", &alert.incidents);
    for (index, info) in alert.info.iter().enumerate() {
        info::check(&format!("info[{index}]"), info, alert.sent, &mut faults);
    }
    info::check_sameness(&alert.info, &mut faults);
    faults.0
}

fn check_audience(alert: &Alert, faults: &mut Faults) {
    if alert.scope == Scope::Restricted && alert.restriction.is_none() {
        faults.add("restriction", Rule::RestrictionMissing);
    }
    faults.optional("restriction", alert.restriction.as_deref());
    if alert.scope == Scope::Private && alert.addresses.is_empty() {
        faults.add("addresses", Rule::AddressesMissing);
    }
    faults.list("addresses", &alert.addresses);
}

fn check_references(alert: &Alert, faults: &mut Faults) {
    if alert.msg_type != MsgType::Alert && alert.references.is_empty() {
        faults.add("references", Rule::ReferencesMissing);
    }
    for (index, reference) in alert.references.iter().enumerate() {
        let at = format!("references[{index}]");
        let Reference {
            sender, identifier, ..
        } = reference;
        faults.identifier(&format!("{at}.sender"), sender);
        faults.identifier(&format!("{at}.identifier"), identifier);
        if *sender == alert.sender && *identifier == alert.identifier {
            faults.add(&at, Rule::SelfReference);
        }
    }
}

/// The faults found so far.
#[derive(Default)]
pub(crate) struct Faults(pub(crate) Vec<Fault>);

impl Faults {
    pub(crate) fn add(&mut self, at: &str, rule: Rule) {
        self.0.push(Fault {
            at: at.to_owned(),
            rule,
        });
    }

    pub(crate) fn text(&mut self, at: &str, text: &str) {
        match syntax::text_fault(text) {
            None => {}
            Some(TextFault::Blank) => self.add(at, Rule::Blank),
            Some(TextFault::Control) => self.add(at, Rule::ControlCharacter),
            Some(TextFault::Bidi) => self.add(at, Rule::BidiControl),
        }
    }

    pub(crate) fn optional(&mut self, at: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.text(at, text);
        }
    }

    /// Adds `rule` when the value is there and not sound.
    pub(crate) fn form(&mut self, at: &str, value: Option<&str>, rule: Rule) {
        let sound = |value: &str| match rule {
            Rule::BadLanguage => syntax::is_language(value),
            Rule::BadUri => syntax::is_absolute_uri(value),
            Rule::BadMediaType => syntax::is_media_type(value),
            Rule::BadDigest => syntax::is_sha1(value),
            Rule::BadBase64 => syntax::is_base64(value),
            _ => false,
        };
        if value.is_some_and(|value| !sound(value)) {
            self.add(at, rule);
        }
    }

    pub(crate) fn identifier(&mut self, at: &str, text: &str) {
        if syntax::is_identifier(text) {
            self.text(at, text);
        } else {
            self.add(at, Rule::BadIdentifier);
        }
    }

    fn list(&mut self, at: &str, items: &[String]) {
        for (index, item) in items.iter().enumerate() {
            let at = format!("{at}[{index}]");
            self.text(&at, item);
            if item.contains('"') {
                self.add(&at, Rule::QuoteInList);
            }
        }
    }
}
