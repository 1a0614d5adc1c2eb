//! The list of found children and one of them with everything known, opened for one person.

use tifli_domain::Actor;
use tifli_domain::found::{Facts, FoundState};
use tifli_domain::id::{CaseId, FoundId, PersonId};
use tifli_domain::permission::{self, Act};
use tifli_store::found::{self, FoundRow};

use super::{not_erased, parse, reading};
use crate::{App, AppError, AppResult};

/// One line of the list. Nothing protected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundLine {
    /// Its id.
    pub found: FoundId,
    /// The number people say.
    pub number: i64,
    /// The district that holds the file.
    pub district: String,
    /// Where it stands.
    pub state: FoundState,
    /// Who wrote it down.
    pub registered_by: PersonId,
    /// When.
    pub registered_ms: i64,
    /// The case proposed or linked.
    pub case: Option<CaseId>,
    /// Who proposed it.
    pub proposed_by: Option<PersonId>,
    /// Who closed it without a case.
    pub closed_by: Option<PersonId>,
    /// Whether there is a photo.
    pub photo: bool,
}

/// A found child with everything known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundView {
    /// Its line.
    pub line: FoundLine,
    /// Everything known.
    pub facts: Facts,
    /// Why it was closed without a case.
    pub reason: Option<String>,
}

impl App {
    /// The found children whose files this person may read, and those they wrote down themselves,
    /// the newest first.
    pub async fn list_found(&self, actor: &Actor) -> AppResult<Vec<FoundLine>> {
        self.permit_anywhere(actor, Act::RegisterFound)?;
        let rows = self
            .db()
            .read("list_found", (), |reads, ()| {
                Box::pin(async move { Ok::<_, AppError>(found::list(reads).await?) })
            })
            .await?;
        let may = |row: &FoundRow| {
            permission::check(actor, Act::MatchFound, &row.district).is_ok()
                || row.registered_by == actor.person
        };
        Ok(rows.iter().filter(|row| may(row)).map(line).collect())
    }

    /// One found child, with one audit entry.
    pub async fn read_found(&self, actor: &Actor, found: FoundId) -> AppResult<FoundView> {
        let row = self.found_row(found).await?;
        self.permit(actor, Act::MatchFound, &row.district)?;
        not_erased(&row)?;
        let sealed: Vec<_> = [row.facts.clone(), row.reason.clone()]
            .into_iter()
            .flatten()
            .collect();
        let opened = self
            .db()
            .open_sealed(reading(actor, found, "look"), sealed)
            .await?;
        Ok(FoundView {
            facts: parse(opened.bytes(0))?,
            reason: row
                .reason
                .as_ref()
                .and_then(|_| opened.text(1).map(str::to_owned)),
            line: line(&row),
        })
    }
}

/// A row as one line.
pub(crate) fn line(row: &FoundRow) -> FoundLine {
    FoundLine {
        found: row.found,
        number: row.number,
        district: row.district.clone(),
        state: row.state,
        registered_by: row.registered_by,
        registered_ms: row.registered_ms,
        case: row.case,
        proposed_by: row.proposed_by,
        closed_by: row.closed_by,
        photo: row.photo.is_some(),
    }
}
