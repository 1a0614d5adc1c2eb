//! What a unit reports from the street about a bulletin of its service: opened and acknowledged in one act, a place
//! searched in vain, the child seen. A search is kept with the case and changes nothing of it; a sighting becomes a tip
//! of the case, graded, and rings the tip queue.

mod search;
mod seen;
#[cfg(test)]
mod stories;

pub use search::{PlaceOption, SearchForm, Searched};
pub use seen::SeenForm;
pub use tifli_domain::unit_report::{Cover, FirstGrade, SeenHow, TipOrigin};

use tifli_domain::Actor;
use tifli_domain::bulletin::SearchState;
use tifli_domain::call::{InTheFuture, When, read_when};
use tifli_domain::id::{BulletinId, TipId};
use tifli_domain::permission::Act;
use tifli_domain::service::ServiceId;
use tifli_store::bulletin::BulletinRow;
use tifli_store::unit_report as rows;

use crate::bulletin::BulletinLine;
use crate::report::text_code;
use crate::{App, AppError, AppResult, Problem};

/// Where a tip came from that no form of the public brought.
pub type TipSource = rows::SourceRow;

impl App {
    /// The bulletins of this person's own service whose child is sought: those that wait for it first.
    pub async fn unit_board(&self, actor: &Actor) -> AppResult<Vec<BulletinLine>> {
        self.permit_anywhere(actor, Act::ReportFromUnit)?;
        let mut lines = self.list_bulletins(actor).await?;
        lines.retain(|line| line.own.is_some() && line.row.state == SearchState::Open);
        Ok(lines)
    }

    /// Opens a bulletin and acknowledges it for the person's service, in one act: both stand in the audit chain.
    pub async fn open_and_acknowledge(&self, actor: &Actor, id: BulletinId) -> AppResult<()> {
        self.permit_anywhere(actor, Act::AcknowledgeBulletin)?;
        self.read_bulletin(actor, id).await?;
        self.acknowledge_bulletin(actor, id).await
    }

    /// Where a tip came from; `None` for one of the public's form.
    pub async fn tip_source(&self, actor: &Actor, tip: TipId) -> AppResult<Option<TipSource>> {
        self.permit_anywhere(actor, Act::TriageTips)?;
        self.db()
            .read("tip_source", tip, |reads, tip| {
                Box::pin(async move { Ok(rows::find_source(reads, *tip).await?) })
            })
            .await
    }

    /// The bulletin this person's service was sent and still searches for, and that service.
    async fn reported_on(
        &self,
        actor: &Actor,
        id: BulletinId,
    ) -> AppResult<(BulletinRow, ServiceId)> {
        self.permit_anywhere(actor, Act::ReportFromUnit)?;
        let (row, own) = self.bulletin_for(actor, id).await?;
        let own = own.ok_or_else(|| AppError::conflict("not_addressed"))?;
        if row.state != SearchState::Open {
            return Err(AppError::conflict("search_ceased"));
        }
        Ok((row, own))
    }

    /// The moment that was typed; words that no time can be read from are refused beside `when`.
    fn typed_moment(&self, typed: &str, problems: &mut Vec<Problem>) -> i64 {
        match read_when(typed, self.local_now()) {
            Ok(When::At(at)) => self.moment_ms(at).min(self.now_ms()),
            Ok(When::Words(_)) => {
                problems.push(Problem::new("when", "not_a_date"));
                self.now_ms()
            }
            Err(InTheFuture) => {
                problems.push(Problem::new("when", "in_the_future"));
                self.now_ms()
            }
        }
    }
}

/// A line that was typed, trimmed; a problem stands beside its field.
fn line(field: &'static str, typed: &str, limit: usize, problems: &mut Vec<Problem>) -> String {
    tifli_domain::text::plain(typed, limit).unwrap_or_else(|error| {
        let problem = Problem::new(field, text_code(error));
        problems.push(match error {
            tifli_domain::text::TextError::TooLong { limit } => problem.with("limit", limit),
            _ => problem,
        });
        String::new()
    })
}
