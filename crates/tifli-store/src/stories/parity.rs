//! The two schemas are one: same steps, tables, columns, kinds, names of constraints and indexes.

use std::collections::{BTreeMap, BTreeSet};

use crate::migrations::STEPS;
use crate::testing::TestDb;
use crate::{Engine, Reads as _, StoreError};

/// Table to column to (kind, must be given).
type Columns = BTreeMap<String, BTreeMap<String, (String, bool)>>;

#[tokio::test]
async fn both_engines_have_the_same_columns() {
    let sqlite = columns(
        &TestDb::sqlite().await,
        "select t.name as tab, c.name as col, lower(c.type) as kind, c.\"notnull\" as given
         from sqlite_master t, pragma_table_info(t.name) c
         where t.type = 'table'
         and t.name not like 'sqlite%'
         and t.name not like '\\_sqlx%' escape '\\'",
    )
    .await;
    let postgres = columns(
        &TestDb::postgres().await,
        "select cast(table_name as text) as tab, cast(column_name as text) as col,
             cast(data_type as text) as kind,
             cast(case is_nullable when 'NO' then 1 else 0 end as bigint) as given
         from information_schema.columns
         where table_schema = 'public'
         and table_name not like '\\_sqlx%'",
    )
    .await;
    assert!(sqlite.contains_key("audit"));
    assert_eq!(sqlite, postgres);
}

#[test]
fn both_engines_name_the_same_constraints_and_indexes() {
    for step in STEPS {
        let sqlite = names(step.sql(Engine::Sqlite));
        assert_eq!(sqlite, names(step.sql(Engine::Postgres)), "{}", step.name);
        assert!(!sqlite.is_empty(), "{}", step.name);
    }
}

#[test]
fn every_step_is_a_pair_of_files_listed_under_its_number() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("migrations");
    let listed: BTreeSet<String> = STEPS
        .iter()
        .map(|step| format!("{}.sql", step.name))
        .collect();
    for engine in ["sqlite", "postgres"] {
        let files: BTreeSet<String> = std::fs::read_dir(root.join(engine))
            .unwrap()
            .map(|file| file.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(files, listed, "{engine}");
    }
    let mut last = 0;
    for step in STEPS {
        assert_eq!(step.name[..4].parse(), Ok(step.number), "{}", step.name);
        assert!(step.number > last, "{}", step.name);
        last = step.number;
    }
}

async fn columns(db: &TestDb, sql: &'static str) -> Columns {
    let rows = db.read("columns", sql, |tx, sql| {
        Box::pin(async move { tx.select(sql).list().await })
    });
    let mut columns = Columns::new();
    for row in rows.await.unwrap() {
        let read = || -> Result<_, StoreError> {
            let kind: String = row.get("kind")?;
            Ok((
                row.get("tab")?,
                row.get("col")?,
                (common(&kind), row.get::<bool>("given")?),
            ))
        };
        let (table, column, shape): (String, String, _) = read().unwrap();
        columns.entry(table).or_default().insert(column, shape);
    }
    columns
}

/// One word for what the two engines call differently. Anything else is not allowed in a schema.
fn common(kind: &str) -> String {
    let word = match kind {
        "integer" | "bigint" => "whole number",
        "real" | "double precision" => "real",
        "text" => "text",
        "blob" | "bytea" => "bytes",
        other => panic!("the kind {other} is not common to both engines"),
    };
    word.to_owned()
}

/// The words after `constraint`, `index` and `create table`.
fn names(sql: &str) -> BTreeSet<String> {
    let code: String = sql
        .lines()
        .filter(|line| !line.trim_start().starts_with("--"))
        .collect::<Vec<_>>()
        .join(" ");
    let words: Vec<&str> = code.split_whitespace().collect();
    let marked = words
        .windows(2)
        .filter(|pair| ["constraint", "index", "table"].contains(&pair[0]));
    marked
        .map(|pair| format!("{} {}", pair[0], pair[1]))
        .collect()
}
