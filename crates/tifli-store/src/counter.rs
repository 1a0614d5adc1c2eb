//! Numbers handed out in order, each once, by name.

use crate::{StoreError, Tx};

/// Takes the next number of the counter `name`: 1 at first.
pub async fn next(tx: &mut Tx, name: &str) -> Result<i64, StoreError> {
    take(tx, name, 1).await
}

/// Takes `amount` numbers at once and returns the last of them.
pub async fn take(tx: &mut Tx, name: &str, amount: i64) -> Result<i64, StoreError> {
    let sql = "insert into counter (name, value)
        values ($1, $2)
        on conflict (name) do update
        set value = counter.value + excluded.value
        returning value";
    tx.query(sql)
        .bind(name)
        .bind(amount)
        .get()
        .await?
        .get("value")
}

/// The last number taken, 0 when none was.
pub async fn last(tx: &mut impl crate::Reads, name: &str) -> Result<i64, StoreError> {
    let sql = "select value from counter where name = $1";
    match tx.select(sql).bind(name).find().await? {
        Some(row) => row.get("value"),
        None => Ok(0),
    }
}
