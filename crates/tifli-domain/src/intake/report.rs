//! A whole report, read from its fields, with every problem named beside its field.

use super::field::Field;
use super::kind::{Kind, Mark};
use crate::text::{self, TextError};
use crate::typed;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use tifli_units::Position;

/// Girl, boy or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sex {
    /// A girl.
    Girl,
    /// A boy.
    Boy,
    /// Not known.
    Unknown,
}

/// Forced, voluntary or unknown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// Taken.
    Forced,
    /// Left.
    Voluntary,
    /// Not known yet.
    Unknown,
}

impl Nature {
    /// What an answer says; no answer, and any other word, is unknown.
    pub fn of_answer(answer: Option<&str>) -> Self {
        match answer {
            Some("forced") => Self::Forced,
            Some("voluntary") => Self::Voluntary,
            _ => Self::Unknown,
        }
    }
}

/// Whether the guardian consents to publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consent {
    /// Expressly given.
    Given,
    /// Refused.
    Refused,
    /// Not asked or not answered.
    Unknown,
}

/// What is known of the child's age.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Birth {
    /// The date of birth.
    On(Date),
    /// Whole years.
    Age(i64),
}

/// What is wrong with one field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FieldProblem {
    /// Needed and not answered.
    #[error("an answer is needed")]
    Missing,
    /// The text breaks a rule.
    #[error(transparent)]
    Text(#[from] TextError),
    /// Not one of the answers offered.
    #[error("this is not one of the answers")]
    NotAnAnswer,
    /// Not a number in the range.
    #[error("a whole number between {0} and {1} is needed")]
    NotInRange(i64, i64),
    /// Not a date or time.
    #[error("this is not a date")]
    NotADate,
    /// A birth date or a sighting in the future.
    #[error("this lies in the future")]
    InTheFuture,
    /// The child would be 18 or older.
    #[error("the person would be eighteen or older")]
    NotAChild,
    /// Last seen before birth.
    #[error("this lies before the date of birth")]
    BeforeBirth,
    /// Not degrees.
    #[error("latitude is between -90 and 90, longitude between -180 and 180")]
    NotDegrees,
    /// Latitude and longitude seem to be exchanged.
    #[error("latitude and longitude seem to be exchanged")]
    Swapped,
}

/// A problem and where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{}: {problem}", field.name())]
pub struct FieldError {
    /// The field.
    pub field: Field,
    /// What is wrong.
    pub problem: FieldProblem,
}

/// Something unusual that a person must confirm; never a reason to refuse.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Warning {
    /// Last seen more than a week ago.
    LongAgo,
    /// The point lies in the sea or abroad.
    OutsideCountry,
    /// Nobody subscribed lives in the area.
    NoSubscriber,
}

/// A report that is enough to open a case.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// First names: Arabic script, Latin script. At least one is not empty.
    pub first_name: (String, String),
    /// What is known of the age.
    pub birth: Birth,
    /// Girl, boy, unknown.
    pub sex: Sex,
    /// When last seen.
    pub last_seen_at: Timestamp,
    /// The gazetteer's place.
    pub place: Option<String>,
    /// The exact point.
    pub point: Option<Position>,
    /// Forced, voluntary, unknown.
    pub nature: Nature,
    /// Consent to publish.
    pub consent: Consent,
}

/// Checks one typed value by its field's kind and gives it back as it is to be kept. An empty value
/// is always accepted: it takes an answer back. Codes of the pack are the caller's to check.
pub fn accept(field: Field, typed: &str) -> Result<String, FieldProblem> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(String::new());
    }
    match field.kind() {
        Kind::Line(limit) | Kind::Words(limit) | Kind::Told(limit) => {
            Ok(text::plain(typed, limit)?)
        }
        Kind::YesNo => Err(FieldProblem::NotAnAnswer),
        Kind::PackCode(_) | Kind::Place => Ok(text::plain(typed, 80)?),
        Kind::OneOf(words) if words.contains(&typed) => Ok(typed.to_owned()),
        Kind::OneOf(_) => Err(FieldProblem::NotAnAnswer),
        Kind::Whole(low, high) => match typed::whole::<i64>(typed) {
            Some(n) if (low..=high).contains(&n) => Ok(n.to_string()),
            _ => Err(FieldProblem::NotInRange(low, high)),
        },
        Kind::Date => typed::date(typed)
            .map(|d| d.to_string())
            .ok_or(FieldProblem::NotADate),
        Kind::LocalTime => typed::local_time(typed)
            .map(|d| d.strftime("%Y-%m-%dT%H:%M").to_string())
            .ok_or(FieldProblem::NotADate),
        Kind::Degrees => degrees(typed).map(|d| format!("{d:.5}")),
    }
}

/// Checks an answer with its mark and gives both back as they are to be kept. A word typed into a
/// question of yes and no is its mark; a value of its own needs none.
pub fn accept_marked(
    field: Field,
    typed: &str,
    mark: Option<Mark>,
) -> Result<(String, Option<Mark>), FieldProblem> {
    let (typed, mark) = match (field.kind(), typed.trim()) {
        (Kind::YesNo, word) if !word.is_empty() => (
            "",
            Some(word.parse().map_err(|_| FieldProblem::NotAnAnswer)?),
        ),
        (Kind::OneOf(words), word) if !words.contains(&word) && word.parse::<Mark>().is_ok() => {
            ("", word.parse().ok())
        }
        (_, typed) => (typed, mark),
    };
    if mark.is_some_and(|mark| !field.marks().contains(&mark)) {
        return Err(FieldProblem::NotAnAnswer);
    }
    let value = accept(field, typed)?;
    let keeps_mark = value.is_empty() || matches!(field.kind(), Kind::Told(_));
    Ok((value, mark.filter(|_| keeps_mark)))
}

impl Report {
    /// Reads the answers. All problems are named at once.
    pub fn read(
        answers: &BTreeMap<Field, String>,
        zone: &TimeZone,
        now: Timestamp,
    ) -> Result<Self, Vec<FieldError>> {
        let mut problems = Vec::new();
        let report = Reader {
            answers,
            zone,
            now,
            problems: &mut problems,
        }
        .report();
        match report {
            Some(report) if problems.is_empty() => Ok(report),
            _ => Err(problems),
        }
    }

    /// The age in whole years at `on`.
    pub fn age_on(&self, on: Date) -> i64 {
        match self.birth {
            Birth::Age(years) => years,
            Birth::On(born) => whole_years(born, on),
        }
    }

    /// What a person should confirm, apart from what only geography can tell.
    pub fn warnings(&self, now: Timestamp) -> Vec<Warning> {
        let age = now.duration_since(self.last_seen_at).as_hours();
        if age > 7 * 24 {
            vec![Warning::LongAgo]
        } else {
            Vec::new()
        }
    }
}

/// Walks the answers and collects problems.
struct Reader<'a> {
    answers: &'a BTreeMap<Field, String>,
    zone: &'a TimeZone,
    now: Timestamp,
    problems: &'a mut Vec<FieldError>,
}

impl<'a> Reader<'a> {
    fn report(&mut self) -> Option<Report> {
        let first_name = self.first_name();
        let today = self.now.to_zoned(self.zone.clone()).date();
        let birth = self.birth(today);
        let last_seen_at = self.last_seen_at(birth);
        let place = self.find(Field::LastSeenPlace).map(str::to_owned);
        let point = self.point();
        if place.is_none() && point.is_none() {
            self.problem::<()>(Field::LastSeenPlace, FieldProblem::Missing);
        }
        self.need(Field::ReporterName);
        self.need(Field::ReporterRelation);
        Some(Report {
            first_name,
            birth: birth?,
            sex: self.sex(),
            last_seen_at: last_seen_at?,
            place,
            point,
            nature: self.nature(),
            consent: self.consent(),
        })
    }

    fn first_name(&mut self) -> (String, String) {
        let ar = self
            .find(Field::ChildFirstNameAr)
            .unwrap_or_default()
            .to_owned();
        let latin = self
            .find(Field::ChildFirstName)
            .unwrap_or_default()
            .to_owned();
        if ar.is_empty() && latin.is_empty() {
            self.problem::<()>(Field::ChildFirstNameAr, FieldProblem::Missing);
        }
        (ar, latin)
    }

    fn birth(&mut self, today: Date) -> Option<Birth> {
        if let Some(born) = self.find(Field::ChildBirthDate) {
            return match born.parse::<Date>() {
                Ok(born) if born > today => {
                    self.problem(Field::ChildBirthDate, FieldProblem::InTheFuture)
                }
                Ok(born) if whole_years(born, today) >= 18 => {
                    self.problem(Field::ChildBirthDate, FieldProblem::NotAChild)
                }
                Ok(born) => Some(Birth::On(born)),
                Err(_) => self.problem(Field::ChildBirthDate, FieldProblem::NotADate),
            };
        }
        match self.find(Field::ChildAge).map(str::parse::<i64>) {
            Some(Ok(years)) if (0..=17).contains(&years) => Some(Birth::Age(years)),
            Some(_) => self.problem(Field::ChildAge, FieldProblem::NotInRange(0, 17)),
            None => self.problem(Field::ChildAge, FieldProblem::Missing),
        }
    }

    fn last_seen_at(&mut self, birth: Option<Birth>) -> Option<Timestamp> {
        let Some(typed) = self.find(Field::LastSeenAt) else {
            return self.problem(Field::LastSeenAt, FieldProblem::Missing);
        };
        let Ok(local) = typed.parse::<DateTime>() else {
            return self.problem(Field::LastSeenAt, FieldProblem::NotADate);
        };
        let Ok(zoned) = self.zone.to_ambiguous_zoned(local).compatible() else {
            return self.problem(Field::LastSeenAt, FieldProblem::NotADate);
        };
        if zoned.timestamp() > self.now {
            return self.problem(Field::LastSeenAt, FieldProblem::InTheFuture);
        }
        if matches!(birth, Some(Birth::On(born)) if local.date() < born) {
            return self.problem(Field::LastSeenAt, FieldProblem::BeforeBirth);
        }
        Some(zoned.timestamp())
    }

    fn point(&mut self) -> Option<Position> {
        let (lat, lon) = match (self.find(Field::LastSeenLat), self.find(Field::LastSeenLon)) {
            (None, None) => return None,
            (Some(lat), Some(lon)) => (degrees(lat), degrees(lon)),
            (None, Some(_)) => return self.problem(Field::LastSeenLat, FieldProblem::Missing),
            (Some(_), None) => return self.problem(Field::LastSeenLon, FieldProblem::Missing),
        };
        match (lat, lon) {
            (Ok(lat), Ok(lon)) => match Position::new(lat, lon) {
                Ok(point) => Some(point),
                Err(_) => self.problem(Field::LastSeenLat, FieldProblem::NotDegrees),
            },
            (Err(problem), _) => self.problem(Field::LastSeenLat, problem),
            (_, Err(problem)) => self.problem(Field::LastSeenLon, problem),
        }
    }

    fn sex(&self) -> Sex {
        match self.find(Field::ChildSex) {
            Some("girl") => Sex::Girl,
            Some("boy") => Sex::Boy,
            _ => Sex::Unknown,
        }
    }

    fn nature(&self) -> Nature {
        Nature::of_answer(self.find(Field::Nature))
    }

    fn consent(&self) -> Consent {
        match self.find(Field::ConsentPublish) {
            Some("yes") => Consent::Given,
            Some("no") => Consent::Refused,
            _ => Consent::Unknown,
        }
    }

    fn need(&mut self, field: Field) {
        if self.find(field).is_none() {
            self.problem::<()>(field, FieldProblem::Missing);
        }
    }

    fn find(&self, field: Field) -> Option<&'a str> {
        self.answers
            .get(&field)
            .map(String::as_str)
            .filter(|v| !v.is_empty())
    }

    fn problem<T>(&mut self, field: Field, problem: FieldProblem) -> Option<T> {
        self.problems.push(FieldError { field, problem });
        None
    }
}

pub(super) fn degrees(text: &str) -> Result<f64, FieldProblem> {
    match typed::decimal(text) {
        Some(d) if d.abs() <= 180.0 => Ok(d),
        _ => Err(FieldProblem::NotDegrees),
    }
}

fn whole_years(born: Date, on: Date) -> i64 {
    let years = i64::from(on.year()) - i64::from(born.year());
    let before_birthday = (on.month(), on.day()) < (born.month(), born.day());
    years - i64::from(before_birthday)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answers(change: &[(Field, &str)]) -> BTreeMap<Field, String> {
        let base = [
            (Field::ReporterName, "Invented Reporter"),
            (Field::ReporterRelation, "mother"),
            (Field::ChildFirstName, "Salma"),
            (Field::ChildBirthDate, "2017-03-01"),
            (Field::LastSeenAt, "2026-11-20T10:00"),
            (Field::LastSeenPlace, "rabat"),
        ];
        base.iter()
            .chain(change)
            .map(|(f, v)| (*f, (*v).to_owned()))
            .collect()
    }

    fn read(change: &[(Field, &str)]) -> Result<Report, Vec<FieldError>> {
        let zone = TimeZone::get("Asia/Qatar").unwrap();
        Report::read(
            &answers(change),
            &zone,
            "2026-11-20T12:00:00Z".parse().unwrap(),
        )
    }

    #[test]
    fn a_whole_report_is_read() {
        let report = read(&[]).unwrap();
        assert_eq!(report.last_seen_at.to_string(), "2026-11-20T07:00:00Z");
        assert_eq!(report.age_on(jiff::civil::date(2026, 11, 20)), 9);
    }

    #[test]
    fn each_bad_answer_is_named_beside_its_field() {
        for (field, value, problem) in [
            (
                Field::ChildBirthDate,
                "2027-01-01",
                FieldProblem::InTheFuture,
            ),
            (Field::ChildBirthDate, "2001-01-01", FieldProblem::NotAChild),
            (
                Field::LastSeenAt,
                "2026-11-20T16:00",
                FieldProblem::InTheFuture,
            ),
            (
                Field::LastSeenAt,
                "2016-01-01T00:00",
                FieldProblem::BeforeBirth,
            ),
            (Field::LastSeenAt, "", FieldProblem::Missing),
            (Field::LastSeenPlace, "", FieldProblem::Missing),
            (Field::ReporterName, "", FieldProblem::Missing),
        ] {
            assert_eq!(
                read(&[(field, value)]),
                Err(vec![FieldError { field, problem }]),
                "{value}"
            );
        }
    }

    #[test]
    fn an_old_sighting_is_asked_about_and_not_refused() {
        let report = read(&[(Field::LastSeenAt, "2026-10-01T10:00")]).unwrap();
        let now = "2026-11-20T12:00:00Z".parse().unwrap();
        assert_eq!(report.warnings(now), vec![Warning::LongAgo]);
    }

    #[test]
    fn a_mark_stands_beside_words_only_where_words_are_told() {
        for (field, typed, mark, kept) in [
            (
                Field::Activity,
                "refused",
                None,
                Ok(("", Some(Mark::Refused))),
            ),
            (
                Field::ForceSeen,
                "",
                Some(Mark::Refused),
                Ok(("", Some(Mark::Refused))),
            ),
            (
                Field::ForceSeen,
                "a man",
                Some(Mark::Yes),
                Ok(("a man", Some(Mark::Yes))),
            ),
            (Field::ChildAge, "9", Some(Mark::Unknown), Ok(("9", None))),
            (
                Field::ChildAge,
                "",
                Some(Mark::Unknown),
                Ok(("", Some(Mark::Unknown))),
            ),
            (
                Field::ChildAge,
                "",
                Some(Mark::Yes),
                Err(FieldProblem::NotAnAnswer),
            ),
            (Field::Swims, "yes", None, Ok(("", Some(Mark::Yes)))),
            (
                Field::Swims,
                "a little",
                None,
                Err(FieldProblem::NotAnAnswer),
            ),
            (
                Field::GateCustody,
                "",
                Some(Mark::Refused),
                Err(FieldProblem::NotAnAnswer),
            ),
            (Field::GateCustody, "unknown", None, Ok(("unknown", None))),
        ] {
            let kept = kept.map(|(value, mark)| (value.to_owned(), mark));
            assert_eq!(
                accept_marked(field, typed, mark),
                kept,
                "{} {typed}",
                field.name()
            );
        }
    }

    #[test]
    fn a_home_address_is_never_public() {
        use super::super::Visibility;
        for field in [
            Field::HomeAddress,
            Field::ReporterPhone,
            Field::Nature,
            Field::ChildFamilyName,
        ] {
            assert!(field.visibility() > Visibility::Public);
        }
    }

    #[test]
    fn answers_are_kept_alike_whatever_keyboard_they_were_typed_on() {
        for (field, typed, kept) in [
            (Field::ChildAge, "٧", "7"),
            (Field::ChildBirthDate, "٠٢/١١/٢٠١٩", "2019-11-02"),
            (Field::LastSeenAt, "٢٢/١١/٢٠٢٦ ١٧:٠٥", "2026-11-22T17:05"),
            (Field::LastSeenAt, "2026-11-22T17:05", "2026-11-22T17:05"),
            (Field::LastSeenLat, "٣٤٫٠٥", "34.05000"),
        ] {
            assert_eq!(accept(field, typed).as_deref(), Ok(kept), "{typed}");
        }
        let odd = accept(Field::ChildBirthDate, "11/22/2019");
        assert_eq!(odd, Err(FieldProblem::NotADate));
    }
}
