//! Samples of children lost at a venue and of the list of venues. Not served.

use tifli_domain::venue::VenueState;

use super::super::venues::{
    FIELDS, PlaceRow, VenueList, VenuePage, VenueRow, VenueRows, VenuesPage,
};
use super::{HOSTILE, Pages, at, author, now, pick, shell};
use crate::forms::{Choice, FormErrors};
use crate::i18n::Locale;
use crate::layout::ConsoleRole;

pub(super) fn insert(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    pages.insert("venues", &venues(locale))?;
    pages.insert("venues-wrong", &wrong(locale))?;
    for state in VenueState::ALL {
        pages.insert(&format!("venue-{}", state.as_str()), &one(locale, state))?;
    }
    pages.insert("venue-list", &list(locale, FormErrors::none()))?;
    let mut errors = FormErrors::none();
    let words = pick(locale, "مطلوب", "Obligatoire", "Needed");
    for field in ["id", "radius_km", "district", "kind", "login-souk-1"] {
        errors.insert(field, words);
    }
    pages.insert("venue-list-wrong", &list(locale, errors))
}

pub(super) fn insert_parts(locale: Locale, parts: &mut Pages) -> askama::Result<()> {
    let page = venues(locale);
    parts.insert(
        "venue-rows",
        &VenueRows {
            shell: page.shell,
            now: now(),
            rows: page.rows,
        },
    )
}

fn venue(locale: Locale) -> String {
    pick(
        locale,
        "أسواق المدينة العتيقة",
        "Souks de la médina",
        "Souks of the medina",
    )
    .to_owned()
}

fn row(locale: Locale, state: VenueState) -> VenueRow {
    let open = matches!(state, VenueState::Live | VenueState::Expired);
    let shown = |text: &str| if open { text.to_owned() } else { String::new() };
    VenueRow {
        id: "case_7".to_owned(),
        number: "SLE-26-0007".to_owned(),
        venue: venue(locale),
        radius_km: "0.4".to_owned(),
        state,
        by: author(locale),
        opened: at("15:00:00"),
        ends: at("15:20:00"),
        name: shown(pick(locale, "سلمى", "Salma", "Salma")),
        age: open.then_some(5),
        looks: shown(HOSTILE),
    }
}

fn venues(locale: Locale) -> VenuesPage {
    VenuesPage {
        shell: shell(locale, Some(ConsoleRole::FieldUnit), "/console/venues"),
        now: now(),
        rows: VenueState::ALL.map(|state| row(locale, state)).into(),
        open: 2,
        venues: vec![Choice::new("souk-1", venue(locale))],
        key: "k1".to_owned(),
        typed: [String::new(), String::new(), String::new()],
        errors: FormErrors::none(),
    }
}

fn wrong(locale: Locale) -> VenuesPage {
    let mut errors = FormErrors::none();
    let words = pick(locale, "مطلوب", "Obligatoire", "Needed");
    for field in ["name", "age", "looks", "venue"] {
        errors.insert(field, words);
    }
    VenuesPage {
        rows: Vec::new(),
        open: 0,
        typed: [HOSTILE.to_owned(), "40".to_owned(), HOSTILE.to_owned()],
        errors,
        ..venues(locale)
    }
}

fn one(locale: Locale, state: VenueState) -> VenuePage {
    VenuePage {
        shell: shell(locale, Some(ConsoleRole::Room), "/console/venues/case_7"),
        now: now(),
        row: row(locale, state),
        may_grow: true,
        may_read: true,
    }
}

fn list(locale: Locale, errors: FormErrors) -> VenueList {
    let shell = shell(locale, Some(ConsoleRole::Operator), "/console/venue-list");
    let place = |id: &str, staff| PlaceRow {
        id: id.to_owned(),
        name: venue(locale),
        kind: "souk".to_owned(),
        district: pick(locale, "سلا", "Salé", "Salé").to_owned(),
        radius_km: "0.4".to_owned(),
        minutes: 20,
        staff,
    };
    let staff = vec![("unit".to_owned(), HOSTILE.to_owned())];
    VenueList {
        places: vec![place("souk-1", staff), place("souk-2", Vec::new())],
        typed: FIELDS
            .map(|(name, kind)| (name, kind, String::new()))
            .into(),
        districts: vec![Choice::new("sale", pick(locale, "سلا", "Salé", "Salé"))],
        kinds: vec![Choice::new("souk", shell.say("venue-kind-souk"))],
        errors,
        shell,
    }
}
