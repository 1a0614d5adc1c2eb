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
        let own = staff.iter().filter(|person| **person == actor.person);
        let named = (count(staff.len()), count(own.count()));
        self.permit_staff(actor, &venue.district, named)
    }

    /// The same of a venue of this district with so many named staff, of whom so many are this person.
    pub(super) fn permit_staff(
        &self,
        actor: &Actor,
        district: &str,
        (named, own): (i64, i64),
    ) -> AppResult<()> {
        self.permit(actor, Act::WorkVenue, district)?;
        if actor.role == Role::Unit && named > 0 && own == 0 {
            return Err(AppError::forbidden("not_staff"));
        }
        Ok(())
    }
}

fn count(people: usize) -> i64 {
    i64::try_from(people).unwrap_or(i64::MAX)
}
