//! Reading: lists without content, and one bulletin opened for one person with an audit entry. Opening it is
//! what a service's receipt "read" rests on.

use tifli_domain::Actor;
use tifli_domain::bulletin::{ReadingAct, ReadingState};
use tifli_domain::id::{BulletinId, CaseId};
use tifli_domain::permission::{self, Act, Reach as Far};
use tifli_domain::service::{Service, ServiceId};
use tifli_domain::telegram::Telegram;
use tifli_store::audit::ObjectId;
use tifli_store::bulletin::{self, BulletinRow, PlaceRow, Reach, TelegramRow};
use tifli_store::{AuditedRead, Reads, Tx, service};

use super::BulletinLine;
use crate::bus::Event;
use crate::report::not_erased;
use crate::{App, AppError, AppResult};

/// A telegram with its content.
#[derive(Debug, Clone)]
pub struct OpenedTelegram {
    /// Its row.
    pub row: TelegramRow,
    /// What it says.
    pub telegram: Telegram,
}

/// Where the newest telegram stands at one service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AtService {
    /// The service as the directory has it; `None` if it is there no more.
    pub service: Option<Service>,
    /// What it did.
    pub place: PlaceRow,
}

/// A bulletin opened for one person.
#[derive(Debug, Clone)]
pub struct OpenedBulletin {
    /// Its row.
    pub row: BulletinRow,
    /// Its telegrams, the newest first.
    pub telegrams: Vec<OpenedTelegram>,
    /// The newest telegram at each service this person may see: all of them, or their own.
    pub services: Vec<AtService>,
    /// The service for which this person acknowledges, if it is among the addressees.
    pub own: Option<ServiceId>,
}

impl OpenedBulletin {
    /// The services that have not acknowledged the newest telegram.
    pub fn silent(&self) -> impl Iterator<Item = &AtService> {
        self.services
            .iter()
            .filter(|one| one.place.reading != ReadingState::Acknowledged)
    }

    /// Where the newest telegram stands at the person's own service.
    pub fn own_place(&self) -> Option<&PlaceRow> {
        let own = self.own.as_ref()?;
        let found = self.services.iter().find(|one| one.place.service == *own);
        found.map(|one| &one.place)
    }
}

/// Everything of a bulletin, still sealed.
pub(super) struct Closed {
    pub row: BulletinRow,
    pub telegrams: Vec<TelegramRow>,
    pub places: Vec<PlaceRow>,
    pub own: Option<ServiceId>,
}

impl App {
    /// The bulletins this person may read, the newest telegram first; unread ones of the own service before all others.
    pub async fn list_bulletins(&self, actor: &Actor) -> AppResult<Vec<BulletinLine>> {
        self.permit_anywhere(actor, Act::ReadBulletins)?;
        let everywhere = permission::reach(actor.role, Act::ReadBulletins) == Far::Everywhere;
        let args = (everywhere, actor.clone());
        let mut lines = self
            .db()
            .read("list_bulletins", args, |reads, (everywhere, actor)| {
                Box::pin(async move {
                    let reach = Reach {
                        everywhere: *everywhere,
                        district: actor.district.clone(),
                        service: service::find_of_person(reads, actor.person).await?,
                    };
                    Ok::<_, AppError>(bulletin::list(reads, &reach).await?)
                })
            })
            .await?;
        lines.sort_by_key(|line| line.own.is_none_or(|own| own == ReadingState::Acknowledged));
        Ok(lines)
    }

    /// The service this person acknowledges for.
    pub async fn service_of(&self, actor: &Actor) -> AppResult<Option<ServiceId>> {
        self.db()
            .read("service_of", actor.person, |reads, person| {
                Box::pin(async move {
                    Ok::<_, AppError>(service::find_of_person(reads, *person).await?)
                })
            })
            .await
    }

    /// How many bulletins wait for the acknowledgement of this person's service.
    pub async fn waiting_bulletins(&self, actor: &Actor) -> AppResult<u64> {
        self.permit_anywhere(actor, Act::ReadBulletins)?;
        self.db()
            .read("waiting_bulletins", actor.person, |reads, person| {
                Box::pin(async move {
                    let Some(own) = service::find_of_person(reads, *person).await? else {
                        return Ok(0);
                    };
                    Ok::<_, AppError>(bulletin::count_waiting(reads, &own).await?.unsigned_abs())
                })
            })
            .await
    }

    /// The newest bulletin of a case, if there is one.
    pub async fn bulletin_of(&self, actor: &Actor, case: CaseId) -> AppResult<Option<BulletinId>> {
        let file = self.case_row(case).await?;
        self.permit(actor, Act::ReadBulletins, &file.district)?;
        let found = self.db().read("bulletin_of", case, |reads, case| {
            Box::pin(async move { Ok::<_, AppError>(bulletin::find_latest(reads, *case).await?) })
        });
        Ok(found.await?.map(|row| row.bulletin))
    }

    /// The services that have not acknowledged the newest telegram of a case; none where there is no bulletin.
    pub async fn silent_services(&self, case: CaseId) -> AppResult<Vec<ServiceId>> {
        let silent = self.db().read("silent_services", case, |reads, case| {
            Box::pin(async move { Ok::<_, AppError>(bulletin::list_silent(reads, *case).await?) })
        });
        Ok(silent
            .await?
            .into_iter()
            .map(|place| place.service)
            .collect())
    }

    /// Opens a bulletin with all its telegrams; one audit entry. What the person's service had not read yet is read now.
    pub async fn read_bulletin(&self, actor: &Actor, id: BulletinId) -> AppResult<OpenedBulletin> {
        let closed = self.closed_bulletin(actor, id).await?;
        let read = AuditedRead {
            actor: actor.person.to_string(),
            reason: "bulletin".to_owned(),
            objects: vec![
                ObjectId::new("bulletin", id),
                ObjectId::new("case", closed.row.case),
            ],
        };
        let sealed = closed
            .telegrams
            .iter()
            .map(|one| one.frozen.clone())
            .collect();
        let opened = self.db().open_sealed(read, sealed).await?;
        let mut telegrams = Vec::with_capacity(closed.telegrams.len());
        for (place, row) in closed.telegrams.iter().enumerate() {
            let telegram = serde_json::from_slice(opened.bytes(place).unwrap_or_default())
                .map_err(|_| AppError::internal("telegram"))?;
            telegrams.push(OpenedTelegram {
                row: row.clone(),
                telegram,
            });
        }
        telegrams.reverse();
        if let Some(own) = &closed.own {
            self.mark_read(actor, id, own).await?;
        }
        let services = self.newest_places(actor, &closed).await?;
        Ok(OpenedBulletin {
            row: closed.row,
            telegrams,
            services,
            own: closed.own,
        })
    }

    /// The row of a bulletin this person may read, and their own service if it is among the addressees.
    pub(crate) async fn bulletin_for(
        &self,
        actor: &Actor,
        id: BulletinId,
    ) -> AppResult<(BulletinRow, Option<ServiceId>)> {
        let closed = self.closed_bulletin(actor, id).await?;
        Ok((closed.row, closed.own))
    }

    /// A bulletin this person may read, still sealed.
    pub(super) async fn closed_bulletin(&self, actor: &Actor, id: BulletinId) -> AppResult<Closed> {
        let (closed, file) = self
            .db()
            .read(
                "read_bulletin",
                (id, actor.person),
                |reads, (id, person)| {
                    Box::pin(async move {
                        let row = bulletin::get(reads, *id).await?;
                        let file = tifli_store::case::get(reads, row.case).await?;
                        let closed = Closed {
                            telegrams: bulletin::list_telegrams(reads, *id).await?,
                            places: bulletin::list_places(reads, *id).await?,
                            own: service::find_of_person(reads, *person).await?,
                            row,
                        };
                        Ok::<_, AppError>((closed, file))
                    })
                },
            )
            .await?;
        let addressed = |own: &ServiceId| closed.places.iter().any(|p| p.service == *own);
        let own = closed.own.clone().filter(addressed);
        match &own {
            Some(_) => self.permit_anywhere(actor, Act::ReadBulletins)?,
            None => self.permit(actor, Act::ReadBulletins, &closed.row.district)?,
        }
        not_erased(&file)?;
        Ok(Closed { own, ..closed })
    }

    async fn newest_places(&self, actor: &Actor, closed: &Closed) -> AppResult<Vec<AtService>> {
        let newest = closed.telegrams.last().map(|one| one.telegram);
        let whole = sees_every_service(actor, &closed.row.district);
        let wanted = (newest, whole.then_some(()), closed.own.clone());
        self.db()
            .read(
                "newest_places",
                (closed.row.bulletin, wanted),
                |reads, args| {
                    let (id, (newest, whole, own)) = args;
                    Box::pin(async move {
                        let directory = service::list(reads).await?;
                        let mut places = bulletin::list_places(reads, *id).await?;
                        places.retain(|place| Some(place.telegram) == *newest);
                        places.retain(|place| {
                            whole.is_some() || Some(&place.service) == own.as_ref()
                        });
                        let known = |place: PlaceRow| AtService {
                            service: directory.iter().find(|s| s.id == place.service).cloned(),
                            place,
                        };
                        Ok::<_, AppError>(places.into_iter().map(known).collect())
                    })
                },
            )
            .await
    }

    pub(super) async fn mark_read(
        &self,
        actor: &Actor,
        id: BulletinId,
        own: &ServiceId,
    ) -> AppResult<()> {
        let args = (actor.person, id, own.clone());
        let marked = self
            .db()
            .write("mark_bulletin_read", args, |tx, (person, id, own)| {
                Box::pin(async move { mark_in(tx, (*person, *id), own).await })
            })
            .await?;
        if let Some(case) = marked {
            self.bus().ring(Event::Bulletin(case.to_string()));
        }
        Ok(())
    }
}

/// Whether this person sees what every service of a bulletin of this district did, or only what the own one did.
pub(super) fn sees_every_service(actor: &Actor, district: &str) -> bool {
    permission::check(actor, Act::SendBulletin, district).is_ok()
        || permission::reach(actor.role, Act::ReadBulletins) == Far::Everywhere
}

async fn mark_in(
    tx: &mut Tx,
    (person, id): (tifli_domain::id::PersonId, BulletinId),
    own: &ServiceId,
) -> AppResult<Option<CaseId>> {
    let mut marked = None;
    for mut place in bulletin::list_places(tx, id).await? {
        if place.service != *own || place.reading != ReadingState::Unread {
            continue;
        }
        place.reading = place.reading.after(ReadingAct::Open)?;
        place.read_by = Some(person);
        place.read_ms = Some(tx.now_ms());
        bulletin::update_place(tx, &place).await?;
        marked = Some(place.case);
    }
    Ok(marked)
}
