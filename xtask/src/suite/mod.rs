//! `cargo xtask test`: every check of the project in order, with a headline and a time for each.
//!
//! The first step that fails ends the run with its name. Everything is built in the dev profile, once.

pub(crate) mod browser;
mod cargo_tests;
pub(crate) mod pages;
pub(crate) mod peers;
mod product;

use std::time::{Duration, Instant};

use crate::run::{Done, Failure, cargo, run};
use crate::setup::{self, Purpose};
use crate::{bless, tidy};

/// What a step says about itself when it went well; often nothing.
type Note = String;

struct Step {
    name: &'static str,
    headline: &'static str,
    run: fn() -> Result<Note, Failure>,
}

/// What `--quick` leaves is done in about a minute: no product, no database server, no browser.
const QUICK: &[&str] = &["tidy", "format", "pure", "documents"];

const STEPS: &[Step] = &[
    Step {
        name: "tidy",
        headline: "the rules of the house",
        run: tidy_step,
    },
    Step {
        name: "format",
        headline: "formatting",
        run: format_step,
    },
    Step {
        name: "clippy",
        headline: "lints, none allowed to stand",
        run: clippy_step,
    },
    Step {
        name: "tests",
        headline: "tests of every crate",
        run: cargo_tests::every_crate,
    },
    Step {
        name: "pure",
        headline: "tests of the pure crates",
        run: cargo_tests::pure_crates,
    },
    Step {
        name: "peers",
        headline: "tests against programs written by others",
        run: peers::step,
    },
    Step {
        name: "documents",
        headline: "generated documents are current",
        run: documents_step,
    },
    Step {
        name: "binary",
        headline: "the built program",
        run: product::step,
    },
    Step {
        name: "old",
        headline: "style sheets and scripts for the oldest browsers",
        run: browser::old_step,
    },
    Step {
        name: "pages",
        headline: "every page, read for what keeps people from using it",
        run: pages::step,
    },
    Step {
        name: "browser",
        headline: "the journeys in a browser",
        run: browser::step,
    },
];

/// How a step ended.
struct Outcome {
    name: &'static str,
    took: Duration,
    end: Result<Note, Failure>,
}

/// With this argument, programs written by others are installed and asked as well.
const PEERS: &str = "--peers";

/// Runs the steps: all, the quick ones, or those named.
///
/// # Errors
/// The first failure, with the name of its step.
pub fn task(args: &[String]) -> Done {
    let (flags, args): (Vec<String>, Vec<String>) =
        args.iter().cloned().partition(|arg| arg == PEERS);
    let steps = choose(&args)?;
    let quick = steps.iter().all(|step| QUICK.contains(&step.name));
    setup::set_up(if quick { Purpose::Build } else { Purpose::Test })?;
    if !flags.is_empty() {
        peers::install()?;
    }
    let mut outcomes = Vec::new();
    for step in steps {
        println!("\n=== {}: {}", step.name, step.headline);
        let start = Instant::now();
        let end = (step.run)();
        let took = start.elapsed();
        let failed = end.is_err();
        println!(
            "=== {}: {} after {}",
            step.name,
            if failed { "FAILED" } else { "ok" },
            seconds(took)
        );
        outcomes.push(Outcome {
            name: step.name,
            took,
            end,
        });
        if failed {
            break;
        }
    }
    print!("\n{}", table(&outcomes));
    finish(outcomes)
}

/// The steps asked for. The pure crates and the peers' tests are part of all crates, so a full run does not test
/// them twice.
fn choose(args: &[String]) -> Result<Vec<&'static Step>, Failure> {
    let wanted: Vec<&str> = match args {
        [] => STEPS
            .iter()
            .map(|step| step.name)
            .filter(|name| !matches!(*name, "pure" | "peers"))
            .collect(),
        [flag] if flag == "--quick" => QUICK.to_vec(),
        names => names.iter().map(String::as_str).collect(),
    };
    let find = |name: &str| {
        STEPS.iter().find(|step| step.name == name).ok_or_else(|| {
            let known: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
            Failure(format!(
                "no step is called {name}; there are {}",
                known.join(", ")
            ))
        })
    };
    wanted.into_iter().map(find).collect()
}

fn table(outcomes: &[Outcome]) -> String {
    let total: Duration = outcomes.iter().map(|outcome| outcome.took).sum();
    let mut out = String::new();
    for outcome in outcomes {
        let (word, note) = match &outcome.end {
            Ok(note) => ("ok", note.as_str()),
            Err(_) => ("FAILED", ""),
        };
        let line = format!(
            "{:<10} {:<7} {:>8}  {note}",
            outcome.name,
            word,
            seconds(outcome.took)
        );
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out.push_str(&format!(
        "{:<10} {:<7} {:>8}\n",
        "total",
        "",
        seconds(total)
    ));
    out
}

/// Closes with cargo's own words over all tests, so that whoever reads the end of the log knows.
fn finish(outcomes: Vec<Outcome>) -> Done {
    for outcome in outcomes {
        if let Err(failure) = outcome.end {
            return Err(Failure(format!("step {} failed: {failure}", outcome.name)));
        }
    }
    for line in cargo_tests::left_out() {
        println!(
            "{}{line} (`cargo xtask test --peers` runs it)",
            peers::LEFT_OUT
        );
    }
    if let Some(sum) = cargo_tests::find_sum() {
        println!("\n{sum}");
    }
    Ok(())
}

fn seconds(time: Duration) -> String {
    format!("{:.1} s", time.as_secs_f64())
}

fn tidy_step() -> Result<Note, Failure> {
    tidy::task().map(|()| Note::new())
}

fn format_step() -> Result<Note, Failure> {
    run(cargo().args(["fmt", "--all", "--check"])).map(|()| Note::new())
}

fn clippy_step() -> Result<Note, Failure> {
    let mut clippy = cargo();
    clippy.args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--quiet",
        "--",
        "-D",
        "warnings",
    ]);
    run(&mut clippy).map(|()| Note::new())
}

fn documents_step() -> Result<Note, Failure> {
    bless::check().map(|()| Note::new())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(args: &[&str]) -> Vec<&'static str> {
        let args: Vec<String> = args.iter().map(ToString::to_string).collect();
        choose(&args)
            .unwrap()
            .iter()
            .map(|step| step.name)
            .collect()
    }

    #[test]
    fn a_full_run_has_every_step_and_no_test_twice() {
        let all = [
            "tidy",
            "format",
            "clippy",
            "tests",
            "documents",
            "binary",
            "old",
            "pages",
            "browser",
        ];
        assert_eq!(names(&[]), all);
    }

    #[test]
    fn a_step_can_be_run_alone() {
        assert_eq!(names(&["browser"]), ["browser"]);
        assert_eq!(names(&["--quick"]), QUICK);
        assert!(choose(&["dance".to_owned()]).is_err());
    }

    #[test]
    fn the_table_names_the_step_that_failed() {
        let outcomes = [
            Outcome {
                name: "tidy",
                took: Duration::from_millis(100),
                end: Ok("3 files".to_owned()),
            },
            Outcome {
                name: "clippy",
                took: Duration::from_secs(2),
                end: Err(Failure::new("no")),
            },
        ];
        let expected = "tidy       ok         0.1 s  3 files\n\
                        clippy     FAILED     2.0 s\n\
                        total                 2.1 s\n";
        assert_eq!(table(&outcomes), expected);
    }
}
