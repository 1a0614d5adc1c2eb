//! What is known of every delivery to a partner, to its system by a program or by people: its story, who
//! may still hold a copy, and who let a recall go on without one. Both are read together from their own
//! rows; nothing is copied.
//!
//! Not here: the calls themselves (see [`crate::worker`]), nor deliveries to subscribers, who are
//! counted and not named (see [`crate::alert::Progress`]).

use std::str::FromStr;

use tifli_domain::Actor;
use tifli_domain::delivery::DeliveryState;
use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::id::{AlertId, DeliveryId, HandoverId, IdError};
use tifli_domain::permission::Act;
use tifli_domain::text;
use tifli_store::audit::{Entry, ObjectId};
use tifli_store::ledger::{self, AddressedRow, released_context};
use tifli_store::{AuditedRead, DataKey, Reads};

use crate::bus::Event;
use crate::partner::{HandStory, hands_in};
use crate::report::text_problem;
use crate::{App, AppError, AppResult, duty};

pub use tifli_store::ledger::AttemptRow;

/// The most characters of a reason.
const REASON: usize = 500;

/// A delivery to one system, with every call.
#[derive(Debug, Clone)]
pub struct DeliveryStory {
    /// What its line says.
    pub row: AddressedRow,
    /// The calls, in order.
    pub attempts: Vec<AttemptRow>,
    /// Why the recall went on without it, for those who may release one.
    pub released: Option<String>,
}

/// What reached the partners of one alert, and what is known of it.
#[derive(Debug, Clone)]
pub struct AlertLedger {
    /// Deliveries to systems, by version and partner.
    pub systems: Vec<DeliveryStory>,
    /// Hand-overs by people, by version and partner.
    pub hands: Vec<HandStory>,
}

/// Either sort of delivery, by its id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LedgerId {
    /// To a partner's system.
    System(DeliveryId),
    /// By people.
    Hand(HandoverId),
}

/// The story of either sort.
#[derive(Debug, Clone)]
pub enum LedgerStory {
    /// To a partner's system.
    System(DeliveryStory),
    /// By people.
    Hand(HandStory),
}

/// Whether this code says that a delivery never left because its partner may not have it.
pub fn is_withheld(code: &str) -> bool {
    crate::worker::is_withheld(code)
}

/// Who may still hold a copy of an alert that is over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The partner's code.
    pub partner: String,
    /// The channel by which it got the alert.
    pub channel: String,
    /// Whether somebody let the recall go on without it.
    pub released: bool,
}

impl FromStr for LedgerId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        let system = text.parse().map(Self::System);
        system.or_else(|_| text.parse().map(Self::Hand))
    }
}

impl App {
    /// Every delivery of an alert to a system, with its calls; ids, codes and times only.
    pub async fn deliveries(&self, actor: &Actor, alert: AlertId) -> AppResult<Vec<DeliveryStory>> {
        Ok(self.ledger(actor, alert).await?.systems)
    }

    /// Everything that reached the partners of an alert, by programs and by people, as of one moment;
    /// ids, codes and times only.
    pub async fn ledger(&self, actor: &Actor, alert: AlertId) -> AppResult<AlertLedger> {
        let row = self.alert_row(alert).await?;
        self.permit(actor, Act::ReadDeliveries, &row.district)?;
        self.db()
            .read("ledger", (self.clone(), alert), |reads, (app, alert)| {
                Box::pin(async move {
                    Ok::<_, AppError>(AlertLedger {
                        systems: systems_in(reads, *alert).await?,
                        hands: hands_in(reads, app, *alert).await?,
                    })
                })
            })
            .await
    }

    /// The story of one delivery of either sort, what is sealed of it opened for who may read the case.
    pub async fn ledger_story(&self, actor: &Actor, id: LedgerId) -> AppResult<LedgerStory> {
        Ok(match id {
            LedgerId::System(id) => LedgerStory::System(self.delivery_story(actor, id).await?),
            LedgerId::Hand(id) => LedgerStory::Hand(self.hand_story(actor, id).await?),
        })
    }

    /// The story of one delivery, its reason opened for who reads it.
    pub async fn delivery_story(
        &self,
        actor: &Actor,
        delivery: DeliveryId,
    ) -> AppResult<DeliveryStory> {
        let (row, attempts) = self
            .db()
            .read("delivery_story", delivery, |reads, id| {
                Box::pin(async move {
                    let row = ledger::get(reads, *id).await?;
                    Ok::<_, AppError>((row, ledger::list_attempts(reads, *id).await?))
                })
            })
            .await?;
        self.permit(actor, Act::ReadDeliveries, &row.district)?;
        let may_open = self.permit(actor, Act::ReadCase, &row.district).is_ok();
        let mut released = None;
        if let Some(sealed) = row.released.clone().filter(|_| may_open) {
            let read = AuditedRead {
                actor: actor.person.to_string(),
                reason: "delivery".to_owned(),
                objects: vec![ObjectId::new("delivery", delivery)],
            };
            let opened = self.db().open_sealed(read, vec![sealed]).await?;
            released = opened.text(0).map(str::to_owned);
        }
        Ok(DeliveryStory {
            row,
            attempts,
            released,
        })
    }

    /// Lets the recall go on without a delivery that was given up, or that tells an end which its
    /// system does not take: the partner was reached another way, or cannot be; the reason says
    /// which.
    pub async fn release_delivery(
        &self,
        actor: &Actor,
        delivery: DeliveryId,
        reason: &str,
    ) -> AppResult<()> {
        let row = self.delivery_story(actor, delivery).await?.row;
        self.permit(actor, Act::ReleaseDelivery, &row.district)?;
        if row.state != DeliveryState::Dead && !row.holds_recall() {
            return Err(AppError::conflict("delivery_not_given_up"));
        }
        let reason = text::required(reason, REASON)
            .map_err(|error| AppError::invalid(vec![text_problem("reason", error)]))?;
        let (alert, case) = (row.alert, row.case);
        let release = Release {
            actor: actor.clone(),
            key: self.case_key(case).await?,
            row,
            reason,
        };
        self.db()
            .write("release_delivery", release, |tx, release| {
                Box::pin(async move { write_release(tx, release).await })
            })
            .await?;
        self.bus().call_workers();
        self.bus().ring(Event::Board);
        self.bus().ring(Event::Delivery(alert.to_string()));
        self.bus().ring(Event::Case(case.to_string()));
        Ok(())
    }
}

async fn systems_in(reads: &mut impl Reads, alert: AlertId) -> AppResult<Vec<DeliveryStory>> {
    let mut stories = Vec::new();
    for row in ledger::list_by_alert(reads, alert).await? {
        let attempts = ledger::list_attempts(reads, row.delivery).await?;
        stories.push(DeliveryStory {
            row,
            attempts,
            released: None,
        });
    }
    Ok(stories)
}

struct Release {
    actor: Actor,
    key: DataKey,
    row: AddressedRow,
    reason: String,
}

async fn write_release(tx: &mut tifli_store::Tx, release: &Release) -> AppResult<()> {
    let (row, by) = (&release.row, release.actor.person);
    let context = released_context(row.delivery);
    let sealed = release.key.seal(&context, release.reason.as_bytes());
    if !ledger::release(tx, row.delivery, by, &sealed).await? {
        return Err(AppError::conflict("delivery_not_given_up"));
    }
    let subject = row.delivery.to_string();
    let waited = (row.case, DutyKind::DeadDelivery, subject.as_str());
    duty::settle(tx, waited, (DutyEnd::Done, Some(by))).await?;
    let object = ObjectId::new("delivery", row.delivery);
    Ok(tx.audit(Entry::new(by.to_string(), "delivery.release", object))?)
}

/// Partners that have, or may have, an alert that is over and have not said that they know it is.
pub(crate) async fn holders(reads: &mut impl Reads, alert: AlertId) -> AppResult<Vec<Holder>> {
    let rows = ledger::list_by_alert(reads, alert).await?;
    let silent = rows.iter().filter(|row| {
        row.msg_type == tifli_domain::message::MsgType::Cancel
            && row.outcome != Some(tifli_domain::delivery::Outcome::Sent)
    });
    Ok(silent
        .map(|row| Holder {
            partner: row.partner.clone(),
            channel: row.channel.as_str().to_owned(),
            released: row.released_ms.is_some(),
        })
        .collect())
}
