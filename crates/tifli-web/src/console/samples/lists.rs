//! Samples of the later stages of the report, the lists, the places to check, sealed answers and the first alarm. Not
//! served.

use tifli_domain::check::{Outcome, Reason};
use tifli_domain::intake::{Field, KnownList, PersonPart, PlacePart, Section, Tier};

use super::super::alarm::AlarmForm;
use super::super::case::{FileGroup, FileRow};
use super::super::lists::{KnownListView, KnownView, ListsPage, RowField, RowForm, RowWidget};
use super::super::places::{ChecksPage, LookView, PlaceCard, PlacesPage, WrongLook};
use super::super::report::{FieldView, OtherSaid, ReportForm, ReportSection};
use super::super::sealed::SealedPage;
use super::intake::report;
use super::{HOSTILE, Pages, at, author, pick, shell};
use crate::forms::{Choice, FormErrors};
use crate::i18n::Locale;
use crate::layout::{ConsoleRole, Shell};

pub(super) fn insert(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    pages.insert("alarm", &alarm(locale, FormErrors::none()))?;
    let mut errors = FormErrors::none();
    errors.insert(
        "district",
        shell_of(locale, "alarm").say("problem-district_needed"),
    );
    pages.insert("alarm-problems", &alarm(locale, errors))?;
    pages.insert("lists", &lists(locale))?;
    pages.insert("places", &places(locale))?;
    pages.insert("checks", &checks(locale))?;
    pages.insert("report-second", &second_tier(locale))?;
    pages.insert("sealed", &sealed(locale))?;
    let opened = SealedPage {
        opened: vec![opened(locale)],
        ..sealed(locale)
    };
    pages.insert("sealed-opened", &opened)
}

fn shell_of(locale: Locale, page: &str) -> Shell {
    let role = match page {
        "alarm" => ConsoleRole::Room,
        "checks" => ConsoleRole::FieldUnit,
        _ => ConsoleRole::Officer,
    };
    let path = match page {
        "alarm" | "checks" => format!("/console/{page}"),
        page => format!("/console/cases/case_1/{page}"),
    };
    shell(locale, Some(role), &path)
}

fn alarm(locale: Locale, errors: FormErrors) -> AlarmForm {
    let typed = !errors.is_empty();
    let or_empty = |words: &str| {
        if typed {
            words.to_owned()
        } else {
            String::new()
        }
    };
    AlarmForm {
        call: String::new(),
        shell: shell_of(locale, "alarm"),
        key: "0011223344556677".to_owned(),
        caller: or_empty("0600 00 00 01"),
        child: or_empty(pick(
            locale,
            "ياسمين، 7 سنوات",
            "Yasmine, 7 ans",
            "Yasmine, 7",
        )),
        seen: or_empty(HOSTILE),
        districts: vec![
            Choice::new("", pick(locale, "اختر…", "Choisir…", "Choose…")),
            Choice::new("sale", pick(locale, "سلا", "Salé", "Salé")),
        ],
        errors,
    }
}

fn lists(locale: Locale) -> ListsPage {
    let who = pick(locale, "المبلِّغ", "Le déclarant", "The reporter").to_owned();
    let view = |part: &str, facts: Vec<(&'static str, String)>| KnownView {
        item: 1,
        part: part.to_owned(),
        title: HOSTILE.to_owned(),
        facts,
        who: who.clone(),
        at: at("09:40:00"),
    };
    let friend = view("friend", vec![("phone", "0600 00 00 03".to_owned())]);
    let days = pick(
        locale,
        "الاثنين، الأربعاء",
        "lundi, mercredi",
        "Monday, Wednesday",
    );
    let hobby = view(
        "hobby",
        vec![("days", days.to_owned()), ("from", "17:00".to_owned())],
    );
    let list = |list: KnownList, rows: Vec<KnownView>| KnownListView {
        list: list.as_str(),
        rows,
        form: Some(form(locale, list)),
    };
    ListsPage {
        shell: shell_of(locale, "lists"),
        case: "case_1".to_owned(),
        number: "SLE-26-0001".to_owned(),
        lists: vec![
            list(KnownList::Person, vec![friend]),
            list(KnownList::Place, vec![hobby]),
        ],
    }
}

fn form(locale: Locale, list: KnownList) -> RowForm {
    let words = shell_of(locale, "lists");
    let parts: Vec<&str> = match list {
        KnownList::Person => PersonPart::ALL.iter().map(|part| part.as_str()).collect(),
        KnownList::Place => PlacePart::ALL.iter().map(|part| part.as_str()).collect(),
    };
    let parts = parts.into_iter();
    let parts = parts.map(|part| Choice::new(part, words.word("part-{}", part)));
    let parts: Vec<Choice> = parts.collect();
    let wrong = words.say("wrong-missing");
    let field = |name: &&'static str| RowField {
        name,
        widget: match *name {
            "part" => RowWidget::Select(parts.clone()),
            "from" | "until" => RowWidget::Time,
            "note" | "said" => RowWidget::Words,
            _ => RowWidget::Line,
        },
        value: String::new(),
        error: ["name", "words"].contains(name).then(|| wrong.clone()),
    };
    RowForm {
        list: list.as_str(),
        item: (list == KnownList::Person).then_some(1),
        fields: list.fields().iter().map(field).collect(),
        sources: sources(locale),
    }
}

fn card(locale: Locale, (item, reason): (i64, Reason), looks: Vec<LookView>) -> PlaceCard {
    let unit = pick(locale, "الفرقة الثالثة", "Brigade 3", "Third brigade").to_owned();
    let open = looks.first().is_none_or(|look| look.outcome.leaves_open());
    PlaceCard {
        case: "case_1".to_owned(),
        number: String::new(),
        item,
        reason,
        words: HOSTILE.to_owned(),
        usual: "17:00–19:00".to_owned(),
        units: vec![Choice::new(&unit, &unit)],
        unit,
        open,
        withdrawn: false,
        looks,
    }
}

fn look(locale: Locale, outcome: Outcome) -> LookView {
    LookView {
        outcome,
        note: HOSTILE.to_owned(),
        by: author(locale),
        at: at("10:20:00"),
    }
}

fn places(locale: Locale) -> PlacesPage {
    let nothing = vec![look(locale, Outcome::Nothing)];
    let locked = vec![look(locale, Outcome::NotReachable)];
    let mut errors = FormErrors::none();
    errors.insert("outcome", shell_of(locale, "places").say("wrong-missing"));
    PlacesPage {
        shell: shell_of(locale, "places"),
        case: "case_1".to_owned(),
        number: "SLE-26-0001".to_owned(),
        hasty: vec![
            card(locale, (1, Reason::House), nothing),
            card(locale, (2, Reason::WaterFirst), locked),
        ],
        rest: vec![
            card(locale, (3, Reason::Friend), Vec::new()),
            PlaceCard {
                withdrawn: true,
                open: false,
                ..card(
                    locale,
                    (4, Reason::Relative),
                    vec![look(locale, Outcome::NotReachable)],
                )
            },
        ],
        may_record: true,
        wrong: WrongLook {
            case: "case_1".to_owned(),
            item: 3,
            note: HOSTILE.to_owned(),
            errors,
        },
    }
}

fn checks(locale: Locale) -> ChecksPage {
    let place = card(locale, (2, Reason::Roof), Vec::new());
    ChecksPage {
        shell: shell_of(locale, "checks"),
        places: vec![PlaceCard {
            number: "27".to_owned(),
            units: Vec::new(),
            ..place
        }],
        wrong: WrongLook::default(),
    }
}

fn sealed(locale: Locale) -> SealedPage {
    let mut errors = FormErrors::none();
    let short = shell_of(locale, "sealed").say("problem-reason_too_short");
    errors.insert("reason", short);
    SealedPage {
        shell: shell_of(locale, "sealed"),
        case: "case_1".to_owned(),
        number: "SLE-26-0001".to_owned(),
        answered: 2,
        reason: HOSTILE.to_owned(),
        errors,
        opened: Vec::new(),
    }
}

fn opened(locale: Locale) -> FileGroup {
    FileGroup {
        section: Section::Home,
        rows: vec![FileRow {
            field: Field::Custody,
            value: String::new(),
            others: vec![other(locale)],
        }],
    }
}

/// Who answers in the samples of the report.
pub(super) fn sources(locale: Locale) -> Vec<Choice> {
    let reporter = pick(locale, "المبلِّغ", "Le déclarant", "The reporter");
    let list = vec![
        Choice::new("0", reporter),
        Choice::new("1", other(locale).who),
    ];
    Choice::select(list, "0")
}

/// What a friend said in the samples of the report and the file.
pub(super) fn other(locale: Locale) -> OtherSaid {
    let who = pick(locale, "ياسين، صديق", "Yassine, ami", "Yassine, friend");
    OtherSaid {
        source: 1,
        who: who.to_owned(),
        said: HOSTILE.to_owned(),
        at: at("09:50:00"),
        taken: false,
    }
}

/// The second stage, as a friend answers it.
fn second_tier(locale: Locale) -> ReportForm {
    let view = |field: Field| FieldView {
        mark: field.marks().first().copied(),
        others: vec![other(locale)],
        base: 2,
        taken: false,
        ..FieldView::empty(field)
    };
    ReportForm {
        sections: ReportSection::list(Tier::Second, view),
        tier: Tier::Second,
        source: 1,
        open: true,
        ..report(locale)
    }
}
