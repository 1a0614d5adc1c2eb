//! Samples of the board, of a case's duties and of its family's follow-up. Not served.

use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::family::FamilyNoteKind;
use tifli_domain::transfer::{TransferKind, TransferState};

use super::super::board::{Board, BoardRows, CaseDuties, CaseDuty, CertificateLine, DutyRow};
use super::super::family::{FamilyDesk, FamilyNoteRow};
use super::super::transfer::{TransferPage, TransferRow};
use super::{HOSTILE, Pages, at, author, now, shell};
use crate::forms::{Choice, FormErrors};
use crate::i18n::Locale;
use crate::layout::ConsoleRole;

pub(super) fn insert(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    let board = |rows: Vec<DutyRow>| Board {
        shell: shell(locale, Some(ConsoleRole::Room), "/console/board"),
        now: now(),
        late: rows.iter().filter(|row| row.late).count() as u64,
        certificate: rows.first().map(|row| CertificateLine {
            until: now(),
            ended: row.late,
        }),
        rows,
    };
    pages.insert("board", &board(rows()))?;
    pages.insert("board-none", &board(Vec::new()))?;
    pages.insert("duties", &duties(locale))?;
    pages.insert("case-family", &family(locale))?;
    pages.insert("case-transfer", &transfer(locale))
}

fn transfer(locale: Locale) -> TransferPage {
    let shell = shell(
        locale,
        Some(ConsoleRole::Officer),
        "/console/cases/case_1/transfer",
    );
    let signed = || (author(locale), at("09:00:00"));
    let row = |kind, state, acts: &[&'static str]| TransferRow {
        id: "transfer_1".to_owned(),
        kind,
        state,
        from: HOSTILE.to_owned(),
        to: "Rabat".to_owned(),
        reason: HOSTILE.to_owned(),
        asked: signed(),
        answered: (state != TransferState::Asked).then(signed),
        ended: (state == TransferState::Ended).then(signed),
        acts: acts.to_vec(),
    };
    let mut errors = FormErrors::none();
    errors.insert("reason", shell.say("wrong-missing"));
    let kinds = TransferKind::ALL.map(|kind| {
        let label = shell.word("transfer-kind-{}", kind.as_str());
        Choice::new(kind.as_str(), label)
    });
    let (take, read) = (TransferKind::Transfer, TransferKind::Share);
    TransferPage {
        case: "case_1".to_owned(),
        number: "RBT-0042".to_owned(),
        district: "Rabat".to_owned(),
        rows: vec![
            row(take, TransferState::Asked, &["accept", "decline"]),
            row(take, TransferState::Declined, &["withdraw"]),
            row(read, TransferState::Accepted, &["end"]),
            row(read, TransferState::Ended, &[]),
            row(take, TransferState::Withdrawn, &[]),
        ],
        may_ask: true,
        kinds: kinds.to_vec(),
        districts: vec![Choice::new("fes", "Fès")],
        reason: HOSTILE.to_owned(),
        errors,
        shell,
    }
}

fn family(locale: Locale) -> FamilyDesk {
    let note = |kind, read: bool| FamilyNoteRow {
        kind,
        at: at("10:00:00"),
        words: HOSTILE.to_owned(),
        read_by: if read { author(locale) } else { String::new() },
    };
    FamilyDesk {
        shell: shell(
            locale,
            Some(ConsoleRole::Officer),
            "/console/cases/case_1/family",
        ),
        case: "case_1".to_owned(),
        number: "RBT-0042".to_owned(),
        issued: Some((at("09:00:00"), author(locale))),
        pin: ["4827", "1590", "3647", "1825"].map(str::to_owned).to_vec(),
        address: format!("https://tifli.example/{locale}/family"),
        silent: false,
        may_write: true,
        notes: vec![
            note(FamilyNoteKind::Withdrawal, false),
            note(FamilyNoteKind::Memory, true),
        ],
        code_word: HOSTILE.to_owned(),
        errors: FormErrors::none(),
    }
}

pub(super) fn insert_parts(locale: Locale, parts: &mut Pages) -> askama::Result<()> {
    let rows = BoardRows {
        shell: shell(locale, Some(ConsoleRole::Room), "/console/board"),
        now: now(),
        rows: rows(),
    };
    parts.insert("board-rows", &rows)
}

/// One of every kind; every second is late, every third is settled by hand.
fn rows() -> Vec<DutyRow> {
    let kinds = DutyKind::ALL.iter().copied().enumerate();
    let row = |(place, kind): (usize, DutyKind)| DutyRow {
        id: format!("duty_{place}"),
        case: "case_1".to_owned(),
        number: "RBT-0042".to_owned(),
        child: HOSTILE.to_owned(),
        district: "Rabat".to_owned(),
        kind,
        due: if place % 2 == 0 {
            at("08:10:00")
        } else {
            at("20:00:00")
        },
        late: place % 2 == 0,
        paged: (place % 2 == 0).then(|| at("08:11:00")),
        href: "/console/cases/case_1".to_owned(),
        by_hand: place % 3 == 1,
    };
    kinds.map(row).collect()
}

fn duties(locale: Locale) -> CaseDuties {
    let all = rows().into_iter().enumerate();
    let one = |(place, row): (usize, DutyRow)| {
        let done = place % 2 == 0;
        CaseDuty {
            row,
            settled: done.then(|| at("09:30:00")),
            ending: done.then(|| DutyEnd::ALL[place / 2 % 2]),
            by: if done { author(locale) } else { String::new() },
            note: if done {
                HOSTILE.to_owned()
            } else {
                String::new()
            },
        }
    };
    let mut errors = FormErrors::none();
    let page = shell(
        locale,
        Some(ConsoleRole::Officer),
        "/console/cases/case_1/duties",
    );
    errors.insert("note", page.say("wrong-missing"));
    CaseDuties {
        shell: page,
        now: now(),
        case: "case_1".to_owned(),
        number: "RBT-0042".to_owned(),
        duties: all.map(one).collect(),
        wrong: "duty_1".to_owned(),
        note: HOSTILE.to_owned(),
        errors,
    }
}
