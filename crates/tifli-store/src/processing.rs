//! The record of processing: every table and column of the schema, grouped by what it is for.
//!
//! Tables and columns are read from the migrations, what becomes of them from `erasure.toml`, and
//! what no schema can tell (whose data, for whom, on what basis, how long) from `processing.toml`.
//! Codes only; their words are the translations'. `cargo xtask tidy` refuses a table in no activity.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use crate::Engine;
use crate::migrations::STEPS;

/// What personal data is processed for, with the tables that hold it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Its code.
    pub id: String,
    /// Whose data.
    pub subjects: Vec<String>,
    /// Which categories.
    pub data: Vec<String>,
    /// Who reads it.
    pub recipients: Vec<String>,
    /// On what it rests.
    pub basis: String,
    /// How long: classes of the country pack, or words of the house.
    pub keep: Vec<String>,
    /// The tables.
    pub tables: Vec<Table>,
}

/// A table as the schema has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Its name.
    pub name: String,
    /// Its columns, in the order of the schema.
    pub columns: Vec<String>,
    /// Columns of ciphertext, each with the key it lies under.
    pub sealed: Vec<(String, String)>,
    /// What an erasure does to its rows; empty where it belongs to no case.
    pub erasure: String,
}

/// What `processing.toml` says of an activity.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    tables: Vec<String>,
    subjects: Vec<String>,
    data: Vec<String>,
    recipients: Vec<String>,
    basis: String,
    keep: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    activity: Vec<Entry>,
}

/// Table to column or `rows` to what becomes of it.
type Erasure = BTreeMap<String, BTreeMap<String, String>>;

/// The record, in the order of `processing.toml`.
pub fn record() -> &'static [Activity] {
    static RECORD: LazyLock<Vec<Activity>> = LazyLock::new(read);
    &RECORD
}

fn read() -> Vec<Activity> {
    let file: File = toml::from_str(include_str!("../processing.toml"))
        .expect("the embedded processing.toml is read by a test");
    let erasure: Erasure = toml::from_str(include_str!("../erasure.toml"))
        .expect("the embedded erasure.toml is read by a test");
    let schema = schema();
    let activity = |entry: Entry| {
        let tables = entry.tables.into_iter();
        Activity {
            tables: tables.map(|name| table(name, &schema, &erasure)).collect(),
            id: entry.id,
            subjects: entry.subjects,
            data: entry.data,
            recipients: entry.recipients,
            basis: entry.basis,
            keep: entry.keep,
        }
    };
    file.activity.into_iter().map(activity).collect()
}

fn table(name: String, schema: &BTreeMap<String, Vec<String>>, erasure: &Erasure) -> Table {
    let columns = schema.get(&name).cloned().unwrap_or_default();
    let said = erasure.get(&name);
    let sealed = said.into_iter().flatten();
    let sealed =
        sealed.filter(|(column, _)| column.ends_with("_sealed") || column.ends_with("_blob"));
    Table {
        sealed: sealed
            .map(|(column, key)| (column.clone(), key.clone()))
            .collect(),
        erasure: said
            .and_then(|said| said.get("rows").cloned())
            .unwrap_or_default(),
        name,
        columns,
    }
}

/// Tables and columns after all steps.
fn schema() -> BTreeMap<String, Vec<String>> {
    let mut tables: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for step in STEPS {
        let lines = step.sql(Engine::Sqlite).lines();
        let code = lines.map(|line| line.split("--").next().unwrap_or_default());
        let code = code.collect::<Vec<_>>().join(" ");
        for statement in code.split(';') {
            let words: Vec<&str> = statement.split_whitespace().collect();
            match words.as_slice() {
                ["create", "table", name, ..] => {
                    let name = name.split('(').next().unwrap_or_default();
                    tables.insert(name.to_owned(), columns(statement));
                }
                ["alter", "table", name, "add", "column", column, ..] => {
                    let columns = tables.entry((*name).to_owned()).or_default();
                    columns.push((*column).to_owned());
                }
                _ => {}
            }
        }
    }
    tables
}

/// The first words of the parts between the outer brackets that are columns.
fn columns(statement: &str) -> Vec<String> {
    const NOT_COLUMNS: [&str; 5] = ["constraint", "primary", "unique", "foreign", "check"];
    let Some((_, body)) = statement.split_once('(') else {
        return Vec::new();
    };
    let mut depth = 0_i32;
    let parts = body.split(|letter: char| {
        match letter {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        letter == ',' && depth == 0
    });
    let first = parts.filter_map(|part| part.split_whitespace().next());
    let named = first.filter(|word| !NOT_COLUMNS.contains(word) && *word != ")");
    named.map(ToOwned::to_owned).collect()
}
