//! Stops the build with one sentence when the fonts of the papers were not fetched yet. Not a fetcher itself.

use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    #[expect(
        clippy::disallowed_methods,
        reason = "cargo tells a build script by its environment"
    )]
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let root = Path::new(&folder);
    for watched in ["fonts", "build.rs", "../../web/fonts.txt"] {
        tell_cargo(&format!("cargo::rerun-if-changed={watched}"));
    }
    let Ok(text) = std::fs::read_to_string(root.join("../../web/fonts.txt")) else {
        tell_cargo("cargo::error=web/fonts.txt is missing: the checkout is incomplete");
        return ExitCode::FAILURE;
    };
    let mut names = text
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_whitespace().nth(1));
    match names.find(|name| !root.join("fonts").join(name).is_file()) {
        None => ExitCode::SUCCESS,
        Some(name) => {
            tell_cargo(&format!(
                "cargo::error=the font {name} is not in crates/tifli-paper/fonts: run `cargo xtask setup` once"
            ));
            ExitCode::FAILURE
        }
    }
}

/// Cargo reads a build script's instructions from its standard output.
fn tell_cargo(line: &str) {
    println!("{line}");
}
