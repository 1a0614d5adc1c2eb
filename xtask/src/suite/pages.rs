//! Every page as its samples render it, read by axe-core for what keeps people from using it.

use std::path::PathBuf;
use std::process::Command;

use super::Note;
use crate::run::{Done, Failure, program, run};
use crate::setup::{find_chromium, target_folder};
use crate::suite::product;

/// All pages in Arabic and French, light, on a desk.
pub(super) fn step() -> Result<Note, Failure> {
    let gallery = gallery()?;
    run(axe()?.arg(gallery))?;
    Ok(Note::new())
}

/// All pages in every language, light and dark, on a desk and on a phone; `report` holds what came of it.
///
/// # Errors
/// When a page cannot be read, or something is found.
pub(crate) fn full_matrix(report: &str) -> Done {
    let gallery = gallery()?;
    run(axe()?.args(["--all", "--report", report]).arg(gallery))
}

fn axe() -> Result<Command, Failure> {
    let chromium = find_chromium().ok_or_else(|| Failure::new("there is no Chromium"))?;
    let mut axe = program("node");
    axe.arg("e2e/axe.mjs").env("CHROMIUM", chromium);
    Ok(axe)
}

/// Renders the samples anew.
fn gallery() -> Result<PathBuf, Failure> {
    product::build()?;
    let folder = super::browser::empty_folder(&target_folder()?.join("gallery"))?;
    run(program(target_folder()?.join("debug/examples/gallery")).arg(&folder))?;
    Ok(folder)
}
