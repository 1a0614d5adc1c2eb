//! Prints `docs/record-of-processing.md`: what the house processes personal data for, as the schema has it. `cargo xtask
//! bless` writes it to its place.

const INTRODUCTION: &str = "\
# Record of processing

Printed from the migrations, `crates/tifli-store/erasure.toml` and `crates/tifli-store/processing.toml`. Do not edit; run
`cargo xtask bless` after changing one of them. A table in no activity stops `cargo xtask tidy`. An operator reads the
same in Arabic, French and English, with the country's law, under `/console/data-protection`.
";

#[expect(clippy::print_stdout, reason = "the document is this program's output")]
fn main() {
    print!("{INTRODUCTION}{}", tifli_web::dataprot::markdown());
}
