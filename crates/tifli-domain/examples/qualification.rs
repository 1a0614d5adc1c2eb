//! Prints `docs/qualification.md`: what each rung needs and allows. `cargo xtask bless` writes it to its place.

const INTRODUCTION: &str = "\
# Qualification

Printed from the tables in `tifli-domain` (`qualify.rs`), which are the only place where a case gets its rung. Do not
edit; run `cargo xtask bless` after changing a table. A rung needs its own lines and those of every rung below it. The
numbers stand in the country pack. People decide: an approver may choose another rung with a reason. The conditions are
nobody's to waive but those whose word they are. The bulletin needs nothing and waits for nothing. Whatever the
qualification, the public reads the same neutral label: a missing child.
";

#[expect(clippy::print_stdout, reason = "the document is this program's output")]
fn main() {
    println!("{INTRODUCTION}");
    print!("{}", tifli_domain::qualify::print());
}
