//! `cargo xtask <task>`: picks the task and turns its failure into one line and an exit code.
//!
//! What a task does stands in the library beside this file.

use std::process::ExitCode;

use xtask::{Done, bless, demo, old_browser, setup, suite, tidy, torture};

const HELP: &str = "\
cargo xtask <task>

  setup [--test]           install what is missing (C compiler, Node; with --test also what the tests need),
                           fetch the browser packages
  demo [ARGS…]             set up, build in release mode, run `tifli demo ARGS…`
  test [--quick] [STEP…]   set up, then every check in order; or only the named steps
       [--peers]           install programs written by others and hold our work against them as well
  ci                       the same as test
  old-browser              the journeys of an old police computer, in Chromium 109 without WebGL and Firefox ESR 115
  torture a11y             every page, every language, light and dark, desk and phone, read by axe-core; into docs/
  torture payloads         texts that want to be scripts, each into each text field, in a browser without content policy
  bless [--check]          write the generated documents; with --check only compare them
  tidy                     the rules of the house that no compiler knows
";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let rest = args.get(1..).unwrap_or_default();
    let done = match args.first().map(String::as_str) {
        Some("setup") => setup::task(rest),
        Some("demo") => demo::task(rest),
        Some("test" | "ci") => suite::task(rest),
        Some("old-browser") => old_browser::task(),
        Some("torture") => torture::task(rest),
        Some("bless") => bless::task(rest),
        Some("tidy") => tidy::task(),
        Some("help" | "--help" | "-h") => help(),
        _ => {
            eprint!("{HELP}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("\nxtask: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn help() -> Done {
    print!("{HELP}");
    Ok(())
}
