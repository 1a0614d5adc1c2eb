//! Triage of tips: their band and its clock, who has one, grades, and the journal by which the last act is taken back.
//!
//! Codes, people and times in the clear, no word of a tip. Not for deciding which band ([`tifli_domain::triage`]).

use serde::{Deserialize, Serialize};
use tifli_domain::id::{CaseId, PersonId, TipId};
use tifli_domain::tip::TipState;
use tifli_domain::triage::{Band, Info, Source, Tag, Why};

use crate::alert::{find_parsed, parsed};
use crate::tip::{self, TipRow, tips};
use crate::{Reads, Row, Sealed, StoreError, Tx, counter};

/// What triage knows of a tip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// Where it stands.
    pub state: TipState,
    /// When it was last decided on.
    pub decided_ms: Option<i64>,
    /// Who decided.
    pub decided_by: Option<PersonId>,
    /// How soon it is taken up.
    pub band: Band,
    /// Why, the deciding reason first.
    pub why: Vec<Why>,
    /// Until when somebody takes it up, or decides on it once taken.
    pub due_ms: i64,
    /// What a person said of it.
    pub tag: Option<Tag>,
    /// Since when it is kept apart from tips that say the same.
    pub apart_ms: Option<i64>,
    /// Who has it.
    pub taken_by: Option<PersonId>,
    /// Since when.
    pub taken_ms: Option<i64>,
    /// How reliable its source is.
    pub source: Option<Source>,
    /// How credible its information is.
    pub info: Option<Info>,
    /// Who graded it last.
    pub graded_by: Option<PersonId>,
    /// When.
    pub graded_ms: Option<i64>,
}

/// An act in the journal.
#[derive(Debug, Clone)]
pub struct ActRow {
    /// Order among all acts.
    pub seq: i64,
    /// The acts that are taken back together.
    pub batch: i64,
    /// The tip.
    pub tip: TipId,
    /// Who.
    pub by: PersonId,
    /// What, as a code.
    pub act: String,
    /// What stood before.
    pub before: Standing,
    /// Why it had been dismissed before, still sealed for its tip.
    pub reason: Option<Vec<u8>>,
    /// When.
    pub at_ms: i64,
}

/// An act for the journal.
#[derive(Debug, Clone)]
pub struct NewAct {
    /// The acts that are taken back together.
    pub batch: i64,
    /// What, as a code.
    pub act: &'static str,
    /// Who.
    pub by: PersonId,
}

/// How many tips of a band wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BandCount {
    /// The band.
    pub band: Band,
    /// Tips nobody has decided on.
    pub waiting: u64,
    /// Of them those whose time is over.
    pub late: u64,
    /// Of them those that nobody has taken.
    pub free: u64,
}

/// A standing as its row keeps it: codes, ids, times.
#[derive(Serialize, Deserialize)]
struct Kept {
    state: String,
    decided_ms: Option<i64>,
    decided_by: Option<PersonId>,
    band: String,
    why: String,
    due_ms: i64,
    tag: Option<String>,
    apart_ms: Option<i64>,
    taken_by: Option<PersonId>,
    taken_ms: Option<i64>,
    source: Option<String>,
    info: Option<String>,
    graded_by: Option<PersonId>,
    graded_ms: Option<i64>,
}

/// Tips of the queue, the most urgent band first and in it the one whose time ends first; of all cases or of one.
/// `skip` leaves out those of earlier pages.
pub async fn list_queue(
    reads: &mut impl Reads,
    case: Option<CaseId>,
    (skip, most): (i64, i64),
) -> Result<Vec<TipRow>, StoreError> {
    let sql = tips!(
        "where tip.state = 'received'
        and ($1 = '' or tip.case_id = $1)
        order by tip.band, tip.due_ms, tip.seq
        limit $2 offset $3"
    );
    let case = case.map(|case| case.to_string()).unwrap_or_default();
    let select = reads.select(sql).bind(case).bind(most).bind(skip);
    select.list().await?.iter().map(tip::read).collect()
}

/// How many tips wait in each band.
pub async fn count_bands(
    reads: &mut impl Reads,
    now_ms: i64,
) -> Result<Vec<BandCount>, StoreError> {
    let sql = "select band, count(*) as waiting,
            cast(coalesce(sum(case when due_ms <= $1 then 1 else 0 end), 0) as bigint) as late,
            cast(coalesce(sum(case when taken_by is null then 1 else 0 end), 0) as bigint) as free
        from tip
        where state = 'received'
        group by band";
    let rows = reads.select(sql).bind(now_ms).list().await?;
    let mut counts = Vec::with_capacity(Band::ALL.len());
    for band in Band::ALL {
        let mut count = BandCount {
            band: *band,
            waiting: 0,
            late: 0,
            free: 0,
        };
        for row in &rows {
            if parsed::<Band>(row, "band")? == *band {
                count.waiting = row.get::<i64>("waiting")?.unsigned_abs();
                count.late = row.get::<i64>("late")?.unsigned_abs();
                count.free = row.get::<i64>("free")?.unsigned_abs();
            }
        }
        counts.push(count);
    }
    Ok(counts)
}

/// The earliest end of the time of a waiting tip in a band of a case.
pub async fn find_earliest_due(
    reads: &mut impl Reads,
    case: CaseId,
    band: Band,
) -> Result<Option<i64>, StoreError> {
    let sql = "select min(due_ms) as due from tip
        where case_id = $1 and band = $2 and state = 'received'";
    let select = reads.select(sql).bind(case.to_string()).bind(band.as_str());
    select.get().await?.get("due")
}

/// Takes a tip that nobody has; `false` when somebody was faster.
pub async fn take(tx: &mut Tx, tip: TipId, by: PersonId) -> Result<bool, StoreError> {
    let now = tx.now_ms();
    let sql = "update tip set taken_by = $2, taken_ms = $3
        where tip_id = $1 and taken_by is null";
    let query = tx.query(sql).bind(tip.to_string()).bind(by.to_string());
    Ok(query.bind(now).run().await? > 0)
}

/// Writes what triage knows of a tip, its state included; why it was dismissed stays as it is.
pub async fn write(tx: &mut Tx, tip: TipId, standing: &Standing) -> Result<(), StoreError> {
    let kept = Kept::of(standing);
    let sql = "update tip
        set state = $2, decided_ms = $3, decided_by = $4, band = $5, why = $6, due_ms = $7, tag = $8,
            apart_ms = $9, taken_by = $10, taken_ms = $11, source_grade = $12, info_grade = $13,
            graded_by = $14, graded_ms = $15
        where tip_id = $1";
    let person = |person: Option<PersonId>| person.map(|person| person.to_string());
    tx.query(sql)
        .bind(tip.to_string())
        .bind(kept.state)
        .bind(kept.decided_ms)
        .bind(person(kept.decided_by))
        .bind(kept.band)
        .bind(kept.why)
        .bind(kept.due_ms)
        .bind(kept.tag)
        .bind(kept.apart_ms)
        .bind(person(kept.taken_by))
        .bind(kept.taken_ms)
        .bind(kept.source)
        .bind(kept.info)
        .bind(person(kept.graded_by))
        .bind(kept.graded_ms)
        .run()
        .await?;
    Ok(())
}

/// Writes why a tip was dismissed, sealed for it, or that nothing is said.
pub async fn write_reason(
    tx: &mut Tx,
    tip: TipId,
    reason: Option<Vec<u8>>,
) -> Result<(), StoreError> {
    let sql = "update tip set reason_sealed = $2 where tip_id = $1";
    tx.query(sql)
        .bind(tip.to_string())
        .bind(reason)
        .run()
        .await?;
    Ok(())
}

/// The number of a new batch of acts.
pub async fn next_batch(tx: &mut Tx) -> Result<i64, StoreError> {
    counter::next(tx, "tip_batch").await
}

/// Puts an act on a tip into the journal, with what stands now.
pub async fn note(tx: &mut Tx, row: &TipRow, new: &NewAct) -> Result<(), StoreError> {
    let seq = counter::next(tx, "tip_act").await?;
    let now = tx.now_ms();
    let before = serde_json::to_string(&Kept::of(&row.standing)).map_err(|_| column())?;
    let sql = "insert into tip_act
        (seq, batch, tip_id, by_person, act, standing_before, reason_sealed, at_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8)";
    tx.query(sql)
        .bind(seq)
        .bind(new.batch)
        .bind(row.tip.to_string())
        .bind(new.by.to_string())
        .bind(new.act)
        .bind(before)
        .bind(row.reason.as_ref().map(|reason| reason.bytes().to_vec()))
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// The acts of the last batch of a person that was not taken back and is not older than `since_ms`.
pub async fn list_last_batch(
    reads: &mut impl Reads,
    by: PersonId,
    since_ms: i64,
) -> Result<Vec<ActRow>, StoreError> {
    let sql = "select * from tip_act
        where batch = (select max(batch) from tip_act
            where by_person = $1 and undone_ms is null and at_ms >= $2)
        order by seq";
    let select = reads.select(sql).bind(by.to_string()).bind(since_ms);
    select.list().await?.iter().map(act).collect()
}

/// Why a tip had been dismissed at each of its acts, sealed as it was.
pub async fn list_reasons(
    reads: &mut impl Reads,
    tip: TipId,
    case: CaseId,
) -> Result<Vec<Sealed>, StoreError> {
    let sql = "select reason_sealed from tip_act
        where tip_id = $1 and reason_sealed is not null
        order by seq";
    let rows = reads.select(sql).bind(tip.to_string()).list().await?;
    let (owner, context) = (case.to_string(), tip::reason_context(tip));
    rows.iter()
        .map(|row| row.get_sealed("reason_sealed", &owner, &context))
        .collect()
}

/// Whether something happened to a tip after an act.
pub async fn moved_on(reads: &mut impl Reads, act: &ActRow) -> Result<bool, StoreError> {
    let sql = "select count(*) as later from tip_act
        where tip_id = $1 and seq > $2 and undone_ms is null";
    let select = reads.select(sql).bind(act.tip.to_string()).bind(act.seq);
    Ok(select.get().await?.get::<i64>("later")? > 0)
}

/// Remembers that the acts of a batch were taken back.
pub async fn mark_undone(tx: &mut Tx, batch: i64) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "update tip_act set undone_ms = $2 where batch = $1";
    tx.query(sql).bind(batch).bind(now).run().await?;
    Ok(())
}

/// What triage knows, from a tip's row.
pub(crate) fn standing(row: &Row) -> Result<Standing, StoreError> {
    Ok(Standing {
        state: parsed(row, "state")?,
        decided_ms: row.get("decided_ms")?,
        decided_by: find_parsed(row, "decided_by")?,
        band: parsed(row, "band")?,
        why: words(&row.get::<String>("why")?)?,
        due_ms: row.get("due_ms")?,
        tag: find_parsed(row, "tag")?,
        apart_ms: row.get("apart_ms")?,
        taken_by: find_parsed(row, "taken_by")?,
        taken_ms: row.get("taken_ms")?,
        source: find_parsed(row, "source_grade")?,
        info: find_parsed(row, "info_grade")?,
        graded_by: find_parsed(row, "graded_by")?,
        graded_ms: row.get("graded_ms")?,
    })
}

impl Kept {
    fn of(standing: &Standing) -> Self {
        let why: Vec<&str> = standing.why.iter().map(|why| why.as_str()).collect();
        Self {
            state: standing.state.as_str().to_owned(),
            decided_ms: standing.decided_ms,
            decided_by: standing.decided_by,
            band: standing.band.as_str().to_owned(),
            why: why.join(" "),
            due_ms: standing.due_ms,
            tag: standing.tag.map(|tag| tag.as_str().to_owned()),
            apart_ms: standing.apart_ms,
            taken_by: standing.taken_by,
            taken_ms: standing.taken_ms,
            source: standing.source.map(|source| source.as_str().to_owned()),
            info: standing.info.map(|info| info.as_str().to_owned()),
            graded_by: standing.graded_by,
            graded_ms: standing.graded_ms,
        }
    }

    fn read(self) -> Result<Standing, StoreError> {
        Ok(Standing {
            state: word(&self.state)?,
            decided_ms: self.decided_ms,
            decided_by: self.decided_by,
            band: word(&self.band)?,
            why: words(&self.why)?,
            due_ms: self.due_ms,
            tag: self.tag.map(|tag| word(&tag)).transpose()?,
            apart_ms: self.apart_ms,
            taken_by: self.taken_by,
            taken_ms: self.taken_ms,
            source: self.source.map(|text| word(&text)).transpose()?,
            info: self.info.map(|text| word(&text)).transpose()?,
            graded_by: self.graded_by,
            graded_ms: self.graded_ms,
        })
    }
}

fn act(row: &Row) -> Result<ActRow, StoreError> {
    let before: String = row.get("standing_before")?;
    let before: Kept = serde_json::from_str(&before).map_err(|_| column())?;
    Ok(ActRow {
        seq: row.get("seq")?,
        batch: row.get("batch")?,
        tip: parsed(row, "tip_id")?,
        by: parsed(row, "by_person")?,
        act: row.get("act")?,
        before: before.read()?,
        reason: row.get("reason_sealed")?,
        at_ms: row.get("at_ms")?,
    })
}

fn words(text: &str) -> Result<Vec<Why>, StoreError> {
    text.split_whitespace().map(word).collect()
}

fn word<T: std::str::FromStr>(text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|_| column())
}

fn column() -> StoreError {
    StoreError::Column {
        column: "standing".to_owned(),
    }
}
