//! The migrations of the two engines: the same steps, and in each the same tables with the same columns.

use std::collections::BTreeMap;

use super::{Breach, File, Tree};

const FOLDER: &str = "crates/tifli-store/migrations/";
const RULE: &str = "migrations";

/// Tables and their columns, in the order of the file.
pub(super) type Tables = BTreeMap<String, Vec<String>>;

pub(super) fn check(tree: &Tree) -> Vec<Breach> {
    let mut breaches = compare(tree, "sqlite", "postgres");
    breaches.extend(
        compare(tree, "postgres", "sqlite")
            .into_iter()
            .filter(|breach| breach.line == 0),
    );
    breaches
}

/// All tables after all steps, as SQLite has them.
pub(super) fn all_tables(tree: &Tree) -> Tables {
    let mut tables = Tables::new();
    for file in steps(tree, "sqlite") {
        for (table, columns) in read_tables(&file.text) {
            tables.entry(table).or_default().extend(columns);
        }
    }
    tables
}

fn steps<'a>(tree: &'a Tree, engine: &'a str) -> impl Iterator<Item = &'a File> + 'a {
    let folder = format!("{FOLDER}{engine}/");
    tree.files
        .iter()
        .filter(move |file| file.path.starts_with(&folder))
}

/// Steps of `one` that `other` lacks (line 0), or has differently (line 1).
fn compare(tree: &Tree, one: &str, other: &str) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for file in steps(tree, one) {
        let name = file.path.rsplit('/').next().unwrap_or_default();
        let Some(twin) = tree.find(&format!("{FOLDER}{other}/{name}")) else {
            breaches.push(Breach::new(
                &file.path,
                0,
                RULE,
                format!("there is no such step for {other}"),
            ));
            continue;
        };
        let (here, there) = (read_tables(&file.text), read_tables(&twin.text));
        for table in here.keys().chain(there.keys()) {
            if here.get(table) != there.get(table) {
                let what = format!("the table {table} is not the same for {other}");
                breaches.push(Breach::new(&file.path, 1, RULE, what));
            }
        }
    }
    breaches
}

/// The tables a step makes or adds columns to.
fn read_tables(sql: &str) -> Tables {
    let lines = sql
        .lines()
        .map(|line| line.split("--").next().unwrap_or_default());
    let sql: String = lines.collect::<Vec<_>>().join(" ").to_lowercase();
    let mut tables = Tables::new();
    for statement in sql.split(';') {
        let words: Vec<&str> = statement.split_whitespace().collect();
        match words.as_slice() {
            ["create", "table", rest @ ..] => {
                let name = rest
                    .iter()
                    .find(|word| !["if", "not", "exists"].contains(*word))
                    .unwrap_or(&"");
                let name = name.split('(').next().unwrap_or_default();
                tables.insert(name.to_owned(), columns(statement));
            }
            ["alter", "table", name, "add", "column", column, ..]
            | ["alter", "table", name, "add", column, ..]
                if *column != "constraint" =>
            {
                tables
                    .entry((*name).to_owned())
                    .or_default()
                    .push((*column).to_owned());
            }
            _ => {}
        }
    }
    tables
}

/// The first words of the parts between the outer brackets that are columns.
fn columns(statement: &str) -> Vec<String> {
    const NOT_COLUMNS: [&str; 5] = ["constraint", "primary", "unique", "foreign", "check"];
    let Some(open) = statement.find('(') else {
        return Vec::new();
    };
    let body = &statement[open + 1..super::source::closing(statement, open)];
    let mut depth = 0usize;
    let parts = body.split(|letter: char| {
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        letter == ',' && depth == 0
    });
    let first = parts.filter_map(|part| part.split_whitespace().next());
    first
        .filter(|word| !NOT_COLUMNS.contains(word))
        .map(ToOwned::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "-- Why, not how.\ncreate table a (\n  x text not null, -- an x\n  y numeric(1, 2),\n  constraint a_pk primary key (x, y)\n);\nalter table b add column z blob;";

    #[test]
    fn tables_and_columns_are_read() {
        let tables = read_tables(ONE);
        assert_eq!(tables["a"], ["x", "y"]);
        assert_eq!(tables["b"], ["z"]);
    }

    #[test]
    fn a_step_for_one_engine_only_is_refused() {
        let tree = Tree::of(&[("crates/tifli-store/migrations/postgres/0001_a.sql", ONE)]);
        assert_eq!(check(&tree).len(), 1);
    }

    #[test]
    fn a_column_for_one_engine_only_is_refused() {
        let sqlite = "crates/tifli-store/migrations/sqlite/0001_a.sql";
        let postgres = "crates/tifli-store/migrations/postgres/0001_a.sql";
        assert_eq!(
            check(&Tree::of(&[
                (sqlite, ONE),
                (postgres, &ONE.replace("blob", "bytea"))
            ]))
            .len(),
            0
        );
        assert!(
            !check(&Tree::of(&[
                (sqlite, ONE),
                (postgres, &ONE.replace("y numeric(1, 2),", ""))
            ]))
            .is_empty()
        );
    }
}
