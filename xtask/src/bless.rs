//! `cargo xtask bless`: writes the documents that are printed by code, or says which are out of date.

use std::path::{Path, PathBuf};

use crate::run::{Done, Failure, cargo, program, read, root, run};
use crate::setup::target_folder;

/// A document and the example program that prints it.
struct Generated {
    path: &'static str,
    example: &'static str,
}

const GENERATED: &[Generated] = &[
    Generated {
        path: "docs/states.md",
        example: "states",
    },
    Generated {
        path: "docs/channels.md",
        example: "channels",
    },
    Generated {
        path: "docs/delivery.md",
        example: "delivery",
    },
    Generated {
        path: "docs/qualification.md",
        example: "qualification",
    },
    Generated {
        path: "docs/record-of-processing.md",
        example: "record_of_processing",
    },
    Generated {
        path: "docs/figures.md",
        example: "figures",
    },
];

/// Writes every generated document; with `--check` compares only.
///
/// # Errors
/// When a document cannot be printed or written, or with `--check` is not current.
pub fn task(args: &[String]) -> Done {
    match args {
        [] => write(),
        [flag] if flag == "--check" => check(),
        _ => Err(Failure::new("bless takes no argument but --check")),
    }
}

/// Compares every generated document with what its code prints now.
///
/// # Errors
/// Names the first document that is not current, with the first line that differs.
pub fn check() -> Done {
    let programs = build_examples()?;
    for document in GENERATED {
        let wanted = read(&mut program(programs.join(document.example)))?;
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

fn write() -> Done {
    let programs = build_examples()?;
    for document in GENERATED {
        let text = read(&mut program(programs.join(document.example)))?;
        let path = root().join(document.path);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new(".")))?;
        std::fs::write(&path, text).map_err(|error| Failure::at(&path, &error))?;
        println!("{} written", document.path);
    }
    Ok(())
}

/// The folder of the example programs. All crates at once, as the tests build them: one crate alone
/// would be built with other features, and everything below it once more.
fn build_examples() -> Result<PathBuf, Failure> {
    run(cargo().args(["build", "--quiet", "--workspace", "--examples"]))?;
    Ok(target_folder()?.join("debug/examples"))
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
