//! Samples of tips, erasure, people, audit and refusals. Not served.

use tifli_domain::Role;
use tifli_domain::tip::TipState;
use tifli_domain::triage::{Band, Info, Reach, Source, Why};

use super::super::audit::{AuditPage, AuditRow, Verdict};
use super::super::erase::{EraseConfirm, EraseCounts, EraseDone, EraseRequest, NotYet};
use super::super::people::{CreatedPerson, NewPerson, PeoplePage, PersonRow};
use super::super::refusal::{Reason, Refusal};
use super::super::tips::{
    DialogueLine, TipFacts, TipPage, TipRow, TipRows, TipsQueue, Voice, dismissals,
};
use super::super::wrong::Wrong;
use super::{HOSTILE, Pages, at, author, map, now, pick, shell};
use crate::forms::{Choice, FormErrors};
use crate::i18n::Locale;
use crate::layout::{ConsoleRole, Shell};

pub(super) fn insert(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    pages.insert("tips", &tips(locale, Some(TipState::Received)))?;
    pages.insert(
        "tips-none",
        &TipsQueue {
            tips: Vec::new(),
            waiting: 0,
            ..tips(locale, None)
        },
    )?;
    pages.insert("tip", &tip(locale))?;
    pages.insert("tip-opened", &opened_tip(locale))?;
    insert_erasure(locale, pages)?;
    pages.insert("people", &people(locale, None))?;
    pages.insert("people-created", &people(locale, Some(created())))?;
    for (name, verdict) in [
        ("audit", Verdict::None),
        (
            "audit-whole",
            Verdict::Whole {
                entries: 18_211,
                head: "9f3a1c07".to_owned(),
            },
        ),
        ("audit-broken", Verdict::Broken { at: 902 }),
    ] {
        pages.insert(name, &audit(locale, verdict))?;
    }
    for reason in Reason::ALL {
        let page = Refusal {
            shell: shell(locale, Some(ConsoleRole::Officer), "/console/cases"),
            reason,
            what: HOSTILE.to_owned(),
            back: String::new(),
            reference: "01K9-4TQ2".to_owned(),
        };
        pages.insert(&format!("refusal-{}", reason.as_str()), &page)?;
    }
    Ok(())
}

pub(super) fn insert_parts(locale: Locale, parts: &mut Pages) -> askama::Result<()> {
    let queue = tips(locale, None);
    parts.insert(
        "tip-rows",
        &TipRows {
            shell: queue.shell,
            now: now(),
            tips: queue.tips,
        },
    )
}

fn row(locale: Locale, id: &str, state: TipState) -> TipRow {
    TipRow {
        id: id.to_owned(),
        number: "SLE-26-0003".to_owned(),
        child: pick(locale, "ياسمين", "Yasmine", "Yasmine").to_owned(),
        state,
        received: at("14:47:00"),
        seen: pick(locale, "حوالي الثانية زوالا", "vers 14 h", "around two").to_owned(),
        place: pick(
            locale,
            "محطة سلا المدينة",
            "Gare de Salé-Ville",
            "Salé-Ville station",
        )
        .to_owned(),
        words: "رأيت طفلة بمعطف أحمر تجلس وحدها قرب شباك التذاكر، كانت تحمل حقيبة عليها قطة."
            .to_owned(),
        language: "ar".to_owned(),
        photo: true,
        unread: 1,
    }
}

fn tips(locale: Locale, filter: Option<TipState>) -> TipsQueue {
    let hostile = TipRow {
        words: HOSTILE.to_owned(),
        place: String::new(),
        seen: HOSTILE.to_owned(),
        photo: false,
        unread: 0,
        ..row(locale, "tip_2", TipState::Linked)
    };
    TipsQueue {
        shell: shell(locale, Some(ConsoleRole::Room), "/console/tips"),
        now: now(),
        filter,
        waiting: 3,
        tips: vec![
            row(locale, "tip_1", TipState::Received),
            hostile,
            row(locale, "tip_3", TipState::Dismissed),
        ],
        more: Some("/console/tips?before=tip_3".to_owned()),
    }
}

fn tip(locale: Locale) -> TipPage {
    let shell = shell(locale, Some(ConsoleRole::Room), "/console/tips/tip_1");
    TipPage {
        now: now(),
        tip: row(locale, "tip_1", TipState::Received),
        facts: TipFacts {
            band: Band::Fresh,
            why: vec![Why::SeenRecently, Why::Place, Why::Photo],
            reach: Reach::Walking,
            way: super::super::queue::way(&shell, Some((3, 95))),
            source: Some(Source::F),
            info: Some(Info::Possible),
        },
        case: Some("case_3".to_owned()),
        photo_src: None,
        distance_km: Some(3),
        map: map(),
        dismiss_reasons: dismissals(&shell, ""),
        note: String::new(),
        question: String::new(),
        dialogue: Vec::new(),
        decided: None,
        errors: FormErrors::none(),
        shell,
    }
}

fn opened_tip(locale: Locale) -> TipPage {
    let line = |voice, words: &str| DialogueLine {
        voice,
        by: pick(locale, "القاعة", "La salle", "Room").to_owned(),
        at: at("14:55:00"),
        words: words.to_owned(),
    };
    let mut page = tip(locale);
    page.photo_src = Some("portrait.svg".to_owned());
    page.case = None;
    page.tip.words = HOSTILE.to_owned();
    page.tip.place = String::new();
    page.tip.seen = String::new();
    page.decided = Some(page.shell.act("tip.link"));
    page.dialogue = vec![
        line(
            Voice::House,
            pick(
                locale,
                "هل كانت وحدها؟",
                "Était-elle seule ?",
                "Was she alone?",
            ),
        ),
        line(Voice::Public, HOSTILE),
    ];
    for (field, wrong) in [
        ("reason", Wrong::Reason),
        (
            "question",
            Wrong::Text(tifli_domain::text::TextError::Missing),
        ),
    ] {
        let words = wrong.say(&page.shell);
        page.errors.insert(field, words);
    }
    page
}

/// The number of the case that is erased.
const ERASED: &str = "SLE-26-0005";

fn insert_erasure(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    let counts = EraseCounts {
        answers: 24,
        photos: 2,
        messages: 6,
        tips: 3,
        audit_entries: 212,
    };
    let prosecutor = shell(locale, Some(ConsoleRole::Prosecutor), "/console/cases");
    insert_erase_request(&prosecutor, counts, pages)?;
    insert_erase_confirm(&prosecutor, author(locale), counts, pages)?;
    let done = EraseDone {
        shell: prosecutor,
        number: ERASED.to_owned(),
        at: at("11:00:00"),
        people: (author(locale), author(locale)),
        counts,
        chain: Ok(18_214),
        keys_gone_by: at("23:00:00"),
    };
    pages.insert("erase-done", &done)?;
    let chain = Err(902);
    pages.insert("erase-done-broken", &EraseDone { chain, ..done })
}

fn insert_erase_request(
    shell: &Shell,
    counts: EraseCounts,
    pages: &mut Pages,
) -> askama::Result<()> {
    let mut ask = EraseRequest {
        shell: shell.clone(),
        case: "case_5".to_owned(),
        number: ERASED.to_owned(),
        counts,
        key_backup_days: 7,
        not_yet: None,
        reason: HOSTILE.to_owned(),
        errors: FormErrors::none(),
    };
    ask.errors.insert("reason", Wrong::Reason.say(shell));
    pages.insert("erase", &ask)?;
    for (name, not_yet) in [
        ("erase-live", NotYet::NotEnded),
        ("erase-tips", NotYet::TipsWaiting(2)),
    ] {
        let refused = EraseRequest {
            not_yet: Some(not_yet),
            errors: FormErrors::none(),
            ..ask.clone()
        };
        pages.insert(name, &refused)?;
    }
    Ok(())
}

fn insert_erase_confirm(
    shell: &Shell,
    by: String,
    counts: EraseCounts,
    pages: &mut Pages,
) -> askama::Result<()> {
    let mut confirm = EraseConfirm {
        shell: shell.clone(),
        erasure: "erasure_1".to_owned(),
        number: ERASED.to_owned(),
        by,
        at: at("10:00:00"),
        reason: HOSTILE.to_owned(),
        counts,
        key_backup_days: 7,
        own: false,
        typed: HOSTILE.to_owned(),
        errors: FormErrors::none(),
    };
    let own = EraseConfirm {
        own: true,
        ..confirm.clone()
    };
    pages.insert("erase-confirm-own", &own)?;
    confirm.errors.insert("number", Wrong::Number.say(shell));
    pages.insert("erase-confirm", &confirm)
}

fn created() -> CreatedPerson {
    CreatedPerson {
        login: "n.tazi".to_owned(),
        name: HOSTILE.to_owned(),
        password: "papier-lune-corde-19".to_owned(),
        secret: "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP".to_owned(),
        otpauth: "otpauth://totp/Tifli:n.tazi?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Tifli"
            .to_owned(),
    }
}

fn people(locale: Locale, created: Option<CreatedPerson>) -> PeoplePage {
    let person = |role: &Role, n: usize| PersonRow {
        id: format!("person_{n}"),
        login: format!("{}.{n}", role.as_str()),
        name: pick(locale, "نادية التازي", "Nadia Tazi", "Nadia Tazi").to_owned(),
        role: *role,
        district: pick(locale, "سلا", "Salé", "Salé").to_owned(),
        unit: pick(
            locale,
            "مفوضية تابريكت",
            "Commissariat Tabriquet",
            "Tabriquet post",
        )
        .to_owned(),
        last_seen: (n != 2).then(|| at("09:00:00")),
        disabled: n == 3,
        own: *role == Role::Administrator,
    };
    let mut page = PeoplePage {
        shell: shell(locale, Some(ConsoleRole::Operator), "/console/people"),
        people: Role::ALL
            .iter()
            .zip(1..)
            .map(|(role, n)| person(role, n))
            .collect(),
        new: NewPerson {
            role: "officer".to_owned(),
            districts: vec![Choice::new("sale", pick(locale, "سلا", "Salé", "Salé"))],
            ..NewPerson::default()
        },
        created,
        errors: FormErrors::none(),
    };
    if page.created.is_none() {
        page.new.name = HOSTILE.to_owned();
        let words = Wrong::LoginTaken.say(&page.shell);
        page.errors.insert("login", words);
    }
    page
}

fn audit(locale: Locale, verdict: Verdict) -> AuditPage {
    let shell = shell(locale, Some(ConsoleRole::Auditor), "/console/audit");
    let acts = [
        "alert.approve",
        "alert.submit",
        "case.read",
        "alert.end",
        "person.sign_in",
    ];
    let entries = acts.iter().zip(0..).map(|(act, n)| AuditRow {
        seq: 18_211 - n,
        at: at("15:00:00"),
        by: (*act != "alert.end").then(|| author(locale)),
        act: shell.act(act),
        object: "case_0192f3a17c6a7d1e9b4c2d5e6f708192".to_owned(),
        hash: "9f3a1c07".to_owned(),
    });
    AuditPage {
        entries: entries.collect(),
        query: String::new(),
        total: 18_211,
        newer: Some("/console/audit?after=18211".to_owned()),
        older: Some("/console/audit?before=18207".to_owned()),
        verdict,
        shell,
    }
}
