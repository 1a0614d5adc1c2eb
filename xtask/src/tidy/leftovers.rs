//! What does not belong into any text of the repository: notes to oneself, paths of somebody's machine, huge files.

use super::source::{find_words, is_word, line_of};
use super::{Breach, File, Tree};

/// In octets: 1.5 MB.
const LARGEST_FILE: u64 = 1_500_000;

/// Written in two parts so that this file does not break its own rule.
const NOTES: &[&str] = &[
    concat!("TO", "DO"),
    concat!("FIX", "ME"),
    concat!("XX", "X"),
    concat!("HA", "CK"),
];

/// First parts of paths that exist on one machine only.
const MACHINE_FOLDERS: &[&str] = &["home", "root", "work", "Users"];

/// Texts of others, kept as they came.
const AS_RECEIVED: &[&str] = &[
    "crates/tifli-cap/tests/messages/",
    "crates/tifli-cap/tests/schema/",
];

pub(super) fn check(tree: &Tree) -> Vec<Breach> {
    let mut breaches: Vec<Breach> = tree.files.iter().filter_map(check_size).collect();
    let ours = tree.files.iter().filter(|file| {
        !AS_RECEIVED
            .iter()
            .any(|folder| file.path.starts_with(folder))
            && !file.path.ends_with("-lock.json")
    });
    breaches.extend(ours.flat_map(check_text));
    breaches
}

fn check_size(file: &File) -> Option<Breach> {
    let what = format!("{} octets, at most {LARGEST_FILE}", file.size);
    (file.size > LARGEST_FILE).then(|| Breach::new(&file.path, 0, "file-size", what))
}

fn check_text(file: &File) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for note in NOTES {
        breaches.extend(find_words(&file.text, note).map(|at| {
            Breach::new(
                &file.path,
                line_of(&file.text, at),
                "notes",
                format!("`{note}`: do it or write it down as an issue"),
            )
        }));
    }
    for folder in MACHINE_FOLDERS {
        breaches.extend(find_paths(&file.text, &format!("/{folder}/")).map(|at| {
            Breach::new(
                &file.path,
                line_of(&file.text, at),
                "machine-path",
                format!("a path under /{folder} of some machine"),
            )
        }));
    }
    breaches
}

/// Absolute paths: what stands before them is no part of a longer path or an address.
fn find_paths<'a>(text: &'a str, path: &'a str) -> impl Iterator<Item = usize> + 'a {
    text.match_indices(path).map(|(at, _)| at).filter(|at| {
        let before = at.checked_sub(1).map(|at| text.as_bytes()[at]);
        !before.is_some_and(|byte| is_word(byte) || !byte.is_ascii() || b".-~/}*)$".contains(&byte))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(text: &str) -> Vec<&'static str> {
        check(&Tree::of(&[("README.md", text)]))
            .into_iter()
            .map(|breach| breach.rule)
            .collect()
    }

    #[test]
    fn notes_to_oneself_are_refused() {
        for note in NOTES {
            assert_eq!(rules(&format!("<!-- {note}: later -->")), ["notes"]);
        }
        assert_eq!(rules("a hackathon, METHODOLOGY"), [""; 0]);
    }

    #[test]
    fn paths_of_a_machine_are_refused() {
        for folder in MACHINE_FOLDERS {
            assert_eq!(rules(&format!("see /{folder}/x")), ["machine-path"]);
            assert_eq!(
                rules(&format!(
                    "see https://example.org/{folder}/x or docs/{folder}/x"
                )),
                [""; 0]
            );
        }
    }

    #[test]
    fn a_huge_file_is_refused() {
        assert_eq!(rules(&"x".repeat(1_500_001)), ["file-size"]);
    }
}
