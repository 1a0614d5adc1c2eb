//! Samples of found children. Not served.

use tifli_domain::found::{Evidence, FoundState, Trait};

use super::super::found::{CandidateRow, FIELDS, FoundField, FoundList, FoundPage, FoundRow};
use super::{HOSTILE, Pages, at, author, pick, shell};
use crate::forms::{Choice, FormErrors};
use crate::i18n::Locale;
use crate::layout::ConsoleRole;

pub(super) fn insert(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    pages.insert("found", &list(locale, ""))?;
    pages.insert("found-wrong", &wrong(locale))?;
    pages.insert("found-one", &page(locale, FoundState::Registered))?;
    pages.insert("found-proposed", &proposed(locale))?;
    pages.insert("found-closed", &closed(locale))
}

fn row(locale: Locale, state: FoundState) -> FoundRow {
    FoundRow {
        id: "found_1".to_owned(),
        number: 7,
        district: pick(locale, "سلا", "Salé", "Salé").to_owned(),
        state,
        by: author(locale),
        at: at("14:20:00"),
    }
}

fn list(locale: Locale, typed: &str) -> FoundList {
    let shell = shell(locale, Some(ConsoleRole::Officer), "/console/found");
    let field = |(name, kind)| FoundField {
        name,
        kind,
        value: match kind {
            "text" | "words" => typed.to_owned(),
            _ => String::new(),
        },
    };
    let sexes = ["girl", "boy", "unknown"];
    FoundList {
        rows: FoundState::ALL.map(|state| row(locale, state)).into(),
        may_read: true,
        fields: FIELDS.into_iter().map(field).collect(),
        sexes: sexes
            .map(|word| Choice::new(word, shell.word("sex-{}", word)))
            .into(),
        errors: FormErrors::none(),
        shell,
    }
}

fn wrong(locale: Locale) -> FoundList {
    let mut errors = FormErrors::none();
    let words = pick(locale, "مطلوب", "Obligatoire", "Needed");
    for field in ["found_at", "place", "age_low", "description", "sex"] {
        errors.insert(field, words);
    }
    FoundList {
        may_read: false,
        errors,
        ..list(locale, HOSTILE)
    }
}

fn candidate(id: &str, child: &str) -> CandidateRow {
    CandidateRow {
        id: id.to_owned(),
        number: "SLE-26-0003".to_owned(),
        child: child.to_owned(),
        state: "alerted",
        fields: vec![
            (Trait::Name, Evidence::Match),
            (Trait::Age, Evidence::Near),
            (Trait::Sex, Evidence::Mismatch),
            (Trait::Place, Evidence::Blank),
            (Trait::Time, Evidence::Match),
        ],
    }
}

fn page(locale: Locale, state: FoundState) -> FoundPage {
    let child = pick(locale, "ياسمين", "Yasmine", "Yasmine");
    FoundPage {
        shell: shell(locale, Some(ConsoleRole::Officer), "/console/found/found_1"),
        row: row(locale, state),
        facts: vec![
            ("name", child.to_owned()),
            ("words", HOSTILE.to_owned()),
            ("place", pick(locale, "سلا", "Salé", "Salé").to_owned()),
        ],
        photo: Some("/console/found/found_1/photo".to_owned()),
        case: None,
        proposed_by: None,
        reason: None,
        candidates: Some(vec![
            candidate("case_3", child),
            candidate("case_4", HOSTILE),
        ]),
        may_match: true,
        own: false,
        may_erase: false,
        errors: FormErrors::none(),
    }
}

fn proposed(locale: Locale) -> FoundPage {
    FoundPage {
        case: Some(("case_3".to_owned(), "SLE-26-0003".to_owned())),
        proposed_by: Some(author(locale)),
        ..page(locale, FoundState::Proposed)
    }
}

fn closed(locale: Locale) -> FoundPage {
    FoundPage {
        reason: Some(HOSTILE.to_owned()),
        candidates: None,
        may_erase: true,
        ..page(locale, FoundState::Closed)
    }
}
