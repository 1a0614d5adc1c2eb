//! Where a case comes from: the venue at which it began, the found children that are its child. Ids,
//! places and numbers; what is known of a child is read on the pages of each.

use tifli_domain::Actor;
use tifli_domain::id::CaseId;
use tifli_store::venue::VenueRow;
use tifli_store::{found, venue};

use crate::found::FoundLine;
use crate::{App, AppResult};

/// Where a case comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origins {
    /// The venue at which it began.
    pub venue: Option<VenueRow>,
    /// Found children that are its child, or are proposed to be.
    pub found: Vec<FoundLine>,
}

impl App {
    /// Where a case comes from, for who may read its file: its own district, and one that it is shared with.
    pub async fn origins(&self, actor: &Actor, case: CaseId) -> AppResult<Origins> {
        let row = self.case_row(case).await?;
        self.permit_read(actor, &row).await?;
        self.db()
            .read("origins", case, |reads, case| {
                Box::pin(async move {
                    let began = venue::find_case(reads, *case).await?;
                    let found = found::list_of_case(reads, *case).await?;
                    Ok(Origins {
                        venue: match began {
                            Some(began) => venue::find(reads, &began.venue).await?,
                            None => None,
                        },
                        found: found.iter().map(crate::found::line).collect(),
                    })
                })
            })
            .await
    }
}
