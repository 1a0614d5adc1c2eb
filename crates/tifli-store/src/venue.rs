//! Venues, their staff, and cases that began as the alert of a venue. Nothing here is personal data of
//! a child: that is answers of the case.

use tifli_domain::id::{CaseId, PersonId};
use tifli_domain::venue::VenueState;

use crate::alert::{find_parsed, parsed};
use crate::{Reads, Row, StoreError, Tx};

/// A venue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VenueRow {
    /// Its slug.
    pub venue: String,
    /// The district it lies in.
    pub district: String,
    /// Souk, stadium, beach … a code.
    pub kind: String,
    /// Its name in Arabic, French and English.
    pub names: [String; 3],
    /// Its middle in degrees: latitude, longitude, as written.
    pub point: (String, String),
    /// How far it reaches, in kilometres, as written.
    pub radius_km: String,
    /// How long an alert lives, in minutes.
    pub minutes: i64,
}

/// A case that began at a venue.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VenueCaseRow {
    /// The case.
    pub case: CaseId,
    /// The venue.
    pub venue: String,
    /// Where its alert stands.
    pub state: VenueState,
    /// Who opened it.
    pub opened_by: PersonId,
    /// When: the clocks of a grown case count from here.
    pub opened_ms: i64,
    /// When its minutes are over.
    pub ends_ms: i64,
    /// Who ended it; `None` for the clock.
    pub ended_by: Option<PersonId>,
    /// When.
    pub ended_ms: Option<i64>,
}

/// Adds a venue unless there is one of this slug; says whether it was added.
pub async fn insert(tx: &mut Tx, row: &VenueRow) -> Result<bool, StoreError> {
    let now = tx.now_ms();
    let sql = "insert into venue
        (venue_id, district, kind, name_ar, name_fr, name_en, lat, lon, radius_km, minutes,
         created_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        on conflict (venue_id) do nothing";
    let [ar, fr, en] = &row.names;
    let added = tx
        .query(sql)
        .bind(&row.venue)
        .bind(&row.district)
        .bind(&row.kind)
        .bind(ar)
        .bind(fr)
        .bind(en)
        .bind(&row.point.0)
        .bind(&row.point.1)
        .bind(&row.radius_km)
        .bind(row.minutes)
        .bind(now)
        .run()
        .await?;
    Ok(added > 0)
}

/// Every venue, by district and slug.
pub async fn list(reads: &mut impl Reads) -> Result<Vec<VenueRow>, StoreError> {
    let sql = "select * from venue order by district, venue_id";
    let rows = reads.select(sql).list().await?;
    rows.iter().map(read).collect()
}

/// The venue with this slug, if there is one.
pub async fn find(reads: &mut impl Reads, venue: &str) -> Result<Option<VenueRow>, StoreError> {
    let sql = "select * from venue where venue_id = $1";
    let row = reads.select(sql).bind(venue).find().await?;
    row.as_ref().map(read).transpose()
}

/// The staff of a venue.
pub async fn list_staff(reads: &mut impl Reads, venue: &str) -> Result<Vec<PersonId>, StoreError> {
    let sql = "select person_id from venue_staff where venue_id = $1 order by person_id";
    let rows = reads.select(sql).bind(venue).list().await?;
    rows.iter().map(|row| parsed(row, "person_id")).collect()
}

/// Puts somebody on the staff of a venue.
pub async fn put_staff(tx: &mut Tx, venue: &str, person: PersonId) -> Result<(), StoreError> {
    let sql = "insert into venue_staff (venue_id, person_id)
        values ($1, $2)
        on conflict (venue_id, person_id) do nothing";
    tx.query(sql)
        .bind(venue)
        .bind(person.to_string())
        .run()
        .await?;
    Ok(())
}

/// Takes somebody off the staff of a venue.
pub async fn drop_staff(tx: &mut Tx, venue: &str, person: PersonId) -> Result<(), StoreError> {
    let sql = "delete from venue_staff where venue_id = $1 and person_id = $2";
    tx.query(sql)
        .bind(venue)
        .bind(person.to_string())
        .run()
        .await?;
    Ok(())
}

/// Adds a case that begins at a venue.
pub async fn insert_case(tx: &mut Tx, row: &VenueCaseRow) -> Result<(), StoreError> {
    let sql = "insert into venue_case
        (case_id, venue_id, state, opened_by, opened_ms, ends_ms)
        values ($1, $2, $3, $4, $5, $6)";
    tx.query(sql)
        .bind(row.case.to_string())
        .bind(&row.venue)
        .bind(row.state.as_str())
        .bind(row.opened_by.to_string())
        .bind(row.opened_ms)
        .bind(row.ends_ms)
        .run()
        .await?;
    Ok(())
}

/// Writes what may change of a venue's case.
pub async fn update_case(tx: &mut Tx, row: &VenueCaseRow) -> Result<(), StoreError> {
    let sql = "update venue_case
        set state = $2, ended_by = $3, ended_ms = $4
        where case_id = $1";
    tx.query(sql)
        .bind(row.case.to_string())
        .bind(row.state.as_str())
        .bind(row.ended_by.map(|person| person.to_string()))
        .bind(row.ended_ms)
        .run()
        .await?;
    Ok(())
}

/// How a case began at a venue, if it did.
pub async fn find_case(
    reads: &mut impl Reads,
    case: CaseId,
) -> Result<Option<VenueCaseRow>, StoreError> {
    let sql = "select * from venue_case where case_id = $1";
    let row = reads.select(sql).bind(case.to_string()).find().await?;
    row.as_ref().map(read_case).transpose()
}

/// The newest two hundred cases of venues, those that are live or expired first.
pub async fn list_cases(reads: &mut impl Reads) -> Result<Vec<VenueCaseRow>, StoreError> {
    let sql = "select * from venue_case
        order by case when state in ('live', 'expired') then 0 else 1 end, opened_ms desc
        limit 200";
    let rows = reads.select(sql).list().await?;
    rows.iter().map(read_case).collect()
}

/// Where a case of a venue is open, and who is named there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenPlace {
    /// The venue's district.
    pub district: String,
    /// How many people are its named staff.
    pub staff: i64,
    /// 1 if the person asked for is one of them, else 0.
    pub own: i64,
}

/// Where the cases of venues are that are live or expired, one for each case.
pub async fn list_open(
    reads: &mut impl Reads,
    person: PersonId,
) -> Result<Vec<OpenPlace>, StoreError> {
    let sql = "select venue.district,
        (select count(*) from venue_staff
            where venue_staff.venue_id = venue.venue_id) as staff,
        (select count(*) from venue_staff
            where venue_staff.venue_id = venue.venue_id
            and venue_staff.person_id = $1) as own
        from venue_case
        join venue on venue.venue_id = venue_case.venue_id
        where venue_case.state in ('live', 'expired')";
    let rows = reads.select(sql).bind(person.to_string()).list().await?;
    let open = |row: &Row| {
        Ok(OpenPlace {
            district: row.get("district")?,
            staff: row.get("staff")?,
            own: row.get("own")?,
        })
    };
    rows.iter().map(open).collect()
}

/// Live ones whose minutes are over.
pub async fn list_over(reads: &mut impl Reads, now_ms: i64) -> Result<Vec<CaseId>, StoreError> {
    let sql = "select case_id from venue_case where state = 'live' and ends_ms <= $1";
    let rows = reads.select(sql).bind(now_ms).list().await?;
    rows.iter().map(|row| parsed(row, "case_id")).collect()
}

fn read(row: &Row) -> Result<VenueRow, StoreError> {
    Ok(VenueRow {
        venue: row.get("venue_id")?,
        district: row.get("district")?,
        kind: row.get("kind")?,
        names: [
            row.get("name_ar")?,
            row.get("name_fr")?,
            row.get("name_en")?,
        ],
        point: (row.get("lat")?, row.get("lon")?),
        radius_km: row.get("radius_km")?,
        minutes: row.get("minutes")?,
    })
}

fn read_case(row: &Row) -> Result<VenueCaseRow, StoreError> {
    Ok(VenueCaseRow {
        case: parsed(row, "case_id")?,
        venue: row.get("venue_id")?,
        state: parsed(row, "state")?,
        opened_by: parsed(row, "opened_by")?,
        opened_ms: row.get("opened_ms")?,
        ends_ms: row.get("ends_ms")?,
        ended_by: find_parsed(row, "ended_by")?,
        ended_ms: row.get("ended_ms")?,
    })
}
