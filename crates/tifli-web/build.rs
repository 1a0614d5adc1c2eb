//! Stops the build with one sentence when the third-party browser files were not fetched yet. Not a fetcher itself.

use std::fmt::Write as _;
use std::path::Path;
use std::process::ExitCode;

fn main() -> ExitCode {
    #[expect(
        clippy::disallowed_methods,
        reason = "cargo tells a build script by its environment"
    )]
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default();
    let root = Path::new(&folder);
    let list = root.join("../../web/vendor.txt");
    for watched in [
        "assets",
        "locales",
        "templates",
        "build.rs",
        "../../web/vendor.txt",
    ] {
        let mut line = String::from("cargo::rerun-if-changed=");
        let _ = write!(line, "{watched}");
        tell_cargo(&line);
    }
    let Ok(text) = std::fs::read_to_string(&list) else {
        tell_cargo("cargo::error=web/vendor.txt is missing: the checkout is incomplete");
        return ExitCode::FAILURE;
    };
    let absent = vendor_names(&text).find(|name| !root.join("assets/vendor").join(name).is_file());
    match absent {
        None => ExitCode::SUCCESS,
        Some(name) => {
            tell_cargo(&format!(
                "cargo::error=the browser file {name} is not in crates/tifli-web/assets/vendor: run `cargo xtask setup` once"
            ));
            ExitCode::FAILURE
        }
    }
}

fn vendor_names(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_whitespace().nth(1))
}

/// Cargo reads a build script's instructions from its standard output.
fn tell_cargo(line: &str) {
    println!("{line}");
}
