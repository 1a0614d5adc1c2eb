//! Opening sealed answers: a person types why, the reason is kept sealed and its entry is durable
//! before anything is opened.

use tifli_domain::Actor;
use tifli_domain::id::CaseId;
use tifli_domain::intake::Field;
use tifli_domain::permission::Act;
use tifli_domain::text;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::case::AnswerRow;
use tifli_store::{DataKey, Tx, case, intake};

use crate::report::{AnswerView, not_erased, reading, text_problem};
use crate::{App, AppError, AppResult};

/// The most characters of a reason.
const REASON: usize = 1_000;
/// The fewest; a word alone is none.
const LEAST: usize = 10;

/// What somebody said to a question, opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaidAnswer {
    /// The question.
    pub field: Field,
    /// What was said.
    pub answer: AnswerView,
}

struct Opening {
    app: App,
    actor: Actor,
    case: CaseId,
    key: DataKey,
    reason: String,
}

impl App {
    /// Opens the sealed answers of a case for a reason that is kept; everybody's that stand.
    pub async fn open_sealed_answers(
        &self,
        actor: &Actor,
        case: CaseId,
        reason: &str,
    ) -> AppResult<Vec<SaidAnswer>> {
        let row = self.case_row(case).await?;
        self.permit(actor, Act::OpenSealed, &row.district)?;
        not_erased(&row)?;
        let reason = text::required(reason, REASON)
            .map_err(|error| AppError::invalid(vec![text_problem("reason", error)]))?;
        if reason.chars().count() < LEAST {
            return Err(AppError::field("reason", "reason_too_short"));
        }
        let opening = Opening {
            app: self.clone(),
            actor: actor.clone(),
            case,
            key: self.case_key(case).await?,
            reason,
        };
        let rows = self
            .db()
            .write("open_sealed", opening, |tx, opening| {
                Box::pin(open_in(tx, opening))
            })
            .await?;
        let sealed = rows.iter().map(|row| row.value.clone()).collect();
        let read = reading(actor, case, "break_glass");
        let opened = self.db().open_sealed(read, sealed).await?;
        let said = rows.iter().enumerate().map(|(place, row)| SaidAnswer {
            field: row.field,
            answer: AnswerView::new(row, opened.text(place).unwrap_or_default().to_owned()),
        });
        Ok(said.filter(|said| !said.answer.is_empty()).collect())
    }
}

async fn open_in(tx: &mut Tx, opening: &Opening) -> AppResult<Vec<AnswerRow>> {
    let (case, actor) = (opening.case, &opening.actor);
    let row = case::get(tx, case).await?;
    opening.app.permit(actor, Act::OpenSealed, &row.district)?;
    not_erased(&row)?;
    let seq = intake::next_opening(tx, case).await?;
    let context = intake::opening_context(case, seq);
    let reason = opening.key.seal(&context, opening.reason.as_bytes());
    intake::insert_opening(tx, case, (seq, &reason), actor.person).await?;
    let detail = Detail::none().with("opening", seq);
    let object = ObjectId::new("case", case);
    tx.audit(Entry::new(actor.person, "case.break_glass", object).with_detail(detail))?;
    let rows = case::list_answers(tx, case).await?;
    let newest = |row: &AnswerRow| {
        !rows.iter().any(|other| {
            other.stands
                && other.field == row.field
                && other.said.source == row.said.source
                && other.seq > row.seq
        })
    };
    let standing = rows
        .iter()
        .filter(|row| row.stands && row.field.is_sealed() && newest(row));
    Ok(standing.cloned().collect())
}
