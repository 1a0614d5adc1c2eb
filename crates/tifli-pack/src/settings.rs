//! The typed content of `pack.toml`. Unknown keys are errors; the rules that types cannot hold are
//! in `check`. Not for: reading files, nor the texts of an alert.

use crate::language::{Digits, Labels, LanguageTag};
use crate::qualification::{NeighborSettings, Qualification};
use serde::Deserialize;
use std::collections::BTreeMap;
use tifli_domain::scrutiny::Vocabulary;
use tifli_units::{Position, Radius};

/// The whole of `pack.toml`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Settings {
    pub code: String,
    pub zone: String,
    pub names: Labels,
    pub languages: Languages,
    pub alert: AlertDefaults,
    pub qualification: Qualification,
    pub scrutiny: BTreeMap<LanguageTag, Vocabulary>,
    #[serde(default)]
    pub neighbor: Vec<NeighborSettings>,
    pub call: Call,
    pub authority: Authority,
    pub cap: Cap,
    pub law: Law,
    pub gazetteer: Gazetteer,
    pub credit: Vec<Credit>,
    pub paper: Vec<Choice>,
    pub document: Vec<Choice>,
    pub consent: Vec<ConsentChannel>,
    pub article: Vec<Choice>,
    pub relation: Vec<Choice>,
    pub hub: Vec<Choice>,
    pub haunt: Vec<Choice>,
    pub service: Vec<Choice>,
    pub retention: Vec<Retention>,
    pub district: Vec<District>,
    #[serde(default)]
    pub venue: Vec<Venue>,
}

/// Which languages are spoken where.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Languages {
    /// Languages of the console, the first is the default.
    pub console: Vec<LanguageTag>,
    /// Languages of an alert, in the order it prints them.
    pub alert: Vec<LanguageTag>,
    /// With these ready, a missing other one never delays an alert.
    pub suffice: Vec<LanguageTag>,
    /// Languages in which papers are printed.
    pub papers: Vec<LanguageTag>,
    /// Digits of running text.
    pub digits: BTreeMap<LanguageTag, Digits>,
    /// The locale that names months and days as this country does.
    pub locales: BTreeMap<LanguageTag, String>,
    /// Words that no public text of this pack may hold.
    pub never_say: Vec<String>,
}

/// A channel for which the guardian is asked, and what leaves by it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentChannel {
    /// Its code.
    pub id: String,
    /// What it is called.
    pub name: Labels,
    /// What of the child leaves by it, and to whom.
    pub says: Labels,
}

/// What an alert starts from.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlertDefaults {
    /// Radius proposed around the point last seen.
    pub default_radius_km: Radius,
    /// Hours an alert stays valid unless said otherwise.
    pub validity_hours: u32,
    /// Most hours an alert may be given.
    pub max_validity_hours: u32,
    /// Hours from the report to publication, at most.
    pub ceiling_hours: u32,
    /// The event, in words: CAP `event`.
    pub event: Labels,
}

/// Numbers the public calls.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// The line that takes sightings, as it is dialled.
    pub number: String,
    /// The national emergency number.
    pub national_emergency: String,
    /// What the line is called.
    pub name: Labels,
    /// Numbers of other forces.
    #[serde(default)]
    pub other: Vec<OtherCall>,
}

impl Call {
    /// Every number that a public text may hold.
    pub fn numbers(&self) -> Vec<String> {
        let own = [&self.number, &self.national_emergency];
        let other = self.other.iter().map(|other| &other.number);
        own.into_iter().chain(other).cloned().collect()
    }
}

/// Another force's number.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OtherCall {
    /// As it is dialled.
    pub number: String,
    /// Whose it is.
    pub name: Labels,
}

/// Who issues alerts.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authority {
    /// A short name.
    pub short: Labels,
    /// The full name: CAP `senderName`.
    pub name: Labels,
}

/// What CAP needs to know of the issuer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cap {
    /// CAP `sender`: no blank, comma, `<` or `&`.
    pub sender: String,
}

/// The law on personal data, for the pages that name it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// The law.
    pub name: Labels,
    /// The authority that watches over it.
    pub regulator: Labels,
}

/// How the gazetteer is put together.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Gazetteer {
    pub residents: Vec<String>,
    pub residents_note: String,
    pub nearest: Vec<String>,
    pub kind: Vec<Kind>,
    pub layer: Vec<Layer>,
}

/// A kind of place.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kind {
    /// Its code.
    pub id: String,
    /// What it is called.
    pub name: Labels,
    /// Whether it holds towns of the same name and so comes after them in a search.
    #[serde(default)]
    pub broad: bool,
}

/// One file of the gazetteer, under one licence.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Layer {
    pub file: String,
    pub credit: String,
}

/// A line of the page that names sources.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Credit {
    /// Its code.
    pub id: String,
    /// The line to print.
    pub text: String,
    /// The licence.
    pub licence: String,
    /// Where it comes from; may be empty.
    pub url: String,
}

/// A code and what it is called.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// The code that is stored.
    pub id: String,
    /// What it is called.
    pub name: Labels,
}

/// From when the days of a retention class run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RetentionStart {
    /// From the cancel of the alert.
    Cancel,
    /// From the close of the case.
    Close,
    /// From the day of the entry itself.
    Entry,
}

impl RetentionStart {
    /// The word pages and the API use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cancel => "cancel",
            Self::Close => "close",
            Self::Entry => "entry",
        }
    }
}

/// How long a class of data is kept.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Retention {
    /// Its code.
    pub id: String,
    /// From when the days run.
    pub from: RetentionStart,
    /// Days.
    pub days: u32,
    /// What a closed file of this class ended as; empty for what is no file.
    #[serde(default)]
    pub endings: Vec<String>,
    /// What it is called.
    pub name: Labels,
}

/// A place full of people, with staff of its own.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Venue {
    /// Its slug.
    pub id: String,
    /// `souk`, `stadium`, `beach`, `mall`, `fair` or `station`.
    pub kind: String,
    /// The district it lies in.
    pub district: String,
    /// Its middle.
    pub point: Position,
    /// How far it reaches: some hundred metres, written in kilometres.
    pub radius_km: f64,
    /// How long an alert to its staff lives, in minutes.
    pub minutes: u32,
    /// What it is called.
    pub name: Labels,
}

/// Who takes reports and keeps files: a police district with a ground of its own, or a service of the whole country
/// (gendarmerie, judicial police, juvenile police), to which files are handed over or shared.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct District {
    /// Its slug.
    pub id: String,
    /// A short code, for case numbers.
    pub code: String,
    /// Where it sits; `None` for a service of the whole country, to which no alarm goes by itself.
    #[serde(default)]
    pub seat: Option<Position>,
    /// What it is called.
    pub name: Labels,
}
