//! Whether the peers are to be asked, and how a test says what it leaves out.

use std::ffi::OsString;
use std::io::Write as _;

/// Whether the peers are to be asked; says what is left out if not. The line goes past the test
/// program's own capture, to whoever started it.
#[expect(clippy::disallowed_methods, reason = "the task sets it")]
pub fn is_asked(what: &str) -> bool {
    let asked = std::env::var_os("TIFLI_PEERS").is_some_and(|value| value == "1");
    if !asked {
        let line = format!("\nleft out: tifli-web, {what}\n");
        std::io::stdout().write_all(line.as_bytes()).expect("said");
    }
    asked
}

/// The Python that has the pinned packages.
#[expect(clippy::disallowed_methods, reason = "the task sets it")]
pub fn python() -> OsString {
    std::env::var_os("TIFLI_PEERS_PYTHON").unwrap_or_else(|| "python3".into())
}
