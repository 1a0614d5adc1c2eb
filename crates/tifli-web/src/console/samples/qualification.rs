//! Samples of a case's way to the public. Not served.

use tifli_domain::gate::{Gate, Question};
use tifli_domain::publication::Blocker;
use tifli_domain::qualify::{Certainty, Criterion, Rung, Sign};

use super::super::obstacles::{self, Obstacle};
use super::super::qualification::{
    CriterionRow, EntryRow, ExplanationPage, Part, QualificationPage,
};
use super::{HOSTILE, Pages, at, author, pick, shell};
use crate::forms::{Choice, FormErrors};
use crate::i18n::Locale;
use crate::layout::ConsoleRole;

pub(super) fn insert(locale: Locale, pages: &mut Pages) -> askama::Result<()> {
    for gate in Gate::ALL {
        let name = format!("qualification-{}", gate.as_str());
        pages.insert(&name, &page(locale, gate))?;
    }
    let mut wrong = page(locale, Gate::Closed);
    wrong.errors.insert("gate_reason", HOSTILE);
    wrong.errors.insert("rung", HOSTILE);
    wrong.typed = vec![("gate_reason".to_owned(), HOSTILE.to_owned())];
    pages.insert("qualification-wrong", &wrong)?;
    for silent in [true, false] {
        let name = if silent {
            "explanation-silent"
        } else {
            "explanation"
        };
        pages.insert(
            name,
            &ExplanationPage {
                silent,
                ..explanation(locale)
            },
        )?;
    }
    Ok(())
}

fn explanation(locale: Locale) -> ExplanationPage {
    let path = "/console/cases/case_1/explanation";
    ExplanationPage {
        shell: shell(locale, Some(ConsoleRole::Officer), path),
        case: "case_1".to_owned(),
        number: "RBT-0042".to_owned(),
        texts: vec![
            (
                "ar".to_owned(),
                "rtl",
                "لا يُنشر إنذار للعموم في الوقت الراهن.".to_owned(),
            ),
            (
                "fr".to_owned(),
                "ltr",
                "Aucune alerte n’est publiée pour le moment.".to_owned(),
            ),
        ],
        silent: false,
    }
}

fn page(locale: Locale, gate: Gate) -> QualificationPage {
    let shell = shell(
        locale,
        Some(ConsoleRole::Prosecutor),
        "/console/cases/case_1/qualification",
    );
    let rungs = Rung::ALL
        .iter()
        .map(|rung| Choice::new(rung.as_str(), shell.word("rung-{}", rung.as_str())));
    let certainty = [Certainty::Sure, Certainty::Likely, Certainty::Doubtful]
        .map(|word| Choice::new(word.as_str(), shell.word("certainty-{}", word.as_str())));
    let closed = gate.is_silent();
    QualificationPage {
        case: "case_1".to_owned(),
        number: "RBT-0042".to_owned(),
        gate,
        heard: ["yes", "no", "unknown"]
            .into_iter()
            .zip(Question::ALL)
            .map(|(answer, question)| (question.field(), answer))
            .collect(),
        obstacles: if closed {
            let all = Blocker::ALL.into_iter();
            let of_case = all.filter(|one| obstacles::field_of(one.code()) == Some("obstacles"));
            let of_case: Vec<Blocker> = of_case.collect();
            Obstacle::list(&shell, "case_1", &of_case, |_| true)
        } else {
            Vec::new()
        },
        by_table: Rung::Area,
        rung: Rung::Area,
        chosen: closed.then_some(Rung::Bulletin),
        criteria: Criterion::ALL
            .iter()
            .enumerate()
            .map(|(place, criterion)| CriterionRow {
                word: criterion.as_str(),
                missing_for: (place % 2 == 0).then_some(Rung::National),
            })
            .collect(),
        signs: Sign::ALL
            .iter()
            .map(|sign| (sign.as_str(), *sign == Sign::Medical))
            .collect(),
        certainty: Choice::select(certainty.to_vec(), "sure"),
        moving: closed,
        rungs: rungs.collect(),
        entries: entries(locale),
        explain: closed,
        parts: vec![
            Part::Gate,
            Part::Prosecutor,
            Part::Propose,
            Part::Decide,
            Part::Clear,
            Part::Review,
        ],
        typed: Vec::new(),
        errors: FormErrors::none(),
        shell,
    }
}

fn entries(locale: Locale) -> Vec<EntryRow> {
    let kinds = tifli_app::publication::EntryKind::ALL.into_iter();
    let row = |(seq, kind): (i64, tifli_app::publication::EntryKind)| EntryRow {
        seq,
        kind: kind.as_str(),
        code: String::new(),
        words: vec![
            pick(
                locale,
                "شوهدت مع خالتها قبل ساعة.",
                "Vue avec sa tante il y a une heure.",
                "Seen with her aunt an hour ago.",
            )
            .to_owned(),
            HOSTILE.to_owned(),
        ],
        by: author(locale),
        at: at("14:10:00"),
        ended: (seq % 3 == 2).then(|| at("14:40:00")),
        retractable: seq % 3 == 1,
    };
    (1..).zip(kinds).map(row).collect()
}
