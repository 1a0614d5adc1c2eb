//! The record of processing says what is really there.

use std::collections::{BTreeMap, BTreeSet};

use crate::processing::record;
use crate::testing::TestDb;
use crate::{Reads as _, StoreError};

/// Tables and columns of a real database.
async fn real(db: &TestDb) -> BTreeMap<String, BTreeSet<String>> {
    let sql = if db.is_sqlite() {
        "select t.name as tab, c.name as col
         from sqlite_master t, pragma_table_info(t.name) c
         where t.type = 'table'
         and t.name not like 'sqlite%'
         and t.name not like '\\_sqlx%' escape '\\'"
    } else {
        "select cast(table_name as text) as tab, cast(column_name as text) as col
         from information_schema.columns
         where table_schema = 'public'
         and table_name not like '\\_sqlx%'"
    };
    let rows = db.read("schema", sql, |tx, sql| {
        Box::pin(async move { tx.select(sql).list().await })
    });
    let mut tables: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for row in rows.await.unwrap() {
        let read =
            || -> Result<(String, String), StoreError> { Ok((row.get("tab")?, row.get("col")?)) };
        let (table, column) = read().unwrap();
        tables.entry(table).or_default().insert(column);
    }
    tables
}

#[tokio::test]
async fn the_record_of_processing_names_every_table_and_column_of_the_real_schema_once() {
    for db in [TestDb::sqlite().await, TestDb::postgres().await] {
        let tables = || record().iter().flat_map(|activity| &activity.tables);
        let named = tables().map(|table| {
            let columns = table.columns.iter().cloned().collect();
            (table.name.clone(), columns)
        });
        let named: BTreeMap<String, BTreeSet<String>> = named.collect();
        assert_eq!(
            named.len(),
            tables().count(),
            "a table stands in two activities"
        );
        assert_eq!(named, real(&db).await);
    }
}

#[test]
fn no_sealed_column_and_no_table_of_a_case_is_without_its_erasure() {
    for table in record().iter().flat_map(|activity| &activity.tables) {
        let sealed: BTreeSet<&str> = table.sealed.iter().map(|(name, _)| name.as_str()).collect();
        for column in &table.columns {
            let protected = column.ends_with("_sealed") || column.ends_with("_blob");
            assert!(
                !protected || sealed.contains(column.as_str()),
                "{}.{column}",
                table.name
            );
        }
        let of_a_case = table.columns.iter().any(|column| column == "case_id");
        assert!(!of_a_case || !table.erasure.is_empty(), "{}", table.name);
    }
}
