//! The rules of `pack.toml` that types cannot hold: every label in every language, no code twice,
//! limits that make sense. Not for: the texts of an alert (see `text`) or the gazetteer's rows.

use crate::PackError;
use crate::language::{Labels, LanguageTag};
use crate::settings::{Choice, District, RetentionStart, Settings};
use std::collections::BTreeSet;
use tifli_domain::retention::Ending;
use tifli_geo::Outline;

/// What a venue may be.
pub const VENUE_KINDS: [&str; 6] = ["souk", "stadium", "beach", "mall", "fair", "station"];

/// Checks everything that one reading of the settings can tell.
pub(crate) fn settings(s: &Settings, code: &str, outline: &Outline) -> Result<(), PackError> {
    if s.code != code {
        return rule("code", "the code is not the folder's name");
    }
    languages(s)?;
    numbers(s)?;
    s.qualification.check()?;
    let wanted = wanted_languages(s);
    for (at, labels) in labels(s) {
        if let Some(missing) = wanted.iter().find(|l| labels.find(**l).is_none()) {
            return rule(at, format!("there are no words in `{missing}`"));
        }
    }
    for (at, list) in [
        ("paper", &s.paper),
        ("document", &s.document),
        ("relation", &s.relation),
        ("hub", &s.hub),
        ("haunt", &s.haunt),
        ("service", &s.service),
        ("article", &s.article),
    ] {
        unique(at, list.iter().map(|c| c.id.as_str()))?;
        non_empty(at, list)?;
    }
    unique("consent", s.consent.iter().map(|c| c.id.as_str()))?;
    unique("neighbor", s.neighbor.iter().map(|n| n.id.as_str()))?;
    unique("retention", s.retention.iter().map(|r| r.id.as_str()))?;
    endings(s)?;
    venues(s, outline)?;
    unique("credit", s.credit.iter().map(|c| c.id.as_str()))?;
    unique(
        "gazetteer.kind",
        s.gazetteer.kind.iter().map(|k| k.id.as_str()),
    )?;
    gazetteer(s)?;
    districts(s, outline)
}

fn languages(s: &Settings) -> Result<(), PackError> {
    let l = &s.languages;
    if [&l.console, &l.alert, &l.suffice, &l.papers]
        .iter()
        .any(|list| list.is_empty())
    {
        return rule(
            "languages",
            "console, alert, suffice and papers need a language each",
        );
    }
    if l.suffice.iter().any(|tag| !l.alert.contains(tag)) {
        return rule(
            "languages.suffice",
            "a language that suffices is one of the alert's",
        );
    }
    if let Some(tag) = l.alert.iter().find(|tag| !s.scrutiny.contains_key(tag)) {
        return rule("scrutiny", format!("`{tag}` has no words to look for"));
    }
    for tag in wanted_languages(s) {
        if !l.digits.contains_key(&tag) || !l.locales.contains_key(&tag) {
            return rule("languages", format!("`{tag}` has no digits or no locale"));
        }
    }
    Ok(())
}

fn numbers(s: &Settings) -> Result<(), PackError> {
    let a = &s.alert;
    if a.validity_hours == 0 || a.validity_hours > a.max_validity_hours || a.max_validity_hours > 72
    {
        return rule(
            "alert.validity_hours",
            "an alert is valid for 1 to max_validity_hours (72) hours",
        );
    }
    if a.ceiling_hours == 0 || a.ceiling_hours > 24 {
        return rule(
            "alert.ceiling_hours",
            "publication comes within 1 to 24 hours",
        );
    }
    let dialled = s.call.other.iter().map(|o| &o.number);
    for number in dialled.chain([&s.call.number, &s.call.national_emergency]) {
        if number.is_empty() || !number.chars().all(|c| c.is_ascii_digit() || c == '+') {
            return rule(
                "call",
                "a number to call is digits, with + in front if international",
            );
        }
    }
    let sender = &s.cap.sender;
    if sender.is_empty() || sender.contains([' ', ',', '<', '&']) {
        return rule("cap.sender", "a sender has no blank, comma, < or &");
    }
    Ok(())
}

/// A venue lies in the country and in a district, is hundreds of metres wide and searched in minutes.
fn venues(s: &Settings, outline: &Outline) -> Result<(), PackError> {
    unique("venue", s.venue.iter().map(|venue| venue.id.as_str()))?;
    for venue in &s.venue {
        let known = s.district.iter().any(|d| d.id == venue.district);
        if !known || !outline.contains(venue.point) {
            return rule(&venue.id, "a venue lies in a district of the country");
        }
        if !VENUE_KINDS.contains(&venue.kind.as_str()) {
            return rule(&venue.id, "this is no kind of venue");
        }
        if !(0.05..=2.0).contains(&venue.radius_km) || !(5..=60).contains(&venue.minutes) {
            return rule(&venue.id, "a venue has 0.05 to 2 km and 5 to 60 minutes");
        }
    }
    Ok(())
}

/// Whatever a file ends as, exactly one class says how long it is kept after its close.
fn endings(s: &Settings) -> Result<(), PackError> {
    let named = || s.retention.iter().flat_map(|class| &class.endings);
    if let Some(unknown) = named().find(|word| word.parse::<Ending>().is_err()) {
        return rule("retention", format!("no file ends as `{unknown}`"));
    }
    unique("retention.endings", named().map(String::as_str))?;
    for class in s.retention.iter().filter(|class| !class.endings.is_empty()) {
        if class.from != RetentionStart::Close {
            return rule(&class.id, "the days of a file run from its close");
        }
    }
    let kept = |ending: &Ending| named().any(|word| word == ending.as_str());
    match Ending::ALL.iter().find(|ending| !kept(ending)) {
        Some(ending) => rule("retention", format!("no class keeps `{}`", ending.as_str())),
        None => Ok(()),
    }
}

fn gazetteer(s: &Settings) -> Result<(), PackError> {
    let known: BTreeSet<&str> = s.gazetteer.kind.iter().map(|k| k.id.as_str()).collect();
    let named = s.gazetteer.residents.iter().chain(&s.gazetteer.nearest);
    if let Some(unknown) = named.into_iter().find(|k| !known.contains(k.as_str())) {
        return rule("gazetteer", format!("there is no kind `{unknown}`"));
    }
    for layer in &s.gazetteer.layer {
        if !s.credit.iter().any(|c| c.id == layer.credit) {
            return rule(layer.file.as_str(), "its source is not among the credits");
        }
    }
    Ok(())
}

fn districts(s: &Settings, outline: &Outline) -> Result<(), PackError> {
    unique("district", s.district.iter().map(|d| d.id.as_str()))?;
    unique("district.code", s.district.iter().map(|d| d.code.as_str()))?;
    if s.district.first().is_none_or(|d| d.seat.is_none()) {
        return rule("district", "a pack begins with a district that has a seat");
    }
    let beyond = |d: &&District| d.seat.is_some_and(|seat| !outline.contains(seat));
    match s.district.iter().find(beyond) {
        Some(d) => rule(
            format!("district.{}", d.id),
            "its seat lies outside the outline",
        ),
        None => Ok(()),
    }
}

/// Every language a page or an alert may be written in.
pub(crate) fn wanted_languages(s: &Settings) -> BTreeSet<LanguageTag> {
    let l = &s.languages;
    l.console
        .iter()
        .chain(&l.alert)
        .chain(&l.papers)
        .copied()
        .collect()
}

/// Every label of the settings with the key it stands under.
fn labels(s: &Settings) -> Vec<(String, &Labels)> {
    let mut all = vec![
        ("names".to_owned(), &s.names),
        ("alert.event".to_owned(), &s.alert.event),
        (
            "qualification.explanation".to_owned(),
            &s.qualification.explanation,
        ),
        ("call.name".to_owned(), &s.call.name),
        ("authority.short".to_owned(), &s.authority.short),
        ("authority.name".to_owned(), &s.authority.name),
        ("law.name".to_owned(), &s.law.name),
        ("law.regulator".to_owned(), &s.law.regulator),
    ];
    for list in [
        &s.paper,
        &s.document,
        &s.relation,
        &s.service,
        &s.hub,
        &s.haunt,
        &s.article,
    ] {
        all.extend(list.iter().map(|c| (c.id.clone(), &c.name)));
    }
    for channel in &s.consent {
        all.push((channel.id.clone(), &channel.name));
        all.push((format!("{}.says", channel.id), &channel.says));
    }
    all.extend(s.call.other.iter().map(|o| (o.number.clone(), &o.name)));
    all.extend(s.gazetteer.kind.iter().map(|k| (k.id.clone(), &k.name)));
    all.extend(s.retention.iter().map(|r| (r.id.clone(), &r.name)));
    all.extend(s.district.iter().map(|d| (d.id.clone(), &d.name)));
    all.extend(s.venue.iter().map(|v| (v.id.clone(), &v.name)));
    all.extend(s.neighbor.iter().map(|n| (n.id.clone(), &n.name)));
    all
}

fn unique<'a>(at: &str, codes: impl Iterator<Item = &'a str>) -> Result<(), PackError> {
    let mut seen = BTreeSet::new();
    for code in codes {
        if code.is_empty() || !seen.insert(code) {
            return rule(at, format!("the code `{code}` is empty or stands twice"));
        }
    }
    Ok(())
}

fn non_empty(at: &str, list: &[Choice]) -> Result<(), PackError> {
    if list.is_empty() {
        return rule(at, "the list is empty");
    }
    Ok(())
}

fn rule<T>(at: impl Into<String>, problem: impl Into<String>) -> Result<T, PackError> {
    Err(PackError::rule(at, problem))
}
