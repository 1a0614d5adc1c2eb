//! The content models of the three schemas, and of the EDXL-DE wrapper.
//!
//! For: `schema`. Not for: the walk. Sources: the OASIS schema files of CAP 1.0, 1.1, 1.2 and of
//! EDXL-DE 1.0.

use super::Foreign;
use crate::version::Version;

/// What an element may hold.
#[derive(Clone, Copy)]
pub(crate) enum Content {
    /// Any text.
    Text,
    /// One of these words, exactly so.
    Word(&'static [&'static str]),
    /// The same, white space around it taken off.
    Token(&'static [&'static str]),
    /// A date and time of XML Schema.
    DateTime,
    /// The same in the one form of CAP 1.2.
    CapDateTime,
    /// A language tag; nothing at all stands for `en-US`.
    Language,
    /// A URI or a relative reference.
    Uri,
    /// A whole number.
    Integer,
    /// A decimal number.
    Decimal,
    /// Elements in this order.
    Inside(&'static Sequence),
    /// Whatever it likes.
    Open,
}

/// The children of an element, in this order.
pub(crate) struct Sequence {
    pub(crate) slots: &'static [Slot],
    pub(crate) foreign: Foreign,
}

/// One kind of child.
pub(crate) struct Slot {
    pub(crate) name: &'static str,
    pub(crate) content: Content,
    least: u8,
    most: u8,
}

impl Slot {
    pub(crate) fn is_needed(&self) -> bool {
        self.least > 0
    }

    pub(crate) fn may_repeat(&self) -> bool {
        self.most > 1
    }
}

const fn slot(name: &'static str, content: Content, least: u8, most: u8) -> Slot {
    Slot {
        name,
        content,
        least,
        most,
    }
}

const fn one(name: &'static str, content: Content) -> Slot {
    slot(name, content, 1, 1)
}

const fn maybe(name: &'static str, content: Content) -> Slot {
    slot(name, content, 0, 1)
}

const fn some(name: &'static str, content: Content) -> Slot {
    slot(name, content, 1, u8::MAX)
}

const fn any(name: &'static str, content: Content) -> Slot {
    slot(name, content, 0, u8::MAX)
}

const fn closed(slots: &'static [Slot]) -> Sequence {
    Sequence {
        slots,
        foreign: Foreign::No,
    }
}

use Content::{CapDateTime, DateTime, Decimal, Inside, Integer, Language, Text, Uri, Word};

/// The content of `alert` in a version.
pub(super) fn alert(version: Version) -> &'static Sequence {
    match version {
        Version::V1_0 => &ALERT_1_0,
        Version::V1_1 => &ALERT_1_1,
        Version::V1_2 => &ALERT_1_2,
    }
}

const STATUS_1_0: &[&str] = &["Actual", "Exercise", "System", "Test"];
const STATUS: &[&str] = &["Actual", "Exercise", "System", "Test", "Draft"];
const MSG_TYPE: &[&str] = &["Alert", "Update", "Cancel", "Ack", "Error"];
const SCOPE: &[&str] = &["Public", "Restricted", "Private"];
const CATEGORY_1_0: &[&str] = &[
    "Geo",
    "Met",
    "Safety",
    "Security",
    "Rescue",
    "Fire",
    "Health",
    "Env",
    "Transport",
    "Infra",
    "Other",
];
const CATEGORY: &[&str] = &[
    "Geo",
    "Met",
    "Safety",
    "Security",
    "Rescue",
    "Fire",
    "Health",
    "Env",
    "Transport",
    "Infra",
    "CBRNE",
    "Other",
];
const RESPONSE_1_1: &[&str] = &[
    "Shelter", "Evacuate", "Prepare", "Execute", "Monitor", "Assess", "None",
];
const RESPONSE: &[&str] = &[
    "Shelter", "Evacuate", "Prepare", "Execute", "Avoid", "Monitor", "Assess", "AllClear", "None",
];
const URGENCY: &[&str] = &["Immediate", "Expected", "Future", "Past", "Unknown"];
const SEVERITY: &[&str] = &["Extreme", "Severe", "Moderate", "Minor", "Unknown"];
const CERTAINTY_1_0: &[&str] = &["Very Likely", "Likely", "Possible", "Unlikely", "Unknown"];
const CERTAINTY: &[&str] = &["Observed", "Likely", "Possible", "Unlikely", "Unknown"];

static NAMED: Sequence = closed(&[one("valueName", Text), one("value", Text)]);

static ALERT_1_2: Sequence = Sequence {
    foreign: Foreign::Signature,
    slots: &[
        one("identifier", Text),
        one("sender", Text),
        one("sent", CapDateTime),
        one("status", Word(STATUS)),
        one("msgType", Word(MSG_TYPE)),
        maybe("source", Text),
        one("scope", Word(SCOPE)),
        maybe("restriction", Text),
        maybe("addresses", Text),
        any("code", Text),
        maybe("note", Text),
        maybe("references", Text),
        maybe("incidents", Text),
        any("info", Inside(&INFO_1_2)),
    ],
};

static INFO_1_2: Sequence = closed(&[
    maybe("language", Language),
    some("category", Word(CATEGORY)),
    one("event", Text),
    any("responseType", Word(RESPONSE)),
    one("urgency", Word(URGENCY)),
    one("severity", Word(SEVERITY)),
    one("certainty", Word(CERTAINTY)),
    maybe("audience", Text),
    any("eventCode", Inside(&NAMED)),
    maybe("effective", CapDateTime),
    maybe("onset", CapDateTime),
    maybe("expires", CapDateTime),
    maybe("senderName", Text),
    maybe("headline", Text),
    maybe("description", Text),
    maybe("instruction", Text),
    maybe("web", Uri),
    maybe("contact", Text),
    any("parameter", Inside(&NAMED)),
    any("resource", Inside(&RESOURCE_1_2)),
    any("area", Inside(&AREA_1_2)),
]);

static RESOURCE_1_2: Sequence = closed(&[
    one("resourceDesc", Text),
    one("mimeType", Text),
    maybe("size", Integer),
    maybe("uri", Uri),
    maybe("derefUri", Text),
    maybe("digest", Text),
]);

static AREA_1_2: Sequence = closed(&[
    one("areaDesc", Text),
    any("polygon", Text),
    any("circle", Text),
    any("geocode", Inside(&NAMED)),
    maybe("altitude", Decimal),
    maybe("ceiling", Decimal),
]);

static ALERT_1_1: Sequence = closed(&[
    one("identifier", Text),
    one("sender", Text),
    one("sent", DateTime),
    one("status", Word(STATUS)),
    one("msgType", Word(MSG_TYPE)),
    maybe("source", Text),
    one("scope", Word(SCOPE)),
    maybe("restriction", Text),
    maybe("addresses", Text),
    any("code", Text),
    maybe("note", Text),
    maybe("references", Text),
    maybe("incidents", Text),
    any("info", Inside(&INFO_1_1)),
]);

static INFO_1_1: Sequence = closed(&[
    maybe("language", Language),
    some("category", Word(CATEGORY)),
    one("event", Text),
    any("responseType", Word(RESPONSE_1_1)),
    one("urgency", Word(URGENCY)),
    one("severity", Word(SEVERITY)),
    one("certainty", Word(CERTAINTY)),
    maybe("audience", Text),
    any("eventCode", Inside(&NAMED)),
    maybe("effective", DateTime),
    maybe("onset", DateTime),
    maybe("expires", DateTime),
    maybe("senderName", Text),
    maybe("headline", Text),
    maybe("description", Text),
    maybe("instruction", Text),
    maybe("web", Uri),
    maybe("contact", Text),
    any("parameter", Inside(&NAMED)),
    any("resource", Inside(&RESOURCE_1_1)),
    any("area", Inside(&AREA_1_1)),
]);

static RESOURCE_1_1: Sequence = closed(&[
    one("resourceDesc", Text),
    maybe("mimeType", Text),
    maybe("size", Integer),
    maybe("uri", Uri),
    maybe("derefUri", Text),
    maybe("digest", Text),
]);

static AREA_1_1: Sequence = closed(&[
    one("areaDesc", Text),
    any("polygon", Text),
    any("circle", Text),
    any("geocode", Inside(&NAMED)),
    maybe("altitude", Text),
    maybe("ceiling", Text),
]);

static ALERT_1_0: Sequence = closed(&[
    one("identifier", Text),
    one("sender", Text),
    one("sent", DateTime),
    one("status", Word(STATUS_1_0)),
    one("msgType", Word(MSG_TYPE)),
    maybe("password", Text),
    maybe("source", Text),
    maybe("scope", Word(SCOPE)),
    maybe("restriction", Text),
    maybe("addresses", Text),
    any("code", Text),
    maybe("note", Text),
    maybe("references", Text),
    maybe("incidents", Text),
    any("info", Inside(&INFO_1_0)),
]);

static INFO_1_0: Sequence = closed(&[
    maybe("language", Language),
    any("category", Word(CATEGORY_1_0)),
    one("event", Text),
    one("urgency", Word(URGENCY)),
    one("severity", Word(SEVERITY)),
    one("certainty", Word(CERTAINTY_1_0)),
    maybe("audience", Text),
    any("eventCode", Text),
    maybe("effective", DateTime),
    maybe("onset", DateTime),
    maybe("expires", DateTime),
    maybe("senderName", Text),
    maybe("headline", Text),
    maybe("description", Text),
    maybe("instruction", Text),
    maybe("web", Uri),
    maybe("contact", Text),
    any("parameter", Text),
    any("resource", Inside(&RESOURCE_1_0)),
    any("area", Inside(&AREA_1_0)),
]);

static RESOURCE_1_0: Sequence = closed(&[
    one("resourceDesc", Text),
    maybe("mimeType", Text),
    maybe("size", Integer),
    maybe("uri", Uri),
    maybe("digest", Text),
]);

static AREA_1_0: Sequence = closed(&[
    one("areaDesc", Text),
    any("polygon", Text),
    any("circle", Text),
    any("geocode", Text),
    maybe("altitude", Text),
    maybe("ceiling", Text),
]);

/// The wrapper of EDXL-DE 1.0.
pub(crate) mod edxl {
    use super::Content::{DateTime, Inside, Open, Text, Token};
    use super::{Foreign, Sequence, any, closed, maybe, one, some};

    /// The namespace of its elements.
    pub(crate) const NAMESPACE: &str = "urn:oasis:names:tc:emergency:EDXL:DE:1.0";

    const STATUS: &[&str] = &["Actual", "Exercise", "System", "Test"];
    const TYPE: &[&str] = &[
        "Report",
        "Update",
        "Cancel",
        "Request",
        "Response",
        "Dispatch",
        "Ack",
        "Error",
        "SensorConfiguration",
        "SensorControl",
        "SensorStatus",
        "SensorDetection",
    ];

    pub(crate) static DISTRIBUTION: Sequence = closed(&[
        one("distributionID", Text),
        one("senderID", Text),
        one("dateTimeSent", DateTime),
        one("distributionStatus", Token(STATUS)),
        one("distributionType", Token(TYPE)),
        one("combinedConfidentiality", Text),
        maybe("language", Text),
        any("senderRole", Inside(&VALUES)),
        any("recipientRole", Inside(&VALUES)),
        any("keyword", Inside(&VALUES)),
        any("distributionReference", Text),
        any("explicitAddress", Inside(&ADDRESS)),
        any("targetArea", Inside(&TARGET)),
        any("contentObject", Inside(&OBJECT)),
    ]);

    static VALUES: Sequence = closed(&[one("valueListUrn", Text), some("value", Text)]);

    static ADDRESS: Sequence = closed(&[
        one("explicitAddressScheme", Text),
        some("explicitAddressValue", Text),
    ]);

    static TARGET: Sequence = closed(&[
        any("circle", Text),
        any("polygon", Text),
        any("country", Text),
        any("subdivision", Text),
        any("locCodeUN", Text),
    ]);

    static OBJECT: Sequence = Sequence {
        foreign: Foreign::Any,
        slots: &[
            maybe("contentDescription", Text),
            any("contentKeyword", Inside(&VALUES)),
            maybe("incidentID", Text),
            maybe("incidentDescription", Text),
            any("originatorRole", Inside(&VALUES)),
            any("consumerRole", Inside(&VALUES)),
            maybe("confidentiality", Text),
            maybe("nonXMLContent", Open),
            maybe("xmlContent", Inside(&XML)),
        ],
    };

    static XML: Sequence = closed(&[any("keyXMLContent", Open), any("embeddedXMLContent", Open)]);
}
