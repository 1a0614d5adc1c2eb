//! The line: taking a call in three fields, with the open cases it may be about; the calls that wait.

use axum::extract::State;
use axum::response::Response;
use tifli_app::call::{
    About, CallCandidate, CallForm as Taking, CallKind, CallLine, JoinAs, Spoken, TakenCall,
};
use tifli_app::{AppError, Kind};
use tifli_domain::Actor;
use tifli_domain::id::{CallId, CaseId};
use tifli_domain::permission::Act;

use super::cases::first_name;
use super::desk::{Desk, Names, Sent, go_to, moment_of};
use crate::console::call::{
    CallActs, CallAid, CallForm, CallPage, CallRow, CallTaken, CallsPage, CandidateRow,
};
use crate::console::problems::beside;
use crate::forms::FormErrors;
use crate::problem::{Answer, Refused};
use crate::request::{Form, Id};
use crate::server::{WebState, moment};

/// `GET /console/call`.
pub async fn page(desk: Desk) -> Answer {
    let spoken = Spoken {
        when: desk.shell.say("when-now"),
        ..Spoken::default()
    };
    let mut view = empty(&desk, desk.state.random_hex(16));
    view.spoken = spoken;
    Ok(desk.page(&view))
}

/// `POST /console/call/aid`: what the words typed so far say, for the form that stands open.
pub async fn aid(State(_): State<WebState>, Sent { desk, form }: Sent) -> Answer {
    let spoken = spoken(&form);
    let view = CallAid {
        looked: true,
        candidates: candidates(&desk, &spoken).await?,
        about: form.text("about").to_owned(),
        questions: desk.app().call_questions(&spoken),
        wrong: None,
        shell: desk.shell.clone(),
    };
    Ok(desk.page(&view))
}

/// `POST /console/call`: looks for the case first, where nothing is chosen yet; then keeps the call.
pub async fn send(Sent { desk, form }: Sent) -> Answer {
    let chosen = about(form.text("about"));
    let Some(chosen) = chosen else {
        return looked(&desk, &form).await;
    };
    let taking = Taking {
        spoken: spoken(&form),
        called_at: form.text("called_at").to_owned(),
        about: chosen,
    };
    let key = key(&desk, &form);
    match desk.app().take_call(&desk.actor, &key, &taking).await {
        Ok(taken) => kept(&desk, &taken).await,
        Err(error) if error.kind == Kind::Invalid => {
            let errors = beside(&desk.shell, &error.problems, str::to_owned);
            let view = filled(&desk, &form, errors).await?;
            Ok(desk.again(&view))
        }
        Err(error) if error.code == "case_not_open" => {
            let mut errors = FormErrors::none();
            errors.insert("about", desk.shell.say("problem-case_not_open"));
            let view = filled(&desk, &form, errors).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

/// `GET /console/calls`.
pub async fn list(desk: Desk) -> Answer {
    let (open, rest) = desk.app().list_calls(&desk.actor).await?;
    let names = desk.names().await?;
    let rows = |lines: Vec<CallLine>| lines.iter().map(|line| row(&desk, line, &names)).collect();
    let view = CallsPage {
        now: desk.now,
        open: rows(open),
        rest: rows(rest),
        shell: desk.shell.clone(),
    };
    Ok(desk.page(&view))
}

/// `GET /console/calls/{id}`.
pub async fn one(desk: Desk, Id(id): Id<CallId>) -> Answer {
    let view = fill(&desk, id, (String::new(), FormErrors::none())).await?;
    Ok(desk.page(&view))
}

/// `POST /console/calls/{id}/settle`: `note` says how it was seen to.
pub async fn settle(
    State(_): State<WebState>,
    Id(id): Id<CallId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let note = form.text("note");
    match desk.app().settle_call(&desk.actor, id, note).await {
        Ok(()) => Ok(go_to("/console/calls")),
        Err(error) if error.kind == Kind::Invalid => {
            let errors = beside(&desk.shell, &error.problems, str::to_owned);
            let view = fill(&desk, id, (note.to_owned(), errors)).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/calls/{id}/join`: it is about the case `case` after all.
pub async fn join(
    State(_): State<WebState>,
    Id(id): Id<CallId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let Ok(case) = form.text("case").parse::<CaseId>() else {
        let mut errors = FormErrors::none();
        errors.insert("case", desk.shell.say("wrong-missing"));
        let view = fill(&desk, id, (String::new(), errors)).await?;
        return Ok(desk.again(&view));
    };
    let as_tip = (case, JoinAs::Tip);
    desk.app().join_call(&desk.actor, id, as_tip).await?;
    Ok(go_to(format!("/console/calls/{id}")))
}

/// What was said in a call, for the first alarm that is opened from it; nothing where none can be.
pub(super) async fn to_alarm(desk: &Desk, call: &str) -> Result<Option<(CallId, Spoken)>, Refused> {
    let Ok(id) = call.parse::<CallId>() else {
        return Ok(None);
    };
    let opened = desk.app().read_call(&desk.actor, id).await?;
    let free = opened.line.case.is_none() && opened.line.kind.may_open_case();
    Ok(free.then_some((id, opened.spoken)))
}

/// Puts a call to the report that was opened from it.
pub(super) async fn into_report(desk: &Desk, call: &str, case: CaseId) -> Result<(), AppError> {
    let Ok(id) = call.parse::<CallId>() else {
        return Ok(());
    };
    let joined = (case, JoinAs::Report);
    desk.app().join_call(&desk.actor, id, joined).await
}

/// The form again with the cases it may be about.
async fn looked(desk: &Desk, form: &Form) -> Answer {
    let mut errors = FormErrors::none();
    if !form.text("looked").is_empty() {
        errors.insert("about", desk.shell.say("call-choose"));
    }
    let missing = errors.is_empty();
    let view = filled(desk, form, errors).await?;
    Ok(match missing {
        true => desk.page(&view),
        false => desk.again(&view),
    })
}

async fn filled(desk: &Desk, form: &Form, errors: FormErrors) -> Result<CallForm, Refused> {
    let spoken = spoken(form);
    let mut view = empty(desk, key(desk, form));
    view.candidates = candidates(desk, &spoken).await?;
    view.questions = desk.app().call_questions(&spoken);
    view.about = form.text("about").to_owned();
    view.called_at = form.text("called_at").to_owned();
    view.looked = true;
    view.wrong = errors.find("about").map(str::to_owned);
    view.spoken = spoken;
    view.errors = errors;
    Ok(view)
}

fn empty(desk: &Desk, key: String) -> CallForm {
    let call = desk.app().pack().call();
    CallForm {
        key,
        line: call.number.clone(),
        emergency: call.national_emergency.clone(),
        spoken: Spoken::default(),
        called_at: String::new(),
        looked: false,
        candidates: Vec::new(),
        about: String::new(),
        questions: Vec::new(),
        wrong: None,
        errors: FormErrors::none(),
        shell: desk.shell.clone(),
    }
}

async fn kept(desk: &Desk, taken: &TakenCall) -> Result<Response, Refused> {
    let case = match taken.about {
        Some((case, _)) => Some((case.to_string(), label(desk, case).await?)),
        None => None,
    };
    let receipt = taken.receipt.as_ref();
    let view = CallTaken {
        id: taken.call.to_string(),
        number: taken.number,
        kind: taken.kind,
        receipt: receipt.map(|r| r.digits().to_owned()).unwrap_or_default(),
        case,
        called: moment(taken.called_ms),
        due: moment_of(taken.due_ms),
        emergency: desk.app().pack().call().national_emergency.clone(),
        shell: desk.shell.clone(),
    };
    Ok(desk.page(&view))
}

async fn label(desk: &Desk, case: CaseId) -> Result<String, Refused> {
    Ok(desk.app().case_summary(&desk.actor, case).await?.label)
}

async fn candidates(desk: &Desk, said: &Spoken) -> Result<Vec<CandidateRow>, Refused> {
    let found = desk.app().call_candidates(&desk.actor, said).await?;
    Ok(found.into_iter().map(|one| candidate(desk, one)).collect())
}

fn candidate(desk: &Desk, one: CallCandidate) -> CandidateRow {
    let locale = desk.shell.locale();
    let place = desk.place(&one.place).map(|hit| hit.name);
    let [clothes_ar, clothes] = one.clothes;
    CandidateRow {
        id: one.case.to_string(),
        number: one.label,
        child: first_name(locale, &one.child.first_name_ar, &one.child.first_name),
        age: one.child.age,
        district: desk.district(&one.district),
        place: place.unwrap_or(one.place_words),
        seen: one.seen_at.replace('T', " "),
        clothes: first_name(locale, &clothes_ar, &clothes),
    }
}

fn row(desk: &Desk, line: &CallLine, names: &Names) -> CallRow {
    let by = line.settled_by.map(|by| names.of(by)).unwrap_or_default();
    CallRow {
        id: line.call.to_string(),
        number: line.number,
        kind: line.kind,
        called: moment(line.called_ms),
        by: names.of(line.taken_by),
        due: moment_of(line.due_ms),
        late: line.waits() && moment_of(line.due_ms).is_some_and(|due| due <= desk.now),
        settled: moment_of(line.settled_ms).map(|at| (at, by)),
        erased: line.erased,
    }
}

async fn fill(
    desk: &Desk,
    id: CallId,
    (typed, errors): (String, FormErrors),
) -> Result<CallPage, Refused> {
    let opened = desk.app().read_call(&desk.actor, id).await?;
    let names = desk.names().await?;
    let takes = may_take(&desk.actor);
    let line = &opened.line;
    let free = line.case.is_none() && line.settled_ms.is_none() && takes;
    let case = match line.case {
        Some(case) => Some((case.to_string(), label(desk, case).await?)),
        None => None,
    };
    let join = free && line.kind.may_join_case();
    Ok(CallPage {
        now: desk.now,
        row: row(desk, line, &names),
        case,
        tip: line
            .tip
            .filter(|_| desk.may(Act::TriageTips))
            .map(|tip| tip.to_string()),
        candidates: match join {
            true => candidates(desk, &opened.spoken).await?,
            false => Vec::new(),
        },
        acts: CallActs {
            settle: opened.may_settle,
            join,
            report: free && line.kind.may_open_case(),
            another: line.waits() && !opened.may_settle,
        },
        spoken: opened.spoken,
        note: opened.note,
        typed,
        errors,
        shell: desk.shell.clone(),
    })
}

fn may_take(actor: &Actor) -> bool {
    tifli_domain::permission::check_anywhere(actor, Act::TakeCall).is_ok()
}

/// The key the form was shown with.
fn key(desk: &Desk, form: &Form) -> String {
    match form.text("key") {
        "" => desk.state.random_hex(16),
        key => key.to_owned(),
    }
}

/// A case's id, or the word of what else a call can be.
pub(crate) fn about(chosen: &str) -> Option<About> {
    let case = chosen.parse::<CaseId>().ok().map(About::Case);
    case.or_else(|| {
        let kind = chosen.parse::<CallKind>().ok();
        kind.filter(|kind| *kind != CallKind::Tip).map(About::Other)
    })
}

fn spoken(form: &Form) -> Spoken {
    let text = |name: &str| form.text(name).to_owned();
    Spoken {
        words: text("words"),
        place_words: text("place"),
        when: text("when"),
        phone: text("phone"),
        caller: text("caller"),
        still_there: text("still_there"),
        direction: text("direction"),
        clothes: text("clothes"),
        with: text("with"),
        vehicle: text("vehicle"),
        plate: text("plate"),
    }
}
