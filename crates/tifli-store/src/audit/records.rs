//! The chain in its table: appending within a transaction, listing, verifying, exporting.

use super::chain::{ChainHead, ChainReport, Check, Record};
use super::entry::Entry;
use crate::{Reads, Row, StoreError, Tx};

/// Rows fetched at a time while verifying.
const PAGE: i64 = 1000;

const COLUMNS_AFTER: &str = "
select node, seq, at_ms, actor, verb, object_kind, object_id, detail, prev_hash, hash
from audit
where node = $1
and seq > $2
order by seq
limit $3";

/// Chains `entries` after `head` and returns the new head. Called once per write, by the writer.
pub(crate) async fn append(
    tx: &mut Tx,
    mut head: ChainHead,
    entries: &[Entry],
) -> Result<ChainHead, StoreError> {
    let at_ms = tx.now_ms();
    for entry in entries {
        let mut record = Record {
            node: head.node.clone(),
            seq: head.seq + 1,
            at_ms,
            actor: entry.actor.clone(),
            verb: entry.verb.clone(),
            object_kind: entry.object.kind.clone(),
            object_id: entry.object.id.clone(),
            detail: entry.detail.as_str().to_owned(),
            prev_hash: head.hash,
            hash: String::new(),
        };
        record.hash = record.computed_hash();
        insert(tx, &record).await?;
        head = ChainHead {
            node: record.node,
            seq: record.seq,
            hash: record.hash,
        };
    }
    Ok(head)
}

/// The head of one node's chain.
pub(crate) async fn head_of(tx: &mut impl Reads, node: &str) -> Result<ChainHead, StoreError> {
    let row = tx
        .select(
            "select seq, hash
             from audit
             where node = $1
             order by seq desc
             limit 1",
        )
        .bind(node)
        .find()
        .await?;
    match row {
        None => Ok(ChainHead::start(node)),
        Some(row) => Ok(ChainHead {
            node: node.to_owned(),
            seq: row.get("seq")?,
            hash: row.get("hash")?,
        }),
    }
}

/// The head of every chain, to be kept elsewhere as a witness.
pub async fn heads(tx: &mut impl Reads) -> Result<Vec<ChainHead>, StoreError> {
    let mut heads = Vec::new();
    for node in nodes(tx).await? {
        heads.push(head_of(tx, &node).await?);
    }
    Ok(heads)
}

/// The newest entries about one object, newest first.
pub async fn list(
    tx: &mut impl Reads,
    object: &super::ObjectId,
    limit: u32,
) -> Result<Vec<Record>, StoreError> {
    let rows = tx
        .select(
            "select node, seq, at_ms, actor, verb, object_kind, object_id, detail, prev_hash, hash
             from audit
             where object_kind = $1
             and object_id = $2
             order by at_ms desc, seq desc
             limit $3",
        )
        .bind(&object.kind)
        .bind(&object.id)
        .bind(limit)
        .list()
        .await?;
    rows.iter().map(record_of).collect()
}

/// Entries before a moment and number, newest first; with `about`, only those by or about this id.
pub async fn page(
    tx: &mut impl Reads,
    (before_ms, before_seq): (i64, i64),
    about: Option<&str>,
    limit: u32,
) -> Result<Vec<Record>, StoreError> {
    let rows = tx
        .select(
            "select node, seq, at_ms, actor, verb, object_kind, object_id, detail, prev_hash, hash
             from audit
             where (at_ms < $1 or (at_ms = $1 and seq < $2))
             and ($3 = '' or actor = $3 or object_id = $3)
             order by at_ms desc, seq desc
             limit $4",
        )
        .bind(before_ms)
        .bind(before_seq)
        .bind(about.unwrap_or_default())
        .bind(limit)
        .list()
        .await?;
    rows.iter().map(record_of).collect()
}

/// How many entries there are in all chains.
pub async fn count(tx: &mut impl Reads) -> Result<u64, StoreError> {
    let row = tx
        .select("select count(*) as entries from audit")
        .get()
        .await?;
    Ok(row.get::<i64>("entries")?.unsigned_abs())
}

/// Verifies every chain, and that each head remembered from earlier is still met.
pub async fn verify(
    tx: &mut impl Reads,
    remembered: &[ChainHead],
) -> Result<ChainReport, StoreError> {
    let mut check = Check::new(remembered);
    for node in nodes(tx).await? {
        let mut after = i64::MIN;
        loop {
            let page = page_after(tx, &node, after).await?;
            let Some(last) = page.last() else { break };
            after = last.seq;
            page.iter().for_each(|record| check.take(record));
        }
    }
    Ok(check.finish())
}

/// Every chain as lines of JSON, for [`super::verify_ndjson`] or a verifier of another make.
pub async fn export_ndjson(tx: &mut impl Reads) -> Result<String, StoreError> {
    let mut text = String::new();
    for node in nodes(tx).await? {
        let mut after = i64::MIN;
        loop {
            let page = page_after(tx, &node, after).await?;
            let Some(last) = page.last() else { break };
            after = last.seq;
            for record in &page {
                let line = serde_json::to_string(record)
                    .expect("a record of numbers and text is always JSON");
                text.push_str(&line);
                text.push('\n');
            }
        }
    }
    Ok(text)
}

async fn insert(tx: &mut Tx, record: &Record) -> Result<(), StoreError> {
    tx.query(
        "insert into audit (
             node, seq, at_ms, actor, verb, object_kind, object_id, detail, prev_hash, hash
         )
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(&record.node)
    .bind(record.seq)
    .bind(record.at_ms)
    .bind(&record.actor)
    .bind(&record.verb)
    .bind(&record.object_kind)
    .bind(&record.object_id)
    .bind(&record.detail)
    .bind(&record.prev_hash)
    .bind(&record.hash)
    .run()
    .await?;
    Ok(())
}

async fn nodes(tx: &mut impl Reads) -> Result<Vec<String>, StoreError> {
    let rows = tx
        .select("select distinct node from audit order by node")
        .list()
        .await?;
    rows.iter().map(|row| row.get("node")).collect()
}

async fn page_after(
    tx: &mut impl Reads,
    node: &str,
    after: i64,
) -> Result<Vec<Record>, StoreError> {
    let rows = tx
        .select(COLUMNS_AFTER)
        .bind(node)
        .bind(after)
        .bind(PAGE)
        .list()
        .await?;
    rows.iter().map(record_of).collect()
}

fn record_of(row: &Row) -> Result<Record, StoreError> {
    Ok(Record {
        node: row.get("node")?,
        seq: row.get("seq")?,
        at_ms: row.get("at_ms")?,
        actor: row.get("actor")?,
        verb: row.get("verb")?,
        object_kind: row.get("object_kind")?,
        object_id: row.get("object_id")?,
        detail: row.get("detail")?,
        prev_hash: row.get("prev_hash")?,
        hash: row.get("hash")?,
    })
}
