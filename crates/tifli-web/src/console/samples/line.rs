//! Samples of calls on the line and of a unit's board. Not served.

use tifli_domain::bulletin::{ReadingState, TelegramKind};
use tifli_domain::call::{CallKind, Question, Spoken};
use tifli_domain::unit_report::Cover;

use super::super::call::{
    CallActs, CallAid, CallForm, CallPage, CallRow, CallTaken, CallsPage, CandidateRow,
};
use super::super::unit::{SearchRow, SearchedForm, SearchesPage, SeenPage, UnitBoard, UnitRow};
use super::{HOSTILE, Pages, at, author, now, pick, shell};
use crate::forms::{Choice, FormErrors};
use crate::i18n::Locale;
use crate::layout::ConsoleRole;

pub(super) fn insert(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    pages.insert("call", &blank(locale))?;
    pages.insert("call-looked", &looked(locale))?;
    let mut errors = FormErrors::none();
    let words = pick(locale, "مطلوب", "Obligatoire", "Needed");
    for field in ["words", "place", "when", "about", "plate", "called_at"] {
        errors.insert(field, words);
    }
    let wrong = errors.find("about").map(str::to_owned);
    let form = CallForm {
        errors,
        wrong,
        ..looked(locale)
    };
    pages.insert("call-wrong", &form)?;
    for kind in CallKind::ALL.iter().copied() {
        pages.insert(
            &format!("call-taken-{}", kind.as_str()),
            &taken(locale, kind),
        )?;
        pages.insert(&format!("call-one-{}", kind.as_str()), &one(locale, kind))?;
    }
    pages.insert("calls", &calls(locale))?;
    pages.insert("unit", &unit(locale, String::new()))?;
    for kept in ["searched", "seen"] {
        pages.insert(&format!("unit-{kept}-kept"), &unit(locale, kept.to_owned()))?;
    }
    pages.insert("unit-searched", &searched(locale, FormErrors::none()))?;
    pages.insert("unit-seen", &seen(locale, FormErrors::none()))?;
    let mut errors = FormErrors::none();
    for field in ["place", "cover", "when", "note"] {
        errors.insert(field, words);
    }
    pages.insert("unit-searched-wrong", &searched(locale, errors))?;
    let mut errors = FormErrors::none();
    for field in ["how", "place", "when", "words"] {
        errors.insert(field, words);
    }
    pages.insert("unit-seen-wrong", &seen(locale, errors))?;
    pages.insert("searches", &searches(locale))
}

pub(super) fn insert_parts(locale: Locale, parts: &mut Pages) -> askama::Result<()> {
    let form = looked(locale);
    let aid = CallAid {
        looked: true,
        candidates: form.candidates,
        about: form.about,
        questions: form.questions,
        wrong: None,
        shell: form.shell,
    };
    parts.insert("call-aid", &aid)
}

fn spoken(locale: Locale) -> Spoken {
    Spoken {
        words: pick(
            locale,
            "طفلة اسمها سلمى ترتدي معطفاً أحمر قرب المحطة الطرقية",
            "Une fillette qui s’appelle Salma, manteau rouge, près de la gare routière",
            "A girl called Salma, red coat, near the bus station",
        )
        .to_owned(),
        place_words: pick(locale, "الرباط، القامرة", "Rabat, Kamra", "Rabat, Kamra").to_owned(),
        when: pick(locale, "20 دقيقة", "20 min", "20 min").to_owned(),
        ..Spoken::default()
    }
}

fn candidates(locale: Locale) -> Vec<CandidateRow> {
    let one = CandidateRow {
        id: "case_7".to_owned(),
        number: "RBA-0007".to_owned(),
        child: pick(locale, "سلمى", "Salma", "Salma").to_owned(),
        age: Some(9),
        district: pick(locale, "الرباط أكدال", "Rabat-Agdal", "Rabat-Agdal").to_owned(),
        place: pick(locale, "الرباط", "Rabat", "Rabat").to_owned(),
        seen: "2026-11-22 14:30".to_owned(),
        clothes: pick(locale, "معطف أحمر", "manteau rouge", "red coat").to_owned(),
    };
    let other = CandidateRow {
        id: "case_8".to_owned(),
        number: "SLE-0011".to_owned(),
        child: String::new(),
        age: None,
        place: HOSTILE.to_owned(),
        seen: String::new(),
        clothes: String::new(),
        ..one.clone()
    };
    vec![one, other]
}

/// The form as it opens.
fn blank(locale: Locale) -> CallForm {
    CallForm {
        shell: shell(locale, Some(ConsoleRole::Room), "/console/call"),
        key: "k1".to_owned(),
        line: "19".to_owned(),
        emergency: "19".to_owned(),
        spoken: Spoken {
            when: pick(locale, "الآن", "maintenant", "now").to_owned(),
            ..Spoken::default()
        },
        called_at: String::new(),
        looked: false,
        candidates: Vec::new(),
        about: String::new(),
        questions: Vec::new(),
        wrong: None,
        errors: FormErrors::none(),
    }
}

/// The form when it was asked which case it is.
fn looked(locale: Locale) -> CallForm {
    CallForm {
        spoken: spoken(locale),
        looked: true,
        candidates: candidates(locale),
        about: "case_7".to_owned(),
        questions: vec![Question::StillThere, Question::Direction, Question::With],
        ..blank(locale)
    }
}

fn taken(locale: Locale, kind: CallKind) -> CallTaken {
    let tip = kind == CallKind::Tip;
    CallTaken {
        shell: shell(locale, Some(ConsoleRole::Room), "/console/call"),
        id: "call_1".to_owned(),
        number: 41,
        kind,
        receipt: match kind.gives_receipt() {
            true => "4821903377150264".to_owned(),
            false => String::new(),
        },
        case: tip.then(|| ("case_7".to_owned(), "RBA-0007".to_owned())),
        called: at("15:02:00"),
        due: (!tip).then(|| at("15:20:00")),
        emergency: "19".to_owned(),
    }
}

fn row(locale: Locale, kind: CallKind, number: i64) -> CallRow {
    CallRow {
        id: format!("call_{number}"),
        number,
        kind,
        called: at("14:50:00"),
        by: author(locale),
        due: (kind != CallKind::Tip).then(|| at("15:00:00")),
        late: kind == CallKind::Danger,
        settled: (kind == CallKind::Complaint).then(|| (at("15:01:00"), author(locale))),
        erased: kind == CallKind::WrongNumber && number > 10,
    }
}

fn calls(locale: Locale) -> CallsPage {
    let open = [CallKind::Danger, CallKind::OtherChild, CallKind::Unmatched];
    let rest = [CallKind::Tip, CallKind::Complaint, CallKind::WrongNumber];
    CallsPage {
        shell: shell(locale, Some(ConsoleRole::Room), "/console/calls"),
        now: now(),
        open: open.map(|kind| row(locale, kind, 7)).into(),
        rest: rest.map(|kind| row(locale, kind, 12)).into(),
    }
}

fn one(locale: Locale, kind: CallKind) -> CallPage {
    let tip = kind == CallKind::Tip;
    let done = kind == CallKind::Complaint;
    CallPage {
        shell: shell(locale, Some(ConsoleRole::Room), "/console/calls/call_7"),
        now: now(),
        row: row(locale, kind, 7),
        spoken: Spoken {
            plate: "12345-أ-6".to_owned(),
            phone: "0600000000".to_owned(),
            still_there: "yes".to_owned(),
            clothes: HOSTILE.to_owned(),
            ..spoken(locale)
        },
        case: tip.then(|| ("case_7".to_owned(), "RBA-0007".to_owned())),
        tip: tip.then(|| "tip_3".to_owned()),
        note: done.then(|| HOSTILE.to_owned()),
        candidates: candidates(locale),
        acts: CallActs {
            settle: !tip && !done,
            join: kind.may_join_case(),
            report: kind.may_open_case(),
            another: kind == CallKind::WrongNumber,
        },
        typed: String::new(),
        errors: FormErrors::none(),
    }
}

fn unit(locale: Locale, kept: String) -> UnitBoard {
    let rows = ReadingState::ALL.iter().map(|reading| UnitRow {
        id: "bulletin_1".to_owned(),
        number: "0142/2026".to_owned(),
        kind: TelegramKind::Search,
        district: pick(locale, "الرباط أكدال", "Rabat-Agdal", "Rabat-Agdal").to_owned(),
        sent: at("14:40:00"),
        reading: *reading,
    });
    UnitBoard {
        shell: shell(locale, Some(ConsoleRole::FieldUnit), "/console/unit"),
        service: pick(
            locale,
            "منطقة أمن أكدال",
            "District de police de l’Agdal",
            "Agdal police district",
        )
        .to_owned(),
        kept,
        rows: rows.collect(),
    }
}

fn searched(locale: Locale, errors: FormErrors) -> SearchedForm {
    let roof = pick(locale, "السطح", "Toit et terrasse", "Roof");
    let school = pick(locale, "المدرسة", "École", "School");
    SearchedForm {
        shell: shell(
            locale,
            Some(ConsoleRole::FieldUnit),
            "/console/unit/b/searched",
        ),
        id: "bulletin_1".to_owned(),
        key: "k1".to_owned(),
        places: vec![Choice::new("1", roof), Choice::new("4", school)],
        place: String::new(),
        when: pick(locale, "الآن", "maintenant", "now").to_owned(),
        cover: "partial".to_owned(),
        note: String::new(),
        errors,
    }
}

fn seen(locale: Locale, errors: FormErrors) -> SeenPage {
    SeenPage {
        shell: shell(locale, Some(ConsoleRole::FieldUnit), "/console/unit/b/seen"),
        id: "bulletin_1".to_owned(),
        key: "k1".to_owned(),
        line: "19".to_owned(),
        how: "ourselves".to_owned(),
        place: String::new(),
        when: pick(locale, "الآن", "maintenant", "now").to_owned(),
        words: HOSTILE.to_owned(),
        errors,
    }
}

fn searches(locale: Locale) -> SearchesPage {
    let rows = Cover::ALL.iter().map(|cover| SearchRow {
        place: pick(locale, "محطة القطار", "La gare", "The station").to_owned(),
        cover: *cover,
        searched: at("14:55:00"),
        service: pick(locale, "الدرك الملكي", "Gendarmerie royale", "Gendarmerie").to_owned(),
        by: author(locale),
        note: HOSTILE.to_owned(),
    });
    SearchesPage {
        shell: shell(
            locale,
            Some(ConsoleRole::Room),
            "/console/cases/case_7/searches",
        ),
        case: "case_7".to_owned(),
        number: "RBA-0007".to_owned(),
        rows: rows.collect(),
    }
}
