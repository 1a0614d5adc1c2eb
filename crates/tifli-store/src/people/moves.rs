//! People moved elsewhere, and what they had begun. Not for who may move whom.

use tifli_domain::Role;
use tifli_domain::id::{CaseId, PersonId};

use super::HOUSE;
use crate::alert::parsed;
use crate::{Reads, Row, Sealed, StoreError, Tx};

/// As what and where a person works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// As what they act.
    pub role: Role,
    /// The district; may be empty.
    pub district: String,
    /// The unit within it; may be empty.
    pub unit: String,
}

/// A move.
#[derive(Clone)]
pub struct Move {
    /// From where.
    pub from: Place,
    /// To where.
    pub to: Place,
    /// Who moved them.
    pub by: PersonId,
    /// When.
    pub at_ms: i64,
    /// Why, sealed for [`move_context`].
    pub reason: Sealed,
}

/// Something a person has begun and not finished.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Begun {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: i64,
    /// The district whose code the number bears.
    pub number_district: String,
    /// Whether it is a report that is still typed; else an alert that was never out.
    pub is_report: bool,
}

/// The context the reason of a move is sealed for.
pub fn move_context(person: PersonId, seq: i64) -> String {
    format!("person_move:reason:{person}.{seq}")
}

/// Puts a person elsewhere.
pub async fn relocate(tx: &mut Tx, person: PersonId, to: &Place) -> Result<(), StoreError> {
    let sql = "update person set role = $2, district = $3, unit = $4 where person_id = $1";
    tx.query(sql)
        .bind(person.to_string())
        .bind(to.role.as_str())
        .bind(&to.district)
        .bind(&to.unit)
        .run()
        .await?;
    Ok(())
}

/// Calls a person otherwise.
pub async fn rename(tx: &mut Tx, person: PersonId, name: &str) -> Result<(), StoreError> {
    let sql = "update person set display_name = $2 where person_id = $1";
    let query = tx.query(sql).bind(person.to_string()).bind(name);
    query.run().await?;
    Ok(())
}

/// The number of a person's next move.
pub async fn next_move(tx: &mut Tx, person: PersonId) -> Result<i64, StoreError> {
    let sql = "select coalesce(max(seq), 0) as last from person_move where person_id = $1";
    let row = tx.query(sql).bind(person.to_string()).get().await?;
    Ok(row.get::<i64>("last")? + 1)
}

/// Keeps a move: whose and which, from where to where, by whom and why (sealed for [`move_context`]).
pub async fn insert_move(
    tx: &mut Tx,
    (person, seq): (PersonId, i64),
    (from, to): (Place, Place),
    (by, reason): (PersonId, &[u8]),
) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into person_move
        (person_id, seq, from_role, from_district, from_unit, to_role, to_district, to_unit,
         by_person, at_ms, reason_sealed)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    tx.query(sql)
        .bind(person.to_string())
        .bind(seq)
        .bind(from.role.as_str())
        .bind(from.district)
        .bind(from.unit)
        .bind(to.role.as_str())
        .bind(to.district)
        .bind(to.unit)
        .bind(by.to_string())
        .bind(now)
        .bind(reason)
        .run()
        .await?;
    Ok(())
}

/// The moves of a person, the newest first.
pub async fn list_moves(reads: &mut impl Reads, person: PersonId) -> Result<Vec<Move>, StoreError> {
    let sql = "select * from person_move where person_id = $1 order by seq desc";
    let rows = reads.select(sql).bind(person.to_string()).list().await?;
    rows.iter().map(read).collect()
}

/// What a person has begun in a district and not finished: reports that are still typed, alerts that
/// were never out.
pub async fn list_begun(
    reads: &mut impl Reads,
    person: PersonId,
    district: &str,
) -> Result<Vec<Begun>, StoreError> {
    let sql = "select case_id, number, coalesce(number_district, district) as bears,
            cast(1 as bigint) as is_report
        from case_file
        where opened_by = $1
        and district = $2
        and state = 'draft'
        union all
        select case_file.case_id, case_file.number,
            coalesce(case_file.number_district, case_file.district) as bears,
            cast(0 as bigint) as is_report
        from alert
        join case_file on case_file.case_id = alert.case_id
        where alert.author = $1
        and case_file.district = $2
        and alert.state = 'preparing'";
    let query = reads.select(sql).bind(person.to_string()).bind(district);
    let rows = query.list().await?;
    rows.iter()
        .map(|row| {
            Ok(Begun {
                case: parsed(row, "case_id")?,
                number: row.get("number")?,
                number_district: row.get("bears")?,
                is_report: row.get("is_report")?,
            })
        })
        .collect()
}

fn read(row: &Row) -> Result<Move, StoreError> {
    let person: PersonId = parsed(row, "person_id")?;
    let context = move_context(person, row.get("seq")?);
    let place = |side: &str| -> Result<Place, StoreError> {
        Ok(Place {
            role: parsed(row, &format!("{side}_role"))?,
            district: row.get(&format!("{side}_district"))?,
            unit: row.get(&format!("{side}_unit"))?,
        })
    };
    Ok(Move {
        from: place("from")?,
        to: place("to")?,
        by: parsed(row, "by_person")?,
        at_ms: row.get("at_ms")?,
        reason: row.get_sealed("reason_sealed", HOUSE, &context)?,
    })
}
