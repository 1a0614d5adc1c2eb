//! Samples of coming in, the list of cases, the report and the case. Not served.

use jiff::Timestamp;
use tifli_domain::alert::{AlertState, EndReason, VersionState};
use tifli_domain::case::CaseState;
use tifli_domain::intake::{Consent, Field, FieldProblem, Section, Sex, Tier, Warning};
use tifli_domain::publication::Blocker;
use tifli_domain::text::TextError;
use tifli_domain::tip::TipState;

use super::super::case::{
    AlertRow, CaseAction, CasePage, CaseSection, CaseTip, ClockRow, FileGroup, FileRow, OriginRow,
    TimelineEntry, VersionRow,
};
use super::super::cases::{
    CaseRow, CasesHome, EndedAlert, LiveAlert, NextStep, WaitingAlarm, WaitingAlert,
};
use super::super::obstacles::Obstacle;
use super::super::report::{
    Conflict, FieldView, PhotosPanel, PlaceHit, PlacesPanel, ReportForm, ReportPhoto,
    ReportSection, Saved, TierLink,
};
use super::super::sign_in::{
    FirstAdministrator, KeptPost, Replay, SessionExpired, SignIn, SignInNotice,
};
use super::super::wrong::Wrong;
use super::lists::{other, sources};
use super::{HOSTILE, Pages, at, author, map, now, pick, shell};
use crate::forms::{Choice, FormErrors};
use crate::i18n::Locale;
use crate::layout::ConsoleRole;

pub(super) fn insert(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    insert_sign_in(locale, pages)?;
    pages.insert("cases", &cases(locale, ConsoleRole::Officer))?;
    pages.insert("cases-approver", &cases(locale, ConsoleRole::Approver))?;
    pages.insert("cases-none", &no_cases(locale))?;
    pages.insert("report", &report(locale))?;
    pages.insert("report-empty", &empty_report(locale))?;
    pages.insert("report-problems", &report_with_problems(locale))?;
    pages.insert("case", &case(locale))?;
    pages.insert("case-draft", &draft_case(locale))
}

pub(super) fn insert_parts(locale: Locale, parts: &mut Pages) -> askama::Result<()> {
    let form = report(locale);
    let shell = || {
        shell(
            locale,
            Some(ConsoleRole::Officer),
            "/console/cases/case_1/report",
        )
    };
    parts.insert(
        "photos",
        &PhotosPanel {
            shell: shell(),
            photos: form.photos,
        },
    )?;
    let places = PlacesPanel {
        shell: shell(),
        place_query: HOSTILE.to_owned(),
        chosen: None,
        places: Vec::new(),
    };
    parts.insert("places-none", &places)?;
    parts.insert(
        "places",
        &PlacesPanel {
            shell: shell(),
            place_query: "sale".to_owned(),
            chosen: form.chosen,
            places: form.places,
        },
    )
}

fn insert_sign_in(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    let page = |notice| SignIn {
        shell: shell(locale, None, "/console/sign-in"),
        login: String::new(),
        next: "/console/cases".to_owned(),
        notice,
        errors: FormErrors::none(),
    };
    pages.insert("sign-in", &page(SignInNotice::None))?;
    pages.insert("sign-in-ended", &page(SignInNotice::Expired))?;
    pages.insert("sign-in-out", &page(SignInNotice::SignedOut))?;
    let mut refused = page(SignInNotice::Wait(3));
    refused.login = HOSTILE.to_owned();
    let words = Wrong::SignIn.say(&refused.shell);
    refused.errors.insert("login", words);
    pages.insert("sign-in-refused", &refused)?;
    let kept = KeptPost {
        action: "/console/tips/tip_1/ask".to_owned(),
        fields: vec![("question".to_owned(), HOSTILE.to_owned())],
        had_files: true,
    };
    pages.insert(
        "session-expired",
        &SessionExpired {
            shell: shell(locale, None, "/console/sign-in"),
            login: String::new(),
            kept: kept.clone(),
            errors: FormErrors::none(),
        },
    )?;
    pages.insert(
        "replay",
        &Replay {
            shell: shell(locale, Some(ConsoleRole::Room), "/console/sign-in"),
            kept,
        },
    )?;
    let mut first = FirstAdministrator {
        shell: shell(locale, None, "/console/first"),
        action: "/console/first/k7m2q9x4p3w8z5n6".to_owned(),
        name: String::new(),
        login: "admin".to_owned(),
        secret: "JBSW Y3DP EHPK 3PXP JBSW Y3DP EHPK 3PXP".to_owned(),
        otpauth: "otpauth://totp/Tifli:admin?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Tifli"
            .to_owned(),
        password_least: 12,
        errors: FormErrors::none(),
    };
    pages.insert("first-administrator", &first)?;
    first.name = "Nadia Tazi".to_owned();
    for (field, wrong) in [
        ("name", Wrong::Field(FieldProblem::Missing)),
        ("login", Wrong::Login),
        ("password", Wrong::PasswordShort),
        ("password_again", Wrong::PasswordsDiffer),
        ("code", Wrong::Code),
    ] {
        let words = wrong.say(&first.shell);
        first.errors.insert(field, words);
    }
    pages.insert("first-administrator-errors", &first)
}

fn row(locale: Locale, number: u32, child: &str, state: CaseState) -> CaseRow {
    let (next, deadline) = match state {
        CaseState::Draft => (NextStep::FinishReport, None),
        CaseState::Received => (NextStep::DraftAlert, Some(at("18:20:00"))),
        CaseState::Alerted => (NextStep::Watch, None),
        CaseState::Recalling => (NextStep::ConfirmEnd, None),
        CaseState::Dark => (NextStep::Close, None),
        CaseState::Closed => (NextStep::Erase, None),
        CaseState::Erased => (NextStep::Nothing, None),
    };
    CaseRow {
        id: format!("case_{number}"),
        number: format!("SLE-26-{number:04}"),
        child: child.to_owned(),
        age: (state != CaseState::Draft).then_some(7),
        state,
        next,
        next_href: format!("/console/cases/case_{number}"),
        district: pick(locale, "سلا", "Salé", "Salé").to_owned(),
        started: at("09:12:00"),
        deadline,
        tips_waiting: u64::from(state == CaseState::Alerted) * 2,
    }
}

fn cases(locale: Locale, role: ConsoleRole) -> CasesHome {
    let (girl, boy) = (
        pick(locale, "ياسمين", "Yasmine", "Yasmine"),
        pick(locale, "أنس", "Anas", "Anas"),
    );
    let approver = role == ConsoleRole::Approver;
    let mut list: Vec<CaseRow> = CaseState::ALL
        .iter()
        .zip(1..)
        .map(|(state, n)| row(locale, n, girl, *state))
        .collect();
    list[0].child = String::new();
    list[2].child = boy.to_owned();
    list[5].child = HOSTILE.to_owned();
    let mut late = row(locale, 9, boy, CaseState::Received);
    late.deadline = Some(at("14:20:00"));
    late.next = NextStep::AwaitDecision;
    list.insert(0, late);
    list.extend(
        NextStep::ALL
            .iter()
            .zip(20..)
            .map(|(next, n)| CaseRow {
                next: *next,
                ..row(locale, n, girl, CaseState::Dark)
            })
            .take(if approver { 12 } else { 0 }),
    );
    CasesHome {
        alarms: vec![WaitingAlarm {
            case: "case_9".to_owned(),
            number: "SLE-0009".to_owned(),
            child: HOSTILE.to_owned(),
            age: Some(6),
            district: pick(locale, "سلا", "Salé", "Salé").to_owned(),
            since: at("15:02:00"),
            due: at("15:07:00"),
            mine: !approver,
        }],
        shell: shell(locale, Some(role), "/console/cases"),
        now: now(),
        query: String::new(),
        cases: list,
        more: Some(1),
        may_report: !approver,
        key: "5f1c".to_owned(),
        waiting: if approver {
            waiting(locale, boy)
        } else {
            Vec::new()
        },
        live: vec![LiveAlert {
            alert: "alert_3".to_owned(),
            href: "/console/alerts/alert_3/delivery".to_owned(),
            number: "SLE-26-0003".to_owned(),
            child: boy.to_owned(),
            since: at("11:40:00"),
            expires: at("23:40:00"),
            handed: 40_912,
            inside: 41_250,
        }],
        ended: ended(locale, girl),
        tips_waiting: approver.then_some(3),
    }
}

fn waiting(locale: Locale, boy: &str) -> Vec<WaitingAlert> {
    let waiting = WaitingAlert {
        alert: "alert_1".to_owned(),
        number: "SLE-26-0009".to_owned(),
        child: boy.to_owned(),
        age: Some(11),
        author: author(locale),
        submitted: at("14:58:00"),
        deadline: Some(at("23:20:00")),
        version: 1,
        subscribers: 41_250,
    };
    let update = WaitingAlert {
        alert: "alert_2".to_owned(),
        version: 3,
        subscribers: 1,
        deadline: None,
        ..waiting.clone()
    };
    vec![waiting, update]
}

fn ended(locale: Locale, girl: &str) -> Vec<EndedAlert> {
    vec![EndedAlert {
        alert: "alert_4".to_owned(),
        number: "SLE-26-0004".to_owned(),
        child: girl.to_owned(),
        reason: EndReason::Found,
        by: pick(
            locale,
            "قاعة القيادة",
            "Salle de commandement",
            "Command room",
        )
        .to_owned(),
        ended: at("14:50:00"),
        confirm_until: at("15:20:00"),
    }]
}

fn no_cases(locale: Locale) -> CasesHome {
    CasesHome {
        query: HOSTILE.to_owned(),
        cases: Vec::new(),
        waiting: Vec::new(),
        live: Vec::new(),
        ended: Vec::new(),
        more: None,
        ..cases(locale, ConsoleRole::Officer)
    }
}

fn answer(locale: Locale, field: Field) -> FieldView {
    let value = match field {
        Field::ReporterName => pick(
            locale,
            "فاطمة الزهراء بناني",
            "Fatima Zahra Bennani",
            "Fatima Zahra Bennani",
        ),
        Field::ReporterRelation => "mother",
        Field::ReporterPhone => "0600 00 00 01",
        Field::ConsentPublish => "yes",
        Field::ConsentGivenBy => pick(
            locale,
            "الأم، أمام ضابط المداومة",
            "La mère, devant l’officier de permanence",
            "The mother, before the officer on duty",
        ),
        Field::ChildFirstNameAr => "ياسمين",
        Field::ChildFirstName => "Yasmine",
        Field::ChildFamilyNameAr => "بناني",
        Field::ChildAge => "7",
        Field::ChildSex => "girl",
        Field::ClothesAr => "معطف أحمر، سروال جينز أزرق",
        Field::Clothes => "Manteau rouge, jean bleu",
        Field::LastSeenAt => "2026-11-22T13:15",
        Field::LastSeenPlace => "sale-tabriquet",
        Field::LastSeenLat => "34.05310",
        Field::LastSeenLon => "-6.79846",
        Field::Nature => "unknown",
        _ => "",
    };
    let saved = if value.is_empty() {
        Saved::Never
    } else {
        Saved::At(at("09:32:00"))
    };
    FieldView {
        value: value.to_owned(),
        base: i64::from(!value.is_empty()) * 4,
        choices: codes(locale, field, value),
        saved,
        ..FieldView::empty(field)
    }
}

fn codes(locale: Locale, field: Field, value: &str) -> Vec<Choice> {
    let list = match field {
        Field::ReporterRelation => vec![
            Choice::new("mother", pick(locale, "الأم", "Mère", "Mother")),
            Choice::new("father", pick(locale, "الأب", "Père", "Father")),
            Choice::new(
                "guardian",
                pick(locale, "الولي الشرعي", "Tuteur légal", "Legal guardian"),
            ),
        ],
        Field::ReporterPaperKind => vec![Choice::new(
            "cnie",
            pick(
                locale,
                "البطاقة الوطنية",
                "Carte nationale",
                "National card",
            ),
        )],
        _ => Vec::new(),
    };
    Choice::select(list, value)
}

fn place(locale: Locale) -> PlaceHit {
    PlaceHit {
        code: "sale-tabriquet".to_owned(),
        name: pick(locale, "تابريكت", "Tabriquet", "Tabriquet").to_owned(),
        within: pick(
            locale,
            "سلا، الرباط-سلا-القنيطرة",
            "Salé, Rabat-Salé-Kénitra",
            "Salé, Rabat-Salé-Kenitra",
        )
        .to_owned(),
        point: (34.0531, -6.7985),
    }
}

/// A photo; `media_1` is the main one.
fn photo(media: &str) -> ReportPhoto {
    ReportPhoto {
        media: media.to_owned(),
        src: "portrait.svg".to_owned(),
        size: (960, 1_200),
        added: at("09:20:00"),
        main: media == "media_1",
    }
}

pub(super) fn report(locale: Locale) -> ReportForm {
    ReportForm {
        shell: shell(
            locale,
            Some(ConsoleRole::Officer),
            "/console/cases/case_1/report",
        ),
        case: "case_1".to_owned(),
        number: "SLE-26-0001".to_owned(),
        district: pick(locale, "سلا", "Salé", "Salé").to_owned(),
        started: at("09:12:00"),
        ceiling_hours: 24,
        sections: ReportSection::list(Tier::First, |field| answer(locale, field)),
        photos: vec![photo("media_1"), photo("media_2")],
        photo_megabytes: 12,
        place_query: "sale".to_owned(),
        chosen: Some(place(locale)),
        places: vec![PlaceHit {
            code: "sale".to_owned(),
            name: pick(locale, "سلا", "Salé", "Salé").to_owned(),
            ..place(locale)
        }],
        map: map(),
        errors: FormErrors::none(),
        confirm: Vec::new(),
        open: false,
        tier: Tier::First,
        tiers: Tier::ALL
            .map(|tier| TierLink {
                tier,
                answered: 12,
                total: 47,
            })
            .to_vec(),
        source: 0,
        sources: sources(locale),
        said_at: String::new(),
        holder: "3f9c".to_owned(),
        session_left: 3_600,
        paper_at: "2026-11-20T08:40".to_owned(),
        paper_kept: "2026-11-20T08:40".to_owned(),
    }
}

fn empty_report(locale: Locale) -> ReportForm {
    ReportForm {
        sections: ReportSection::list(Tier::First, |field| FieldView {
            choices: codes(locale, field, ""),
            ..FieldView::empty(field)
        }),
        photos: Vec::new(),
        place_query: String::new(),
        chosen: None,
        places: Vec::new(),
        map: None,
        ..report(locale)
    }
}

fn report_with_problems(locale: Locale) -> ReportForm {
    let mut form = report(locale);
    form.open = true;
    form.confirm = vec![
        Warning::LongAgo,
        Warning::OutsideCountry,
        Warning::NoSubscriber,
    ];
    form.place_query = HOSTILE.to_owned();
    form.places = Vec::new();
    for view in form
        .sections
        .iter_mut()
        .flat_map(|section| &mut section.fields)
    {
        let conflict = |theirs: &str| {
            Saved::Conflict(Conflict {
                theirs: theirs.to_owned(),
                by: HOSTILE.to_owned(),
                at: at("09:31:00"),
            })
        };
        match view.field {
            Field::ReporterName => view.value = HOSTILE.to_owned(),
            Field::ReporterPhone => view.saved = conflict("0600 00 00 02"),
            Field::Circumstances => {
                view.value = HOSTILE.to_owned();
                view.saved = conflict("");
            }
            _ => {}
        }
    }
    let problems = [
        (
            Field::ReporterName,
            FieldProblem::Text(TextError::HiddenCharacters),
        ),
        (Field::ReporterRelation, FieldProblem::Missing),
        (Field::ConsentPublish, FieldProblem::NotAnAnswer),
        (Field::ChildBirthDate, FieldProblem::NotAChild),
        (Field::ChildAge, FieldProblem::NotInRange(0, 17)),
        (Field::LastSeenAt, FieldProblem::InTheFuture),
        (Field::LastSeenPlace, FieldProblem::Missing),
        (Field::LastSeenLat, FieldProblem::Swapped),
        (
            Field::Circumstances,
            FieldProblem::Text(TextError::TooLong { limit: 4_000 }),
        ),
    ];
    for (field, problem) in problems {
        form.errors
            .insert(field.name(), Wrong::from(problem).say(&form.shell));
    }
    form.errors
        .insert("photo", Wrong::PhotoType.say(&form.shell));
    form
}

fn entry(locale: Locale, time: &str, act: &str, tone: &'static str) -> TimelineEntry {
    let by = pick(
        locale,
        "سعاد العلمي، سلا",
        "Souad El Alami, Salé",
        "Souad El Alami, Salé",
    );
    TimelineEntry {
        at: at(time),
        by: (act != "alert.dark").then(|| by.to_owned()),
        words: shell(locale, None, "/").act(act),
        tone,
    }
}

fn case_file(locale: Locale) -> Vec<FileGroup> {
    let file = |section, fields: &[Field]| FileGroup {
        section,
        rows: fields
            .iter()
            .map(|field| FileRow {
                field: *field,
                value: answer(locale, *field).value,
                others: Vec::new(),
            })
            .collect(),
    };
    vec![
        file(
            Section::Reporter,
            &[Field::ReporterName, Field::ReporterPhone],
        ),
        file(
            Section::Child,
            &[
                Field::ChildFirstNameAr,
                Field::ChildFirstName,
                Field::ClothesAr,
            ],
        ),
        FileGroup {
            section: Section::LastSeen,
            rows: vec![FileRow {
                field: Field::Circumstances,
                value: HOSTILE.to_owned(),
                others: vec![other(locale)],
            }],
        },
    ]
}

fn case_alerts(by: &str) -> Vec<AlertRow> {
    vec![AlertRow {
        id: "alert_3".to_owned(),
        state: AlertState::Live,
        code: Some("k7m2q9x4p3w8z5n6".to_owned()),
        expires: Some(at("23:40:00")),
        reason: None,
        versions: vec![
            VersionRow {
                version: 2,
                state: VersionState::Returned,
                author: by.to_owned(),
                decided_by: Some(by.to_owned()),
                at: at("12:02:00"),
                reason: Some(HOSTILE.to_owned()),
                subscribers: 41_250,
            },
            VersionRow {
                version: 1,
                state: VersionState::Issued,
                author: by.to_owned(),
                decided_by: None,
                at: at("10:11:00"),
                reason: None,
                subscribers: 41_250,
            },
        ],
    }]
}

fn case_tips() -> Vec<CaseTip> {
    vec![
        CaseTip {
            id: "tip_1".to_owned(),
            state: TipState::Received,
            received: at("14:40:00"),
            place: HOSTILE.to_owned(),
            photo: true,
        },
        CaseTip {
            id: "tip_2".to_owned(),
            state: TipState::Linked,
            received: at("12:40:00"),
            place: String::new(),
            photo: false,
        },
    ]
}

fn case(locale: Locale) -> CasePage {
    let by = author(locale);
    let some = |time: &str| -> Option<Timestamp> { Some(at(time)) };
    CasePage {
        shell: shell(locale, Some(ConsoleRole::Room), "/console/cases/case_3"),
        now: now(),
        id: "case_3".to_owned(),
        number: "SLE-26-0003".to_owned(),
        child: pick(locale, "ياسمين", "Yasmine", "Yasmine").to_owned(),
        age: Some(7),
        sex: Sex::Girl,
        district: pick(locale, "سلا", "Salé", "Salé").to_owned(),
        state: CaseState::Alerted,
        consent: Consent::Given,
        next: NextStep::Watch,
        deadline: None,
        clocks: ClockRow::list([
            some("09:12:00"),
            some("09:31:20"),
            some("10:05:00"),
            some("10:11:00"),
            some("10:40:00"),
            None,
            None,
        ]),
        file: case_file(locale),
        photos: vec![photo("media_1")],
        alerts: case_alerts(&by),
        tips: Some(case_tips()),
        timeline: vec![
            entry(locale, "10:11:00", "alert.approve", "good"),
            entry(locale, "10:05:00", "alert.submit", ""),
            entry(locale, "09:31:20", "case.receive", ""),
            entry(locale, "09:12:00", "case.start", ""),
        ],
        obstacles: Vec::new(),
        actions: vec![
            CaseAction::EditReport,
            CaseAction::UpdateAlert,
            CaseAction::Deliveries("alert_3".to_owned()),
            CaseAction::End("alert_3".to_owned()),
        ],
        sections: CaseSection::ALL.to_vec(),
        origins: vec![
            OriginRow {
                href: None,
                words: pick(locale, "سوق", "Souk", "Souk").to_owned(),
            },
            OriginRow {
                href: Some("/console/found/found_1".to_owned()),
                words: HOSTILE.to_owned(),
            },
        ],
    }
}

/// A case that was not opened yet, with every other action and nothing to read.
fn draft_case(locale: Locale) -> CasePage {
    let alert = || "alert_3".to_owned();
    CasePage {
        child: String::new(),
        age: None,
        sex: Sex::Unknown,
        state: CaseState::Received,
        consent: Consent::Refused,
        next: NextStep::DraftAlert,
        deadline: Some(at("23:31:20")),
        file: Vec::new(),
        alerts: vec![AlertRow {
            state: AlertState::Ended,
            reason: Some(EndReason::Danger),
            code: None,
            expires: None,
            versions: Vec::new(),
            id: alert(),
        }],
        tips: Some(Vec::new()),
        timeline: vec![entry(locale, "12:11:00", "alert.dark", "warn")],
        obstacles: Obstacle::list(
            &shell(locale, Some(ConsoleRole::Room), "/console/cases/case_3"),
            "case_3",
            &[Blocker::GateNotAsked, Blocker::ConsentRefused],
            |_| true,
        ),
        actions: vec![
            CaseAction::DraftAlert,
            CaseAction::OpenDraft(alert()),
            CaseAction::Decide(alert()),
            CaseAction::ConfirmEnd(alert()),
            CaseAction::Close,
            CaseAction::AskErasure,
            CaseAction::ConfirmErasure("erasure_1".to_owned()),
        ],
        ..case(locale)
    }
}
