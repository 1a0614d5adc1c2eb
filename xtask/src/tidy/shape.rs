//! How long things may be: files, functions, lists of parameters; and that every file opens with a note.

use super::source::{Function, functions};
use super::{Breach, File, Tree};

/// Lines of a file that a person writes.
const LONGEST_FILE: usize = 700;
/// Lines of a function, from `fn` to its closing brace.
const LONGEST_FUNCTION: usize = 70;
/// Parameters of a function, the receiver not counted.
const MOST_PARAMETERS: usize = 5;

const WRITTEN: &[&str] = &["rs", "js", "mjs", "css", "html", "sql"];

pub(super) fn check(tree: &Tree) -> Vec<Breach> {
    let files = tree
        .files
        .iter()
        .filter(|file| WRITTEN.contains(&file.extension()));
    files.flat_map(check_file).collect()
}

/// The figures that have an aim and no hard limit.
pub(super) fn figures(tree: &Tree) -> String {
    let files: Vec<usize> = sorted(tree.rust().map(|file| file.text.lines().count()));
    let lines: Vec<usize> = sorted(tree.rust().flat_map(|file| {
        functions(&file.code)
            .into_iter()
            .map(|function| function.lines)
    }));
    format!(
        "{} Rust files, median {} lines (aim 150), nine in ten up to {} (aim 400); {} functions, nine in ten up to {} lines (aim 40)",
        files.len(),
        part(&files, 50),
        part(&files, 90),
        lines.len(),
        part(&lines, 90)
    )
}

fn check_file(file: &File) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let length = file.text.lines().count();
    if length > LONGEST_FILE {
        let what = format!("{length} lines, at most {LONGEST_FILE}");
        breaches.push(Breach::new(&file.path, 0, "file-length", what));
    }
    if file.extension() == "rs" {
        if !file.text.starts_with("//!") {
            breaches.push(Breach::new(
                &file.path,
                1,
                "note",
                "does not open with a `//!` note on what it is for",
            ));
        }
        breaches.extend(
            functions(&file.code)
                .iter()
                .flat_map(|function| check_function(file, function)),
        );
    }
    breaches
}

fn check_function(file: &File, function: &Function<'_>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let name = function.name;
    let mut refuse =
        |rule, what: String| breaches.push(Breach::new(&file.path, function.line, rule, what));
    if function.lines > LONGEST_FUNCTION {
        let lines = function.lines;
        refuse(
            "function-length",
            format!("`{name}` has {lines} lines, at most {LONGEST_FUNCTION}"),
        );
    }
    let count = function.parameters.len();
    if count > MOST_PARAMETERS {
        refuse(
            "parameters",
            format!("`{name}` takes {count} parameters, at most {MOST_PARAMETERS}"),
        );
    }
    if function.parameters.contains(&"bool") {
        refuse(
            "parameters",
            format!("`{name}` takes a bare bool: an enum says at the call what is meant"),
        );
    }
    breaches
}

fn sorted(numbers: impl Iterator<Item = usize>) -> Vec<usize> {
    let mut numbers: Vec<usize> = numbers.collect();
    numbers.sort_unstable();
    numbers
}

/// The number that `percent` of the sorted numbers do not exceed.
fn part(sorted: &[usize], percent: usize) -> usize {
    let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(at).copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(path: &str, text: &str) -> Vec<&'static str> {
        check(&Tree::of(&[(path, text)]))
            .into_iter()
            .map(|breach| breach.rule)
            .collect()
    }

    #[test]
    fn a_file_over_the_limit_is_refused() {
        assert_eq!(rules("a.css", &"x\n".repeat(700)), [""; 0]);
        assert_eq!(rules("a.css", &"x\n".repeat(701)), ["file-length"]);
        assert_eq!(
            rules("a.csv", &"x\n".repeat(701)),
            [""; 0],
            "data may be long"
        );
    }

    #[test]
    fn a_file_without_a_note_is_refused() {
        assert_eq!(rules("a.rs", "/// Not about the file.\n"), ["note"]);
    }

    #[test]
    fn a_long_function_is_refused() {
        let of = |lines: usize| format!("//! x\nfn f() {{\n{}}}\n", "x;\n".repeat(lines - 2));
        assert_eq!(rules("a.rs", &of(70)), [""; 0]);
        assert_eq!(rules("a.rs", &of(71)), ["function-length"]);
    }

    #[test]
    fn six_parameters_or_a_bare_bool_are_refused() {
        assert_eq!(
            rules(
                "a.rs",
                "//! x\nfn f(&self, a: A, b: B<C, D>, c: C, d: D, e: E) {}\n"
            ),
            [""; 0]
        );
        assert_eq!(
            rules(
                "a.rs",
                "//! x\nfn f(a: A, b: A, c: A, d: A, e: A, f: A) {}\n"
            ),
            ["parameters"]
        );
        assert_eq!(rules("a.rs", "//! x\nfn f(a: bool) {}\n"), ["parameters"]);
    }

    #[test]
    fn the_median_is_the_middle() {
        assert_eq!(part(&[1, 2, 3], 50), 2);
        assert_eq!(part(&[], 50), 0);
    }
}
