//! The profiles themselves.
//!
//! For: `profile`. Not for: rules; each demand is worked out in `demands`.
//!
//! Sources: OASIS Event Terms list 1.2; IPAWS Profile 1.0 of CAP 1.2 and the event codes of
//! 47 CFR 11.31 (CAE, MEP); Google Public Alerts' rules for CAP; CAP-CP 0.4 with its event
//! references.

use super::{Demand, Event, Profile, TextRule};
use crate::finding::FindingSeverity::{Error, Warning};

const OET: &str = "OET:v1.2";
const SAME: &str = "SAME";
const CAP_CP_EVENT: &str = "profile:CAP-CP:Event:0.4";

pub(super) static OASIS: Profile = Profile {
    name: "oasis",
    code: None,
    code_start: "",
    event_codes: &[
        (Event::ChildAbduction, OET, "OET-038"),
        (Event::MissingPerson, OET, "OET-130"),
    ],
    event_system: None,
    geocode_system: None,
    geocode_digits: None,
    short: None,
    long: None,
    originator: None,
    blocking: None,
    demands: &[],
};

pub(super) static IPAWS: Profile = Profile {
    name: "ipaws",
    code: Some("IPAWSv1.0"),
    code_start: "IPAWSv1.0",
    event_codes: &[
        (Event::ChildAbduction, SAME, "CAE"),
        (Event::MissingPerson, SAME, "MEP"),
        (Event::ChildAbduction, OET, "OET-038"),
        (Event::MissingPerson, OET, "OET-130"),
    ],
    event_system: Some(SAME),
    geocode_system: Some(SAME),
    geocode_digits: Some(6),
    short: Some(TextRule {
        parameter: "CMAMtext",
        most: 90,
    }),
    long: Some(TextRule {
        parameter: "CMAMlongtext",
        most: 360,
    }),
    originator: Some("EAS-ORG"),
    blocking: Some("BLOCKCHANNEL"),
    demands: &[
        (Error, Demand::Code),
        (Error, Demand::References),
        (Error, Demand::SameCategory),
        (Error, Demand::SameEventCode),
        (Error, Demand::OneEventCode(3)),
        (Error, Demand::Expires),
        (Error, Demand::Area),
        (Error, Demand::ShortTexts),
        (Warning, Demand::Offset),
        (Warning, Demand::ExpiresWithin(24)),
        (Warning, Demand::NoStart),
        (Warning, Demand::AreaCoded),
        (Warning, Demand::Description),
        (Warning, Demand::Instruction),
    ],
};

pub(super) static GOOGLE: Profile = Profile {
    name: "google",
    code: None,
    code_start: "",
    event_codes: OASIS.event_codes,
    event_system: None,
    geocode_system: None,
    geocode_digits: None,
    short: None,
    long: None,
    originator: None,
    blocking: None,
    demands: &[
        (Error, Demand::References),
        (Error, Demand::Info),
        (Error, Demand::SameCategory),
        (Error, Demand::SameEventCode),
        (Error, Demand::SameEvent),
        (Error, Demand::Description),
        (Error, Demand::Web),
        (Error, Demand::Expires),
        (Error, Demand::Area),
        (Error, Demand::AreaPlaced),
        (Warning, Demand::Offset),
        (Warning, Demand::SenderName),
        (Warning, Demand::ResponseType),
        (Warning, Demand::Instruction),
        (Warning, Demand::Headline(140)),
        (Warning, Demand::Distinct),
        (Warning, Demand::Known),
        (Warning, Demand::Contact),
        (Warning, Demand::AreaShaped),
        (Warning, Demand::Radius),
    ],
};

pub(super) static CAP_CP: Profile = Profile {
    name: "cap-cp",
    code: Some("profile:CAP-CP:0.4"),
    code_start: "profile:CAP-CP:",
    event_codes: &[
        (Event::ChildAbduction, CAP_CP_EVENT, "amber"),
        (Event::MissingPerson, CAP_CP_EVENT, "missingPer"),
        (Event::ChildAbduction, OET, "OET-038"),
        (Event::MissingPerson, OET, "OET-130"),
    ],
    event_system: Some(CAP_CP_EVENT),
    geocode_system: Some("profile:CAP-CP:Location:0.3"),
    geocode_digits: None,
    short: None,
    long: None,
    originator: None,
    blocking: None,
    demands: &[
        (Error, Demand::Code),
        (Error, Demand::Info),
        (Error, Demand::References),
        (Error, Demand::SameEventCode),
        (Error, Demand::EventCode),
        (Error, Demand::Area),
        (Error, Demand::AreaCoded),
        (Warning, Demand::Offset),
        (Warning, Demand::Expires),
        (Warning, Demand::SenderName),
        (Warning, Demand::ResponseType),
        (Warning, Demand::Instruction),
        (Warning, Demand::AreaShaped),
        (Warning, Demand::Languages(&["en", "fr"])),
    ],
};
