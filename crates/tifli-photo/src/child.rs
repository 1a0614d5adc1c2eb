//! The child's whole life: confine, read, render, answer, end. Not for anything that needs a file, a socket or a thread.

use std::io::{self, Read, Write};
use std::process::ExitCode;

use crate::answer::write_answer;
use crate::confine::{Confinement, confine};
use crate::error::PhotoError;
use crate::limits::MAX_INPUT_BYTES;
use crate::render::render;

/// Exit status when the process could not confine itself and therefore read nothing.
pub(crate) const EXIT_NOT_CONFINED: u8 = 70;

/// Exit status when a pipe broke.
const EXIT_BROKEN_PIPE: u8 = 74;

/// Runs the child: the body of `tifli decode`. Call it first thing in `main`, before any runtime or thread exists.
///
/// Reads one photo from `input` until its end and writes one answer to `output`, which must be a pipe: the
/// confinement forbids writing to a regular file. A refusal is an answer too and ends with status 0.
pub fn decode_main(input: impl Read, output: impl Write) -> ExitCode {
    if confine(&Confinement::default()).is_err() {
        return ExitCode::from(EXIT_NOT_CONFINED);
    }
    match answer(input, output) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(EXIT_BROKEN_PIPE),
    }
}

fn answer(input: impl Read, mut output: impl Write) -> io::Result<()> {
    let mut bytes = Vec::new();
    input
        .take(MAX_INPUT_BYTES as u64 + 1)
        .read_to_end(&mut bytes)?;
    let outcome = if bytes.len() > MAX_INPUT_BYTES {
        Err(PhotoError::TooLargeBytes)
    } else {
        render(&bytes)
    };
    write_answer(&outcome, &mut output)?;
    output.flush()
}
