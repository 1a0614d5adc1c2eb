//! The elements of a CAP 1.2 message as plain data, named and ordered as in the specification.
//!
//! For: building a message and reading one. Not for: rules (see `check`) or XML.

use jiff::Timestamp;

use crate::reference::Reference;
use crate::shape::{Circle, Decimal, Polygon};
use crate::time::CapTime;
use crate::words::{Category, Certainty, MsgType, ResponseType, Scope, Severity, Status, Urgency};

/// One CAP message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alert {
    /// Unique for the sender; no blank, comma, `<` or `&`.
    pub identifier: String,
    /// Who answers for the message, world-wide unique; no blank, comma, `<` or `&`.
    pub sender: String,
    /// When it was sent.
    pub sent: CapTime,
    /// How it is to be handled.
    pub status: Status,
    /// What it is in relation to earlier messages.
    pub msg_type: MsgType,
    /// The operator or device it comes from.
    pub source: Option<String>,
    /// For whom it is meant.
    pub scope: Scope,
    /// The rule that limits its distribution; needed when the scope is Restricted.
    pub restriction: Option<String>,
    /// The intended recipients; needed when the scope is Private.
    pub addresses: Vec<String>,
    /// Codes for special handling, such as the name of a profile.
    pub code: Vec<String>,
    /// Its purpose or meaning, for Cancel and Error above all.
    pub note: Option<String>,
    /// The earlier messages it speaks of.
    pub references: Vec<Reference>,
    /// Names of the incidents it speaks of.
    pub incidents: Vec<String>,
    /// The content, one block for each language.
    pub info: Vec<Info>,
}

/// The content of a message in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Info {
    /// Language tag; absent means `en-US`.
    pub language: Option<String>,
    /// What kind of event it is; one at least.
    pub category: Vec<Category>,
    /// The type of event, in words of the language.
    pub event: String,
    /// What the audience is asked to do.
    pub response_type: Vec<ResponseType>,
    /// How soon one should act.
    pub urgency: Urgency,
    /// How great the threat is.
    pub severity: Severity,
    /// How sure one is.
    pub certainty: Certainty,
    /// Whom it is meant for, in words.
    pub audience: Option<String>,
    /// Codes of the event, by system.
    pub event_code: Vec<EventCode>,
    /// From when the information counts; absent means from `sent`.
    pub effective: Option<CapTime>,
    /// When the event is expected to begin.
    pub onset: Option<CapTime>,
    /// When the information ends.
    pub expires: Option<CapTime>,
    /// The name of the authority, for people.
    pub sender_name: Option<String>,
    /// A brief headline.
    pub headline: Option<String>,
    /// What happened.
    pub description: Option<String>,
    /// What to do.
    pub instruction: Option<String>,
    /// A page with more, as an absolute URI.
    pub web: Option<String>,
    /// Whom to contact.
    pub contact: Option<String>,
    /// Values of other systems.
    pub parameter: Vec<Parameter>,
    /// Pictures and other files.
    pub resource: Vec<Resource>,
    /// Where.
    pub area: Vec<Area>,
}

/// A file that goes with the message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resource {
    /// What it is, for people.
    pub resource_desc: String,
    /// Its media type.
    pub mime_type: String,
    /// Its size in bytes.
    pub size: Option<u64>,
    /// Where it is, as an absolute URI.
    pub uri: Option<String>,
    /// The file itself in base64, for one-way links only.
    pub deref_uri: Option<String>,
    /// Its SHA-1 in hexadecimal.
    pub digest: Option<String>,
}

/// Where the message counts: the union of its shapes and codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// The area in words.
    pub area_desc: String,
    /// Closed rings of points.
    pub polygon: Vec<Polygon>,
    /// Circles, radius in kilometres.
    pub circle: Vec<Circle>,
    /// Codes of the area, by system.
    pub geocode: Vec<Geocode>,
    /// Altitude, or the lower end of a range, in feet above mean sea level.
    pub altitude: Option<Decimal>,
    /// The upper end of the range, in feet above mean sea level.
    pub ceiling: Option<Decimal>,
}

macro_rules! named_value {
    ($(#[$note:meta])* $name:ident) => {
        $(#[$note])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name {
            /// The system or list that the value belongs to.
            pub value_name: String,
            /// The value.
            pub value: String,
        }

        impl $name {
            /// The value under its name.
            pub fn new(value_name: impl Into<String>, value: impl Into<String>) -> $name {
                $name { value_name: value_name.into(), value: value.into() }
            }
        }
    };
}

named_value! {
    /// A code of the event in some system, such as `SAME` = `CAE`.
    EventCode
}

named_value! {
    /// A value that only some receivers understand.
    Parameter
}

named_value! {
    /// A code of the area in some system.
    Geocode
}

impl Alert {
    /// A message of this identity, kind and audience, with nothing else in it yet.
    pub fn new(key: Reference, status: Status, msg_type: MsgType, scope: Scope) -> Alert {
        Alert {
            identifier: key.identifier,
            sender: key.sender,
            sent: key.sent,
            status,
            msg_type,
            source: None,
            scope,
            restriction: None,
            addresses: Vec::new(),
            code: Vec::new(),
            note: None,
            references: Vec::new(),
            incidents: Vec::new(),
            info: Vec::new(),
        }
    }

    /// The identity of the message, by which later ones name it.
    pub fn reference(&self) -> Reference {
        Reference {
            sender: self.sender.clone(),
            identifier: self.identifier.clone(),
            sent: self.sent,
        }
    }

    /// The block in this language, else one in the same primary language (`ar` for `ar-MA`).
    pub fn find_info(&self, language: &str) -> Option<&Info> {
        let primary = |tag: &str| tag.split('-').next().unwrap_or(tag).to_ascii_lowercase();
        self.info
            .iter()
            .find(|info| info.language_tag().eq_ignore_ascii_case(language))
            .or_else(|| {
                let wanted = primary(language);
                self.info
                    .iter()
                    .find(|info| primary(info.language_tag()) == wanted)
            })
    }

    /// Whether every block has an expiry and all of them have passed; never so without a block.
    pub fn is_expired_at(&self, now: Timestamp) -> bool {
        let past = |info: &Info| {
            info.expires
                .is_some_and(|expires| expires.timestamp() <= now)
        };
        !self.info.is_empty() && self.info.iter().all(past)
    }
}

impl Info {
    /// A block that names the event and how grave it is, with nothing else in it yet.
    pub fn new(
        category: Category,
        event: impl Into<String>,
        urgency: Urgency,
        severity: Severity,
        certainty: Certainty,
    ) -> Info {
        Info {
            language: None,
            category: vec![category],
            event: event.into(),
            response_type: Vec::new(),
            urgency,
            severity,
            certainty,
            audience: None,
            event_code: Vec::new(),
            effective: None,
            onset: None,
            expires: None,
            sender_name: None,
            headline: None,
            description: None,
            instruction: None,
            web: None,
            contact: None,
            parameter: Vec::new(),
            resource: Vec::new(),
            area: Vec::new(),
        }
    }

    /// The language of the block, by the specification's default if none is said.
    pub fn language_tag(&self) -> &str {
        self.language.as_deref().unwrap_or("en-US")
    }
}

impl Resource {
    /// A file of this description and media type.
    pub fn new(resource_desc: impl Into<String>, mime_type: impl Into<String>) -> Resource {
        Resource {
            resource_desc: resource_desc.into(),
            mime_type: mime_type.into(),
            size: None,
            uri: None,
            deref_uri: None,
            digest: None,
        }
    }
}

impl Area {
    /// An area in words, without a shape yet.
    pub fn new(area_desc: impl Into<String>) -> Area {
        Area {
            area_desc: area_desc.into(),
            polygon: Vec::new(),
            circle: Vec::new(),
            geocode: Vec::new(),
            altitude: None,
            ceiling: None,
        }
    }
}
