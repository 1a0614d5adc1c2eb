//! What each demand of a profile means for a message.
//!
//! For: `Profile::check`. Not for: which profile makes which demand (see `tables`).

use std::collections::{BTreeMap, BTreeSet};

use super::{Demand, Profile, TextRule, gsm7};
use crate::finding::{Finding, FindingSeverity, MAX_FINDINGS};
use crate::model::{Alert, Area, Info};
use crate::time::CapTime;
use crate::words::{Certainty, MsgType, Severity, Urgency};

/// Everything that the message breaks of the profile.
pub(super) fn check(profile: &Profile, alert: &Alert) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (severity, demand) in profile.demands {
        let mut broken = Broken {
            severity: *severity,
            findings: &mut findings,
        };
        check_alert(profile, *demand, alert, &mut broken);
        for (index, info) in alert.info.iter().enumerate() {
            let at = format!("/alert/info[{}]", index + 1);
            check_info(profile, *demand, (&at, alert, info), &mut broken);
            check_texts(profile, *demand, (&at, info), &mut broken);
            check_areas(profile, *demand, (&at, info), &mut broken);
        }
    }
    findings
}

/// Where what is broken of one demand goes.
struct Broken<'f> {
    severity: FindingSeverity,
    findings: &'f mut Vec<Finding>,
}

impl Broken<'_> {
    fn unless(&mut self, met: bool, at: &str, code: &'static str, sentence: &str) {
        // Errors are asked for first: beyond the bound nothing graver can come.
        if !met && self.findings.len() < MAX_FINDINGS {
            self.findings.push(Finding {
                severity: self.severity,
                at: at.to_owned(),
                line: None,
                code,
                sentence: sentence.to_owned(),
            });
        }
    }
}

fn check_alert(profile: &Profile, demand: Demand, alert: &Alert, broken: &mut Broken<'_>) {
    let kind = alert.msg_type;
    match demand {
        Demand::Code => {
            let named = |code: &String| code.starts_with(profile.code_start);
            let sentence = format!("code must be {}.", profile.code.unwrap_or_default());
            let met = alert.code.iter().any(named);
            broken.unless(met, "/alert", "profile-code", &sentence);
        }
        Demand::References => {
            let asked = matches!(kind, MsgType::Update | MsgType::Cancel);
            let met = !asked || !alert.references.is_empty();
            let sentence = "An Update or Cancel must name all earlier messages in references.";
            broken.unless(met, "/alert", "profile-references", sentence);
        }
        Demand::Info => {
            let met = matches!(kind, MsgType::Ack | MsgType::Error) || !alert.info.is_empty();
            broken.unless(met, "/alert", "profile-info", "info is required.");
        }
        Demand::Offset => {
            let sentence = "The local offset should be named; this time is in UTC.";
            let met = !is_utc(alert.sent);
            broken.unless(met, "/alert/sent", "profile-offset", sentence);
        }
        Demand::SameCategory => {
            let sets = alert.info.iter().map(|info| set(&info.category));
            same(sets, "category", "profile-same-category", broken);
        }
        Demand::SameEventCode => {
            let sets = alert.info.iter().map(|info| set(&info.event_code));
            same(sets, "eventCode", "profile-same-event-code", broken);
        }
        Demand::SameEvent => check_events(alert, broken),
        Demand::Languages(wanted) => {
            let primary = |info: &Info| info.language_tag().split('-').next().map(str::to_owned);
            let there: BTreeSet<_> = alert.info.iter().filter_map(primary).collect();
            let met = wanted.iter().all(|language| there.contains(*language));
            let sentence = format!("There should be an info in each of {}.", wanted.join(", "));
            broken.unless(met, "/alert", "profile-languages", &sentence);
        }
        _ => {}
    }
}

fn set<T: Ord>(items: &[T]) -> BTreeSet<&T> {
    items.iter().collect()
}

fn same<T: PartialEq>(
    mut sets: impl Iterator<Item = T>,
    name: &str,
    code: &'static str,
    broken: &mut Broken<'_>,
) {
    let Some(first) = sets.next() else {
        return;
    };
    for (index, other) in sets.enumerate() {
        let at = format!("/alert/info[{}]", index + 2);
        let sentence = format!("Every info must have the same {name}.");
        broken.unless(other == first, &at, code, &sentence);
    }
}

fn check_events(alert: &Alert, broken: &mut Broken<'_>) {
    let mut events: BTreeMap<&str, &str> = BTreeMap::new();
    for (index, info) in alert.info.iter().enumerate() {
        let first = events.entry(info.language_tag()).or_insert(&info.event);
        let at = format!("/alert/info[{}]/event", index + 1);
        let sentence = "Every info of a language must have the same event.";
        broken.unless(*first == info.event, &at, "profile-same-event", sentence);
    }
}

fn check_info(
    profile: &Profile,
    demand: Demand,
    (at, alert, info): (&str, &Alert, &Info),
    broken: &mut Broken<'_>,
) {
    match demand {
        Demand::OneEventCode(length) => {
            let system = profile.event_system.unwrap_or_default();
            let codes = info.event_code.iter();
            let lengths = codes
                .filter(|code| code.value_name == system)
                .map(|code| code.value.chars().count());
            let met = lengths.collect::<Vec<_>>() == [length];
            let sentence =
                format!("There must be exactly one eventCode {system}, of {length} letters.");
            broken.unless(met, at, "profile-event-code", &sentence);
        }
        Demand::EventCode => {
            let system = profile.event_system.unwrap_or_default();
            // Any version of the list will do.
            let start = system.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
            let of_it = |code: &crate::model::EventCode| code.value_name.starts_with(start);
            let met = info.event_code.iter().any(of_it);
            let sentence = format!("An eventCode of {system} is required.");
            broken.unless(met, at, "profile-event-code", &sentence);
        }
        Demand::Expires => {
            let met = info.expires.is_some();
            broken.unless(met, at, "profile-expires", "expires is required.");
        }
        Demand::ExpiresWithin(hours) => {
            let lasts = |expires: CapTime| {
                expires.timestamp().as_second() - alert.sent.timestamp().as_second()
            };
            let met = info.expires.is_none_or(|at| lasts(at) <= hours * 3600);
            let sentence = format!("It should expire within {hours} hours.");
            broken.unless(met, at, "profile-expires-within", &sentence);
        }
        Demand::NoStart => {
            let met = info.effective.is_none() && info.onset.is_none();
            let sentence = "effective and onset are ignored: it counts from when it is issued.";
            broken.unless(met, at, "profile-start-ignored", sentence);
        }
        Demand::Offset => {
            let times = [info.effective, info.onset, info.expires];
            let met = !times.into_iter().flatten().any(is_utc);
            let sentence = "The local offset should be named; a time is in UTC.";
            broken.unless(met, at, "profile-offset", sentence);
        }
        Demand::ResponseType => {
            let met = !info.response_type.is_empty();
            let sentence = "A responseType is recommended.";
            broken.unless(met, at, "profile-response-type", sentence);
        }
        Demand::Known => {
            let met = info.urgency != Urgency::Unknown
                && info.severity != Severity::Unknown
                && info.certainty != Certainty::Unknown;
            let sentence = "urgency, severity and certainty should not be Unknown.";
            broken.unless(met, at, "profile-unknown", sentence);
        }
        _ => {}
    }
}

fn check_texts(
    profile: &Profile,
    demand: Demand,
    (at, info): (&str, &Info),
    broken: &mut Broken<'_>,
) {
    let asked = match demand {
        Demand::Description => Some(("description", &info.description)),
        Demand::Instruction => Some(("instruction", &info.instruction)),
        Demand::Web => Some(("web", &info.web)),
        Demand::Contact => Some(("contact", &info.contact)),
        Demand::SenderName => Some(("senderName", &info.sender_name)),
        _ => None,
    };
    if let Some((name, text)) = asked {
        let must = match broken.severity {
            FindingSeverity::Error => "is required",
            FindingSeverity::Warning => "is recommended",
        };
        let met = text.as_ref().is_some_and(|text| !text.trim().is_empty());
        let sentence = format!("{name} {must}.");
        broken.unless(met, at, "profile-text", &sentence);
    }
    match demand {
        Demand::Headline(most) => {
            let headline = info.headline.as_deref().unwrap_or_default();
            let met = headline.chars().count() <= most;
            let sentence = format!("The headline should have at most {most} characters.");
            broken.unless(met, at, "profile-headline", &sentence);
        }
        Demand::Distinct => {
            let texts = [&info.headline, &info.description, &info.instruction];
            let said: Vec<_> = texts
                .into_iter()
                .flatten()
                .map(|text| text.trim())
                .collect();
            let met = set(&said).len() == said.len();
            let sentence = "headline, description and instruction should not be the same.";
            broken.unless(met, at, "profile-distinct", sentence);
        }
        Demand::ShortTexts => {
            for rule in [profile.short, profile.long].into_iter().flatten() {
                check_short(rule, (at, info), broken);
            }
        }
        _ => {}
    }
}

fn check_short(rule: TextRule, (at, info): (&str, &Info), broken: &mut Broken<'_>) {
    let of_it = |parameter: &&crate::model::Parameter| parameter.value_name == rule.parameter;
    for parameter in info.parameter.iter().filter(of_it) {
        let TextRule {
            parameter: name,
            most,
        } = rule;
        let length = gsm7::length(&parameter.value);
        let sentence = format!("{name} must have GSM-7 characters only.");
        broken.unless(length.is_some(), at, "profile-short-text", &sentence);
        let sentence = format!("{name} must have at most {most} characters.");
        let met = length.is_none_or(|length| length <= most);
        broken.unless(met, at, "profile-short-text", &sentence);
    }
}

fn check_areas(
    profile: &Profile,
    demand: Demand,
    (at, info): (&str, &Info),
    broken: &mut Broken<'_>,
) {
    let shaped = |area: &Area| !area.polygon.is_empty() || !area.circle.is_empty();
    match demand {
        Demand::Area => {
            let met = !info.area.is_empty();
            return broken.unless(met, at, "profile-area", "An area is required.");
        }
        Demand::AreaShaped => {
            let met = info.area.is_empty() || info.area.iter().any(shaped);
            let sentence = "A polygon or circle is recommended.";
            return broken.unless(met, at, "profile-area-shape", sentence);
        }
        Demand::AreaPlaced | Demand::AreaCoded | Demand::Radius => {}
        _ => return,
    }
    for (index, area) in info.area.iter().enumerate() {
        let at = format!("{at}/area[{}]", index + 1);
        match demand {
            Demand::AreaPlaced => {
                let met = shaped(area) || !area.geocode.is_empty();
                let sentence = "An area needs a polygon, a circle or a geocode.";
                broken.unless(met, &at, "profile-area-place", sentence);
            }
            Demand::AreaCoded => {
                let system = profile.geocode_system.unwrap_or_default();
                let met = area.geocode.iter().any(|code| {
                    let digits = profile.geocode_digits;
                    code.value_name == system && digits.is_none_or(|n| code.value.len() == n)
                });
                let sentence = format!("A geocode of {system} is wanted.");
                broken.unless(met, &at, "profile-area-code", &sentence);
            }
            _ => {
                let empty = |circle: &crate::shape::Circle| {
                    let radius = circle.as_str().rsplit(' ').next().unwrap_or_default();
                    radius.parse() == Ok(0.0)
                };
                let met = !area.circle.iter().any(empty);
                let sentence = "A circle should have a radius above 0.";
                broken.unless(met, &at, "profile-radius", sentence);
            }
        }
    }
}

fn is_utc(time: CapTime) -> bool {
    time.offset().seconds() == 0
}
