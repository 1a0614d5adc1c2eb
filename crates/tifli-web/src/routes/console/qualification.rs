//! Whether and how a case may be public: the page and its forms. Each form posts to its own address; what cannot be
//! accepted is shown again beside its field.

use axum::extract::State;
use tifli_app::publication::{
    EntryKind as Kind, EntryView, Informing, QualificationView, Qualifying,
};
use tifli_app::{AppError, AppResult, Kind as Refusal};
use tifli_domain::id::CaseId;
use tifli_domain::permission::Act;
use tifli_domain::qualify::{Certainty, Moving, Rung, Sign};

use super::desk::{Desk, Names, Sent, go_to};
use crate::console::obstacles::Obstacle;
use crate::console::problems::{beside, of_code};
use crate::console::qualification::{
    CriterionRow, EntryRow, ExplanationPage, Part, QualificationPage,
};
use crate::forms::{Choice, FormErrors};
use crate::problem::{Answer, Refused};
use crate::request::{Form, Id};
use crate::server::{WebState, moment};

/// `GET /console/cases/{id}/qualification`.
pub async fn page(desk: Desk, Id(case): Id<CaseId>) -> Answer {
    let view = fill(&desk, case, (Vec::new(), FormErrors::none())).await?;
    Ok(desk.page(&view))
}

/// `GET /console/cases/{id}/explanation`.
pub async fn explanation(desk: Desk, Id(case): Id<CaseId>) -> Answer {
    let number = desk.app().case_summary(&desk.actor, case).await?.label;
    let pack = desk.app().pack();
    let words = &pack.qualification().explanation;
    let suffice = pack.languages().suffice.iter();
    let texts = suffice.map(|tag| {
        let dir = tag.direction().as_str();
        (tag.as_str().to_owned(), dir, words.get(*tag).to_owned())
    });
    let view = ExplanationPage {
        case: case.to_string(),
        number,
        texts: texts.collect(),
        silent: desk.app().guardian_silent(case).await?,
        shell: desk.shell.clone(),
    };
    Ok(desk.page(&view))
}

/// `POST /console/cases/{id}/gate`.
pub async fn rule(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let words = (form.text("gate_instruction"), form.text("gate_reason"));
    let done = match form.text("ruling").parse() {
        Ok(ruling) => {
            let app = desk.app();
            app.rule_on_gate(&desk.actor, case, ruling, words).await
        }
        Err(_) => Err(AppError::field("ruling", "missing")),
    };
    let names = [
        ("reason", "gate_reason"),
        ("instruction", "gate_instruction"),
    ];
    after(&desk, case, (&form, &names, "ruling"), done).await
}

/// `POST /console/cases/{id}/prosecutor`.
pub async fn informed(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let told = Informing {
        how: form.text("told_how").to_owned(),
        who: form.text("told_who").to_owned(),
        instruction: form.text("told_instruction").to_owned(),
        at_ms: None,
    };
    let done = desk.app().record_prosecutor(&desk.actor, case, &told).await;
    let names = [
        ("how", "told_how"),
        ("who", "told_who"),
        ("instruction", "told_instruction"),
    ];
    after(&desk, case, (&form, &names, "told_who"), done).await
}

/// `POST /console/cases/{id}/qualification`.
pub async fn qualify(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let ticked = |name: String| form.text(&name) == "yes";
    let signs = Sign::ALL.iter().copied();
    let signs = signs.filter(|sign| ticked(format!("sign.{}", sign.as_str())));
    let said = Qualifying {
        rung: form.text("rung").parse().ok(),
        reason: form.text("rung_reason").to_owned(),
        signs: Some(signs.collect()),
        certainty: form.text("certainty").parse().ok(),
        moving: Some(match ticked("moving".to_owned()) {
            true => Moving::Away,
            false => Moving::NotKnown,
        }),
    };
    let done = desk.app().qualify(&desk.actor, case, &said).await;
    let names = [("reason", "rung_reason")];
    after(&desk, case, (&form, &names, "rung"), done.map(drop)).await
}

/// `POST /console/cases/{id}/best-interests`.
pub async fn best_interests(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let app = desk.app();
    let done = app
        .note_best_interests(&desk.actor, case, form.text("note"))
        .await;
    after(&desk, case, (&form, &[], "note"), done).await
}

/// `POST /console/cases/{id}/explanation`.
pub async fn explained(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let done = desk
        .app()
        .explained(&desk.actor, case, form.text("how"))
        .await;
    after(&desk, case, (&form, &[], "how"), done).await
}

/// `POST /console/cases/{id}/clearances`.
pub async fn clear(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let done = match form.text("what").parse() {
        Ok(what) => {
            let app = desk.app();
            app.clear(&desk.actor, case, what, form.text("basis")).await
        }
        Err(_) => Err(AppError::field("what", "missing")),
    };
    after(&desk, case, (&form, &[], "what"), done).await
}

/// `POST /console/cases/{id}/clearances/retract`.
pub async fn retract(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let seq = form.text("seq").parse().unwrap_or_default();
    let done = desk.app().retract_clearance(&desk.actor, case, seq).await;
    match done {
        // The same form sent twice takes back once.
        Err(error) if error.code == "already_retracted" => Ok(back(case)),
        done => after(&desk, case, (&form, &[], "what"), done).await,
    }
}

/// `POST /console/cases/{id}/review/ask`.
pub async fn ask_review(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let app = desk.app();
    let done = app
        .ask_review(&desk.actor, case, form.text("ask_reason"))
        .await;
    let names = [("reason", "ask_reason")];
    after(&desk, case, (&form, &names, "ask_reason"), done).await
}

/// `POST /console/cases/{id}/review`.
pub async fn review(
    State(_): State<WebState>,
    Id(case): Id<CaseId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let done = match form.text("review_rung").parse::<Rung>() {
        Ok(rung) => {
            let said = (rung, form.text("review_reason"));
            desk.app().review(&desk.actor, case, said).await.map(drop)
        }
        Err(_) => Err(AppError::field("review_rung", "missing")),
    };
    let names = [("reason", "review_reason")];
    after(&desk, case, (&form, &names, "review_rung"), done).await
}

fn back(case: CaseId) -> axum::response::Response {
    go_to(format!("/console/cases/{case}/qualification"))
}

/// Where a form leads: to the page, or to itself with what is wrong. `names` are the fields whose name on the page is
/// another; a conflict stands beside `first`.
async fn after(
    desk: &Desk,
    case: CaseId,
    (form, names, first): (&Form, &[(&str, &str)], &str),
    done: AppResult<()>,
) -> Answer {
    let Err(error) = done else {
        return Ok(back(case));
    };
    let errors = match error.kind {
        Refusal::Invalid => beside(&desk.shell, &error.problems, |field| {
            let named = names.iter().find(|(name, _)| *name == field);
            named.map_or(field, |(_, name)| name).to_owned()
        }),
        Refusal::Conflict => {
            let mut errors = FormErrors::none();
            errors.insert(first, of_code(&desk.shell, &error.code));
            errors
        }
        _ => return Err(error.into()),
    };
    let typed = form.fields().to_vec();
    let view = fill(desk, case, (typed, errors)).await?;
    Ok(desk.again(&view))
}

async fn fill(
    desk: &Desk,
    case: CaseId,
    (typed, errors): (Vec<(String, String)>, FormErrors),
) -> Result<QualificationPage, Refused> {
    let view = desk.app().qualification(&desk.actor, case).await?;
    let number = desk.app().case_summary(&desk.actor, case).await?.label;
    let names = desk.names().await?;
    let parts = parts(desk, &view.district);
    let facts = &view.facts;
    let rungs = std::iter::once(Choice::new("", desk.shell.say("qual-as-table"))).chain(
        Rung::ALL
            .iter()
            .map(|rung| Choice::new(rung.as_str(), desk.shell.word("rung-{}", rung.as_str()))),
    );
    let asked = [Certainty::Sure, Certainty::Likely, Certainty::Doubtful];
    let asked = asked.map(|word| {
        let label = desk.shell.word("certainty-{}", word.as_str());
        Choice::new(word.as_str(), label)
    });
    let of = |name: &str| typed.iter().find(|(field, _)| field == name);
    let rung = of("rung").map_or("", |(_, value)| value.as_str());
    Ok(QualificationPage {
        case: case.to_string(),
        number,
        gate: view.gate,
        heard: view.heard.as_ref().map_or_else(Vec::new, |heard| {
            let rows = heard.iter();
            rows.map(|(question, heard)| (question.field(), heard.as_str()))
                .collect()
        }),
        by_table: view.qualification.rung,
        rung: view.rung,
        chosen: view.chosen,
        criteria: criteria(&view),
        signs: Sign::ALL
            .iter()
            .map(|sign| (sign.as_str(), facts.signs.contains(sign)))
            .collect(),
        certainty: Choice::select(asked.to_vec(), facts.certainty.as_str()),
        moving: facts.moving == Moving::Away,
        rungs: Choice::select(rungs.collect(), rung),
        explain: view.chosen == Some(Rung::Bulletin),
        entries: view
            .entries
            .iter()
            .map(|entry| row(desk, &names, entry, &parts))
            .collect(),
        obstacles: Obstacle::list(&desk.shell, &case.to_string(), &view.blockers, |act| {
            desk.may_in(act, &view.district)
        }),
        parts,
        typed,
        errors,
        shell: desk.shell.clone(),
    })
}

fn parts(desk: &Desk, district: &str) -> Vec<Part> {
    let all = [
        (Act::DecideGate, Part::Gate),
        (Act::RecordProsecutor, Part::Prosecutor),
        (Act::Qualify, Part::Propose),
        (Act::ClearIdentity, Part::Clear),
        (Act::ReviewRefusal, Part::Review),
    ];
    let mut parts: Vec<Part> = all
        .into_iter()
        .filter(|(act, _)| desk.may_in(*act, district))
        .map(|(_, part)| part)
        .collect();
    if parts.contains(&Part::Propose) && desk.may_in(Act::ApproveAlert, district) {
        parts.push(Part::Decide);
    }
    parts
}

fn criteria(view: &QualificationView) -> Vec<CriterionRow> {
    let found = &view.qualification;
    let missing = found.missing.iter().map(|(rung, criterion)| CriterionRow {
        word: criterion.as_str(),
        missing_for: Some(*rung),
    });
    let met = found.met.iter().map(|criterion| CriterionRow {
        word: criterion.as_str(),
        missing_for: None,
    });
    met.chain(missing).collect()
}

fn row(desk: &Desk, names: &Names, entry: &EntryView, parts: &[Part]) -> EntryRow {
    let code = match entry.kind {
        Kind::Ruling => desk.shell.word("ruling-{}", &entry.code),
        Kind::Informed => desk.shell.word("way-{}", &entry.code),
        Kind::Proposed | Kind::Decided | Kind::Reviewed => desk.shell.word("rung-{}", &entry.code),
        Kind::Clearance => desk.shell.word("cleared-{}", &entry.code),
        Kind::ReviewAsked | Kind::BestInterests | Kind::Explained => String::new(),
    };
    let words = [&entry.who, &entry.note, &entry.instruction];
    EntryRow {
        seq: entry.seq,
        kind: entry.kind.as_str(),
        code,
        words: words
            .into_iter()
            .filter(|words| !words.is_empty())
            .cloned()
            .collect(),
        by: names.of(entry.by),
        at: moment(entry.at_ms),
        ended: entry.ended_ms.map(moment),
        retractable: parts.contains(&Part::Clear)
            && entry.kind == Kind::Clearance
            && entry.ended_ms.is_none(),
    }
}
