//! The file of a case as people read it: codes by their labels, dates in words, photos. Values come opened, and the
//! reading is recorded by then.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};
use tifli_app::report::CaseFile;
use tifli_domain::intake::{Consent, Field, Kind, Section, Sex};
use tifli_units::Position;

use super::desk::Desk;
use crate::console::case::{FileGroup, FileRow};
use crate::console::report::ReportPhoto;
use crate::server::moment;

impl Desk {
    /// The answers by section, without the empty ones: what the report takes, and beside it what others said.
    pub fn file(&self, file: &CaseFile) -> Vec<FileGroup> {
        let group = |section: Section| {
            let fields = Field::ALL.iter().copied();
            let rows = fields
                .filter(|field| field.section() == section)
                .filter_map(|field| self.file_row(file, field));
            FileGroup {
                section,
                rows: rows.collect(),
            }
        };
        let groups = Section::ALL.iter().copied().map(group);
        groups.filter(|group| !group.rows.is_empty()).collect()
    }

    fn file_row(&self, file: &CaseFile, field: Field) -> Option<FileRow> {
        let taken = file.answers.get(&field).filter(|taken| !taken.is_empty());
        let others = self.others(file, (field, file.source_of(field)));
        if taken.is_none() && others.is_empty() {
            return None;
        }
        Some(FileRow {
            field,
            value: taken
                .map(|taken| self.said(field, taken))
                .unwrap_or_default(),
            others,
        })
    }

    /// One answer in words of the page.
    pub fn answer(&self, field: Field, value: &str) -> String {
        let shown = match field.kind() {
            _ if field.is_sealed() => Some(self.shell.say("sealed-answer")),
            _ if value.is_empty() => None,
            Kind::OneOf(_) if field == Field::Confirmed => None,
            Kind::OneOf(words) if words.contains(&value) => {
                Some(self.shell.answer(field.name(), value))
            }
            Kind::PackCode(list) => {
                let choices = self.choices(list, value).into_iter();
                choices
                    .filter(|choice| choice.chosen)
                    .map(|choice| choice.label)
                    .next()
            }
            Kind::Place => self.place(value).map(|place| match place.within.as_str() {
                "" => place.name,
                within => self.with_unit(&place.name, within),
            }),
            Kind::Date => value.parse::<Date>().ok().and_then(|date| self.date(date)),
            Kind::LocalTime => value
                .parse::<DateTime>()
                .ok()
                .and_then(|at| self.local_time(at)),
            _ => None,
        };
        shown.unwrap_or_else(|| value.to_owned())
    }

    /// The photos of a file.
    pub fn photos(&self, file: &CaseFile) -> Vec<ReportPhoto> {
        let photos = file.photos.iter().enumerate();
        photos
            .map(|(place, photo)| ReportPhoto {
                media: photo.media.to_string(),
                src: format!("/console/media/{}/small", photo.media),
                size: (photo.public_width, photo.public_height),
                added: moment(photo.created_ms),
                main: place == 0,
            })
            .collect()
    }

    /// The age at this moment, from the date of birth or as stated.
    pub fn age(&self, values: &BTreeMap<Field, String>) -> Option<i64> {
        let text = |field: Field| values.get(&field).map(String::as_str).unwrap_or_default();
        let today = self.now.to_zoned(self.shell.formats.zone.clone()).date();
        let born = text(Field::ChildBirthDate).parse::<Date>().ok();
        let span = born.and_then(|born| born.until((jiff::Unit::Year, today)).ok());
        span.map(|span| i64::from(span.get_years()))
            .or_else(|| text(Field::ChildAge).parse().ok())
    }

    fn date(&self, date: Date) -> Option<String> {
        let noon = date
            .at(12, 0, 0, 0)
            .to_zoned(self.shell.formats.zone.clone())
            .ok()?;
        Some(self.shell.formats.date(noon.timestamp()))
    }

    fn local_time(&self, at: DateTime) -> Option<String> {
        let zoned = at.to_zoned(self.shell.formats.zone.clone()).ok()?;
        Some(self.shell.formats.date_time(zoned.timestamp()))
    }
}

/// The exact point of a report, when both degrees are typed and make one.
pub fn exact_point(values: &BTreeMap<Field, String>) -> Option<Position> {
    let degrees = |field: Field| values.get(&field)?.trim().replace(',', ".").parse().ok();
    Position::new(degrees(Field::LastSeenLat)?, degrees(Field::LastSeenLon)?).ok()
}

/// The sex as answered.
pub fn sex(values: &BTreeMap<Field, String>) -> Sex {
    match values.get(&Field::ChildSex).map(String::as_str) {
        Some("girl") => Sex::Girl,
        Some("boy") => Sex::Boy,
        _ => Sex::Unknown,
    }
}

/// The consent as answered.
pub fn consent(values: &BTreeMap<Field, String>) -> Consent {
    match values.get(&Field::ConsentPublish).map(String::as_str) {
        Some("yes") => Consent::Given,
        Some("no") => Consent::Refused,
        _ => Consent::Unknown,
    }
}
