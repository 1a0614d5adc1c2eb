//! At start: what an interruption left of an erasure is finished, and what a restored backup
//! brought back is erased again. The rows know of every erasure, and so does the file of keys:
//! whichever of the two is older is brought up to the other.

use std::collections::HashSet;

use tifli_domain::id::CaseId;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::erasure;

use crate::{App, AppError, AppResult};

impl App {
    /// Finishes interrupted erasures and repeats those that a restored backup undid. Called before
    /// anything is served.
    pub async fn resume_erasures(&self) -> AppResult<()> {
        let (unfinished, cases) = self
            .db()
            .read("resume_erasures", (), |reads, ()| {
                Box::pin(async move {
                    let unfinished = erasure::list_unfinished(reads).await?;
                    Ok::<_, AppError>((unfinished, erasure::list_cases(reads).await?))
                })
            })
            .await?;
        for row in unfinished {
            tracing::warn!(erasure.id = %row.erasure, "an interrupted erasure is taken up again");
            self.finish_erasure(row.erasure).await?;
        }
        let keys = self.db().keys();
        let held: HashSet<String> = keys.list_owners().await?.into_iter().collect();
        let destroyed: HashSet<String> = keys.list_destroyed().await?.into_iter().collect();
        for (case, erased) in cases {
            let owner = case.to_string();
            if erased && held.contains(&owner) {
                tracing::warn!(case.id = %case, "the key of an erased case had come back");
                self.destroy(case).await?;
            } else if !erased && destroyed.contains(&owner) {
                tracing::warn!(case.id = %case, "an erased case had come back");
                self.erase_again(case).await?;
            }
        }
        Ok(())
    }

    /// Takes the rows of a case whose key was destroyed after the backup they come from.
    async fn erase_again(&self, case: CaseId) -> AppResult<()> {
        self.destroy(case).await?;
        self.db()
            .write("erase_again", case, |tx, case| {
                Box::pin(async move {
                    erasure::wipe(tx, *case).await?;
                    erasure::drop_photos(tx, *case).await?;
                    let detail = Detail::none().with("reason", "key_destroyed");
                    let object = ObjectId::new("case", case);
                    let entry = Entry::new("system", "case.erase_again", object);
                    Ok::<_, AppError>(tx.audit(entry.with_detail(detail))?)
                })
            })
            .await?;
        Ok(self.db().truncate_log().await?)
    }
}
