//! Offering a case to another district, and answering such an offer.

use axum::extract::State;
use tifli_app::Kind;
use tifli_app::transfer::{Ask, TransferView};
use tifli_domain::id::{CaseId, TransferId};
use tifli_domain::permission::Act;
use tifli_domain::transfer::{TransferAct, TransferKind, TransferState};

use super::desk::{Desk, Names, Sent, go_to};
use crate::console::problems::{beside, of_code};
use crate::console::transfer::{TransferPage, TransferRow};
use crate::forms::{Choice, FormErrors};
use crate::problem::{Answer, Refused};
use crate::request::{Form, Id};
use crate::server::{WebState, moment};

/// What a person may press, and what it does.
const ACTS: [(&str, TransferAct); 4] = [
    ("accept", TransferAct::Accept),
    ("decline", TransferAct::Decline),
    ("withdraw", TransferAct::Withdraw),
    ("end", TransferAct::End),
];

/// `GET /console/cases/{id}/transfer`.
pub async fn page(desk: Desk, Id(id): Id<CaseId>) -> Answer {
    let view = fill(&desk, id, (&Form::default(), FormErrors::none())).await?;
    Ok(desk.page(&view))
}

/// `POST /console/cases/{id}/transfer`.
pub async fn ask(
    State(_): State<WebState>,
    Id(id): Id<CaseId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let Ok(kind) = form.text("kind").parse() else {
        let mut errors = FormErrors::none();
        errors.insert("kind", of_code(&desk.shell, "missing"));
        let view = fill(&desk, id, (&form, errors)).await?;
        return Ok(desk.again(&view));
    };
    let ask = Ask {
        kind,
        to_district: form.text("to_district").to_owned(),
        reason: form.text("reason").to_owned(),
    };
    match desk.app().ask_transfer(&desk.actor, id, &ask).await {
        Ok(_) => Ok(go_to(format!("/console/cases/{id}/transfer"))),
        Err(error) if error.kind == Kind::Invalid => {
            let errors = beside(&desk.shell, &error.problems, str::to_owned);
            let view = fill(&desk, id, (&form, errors)).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

/// `POST /console/transfers/{id}`.
pub async fn answer(
    State(_): State<WebState>,
    Id(id): Id<TransferId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let pressed = form.text("act");
    let act = ACTS.iter().find(|(word, _)| *word == pressed);
    let (_, act) = act.ok_or_else(Refused::not_found)?;
    let case = desk.app().transfer_case(id).await?;
    desk.app().move_transfer(&desk.actor, id, *act).await?;
    Ok(go_to(format!("/console/cases/{case}/transfer")))
}

async fn fill(
    desk: &Desk,
    id: CaseId,
    (form, errors): (&Form, FormErrors),
) -> Result<TransferPage, Refused> {
    let found = desk.app().transfers(&desk.actor, id).await?;
    let names = desk.names().await?;
    let kinds = TransferKind::ALL.map(|kind| {
        let label = desk.shell.word("transfer-kind-{}", kind.as_str());
        Choice::new(kind.as_str(), label)
    });
    let rows = found.requests.into_iter();
    Ok(TransferPage {
        case: id.to_string(),
        number: found.label,
        may_ask: desk.may_in(Act::MoveCase, &found.district),
        district: desk.district(&found.district),
        rows: rows.map(|one| row(desk, &names, one)).collect(),
        kinds: Choice::select(kinds.to_vec(), form.text("kind")),
        districts: desk.districts(form.text("to_district")),
        reason: form.text("reason").to_owned(),
        errors,
        shell: desk.shell.clone(),
    })
}

fn row(desk: &Desk, names: &Names, one: TransferView) -> TransferRow {
    let signed = |(by, at)| (names.of(by), moment(at));
    TransferRow {
        acts: acts(desk, &one),
        id: one.transfer.to_string(),
        kind: one.kind,
        state: one.state,
        from: desk.district(&one.from_district),
        to: desk.district(&one.to_district),
        reason: one.reason,
        asked: signed(one.asked),
        answered: one.answered.map(signed),
        ended: one.ended.map(signed),
    }
}

fn acts(desk: &Desk, one: &TransferView) -> Vec<&'static str> {
    let from = desk.may_in(Act::MoveCase, &one.from_district);
    let to = desk.may_in(Act::MoveCase, &one.to_district);
    let own = one.asked.0 == desk.actor.person;
    match (one.state, one.kind) {
        (TransferState::Asked, _) if to && !own => vec!["accept", "decline"],
        (TransferState::Asked, _) if from => vec!["withdraw"],
        (TransferState::Accepted, TransferKind::Share) if from || to => vec!["end"],
        _ => Vec::new(),
    }
}
