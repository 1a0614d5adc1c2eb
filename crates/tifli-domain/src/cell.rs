//! Cells of files that people open in spreadsheets: what would be taken for a formula gets an apostrophe before it, and
//! loses it again when the file comes back. Not for how a file is written.

/// What a spreadsheet takes for the beginning of a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell that no spreadsheet takes for a formula; [`armed`] gives it back as it was.
pub fn harmless(cell: String) -> String {
    if would_run(&cell) {
        format!("'{cell}")
    } else {
        cell
    }
}

/// A cell without the apostrophe that [`harmless`] put before it.
pub fn armed(cell: &str) -> &str {
    let rest = cell.strip_prefix('\'');
    rest.filter(|rest| would_run(rest)).unwrap_or(cell)
}

/// Whether the first character runs, as it stands or once apostrophes before it are taken away.
fn would_run(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(FORMULA)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_is_disarmed_and_comes_back_as_it_was() {
        for cell in ["=1+1", "+212 5", "-", "@x", "\tx", "\rx", "'=1", "''-2"] {
            let written = harmless(cell.to_owned());
            assert_eq!(written, format!("'{cell}"));
            assert_eq!(armed(&written), cell);
        }
    }

    #[test]
    fn every_other_cell_stays_as_it_is() {
        for cell in ["", "'", "'aïn", "RBT-0042", "a=b", "ولاية أمن فاس", " =1"] {
            assert_eq!(harmless(cell.to_owned()), cell);
            assert_eq!(armed(cell), cell);
        }
    }
}
