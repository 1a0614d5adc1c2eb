//! What stands around the answers of a case: who else answers, whose answer the report takes, the
//! lists of people and places, and why sealed answers were opened. Everything is appended and sealed
//! under the case's key. Not here: the answers themselves ([`crate::case`]).

use tifli_domain::id::{CaseId, PersonId};
use tifli_domain::intake::{Field, KnownList, Source, Tie};

use crate::alert::parsed;
use crate::{Reads, Row, Sealed, StoreError, Tx};

/// A person of the case who answers questions beside the reporter.
#[derive(Clone)]
pub struct SourceRow {
    /// The number within the case.
    pub source: Source,
    /// What they are to the child.
    pub tie: Tie,
    /// Their name.
    pub name: Sealed,
    /// When they were written down.
    pub at_ms: i64,
}

/// One row of a list, as appended.
#[derive(Clone)]
pub struct ItemRow {
    /// Which list.
    pub list: KnownList,
    /// Its number within the list.
    pub item: i64,
    /// Which version of it, from 1.
    pub seq: i64,
    /// What it says.
    pub body: Sealed,
    /// Who said it.
    pub source: Source,
    /// Whether it was taken off the list.
    pub gone: bool,
    /// When it was written down.
    pub at_ms: i64,
}

/// A row of a list to be appended.
#[derive(Debug, Clone)]
pub struct NewItem {
    /// Its case.
    pub case: CaseId,
    /// Which list.
    pub list: KnownList,
    /// Its number within the list.
    pub item: i64,
    /// Which version of it.
    pub seq: i64,
    /// Sealed for [`item_context`].
    pub body_sealed: Vec<u8>,
    /// Who said it.
    pub source: Source,
    /// Whether it is taken off the list.
    pub gone: bool,
    /// Who writes it down.
    pub by: PersonId,
}

/// The context a source's name is sealed for.
pub fn source_context(case: CaseId, source: Source) -> String {
    format!("answer_source:name:{case}.{}", source.number())
}

/// The context a row of a list is sealed for.
pub fn item_context(case: CaseId, list: KnownList, (item, seq): (i64, i64)) -> String {
    format!("known_item:body:{case}.{}.{item}.{seq}", list.as_str())
}

/// The context the reason of an opening is sealed for.
pub fn opening_context(case: CaseId, seq: i64) -> String {
    format!("sealed_opening:reason:{case}.{seq}")
}

/// The number that the next source of a case gets, from 1.
pub async fn next_source(tx: &mut Tx, case: CaseId) -> Result<Source, StoreError> {
    let sql = "select coalesce(max(source), 0) + 1 as next from answer_source where case_id = $1";
    let row = tx.select(sql).bind(case.to_string()).get().await?;
    Ok(Source::new(row.get("next")?))
}

/// Adds a source with its sealed name.
pub async fn insert_source(
    tx: &mut Tx,
    case: CaseId,
    (source, tie): (Source, Tie),
    name_sealed: &[u8],
    by: PersonId,
) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into answer_source (case_id, source, tie, name_sealed, by_person, at_ms)
        values ($1, $2, $3, $4, $5, $6)";
    tx.query(sql)
        .bind(case.to_string())
        .bind(source.number())
        .bind(tie.as_str())
        .bind(name_sealed)
        .bind(by.to_string())
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// The sources of a case beside the reporter, in the order in which they came.
pub async fn list_sources(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<SourceRow>, StoreError> {
    let sql = "select * from answer_source where case_id = $1 order by source";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(|row| read_source(row, case)).collect()
}

/// Writes down whose answer to a question the report takes.
pub async fn insert_pick(
    tx: &mut Tx,
    case: CaseId,
    (field, source): (Field, Source),
    by: PersonId,
) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into answer_pick (case_id, field, seq, source, by_person, at_ms)
        select $1, $2, coalesce(max(seq), 0) + 1, $3, $4, $5
        from answer_pick
        where case_id = $1 and field = $2";
    tx.query(sql)
        .bind(case.to_string())
        .bind(field.name())
        .bind(source.number())
        .bind(by.to_string())
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// Whose answer the report takes, for each question for which somebody chose.
pub async fn list_picks(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<(Field, Source)>, StoreError> {
    let sql = "select field, source from answer_pick where case_id = $1 order by field, seq";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    let pick = |row: &Row| {
        let name: String = row.get("field")?;
        let field = Field::find(&name).ok_or_else(|| StoreError::Column {
            column: "field".to_owned(),
        })?;
        Ok((field, Source::new(row.get("source")?)))
    };
    rows.iter().map(pick).collect()
}

/// The number that the next row of a list gets, from 1.
pub async fn next_item(tx: &mut Tx, case: CaseId, list: KnownList) -> Result<i64, StoreError> {
    let sql = "select coalesce(max(item), 0) + 1 as next
        from known_item
        where case_id = $1 and list = $2";
    let query = tx.select(sql).bind(case.to_string()).bind(list.as_str());
    query.get().await?.get("next")
}

/// Appends a row of a list.
pub async fn insert_item(tx: &mut Tx, new: &NewItem) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into known_item
        (case_id, list, item, seq, body_sealed, source, gone, by_person, at_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
    tx.query(sql)
        .bind(new.case.to_string())
        .bind(new.list.as_str())
        .bind(new.item)
        .bind(new.seq)
        .bind(&new.body_sealed)
        .bind(new.source.number())
        .bind(new.gone)
        .bind(new.by.to_string())
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// The newest version of every row of both lists, those taken off too.
pub async fn list_items(reads: &mut impl Reads, case: CaseId) -> Result<Vec<ItemRow>, StoreError> {
    let sql = "select known_item.*
        from known_item
        where known_item.case_id = $1
        and known_item.seq in (
            select max(newer.seq)
            from known_item newer
            where newer.case_id = known_item.case_id
            and newer.list = known_item.list
            and newer.item = known_item.item)
        order by known_item.list, known_item.item";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(|row| read_item(row, case)).collect()
}

/// The number that the next opening of a case gets, from 1.
pub async fn next_opening(tx: &mut Tx, case: CaseId) -> Result<i64, StoreError> {
    let sql = "select coalesce(max(seq), 0) + 1 as next from sealed_opening where case_id = $1";
    tx.select(sql)
        .bind(case.to_string())
        .get()
        .await?
        .get("next")
}

/// Writes down why sealed answers are opened.
pub async fn insert_opening(
    tx: &mut Tx,
    case: CaseId,
    (seq, reason_sealed): (i64, &[u8]),
    by: PersonId,
) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into sealed_opening (case_id, seq, reason_sealed, by_person, at_ms)
        values ($1, $2, $3, $4, $5)";
    tx.query(sql)
        .bind(case.to_string())
        .bind(seq)
        .bind(reason_sealed)
        .bind(by.to_string())
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// How often the sealed answers of a case were opened.
pub async fn count_openings(reads: &mut impl Reads, case: CaseId) -> Result<i64, StoreError> {
    let sql = "select count(*) as openings from sealed_opening where case_id = $1";
    let row = reads.select(sql).bind(case.to_string()).get().await?;
    row.get("openings")
}

fn read_source(row: &Row, case: CaseId) -> Result<SourceRow, StoreError> {
    let source = Source::new(row.get("source")?);
    let context = source_context(case, source);
    Ok(SourceRow {
        source,
        tie: parsed(row, "tie")?,
        name: row.get_sealed("name_sealed", &case.to_string(), &context)?,
        at_ms: row.get("at_ms")?,
    })
}

fn read_item(row: &Row, case: CaseId) -> Result<ItemRow, StoreError> {
    let list = parsed(row, "list")?;
    let (item, seq) = (row.get("item")?, row.get("seq")?);
    let context = item_context(case, list, (item, seq));
    Ok(ItemRow {
        list,
        item,
        seq,
        body: row.get_sealed("body_sealed", &case.to_string(), &context)?,
        source: Source::new(row.get("source")?),
        gone: row.get("gone")?,
        at_ms: row.get("at_ms")?,
    })
}
