//! Papers of a case: what is asked for, consent by channel and its substitution, and the papers that are printed.
//!
//! Nothing here holds up a report or a bulletin. Not here: how a paper looks, and what its words are, which the
//! country's pack says.

mod asked;
mod compose;
mod consent;
mod print;
mod view;

#[cfg(test)]
mod stories;

pub use asked::NewAsked;
pub use consent::{NewConsent, NewSubstitution};
pub use print::Printed;
pub use view::{AskedLine, ChannelLine, PapersView, SubstitutionLine};

pub(crate) use consent::{Consents, consents};

use serde::{Deserialize, Serialize};
use tifli_domain::Actor;
use tifli_domain::id::CaseId;
use tifli_domain::text;
use tifli_store::BlobId;
use tifli_store::Sealed;
use tifli_store::paper::{Entry, Kind, words_context};

use crate::report::text_problem;
use crate::{App, AppError, AppResult, Problem};

/// Longest name, in characters.
const LONGEST_NAME: usize = 160;
/// Longest reason, in characters.
const LONGEST_REASON: usize = 1_000;

/// What is written with an entry; sealed.
#[derive(Clone, Default, Serialize, Deserialize)]
struct Words {
    /// Who answered, or the prosecutor's name.
    name: String,
    /// Before whom.
    before: String,
    /// Why.
    reason: String,
}

/// An entry to be made, without its words.
struct Draft {
    case: CaseId,
    kind: Kind,
    subject: String,
    code: String,
    scan: Option<BlobId>,
}

impl App {
    /// An entry with its words sealed under the case's key.
    async fn paper_entry(&self, actor: &Actor, draft: Draft, words: &Words) -> AppResult<Entry> {
        let at_ms = self.now_ms();
        let context = words_context(draft.case, draft.kind, &draft.subject, at_ms);
        let plain = serde_json::to_vec(words).map_err(|_| AppError::internal("words"))?;
        let words: Sealed = self.seal(draft.case, &context, &plain).await?;
        Ok(Entry {
            case: draft.case,
            seq: 0,
            kind: draft.kind,
            subject: draft.subject,
            code: draft.code,
            words,
            scan: draft.scan,
            by: actor.person,
            at_ms,
        })
    }
}

/// A name that must be there.
fn name(field: &str, typed: &str) -> Result<String, Problem> {
    text::required(typed, LONGEST_NAME).map_err(|error| text_problem(field, error))
}

/// A name that may be left out.
fn optional_name(field: &str, typed: &str) -> Result<String, Problem> {
    text::plain(typed, LONGEST_NAME).map_err(|error| text_problem(field, error))
}

/// The newest entry of each kind and subject.
fn standing(entries: &[Entry], kind: Kind) -> Vec<&Entry> {
    let of_kind: Vec<&Entry> = entries.iter().filter(|entry| entry.kind == kind).collect();
    let is_newest = |entry: &&Entry| {
        !of_kind
            .iter()
            .any(|other| other.subject == entry.subject && other.seq > entry.seq)
    };
    of_kind.iter().copied().filter(is_newest).collect()
}
