//! The lists of people and places: a row is appended anew when it changes, never lost, and brings the
//! places to check up to date in the same write.

use tifli_domain::Actor;
use tifli_domain::id::CaseId;
use tifli_domain::intake::{Item, KnownList, ListProblem, Source, TypedItem};
use tifli_domain::permission::Act;
use tifli_store::audit::{Detail, Entry, ObjectId};
use tifli_store::intake::{self, ItemRow, NewItem};
use tifli_store::{DataKey, Opened, Tx, case};

use crate::bus::Event;
use crate::report::{beside_name, known_sources, not_erased, reading, still_open};
use crate::{App, AppError, AppResult, Problem, check};

/// A row of a list, opened. Its `Debug` shows no value, for that of [`Item`] shows none.
#[derive(Debug, Clone, PartialEq)]
pub struct KnownRow {
    /// Its number within the list.
    pub item: i64,
    /// Which version of it.
    pub seq: i64,
    /// What it says.
    pub row: Item,
    /// Who said it.
    pub source: Source,
    /// When it was written down.
    pub at_ms: i64,
}

/// A row of a list as typed.
#[derive(Debug, Clone)]
pub struct NewKnown {
    /// Which list.
    pub list: KnownList,
    /// The row it changes; `None` adds one.
    pub item: Option<i64>,
    /// What was typed.
    pub typed: TypedItem,
    /// Who said it.
    pub source: Source,
}

struct Job {
    app: App,
    actor: Actor,
    case: CaseId,
    key: DataKey,
    list: KnownList,
    item: Option<i64>,
    /// `None` takes the row off the list.
    row: Option<Item>,
    source: Source,
}

impl App {
    /// The lists of a case; one audit entry.
    pub async fn read_lists(&self, actor: &Actor, case_id: CaseId) -> AppResult<Vec<KnownRow>> {
        let (file, rows) = self
            .db()
            .read("read_lists", case_id, |reads, case_id| {
                Box::pin(async move {
                    let file = case::get(reads, *case_id).await?;
                    Ok::<_, AppError>((file, intake::list_items(reads, *case_id).await?))
                })
            })
            .await?;
        self.permit(actor, Act::ReadCase, &file.district)?;
        not_erased(&file)?;
        let sealed = rows.iter().map(|row| row.body.clone()).collect();
        let read = reading(actor, case_id, "lists");
        let opened = self.db().open_sealed(read, sealed).await?;
        open_items(&rows, &opened, 0)
    }

    /// Adds a row to a list, or changes one; its number.
    pub async fn save_known(&self, actor: &Actor, case: CaseId, new: NewKnown) -> AppResult<i64> {
        let file = self.case_row(case).await?;
        self.permit(actor, Act::TakeReport, &file.district)?;
        let row = self.read_known(&new)?;
        self.write_known(actor, case, (new, Some(row))).await
    }

    /// Takes a row off a list. What it said stays in the file.
    pub async fn drop_known(
        &self,
        actor: &Actor,
        case: CaseId,
        (list, item): (KnownList, i64),
    ) -> AppResult<()> {
        let new = NewKnown {
            list,
            item: Some(item),
            typed: TypedItem::default(),
            source: Source::REPORTER,
        };
        self.write_known(actor, case, (new, None)).await.map(drop)
    }

    fn read_known(&self, new: &NewKnown) -> AppResult<Item> {
        if let Some(unknown) = new.typed.find_unknown(new.list) {
            return Err(AppError::field(unknown, "unknown_field"));
        }
        let row = Item::read(new.list, &new.typed)
            .map_err(|problems| AppError::invalid(problems.into_iter().map(problem).collect()))?;
        let haunts = self.pack().choices("haunts").unwrap_or_default();
        match &row {
            Item::Place(place)
                if !place.haunt.is_empty() && haunts.iter().all(|h| h.id != place.haunt) =>
            {
                Err(AppError::field("haunt", "not_an_answer"))
            }
            _ => Ok(row),
        }
    }

    async fn write_known(
        &self,
        actor: &Actor,
        case: CaseId,
        (new, row): (NewKnown, Option<Item>),
    ) -> AppResult<i64> {
        let file = self.case_row(case).await?;
        self.permit(actor, Act::TakeReport, &file.district)?;
        still_open(&file)?;
        let job = Job {
            app: self.clone(),
            actor: actor.clone(),
            case,
            key: self.case_key(case).await?,
            list: new.list,
            item: new.item,
            row,
            source: new.source,
        };
        let item = self
            .db()
            .write("save_known", job, |tx, job| Box::pin(write_in(tx, job)))
            .await?;
        self.bus().ring(Event::Case(case.to_string()));
        Ok(item)
    }
}

/// The rows that are on the lists, from values opened at `first` and after.
pub(crate) fn open_items(
    rows: &[ItemRow],
    opened: &Opened,
    first: usize,
) -> AppResult<Vec<KnownRow>> {
    let mut items = Vec::new();
    for (place, row) in rows.iter().enumerate().filter(|(_, row)| !row.gone) {
        let text = opened.text(first + place).unwrap_or_default();
        items.push(KnownRow {
            item: row.item,
            seq: row.seq,
            row: serde_json::from_str(text).map_err(|_| AppError::internal("known_item"))?,
            source: row.source,
            at_ms: row.at_ms,
        });
    }
    Ok(items)
}

async fn write_in(tx: &mut Tx, job: &Job) -> AppResult<i64> {
    let file = case::get(tx, job.case).await?;
    job.app
        .permit(&job.actor, Act::TakeReport, &file.district)?;
    still_open(&file)?;
    known_sources(tx, job.case, &[job.source]).await?;
    let known = intake::list_items(tx, job.case).await?;
    let of_job = |row: &&ItemRow| row.list == job.list && Some(row.item) == job.item;
    let held = known.iter().find(of_job);
    let (item, seq) = match (job.item, held) {
        (None, _) => (intake::next_item(tx, job.case, job.list).await?, 1),
        (Some(item), Some(row)) if !row.gone => (item, row.seq + 1),
        _ => return Err(AppError::not_found()),
    };
    let body = match &job.row {
        Some(row) => serde_json::to_vec(row).map_err(|_| AppError::internal("known_item"))?,
        None => Vec::new(),
    };
    // Who takes a row off the list has not said it.
    let source = match (&job.row, held) {
        (None, Some(held)) => held.source,
        _ => job.source,
    };
    let context = intake::item_context(job.case, job.list, (item, seq));
    let new = NewItem {
        case: job.case,
        list: job.list,
        item,
        seq,
        body_sealed: job.key.seal(&context, &body),
        source,
        gone: job.row.is_none(),
        by: job.actor.person,
    };
    intake::insert_item(tx, &new).await?;
    let detail = Detail::none()
        .with("list", job.list.as_str())
        .with("item", item)
        .with("gone", job.row.is_none());
    let object = ObjectId::new("case", job.case);
    tx.audit(Entry::new(job.actor.person, "case.list", object).with_detail(detail))?;
    check::refresh_in(tx, &job.app, &job.actor, job.case).await?;
    Ok(item)
}

fn problem(error: ListProblem) -> Problem {
    beside_name(error.field, error.problem)
}
