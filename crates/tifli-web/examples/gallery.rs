//! Writes every public and console page in every language as plain files, to look at in a browser without a server:
//! `cargo run -p tifli-web --example gallery -- OUTDIR`. Not a site generator.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use tifli_web::assets;
use tifli_web::console;
use tifli_web::i18n::Locale;
use tifli_web::public::samples::render_all;

fn main() -> Result<(), Box<dyn Error>> {
    let out = PathBuf::from(std::env::args().nth(1).ok_or("usage: gallery OUTDIR")?);
    for name in assets::names() {
        let bytes = assets::find(&name).ok_or("an asset vanished")?;
        write(&out.join("assets").join(name.as_ref()), &bytes)?;
    }
    write(&out.join("portrait.svg"), PORTRAIT.as_bytes())?;
    for locale in Locale::ALL {
        for page in render_all(locale)? {
            let html = page.html.replace(&assets::url(""), "assets/");
            write(
                &out.join(format!("{locale}-{}.html", page.name)),
                html.as_bytes(),
            )?;
        }
        for page in console::samples::render_all(locale)? {
            let html = page.html.replace(&assets::url(""), "assets/");
            write(
                &out.join(format!("{locale}-console-{}.html", page.name)),
                html.as_bytes(),
            )?;
        }
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Box<dyn Error>> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    Ok(fs::write(path, bytes)?)
}

/// A drawn child, so that no real face is needed.
const PORTRAIT: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 480 600\"><rect width=\"480\" height=\"600\" fill=\"#dfe8dc\"/>\
<path d=\"M60 600c0-120 80-170 180-170s180 50 180 170Z\" fill=\"#b4322a\"/><path d=\"M120 250c0-110 50-170 120-170s120 60 120 170c0 90-10 170-30 190H150c-20-20-30-100-30-190Z\" \
fill=\"#3b241a\"/><ellipse cx=\"240\" cy=\"270\" rx=\"92\" ry=\"115\" fill=\"#e8b48f\"/><path d=\"M145 240c30-60 90-80 190-20-10-80-60-110-95-110s-95 40-95 130Z\" fill=\"#3b241a\"/>\
<circle cx=\"205\" cy=\"275\" r=\"9\" fill=\"#2b1a12\"/><circle cx=\"275\" cy=\"275\" r=\"9\" fill=\"#2b1a12\"/><path d=\"M208 330c20 18 44 18 64 0\" fill=\"none\" stroke=\"#8a3b2c\" \
stroke-width=\"6\" stroke-linecap=\"round\"/></svg>";
