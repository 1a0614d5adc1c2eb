//! Telegrams for the services' own systems: which systems a telegram is written down for, and what is known of each.
//!
//! A telegram goes to the systems of the services it is addressed to; a cessation to every system that has, or may have,
//! an earlier one, whether it is switched off or its service has left meanwhile. Not here: the calls (see
//! [`crate::worker`]), the document itself (see `cap`).

use std::collections::{BTreeMap, BTreeSet};

use tifli_domain::Actor;
use tifli_domain::bulletin::TelegramKind;
use tifli_domain::channel::OwnChannel;
use tifli_domain::delivery::{DeliveryState, Outcome};
use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::id::{BulletinId, DispatchId, EndpointId, PersonId};
use tifli_domain::permission::Act;
use tifli_domain::service::{Service, ServiceId};
use tifli_store::bulletin::{self, TelegramRow};
use tifli_store::dispatch::{self, DispatchRow, NewDispatch};
use tifli_store::ledger::AttemptRow;
use tifli_store::{Reads, Tx, endpoint, service};

use super::read::sees_every_service;
use crate::{App, AppError, AppResult, duty};

/// Where the newest telegram for one system of a service stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtSystem {
    /// The service as the directory has it; `None` if it is there no more.
    pub service: Option<Service>,
    /// The telegram for that system.
    pub row: DispatchRow,
}

/// A telegram for one system of a service, with every call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DispatchStory {
    /// Where it stands, and whose system it is.
    pub at: AtSystem,
    /// The calls, in order.
    pub calls: Vec<AttemptRow>,
    /// The district that keeps the case.
    pub district: String,
}

/// Writes a telegram down for the systems that get it, within the transaction that sends it. What waits of the
/// telegrams before it is overtaken.
pub(super) async fn write(
    tx: &mut Tx,
    app: &App,
    row: &TelegramRow,
    services: &BTreeSet<ServiceId>,
) -> AppResult<()> {
    let systems = match row.kind {
        TelegramKind::Cessation => dispatch::list_holders(tx, row.bulletin).await?,
        TelegramKind::Search | TelegramKind::Update => addressed(tx, services).await?,
    };
    dispatch::overtake(tx, row.bulletin, row.version).await?;
    for earlier in dispatch::list_by_bulletin(tx, row.bulletin).await? {
        let subject = earlier.dispatch.to_string();
        let waited = (row.case, DutyKind::BulletinSystem, subject.as_str());
        duty::settle(tx, waited, (DutyEnd::Needless, None)).await?;
    }
    for system in systems {
        dispatch::insert(tx, &new(app, row, system)).await?;
    }
    Ok(())
}

/// The enabled systems of those among these services that are active.
async fn addressed(
    tx: &mut Tx,
    services: &BTreeSet<ServiceId>,
) -> AppResult<Vec<(EndpointId, ServiceId)>> {
    let active = service::list_active(tx).await?;
    let systems = endpoint::list_enabled(tx, OwnChannel::BulletinCap).await?;
    let of_service = |partner: &str| {
        let found = active.iter().find(|one| one.id.as_str() == partner);
        found.map(|one| one.id.clone())
    };
    let addressed = systems.into_iter().filter_map(|system| {
        let service = of_service(&system.partner).filter(|one| services.contains(one))?;
        Some((system.endpoint, service))
    });
    Ok(addressed.collect())
}

fn new(app: &App, row: &TelegramRow, (endpoint, service): (EndpointId, ServiceId)) -> NewDispatch {
    NewDispatch {
        dispatch: DispatchId::new(app.now_ms(), app.entropy()),
        telegram: row.telegram,
        bulletin: row.bulletin,
        case: row.case,
        version: row.version,
        kind: row.kind,
        endpoint,
        service,
    }
}

/// The telegrams before this one at the same system, the earliest first.
pub(crate) async fn told_before(
    reads: &mut impl Reads,
    row: &DispatchRow,
) -> AppResult<Vec<DispatchRow>> {
    let mut rows = dispatch::list_by_bulletin(reads, row.bulletin).await?;
    rows.retain(|one| one.endpoint == row.endpoint && one.version < row.version);
    Ok(rows)
}

/// Lets the first telegram of the bulletin go to a system that has taken none and turns an update away for naming what
/// it does not have: one that was added during the search, or whose first telegram was overtaken while it waited. False
/// where that would change nothing.
pub(crate) async fn lets_first_go(tx: &mut Tx, app: &App, row: &DispatchRow) -> AppResult<bool> {
    let before = told_before(tx, row).await?;
    if before.iter().any(|one| one.outcome == Some(Outcome::Sent)) {
        return Ok(false);
    }
    match before.iter().find(|one| one.version == 1) {
        Some(first) if first.state == DeliveryState::Withdrawn => {
            Ok(dispatch::reopen(tx, first.dispatch).await?)
        }
        Some(_) => Ok(false),
        None => {
            let telegrams = bulletin::list_telegrams(tx, row.bulletin).await?;
            let Some(first) = telegrams.first().filter(|one| one.version < row.version) else {
                return Ok(false);
            };
            let system = (row.endpoint, row.service.clone());
            dispatch::insert(tx, &new(app, first, system)).await?;
            Ok(true)
        }
    }
}

impl App {
    /// The newest telegram of a bulletin at each system of a service this person may see, all of them or the own one's:
    /// ids, codes and times only.
    pub async fn bulletin_systems(
        &self,
        actor: &Actor,
        id: BulletinId,
    ) -> AppResult<Vec<AtSystem>> {
        let args = (id, actor.person);
        let (row, rows, directory) = self
            .db()
            .read("bulletin_systems", args, |reads, (id, person)| {
                Box::pin(async move {
                    let row = bulletin::get(reads, *id).await?;
                    let rows = dispatch::list_by_bulletin(reads, *id).await?;
                    Ok::<_, AppError>((row, rows, Directory::read(reads, *person).await?))
                })
            })
            .await?;
        self.permit(actor, Act::ReadDeliveries, &row.district)?;
        let whole = sees_every_service(actor, &row.district);
        let seen = |service: &ServiceId| whole || directory.own.as_ref() == Some(service);
        let mut newest: BTreeMap<(ServiceId, EndpointId), DispatchRow> = BTreeMap::new();
        for row in rows.into_iter().filter(|row| seen(&row.service)) {
            newest.insert((row.service.clone(), row.endpoint), row);
        }
        let at = |row: DispatchRow| directory.at(row);
        Ok(newest.into_values().map(at).collect())
    }

    /// The story of a telegram for one system.
    pub async fn dispatch_story(&self, actor: &Actor, id: DispatchId) -> AppResult<DispatchStory> {
        let args = (id, actor.person);
        let (story, own) = self
            .db()
            .read("dispatch_story", args, |reads, (id, person)| {
                Box::pin(async move {
                    let row = dispatch::get(reads, *id).await?;
                    let directory = Directory::read(reads, *person).await?;
                    let story = DispatchStory {
                        district: bulletin::get(reads, row.bulletin).await?.district,
                        calls: dispatch::list_calls(reads, *id).await?,
                        at: directory.at(row),
                    };
                    Ok::<_, AppError>((story, directory.own))
                })
            })
            .await?;
        self.permit(actor, Act::ReadDeliveries, &story.district)?;
        if !sees_every_service(actor, &story.district)
            && own.as_ref() != Some(&story.at.row.service)
        {
            return Err(AppError::not_found());
        }
        Ok(story)
    }
}

/// The services, and the one for which somebody acknowledges.
struct Directory {
    services: Vec<Service>,
    own: Option<ServiceId>,
}

impl Directory {
    async fn read(reads: &mut impl Reads, person: PersonId) -> AppResult<Self> {
        Ok(Self {
            services: service::list(reads).await?,
            own: service::find_of_person(reads, person).await?,
        })
    }

    fn at(&self, row: DispatchRow) -> AtSystem {
        let service = self.services.iter().find(|one| one.id == row.service);
        AtSystem {
            service: service.cloned(),
            row,
        }
    }
}
