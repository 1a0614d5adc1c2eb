//! The erasure map says what an erasure does to every table of a case and to every sealed column; nothing may be missing.
//!
//! `crates/tifli-store/erasure.toml` has a section per table: `rows = "…"` says what becomes of the rows of a table that
//! belongs to a case, and a line per sealed column says under which key it lies. Without the map nothing is checked.

use std::collections::{BTreeMap, BTreeSet};

use super::schema::{Tables, all_tables};
use super::{Breach, Tree};

const MAP: &str = "crates/tifli-store/erasure.toml";
const RULE: &str = "erasure-map";

/// A table with one of these columns belongs to a case.
const OWNED_BY: &[&str] = &["case_id", "alert_id", "tip_id", "message_id", "delivery_id"];
/// A column that ends so holds ciphertext, or the name of a file of ciphertext.
const SEALED: &[&str] = &["_sealed", "_blob"];

/// Section to key to line.
type Map = BTreeMap<String, BTreeMap<String, usize>>;

pub(super) fn check(tree: &Tree) -> Vec<Breach> {
    let Some(file) = tree.find(MAP) else {
        return Vec::new();
    };
    let map = read_map(&file.text);
    let tables = all_tables(tree);
    let wanted = wanted(&tables);
    let missing = wanted.iter().filter(|(table, key)| {
        !map.get(table)
            .is_some_and(|section| section.contains_key(key))
    });
    let missing = missing.map(|(table, key)| {
        Breach::new(
            MAP,
            0,
            RULE,
            format!("[{table}] says nothing about `{key}`"),
        )
    });
    let listed = map
        .iter()
        .flat_map(|(table, keys)| keys.iter().map(move |(key, line)| (table, key, *line)));
    let stale = listed.filter(|(table, key, _)| !is_known(&tables, table, key));
    let stale = stale.map(|(table, key, line)| {
        Breach::new(MAP, line, RULE, format!("there is no {table}.{key}"))
    });
    missing.chain(stale).collect()
}

fn wanted(tables: &Tables) -> BTreeSet<(String, String)> {
    let mut wanted = BTreeSet::new();
    for (table, columns) in tables {
        if columns
            .iter()
            .any(|column| OWNED_BY.contains(&column.as_str()))
        {
            wanted.insert((table.clone(), "rows".to_owned()));
        }
        let sealed = columns
            .iter()
            .filter(|column| SEALED.iter().any(|end| column.ends_with(end)));
        wanted.extend(sealed.map(|column| (table.clone(), column.clone())));
    }
    wanted
}

fn is_known(tables: &Tables, table: &str, key: &str) -> bool {
    tables
        .get(table)
        .is_some_and(|columns| key == "rows" || columns.iter().any(|column| column == key))
}

fn read_map(text: &str) -> Map {
    let mut map = Map::new();
    let mut section = String::new();
    for (at, line) in text.lines().enumerate() {
        let line = line.trim();
        if let Some(header) = line.strip_prefix('[') {
            section = header.trim_end_matches(']').to_owned();
        } else if let Some((key, _)) = line.split_once('=').filter(|_| !line.starts_with('#')) {
            map.entry(section.clone())
                .or_default()
                .insert(key.trim().to_owned(), at + 1);
        }
    }
    map
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: (&str, &str) = (
        "crates/tifli-store/migrations/sqlite/0001_a.sql",
        "create table answer (case_id text, value_sealed blob); create table counter (name text);",
    );

    fn breaches(map: &str) -> Vec<String> {
        check(&Tree::of(&[STEP, (MAP, map)]))
            .into_iter()
            .map(|breach| breach.what)
            .collect()
    }

    #[test]
    fn a_whole_map_passes() {
        assert_eq!(
            breaches("[answer]\nrows = \"deleted\"\nvalue_sealed = \"the case's key\"\n"),
            [""; 0]
        );
    }

    #[test]
    fn a_forgotten_column_is_refused() {
        assert_eq!(
            breaches("[answer]\nrows = \"deleted\"\n"),
            ["[answer] says nothing about `value_sealed`"]
        );
        assert_eq!(breaches("").len(), 2);
    }

    #[test]
    fn a_column_that_is_gone_is_refused() {
        let map = "[answer]\nrows = \"deleted\"\nvalue_sealed = \"x\"\nother_sealed = \"x\"\n";
        assert_eq!(breaches(map), ["there is no answer.other_sealed"]);
    }
}
