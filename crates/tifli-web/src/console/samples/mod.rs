//! Invented examples of every console page, for the rendering tests and the gallery. Nothing here is ever served.

mod alerts;
mod board;
mod bulletin;
mod closing;
mod data_protection;
mod ends;
mod figures;
mod found;
mod house;
mod intake;
mod ledger;
mod line;
mod lists;
mod papers;
mod partner;
mod qualification;
mod room;
mod roster;
mod venues;
mod weighing;

use askama::Template;
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::format::Formats;
use crate::i18n::{Locale, T};
use crate::layout::{ConsoleRole, Ending, Person, RealmBanner, Shell};
use crate::public::MapSvg;
use crate::public::samples::Sample;

pub use crate::public::samples::HOSTILE;

/// Collects rendered pages.
pub(super) struct Pages {
    list: Vec<Sample>,
}

impl Pages {
    fn insert(&mut self, name: &str, page: &impl Template) -> askama::Result<()> {
        self.list.push(Sample {
            name: name.to_owned(),
            html: page.render()?,
        });
        Ok(())
    }
}

/// Renders every console page in a language.
///
/// # Errors
/// When a template fails to render.
pub fn render_all(locale: Locale) -> askama::Result<Vec<Sample>> {
    let mut pages = Pages { list: Vec::new() };
    intake::insert(locale, &mut pages)?;
    alerts::insert(locale, &mut pages)?;
    ends::insert(locale, &mut pages)?;
    qualification::insert(locale, &mut pages)?;
    house::insert(locale, &mut pages)?;
    board::insert(locale, &mut pages)?;
    closing::insert(locale, &mut pages)?;
    partner::insert(locale, &mut pages)?;
    papers::insert(locale, &mut pages)?;
    bulletin::insert(locale, &mut pages)?;
    lists::insert(locale, &mut pages)?;
    data_protection::insert(locale, &mut pages)?;
    found::insert(locale, &mut pages)?;
    venues::insert(locale, &mut pages)?;
    figures::insert(locale, &mut pages)?;
    roster::insert(locale, &mut pages)?;
    ledger::insert(locale, &mut pages)?;
    line::insert(locale, &mut pages)?;
    room::insert(locale, &mut pages)?;
    Ok(pages.list)
}

/// Renders the parts that scripts fetch by themselves.
///
/// # Errors
/// When a template fails to render.
pub fn render_parts(locale: Locale) -> askama::Result<Vec<Sample>> {
    let mut parts = Pages { list: Vec::new() };
    intake::insert_parts(locale, &mut parts)?;
    alerts::insert_parts(locale, &mut parts)?;
    house::insert_parts(locale, &mut parts)?;
    room::insert_parts(locale, &mut parts)?;
    venues::insert_parts(locale, &mut parts)?;
    board::insert_parts(locale, &mut parts)?;
    line::insert_parts(locale, &mut parts)?;
    Ok(parts.list)
}

/// A shell as a Moroccan demo would have it; nobody is signed in when there is no role.
#[must_use]
pub fn shell(locale: Locale, role: Option<ConsoleRole>, path: &str) -> Shell {
    let zone = TimeZone::get("Africa/Casablanca").unwrap_or(TimeZone::UTC);
    let person = role.map(|role| Person {
        name: pick(locale, "سعاد العلمي", "Souad El Alami", "Souad El Alami").to_owned(),
        unit: pick(
            locale,
            "مفوضية سلا تابريكت",
            "Commissariat Salé-Tabriquet",
            "Salé-Tabriquet post",
        )
        .to_owned(),
        role,
    });
    let out = [("alert_1".to_owned(), "case_1".to_owned())];
    Shell {
        t: T::new(locale),
        formats: Formats::for_country(locale, "ma", zone),
        realm: RealmBanner::Demo,
        person,
        csrf: "f3c1a9".to_owned(),
        path: path.to_owned(),
        waiting: vec![("/console/tips", 3)],
        ending: role.and_then(|_| Ending::from(path, &out)),
    }
}

/// The text of a language.
/// The officer who wrote everything here.
fn author(locale: Locale) -> String {
    pick(
        locale,
        "سعاد العلمي، سلا",
        "Souad El Alami, Salé",
        "Souad El Alami, Salé",
    )
    .to_owned()
}

fn pick<'a>(locale: Locale, ar: &'a str, fr: &'a str, en: &'a str) -> &'a str {
    match locale {
        Locale::Ar => ar,
        Locale::Fr => fr,
        Locale::En => en,
    }
}

/// A moment of the samples' day, by its time in UTC.
fn at(time: &str) -> Timestamp {
    format!("2026-11-22T{time}Z")
        .parse()
        .unwrap_or(Timestamp::UNIX_EPOCH)
}

/// When every sample page was made: 16:05 in Casablanca.
fn now() -> Timestamp {
    at("15:05:00")
}

fn map() -> Option<MapSvg> {
    MapSvg::parse(MAP.to_owned())
}

const MAP: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"map\" viewBox=\"0 0 600 340\" width=\"600\" height=\"340\" role=\"img\" \
aria-label=\"Map\"><path class=\"map-region\" d=\"M170 0 150 60 175 120 130 190 60 260 30 340H330L350 200 300 120 340 0Z\"/><path class=\"map-region\" \
d=\"M340 0 300 120 350 200 330 340H600V0Z\"/><path class=\"map-area\" d=\"M150 150A120 120 0 1 1 390 150A120 120 0 1 1 150 150Z\"/><path class=\"map-kept\" \
d=\"M160 105A120 120 0 1 1 152 165L175 120Z\"/><circle class=\"map-dot\" cx=\"330\" cy=\"90\" r=\"2\"/><text class=\"map-place\" x=\"338\" y=\"94\">Kénitra</text>\
<circle class=\"map-point\" cx=\"270\" cy=\"150\" r=\"5\"/></svg>";
