//! Samples of bulletins and of the directory of services. Not served.

use tifli_domain::bulletin::{Cause, MailState, ReadingState, SearchState, TelegramKind};
use tifli_domain::telegram::Sheet;

use super::super::bulletin::{
    BulletinActs, BulletinLine, BulletinPage, Bulletins, DirectoryRow, NoBulletin, ServiceForm,
    ServiceRow, ServicesPage, SheetView, TelegramView,
};
use super::super::dispatch::{DispatchStoryPage, NextCall, SystemRow};
use super::super::ledger::{CallLine, Known, Reply};
use super::{HOSTILE, Pages, at, author, now, shell};
use crate::forms::{Choice, FormErrors};
use crate::i18n::Locale;
use crate::layout::ConsoleRole;

pub(super) fn insert(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    pages.insert("bulletins", &list(locale, lines()))?;
    pages.insert("bulletins-none", &list(locale, Vec::new()))?;
    pages.insert("bulletin", &room(locale))?;
    pages.insert("bulletin-unit", &unit(locale))?;
    let late = NextCall::Late(at("08:31:00"));
    pages.insert("dispatch-done", &story(locale, 0, NextCall::Done))?;
    pages.insert("dispatch-late", &story(locale, 1, late))?;
    pages.insert("dispatch-given-up", &story(locale, 3, NextCall::GivenUp))?;
    pages.insert("bulletin-refused", &refused(locale))?;
    let none = NoBulletin {
        shell: shell(
            locale,
            Some(ConsoleRole::Officer),
            "/console/cases/case_1/bulletin",
        ),
        case: "case_1".to_owned(),
        number: "RBT-0042".to_owned(),
    };
    pages.insert("bulletin-none", &none)?;
    pages.insert("services", &services(locale))
}

fn list(locale: Locale, lines: Vec<BulletinLine>) -> Bulletins {
    Bulletins {
        shell: shell(locale, Some(ConsoleRole::FieldUnit), "/console/bulletins"),
        now: now(),
        waiting: lines.len() as u64,
        no_service: lines.is_empty(),
        lines,
    }
}

/// One of every kind, in every state of reading.
fn lines() -> Vec<BulletinLine> {
    let readings = [
        Some(ReadingState::Unread),
        Some(ReadingState::Read),
        Some(ReadingState::Acknowledged),
    ];
    let kinds = TelegramKind::ALL.iter().zip(readings).zip(0u32..);
    let line = |((kind, own), place): ((&TelegramKind, Option<ReadingState>), u32)| BulletinLine {
        id: format!("bulletin_{place}"),
        number: format!("{}/2026", 27 + place),
        kind: *kind,
        district: HOSTILE.to_owned(),
        sent: at("08:10:00"),
        state: if place == 2 {
            SearchState::Ceased
        } else {
            SearchState::Open
        },
        own,
        services: 46,
        silent: 2 - place.min(2),
        failed: place,
    };
    kinds.map(line).collect()
}

fn telegrams(locale: Locale) -> Vec<TelegramView> {
    let sheet = |language: &str| Sheet {
        language: language.to_owned(),
        letterhead: vec![HOSTILE.to_owned()],
        title: "TÉLÉGRAMME".to_owned(),
        precedence: "TRÈS URGENT".to_owned(),
        head: vec![("N°".to_owned(), "27/2026".to_owned())],
        warning: Some(HOSTILE.to_owned()),
        paragraphs: vec![HOSTILE.to_owned(), "سلمى مثال (Salma EXEMPLE)".to_owned()],
        closing: "FIN".to_owned(),
    };
    let view = |(place, (tag, dir)): (usize, (&str, &'static str))| SheetView {
        language: tag.to_owned(),
        dir,
        open: place == 0,
        sheet: sheet(tag),
    };
    let kinds = TelegramKind::ALL.iter().rev().enumerate();
    let telegram = |(place, kind): (usize, &TelegramKind)| TelegramView {
        id: format!("telegram_{place}"),
        version: 1,
        cap: place == 0,
        kind: *kind,
        number: format!("{}/2026", 29 - place),
        sent: at("08:10:00"),
        by: if place == 0 {
            String::new()
        } else {
            author(locale)
        },
        sheets: [("ar", "rtl"), ("fr", "ltr")]
            .into_iter()
            .enumerate()
            .map(view)
            .collect(),
    };
    kinds.map(telegram).collect()
}

/// Every state of the e-mail and of the reading.
fn rows(locale: Locale) -> Vec<ServiceRow> {
    let mails = MailState::ALL.iter().enumerate();
    let row = |(place, mail): (usize, &MailState)| {
        let reading = ReadingState::ALL[place % ReadingState::ALL.len()];
        let done = reading == ReadingState::Acknowledged;
        ServiceRow {
            id: format!("service-{place}"),
            name: HOSTILE.to_owned(),
            kind: "Police".to_owned(),
            phone: "+212 500 000 101".to_owned(),
            mail: *mail,
            mail_code: (*mail == MailState::Failed).then(|| "smtp.550".to_owned()),
            handed: (*mail == MailState::Handed).then(|| at("08:11:00")),
            reminders: u32::try_from(place).unwrap_or_default(),
            reading,
            read: (reading != ReadingState::Unread).then(|| (at("08:12:00"), author(locale))),
            acknowledged: done.then(|| (at("08:13:00"), author(locale))),
            by_phone: done,
        }
    };
    mails.map(row).collect()
}

fn room(locale: Locale) -> BulletinPage {
    let services = rows(locale);
    BulletinPage {
        shell: shell(
            locale,
            Some(ConsoleRole::Room),
            "/console/bulletins/bulletin_1",
        ),
        now: now(),
        id: "bulletin_1".to_owned(),
        case: Some(("case_1".to_owned(), "RBT-0042".to_owned())),
        state: SearchState::Open,
        cause: None,
        telegrams: telegrams(locale),
        silent: services
            .iter()
            .filter(|row| row.acknowledged.is_none())
            .count(),
        services,
        systems: systems(locale),
        own: None,
        acts: BulletinActs {
            acknowledge: false,
            send: true,
            report: false,
        },
        refused: None,
    }
}

/// One of every sort of what is known at a service's own system.
pub(super) fn systems(locale: Locale) -> Vec<SystemRow> {
    let shell = shell(locale, Some(ConsoleRole::Room), "/console/bulletins");
    let row = |(known, code, attempts): (Known, &str, u32)| SystemRow {
        id: format!("dispatch_{attempts}"),
        service: HOSTILE.to_owned(),
        kind: TelegramKind::Update,
        version: 2,
        known,
        reply: Some(Reply::of(&shell, code)),
        sent: (known == Known::Sent).then(|| at("08:02:00")),
        again: (known == Known::Waiting).then(|| at("08:31:00")),
        attempts,
        given_up: known == Known::Refused,
    };
    [
        (Known::Sent, "accepted", 1),
        (Known::Waiting, "unavailable", 6),
        (Known::Unknown, "unknown", 3),
        (Known::Refused, "cap_not_kept", 2),
        (Known::Overtaken, "service_left", 4),
        (Known::Waiting, HOSTILE, 5),
    ]
    .map(row)
    .to_vec()
}

/// The story of one of them.
fn story(locale: Locale, place: usize, next: NextCall) -> DispatchStoryPage {
    let call = |seq: u32| CallLine {
        seq,
        day: (seq == 1).then(|| "22".to_owned()),
        begun: at("08:01:00"),
        ended: (seq < 3).then(|| at("08:01:02")),
        known: Known::Unknown,
        reply: Reply::of(&shell(locale, None, ""), "left"),
    };
    DispatchStoryPage {
        shell: shell(
            locale,
            Some(ConsoleRole::Room),
            "/console/dispatches/dispatch_1",
        ),
        bulletin: "bulletin_1".to_owned(),
        case: Some(("case_1".to_owned(), "RBT-0042".to_owned())),
        channel: HOSTILE.to_owned(),
        row: systems(locale).swap_remove(place),
        created: at("08:00:59"),
        calls: (1..=3).map(call).collect(),
        next,
        phone: "+212 500 000 101".to_owned(),
    }
}

fn unit(locale: Locale) -> BulletinPage {
    BulletinPage {
        shell: shell(
            locale,
            Some(ConsoleRole::FieldUnit),
            "/console/bulletins/bulletin_1",
        ),
        case: None,
        systems: Vec::new(),
        services: Vec::new(),
        silent: 0,
        acts: BulletinActs {
            acknowledge: true,
            send: false,
            report: true,
        },
        ..room(locale)
    }
}

fn refused(locale: Locale) -> BulletinPage {
    let page = room(locale);
    BulletinPage {
        state: SearchState::Ceased,
        cause: Some(Cause::Found),
        own: Some((at("08:13:00"), author(locale))),
        refused: Some(page.shell.say("problem-nothing_new")),
        silent: 0,
        ..page
    }
}

fn services(locale: Locale) -> ServicesPage {
    let page = shell(locale, Some(ConsoleRole::Operator), "/console/services");
    let mut errors = FormErrors::none();
    errors.insert("email", page.say("problem-not_an_email"));
    errors.insert("csv", page.pair("services-line", "3", "email"));
    errors.insert("csv", page.say("problem-given_twice"));
    let row = |place: usize| DirectoryRow {
        id: format!("service-{place}"),
        name: HOSTILE.to_owned(),
        kind: "Police".to_owned(),
        place: "Rabat".to_owned(),
        email: if place == 0 {
            String::new()
        } else {
            "duty@police.example.org".to_owned()
        },
        phone: "+212 500 000 101".to_owned(),
        active: place != 1,
    };
    ServicesPage {
        services: (0..3).map(row).collect(),
        form: ServiceForm {
            id: HOSTILE.to_owned(),
            names: [HOSTILE.to_owned(), HOSTILE.to_owned(), String::new()],
            kinds: vec![Choice::new("police", "Police")],
            districts: vec![Choice::new("", page.say("choose"))],
            active: vec![
                Choice::new("yes", page.say("services-active-yes")),
                Choice::new("no", page.say("services-active-no")),
            ],
            ..ServiceForm::default()
        },
        people: vec![Choice::new("person_1", HOSTILE)],
        choices: vec![Choice::new("", page.say("services-none"))],
        members: vec![(HOSTILE.to_owned(), "Police".to_owned())],
        csv: HOSTILE.to_owned(),
        imported: Some(page.pair("services-imported", "3", "43")),
        errors,
        shell: page,
    }
}
