//! What is looked for in the words of an alert before anybody approves it: one list, each finding with the text and
//! the field it stands in, and whether it stops the alert, must be confirmed with a reason, or is advice.
//!
//! Not for: what stands in the way of publishing the case at all (see [`crate::publication`]), nor the
//! profiles of partners' systems. Which words are looked for is the country pack's.

mod letters;

use serde::Deserialize;

use crate::channel::OwnChannel;
use crate::channel::capability::capabilities;
use crate::intake::Nature;
use crate::message::{Message, PublicEvent, PublicText};
use crate::partner::shortened;
use letters::{Token, callable, digit_runs, find, holds_number, is_one_of, tokens};

/// How much a finding weighs, the heaviest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It does not go out like this.
    Blocks,
    /// It goes out once the approver confirms it, with a reason.
    Confirm,
    /// It is worth a thought.
    Advice,
}

/// What is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Finding {
    /// The event it tells of is not the one of the report.
    EventAgainstReport,
    /// A word of abduction, of a child that was not taken as far as is known.
    AbductionWord,
    /// A number of the family or the child.
    FamilyPhone,
    /// A distance in metres that is the radius in kilometres.
    RadiusInMetres,
    /// A word of running away, of a child that was taken.
    RunawayWord,
    /// A word that demeans the child.
    DemeaningWord,
    /// A word on care, custody or offences.
    StatusWord,
    /// The family name of the child or the reporter.
    FamilyName,
    /// A number to call that is none of the authority's.
    UnknownPhone,
    /// A radius without its unit.
    RadiusWithoutUnit,
    /// A language in which alerts are written is missing.
    LanguageMissing,
    /// The place does not fit whole on a channel.
    PlaceCut,
}

/// A finding at its place. Its `Debug` shows no words.
#[derive(Clone, PartialEq, Eq)]
pub struct Warning {
    /// What.
    pub finding: Finding,
    /// In which language's text; empty where it is of the whole.
    pub language: String,
    /// In which field of that text; empty where it is of the whole.
    pub field: &'static str,
    /// The words found, as they are written.
    pub words: String,
    /// On which channel, where it is of one.
    pub channel: Option<OwnChannel>,
}

/// What a country looks for in the texts of one language. A word is found by its beginning.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Vocabulary {
    /// Words of running away.
    pub runaway: Vec<String>,
    /// Words that demean a child.
    pub demeaning: Vec<String>,
    /// Words on care, custody or offences.
    pub status: Vec<String>,
    /// The metre, as it is written.
    pub metres: Vec<String>,
    /// The kilometre, as it is written.
    pub kilometres: Vec<String>,
    /// Words that a radius follows.
    pub radius: Vec<String>,
}

/// What must not stand in a text. It has no `Debug`.
#[derive(Clone, Default)]
pub struct Secrets {
    /// Numbers of the family and the child, as they were typed.
    pub phones: Vec<String>,
    /// Family names, as they were typed.
    pub family_names: Vec<String>,
}

/// What a message is held against.
pub struct Against<'a> {
    /// Forced, voluntary, unknown, by the report as it stands.
    pub nature: Nature,
    /// What must not stand in it.
    pub secrets: &'a Secrets,
    /// Numbers of the authority that may.
    pub own_numbers: &'a [String],
    /// Words of abduction, of every language; any part of a word counts.
    pub never_say: &'a [String],
    /// The languages alerts are written in, each with its vocabulary.
    pub languages: &'a [(String, &'a Vocabulary)],
    /// The radius in kilometres, where the area is a circle.
    pub radius_km: Option<f64>,
    /// The channels it goes out on.
    pub channels: &'a [String],
}

words!(Severity {
    Blocks = "blocks",
    Confirm = "confirm",
    Advice = "advice",
});
words!(Finding {
    EventAgainstReport = "event_against_report",
    AbductionWord = "abduction_word",
    FamilyPhone = "family_phone",
    RadiusInMetres = "radius_in_metres",
    RunawayWord = "runaway_word",
    DemeaningWord = "demeaning_word",
    StatusWord = "status_word",
    FamilyName = "family_name",
    UnknownPhone = "unknown_phone",
    RadiusWithoutUnit = "radius_without_unit",
    LanguageMissing = "language_missing",
    PlaceCut = "place_cut",
});

impl Finding {
    /// How much it weighs.
    pub fn severity(self) -> Severity {
        match self {
            Self::EventAgainstReport
            | Self::AbductionWord
            | Self::FamilyPhone
            | Self::RadiusInMetres => Severity::Blocks,
            Self::RunawayWord
            | Self::DemeaningWord
            | Self::StatusWord
            | Self::FamilyName
            | Self::UnknownPhone
            | Self::RadiusWithoutUnit => Severity::Confirm,
            Self::LanguageMissing | Self::PlaceCut => Severity::Advice,
        }
    }
}

impl Warning {
    /// What stands for it in a form and in the trail: codes, no word of the text.
    pub fn key(&self) -> String {
        let parts = [self.finding.as_str(), &self.language, self.field];
        let parts = parts.into_iter().filter(|part| !part.is_empty());
        parts.collect::<Vec<_>>().join(".")
    }
}

impl std::fmt::Debug for Warning {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Warning({})", self.key())
    }
}

/// Everything worth a word about a message, the heaviest first. The same finding in the same field is told once.
pub fn warnings(message: &Message, against: &Against<'_>) -> Vec<Warning> {
    let mut found = Vec::new();
    if message.child.is_some() && message.event != PublicEvent::of(against.nature) {
        found.push(whole(Finding::EventAgainstReport, ""));
    }
    for (language, vocabulary) in against.languages {
        match message.texts.iter().find(|text| text.language == *language) {
            None => found.push(whole(Finding::LanguageMissing, language)),
            Some(text) => {
                for (field, words) in fields(text) {
                    let place = Place {
                        language,
                        field,
                        words,
                    };
                    found.extend(of_field(&place, vocabulary, against));
                }
                found.extend(cut(text, against.channels));
            }
        }
    }
    found.sort_by_key(|one| (one.finding.severity(), one.finding));
    let mut seen: Vec<String> = Vec::new();
    found.retain(|one| {
        let key = one.key();
        let first = !seen.contains(&key);
        seen.push(key);
        first
    });
    found
}

/// What an author writes, by the names of the fields.
pub fn fields(text: &PublicText) -> [(&'static str, &str); 8] {
    [
        ("first_name", &text.first_name),
        ("place", &text.place),
        ("when", &text.when),
        ("clothes", &text.clothes),
        ("marks", &text.marks),
        ("headline", &text.headline),
        ("description", &text.description),
        ("instruction", &text.instruction),
    ]
}

/// One field of one text.
struct Place<'a> {
    language: &'a str,
    field: &'static str,
    words: &'a str,
}

impl Place<'_> {
    fn warning(&self, finding: Finding, words: &str) -> Warning {
        Warning {
            finding,
            language: self.language.to_owned(),
            field: self.field,
            words: words.to_owned(),
            channel: None,
        }
    }
}

fn whole(finding: Finding, language: &str) -> Warning {
    Warning {
        finding,
        language: language.to_owned(),
        field: "",
        words: String::new(),
        channel: None,
    }
}

fn of_field(place: &Place<'_>, words: &Vocabulary, against: &Against<'_>) -> Vec<Warning> {
    let text = tokens(place.words);
    let mut found = Vec::new();
    if against.nature == Nature::Forced {
        found.extend(spoken(place, &text, (&words.runaway, Finding::RunawayWord)));
    } else {
        found.extend(abduction(place, against.never_say));
    }
    for list in [
        (&words.demeaning[..], Finding::DemeaningWord),
        (&words.status[..], Finding::StatusWord),
    ] {
        found.extend(spoken(place, &text, list));
    }
    if place.field != "first_name" {
        let names = (&against.secrets.family_names[..], Finding::FamilyName);
        found.extend(named(place, &text, names));
    }
    found.extend(phones(place, against));
    found.extend(distances(place, &text, words, against.radius_km));
    found
}

fn spoken(
    place: &Place<'_>,
    text: &[Token],
    (stems, finding): (&[String], Finding),
) -> Option<Warning> {
    let at = stems.iter().find_map(|stem| find(text, stem))?;
    Some(place.warning(finding, &text[at].written))
}

/// Any part of a word counts here, as it does in the words of the pack itself.
fn abduction(place: &Place<'_>, never_say: &[String]) -> Option<Warning> {
    let text = place.words.to_lowercase();
    let word = never_say
        .iter()
        .find(|word| text.contains(&word.to_lowercase()))?;
    Some(place.warning(Finding::AbductionWord, word))
}

/// A family name of two letters is too many other words.
fn named(
    place: &Place<'_>,
    text: &[Token],
    (names, finding): (&[String], Finding),
) -> Option<Warning> {
    let names = names.iter().filter(|name| name.chars().count() > 2);
    let mut whole = names.filter_map(|name| {
        let name: Vec<Token> = tokens(name);
        let mut places = text.windows(name.len().max(1));
        let same = |found: &[Token]| {
            found
                .iter()
                .zip(&name)
                .all(|(one, own)| one.text == own.text)
        };
        (!name.is_empty() && places.any(same)).then(|| name[0].written.clone())
    });
    whole.next().map(|name| place.warning(finding, &name))
}

fn phones(place: &Place<'_>, against: &Against<'_>) -> Vec<Warning> {
    let own: Vec<String> = against
        .secrets
        .phones
        .iter()
        .flat_map(|typed| digit_runs(typed))
        .collect();
    let is_family = |run: &String| own.iter().any(|number| holds_number(run, number));
    if let Some(run) = digit_runs(place.words).iter().find(|run| is_family(run)) {
        return vec![place.warning(Finding::FamilyPhone, run)];
    }
    let known = |run: &String| {
        let mut numbers = against
            .own_numbers
            .iter()
            .flat_map(|number| digit_runs(number));
        numbers.any(|number| *run == number || holds_number(run, &number))
    };
    // A day and its hour are digits with blanks between them.
    let numbers = if place.field == "when" {
        Vec::new()
    } else {
        callable(place.words)
    };
    let unknown = numbers.into_iter().filter(|run| !known(run));
    unknown
        .map(|run| place.warning(Finding::UnknownPhone, &run))
        .collect()
}

/// A metre that should be a kilometre, and a radius without either.
fn distances(
    place: &Place<'_>,
    text: &[Token],
    words: &Vocabulary,
    radius_km: Option<f64>,
) -> Vec<Warning> {
    let Some(radius) = radius_km else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (at, token) in text.iter().enumerate() {
        if token.number() != Some(radius) {
            continue;
        }
        let next = text.get(at + 1);
        let is = |unit: &[String]| next.is_some_and(|next| is_one_of(next, unit));
        let before = &text[at.saturating_sub(3)..at];
        if is(&words.metres) {
            let written = format!("{} {}", token.written, next.map_or("", |one| &one.written));
            found.push(place.warning(Finding::RadiusInMetres, &written));
        } else if !is(&words.kilometres)
            && words.radius.iter().any(|one| find(before, one).is_some())
        {
            found.push(place.warning(Finding::RadiusWithoutUnit, &token.written));
        }
    }
    found
}

/// The place where it is shown shorter than it is written.
fn cut(text: &PublicText, channels: &[String]) -> Vec<Warning> {
    let channels = channels
        .iter()
        .filter_map(|word| word.parse::<OwnChannel>().ok());
    let shorter = channels.filter_map(|channel| {
        let room = capabilities(channel).longest_in(&text.language)? as usize;
        let shown = shortened(
            &text.place,
            room.saturating_sub(text.first_name.chars().count()),
        );
        (shown != text.place).then(|| Warning {
            finding: Finding::PlaceCut,
            language: text.language.clone(),
            field: "place",
            words: shown,
            channel: Some(channel),
        })
    });
    shorter.collect()
}

#[cfg(test)]
mod tests;
