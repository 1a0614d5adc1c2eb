//! Deliveries to partners, by programs and by people: their lines on the page of an alert, who may still hold a copy of
//! one that is over, and the story of one delivery with the form that lets a recall go on without it.

use axum::extract::State;
use jiff::Timestamp;
use tifli_app::Kind;
use tifli_app::ledger::{AlertLedger, AttemptRow, DeliveryStory, LedgerId, is_withheld};
use tifli_app::partner::HandStory;
use tifli_domain::delivery::{DeliveryState, Outcome};
use tifli_domain::id::{DeliveryId, HandoverId};
use tifli_domain::message::MsgType;
use tifli_domain::partner::Way;
use tifli_domain::permission::Act;

use super::delivery::heading;
use super::desk::{Desk, Names, Sent, go_to, moment_of};
use super::partners::receipts;
use crate::console::ledger::{
    By, CallLine, DeliveryStoryPage, Known, LedgerRow, Next, Released, Reply,
};
use crate::console::problems::beside;
use crate::forms::FormErrors;
use crate::problem::{Answer, Refused};
use crate::request::Id;
use crate::server::{WebState, moment};

/// The code of a call that was overtaken before it left.
const OVERTAKEN: &str = "withdrawn";

/// Begins what is written from left to right whatever stands around it: a number keeps its sign in front.
const LEFT_TO_RIGHT: char = '\u{2066}';
/// Ends it.
const END: char = '\u{2069}';

/// `GET /console/deliveries/{id}`.
pub async fn page(desk: Desk, Id(id): Id<LedgerId>) -> Answer {
    let view = match id {
        LedgerId::System(id) => fill(&desk, id, ("", FormErrors::none())).await?,
        LedgerId::Hand(id) => fill_hand(&desk, id).await?,
    };
    Ok(desk.page(&view))
}

/// `POST /console/deliveries/{id}/release`.
pub async fn release(
    State(_): State<WebState>,
    Id(id): Id<DeliveryId>,
    Sent { desk, form }: Sent,
) -> Answer {
    let reason = form.text("reason");
    match desk.app().release_delivery(&desk.actor, id, reason).await {
        Ok(()) => Ok(go_to(format!("/console/deliveries/{id}"))),
        Err(error) if error.kind == Kind::Invalid => {
            let errors = beside(&desk.shell, &error.problems, str::to_owned);
            let view = fill(&desk, id, (reason, errors)).await?;
            Ok(desk.again(&view))
        }
        Err(error) => Err(error.into()),
    }
}

/// The lines of what reached partners, the newest version first.
pub(super) async fn rows(desk: &Desk, ledger: &AlertLedger) -> Result<Vec<LedgerRow>, Refused> {
    let mut rows: Vec<LedgerRow> = ledger.systems.iter().map(|one| row(desk, one)).collect();
    if !ledger.hands.is_empty() {
        let names = desk.names().await?;
        rows.extend(ledger.hands.iter().map(|one| hand_row(desk, one, &names)));
    }
    rows.sort_by_key(|row| std::cmp::Reverse(row.version));
    Ok(rows)
}

/// Per system that has, or may have, an alert that is over and has not said that it knows so: the delivery that shows it.
/// That is the one that tells the end; before it is made, the newest that may have arrived.
pub(in crate::routes) fn held(stories: &[DeliveryStory]) -> Vec<&DeliveryStory> {
    let mut newest: Vec<&DeliveryStory> = Vec::new();
    let arrived = stories.iter().filter(|story| {
        let row = &story.row;
        row.msg_type == MsgType::Cancel || row.may_be_held()
    });
    for story in arrived {
        newest.retain(|other| other.row.endpoint != story.row.endpoint);
        newest.push(story);
    }
    newest.retain(|story| !confirms_the_end(story));
    newest
}

/// Whether this delivery told the end, and the system said that it has it.
pub(super) fn confirms_the_end(story: &DeliveryStory) -> bool {
    story.row.msg_type == MsgType::Cancel && story.row.outcome == Some(Outcome::Sent)
}

/// Whether somebody let the recall go on without this delivery.
pub(in crate::routes) fn was_let_go(story: &DeliveryStory) -> bool {
    story.row.msg_type == MsgType::Cancel && story.row.released_ms.is_some()
}

/// Per partner that may still be showing what people gave it: the newest hand-over that shows it.
pub(in crate::routes) fn held_by_hand(stories: &[HandStory]) -> Vec<&HandStory> {
    let mut newest: Vec<&HandStory> = Vec::new();
    for story in stories.iter().filter(|story| story.holds_recall()) {
        newest.retain(|other| other.line.partner != story.line.partner);
        newest.push(story);
    }
    newest
}

async fn fill(
    desk: &Desk,
    id: DeliveryId,
    (reason, errors): (&str, FormErrors),
) -> Result<DeliveryStoryPage, Refused> {
    let story = desk.app().delivery_story(&desk.actor, id).await?;
    let told = &story.row;
    let (number, child) = heading(desk, told.case).await?;
    let given_up = told.state == DeliveryState::Dead && told.released_ms.is_none();
    Ok(DeliveryStoryPage {
        alert: told.alert.to_string(),
        case: desk
            .may_in(Act::ReadCase, &told.district)
            .then(|| told.case.to_string()),
        number,
        child,
        row: row(desk, &story),
        created: moment(told.created_ms),
        calls: calls(desk, &story.attempts),
        receipts: Vec::new(),
        may_record: false,
        next: next(desk, &story),
        ways: ways(desk, &told.partner),
        released: released(desk, &story).await?,
        may_release: given_up && desk.may_in(Act::ReleaseDelivery, &told.district),
        reason: reason.to_owned(),
        errors,
        shell: desk.shell.clone(),
    })
}

async fn fill_hand(desk: &Desk, id: HandoverId) -> Result<DeliveryStoryPage, Refused> {
    let story = desk.app().hand_story(&desk.actor, id).await?;
    let line = &story.line;
    let (number, child) = heading(desk, line.case).await?;
    let names = desk.names().await?;
    let may_record = desk.may_in(Act::WorkPartnerDesk, &story.district);
    let mut done = receipts(id, &story.receipts, &names);
    if !may_record {
        done.iter_mut().for_each(|one| one.shot = None);
    }
    Ok(DeliveryStoryPage {
        alert: line.alert.to_string(),
        case: desk
            .may_in(Act::ReadCase, &story.district)
            .then(|| line.case.to_string()),
        number,
        child,
        row: hand_row(desk, &story, &names),
        created: moment(line.created_ms),
        calls: Vec::new(),
        receipts: done,
        may_record,
        next: Next::Hand(line.waits),
        ways: ways(desk, &line.partner),
        released: None,
        may_release: false,
        reason: String::new(),
        errors: FormErrors::none(),
        shell: desk.shell.clone(),
    })
}

fn row(desk: &Desk, story: &DeliveryStory) -> LedgerRow {
    let told = &story.row;
    let again = Some(told.next_ms).filter(|at| told.state == DeliveryState::Retrying && *at > 0);
    let moments = [
        ("system-taken", told.accepted_ms),
        ("system-next", again.filter(|_| told.accepted_ms.is_none())),
    ];
    LedgerRow {
        id: told.delivery.to_string(),
        partner: desk.partner(&told.partner),
        channel: desk.channel(told.channel.as_str()),
        version: told.version,
        kind: told.msg_type,
        by: By::Program(told.state),
        known: Known::of(told.state, told.outcome),
        reply: told
            .code
            .as_deref()
            .map(|code| Reply::of(&desk.shell, code)),
        who: None,
        released: told.released_ms.is_some(),
        attempts: told.attempts,
        moments: present(moments),
    }
}

fn hand_row(desk: &Desk, story: &HandStory, names: &Names) -> LedgerRow {
    let line = &story.line;
    let stands = desk.shell.word("handover-state-{}", line.state.as_str());
    let by = story.receipts.iter().rev().find_map(|one| one.by);
    LedgerRow {
        id: line.handover.to_string(),
        partner: desk.partner(&line.partner),
        channel: desk.shell.say("holder-hand"),
        version: line.version,
        kind: story.msg_type,
        by: By::People(line.state),
        known: Known::of_hand(line.state, story.outcome),
        reply: Some(Reply::Words(stands)),
        who: by.map(|person| names.of(person)),
        released: false,
        attempts: u32::try_from(story.submissions()).unwrap_or(u32::MAX),
        moments: present([
            ("partners-submitted", line.submitted_ms),
            ("partners-live", line.live_ms),
            ("partners-asked", line.asked_ms),
            ("partners-withdrawn", line.withdrawn_ms),
        ]),
    }
}

/// The moments that came.
fn present<const N: usize>(
    moments: [(&'static str, Option<i64>); N],
) -> Vec<(&'static str, Timestamp)> {
    let came = moments.into_iter();
    came.filter_map(|(key, at)| Some((key, moment_of(at)?)))
        .collect()
}

/// Every call of a delivery to a system, in order.
pub(super) fn calls(desk: &Desk, attempts: &[AttemptRow]) -> Vec<CallLine> {
    let mut before = String::new();
    let mut lines = Vec::with_capacity(attempts.len());
    for call in attempts {
        let begun = moment(call.begun_ms);
        let day = desk.shell.formats.date(begun);
        lines.push(CallLine {
            seq: call.seq,
            day: (day != before).then(|| day.clone()),
            begun,
            ended: moment_of(call.ended_ms),
            known: known_of_call(call.outcome, &call.code),
            reply: Reply::of(&desk.shell, &call.code),
        });
        before = day;
    }
    lines
}

fn known_of_call(outcome: Outcome, code: &str) -> Known {
    match outcome {
        Outcome::Sent => Known::Sent,
        Outcome::Unknown => Known::Unknown,
        Outcome::Refused if code == OVERTAKEN => Known::Overtaken,
        Outcome::Refused => Known::Refused,
    }
}

fn next(desk: &Desk, story: &DeliveryStory) -> Next {
    let told = &story.row;
    let calling = story.attempts.last().is_some_and(|a| a.ended_ms.is_none());
    match told.state {
        _ if told.outcome == Some(Outcome::Sent) => Next::Done,
        DeliveryState::Dead if told.released_ms.is_some() => Next::Released,
        DeliveryState::Dead => Next::GivenUp(way_to(desk, &told.partner)),
        DeliveryState::Withdrawn if told.code.as_deref().is_some_and(is_withheld) => Next::Withheld,
        DeliveryState::Withdrawn => Next::Overtaken,
        DeliveryState::Done => Next::Unrepeated,
        _ if calling => Next::UnderWay,
        DeliveryState::Sending => Next::UnderWay,
        DeliveryState::Retrying if moment(told.next_ms) > desk.now => {
            Next::Again(moment(told.next_ms))
        }
        DeliveryState::Pending | DeliveryState::Retrying => Next::Soon,
    }
}

/// The first way to reach a partner by voice, else any; its name where the pack has none.
fn way_to(desk: &Desk, partner: &str) -> String {
    let ways = ways(desk, partner);
    let phone = ways.iter().find(|(way, _)| *way == Way::Phone);
    match phone.or(ways.first()) {
        Some((way, address)) => {
            let word = desk.shell.word("way-{}", way.as_str());
            format!("{} {LEFT_TO_RIGHT}{address}{END}", desk.shell.label(word))
        }
        None => desk.partner(partner),
    }
}

fn ways(desk: &Desk, partner: &str) -> Vec<(Way, String)> {
    let partner = desk.app().pack().partner(partner);
    let ways = partner.map(|one| one.reached_by()).unwrap_or_default();
    let ways = ways.into_iter().map(|(way, at)| (way, at.to_owned()));
    ways.collect()
}

async fn released(desk: &Desk, story: &DeliveryStory) -> Result<Option<Released>, Refused> {
    let told = &story.row;
    let Some((by, at_ms)) = told.released_by.zip(told.released_ms) else {
        return Ok(None);
    };
    Ok(Some(Released {
        by: desk.names().await?.of(by),
        at: moment(at_ms),
        reason: story.released.clone(),
    }))
}
