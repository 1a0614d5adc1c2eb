//! Samples of the way from found to closed and of files due for erasure. Not served.

use tifli_domain::closing::{How, Item, ItemState};

use super::super::closing::{
    ClosingPage, DueRow, EpisodeRow, HoldRow, ItemRow, RetentionPage, SaidRow, Typed,
};
use super::{HOSTILE, Pages, at, author, pick, shell};
use crate::forms::FormErrors;
use crate::i18n::Locale;
use crate::layout::ConsoleRole;

pub(super) fn insert(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    pages.insert("closing", &page(locale))?;
    pages.insert("closing-wrong", &wrong(locale))?;
    pages.insert("closing-closed", &closed(locale))?;
    pages.insert("retention", &retention(locale, rows(locale)))?;
    pages.insert("retention-none", &retention(locale, Vec::new()))
}

fn said(locale: Locale, (how, word): (How, &str), name: &str, note: &str) -> SaidRow {
    SaidRow {
        how,
        word: word.to_owned(),
        name: name.to_owned(),
        note: note.to_owned(),
        by: author(locale),
        at: at("14:40:00"),
    }
}

fn item(item: Item, state: ItemState, said: Vec<SaidRow>) -> ItemRow {
    ItemRow {
        item,
        state,
        waits_for: Vec::new(),
        said,
        typed: Typed::default(),
    }
}

fn page(locale: Locale) -> ClosingPage {
    let name = pick(locale, "يوسف المثال", "Youssef Exemple", "Youssef Example");
    let done = |word| said(locale, (How::Done, word), name, "");
    let mut items = vec![
        item(Item::Located, ItemState::Done, vec![done("public")]),
        item(Item::Seen, ItemState::Done, vec![done("alive")]),
        item(
            Item::Safe,
            ItemState::Skipped,
            vec![said(locale, (How::Skipped, ""), name, HOSTILE)],
        ),
    ];
    for open in [
        Item::Decision,
        Item::FamilyTold,
        Item::Interview,
        Item::Outcome,
    ] {
        items.push(item(open, ItemState::Open, Vec::new()));
    }
    items.push(item(Item::HandOver, ItemState::Waiting, Vec::new()));
    for waiting in [Item::Recall, Item::Cessation] {
        items.push(ItemRow {
            waits_for: vec![HOSTILE.to_owned()],
            ..item(waiting, ItemState::Open, Vec::new())
        });
    }
    ClosingPage {
        shell: shell(
            locale,
            Some(ConsoleRole::Prosecutor),
            "/console/cases/case_3/closing",
        ),
        case: "case_3".to_owned(),
        number: "SLE-26-0003".to_owned(),
        child: pick(locale, "ياسمين", "Yasmine", "Yasmine").to_owned(),
        items,
        may_work: true,
        closable: false,
        kept: None,
        holds: vec![HoldRow {
            id: "hold_1".to_owned(),
            kind: "hold",
            basis: HOSTILE.to_owned(),
            by: author(locale),
            at: at("14:50:00"),
            until: Some(at("23:00:00")),
            lifted: None,
            holds: true,
            liftable: true,
        }],
        may_hold: true,
        basis: String::new(),
        episodes: vec![
            EpisodeRow {
                linked: true,
                ..episode("case_1")
            },
            episode("case_2"),
        ],
        errors: FormErrors::none(),
    }
}

fn episode(id: &str) -> EpisodeRow {
    EpisodeRow {
        id: id.to_owned(),
        number: "SLE-25-0041".to_owned(),
        state: "closed",
        started: at("09:00:00"),
        linked: false,
    }
}

fn wrong(locale: Locale) -> ClosingPage {
    let mut page = page(locale);
    let mut errors = FormErrors::none();
    let words = pick(locale, "مطلوب", "Obligatoire", "Needed");
    for field in ["decision-word", "decision-name", "decision-note", "until"] {
        errors.insert(field, words);
    }
    page.errors = errors;
    page.basis = HOSTILE.to_owned();
    if let Some(row) = page.items.iter_mut().find(|row| row.item == Item::Decision) {
        row.typed = Typed {
            word: "return".to_owned(),
            name: HOSTILE.to_owned(),
            note: HOSTILE.to_owned(),
        };
    }
    page
}

fn closed(locale: Locale) -> ClosingPage {
    let mut page = page(locale);
    let class = pick(locale, "ملف قضية", "Dossier", "Case file");
    page.kept = Some((class.to_owned(), at("15:00:00")));
    page.may_work = false;
    page.may_hold = false;
    page.holds = vec![HoldRow {
        lifted: Some((author(locale), at("14:59:00"))),
        holds: false,
        liftable: false,
        ..page.holds.remove(0)
    }];
    page
}

fn rows(locale: Locale) -> Vec<DueRow> {
    let row = |id: &str, held| DueRow {
        id: id.to_owned(),
        number: "SLE-25-0041".to_owned(),
        district: pick(locale, "سلا", "Salé", "Salé").to_owned(),
        class: pick(locale, "ملف قضية", "Dossier", "Case file").to_owned(),
        closed: at("08:00:00"),
        due: at("09:00:00"),
        held,
    };
    vec![row("case_1", None), row("case_2", Some("proceedings"))]
}

fn retention(locale: Locale, due: Vec<DueRow>) -> RetentionPage {
    RetentionPage {
        shell: shell(locale, Some(ConsoleRole::Prosecutor), "/console/retention"),
        due,
    }
}
