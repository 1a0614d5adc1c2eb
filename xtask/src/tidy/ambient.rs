//! What comes from outside is handed in: the clock, randomness, the environment, the terminal. Only the program's wiring
//! and tests may reach for them; everything else would be code that a test cannot hold still.

use super::source::{find_words, line_of, test_lines};
use super::{Breach, File, Tree};

/// A reach for something ambient.
struct Reach {
    rule: &'static str,
    words: &'static [&'static str],
    instead: &'static str,
}

const REACHES: &[Reach] = &[
    Reach {
        rule: "clock",
        words: &[
            "SystemTime::now",
            "Timestamp::now",
            "Zoned::now",
            "Instant::now",
            "Utc::now",
            "Local::now",
        ],
        instead: "the time is a parameter",
    },
    Reach {
        rule: "randomness",
        words: &[
            "thread_rng",
            "SystemRandom",
            "OsRng",
            "getrandom",
            "rand::rng",
            "now_v7",
            "new_v4",
        ],
        instead: "randomness is a parameter",
    },
    Reach {
        rule: "environment",
        words: &[
            "env::var",
            "env::var_os",
            "env::vars",
            "env::args",
            "env::current_dir",
            "env::temp_dir",
        ],
        instead: "only the program reads its environment",
    },
    Reach {
        rule: "terminal",
        words: &["println!", "eprintln!", "print!", "eprint!", "dbg!"],
        instead: "the terminal belongs to the program; say it in a log",
    },
];

/// A file or folder where a rule does not hold, and why.
struct Exception {
    path: &'static str,
    rules: &'static [&'static str],
    why: &'static str,
}

const EXCEPTIONS: &[Exception] = &[
    Exception {
        path: "crates/tifli/",
        rules: &["clock", "randomness", "environment", "terminal"],
        why: "the program: it makes the clock and the random generator and talks to the person who started it",
    },
    Exception {
        path: "xtask/",
        rules: &["clock", "environment", "terminal"],
        why: "tasks of a developer, never shipped",
    },
    Exception {
        path: "crates/tifli-channel/src/web_push/encryption.rs",
        rules: &["randomness"],
        why: "a fresh salt for every push message; tests hand in their own",
    },
    Exception {
        path: "crates/tifli-channel/src/web_push/vapid.rs",
        rules: &["randomness"],
        why: "the signature library takes its generator as an argument",
    },
    Exception {
        path: "crates/tifli-photo/src/bin/",
        rules: &["environment", "terminal"],
        why: "a program of its own that answers on its standard output",
    },
];

pub(super) fn check(tree: &Tree) -> Vec<Breach> {
    let files = tree
        .rust()
        .filter(|file| !file.is_for_tests() && !file.path.ends_with("build.rs"));
    let mut breaches: Vec<Breach> = files.flat_map(check_file).collect();
    breaches.extend(
        EXCEPTIONS
            .iter()
            .filter(|exception| is_stale(exception, tree))
            .map(|exception| {
                let what = format!(
                    "{} is excepted ({}) but not there",
                    exception.path, exception.why
                );
                Breach::new("xtask/src/tidy/ambient.rs", 0, "exceptions", what)
            }),
    );
    breaches
}

fn check_file(file: &File) -> Vec<Breach> {
    let tests = test_lines(&file.code);
    let is_test = |line: usize| tests.iter().any(|(from, to)| (*from..=*to).contains(&line));
    let mut breaches = Vec::new();
    for reach in REACHES
        .iter()
        .filter(|reach| !is_excepted(file, reach.rule))
    {
        for word in reach.words {
            let lines = find_words(&file.code, word).map(|at| line_of(&file.code, at));
            breaches.extend(lines.filter(|line| !is_test(*line)).map(|line| {
                Breach::new(
                    &file.path,
                    line,
                    reach.rule,
                    format!("`{word}`: {}", reach.instead),
                )
            }));
        }
    }
    breaches
}

fn is_excepted(file: &File, rule: &str) -> bool {
    EXCEPTIONS
        .iter()
        .any(|exception| file.path.starts_with(exception.path) && exception.rules.contains(&rule))
}

/// Whether an exception speaks of a file that is gone. Silent in the small trees of tests.
fn is_stale(exception: &Exception, tree: &Tree) -> bool {
    tree.find("Cargo.toml").is_some()
        && !tree
            .files
            .iter()
            .any(|file| file.path.starts_with(exception.path))
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
    fn every_reach_is_found_in_code_and_not_in_words() {
        for reach in REACHES {
            for word in reach.words {
                let path = "crates/tifli-app/src/a.rs";
                assert_eq!(
                    rules(path, &format!("let x = {word}();")),
                    [reach.rule],
                    "{word}"
                );
                assert_eq!(
                    rules(path, &format!("// {word}\nlet x = \"{word}\";")),
                    [""; 0],
                    "{word}"
                );
            }
        }
    }

    #[test]
    fn tests_may_read_the_clock() {
        let test = "#[cfg(test)]\nmod tests {\n    fn f() { SystemTime::now(); }\n}\n";
        assert_eq!(rules("crates/tifli-app/src/a.rs", test), [""; 0]);
        assert_eq!(
            rules("crates/tifli-app/tests/a.rs", "SystemTime::now();"),
            [""; 0]
        );
        assert_eq!(
            rules(
                "crates/tifli-app/src/a.rs",
                &format!("{test}SystemTime::now();")
            ),
            ["clock"]
        );
    }

    #[test]
    fn the_program_may_and_its_neighbours_may_not() {
        assert_eq!(
            rules("crates/tifli/src/wiring.rs", "Instant::now()"),
            [""; 0]
        );
        assert_eq!(
            rules("crates/tifli-web/src/a.rs", "Instant::now()"),
            ["clock"]
        );
    }
}
