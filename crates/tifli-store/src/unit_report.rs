//! What units report from the street: places searched in vain, and where a tip came from that no form of the
//! public brought. Appended, never changed. Not here: the tips themselves ([`crate::tip`]).

use tifli_domain::id::{BulletinId, CallId, CaseId, PersonId, SearchId, TipId};
use tifli_domain::service::ServiceId;
use tifli_domain::unit_report::{Cover, FirstGrade, TipOrigin};

use crate::alert::{find_parsed, parsed};
use crate::{Reads, Row, Sealed, StoreError, Tx};

/// A place where a unit looked and found nothing.
#[derive(Debug, Clone)]
pub struct SearchRow {
    /// Its id.
    pub search: SearchId,
    /// The case.
    pub case: CaseId,
    /// The bulletin that was searched for.
    pub bulletin: BulletinId,
    /// The service that looked.
    pub service: ServiceId,
    /// The place to check it stands for.
    pub item: Option<i64>,
    /// How well.
    pub cover: Cover,
    /// Where, sealed for [`place_context`].
    pub place: Sealed,
    /// When it was searched.
    pub searched_ms: i64,
    /// Who wrote it down.
    pub by: PersonId,
    /// When.
    pub at_ms: i64,
}

/// Where a tip came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceRow {
    /// The tip.
    pub tip: TipId,
    /// Its case.
    pub case: CaseId,
    /// From where.
    pub origin: TipOrigin,
    /// The call it was.
    pub call: Option<CallId>,
    /// The service that reported it, and the bulletin that made it look.
    pub unit: Option<(ServiceId, BulletinId)>,
    /// Who wrote it down.
    pub by: PersonId,
    /// The grade it started with.
    pub grade: FirstGrade,
    /// When it was written down.
    pub at_ms: i64,
}

/// The context a searched place is sealed for.
pub fn place_context(search: SearchId) -> String {
    format!("unit_search:place:{search}")
}

/// Adds a search; `at_ms` is the moment of the write.
pub async fn insert_search(tx: &mut Tx, new: &SearchRow) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into unit_search
        (search_id, case_id, bulletin_id, service, item, cover, place_sealed, searched_ms,
         by_person, at_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    tx.query(sql)
        .bind(new.search.to_string())
        .bind(new.case.to_string())
        .bind(new.bulletin.to_string())
        .bind(new.service.to_string())
        .bind(new.item)
        .bind(new.cover.as_str())
        .bind(new.place.bytes())
        .bind(new.searched_ms)
        .bind(new.by.to_string())
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// The search with this id, if there is one.
pub async fn find_search(
    reads: &mut impl Reads,
    search: SearchId,
) -> Result<Option<SearchRow>, StoreError> {
    let sql = "select * from unit_search where search_id = $1";
    let row = reads.select(sql).bind(search.to_string()).find().await?;
    row.as_ref().map(read_search).transpose()
}

/// Every search for a child, the newest first.
pub async fn list_searches(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<SearchRow>, StoreError> {
    let sql =
        "select * from unit_search where case_id = $1 order by searched_ms desc, search_id desc";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(read_search).collect()
}

/// Says where a tip came from.
pub async fn insert_source(tx: &mut Tx, new: &SourceRow) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into tip_source
        (tip_id, case_id, origin, call_id, service, bulletin_id, by_person, source_grade,
         information_grade, at_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    let unit = new.unit.as_ref();
    tx.query(sql)
        .bind(new.tip.to_string())
        .bind(new.case.to_string())
        .bind(new.origin.as_str())
        .bind(new.call.map(|call| call.to_string()))
        .bind(unit.map(|(service, _)| service.to_string()))
        .bind(unit.map(|(_, bulletin)| bulletin.to_string()))
        .bind(new.by.to_string())
        .bind(new.grade.source.to_string())
        .bind(i64::from(new.grade.information))
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// Where a tip came from; `None` for one that the public's form brought.
pub async fn find_source(
    reads: &mut impl Reads,
    tip: TipId,
) -> Result<Option<SourceRow>, StoreError> {
    let sql = "select * from tip_source where tip_id = $1";
    let row = reads.select(sql).bind(tip.to_string()).find().await?;
    row.as_ref().map(read_source).transpose()
}

/// Where the tips of a case came from that no form of the public brought.
pub async fn list_sources(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<SourceRow>, StoreError> {
    let sql = "select * from tip_source where case_id = $1 order by at_ms, tip_id";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(read_source).collect()
}

fn read_search(row: &Row) -> Result<SearchRow, StoreError> {
    let search: SearchId = parsed(row, "search_id")?;
    let case: CaseId = parsed(row, "case_id")?;
    Ok(SearchRow {
        search,
        case,
        bulletin: parsed(row, "bulletin_id")?,
        service: parsed(row, "service")?,
        item: row.get("item")?,
        cover: parsed(row, "cover")?,
        place: row.get_sealed("place_sealed", &case.to_string(), &place_context(search))?,
        searched_ms: row.get("searched_ms")?,
        by: parsed(row, "by_person")?,
        at_ms: row.get("at_ms")?,
    })
}

fn read_source(row: &Row) -> Result<SourceRow, StoreError> {
    let service: Option<ServiceId> = find_parsed(row, "service")?;
    let bulletin: Option<BulletinId> = find_parsed(row, "bulletin_id")?;
    let source: String = row.get("source_grade")?;
    Ok(SourceRow {
        tip: parsed(row, "tip_id")?,
        case: parsed(row, "case_id")?,
        origin: parsed(row, "origin")?,
        call: find_parsed(row, "call_id")?,
        unit: service.zip(bulletin),
        by: parsed(row, "by_person")?,
        grade: FirstGrade {
            source: source.chars().next().unwrap_or('F'),
            information: row.get::<u32>("information_grade")?.try_into().unwrap_or(6),
        },
        at_ms: row.get("at_ms")?,
    })
}
