//! Telegrams for the services' own systems: the lines of a bulletin's page, and the story of one.

use tifli_app::bulletin::{AtSystem, DispatchStory};
use tifli_app::ledger::is_withheld;
use tifli_domain::bulletin::dispatch_is_late;
use tifli_domain::channel::OwnChannel;
use tifli_domain::delivery::{DeliveryState, Outcome};
use tifli_domain::id::{BulletinId, DispatchId};
use tifli_domain::permission::Act;

use super::bulletin::name;
use super::desk::{Desk, moment_of};
use super::ledger::calls;
use crate::console::dispatch::{DispatchStoryPage, NextCall, SystemRow};
use crate::console::ledger::{Known, Reply};
use crate::problem::{Answer, Refused};
use crate::request::Id;
use crate::server::moment;

/// `GET /console/dispatches/{id}`.
pub async fn page(desk: Desk, Id(id): Id<DispatchId>) -> Answer {
    let story = desk.app().dispatch_story(&desk.actor, id).await?;
    let told = &story.at.row;
    let case = match desk.may_in(Act::ReadCase, &story.district) {
        true => {
            let summary = desk.app().case_summary(&desk.actor, told.case).await?;
            Some((told.case.to_string(), summary.label))
        }
        false => None,
    };
    let service = story.at.service.as_ref();
    let view = DispatchStoryPage {
        bulletin: told.bulletin.to_string(),
        case,
        channel: desk.channel(OwnChannel::BulletinCap.as_str()),
        row: row(&desk, &story.at),
        created: moment(told.created_ms),
        calls: calls(&desk, &story.calls),
        next: next(&desk, &story),
        phone: service.map(|one| one.phone.clone()).unwrap_or_default(),
        shell: desk.shell.clone(),
    };
    Ok(desk.page(&view))
}

/// The lines of a bulletin, for who may read deliveries.
pub(super) async fn rows(
    desk: &Desk,
    id: BulletinId,
    district: &str,
) -> Result<Vec<SystemRow>, Refused> {
    if !desk.may_in(Act::ReadDeliveries, district) {
        return Ok(Vec::new());
    }
    let systems = desk.app().bulletin_systems(&desk.actor, id).await?;
    Ok(systems.iter().map(|one| row(desk, one)).collect())
}

fn row(desk: &Desk, at: &AtSystem) -> SystemRow {
    let told = &at.row;
    let service = at.service.as_ref();
    let waits = told.state == DeliveryState::Retrying && told.outcome != Some(Outcome::Sent);
    let code = told.code.as_deref();
    SystemRow {
        id: told.dispatch.to_string(),
        service: service.map_or_else(|| told.service.to_string(), |one| name(desk, one)),
        kind: told.kind,
        version: told.version,
        known: Known::of(told.state, told.outcome),
        reply: code.map(|code| Reply::of(&desk.shell, code)),
        sent: moment_of(told.sent_ms),
        again: Some(told.next_ms).filter(|at| waits && *at > 0).map(moment),
        attempts: told.attempts,
        given_up: told.state == DeliveryState::Dead,
    }
}

fn next(desk: &Desk, story: &DispatchStory) -> NextCall {
    let told = &story.at.row;
    let calling = story.calls.last().is_some_and(|one| one.ended_ms.is_none());
    match told.state {
        _ if told.outcome == Some(Outcome::Sent) => NextCall::Done,
        DeliveryState::Dead => NextCall::GivenUp,
        DeliveryState::Withdrawn if told.code.as_deref().is_some_and(is_withheld) => {
            NextCall::Withheld
        }
        DeliveryState::Withdrawn | DeliveryState::Done => NextCall::Overtaken,
        _ if calling => NextCall::UnderWay,
        DeliveryState::Retrying if moment(told.next_ms) > desk.now => {
            match dispatch_is_late(told.attempts) {
                true => NextCall::Late(moment(told.next_ms)),
                false => NextCall::Again(moment(told.next_ms)),
            }
        }
        DeliveryState::Sending | DeliveryState::Pending | DeliveryState::Retrying => NextCall::Soon,
    }
}
