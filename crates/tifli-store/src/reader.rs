//! Who gets alerts by e-mail: an address, sealed, and a coarse cell; and those who asked for it and have not
//! confirmed. Numbers and sequences are those of [`crate::subscriber`], so that areas are walked alike.
//!
//! Not for what a letter says, nor for the mail server.

use std::sync::OnceLock;

use tifli_domain::reader::{ReaderState, RequestState};

use crate::alert::parsed;
use crate::lease::LeaseTable;
use crate::subscriber::{Mark, number_marks, rows_by_number};
use crate::{Reads, Row, Sealed, StoreError, Tx, counter};

/// Who owns the key of the addresses.
pub const READERS: &str = "readers";

/// The letters that ask for a confirmation, worked through by leases.
pub const REQUESTS: LeaseTable = LeaseTable {
    table: "reader_request",
    key: "request_id",
    due: "state = 'waiting' and next_ms <= $3 and expires_ms > $3",
    order: "next_ms, request_id",
};

/// A request as it arrives.
#[derive(Clone)]
pub struct NewRequest {
    /// Its id: random.
    pub request: String,
    /// The keyed hash of the address.
    pub address_hash: [u8; 32],
    /// The address, sealed for [`address_context`].
    pub address: Sealed,
    /// The H3 cell, already coarsened.
    pub cell: i64,
    /// The language of the letters.
    pub language: String,
    /// SHA-256 of the token in its letter.
    pub token_hash: [u8; 32],
    /// SHA-256 of the token by which its letter comes back.
    pub bounce_hash: [u8; 32],
    /// Until when it can be confirmed.
    pub expires_ms: i64,
}

/// A request as it is kept.
#[derive(Clone)]
pub struct RequestRow {
    /// Its id.
    pub request: String,
    /// The keyed hash of the address.
    pub address_hash: [u8; 32],
    /// The address.
    pub address: Sealed,
    /// The H3 cell.
    pub cell: i64,
    /// The language of the letters.
    pub language: String,
    /// How often its letter was tried.
    pub attempts: u32,
    /// Until when it can be confirmed.
    pub expires_ms: i64,
}

/// What became of a request's letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handed {
    /// `waiting`, `handed` or `given_up`.
    pub state: RequestState,
    /// Attempts so far.
    pub attempts: u32,
    /// When it is tried again.
    pub next_ms: i64,
    /// Why not yet, as a code.
    pub code: Option<String>,
}

/// Somebody who confirmed, on the way in.
#[derive(Clone)]
pub struct NewReader {
    /// The keyed hash of the address.
    pub address_hash: [u8; 32],
    /// The address.
    pub address: Sealed,
    /// The H3 cell.
    pub cell: i64,
    /// The language of the letters.
    pub language: String,
    /// What the tokens in letters are made of, together with the house's pepper.
    pub letter_key: [u8; 16],
    /// SHA-256 of the token by which they leave.
    pub leave_hash: [u8; 32],
    /// SHA-256 of the token by which their letters come back.
    pub bounce_hash: [u8; 32],
}

/// Somebody letters go to, as a sender needs it.
#[derive(Clone)]
pub struct Reader {
    /// The H3 cell.
    pub cell: i64,
    /// The dense number.
    pub number: u32,
    /// The address.
    pub address: Sealed,
    /// The language of the letters.
    pub language: String,
    /// What the tokens in letters are made of.
    pub letter_key: [u8; 16],
}

/// The context an address is sealed for.
pub fn address_context(address_hash: &[u8; 32]) -> String {
    let mut context = String::from("reader:address:");
    for byte in address_hash {
        context.push_str(&format!("{byte:02x}"));
    }
    context
}

/// How many requests for an address were made since `since_ms`.
pub async fn count_requests(
    reads: &mut impl Reads,
    address_hash: &[u8; 32],
    since_ms: i64,
) -> Result<i64, StoreError> {
    let sql = "select count(*) as asked
        from reader_request
        where address_hash = $1 and created_ms > $2";
    let select = reads.select(sql).bind(address_hash).bind(since_ms);
    select.get().await?.get("asked")
}

/// Adds a request; its letter waits.
pub async fn insert_request(tx: &mut Tx, new: &NewRequest) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into reader_request
        (request_id, address_hash, address_sealed, cell, language, token_hash, bounce_hash,
         state, attempts, next_ms, created_ms, expires_ms, lease_attempts)
        values ($1, $2, $3, $4, $5, $6, $7, 'waiting', 0, $8, $8, $9, 0)";
    tx.query(sql)
        .bind(&new.request)
        .bind(new.address_hash)
        .bind(new.address.bytes())
        .bind(new.cell)
        .bind(&new.language)
        .bind(new.token_hash)
        .bind(new.bounce_hash)
        .bind(now)
        .bind(new.expires_ms)
        .run()
        .await?;
    Ok(())
}

/// The request with this id, if it still stands.
pub async fn find_request(
    reads: &mut impl Reads,
    request: &str,
) -> Result<Option<RequestRow>, StoreError> {
    let sql = "select * from reader_request where request_id = $1";
    let row = reads.select(sql).bind(request).find().await?;
    row.as_ref().map(read_request).transpose()
}

/// The request with this token that can still be confirmed.
pub async fn find_request_by_token(
    reads: &mut impl Reads,
    token_hash: &[u8; 32],
) -> Result<Option<RequestRow>, StoreError> {
    let now = reads.now_ms();
    let sql = "select * from reader_request where token_hash = $1 and expires_ms > $2";
    let row = reads.select(sql).bind(token_hash).bind(now).find().await?;
    row.as_ref().map(read_request).transpose()
}

/// Writes down what became of a request's letter.
pub async fn note_handed(tx: &mut Tx, request: &str, handed: &Handed) -> Result<(), StoreError> {
    let sql = "update reader_request
        set state = $1, attempts = $2, next_ms = $3, code = $4
        where request_id = $5";
    tx.query(sql)
        .bind(handed.state.as_str())
        .bind(handed.attempts)
        .bind(handed.next_ms)
        .bind(handed.code.as_ref())
        .bind(request)
        .run()
        .await?;
    Ok(())
}

/// Takes back the request with this token; false when there is none.
pub async fn remove_request_by_token(
    tx: &mut Tx,
    token_hash: &[u8; 32],
) -> Result<bool, StoreError> {
    let sql = "delete from reader_request where token_hash = $1";
    Ok(tx.query(sql).bind(token_hash).run().await? > 0)
}

/// Removes the request whose letter came back; false when there is none.
pub async fn remove_request_by_bounce(
    tx: &mut Tx,
    bounce_hash: &[u8; 32],
) -> Result<bool, StoreError> {
    let sql = "delete from reader_request where bounce_hash = $1";
    Ok(tx.query(sql).bind(bounce_hash).run().await? > 0)
}

/// Removes what was not confirmed in time, and whoever ended before `ended_before_ms`.
pub async fn sweep(tx: &mut Tx, ended_before_ms: i64) -> Result<u64, StoreError> {
    let now = tx.now_ms();
    let requests = "delete from reader_request where expires_ms <= $1";
    let swept = tx.query(requests).bind(now).run().await?;
    let readers = "delete from reader where state <> 'active' and ended_ms <= $1";
    Ok(swept + tx.query(readers).bind(ended_before_ms).run().await?)
}

/// Adds who confirmed, or moves them if their address is known; all requests for the address are
/// answered by it. Returns the number.
pub async fn put(tx: &mut Tx, new: &NewReader) -> Result<u32, StoreError> {
    let answered = "delete from reader_request where address_hash = $1";
    tx.query(answered).bind(new.address_hash).run().await?;
    let seq = counter::next(tx, "subscription").await?;
    let moved = "update reader
        set cell = $1, seq = $2, language = $3, bounces = 0
        where address_hash = $4
        returning number";
    let known = tx
        .query(moved)
        .bind(new.cell)
        .bind(seq)
        .bind(&new.language)
        .bind(new.address_hash)
        .find()
        .await?;
    if let Some(row) = known {
        return row.get("number");
    }
    let number = counter::next(tx, "subscriber").await?;
    insert(tx, new, (number, seq)).await?;
    u32::try_from(number).map_err(|_| StoreError::Unsupported("subscriber numbers are used up"))
}

async fn insert(tx: &mut Tx, new: &NewReader, (number, seq): (i64, i64)) -> Result<(), StoreError> {
    let now = tx.now_ms();
    let sql = "insert into reader
        (number, cell, seq, state, address_hash, address_sealed, language, letter_key,
         leave_hash, bounce_hash, bounces, bounced_seq, confirmed_ms)
        values ($1, $2, $3, 'active', $4, $5, $6, $7, $8, $9, 0, 0, $10)";
    tx.query(sql)
        .bind(number)
        .bind(new.cell)
        .bind(seq)
        .bind(new.address_hash)
        .bind(new.address.bytes())
        .bind(&new.language)
        .bind(new.letter_key.as_slice())
        .bind(new.leave_hash)
        .bind(new.bounce_hash)
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// Whose token for leaving this is, and whether letters still go there.
pub async fn find_by_leave(
    reads: &mut impl Reads,
    leave_hash: &[u8; 32],
) -> Result<Option<(u32, ReaderState)>, StoreError> {
    let sql = "select number, state from reader where leave_hash = $1";
    standing(reads.select(sql).bind(leave_hash).find().await?.as_ref())
}

/// Whose letter came back, and whether letters still go there.
pub async fn find_by_bounce(
    reads: &mut impl Reads,
    bounce_hash: &[u8; 32],
) -> Result<Option<(u32, ReaderState)>, StoreError> {
    let sql = "select number, state from reader where bounce_hash = $1";
    standing(reads.select(sql).bind(bounce_hash).find().await?.as_ref())
}

/// Ends letters to somebody and forgets address, hash, place and language; false when it had ended.
pub async fn end(tx: &mut Tx, number: u32, state: ReaderState) -> Result<bool, StoreError> {
    let now = tx.now_ms();
    let sql = "update reader
        set state = $1, address_hash = null, address_sealed = null, cell = 0, language = '',
            ended_ms = $2
        where number = $3 and state = 'active'";
    let ended = tx.query(sql).bind(state.as_str()).bind(now).bind(number);
    Ok(ended.run().await? > 0)
}

/// Counts that the letter of message `seq` came back, once; how many did so far.
pub async fn note_bounce(tx: &mut Tx, number: u32, seq: i64) -> Result<i64, StoreError> {
    let sql = "update reader
        set bounces = bounces + 1, bounced_seq = $1
        where number = $2 and bounced_seq < $1";
    tx.query(sql).bind(seq).bind(number).run().await?;
    let sql = "select bounces from reader where number = $1";
    tx.select(sql).bind(number).get().await?.get("bounces")
}

/// How many readers each cell holds, in cell order, between two sequences.
pub async fn list_cells(
    reads: &mut impl Reads,
    after_seq: i64,
    upto_seq: i64,
) -> Result<Vec<(i64, u64)>, StoreError> {
    let sql = "select cell, count(*) as held
        from reader
        where state = 'active' and seq > $1 and seq <= $2
        group by cell
        order by cell";
    let select = reads.select(sql).bind(after_seq).bind(upto_seq);
    let rows = select.list().await?;
    rows.iter()
        .map(|row| Ok((row.get("cell")?, row.get::<i64>("held")?.unsigned_abs())))
        .collect()
}

/// Up to `limit` readers after `from`, not beyond `to`, by cell and number.
pub async fn page(
    reads: &mut impl Reads,
    from: Mark,
    to: Mark,
    limit: usize,
) -> Result<Vec<Reader>, StoreError> {
    let sql = "select cell, number, address_hash, address_sealed, language, letter_key
        from reader
        where state = 'active'
        and (cell, number) > ($1, $2)
        and (cell, number) <= ($3, $4)
        order by cell, number
        limit $5";
    let select = reads
        .select(sql)
        .bind(from.cell)
        .bind(from.number)
        .bind(to.cell)
        .bind(to.number)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX));
    select.list().await?.iter().map(read).collect()
}

/// Up to `limit` readers with a sequence after `seqs.0` and up to `seqs.1`, by number.
pub async fn page_joined(
    reads: &mut impl Reads,
    seqs: (i64, i64),
    after_number: i64,
    limit: usize,
) -> Result<Vec<Reader>, StoreError> {
    let sql = "select cell, number, address_hash, address_sealed, language, letter_key
        from reader
        where state = 'active' and seq > $1 and seq <= $2 and number > $3
        order by number
        limit $4";
    let select = reads
        .select(sql)
        .bind(seqs.0)
        .bind(seqs.1)
        .bind(after_number)
        .bind(i64::try_from(limit).unwrap_or(i64::MAX));
    select.list().await?.iter().map(read).collect()
}

/// The readers with these numbers (at most [`crate::subscriber::PAGE`]) to whom letters still go.
pub async fn list_by_number(
    reads: &mut impl Reads,
    numbers: &[u32],
) -> Result<Vec<Reader>, StoreError> {
    let rows = rows_by_number(reads, by_number_sql(), numbers).await?;
    rows.iter().map(read).collect()
}

/// One statement text whatever the amount, so that it is prepared once.
fn by_number_sql() -> &'static str {
    static SQL: OnceLock<String> = OnceLock::new();
    SQL.get_or_init(|| {
        format!(
            "select cell, number, address_hash, address_sealed, language, letter_key
            from reader
            where state = 'active' and number in ({})
            order by number",
            number_marks()
        )
    })
}

fn standing(row: Option<&Row>) -> Result<Option<(u32, ReaderState)>, StoreError> {
    row.map(|row| Ok((row.get("number")?, parsed(row, "state")?)))
        .transpose()
}

fn read(row: &Row) -> Result<Reader, StoreError> {
    let context = address_context(&row.get("address_hash")?);
    Ok(Reader {
        cell: row.get("cell")?,
        number: row.get("number")?,
        address: row.get_sealed("address_sealed", READERS, &context)?,
        language: row.get("language")?,
        letter_key: row.get("letter_key")?,
    })
}

fn read_request(row: &Row) -> Result<RequestRow, StoreError> {
    let address_hash = row.get("address_hash")?;
    let context = address_context(&address_hash);
    Ok(RequestRow {
        request: row.get("request_id")?,
        address: row.get_sealed("address_sealed", READERS, &context)?,
        address_hash,
        cell: row.get("cell")?,
        language: row.get("language")?,
        attempts: row.get("attempts")?,
        expires_ms: row.get("expires_ms")?,
    })
}
