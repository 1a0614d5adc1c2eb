//! Making a telegram: the answers that the services may read, in the words of each language.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use tifli_domain::bulletin::{Cause, TelegramKind, may_hold};
use tifli_domain::intake::{Field, Kind};
use tifli_domain::telegram::Telegram;
use tifli_pack::telegram::Facts;
use tifli_pack::{LanguageTag, SheetFacts};
use tifli_store::bulletin::TelegramRow;

use crate::App;

/// What a telegram is made of.
pub(super) struct Draft<'d> {
    /// What it says.
    pub kind: TelegramKind,
    /// Its number and the year of it.
    pub number: (i64, i64),
    /// When it is sent.
    pub sent_ms: i64,
    /// The district that sends it.
    pub district: &'d str,
    /// When the report was received.
    pub received_ms: i64,
    /// To how many services it goes.
    pub services: usize,
    /// The answers of the report; empty for a cessation, which says nothing of the child.
    pub answers: &'d BTreeMap<Field, String>,
    /// The first telegram of the bulletin; in its place the one that ended the search it takes up
    /// again.
    pub first: Option<&'d TelegramRow>,
    /// Why the search ceases.
    pub cause: Option<Cause>,
    /// Whether the family must not learn of it.
    pub family_uninformed: bool,
}

impl App {
    pub(super) fn compose_telegram(&self, draft: &Draft<'_>) -> Telegram {
        let (number, year) = draft.number;
        let label = format!("{number}/{year}");
        let time = self.date_time_group(draft.sent_ms);
        let telegrams = self.pack().telegrams();
        let sheets = telegrams.languages().iter().filter_map(|language| {
            let facts = self.telegram_facts(*language, draft);
            let given = SheetFacts {
                kind: draft.kind,
                number: &label,
                time: &time,
                family_uninformed: draft.family_uninformed,
                resumes: draft.kind == TelegramKind::Search && draft.first.is_some(),
                facts: &facts,
            };
            telegrams.sheet(*language, &given)
        });
        Telegram {
            kind: draft.kind,
            number,
            year,
            sent_ms: draft.sent_ms,
            family_uninformed: draft.family_uninformed,
            sheets: sheets.collect(),
        }
    }

    /// The year in which a telegram of this moment is numbered.
    pub(super) fn telegram_year(&self, at_ms: i64) -> i64 {
        let local = moment(at_ms).to_zoned(self.pack().zone().clone());
        i64::from(local.year())
    }

    fn telegram_facts(&self, language: LanguageTag, draft: &Draft<'_>) -> Facts {
        let pack = self.pack();
        let mut facts = self.answer_facts(language, draft.answers);
        let mut put = |name: &str, value: String| {
            if !value.is_empty() {
                facts.insert(name.to_owned(), value);
            }
        };
        let district = pack.district(draft.district);
        let district = district.map_or(draft.district, |one| one.name.get(language));
        put("authority", pack.authority().name.get(language).to_owned());
        put("district", district.to_owned());
        put("services", draft.services.to_string());
        put("received", self.local_time(draft.received_ms));
        put("call", pack.call().number.clone());
        put("full_name", full_name(language, draft.answers));
        put(
            "clothes",
            chosen(language, draft.answers, (Field::ClothesAr, Field::Clothes)),
        );
        put(
            "marks",
            chosen(language, draft.answers, (Field::MarksAr, Field::Marks)),
        );
        put("point", point(draft.answers));
        let born = text(draft.answers, Field::ChildBirthDate);
        let years = self.age_today(born, text(draft.answers, Field::ChildAge));
        if let Some(years) = years.and_then(|years| u32::try_from(years).ok()) {
            put("age", pack.telegrams().age(language, years));
        }
        if let Some(place) = draft.answers.get(&Field::LastSeenPlace) {
            let place = pack.places().find(place);
            put(
                "place",
                place.map_or(String::new(), |p| p.names.get(language).to_owned()),
            );
        }
        if let Some(cause) = draft.cause {
            put("cause", pack.telegrams().cause(language, cause).to_owned());
        }
        if let Some(first) = draft.first {
            put("first_number", format!("{}/{}", first.number, first.year));
            put("first_time", self.local_time(first.sent_ms));
        }
        facts
    }

    /// Each answer that the services may read, under its own name.
    fn answer_facts(&self, language: LanguageTag, answers: &BTreeMap<Field, String>) -> Facts {
        let pack = self.pack();
        let value = |field: Field, value: &str| match field.kind() {
            Kind::OneOf(_) => pack.telegrams().value(language, value).to_owned(),
            Kind::PackCode(list) => {
                let choices = pack.choices(list).unwrap_or_default().iter();
                let mut chosen = choices.filter(|choice| choice.id == value);
                let chosen = chosen.next().map(|choice| choice.name.get(language));
                chosen.unwrap_or(value).to_owned()
            }
            Kind::Date => value.parse().map_or_else(|_| value.to_owned(), day),
            Kind::LocalTime => value
                .parse()
                .map_or_else(|_| value.to_owned(), day_and_time),
            _ => value.to_owned(),
        };
        answers
            .iter()
            .filter(|(field, _)| may_hold(**field))
            .map(|(field, typed)| (field.name().to_owned(), value(*field, typed)))
            .collect()
    }

    /// Local day and time, and the date-time group in UTC: `22/11/2026 14:05 (221305Z NOV 26)`.
    fn date_time_group(&self, at_ms: i64) -> String {
        let group = moment(at_ms).strftime("%d%H%MZ %b %y").to_string();
        format!("{} ({})", self.local_time(at_ms), group.to_uppercase())
    }

    fn local_time(&self, at_ms: i64) -> String {
        let local = moment(at_ms).to_zoned(self.pack().zone().clone());
        day_and_time(local.datetime())
    }
}

fn moment(at_ms: i64) -> Timestamp {
    Timestamp::from_millisecond(at_ms).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn day(date: Date) -> String {
    date.strftime("%d/%m/%Y").to_string()
}

fn day_and_time(at: DateTime) -> String {
    at.strftime("%d/%m/%Y %H:%M").to_string()
}

fn text(answers: &BTreeMap<Field, String>, field: Field) -> &str {
    answers.get(&field).map_or("", |value| value.trim())
}

/// The name in the letters of the language, and in the other ones behind it.
fn full_name(language: LanguageTag, answers: &BTreeMap<Field, String>) -> String {
    let name = |first, family| {
        let both = [text(answers, first), text(answers, family)];
        both.join(" ").trim().to_owned()
    };
    let arabic = name(Field::ChildFirstNameAr, Field::ChildFamilyNameAr);
    let latin = name(Field::ChildFirstName, Field::ChildFamilyName);
    let (own, other) = match language {
        LanguageTag::AR => (arabic, latin),
        _ => (latin, arabic),
    };
    match (own.is_empty(), other.is_empty()) {
        (true, _) => other,
        (_, true) => own,
        _ => format!("{own} ({other})"),
    }
}

/// The answer in the language, or the other one.
fn chosen(
    language: LanguageTag,
    answers: &BTreeMap<Field, String>,
    (arabic, second): (Field, Field),
) -> String {
    let (own, other) = match language {
        LanguageTag::AR => (arabic, second),
        _ => (second, arabic),
    };
    let own = text(answers, own);
    let words = if own.is_empty() {
        text(answers, other)
    } else {
        own
    };
    words.to_owned()
}

fn point(answers: &BTreeMap<Field, String>) -> String {
    let (lat, lon) = (
        text(answers, Field::LastSeenLat),
        text(answers, Field::LastSeenLon),
    );
    match lat.is_empty() || lon.is_empty() {
        true => String::new(),
        false => format!("{lat}, {lon}"),
    }
}
