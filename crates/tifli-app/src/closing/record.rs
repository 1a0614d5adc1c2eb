//! Recording, skipping, correcting and taking back one item of the closing, each in one transaction.

use serde::{Deserialize, Serialize};
use tifli_domain::Actor;
use tifli_domain::alert::AlertState;
use tifli_domain::bulletin::Cause;
use tifli_domain::case::CaseState;
use tifli_domain::closing::{self as rules, How, Item, ItemState, NotPossible};
use tifli_domain::duty::{DutyEnd, DutyKind};
use tifli_domain::id::CaseId;
use tifli_domain::permission::Act;
use tifli_domain::text;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::case::CaseRow;
use tifli_store::closing::{self, NewStep};
use tifli_store::{DataKey, Tx, alert, case};

use super::{NAME_LIMIT, NOTE_LIMIT, present};
use crate::bus::Event;
use crate::report::{still_open, text_problem};
use crate::stages::Stage;
use crate::{App, AppError, AppResult, Kind, bulletin, duty};

/// What a person says of an item. Its `Debug` shows no words.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct StepForm {
    /// One of the item's words; empty where it has none.
    pub word: String,
    /// Who saw, who decided, to whom; or in whose name it is skipped.
    pub name: String,
    /// In words, or why it is skipped or taken back.
    pub note: String,
}

impl std::fmt::Debug for StepForm {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "StepForm({})", self.word)
    }
}

/// The sealed part of a step.
#[derive(Default, Serialize, Deserialize)]
pub(super) struct Words {
    pub(super) name: String,
    pub(super) note: String,
}

struct Job {
    app: App,
    actor: Actor,
    case: CaseId,
    item: Item,
    how: How,
    word: String,
    words: Vec<u8>,
    key: DataKey,
}

impl App {
    /// Records that an item is done. Nothing public changes by it.
    pub async fn record_closing(
        &self,
        actor: &Actor,
        case: CaseId,
        item: Item,
        form: StepForm,
    ) -> AppResult<()> {
        let form = checked(form)?;
        rules::check(item, &form.word, (&form.name, &form.note)).map_err(refused)?;
        self.settle(actor, (case, item, How::Done), form).await
    }

    /// Skips an item: in whose name, and why.
    pub async fn skip_closing(
        &self,
        actor: &Actor,
        case: CaseId,
        item: Item,
        form: StepForm,
    ) -> AppResult<()> {
        let form = StepForm {
            word: String::new(),
            ..checked(form)?
        };
        if form.name.is_empty() {
            return Err(refused(NotPossible::Name));
        }
        if form.note.is_empty() {
            return Err(refused(NotPossible::Note));
        }
        self.settle(actor, (case, item, How::Skipped), form).await
    }

    /// Puts right what was said of an item that was done. It stays done since when it was: nobody is sent
    /// out again, and nobody called back.
    pub async fn correct_closing(
        &self,
        actor: &Actor,
        case: CaseId,
        item: Item,
        form: StepForm,
    ) -> AppResult<()> {
        let form = checked(form)?;
        rules::check(item, &form.word, (&form.name, &form.note)).map_err(refused)?;
        let how = How::Corrected;
        self.settle(actor, (case, item, how), form).await
    }

    /// Takes back what was said of an item, with a reason. What was said stays on record.
    pub async fn take_back_closing(
        &self,
        actor: &Actor,
        case: CaseId,
        item: Item,
        reason: &str,
    ) -> AppResult<()> {
        let form = checked(StepForm {
            note: reason.to_owned(),
            ..StepForm::default()
        })?;
        if form.note.is_empty() {
            return Err(refused(NotPossible::Note));
        }
        self.settle(actor, (case, item, How::TakenBack), form).await
    }

    async fn settle(
        &self,
        actor: &Actor,
        (case, item, how): (CaseId, Item, How),
        form: StepForm,
    ) -> AppResult<()> {
        let row = self.case_row(case).await?;
        self.permit(actor, Act::WorkClosing, &row.district)?;
        workable(&row)?;
        let words = Words {
            name: form.name,
            note: form.note,
        };
        let job = Job {
            app: self.clone(),
            actor: actor.clone(),
            case,
            item,
            how,
            word: form.word,
            words: serde_json::to_vec(&words).map_err(|_| AppError::internal("words"))?,
            key: self.case_key(case).await?,
        };
        let stage = Stage::begin("closing.step", case);
        self.db()
            .write("settle_closing", job, |tx, job| {
                Box::pin(settle_in(tx, job))
            })
            .await?;
        stage.commit();
        self.bus().ring(Event::Case(case.to_string()));
        self.bus().ring(Event::Board);
        self.announce_bulletin(case);
        Ok(())
    }
}

/// Records within another decision's transaction that the child is located, unless it is.
pub(crate) async fn write_located(
    tx: &mut Tx,
    (app, actor): (&App, &Actor),
    case: CaseId,
    key: &DataKey,
) -> AppResult<()> {
    let row = case::get(tx, case).await?;
    app.permit(actor, Act::WorkClosing, &row.district)?;
    workable(&row)?;
    let standing = present(tx, case).await?.standing;
    if standing.may_do(Item::Located).is_err() {
        return Ok(());
    }
    let words = serde_json::to_vec(&Words::default()).map_err(|_| AppError::internal("words"))?;
    let said = Said {
        case,
        item: Item::Located,
        how: How::Done,
        word: "other",
    };
    write(tx, (app, actor), &said, (key, &words)).await
}

struct Said<'w> {
    case: CaseId,
    item: Item,
    how: How,
    word: &'w str,
}

async fn settle_in(tx: &mut Tx, job: &Job) -> AppResult<()> {
    let row = case::get(tx, job.case).await?;
    job.app
        .permit(&job.actor, Act::WorkClosing, &row.district)?;
    workable(&row)?;
    let standing = present(tx, job.case).await?.standing;
    let may = match job.how {
        How::Done => standing.may_do(job.item),
        How::Skipped => standing.may_skip(job.item),
        How::Corrected => standing.may_correct(job.item, &job.word),
        How::TakenBack => standing.may_take_back(job.item),
    };
    may.map_err(refused)?;
    let said = Said {
        case: job.case,
        item: job.item,
        how: job.how,
        word: &job.word,
    };
    let by = (&job.app, &job.actor);
    write(tx, by, &said, (&job.key, &job.words)).await
}

async fn write(
    tx: &mut Tx,
    (app, actor): (&App, &Actor),
    said: &Said<'_>,
    (key, words): (&DataKey, &[u8]),
) -> AppResult<()> {
    let rows = closing::list_steps(tx, said.case).await?;
    let before = rows.iter().filter(|row| row.item == said.item).count();
    let seq = i64::try_from(before).unwrap_or(i64::MAX - 1) + 1;
    let step = NewStep {
        case: said.case,
        item: said.item,
        seq,
        how: said.how,
        word: said.word.to_owned(),
        by: actor.person,
        note: key.seal(&closing::step_context(said.case, said.item, seq), words),
    };
    closing::insert_step(tx, &step).await?;
    let verb = match said.how {
        How::Done => "case.closing_done",
        How::Skipped => "case.closing_skipped",
        How::Corrected => "case.closing_corrected",
        How::TakenBack => "case.closing_taken_back",
    };
    let detail = Detail::none().with("item", said.item.as_str());
    let object = ObjectId::new("case", said.case);
    tx.audit(Entry::new(actor.person, verb, object).with_detail(detail))?;
    if let Some(cause) = ceases(said) {
        bulletin::cease(tx, (app, key), (said.case, Some(actor.person)), cause).await?;
    }
    let newest = rows.iter().filter(|row| row.item == said.item);
    let newest = newest.max_by_key(|row| row.seq);
    if said.how == How::TakenBack && newest.is_some_and(|row| row.how.is_done()) {
        undone(tx, (app, actor), said, key).await?;
    }
    let settled = matches!(said.how, How::Done | How::Skipped);
    if settled && matches!(said.item, Item::Located | Item::Seen | Item::Mistaken) {
        let duty = (said.case, DutyKind::GoOutAgain, "");
        duty::settle(tx, duty, (DutyEnd::Needless, Some(actor.person))).await?;
    }
    keep_duty(tx, (app, actor), said.case).await
}

/// What follows once an item that was done is taken back: the services search again, and somebody
/// decides whether an alert that has ended goes out again.
async fn undone(
    tx: &mut Tx,
    (app, actor): (&App, &Actor),
    said: &Said<'_>,
    key: &DataKey,
) -> AppResult<()> {
    let standing = present(tx, said.case).await?.standing;
    let stands = |items: [Item; 2]| items.iter().any(|item| standing.find_word(*item).is_some());
    // Whichever of the two still stands holds the search ceased; so does what was only skipped.
    if matches!(said.item, Item::Seen | Item::Mistaken) && !stands([Item::Seen, Item::Mistaken]) {
        bulletin::resume(tx, (app, key), (actor, said.case)).await?;
    }
    let missing = !stands([Item::Located, Item::Mistaken]);
    if matches!(said.item, Item::Located | Item::Mistaken) && missing {
        let alerts = alert::list_by_case(tx, said.case).await?;
        let is_live = alerts.iter().any(|row| row.state == AlertState::Live);
        if !is_live && alerts.iter().any(|row| row.ended_ms.is_some()) {
            duty::open(tx, app, (said.case, DutyKind::GoOutAgain, "")).await?;
        }
    }
    Ok(())
}

/// The services stop searching once an officer has seen the child, or when none was missing; not on
/// the word that it is located. A sighting taken back sets them searching again.
fn ceases(said: &Said<'_>) -> Option<Cause> {
    match (said.how, said.item, said.word) {
        (How::Done, Item::Seen, _) => Some(Cause::Found),
        (How::Done, Item::Mistaken, "false_report") => Some(Cause::FalseReport),
        (How::Done, Item::Mistaken, _) => Some(Cause::IssuedInError),
        _ => None,
    }
}

/// The return interview is a duty from the moment the child is located, 72 hours long, until it is
/// offered or becomes needless.
async fn keep_duty(tx: &mut Tx, (app, actor): (&App, &Actor), case: CaseId) -> AppResult<()> {
    let now = present(tx, case).await?;
    let said = now.rows.iter().rev();
    let mut said = said.filter(|row| row.item == Item::Located && row.how != How::Corrected);
    let located = said.next().filter(|row| row.how == How::Done);
    let located = located.map(|row| row.at_ms);
    let interview = now.standing.state(Item::Interview);
    let duty = (case, DutyKind::OfferInterview, "");
    let end = match (located, interview) {
        (Some(at_ms), ItemState::Open | ItemState::Waiting) => {
            let due_ms = at_ms + DutyKind::OfferInterview.minutes() * 60_000;
            return duty::open_until(tx, app, duty, due_ms).await;
        }
        (_, ItemState::Done) => DutyEnd::Done,
        _ => DutyEnd::Needless,
    };
    duty::settle(tx, duty, (end, Some(actor.person))).await?;
    Ok(())
}

/// A report that is still typed has nothing to close; a closed file is closed.
fn workable(row: &CaseRow) -> AppResult<()> {
    still_open(row)?;
    match row.state {
        CaseState::Draft => Err(AppError::conflict("not_possible_now")),
        _ => Ok(()),
    }
}

fn checked(form: StepForm) -> AppResult<StepForm> {
    let plain = |field: &str, typed: &str, limit| {
        text::plain(typed, limit)
            .map_err(|error| AppError::invalid(vec![text_problem(field, error)]))
    };
    Ok(StepForm {
        word: form.word.trim().to_owned(),
        name: plain("name", &form.name, NAME_LIMIT)?,
        note: plain("note", &form.note, NOTE_LIMIT)?,
    })
}

fn refused(why: NotPossible) -> AppError {
    match why {
        NotPossible::Word => AppError::field("word", "not_an_answer"),
        NotPossible::Name => AppError::field("name", "missing"),
        NotPossible::Note => AppError::field("note", "missing"),
        NotPossible::Before(item) => AppError {
            problems: vec![crate::Problem::new(item.as_str(), "closing_before")],
            ..AppError::new(Kind::Conflict, "closing_before")
        },
        NotPossible::StandsOn(item) => AppError {
            problems: vec![crate::Problem::new(item.as_str(), "closing_stands_on")],
            ..AppError::new(Kind::Conflict, "closing_stands_on")
        },
        NotPossible::NotNeeded => AppError::conflict("closing_not_needed"),
        NotPossible::Settled | NotPossible::NotSettled => AppError::conflict("closing_settled"),
        NotPossible::FollowsFromReceipts => AppError::conflict("closing_receipts"),
    }
}
