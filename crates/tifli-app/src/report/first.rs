//! What every way of opening a case shares: the claim on a key, a claim that comes again, the first
//! answers. Not for the row of the case, which each way writes with an entry of its own.

use std::str::FromStr;

use tifli_domain::Actor;
use tifli_domain::id::{CaseId, PersonId};
use tifli_domain::intake::{Field, Said};
use tifli_store::case::{self, NewAnswer};
use tifli_store::{Claim, DataKey, Idempotency, Tx};

use crate::codes::keyed_hash;
use crate::{App, AppError, AppResult};

/// Longest key a caller may choose.
const LONGEST_KEY: usize = 128;

impl App {
    /// A claim on the key that a caller chose for one way of opening a case. Of what was asked a keyed
    /// hash is kept: it may say who called.
    pub(crate) fn claim(
        &self,
        actor: &Actor,
        (way, key): (&str, &str),
        asked: &str,
    ) -> AppResult<Claim> {
        if key.is_empty() || key.len() > LONGEST_KEY {
            return Err(AppError::field("idempotency_key", "not_a_key"));
        }
        Ok(Claim {
            actor: actor.person.to_string(),
            key: format!("{way}:{key}"),
            request_hash: keyed_hash(self.pepper(), "claim", asked),
        })
    }
}

/// Claims the key, or gives the case that the same request opened before. A key that was used for
/// another request is refused.
pub(crate) async fn find_opened(tx: &mut Tx, claim: &Claim) -> AppResult<Option<CaseId>> {
    find_made(tx, claim).await
}

/// The same for anything that has an id.
pub(crate) async fn find_made<I: FromStr>(tx: &mut Tx, claim: &Claim) -> AppResult<Option<I>> {
    match tx.idempotent(claim).await? {
        Idempotency::Fresh => Ok(None),
        Idempotency::Replay { object_id, .. } => match object_id.parse() {
            Ok(made) => Ok(Some(made)),
            Err(_) => Err(AppError::internal("claim_of_another_kind")),
        },
        Idempotency::Mismatch => Err(AppError::conflict("key_used_otherwise")),
    }
}

/// Writes the answers a case is opened with.
pub(crate) async fn first_answers(
    tx: &mut Tx,
    key: &DataKey,
    (case, by): (CaseId, PersonId),
    answers: &[(Field, String)],
) -> AppResult<()> {
    for (field, value) in answers {
        let context = case::answer_context(case, *field, 1);
        let answer = NewAnswer {
            case,
            field: *field,
            seq: 1,
            value_sealed: key.seal(&context, value.as_bytes()),
            by,
            stands: true,
            said: Said::default(),
        };
        case::insert_answer(tx, &answer).await?;
    }
    Ok(())
}
