//! How many places to check each question has put on the list, for the officer who asks it. Counted from the list itself:
//! no answer is opened.

use std::collections::BTreeMap;

use tifli_domain::Actor;
use tifli_domain::check::asked_by;
use tifli_domain::id::CaseId;
use tifli_domain::intake::Field;
use tifli_domain::permission::Act;
use tifli_store::check;

use crate::{App, AppResult};

impl App {
    /// The questions that named places, each with how many stand on the list. Empty before the report is received: the
    /// list is made then.
    pub async fn places_by_question(
        &self,
        actor: &Actor,
        case: CaseId,
    ) -> AppResult<BTreeMap<Field, usize>> {
        let row = self.case_row(case).await?;
        self.permit(actor, Act::ReadCase, &row.district)?;
        let rows = self
            .db()
            .read("places_by_question", case, |reads, case| {
                Box::pin(async move { Ok::<_, crate::AppError>(check::list(reads, *case).await?) })
            })
            .await?;
        let mut count = BTreeMap::new();
        for row in rows.iter().filter(|row| row.withdrawn_ms.is_none()) {
            for field in asked_by(&row.origin) {
                *count.entry(field).or_default() += 1;
            }
        }
        Ok(count)
    }
}
