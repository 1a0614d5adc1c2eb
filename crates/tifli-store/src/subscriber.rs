//! Devices that asked for alerts: a coarse cell and a push endpoint each, and nothing else.
//!
//! A subscriber has a dense number (32 bits, never public) for bitmaps, and a sequence that grows
//! with each join or move, so that a count can be made again as of then.

use std::sync::OnceLock;

use crate::{Reads, Row, StoreError, Tx, counter};

/// The most subscribers read at once by number.
pub const PAGE: usize = 64;

/// A subscriber as a sender needs it.
#[derive(Clone, PartialEq, Eq)]
pub struct Subscriber {
    /// The H3 cell as stored in the table.
    pub cell: i64,
    /// The dense number.
    pub number: u32,
    /// The push endpoint.
    pub endpoint: String,
    /// The device's P-256 public key, uncompressed.
    pub p256dh: Vec<u8>,
    /// The device's authentication secret.
    pub auth: Vec<u8>,
    /// The language of its alerts.
    pub language: String,
}

/// A subscription as it arrives.
#[derive(Clone)]
pub struct NewSubscriber {
    /// The H3 cell, already coarsened.
    pub cell: i64,
    /// The push endpoint.
    pub endpoint: String,
    /// SHA-256 of the endpoint: joins and moves of one device meet here.
    pub endpoint_hash: [u8; 32],
    /// The device's P-256 public key, uncompressed.
    pub p256dh: Vec<u8>,
    /// The device's authentication secret.
    pub auth: Vec<u8>,
    /// The language of its alerts.
    pub language: String,
    /// SHA-256 of the token by which the device leaves again.
    pub manage_hash: [u8; 32],
}

/// A place in the table's order: by cell, then by number. Exclusive lower bounds start at [`Mark::START`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// The cell.
    pub cell: i64,
    /// The number; -1 before the first of the cell.
    pub number: i64,
}

impl Mark {
    /// Before every subscriber.
    pub const START: Self = Self {
        cell: 0,
        number: -1,
    };

    /// After every subscriber of `cell`.
    pub fn end_of(cell: i64) -> Self {
        Self {
            cell,
            number: i64::from(u32::MAX),
        }
    }

    /// Before every subscriber of `cell`.
    pub fn start_of(cell: i64) -> Self {
        Self { cell, number: -1 }
    }
}

/// Adds a device, or moves it if its endpoint is known; returns its number.
pub async fn put(tx: &mut Tx, new: &NewSubscriber) -> Result<u32, StoreError> {
    let seq = counter::next(tx, "subscription").await?;
    let moved = "update subscriber
        set cell = $1, seq = $2, p256dh = $3, auth = $4, language = $5, manage_hash = $6
        where endpoint_hash = $7
        returning number";
    let known = tx
        .query(moved)
        .bind(new.cell)
        .bind(seq)
        .bind(&new.p256dh)
        .bind(&new.auth)
        .bind(&new.language)
        .bind(new.manage_hash)
        .bind(new.endpoint_hash)
        .find()
        .await?;
    if let Some(row) = known {
        return row.get("number");
    }
    let number = counter::next(tx, "subscriber").await?;
    insert(tx, new, number, seq).await?;
    u32::try_from(number).map_err(|_| StoreError::Unsupported("subscriber numbers are used up"))
}

/// Adds devices known to be new, in one go (invented subscribers of a demo).
pub async fn insert_many(tx: &mut Tx, new: &[NewSubscriber]) -> Result<(), StoreError> {
    let amount = i64::try_from(new.len()).unwrap_or(i64::MAX);
    let first_number = counter::take(tx, "subscriber", amount).await? - amount + 1;
    let first_seq = counter::take(tx, "subscription", amount).await? - amount + 1;
    for (offset, one) in (0i64..).zip(new) {
        insert(tx, one, first_number + offset, first_seq + offset).await?;
    }
    Ok(())
}

/// Removes a device by its number (its push service says it is gone).
pub async fn remove(tx: &mut Tx, number: u32) -> Result<bool, StoreError> {
    let sql = "delete from subscriber where number = $1";
    Ok(tx.query(sql).bind(number).run().await? > 0)
}

/// Removes a device by the token it was given.
pub async fn remove_by_token(tx: &mut Tx, manage_hash: &[u8; 32]) -> Result<bool, StoreError> {
    let sql = "delete from subscriber where manage_hash = $1";
    Ok(tx.query(sql).bind(manage_hash).run().await? > 0)
}

/// How many subscribers each cell holds, in cell order, up to the sequence `upto`.
pub async fn list_cells(
    reads: &mut impl Reads,
    after_seq: i64,
    upto_seq: i64,
) -> Result<Vec<(i64, u64)>, StoreError> {
    let sql = "select cell, count(*) as held
        from subscriber
        where seq > $1 and seq <= $2
        group by cell
        order by cell";
    let rows = reads
        .select(sql)
        .bind(after_seq)
        .bind(upto_seq)
        .list()
        .await?;
    rows.iter()
        .map(|row| Ok((row.get("cell")?, row.get::<i64>("held")?.unsigned_abs())))
        .collect()
}

/// Up to `limit` subscribers after `from`, not beyond `to`, in the table's order.
pub async fn page(
    reads: &mut impl Reads,
    from: Mark,
    to: Mark,
    limit: usize,
) -> Result<Vec<Subscriber>, StoreError> {
    let sql = "select cell, number, endpoint, p256dh, auth, language
        from subscriber
        where (cell, number) > ($1, $2)
        and (cell, number) <= ($3, $4)
        order by cell, number
        limit $5";
    let rows = reads
        .select(sql)
        .bind(from.cell)
        .bind(from.number)
        .bind(to.cell)
        .bind(to.number)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .list()
        .await?;
    rows.iter().map(read).collect()
}

/// Up to `limit` subscribers with a sequence after `after_seq` and up to `upto_seq`, by number.
pub async fn page_joined(
    reads: &mut impl Reads,
    seqs: (i64, i64),
    after_number: i64,
    limit: usize,
) -> Result<Vec<Subscriber>, StoreError> {
    let sql = "select cell, number, endpoint, p256dh, auth, language
        from subscriber
        where seq > $1 and seq <= $2 and number > $3
        order by number
        limit $4";
    let rows = reads
        .select(sql)
        .bind(seqs.0)
        .bind(seqs.1)
        .bind(after_number)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX))
        .list()
        .await?;
    rows.iter().map(read).collect()
}

/// The subscribers with these numbers (at most [`PAGE`]), wherever they are now.
pub async fn list_by_number(
    reads: &mut impl Reads,
    numbers: &[u32],
) -> Result<Vec<Subscriber>, StoreError> {
    let rows = rows_by_number(reads, by_number_sql(), numbers).await?;
    rows.iter().map(read).collect()
}

/// The rows that `sql` finds by numbers, of which it has [`PAGE`] marks; the first stands for those that are missing.
pub(crate) async fn rows_by_number(
    reads: &mut impl Reads,
    sql: &'static str,
    numbers: &[u32],
) -> Result<Vec<Row>, StoreError> {
    if numbers.len() > PAGE {
        return Err(StoreError::Unsupported("too many numbers in one read"));
    }
    let Some(first) = numbers.first() else {
        return Ok(Vec::new());
    };
    let mut select = reads.select(sql);
    for place in 0..PAGE {
        select = select.bind(*numbers.get(place).unwrap_or(first));
    }
    select.list().await
}

/// The marks of a statement that finds [`PAGE`] rows by number.
pub(crate) fn number_marks() -> String {
    let marks: Vec<String> = (1..=PAGE).map(|n| format!("${n}")).collect();
    marks.join(", ")
}

async fn insert(tx: &mut Tx, new: &NewSubscriber, number: i64, seq: i64) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into subscriber
        (cell, number, seq, endpoint, endpoint_hash, p256dh, auth, language, manage_hash, created_ms)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    tx.query(sql)
        .bind(new.cell)
        .bind(number)
        .bind(seq)
        .bind(&new.endpoint)
        .bind(new.endpoint_hash)
        .bind(&new.p256dh)
        .bind(&new.auth)
        .bind(&new.language)
        .bind(new.manage_hash)
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// One statement text whatever the amount, so that it is prepared once.
fn by_number_sql() -> &'static str {
    static SQL: OnceLock<String> = OnceLock::new();
    SQL.get_or_init(|| {
        format!(
            "select cell, number, endpoint, p256dh, auth, language
            from subscriber
            where number in ({})
            order by number",
            number_marks()
        )
    })
}

fn read(row: &Row) -> Result<Subscriber, StoreError> {
    Ok(Subscriber {
        cell: row.get("cell")?,
        number: row.get("number")?,
        endpoint: row.get("endpoint")?,
        p256dh: row.get("p256dh")?,
        auth: row.get("auth")?,
        language: row.get("language")?,
    })
}

/// Removes a device by the hash of its endpoint.
pub async fn remove_by_endpoint(tx: &mut Tx, endpoint_hash: &[u8; 32]) -> Result<bool, StoreError> {
    let sql = "delete from subscriber where endpoint_hash = $1";
    Ok(tx.query(sql).bind(endpoint_hash).run().await? > 0)
}
