//! Samples of the people by file and of a person being moved. Not served.

use super::super::people::CreatedPerson;
use super::super::roster::{BegunRow, MovePage, MoveRow, RosterLook, RosterPage, RosterRow};
use super::{HOSTILE, Pages, at, author, pick, shell};
use crate::forms::{Choice, FormErrors};
use crate::i18n::Locale;
use crate::layout::{ConsoleRole, Shell};

pub(super) fn insert(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    pages.insert("roster", &looked(locale))?;
    pages.insert("roster-wrong", &wrong(locale))?;
    pages.insert("roster-done", &done(locale))?;
    pages.insert("move", &moving(locale))
}

fn page(locale: Locale) -> RosterPage {
    RosterPage {
        shell: shell(locale, Some(ConsoleRole::Operator), "/console/people/file"),
        csv: "login,name,role,district,unit\nsouad,Souad El Alami,officer,sale,Tabriquet"
            .to_owned(),
        look: None,
        reason: String::new(),
        created: Vec::new(),
        done: String::new(),
        errors: FormErrors::none(),
    }
}

fn row(shell: &Shell, line: u64, verdict: &'static str, why: Vec<String>) -> RosterRow {
    RosterRow {
        line,
        login: "souad.alami".to_owned(),
        name: HOSTILE.to_owned(),
        role: shell.word("person-role-{}", "officer"),
        place: HOSTILE.to_owned(),
        verdict,
        why,
    }
}

fn looked(locale: Locale) -> RosterPage {
    let page = page(locale);
    let shell = &page.shell;
    let columns = ["role", "district", "unit", "name"];
    let columns = columns.map(|column| shell.word("roster-column-{}", column));
    let rows = vec![
        row(shell, 2, "new", Vec::new()),
        row(shell, 3, "changed", columns.to_vec()),
        row(shell, 4, "same", Vec::new()),
    ];
    let look = RosterLook {
        rows,
        counts: [1, 1, 1, 0],
        missing: vec![("karim".to_owned(), HOSTILE.to_owned())],
        seen: "5f1c".to_owned(),
        may_apply: true,
        moves: true,
    };
    let mut errors = FormErrors::none();
    errors.insert("reason", shell.say("wrong-missing"));
    RosterPage {
        look: Some(look),
        reason: HOSTILE.to_owned(),
        errors,
        ..page
    }
}

fn wrong(locale: Locale) -> RosterPage {
    let page = page(locale);
    let shell = &page.shell;
    let why = shell.pair(
        "roster-why",
        shell.word("roster-column-{}", "login"),
        shell.say("problem-own_move"),
    );
    let mut errors = FormErrors::none();
    errors.insert("csv", shell.say("problem-not_utf8"));
    RosterPage {
        look: Some(RosterLook {
            rows: vec![row(shell, 2, "wrong", vec![why])],
            counts: [0, 0, 0, 1],
            missing: Vec::new(),
            seen: "5f1c".to_owned(),
            may_apply: false,
            moves: false,
        }),
        errors,
        ..page
    }
}

fn done(locale: Locale) -> RosterPage {
    let page = page(locale);
    let created = CreatedPerson {
        login: "souad.alami".to_owned(),
        name: HOSTILE.to_owned(),
        password: "k7m2p-9xqrt-3hjwd-5vbnc".to_owned(),
        secret: "JBSW Y3DP EHPK 3PXP".to_owned(),
        otpauth: "otpauth://totp/Tifli:souad.alami?secret=JBSWY3DPEHPK3PXP".to_owned(),
    };
    RosterPage {
        done: page.shell.many("roster-made", 1usize),
        created: vec![created],
        csv: String::new(),
        ..page
    }
}

fn moving(locale: Locale) -> MovePage {
    let shell = shell(
        locale,
        Some(ConsoleRole::Operator),
        "/console/people/person_1/move",
    );
    let mut errors = FormErrors::none();
    errors.insert("reason", shell.say("wrong-missing"));
    let sale = pick(locale, "سلا", "Salé", "Salé");
    MovePage {
        person: "person_1".to_owned(),
        name: HOSTILE.to_owned(),
        now: HOSTILE.to_owned(),
        role: "officer".to_owned(),
        districts: vec![Choice::new("sale", sale)],
        unit: HOSTILE.to_owned(),
        service: HOSTILE.to_owned(),
        services: vec![
            Choice::new("", shell.say("move-service-follows")),
            Choice::new("none", shell.say("move-service-none")),
            Choice::new("police-sale", HOSTILE),
        ],
        reason: HOSTILE.to_owned(),
        begun: ["report", "alert"]
            .map(|kind| BegunRow {
                number: "RBT-0042".to_owned(),
                kind,
            })
            .to_vec(),
        colleagues: vec![
            Choice::new("", shell.say("move-stays")),
            Choice::new("person_2", HOSTILE),
        ],
        moves: vec![MoveRow {
            at: at("09:00:00"),
            by: author(locale),
            from: HOSTILE.to_owned(),
            to: sale.to_owned(),
            reason: HOSTILE.to_owned(),
        }],
        errors,
        shell,
    }
}
