//! The definitions as a document: `docs/figures.md`. Not for anything else.

use super::table::{GROUPS, Publishing, STAGES, SUMS, Total};

/// The tables of `docs/figures.md`.
pub fn print() -> String {
    [totals(), groups(), stages(), sums()].join("\n")
}

fn totals() -> String {
    let head = "## Totals\n\n\
        The groups, stages and sums of a total that is not published are not published either.\n\n\
        | Key | Published | Which cases |\n|---|---|---|\n";
    let lines = Total::ROOTS.map(|total| {
        let published = published(total.publishing());
        format!("| `{}` | {published} | {} |\n", total.key(), total.says())
    });
    format!("{head}{}", lines.concat())
}

fn groups() -> String {
    let head = "## Groups\n\n\
        The key is the name, a dot, and a code. The numerator is the count, the denominator the total. The cells of a\n\
        group add up to its total; `not_said` is added where nothing is said of a case.\n\n\
        | Name | Of | Published | Codes | Says |\n|---|---|---|---|---|\n";
    let line = |group: &super::table::Group| {
        let published = published(group.publishing);
        let codes = group.by.known().join(", ");
        let codes = if codes.is_empty() {
            "as in the rows".to_owned()
        } else {
            codes
        };
        let (name, of, says) = (group.name, group.of.key(), group.says);
        format!("| `{name}` | `{of}` | {published} | {codes} | {says} |\n")
    };
    let lines: String = GROUPS.iter().map(line).collect();
    format!("{head}{lines}")
}

fn published(publishing: Publishing) -> &'static str {
    match publishing {
        Publishing::Always => "yes",
        Publishing::Years => "by the year",
        Publishing::Never => "no",
    }
}

fn stages() -> String {
    let head = "## Stages\n\n\
        Each gives `stage.<name>.reached` and `.not_reached` (of the total), `.limit.within_24h` and `.limit.after_24h` (of\n\
        those that reached it), and in milliseconds `.median` and `.p90`: the smallest time that at least half, or nine in\n\
        ten, of those that reached it do not exceed. A moment written down before the first counts as no time. The\n\
        numerator of a time is the number that reached it, its denominator the total.\n\n\
        | Name | Of | From | To | Says |\n|---|---|---|---|---|\n";
    let line = |stage: &super::table::Stage| {
        let (from, to) = (stage.from.as_str(), stage.to.as_str());
        let (name, of, says) = (stage.name, stage.of.key(), stage.says);
        format!("| `{name}` | `{of}` | `{from}` | `{to}` | {says} |\n")
    };
    let lines: String = STAGES.iter().map(line).collect();
    format!("{head}{lines}")
}

fn sums() -> String {
    let head = "## Sums\n\n\
        The numerator is the sum, the denominator what it is a part of, or else the number of cases.\n\n\
        | Key | Of | Column | Part of | Says |\n|---|---|---|---|---|\n";
    let line = |sum: &super::table::Summing| {
        let (of, amount) = (sum.of.key(), sum.amount.as_str());
        let within = sum.within.map_or("cases", super::Amount::as_str);
        format!(
            "| `{}` | `{of}` | `{amount}` | `{within}` | {} |\n",
            sum.key, sum.says
        )
    };
    let lines: String = SUMS.iter().map(line).collect();
    format!("{head}{lines}")
}
