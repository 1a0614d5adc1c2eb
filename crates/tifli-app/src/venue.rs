//! A child lost at a venue: opened in three fields, seen by the venue's staff alone, over in minutes,
//! grown into a national case by one click with everything typed and the clocks from the first
//! minute. No public byte is ever made of it: there is no alert, no message, no page.

mod directory;
mod end;
mod open;
#[cfg(test)]
mod stories;
mod view;

pub use directory::{NewVenue, StaffChange};
pub use open::VenueForm;
pub use tifli_pack::VENUE_KINDS;
pub use view::{VenueCase, VenueView};

use tifli_domain::Actor;
use tifli_domain::Role;
use tifli_domain::id::{CaseId, PersonId};
use tifli_domain::permission::Act;
use tifli_store::venue::{self, VenueCaseRow, VenueRow};

use crate::{App, AppError, AppResult};

pub(crate) use end::{expire_all, grown};

/// A case at its venue, with the staff that sees it.
pub(super) struct Place {
    pub(super) row: VenueCaseRow,
    pub(super) venue: VenueRow,
    pub(super) staff: Vec<PersonId>,
}

impl App {
    pub(super) async fn venue_place(&self, case: CaseId) -> AppResult<Place> {
        self.db()
            .read("venue_place", case, |reads, case| {
                Box::pin(async move {
                    let row = venue::find_case(reads, *case).await?;
                    let row = row.ok_or_else(AppError::not_found)?;
                    let venue = venue::find(reads, &row.venue).await?;
                    let staff = venue::list_staff(reads, &row.venue).await?;
                    Ok(Place {
                        venue: venue.ok_or_else(AppError::not_found)?,
                        row,
                        staff,
                    })
                })
            })
            .await
    }

    /// Refuses unless this person works on the alerts of a venue: officers of its district, the room,
    /// and of the units its staff. A venue without named staff is its district's units'.
    pub(super) fn permit_venue(
        &self,
        actor: &Actor,
        venue: &VenueRow,
        staff: &[PersonId],
    ) -> AppResult<()> {
        self.permit(actor, Act::WorkVenue, &venue.district)?;
        let named = staff.is_empty() || staff.contains(&actor.person);
        if actor.role == Role::Unit && !named {
            return Err(AppError::forbidden("not_staff"));
        }
        Ok(())
    }
}
