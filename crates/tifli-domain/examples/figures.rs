//! Prints `docs/figures.md`: what each figure counts. `cargo xtask bless` writes it to its place.

const INTRODUCTION: &str = "\
# Figures

Printed from the tables in `tifli-domain` (`figures/table.rs`), which are the only place where something is counted. Do
not edit; run `cargo xtask bless` after changing a table.

A report is about an ISO week or a calendar year in the country's own time. `cases.csv` holds the cases it is made of, one
a line, and nothing that names a child: its number, codes, moments in UTC to the millisecond, amounts. `figures.csv` holds
every figure with its numerator, denominator and percentage (one decimal, half up), after the two moments of the period;
a moment belongs to the period from the first up to and without the second.

- Whoever has `cases.csv` can count every figure again. The step `statistics-recomputed` of the headless demo does so, by
  code that shares nothing with the program's, and so does a test with invented cases.
- `cases.csv` shows the cases as they stood at the end of the period: a later moment is empty, and so is what it decided
  (why an alert ended; what a file ended as, who found the child, attribution). What carries no moment (nature, age, sex,
  rung, district, tips, alerts, devices) is as it is now.
- The cases are those received before the end of the period and not closed before its beginning. A file erased without
  having been closed counts as closed by its erasure.
- A venue's alert that ended at the venue, and a found child whom nobody missed, are no cases and are not counted. A case
  that grew from a venue's alert was received in its first minute there.
- Erasing a case changes no figure: codes, moments and amounts name no child and stay. Age is a band, not a number.

## Who sees what

| Version | Who | Cases |
|---|---|---|
| exact, with `cases.csv` | who may read the cases | of their own district, or of the country |
| published | everybody above, and the administrator | of the country |

The exact version is for the house. What leaves the house is the published version:

1. Zero is shown. A count of 1 to 4 is shown as `<5`.
2. A hidden count must not follow from its total. Counts of five and more are withheld beside it, in the order of the
   table, until every `<5` could be any number from 1 to 4.
3. A group is withheld as a whole if its total is hidden, or is less than five times the number of its cells that are not
   zero, less one: there the second rule may find nothing to withhold.
4. What is told apart further is shown first; if it is hidden, its parts are withheld.
5. A time is that of one child. It is shown where at least five reached the stage and nothing of the stage is hidden. A sum
   is shown where at least five cases are in it.
6. Weeks add up to years. What tells children apart (district, nature, rung, age, sex) is published by the year only.
7. Only a period that has ended is published. A figure of a running week, told on two days, tells what happened in between,
   whatever is hidden in each. The exact version of a running period is marked as provisional.

A test tries every table of up to five cells and shows that none of the hidden counts can be told, even by who knows the
program. The rules protect a group against its own total, not against another total that happens to be made of the same
cases (every alert of a year ended in that year, say); for that reason the totals that nearly always are, are not
published. They do not help against who publishes the exact version beside it.
";

#[expect(clippy::print_stdout, reason = "the document is this program's output")]
fn main() {
    println!("{INTRODUCTION}");
    print!("{}", tifli_domain::figures::print());
}
