//! The record of processing names every table of the schema once; nothing may be missing, so that it cannot go stale.
//!
//! `crates/tifli-store/processing.toml` groups tables by what personal data is processed for. Without the file nothing
//! is checked.

use std::collections::BTreeMap;

use super::schema::all_tables;
use super::{Breach, Tree};

const FILE: &str = "crates/tifli-store/processing.toml";
const RULE: &str = "processing-record";

pub(super) fn check(tree: &Tree) -> Vec<Breach> {
    let Some(file) = tree.find(FILE) else {
        return Vec::new();
    };
    let tables = all_tables(tree);
    let mut named: BTreeMap<&str, usize> = BTreeMap::new();
    let mut breaches = Vec::new();
    for (at, line) in file.text.lines().enumerate() {
        let Some(list) = line.strip_prefix("tables = ") else {
            continue;
        };
        for table in list.split('"').skip(1).step_by(2) {
            let what = if !tables.contains_key(table) {
                format!("there is no table {table}")
            } else if named.insert(table, at + 1).is_some() {
                format!("{table} stands in two activities")
            } else {
                continue;
            };
            breaches.push(Breach::new(FILE, at + 1, RULE, what));
        }
    }
    let missing = tables
        .keys()
        .filter(|table| !named.contains_key(table.as_str()));
    let missing = missing.map(|table| {
        let what = format!(
            "{table} is in no activity: say what it is for, whose data it holds and how long"
        );
        Breach::new(FILE, 0, RULE, what)
    });
    breaches.extend(missing);
    breaches
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEP: (&str, &str) = (
        "crates/tifli-store/migrations/sqlite/0001_a.sql",
        "create table answer (case_id text); create table counter (name text);",
    );

    fn breaches(record: &str) -> Vec<String> {
        let found = check(&Tree::of(&[STEP, (FILE, record)]));
        found.into_iter().map(|breach| breach.what).collect()
    }

    #[test]
    fn a_table_in_no_activity_is_refused() {
        let found = breaches("tables = [\"answer\"]\n");
        assert!(found.len() == 1 && found[0].starts_with("counter is in no activity"));
        assert_eq!(breaches("tables = [\"answer\", \"counter\"]\n"), [""; 0]);
    }

    #[test]
    fn a_table_that_is_gone_or_named_twice_is_refused() {
        let found =
            breaches("tables = [\"answer\", \"gone\"]\ntables = [\"counter\", \"answer\"]\n");
        assert_eq!(
            found,
            ["there is no table gone", "answer stands in two activities"]
        );
    }
}
