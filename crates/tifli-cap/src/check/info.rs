//! The rules inside one block of content, and between the blocks of several languages.
//!
//! For: `check`. Not for: shapes (see `area`).

use std::collections::BTreeSet;

use super::{Faults, Rule, area};
use crate::model::{Info, Resource};
use crate::time::CapTime;

/// Adds the faults of one block.
pub(super) fn check(at: &str, info: &Info, sent: CapTime, faults: &mut Faults) {
    faults.form(
        &format!("{at}.language"),
        info.language.as_deref(),
        Rule::BadLanguage,
    );
    if info.category.is_empty() {
        faults.add(&format!("{at}.category"), Rule::CategoryMissing);
    }
    faults.text(&format!("{at}.event"), &info.event);
    for (name, text) in [
        ("audience", &info.audience),
        ("senderName", &info.sender_name),
        ("headline", &info.headline),
        ("description", &info.description),
        ("instruction", &info.instruction),
        ("contact", &info.contact),
    ] {
        faults.optional(&format!("{at}.{name}"), text.as_deref());
    }
    faults.form(&format!("{at}.web"), info.web.as_deref(), Rule::BadUri);
    check_expiry(at, info, sent, faults);
    for (index, code) in info.event_code.iter().enumerate() {
        faults.text(
            &format!("{at}.eventCode[{index}].valueName"),
            &code.value_name,
        );
        faults.text(&format!("{at}.eventCode[{index}].value"), &code.value);
    }
    for (index, parameter) in info.parameter.iter().enumerate() {
        faults.text(
            &format!("{at}.parameter[{index}].valueName"),
            &parameter.value_name,
        );
        faults.text(&format!("{at}.parameter[{index}].value"), &parameter.value);
    }
    for (index, resource) in info.resource.iter().enumerate() {
        check_resource(&format!("{at}.resource[{index}]"), resource, faults);
    }
    for (index, area) in info.area.iter().enumerate() {
        area::check(&format!("{at}.area[{index}]"), area, faults);
    }
}

/// Adds a fault for each block whose category, eventCode or area is not that of the first.
///
/// Categories and codes are compared as sets, areas by shapes and codes: their words differ by
/// language.
pub(super) fn check_sameness(infos: &[Info], faults: &mut Faults) {
    let Some((first, rest)) = infos.split_first() else {
        return;
    };
    for (index, info) in rest.iter().enumerate() {
        let at = |name: &str| format!("info[{}].{name}", index + 1);
        if !same(&info.category, &first.category) {
            faults.add(&at("category"), Rule::DiffersBetweenInfos);
        }
        if !same(&info.event_code, &first.event_code) {
            faults.add(&at("eventCode"), Rule::DiffersBetweenInfos);
        }
        if !area::same(&info.area, &first.area) {
            faults.add(&at("area"), Rule::DiffersBetweenInfos);
        }
    }
}

/// Whether two lists hold the same things, in whatever order and number.
pub(super) fn same<T: Ord>(one: &[T], other: &[T]) -> bool {
    one.iter().collect::<BTreeSet<_>>() == other.iter().collect::<BTreeSet<_>>()
}

fn check_expiry(at: &str, info: &Info, sent: CapTime, faults: &mut Faults) {
    let Some(expires) = info.expires else {
        return;
    };
    let at = format!("{at}.expires");
    if expires.timestamp() < sent.timestamp() {
        faults.add(&at, Rule::ExpiresBeforeSent);
    }
    if info
        .effective
        .is_some_and(|effective| expires.timestamp() < effective.timestamp())
    {
        faults.add(&at, Rule::ExpiresBeforeEffective);
    }
}

fn check_resource(at: &str, resource: &Resource, faults: &mut Faults) {
    faults.text(&format!("{at}.resourceDesc"), &resource.resource_desc);
    faults.form(
        &format!("{at}.mimeType"),
        Some(&resource.mime_type),
        Rule::BadMediaType,
    );
    faults.form(&format!("{at}.uri"), resource.uri.as_deref(), Rule::BadUri);
    faults.form(
        &format!("{at}.derefUri"),
        resource.deref_uri.as_deref(),
        Rule::BadBase64,
    );
    faults.form(
        &format!("{at}.digest"),
        resource.digest.as_deref(),
        Rule::BadDigest,
    );
}
