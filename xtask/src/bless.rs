//! `cargo xtask bless`: writes the documents that are printed by code, or says which are out of date.

use std::path::Path;

use crate::run::{Done, Failure, cargo, read, root};

/// A document and the cargo command that prints it.
struct Generated {
    path: &'static str,
    command: &'static [&'static str],
}

const GENERATED: &[Generated] = &[
    Generated {
        path: "docs/states.md",
        command: &[
            "run",
            "--quiet",
            "--package",
            "tifli-domain",
            "--example",
            "states",
        ],
    },
    Generated {
        path: "docs/qualification.md",
        command: &[
            "run",
            "--quiet",
            "--package",
            "tifli-domain",
            "--example",
            "qualification",
        ],
    },
    Generated {
        path: "docs/record-of-processing.md",
        command: &[
            "run",
            "--quiet",
            "--package",
            "tifli-web",
            "--example",
            "record_of_processing",
        ],
    },
    Generated {
        path: "docs/figures.md",
        command: &[
            "run",
            "--quiet",
            "--package",
            "tifli-domain",
            "--example",
            "figures",
        ],
    },
];

/// Writes every generated document; with `--check` compares only.
///
/// # Errors
/// When a document cannot be printed or written, or with `--check` is not current.
pub fn task(args: &[String]) -> Done {
    match args {
        [] => GENERATED.iter().try_for_each(write),
        [flag] if flag == "--check" => check(),
        _ => Err(Failure::new("bless takes no argument but --check")),
    }
}

/// Compares every generated document with what its code prints now.
///
/// # Errors
/// Names the first document that is not current, with the first line that differs.
pub fn check() -> Done {
    for document in GENERATED {
        let wanted = read(cargo().args(document.command))?;
        let written = std::fs::read_to_string(root().join(document.path)).unwrap_or_default();
        if let Some(line) = find_difference(&written, &wanted) {
            return Err(Failure(format!(
                "{} is not current (line {line}): run `cargo xtask bless` and look at the change",
                document.path
            )));
        }
        println!("{} is current", document.path);
    }
    Ok(())
}

fn write(document: &Generated) -> Done {
    let text = read(cargo().args(document.command))?;
    let path = root().join(document.path);
    std::fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
    std::fs::write(&path, text).map_err(|error| Failure::at(&path, &error))?;
    println!("{} written", document.path);
    Ok(())
}

/// The first line where two texts part, counted from one.
fn find_difference(one: &str, other: &str) -> Option<usize> {
    if one == other {
        return None;
    }
    let same = one
        .lines()
        .zip(other.lines())
        .take_while(|(a, b)| a == b)
        .count();
    Some(same + 1)
}

#[cfg(test)]
mod tests {
    use super::find_difference;

    #[test]
    fn the_first_differing_line_is_named() {
        assert_eq!(find_difference("a\nb\n", "a\nb\n"), None);
        assert_eq!(find_difference("a\nb\n", "a\nc\n"), Some(2));
        assert_eq!(find_difference("", "a\n"), Some(1));
        assert_eq!(find_difference("a\n", "a"), Some(2));
    }
}
