//! What is never left in code: unfinished parts, silenced lints, skipped tests, an `unwrap` without a reason.

use super::source::{closing, find_words, line_of, test_lines};
use super::{Breach, File, Tree};

/// Never, in no file.
const NEVER: &[(&str, &str)] = &[
    ("todo!", "unfinished"),
    ("unimplemented!", "unfinished"),
    (
        concat!("#[", "ignore"),
        "a test that does not run is not a test",
    ),
    (
        concat!("#[", "allow"),
        "`expect` with a reason instead of `allow`",
    ),
    (
        concat!("#![", "allow"),
        "`expect` with a reason instead of `allow`",
    ),
];

pub(super) fn check(tree: &Tree) -> Vec<Breach> {
    tree.rust().flat_map(check_file).collect()
}

fn check_file(file: &File) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for (word, why) in NEVER {
        breaches.extend(find_words(&file.code, word).map(|at| {
            Breach::new(
                &file.path,
                line_of(&file.code, at),
                "manners",
                format!("`{word}`: {why}"),
            )
        }));
    }
    breaches.extend(expectations_without_reason(file));
    if !file.is_for_tests() {
        breaches.extend(bare_unwraps(file));
    }
    breaches
}

fn expectations_without_reason(file: &File) -> Vec<Breach> {
    let code = &file.code;
    let places = code
        .match_indices("#[expect(")
        .chain(code.match_indices("#![expect("));
    places
        .filter(|(at, opening)| {
            !code[*at..closing(code, at + opening.len() - 1)].contains("reason")
        })
        .map(|(at, _)| {
            Breach::new(
                &file.path,
                line_of(code, at),
                "manners",
                "`expect` of a lint without a reason",
            )
        })
        .collect()
}

fn bare_unwraps(file: &File) -> Vec<Breach> {
    let tests = test_lines(&file.code);
    let lines = file
        .code
        .match_indices(".unwrap()")
        .map(|(at, _)| line_of(&file.code, at));
    lines
        .filter(|line| !tests.iter().any(|(from, to)| (*from..=*to).contains(line)))
        .map(|line| {
            let what = "`unwrap` outside of tests: return the error, or `expect` with the reason why it cannot happen";
            Breach::new(&file.path, line, "unwrap", what)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(text: &str) -> usize {
        check(&Tree::of(&[("crates/a/src/a.rs", text)])).len()
    }

    #[test]
    fn unfinished_or_silenced_code_is_refused() {
        for (word, _) in NEVER {
            assert_eq!(count(&format!("{word}(x)")), 1, "{word}");
            assert_eq!(count(&format!("// {word}(x)")), 0, "{word}");
        }
    }

    #[test]
    fn an_expectation_needs_a_reason() {
        assert_eq!(count("#[expect(clippy::x)]"), 1);
        assert_eq!(
            count("#[expect(\n    clippy::x,\n    reason = \"because\"\n)]"),
            0
        );
    }

    #[test]
    fn unwrap_is_for_tests() {
        assert_eq!(count("fn f() { x.unwrap(); }"), 1);
        assert_eq!(
            count("#[cfg(test)]\nmod tests { fn f() { x.unwrap(); } }"),
            0
        );
    }
}
