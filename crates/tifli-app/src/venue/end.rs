//! How the alert of a venue ends: found, over by the clock, or grown into a national case.

use tifli_domain::Actor;
use tifli_domain::case::CaseAct;
use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::id::CaseId;
use tifli_domain::permission::Act;
use tifli_domain::retention::{Ending, erase_on_ms};
use tifli_domain::venue::VenueAct;
use tifli_store::audit::{Entry, ObjectId};
use tifli_store::closing::{self, RetentionRow};
use tifli_store::venue::{self, VenueCaseRow};
use tifli_store::{DataKey, Reads, Tx, case};

use crate::bus::Event;
use crate::report::{Confirmation, Receiving, receive_in};
use crate::{App, AppError, AppResult, duty};

/// The pack's class of a child found at a venue within minutes.
const CLASS: &str = "venue";

struct Growing {
    app: App,
    actor: Actor,
    case: CaseId,
    key: DataKey,
}

impl App {
    /// The child is found: the alert ends and the file is closed.
    pub async fn venue_found(&self, actor: &Actor, case: CaseId) -> AppResult<()> {
        let place = self.venue_place(case).await?;
        self.permit_venue(actor, &place.venue, &place.staff)?;
        let args = (self.clone(), actor.clone(), case);
        self.db()
            .write("venue_found", args, |tx, (app, actor, case)| {
                Box::pin(found_in(tx, app, actor, *case))
            })
            .await?;
        self.ring_venue(case);
        Ok(())
    }

    /// Makes a national case of it: everything typed is kept, the clocks count from the first minute,
    /// and the bulletin goes out with it.
    pub async fn grow_venue_case(&self, actor: &Actor, case: CaseId) -> AppResult<()> {
        let place = self.venue_place(case).await?;
        self.permit(actor, Act::GrowVenue, &place.venue.district)?;
        let args = Growing {
            app: self.clone(),
            actor: actor.clone(),
            case,
            key: self.case_key(case).await?,
        };
        self.db()
            .write("grow_venue_case", args, |tx, args| {
                Box::pin(grow_in(tx, args))
            })
            .await?;
        self.ring_venue(case);
        self.announce_bulletin(case);
        Ok(())
    }

    fn ring_venue(&self, case: CaseId) {
        self.bus().ring(Event::Venue);
        self.bus().ring(Event::Board);
        self.bus().ring(Event::Case(case.to_string()));
    }
}

/// Ends what the clock has run out on, and asks the room to decide. Called by the clock worker.
pub(crate) async fn expire_all(app: &App) -> AppResult<()> {
    let over = app
        .db()
        .read("venues_over", app.now_ms(), |reads, now| {
            Box::pin(async move { Ok::<_, AppError>(venue::list_over(reads, *now).await?) })
        })
        .await?;
    for case in over {
        // Whatever became of one venue, no other waits for it.
        if let Err(error) = expire(app, case).await {
            tracing::error!(case.id = %case, code = %error.code, source = ?error.source,
                "the alert of a venue could not be ended by the clock");
        }
    }
    Ok(())
}

async fn expire(app: &App, case: CaseId) -> AppResult<()> {
    app.db()
        .write("expire_venue", (app.clone(), case), |tx, (app, case)| {
            Box::pin(async move {
                let mut row = get(tx, *case).await?;
                row.state = match row.state.after(VenueAct::Expire) {
                    Ok(state) => state,
                    Err(_) => return Ok(()),
                };
                row.ended_ms = Some(tx.now_ms());
                venue::update_case(tx, &row).await?;
                duty::open(tx, app, (*case, DutyKind::DecideVenue, "")).await?;
                audit(tx, "system", "case.venue_expire", *case)
            })
        })
        .await?;
    app.ring_venue(case);
    Ok(())
}

async fn found_in(tx: &mut Tx, app: &App, actor: &Actor, case_id: CaseId) -> AppResult<()> {
    let mut row = get(tx, case_id).await?;
    row.state = row.state.after(VenueAct::Find)?;
    row.ended_by = Some(actor.person);
    row.ended_ms = Some(tx.now_ms());
    venue::update_case(tx, &row).await?;
    let mut file = case::get(tx, case_id).await?;
    file.state = file.state.after(CaseAct::FindAtVenue)?;
    file.closed_ms = Some(tx.now_ms());
    case::update(tx, &file).await?;
    let mut classes = app.pack().retention().iter();
    let class = classes.find(|class| class.id == CLASS);
    let class = class.unwrap_or_else(|| app.pack().retention_of(Ending::Alive));
    let kept = RetentionRow {
        case: case_id,
        ending: Ending::Alive,
        attribution: String::new(),
        found_by: "other".to_owned(),
        class: class.id.clone(),
        closed_ms: tx.now_ms(),
        erase_on_ms: erase_on_ms(tx.now_ms(), class.days),
    };
    closing::put_retention(tx, &kept).await?;
    decided(tx, actor, case_id).await?;
    audit(tx, actor.person, "case.venue_found", case_id)
}

async fn grow_in(tx: &mut Tx, args: &Growing) -> AppResult<()> {
    get(tx, args.case).await?.state.after(VenueAct::Grow)?;
    let with = (&args.app, Some(&args.key));
    match receive_in(tx, with, &args.actor, (args.case, Confirmation::Given)).await? {
        Receiving::Received(_) => Ok(()),
        Receiving::NeedsConfirmation(_) => Err(AppError::internal("confirmed_already")),
    }
}

/// What the receipt of a report means at the venue where its case began, if it began at one: the alert
/// there is over, and the clocks of the case count from the moment given back.
pub(crate) async fn grown(tx: &mut Tx, actor: &Actor, case: CaseId) -> AppResult<Option<i64>> {
    let Some(mut row) = venue::find_case(tx, case).await? else {
        return Ok(None);
    };
    row.state = row.state.after(VenueAct::Grow)?;
    row.ended_by = Some(actor.person);
    row.ended_ms = Some(tx.now_ms());
    venue::update_case(tx, &row).await?;
    decided(tx, actor, case).await?;
    audit(tx, actor.person, "case.venue_grow", case)?;
    Ok(Some(row.opened_ms))
}

async fn get(tx: &mut Tx, case: CaseId) -> AppResult<VenueCaseRow> {
    let row = venue::find_case(tx, case).await?;
    row.ok_or_else(AppError::not_found)
}

async fn decided(tx: &mut Tx, actor: &Actor, case: CaseId) -> AppResult<()> {
    let key = (case, DutyKind::DecideVenue, "");
    duty::settle(tx, key, (DutyEnd::Done, Some(actor.person))).await?;
    Ok(())
}

fn audit(tx: &mut Tx, by: impl ToString, verb: &str, case: CaseId) -> AppResult<()> {
    Ok(tx.audit(Entry::new(by, verb, ObjectId::new("case", case)))?)
}
