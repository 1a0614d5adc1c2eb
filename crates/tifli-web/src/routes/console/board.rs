//! The board with its live events, the duties of one case, and settling one by hand.

use std::collections::BTreeMap;

use axum::extract::State;
use serde::Deserialize;
use tifli_app::Kind;
use tifli_app::duty::{DutyLine, OpenedDuty};
use tifli_app::report::ChildLine;
use tifli_domain::duty::{DutyKind, Settling};
use tifli_domain::id::{CaseId, DutyId};
use tifli_domain::permission::Act;

use super::cases::first_name;
use super::desk::{Desk, Sent, go_to, moment_of};
use crate::console::board::{Board, BoardRows, CaseDuties, CaseDuty, CertificateLine, DutyRow};
use crate::console::problems::beside;
use crate::events;
use crate::forms::FormErrors;
use crate::problem::{Answer, Refused};
use crate::request::{Id, QueryOf, SignedIn};
use crate::server::{WebState, moment};

/// The query of the board.
#[derive(Debug, Default, Deserialize)]
pub struct BoardQuery {
    #[serde(default)]
    part: String,
}

/// A note that could not be taken.
#[derive(Default)]
struct Again {
    wrong: String,
    note: String,
    errors: Option<FormErrors>,
}

/// `GET /console/board`, and `?part=rows` for the rows alone.
pub async fn page(desk: Desk, QueryOf(query): QueryOf<BoardQuery>) -> Answer {
    let duties = desk.app().board(&desk.actor).await?;
    let late = duties.iter().filter(|duty| duty.late).count() as u64;
    let cases: Vec<CaseId> = duties.iter().map(|duty| duty.case).collect();
    let children = match desk.may(Act::ReadCase) {
        true => desk.app().child_lines(&desk.actor, &cases).await?,
        false => BTreeMap::new(),
    };
    let rows = duties
        .iter()
        .map(|duty| row(&desk, duty, children.get(&duty.case)))
        .collect();
    if query.part == "rows" {
        return Ok(desk.page(&BoardRows {
            now: desk.now,
            rows,
            shell: desk.shell.clone(),
        }));
    }
    Ok(desk.page(&Board {
        now: desk.now,
        late,
        certificate: desk
            .app()
            .certificate_notice()
            .map(|notice| CertificateLine {
                until: moment(notice.until_ms),
                ended: notice.ended,
            }),
        rows,
        shell: desk.shell.clone(),
    }))
}

/// `GET /console/board/events`.
pub async fn live(State(state): State<WebState>, who: SignedIn) -> Answer {
    Ok(events::board(&state, &who))
}

/// `GET /console/cases/{id}/duties`.
pub async fn of_case(desk: Desk, Id(id): Id<CaseId>) -> Answer {
    let view = fill(&desk, id, Again::default()).await?;
    Ok(desk.page(&view))
}

/// `POST /console/duties/{id}/settle`.
pub async fn settle(
    State(_): State<WebState>,
    Id(id): Id<DutyId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let case = desk.app().duty_case(&desk.actor, id).await?;
    let note = form.text("note");
    match desk.app().settle_duty(&desk.actor, id, note).await {
        Ok(()) => Ok(go_to(format!("/console/cases/{case}/duties"))),
        Err(error) if error.kind == Kind::Invalid => {
            let again = Again {
                wrong: id.to_string(),
                note: note.to_owned(),
                errors: Some(beside(&desk.shell, &error.problems, str::to_owned)),
            };
            let view = fill(&desk, case, again).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

async fn fill(desk: &Desk, id: CaseId, again: Again) -> Result<CaseDuties, Refused> {
    let duties = desk.app().duties(&desk.actor, id).await?;
    let case = desk.app().case_summary(&desk.actor, id).await?;
    let names = desk.names().await?;
    let one = |duty: OpenedDuty| CaseDuty {
        row: row(desk, &duty.line, None),
        settled: moment_of(duty.line.settled_ms),
        ending: duty.line.ending,
        by: duty
            .line
            .settled_by
            .map_or_else(String::new, |by| names.of(by)),
        note: duty.note.unwrap_or_default(),
    };
    Ok(CaseDuties {
        now: desk.now,
        case: id.to_string(),
        number: case.label,
        duties: duties.into_iter().map(one).collect(),
        wrong: again.wrong,
        note: again.note,
        errors: again.errors.unwrap_or_else(FormErrors::none),
        shell: desk.shell.clone(),
    })
}

fn row(desk: &Desk, duty: &DutyLine, child: Option<&ChildLine>) -> DutyRow {
    let by_hand = duty.kind.settling() == Settling::ByHand;
    DutyRow {
        id: duty.duty.to_string(),
        case: duty.case.to_string(),
        number: duty.label.clone(),
        child: child.map_or_else(String::new, |child| {
            first_name(desk.shell.locale(), &child.first_name_ar, &child.first_name)
        }),
        district: desk.district(&duty.district),
        kind: duty.kind,
        due: moment(duty.due_ms),
        late: duty.late,
        paged: moment_of(duty.paged_ms),
        href: where_done(duty),
        by_hand: by_hand && desk.may_in(duty.kind.act(), &duty.district),
    }
}

/// The page on which a duty is done.
fn where_done(duty: &DutyLine) -> String {
    let (case, subject) = (duty.case, &duty.subject);
    match duty.kind {
        DutyKind::TakeOverAlarm => format!("/console/cases/{case}"),
        DutyKind::CompleteReport => format!("/console/cases/{case}/report"),
        DutyKind::Publish | DutyKind::GoOutAgain => format!("/console/cases/{case}"),
        DutyKind::TakeOverWork => format!("/console/cases/{case}/duties"),
        DutyKind::Decide => format!("/console/alerts/{subject}/approval"),
        DutyKind::AnswerTransfer => format!("/console/cases/{case}/transfer"),
        DutyKind::ReadMemory => format!("/console/cases/{case}/family"),
        DutyKind::DecideWithdrawal => format!("/console/cases/{case}/family"),
        DutyKind::DecideVenue => format!("/console/venues/{case}"),
        DutyKind::OfferInterview => format!("/console/cases/{case}/closing"),
        DutyKind::PartnerHand
        | DutyKind::PartnerSilent
        | DutyKind::PartnerAsk
        | DutyKind::PartnerGone => format!("/console/handovers/{subject}"),
        DutyKind::DeadDelivery => format!("/console/deliveries/{subject}"),
        DutyKind::InformProsecutor
        | DutyKind::DecideGate
        | DutyKind::AskNeighbor
        | DutyKind::ExplainToGuardian
        | DutyKind::DecideAgain
        | DutyKind::ReviewRefusal
        | DutyKind::DropCleared => format!("/console/cases/{case}/qualification"),
        DutyKind::TriageTips => "/console/tips".to_owned(),
        DutyKind::BulletinSilent => format!("/console/bulletins/{subject}"),
        DutyKind::BulletinSystem => format!("/console/dispatches/{subject}"),
    }
}
