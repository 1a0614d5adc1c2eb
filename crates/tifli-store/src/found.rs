//! Children found before anybody reported them, each sealed under a key of its own.

use tifli_domain::found::FoundState;
use tifli_domain::id::{CaseId, FoundId, PersonId};

use crate::alert::{find_parsed, parsed};
use crate::{BlobId, Reads, Row, Sealed, StoreError, Tx, counter};

/// The row of a found child.
#[derive(Debug, Clone)]
pub struct FoundRow {
    /// Its id, which is also the owner of its key.
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
    /// Everything known; `None` once erased.
    pub facts: Option<Sealed>,
    /// Its photo.
    pub photo: Option<BlobId>,
    /// The case proposed or linked.
    pub case: Option<CaseId>,
    /// Who proposed it.
    pub proposed_by: Option<PersonId>,
    /// When.
    pub proposed_ms: Option<i64>,
    /// Who confirmed it.
    pub confirmed_by: Option<PersonId>,
    /// When.
    pub confirmed_ms: Option<i64>,
    /// Who closed it without a case.
    pub closed_by: Option<PersonId>,
    /// When.
    pub closed_ms: Option<i64>,
    /// Why.
    pub reason: Option<Sealed>,
    /// When it was erased.
    pub erased_ms: Option<i64>,
}

/// The context the facts are sealed for.
pub fn facts_context(found: FoundId) -> String {
    format!("found_child:facts:{found}")
}

/// The context the reason of a close is sealed for.
pub fn reason_context(found: FoundId) -> String {
    format!("found_child:reason:{found}")
}

/// Adds a found child; gives its number.
pub async fn insert(
    tx: &mut Tx,
    (found, district): (FoundId, &str),
    by: PersonId,
    facts: &[u8],
) -> Result<i64, StoreError> {
    let number = counter::next(tx, "found").await?;
    let now = tx.now_ms();
    let sql = "insert into found_child
        (found_id, number, district, state, registered_by, registered_ms, facts_sealed)
        values ($1, $2, $3, $4, $5, $6, $7)";
    tx.query(sql)
        .bind(found.to_string())
        .bind(number)
        .bind(district)
        .bind(FoundState::Registered.as_str())
        .bind(by.to_string())
        .bind(now)
        .bind(facts)
        .run()
        .await?;
    Ok(number)
}

/// The found child with this id.
pub async fn get(reads: &mut impl Reads, found: FoundId) -> Result<FoundRow, StoreError> {
    let sql = "select * from found_child where found_id = $1";
    read(&reads.select(sql).bind(found.to_string()).get().await?)
}

/// The newest five hundred, the newest first.
pub async fn list(reads: &mut impl Reads) -> Result<Vec<FoundRow>, StoreError> {
    let sql = "select * from found_child order by number desc limit 500";
    let rows = reads.select(sql).list().await?;
    rows.iter().map(read).collect()
}

/// Every one there ever was.
pub async fn list_all(reads: &mut impl Reads) -> Result<Vec<FoundRow>, StoreError> {
    let sql = "select * from found_child order by number";
    let rows = reads.select(sql).list().await?;
    rows.iter().map(read).collect()
}

/// Those linked to a case, also once erased.
pub async fn list_linked(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<FoundRow>, StoreError> {
    let sql = "select * from found_child
        where case_id = $1
        and state in ('linked', 'erased')
        order by number";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(read).collect()
}

/// Those that are, or by one person are said to be, the child of a case.
pub async fn list_of_case(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Vec<FoundRow>, StoreError> {
    let sql = "select * from found_child
        where case_id = $1
        and state in ('proposed', 'linked')
        order by number";
    let rows = reads.select(sql).bind(case.to_string()).list().await?;
    rows.iter().map(read).collect()
}

/// The id of everyone there ever was.
pub async fn list_ids(reads: &mut impl Reads) -> Result<Vec<FoundId>, StoreError> {
    let sql = "select found_id from found_child";
    let rows = reads.select(sql).list().await?;
    rows.iter().map(|row| parsed(row, "found_id")).collect()
}

/// Writes what may change of a found child; sealed values apart.
pub async fn update(tx: &mut Tx, row: &FoundRow) -> Result<(), StoreError> {
    let sql = "update found_child
        set state = $2, case_id = $3, proposed_by = $4, proposed_ms = $5, confirmed_by = $6,
            confirmed_ms = $7, closed_by = $8, closed_ms = $9, photo_blob = $10
        where found_id = $1";
    let person = |person: Option<PersonId>| person.map(|person| person.to_string());
    tx.query(sql)
        .bind(row.found.to_string())
        .bind(row.state.as_str())
        .bind(row.case.map(|case| case.to_string()))
        .bind(person(row.proposed_by))
        .bind(row.proposed_ms)
        .bind(person(row.confirmed_by))
        .bind(row.confirmed_ms)
        .bind(person(row.closed_by))
        .bind(row.closed_ms)
        .bind(row.photo.as_ref().map(|blob| blob.as_str().to_owned()))
        .run()
        .await?;
    Ok(())
}

/// Writes why a file was closed, sealed for [`reason_context`].
pub async fn put_reason(tx: &mut Tx, found: FoundId, reason: &[u8]) -> Result<(), StoreError> {
    let sql = "update found_child set reason_sealed = $2 where found_id = $1";
    tx.query(sql)
        .bind(found.to_string())
        .bind(reason)
        .run()
        .await?;
    Ok(())
}

/// Empties the row of one that is erased. The name of its photo's file stays until that is gone.
pub async fn wipe(tx: &mut Tx, found: FoundId) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "update found_child
        set state = 'erased', facts_sealed = null, reason_sealed = null,
            erased_ms = coalesce(erased_ms, $2)
        where found_id = $1";
    tx.query(sql)
        .bind(found.to_string())
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// The file of the photo is gone: so is its name.
pub async fn forget_photo(tx: &mut Tx, found: FoundId) -> Result<(), StoreError> {
    let sql = "update found_child set photo_blob = null where found_id = $1";
    tx.query(sql).bind(found.to_string()).run().await?;
    Ok(())
}

fn read(row: &Row) -> Result<FoundRow, StoreError> {
    let found: FoundId = parsed(row, "found_id")?;
    let owner = found.to_string();
    Ok(FoundRow {
        found,
        number: row.get("number")?,
        district: row.get("district")?,
        state: parsed(row, "state")?,
        registered_by: parsed(row, "registered_by")?,
        registered_ms: row.get("registered_ms")?,
        facts: row.find_sealed("facts_sealed", &owner, &facts_context(found))?,
        photo: find_parsed(row, "photo_blob")?,
        case: find_parsed(row, "case_id")?,
        proposed_by: find_parsed(row, "proposed_by")?,
        proposed_ms: row.get("proposed_ms")?,
        confirmed_by: find_parsed(row, "confirmed_by")?,
        confirmed_ms: row.get("confirmed_ms")?,
        closed_by: find_parsed(row, "closed_by")?,
        closed_ms: row.get("closed_ms")?,
        reason: row.find_sealed("reason_sealed", &owner, &reason_context(found))?,
        erased_ms: row.get("erased_ms")?,
    })
}
