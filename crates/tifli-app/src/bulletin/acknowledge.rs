//! Acknowledging: by the service itself, signed in, or by telephone through the room. When the last service has, the
//! duty on the room's board is settled.

use tifli_domain::Actor;
use tifli_domain::bulletin::{MailAct, MailState, ReadingAct, ReadingState};
use tifli_domain::duty::DutyEnd;
use tifli_domain::id::BulletinId;
use tifli_domain::permission::Act;
use tifli_domain::service::ServiceId;
use tifli_store::audit::Detail;
use tifli_store::bulletin::{self, PlaceRow};
use tifli_store::{Reads, Tx};

use super::audit;
use super::board::awaits_nobody;
use crate::bus::Event;
use crate::stages::Stage;
use crate::{App, AppError, AppResult};

/// An acknowledgement on its way.
struct Acknowledging {
    actor: Actor,
    bulletin: BulletinId,
    service: ServiceId,
    act: ReadingAct,
}

impl App {
    /// Acknowledges a bulletin for the person's own service, up to its newest telegram. Doing it again is harmless.
    pub async fn acknowledge_bulletin(&self, actor: &Actor, id: BulletinId) -> AppResult<()> {
        self.permit_anywhere(actor, Act::AcknowledgeBulletin)?;
        let closed = self.closed_bulletin(actor, id).await?;
        let service = closed
            .own
            .ok_or_else(|| AppError::conflict("not_addressed"))?;
        self.acknowledge(actor, (id, service), ReadingAct::Acknowledge)
            .await
    }

    /// Writes down that a service acknowledged by telephone.
    pub async fn acknowledge_by_phone(
        &self,
        actor: &Actor,
        id: BulletinId,
        service: &ServiceId,
    ) -> AppResult<()> {
        let closed = self.closed_bulletin(actor, id).await?;
        self.permit(actor, Act::SendBulletin, &closed.row.district)?;
        self.acknowledge(actor, (id, service.clone()), ReadingAct::AcknowledgeByPhone)
            .await
    }

    async fn acknowledge(
        &self,
        actor: &Actor,
        (bulletin, service): (BulletinId, ServiceId),
        act: ReadingAct,
    ) -> AppResult<()> {
        let args = Acknowledging {
            actor: actor.clone(),
            bulletin,
            service,
            act,
        };
        let stage = Stage::begin("bulletin.acknowledge", bulletin);
        let case = self
            .db()
            .write("acknowledge_bulletin", args, |tx, args| {
                Box::pin(async move { acknowledge_in(tx, args).await })
            })
            .await?;
        stage.commit();
        self.bus().ring(Event::Bulletin(case.to_string()));
        Ok(())
    }
}

async fn acknowledge_in(tx: &mut Tx, args: &Acknowledging) -> AppResult<tifli_domain::id::CaseId> {
    let row = bulletin::get(tx, args.bulletin).await?;
    let newest = bulletin::list_telegrams(tx, args.bulletin).await?.pop();
    let newest = newest.ok_or_else(AppError::not_found)?.telegram;
    let places = bulletin::list_places(tx, args.bulletin).await?;
    let mine = places.iter().filter(|place| place.service == args.service);
    if mine.clone().next().is_none() {
        return Err(AppError::not_found());
    }
    let mut changed = false;
    for place in mine.filter(|place| place.reading != ReadingState::Acknowledged) {
        let act = match args.act {
            // What a newer telegram overtook before it was opened is acknowledged with it.
            ReadingAct::Acknowledge if place.telegram != newest => ReadingAct::AcknowledgeByPhone,
            act => act,
        };
        take(tx, place.clone(), (args, act)).await?;
        changed = true;
    }
    if !changed {
        return Ok(row.case);
    }
    let detail = Detail::none()
        .with("service", &args.service)
        .with("by_phone", args.act == ReadingAct::AcknowledgeByPhone);
    audit(
        tx,
        args.actor.person,
        ("bulletin.acknowledge", &row),
        detail,
    )?;
    if bulletin::list_silent(tx, row.case).await?.is_empty() {
        awaits_nobody(tx, &row, (DutyEnd::Done, args.actor.person)).await?;
    }
    Ok(row.case)
}

async fn take(
    tx: &mut Tx,
    mut place: PlaceRow,
    (args, act): (&Acknowledging, ReadingAct),
) -> AppResult<()> {
    place.reading = place.reading.after(act)?;
    place.acknowledged_by = Some(args.actor.person);
    place.acknowledged_ms = Some(tx.now_ms());
    place.by_phone = args.act == ReadingAct::AcknowledgeByPhone;
    place.remind_ms = None;
    if place.mail == MailState::Waiting {
        place.mail = place.mail.after(MailAct::Drop)?;
    }
    Ok(bulletin::update_place(tx, &place).await?)
}
