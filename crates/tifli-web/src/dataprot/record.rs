//! The record of processing: each activity with its tables, columns, keys and what an erasure does to them.

use std::fmt::Write as _;

use tifli_app::dataprot::{Activity, Table as SchemaTable, record};
use tifli_paper::{Block, Fact, Table};

use super::{Facts, comma, frame, word};
use crate::i18n::{Locale, T};

pub(super) fn blocks(facts: &Facts) -> Vec<Block> {
    let t = facts.t;
    let mut blocks = vec![Block::Paragraph(t.get("dp-record-intro")), frame(facts)];
    for activity in record() {
        blocks.push(Block::Heading(word(t, "dp-activity-{}", &activity.id)));
        blocks.push(Block::Facts(said(t, activity)));
        blocks.push(Block::Table(tables(t, activity)));
    }
    blocks
}

/// The record in English, for the documents of the project.
#[must_use]
pub fn markdown() -> String {
    let t = T::new(Locale::En);
    let mut out = String::new();
    for activity in record() {
        let _ = writeln!(
            out,
            "\n## {}\n",
            plain(&word(t, "dp-activity-{}", &activity.id))
        );
        for fact in said(t, activity) {
            let _ = writeln!(out, "- **{}:** {}", plain(&fact.label), plain(&fact.value));
        }
        let table = tables(t, activity);
        let _ = writeln!(out, "\n| {} |", table.head.join(" | "));
        let _ = writeln!(out, "|{}", "---|".repeat(table.head.len()));
        for row in table.rows {
            let _ = writeln!(out, "| {} |", plain(&row.join(" | ")));
        }
    }
    out
}

fn said(t: T, activity: &Activity) -> Vec<Fact> {
    let list = |pattern: &str, codes: &[String]| {
        let words: Vec<String> = codes.iter().map(|code| word(t, pattern, code)).collect();
        words.join(&comma(t))
    };
    vec![
        Fact::new(
            t.get("dp-label-purpose"),
            word(t, "dp-purpose-{}", &activity.id),
        ),
        Fact::new(
            t.get("dp-label-subjects"),
            list("dp-subject-{}", &activity.subjects),
        ),
        Fact::new(t.get("dp-label-data"), list("dp-data-{}", &activity.data)),
        Fact::new(
            t.get("dp-label-recipients"),
            list("dp-recipient-{}", &activity.recipients),
        ),
        Fact::new(
            t.get("dp-label-basis"),
            word(t, "dp-basis-{}", &activity.basis),
        ),
        Fact::new(t.get("dp-label-keep"), list("dp-keep-{}", &activity.keep)),
    ]
}

fn tables(t: T, activity: &Activity) -> Table {
    let row = |table: &SchemaTable| {
        let sealed: Vec<&str> = table
            .sealed
            .iter()
            .map(|(column, _)| column.as_str())
            .collect();
        vec![
            table.name.clone(),
            table.columns.join(", "),
            sealed.join(", "),
            word(t, "dp-erasure-{}", erasure(&table.erasure)),
        ]
    };
    Table {
        head: [
            "dp-col-table",
            "dp-col-columns",
            "dp-col-sealed",
            "dp-col-erasure",
        ]
        .map(|key| t.get(key))
        .to_vec(),
        widths: vec![4, 9, 5, 4],
        rows: activity.tables.iter().map(row).collect(),
    }
}

/// The first word of what the erasure map says.
fn erasure(said: &str) -> &'static str {
    match said.split([' ', ':', ',', ';']).next() {
        Some("taken") => "taken",
        Some("emptied") => "emptied",
        Some("kept") => "kept",
        _ => "none",
    }
}

/// Without the marks that isolate a value: a document of the project is read as it is.
fn plain(text: &str) -> String {
    tifli_paper::strip_isolates(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_of_the_record_has_words_in_every_language() {
        for locale in Locale::ALL {
            let t = T::new(locale);
            for activity in record() {
                let name = word(t, "dp-activity-{}", &activity.id);
                let said = said(t, activity);
                let all = said.iter().map(|fact| fact.value.as_str());
                let missing: Vec<&str> = all
                    .chain([name.as_str()])
                    .filter(|w| w.contains('⟦'))
                    .collect();
                assert_eq!(missing, [""; 0], "{locale}");
            }
        }
        assert!(markdown().contains("| answer | "));
    }
}
