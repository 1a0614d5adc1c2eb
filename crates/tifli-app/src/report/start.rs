//! Starting a report: the case exists from the first keystroke, its key before its row.

use tifli_domain::Actor;
use tifli_domain::id::CaseId;
use tifli_domain::permission::Act;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::{Claim, DataKey, Tx, case};

use super::find_opened;
use crate::bus::Event;
use crate::stages::Stage;
use crate::{App, AppError, AppResult, Kind};

struct Start {
    actor: Actor,
    claim: Claim,
    case: CaseId,
}

impl App {
    /// Opens a case in state draft in the actor's district. The same key again gives the same case.
    pub async fn start_report(&self, actor: &Actor, key: &str) -> AppResult<CaseId> {
        self.permit(actor, Act::TakeReport, &actor.district)?;
        if actor.district.is_empty() {
            return Err(AppError::conflict("no_district"));
        }
        let start = Start {
            actor: actor.clone(),
            claim: self.claim(actor, ("report", key), &actor.district)?,
            case: CaseId::new(self.now_ms(), self.entropy()),
        };
        let stage = Stage::begin("report.start", start.case);
        // The key is durable before its case; a crash between leaves a key that the next start sweeps.
        self.db().keys().create(&start.case.to_string()).await?;
        let case = self
            .db()
            .write("start_report", start, |tx, start| {
                Box::pin(start_in(tx, start))
            })
            .await?;
        stage.commit();
        self.bus().ring(Event::Case(case.to_string()));
        Ok(case)
    }

    /// The key that seals what belongs to a case.
    pub(crate) async fn case_key(&self, case: CaseId) -> AppResult<DataKey> {
        Ok(self.db().keys().get(&case.to_string()).await?)
    }

    /// The same; `None` where there is none, because the case is erased or never was.
    pub(crate) async fn find_case_key(&self, case: CaseId) -> AppResult<Option<DataKey>> {
        match self.case_key(case).await {
            Ok(key) => Ok(Some(key)),
            Err(error) if error.kind == Kind::Gone => Ok(None),
            Err(error) => Err(error),
        }
    }
}

async fn start_in(tx: &mut Tx, start: &Start) -> AppResult<CaseId> {
    if let Some(opened) = find_opened(tx, &start.claim).await? {
        return Ok(opened);
    }
    let actor = &start.actor;
    let row = case::insert(tx, start.case, &actor.district, actor.person).await?;
    tx.settle(&start.claim, start.case, 201).await?;
    let detail = Detail::none()
        .with("district", &row.district)
        .with("number", row.number);
    let object = ObjectId::new("case", start.case);
    tx.audit(Entry::new(actor.person, "case.start", object).with_detail(detail))?;
    Ok(start.case)
}
