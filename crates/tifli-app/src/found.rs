//! A child found before anybody reported it: written down under a key of its own, compared with the
//! open cases, and linked to one by two people. Nothing of it is ever public.

mod compare;
mod decide;
mod erase;
mod photo;
mod register;
#[cfg(test)]
mod stories;
mod view;

pub use compare::Candidate;
pub use register::FoundForm;
pub use tifli_domain::found::Facts;
pub use view::{FoundLine, FoundView};

pub(crate) use view::line;

use tifli_domain::Actor;
use tifli_domain::id::FoundId;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::found::{self, FoundRow};
use tifli_store::{AuditedRead, Tx};

use crate::{App, AppError, AppResult, Kind};

impl App {
    pub(super) async fn found_row(&self, found: FoundId) -> AppResult<FoundRow> {
        self.db()
            .read("found_row", found, |reads, found| {
                Box::pin(async move { Ok(found::get(reads, *found).await?) })
            })
            .await
    }
}

/// The facts of a row that is not erased.
fn parse(bytes: Option<&[u8]>) -> AppResult<Facts> {
    let facts = bytes.and_then(|bytes| serde_json::from_slice(bytes).ok());
    facts.ok_or_else(|| AppError::internal("found_facts"))
}

fn reading(actor: &Actor, found: FoundId, reason: &str) -> AuditedRead {
    AuditedRead {
        actor: actor.person.to_string(),
        reason: reason.to_owned(),
        objects: vec![ObjectId::new("found", found)],
    }
}

fn not_erased(row: &FoundRow) -> AppResult<()> {
    match row.facts {
        Some(_) => Ok(()),
        None => Err(AppError::new(Kind::Gone, "erased")),
    }
}

fn audit(tx: &mut Tx, by: impl ToString, verb: &str, row: &FoundRow) -> AppResult<()> {
    let mut detail = Detail::none();
    if let Some(case) = row.case {
        detail = detail.with("case", case);
    }
    let object = ObjectId::new("found", row.found);
    Ok(tx.audit(Entry::new(by, verb, object).with_detail(detail))?)
}
